"""How the text means a task: duty, requirement, supervised, description of the service, offer of training, or negated.

A sentence is about the post, about the employer, or neither; its heading, its column and the line that leads a list decide
where its own words do not. Within it, cues count up to a turn (`but`, `then`). The words stand in rules/wording/cues.yaml.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gapcheck.jobdesc.matcher import Found
from gapcheck.jobdesc.passage import Passage, Sentence
from gapcheck.jobdesc.result import DESIRABLE, DUTY, ESSENTIAL, NEGATED, OFFER, SERVICE, SUPERVISED
from gapcheck.jobdesc.vocabulary import Mark, TaskName, Vocabulary, plain

POST, CONTACT, SERVICE_NOUN = "post", "contact", "service"
_ARTICLES = ("the", "our", "this")
_SUBJECT_WITHIN = 25  # words in which the verb of a sentence is looked for
_SUBJECT_START = 7  # words within which the subject of a sentence begins
_NAME = 6  # words of an employer's name
_STAFF_START = 3  # words within which the staff that a sentence speaks of are named
_NEGATION_REACH = 9
_NEGATION_AFTER = 12
_OFFER_REACH = 18
_SUPERVISION_REACH = 14
_LONGEST_HEADING = 9
_ZONES = {
    "duties": DUTY,
    "requirements": ESSENTIAL,
    "essential": ESSENTIAL,
    "desirable": DESIRABLE,
    "service": SERVICE,
    "offer": OFFER,
    "contact": CONTACT,
}


class Setting(NamedTuple):
    """What a sentence stands in. `zone`: by heading, column or lead-in (a kind, CONTACT or ""); `firm`: the layout itself
    says so; `about`: POST, SERVICE or ""; `lead`: the kind that the line leading its list gives, or ""."""

    zone: str
    firm: bool
    about: str
    lead: str


def settings(passage: Passage, title: str) -> dict[int, Setting]:
    """The setting of each sentence, by its number. `title`: of the post."""
    found: dict[int, Setting] = {}
    vocabulary = passage.vocabulary
    heading, section, lead = "", None, ""
    previous_bullet = False
    for sentence in passage.sentences:
        block = sentence.block
        if block.section != section:
            section, lead = block.section, ""
            heading = _zone_of(vocabulary, section)
        text = passage.document.text[sentence.start : sentence.end]
        own = _as_heading(vocabulary, text)
        if own and block.kind != "cell":
            heading, lead = own, ""
            found[sentence.number] = Setting(heading, True, "", "")
            continue
        opening = _opening(vocabulary, text)
        if opening:
            heading, lead = opening, ""
        zone, firm = heading, False
        if block.weight:
            zone, firm = _ZONES[block.weight], True
        about = _about(passage, sentence, title)
        listed = block.kind in ("bullet", "cell")
        if not listed and (previous_bullet or about):
            lead = ""
        found[sentence.number] = Setting(zone, firm, about, lead)
        if text.rstrip().endswith((":", ":-", "\u2013", " -", "to", "include", "including", "will")) and not firm:
            lead = _lead(passage, sentence, about) or lead
        previous_bullet = listed
    return found


def _zone_of(vocabulary: Vocabulary, section: tuple[str, ...]) -> str:
    for heading in reversed(section):
        zone = _as_heading(vocabulary, heading) or _within_heading(vocabulary, heading)
        if zone:
            return zone
    return ""


def _as_heading(vocabulary: Vocabulary, text: str) -> str:
    """The zone that a bare line opens as a heading, or ""."""
    if len(text) > 80:
        return ""
    return _ZONES.get(vocabulary.headings.get(plain(text), ""), "")


def _within_heading(vocabulary: Vocabulary, text: str) -> str:
    words = plain(text).split()
    if len(words) > _LONGEST_HEADING:
        return ""
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            zone = vocabulary.headings.get(" ".join(words[start : start + length]))
            if zone and (length > 1 or start == 0 or zone in ("essential", "desirable")):
                return _ZONES[zone]
    return ""


def _opening(vocabulary: Vocabulary, text: str) -> str:
    """The zone that a line opens by its first words and a colon: `Essential: ...`."""
    before, colon, _ = text[:60].partition(":")
    return _as_heading(vocabulary, before) if colon else ""


def _about(passage: Passage, sentence: Sentence, title: str) -> str:
    """Whether the sentence speaks of the post, of the employer, or does not say."""
    if passage.written[sentence.first].lower() == "to":
        return POST  # `To perform a full range of examinations`
    verbs = [item.first for item in passage.marked(sentence, "verb") if item.first - sentence.first < _SUBJECT_WITHIN]
    if not verbs:
        start = [
            item for item in passage.marked(sentence, "subject", SERVICE_NOUN) if item.first - sentence.first in (1, 2)
        ]
        return SERVICE if start and passage.written[sentence.first].lower() in _ARTICLES else ""
    subjects = [item for item in passage.marked(sentence, "subject", POST, SERVICE_NOUN) if item.last < verbs[0]]
    recruiting = passage.marked(sentence, "cue", "recruiting")
    staff = [item for item in passage.marked(sentence, "subject", "professionals") if item.last < verbs[0]]
    if (
        staff
        and staff[0].first - sentence.first < _STAFF_START
        and (passage.marked(sentence, "modal", "modal") or _holders(passage, title, staff[0]))
    ):
        return POST  # `radiographers may give`: the advert says who of its holders does what
    subjects += staff
    if any(item.label.name == POST for item in subjects):
        return POST
    if recruiting:
        return POST
    if passage.marked(sentence, "cue", "duty"):
        return POST
    owning = [item.first for item in passage.marked(sentence, "modal", "owning")]
    named = verbs[0] in owning and 0 < verbs[0] - sentence.first < _NAME and not subjects
    if named and sentence.block.kind != "bullet":
        return SERVICE  # the employer by its name: `Hillcrest has two scanners`
    return SERVICE if any(_opens(passage, sentence, item) for item in subjects) else ""


def _opens(passage: Passage, sentence: Sentence, item: Found[Mark]) -> bool:
    """Whether a noun opens the sentence, or a clause of it after a comma, so that it can be its subject."""
    if item.first - sentence.first < _SUBJECT_START:
        return True
    article = passage.written[item.first - 1].lower() in _ARTICLES
    return article and "," in passage.document.text[passage.ends[item.first - 2] : passage.starts[item.first - 1]]


def _holders(passage: Passage, title: str, staff: Found[Mark]) -> bool:
    """Whether the staff spoken of are those whom the title names."""
    return passage.written[staff.first].lower().rstrip("s") in plain(title).split()


def _lead(passage: Passage, sentence: Sentence, about: str) -> str:
    """The kind of the list that a sentence leads."""
    if passage.marked(sentence, "cue", "offer") and not passage.marked(sentence, "cue", "no-offer"):
        return OFFER
    if passage.marked(sentence, "cue", "desirable"):
        return DESIRABLE
    if passage.marked(sentence, "cue", "duty"):
        return DUTY
    if passage.marked(sentence, "cue", "requirement"):
        return ESSENTIAL
    return {POST: DUTY, SERVICE: SERVICE}.get(about, "")


def kind_of(passage: Passage, sentence: Sentence, setting: Setting, item: Found[TaskName]) -> str:
    """The kind of a task that is named in a sentence; "" where a weak name should not count."""
    first, last, weak = item.first, item.last, item.label.weak
    segment = _Segment(passage, sentence, first, last)
    if segment.negated():
        return NEGATED
    asked = setting.firm and setting.zone in (ESSENTIAL, DESIRABLE)
    if segment.near("plain-offer", 7) or (not asked and segment.offered()):
        return OFFER
    if segment.supervised():
        return SUPERVISED
    if segment.by_others():
        return SERVICE
    if segment.of_the_place(setting):
        return SERVICE
    if asked:
        return setting.zone
    kind = segment.wanted() or _by_setting(setting)
    if kind == DUTY and setting.zone == OFFER and setting.about != POST:
        return OFFER
    if not kind:
        return "" if weak and passage.marked(sentence, "verb") else DUTY
    return kind


def _by_setting(setting: Setting) -> str:
    if setting.lead:
        return setting.lead
    if setting.about == SERVICE:
        return SERVICE
    if setting.zone == CONTACT:
        return SERVICE
    if setting.about == POST:
        return (
            DESIRABLE if setting.zone == DESIRABLE else DUTY if setting.zone in ("", SERVICE, OFFER) else setting.zone
        )
    return setting.zone


class _Segment:
    """The part of a sentence, between turns, in which a task stands."""

    def __init__(self, passage: Passage, sentence: Sentence, first: int, last: int) -> None:
        self.passage, self.sentence, self.first, self.last = passage, sentence, first, last
        turns = passage.marked(sentence, "cue", "turn")
        self.start = max((item.last + 1 for item in turns if item.last < first), default=sentence.first)
        self.end = min((item.first - 1 for item in turns if item.first > last), default=sentence.last)

    def cues(self, *names: str) -> list[Found[Mark]]:
        """The cues of some names in the segment, without those that a longer exception of theirs holds."""
        return [
            item
            for item in self.passage.marked(self.sentence, "cue", *names)
            if self.start <= item.first and item.last <= self.end
        ]

    def near(self, name: str, reach: int) -> bool:
        """Whether a cue stands within reach, before or after."""
        return any(self._away(item) <= reach for item in self.cues(name))

    def _away(self, item: Found[Mark]) -> int:
        return max(self.first - item.last, item.first - self.last, 0)

    def negated(self) -> bool:
        """Whether a negation before the task, or after it, reaches it."""
        exceptions = self.passage.marked(self.sentence, "cue", "no-negation", "no-supervision")
        for item in self.cues("negation"):
            if not _held(item, exceptions) and 0 < self.first - item.last <= _NEGATION_REACH and not self._stop(item):
                return True
        return any(
            0 < item.first - self.last <= _NEGATION_AFTER and not self._other_verb(item)
            for item in self.cues("negation-after")
        )

    def _stop(self, item: Found[Mark]) -> bool:
        """Whether what a negation says ends before the task: another verb of the holder's stands between."""
        between = self.passage.marked(self.sentence, "cue", "duty", "requirement")
        return any(item.last + 2 < other.first and other.last < self.first for other in between)

    def _other_verb(self, item: Found[Mark]) -> bool:
        between = self.passage.marked(self.sentence, "cue", "duty", "requirement")
        return any(self.last < other.first and other.last < item.first for other in between)

    def supervised(self) -> bool:
        """Whether somebody supervises the holder in it; `provide supervision of` is the holder's own work."""
        exceptions = self.passage.marked(self.sentence, "cue", "no-supervision")
        return any(
            self._away(item) <= _SUPERVISION_REACH
            and not any(set(item.words) <= set(other.words) for other in exceptions)
            for item in self.cues("supervised")
        )

    def by_others(self) -> bool:
        """Whether the text says that somebody else does it."""
        after = any(
            item.last > self.last and self.first < item.first <= self.last + 5 for item in self.cues("others-do")
        )
        return after or any(0 < self.first - item.last <= 2 for item in self.cues("others-before"))

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

    def _training(self, item: Found[Mark]) -> bool:
        """Of offers that stand after a task only training counts: `full training given`."""
        return any("train" in self.passage.written[word].lower() for word in item.words)

    def of_the_place(self, setting: Setting) -> bool:
        """Whether the words before the task have turned to the place: `a department which performs`, or count equipment."""
        if setting.zone == DUTY and setting.about == POST and not self._clause_of_place():
            return False
        if self._clause_of_place():
            return True
        if setting.about == POST or setting.lead in (DUTY, ESSENTIAL, DESIRABLE) or setting.firm:
            return False
        return setting.zone not in (DUTY, ESSENTIAL, DESIRABLE) and self.near("inventory", 5)

    def _clause_of_place(self) -> bool:
        for item in self.cues("place-follows"):
            if not 0 < self.first - item.last <= 30 or self._stop(item):
                continue
            if len(item.words) > 1 and self.passage.written[item.first].lower() not in ("that", "which"):
                return True
            nouns = self.passage.marked(self.sentence, "subject", SERVICE_NOUN)
            if any(0 < item.first - noun.last <= 2 for noun in nouns):
                return True
        return False

    def wanted(self) -> str:
        """What the nearest cue of the holder's says: a duty, or something asked of whoever applies."""
        wishes = [item for item in self.cues("desirable") if self._away(item) <= 14]
        if wishes:
            return DESIRABLE
        before = [item for item in self.cues("duty", "requirement") if item.last < self.first]
        if before:
            nearest = max(before, key=lambda item: (item.last, len(item.words)))
            return DUTY if nearest.label.name == "duty" else ESSENTIAL
        after = [item for item in self.cues("requirement") if 0 < item.first - self.last <= 6]
        return ESSENTIAL if after else ""


def _held(item: Found[Mark], others: Iterable[Found[Mark]]) -> bool:
    return any(set(item.words) & set(other.words) for other in others)
