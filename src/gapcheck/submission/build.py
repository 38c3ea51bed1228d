"""Build the annex: read the folder, decide everything, gather the evidence. No face is chosen here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from gapcheck.claims.read import shipped
from gapcheck.claims.run import check_claims
from gapcheck.engine.findings import check
from gapcheck.errors import problem
from gapcheck.law.dated import Law
from gapcheck.matrix.build import matrix
from gapcheck.matrix.model import ACTS
from gapcheck.profile.model import Profile
from gapcheck.submission.employers import described, employers
from gapcheck.submission.evidence import corrections, evidence
from gapcheck.submission.folder import DOCUMENT, OTHER, PROFILE, Folder, read_folder
from gapcheck.submission.ladder import arrangements_of, member_of, routes_of, scope_of, steps_of
from gapcheck.submission.model import Input, Post, Submission
from gapcheck.submission.nations import differing
from gapcheck.submission.titles import title_lines

MAX_REFORMS = 4


@dataclass(frozen=True)
class Asked:
    """What an annex is asked for. `law`: of today, without the reforms, in the first of the nations."""

    paths: tuple[str, ...]
    profession: str
    law: Law
    nations: tuple[str, ...]
    reforms: tuple[str, ...]
    command: str


def submission(asked: Asked, progress: Callable[[str], None] = lambda _: None) -> Submission:
    """The annex for a profession. Raises InputError where the folder holds nothing about it, or for too many reforms."""
    law, profession = asked.law, asked.profession
    if len(asked.reforms) > MAX_REFORMS:
        raise problem("--reform", f"{len(asked.reforms)} reforms are given; at most {MAX_REFORMS} combine in one annex")
    folder = read_folder(asked.paths, law.book, progress)
    own = [item for item in folder.profiles if item.profession == profession]
    told, failed = described(law, folder.documents, progress)
    open_to = [item for item in told if profession in {one.profession for one in item.open_to}]
    ids = _scopes(law, own, {scope for item in open_to for scope in item.scopes})
    if not ids:
        title = law.book.data["professions"][profession]["plural"]
        help = "give profiles whose holder has that profession, or job descriptions open to it"
        raise problem(" ".join(asked.paths), f"there is no role profile of {title} here", None, help)
    posts = tuple(
        Post(item.source, check(item, law.book.at(law.date, item.nation, law.readings)), folder.raw[item.source])
        for item in own
    )
    naming: dict[str, list[str]] = {}
    for profile in own:
        for entry in profile.tasks:
            naming.setdefault(entry.id, []).append(profile.title)
    steps = steps_of(law, profession, asked.reforms)
    scopes = tuple(scope_of(steps, scope, naming) for scope in ids)
    tasks = [task for scope in scopes for task in scope.tasks]
    comparators = tuple(
        name
        for name, _ in Counter(task.comparator for task in tasks if task.comparator != profession).most_common()
        if name
    )
    acts = list(law.book.data["acts"])
    claims, sources = evidence(law, profession, scopes)
    return Submission(
        profession=profession,
        law=law,
        member=member_of(law, profession),
        nations=asked.nations,
        reforms=asked.reforms,
        steps=steps,
        comparators=comparators,
        matrix=matrix(law, [profession, *comparators], ACTS, acts),
        acts=tuple(matrix(step.law, [profession], ACTS, acts) for step in steps),
        scopes=scopes,
        routes=routes_of(steps),
        arrangements=arrangements_of(law, tasks),
        differing=differing(law, asked.nations, profession, tasks) if len(asked.nations) > 1 else (),
        posts=posts,
        claims=claims,
        sources=sources,
        corrections=corrections(tasks),
        stated=check_claims(
            [item for item in shipped(law.book) if item.id in {claim.id for claim in claims}],
            lambda nation: law.book.at(law.date, nation, law.readings),
            asked.nations,
        ),
        titles=tuple(title_lines(law, profession, [profession, *comparators])),
        employers=employers(told, profession, ids),
        inputs=_used(folder, profession, failed),
        read=tuple((item.name, folder.raw[item.name]) for item in folder.inputs if item.use == DOCUMENT),
        command=asked.command,
    )


def _scopes(law: Law, profiles: Sequence[Profile], named: set[str]) -> list[str]:
    """The scopes of practice of the posts, in the order of the lawbook."""
    tasks = law.book.data["tasks"]
    wanted = named | {scope for item in profiles for scope in item.scopes}
    wanted |= {tasks[entry.id]["scope"] for item in profiles if not item.scopes for entry in item.tasks}
    filled = {item["scope"] for item in tasks.values()}
    return [scope for scope in law.book.data["scopes"] if scope in wanted & filled]


def _used(folder: Folder, profession: str, failed: Mapping[str, str]) -> tuple[Input, ...]:
    """Every file with its use, those that were used first."""
    others = {item.source for item in folder.profiles if item.profession != profession}
    order = (PROFILE, DOCUMENT, OTHER)
    uses = dict.fromkeys(others, f"{PROFILE} of another profession: not used")
    uses |= {name: f"{DOCUMENT}, which could not be read: {why}" for name, why in failed.items()}
    ordered = sorted(folder.inputs, key=lambda item: (order.index(item.use), item.name))
    return tuple(replace(item, use=uses.get(item.name, item.use)) for item in ordered)
