"""What a text asks for in registration: which registers, how firmly, as alternatives of which others; and the status."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from gapcheck.jobdesc.understanding.matcher import Match, longest
from gapcheck.jobdesc.understanding.passage import Passage, Sentence
from gapcheck.jobdesc.understanding.result import DESIRABLE, ESSENTIAL, OFFER, SERVICE, RegistrationWording
from gapcheck.jobdesc.understanding.segment import POST, Setting
from gapcheck.jobdesc.understanding.vocabulary import Mark, plain

ESSENTIALLY, DESIRABLY, ELIGIBLE, WORKING, CONDITIONAL = (
    "essential",
    "desirable",
    "eligible",
    "working-towards",
    "conditional",
)
AWAITING = "awaiting"  # `registered, or applied for`: whoever applies is eligible at least
STATUTORY, ACCREDITED = "statutory", "accredited"
EITHER = "either"
NOTHING = "none-mentioned"
ALTERNATIVES = "either-statutory-or-accredited"
_NEAR = 7  # words within which a register's name and the word registration belong together
_CLOSE = 4  # words within which a register is named for a registration that by itself names none
_AS = 4  # words from a register to `as`, and from there to the profession
_FEW = 9  # a line of so few words that names a register is a requirement by itself
_CUE_REACH = 14
_ADVERBS = ("ideally", "preferably")  # what they wish for follows them
_WITH = frozenset(["with", "by", "on", "under", "through"])  # between a profession and its register
_PREPARED = 4  # words of a phrase of whoever is eligible and will register
_BESIDE = 2  # words from what is done with others to their name


def registrations(passage: Passage, settings: dict[int, Setting], groups: Sequence[str]) -> list[RegistrationWording]:
    """Every wording about registration, in order. `groups`: the professions that the title of the post names."""
    found: list[RegistrationWording] = []
    group = 0
    for sentence in passage.sentences:
        setting = settings[sentence.number]
        named = [item for item in _names(passage, sentence) if not _waived(passage, sentence, item)]
        mentions = [
            item
            for item in named
            if _meant(passage, sentence, setting, item) and not _of_others(passage, sentence, item, groups)
        ]
        if mentions and len(mentions) < len(named):  # what is an alternative of a register is one too
            mentions = [item for item in named if item in mentions or _joined(passage, sentence, item, mentions)]
        if mentions:
            found += _of_sentence(passage, sentence, setting, mentions, groups)
            if passage.marked(sentence, "about", "may-apply"):
                group = sentence.number
    found = [_of_some(passage, item, groups) for item in found]
    if not group:
        return found
    return [replace(item, group=group) if item.strength == ESSENTIALLY else item for item in found]


def _of_some(passage: Passage, item: RegistrationWording, groups: Sequence[str]) -> RegistrationWording:
    """A statutory register that a line asks, by its first word, of one of the groups of the title (`Radiographers: HCPC`), as
    conditional: nothing is asked of the others by it."""
    text = passage.document.text
    line = text[text.rfind("\n", 0, item.start) + 1 : item.start]
    label, colon, _ = line.partition(":")
    named = set(item.professions)
    asked = item.kind == STATUTORY and item.strength == ESSENTIALLY and colon and len(label.split()) <= _AS
    words = {word.rstrip("s") for word in plain(label).split()}
    titled = words & {word for group in named for word in group.split("-")}
    if asked and titled and named & set(groups) and set(groups) - named:
        return replace(item, strength=CONDITIONAL)
    return item


def _names(passage: Passage, sentence: Sentence) -> list[Match[Mark]]:
    """The registers named, old names and unnamed registers too, each place once: the longest name counts."""
    found = [
        *passage.marked(sentence, "register"),
        *passage.marked(sentence, "old-register"),
        *passage.marked(sentence, "unnamed"),
    ]
    kept: list[Match[Mark]] = []
    for item in sorted(found, key=lambda one: -len(one.words)):
        if not any(set(item.words) & set(other.words) for other in kept):
            kept.append(item)
    named = [item for item in kept if item.label.kind != "unnamed"]
    kept = [
        item
        for item in kept
        if item.label.kind != "unnamed" or not any(_distance(item, other) <= _CLOSE for other in named)
    ]
    return sorted(kept, key=lambda one: one.first)


def _meant(passage: Passage, sentence: Sentence, setting: Setting, item: Match[Mark]) -> bool:
    """Whether a name asks for registration, and not for a course, a code of conduct, a trial or a bank."""
    about = passage.marked(sentence, "about")
    if any(0 < item.first - mark.last <= 3 for mark in passage.marked(sentence, "cue", "supervised", "helping")):
        return False  # whoever supervises is registered
    if (
        setting.about == SERVICE
        and setting.zone not in (ESSENTIAL, DESIRABLE)
        and not _of_the_holder(passage, sentence)
    ):
        return False  # the staff of the department are registered
    if any(mark.label.name == "not-registers" and set(mark.words) & set(item.words) for mark in about):
        return False
    after = [mark for mark in about if mark.label.name == "other-after" and 0 < mark.first - item.last <= 2]
    before = [mark for mark in about if mark.label.name == "other-before" and 0 < item.first - mark.last <= 2]
    if item.label.kind == "unnamed":
        if any(mark.label.name == "others-before" and 0 < item.first - mark.last <= _BESIDE for mark in about):
            return False  # `support registered nurses`
        if item.label.name == "titled" and _acts(passage, sentence, item):
            return False  # `you give it once a registered nurse has prepared the dose`
        return not after and (setting.about == POST or setting.zone != SERVICE) and setting.about != SERVICE
    near = [
        mark
        for mark in about
        if mark.label.name == "near" and -_NEAR - 3 <= mark.first - item.last <= _NEAR and not _taken(about, mark)
    ]
    strong = [mark for mark in near if passage.written[mark.first].lower().startswith(("regist", "eligib", "reger"))]
    if after or before:
        close = [mark for mark in strong if abs(mark.first - item.last) <= 3 or abs(item.first - mark.last) <= 3]
        return bool(close) and not after
    courses = [
        mark
        for mark in about
        if mark.label.name == "course-words"
        and (0 < mark.first - item.last <= 3 or 0 < item.first - mark.last <= 1)
        and not _listed_apart(passage, item, mark)
    ]
    if courses and not strong:
        return False
    if near:
        return True
    if item.first == sentence.first and not passage.marked(sentence, "verb"):
        return True  # `HCPC with two years of experience`
    length = sentence.last - sentence.first + 1
    return length <= _FEW or _bracketed(passage, item) or _asked(passage, sentence, item) or bool(sentence.block.weight)


def _acts(passage: Passage, sentence: Sentence, item: Match[Mark]) -> bool:
    """Whether a registered person other than the holder does something in a clause of its own."""
    holder = any(mark.last < item.first for mark in passage.marked(sentence, "subject", "holder"))
    return holder and any(mark.first == item.last + 1 for mark in passage.marked(sentence, "verb"))


def _of_others(passage: Passage, sentence: Sentence, item: Match[Mark], groups: Sequence[str]) -> bool:
    """Whether the clause says of others that they are registered: `dietitians, who are registered with the HCPC, advise on diets`."""
    if passage.marked(sentence, "cue", "recruiting", "requirement") or passage.marked(sentence, "strength"):
        return False
    who = [word for word in range(sentence.first, item.first) if passage.written[word].lower() == "who"]
    return any(
        mark.label.name not in groups and 0 < word - mark.last <= _BESIDE and item.first - word <= _NEAR
        for mark in passage.marked(sentence, "group")
        for word in who
    )


def _listed_apart(passage: Passage, item: Match[Mark], mark: Match[Mark]) -> bool:
    """Whether a comma parts a register from a course or degree: `NMC, MSc and V300`."""
    first, last = (item, mark) if item.last < mark.first else (mark, item)
    return "," in passage.document.text[passage.ends[first.last] : passage.starts[last.first]]


def _of_the_holder(passage: Passage, sentence: Sentence) -> bool:
    """Whether a sentence about the employer still asks something of the holder: `it is essential that you are`."""
    return bool(passage.marked(sentence, "strength") or passage.marked(sentence, "cue", "requirement"))


def _waived(passage: Passage, sentence: Sentence, item: Match[Mark]) -> bool:
    """Whether the text says that the register is not asked for."""
    before = passage.marked(sentence, "about", "not-asked")
    after = passage.marked(sentence, "about", "not-asked-after")
    spared = [word for mark in passage.marked(sentence, "cue", "no-negation") for word in mark.words]
    if passage.marked(sentence, "about", "not-here"):
        return True
    if any(item.first - mark.last == 1 for mark in passage.marked(sentence, "about", "consequence")):
        return True  # `a Band 7 post if you are HCPC registered`
    return any(0 < item.first - mark.last <= 4 and mark.first not in spared for mark in before) or any(
        0 < mark.first - item.last <= 3 for mark in after
    )


def _joined(passage: Passage, sentence: Sentence, item: Match[Mark], mentions: list[Match[Mark]]) -> bool:
    """Whether a register's name is joined by `or` to one that the text asks for."""
    if item.label.kind == "unnamed" or passage.marked(sentence, "about", "other-after"):
        return False
    return any(
        other.last < mark.first < item.first and item.first - mark.last <= 3
        for other in mentions
        for mark in passage.marked(sentence, "about", "alternative")
    )


