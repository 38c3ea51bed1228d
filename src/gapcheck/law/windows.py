"""Windows of time: from a first day to a last, both included, as ISO text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

START, END = "0001-01-01", "9999-12-31"


class Window(NamedTuple):
    """The days from `first` to `last`. A window that has no beginning or no end runs from START or to END."""

    first: str
    last: str

    def __str__(self) -> str:
        if self.last == END:
            return f"from {self.first}" if self.first != START else "always"
        return f"to {self.last}" if self.first == START else f"from {self.first} to {self.last}"


def window(item: Mapping[str, Any]) -> Window:
    """The window of an item with `in-force`, or with `from` and `to` of its own."""
    days = item.get("in-force", item)
    return Window(days.get("from", START), days.get("to", END))


def overlap(one: Window, other: Window) -> Window | None:
    """The days that two windows share."""
    both = Window(max(one.first, other.first), min(one.last, other.last))
    return both if both.first <= both.last else None


def uncovered(whole: Window, parts: Iterable[Window]) -> Window | None:
    """The first stretch of a window that lies in none of the parts."""
    start = whole.first
    for part in sorted(parts):
        if part.first > start:
            return Window(start, min(_shift(part.first, -1), whole.last))
        if part.last >= whole.last:
            return None
        if part.last >= start:
            start = _shift(part.last, 1)
    return Window(start, whole.last)


def hole(parts: Iterable[Window]) -> Window | None:
    """The first stretch between the parts that lies in none of them."""
    ordered = sorted(parts)
    if not ordered:
        return None
    return uncovered(Window(ordered[0].first, max(part.last for part in ordered)), ordered)


def _shift(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()
