"""The annex as values: every number and answer that it shows stands here once, before any face sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gapcheck.engine.findings import Finding, Report
from gapcheck.engine.routes import ARRANGE, UNKNOWN
from gapcheck.engine.tasks import BLOCKED, CLEAR, RESTRICTED, RISKY
from gapcheck.jobdesc.understanding.result import Description
from gapcheck.law.dated import Law, Provision
from gapcheck.profile.model import Profile
from gapcheck.submission.supplied import Supplied
from gapcheck.team.many import TaskCount

# How a gap of today closes. The first three are decided by laying the reforms over the lawbook, each combination in turn.
REGISTRATION, BOTH, AMENDMENT = "registration", "registration-and-amendment", "amendment"
NOT_BY_THESE, NO_GAP = "not-by-these-reforms", "no-gap"
RUNGS = (REGISTRATION, BOTH, AMENDMENT, NOT_BY_THESE, NO_GAP)
# What kind of gap it is: the law stands in the way, or a framework (which is not law). What is lawful but falls short in
# assurance is no gap in law, and no reform is said to close it.
STATUTE, FRAMEWORK, ASSURANCE, OPEN_QUESTION, NONE = "statute", "framework", "assurance", "unknown", "none"
GAPS = (STATUTE, FRAMEWORK, ASSURANCE, OPEN_QUESTION, NONE)


# How the law lets a member do a task, beside the comparator. A framework is not law, so that what it asks stands apart.
DIRECT, FRAMEWORK_ASKS, LONGER, BARRED_BY_LAW, CANNOT_BE_TOLD = "direct", "framework", "longer", "barred", "unknown"
WAYS = (DIRECT, FRAMEWORK_ASKS, LONGER, BARRED_BY_LAW, CANNOT_BE_TOLD)
EVENTS = ("rate", "counts", "case")  # classes of evidence that count or describe events


def way_of(finding: Finding) -> str:
    """How the law lets the person do the task of a finding: one of WAYS."""
    kinds = {BLOCKED: BARRED_BY_LAW, UNKNOWN: CANNOT_BE_TOLD}
    if finding.status == RESTRICTED:
        return LONGER if finding.restricted_by == STATUTE else FRAMEWORK_ASKS
    return kinds.get(finding.status, DIRECT)


@dataclass(frozen=True)
class Step:
    """The law with some of the reforms, and the member of the profession in it, who takes up any registration that they
    create. `reforms`: none of them is today."""

    name: str
    reforms: tuple[str, ...]
    law: Law
    member: Profile


@dataclass(frozen=True)
class TaskLine:
    """A task of a scope of practice for a member of the profession. `finding`: of one on the register that the profession
    ordinarily has; `bare`: of one on no register; `by_step` and `ways`: its status and its way after each step; `closes_with`: the smallest
    combinations of reforms after which neither the law nor a framework stands in the way; `rung`: one of RUNGS; `arrange`: what the
    employer or a colleague has to arrange for the best lawful way of today; `posts`: the posts given that name it."""

    finding: Finding
    bare: Finding
    level: str
    severity: str
    comparator: str
    by_step: tuple[str, ...]
    ways: tuple[str, ...]
    closes_with: tuple[tuple[str, ...], ...]
    rung: str
    arrange: tuple[str, ...]
    posts: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.finding.task

    @property
    def label(self) -> str:
        return self.finding.label

    @property
    def gap(self) -> str:
        """What kind of gap today's is: one of GAPS."""
        status = self.finding.status
        kinds = {BLOCKED: STATUTE, RISKY: ASSURANCE, UNKNOWN: OPEN_QUESTION, ARRANGE: NONE, CLEAR: NONE}
        return kinds.get(status) or (STATUTE if self.finding.restricted_by == STATUTE else FRAMEWORK)


@dataclass(frozen=True)
class AnnexScope:
    """A scope of practice. `counts`: for each step, the number of tasks of each status; `rungs`: today's, by rung."""

    id: str
    title: str
    tasks: tuple[TaskLine, ...]
    counts: tuple[Mapping[str, int], ...]
    rungs: Mapping[str, int]


@dataclass(frozen=True)
class RouteLine:
    """A route to an act: its state for a member after each step, the smallest combinations of reforms that open it, and the
    rung that these make (`no-gap` where today does not bar it)."""

    act: str
    route: str
    states: tuple[str, ...]
    directness: str
    opens_with: tuple[tuple[str, ...], ...]
    rung: str
    law: tuple[Provision, ...]


@dataclass(frozen=True)
class ArrangeLine:
    """What an employer or a colleague can arrange today: the tasks of which the best lawful way needs it, and for which acts."""

    what: str
    who: str
    acts: tuple[str, ...]
    tasks: tuple[str, ...]
    law: tuple[Provision, ...]


@dataclass(frozen=True)
class NationLine:
    """A task or act of which the answer is not the same in every nation: verdict (of an act) or way (of a task) and routes, by nation."""

    kind: str
    id: str
    title: str
    answers: Mapping[str, tuple[str, tuple[str, ...]]]


@dataclass(frozen=True)
class AnnexPost:
    """A profile of the folder, checked under the law of its own nation. `raw`: the bytes of its file."""

    source: str
    report: Report
    raw: bytes


@dataclass(frozen=True)
class PublishedSource:
    """A published source, by its number in the bibliography."""

    number: int
    text: str


