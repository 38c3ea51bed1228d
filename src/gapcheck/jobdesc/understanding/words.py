"""Words: how a text is cut into words, and which words count as one. The vocabulary's own rules stand in rules/wording."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import snowballstemmer

# A run of letters or digits; run-together words part where small letters meet capitals (`HCPCregistered`, `contactDetails`).
WORD = re.compile(
    r"[A-Z]{2,}s(?![A-Za-z])|[A-Z]{2,}(?=[a-z]{3})|[A-Z]+(?![a-z])|[A-Za-z]?[a-z]+|[A-Z]+|[0-9]+|[^\W\d_]+"
)
_RUN_TOGETHER, _PART = 13, 5  # letters of two words run together, and of each at least
_LONGEST = 60  # letters; what is longer is no word of any phrase, and costs time by the square of its length
_MOST_KEPT = 100_000
BREAK = 0  # the number that no word has; it stands between sentences


class Token(NamedTuple):
    """A word of a text and where it stands."""

    text: str
    start: int
    end: int


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The words of a stretch of text."""
    for match in WORD.finditer(text, start, len(text) if end is None else end):
        yield Token(match.group(), match.start(), match.end())


class Words:
    """Gives each word of the vocabulary a number. `plain` compares words as written, whatever their case; `stem` compares
    their stems, and takes words of one row of the vocabulary for one. A word that no phrase has
    gets BREAK. `everyday`: words of adverts of other work."""

    def __init__(self, vocabulary: Mapping[str, Any], everyday: frozenset[str] = frozenset()) -> None:
        self._stemmer = snowballstemmer.stemmer("english")
        self._spelling: dict[str, list[str]] = {key: text.split() for key, text in vocabulary["spellings"].items()}
        self._same: dict[str, str] = {}
        self._plain: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._known: dict[str, tuple[int, ...]] = {}
        self._everyday = everyday
        self._rooted: dict[str, list[str]] = {}  # of words of the vocabulary, which recur in many phrases
        for row in vocabulary["same"]:
            for word in row:
                self._same[word] = f"{row[0]}*"  # no stem, so that a row shares nothing with words beside it
                self._same.setdefault(self._cut(word), f"{row[0]}*")

    def _cut(self, word: str) -> str:
        return str(self._stemmer.stemWord(word)) if 4 <= len(word) <= _LONGEST else word

    def _roots(self, word: str) -> list[str]:
        roots = []
        for part in self._spelling.get(word, [word]):
            root = self._cut(part)
            roots.append(self._same.get(part) or self._same.get(root, root))
        return roots

    def stem(self, word: str) -> str:
        """The stem of a word in small letters."""
        return " ".join(self._learnt(word))

    def _learnt(self, word: str) -> list[str]:
        roots = self._rooted.get(word)
        if roots is None:
            roots = self._rooted[word] = self._roots(word)
        return roots

    def learn_plain(self, phrase: str) -> tuple[int, ...]:
        """The numbers of a phrase's words as written; words not met before get a number."""
        return tuple(self._plain.setdefault(item.text.lower(), len(self._plain) + 1) for item in tokens(phrase))

    def learn_stems(self, phrase: str) -> tuple[int, ...]:
        """The numbers of a phrase's stems; stems not met before get a number."""
        roots = [root for item in tokens(phrase) for root in self._learnt(item.text.lower())]
        return tuple(self._stems.setdefault(root, len(self._stems) + 1) for root in roots)

    def parts(self, word: str) -> tuple[tuple[str, int], ...]:
        """A word, or the two known words that it runs together, each with where it starts: `stereotacticbiopsies`."""
        if not _RUN_TOGETHER <= len(word) <= _LONGEST or self.plain(word.lower()) or any(self.stems(word.lower())):
            return ((word, 0),)
        for cut in range(_PART, len(word) - _PART + 1):
            if all(self._knows(part) for part in (word[:cut].lower(), word[cut:].lower())):
                return ((word[:cut], 0), (word[cut:], cut))
        return ((word, 0),)

    def _knows(self, word: str) -> bool:
        return bool(self.plain(word)) or all(self.stems(word))

    def plain(self, word: str) -> int:
        """The number of a word in small letters."""
        return self._plain.get(word, BREAK)

    def stems(self, word: str) -> tuple[int, ...]:
        """The numbers of the stems that a word in small letters stands for: one, or more where its spelling says so."""
        if len(word) > _LONGEST:
            return (BREAK,)
        known = self._known.get(word)
        if known is None:
            if len(self._known) > _MOST_KEPT:  # text without end must not fill the memory
                self._known.clear()
            known = self._known[word] = tuple(self._stems.get(root, BREAK) for root in self._roots(word))
        return known

    def other(self, word: str, phrase: str) -> bool:
        """Whether an everyday word only looks like a phrase of one word, because both have one stem: date and dating."""
        known = word in self._same or word in self._spelling
        return word in self._everyday and not known and word not in phrase.split()
