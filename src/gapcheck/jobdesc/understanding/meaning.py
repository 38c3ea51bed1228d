"""How the text means a task: duty, requirement, supervised, description of the service, offer of training, or negated.

A sentence is about the post, about the employer, or neither; its heading, its column and the line that leads a list decide
where its own words do not. Within it, cues count up to a turn (`but`, `then`). The words stand in rules/wording/cues.yaml.
"""

from __future__ import annotations

from gapcheck.jobdesc.understanding.matcher import Match
from gapcheck.jobdesc.understanding.passage import Passage, Sentence
from gapcheck.jobdesc.understanding.result import (
    CONFIRM,
    DESIRABLE,
    DUTY,
    ESSENTIAL,
    NEGATED,
    OFFER,
    SERVICE,
    SUPERVISED,
)
from gapcheck.jobdesc.understanding.scorecard import CONTACT, Sum
from gapcheck.jobdesc.understanding.segment import POST, SERVICE_NOUN, Segment, Setting
from gapcheck.jobdesc.understanding.vocabulary import Mark, TaskName, Vocabulary, plain

_ARTICLES = ("the", "our", "this")
_SUBJECT_WITHIN = 25  # words in which the verb of a sentence is looked for
_SUBJECT_START = 7  # words within which the subject of a sentence begins
_NAME = 6  # words of an employer's name
_STAFF_START = 3  # words within which the staff that a sentence speaks of are named
_LONGEST_HEADING = 9
_GIVEN = "done-by-holder"  # the sign that says so, whatever its sentence is about
_ZONES = {
    "duties": DUTY,
    "requirements": ESSENTIAL,
    "essential": ESSENTIAL,
    "desirable": DESIRABLE,
    "service": SERVICE,
    "offer": OFFER,
    "contact": CONTACT,
}


def settings(passage: Passage, title: str) -> dict[int, Setting]:
    """The setting of each sentence, by its number. `title`: of the post."""
    found: dict[int, Setting] = {}
    vocabulary = passage.vocabulary
    heading, section, lead = "", None, ""
    previous_bullet, chained = False, False
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
        if not listed and not chained and (previous_bullet or about):
            lead = ""
        found[sentence.number] = Setting(zone, firm, about, lead)
        if text.rstrip().endswith((":", ":-", "\u2013", " -", "to", "include", "including", "will")) and not firm:
            lead = _lead(passage, sentence, about) or lead
        chained = text.rstrip().endswith(";") and not firm  # `What you do: lists on Monday; clinics on Tuesday`
        if chained and about == POST:
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
    opening = passage.written[sentence.first].lower()
    if opening == "to" or (opening in passage.vocabulary.imperatives and passage.written[sentence.first + 1] != "from"):
        return POST  # `To perform a full range of examinations`, `Support the laser service`
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
    if opening == "with":
        return SERVICE  # `With three theatres and a CT scanner, the Hillcrest is ...`
    return SERVICE if any(_opens(passage, sentence, item) for item in subjects) else ""


def _opens(passage: Passage, sentence: Sentence, item: Match[Mark]) -> bool:
    """Whether a noun opens the sentence, or a clause of it after a comma, so that it can be its subject."""
    if item.first - sentence.first < _SUBJECT_START:
        return True
    article = passage.written[item.first - 1].lower() in _ARTICLES
    return article and "," in passage.document.text[passage.ends[item.first - 2] : passage.starts[item.first - 1]]


def _holders(passage: Passage, title: str, staff: Match[Mark]) -> bool:
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


def kind_of(
    passage: Passage, sentence: Sentence, setting: Setting, item: Match[TaskName], *, weighed: Sum, own: frozenset[str]
) -> str:
    """The kind of a task that is named in a sentence. What is negated, offered, supervised or done by others is so whatever
    the points of its signs; of the rest they decide whether it is the holder's. `own`: words of the title."""
    first, last = item.first, item.last
    segment = Segment(passage, sentence, first, last)
    if segment.negated():
        return NEGATED
    asked = setting.firm and setting.zone in (ESSENTIAL, DESIRABLE)
    if segment.plainly_offered() or (not asked and segment.offered()):
        return OFFER
    if segment.supervises():
        return SERVICE
    if segment.supervised() or (segment.assisting() and weighed.points >= passage.vocabulary.card.to_confirm):
        return SUPERVISED
    if segment.by_others(own):
        return SERVICE
    card = passage.vocabulary.card
    if weighed.counts and any(name == _GIVEN for name, _ in weighed.cues):
        return DUTY
    if segment.of_the_place(setting):
        return SERVICE
    if not weighed.counts:
        return CONFIRM if weighed.points >= card.to_confirm else SERVICE
    if asked:
        return setting.zone
    kind = segment.wanted() or _by_setting(setting)
    if kind == DUTY and setting.zone == OFFER and setting.about != POST:
        return OFFER
    return kind or DUTY


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
