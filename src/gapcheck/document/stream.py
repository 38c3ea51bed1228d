"""Answers that come piece by piece and are too many to hold: lines of text or CSV, or the members of a JSON array."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType

from gapcheck.document.csv import csv_line
from gapcheck.document.output import Target

STREAMED = ("table", "csv", "json")


class Stream:
    """Writes pieces in one of the formats STREAMED. `head`: the columns; `lines`: what stands over the lines of text.

    Raises InputError where the output cannot be written.
    """

    def __init__(self, format: str, output: str | None, head: Sequence[str], lines: str) -> None:
        self.format = format
        self.target = Target(output, format)
        self.head = head
        self.lines = lines
        self._before = "["

    def __enter__(self) -> Stream:
        self.target.__enter__()
        if self.format != "json":
            self.target.line(csv_line(self.head) if self.format == "csv" else self.lines)
        return self

    def add(self, cells: Sequence[object], line: str, data: str) -> None:
        """One piece: its cells, its line of text, and its JSON text ("" where it has none)."""
        if self.format == "json":
            if data:
                self.target.line(f"{self._before}{data}")
                self._before = ","
        else:
            self.target.line(csv_line(cells) if self.format == "csv" else line)

    def text(self, text: str) -> None:
        """More text at the end, where text is written."""
        if self.format == "table":
            self.target.line(f"\n{text}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.format == "json" and kind is None:
            self.target.line("[]" if self._before == "[" else "]")
        self.target.__exit__(kind, error, trace)