@dataclass(frozen=True)
class ClaimLine:
    """A claim of the evidence: what kind of study or count it is, its sources by number, and the tasks of the annex whose findings cite
    it. `caveat`: for every reader; `note`: for the author alone; `single`: it rests on nothing but the applicant's own words."""

    id: str
    kind: str
    statement: str
    caveat: str
    note: str
    study: str
    evidence: str
    scopes: tuple[str, ...]
    sources: tuple[int, ...]
    tasks: tuple[str, ...]
    single: bool


@dataclass(frozen=True)
class Divergence:
    """Where what the submission says of a task differs from the law."""

    tasks: tuple[str, ...]
    says: str
    law: tuple[Provision, ...]


@dataclass(frozen=True)
class TitleLine:
    """Whether a member of the profession may use a title today."""

    title: str
    verdict: str
    says: str
    turns_on: tuple[str, ...]
    law: tuple[Provision, ...]


@dataclass(frozen=True)
class Input:
    """A file of the folder: its name within it, its SHA-256, and how it was used."""

    name: str
    digest: str
    use: str


@dataclass(frozen=True)
class Employers:
    """What employers ask for: the job descriptions read, and for each scope how many use each wording of registration."""

    documents: tuple[Description, ...]
    by_scope: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class AnnexPart:
    """A profession of the annex. `reforms`: those that concern it; `steps`: today and each combination of them; `comparators`: the
    professions that its tasks are compared with, most often first; `lawful_bare`: the tasks that somebody on no register may
    lawfully do after all the reforms."""

    profession: str
    member: Profile
    bare: Profile
    reforms: tuple[str, ...]
    steps: tuple[Step, ...]
    comparators: tuple[str, ...]
    scopes: tuple[AnnexScope, ...]
    routes: tuple[RouteLine, ...]
    arrangements: tuple[ArrangeLine, ...]
    differing: tuple[NationLine, ...]
    titles: tuple[TitleLine, ...]
    lawful_bare: int

    @property
    def tasks(self) -> tuple[TaskLine, ...]:
        """Every task, scope by scope."""
        return tuple(task for scope in self.scopes for task in scope.tasks)

    @property
    def counts(self) -> tuple[dict[str, int], ...]:
        """For each step, the number of tasks of each status, over all scopes."""
        return tuple(
            {status: sum(scope.counts[index][status] for scope in self.scopes) for status in self.scopes[0].counts[0]}
            for index in range(len(self.steps))
        )

    def step(self, reforms: Sequence[str]) -> int:
        """The place of the step with those of the reforms that concern the profession."""
        wanted = {item for item in reforms if item in self.reforms}
        return next(index for index, step in enumerate(self.steps) if set(step.reforms) == wanted)


@dataclass(frozen=True)
class Reach:
    """The teams under some reforms, with the registration of those whom they let register. `uncovered` and `single`: services that
    nobody, or one post, covers; `relieved`: of those that hang on one registered person today, how many then do not; `arranged`: how many do not, or would not once what it takes is arranged; `gained`:
    services that nobody covers today and somebody then does; `teams`: in how many teams either is so; `registered`: the posts
    whose holders the reforms let register."""

    reforms: tuple[str, ...]
    registered: int
    uncovered: int
    single: int
    relieved: int
    arranged: int
    gained: int
    teams: int


@dataclass(frozen=True)
class AnnexCover:
    """Teams as an annex shows them. A service is a task in a team; `on_registered`: those that hang on one person who is on a
    statutory register, in `in_teams` teams; `arranged`: how many of these would not, once what it takes is arranged."""

    names: tuple[str, ...]
    posts: int
    services: int
    uncovered: int
    single: int
    on_registered: int
    in_teams: int
    arranged: int
    tasks: tuple[TaskCount, ...]
    reaches: tuple[Reach, ...]


@dataclass(frozen=True)
class Submission:
    """The whole annex. `law`: of today, in the first of the nations; `registering`: the reforms that open a register; `order`: whose
    assessment it follows; `supplied`: what the body that asks tells; `teams`: what hangs on one person in the teams given, where
    there are any."""

    professions: tuple[str, ...]
    law: Law
    nations: tuple[str, ...]
    reforms: tuple[str, ...]
    registering: tuple[str, ...]
    order: str
    parts: tuple[AnnexPart, ...]
    posts: tuple[AnnexPost, ...]
    claims: tuple[ClaimLine, ...]
    sources: tuple[PublishedSource, ...]
    corrections: tuple[Divergence, ...]
    employers: Employers
    supplied: Supplied
    inputs: tuple[Input, ...]
    read: tuple[tuple[str, bytes], ...]  # the job descriptions: name and bytes
    command: str
    teams: AnnexCover | None = None

    @property
    def scopes(self) -> tuple[AnnexScope, ...]:
        """Every scope of practice, part by part."""
        return tuple(scope for part in self.parts for scope in part.scopes)

    @property
    def tasks(self) -> tuple[TaskLine, ...]:
        """Every task, part by part and scope by scope."""
        return tuple(task for part in self.parts for task in part.tasks)

    def on(self, rung: str, *gaps: str) -> tuple[TaskLine, ...]:
        """The tasks on a rung, of these kinds of gap (of any where none is named)."""
        return tuple(task for task in self.tasks if task.rung == rung and (not gaps or task.gap in gaps))

    def after(self, reforms: Sequence[str]) -> list[tuple[TaskLine, str]]:
        """Every task with its way once these reforms, as far as they concern its profession, are law."""
        return [(task, task.ways[part.step(reforms)]) for part in self.parts for task in part.tasks]

    @property
    def rungs(self) -> dict[str, int]:
        """The number of tasks on each rung, over all scopes."""
        return {rung: sum(scope.rungs[rung] for scope in self.scopes) for rung in RUNGS}
