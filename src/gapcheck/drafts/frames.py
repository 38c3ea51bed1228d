"""What a sentence says of the law: who may, may not, must be registered, or may do something only in one way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from gapcheck.ask import vocabulary as v
from gapcheck.ask.lexicon import Span
from gapcheck.claims.model import (
    ANYONE,
    FRAMEWORK,
    LAW,
    MAY,
    MAY_NOT,
    NEEDS_NO_REGISTRATION,
    NOT_WITHOUT,
    ONLY_BY,
    ONLY_THESE,
    Assertion,
)
from gapcheck.drafts import cues as c
from gapcheck.drafts.cues import Who
from gapcheck.drafts.deeds import Deed, deeds_of
from gapcheck.drafts.guards import reason
from gapcheck.drafts.marked import Marked, Named

NO_WHO = "it does not say of whom"
NO_ACT = "its words could not be put into an act that the lawbook knows"
_DEMAND = "it may be a demand: no law registers these people today"
_EMPLOYERS = "it speaks of what employers may ask for, and what may come of it"
_SOME = "it speaks of some of these people, and not of all"
_EXAMPLE = frozenset(("eg", "example", "such", "or", "including"))
_BY = frozenset(("by",))
_COPULA = frozenset(("is", "are", "remain", "remains", "not", "no", "never"))
_NO = frozenset(("not", "no", "never", "nor", "neither", "without", "isn", "aren", "unprotected"))
_EMPTY = 1  # words after a verb that leave its object to the clause before


@dataclass
class Memory:
    """What the sentences before in one paragraph leave to be understood: of whom they spoke last, the medicine, their words."""

    who: Who | None = None
    medicine: str = ""
    about: str = " "
    aliases: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


class Frame(NamedTuple):
    """One thing that a sentence says: of whom, what, and of which acts; `unsure`: why it is not judged."""

    who: Who | None
    says: str
    deeds: tuple[Deed, ...]
    verb: int
    unsure: str = ""


def frames_of(marked: Marked, memory: Memory) -> list[Frame]:
    """Everything that a sentence says of the law, in order."""
    return _Reader(marked, memory).read()


class _Reader:
    def __init__(self, marked: Marked, memory: Memory) -> None:
        self.marked, self.memory = marked, memory
        self.about = f"{memory.about}{marked.text_of(0, len(marked.words) - 1)} "
        self.subject: Who | None = next((one.who for one in marked.people if not one.who.anyone), None)
        self.frames: list[Frame] = []

    def read(self) -> list[Frame]:
        marked = self.marked
        for clause in marked.clauses:
            here: list[Frame] = list(self._titles(clause))
            here += self._needed(clause)
            for span in self._verbs(clause) if not here else ():
                here += self._verb(span, clause)
            if not here:
                here += [*self._roles(clause), *self._free(clause), *self._employers(clause)]
            self.frames += [*here, *self._only_of(clause)]
        self.frames += list(self._opened())
        return [self._guarded(one) for one in self.frames]

    def _guarded(self, frame: Frame) -> Frame:
        why = reason(self.marked, frame.verb, self._end(frame.verb)) or frame.unsure
        return frame._replace(unsure=why) if why else frame

    def _end(self, verb: int) -> int:
        return max([one.last for one in self.marked.spans if one.first == verb and one.kind != c.GUARD], default=verb)

    # Verbs

    def _verbs(self, clause: range) -> list[Span]:
        return [one for one in self.marked.modals if one.first in clause]

    def _object(self, span: Span, clause: range) -> range:
        later = [one.first for one in self._verbs(clause) if one.first > span.last]
        return range(span.last + 1, min([*later, clause.stop]))

    def _verb(self, span: Span, clause: range) -> list[Frame]:
        after = self._object(span, clause)
        if span.kind == c.MUST:
            return self._must(span, clause, after)
        if span.kind == c.NEED_NOT:
            return self._need_not(span, clause, after)
        return self._may(span, clause, after)

    def _may(self, span: Span, clause: range, after: range) -> list[Frame]:
        marked = self.marked
        negative = span.kind == c.NEGATIVE
        if negative and self._employer(clause):
            return []
        agent = self._agent(after)
        passive = after.start < after.stop and marked.words[after.start].text == "be" and not agent
        passive = passive or (marked.text_of(after.start, after.start + 1) == "only be" and not agent)
        who = self._who(span, clause) if agent is None else agent
        if marked.text_of(span.first, span.last) in marked.cues.own["before-people"]:
            who = next((one.who for one in marked.people if one.first in after), who)
            if not self._deeds(after, who):  # what it is about may stand before: directions are closed to them
                deeds = self._deeds(range(clause.start, span.first), who)
                return self._frame(who, MAY_NOT if negative else MAY, deeds, span) if deeds else []
        only = marked.within(range(max(clause.start, span.first - 12), min(span.last + 3, clause.stop)), c.ONLY)
        if marked.within(after, c.WITHOUT_WAY) and negative:
            return self._frame(who, NOT_WITHOUT, self._deeds(after, who, True), span)
        free = [] if negative else marked.within(range(span.first, clause.stop), c.UNREGISTERED)
        if free:
            if self._thing(free[0].last):
                return self._unsure(span, clause, NO_ACT)
            deeds = self._led(after, self._deeds(after, who))
            if not deeds and (free[0].first - span.last <= 2 or marked.within(clause, c.PRACTISE)):
                deeds = self._practise(who)
            return self._frame(who, NEEDS_NO_REGISTRATION, deeds, span)
        deeds = self._led(after, self._deeds(after, who))
        if agent is not None and not deeds:
            deeds = self._deeds(range(clause.start, span.first), who)
        if negative and not deeds and len([one for one in after if marked.words[one].text != "legally"]) <= _EMPTY:
            deeds = next((one.deeds for one in reversed(self.frames) if one.deeds), ())
        if passive or not deeds:
            law = negative or bool(marked.within(clause, c.REMOVED, c.UNREGISTERED))
            return self._unsure(span, clause, NO_ACT) if law else []
        if only and not negative:
            return self._only(span, clause, who, deeds, only)
        if not negative:
            deeds = tuple(
                one for one in deeds if not one.by
            )  # that some hold such posts is no statement of what is asked
        return self._frame(who, MAY_NOT if negative else MAY, deeds, span) if deeds else []

    def _only(
        self, span: Span, clause: range, who: Who | None, deeds: tuple[Deed, ...], only: Sequence[Span]
    ) -> list[Frame]:
        """What `only` denies: other ways, other people, or other roles."""
        marked = self.marked
        named = self._named_before(span, clause)
        before_who = bool(named) and any(one.last < named[0].first for one in only)
        if self._agent(range(span.last + 1, clause.stop)) or before_who:
            return self._exclusive(who, deeds, span)
        roles = marked.cues.own["roles"]
        if all(one.act in roles for one in deeds):
            others = tuple(Deed(act) for act in roles if act not in {one.act for one in deeds})
            return [*self._frame(who, MAY, deeds, span), *self._frame(who, MAY_NOT, others, span)]
        if any(one.routes for one in deeds):
            return self._frame(who, ONLY_BY, deeds, span)
        return self._unsure(span, clause, NO_ACT)

    def _exclusive(self, who: Who | None, deeds: tuple[Deed, ...], span: Span) -> list[Frame]:
        if who is None or who.anyone:
            return [Frame(who, ONLY_THESE, deeds, span.first, NO_WHO)]
        if who.registered:
            return self._frame(Who(anyone=True), NOT_WITHOUT, deeds, span)
        return self._frame(who, ONLY_THESE, deeds, span)

    def _must(self, span: Span, clause: range, after: range) -> list[Frame]:
        marked = self.marked
        who = self._who(span, clause)
        asked = min((one.first for one in marked.within(after, c.REGISTRATION)), default=after.stop)
        ways = [one for one in marked.within(after, c.WAY) if one.first < asked]  # else it is what registration is for
        if ways and not self._led(after, self._deeds(after, who)):
            return self._unsure(span, clause, NO_ACT)
        if (
            ways
            and _EXAMPLE.isdisjoint(marked.words[one].text for one in after)
            and "e.g" not in marked.between_words(after)
        ):
            return self._frame(who, ONLY_BY, self._deeds(after, who), span)
        registered = [(one.first, one.last) for one in marked.within(after, c.REGISTRATION, v.REGISTER)] or [
            (one.first, one.last)
            for one in marked.people
            if one.first in after and (one.who.registered or one.who.register)
        ]
        if not registered or not self._only_words(range(span.last + 1, registered[0][0]), "holding"):
            return []
        last = max(end for first, end in registered if first <= registered[0][1] + 3)
        if self._thing(last):
            return self._unsure(span, clause, NO_ACT)
        rest = range(last + 1, after.stop)
        deeds = self._led(rest, self._deeds(rest, who, True)) or self._deeds(range(clause.start, span.first), who)
        if not deeds:
            return self._unsure(span, clause, NO_ACT)
        if (
            who is not None
            and not who.anyone
            and not self._registrable(who)
            and "law" not in marked.text_of(0, clause.stop - 1).split()
        ):
            return [Frame(who, NOT_WITHOUT, deeds, span.first, _DEMAND)]
        return self._frame(who, NOT_WITHOUT, deeds, span)

    def _registrable(self, who: Who) -> bool:
        data = self.marked.cues.book.data["professions"]
        return who.registered or any(data[one]["registers"] for one in who.professions)

    def _need_not(self, span: Span, clause: range, after: range) -> list[Frame]:
        marked = self.marked
        if not marked.within(after, c.REGISTRATION, v.REGISTER) and not marked.within(
            range(clause.start, span.first), c.REGISTRATION
        ):
            return []
        who = self._who(span, clause) or next((one.who for one in marked.people if one.first in after), None)
        return self._frame(who, NEEDS_NO_REGISTRATION, self._deeds(after, who, True), span)

    # What stands without such a verb

    def _needed(self, clause: range) -> Iterator[Frame]:
        """Registration that is said to be needed for an act, of whomever it speaks: of anybody where nobody is named."""
        marked = self.marked
        for span in marked.within(clause, c.NEEDED)[:1]:
            before = range(clause.start, span.first)
            if not marked.within(before, c.REGISTRATION):
                continue
            after = range(span.last + 1, clause.stop)
            named = [one.who for one in marked.people if one.first in clause and one.who.professions]
            who = named[0] if named and not named[0].register else Who(anyone=True)
            deeds = self._led(after, self._deeds(after, who, True))
            none = "no" in {marked.words[place].text for place in before}
            yield from self._frame(who, NEEDS_NO_REGISTRATION if none else NOT_WITHOUT, deeds, span)

    def _employers(self, clause: range) -> Iterator[Frame]:
        """What employers are said not to be able to ask for."""
        marked = self.marked
        cannot = marked.within(clause, c.EMPLOYER_NEGATIVE)
        asked = marked.within(clause, c.EMPLOYERS)
        if asked and not cannot and marked.acts(clause, c.EMPLOYER_ACT):
            yield Frame(None, "", (), asked[0].first, _EMPLOYERS)
        if cannot and (marked.of(c.EMPLOYERS) or "mandate" in marked.text_of(cannot[0].first, cannot[0].last)):
            acts = {marked.cues.acts[int(bag.name)]["act"] for bag, _ in marked.acts(clause, c.EMPLOYER_ACT)}
            for act in sorted(acts):
                yield Frame(Who(anyone=True), MAY_NOT, (Deed(act),), cannot[0].first)

    def _titles(self, clause: range) -> Iterator[Frame]:
        """Titles that are said to be protected, or not."""
        marked = self.marked
        spans = marked.within(clause, c.PROTECTED)
        if not spans or not marked.within(clause, c.TITLE_WORDS):
            return
        span = spans[0]
        before = [one for one in marked.people if one.first in clause and one.last < span.first and one.who.professions]
        if not before:
            return
        main = before[-1]
        between = {marked.words[place].text for place in range(main.last + 1, span.last + 1)}
        if not between & _COPULA:
            return
        denied = bool(between & _NO)
        unlike = marked.within(range(clause.start, main.first), c.UNLIKE)
        others = [one for one in before[:-1] if unlike and one.first > unlike[0].last]
        listed = [] if unlike else [one for one in before[:-1] if main.first - one.last <= 12]
        for one in (main, *listed):
            yield self._title(one, denied, span.first)
        for one in others:
            yield self._title(one, not denied, span.first)

    def _title(self, person: Named, free: bool, verb: int) -> Frame:
        facts = {"title": self._title_of(person), "title-implies-registration": False}
        deed = Deed(str(self.marked.cues.asked.own["title-act"]), facts=facts)
        return Frame(Who(anyone=True), NEEDS_NO_REGISTRATION if free else NOT_WITHOUT, (deed,), verb)

    def _title_of(self, person: Named) -> str:
        """The title that a name of people is, in the singular."""
        written = self.marked.text_of(person.first, person.last)
        for one in person.who.professions:
            item = self.marked.cues.book.data["professions"][one]
            if written in (str(item["title"]).lower(), str(item["plural"]).lower()):
                return str(item["title"]).lower().replace(" ", "-")
        return written.removesuffix("s").replace(" ", "-")

    def _roles(self, clause: range) -> Iterator[Frame]:
        """Roles that people are said to have: act as operators."""
        marked = self.marked
        for span in marked.within(clause, c.ROLE_VERBS):
            who = self._who(span, clause)
            found = deeds_of(marked, range(span.first, clause.stop), self.about)
            deeds = tuple(one for one in found if one.act in marked.cues.own["roles"])
            if who is not None and who.professions and deeds:
                yield from self._frame(who, MAY, deeds, span)

    def _free(self, clause: range) -> Iterator[Frame]:
        """Registration that is said to be voluntary, or practice to go on without it."""
        marked = self.marked
        for span in marked.within(clause, c.FREE)[:1]:
            near = range(clause.start, min(span.last + 6, clause.stop))
            named = [one.who for one in marked.people if one.first in near and one.who.professions]
            who = named[0] if named else None
            yield from self._frame(who, NEEDS_NO_REGISTRATION, self._practise(who), span)

    def _only_of(self, clause: range) -> Iterator[Frame]:
        """What is said to be open only to some people; its act may stand in another clause."""
        marked = self.marked
        for span in marked.within(clause, c.ONLY_OF)[:1]:
            who = next((one.who for one in marked.people if one.first in clause and one.first > span.last), None)
            deeds = self._deeds(range(clause.start, span.first), who)
            if not deeds:
                later = range(clause.stop, len(marked.words))
                deeds = self._deeds(later, who) if marked.within(later, *(c.NEGATIVE, c.POSITIVE)) else ()
            if who is not None and deeds:
                yield from self._exclusive(who, tuple(deeds), span)

    def _opened(self) -> Iterator[Frame]:
        """What people are said to be able to do as registrants of a register: all whom it registers can, then."""
        marked = self.marked
        for one in marked.people:
            if not one.who.register or not one.first or marked.words[one.first - 1].text != "as":
                continue
            clause = marked.clause_of(one.first)
            for frame in list(self.frames):
                if frame.says == MAY and frame.verb in clause and frame.verb > one.last and not frame.unsure:
                    yield frame._replace(who=one.who)

    # Parts

    def _employer(self, clause: range) -> bool:
        return bool(self.marked.within(clause, c.EMPLOYER_NEGATIVE))

    def _named_before(self, span: Span, clause: range) -> list[Named]:
        """The people named before a verb in its clause, those of the last list of them."""
        first = self._verbs(clause)[0].first if self._verbs(clause) else span.first
        end = min(first, span.first)  # people after an earlier verb are what it is about
        found = [
            one for one in self.marked.people if clause.start <= one.first and one.last < end and not self._other(one)
        ]
        lists: list[list[Named]] = []
        for one in reversed(found):
            if lists and self._joined(one, lists[-1][0]):
                lists[-1].insert(0, one)
            else:
                lists.append([one])
        return next((one for one in lists if not self._object_of_preposition(one[0])), [])

    def _object_of_preposition(self, person: Named) -> bool:
        """Whether a preposition before people says that they are not those of whom the verb speaks: with radiographers."""
        words = self.marked.words
        before = [words[place].text for place in range(max(0, person.first - 2), person.first)]
        before = before[:-1] if before and before[-1] in ("a", "an", "the", "other") else before
        return bool(before) and before[-1] in self.marked.cues.own["prepositions"]

    def _other(self, person: Named) -> bool:
        as_registrants = person.who.register and person.first and self.marked.words[person.first - 1].text == "as"
        return bool(as_registrants) or any(one.last == person.first - 1 for one in self.marked.of(v.NOT_PERSON))

    def _joined(self, first: Named, second: Named) -> bool:
        words = {self.marked.words[place].text for place in range(first.last + 1, second.first)}
        return words <= {"and", "or", "both", "the", "a", "an", "as", "well"}

    def _who(self, span: Span, clause: range) -> Who | None:
        """Of whom a verb speaks: those named before it in its clause, or whom a pronoun stands for."""
        marked = self.marked
        named = self._named_before(span, clause)
        pronouns = [one for one in marked.of(c.PRONOUNS) if clause.start <= one.first and one.last < span.first]
        if named and not (pronouns and pronouns[-1].first > named[-1].last):  # the nearer speaks
            groups = [one.who for one in named]
            if len(groups) == 1:
                return groups[0]
            professions = tuple(dict.fromkeys(one for who in groups for one in who.professions))
            return None if any(who.anyone or who.registered for who in groups) else Who(professions)
        which = [one for one in marked.of(c.WHICH) if clause.start <= one.first and one.last == span.first - 1]
        if which and not named:
            return self._relative(which[0])
        if pronouns:
            earlier = [
                one for one in self.frames if one.who is not None and not one.who.anyone and one.says != ONLY_THESE
            ]
            return earlier[-1].who if earlier and not self._first(pronouns[-1]) else self._meant(pronouns[-1])
        return None

    def _first(self, pronoun: Span) -> bool:
        """Whether nobody is named before a pronoun in its sentence."""
        return not any(one.last < pronoun.first for one in self.marked.people)

    def _meant(self, pronoun: Span) -> Who | None:
        before = [
            one
            for one in self.marked.people
            if one.last < pronoun.first and not one.who.anyone and not one.who.register
        ]
        return before[0].who if before else self.memory.who

    def _relative(self, which: Span) -> Who | None:
        before = [one for one in self.marked.people if one.last < which.first]
        if not before or which.first - before[-1].last > 2:
            return None
        kept = [before[-1]]
        for one in reversed(before[:-1]):
            if not self._joined(one, kept[0]):
                break
            kept.insert(0, one)
        if len(kept) == 1:
            return kept[0].who
        return Who(tuple(dict.fromkeys(name for one in kept for name in one.who.professions)))

    def _agent(self, after: range) -> Who | None:
        """Who does it, of a verb in the passive: those named after `by`."""
        words = self.marked.words
        if after.start >= after.stop or "be" not in (
            words[after.start].text,
            words[min(after.start + 1, after.stop - 1)].text,
        ):
            return None
        for place in after:
            if words[place].text in _BY:
                named = next((one for one in self.marked.people if 0 < one.first - place <= 3), None)
                if named is not None:
                    return named.who
        return None

    def _deeds(self, places: range, who: Who | None, practise: bool = False) -> tuple[Deed, ...]:
        if titles := self.marked.within(places, v.TITLE):
            named = [one for one in self.marked.people if one.first - titles[0].last in (1, 2) and one.who.professions]
            facts = {"title": self._title_of(named[0]), "title-implies-registration": False} if named else {}
            ends = (titles[0].first, titles[0].last)
            return (Deed(str(self.marked.cues.asked.own["title-act"]), facts=facts, places=ends),) if named else ()
        found = tuple(deeds_of(self.marked, places, self.about, self._medicine()))
        work = self.marked.within(places, c.PRACTISE)
        led = bool(work) and not self._as(work[0]) and self._only_words(range(places.start, work[0].first), "holding")
        if not found and practise and (led or not self._content(places)):
            return self._practise(who, places.start)
        return found

    def _as(self, work: Span) -> bool:
        """Whether it says as what somebody works: that is about a title, and not about what is done."""
        words = self.marked.words
        return work.last + 1 < len(words) and words[work.last + 1].text == "as"

    def _medicine(self) -> str:
        """The medicine of the sentence before, where this one goes on about it: its people are a pronoun."""
        named = any(not one.who.anyone and not one.who.register for one in self.marked.people)
        return self.memory.medicine if self.marked.of(c.PRONOUNS) and not named else ""

    def _content(self, places: range) -> bool:
        function = self.marked.cues.book.data["wording"]["words"]["function"]
        known = {
            place
            for one in self.marked.of(c.REGISTRATION, v.REGISTER, c.UNREGISTERED, v.NATION)
            for place in one.places
        }
        return any(place not in known and self.marked.words[place].text not in function for place in places)

    def _led(self, after: range, deeds: tuple[Deed, ...]) -> tuple[Deed, ...]:
        """The acts, if nothing but small words stands between the verb and the first of them, and they are no names of things."""
        if not deeds or self._thing(max(one.places[1] for one in deeds)):
            return ()
        first = min(one.places[0] for one in deeds)
        return deeds if self._only_words(range(after.start, max(first, after.start)), "doing") else ()

    def _only_words(self, places: range, kind: str) -> bool:
        """Whether nothing stands at these places but small words, names that are known, and words of a list."""
        own = self.marked.cues.own
        function = self.marked.cues.book.data["wording"]["words"]["function"]
        named = (v.MEDICINE, v.BY_CONTEXT, c.MEDICINE_WORDS, v.REGISTER, v.EXAMINATION, v.INJECTION, v.NOT_INJECTION)
        known = {place for one in self.marked.of(*named) for place in one.places}
        known |= {place for one in self.marked.people for place in range(one.first, one.last + 1)}
        return all(
            place in known or self.marked.words[place].text in own[kind] or self.marked.words[place].text in function
            for place in places
        )

    def _thing(self, last: int) -> bool:
        """Whether the word after a place makes something else of the words before it: a registration fee."""
        words = self.marked.words
        return (
            last + 1 < len(words)
            and words[last + 1].text in self.marked.cues.own["things"]
            and "," not in self.marked.between(last, last + 1)
        )

    def _practise(self, who: Who | None, place: int = 0) -> tuple[Deed, ...]:
        """What it comes to for these people to practise, where it comes to one act for all of them."""
        acts = {self.marked.cues.practise.get(one, "") for one in who.professions} if who else set()
        return (Deed(acts.pop(), places=(place, place)),) if len(acts) == 1 and "" not in acts else ()

    def _frame(self, who: Who | None, says: str, deeds: Sequence[Deed], span: Span) -> list[Frame]:
        if not deeds:
            return [Frame(who, says, (), span.first, NO_ACT)]
        if who is not None and (self._quantified(span) or self._restricted(span)):
            return [Frame(who, says, tuple(deeds), span.first, _SOME)]
        return [Frame(who, says, tuple(deeds), span.first, "" if who is not None else NO_WHO)]

    def _quantified(self, span: Span) -> bool:
        """Whether a verb is said of some of the people before it, and not of all."""
        marked = self.marked
        clause = marked.clause_of(span.first)
        before = [one for one in marked.people if clause.start <= one.first < span.first]
        return any(
            -1 <= one.first - some.last - 1 <= 3 and some.first < one.first
            for one in before
            for some in marked.within(range(clause.start, span.first), c.QUANTIFIERS)
        )

    def _restricted(self, span: Span) -> bool:
        """Whether more is said of the people before a verb than their name, so that it does not speak of all of them."""
        marked = self.marked
        named = self._named_before(span, marked.clause_of(span.first))
        if not named:
            return False
        end = min(one.first for one in (*self._verbs(marked.clause_of(span.first)), span))
        between = range(named[-1].last + 1, end)
        bare = [one for one in marked.of(c.BARE) if one.last == named[0].first - 1]
        data = marked.cues.book.data["professions"]
        if bare and any(data[name]["registers"] for one in named for name in one.who.professions):
            return True
        said = {marked.words[place].text for place in between}
        return bool(said & set(marked.cues.own["restricting"])) and "," not in marked.between(named[-1].last, end)

    def _unsure(self, span: Span, clause: range, why: str) -> list[Frame]:
        return (
            [Frame(None, "", (), span.first, why)]
            if self._named_before(span, clause) or self.marked.of(c.REMOVED)
            else []
        )


def assertions(marked: Marked, frames: Sequence[Frame]) -> tuple[Assertion, ...]:
    """What frames that are sure assert."""
    nations = _nations(marked)
    found: dict[str, Assertion] = {}
    for frame in frames:
        if frame.unsure or frame.who is None:
            continue
        for deed in frame.deeds:
            one = Assertion(
                deed.act,
                frame.says,
                routes=deed.routes,
                medicine=deed.medicine,
                facts=dict(deed.facts),
                nations=nations,
                by=deed.by or LAW,
            )
            for whole in _of(frame.who, one):
                found[repr(whole)] = whole
    return tuple(found.values())


def _of(who: Who, item: Assertion) -> Iterator[Assertion]:
    if who.anyone or who.registered:
        yield item if who.anyone else replace(item, profession=ANYONE)
    elif item.says == ONLY_THESE or who.register:
        yield replace(item, professions=tuple(sorted(who.professions)))
    else:
        for profession in who.professions:
            yield replace(item, profession=profession)


def _nations(marked: Marked) -> tuple[str, ...]:
    words = marked.words
    names = [
        one.name
        for one in marked.within(range(len(words)), v.NATION)
        if any(
            word.text in ("in", "within", "across", "and", "or") for word in words[max(0, one.first - 2) : one.first]
        )
    ]
    certain = [name for name in dict.fromkeys(names) if v.OPEN not in name]
    return tuple(certain) if len(certain) == len(set(names)) else ()


__all__ = ["FRAMEWORK", "Frame", "Memory", "assertions", "frames_of"]
