"""Matchers: phrases as they stand (an Aho-Corasick automaton over words), and phrases in any order with small gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

import ahocorasick

from gapcheck.jobdesc.understanding.words import BREAK, Words, tokens

_GAP = 3  # how many further words may stand among those of a phrase
_LIST_GAP = 7  # how many where they are items of a list, which who asks has to look at
_Label = TypeVar("_Label")


class Match(NamedTuple, Generic[_Label]):
    """A phrase found: its label, the first and last of its words by number in the text, and all of them."""

    label: _Label
    first: int
    last: int
    words: tuple[int, ...]


def capitals(phrase: str) -> tuple[str, ...]:
    """The words of a phrase that must stand in capitals as they do in it: a short form by itself, such as TOE or CASE."""
    words = tuple(item.text for item in tokens(phrase))
    return words if len(words) == 1 and words[0].isupper() and len(words[0]) > 1 else ()


class Phrases(Generic[_Label]):
    """Finds phrases that stand word for word, whatever the punctuation and space between the words."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._entries: dict[tuple[int, ...], list[tuple[_Label, tuple[str, ...]]]] = {}
        self._automaton: Any = None

    def add(self, phrase: str, label: _Label) -> None:
        """Add a phrase."""
        short = capitals(phrase)
        for form in (*short, *(f"{word}s" for word in short)) or (phrase,):
            key = self._words.learn_plain(form)
            if key:
                self._entries.setdefault(key, []).append((label, (form,) if short else ()))

    def build(self) -> None:
        """Make the automaton, once all phrases are known."""
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_ANY, ahocorasick.KEY_SEQUENCE)
        for key, labels in self._entries.items():
            self._automaton.add_word(key, (len(key), labels))
        self._automaton.make_automaton()

    def find(self, numbers: Sequence[int], written: Sequence[str]) -> list[Match[_Label]]:
        """Every phrase found in a text given by the numbers of its words and the words as written, in order of their end."""
        found = []
        for last, (length, labels) in self._automaton.iter(tuple(numbers)):
            first = last - length + 1
            for label, capital in labels:
                if not capital or written[last] == capital[0]:
                    found.append(Match(label, first, last, tuple(range(first, last + 1))))
        return found


@dataclass
class Bags(Generic[_Label]):
    """Finds phrases whose words stand near each other in a sentence, in any order."""

    words: Words
    _by_rarest: dict[int, list[tuple[_Label, tuple[int, ...], tuple[str, ...], str]]] = field(default_factory=dict)
    _entries: list[tuple[_Label, tuple[int, ...], tuple[str, ...], str]] = field(default_factory=list)

    def add(self, phrase: str, label: _Label, drop: frozenset[int], light: frozenset[int]) -> None:
        """Add a phrase; its words in `drop` do not count, those in `light` only where fewer than two others are left."""
        numbers = [number for number in self.words.learn_stems(phrase) if number not in drop]
        heavy = [number for number in numbers if number not in light]
        key = tuple(dict.fromkeys(heavy if len(set(heavy)) > 1 else numbers))
        if key:
            self._entries.append((label, key, capitals(phrase), phrase.lower()))

    def build(self) -> None:
        """Index each phrase by its rarest word, once all phrases are known."""
        counts: dict[int, int] = {}
        for _, key, _, _ in self._entries:
            for number in key:
                counts[number] = counts.get(number, 0) + 1
        for entry in self._entries:
            rarest = min(entry[1], key=lambda number: counts[number])
            self._by_rarest.setdefault(rarest, []).append(entry)

    def find(self, numbers: Sequence[int], written: Sequence[str], offset: int = 0) -> list[Match[_Label]]:
        """Every phrase found in one sentence."""
        places: dict[int, list[int]] = {}
        for index, number in enumerate(numbers):
            if number != BREAK:
                places.setdefault(number, []).append(index)
        found = []
        for number in places.keys() & self._by_rarest.keys():
            for label, key, capital, phrase in self._by_rarest[number]:
                if len(key) > 1 and not all(other in places for other in key):
                    continue
                for index in places[number]:
                    if capital and written[index].removesuffix("s") != capital[0]:
                        continue
                    if len(key) == 1 and self.words.other(written[index].lower(), phrase):
                        continue
                    spread = _nearest(index, key, places)
                    if spread[-1] - spread[0] < len(key) + _LIST_GAP:
                        shifted = tuple(dict.fromkeys(place + offset for place in spread))
                        found.append(Match(label, shifted[0], shifted[-1], shifted))
        return found


def wide(words: Sequence[int]) -> bool:
    """Whether the words of a find stand so far apart that they belong together only with a list between them."""
    return words[-1] - words[0] >= len(words) + _GAP


def _nearest(index: int, key: tuple[int, ...], places: Mapping[int, list[int]]) -> list[int]:
    """For each word of a phrase its place nearest to `index`, in order."""
    return sorted(min(places[number], key=lambda place: abs(place - index)) for number in key)


def longest(found: Iterable[Match[_Label]]) -> list[Match[_Label]]:
    """Only what no longer find contains."""
    kept: list[Match[_Label]] = []
    covered: list[set[int]] = []
    for item in sorted(found, key=lambda one: (-len(one.words), one.last - one.first, one.first)):
        own = set(item.words)
        if not any(own <= other for other in covered):
            kept.append(item)
            covered.append(own)
    return sorted(kept, key=lambda one: (one.first, one.last))
