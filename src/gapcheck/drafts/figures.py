"""The figures of a draft: amounts of one thing, found by the words around them, so that they can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from gapcheck.ask import vocabulary as v
from gapcheck.ask.lexicon import Word
from gapcheck.claims.model import Quantity
from gapcheck.drafts.cues import Cues
from gapcheck.drafts.sentences import DraftSentence
from gapcheck.jobdesc.understanding.words import Token, tokens

_NUMBER = re.compile(
    r"(?<![\w.,/\[\u2013\u2014-])(?P<value>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<unit>\s?%|\s?per\s?cent\b)?"
    r"(?![\d/\]]|[.,]\d|\s?[\u2013-]\s?\d|[A-Za-z])"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_ALIKE, _SHARED = 0.6, 3  # of the words around two amounts: the share, and how many at least
_REACH = 16  # words around an amount that say of what it is
_OFTEN = 60  # amounts around which a word stands that tells nothing
PERCENT = "percent"


class Amount(NamedTuple):
    """An amount in a sentence: the number of the sentence, its value, its unit, the words that say of what, and of what place
    and year."""

    sentence: int
    value: float
    shown: str
    unit: str
    about: bool
    words: frozenset[str]
    named: tuple[str, ...]  # the same in the order in which they stand
    order: tuple[str, ...]  # and their stems
    where: frozenset[str]


def figures_of(sentences: Sequence[DraftSentence], cues: Cues) -> dict[int, list[Quantity]]:
    """The figures that stand more than once in a draft, by the number of their sentence."""
    amounts = [
        one
        for number, item in enumerate(sentences)
        if item.prose and not item.cell
        for one in _amounts(number, item, cues)
    ]
    found: dict[int, list[Quantity]] = {}
    for name, group in _groups(amounts):
        for one in group:
            found.setdefault(one.sentence, []).append(
                Quantity(name, one.value, one.shown, one.unit, ", ".join(sorted(one.where)), about=one.about)
            )
    return found


def _amounts(number: int, sentence: DraftSentence, cues: Cues) -> Iterator[Amount]:
    text = sentence.text
    words = list(tokens(text))
    low = [one.text.lower() for one in words]
    spans = cues.asked.lexicon.spans([Word(one, one, ()) for one in low])
    where = {one.name for one in spans if one.kind == v.NATION} | set(_YEAR.findall(text))
    if set(cues.own["before"]).intersection(low):
        return
    for value, shown, percent, start, end in _numbers(text, low, words, cues):
        before = next((index for index, one in enumerate(words) if one.end > start), len(words))
        after = next((index for index, one in enumerate(words) if one.start >= end), len(words))
        if not percent and _no_quantity(low, before, after, cues):
            continue
        around = [*low[max(0, before - _REACH) : before], *low[after : after + _REACH]]
        content = list(dict.fromkeys(one for one in around if _says(one, cues)))
        unit = PERCENT if percent else _noun(low, after, cues)
        if unit and len(content) >= _SHARED:
            about = any(one in cues.own["approximate"] for one in low[max(0, before - 2) : before])
            stems = tuple(cues.stem(one) for one in content)
            yield Amount(number, value, shown, unit, about, frozenset(stems), tuple(content), stems, frozenset(where))


def _numbers(
    text: str, low: list[str], words: Sequence[Token], cues: Cues
) -> Iterator[tuple[float, str, bool, int, int]]:
    """The numbers of a sentence, in figures and as shares in letters, with where each stands."""
    for match in _NUMBER.finditer(text):
        if not match["unit"] and _YEAR.fullmatch(match["value"]):
            continue
        shown = match["value"].replace(",", "")
        yield float(shown), shown, bool(match["unit"]), match.start(), match.end()
    for value, names in cues.own["amounts"].items():
        for name in names:
            parts = name.split()
            for index in range(len(low) - len(parts)):
                if low[index : index + len(parts)] == parts and low[index + len(parts)] in ("of", "the"):
                    first, last = words[index], words[index + len(parts) - 1]
                    yield float(value), value, True, first.start, last.end
                    break


def _no_quantity(low: list[str], before: int, after: int, cues: Cues) -> bool:
    """Whether a number counts nothing: the number of a page, of a regulation, of a day."""
    near = [*low[max(0, before - 1) : before], *low[after : after + 1]]
    return any(one in cues.own["no-quantity"] for one in near)


def _noun(low: list[str], after: int, cues: Cues) -> str:
    """What is counted: the word after a number."""
    return next((one for one in low[after : after + 2] if _says(one, cues)), "")


def _says(word: str, cues: Cues) -> bool:
    words = cues.book.data["wording"]["words"]
    small = any(
        word in listed for listed in (words["function"], words["light"], cues.own["approximate"], cues.own["light"])
    )
    return len(word) > 2 and word.isalpha() and not small


def _groups(amounts: Sequence[Amount]) -> Iterator[tuple[str, list[Amount]]]:
    """Amounts of one thing, with a name for it."""
    parent = list(range(len(amounts)))

    def top(one: int) -> int:
        while parent[one] != one:
            one = parent[one]
        return one

    for one, other in _pairs(amounts):
        if _same_thing(amounts[one], amounts[other]):
            parent[top(other)] = top(one)
    groups: dict[int, list[Amount]] = {}
    for index, item in enumerate(amounts):
        groups.setdefault(top(index), []).append(item)
    names: dict[str, int] = {}
    for group in groups.values():
        if len({item.sentence for item in group}) > 1:
            shared = frozenset.intersection(*(item.words for item in group))
            name = (
                "-".join(group[0].named[:5])
                if not shared
                else "-".join(word for word, stem in zip(group[0].named, group[0].order, strict=True) if stem in shared)
            )
            names[name] = names.get(name, 0) + 1
            yield (name if names[name] == 1 else f"{name}-{names[name]}"), group


def _pairs(amounts: Sequence[Amount]) -> Iterator[tuple[int, int]]:
    """Pairs that share a word that is not everywhere."""
    by_word: dict[str, list[int]] = {}
    for index, item in enumerate(amounts):
        for word in item.words:
            by_word.setdefault(word, []).append(index)
    seen: set[tuple[int, int]] = set()
    for places in by_word.values():
        if len(places) <= _OFTEN:
            seen.update(combinations(places, 2))
    return iter(sorted(seen))


def _same_thing(one: Amount, other: Amount) -> bool:
    shared = one.words & other.words
    return (
        one.sentence != other.sentence
        and one.unit == other.unit
        and one.where == other.where
        and len(shared) >= _SHARED
        and len(shared) >= _ALIKE * len(one.words | other.words)
    )
