"""The table: findings for a terminal, worst first, one line a task, then the reasons."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from gapcheck.document import words as say
from gapcheck.engine.findings import Finding, Report
from gapcheck.engine.routes import UNKNOWN
from gapcheck.engine.tasks import CLEAR, STATUSES

if TYPE_CHECKING:
    from gapcheck.engine.answers import Answer

COLOUR = {
    "blocked": "red",
    "arrange": "yellow",
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
    page.add(say.today_line(report))
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
    shown = [f"gap {finding.gap}"] if finding.shows_gap and finding.gap != "none" else []
    said = ", ".join([*(["waived"] if waived else []), *shown])
    room = page.width - len(said) - 4
    label = finding.label if len(finding.label) <= room else f"{finding.label[: room - 3]}..."
    page.lines.append(f"  {label:<{room}}  {said}".rstrip())


def _detail(page: Page, report: Report, finding: Finding) -> None:
    law = report.law
    page.head(finding.label, finding.status)
    page.add(f"{say.status_line(finding)}; today: {say.TODAY[finding.today]}", 2)
    labelled: list[tuple[str, Iterable[str]]] = [
        ("Noted in the profile:", [say.plain(finding.entry.note)]),
        ("Why:", [finding.why]),
        ("Way:", [finding.way]),
        ("Needed:", say.need_lines(finding.needed)),
        ("To settle it:", finding.questions),
        ("Opens with:", map(say.remedy_line, finding.opens_with[:MAX_SETS] if finding.status != UNKNOWN else ())),
        ("Turns on:", say.turns(law, finding.turns_on)),
        ("Law to come:", (coming.says for coming in finding.upcoming)),
        ("Note:", (note for note in finding.notes if note not in report.person.notes)),
        ("Law:", map(say.provision_line, say.law_of(finding))),
        ("Unverified:", [say.UNREAD + ", ".join(finding.unverified)] if finding.unverified else []),
        ("Evidence:", say.evidence_lines(law, finding)[:MAX_SETS]),
    ]
    for label, lines in labelled:
        for line in filter(None, lines):
            page.add(line, 2, label)


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
