"""The day of the law that is asked for."""

from __future__ import annotations

from datetime import date

from gapcheck.clock import today
from gapcheck.errors import problem


def day(text: str | None) -> str:
    """The day of `--as-at`, today (see `clock`) where it is not given. Raises InputError for what is no day."""
    if text is None:
        return today()
    try:
        if len(text) != 10:
            raise ValueError
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise problem("--as-at", f"`{text}` is not a date", None, "give a day of the calendar as YYYY-MM-DD") from None
