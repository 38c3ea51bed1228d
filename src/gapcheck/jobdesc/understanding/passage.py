"""A document as sentences of words, with everything of the vocabulary that was found in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from gapcheck.jobdesc.reading.layout import OWN_SENTENCE
from gapcheck.jobdesc.reading.text import Block, TextDocument
from gapcheck.jobdesc.understanding.matcher import Match, longest, wide
from gapcheck.jobdesc.understanding.vocabulary import TRAP, Mark, TaskName, Vocabulary
from gapcheck.jobdesc.understanding.words import BREAK, WORD

_PARTING = frozenset(["for", "to", "by", "with", "at", "on", "but", "not", "no", "as", "if", "under", "during"])
_SMALL = ("of", "the", "a", "an", "for", "in", "with", "to")
_LONGEST_SENTENCE = 200  # words; what runs on for longer is cut, so that no text costs more than its length
_FULL_LINE = 60  # characters of a line that was broken because it was full
# The end of a sentence: a full stop before a capital, a semicolon, a bullet within a line, an empty line.
_END = re.compile(
    r"(?<![\s.(][A-Z])(?<!^[A-Z])(?<!e\.g)(?<!i\.e)(?<!\bSt)[.!?]+[\"')\u2019\u201d]*(?=\s+[^a-z\s])|;|\s[\u2022\u25aa\u25cf\u00b7*\uf0b7]\s|\n\s*\n|[.!?](?=[A-Z][a-z])"
)


class Sentence(NamedTuple):
    """A sentence: its number, the numbers of its first and last word, where it starts and ends, and its block."""

    number: int
    first: int
    last: int
    start: int
    end: int
    block: Block


@dataclass
class Passage:
    """A document, cut up. `marks` and `tasks` stand by sentence, in order; `titled`: the tasks that the title names."""

    document: TextDocument
    vocabulary: Vocabulary
    written: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    plain: list[int] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    marks: dict[int, list[Match[Mark]]] = field(default_factory=dict)
    titled: frozenset[str] = frozenset()
    _by_kind: dict[tuple[int, str], list[Match[Mark]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for block in joined(self.document):
            for start, end in sentence_spans(self.document.text, block):
                self._sentence(block, start, end)
        self._firsts = [item.first for item in self.sentences]
        for item in self.vocabulary.marks.find(self.plain, self.written):
            number = self._number(item.first)
            self.marks.setdefault(number, []).append(item)
            self._by_kind.setdefault((number, item.label.kind), []).append(item)

    def _sentence(self, block: Block, start: int, end: int) -> None:
        first = len(self.written)
        plain, written = self.vocabulary.words.plain, self.written
        for match in WORD.finditer(self.document.text, start, end):
            if len(written) - first == _LONGEST_SENTENCE:
                self._close(block, first, start, match.start())
                first, start = len(written), match.start()
            for word, begin in self.vocabulary.words.parts(match.group()):
                written.append(word)
                self.starts.append(match.start() + begin)
                self.ends.append(match.start() + begin + len(word))
                self.plain.append(plain(word.lower()))
        self._close(block, first, start, end)

    def _close(self, block: Block, first: int, start: int, end: int) -> None:
        last = len(self.written) - 1
        if last >= first:
            self.sentences.append(Sentence(len(self.sentences), first, last, start, end, block))
            self.written.append("")
            self.starts.append(end)
            self.ends.append(end)
            self.plain.append(BREAK)

    def _number(self, word: int) -> int:
        return bisect_right(self._firsts, word) - 1

    def sentences_of(self, block: Block) -> list[Sentence]:
        """The sentences of a block."""
        return [item for item in self.sentences if item.block is block]

    def quote(self, first: int, last: int) -> str:
        """The text from one word to another."""
        return self.document.text[self.starts[first] : self.ends[last]]

    def line(self, word: int) -> int:
        """The line on which a word stands."""
        return self.document.line_of(self.starts[word])

    def marked(self, sentence: Sentence, kind: str, *names: str) -> list[Match[Mark]]:
        """The marks of a kind in a sentence, all or only those of the names given."""
        found = self._by_kind.get((sentence.number, kind), [])
        return [item for item in found if item.label.name in names] if names else found

    def tasks(self, scopes: tuple[str, ...]) -> Iterator[tuple[Sentence, list[tuple[Match[TaskName], str]]]]:
        """The sentences that name tasks in a post of the scopes: each find with its task, the longest first served."""
        exact: dict[int, list[Match[TaskName]]] = {}
        for item in self.vocabulary.names.find(self.plain, self.written):
            exact.setdefault(self._number(item.first), []).append(item)
        for sentence in self.sentences:
            found = [
                *exact.get(sentence.number, ()),
                *(one for one in self._bags(sentence) if not self._parted(sentence, one)),
            ]
            named = self._closest(
                [item for item in found if item.label is TRAP or self._meant(item.label, scopes)], scopes
            )
            named.sort(key=lambda item: (not item.label.beside, item.label.weak, self._says_little(item, scopes)))
            kept = [item for item in longest(named) if item.label is not TRAP]
            if kept:
                yield (
                    sentence,
                    self._once(
                        self._particular(
                            [
                                (item, task)
                                for item in kept
                                if not self._bridges(item, kept)
                                for task in self._meant(item.label, scopes)
                            ]
                        )
                    ),
                )

    def _says_little(self, item: Match[TaskName], scopes: tuple[str, ...]) -> bool:
        general = self.vocabulary.data["phrases"]["general"]
        return any(task in general for task in self._meant(item.label, scopes))

    def _meant(self, name: TaskName, scopes: tuple[str, ...]) -> list[str]:
        """The tasks that a name means in a post of the scopes and of this title; none where it means nothing."""
        if name.beside and self.titled != {name.beside}:
            return []
        if name.titled:
            return [task for task in name.titled if task in self.titled]
        task = self.vocabulary.task(name, scopes)
        return [task, *(name.also[scope] for scope in scopes if scope in name.also)] if task else []

    def _closest(self, found: list[Match[TaskName]], scopes: tuple[str, ...]) -> list[Match[TaskName]]:
        """The finds without those with gaps that hold another of the same task whose words stand together."""
        tight = [
            (set(item.words), self.vocabulary.task(item.label, scopes))
            for item in found
            if self.tight(item.first, item.last, item.words)
        ]
        return [
            item
            for item in found
            if self.tight(item.first, item.last, item.words)
            or not any(
                own < set(item.words)
                and task == self.vocabulary.task(item.label, scopes)
                and (len(own) > 1 or self.bridged(item.words))
                for own, task in tight
            )
        ]

    def bridged(self, words: Iterable[int]) -> bool:
        """Whether what stands between the words of a find parts them: a comma, or a word that begins another phrase."""
        if self.coordinated(words):
            return False
        own = sorted(words)
        lists = self.vocabulary.card.words
        between = [self.written[word].lower() for word in range(own[0], own[-1]) if word not in own]
        if any(word in lists["bridges"] for word in between):
            return True
        return any(
            set(self.document.text[self.ends[word - 1] : self.starts[word]]) & set(",:;()")
            and not (self.written[word - 1].isdigit() and self.written[word].isdigit())  # `20,000 devices`
            for word in range(own[0] + 1, own[-1] + 1)
        )

    def _list_between(self, own: Sequence[int]) -> bool:
        """Whether what parts two words of a find are the other items of a list: `analysis of renal, cardiac and gastric studies`."""
        gaps = [(one, other) for one, other in pairwise(own) if other - one > 1]
        if len(gaps) != 1:
            return False
        first, last = gaps[0]
        between = [word.lower() for word in self.written[first + 1 : last]]
        text = self.document.text[self.ends[first] : self.starts[last]]
        lists = self.vocabulary.card.words
        joined = "," in text and (" and " in text or " or " in text) and not set(text) & set(".:;()")
        return joined and not {*lists["acts"], *lists["imperatives"], *lists["bridges"], *_PARTING}.intersection(
            between
        )

    def coordinated(self, words: Iterable[int]) -> bool:
        """Whether nothing stands between the words of a find but other verbs of doing: `maintain, repair and calibrate`."""
        own = sorted(words)
        acts = self.vocabulary.card.words["acts"]
        between = [self.written[word].lower() for word in range(own[0], own[-1]) if word not in own]
        return bool(between) and all(word in acts or word in ("and", "or") for word in between)

    def _parted(self, sentence: Sentence, item: Match[TaskName]) -> bool:
        """Whether something stands between the words of a find that parts them: a negation, or a comma and nothing else; or one of
        them belongs to an everyday phrase."""
        own = sorted(item.words)
        if wide(own) and not self._list_between(own):
            return True
        if any(
            set(mark.words) & set(own) and not set(mark.words) <= set(own) for mark in self.marked(sentence, "everyday")
        ):
            return True  # `fast-paced clinic` is no pacing clinic
        for earlier, later in pairwise(own):
            if later == earlier + 1 and "," in self.document.text[self.ends[earlier] : self.starts[later]]:
                return True
        return not self.tight(item.first, item.last, item.words) and any(
            item.first < mark.first < item.last and not set(mark.words) & set(own)
            for mark in self.marked(sentence, "cue", "negation")
        )

    def _particular(self, found: list[tuple[Match[TaskName], str]]) -> list[tuple[Match[TaskName], str]]:
        """The finds without those of a general task where another task is named by some of the same words."""
        general = self.vocabulary.data["phrases"]["general"]
        others = [item for item, task in found if task not in general]
        return [
            (item, task)
            for item, task in found
            if task not in general or not any(other is not item and self._displaces(other, item) for other in others)
        ]

    def _displaces(self, other: Match[TaskName], item: Match[TaskName]) -> bool:
        """Whether a find of another task leaves nothing of one of a general task: it is named by some of the same words, or stands
        between them. One whose words stand together is not displaced by one whose words do not; nor is one with a verb of its own."""
        tight, other_tight = (self.tight(one.first, one.last, one.words) for one in (item, other))
        shared = set(other.words) & set(item.words)
        if not shared:
            return not tight and other_tight and item.first < other.first and other.last < item.last
        if tight:
            return other_tight
        lists = self.vocabulary.card.words
        own, others = (
            {self.written[word].lower() for word in words} for words in (set(item.words) - shared, other.words)
        )
        acts = (lists["acts"] | lists["imperatives"]) - lists["performing"]
        return not own & acts or not others & acts  # `produce HDR plans`, but not `produce and check plans`

    def _bridges(self, item: Match[TaskName], kept: list[Match[TaskName]]) -> bool:
        """Whether a find only takes its words from others that stand closer together: it bridges two tasks and names neither."""
        if self.tight(item.first, item.last, item.words):
            return False
        closer = {
            word
            for other in kept
            if other is not item and self.tight(other.first, other.last, other.words)
            for word in other.words
        }
        return set(item.words) <= closer

    def hyphened(self, word: int) -> bool:
        """Whether a hyphen joins a word to the one before it: the 99 of Tc-99m counts nothing."""
        return word > 0 and self.document.text[self.ends[word - 1] : self.starts[word]] == "-"

    def tight(self, first: int, last: int, words: Iterable[int]) -> bool:
        """Whether nothing stands between the words of a find but small words: `administration of radiopharmaceuticals`."""
        own = set(words)
        between = [word for word in range(first, last + 1) if word not in own]
        return all(self.written[word].lower() in _SMALL for word in between)

    def _once(self, found: list[tuple[Match[TaskName], str]]) -> list[tuple[Match[TaskName], str]]:
        """Of finds of one task that overlap, one that spans them: first those whose words stand close together."""
        kept: list[tuple[Match[TaskName], str]] = []
        for item, task in sorted(found, key=lambda one: (not self.tight(*one[0][1:]), -len(one[0].words))):
            for index, (one, other) in enumerate(kept):
                if task == other and item.first <= one.last and one.first <= item.last:
                    wider = one._replace(first=min(one.first, item.first), last=max(one.last, item.last))
                    kept[index] = (wider, task)
                    break
            else:
                kept.append((item, task))
        return sorted(kept, key=lambda one: (one[0].first, one[0].last))

    def _bags(self, sentence: Sentence) -> list[Match[TaskName]]:
        numbers: list[int] = []
        places: list[int] = []
        for index in range(sentence.first, sentence.last + 1):
            for number in self.vocabulary.words.stems(self.written[index].lower()):
                numbers.append(number)
                places.append(index)
        written = [self.written[place] for place in places]
        return [
            item._replace(
                first=places[item.first], last=places[item.last], words=tuple({places[word] for word in item.words})
            )
            for item in self.vocabulary.bags.find(numbers, written)
        ]


def joined(document: TextDocument) -> Iterator[Block]:
    """The blocks, those of them as one that a line broken in mid-sentence has parted."""
    held: Block | None = None
    for block in document.blocks:
        if held is not None and _goes_on(document, held, block):
            held = held._replace(end=block.end)
            continue
        if held is not None:
            yield held
        held = block
    if held is not None:
        yield held


def _goes_on(document: TextDocument, held: Block, block: Block) -> bool:
    between = document.text[held.end : block.start]
    last = document.text[held.start : held.end].rpartition("\n")[2]
    return (
        held.kind == block.kind == "paragraph"
        and (held.start > document.blocks[0].start or ". " in document.text[held.start : held.end])  # else a title
        and held.section == block.section
        and held.weight == block.weight
        and between.strip() == ""
        and between.count("\n") == 1
        and len(last) >= _FULL_LINE
        and not last.rstrip().endswith((".", ":", "!", "?", ";"))
        and not OWN_SENTENCE.match(document.text, block.start)
    )


def sentence_spans(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Where each sentence of a block begins and ends."""
    start = block.start
    for match in _END.finditer(text, block.start, block.end):
        yield start, match.end()
        start = match.end()
    if start < block.end:
        yield start, block.end