def _taken(about: Iterable[Match[Mark]], mark: Match[Mark]) -> bool:
    """Whether the word registration belongs to something that is no register."""
    return any(other.label.name == "not-registers" and set(mark.words) <= set(other.words) for other in about)


def _bracketed(passage: Passage, item: Match[Mark]) -> bool:
    text = passage.document.text
    start, end = passage.starts[item.first], passage.ends[item.last]
    return text[max(start - 1, 0) : start] in ("(", "/", "[") or text[end : end + 1] in (")", "/", "]")


def _asked(passage: Passage, sentence: Sentence, item: Match[Mark]) -> bool:
    """Whether a word of strength or of need stands close by, or the name of a profession follows: `HCPC radiographer`."""
    marks = [
        *passage.marked(sentence, "strength"),
        *passage.marked(sentence, "group"),
        *passage.marked(sentence, "cue", "requirement"),
        *passage.marked(sentence, "register"),
    ]
    return any(
        mark.words != item.words and (abs(mark.first - item.last) <= 4 or abs(item.first - mark.last) <= 4)
        for mark in marks
    )


def _of_sentence(
    passage: Passage, sentence: Sentence, setting: Setting, mentions: list[Match[Mark]], groups: Sequence[str]
) -> list[RegistrationWording]:
    number = sentence.number
    found = []
    regulated = passage.vocabulary.statutory
    open_titles = not groups or any(not regulated.get(group) for group in groups)
    for item in mentions:
        first, last = _phrase(passage, sentence, item)
        register = _register(passage, sentence, item, groups)
        found.append(
            RegistrationWording(
                quote=passage.quote(first, last),
                line=passage.line(first),
                register=register,
                strength=_strength(passage, sentence, setting, item, mentions),
                start=passage.starts[first],
                end=passage.ends[last],
                kind=_kind(passage, item, register, open_titles),
                group=number if _alternative(passage, sentence, mentions) else 0,
                professions=_professions(passage, sentence, item, mentions),
                held_as=_held_as(passage, sentence, item, mentions),
            )
        )
    return found


