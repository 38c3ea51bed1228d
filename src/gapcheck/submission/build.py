"""Build the annex: read the folder, decide everything, gather the evidence. No face is chosen here."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from gapcheck.engine.findings import check
from gapcheck.errors import problem
from gapcheck.jobdesc.understanding.result import Description
from gapcheck.law.dated import Law
from gapcheck.profile.model import Profile
from gapcheck.submission.employers import described, employers
from gapcheck.submission.evidence import corrections, evidence
from gapcheck.submission.folder import DOCUMENT, OTHER, PROFILE, Folder, read_folder
from gapcheck.submission.ladder import (
    arrangements_of,
    bare_of,
    concerns,
    lawful_for,
    registers,
    routes_of,
    scope_of,
    steps_of,
)
from gapcheck.submission.model import AnnexPart, AnnexPost, Input, Submission
from gapcheck.submission.nations import differing
from gapcheck.submission.supplied import NOTHING, Supplied
from gapcheck.submission.teams import cover_of, files_of
from gapcheck.submission.titles import title_lines

MAX_REFORMS = 4
ASSESSMENT, REGISTER = "assessment", "register"  # whose order the annex follows: see rules/assessment.yaml
FIGURES = "figures of the body that asks"
TEAMS = "teams"


@dataclass(frozen=True)
class Asked:
    """What an annex is asked for. `law`: of today, without the reforms, in the first of the nations; `scopes`: all those of each
    profession where none is named; `order`: whose assessment it follows; `supplied`: what the body tells; `teams`: files, tables and
    folders of teams."""

    paths: tuple[str, ...]
    professions: tuple[str, ...]
    law: Law
    nations: tuple[str, ...]
    reforms: tuple[str, ...]
    command: str
    scopes: tuple[str, ...] = ()
    order: str = ASSESSMENT
    supplied: Supplied = NOTHING
    teams: tuple[str, ...] = ()


def submission(asked: Asked, progress: Callable[[str], None] = lambda _: None) -> Submission:
    """The annex for professions. Raises InputError where neither the rules nor the folder say in which scopes one of them
    practises, or for too many reforms of one."""
    law = asked.law
    folder = read_folder(asked.paths, law.book, progress)
    own = [item for item in folder.profiles if item.profession in asked.professions]
    told, failed = described(law, folder.documents, progress)
    naming: dict[str, list[str]] = {}
    for profile in own:
        for entry in profile.tasks:
            naming.setdefault(entry.id, []).append(profile.title)
    parts = tuple(
        _part(asked, profession, _scopes(asked, profession, own, told), naming) for profession in asked.professions
    )
    scopes = [scope for part in parts for scope in part.scopes]
    tasks = [task for scope in scopes for task in scope.tasks]
    registering = tuple(item for item in asked.reforms if registers(law.book, item))
    sets = [item for item in dict.fromkeys((registering, asked.reforms)) if item]
    teams = cover_of(asked.teams, law, sets)
    claims, sources = evidence(law, [(part.profession, part.scopes) for part in parts])
    return Submission(
        professions=asked.professions,
        law=law,
        nations=asked.nations,
        reforms=asked.reforms,
        registering=registering,
        order=asked.order,
        parts=parts,
        posts=tuple(
            AnnexPost(
                item.source, check(item, law.book.at(law.date, item.nation, law.readings)), folder.raw[item.source]
            )
            for item in own
        ),
        claims=claims,
        sources=sources,
        corrections=corrections(tasks),
        employers=employers(told, asked.professions, [scope.id for scope in scopes]),
        supplied=asked.supplied,
        inputs=_used(folder, asked, failed),
        read=(
            *((item.name, folder.raw[item.name]) for item in folder.inputs if item.use == DOCUMENT),
            *files_of(asked.teams),
        ),
        command=asked.command,
        teams=teams,
    )


def _part(asked: Asked, profession: str, ids: Sequence[str], naming: Mapping[str, Sequence[str]]) -> AnnexPart:
    """A profession: everything about it decided."""
    law = asked.law
    named = {item for item in asked.reforms if any(concerns(law.book, item, one) for one in asked.professions)}
    reforms = tuple(item for item in asked.reforms if item not in named or concerns(law.book, item, profession))
    if len(reforms) > MAX_REFORMS:
        raise problem("--reform", f"{len(reforms)} reforms are given for one profession; at most {MAX_REFORMS} combine")
    steps = steps_of(law, profession, reforms, {item: number for number, item in enumerate(asked.reforms, 1)})
    bare = bare_of(law, profession)
    scopes = tuple(scope_of(steps, bare, scope, naming) for scope in ids)
    tasks = [task for scope in scopes for task in scope.tasks]
    counted = Counter(task.comparator for task in tasks if task.comparator != profession).most_common()
    comparators = tuple(name for name, _ in counted if name)
    return AnnexPart(
        profession=profession,
        member=steps[0].member,
        bare=bare,
        reforms=reforms,
        steps=steps,
        comparators=comparators,
        scopes=scopes,
        routes=routes_of(steps),
        arrangements=arrangements_of(law, tasks),
        differing=differing(law, asked.nations, profession, tasks) if len(asked.nations) > 1 else (),
        titles=tuple(title_lines(law, profession, [profession, *comparators])),
        lawful_bare=lawful_for(bare, steps[-1].law, tasks),
    )


def _scopes(asked: Asked, profession: str, profiles: Sequence[Profile], told: Sequence[Description]) -> list[str]:
    """The scopes of a profession: those of the rules, in their order, or else those of the posts given."""
    data = asked.law.book.data
    item = data["professions"][profession]
    own = [one for one in profiles if one.profession == profession]
    wanted = set(item.get("scopes", ()))
    if not wanted:
        wanted = {scope for one in own for scope in one.scopes}
        wanted |= {data["tasks"][entry.id]["scope"] for one in own if not one.scopes for entry in one.tasks}
        for one in told:
            wanted |= set(one.scopes) if profession in {group.profession for group in one.open_to} else set()
    filled = {task["scope"] for task in data["tasks"].values()}
    order = item.get("scopes") or data["scopes"]
    found = [scope for scope in order if scope in wanted & filled]
    if asked.scopes:
        found = [scope for scope in found if scope in asked.scopes]
    if not found:
        help = "give profiles whose holder has that profession, job descriptions open to it, or other scopes"
        what = f"there is no role profile of {item['plural']} here, and the rules name no scope of theirs"
        what = f"{item['plural']} have none of the scopes asked for" if asked.scopes and wanted else what
        raise problem(" ".join(asked.paths) or "--profession", what, None, help)
    return found


def _used(folder: Folder, asked: Asked, failed: Mapping[str, str]) -> tuple[Input, ...]:
    """Every file with its use, those that were used first."""
    others = {item.source for item in folder.profiles if item.profession not in asked.professions}
    order = (PROFILE, DOCUMENT, OTHER)
    uses = dict.fromkeys(others, f"{PROFILE} of another profession: not used")
    uses |= {name: f"{DOCUMENT}, which could not be read: {why}" for name, why in failed.items()}
    ordered = sorted(folder.inputs, key=lambda item: (order.index(item.use), item.name))
    found = [replace(item, use=uses.get(item.name, item.use)) for item in ordered]
    if asked.supplied.name:
        digest = hashlib.sha256(asked.supplied.raw).hexdigest()
        found = [item for item in found if (item.digest, item.use) != (digest, OTHER)]
        found.insert(0, Input(asked.supplied.name, digest, FIGURES))
    given = [Input(name, hashlib.sha256(raw).hexdigest(), TEAMS) for name, raw in files_of(asked.teams)]
    known = {item.digest for item in given}
    return tuple(given + [item for item in found if item.use != OTHER or item.digest not in known])
