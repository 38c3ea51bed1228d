"""Checked statements as data and rows, and the words that all formats share."""

from __future__ import annotations

from typing import Any

from gapcheck.claims.model import (
    CONTRADICTED,
    FRAMEWORK,
    NOT_LEGAL,
    QUALIFIED,
    SUPPORTED,
    Assertion,
    Checked,
    Outcome,
)
from gapcheck.document.answer import Sheet
from gapcheck.document.words import a
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
    name = str(law.book.items("professions").get(item.profession, {}).get("title", "")).lower()
    who = a(name) if name else "anyone"
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


def claims_sheets(outcome: Outcome, law: Law) -> list[Sheet]:
    """A row for each assertion, for each statement without one, and for each check of figures."""
    rows: list[list[object]] = []
    for result in outcome.results:
        start: list[object] = [result.statement.id, result.verdict, result.statement.statement]
        for item in result.checked:
            law_ = "; ".join(f"{one.title} {one.url}" for one in item.law)
            start[1] = item.verdict
            rows.append([*start, content(law, item.assertion), "; ".join(remarks(item)), item.why, law_])
        if not result.checked:
            rows.append([*start, "", "", "", ""])
    for check in outcome.figures:
        verdict = "figures agree" if check.holds else "figures do not agree"
        rows.append(["; ".join(check.statements), verdict, check.says, check.quantity, "", "", ""])
    head = ("statement", "verdict", "text", "content", "conditions", "answer", "law")
    return [Sheet("Statements", head, rows)]
