"""The table: findings for a terminal, worst first, one line a task, then the reasons."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from gapcheck.document import words as say
from gapcheck.engine.findings import Finding, Report
from gapcheck.engine.tasks import CLEAR, RESTRICTED, STATUSES, UNKNOWN

if TYPE_CHECKING:
    from gapcheck.engine.answers import Answer

COLOUR = {
    "blocked": "red",
    "restricted": "yellow",
    "risky": "magenta",
    "unknown": "cyan",
    "clear": "green",
    "barred": "red",
    "available": "yellow",
    "open": "green",
}
MAX_SETS = 3


class Page:
    """Lines of text for a terminal, wrapped to a width."""

    def __init__(self, width: int) -> None:
        self.width = max(40, min(width, 110))
        self.lines: list[str] = []

    def add(self, text: str = "", indent: int = 0, label: str = "") -> None:
        """A paragraph, wrapped; a label stands before its first line."""
        first = " " * indent + (f"{label} " if label else "")
        rest = " " * (indent + (2 if label else 0))
        self.lines.extend(
            textwrap.wrap(
                text,
                self.width,
                initial_indent=first,
                subsequent_indent=rest,
                break_long_words=False,
                break_on_hyphens=False,
            )
            or [""]
        )

    def head(self, text: str, status: str) -> None:
        self.lines += ["", click.style(text, fg=COLOUR[status], bold=True)]


def table(report: Report, width: int) -> str:
    """The findings of one profile as text of a width in characters."""
    page = Page(width)
    page.add(say.heading(report))
    page.add(say.counts(report))
    for note in report.person.notes:
        page.add(note, label="Note:")
    grouped = {status: [item for item in report.findings if item.status == status] for status in STATUSES}
    for status, findings in grouped.items():
        if findings:
            page.head(f"{say.STATUS[status]} ({len(findings)})", status)
            for finding in findings:
                _line(page, finding, finding.task in report.waived)
    for status, findings in grouped.items():
        for finding in findings:
            if status != CLEAR and finding.task not in report.waived:
                _detail(page, report, finding)
    if report.waivers:
        page.lines += ["", click.style("Waivers", bold=True)]
        for waiver in report.waivers:
            page.add(say.plain(say.waiver_line(waiver)), 2)
    page.add()
    for line in say.footer(report.law, report.cross_check):
        page.add(line)
    return "\n".join(page.lines)


def _line(page: Page, finding: Finding, waived: bool) -> None:
    risk = ", ".join((["waived"] if waived else []) + ([f"risk {finding.risk}"] if finding.risk != "none" else []))
    room = page.width - len(risk) - 4
    label = finding.label if len(finding.label) <= room else f"{finding.label[: room - 3]}..."
    page.lines.append(f"  {label:<{room}}  {risk}".rstrip())


def _detail(page: Page, report: Report, finding: Finding) -> None:
    law = report.law
    page.head(finding.label, finding.status)
    page.add(
        f"{finding.status}{', risk ' + finding.risk if finding.risk != 'none' else ''}; {say.REGISTRATION[finding.because_of_registration]}"
        if finding.status != UNKNOWN
        else "unknown",
        2,
    )
    if finding.entry.note:
        page.add(say.plain(finding.entry.note), 2, "Noted in the profile:")
    page.add(finding.why, 2, "Why:")
    if finding.way:
        page.add(finding.way, 2, "Way:")
    for question in finding.questions:
        page.add(question, 2, "To settle it:")
    if finding.status == RESTRICTED or finding.status not in (CLEAR, UNKNOWN):
        for item in finding.opens_with[:MAX_SETS]:
            page.add(say.remedy_line(item), 2, "Opens with:")
    for line in say.turns(law, finding.turns_on):
        page.add(line, 2, "Turns on:")
    for coming in finding.upcoming:
        page.add(coming.says, 2, "Law to come:")
    for note in finding.notes:
        if note not in report.person.notes:
            page.add(note, 2, "Note:")
    for provision in say.law_of(finding):
        page.add(say.provision_line(provision), 2, "Law:")
    if finding.unverified:
        page.add(
            "rests on law or policy that nobody has read in the text: " + ", ".join(finding.unverified),
            2,
            "Unverified:",
        )
    for line in say.evidence_lines(law, finding)[:MAX_SETS]:
        page.add(line, 2, "Evidence:")


def answer_table(answer: Answer, width: int) -> str:
    """The answer to one question as text: a sentence, then each route."""
    page = Page(width)
    law, act = answer.law, answer.act
    page.lines += [click.style(act.verdict, fg=COLOUR[act.verdict], bold=True)]
    page.add(answer.says)
    for note in answer.person.notes:
        page.add(note, label="Note:")
    for question in answer.questions:
        page.add(question, label="To settle it:")
    for duty in act.duties:
        page.add(duty, label="Duty:")
    for line in say.turns(law, answer.turns_on):
        page.add(line, label="Turns on:")
    for coming in answer.upcoming:
        page.add(coming.says, label="Law to come:")
    for route in sorted(act.routes, key=lambda item: ["open", "available", "unknown", "barred"].index(item.state)):
        page.head(say.route_line(law, route), route.state)
        if route.rule and route.state in route.rule.say:
            page.add(route.rule.say[route.state], 2)
        for condition in route.conditions if route.state != "barred" else route.fails:
            page.add(say.condition_line(condition), 2)
        for provision in route.law:
            page.add(say.provision_line(provision), 2, "Law:")
    page.add()
    for line in say.footer(law, answer.cross_check):
        page.add(line)
    return "\n".join(page.lines)
