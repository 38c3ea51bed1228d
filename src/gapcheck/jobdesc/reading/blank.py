"""What counts as blank, for every reader alike: the blanks of Unicode, and what has no width."""

from __future__ import annotations

# What has no width; it is left out of what is written anew, and makes no line that says something.
UNSEEN = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff\ufffc\x00"
BLANKS = (
    " \t\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f"
    "\u205f\u3000\u2800" + UNSEEN
)
_NO_WIDTH = dict.fromkeys(map(ord, UNSEEN))


def seen(text: str) -> str:
    """A text without what has no width."""
    return text.translate(_NO_WIDTH)
