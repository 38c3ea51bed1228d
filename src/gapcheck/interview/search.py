"""Find what a person means among choices that have an id, a label and other words for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


class Choice(NamedTuple):
    """One of several: its id, what it is called, and other words by which people know it."""

    id: str
    label: str
    words: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it goes by."""
        return (self.id, self.label, *self.words)


def exactly(choices: Iterable[Choice], text: str) -> list[Choice]:
    """The choices that go by exactly this name; capitals, spaces and hyphens do not count."""
    name = _bare(text)
    by_id = [choice for choice in choices if _bare(choice.id) == name]
    return by_id or [choice for choice in choices if any(_bare(other) == name for other in choice.names)]


def find(choices: Sequence[Choice], text: str) -> list[Choice]:
    """The choices one name of which has every word of the text: at the start of its words, or else somewhere in them. Those
    that fit by id or label come first."""
    wanted = re.findall(r"\w+", text.lower())
    if not wanted:
        return []
    for fits in (_begins, _contains):
        found = [choice for choice in choices if any(fits(name, wanted) for name in choice.names)]
        if found:
            return sorted(found, key=lambda choice: not any(fits(name, wanted) for name in choice.names[:2]))
    return []


def heard(choice: Choice, text: str) -> str:
    """The other word of a choice that fits a text, where its id and label do not; else its id."""
    wanted = re.findall(r"\w+", text.lower())
    tests: tuple[Callable[[str, list[str]], bool], ...] = (_begins, _contains)
    if not wanted or any(fits(name, wanted) for fits in tests for name in choice.names[:2]):
        return choice.id
    return next((name for fits in tests for name in choice.words if fits(name, wanted)), choice.id)


def _begins(name: str, wanted: list[str]) -> bool:
    words = re.findall(r"\w+", name.lower())
    return all(any(word.startswith(part) for word in words) for part in wanted)


def _contains(name: str, wanted: list[str]) -> bool:
    return all(part in name.lower() for part in wanted)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
