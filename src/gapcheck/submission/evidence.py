"""The evidence of an annex: the claims that its findings cite, the sources of the claims, and where a source and the law differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gapcheck.document.words import reference_line
from gapcheck.findings.words import law_of
from gapcheck.law.dated import Law
from gapcheck.submission.model import ClaimLine, Correction, Scope, Source, TaskLine

EVERY = "all"  # the scope of a claim that concerns them all


def evidence(law: Law, profession: str, scopes: Sequence[Scope]) -> tuple[tuple[ClaimLine, ...], tuple[Source, ...]]:
    """The claims that the findings cite, and those about the profession in these scopes; and the bibliography."""
    citing: dict[str, list[str]] = {}
    for scope in scopes:
        for task in scope.tasks:
            for claim in task.finding.evidence:
                citing.setdefault(claim, []).append(task.id)
    wanted = {scope.id for scope in scopes} | {EVERY}
    claims = {
        key: item
        for key, item in law.book.data["claims"].items()
        if key in citing or (profession in item["professions"] and wanted & set(item["scopes"]))
    }
    texts = sorted({reference_line(source) for item in claims.values() for source in item["source"]}, key=str.casefold)
    numbers = {text: number for number, text in enumerate(texts, 1)}
    lines = tuple(_claim(key, item, numbers, tuple(citing.get(key, ()))) for key, item in claims.items())
    return lines, tuple(Source(number, text) for text, number in numbers.items())


def _claim(key: str, item: dict[str, Any], numbers: dict[str, int], tasks: tuple[str, ...]) -> ClaimLine:
    sources = tuple(dict.fromkeys(numbers[reference_line(source)] for source in item["source"]))
    return ClaimLine(
        key, item["kind"], item["statement"], item.get("caveat", ""), tuple(item["scopes"]), sources, tasks
    )


def corrections(tasks: Sequence[TaskLine]) -> tuple[Correction, ...]:
    """What the lawbook notes where the source of a task differs from the law, each once."""
    found: dict[str, list[TaskLine]] = {}
    for task in tasks:
        if said := str(task.finding.decision.task.get("corrects", "")):
            found.setdefault(said, []).append(task)
    return tuple(
        Correction(
            tuple(task.id for task in lines),
            said,
            tuple(dict.fromkeys(item for task in lines for item in law_of(task.finding))),
        )
        for said, lines in found.items()
    )
