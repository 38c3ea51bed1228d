"""Heavy work: done in a process of its own, ended when it takes too long, a few at a time.

What strangers send is read there, and paper is made there, so that neither can hold up or take down the server.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

import anyio
import anyio.to_process
from starlette.exceptions import HTTPException

from gapcheck.errors import InputError, Problem, problem
from gapcheck.jobdesc.reading import cage

SECONDS = 42.0  # a document may take as long as the limits of reading it and of understanding it allow
ROOM = 1_400_000_000  # bytes that such a process may map; paper needs more of them than reading
WAITING = 300.0
FILES, WORDS = "files", "words"  # two queues, so that large files never hold up small texts
AT_ONCE = {FILES: 2, WORDS: 2}
SMALL = 200_000  # bytes of plain text or HTML
PER_CLIENT = 6  # files of one client that may be waiting or read

Result = TypeVar("Result")
client: ContextVar[str] = ContextVar("client", default="")  # the address that asks; the guard sets it
_limiters: dict[tuple[int, str], anyio.CapacityLimiter] = {}
_files_of: Counter[str] = Counter()


async def heavy(
    what: str, function: Callable[..., Result], *arguments: object, queue: str = WORDS, seconds: float = SECONDS
) -> Result:
    """What a function returns, called in another process. `what`: what to call the work where it fails; `queue`: FILES for
    what a stranger's file may make long. The function and what it takes and gives must be things that can be pickled;
    errors for people it hands back (see `said`).

    Raises InputError where it takes longer than `seconds`, and what the function raises; HTTPException where one client
    has too many files waiting.
    """
    if queue == WORDS:
        return await _in_turn(what, function, *arguments, queue=queue, seconds=seconds)
    who = client.get()
    if _files_of[who] >= PER_CLIENT:
        raise HTTPException(
            429, f"{PER_CLIENT} of your documents are being read already. Wait for them, and try again."
        )
    _files_of[who] += 1
    try:
        return await _in_turn(what, function, *arguments, queue=queue, seconds=seconds)
    finally:
        _files_of[who] -= 1
        if not _files_of[who]:
            del _files_of[who]


async def _in_turn(
    what: str, function: Callable[..., Result], *arguments: object, queue: str, seconds: float
) -> Result:
    import asyncio

    loop = id(asyncio.get_running_loop())
    limiter = _limiters.setdefault((loop, queue), anyio.CapacityLimiter(AT_ONCE[queue]))
    try:
        with anyio.fail_after(WAITING):
            async with limiter:
                with anyio.fail_after(seconds):
                    found = await anyio.to_process.run_sync(
                        said,
                        function,
                        *arguments,
                        cancellable=True,
                        limiter=anyio.CapacityLimiter(sum(AT_ONCE.values())),
                    )
    except TimeoutError:
        raise problem(what, "it took too long and was stopped", None, "try it with less") from None
    except (anyio.BrokenWorkerProcess, EOFError):
        raise problem(what, "the work broke off", None, "try it with less, or another form of the file") from None
    if isinstance(found, Problems):
        raise InputError(Problem(*item) for item in found.items)
    return found


@dataclass(frozen=True)
class Problems:
    """The problems of an InputError, on their way between processes."""

    items: tuple[tuple[Any, ...], ...]


def said(function: Callable[..., Result], *arguments: object) -> Result | Problems:
    """Run in the other process: what a function returns, or the problems of its InputError."""
    if not cage.inside():
        cage.confine(address_space=ROOM)
    cage.allow(SECONDS)
    try:
        return function(*arguments)
    except MemoryError:
        return Problems((("the document", None, "it needs more memory than there is", "try it with less", ""),))
    except InputError as error:
        return Problems(tuple(tuple(item) for item in error.problems))


def queue_for(raw: bytes) -> str:
    """The queue of a document: plain text is read at once, anything else may take its time."""
    return (
        FILES
        if b"\0" in raw[:4096] or not raw[:8].strip().isascii() or raw[:5] in (b"%PDF-", b"{\\rtf") or len(raw) > SMALL
        else WORDS
    )
