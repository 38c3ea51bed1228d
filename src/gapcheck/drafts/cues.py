"""The words by which drafts are read: those of rules/wording/claims.yaml, beside the vocabulary of questions in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from gapcheck.ask import vocabulary as v
from gapcheck.ask.lexicon import Bag, Lexicon, Span, Word
from gapcheck.ask.vocabulary import AskVocabulary, vocabulary
from gapcheck.claims.words import members
from gapcheck.jobdesc.understanding.words import Token, Words
from gapcheck.law.lawbook import Lawbook

# The kinds of words of claims.yaml that are plain lists.
NEGATIVE, POSITIVE, MUST, NEED_NOT, ONLY, ONLY_OF, UNLIKE = (
    "negative",
    "positive",
    "must",
    "need-not",
    "only",
    "only-of",
    "unlike",
)
REGISTRATION, FREE, UNREGISTERED, REMOVED, WITHOUT_WAY = (
    "registration",
    "free",
    "unregistered",
    "removed",
    "without-way",
)
PROTECTED, TITLE_WORDS, UNSURE, PRONOUNS, WHICH, EMPLOYERS = (
    "protected",
    "title-words",
    "unsure",
    "pronouns",
    "which",
    "employers",
)
EMPLOYER_NEGATIVE, MEDICINE_WORDS, BREAKS, LEGAL = "employer-negative", "medicine-words", "breaks", "legal"
SOURCES, CONDITIONAL, ABOUT_LAW, BODIES, REQUIRES = "sources-of-law", "conditional", "about-law", "bodies", "requires"
RESETS, ROLE_VERBS, QUANTIFIERS, BARE = "resets", "role-verbs", "quantifiers", "bare"
SMALL, NEEDED, PREVENTS, NOTHING, OPEN_TITLE = "small", "needed", "prevents", "nothing", "open-title"
NOBODY, EXTENDS, EXTENDS_NOT, MISTAKE, MISTAKEN = "nobody", "extends", "extends-not", "mistake", "mistaken"
STATES, OTHERS, REGULATED, UNREGULATED, ARRANGED, ARRANGING, SO_DONE, SAME_DAY = (
    "states", "others", "regulated", "unregulated", "arranged", "arranging", "so-done", "same-day",
)  # fmt: skip
LISTS = (NEGATIVE, POSITIVE, MUST, NEED_NOT, ONLY, ONLY_OF, UNLIKE, REGISTRATION, FREE, UNREGISTERED, REMOVED, WITHOUT_WAY, PROTECTED,
         TITLE_WORDS, UNSURE, PRONOUNS, WHICH, EMPLOYERS, EMPLOYER_NEGATIVE, MEDICINE_WORDS, BREAKS, LEGAL, SOURCES, CONDITIONAL,
         ABOUT_LAW, BODIES, REQUIRES, RESETS, ROLE_VERBS, QUANTIFIERS, BARE, SMALL, NEEDED, PREVENTS, NOTHING, OPEN_TITLE,
         NOBODY, EXTENDS, EXTENDS_NOT, MISTAKE, MISTAKEN, STATES, OTHERS, REGULATED, UNREGULATED,
         ARRANGED, ARRANGING, SO_DONE, SAME_DAY)  # fmt: skip
GROUP, NATIONS, WAY, GUARD, PRACTISE, ACT, EMPLOYER_ACT, CASE = (
    "group",
    "nations",
    "way",
    "guard",
    "practise",
    "act",
    "employer-act",
    "case",
)


POINT = "point"


class StatedWay(NamedTuple):
    """How a sentence says a point of law: the groups of words that it has, that stand near, that it lacks, and that belong to it;
    `of`: the group of those of whom it is said."""

    verdict: str
    has: tuple[int, ...]
    near: tuple[int, ...]
    lacks: int | None
    covers: int | None
    of: int | None
    but: str


class Point(NamedTuple):
    """A point of law as it is looked for: the groups of words of its subject, that stand near, and of other subjects; the nations
    in which it is the law."""

    id: str
    about: tuple[int, ...]
    near: tuple[int, ...]
    apart: int | None
    nations: frozenset[str]
    ways: tuple[StatedWay, ...]


class SaidOf(NamedTuple):
    """Of whom something is said: professions, or everybody on a statutory register, or anybody at all; `role`: the act that
    makes a name of them, as of operators."""

    professions: tuple[str, ...] = ()
    registered: bool = False
    anyone: bool = False
    register: str = ""
    role: str = ""
    own: bool = False  # those whose draft it is: our members


class Cues:
    """The lexicon of drafts. What it finds are spans of the kinds above, and of the kinds of the vocabulary of questions."""

    def __init__(self, book: Lawbook) -> None:
        self.book = book
        self.asked: AskVocabulary = vocabulary(book)
        self.own: Mapping[str, Any] = book.data["wording"]["claims"]
        self._stemmer = Words(book.data["wording"]["words"])
        self._lexicon = Lexicon(self._stemmer)
        words, own = book.data["wording"]["words"], self.own
        self._drop = frozenset(number for word in words["function"] for number in self._lexicon.stems(word))
        self.groups: list[SaidOf] = []
        self.acts: list[Mapping[str, Any]] = []
        for kind in LISTS:
            self._lexicon.add(kind, kind, own[kind])
        for item in own["groups"]:
            professions = members(book, item["register"]) if "register" in item else item.get("professions", ())
            self.groups.append(
                SaidOf(
                    tuple(professions),
                    bool(item.get("registered")),
                    bool(item.get("anyone")),
                    item.get("register", ""),
                    item.get("role", ""),
                    bool(item.get("own")),
                )
            )
            self._lexicon.add(GROUP, str(len(self.groups) - 1), item["names"])
        for group in book.data["groups"]:
            self._lexicon.add(NATIONS, group, [group.replace("-", " ")])
        for index, item in enumerate(own["ways"]):
            self._lexicon.add(WAY, str(index), item["names"])
        for index, item in enumerate(own["guards"]):
            self._lexicon.add(GUARD, str(index), item["names"])
        for index, item in enumerate(own["cases"]):
            self._lexicon.add(CASE, str(index), item["names"])
        self._lexicon.add(PRACTISE, PRACTISE, own["practise"]["names"])
        self._lexicon.bag(v.GIVES, v.GIVES, book.data["wording"]["ask"]["gives"])
        for item in own["acts"]:
            self._act(ACT, item, frozenset())
        for item in book.data["wording"]["ask"]["acts"]:
            if item.get("firm") and item["act"] not in {one["act"] for one in own["acts"]}:
                self._act(ACT, item, self._drop)
        for item in own["employer-phrases"]:
            self._act(EMPLOYER_ACT, item, frozenset())
        self._groups = 0
        self.points = [self._point(identity, item) for identity, item in book.data["tenets"].items()]
        self._lexicon.build()
        self.practise = {who: act for act, people in own["practise"]["acts"].items() for who in people}

    def _point(self, identity: str, item: Mapping[str, Any]) -> Point:
        ways = tuple(
            StatedWay(
                one["verdict"],
                tuple(map(self._group, one["has"])),
                tuple(map(self._group, one.get("near", ()))),
                self._group(one["lacks"]) if "lacks" in one else None,
                self._group(one["covers"]) if "covers" in one else None,
                self._group(one["of"]) if "of" in one else None,
                one.get("but", ""),
            )
            for one in item["said"]
        )
        about, near = tuple(map(self._group, item["about"])), tuple(map(self._group, item.get("near", ())))
        apart = self._group(item["apart"]) if "apart" in item else None
        return Point(identity, about, near, apart, frozenset(self._extent(item)), ways)

    def _extent(self, item: Mapping[str, Any]) -> Iterator[str]:
        """The nations in which the law of a point is the law."""
        for cited in item["law"]:
            yield from cited.get("extent") or self.book.data["provisions"][cited["provision"]]["extent"]

    def _group(self, words: Sequence[str]) -> int:
        self._groups += 1
        self._lexicon.add(POINT, str(self._groups), words)
        return self._groups

    def _act(self, kind: str, item: Mapping[str, Any], drop: frozenset[int]) -> None:
        self.acts.append(item)
        self._lexicon.bag(kind, str(len(self.acts) - 1), item["names"], drop)

    def stem(self, word: str) -> str:
        """The stem of a word in small letters."""
        return self._stemmer.stem(word)

    def spans(self, words: list[Word]) -> list[Span]:
        """Everything that stands in a sentence, by either lexicon."""
        return [*self._lexicon.spans(words), *(one for one in self.asked.lexicon.spans(words) if one.kind in _ASKED)]

    def bags(self, words: Sequence[Token], places: Sequence[int]) -> list[tuple[Bag, tuple[int, ...]]]:
        """The acts whose words stand at these places."""
        stemmed = self._lexicon.plainly([words[place] for place in places])
        found = self._lexicon.bags(stemmed, range(len(stemmed)))
        return [(bag, tuple(places[index] for index in used)) for bag, used in found]


_ASKED = frozenset((v.PERSON, v.REGISTER, v.MEDICINE, v.BY_CONTEXT, v.NATION, v.ABROAD, v.EXAMINATION, v.FACT, v.INJECTION,
                    v.NOT_INJECTION, v.TRAINEE, v.NOT_PERSON, v.TITLE))  # fmt: skip


def cues_of(book: Lawbook) -> Cues:
    """The words for the drafts of a lawbook, made once."""
    return book.made(Cues)
