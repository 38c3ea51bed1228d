"""Checked statements as a document of blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gapcheck.claims.model import (
    NOT_LEGAL,
    PROPOSED,
    QUALIFIED,
    SUPPORTED,
    TO_CHECK,
    VERDICTS,
    CheckedAssertion,
    ClaimsOutcome,
    StatementResult,
)
from gapcheck.claims.report import MEANS, left_out, remarks
from gapcheck.claims.words import content
from gapcheck.document.blocks import Block, Document, Facts, Heading, Inline, Items, Paragraph, Run, Table, inline
from gapcheck.document.cite import cited
from gapcheck.document.words import capital, footer, number, said, spaced
from gapcheck.law.dated import Law, words

_MOST = 12  # statements of a verdict on one screen
_TONE = {
    "contradicted": "barred",
    "qualified": "available",
    "supported": "open",
    "to-check": "",
    "not-a-legal-claim": "",
}


def made_from(source: Mapping[str, Any]) -> tuple[Block, ...]:
    """What a draft was when it was read."""
    about = (
        ("Draft", (inline(str(source["source"])),)),
        ("Sentences read", (inline(str(source["sentences"])),)),
        ("SHA-256", (inline(str(source["sha256"])),)),
    )
    passed = source["passed_over"]
    lines = tuple(
        inline(f"{'' if one['page'] is None else 'page {}, '.format(one['page'])}line {one['line']}: “{one['quote']}”")
        for one in passed
    )
    more = (Paragraph(inline(passed_over(len(passed)))), Items(lines)) if lines else ()
    return (Heading(1, "The draft that was read", "draft"), Facts(about), *more)


def passed_over(count: int) -> str:
    """How many sentences were not understood, so that nobody takes the silence about them for a yes."""
    they = "It speaks" if count == 1 else "They speak"
    return (
        f"Passed over: {number(count, 'sentence')}. {they} of people and of law, and no statement of law was understood in "
        f"{'it' if count == 1 else 'them'}: read {'it' if count == 1 else 'them'} yourself."
    )


def draft_blocks(outcome: ClaimsOutcome, law: Law) -> tuple[Block, ...]:
    """A draft for its author: what is wrong or half true in it with words that are true, what a person has to check, figures."""
    blocks: list[Block] = []
    for verdict in VERDICTS[:2]:
        found = [item for item in outcome.results if item.verdict == verdict]
        if found:
            blocks += [
                Paragraph(inline(f"{verdict.capitalize()}: {MEANS[verdict]}"), "label"),
                _quotes(found, law, len(found)),
            ]
    open_ = [item for item in outcome.results if item.verdict == TO_CHECK]
    blocks += [_to_check(open_)] if open_ else []
    if outcome.inconsistent:
        blocks += [Paragraph(inline("Figures that do not agree:"), "label")]
        blocks += [Items(tuple(inline(item.says) for item in outcome.inconsistent))]
    return tuple(blocks)


def missing(law: Law, full: bool) -> tuple[Block, ...]:
    """What the evidence does not carry over of its sources: all of it with why, or how many."""
    items = list(law.book.data["left-out"].values())
    if not items:
        return ()
    count = sum(int(item["count"]) for item in items)
    told = f"Left out are {number(count, 'statement')} of the sources: {'here is why' if full else 'with --full, why'}."
    if not full:
        return (Paragraph(inline(told), "apart"),)
    return (
        Heading(1, "Left out", "left-out"),
        Paragraph(inline(told)),
        Items(tuple(inline(line) for line in left_out(law))),
    )


def claims_document(
    outcome: ClaimsOutcome, law: Law, title: str, date: str = "", notes: Sequence[Block] = ()
) -> Document:
    """The outcome: a summary, the statements by verdict with the law, the figures, and `notes` on where they come from."""
    blocks: list[Block] = [Heading(1, "Summary", "summary"), _summary(outcome)]
    for verdict in VERDICTS:
        found = [item for item in outcome.results if item.verdict == verdict]
        if found:
            blocks += [Heading(1, f"{verdict.replace('-', ' ').capitalize()}: {MEANS[verdict]}", verdict)]
        if verdict == NOT_LEGAL:
            blocks += [Items(tuple(_stated(item) for item in found))] if found else []
            continue
        if verdict == TO_CHECK:
            blocks += [_to_check(found)] if found else []
            continue
        for place, item in enumerate(found, 1):
            blocks += _statement(item, law, f"{verdict}-{place}")
    blocks += [*_figures(outcome), *notes]
    blocks += [Paragraph(inline(line), "note") for line in footer(law)]
    stands = f"The law as at {words(law.date)}; a statement that names no nation is checked in all of them"
    return Document(title, tuple(blocks), stands, subject="Statements checked against the law", date=date)


def _summary(outcome: ClaimsOutcome) -> Table:
    head = (inline("Verdict"), inline("Statements"), inline("What it means"))
    rows = tuple(
        (inline(Run(name.replace("-", " "), strong=True, tone=_TONE[name])), inline(str(count)), inline(MEANS[name]))
        for name, count in outcome.summary.items()
    )
    return Table("verdicts", "Statements by verdict", head, rows, True, (0.24, 0.14, 0.62), numeric=(1,))


def _stated(item: StatementResult) -> Inline:
    return inline(item.statement.statement)


def _to_check(found: Sequence[StatementResult]) -> Table:
    """What is left to a person: where it stands, the words, and why."""
    head = (inline("Where"), inline("The words"), inline("Why no verdict is given"))
    rows = tuple(
        (
            inline(capital(item.statement.place)),
            inline(_flat(item)),
            inline(capital(item.statement.unsure)),
        )
        for item in found
    )
    return Table("to-check-table", "To be checked by a person", head, rows, True, (0.12, 0.56, 0.32), True)


def _flat(item: StatementResult) -> str:
    """The words of a statement without the ends of its lines."""
    return " ".join(item.statement.statement.split())


def _statement(item: StatementResult, law: Law, name: str) -> Iterator[Block]:
    yield Heading(2, capital(item.statement.place) or f"Statement {name.rpartition('-')[2]}", name)
    quoted = item.statement.place != ""
    yield Paragraph(inline(f"“{_flat(item)}”" if quoted else item.statement.statement))
    if item.statement.state == PROPOSED:
        yield Paragraph(inline(_PROPOSED), "note")
    if item.statement.source:
        yield Paragraph(inline(f"Source: {item.statement.source}"), "note")
    for checked in item.checked:
        yield Facts(tuple(_pairs(checked, law)))


def _pairs(checked: CheckedAssertion, law: Law) -> Iterator[tuple[str, tuple[Inline, ...]]]:
    yield "It says", (inline(said(law.book, content(law, checked.assertion))),)
    yield "Verdict", (inline(Run(checked.verdict, strong=True, tone=_TONE[checked.verdict])),)
    yield "The answer", (inline(said(law.book, checked.why)),)
    if found := remarks(checked):
        yield "But", tuple(inline(said(law.book, text)) for text in found)
    if checked.suggest:
        label = "True as well" if checked.verdict == SUPPORTED else "True instead"
        yield label, (inline(said(law.book, checked.suggest)),)
    if checked.law:
        yield "Law", tuple(cited(one) for one in checked.law)


def _figures(outcome: ClaimsOutcome) -> Iterator[Block]:
    if not outcome.figures:
        return
    held = [item for item in outcome.figures if item.holds]
    yield Heading(1, "Figures", "figures")
    yield Paragraph(inline(f"{len(outcome.inconsistent)} of {number(len(outcome.figures), 'check')} do not come out."))
    if outcome.inconsistent:
        yield Items(tuple(inline(item.says) for item in outcome.inconsistent))
    if held:
        yield Paragraph(inline("These come out:"))
        yield Items(tuple(inline(item.says) for item in held))


def claims_brief(outcome: ClaimsOutcome, law: Law, title: str, notes: Sequence[Block] = ()) -> Document:
    """One screen: the counts, then a line for each statement that is not supported."""
    counts = ", ".join(f"{count} {spaced(name)}" for name, count in outcome.summary.items() if count)
    blocks: list[Block] = [Paragraph(inline(f"{number(len(outcome.results), 'statement')}: {counts}"))]
    for verdict in VERDICTS[:2]:
        found = [item for item in outcome.results if item.verdict == verdict]
        if found:
            blocks.append(
                Paragraph(
                    inline(Run(f"{verdict.capitalize()}: {MEANS[verdict]}", strong=True, tone=_TONE[verdict])), "apart"
                )
            )
            blocks.append(
                _quotes(found, law) if any(item.statement.place for item in found) else _lines(verdict, found, law)
            )
    if open_ := outcome.summary[TO_CHECK]:
        blocks.append(
            Paragraph(
                inline(f"{number(open_, 'sentence')} for a person to check: with --full, or -o statements.yaml."),
                "apart",
            )
        )
    if outcome.figures:
        held = len(outcome.figures) - len(outcome.inconsistent)
        blocks.append(
            Paragraph(
                inline(Run(f"Figures: {len(outcome.inconsistent)} do not agree, {held} do", strong=True)), "apart"
            )
        )
        blocks.append(Items(tuple(inline(item.says) for item in outcome.inconsistent[:_MOST])))
    blocks += notes
    blocks.append(
        Paragraph(inline(f"With --full: every statement, its answer and its law. {footer(law)[-1]}"), "apart")
    )
    return Document(title, tuple(blocks), f"The law as at {words(law.date)}")


_PROPOSED = "What it says was proposed by the words of the sentence, and nobody has confirmed it."


def _quotes(found: list[StatementResult], law: Law, most: int = _MOST) -> Items:
    """Sentences of a draft on one screen, each with where it stands and what would be true."""
    lines: list[Inline] = []
    for item in found[:most]:
        shown = next(one for one in item.checked if one.verdict == item.verdict)
        told = remarks(shown)
        why = (
            f"True instead: {shown.suggest}"
            if shown.suggest and item.verdict != QUALIFIED
            else " ".join(told[:1] or [shown.why])
        )
        lines.append(
            inline(
                Run(f"{capital(item.statement.place)}: ", strong=True),
                f"“{_flat(item)}” {said(law.book, capital(why))}",
            )
        )
    if len(found) > most:
        lines.append(inline(f"and {len(found) - most} more"))
    return Items(tuple(lines))


def _lines(verdict: str, found: list[StatementResult], law: Law) -> Table:
    rows = []
    for item in found[:_MOST]:
        shown = next(one for one in item.checked if one.verdict == verdict)
        told = remarks(shown) if verdict == "qualified" else []
        rows.append((inline(item.statement.statement), inline(said(law.book, told[0] if told else shown.why))))
    if len(found) > _MOST:
        rows.append((inline(f"and {len(found) - _MOST} more"), inline()))
    return Table(f"{verdict}-lines", "", (inline("Statement"), inline("Why")), tuple(rows), plain=True)