def _phrase(passage: Passage, sentence: Sentence, item: Match[Mark]) -> tuple[int, int]:
    """The words to quote: from the nearest word of registration, need or strength to the name, or the other way round."""
    marks = [
        mark
        for mark in (
            *passage.marked(sentence, "about", "near"),
            *passage.marked(sentence, "strength"),
            *passage.marked(sentence, "unnamed"),
        )
        if -6 <= mark.first - item.last <= 4 and mark.last >= item.first - 6
    ]
    first = min((mark.first for mark in marks), default=item.first)
    last = max((mark.last for mark in marks), default=item.last)
    return min(first, item.first), max(last, item.last)


def _register(passage: Passage, sentence: Sentence, item: Match[Mark], groups: Sequence[str]) -> str:
    """The register meant. One that is not named is that of the profession beside it, or of the title, where there is one."""
    if item.label.kind in ("register", "old-register"):
        return item.label.name
    if item.label.name not in ("statutory", "titled"):
        return ""
    named = [mark.label.name for mark in passage.marked(sentence, "group") if abs(mark.first - item.first) <= 5]
    holders = passage.vocabulary.statutory
    if named and not any(holders.get(group) for group in named):
        return ""
    return next((holders[group] for group in (*named, *groups) if holders.get(group)), "")


