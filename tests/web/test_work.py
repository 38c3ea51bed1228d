"""Heavy work that goes wrong: it is ended, said in words, and the next work is done."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import anyio
import pytest

from gapcheck.errors import InputError, problem
from gapcheck.web.work import heavy


def complain(what: str) -> None:
    raise problem("post.docx", what, 7, "mend it")


def first_and_then(function: Callable[..., object], *arguments: object) -> tuple[str, int]:
    """What the first work says, and what the next one returns."""

    async def both() -> tuple[str, int]:
        try:
            await heavy("the document", function, *arguments, seconds=1.0)
        except InputError as error:
            return str(error), await heavy("the sum", sum, (1, 2))
        raise AssertionError("it went well")

    with ThreadPoolExecutor(1) as apart:  # the tests in a browser keep a loop in the main thread
        return apart.submit(anyio.run, both).result()


@pytest.mark.parametrize(
    ("work", "says"),
    [
        (partial(first_and_then, time.sleep, 60), "the document: it took too long and was stopped"),
        (partial(first_and_then, os._exit, 3), "the document: the work broke off"),
        (partial(first_and_then, complain, "half a page"), "post.docx:7: half a page"),
    ],
    ids=["endless", "crashing", "complaining"],
)
def test_it_is_ended_and_the_next_is_done(work: Callable[[], tuple[str, int]], says: str) -> None:
    told, next_one = work()
    assert says in told
    assert next_one == 3
