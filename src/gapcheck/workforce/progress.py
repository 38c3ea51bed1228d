"""Progress on standard error: how far, how many, how long still. On a terminal one line that renews itself."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from gapcheck.workforce.run import RowCounts

_EVERY = 0.5  # seconds between lines on a terminal
_SELDOM = 15.0  # and in a log


class Progress:
    """Says how a run goes. Nothing is said of a run that is over before the first line is due."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._live = stream.isatty()
        self._begun = time.monotonic()
        self._due = self._begun + (_EVERY if self._live else _SELDOM)

    def show(self, done: float | None, counts: RowCounts) -> None:
        """`done`: from 0 to 1, None where it is not known."""
        now = time.monotonic()
        if now < self._due:
            return
        self._due = now + (_EVERY if self._live else _SELDOM)
        text = f"{counts.rows:,} rows, {counts.findings:,} findings, {counts.rejected:,} rejected"
        if done:
            left = (now - self._begun) * (1 - done) / done
            text = f"{done:4.0%}  {text}, {_span(left)} left"
        self._stream.write(f"\r{text}\x1b[K" if self._live else f"{text}\n")
        self._stream.flush()

    def end(self) -> None:
        """Clear the line."""
        if self._live:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"about {minutes} min {rest:02d} s" if minutes else f"about {rest} s"
