"""Heavy work: done in a process of its own, ended when it takes too long, a few at a time.

What strangers send is read there, and paper is made there, so that neither can hold up or take down the server.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import anyio
import anyio.to_process

from gapcheck.errors import InputError, Problem, problem

SECONDS = 60.0
AT_ONCE = 2
WAITING = 300.0

Result = TypeVar("Result")
_limiters: dict[int, anyio.CapacityLimiter] = {}


async def heavy(what: str, function: Callable[..., Result], *arguments: object, seconds: float = SECONDS) -> Result:
    """What a function returns, called in another process. `what`: what to call the work where it fails. The function and
    what it takes and gives must be things that can be pickled; errors for people it hands back (see `said`).

    Raises InputError where it takes longer than `seconds`, and what the function raises.
    """
    import asyncio

    loop = id(asyncio.get_running_loop())
    limiter = _limiters.setdefault(loop, anyio.CapacityLimiter(AT_ONCE))
    try:
        with anyio.fail_after(WAITING):
            async with limiter:
                with anyio.fail_after(seconds):
                    found = await anyio.to_process.run_sync(
                        said, function, *arguments, cancellable=True, limiter=anyio.CapacityLimiter(AT_ONCE)
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
    try:
        return function(*arguments)
    except InputError as error:
        return Problems(tuple(tuple(item) for item in error.problems))
