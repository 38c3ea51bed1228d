"""The evidence of an annex: the claims that its findings cite, the sources of the claims, and where a source and the law differ."""

from __future__ import annotations

from collections.abc import Sequence

from gapcheck.document.words import reference_line
from gapcheck.findings.words import law_of
from gapcheck.law.book import Claim
from gapcheck.law.dated import Law
from gapcheck.submission.model import AnnexScope, ClaimLine, Divergence, PublishedSource, TaskLine

EVERY = "all"  # the scope of a claim that concerns them all


def evidence(
    law: Law, parts: Sequence[tuple[str, Sequence[AnnexScope]]]
) -> tuple[tuple[ClaimLine, ...], tuple[PublishedSource, ...]]:
    """The claims that findings and harms cite, and those about the professions in their scopes; and the works, by number.
    `parts`: each profession with its scopes."""
    data = law.book.data
    citing: dict[str, list[str]] = {}
    for task in (task for _, scopes in parts for scope in scopes for task in scope.tasks):
        for claim in cited_by(task):
            citing.setdefault(claim, []).append(task.id)
    claims = {
        key: item
        for key, item in data["claims"].items()
        if key in citing
        or any(
            profession in item["professions"] and ({scope.id for scope in scopes} | {EVERY}) & set(item["scopes"])
            for profession, scopes in parts
        )
    }
    own = {item["of"] for item in data["left-out"].values()}
    texts = sorted({reference_line(source) for item in claims.values() for source in item["source"]}, key=str.casefold)
    numbers = {text: number for number, text in enumerate(texts, 1)}
    lines = tuple(_claim(item, numbers, tuple(citing.get(key, ())), own) for key, item in claims.items())
    return lines, tuple(PublishedSource(number, text) for text, number in numbers.items())


def cited_by(task: TaskLine) -> tuple[str, ...]:
    """The claims that bear on a task: those that name it, and those that its harm cites."""
    return tuple(dict.fromkeys((*task.finding.evidence, *task.finding.decision.task["harm"].get("sources", ()))))


def _claim(item: Claim, numbers: dict[str, int], tasks: tuple[str, ...], own: set[str]) -> ClaimLine:
    """`own`: the works of the applicant."""
    sources = tuple(dict.fromkeys(numbers[reference_line(source)] for source in item["source"]))
    study = item.get("study", {})
    return ClaimLine(
        item["id"],
        item["kind"],
        item["statement"],
        item.get("caveat", ""),
        item.get("note", ""),
        study.get("what", ""),
        study.get("class", ""),
        tuple(item["scopes"]),
        sources,
        tasks,
        set(item["references"]) <= own,
    )


def corrections(tasks: Sequence[TaskLine]) -> tuple[Divergence, ...]:
    """What the lawbook notes where the source of a task differs from the law, each once."""
    found: dict[str, list[TaskLine]] = {}
    for task in tasks:
        if said := str(task.finding.decision.task.get("corrects", "")):
            found.setdefault(said, []).append(task)
    return tuple(
        Divergence(
            tuple(task.id for task in lines),
            said,
            tuple(dict.fromkeys(item for task in lines for item in law_of(task.finding))),
        )
        for said, lines in found.items()
    )
