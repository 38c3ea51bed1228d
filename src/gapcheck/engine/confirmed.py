"""What was decided, confirmed by the second engine where it is installed."""

from __future__ import annotations

from importlib.machinery import PathFinder
from typing import Any

from gapcheck.errors import problem


def confirmed(results: list[Any], wanted: bool | None) -> list[Any]:
    """Reports or answers on which the second engine agrees, with a note of it; as they are where it was not asked.

    Raises DisagreementError, and InputError where it is `wanted` and not installed.
    """
    if wanted is False:
        return results
    if PathFinder.find_spec("durable") is not None:
        try:
            from gapcheck.engine.crosscheck import confirm
        except ImportError:  # it does not import on Python 3.13 and later
            pass
        else:
            return confirm(results)
    if wanted:
        help = "pip install 'gapcheck[cross-check]', with a C compiler and Python 3.12 or earlier"
        raise problem("--cross-check", "durable-rules cannot be imported here", None, help)
    return results
