"""How much of a document is read. Job descriptions come from strangers: everything has a limit."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from gapcheck.errors import problem


class Limits(NamedTuple):
    """The limits of one document. A job description of a hundred pages stays far below each."""

    bytes: int = 20_000_000
    characters: int = 500_000  # of text
    pages: int = 150
    members: int = 2_000  # files within a zip
    expanded: int = 60_000_000  # bytes of a zip when unpacked
    ratio: int = 150  # of unpacked to packed size, of a member above a megabyte
    depth: int = 50  # nested elements or tables
    cells: int = 20_000  # of tables
    seconds: float = 20.0  # of processor time, to read it; by the clock half as many again
    understanding: float = 10.0  # seconds of processor time for what it says, once it is read
    draft: float = 30.0  # the same for a draft, of which every sentence is weighed
    whole: float = 36.0  # seconds by the clock for both, however busy the machine is
    ocr: str = ""  # the program that recognises the text of scans; none: they are refused

    def with_ocr(self, program: str) -> Limits:
        """The limits where a program recognises the text of scans, which takes longer; the same where there is none."""
        return self._replace(ocr=program, seconds=max(self.seconds, 26.0)) if program else self


_Made = TypeVar("_Made")
_AGAIN = 0.5  # seconds after which it rings again, because a library may swallow what it raises


class _TimeUpError(BaseException):
    """No `Exception`, so that no library takes it for a fault of the document."""


def in_time(
    work: Callable[[], _Made], seconds: float, source: str, processor: bool = False, clock: float = 0.0
) -> _Made:
    """What the work gives; what takes longer than this ends with an InputError (where the system has timers, in the main thread).
    `processor`: by the time that the processor gave it, not by the clock; `clock`: by the clock too, so many seconds, where it is
    not 0."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return work()
    timers = [(signal.ITIMER_PROF, signal.SIGPROF, seconds)] if processor else []
    if clock or not processor:
        timers.append((signal.ITIMER_REAL, signal.SIGALRM, clock or seconds))
    armed, rang = True, False

    def ring(_signal: int, _frame: object) -> None:
        nonlocal rang
        if armed:
            rang = True
            raise _TimeUpError

    before = [(sign, signal.signal(sign, ring)) for _, sign, _ in timers]
    begun = time.monotonic()
    # No context manager: a bell that rings as one is left would be heard by nobody. Here all that is armed lies within the `try`.
    try:
        try:
            for timer, _, most in timers:
                signal.setitimer(timer, most, _AGAIN)
            made = work()
        finally:
            armed = False
        if not rang:
            return made
        raise _TimeUpError  # a library swallowed it: who knows what it left out
    except _TimeUpError:
        armed = False
        took = max(seconds, time.monotonic() - begun)
        raise problem(
            source, f"reading it took longer than {took:.0f} seconds", None, "save it as plain text and try again"
        ) from None
    finally:
        for timer, _, _ in timers:
            signal.setitimer(timer, 0)
        for sign, handler in before:
            signal.signal(sign, handler)
