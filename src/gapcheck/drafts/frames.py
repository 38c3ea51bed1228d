"""What a sentence says of the law: who may, may not, must be registered, or may do something only in one way."""

from __future__ import annotations

import re
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
    NOT_REGULATED,
    NOT_WITHOUT,
    ONLY_BY,
    ONLY_THESE,
    REGULATED,
    Assertion,
)
from gapcheck.drafts import cues as c
from gapcheck.drafts.cues import SaidOf
from gapcheck.drafts.deeds import Deed, by_way, deeds_of, without
from gapcheck.drafts.guards import reason
from gapcheck.drafts.marked import Marked, NamedPeople

NO_WHO = "it does not say of whom"
NO_ACT = "its words could not be put into an act that the lawbook knows"
_DEMAND = "it may be a demand: no law registers these people today"
_EMPLOYERS = "it speaks of what employers may ask for, and what may come of it"
_SOME = "it speaks of some of these people, and not of all"
_EXAMPLE = frozenset(("eg", "example", "such", "or", "including"))
_BY = frozenset(("by",))
_COPULA = frozenset(("is", "are", "remain", "remains", "not", "no", "never"))
_HAS = frozenset(("has", "have"))
_NO = frozenset(("not", "no", "never", "nor", "neither", "without", "isn", "aren", "unprotected"))
_MODAL = frozenset(("can", "may", "is", "are"))
_BEING = frozenset(("as", "be", "become", "becoming", "being"))
_EMPTY = 1  # words after a verb that leave its object to the clause before


@dataclass
class Memory:
    """What the sentences before in one paragraph leave to be understood: of whom they spoke last, the medicine, their words."""

    who: SaidOf | None = None
    medicine: str = ""
    about: str = " "
    law: bool = False  # whether the sentence before stated law
    deeds: tuple[Deed, ...] = ()  # what it said last that people may or may not do
    date: str = ""  # the day since which something was said to be so
    way: str = ""  # the route that was named last
    seen: frozenset[int] = frozenset()  # groups of words of points of law
    aliases: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


class Frame(NamedTuple):
    """One thing that a sentence says: of whom, what, and of which acts; `unsure`: why it is not judged; `registered`: of those
    of them who are on these voluntary registers, or on none (); None where it speaks of them as they ordinarily are."""

    who: SaidOf | None
    says: str
    deeds: tuple[Deed, ...]
    verb: int
    unsure: str = ""
    registered: tuple[str, ...] | None = None


def frames_of(marked: Marked, memory: Memory) -> list[Frame]:
    """Everything that a sentence says of the law, in order."""
    return _Reader(marked, memory).read()


