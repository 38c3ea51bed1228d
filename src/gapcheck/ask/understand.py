"""Reads a question in plain words: who, what, which medicine, where and when. Every word that it knows is data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from gapcheck.ask import vocabulary as v
from gapcheck.ask.dates import day_of, without
from gapcheck.ask.lexicon import Bag, Near, Span, Word, longest
from gapcheck.ask.understood import Understood
from gapcheck.errors import problem
from gapcheck.law.dated import words as day_words
from gapcheck.law.lawbook import Lawbook
from gapcheck.law.needs import ways
from gapcheck.profile.model import REGISTERED

MAX_QUESTION = 2000  # characters
_BAND = re.compile(r"\bband\s*(\d[a-d]?)\b", re.I)
_STATES = frozenset((v.PERSON, v.OTHER, v.REGISTER, v.OWN, v.NONE, v.MEDICINE, v.BY_CONTEXT, v.OTHER_MEDICINE, v.NATION, v.ABROAD,
                     v.TITLE, v.PROTECTED, v.WAY, v.UNNAMED, v.NO_ANNOTATION, v.FACT, *v.LISTED))  # fmt: skip
_BESIDE = frozenset((v.EXAMINATION, v.INJECTION, v.NOT_INJECTION, v.EMPLOYER, v.STATUS, v.TRAINEE))
_FAR = 5  # words between a register and what is said of it
_FURTHER = 8  # words between a word that asks whether a register is needed, and the register
_NEAR = 4  # words between a word that asks, or denies, and what it is about
_ARTICLES = frozenset(("a", "an", "the", "our", "my", "your", "their", "his", "her", "any", "some"))
_FIRM, _CURATED, _FOUND, _BARE, _LEAST = 100.0, 50.0, 42.0, 58.0, 15.0
_WORD, _VERB, _FIELD = 5.0, 1.0, 1.2
_NEEDED, _AWAY, _MISSED = 30.0, 8.0, 10.0
_OFFERS = 3
_FITS, _CLEARLY = (
    0.6,
    0.07,
)  # how well words have to fit a task that nobody named in so many words, and better than others
_KIND = 2  # words that say what kind of person is meant
_HOME = 0.1  # for a task of the field in which the profession works


class _Meaning(NamedTuple):
    """Something that the question may ask for: an act or a task, how well it fits, and the words that say it."""

    kind: str
    name: str
    points: float
    places: tuple[int, ...]


def understand(book: Lawbook, text: str, today: date | None = None) -> Understood:
    """What a question means. `today`: the day that `today` in it means. Raises InputError for a text that is too long."""
    if len(text) > MAX_QUESTION:
        raise problem("the question", f"{len(text)} characters are more than a question", None, "say it more briefly")
    return _QuestionReader(book, text, today or date.today()).read()


class _QuestionReader:
    """One question on its way to being understood."""

    def __init__(self, book: Lawbook, text: str, today: date) -> None:
        self.book, self.text = book, text
        self.known = v.vocabulary(book)
        self.day = day_of(text, today)
        self.band = _BAND.search(text)
        stretches = [(self.day.start, self.day.end)] if self.day else []
        self.words, self.mended, self.strange = self.known.lexicon.read(without(text, stretches))
        spans = self.known.lexicon.spans(self.words)
        self.spans = longest(span for span in spans if span.kind in _STATES)
        self.beside = [span for span in spans if span.kind in _BESIDE]
        self.all = spans
        self.notes = [f"“{wrote}” as “{meant}”" for wrote, meant in self.mended]
        self.used: set[int] = set()
        self.about: set[int] = set()  # words that say what an exposure is of
        self.rated: list[_Meaning] = []

    def read(self) -> Understood:
        """The whole."""
        title = self._title()
        subject, between, held_as = self._person(title)
        subject, between = self._on_register(subject, between)
        registered, none = self._registers(subject, between, held_as)
        medicine, other_route = self._medicine()
        nation, nations = self._nation()
        way, states = self._way()
        meaning = self._meant(title, medicine, other_route, subject)
        act, task, facts = self._act_or_task(meaning, medicine, other_route, title)
        if task in self.known.own["task-ways"]:
            way, task = self.known.own["task-ways"][task], "" if medicine else task
        if other_route and not task:
            self._say_other_medicine()
        if (
            not act
            and not task
            and meaning is None
            and way
            and any(span.kind in (v.PERSON, v.OTHER) for span in self.spans)
        ):
            act = str(self.known.own["giving"]["parenteral"])  # a way to give is named, and no medicine
        missing = self._without()
        facts |= self._circumstances(act, medicine)
        if act and not medicine:
            facts |= next(
                (item.get("facts", {}) for item in self.known.own["ways"] if item["route"] == way and "facts" in item),
                {},
            )
        if any(item["route"] == way and item.get("states") in missing for item in self.known.own["ways"]):
            way = ""
        listed = {kind: self._of(kind) for kind in v.LISTED}
        also = self._also(meaning)
        if act in self.known.own["ways-of-annotations"] and not way:
            own = self.known.own["ways-of-annotations"][act]
            way = next((own[name] for name in listed["annotation"] if name in own), "")
        self.used |= self._qualifiers()
        point = self._point(meaning, nation)
        if point:
            act, way = (
                act or self.book.data["points"][point]["act"],
                way or self.book.data["points"][point].get("way", ""),
            )
        who = any(span.kind == v.WHO for span in self.all) and not (subject or between or registered or point)
        refused = "" if point else self._refused(act or task, subject or between or registered, meaning)
        understood = Understood(
            text=self.text,
            act=act,
            task=task,
            profession=subject,
            registered=registered,
            on_no_register=none and not registered,
            medicine=medicine,
            nation=nation,
            as_at=self.day.iso if self.day else "",
            annotations=listed["annotation"],
            no_annotation=bool(self._of(v.NO_ANNOTATION)),
            entitlements=tuple(
                span.name
                for span in self.spans
                if span.kind == "entitlement" and span.name not in missing and not (meaning and set(span.places) & set(meaning.places))
            ),
            arrangements=tuple(dict.fromkeys((*(one for one in listed["arrangement"] if one not in missing), *([states] if states and states not in missing else [])))),
            without=missing,
            facts=facts,
            way=way,
            employer=next((span.name for span in self.beside if span.kind == v.EMPLOYER), ""),
            band=self.band[1].lower() if self.band else "",
            between=between,
            between_nations=nations,
            reforms=self._reforms(subject),
            whether=self._asks_whether(),
            must=any(span.kind == v.WHETHER for span in self.all),
            also=also,
            readings=(*self.notes, *self._rough()),
            ignored=self._ignored(),
            refused=refused,
            offers=self._offers() if not (act or task) or refused else (),
            point=point,
            protected=title is not None and title.name == v.PROTECTED,
            who=who,
            since=any(span.kind == v.SINCE for span in self.all) and bool(subject) and not point,
        )  # fmt: skip
        return understood

    # Who

    def _person(self, title: Span | None) -> tuple[str, tuple[str, ...], dict[int, str]]:
        """The profession asked about, or those between which it is open; the professions that registers are held as."""
        every = [span for span in self.spans if span.kind == v.PERSON]
        for span in every:
            self.used.update(span.places)
        found = [span for span in every if not self._names_another(span, every)]
        held_as = self._held_as(found)
        free = [span for span in found if span.first not in held_as and not (title and self._in_title(span, title))]
        subjects = [span for span in free if not self._other(span) and not self._owner(span)]
        subjects = subjects or [span for span in free if not self._other(span)]
        subjects = subjects or [span for span in found if span.first in held_as]
        if not subjects:
            return "", (), held_as
        asked = next((span for span in subjects if self._asked(span)), subjects[0])
        first = [span for span in subjects if span.first == asked.first]
        for span in subjects:
            if span.first > asked.first and self._joined(first[-1], span):
                first.append(span)
        ids = list(dict.fromkeys(one for span in first for one in span.name.split(v.OPEN)))
        as_ = [name for name in held_as.values() if name in ids]
        ids = as_ if len(as_) == 1 else ids
        if self._trained(first[0]):
            self.notes.append("somebody in training is not taken to be registered")
        for span in subjects:
            if span not in first and not set(span.name.split(v.OPEN)) & set(ids):
                self.notes.append(f"“{self._wrote(span)}” as somebody else than the person asked about")
        return (ids[0], (), held_as) if len(ids) == 1 else ("", tuple(ids), held_as)

    def _on_register(self, subject: str, between: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """Of the professions between which the words leave it open, the one that a named register is open to."""
        named = {span.name for span in self.spans if span.kind == v.REGISTER and not self._before(span, v.WHETHER)}
        data = self.book.data["professions"]
        kept = [
            one
            for one in between
            if named & {*(entry["register"] for entry in data[one]["registers"]), *data[one].get("accredited", ())}
        ]
        if len(between) > 1 and len(kept) == 1:
            return kept[0], ()
        return subject, between

    def _texts(self, span: Span) -> str:
        return " ".join(self.words[index].text for index in span.places)

    def _wrote(self, span: Span) -> str:
        return " ".join(dict.fromkeys(self.words[index].wrote for index in span.places))

    def _trained(self, person: Span) -> bool:
        return any(
            span.kind == v.TRAINEE and -_FAR < person.first - span.first <= _FAR for span in self.beside
        )  # fmt: skip

    def _names_another(self, person: Span, people: Iterable[Span]) -> bool:
        """Whether a profession only says what kind of another is meant: a radiographer's helper is no radiographer."""
        return any(
            1 <= other.first - person.last <= 2
            and all(self.words[index].text == "s" for index in range(person.last + 1, other.first))
            and not self.words[other.first].comma
            for other in people
        )

    def _owner(self, person: Span) -> bool:
        """Whether something of this person is spoken of (a doctor's prescription)."""
        after = person.last + 1
        if after < len(self.words) and self.words[after].text == "s":
            return True
        return any(span.kind in (v.WITHOUT, v.WAY) and span.first == after for span in self.all)

    def _asked(self, person: Span) -> bool:
        """Whether words stand before a profession that ask what it may do."""
        before = max(
            (span.last for span in self.spans if span.kind == v.PERSON and span.last < person.first), default=-1
        )
        return any(
            span.kind == v.BEFORE_PERSON and before < span.first and person.first - _NEAR <= span.first < person.first
            for span in self.all
        )

    def _other(self, person: Span) -> bool:
        """Whether the words before a profession say that somebody else is meant."""
        start = person.first
        while start and self.words[start - 1].text in _ARTICLES:
            start -= 1
        return any(span.kind == v.NOT_PERSON and start - 1 <= span.last < person.first for span in self.all)

    def _joined(self, first: Span, second: Span) -> bool:
        """Whether `or`, a comma and nothing else stands between two professions."""
        between = range(first.last + 1, second.first)
        joins = {index for span in self.all if span.kind == v.ALTERNATIVE for index in span.places}
        free = [index for index in between if index not in joins and self.words[index].text not in _ARTICLES]
        comma = any(self.words[index].comma for index in (*between, second.first))
        return (comma or bool(joins.intersection(between))) and not free

    def _held_as(self, people: Iterable[Span]) -> dict[int, str]:
        """Professions named after a register and `as`: by the place of their first word."""
        registers = [span for span in self.spans if span.kind in (v.REGISTER, v.OWN)]
        return {
            person.first: person.name
            for person in people
            for register in registers
            if (1 < person.first - register.last <= 3 and self.words[register.last + 1].text == "as")
            or (person.first == register.last + 1 and self._entry_of(person, people))
        }  # fmt: skip

    def _entry_of(self, person: Span, people: Iterable[Span]) -> bool:
        """Whether a profession after a register is what the entry is held as (kept her HCPC radiographer registration)."""
        after = self.words[person.last + 1].text if person.last + 1 < len(self.words) else ""
        return after in ("registration", "register", "entry") and any(one.first < person.first for one in people)

    # On which registers

    def _registers(
        self, profession: str, between: tuple[str, ...], held_as: dict[int, str]
    ) -> tuple[tuple[str, ...], bool]:
        """The registrations that were said, and whether it was said that there is none."""
        held: list[str] = []
        none = False
        named = [span for span in self.spans if span.kind == v.REGISTER]
        for span in named:
            self.used.update(span.places)
            if self._advertised():
                continue
            if self._needed(span):
                self.notes.append("whether registration is needed is taken as the question, and not that it is held")
            elif self._before(span, v.NOT):
                none = True
            else:
                held.append(self._registration(span, held_as))
        for span in self.spans:
            if span.kind == v.NONE:
                self.used.update(span.places)
                none = none or not any(0 < other.first - span.last <= 3 for other in named)
        own = [span for span in self.all if span.kind == v.OWN and not self._within(span, (v.NONE, v.REGISTER))]
        for span in own:
            self.used.update(span.places)
        if own and not named and not none and not any(self._needed(span) for span in own):
            held += self._own(profession, between)
        if any(span.kind == v.UNNAMED for span in self.spans) and not held and not none:
            self.notes.append("which register it is was not said, and is left open")
        lost = next((span for span in self.all if span.kind == v.LOST), None)
        if lost and not named and (profession or between):
            self.used.update(lost.places)
            held = [f"{item}:{lost.name}" for item in self._own(profession, between)]
        return tuple(dict.fromkeys(held)), none

    def _within(self, span: Span, kinds: tuple[str, ...]) -> bool:
        return any(one.kind in kinds and one.first <= span.first <= span.last <= one.last for one in self.spans)

    def _needed(self, span: Span) -> bool:
        """Whether the question is if registration is needed: `have to be registered`, `be registered to give`, `registration
        is required`."""
        rest = [word.text for word in self.words[span.last + 1 : span.last + 4] if word.text != "registration"]
        required = self.known.own["asks-whether"]
        return self._before(span, v.WHETHER) or rest[:1] == ["to"] or (
            bool(rest) and rest[0] in required and rest[0] not in self.known.own["before-the-person"]
        )  # fmt: skip

    def _asks_whether(self) -> bool:
        """Whether the question is if registration is needed for what it names, and not what the registered may do."""
        spans = [
            span
            for span in self.all
            if span.kind in (v.REGISTER, v.OWN, v.UNNAMED) and not self._within(span, (v.NONE,))
        ]
        return not self._advertised() and any(self._needed(span) for span in spans)

    def _before(self, span: Span, kind: str) -> bool:
        """Whether a word of a kind stands shortly before a register, and no person between."""
        start = max((one.last for one in self.spans if one.kind == v.PERSON and one.last < span.first), default=-1)
        far = _FURTHER if kind == v.WHETHER else _FAR
        return any(
            one.kind == kind and max(start, span.first - far) < one.first < span.first
            for one in self.all
        )  # fmt: skip

    def _registration(self, span: Span, held_as: dict[int, str]) -> str:
        """A registration in the form REGISTER[:STATUS[:AS]]."""
        status = next(
            (one.name for one in self.beside if one.kind == v.STATUS and -_FAR <= one.first - span.last <= _FAR), ""
        )
        as_ = next((name for first, name in held_as.items() if 0 < first - span.last <= 3), "")
        if v.OPEN in as_:
            as_ = as_.split(v.OPEN)[0]
            self.notes.append(
                f"the entry in the register as that of a {self.book.data['professions'][as_]['title'].lower()}"
            )
        if as_:
            return f"{span.name}:{status or REGISTERED}:{as_}"
        return f"{span.name}:{status}" if status else span.name

    def _own(self, profession: str, between: tuple[str, ...]) -> list[str]:
        """The register of whoever is said to be registered, where only one can be meant."""
        data = self.book.data["professions"]
        people = [profession] if profession else list(between)
        kept = [{entry["register"] for entry in data[one]["registers"]} for one in people]
        shared = set.intersection(*kept) if kept else set()
        if len(shared) == 1:
            return list(shared)
        self.notes.append("“registered” without the name of the register is left open")
        return []

    # With which medicine

    def _medicine(self) -> tuple[str, str]:
        """The medicine, and for one that the lawbook does not hold by name how it is given."""
        found = next((span for span in self.spans if span.kind in (v.MEDICINE, v.BY_CONTEXT, v.OTHER_MEDICINE)), None)
        if found is None:
            return "", ""
        if found.kind == v.OTHER_MEDICINE:
            return "", found.name
        if found.kind == v.MEDICINE:
            return found.name, ""
        item = self.known.own["medicines-by-context"][int(found.name)]
        texts = f" {' '.join(word.text for word in self.words)} "
        for medicine, near in item.items():
            if medicine not in ("names", "otherwise") and any(f" {word} " in texts for word in near):
                return medicine, ""
        label = self.book.data["medicines"][item["otherwise"]]["label"].partition(",")[0]
        wrote = " ".join(self.words[index].wrote for index in found.places)
        self.notes.append(f"“{wrote}” as {label}")
        return str(item["otherwise"]), ""

    def _say_other_medicine(self) -> None:
        found = next(span for span in self.spans if span.kind == v.OTHER_MEDICINE)
        if self._texts(found) in self.known.own["any-medicine"]:
            return
        wrote = self._wrote(found)
        self.notes.append(
            f"“{wrote}” is no medicine that the lawbook names; it is taken as a prescription only medicine"
        )

    # Where

    def _nation(self) -> tuple[str, tuple[str, ...]]:
        found = [span for span in self.spans if span.kind == v.NATION]
        for span in found:
            self.used.update(span.places)
        names = list(dict.fromkeys(name for span in found for name in span.name.split(v.OPEN)))
        certain = list(dict.fromkeys(span.name for span in found if v.OPEN not in span.name))
        if len(certain) == 1:
            return certain[0], ()
        return ("", tuple(names)) if names else ("", ())

    # By which way

    def _way(self) -> tuple[str, str]:
        found = next((span for span in self.spans if span.kind == v.WAY), None)
        if found is None:
            return "", ""
        item = self.known.own["ways"][int(found.name)]
        needed = any(span.kind == v.WHETHER and 0 < found.first - span.last <= _NEAR for span in self.all)
        return item["route"], "" if needed else item.get("states", "")

    def _without(self) -> tuple[str, ...]:
        """Arrangements and entitlements that are said to be missing."""
        return tuple(dict.fromkeys(
            span.name
            for span in self.all
            if (span.kind == v.WITHOUT and self._denied(span, ("without", "no"), _NEAR))
            or (span.kind in ("entitlement", "arrangement") and self._denied(span, (), 2))
        ))  # fmt: skip

    def _denied(self, span: Span, words: Iterable[str] = (), within: int = _NEAR) -> bool:
        """Whether a word that denies stands shortly before; of `words`, where some are given."""
        return any(
            one.kind == v.NOT
            and (not words or self.words[one.first].text in words)
            and 0 < span.first - one.first <= within
            for one in self.all
        )

    def _reforms(self, profession: str) -> tuple[str, ...]:
        """The changes of the law for this profession that the question supposes."""
        spans = [span for span in self.all if span.kind == v.REFORM]
        self.used.update(index for span in spans for index in span.places)
        said = [self.known.own["reforms"][int(span.name)] for span in spans]
        return tuple(dict.fromkeys(
            key
            for item in said
            for key, reform in self.book.data["reforms"].items()
            for change in reform["changes"]
            for kind, what in change.items()
            if kind == item["change"] and profession and profession in (what.get("member"), what.get("profession"))
            and what.get("class", "") == item.get("class", "")
        ))  # fmt: skip

    def _of(self, kind: str) -> tuple[str, ...]:
        found = [span for span in self.spans if span.kind == kind]
        for span in found:
            self.used.update(span.places)
        return tuple(dict.fromkeys(span.name for span in found))

    # What

    def _title(self) -> Span | None:
        """The words for using a title, or those that ask whether the law protects the name of a profession before them."""
        using = next((span for span in self.spans if span.kind == v.TITLE), None)
        protected = next((span for span in self.spans if span.kind == v.PROTECTED), None)
        named = protected and any(span.kind == v.PERSON and span.last < protected.first for span in self.spans)
        return using or (protected if named else None)

    def _in_title(self, person: Span, title: Span) -> bool:
        return person.first in self._titled(title) if title.kind == v.PROTECTED else person.first > title.last

    def _titled(self, title: Span) -> range:
        """The places of the words of the title itself."""
        if title.kind == v.PROTECTED:
            return [span for span in self.spans if span.kind == v.PERSON and span.last < title.first][-1].places
        ends = {span.first for span in self.all if span.kind == v.TITLE_END}
        last = next((index for index in range(title.last + 1, len(self.words)) if index in ends), len(self.words))
        return range(title.last + 1, last)

    def _usable(self) -> list[int]:
        """The places of words that may say what is to be done."""
        gone = {
            index
            for span in self.spans
            if span.kind in ((v.OWN, v.NONE, v.NATION) if self._advertised() else (v.REGISTER, v.OWN, v.NONE, v.NATION))
            or (span.kind == v.PERSON and not self._other(span))
            or (span.kind == v.OTHER and span.last > span.first)
            for index in span.places
        }  # fmt: skip
        return [index for index in range(len(self.words)) if index not in gone | self._qualifiers()]

    def _advertised(self) -> bool:
        """Whether the question is what an advert may ask for: a register in it is asked for, and nobody is said to hold it."""
        said = {index for span in self.all if span.kind == v.ADVERT for index in span.places}
        gives = self.known.lexicon.stems(" ".join(self.known.own["gives"]))
        other = any(
            self._deed(index) or not gives.isdisjoint(word.stem)
            for index, word in enumerate(self.words)
            if index not in said
        )
        denied = any(span.kind == v.REGISTER and self._before(span, v.NOT) for span in self.spans)
        return bool(said) and not other and not denied

    def _qualifiers(self) -> set[int]:
        """The places of words that only say what kind of person is asked about (our theatre recovery nurse)."""
        heads = {index for span in self.all if span.kind in (v.BEFORE_PERSON, v.NOT_PERSON) for index in span.places}
        found: set[int] = set()
        for span in self.spans:
            if span.kind != v.PERSON:
                continue
            start = span.first
            while start and start - 1 not in heads and self.words[start - 1].text not in _ARTICLES:
                start -= 1
            asked = start and self.words[start - 1].text != "by"
            if (
                asked
                and span.first - start <= _KIND
                and not any(
                    self._deed(index) and self.words[index].text not in self.known.own["ranks"]
                    for index in range(start, span.first)
                )
            ):
                found.update(range(start, span.first))
        return found

    def _deed(self, index: int) -> bool:
        return not self.known.deeds.isdisjoint(self.words[index].stem)

    def _meant(self, title: Span | None, medicine: str, other_route: str, subject: str = "") -> _Meaning | None:
        """What is most probably asked for."""
        if title is not None:
            return _Meaning(v.TITLE, "", _FIRM * 2, tuple(title.places))
        usable = self._usable()
        found = list(self.known.lexicon.bags(self.words, usable))
        near = {bag.name for bag, _ in found if bag.kind == v.NEAR}
        self.about = {place for bag, places in found if bag.kind == v.NEAR for place in places}
        firm = {
            place
            for bag, places in found
            if bag.kind == v.ACT and self._act(bag.name).firm and self._stands(bag.name, near)
            for place in places
        }
        gives = {place for bag, places in found if bag.kind == v.GIVES for place in places}
        outside = [(bag, places) for bag, places in found if bag.kind == v.OUTSIDE]
        if outside:
            bag, places = max(outside, key=lambda pair: len(pair[1]))
            return _Meaning(v.OUTSIDE, bag.name, 0, places)
        rated = [
            self._rated(bag, places, firm, gives)
            for bag, places in found
            if bag.kind in (v.TASK, v.SYNONYM) or (bag.kind == v.ACT and self._stands(bag.name, near))
        ]
        rated = [
            one._replace(points=one.points + self._own_field(one, subject) - self._only_needed(one)) for one in rated
        ]
        if medicine or other_route:
            rated += self._frame(gives)
            rated = [one for one in rated if not self._only_where(one)] or rated
        self.rated = [one for one in rated if set(one.places) & (firm | gives) or one.points >= _CURATED]
        deeds = {index for index in usable if self._deed(index)}
        best = max(
            rated,
            key=lambda one: (
                one.points - _MISSED * (self._plain(one) and len(deeds.difference(one.places))),
                -min(one.places, default=0),
            ),
            default=None,
        )
        return self._of_the_field(self._nearer(self._wider(best, rated), usable, subject), usable, subject)

    def _of_the_field(self, best: _Meaning | None, usable: list[int], subject: str) -> _Meaning | None:
        """What is done, by a word that means another task in each field (to report): the field of the task that the other
        words name, or that of the profession where nothing else is said."""
        if best is not None and best.kind not in (v.TASK, v.SYNONYM):
            return best
        for item in self.known.own["of-the-field"]:
            said = tuple(index for index in usable if self.words[index].text in item["says"])
            if not said or (best is not None and set(said) & set(best.places)):
                continue
            bare = best is None and all(self._common(index) for index in usable if index not in said)
            alone = self.known.own["field-of"].get(subject, "") if bare else ""
            of = self.book.data["tasks"][best.name]["scope"] if best else alone
            if of in item["tasks"]:
                return _Meaning(v.TASK, item["tasks"][of], 0, (*(best.places if best else ()), *said))
        return best

    def _plain(self, meaning: _Meaning) -> bool:
        """Whether a meaning is a task, or an act by words that tasks have too: what explains more of the question is right."""
        return meaning.kind in (v.TASK, v.SYNONYM) or (meaning.kind == v.ACT and not self._act(meaning.name).firm)

    def _wider(self, best: _Meaning | None, rated: Iterable[_Meaning]) -> _Meaning | None:
        """The task whose words contain those of the best and more."""
        if best is None or best.name in self.known.own["task-ways"]:
            return best
        kinds = (v.TASK, v.SYNONYM) if self._plain(best) else (v.TASK,)
        own, plain = set(best.places), self._plain(best)
        more = [
            one
            for one in rated
            if one.kind in kinds and set(one.places) > own and (plain or any(map(self._deed, set(one.places) - own)))
        ]
        return max(more, key=lambda one: (len(one.places), one.points), default=best)

    def _nearer(self, best: _Meaning | None, usable: list[int], subject: str) -> _Meaning | None:
        """The task that fits the whole question clearly better than what only some of its words name."""
        if best is not None and (not self._plain(best) or best.name in self.known.own["task-ways"]):
            return best
        near = self._near(usable, subject)
        if not near or near[0].fit < _FITS or (len(near) > 1 and near[0].fit - near[1].fit < _CLEARLY):
            return best
        first = near[0]
        own = next((one.fit for one in near if best and one.name == best.name), 0.0)
        left = set(first.places) - set(best.places if best else ())
        done = {index for index in (best.places if best else ()) if self._deed(index)}
        more = {index for index in first.places if self._deed(index)} - done
        lost = bool(done.difference(first.places)) or (
            best is not None and best.kind == v.TASK and bool(done) and not more
        )
        if best is not None and (first.fit - own < _CLEARLY or not left or lost):
            return best
        if len(first.places) < 2:
            return best
        return _Meaning(v.SYNONYM, first.name, 0, first.places)

    def _near(self, usable: Iterable[int], subject: str = "") -> list[Near]:
        """The tasks that come near, those of the field in which the profession works first among equals."""
        stated = {
            index
            for span in (*self.spans, *self.beside)
            if span.kind
            not in (v.EXAMINATION, v.INJECTION, v.NOT_INJECTION, v.MEDICINE, v.BY_CONTEXT, v.OTHER_MEDICINE)
            for index in span.places
        }
        open_ = [
            index
            for index in usable
            if index not in stated and not self._common(index) and not self.words[index].text.isdecimal()
        ]
        found = self.known.lexicon.near(self.words, open_, (v.TASK, v.SYNONYM), self.known.light)
        tasks, fields = self.book.data["tasks"], self.known.fields
        home = [
            one._replace(fit=one.fit + _HOME * (subject in fields.get(tasks[one.name]["scope"], ()))) for one in found
        ]
        return sorted(home, key=lambda one: -one.fit)

    def _act(self, name: str) -> v.ActWords:
        return self.known.acts[int(name)]

    def _stands(self, name: str, near: set[str]) -> bool:
        act = self._act(name)
        return not act.near or act.near in near

    def _rated(self, bag: Bag, places: tuple[int, ...], firm: set[int], gives: set[int]) -> _Meaning:
        """How well an act or a task fits: acts that their words always name, then everyday words, then names of tasks."""
        kind, name = bag.kind, bag.name
        points = _WORD * len(bag.stems) + self.known.lexicon.rarity(bag.stems)
        own = set(places)
        if kind == v.ACT:
            points += _FIRM - 0.01 * min(places) if self._act(name).firm else _CURATED + 0.5
        elif kind == v.TASK:
            points += _FIRM if own & firm else _CURATED
        else:
            points += _FOUND
        points += _VERB if own & (firm | gives) else 0
        points -= sum(0.1 for index in own if self._common(index))
        return _Meaning(kind, name, points, places)

    def _only_needed(self, meaning: _Meaning) -> float:
        """What words lose that say what is needed, or missing, for something else (a licence to justify)."""
        if meaning.kind != v.ACT:
            return 0
        first = min(meaning.places)
        needs = any(
            span.kind in (v.WHETHER, v.NOT)
            and 0 < first - span.last <= _NEAR
            and "to" not in (self.words[index].text for index in range(span.last, first))
            for span in self.all
        )
        return _NEEDED if needs else 0

    def _also(self, meaning: _Meaning | None) -> tuple[str, ...]:
        """What else the question asks, in words: what stands after an `and` and shares no word with what is answered."""
        if meaning is None or meaning.kind in (v.OUTSIDE, v.TITLE):
            return ()
        ands = {span.first for span in self.all if span.kind == v.AND}
        people = {index for span in self.spans if span.kind in (v.PERSON, v.OTHER) for index in span.places}
        taken, acts, found = set(meaning.places), self._acts_of(meaning), []
        for one in sorted(self.rated, key=lambda item: -item.points):
            places = set(one.places)
            if taken & places or people & places or acts & self._acts_of(one) or self._about_it(meaning, places):
                continue
            low, high = sorted((min(places), min(taken)))
            between = range(low + 1, high + 1)
            if any(index in ands or self.words[index].comma for index in between) and not people.intersection(between):
                found.append(one)
                taken |= places
        self.used.update(place for one in found for place in one.places)
        return tuple(dict.fromkeys(self._label(one) for one in found))

    def _acts_of(self, meaning: _Meaning) -> set[str]:
        if meaning.kind == v.ACT:
            return {self._act(meaning.name).act}
        if meaning.kind in (v.TASK, v.SYNONYM):
            return {need["act"] for way in ways(self.book.data["tasks"][meaning.name]) for need in way}
        return set()

    def _about_it(self, meaning: _Meaning, places: set[int]) -> bool:
        """Whether words only say of which examination giving a medicine, or a referral, is part."""
        examined = {index for span in self.beside if span.kind == v.EXAMINATION for index in span.places} | self.about
        doing = {index for span in self.all if span.kind == v.DOING for index in span.places}
        return (
            meaning.kind in (v.GIVES, v.ACT) and places <= examined and not doing & {min(places) - 1, min(places) - 2}
        )

    def _only_where(self, meaning: _Meaning) -> bool:
        """Whether a task is named only by the examination for which a medicine is given, and nobody is said to do it."""
        examined = {index for span in self.beside if span.kind == v.EXAMINATION for index in span.places}
        doing = {index for span in self.all if span.kind == v.DOING for index in span.places}
        before = {min(meaning.places, default=0) - step for step in (1, 2)}
        named = meaning.kind in (v.TASK, v.SYNONYM) and set(meaning.places) <= examined
        return named and not doing & (before | set(meaning.places))

    def _label(self, meaning: _Meaning) -> str:
        if meaning.kind == v.GIVES:
            return " ".join(self.words[index].wrote for index in sorted(meaning.places))
        if meaning.kind == v.ACT:
            return str(self.book.data["acts"][self._act(meaning.name).act]["title"])
        return str(self.book.data["tasks"][meaning.name]["label"])

    def _own_field(self, meaning: _Meaning, subject: str) -> float:
        """A little for a task of the field in which the profession works, and less for one of another field."""
        if meaning.kind not in (v.TASK, v.SYNONYM):
            return 0
        scope = self.book.data["tasks"][meaning.name]["scope"]
        if subject in self.known.fields.get(scope, ()):
            return _FIELD
        away = meaning.kind == v.TASK and any(subject in people for people in self.known.fields.values())
        return -_AWAY if away and scope in self.known.fields else 0

    def _common(self, index: int) -> bool:
        return self.words[index].text in self.known.said_by_all

    def _frame(self, gives: set[int]) -> list[_Meaning]:
        """To give the medicine that is named: by a word for giving, or where the question says nothing else; of a prescriber, to
        prescribe it."""
        medicine = next(span for span in self.spans if span.kind in (v.MEDICINE, v.BY_CONTEXT, v.OTHER_MEDICINE))
        injected = {index for span in self.beside if span.kind == v.INJECTION for index in span.places}
        verbs = sorted(gives | injected)
        places = (*verbs[:1], *medicine.places)
        if verbs and medicine.kind != v.OTHER_MEDICINE:
            return [_Meaning(v.GIVES, "", _FIRM + _WORD - 0.01 * verbs[0], places)]
        if not verbs and any(span.kind == "annotation" for span in self.spans):
            return [_Meaning(v.ACT, self.known.prescribes, _BARE, places)]
        known = {index for span in (*self.spans, *self.beside) for index in span.places} | self.used
        who = any(span.kind in (v.PERSON, v.OTHER) for span in self.spans)
        more = [
            index
            for index in range(len(self.words))
            if index not in known and not self._common(index) and (not who or self._deed(index))
        ]
        alone = all(self._common(index) for index in range(len(self.words)) if index not in known)
        return [_Meaning(v.GIVES, "", _BARE if verbs or alone else _LEAST, places)] if verbs or not more else []

    def _act_or_task(
        self, meaning: _Meaning | None, medicine: str, other_route: str, title: Span | None
    ) -> tuple[str, str, dict[str, str]]:
        """The act or the task, and the facts that its words state."""
        if meaning is None or meaning.kind == v.OUTSIDE:
            if meaning is not None:
                self.used.update(meaning.places)
            return "", "", {}
        self.used.update(meaning.places)
        if meaning.kind == v.TITLE and title is not None:
            return str(self.known.own["title-act"]), "", self._title_said(title)
        if meaning.kind == v.GIVES:
            return self._giving(medicine, other_route), "", {}
        if meaning.kind == v.ACT:
            self.used |= self.about
            return self._act(meaning.name).act, "", {}
        acts = {need["act"] for way in ways(self.book.data["tasks"][meaning.name]) for need in way}
        return (acts.pop() if len(acts) == 1 else ""), meaning.name, {}

    def _giving(self, medicine: str, other_route: str) -> str:
        """The act of giving the medicine: by injection, or by another route."""
        own = self.known.own["giving"]
        beside = self.known.own["injection-beside"]
        facts = self.book.data["medicines"][medicine]["facts"] if medicine else {}
        stated = facts.get("medicine.parenteral")
        kinds = {span.kind for span in self.beside if stated is not False or self.words[span.first].text not in beside}
        if v.INJECTION in kinds and v.NOT_INJECTION not in kinds:
            return str(own["parenteral"])
        if v.NOT_INJECTION in kinds and v.INJECTION not in kinds:
            return str(own["by-another-route"])
        if other_route:
            return str(own[other_route])
        injected = stated if stated is not None else medicine not in self.known.own["usually-not-by-injection"]
        if stated is None:
            self.notes.append("given by injection" if injected else "given otherwise than by injection")
        return str(own["parenteral" if injected else "by-another-route"])

    def _title_said(self, title: Span) -> dict[str, str]:
        places = self._titled(title)
        self.used.update(places)
        said = [self.words[index].text for index in places if self.words[index].text not in ("a", "an", "the")]
        return {"title": "-".join(said)} if said else {}

    def _point(self, meaning: _Meaning | None, nation: str) -> str:
        """The point of law that the question is about: the one most of whose words stand in it. None where the question names a
        title, asks since when, is about a day or a nation of which the point does not speak, or asks for something that is
        to be done, or for a way to do it, in words which are not the point's own."""
        if (meaning is not None and meaning.kind == v.TITLE) or any(span.kind == v.SINCE for span in self.all):
            return ""
        people = any(span.kind == v.PERSON for span in self.spans)
        found: dict[str, list[tuple[Bag, tuple[int, ...]]]] = {}
        for bag, places in self.known.lexicon.bags(self.words, range(len(self.words))):
            if bag.kind == v.POINT and self._speaks(bag.name, people, nation):
                found.setdefault(bag.name, []).append((bag, places))
        asked = self._asked_for()
        fits: list[tuple[int, int, str, set[int]]] = []
        for name, bags in found.items():
            own = {index for _, places in bags for index in places}
            if self.book.data["points"][name].get("whatever") or not self._beyond(asked, own):
                tells, words = max(
                    (sum(stem not in self.known.light for stem in bag.stems), len(bag.stems)) for bag, _ in bags
                )
                fits.append((tells, words, name, own))
        if not fits:
            return ""
        _, _, name, own = max(fits, key=lambda one: one[:2])
        self.used.update(own)
        return name

    def _speaks(self, name: str, people: bool, nation: str) -> bool:
        """Whether a point speaks of such a question at all: of its people, its day and its nation."""
        point = self.book.data["points"][name]
        if (people and point.get("alone")) or (self.day is not None and self.day.iso < point["from"]):
            return False
        nations = {
            place
            for entry in point["law"]
            for place in (entry.get("extent") or self.book.data["provisions"][entry["provision"]]["extent"])
        }
        return (nation or self.book.data["assumes"]["nation"]) in nations

    def _asked_for(self) -> set[int]:
        """The places of the words that say what is done, and by which way."""
        ways = {index for span in self.spans if span.kind == v.WAY for index in span.places}
        deeds = {index for index in range(len(self.words)) if self._deed(index)}
        who = {index for span in self.spans if span.kind in (v.PERSON, v.OTHER) for index in span.places}
        return (ways | deeds) - who - self._qualifiers()

    def _beyond(self, asked: set[int], own: set[int]) -> list[str]:
        """Telling words of what is asked for that are none of a point's own."""
        stems = {stem for index in own for stem in self.words[index].stem if stem}
        return [
            self.words[index].text
            for index in sorted(asked - own)
            if not self._common(index)
            and not stems.intersection(self.words[index].stem)
            and not all(stem in self.known.light for stem in self.words[index].stem)
        ]

    # In which case

    def _circumstances(self, act: str, medicine: str) -> dict[str, str]:
        facts: dict[str, str] = {}
        for span in self.spans:
            if span.kind == v.FACT:
                item = self.known.own["facts"][int(span.name)]
                self.used.update(span.places)
                if "fact" in item:
                    facts[item["fact"]] = item["value"]
        known = self.book.items("medicines").get(medicine, {}).get("facts", {})
        if act in self.known.own["giving"].values() and known.get("medicine.radioactive") is False:
            taken = {index for span in self.spans if span.kind == v.MEDICINE for index in span.places}
            found = longest(
                span for span in self.beside if span.kind == v.EXAMINATION and not taken.intersection(span.places)
            )
            if found:
                facts["in-connection-with"] = found[0].name
                self.used.update(index for span in found for index in span.places)
        return facts

    # What is left

    def _rough(self) -> Iterator[str]:
        if self.day and self.day.rough:
            yield f"“{self.text[self.day.start : self.day.end].strip()}” as {day_words(self.day.iso)}"

    def _left(self) -> list[Word]:
        missing = [span for span in self.all if span.kind == v.WITHOUT]
        known = {index for span in (*self.spans, *self.beside, *missing) for index in span.places} | self.used
        said = {stem for index in self.used for stem in self.words[index].stem if stem}
        return [
            word
            for index, word in enumerate(self.words)
            if index not in known
            and not said.intersection(word.stem)
            and (word.text not in self.known.chatter or self._deed(index))
            and not word.text.isdecimal()
        ]

    def _ignored(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word.wrote for word in self._left() if len(word.text) > 1))

    def _refused(self, meant: str, who: object, meaning: _Meaning | None) -> str:
        """Why this is no question of the kind; empty where it is one."""
        abroad = next((span.name for span in self.spans if span.kind == v.ABROAD), "")
        if abroad and not any(span.kind == v.NATION for span in self.spans):
            return f"It is about {abroad}, whose law the lawbook does not hold."
        if any(span.kind == v.ADVICE for span in self.all):
            return "It asks for advice about somebody's own care, and not what the law lets somebody do."
        outside = self._meant(None, "", "")
        if outside is not None and outside.kind == v.OUTSIDE and not self._title():
            return str(self.known.own["outside"][int(outside.name)]["says"])
        if not meant or not (who or any(span.kind in (v.ASKING, v.OTHER, v.PROTECTED, v.WHETHER) for span in self.all)):
            return "" if not meant else "It does not ask what somebody may do."
        left = self._left()
        strange = [word for word in left if word.wrote in self.strange]
        if not who and strange and not any(span.kind == v.OTHER for span in self.spans):
            return f"I do not know who or what is meant by “{strange[0].wrote}”."
        verbs = {self.words[span.last + 1].wrote for span in self.spans if self._does(span)}
        gives = self.known.lexicon.stems(" ".join(self.known.own["gives"]))
        if meaning is not None and not strange:  # to give what is a task of its own is to do it (a bubble study)
            verbs -= {word.wrote for word in left if not gives.isdisjoint(word.stem)}
        verbs |= self._undone(meaning, strange, left)
        if meaning is not None and meaning.kind in (v.ACT, v.GIVES) and (thing := self._thing(meant, meaning)):
            return f"I do not know what is meant by “{thing}”, and so not what is asked."
        deed = next((word for word in left if word.wrote in verbs), None)
        return f"I do not know what is meant by “{deed.wrote}”, and so not what is asked." if deed else ""

    def _thing(self, act: str, meaning: _Meaning) -> str:
        """What stands after `a`, behind a word for giving or prescribing, and is no medicine: a holiday is not prescribed."""
        medicine = any(span.kind in (v.MEDICINE, v.BY_CONTEXT, v.OTHER_MEDICINE) for span in self.spans)
        talk = medicine and any(
            word.text in ("on", "about") and self.words[index - 2].text in ("a", "an")
            for index, word in enumerate(self.words[2:], 2)
        )
        if (medicine and not talk) or act not in self.known.own["of-medicines"]:
            return ""
        known = {index for span in (*self.spans, *self.beside) for index in span.places} | self.used
        forms = self.known.own["forms-of-medicines"]
        return next((
            word.wrote
            for index, word in enumerate(self.words)
            if index > min(meaning.places) and self.words[index - 1].text in ("a", "an") and index not in known
            and not self._common(index) and word.text not in forms
        ), "")  # fmt: skip

    def _undone(self, meaning: _Meaning | None, strange: Iterable[Word], left: Iterable[Word]) -> set[str]:
        """Words that say what is done and are not of what was understood, where that says nothing of what is done: a camera
        that is to be tested is not understood by taking images with it. What is given and nobody knows counts too."""
        if meaning is None or meaning.kind not in (v.TASK, v.SYNONYM) or any(self._deed(at) for at in meaning.places):
            return set()
        gives = self.known.lexicon.stems(" ".join(self.known.own["gives"]))
        given = {word.wrote for word in strange} if any(not gives.isdisjoint(word.stem) for word in left) else set()
        return given | {
            word.wrote
            for word in left
            if gives.isdisjoint(word.stem) and not self.known.deeds.isdisjoint(word.stem)
        }  # fmt: skip

    def _does(self, person: Span) -> bool:
        """Whether the word after a person is what the person is to do (may a technologist vet requests), and no adverb."""
        after = person.last + 1
        asked_later = any(span.kind == v.ASKING and span.first > person.last for span in self.all)
        return (
            person.kind == v.PERSON
            and after < len(self.words)
            and not self.words[after].text.endswith("ly")
            and not asked_later
            and self._asked(person)
        )

    def _offers(self) -> tuple[str, ...]:
        people = [span.name for span in self.spans if span.kind == v.PERSON and v.OPEN not in span.name]
        return tuple(one.name for one in self._near(self._usable(), people[0] if people else "")[:_OFFERS])
