"""Errors that a person can act on: where, what was found, what is allowed, and help."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """One thing wrong with an input, at a place in a file. `code`: the code of `gapcheck lint` for it, where it has one."""

    source: str
    line: int | None
    message: str
    help: str = ""
    code: str = ""

    def __str__(self) -> str:
        place = f"{self.source}:{self.line}" if self.line else self.source
        text = f"{place}: {self.message}"
        return f"{text}\n  help: {self.help}" if self.help else text


class InputError(Exception):
    """Bad input. Carries every problem found, so that a person can mend them all at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class LawbookError(InputError):
    """A lawbook that cannot be used: a file out of form, or an id that points nowhere."""


class EngineError(Exception):
    """The second engine cannot take a rule of the lawbook, or went wrong on a case."""


class DisagreementError(Exception):
    """The two engines decide a case differently, so that neither answer may be given."""


def problem(source: str, message: str, line: int | None = None, help: str = "") -> InputError:
    """An error with a single problem."""
    return InputError([Problem(source, line, message, help)])


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Help text: the nearest allowed word, or else what is allowed."""
    import difflib  # only needed once something is wrong

    words = sorted(allowed)
    close = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    if close:
        return f"did you mean `{close[0]}`?"
    shown = ", ".join(f"`{item}`" for item in words[:12])
    return f"allowed: {shown}{' and more' if len(words) > 12 else ''}"
