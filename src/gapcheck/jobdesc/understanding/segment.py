"""The part of a sentence, between turns, in which a task stands, and what its cues say of the task."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gapcheck.jobdesc.understanding.matcher import Match
from gapcheck.jobdesc.understanding.passage import Passage, Sentence
from gapcheck.jobdesc.understanding.result import DESIRABLE, DUTY, ESSENTIAL
from gapcheck.jobdesc.understanding.scorecard import stem
from gapcheck.jobdesc.understanding.vocabulary import Mark

POST, SERVICE_NOUN = "post", "service"
_HAND = 5  # words from help to what it is with
_NEGATION_REACH = 9
_NEGATION_AFTER = 12
_OFFER_REACH = 18
_SUPERVISION_REACH = 14
_COUNT_REACH = 4
_WHO_REACH = 8
_PLAINLY = 7
_ACTED = 5


class Setting(NamedTuple):
    """What a sentence stands in. `zone`: by heading, column or lead-in (a kind, CONTACT or ""); `firm`: the layout itself
    says so; `about`: POST, SERVICE or ""; `lead`: the kind that the line leading its list gives, or ""."""

    zone: str
    firm: bool
    about: str
    lead: str


class Segment:
    """The part of a sentence, between turns, in which a task stands."""

    def __init__(self, passage: Passage, sentence: Sentence, first: int, last: int) -> None:
        self.passage, self.sentence, self.first, self.last = passage, sentence, first, last
        turns = passage.marked(sentence, "cue", "turn")
        self.start = max((item.last + 1 for item in turns if item.last < first), default=sentence.first)
        self.end = min((item.first - 1 for item in turns if item.first > last), default=sentence.last)

    def cues(self, *names: str) -> list[Match[Mark]]:
        """The cues of some names in the segment, without those that a longer exception of theirs holds."""
        return [
            item
            for item in self.passage.marked(self.sentence, "cue", *names)
            if self.start <= item.first and item.last <= self.end
        ]

    def near(self, name: str, reach: int) -> bool:
        """Whether a cue stands within reach, before or after."""
        return any(self._away(item) <= reach for item in self.cues(name))

    def _away(self, item: Match[Mark]) -> int:
        return max(self.first - item.last, item.first - self.last, 0)

    def negated(self) -> bool:
        """Whether a negation before the task, or after it, reaches it."""
        exceptions = self.passage.marked(self.sentence, "cue", "no-negation", "no-supervision")
        for item in self.cues("negation"):
            start = self.passage.starts[item.first]
            if self.passage.document.text[max(start - 1, 0) : start].isalpha():
                continue  # the end of a word: FeNO
            if not _held(item, exceptions) and 0 < self.first - item.last <= _NEGATION_REACH and not self._stop(item):
                return True
        return any(
            0 < item.first - self.last <= _NEGATION_AFTER and not self._other_verb(item)
            for item in self.cues("negation-after")
        )

    def _stop(self, item: Match[Mark]) -> bool:
        """Whether what a negation says ends before the task: another verb of the holder's stands between."""
        between = self.passage.marked(self.sentence, "cue", "duty", "requirement")
        return any(item.last + 2 < other.first and other.last < self.first for other in between)

    def _other_verb(self, item: Match[Mark]) -> bool:
        between = self.passage.marked(self.sentence, "cue", "duty", "requirement")
        return any(self.last < other.first and other.last < item.first for other in between)

    def supervised(self) -> bool:
        """Whether somebody supervises the holder in it; `provide supervision of` is the holder's own work."""
        exceptions = self.passage.marked(self.sentence, "cue", "no-supervision")
        return any(
            self._away(item) <= _SUPERVISION_REACH
            and not any(set(item.words) <= set(other.words) for other in exceptions)
            and not (item.label.name == "helping" and (item.first > self.first or self._own_after(item)))
            for item in self.cues("supervised", "helping")
        )

    def supervises(self) -> bool:
        """Whether the words only name who supervises the holder: `under the direction of the licence holder`."""
        return any(
            self.passage.written[item.last].lower() in ("of", "by", "from")
            and {"the", "a", "an", "our"}.issuperset(
                word.lower() for word in self.passage.written[item.last + 1 : self.first]
            )
            for item in self.cues("supervised")
            if item.last < self.first
        )

    def _own_after(self, item: Match[Mark]) -> bool:
        """Whether help for others ends before the task: `assist the cardiologist and report`."""
        own = self.passage.marked(self.sentence, "cue", "own-work")
        return any(item.last < one.first <= self.first for one in own)

    def assisting(self) -> bool:
        """Whether the holder only lends a hand with the task that follows directly."""
        acts = self.passage.vocabulary.card.words["acts"]
        return any(
            0 < self.first - item.last <= _HAND
            and not acts.intersection(word.lower() for word in self.passage.written[item.last + 1 : self.first])
            for item in self.cues("assisting")
        )

    def by_others(self, own: frozenset[str]) -> bool:
        """Whether the text says that somebody else does it. `own`: words of the title; people of that name are no others."""
        after = any(
            item.last > self.last and self.first < item.first <= self.last + 5 and not self._act_before(item)
            for item in self.cues("others-do")
        )
        before = any(
            0 < self.first - item.last <= 2
            and not self._comma_after(item)
            and not self._helped(item)
            and not own.intersection(self._stems(item))
            for item in self.cues("others-before")
        )
        sought = [item.first for item in self.passage.marked(self.sentence, "cue", "recruiting")]
        who = [item for item in self.cues("others-who") if not any(place <= item.first for place in sought)]
        # `we seek radiographers who report`: those are no others
        return (
            after or before or self._others_will(own) or any(0 < self.first - item.last <= _WHO_REACH for item in who)
        )

    def _others_will(self, own: frozenset[str]) -> bool:
        """Whether somebody else is the subject of the task's own verb: `the consultant or a respiratory nurse will prescribe`."""
        lists = self.passage.vocabulary.card.words
        word = self.first - 1
        while word > self.start and self.passage.written[word].lower() in lists["between-subject"]:
            word -= 1
        person = self.passage.written[word].lower()
        return (
            self.start <= word < self.first - 1
            and person in lists["other-persons"]
            and stem(person) not in own
            and self.passage.written[self.first].lower() in lists["imperatives"]
        )

    def _comma_after(self, item: Match[Mark]) -> bool:
        return "," in self.passage.document.text[self.passage.ends[item.last] : self.passage.starts[self.first]]

    def _act_before(self, item: Match[Mark]) -> bool:
        """Whether others only do what stands between the task and them: `process the data for reporting by radiologists`."""
        between = [word.lower() for word in self.passage.written[self.last + 1 : item.first]]
        return "for" in between and bool(self.passage.vocabulary.card.words["acts"].intersection(between))

    def _helped(self, item: Match[Mark]) -> bool:
        """Whether the others are those whom the holder teaches or helps: `teach nurses how to`."""
        before = self.passage.written[max(self.sentence.first, item.first - 2) : item.first]
        return bool(self.passage.vocabulary.card.words["teaching"].intersection(word.lower() for word in before))

    def _stems(self, item: Match[Mark]) -> set[str]:
        return {stem(self.passage.written[word]) for word in item.words}

    def offered(self) -> bool:
        """Whether the task is offered as training."""
        exceptions = self.passage.marked(self.sentence, "cue", "no-offer")
        for item in self.cues("offer"):
            if _held(item, exceptions):
                continue
            if 0 < self.first - item.last <= _OFFER_REACH and not self._stop(item):
                return True
            if 0 < item.first - self.last <= 7 and item.label.name == "offer" and self._training(item):
                return True
        return False

    def plainly_offered(self) -> bool:
        """Whether words that leave no doubt offer it, whatever the heading says."""
        exceptions = self.passage.marked(self.sentence, "cue", "no-offer")
        return any(self._away(item) <= _PLAINLY and not _meets(item, exceptions) for item in self.cues("plain-offer"))

    def _training(self, item: Match[Mark]) -> bool:
        """Of offers that stand after a task only training counts: `full training given`."""
        return any("train" in self.passage.written[word].lower() for word in item.words)

    def of_the_place(self, setting: Setting) -> bool:
        """Whether the words before the task have turned to the place: `a department which performs`, or count equipment."""
        if setting.zone == DUTY and setting.about == POST and not self._clause_of_place():
            return False
        if self._clause_of_place() or (self._counted() and (setting.about != POST or not self._acted())):
            return True
        if setting.about == POST or setting.lead in (DUTY, ESSENTIAL, DESIRABLE) or setting.firm:
            return False
        return setting.zone not in (DUTY, ESSENTIAL, DESIRABLE) and self.near("inventory", 5)

    def _acted(self) -> bool:
        """Whether a verb of doing stands close before: `run two CT scanners`."""
        before = self.passage.written[max(self.sentence.first, self.first - _ACTED) : self.first]
        return bool(self.passage.vocabulary.card.words["acts"].intersection(word.lower() for word in before))

    def _counted(self) -> bool:
        """Whether the name says what counted equipment is for: `two CT scanners`."""
        written = self.passage.written
        before = written[max(self.sentence.first, self.first - _COUNT_REACH) : self.first + 1]
        counts = self.passage.marked(self.sentence, "cue", "count")
        start = self.first + 1 - len(before)
        counted = any(word.isdigit() and not self.passage.hyphened(start + n) for n, word in enumerate(before)) or any(
            0 <= self.first - one.first <= _COUNT_REACH for one in counts
        )
        return counted and any(
            0 <= one.first - self.last <= 2
            and not {"and", "or"}.intersection(written[self.last + 1 : one.first])  # `CT and theatre`
            for one in self.passage.marked(self.sentence, "cue", "machine")
        )

    def _employer_speaks(self) -> bool:
        """Whether the last to be named before the task is the employer, as in `you will like it here: we inject 90 patients`."""
        speakers = [
            one for one in self.passage.marked(self.sentence, "subject", "employer", "holder") if one.last < self.first
        ]
        if not speakers or speakers[-1].label.name != "employer":
            return False
        asked = self.passage.marked(self.sentence, "cue", "recruiting", "duty", "requirement")
        asked += self.passage.marked(self.sentence, "subject", POST)
        return not any(speakers[-1].last < one.first <= self.first for one in asked)

    def _clause_of_place(self) -> bool:
        if self._employer_speaks():
            return True
        for item in self.cues("place-follows"):
            if not 0 < self.first - item.last <= 30 or self._stop(item):
                continue
            if len(item.words) > 1 and self.passage.written[item.first].lower() not in ("that", "which"):
                return True
            nouns = self.passage.marked(self.sentence, "subject", SERVICE_NOUN)
            if any(0 < item.first - noun.last <= 2 for noun in nouns):
                return True
        return False

    def _reaches(self, item: Match[Mark]) -> bool:
        """Whether a wish reaches the task: one in brackets is about what stands in the same brackets, or just before them."""
        passage = self.passage
        text = passage.document.text
        if _brackets(text[self.sentence.start : passage.starts[item.first]]) < 1:
            return True
        first, last = min(self.last, item.last), max(self.first, item.first)
        between = text[passage.ends[first] : passage.starts[last]] if first < last else ""
        return ")" not in between and between.count("(") <= 1 and "," not in between.partition("(")[0]

    def wanted(self) -> str:
        """What the nearest cue of the holder's says: a duty, or something asked of whoever applies."""
        wishes = [item for item in self.cues("desirable") if self._away(item) <= 14 and self._reaches(item)]
        if wishes:
            return DESIRABLE
        before = [item for item in self.cues("duty", "requirement") if item.last < self.first]
        if before:
            nearest = max(before, key=lambda item: (item.last, len(item.words)))
            return DUTY if nearest.label.name == "duty" else ESSENTIAL
        after = [item for item in self.cues("requirement") if 0 < item.first - self.last <= 6]
        return ESSENTIAL if after else ""


def _brackets(text: str) -> int:
    return text.count("(") - text.count(")")


def _meets(item: Match[Mark], others: Iterable[Match[Mark]]) -> bool:
    """Whether another begins where this one ends: `we can offer`, `offer rotation`."""
    return any(set(item.words) & set(other.words) for other in others)


def _held(item: Match[Mark], others: Iterable[Match[Mark]]) -> bool:
    return any(set(item.words) & set(other.words) for other in others)
