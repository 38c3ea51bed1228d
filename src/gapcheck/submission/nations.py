"""Where the nations differ: tasks and acts that do not have the same answer in each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gapcheck.engine.findings import Finding, check
from gapcheck.law.dated import Law
from gapcheck.matrix.build import matrix
from gapcheck.matrix.model import ACTS, TASKS
from gapcheck.profile.model import TaskEntry
from gapcheck.submission.ladder import member_of
from gapcheck.submission.model import NationLine, Submission, TaskLine, way_of

Answer = tuple[str, tuple[str, ...]]


def differing(law: Law, nations: Sequence[str], profession: str, tasks: Iterable[TaskLine]) -> tuple[NationLine, ...]:
    """The acts and tasks of which the answer for a member of the profession differs between the nations."""
    laws = [law.book.at(law.date, nation, law.readings) for nation in nations]
    lines = []
    acts = list(law.book.data["acts"])
    cells = [matrix(item, [profession], ACTS, acts).cells for item in laws]
    for act in acts:
        answers = {place: item[profession, act].answer for place, item in zip(nations, cells, strict=True)}
        lines.append(NationLine(ACTS, act, str(law.book.data["acts"][act]["title"]), answers))
    entries = tuple(TaskEntry(task.id) for task in tasks)
    reports = [check(member_of(item, profession)._replace(tasks=entries), item) for item in laws]
    for index, entry in enumerate(entries):
        found = {place: _answer(report.findings[index]) for place, report in zip(nations, reports, strict=True)}
        lines.append(NationLine(TASKS, entry.id, str(law.book.data["tasks"][entry.id]["label"]), found))
    return tuple(line for line in lines if len(set(line.answers.values())) > 1)


def _answer(finding: Finding) -> Answer:
    acts = finding.decision.way.acts if finding.decision.way else ()
    routes = [act.best.route for act in acts if act.best and act.lawful]
    return way_of(finding), tuple(dict.fromkeys(routes))


def answers_of(annex: Submission, act: str) -> dict[str, str]:
    """The verdict on an act for a member of the first profession, in each nation."""
    profession = annex.professions[0]
    laws = {nation: annex.law.book.at(annex.law.date, nation, annex.law.readings) for nation in annex.nations}
    return {
        nation: matrix(law, [profession], ACTS, [act]).cells[profession, act].verdict for nation, law in laws.items()
    }
