"""Markdown: the same findings for a page or a pull request. What strangers wrote is escaped."""

from __future__ import annotations

import re

from gapcheck.engine.answers import Answer
from gapcheck.engine.findings import Finding, Report
from gapcheck.engine.tasks import CLEAR, STATUSES
from gapcheck.report import words as say

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|&~-])")


def escape(text: str) -> str:
    """Text that stays text in Markdown."""
    return _SPECIAL.sub(r"\\\1", say.plain(text))


def markdown(report: Report) -> str:
    """The findings of one profile as Markdown."""
    from tabulate import tabulate

    ordered = [finding for status in STATUSES for finding in report.findings if finding.status == status]
    rows = [
        [escape(item.label), item.status, item.risk, item.because_of_registration, ", ".join(item.turns_on)]
        for item in ordered
    ]
    lines = [f"# {escape(say.heading(report))}", "", f"{say.counts(report)}.", ""]
    lines += [f"- {escape(note)}" for note in report.person.notes]
    lines += ["", tabulate(rows, ["Task", "Status", "Risk", "Because of registration", "Turns on"], tablefmt="github")]
    for finding in ordered:
        if finding.status != CLEAR:
            lines += _finding(report, finding)
    return "\n".join([*lines, "", "---", "", *say.footer(report.law, report.cross_check)])


def _finding(report: Report, finding: Finding) -> list[str]:
    law = report.law
    lines = [
        "",
        f"## {escape(finding.label)}",
        "",
        f"**{finding.status}**, risk {finding.risk}; {say.REGISTRATION[finding.because_of_registration]}",
        "",
        escape(finding.why),
        "",
    ]
    if finding.entry.note:
        lines += [f"- Noted in the profile: {escape(finding.entry.note)}"]
    if finding.way:
        lines += [f"- Way: {escape(finding.way)}"]
    lines += [f"- To settle it: {escape(item)}" for item in finding.questions]
    lines += [f"- Opens with: {escape(say.remedy_line(item))}" for item in finding.opens_with]
    lines += [f"- Turns on {escape(item)}" for item in say.turns(law, finding.turns_on)]
    lines += [f"- Law to come: {escape(item.says)}" for item in finding.upcoming]
    lines += [f"- Note: {escape(item)}" for item in finding.notes if item not in report.person.notes]
    lines += [
        f"- Law: [{escape(item.title)}]({item.url}) ({item.confidence.replace('-', ' ')})"
        for item in say.law_of(finding)
    ]
    if finding.unverified:
        lines += [f"- Unverified: {', '.join(f'`{item}`' for item in finding.unverified)}"]
    lines += [f"- Evidence: {escape(item)}" for item in say.evidence_lines(law, finding)]
    return lines


def answer_markdown(answer: Answer) -> str:
    """The answer to one question as Markdown."""
    law, act = answer.law, answer.act
    lines = [f"**{act.verdict}**: {escape(answer.says)}", ""]
    lines += [f"- Note: {escape(item)}" for item in answer.person.notes]
    lines += [f"- To settle it: {escape(item)}" for item in answer.questions]
    lines += [f"- Duty: {escape(item)}" for item in act.duties]
    lines += [f"- Turns on {escape(item)}" for item in say.turns(law, answer.turns_on)]
    lines += [f"- Law to come: {escape(item.says)}" for item in answer.upcoming]
    for route in act.routes:
        lines += ["", f"## {escape(say.route_line(law, route))}", ""]
        lines += [f"- {escape(say.condition_line(item))}" for item in route.conditions]
        lines += [
            f"- Law: [{escape(item.title)}]({item.url}) ({item.confidence.replace('-', ' ')})" for item in route.law
        ]
    return "\n".join([*lines, "", "---", "", *say.footer(law, answer.cross_check)])
