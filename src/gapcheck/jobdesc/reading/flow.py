"""What the readers of structured formats hand over: the parts of a document in reading order, before they become text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class FlowItem(NamedTuple):
    """A piece of text. `kind`: text (lines as typed, still to be divided), paragraph, bullet, heading or header.

    `level`: of a heading, 1 outermost; 7 for what only looks like a heading.
    """

    kind: str
    text: str
    level: int = 0


class FlowCell(NamedTuple):
    """A cell: its content, how many columns it spans, whether it is marked as a header or continues the cell above."""

    content: Flow
    span: int = 1
    header: bool = False
    continues: bool = False


class FlowTable(NamedTuple):
    """A table, row by row."""

    rows: Sequence[Sequence[FlowCell]]


Flow = Sequence["FlowItem | FlowTable"]


def words_of(flow: Flow) -> str:
    """The text of a piece of flow, on one line."""
    parts = []
    for item in flow:
        if isinstance(item, FlowItem):
            parts.append(item.text)
        else:
            parts.extend(words_of(cell.content) for row in item.rows for cell in row)
    return " ".join(" ".join(parts).split())
