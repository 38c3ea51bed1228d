"""Checked statements as a document of blocks."""

from __future__ import annotations

from collections.abc import Iterator

from gapcheck.claims.model import NOT_LEGAL, VERDICTS, Checked, Outcome, Result
from gapcheck.claims.report import MEANS, content, remarks
from gapcheck.document import words as say
from gapcheck.document.blocks import Block, Document, Facts, Heading, Inline, Items, Paragraph, Run, Table, inline
from gapcheck.findings.parts import cited
from gapcheck.law.dated import Law, words

_TONE = {"contradicted": "barred", "qualified": "available", "supported": "open", "not-a-legal-claim": ""}


def claims_document(outcome: Outcome, law: Law, title: str, date: str = "") -> Document:
    """The outcome: a summary, the statements by verdict with the law, and the figures."""
    blocks: list[Block] = [Heading(1, "Summary", "summary"), _summary(outcome)]
    for verdict in VERDICTS:
        found = [item for item in outcome.results if item.verdict == verdict]
        if found:
            blocks += [Heading(1, f"{verdict.replace('-', ' ').capitalize()}: {MEANS[verdict]}", verdict)]
        if verdict == NOT_LEGAL:
            blocks += [Items(tuple(_stated(item) for item in found))] if found else []
            continue
        for number, item in enumerate(found, 1):
            blocks += _statement(item, law, f"{verdict}-{number}")
    blocks += _figures(outcome)
    blocks += [Paragraph(inline(line), "note") for line in say.footer(law)]
    place = f"The law as at {words(law.date)}; a statement that names no nation is checked in all of them"
    return Document(title, tuple(blocks), place, subject="Statements checked against the law", date=date)


def _summary(outcome: Outcome) -> Table:
    head = (inline("Verdict"), inline("Statements"), inline("What it means"))
    rows = tuple(
        (inline(Run(name.replace("-", " "), strong=True, tone=_TONE[name])), inline(str(count)), inline(MEANS[name]))
        for name, count in outcome.summary.items()
    )
    return Table("verdicts", "Statements by verdict", head, rows, True, (0.24, 0.14, 0.62), numeric=(1,))


def _stated(item: Result) -> Inline:
    return inline(item.statement.statement, " [", Run(item.statement.id, code=True), "]")


def _statement(item: Result, law: Law, name: str) -> Iterator[Block]:
    yield Heading(2, item.statement.id, name)
    yield Paragraph(inline(item.statement.statement))
    if item.statement.source:
        yield Paragraph(inline(f"Source: {item.statement.source}"), "note")
    for checked in item.checked:
        yield Facts(tuple(_pairs(checked, law)))


def _pairs(checked: Checked, law: Law) -> Iterator[tuple[str, tuple[Inline, ...]]]:
    yield "It says", (inline(content(law, checked.assertion)),)
    yield "Verdict", (inline(Run(checked.verdict, strong=True, tone=_TONE[checked.verdict])),)
    yield "The answer", (inline(checked.why),)
    if found := remarks(checked):
        yield "But", tuple(inline(text) for text in found)
    if checked.law:
        yield "Law", tuple(cited(one) for one in checked.law)


def _figures(outcome: Outcome) -> Iterator[Block]:
    if not outcome.figures:
        return
    held = [item for item in outcome.figures if item.holds]
    yield Heading(1, "Figures", "figures")
    yield Paragraph(inline(f"{len(outcome.inconsistent)} of {len(outcome.figures)} checks do not come out."))
    if outcome.inconsistent:
        yield Items(tuple(inline(item.says) for item in outcome.inconsistent))
    if held:
        yield Paragraph(inline("These come out:"))
        yield Items(tuple(inline(item.says) for item in held))