class _Reader:
    def __init__(self, marked: Marked, memory: Memory) -> None:
        self.marked, self.memory = marked, memory
        self.about = f"{memory.about}{marked.text_of(0, len(marked.words) - 1)} "
        self.subject: SaidOf | None = next((one.who for one in marked.people if not one.who.anyone), None)
        self.frames: list[Frame] = []

    def read(self) -> list[Frame]:
        marked = self.marked
        for clause in marked.clauses:
            here: list[Frame] = [*self._titles(clause), *self._regulated(clause)]
            here += [*self._needed(clause), *self._prevented(clause), *self._extends(clause)]
            for span in self._verbs(clause) if not here else ():
                here += self._verb(span, clause)
            if not here:
                here += [*self._roles(clause), *self._free(clause), *self._employers(clause)]
            self.frames += [*here, *self._only_of(clause)]
        self.frames += list(self._opened())
        return [self._guarded(one) for one in self.frames]

    def _guarded(self, frame: Frame) -> Frame:
        why = reason(self.marked, frame.verb, self._end(frame.verb), may=frame.says == MAY) or frame.unsure
        return frame._replace(unsure=why) if why else frame

    def _end(self, verb: int) -> int:
        return max([one.last for one in self.marked.spans if one.first == verb and one.kind != c.GUARD], default=verb)

    # Verbs

    def _verbs(self, clause: range) -> list[Span]:
        found = [one for one in self.marked.modals if one.first in clause]
        must = next((one.first for one in found if one.kind == c.MUST), len(self.marked.words))
        return [one for one in found if one.first <= must or not self._after_before(one)]

    def _after_before(self, span: Span) -> bool:
        """Whether a verb says before what something has to be: registered before they may."""
        return "before" in {word.text for word in self.marked.words[max(0, span.first - 3) : span.first]}

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
        if marked.neither.intersection(range(clause.start, span.first)):
            if negative:
                return self._unsure(span, clause, NO_ACT)
            negative = True
        if negative and self._employer(clause):
            return []
        agent = self._agent(after)
        who = self._who(span, clause) if agent is None else agent
        if marked.text_of(span.first, span.last) in marked.cues.own["before-people"]:
            if marked.within(range(clause.start, span.first), c.EMPLOYERS):
                return []  # what an employer lets people do is no law
            who = next((one.who for one in marked.people if one.first in after), who)
            if not negative and (by := self._by_source(range(clause.start, span.first), self._deeds(after, who))):
                return self._frame(who, MAY, by, span)
            if not self._deeds(after, who):  # what it is about may stand before: directions are closed to them
                deeds = self._deeds(range(clause.start, span.first), who)
                return self._frame(who, MAY_NOT if negative else MAY, deeds, span) if deeds else []
        registration = self._of_registration(span, clause, who, negative)
        if registration is not None:
            return registration
        deeds = self._done(span, clause, who, negative)
        if negative and deeds and all(one.routes for one in deeds) and self._without(after):
            return self._frame(who, ONLY_BY, deeds, span)
        text = marked.text_of(after.start, after.start + 1)
        if not deeds or (not agent and (text.split(" ")[0] == "be" or text == "only be")):
            law = negative or bool(marked.within(clause, c.REMOVED, c.UNREGISTERED))
            return self._unsure(span, clause, NO_ACT) if law else []
        only = marked.within(range(max(clause.start, span.first - 12), min(span.last + 3, clause.stop)), c.ONLY)
        if only and not negative:
            return self._only(span, clause, who, deeds, only)
        if not negative:  # that some hold such posts is no statement of what is asked
            deeds = tuple(one for one in deeds if not one.by)
        return self._frame(who, MAY_NOT if negative else MAY, deeds, span) if deeds else []

    def _by_source(self, before: range, deeds: tuple[Deed, ...]) -> tuple[Deed, ...]:
        """Acts that a provision which is a way by itself is said to allow: by that way, where it is one to each of them."""
        ways = [self.marked.cues.own["ways"][int(one.name)] for one in self.marked.within(before, c.WAY)]
        acts = self.marked.cues.book.data["acts"]
        if not ways or any(one.routes or ways[0]["route"] not in acts[one.act]["routes"] for one in deeds):
            return ()
        return tuple(replace(one, routes=(ways[0]["route"],)) for one in deeds)

    def _of_registration(self, span: Span, clause: range, who: SaidOf | None, negative: bool) -> list[Frame] | None:
        """What a verb says of registration: what may not be done without it, or may. None where it speaks of none."""
        marked = self.marked
        after = self._object(span, clause)
        nobody = not negative and marked.within(range(clause.start, span.first), c.NOBODY)
        if (negative or nobody) and marked.within(after, c.WITHOUT_WAY):
            return self._frame(SaidOf(anyone=True) if nobody else who, NOT_WITHOUT, self._deeds(after, who, True), span)
        if negative:
            return None
        if marked.within(after, c.PRACTISE) and (gone := self._removed(clause)):
            deeds = self._practise(gone, after.start)
            return [Frame(gone, NEEDS_NO_REGISTRATION, deeds, span.first, "" if deeds else NO_ACT)]
        free = marked.within(range(span.first, clause.stop), c.UNREGISTERED)
        if not free:
            return None
        if self._thing(free[0].last):
            return self._unsure(span, clause, NO_ACT)
        deeds = self._led(after, self._deeds(after, who))
        if not deeds and (free[0].first - span.last <= 2 or marked.within(clause, c.PRACTISE)):
            deeds = self._practise(who)
        return self._frame(who, NEEDS_NO_REGISTRATION, deeds, span)

    def _done(self, span: Span, clause: range, who: SaidOf | None, negative: bool) -> tuple[Deed, ...]:
        """The acts of a verb: those that follow it, or stand before it where it is in the passive or leaves them to be understood."""
        after = self._object(span, clause)
        deeds = self._done_without(after, self._led(after, self._deeds(after, who)), negative)
        if not deeds and self._agent(after) is not None:
            deeds = self._deeds(range(clause.start, span.first), who)
        empty = len([one for one in after if self.marked.words[one].text != "legally"]) <= _EMPTY
        if not deeds and (so := self.marked.within(after, c.SO_DONE)) and so[0].first == after.start:
            deeds = next((one.deeds for one in reversed(self.frames) if one.deeds), self.memory.deeds)
        if negative and not deeds and empty:
            deeds = next((one.deeds for one in reversed(self.frames) if one.deeds), ())
        return deeds

    def _removed(self, clause: range) -> SaidOf | None:
        """Those who are said to have been removed from an accredited register, where it comes to one act for them to practise."""
        marked = self.marked
        data = marked.cues.book.data
        named = {one.name for one in marked.within(clause, v.REGISTER)}
        said = {marked.words[place].text for place in clause}
        if "removed" not in said or not (named or said & {"voluntary", "accredited"}):
            return None
        acts = marked.cues.practise
        who = [
            key
            for key, item in data["professions"].items()
            if key in acts and item.get("accredited") and not item["registers"]
        ]
        who = [key for key in who if named <= set(data["professions"][key]["accredited"])]
        return SaidOf(tuple(who)) if who else None

    def _without(self, places: range) -> set[str]:
        """The ways that something is said to be done without, or not done without."""
        ways = self.marked.cues.own["ways"]
        found = [one for one in self.marked.within(places, c.WAY) if without(self.marked, one)]
        return {ways[int(one.name)]["route"] for one in found if "of" not in ways[int(one.name)]}

    def _done_without(self, places: range, deeds: tuple[Deed, ...], negative: bool) -> tuple[Deed, ...]:
        """Acts done without a way are done by any other; what may not be done without one may be done by it alone."""
        left = self._without(places)
        acts = self.marked.cues.book.data["acts"]
        if not left or any(one.routes for one in deeds):
            return deeds
        return tuple(
            replace(
                one,
                routes=tuple(sorted(left))
                if negative
                else tuple(way for way in acts[one.act]["routes"] if way not in left),
            )
            for one in deeds
            if left.issubset(acts[one.act]["routes"])
        )

    def _only(
        self, span: Span, clause: range, who: SaidOf | None, deeds: tuple[Deed, ...], only: Sequence[Span]
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

    def _exclusive(self, who: SaidOf | None, deeds: tuple[Deed, ...], span: Span) -> list[Frame]:
        if who is None or who.anyone:
            return [Frame(who, ONLY_THESE, deeds, span.first, NO_WHO)]
        if who.registered:
            return self._frame(SaidOf(anyone=True), NOT_WITHOUT, deeds, span)
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
        linked = [
            one.last for one in marked.modals if one.first in after and one.first > last and self._after_before(one)
        ]
        rest = range((linked[0] if linked else last) + 1, after.stop)
        deeds = self._led(rest, self._deeds(rest, who, True)) or self._deeds(range(clause.start, span.first), who)
        deeds = deeds or self._of_role(who)
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

    def _registrable(self, who: SaidOf) -> bool:
        data = self.marked.cues.book.data["professions"]
        return who.registered or any(data[one]["registers"] for one in who.professions)

    def _need_not(self, span: Span, clause: range, after: range) -> list[Frame]:
        marked = self.marked
        if not marked.within(after, c.REGISTRATION, v.REGISTER) and not marked.within(
            range(clause.start, span.first), c.REGISTRATION
        ):
            return []
        who = self._who(span, clause) or next((one.who for one in marked.people if one.first in after), None)
        deeds = self._deeds(after, who, True) or self._of_role(who)
        asked = marked.within(after, c.REGISTRATION, v.REGISTER)
        if not deeds and asked and asked[-1].last >= after.stop - 2:
            deeds = self._practise(who)
        return self._frame(who, NEEDS_NO_REGISTRATION, deeds, span)

    def _of_role(self, who: SaidOf | None) -> tuple[Deed, ...]:
        """The act that makes a name of those who are spoken of."""
        return (Deed(who.role),) if who is not None and who.role else ()

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
            who = named[0] if named and not named[0].register else SaidOf(anyone=True)
            deeds = self._led(after, self._deeds(after, who, True))
            none = "no" in {marked.words[place].text for place in before}
            yield from self._frame(who, NEEDS_NO_REGISTRATION if none else NOT_WITHOUT, deeds, span)

    def _prevented(self, clause: range) -> Iterator[Frame]:
        """What the law, or nothing in it, is said to keep people from."""
        marked = self.marked
        for span in marked.within(clause, c.PREVENTS):
            named = [one for one in marked.people if 0 < one.first - span.last <= 4]
            end = named[0].last + 1 if named else clause.stop
            near = range(end, min(end + 3, clause.stop))
            kept = next((place for place in near if marked.words[place].text == "from"), 0)
            law = marked.within(range(clause.start, span.first), c.SOURCES, c.REGISTRATION)
            if not kept or not law or len(named) > 1:
                continue
            after, who = range(kept + 1, clause.stop), named[0].who
            denied = bool(marked.within(range(clause.start, span.first), c.NOTHING)) or any(
                marked.words[place].text in _NO for place in range(max(clause.start, span.first - 2), span.first)
            )
            yield from self._frame(who, MAY if denied else MAY_NOT, self._led(after, self._deeds(after, who)), span)

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
                yield Frame(SaidOf(anyone=True), MAY_NOT, (Deed(act),), cannot[0].first)

    def _titles(self, clause: range) -> Iterator[Frame]:
        """Titles that are said to be protected, or not."""
        marked = self.marked
        spans = marked.within(clause, c.PROTECTED, c.OPEN_TITLE)
        if not spans or not marked.within(clause, c.TITLE_WORDS):
            return
        span = spans[0]
        open_ = span.kind == c.OPEN_TITLE
        after = marked.words[span.last + 1].text if span.last + 1 < len(marked.words) else ""
        if open_ and after in marked.cues.own["restricting"]:
            return
        before = [one for one in marked.people if one.first in clause and one.last < span.first and one.who.professions]
        if not before:
            return
        main = before[-1]
        between = {marked.words[place].text for place in range(main.last + 1, span.last + 1)}
        if not between & (_MODAL if open_ else _COPULA | _HAS) and span.first != main.last + 1:
            return
        if open_ and between & _NO:
            return
        none = "none" in {marked.words[place].text for place in range(clause.start, before[0].first)}
        denied = open_ or none or bool(between & _NO)
        unlike = marked.within(range(clause.start, main.first), c.UNLIKE)
        others = [one for one in before[:-1] if unlike and one.first > unlike[0].last]
        listed = [] if unlike else [one for one in before[:-1] if main.first - one.last <= 12]
        for one in (main, *listed):
            yield self._title(one, denied, span.first)
        for one in others:
            yield self._title(one, not denied, span.first)

    def _regulated(self, clause: range) -> Iterator[Frame]:
        """People that are said to be on a statutory register, or on none."""
        marked, own = self.marked, self.marked.cues.own
        for span in marked.within(clause, c.REGULATED, c.UNREGULATED)[:1]:
            before = [one for one in marked.people if clause.start <= one.first and one.last < span.first]
            people = self._named_before(span, clause) if before else []
            if not people or any(one.who.register or not one.who.professions for one in people):
                continue
            between = [marked.words[place].text for place in range(people[-1].last + 1, span.first)]
            copula = next((at for at, word in enumerate(between) if word in own["being"]), None)
            if copula is None or not set(between) <= {*own["being"], *own["beside-regulated"], "has", "have"}:
                continue
            after = marked.within(range(span.first, clause.stop), v.REGISTER)
            register = after[0].name if after and after[0].first - span.last <= 3 else ""
            if not register and marked.text_of(span.last, span.last) in ("by", "with", "of"):
                continue
            no = (span.kind == c.UNREGULATED) != bool(set(between) & _NO)
            who = SaidOf(tuple(dict.fromkeys(name for one in people for name in one.who.professions)))
            if self._quantified(span):
                yield Frame(who, NOT_REGULATED if no else REGULATED, (), span.first, _SOME)
            else:
                yield Frame(who, NOT_REGULATED if no else REGULATED, (Deed("", (), register),), span.first)

    def _title(self, person: NamedPeople, free: bool, verb: int) -> Frame:
        facts = {"title": self._title_of(person), "title-implies-registration": False}
        been = "been" in {word.text for word in self.marked.words[person.last : verb]}
        date = since(self.marked) or (self.memory.date if self.marked.of(c.SAME_DAY) else "") if been else ""
        deed = Deed(str(self.marked.cues.asked.own["title-act"]), facts=facts, date=date)
        return Frame(SaidOf(anyone=True), NEEDS_NO_REGISTRATION if free else NOT_WITHOUT, (deed,), verb)

    def _title_of(self, person: NamedPeople) -> str:
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
            if span.first and marked.words[span.first - 1].text == "from":
                continue  # kept from acting as one
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
            deeds = deeds or self._by_the_way(range(clause.start, span.first))
            if who is not None and deeds:
                yield from self._exclusive(who, tuple(deeds), span)

    def _by_the_way(self, places: range) -> tuple[Deed, ...]:
        """What is done by the way that was named last, where these words point back to it."""
        leans = any(self.marked.words[place].text in self.marked.cues.own["leaning"] for place in places[:3])
        if not leans or not self.memory.way or self.marked.within(places, c.WAY):
            return ()
        return tuple(by_way(self.marked, places, self.memory.way, ""))

    def _extends(self, clause: range) -> Iterator[Frame]:
        """To which medicines a way is said to extend, or not."""
        marked = self.marked
        for span in marked.within(clause, c.EXTENDS, c.EXTENDS_NOT)[:1]:
            before = range(clause.start, span.first)
            after = range(span.last + 1, clause.stop)
            named = [one for one in marked.within(after, v.MEDICINE) if one.first - span.last <= 3]
            ways = [marked.cues.own["ways"][int(one.name)] for one in marked.within(before, c.WAY)]
            way = (
                ways[0]["route"]
                if ways and "of" not in ways[0]
                else self.memory.way
                if self._by_the_way(before)
                else ""
            )
            if not named or not way:
                continue
            deeds = tuple(by_way(marked, after, way, named[0].name))
            says = MAY_NOT if span.kind == c.EXTENDS_NOT else MAY
            yield from self._frame(SaidOf(anyone=True), says, deeds, span)

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

    def _named_before(self, span: Span, clause: range) -> list[NamedPeople]:
        """The people named before a verb in its clause, those of the last list of them."""
        first = self._verbs(clause)[0].first if self._verbs(clause) else span.first
        end = min(first, span.first)  # people after an earlier verb are what it is about
        found = [
            one for one in self.marked.people if clause.start <= one.first and one.last < end and not self._other(one)
        ]
        lists: list[list[NamedPeople]] = []
        for one in reversed(found):
            if lists and self._joined(one, lists[-1][0]):
                lists[-1].insert(0, one)
            else:
                lists.append([one])
        return next((one for one in lists if not self._object_of_preposition(one[0])), [])

    def _object_of_preposition(self, person: NamedPeople) -> bool:
        """Whether a preposition before people says that they are not those of whom the verb speaks: with radiographers."""
        if self._excepted(person):
            return False
        words = self.marked.words
        before = [words[place].text for place in range(max(0, person.first - 2), person.first)]
        before = before[:-1] if before and before[-1] in ("a", "an", "the", "other") else before
        return bool(before) and before[-1] in self.marked.cues.own["prepositions"]

    def _other(self, person: NamedPeople) -> bool:
        before = {word.text for word in self.marked.words[max(0, person.first - 2) : person.first]}
        as_such = ("as" in before and person.who.register) or (_BEING & before and person.who.role)
        if self._excepted(person):
            return False
        return bool(as_such) or any(one.last == person.first - 1 for one in self.marked.of(v.NOT_PERSON))

    def _excepted(self, person: NamedPeople) -> bool:
        """Whether people are those who alone are meant: no one other than a nurse."""
        return any(0 < person.first - one.last <= 2 for one in self.marked.of(c.ONLY))

    def _joined(self, first: NamedPeople, second: NamedPeople) -> bool:
        words = {self.marked.words[place].text for place in range(first.last + 1, second.first)}
        return words <= {"and", "or", "both", "the", "a", "an", "as", "well", "nor", "neither"}

    def _who(self, span: Span, clause: range) -> SaidOf | None:
        """Of whom a verb speaks: those named before it in its clause, or whom a pronoun stands for."""
        marked = self.marked
        named = self._named_before(span, clause)
        pronouns = [one for one in marked.of(c.PRONOUNS) if clause.start <= one.first and one.last < span.first]
        if named and not (pronouns and pronouns[-1].first > named[-1].last):  # the nearer speaks
            groups = [one.who for one in named]
            if len(groups) == 1:
                return groups[0]
            professions = tuple(dict.fromkeys(one for who in groups for one in who.professions))
            return None if any(who.anyone or who.registered for who in groups) else SaidOf(professions)
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

    def _meant(self, pronoun: Span) -> SaidOf | None:
        before = [
            one
            for one in self.marked.people
            if one.last < pronoun.first and not one.who.anyone and not one.who.register
        ]
        return before[0].who if before else self.memory.who

    def _relative(self, which: Span) -> SaidOf | None:
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
        return SaidOf(tuple(dict.fromkeys(name for one in kept for name in one.who.professions)))

    def _agent(self, after: range) -> SaidOf | None:
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

    def _deeds(self, places: range, who: SaidOf | None, practise: bool = False) -> tuple[Deed, ...]:
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

    def _practise(self, who: SaidOf | None, place: int = 0) -> tuple[Deed, ...]:
        """What it comes to for these people to practise, where it comes to one act for all of them."""
        acts = {self.marked.cues.practise.get(one, "") for one in who.professions} if who else set()
        return (Deed(acts.pop(), places=(place, place)),) if len(acts) == 1 and "" not in acts else ()

    def _frame(self, who: SaidOf | None, says: str, deeds: Sequence[Deed], span: Span) -> list[Frame]:
        if not deeds:
            return [Frame(who, says, (), span.first, NO_ACT)]
        if who is not None and (self._quantified(span) or self._restricted(span)):
            return [Frame(who, says, tuple(deeds), span.first, _SOME)]
        if who is None:
            return [Frame(who, says, tuple(deeds), span.first, NO_WHO)]
        registered = () if self._bare(span) else self._voluntary(*self._added(span)) or None
        unsure = _SOME if registered is not None and says not in (MAY, MAY_NOT, ONLY_BY) else ""
        return [Frame(who, says, tuple(deeds), span.first, unsure, registered)]

    def _quantified(self, span: Span) -> bool:
        """Whether a verb is said of some of the people before it, and not of all."""
        marked = self.marked
        clause = marked.clause_of(span.first)
        before = [one for one in marked.people if clause.start <= one.first < span.first]
        return any(
            -1 <= one.first - some.last - 1 <= 3 and some.first < one.first
            for one in before
            for some in marked.within(range(clause.start, span.first), c.QUANTIFIERS)
            if not any(only.first <= some.first <= only.last for only in marked.of(c.ONLY, c.NOBODY))
        )

    def _restricted(self, span: Span) -> bool:
        """Whether more is said of the people before a verb than their name, so that it does not speak of all of them."""
        marked = self.marked
        named, between = self._added(span)
        if not named or self._bare(span) or self._own_register(named, between) or self._voluntary(named, between):
            return False
        said = [marked.words[place].text for place in between]
        if said and said[0] in marked.cues.own["finite"]:  # a predicate, and what it leads to
            led = next((at for at, word in enumerate(said) if word in ("that", "which", "who")), None)
            among = f" {' '.join(said[:led])} "
            listed = any(f" {one} " in among for one in marked.cues.own["among"]) and _NO.isdisjoint(said)
            return led is not None and not listed
        return bool(set(said) & set(marked.cues.own["restricting"])) and "," not in marked.between(
            named[-1].last, between.stop
        )

    def _added(self, span: Span) -> tuple[list[NamedPeople], range]:
        """The people before a verb, and what stands between the last of them and the verb."""
        clause = self.marked.clause_of(span.first)
        named = self._named_before(span, clause)
        end = min(one.first for one in (*self._verbs(clause), span))
        return named, range(named[-1].last + 1, end) if named else range(0)

    def _bare(self, span: Span) -> bool:
        """Whether a verb speaks of those people who are on no register."""
        marked = self.marked
        named, between = self._added(span)
        if not named:
            return False
        if any(one.last == named[0].first - 1 for one in marked.of(c.BARE)):
            return True
        said = {marked.words[place].text for place in between} - {
            marked.words[one].text for one in self._register_words(between)
        }
        own = marked.cues.own
        return bool(said & set(own["off"])) and said <= {*own["off"], *own["on-register"]}

    def _own_register(self, named: Sequence[NamedPeople], between: range) -> bool:
        """Whether what is added to the name of people is only that they are on the statutory register on which all of them are."""
        marked = self.marked
        data = marked.cues.book.data["professions"]
        known = self._register_words(between)
        said = {marked.words[place].text for place in between if place not in known}
        registers = {one.name for one in marked.within(between, v.REGISTER)}
        own = [{one["register"] for one in data[name]["registers"]} for who in named for name in who.who.professions]
        return (
            bool(said or known)
            and bool(own)
            and all(own)
            and said <= set(marked.cues.own["on-register"])
            and all(registers <= one for one in own)
        )

    def _voluntary(self, named: Sequence[NamedPeople], between: range) -> tuple[str, ...]:
        """The accredited registers, each open to all of these people, where what is added to their name is only that they are on
        them."""
        data, known = self.marked.cues.book.data["professions"], self._register_words(between)
        said = {self.marked.words[place].text for place in between if place not in known}
        registers = tuple(dict.fromkeys(one.name for one in self.marked.within(between, v.REGISTER)))
        open_to = [set(data[name].get("accredited", ())) for who in named for name in who.who.professions]
        fits = bool(open_to) and all({*registers} <= one for one in open_to)
        return registers if fits and said <= {*self.marked.cues.own["on-register"]} else ()

    def _register_words(self, places: range) -> set[int]:
        return {place for one in self.marked.within(places, v.REGISTER) for place in one.places}

    def _unsure(self, span: Span, clause: range, why: str) -> list[Frame]:
        return (
            [Frame(None, "", (), span.first, why)]
            if self._named_before(span, clause) or self.marked.of(c.REMOVED)
            else []
        )


_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SINCE = re.compile(rf"\b(?:since|from)\s+(\d{{1,2}})\s+({'|'.join(_MONTHS)})\s+(\d{{4}})", re.I)
_FLIPPED = {
    REGULATED: NOT_REGULATED,
    NOT_REGULATED: REGULATED,
    MAY: MAY_NOT,
    MAY_NOT: MAY,
    NOT_WITHOUT: NEEDS_NO_REGISTRATION,
    NEEDS_NO_REGISTRATION: NOT_WITHOUT,
}


def assertions(marked: Marked, frames: Sequence[Frame]) -> tuple[Assertion, ...]:
    """What frames that are sure assert."""
    nations = _nations(marked)
    found: dict[str, Assertion] = {}
    for frame in frames:
        says = frame.says
        if frame.verb in marked.mistaken:
            says = _FLIPPED.get(says, "")
        if frame.unsure or frame.who is None or not says:
            continue
        for deed in frame.deeds:
            if says in (REGULATED, NOT_REGULATED):
                for name in frame.who.professions:
                    found[f"{name} {says}"] = Assertion(
                        "", says, name, register=deed.medicine, nations=nations, date=since(marked)
                    )
                continue
            one = Assertion(
                deed.act,
                says,
                routes=deed.routes,
                medicine=deed.medicine,
                facts=dict(deed.facts),
                registered=frame.registered,
                nations=nations,
                date=deed.date,
                by=deed.by or LAW,
            )
            for whole in _of(frame.who, one):
                found[repr(whole)] = whole
    return tuple(found.values())


def since(marked: Marked) -> str:
    """The day since which something is said to be so, as an ISO date; "" where none is named."""
    found = _SINCE.search(marked.text)
    if not found:
        return ""
    month = _MONTHS.index(found[2].lower()) + 1
    return f"{found[3]}-{month:02d}-{int(found[1]):02d}"


def _of(who: SaidOf, item: Assertion) -> Iterator[Assertion]:
    if who.anyone or who.registered:
        yield item if who.anyone else replace(item, profession=ANYONE)
    elif item.says == ONLY_THESE or who.register:
        yield replace(item, professions=tuple(sorted(who.professions)))
    else:
        for profession in who.professions:
            yield replace(item, profession=profession)


def _nations(marked: Marked) -> tuple[str, ...]:
    """The nations in which the sentence says that something is so: each by its name or a place in it, several as one."""
    words, groups = marked.words, marked.cues.book.data["groups"]
    named = [
        one
        for one in marked.within(range(len(words)), v.NATION, c.NATIONS)
        if any(
            word.text in ("in", "within", "across", "and", "or") for word in words[max(0, one.first - 2) : one.first]
        )
    ]
    names = [name for one in named for name in (groups[one.name] if one.kind == c.NATIONS else [one.name])]
    certain = [name for name in dict.fromkeys(names) if v.OPEN not in name]
    return tuple(certain) if len(certain) == len(set(names)) else ()


__all__ = ["FRAMEWORK", "Frame", "Memory", "assertions", "frames_of"]
