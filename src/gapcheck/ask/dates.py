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
_BY_WORD = {"today": 0, "yesterday": -1, "tomorrow": 1}


class Day(NamedTuple):
    """A day named: ISO text, the stretch of the text, and whether only a month or a year was said."""

    iso: str
    start: int
    end: int
    rough: bool = False


def day_of(text: str, today: date) -> Day | None:
    """The first day that a text names; of a month or a year its first day."""
    for form in _FORMS:
        for match in form.finditer(text):
            said = match.groupdict()
            try:
                month = _month(said.get("month"))
                found = date(int(said["year"]), month, int(said.get("day") or 1))
            except ValueError:
                continue
            return Day(found.isoformat(), match.start(), match.end(), not said.get("day"))
    for word, days in _BY_WORD.items():
        if found_word := re.search(rf"\b{word}\b", text, re.I):
            return Day((today + timedelta(days)).isoformat(), found_word.start(), found_word.end())
    return None


def _month(said: str | None) -> int:
    if not said:
        return 1
    return int(said) if said.isdecimal() else _MONTHS[said.lower()]


def without(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    """A text with stretches of it blank."""
    for start, end in stretches:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text
