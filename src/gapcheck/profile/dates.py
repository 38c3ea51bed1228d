"""Days as people write them."""

from __future__ import annotations

import datetime
import re

_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})\Z")
_FORMS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y")


def day_in(text: str) -> str | None:
    """A day in any of the usual forms, the day before the month, as ISO text; empty for nothing, None for what is no day."""
    text = " ".join(text.split())
    if not text:
        return ""
    if found := _DAY_FIRST.match(text):
        day, month, year = found.groups()
        text = f"{year if len(year) == 4 else f'20{year}'}-{month:0>2}-{day:0>2}"
    for form in _FORMS:
        try:
            plain = text[:10] if form == _FORMS[0] and "T" in text else text
            return datetime.datetime.strptime(plain, form).date().isoformat()
        except ValueError:
            continue
    return None