def _strength(
    passage: Passage, sentence: Sentence, setting: Setting, item: Match[Mark], mentions: list[Match[Mark]]
) -> str:
    """How firmly the register is asked for: by the cue nearest in the same sentence, else by the place in the layout."""
    cues = _cues(passage, sentence, item, mentions)
    if setting.firm and setting.zone == DESIRABLE:
        return DESIRABLY
    if AWAITING in cues:
        either = (
            ESSENTIALLY in cues
            or passage.marked(sentence, "about", "alternative")
            or passage.marked(sentence, "about", "may-apply")
        )
        return ELIGIBLE if either else WORKING
    if any(
        mark.label.name == ELIGIBLE and len(mark.words) > _PREPARED for mark in passage.marked(sentence, "strength")
    ):
        cues.pop(WORKING, None)  # `or eligible and prepared to register within six months`
    for name in (WORKING, ELIGIBLE, CONDITIONAL):
        if name in cues and not (name == WORKING and ESSENTIALLY in cues and cues[ESSENTIALLY] < cues[WORKING] - 4):
            return name
    if DESIRABLY in cues:
        return DESIRABLY
    if setting.zone == DESIRABLE and ESSENTIALLY not in cues:
        return DESIRABLY
    if setting.zone == OFFER and ESSENTIALLY not in cues:
        return WORKING
    return ESSENTIALLY


def _cues(passage: Passage, sentence: Sentence, item: Match[Mark], mentions: list[Match[Mark]]) -> dict[str, int]:
    """The nearest cue of each strength, with its distance; a cue nearer to another register, beyond a turn or about
    something else than a register (a certificate) does not count."""
    found: dict[str, int] = {}
    turns = [mark.first for mark in passage.marked(sentence, "cue", "turn")]
    others = [*passage.marked(sentence, "about", "bodies"), *passage.marked(sentence, "about", "course-words")]
    for mark in longest(passage.marked(sentence, "strength")):
        away = _distance(mark, item)
        if away > _CUE_REACH or any(min(mark.first, item.first) < turn < max(mark.last, item.last) for turn in turns):
            continue
        if mark.last < item.first and any(
            mark.last < other.first < item.first and not _and_of(passage, other, item) for other in others
        ):
            continue  # working towards a certificate, and registered with the register
        if mark.first > item.last and mark.label.name in (WORKING, ELIGIBLE):
            after = [other for other in others if 0 < other.first - mark.last <= 5]
            if after and not any(0 < one.first - mark.last <= 5 for one in mentions):
                continue
        if mark.label.name == DESIRABLY and _of_the_next(passage, item, mark):
            continue
        nearer = min((_distance(mark, other) for other in mentions), default=away)
        shared = _listed(passage, mentions)
        if away > nearer and not shared:
            continue
        found[mark.label.name] = min(away, found.get(mark.label.name, away))
    return found


def _of_the_next(passage: Passage, item: Match[Mark], mark: Match[Mark]) -> bool:
    """Whether a wish that follows a register is about what follows it: `NMC registered, independent prescribing desirable`."""
    if mark.first <= item.last:
        return False
    if passage.written[mark.first].lower() in _ADVERBS and passage.written[mark.first - 1].lower() == "and":
        return True  # `HCPC registered and ideally trained in reporting`
    text = passage.document.text[passage.ends[item.last] : passage.starts[mark.first]]
    _, comma, after = text.rpartition(",")
    if not comma:
        return False
    words = plain(after).split()
    return bool(words) and not passage.vocabulary.wishing.issuperset(words) and "regist" not in after.lower()


def _and_of(passage: Passage, other: Match[Mark], item: Match[Mark]) -> bool:
    """Whether `and` or `or` alone stands between a body and a register: what is said of one is said of both."""
    return [word.lower() for word in passage.written[other.last + 1 : item.first]] in (["and"], ["or"])


