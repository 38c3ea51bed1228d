"""Pieces that the sections of the annex share: claims with their sources, law with links, tables of counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gapcheck.document.blocks import Block, Inline, Items, Paragraph, Run, Table, inline
from gapcheck.engine.tasks import STATUSES
from gapcheck.submission import wording as text
from gapcheck.submission.model import ClaimLine, Submission


def claims_of(annex: Submission, part: str, scope: str = "") -> list[ClaimLine]:
    """The claims that a part of the annex tells, of a scope where one is named."""
    kinds = text.KINDS[part]
    return [item for item in annex.claims if item.kind in kinds and (not scope or scope in item.scopes)]


def claims(annex: Submission, part: str) -> Iterator[Block]:
    """The claims of a part by scope, as points with their sources."""
    left = claims_of(annex, part)
    if left:
        yield Paragraph(inline(text.CLAIMS_ARE), "note")
    for scope in annex.scopes:
        own = [item for item in left if scope.id in item.scopes]
        left = [item for item in left if item not in own]
        yield from _group(scope.title, own)
    yield from _group("Several scopes, or none in particular", left)


def _group(title: str, own: Sequence[ClaimLine]) -> Iterator[Block]:
    if own:
        yield Paragraph(inline(Run(title, strong=True)), "label")
        yield Items(tuple(_claim(item) for item in own))


def _claim(item: ClaimLine) -> Inline:
    numbers = ", ".join(map(str, item.sources))
    caveat = Run(f" Caveat: {item.caveat}", emphasis=True) if item.caveat else ""
    return inline(f"{item.statement} [{numbers}]", caveat)


def counts_table(identity: str, caption: str, first: str, rows: Sequence[tuple[str, Mapping[str, int]]]) -> Table:
    """Numbers of tasks by status, a row each, with the sum."""
    head = (inline(first), *(inline(Run(status.capitalize(), tone=status)) for status in STATUSES), inline("All"))
    body = tuple(
        (inline(name), *(inline(str(counts[status])) for status in STATUSES), inline(str(sum(counts.values()))))
        for name, counts in rows
    )
    return Table(
        identity,
        caption,
        head,
        body,
        True,
        (0.3, 0.1, 0.1, 0.11, 0.12, 0.09, 0.09, 0.09),
        numeric=(1, 2, 3, 4, 5, 6, 7),
    )


def numbers_table(
    identity: str, caption: str, head: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]], first: float = 0.4
) -> Table:
    """A table of whole numbers."""
    rest = (1 - first) / (len(head) - 1)
    body = tuple((inline(name), *(inline(str(item)) for item in numbers)) for name, numbers in rows)
    widths = (first, *[rest] * (len(head) - 1))
    return Table(
        identity, caption, tuple(inline(item) for item in head), body, True, widths, numeric=tuple(range(1, len(head)))
    )
