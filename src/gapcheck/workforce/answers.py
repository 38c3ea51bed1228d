"""The answer to one question as the columns of the table of findings."""

from __future__ import annotations

from typing import NamedTuple

from gapcheck.engine.findings import Finding
from gapcheck.engine.remedies import RemedySet
from gapcheck.engine.routes import BARRED, ActResult

AND, OR = " + ", " | "
LIST = "; "


class FindingWords(NamedTuple):
    """One finding in the words of the report. Lists are joined by semicolons; in `opens_with`, ` + ` stands between what it
    takes together, and ` | ` between one way and the next, easiest first."""

    task: str
    task_label: str
    medicine: str  # where the post names one with the task
    scope: str  # of the task
    status: str
    today: str  # yes, if, arrange, unknown or no
    needed: str  # what has to be in place, and how that stands
    possible: str  # what an unknown status may turn out to be
    gap: str  # in assurance
    because_of_registration: str
    restricted_by: str
    acts: str  # of the way on which the status rests
    verdicts: str  # of each of these acts
    routes: str  # the best route of each of these acts; - where none is open
    opens_by: str  # the remedies of the easiest way: arrange, register, amend, cannot
    opens_with: str
    questions: str
    why: str
    turns_on: str
    upcoming: str
    unverified: str
    notes: str


def answer_of(finding: Finding) -> FindingWords:
    """The columns of a finding."""
    decision = finding.decision
    acts = decision.way.acts if decision.way else ()
    easiest = finding.opens_with[0] if finding.opens_with else ()
    return FindingWords(
        task=finding.task,
        task_label=finding.label,
        medicine=finding.entry.medicine,
        scope=str(decision.task["scope"]),
        status=finding.status,
        today=finding.today,
        needed=LIST.join(f"{item.what} ({item.state})" for item in finding.needed),
        possible=LIST.join(decision.possible) if len(decision.possible) > 1 else "",
        gap=finding.gap,
        because_of_registration=finding.because_of_registration,
        restricted_by=finding.restricted_by,
        acts=LIST.join(act.act.id for act in acts),
        verdicts=LIST.join(act.verdict for act in acts),
        routes=LIST.join(_route(act) for act in acts),
        opens_by=LIST.join(dict.fromkeys(item.remedy for item in easiest)),
        opens_with=OR.join(_together(item) for item in finding.opens_with),
        questions=LIST.join(finding.questions),
        why=finding.why,
        turns_on=LIST.join(finding.turns_on),
        upcoming=LIST.join(item.says for item in finding.upcoming),
        unverified=LIST.join(finding.unverified),
        notes=LIST.join(finding.notes),
    )


def _route(act: ActResult) -> str:
    if act.best is None:
        return act.verdict
    return act.best.route if act.best.state != BARRED else "-"


def _together(remedies: RemedySet) -> str:
    return AND.join(item.what for item in remedies)
