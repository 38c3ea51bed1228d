"""Decide a matrix: each profession, as it is ordinarily held, and each act or task, as `gapcheck can` and `check` decide it."""

from __future__ import annotations

from collections.abc import Sequence

from gapcheck.engine.answers import ask
from gapcheck.engine.findings import check
from gapcheck.engine.person import registered_member
from gapcheck.engine.remedies import needed
from gapcheck.engine.routes import ActResult
from gapcheck.engine.sentences import most_direct
from gapcheck.law.dated import Law
from gapcheck.matrix.model import ACTS, TASKS, Cell, Matrix, MatrixColumn, RouteUse, Row
from gapcheck.profile.case import case_facts
from gapcheck.profile.model import Profile, Registration, TaskEntry

ANY = TaskEntry("")


def matrix(law: Law, professions: Sequence[str], kind: str, columns: Sequence[str], case: TaskEntry = ANY) -> Matrix:
    """Decide every cell. `kind`: `acts` or `tasks`; `case`: the medicine and facts that hold for all of them.

    Under reforms each profession is taken as registered where a reform registers it, and the answers of today stand beside.
    """
    rows = tuple(row_of(law, profession) for profession in professions)
    heads = tuple(_column(law, kind, identity) for identity in columns)
    decide = _act_cell if kind == ACTS else _task_cell
    cells = {(row.profession, head.id): decide(law, row.profile, head.id, case) for row in rows for head in heads}
    today = (
        matrix(law.book.at(law.date, law.nation, law.readings), professions, kind, columns, case)
        if law.reforms
        else None
    )
    return Matrix(law, kind, rows, heads, cells, case, today)


def row_of(law: Law, profession: str) -> Row:
    """A profession as it is ordinarily held: on its statutory register where it has one, else on none. What the employer may
    arrange, and annotations to the register entry, are left open."""
    member = registered_member(profession, law)
    register = str(member["holder.register"]) if member else ""
    registrations = (Registration(register, held_as=profession),) if register else ()
    profile = Profile(profession=profession, nation=law.nation, registrations=registrations)
    title = str(law.book.data["professions"][profession]["title"])
    return Row(profession, title, register, not member or bool(member["holder.regulated-here"]), profile)


def _column(law: Law, kind: str, identity: str) -> MatrixColumn:
    item = law.book.items(kind)[identity]
    if kind == TASKS:
        return MatrixColumn(identity, str(item["label"]), "", "")
    return MatrixColumn(identity, str(item["title"]), str(item.get("short", identity)), str(item["force"]))


def _act_cell(law: Law, profile: Profile, act: str, case: TaskEntry) -> Cell:
    answer = ask(profile, law, act, case_facts(law, {"act": act}, case))
    cited = answer.act.best.law if answer.act.best and answer.act.lawful else answer.act.act.law
    return Cell(
        answer.act.verdict,
        _uses(law, answer.act),
        answer.says,
        answer.opens_with,
        _unsettled(answer.act),
        answer.questions,
        answer.turns_on,
        tuple(dict.fromkeys(item.id for item in cited if item.confidence == "unverified")),
        answer.upcoming,
    )


def _task_cell(law: Law, profile: Profile, task: str, case: TaskEntry) -> Cell:
    (finding,) = check(profile._replace(tasks=(case._replace(id=task),)), law).findings
    acts = finding.decision.way.acts if finding.decision.way else ()
    return Cell(
        finding.status,
        tuple(use for act in acts for use in _uses(law, act)),
        finding.why,
        finding.opens_with,
        tuple(dict.fromkeys(route for act in acts for route in _unsettled(act))),
        finding.questions,
        finding.turns_on,
        finding.unverified,
        finding.upcoming,
        finding.today,
        finding.gap,
    )


def _uses(law: Law, act: ActResult) -> tuple[RouteUse, ...]:
    """The best way to an act where it is lawful, and where another way needs more but is more direct, that one too."""
    if not act.lawful or act.best is None:
        return ()
    direct = most_direct(act)
    best = [act.best, *([direct] if direct and direct.level > act.best.level else [])]
    return tuple(
        RouteUse(
            act.act.id,
            route.route,
            route.state,
            route.directness,
            tuple(dict.fromkeys(needed(law, item) for item in route.fails)),
            route.law,
        )
        for route in best
    )


def _unsettled(act: ActResult) -> tuple[str, ...]:
    level = act.best.level if act.best and act.lawful else 0
    return tuple(route.route for route in act.unknown if route.level > level)
