"""Which day it is: today, or the day of SOURCE_DATE_EPOCH, by which the same input gives the same answer at any time."""

from __future__ import annotations

import datetime
import os

from gapcheck.errors import problem


def today() -> str:
    """The day of an answer, and of the law where nobody names another, ISO text: that of SOURCE_DATE_EPOCH where it is set.

    Raises InputError where that is no number of seconds.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if not given:
        return datetime.date.today().isoformat()
    try:
        return datetime.datetime.fromtimestamp(int(given), datetime.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise problem("SOURCE_DATE_EPOCH", f"`{given}` is not a number of seconds since 1970") from None
