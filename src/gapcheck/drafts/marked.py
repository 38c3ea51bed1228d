"""A sentence of a draft as words, with everything that is known of it marked, and cut into clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from gapcheck.ask import vocabulary as v
from gapcheck.ask.lexicon import Bag, Span, Word, longest
from gapcheck.drafts import cues as c
from gapcheck.drafts.cues import Cues, SaidOf
from gapcheck.jobdesc.understanding.words import Token, tokens

_IRMER = re.compile(r"IR\(ME\)R|IR\(ME\)")
_QUOTED = re.compile(r"[\u201c\"]([^\u201c\u201d\"]{2,})[\u201d\"]")
_STOPS = re.compile(r"[;:]|\s[\u2013\u2014-]\s")
_ABBREVIATION = re.compile(r"\s*\(\s*['\u2018\u2019]?([A-Z]{2,8})(?:['\u2019]?s)?\s*\)")
_MODALS = (c.NEGATIVE, c.POSITIVE, c.MUST, c.NEED_NOT)
_NAMED = (v.PERSON, c.GROUP)
_DEFINED = (v.PERSON, v.EXAMINATION, c.WAY, v.REGISTER)

Aliases = dict[str, list[tuple[str, str]]]  # what a draft's own abbreviations stand for: kind and name of a span


class NamedPeople(NamedTuple):
    """People who are named in a sentence: where, and who they are."""

    first: int
    last: int
    who: SaidOf


class Marked:
    """A sentence with its words, spans, people and clauses."""

    def __init__(self, cues: Cues, text: str, aliases: Aliases, own: SaidOf | None = None) -> None:
        self.cues, self.text, self._own = cues, text, own
        plain = _IRMER.sub(lambda found: "IRMER".ljust(len(found[0])), text)
        self.tokens: list[Token] = list(tokens(plain))
        self.words = [
            Word(token.text.lower(), token.text, ()) for token in self.tokens
        ]  # stems only where acts are looked for
        self.spans: list[Span] = [*cues.spans(self.words), *self._short(aliases)]
        self.modals = longest(span for span in self.spans if span.kind in _MODALS)
        self.people = list(self._people())
        self.quoted = [(found.start(1), found.end(1)) for found in _QUOTED.finditer(text) if len(found[1].split()) > 3]
        self.clauses = self._clauses()
        self.neither = frozenset(self._neither())
        self.mistaken, self.excused = self._mistake()
        aliases.update(self._defined(plain))

    def _short(self, aliases: Aliases) -> Iterator[Span]:
        for place, word in enumerate(self.words):
            for kind, name in aliases.get(word.wrote.rstrip("s"), ()):
                yield Span(kind, name, place, place)

    def _defined(self, text: str) -> Aliases:
        """The abbreviations that the sentence gives in brackets after what it names."""
        found: Aliases = {}
        for span in longest(one for one in self.spans if one.kind in _DEFINED):
            abbreviation = _ABBREVIATION.match(text, self.tokens[span.last].end)
            if abbreviation and (span.kind, span.name) not in found.get(abbreviation[1], []):
                found.setdefault(abbreviation[1], []).append((span.kind, span.name))
        return found

    # People

    def _people(self) -> Iterator[NamedPeople]:
        unsure = {(one.first, one.last) for one in self.of(c.UNSURE)}
        spans = [one for one in self.spans if one.kind in _NAMED]
        for span in longest(spans):
            if (span.first, span.last) in unsure and span.kind != c.GROUP:
                continue
            if (
                span.kind == v.PERSON
                and span.last == span.first
                and len(self.words[span.first].wrote) < 4
                and not self.words[span.first].wrote.rstrip("s").isupper()
            ):
                continue
            if span.kind == c.GROUP:
                group = self.cues.groups[int(span.name)]
                if not group.own or self._own is not None:
                    yield NamedPeople(span.first, span.last, self._own if group.own and self._own else group)
            elif who := self._who(span.name):
                yield NamedPeople(span.first, span.last, SaidOf(who))

    def _who(self, name: str) -> tuple[str, ...]:
        """The professions that a name means: several only where the law registers them alike."""
        professions = tuple(name.split(v.OPEN))
        data = self.cues.book.data["professions"]
        alike = {tuple(entry["register"] for entry in data[one]["registers"]) for one in professions}
        return professions if len(professions) == 1 or (len(alike) == 1 and alike != {()}) else ()

    def person_at(self, place: int) -> NamedPeople | None:
        """The people whose name covers a place."""
        return next((one for one in self.people if one.first <= place <= one.last), None)

    # Spans

    def of(self, *kinds: str) -> list[Span]:
        """The spans of some kinds, in order."""
        return sorted((one for one in self.spans if one.kind in kinds), key=lambda one: (one.first, -one.last))

    def within(self, places: range, *kinds: str) -> list[Span]:
        """The spans of some kinds that stand within a stretch of words, the longest of those that overlap."""
        return longest(one for one in self.spans if one.kind in kinds and one.first in places and one.last in places)

    def text_of(self, first: int, last: int) -> str:
        """The words from one to another in small letters."""
        return " ".join(word.text for word in self.words[first : last + 1])

    def between(self, first: int, last: int) -> str:
        """What is written between two words."""
        return self.text[self.tokens[first].end : self.tokens[last].start]

    def between_words(self, places: range) -> str:
        """What is written at a stretch of words."""
        return self.text[self.tokens[places.start].start : self.tokens[places.stop - 1].end] if places else ""

    def said_by_others(self, place: int) -> bool:
        """Whether a word stands in quotation marks, with more than a name."""
        start = self.tokens[place].start
        return any(first <= start < last for first, last in self.quoted)

    def acts(self, places: Iterable[int], kind: str) -> list[tuple[Bag, tuple[int, ...]]]:
        """The acts of a kind whose words stand at these places."""
        return [(bag, found) for bag, found in self.cues.bags(self.tokens, list(places)) if bag.kind == kind]

    def _neither(self) -> Iterator[int]:
        """The places of `neither` and `nor` that stand before people: what follows is denied of each of them."""
        for place, word in enumerate(self.words):
            if word.text in ("neither", "nor") and any(0 < one.first - place <= 2 for one in self.people):
                yield place

    def _mistake(self) -> tuple[range, frozenset[int]]:
        """The places of what is told in order to say that it is a mistake, and of the words that say so."""
        after = self.within(range(len(self.words)), c.MISTAKE)
        if after and after[0].first:
            return range(after[0].first), frozenset(after[0].places)
        before = self.within(range(len(self.words)), c.MISTAKEN)
        if not before or before[0].first > 3:
            return range(0), frozenset()
        start = before[0].last + 1
        stop = next((one.start for one in self.clauses if one.start > start), len(self.words))
        return range(start, stop), frozenset(before[0].places)

    # Clauses

    def _clauses(self) -> list[range]:
        """The clauses: a new one begins after a stop, with a word that begins one, and with new people once one has its verb."""
        starts = {0}
        for number in range(1, len(self.tokens)):
            if _STOPS.search(self.between(number - 1, number)):
                starts.add(number)
        starts.update(
            span.first
            for span in longest(self.of(c.BREAKS))
            if span.first and self._turns(span) and not self._aside(span)
        )
        people = {one.first for one in self.people}
        begins = people | {one.first for one in self.of(c.PRONOUNS)}
        modals = {one.first for one in self.modals}
        for number in sorted(begins):
            first = self._before_article(number)
            start = max(one for one in starts if one <= number)
            has_verb = any(start <= one < number for one in (*modals, *self._finite)) or self._conditional(
                start, number
            )
            joined = first > 0 and (
                "," in self.between(first - 1, first) or self.words[first - 1].text in ("and", "but", "then")
            )
            if (
                has_verb
                and joined
                and any(number < one <= number + 12 for one in modals)
                and not (number in people and self._listed(start, number))
            ):
                starts.add(first)
        cuts = [*sorted(starts), len(self.tokens)]
        return [range(a, b) for a, b in pairwise(cuts) if b > a]

    def _aside(self, span: Span) -> bool:
        """Whether a word begins no more than an aside on the people before it: perfusionists, although on no register, may."""
        if self.person_at(span.first - 1) is None or "," not in self.between(span.first - 1, span.first):
            return False
        end = next((at for at in range(span.first + 1, len(self.tokens)) if "," in self.between(at - 1, at)), None)
        verbs = {*(one.first for one in self.modals), *self._finite}
        return end is not None and end in {one.first for one in self.modals} and not verbs & {*range(span.first, end)}

    def _turns(self, span: Span) -> bool:
        """Whether a word begins a clause: an adverb that stands within one, as in `nurses therefore cannot`, `nurses,
        however, may` or `nurses may, however, use`, does not."""
        within = self.text_of(span.first, span.last) in self.cues.own["adverbs"]
        last = span.last + 1
        if within and last < len(self.tokens) and "," in self.between(span.last, last):
            verbs = [*(one.last for one in self.modals), *self._finite]
            first = not any(one < span.first for one in verbs) and self.person_at(span.first - 1) is not None
            if first or any(one.last == span.first - 1 for one in self.modals):
                return False
        return not within or "," in self.between(span.first - 1, span.first) or self.words[span.first - 1].text == "and"

    @property
    def _finite(self) -> list[int]:
        """Verbs that make a clause without saying what may be done: are, hold."""
        return [place for place, word in enumerate(self.words) if word.text in self.cues.own["finite"]]

    def _before_article(self, number: int) -> int:
        return number - 1 if number and self.words[number - 1].text in ("a", "an", "the", "these", "both") else number

    def _conditional(self, start: int, end: int) -> bool:
        return any(start <= one.first < end for one in self.of(c.CONDITIONAL, c.ONLY_OF))

    def _listed(self, start: int, number: int) -> bool:
        """Whether people are one of a list: the words before them name others. After a clause that gives a reason they are not,
        where they are the only ones before their verb: because they are no nurses, technologists cannot."""
        before = [one for one in self.people if one.last < number]
        verb = next((one.first for one in self.modals if one.first > number), number)
        reason = self.words[start].text in self.cues.own["reasons"] and any(
            start < one < number for one in self._finite
        )
        if reason and not {"and", "or"} & {word.text for word in self.words[number:verb]}:
            return False
        return bool(before) and number - before[-1].last <= 3

    def clause_of(self, place: int) -> range:
        """The clause in which a word stands."""
        return next(one for one in self.clauses if place in one)
