"""To which professional groups a post is open, and the profile that the text gives for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gapcheck.jobdesc.understanding.posts import DescribedPost
from gapcheck.jobdesc.understanding.registration import (
    ACCREDITED,
    ALTERNATIVES,
    CONDITIONAL,
    DESIRABLY,
    EITHER,
    ELIGIBLE,
    ESSENTIALLY,
    STATUTORY,
    WORKING,
)
from gapcheck.jobdesc.understanding.result import COUNTING, SUPERVISED, OpenTo, TaskHit
from gapcheck.jobdesc.understanding.result import RegistrationWording as Asked
from gapcheck.jobdesc.understanding.vocabulary import Vocabulary
from gapcheck.profile.model import REGISTERED, Attested, Listing, Profile, Registration, TaskEntry

_FIRM = (ESSENTIALLY, CONDITIONAL, ELIGIBLE, WORKING)
_STATUS = {ELIGIBLE: "eligible", WORKING: "working-towards"}


def open_to(vocabulary: Vocabulary, post: DescribedPost, asked: Sequence[Asked], status: str) -> tuple[OpenTo, ...]:
    """The groups to which the post is open.

    A register that the text insists on shuts out who cannot hold it. Where the text asks for none, the title decides, and
    then the field of work: whoever holds such posts may apply.
    """
    firm = [item for item in asked if item.strength in _FIRM]
    named = [item for item in firm if item.register]
    statutory = [item for item in named if item.kind == STATUTORY]
    accredited = [item for item in named if item.kind == ACCREDITED]
    conditional = bool(statutory) and all(item.strength == CONDITIONAL for item in statutory)
    found: list[OpenTo] = []
    for item in statutory:
        vain = item.held_as and not vocabulary.holders[item.register].intersection(item.held_as)
        for group, guessed in () if vain else _holders(vocabulary, post, item):  # nobody is on it as the text says
            found.append(OpenTo(group, item.register, "the text asks for this register", guessed))
        found += [
            OpenTo(group, "", "the text names the group, which this register does not take")
            for group in item.held_as
            if group not in vocabulary.holders[item.register]
        ]
    shut = bool(statutory) and status != ALTERNATIVES and not conditional
    if not shut:
        for item in accredited:
            for group, _ in _holders(vocabulary, post, item):
                found.append(OpenTo(group, item.register, "the text asks for this register"))
    if not named or (not shut and not accredited):
        found += [
            OpenTo(group, vocabulary.statutory.get(group, ""), _why(vocabulary, post, group), not post.titled)
            for group in post.groups
            if not any(item.profession == group for item in found)
        ]
    taken = {item.profession for item in found if item.register}
    kept = [item for item in found if item.register or item.profession not in taken]
    return tuple({(item.profession, item.register): item for item in kept}.values())


def _why(vocabulary: Vocabulary, post: DescribedPost, group: str) -> str:
    if post.titled:
        return "the title names the group"
    return "the group holds such posts, and the text shuts nobody out"


def _holders(vocabulary: Vocabulary, post: DescribedPost, item: Asked) -> list[tuple[str, bool]]:
    """The groups that a register opens the post to: those named beside it or in the title that can hold it, else those of
    the field of work, which is a guess."""
    able = vocabulary.holders[item.register]
    named = [group for group in item.professions if group in able]
    titled = [group for group in post.groups if group in able]
    by_scope = vocabulary.data["posts"]["register-groups"].get(item.register, {})
    usual = next((by_scope[scope] for scope in post.scopes if scope in by_scope), by_scope.get("otherwise", []))
    usual = [group for group in usual if group in able]
    names = vocabulary.data["posts"]["groups"]
    mentioned = []
    for group in named:  # a radiographer in radiotherapy is a therapeutic radiographer
        meant = [other for other in (*titled, *usual) if _general(names, group, other)]
        mentioned += meant[:1] or [group]
    sure = list(dict.fromkeys(mentioned)) or titled
    return [(group, False) for group in sure] or [(group, True) for group in usual]


def unknown_registers(vocabulary: Vocabulary, asked: Sequence[Asked], groups: Sequence[OpenTo]) -> tuple[str, ...]:
    """The registers that the text insists on, of which it does not show which profession is meant."""
    wanted = [item.register for item in asked if item.strength in _FIRM and item.register]
    known = {item.register for item in groups}
    return tuple(dict.fromkeys(register for register in wanted if register not in known))


def _general(names: Mapping[str, Sequence[str]], group: str, other: str) -> bool:
    """Whether a group has a name that another group's longer name ends in: a radiographer may be a therapeutic one."""
    own = [f" {name}" for name in names.get(group, ())]
    return group != other and any(name.endswith(tuple(own)) for name in names.get(other, ()))


def profile_of(
    post: DescribedPost,
    group: OpenTo,
    *,
    source: str,
    nation: str,
    groups: Sequence[OpenTo],
    asked: Iterable[Asked],
    hits: Sequence[TaskHit],
    annotations: Sequence[str],
    statutory: bool,
) -> Profile:
    """The profile of a holder from one group: what the text states, and nothing that it does not. `statutory`: the group's
    register is."""
    others = {item.profession for item in groups}
    tasks: dict[str, TaskEntry] = {}
    for hit in hits:
        if hit.professions and group.profession not in hit.professions and set(hit.professions) & others:
            continue
        if hit.kind in COUNTING or hit.kind == SUPERVISED:
            arrangements = (*hit.arrangements, *(("supervision",) if hit.kind == SUPERVISED else ()))
            earlier = tasks.get(hit.id)
            if earlier is None or (earlier.arrangements.items and not arrangements):
                tasks[hit.id] = TaskEntry(
                    hit.id,
                    medicine=hit.medicine,
                    entitlements=_listing(hit.entitlements),
                    arrangements=_listing(arrangements),
                )
    strength = next((item.strength for item in asked if item.register == group.register), ESSENTIALLY)
    if statutory:  # nobody works as a member of such a profession without
        held: tuple[Registration, ...] = (Registration(group.register, REGISTERED),)
    elif not group.register or strength == DESIRABLY:
        held = ()
    else:
        held = (Registration(group.register, _STATUS.get(strength, REGISTERED)),)
    return Profile(
        profession=group.profession,
        nation=nation,
        title=post.title or "A post",
        employer=post.employer_type,
        band=post.band,
        scopes=post.scopes,
        registrations=held,
        annotations=_listing(annotations),
        tasks=tuple(tasks.values()),
        source=source,
    )


def _listing(names: Iterable[str]) -> Listing:
    return Listing(tuple(Attested(name) for name in dict.fromkeys(names)))


__all__ = ["EITHER", "open_to", "profile_of"]
