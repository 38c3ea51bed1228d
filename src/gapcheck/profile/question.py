"""The question of `gapcheck can`: the options of the command, checked against the lawbook and put as a profile and a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from gapcheck.errors import InputError, nearest
from gapcheck.profile.case import case_facts
from gapcheck.profile.model import ALLOWS, Attested, Listing, Profile, Registration, TaskEntry
from gapcheck.profile.read import STATUSES
from gapcheck.profile.resolve import Resolver

if TYPE_CHECKING:
    from gapcheck.law.dated import Law
    from gapcheck.law.lawbook import Lawbook

# Facts that are stated by options of their own.
_OPTION_OF = {"annotation": "--annotation", "entitlement": "--entitlement", "arrangement": "--arrangement"}


class Question(NamedTuple):
    """An act, the person, and the case."""

    act: str
    profile: Profile
    entry: TaskEntry

    def case(self, law: Law) -> dict[str, Any]:
        """The facts of the case."""
        return case_facts(law, {"act": self.act}, self.entry)


def question(book: Lawbook, act: str, nation: str, stated: Mapping[str, Any], ask_register: bool = False) -> Question:
    """Check the options and make the question. `ask_register`: whether a register that is not stated may be asked about,
    where it would otherwise bar the person. Raises InputError with everything that the lawbook does not know."""
    resolver = Resolver(book, "can", lenient=True)
    act = resolver.id("acts", act, ())
    profession = resolver.id("professions", stated["profession"], ()) if stated.get("profession") else ""
    facts = stated_facts(resolver, stated.get("facts", ()))
    listings = {kind: _listing(resolver, kind, stated.get(kind, ())) for kind in _OPTION_OF}
    profile = Profile(
        profession=profession,
        nation=resolver.choice("nation", nation, list(book.data["nations"]), ()),
        registrations=tuple(registration_of(resolver, item) for item in stated.get("registered", ()) if item != "none"),
        annotations=listings["annotation"],
        entitlements=listings["entitlement"],
        arrangements=listings["arrangement"],
        facts={name: value for name, value in facts.items() if name == ALLOWS},
        registers_stated=bool(stated.get("registered")) or not ask_register,
    )
    medicine = resolver.id("medicines", stated["medicine"], ()) if stated.get("medicine") else ""
    resolver.consistent(medicine, facts, ())
    resolver.fits(medicine, (act,), ())
    for option in ("profession", "medicine"):
        if stated.get(option) == "":
            resolver.say((), f"--{option} is empty", "leave it out where it is not known")
    if resolver.problems:
        raise InputError(resolver.problems)
    return Question(act, profile, TaskEntry("", medicine=medicine, facts=facts))


def stated_facts(resolver: Resolver, items: tuple[str, ...]) -> dict[str, Any]:
    """The facts of items of the form NAME=VALUE."""
    facts: dict[str, Any] = {}
    for item in items:
        name, equals, value = item.partition("=")
        if not equals:
            resolver.say((), f"`{item}` is not of the form NAME=VALUE")
            continue
        key, known = resolver.fact(name.strip(), value.strip(), ())
        if facts.setdefault(key, known) != known:
            resolver.say((), f"`{key}` is stated twice, and differently")
    return facts


def _listing(resolver: Resolver, kind: str, items: tuple[str, ...]) -> Listing:
    none = "none" in items
    return resolver.listing(kind, Listing(tuple(Attested(item) for item in items if item != "none"), none), ())


def registration_of(resolver: Resolver, text: str) -> Registration:
    """A registration written as REGISTER[:STATUS[:AS]]."""
    register, _, rest = text.partition(":")
    status, _, held_as = rest.partition(":")
    status = status or STATUSES[0]
    if status not in STATUSES:
        resolver.say((), f"there is no registration status `{status}`", nearest(status, STATUSES))
    return Registration(
        resolver.id("registers", register, ()), status, resolver.id("professions", held_as, ()) if held_as else ""
    )
