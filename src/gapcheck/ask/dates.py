"""The day that a question names."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

_MONTHS = {name.lower(): number for names in (calendar.month_name, calendar.month_abbr)
           for number, name in enumerate(names) if name} | {"sept": 9}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_FORMS = (
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"),
    re.compile(r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>(?:19|20)\d\d)\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\.?,?\s+(?P<year>(?:19|20)\d\d)\b", re.I),
    re.compile(rf"\b(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b", re.I),
    re.compile(rf"\b(?P<month>{_MONTH})\.?\s+(?P<year>(?:19|20)\d\d)\b", re.I),
    re.compile(r"\b(?:in|since|before|during|from|of|by|back in|until)\s+(?:the year\s+)?(?P<year>(?:19|20)\d\d)\b", re.I),
)  # fmt: skip
_SHORT_FORMS = (
    re.compile(r"\b(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<short>\d\d)\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)\s+(?:of\s+)?(?P<month>{_MONTH})\b", re.I),
    re.compile(rf"\b(?P<day>\d{{1,2}})\s+(?!may\b)(?P<month>{_MONTH})\b", re.I),
)  # fmt: skip
_BY_WORD = {"today": 0, "yesterday": -1, "tomorrow": 1}
_UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}
_UNIT = "|".join(_UNITS)
_RELATIVE = (
    (re.compile(rf"\blast\s+(?P<unit>{_UNIT})\b", re.I), -1),
    (re.compile(rf"\bnext\s+(?P<unit>{_UNIT})\b", re.I), 1),
    (re.compile(rf"\b(?P<count>\d{{1,2}}|a|two|three|five|ten)\s+(?P<unit>{_UNIT})s?\s+ago\b", re.I), -1),
    (re.compile(rf"\bin\s+(?P<count>\d{{1,2}}|two|three|five|ten)\s+(?P<unit>{_UNIT})s?(?:\s+time)?\b", re.I), 1),
)
_COUNTS = {"a": 1, "two": 2, "three": 3, "five": 5, "ten": 10}
_SIDE = re.compile(r"\b(?P<side>after|before|until|till|up to|by)\s+(?:the\s+)?(?:end\s+of\s+)?(?:year\s+)?$", re.I)
_END = re.compile(r"\bend\s+of\s+$", re.I)


class Day(NamedTuple):
    """A day named: ISO text, the stretch of the text, and whether the day itself was not said."""

    iso: str
    start: int
    end: int
    rough: bool = False


def day_of(text: str, today: date) -> Day | None:
    """The first day that a text names; of a month or a year its first day, or the day before or after it where it says so."""
    for form in (*_FORMS, *_SHORT_FORMS):
        for match in form.finditer(text):
            said = match.groupdict()
            try:
                return _named(text, match, said, today)
            except ValueError:
                continue
    for word, days in _BY_WORD.items():
        if found_word := re.search(rf"\b{word}\b", text, re.I):
            return Day((today + timedelta(days)).isoformat(), found_word.start(), found_word.end())
    for pattern, sign in _RELATIVE:
        if near := pattern.search(text):
            count = near.groupdict().get("count") or "1"
            number = _COUNTS.get(count.lower()) or int(count)
            days = sign * number * _UNITS[near["unit"].lower()]
            return Day((today + timedelta(days)).isoformat(), near.start(), near.end(), True)
    return None


def _named(text: str, match: re.Match[str], said: dict[str, str | None], today: date) -> Day:
    """The day of a match. Raises ValueError for one that no calendar has."""
    month = _month(said.get("month"))
    short = said.get("short")
    year = int(said.get("year") or (f"20{short}" if short else today.year))
    first = date(year, month, int(said.get("day") or 1))
    last = first if said.get("day") else _end_of(first, bool(said.get("month")))
    number = match.start("day" if said.get("day") else "month" if said.get("month") else "year")
    before = _SIDE.search(text[:number])
    side = before["side"].lower() if before else ""
    start = min(match.start(), before.start() if before else match.start())
    if side == "after":
        found = last + timedelta(1)
    elif side == "before":
        found = first - timedelta(1)
    else:
        end = _END.search(text[:number])
        found = last if end else first
        start = min(start, end.start() if end else start)
    rough = bool(side in ("after", "before") or not said.get("day") or not said.get("year"))
    return Day(found.isoformat(), start, match.end(), rough)


def _end_of(first: date, month: bool) -> date:
    if not month:
        return date(first.year, 12, 31)
    return date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])


def _month(said: str | None) -> int:
    if not said:
        return 1
    return int(said) if said.isdecimal() else _MONTHS[said.lower()]


def without(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    """A text with stretches of it blank."""
    for start, end in stretches:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text
