"""Checked statements for machines and terminals: JSON, CSV and a table of plain text; and the words that all faces share."""

from __future__ import annotations

import textwrap
from typing import Any

from gapcheck.claims.model import (
    CONTRADICTED,
    FRAMEWORK,
    NOT_LEGAL,
    QUALIFIED,
    SUPPORTED,
    VERDICTS,
    Assertion,
    Checked,
    Outcome,
    Result,
)
from gapcheck.document import words as say
from gapcheck.document.csv import csv_line
from gapcheck.findings.data import lawbook_data, provision_data
from gapcheck.law.dated import Law

MEANS = {
    CONTRADICTED: "the law says otherwise",
    QUALIFIED: "it holds only in some nations, on some dates, under one reading, by a framework, or on facts that are not stated",
    SUPPORTED: "the law says so",
    NOT_LEGAL: "it states nothing that the law decides",
}
_SAYS = {
    "may": "may",
    "may-not": "may not",
    "only-if-registered": "may, but only with statutory registration,",
    "needs-no-registration": "may, without statutory registration,",
    "only-by": "may, but by no other route than those named,",
}


def content(law: Law, item: Assertion) -> str:
    """What an assertion says, in words."""
    data = law.book.data
    name = str(data["professions"].get(item.profession, {}).get("title", "")).lower()
    who = f"{'an' if name[0] in 'aeiou' else 'a'} {name}" if name else "anyone"
    parts = [f"{who} {_SAYS[item.says]} {data['acts'][item.act]['does']}"]
    if item.routes:
        parts.append("by " + " or ".join(str(data["routes"][route]["title"]) for route in item.routes))
    if item.medicine:
        parts.append(f"medicine: {data['medicines'][item.medicine]['label']}")
    parts += [f"{key}: {str(value).lower()}" for key, value in (item.facts or {}).items()]
    if item.registered is not None:
        parts.append(f"registered: {', '.join(item.registered) or 'nowhere'}")
    if item.nations:
        parts.append("in " + ", ".join(str(data["nations"][nation]) for nation in item.nations))
    parts += [f"on {item.date}"] if item.date else []
    parts += ["by a framework"] if item.by == FRAMEWORK else []
    return "; ".join(parts)


def remarks(checked: Checked) -> list[str]:
    """Under what an assertion holds, and how sure the answer is."""
    found = list(checked.conditions)
    if checked.unverified:
        found.append("the answer rests on law or policy that nobody has read in the text")
    return found


def claims_data(outcome: Outcome, law: Law) -> dict[str, Any]:
    """The outcome as plain data, of the form of `schemas/claims.schema.json`."""
    return {
        "gapcheck": "1",
        "lawbook": lawbook_data(law),
        "summary": outcome.summary,
        "statements": [
            {
                "id": result.statement.id,
                "statement": result.statement.statement,
                "source": result.statement.source,
                "verdict": result.verdict,
                "asserts": [
                    {
                        "content": content(law, item.assertion),
                        "verdict": item.verdict,
                        "conditions": list(item.conditions),
                        "answer": item.why,
                        "law": [provision_data(one) for one in item.law],
                    }
                    for item in result.checked
                ],
            }
            for result in outcome.results
        ],
        "figures": [
            {
                "kind": item.kind,
                "holds": item.holds,
                "quantity": item.quantity,
                "says": item.says,
                "statements": list(item.statements),
            }
            for item in outcome.figures
        ],
    }


def claims_csv(outcome: Outcome, law: Law) -> str:
    """A line for each assertion, for each statement without one, and for each check of figures."""
    lines = [csv_line(["statement", "verdict", "text", "content", "conditions", "answer", "law"])]
    for result in outcome.results:
        start = [result.statement.id, result.verdict, result.statement.statement]
        for item in result.checked:
            law_ = "; ".join(f"{one.title} {one.url}" for one in item.law)
            start[1] = item.verdict
            lines.append(csv_line([*start, content(law, item.assertion), "; ".join(remarks(item)), item.why, law_]))
        if not result.checked:
            lines.append(csv_line([*start, "", "", "", ""]))
    for check in outcome.figures:
        verdict = "figures agree" if check.holds else "figures do not agree"
        lines.append(csv_line(["; ".join(check.statements), verdict, check.says, check.quantity, "", "", ""]))
    return "\n".join(lines)


def claims_table(outcome: Outcome, law: Law, width: int) -> str:
    """The outcome as text: counts, then what is contradicted, what is qualified, what is supported, and the figures."""
    width = max(40, min(width, 110))
    lines = [
        f"{len(outcome.results)} statements: {', '.join(f'{count} {name}' for name, count in outcome.summary.items() if count)}"
    ]
    for verdict in VERDICTS[:-1]:
        found = [item for item in outcome.results if item.verdict == verdict]
        if found:
            lines += ["", f"{verdict.capitalize()}: {MEANS[verdict]} ({len(found)})"]
        for result in found:
            lines += _told(result, law, width)
    without = [item.statement.id for item in outcome.results if item.verdict == NOT_LEGAL]
    if without:
        lines += [
            "",
            f"{NOT_LEGAL.replace('-', ' ').capitalize()}: {MEANS[NOT_LEGAL]} ({len(without)})",
            *_wrap(", ".join(without), width, 2),
        ]
    held = len(outcome.figures) - len(outcome.inconsistent)
    if outcome.figures:
        lines += ["", f"Figures: {len(outcome.inconsistent)} do not agree, {held} do"]
        lines += [line for item in outcome.inconsistent for line in _wrap(item.says, width, 2)]
    return "\n".join([*lines, "", *(line for text in say.footer(law) for line in _wrap(text, width, 0))])


def _told(result: Result, law: Law, width: int) -> list[str]:
    lines = ["", *_wrap(f"{say.plain(result.statement.statement)} [{result.statement.id}]", width, 2)]
    shown = (
        [item for item in result.checked if item.verdict == result.verdict]
        if result.verdict != SUPPORTED
        else result.checked[:1]
    )
    for item in shown:
        lines += _wrap(f"Says: {content(law, item.assertion)}", width, 4)
        lines += _wrap(f"Answer: {item.why}", width, 4)
        lines += [line for text in remarks(item) for line in _wrap(f"But: {text}", width, 4)]
        if result.verdict != SUPPORTED:
            lines += [line for one in item.law[:4] for line in _wrap(f"Law: {say.provision_line(one)}", width, 4)]
    return lines


def _wrap(text: str, width: int, indent: int) -> list[str]:
    first, rest = " " * indent, " " * (indent + 2 if indent else 0)
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