def _listed(passage: Passage, mentions: list[Match[Mark]]) -> bool:
    """Whether the registers stand close together, as one list: a word of strength then counts for all."""
    pairs = pairwise(mentions)
    return all(later.first - earlier.last <= 4 for earlier, later in pairs)


def _distance(mark: Match[Mark], item: Match[Mark]) -> int:
    return max(item.first - mark.last, mark.first - item.last, 0)


def _alternative(passage: Passage, sentence: Sentence, mentions: list[Match[Mark]]) -> bool:
    """Whether several registers are named of which one is enough."""
    if len({item.label.name for item in mentions}) < 2:
        return False
    marks = passage.marked(sentence, "about", "alternative")
    between = any(mentions[0].first - 6 <= mark.first <= mentions[-1].last for mark in marks)
    text = passage.document.text
    slash = "/" in text[passage.ends[mentions[0].last] : passage.starts[mentions[-1].first]]
    apart = {item.label.name: _professions(passage, sentence, item, mentions) for item in mentions}
    return between or slash or len(set(apart.values())) > 1


def _professions(
    passage: Passage, sentence: Sentence, item: Match[Mark], mentions: list[Match[Mark]]
) -> tuple[str, ...]:
    """The professions that stand nearest to a register, as in `HCPC if a radiographer or RCT if a technologist`."""
    named = longest(passage.marked(sentence, "group"))
    near = [
        mark.label.name
        for mark in named
        if _distance(mark, item) <= 6 and _distance(mark, item) == min(_distance(mark, other) for other in mentions)
    ]
    return tuple(dict.fromkeys(near))


def _held_as(passage: Passage, sentence: Sentence, item: Match[Mark], mentions: list[Match[Mark]]) -> tuple[str, ...]:
    """As whom the text wants to see the holder registered: `HCPC registered as a radiographer or sonographer`."""
    before = _said_before(passage, sentence, item, mentions)
    if before:
        return before
    after = [word.lower() for word in passage.written[item.last + 1 : min(item.last + 1 + _AS, sentence.last + 1)]]
    if "as" not in after:
        return ()
    start = item.last + 1 + after.index("as")
    following = min((other for other in mentions if other.first > item.last), key=lambda one: one.first, default=None)
    if following is not None and _said_before(passage, sentence, following, mentions):
        return ()  # `HCPC, or as a technologist with the RCT`
    several = len({other.label.name for other in mentions}) > 1
    between = any(item.last < other.first < start for other in mentions)
    if several and (between or start == item.last + 1):
        return ()  # `RCT or HCPC as a technologist` does not tell which takes whom; `RCT, or HCPC registration as` does
    named: list[str] = []
    for mark in longest(passage.marked(sentence, "group")):
        if start < mark.first <= start + _AS:
            named.append(mark.label.name)
            start = mark.last
    return tuple(dict.fromkeys(named))


def _said_before(
    passage: Passage, sentence: Sentence, item: Match[Mark], mentions: list[Match[Mark]]
) -> tuple[str, ...]:
    """As whom, where that stands before the register: `registered as a radiographer with the HCPC`."""
    start = max((other.last + 1 for other in mentions if other.last < item.first), default=sentence.first)
    named = [
        mark for mark in longest(passage.marked(sentence, "group")) if start <= mark.first < mark.last + 1 <= item.first
    ]
    if not named:
        return ()
    lead = [word.lower() for word in passage.written[max(start, named[0].first - _AS) : named[0].first]]
    link = [word.lower() for word in passage.written[named[-1].last + 1 : item.first]]
    if mentions[0].first < item.first and start <= named[0].first and not {"or", "and"}.intersection(lead):
        start = -1  # what follows another register without a joining word is about that one
    if start < 0 or "as" not in lead or not link or not _WITH.intersection(link) or len(link) > _AS:
        return ()
    return tuple(dict.fromkeys(mark.label.name for mark in named))


def _kind(passage: Passage, item: Match[Mark], register: str, open_titles: bool) -> str:
    if register:
        return passage.vocabulary.kinds[register]
    if item.label.name == ACCREDITED:
        return ACCREDITED
    return EITHER if item.label.name == "open" and open_titles else STATUTORY
