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


def nearest(word: str, allowed: Iterable[str], sure: float = 0.6) -> str:
    """Help text: the allowed words that have the same parts (`radiographer`: each kind of radiographer), or else the nearest
    in spelling, or else what is allowed. `sure`: how alike the spelling has to be."""
    import difflib  # only needed once something is wrong

    words = sorted(allowed)
    name = word.lower()
    if name != word and name in words:
        return f"did you mean `{name}`?"
    alike = _with_parts(name, words)
    close = alike if 0 < len(alike) <= _SEVERAL else difflib.get_close_matches(name, words, n=1, cutoff=sure)
    if close:
        return f"did you mean {_or(close)}?"
    shown = ", ".join(f"`{item}`" for item in words[:12])
    return f"allowed: {shown}{' and more' if len(words) > 12 else ''}"


_SEVERAL = 5  # words that help names
_ALIKE = 0.8  # how alike two parts have to be to count as one that is misspelt


def _with_parts(name: str, words: list[str]) -> list[str]:
    """The words that have every part of a name, be it misspelt."""
    import difflib

    parts = [part for part in name.replace("_", "-").replace(" ", "-").split("-") if part]
    if not parts or max(map(len, parts)) < 4:
        return []
    return [
        item for item in words if all(difflib.get_close_matches(part, item.split("-"), 1, _ALIKE) for part in parts)
    ]


def _or(items: list[str]) -> str:
    shown = [f"`{item}`" for item in items]
    return " or ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
