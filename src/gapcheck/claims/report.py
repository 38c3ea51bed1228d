"""Checked statements as data and rows, and the words that all formats share."""

from __future__ import annotations

from typing import Any

from gapcheck.claims.model import (
    CONTRADICTED,
    NOT_LEGAL,
    QUALIFIED,
    SUPPORTED,
    TO_CHECK,
    CheckedAssertion,
    ClaimsOutcome,
    Statement,
)
from gapcheck.claims.words import content
from gapcheck.document.answer import Sheet
from gapcheck.document.words import number
from gapcheck.findings.data import lawbook_data, provision_data
from gapcheck.law.dated import Law

MEANS = {
    CONTRADICTED: "the law says otherwise",
    QUALIFIED: "it holds only in some nations, on some dates, under one reading, by a framework, or on facts that are not stated",
    SUPPORTED: "the law says so",
    TO_CHECK: "it could not be put into the engine's terms, or says no more than what somebody thinks or wants: a person has to check it",
    NOT_LEGAL: "it states nothing that the law decides",
}


def remarks(checked: CheckedAssertion) -> list[str]:
    """Under what an assertion holds, and how sure the answer is."""
    found = list(checked.conditions)
    if checked.unverified:
        found.append("the answer rests on law or policy that nobody has read in the text")
    return found


def left_out(law: Law) -> list[str]:
    """What the lawbook's evidence does not carry over of its sources, and why."""
    works = law.book.items("references")
    return [
        f"{number(item['count'], 'statement')} of {works[item['of']]['title']}: {item['about']}. {item['why']}"
        for item in law.book.data["left-out"].values()
    ]


def claims_data(outcome: ClaimsOutcome, law: Law) -> dict[str, Any]:
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
                **_where(result.statement),
                "verdict": result.verdict,
                "asserts": [
                    {
                        "content": content(law, item.assertion),
                        "verdict": item.verdict,
                        "conditions": list(item.conditions),
                        "answer": item.why,
                        **({"suggest": item.suggest} if item.suggest else {}),
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


def _where(statement: Statement) -> dict[str, Any]:
    """What is known of a statement that was read from a document."""
    stated = {
        "page": statement.page,
        "line": statement.line,
        "state": statement.state,
        "unsure": statement.unsure,
    }
    return {key: value for key, value in stated.items() if value}


def claims_sheets(outcome: ClaimsOutcome, law: Law) -> list[Sheet]:
    """A row for each assertion, for each statement without one, and for each check of figures."""
    rows: list[list[object]] = []
    for result in outcome.results:
        start: list[object] = [result.statement.id, result.verdict, result.statement.statement]
        place = result.statement.place
        for item in result.checked:
            law_ = "; ".join(f"{one.title} {one.url}" for one in item.law)
            start[1] = item.verdict
            says = content(law, item.assertion)
            rows.append([*start, says, "; ".join(remarks(item)), item.why, law_, place, item.suggest])
        if not result.checked:
            rows.append([*start, "", result.statement.unsure, "", "", place, ""])
    for check in outcome.figures:
        verdict = "figures agree" if check.holds else "figures do not agree"
        rows.append(["; ".join(check.statements), verdict, check.says, check.quantity, "", "", "", "", ""])
    head = ("statement", "verdict", "text", "content", "conditions", "answer", "law", "place", "instead")
    return [Sheet("Statements", head, rows)]
