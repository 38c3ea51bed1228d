"""Finds the words of a lexicon in a question: phrases that stand as they are, and phrases in any order by their stems."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from gapcheck.jobdesc.understanding.words import Token, Words, tokens

_SURE = 0.84  # how much alike a word misspelt and the word meant have to be
_SHORT = 5  # letters of the shortest word that is read as a misspelling
_JOINED = frozenset(",/&")
_STRANGE = 0.5  # how much a word that nobody knows weighs in a question
_CLOSE = 0.03  # two words this close to a misspelling leave open which was meant


class Word(NamedTuple):
    """A word of the question in small letters; `wrote`: as it stands there; `stem`: the numbers of its stems; `comma`:
    whether a comma or a stroke stands before it."""

    text: str
    wrote: str
    stem: tuple[int, ...]
    comma: bool = False


class Span(NamedTuple):
    """A phrase found: what kind of thing it names, which, and where it stands (`last` is its last word)."""

    kind: str
    name: str
    first: int
    last: int

    @property
    def places(self) -> range:
        """The places of its words."""
        return range(self.first, self.last + 1)


class Bag(NamedTuple):
    """A phrase whose words stand in any order: what it names, and the numbers of its stems."""

    kind: str
    name: str
    stems: tuple[int, ...]


class Near(NamedTuple):
    """What comes near the words of a question: its name, how well it fits (1: the very words), and where the shared words stand."""

    name: str
    fit: float
    places: tuple[int, ...]


class Lexicon:
    """All that is looked for. Phrases of capitals alone match in any case: people type as they like."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._phrases: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        self._longest = 1
        self._bags: list[Bag] = []
        self._counts: dict[int, int] = {}  # of phrases in which a stem stands
        self._spread: dict[int, set[str]] = {}  # of names whose phrases have a stem: the more, the less it tells
        self._known: set[str] = set()
        self._spelt: list[str] = []
        self._sounds: dict[str, set[str]] = {}
        self._same: dict[tuple[str, ...], tuple[str, ...]] = {}

    def same(self, meant: str, phrases: Iterable[str]) -> None:
        """Phrases that say the same as other words; those stand in their place before anything is looked for."""
        for phrase in phrases:
            self._same[_texts(phrase)] = _texts(meant)
            self._known.update((*_texts(phrase), *_texts(meant)))

    def add(self, kind: str, name: str, phrases: Iterable[str]) -> None:
        """Phrases that stand as they are; the plural of the last word counts too."""
        for phrase in phrases:
            key = tuple(item.text.lower() for item in tokens(phrase))
            if key:
                self._put(key, (kind, name))
                if len(key[-1]) > 3 and not key[-1].endswith("s"):
                    self._put((*key[:-1], f"{key[-1]}s"), (kind, name))
                elif key[-1].isalpha() and phrase.isupper():
                    self._put((f"{key[-1]}s",), (kind, name))

    def _put(self, key: tuple[str, ...], label: tuple[str, str]) -> None:
        self._longest = max(self._longest, len(key))
        self._known.update(key)
        labels = self._phrases.setdefault(key, [])
        if label not in labels:
            labels.append(label)

    def bag(self, kind: str, name: str, phrases: Iterable[str], drop: frozenset[int] = frozenset()) -> None:
        """Phrases whose words may stand anywhere; words in `drop` do not count."""
        for phrase in phrases:
            said = " ".join(word for _, word, _ in self._rewritten(phrase))
            found = [number for number in self._words.learn_stems(said) if number not in drop]
            self._known.update(item.text.lower() for item in tokens(phrase))
            if found:
                self._bags.append(Bag(kind, name, tuple(dict.fromkeys(found))))

    def know(self, texts: Iterable[str]) -> None:
        """Words that are words, and mean nothing here: none of them is read as a misspelling."""
        self._known.update(texts)

    def build(self) -> None:
        """Once all is added."""
        self._spelt = sorted(word for word in self._known if len(word) >= _SHORT)
        for word in self._spelt:
            self._sounds.setdefault(_sound(word), set()).add(word)
        for bag in self._bags:
            for stem in bag.stems:
                self._counts[stem] = self._counts.get(stem, 0) + 1
                self._spread.setdefault(stem, set()).add(bag.name)

    def stems(self, phrase: str) -> frozenset[int]:
        """The stems of a phrase."""
        return frozenset(self._words.learn_stems(phrase))

    def read(self, text: str) -> tuple[list[Word], list[tuple[str, str]], list[str]]:
        """The words of a text with what is misspelt put right; each word put right; words that nobody knows."""
        found, mended, strange = [], [], []
        for wrote, said, comma in self._rewritten(text):
            word = said
            if not self.knows(word):
                meant = self._meant(word)
                if meant:
                    mended.append((wrote, meant))
                    word = meant
                else:
                    strange.append(wrote)
            found.append(Word(word, wrote, self._words.stems(word), comma))
        return found, mended, strange

    def _rewritten(self, text: str) -> Iterator[tuple[str, str, bool]]:
        """The words as written, as they are read, and whether a comma or a stroke stands before."""
        items = list(tokens(text))
        texts = [item.text.lower() for item in items]
        commas = [
            bool(at) and not _JOINED.isdisjoint(text[items[at - 1].end : item.start]) for at, item in enumerate(items)
        ]
        longest_ = max(map(len, self._same), default=0)
        at = 0
        while at < len(items):
            lengths = range(min(longest_, len(items) - at), 0, -1)
            length = next((one for one in lengths if tuple(texts[at : at + one]) in self._same), 0)
            if length:
                wrote = text[items[at].start : items[at + length - 1].end]
                for index, word in enumerate(self._same[tuple(texts[at : at + length])]):
                    yield wrote, word, commas[at] and not index
            else:
                yield items[at].text, texts[at], commas[at]
            at += length or 1

    def plainly(self, found: Iterable[Token]) -> list[Word]:
        """Words of a text as they stand: nothing is put right."""
        return [Word(low := item.text.lower(), item.text, self._words.stems(low)) for item in found]

    def knows(self, word: str) -> bool:
        """Whether a word in small letters is of the lexicon."""
        return word in self._known or all(self._words.stems(word))

    def _meant(self, word: str) -> str:
        if len(word) < _SHORT - 1:
            return ""
        swapped = {f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}" for at in range(len(word) - 1)} & self._known
        if len(swapped) == 1:
            return swapped.pop()
        if len(word) < _SHORT:
            return ""
        alike = self._sounds.get(_sound(word), set())
        if len(alike) == 1:
            return next(iter(alike))
        close = difflib.get_close_matches(word, self._spelt, 2, _SURE)
        rank = [difflib.SequenceMatcher(None, word, item).ratio() for item in close]
        open_ = len(close) > 1 and rank[0] - rank[1] < _CLOSE and not _same(close[0], close[1])
        return "" if not close or open_ or close[0][0] != word[0] else close[0]

    def spans(self, words: Sequence[Word]) -> list[Span]:
        """The phrases that stand in the question, the longest first where they overlap; two of one stretch are both kept."""
        texts = [word.text for word in words]
        found: list[Span] = []
        for first in range(len(texts)):
            for length in range(min(self._longest, len(texts) - first), 0, -1):
                for kind, name in self._phrases.get(tuple(texts[first : first + length]), ()):
                    found.append(Span(kind, name, first, first + length - 1))
        return found

    def bags(self, words: Sequence[Word], usable: Iterable[int]) -> Iterator[tuple[Bag, tuple[int, ...]]]:
        """The phrases in any order all of whose words stand at usable places, with those places."""
        places: dict[int, int] = {}
        for index in usable:
            for stem in words[index].stem:
                if stem:
                    places.setdefault(stem, index)
        for bag in self._bags:
            if all(stem in places for stem in bag.stems):
                yield bag, tuple(dict.fromkeys(places[stem] for stem in bag.stems))

    def rarity(self, stems: Iterable[int]) -> float:
        """How telling stems are, from 0 to 1: the rarest counts."""
        return max((1 / self._counts[stem] for stem in stems), default=0)

    def near(
        self, words: Sequence[Word], usable: Iterable[int], kinds: Collection[str], light: Collection[int]
    ) -> list[Near]:
        """What shares telling words with the words at `usable` places, the nearest first; stems in `light` tell nothing.
        A name counts by the best of its phrases."""
        places: dict[int, int] = {}
        strange = 0
        for index in usable:
            own = [stem for stem in words[index].stem if stem and stem not in light]
            strange += not any(words[index].stem)
            for stem in own:
                places.setdefault(stem, index)
        asked = sum(map(self._tells, places)) + strange * _STRANGE
        best: dict[str, Near] = {}
        for bag in self._bags:
            shared = [stem for stem in bag.stems if stem in places]
            if bag.kind not in kinds or not shared:
                continue
            tells = sum(map(self._tells, shared))
            whole = sum(self._tells(stem) for stem in bag.stems if stem not in light)
            fit = 2 * tells / (whole + asked)
            if bag.name not in best or fit > best[bag.name].fit:
                best[bag.name] = Near(bag.name, fit, tuple(dict.fromkeys(places[stem] for stem in shared)))
        return sorted(best.values(), key=lambda one: -one.fit)

    def _tells(self, stem: int) -> float:
        return 1 / math.log2(1 + max(1, len(self._spread.get(stem, ()))))


def longest(spans: Iterable[Span]) -> list[Span]:
    """Without those that a longer one covers or overlaps, in order."""
    kept: list[Span] = []
    for item in sorted(spans, key=lambda one: (one.first - one.last, one.first)):
        if all(item.last < other.first or item.first > other.last or item[2:] == other[2:] for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda one: one.first)


def _texts(phrase: str) -> tuple[str, ...]:
    return tuple(item.text.lower() for item in tokens(phrase))


def _sound(word: str) -> str:
    """A word without what people misspell most: double letters, `ph` for `f`, `y` for `i`, a silent `h` after `r`."""
    return re.sub(r"(.)\1", r"\1", word.replace("ph", "f").replace("y", "i").replace("rh", "r").replace("ae", "e"))


def _same(one: str, other: str) -> bool:
    """Whether two words are one but for their ending."""
    return one.rstrip("s") == other.rstrip("s")
