"""Whether a mention of a task is really the holder's: the signs around it (cues), each with its points, and their sum.

The signs, their points and their words stand in rules/wording/scorecard.yaml; everyday words in rules/wording/ordinary.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from gapcheck.jobdesc.understanding.matcher import Match, Phrases
from gapcheck.jobdesc.understanding.result import DESIRABLE, DUTY, ESSENTIAL, OFFER, SERVICE
from gapcheck.jobdesc.understanding.words import Words, tokens

if TYPE_CHECKING:
    from gapcheck.jobdesc.understanding.passage import Passage, Sentence
    from gapcheck.jobdesc.understanding.segment import Setting
    from gapcheck.jobdesc.understanding.vocabulary import TaskName, Vocabulary

CONTACT = "contact"
POST = "post"  # what a sentence is about
_CHOICE = re.compile(r"\(([^)]*)\)")
_AGENT = re.compile(r"\w{4,}(?:er|or|ist|ee)s?")
_BESIDE = re.compile(r"[\s\-/]*")
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "ers", "er", "ed", "es", "ic", "al", "y", "s")
_STEM = 4  # letters that a stem keeps at least
_LONG_SENTENCE = 45
_LONG_TEXT = 1500  # characters; only in such a text does it matter where in it a mention stands
_EARLY, _LATE = 0.15, 0.8
_REACH = {"acts": 5, "performing": 8, "experience": 12, "knowledge": 12, "skill": 12, "chance": 22}
_DONE_BY, _ROLE = 14, 5
_THING, _OTHER_ACT, _WORKPLACE, _COURSE, _LATER = 7, 5, 8, 5, 12
_LABEL = 5  # words of a label before a colon
_BARE = 24  # words of a line that only names work
_SHORT = 6  # letters of a short form
_WORKS_IN = tuple(f"{verb} {link}" for verb in ("work", "working") for link in ("in", "within", "across", "on"))
_JOINS = ("and", "or")
_MANNER = frozenset(["under", "by", "with", "to", "following"])
_BE = ("be the", "be a ", "be an ", "be one of", "are the", "are one of")  # before a role that the holder has
_ARTICLES = ("the", "our", "this", "its", "their")
_NOUNS_TOO = frozenset(["scan", "scans", "report", "reports"])
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "or",
        "of",
        "the",
        "to",
        "in",
        "for",
        "with",
        "on",
        "at",
        "by",
        "from",
        "as",
        "is",
        "are",
        "be",
        "their",
        "its",
        "it",
        "this",
        "that",
        "patient",
        "patients",
    ]
)


class Sum(NamedTuple):
    """The signs that hold for a mention, each with its points, what they make together, and whether it counts as the holder's."""

    cues: tuple[tuple[str, int], ...]
    points: int
    counts: bool


class Card:
    """The scorecard, ready for use: the points of each cue, the words of each list, and the everyday words."""

    def __init__(self, data: Mapping[str, Any], ordinary: Mapping[str, Any], words: Words) -> None:
        self.points: dict[str, int] = {item["id"]: item["points"] for item in data["card"]}
        self.says: dict[str, str] = {item["id"]: item["says"] for item in data["card"]}
        self._never = frozenset(data["never"])
        self.spreads = frozenset(data["spreads"])
        self.not_listed = frozenset(data["not-listed"])
        self.evidence = frozenset(item["id"] for item in data["card"] if item.get("evidence"))
        self.counts: int = data["bands"]["counts"]
        self.to_confirm: int = data["bands"]["to-confirm"]
        self.phrases: Phrases[str] = Phrases(words)
        self.pairs: list[tuple[str, str, str, int]] = []
        for name, entries in data["lists"].items():
            self._add(name, entries)
        for number, item in enumerate(data["pairs"]):
            first, then = f"{item['list']}<{number}", f"{item['list']}>{number}"
            self._add(first, item["first"])
            self._add(then, item["then"])
            self.pairs.append((item["list"], first, then, item["within"]))
        self.phrases.build()
        self.words: dict[str, frozenset[str]] = {
            name: frozenset(entry for entry in entries if " " not in entry) for name, entries in data["lists"].items()
        }
        self.asked = self.words["experience"] | self.words["skill"] | self.words["knowledge"]
        self._everyday = frozenset(ordinary["often"]["words"].split()) | _SMALL
        self._uncommon = everyday_words(ordinary) | self._everyday
        self._phrases = dict.fromkeys(ordinary["sometimes"]["phrases"], 1)
        self._phrases.update((phrase, 2) for phrase in ordinary["often"]["phrases"])

    def sum(self, cues: Iterable[str]) -> Sum:
        """What the signs that hold make together."""
        held = tuple((name, self.points[name]) for name in cues)
        names = frozenset(name for name, _ in held)
        points = sum(number for _, number in held)
        return Sum(held, points, bool(names & self.evidence) and not names & self._never and points >= self.counts)

    def _add(self, name: str, entries: Iterable[str]) -> None:
        for entry in entries:
            for phrase in _choices(entry):
                self.phrases.add(phrase, name)

    def everyday(self, words: Sequence[str]) -> int:
        """How everyday the words of a mention are in adverts of other work: 2 often, 1 sometimes, 0 seldom."""
        joined = " ".join(words)
        if joined in self._phrases:
            return self._phrases[joined]
        if all(word in self._everyday for word in words):
            return 2 if len([word for word in words if word not in _SMALL]) == 1 else 1
        return 1 if len(words) == 1 and words[0] in self._uncommon else 0


def everyday_words(ordinary: Mapping[str, Any]) -> frozenset[str]:
    """The words that stand in many adverts of other work."""
    return frozenset((*ordinary["often"]["words"].split(), *ordinary["sometimes"]["words"].split()))


def _choices(entry: str) -> Iterator[str]:
    parts = _CHOICE.split(entry)
    options = [part.split("|") if index % 2 else [part] for index, part in enumerate(parts)]
    for chosen in product(*options):
        yield "".join(chosen)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word in small letters without the first of some endings."""
    word = word.lower()
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=1024)
def _words_of(label: str) -> tuple[str, ...]:
    """The words of the label of a task, in small letters."""
    return tuple(item.text.lower() for item in tokens(label))


@lru_cache(maxsize=8192)
def _third(word: str) -> frozenset[str]:
    """A word, and what it is without the ending of the third person."""
    found = {word}
    if word.endswith("s"):
        found |= {word[:-1], word.removesuffix("es"), f"{word.removesuffix('ies')}y"}
    return frozenset(found)


class Signs:
    """The signs in one passage. `title`: of the post; `scopes`: the fields that the post is of; `groups`: the professions that its
    title names, which make it no office."""

    def __init__(self, passage: Passage, title: str, scopes: Sequence[str], groups: Sequence[str] = ()) -> None:
        vocabulary = passage.vocabulary
        self.passage, self.card, self.title = passage, vocabulary.card, title
        posts = vocabulary.data["posts"]
        related = (other for scope in scopes for other in posts["related"].get(scope, ()))
        self._fields = frozenset((*scopes, *related, *posts["anywhere"]))
        self._free = frozenset(posts["anywhere-tasks"])
        self._at_home, self._scopes = frozenset(posts["only-at-home"]), frozenset(scopes)
        self.foreign = frozenset(scope for scope in posts["engineering"] if _only_uses(vocabulary, groups, scope))
        card = self.card
        self.named = frozenset(stem(item.text) for item in tokens(title)) - _SMALL
        found = _grouped(card, self._numbers(title), [item.text for item in tokens(title)])
        self._leader, self.office = bool(found.get("leader-words")), bool(found.get("office-words")) and not groups
        self._kept: dict[int, dict[str, list[Match[str]]]] = {}
        self._praised: dict[int, bool] = {}

    def _numbers(self, text: str) -> list[int]:
        return [self.passage.vocabulary.words.plain(item.text.lower()) for item in tokens(text)]

    def marks(self, sentence: Sentence) -> dict[str, list[Match[str]]]:
        """The words of the card's lists in a sentence, by list."""
        found = self._kept.get(sentence.number)
        if found is None:
            first, end = sentence.first, sentence.last + 1
            found = _grouped(self.card, self.passage.plain[first:end], self.passage.written[first:end], first)
            self._kept[sentence.number] = found
        return found

    def _praise(self, sentence: Sentence) -> bool:
        key = sentence.block.start
        if key not in self._praised:
            own = list(self.passage.sentences_of(sentence.block))
            self._praised[key] = any(self.marks(item).get("praise") for item in own)
        return self._praised[key]

    def fits(self, task: Mapping[str, Any], name: TaskName) -> bool:
        """Whether a task belongs to the field of the post, or to that of any post, or its name is at home in the field."""
        if self.strange(task):
            return False
        own = {*name.only, *name.tasks}
        return task["scope"] in self._fields or task["id"] in self._free or bool(own & self._fields)

    def strange(self, task: Mapping[str, Any]) -> bool:
        """Whether the name of a task means something else in posts of this field: whoever assesses and diagnoses a squint."""
        return task["id"] in self._at_home and task["scope"] not in self._scopes

    def weigh(self, sentence: Sentence, setting: Setting, item: Match[TaskName], task: Mapping[str, Any]) -> Sum:
        """The signs that hold for a mention of a task, and their points."""
        return self.card.sum(_Mention(self, sentence, setting, item, task).cues())


def _only_uses(vocabulary: Vocabulary, groups: Sequence[str], scope: str) -> bool:
    """Whether a title names regulated professions of which none looks after the equipment of a field."""
    posts = vocabulary.data["posts"]
    home = {*posts["scope-groups"].get(scope, ())}
    home.update(group for by_scope in posts["register-groups"].values() for group in by_scope.get(scope, ()))
    return bool(groups) and all(vocabulary.statutory.get(group) and group not in home for group in groups)


def _grouped(card: Card, numbers: Sequence[int], written: Sequence[str], first: int = 0) -> dict[str, list[Match[str]]]:
    found: dict[str, list[Match[str]]] = {}
    for item in card.phrases.find(numbers, written):
        shifted = item._replace(first=item.first + first, last=item.last + first)
        found.setdefault(item.label, []).append(shifted)
    for name, before, after, within in card.pairs:
        for one in found.get(before, ()):
            then = next((two for two in found.get(after, ()) if 0 < two.first - one.last <= within), None)
            if then is not None:
                found.setdefault(name, []).append(one._replace(label=name, last=then.last))
    return found


class _Mention:
    """One mention of a task, with what stands to its left and right."""

    def __init__(
        self, signs: Signs, sentence: Sentence, setting: Setting, item: Match[TaskName], task: Mapping[str, Any]
    ) -> None:
        self.signs, self.sentence, self.setting, self.task = signs, sentence, setting, task
        self.passage, self.card = signs.passage, signs.card
        self.words = sorted(item.words)  # the words that name the task; what was joined to them may reach further
        self.first, self.last, self.name = self.words[0], max(item.last, self.words[-1]), item.label
        self.quoted = item.first
        self.on_equipment = signs.passage.vocabulary.about_equipment(task)
        self.marks = signs.marks(sentence)
        self.lower = [word.lower() for word in self.passage.written[sentence.first : sentence.last + 1]]
        self.at = self.first - sentence.first
        turns = [mark.first for mark in self.passage.marked(sentence, "cue", "turn") if mark.last < self.first]
        self.turn = max(turns, default=-1)  # what is offered before it is not meant after it
        self.beside = self._beside()

    def left(self, name: str, reach: int = 0) -> list[Match[str]]:
        """The words of a list before the mention, all or within reach."""
        return [
            one
            for one in self.marks.get(name, ())
            if one.last < self.first and (not reach or self.first - one.first <= reach)
        ]

    def right(self, name: str, reach: int) -> list[Match[str]]:
        return [one for one in self.marks.get(name, ()) if 0 < one.first - self.last <= reach]

    def end(self, name: str) -> int:
        """Where the last of a list's words before the mention ends; -1 where there is none."""
        return max((one.last for one in self.left(name)), default=-1)

    def _beside(self) -> list[str]:
        """The one or two words directly to the right, with nothing but space, hyphens and strokes between."""
        found: list[str] = []
        passage = self.passage
        for word in range(self.last + 1, min(self.last + 3, self.sentence.last + 1)):
            if not _BESIDE.fullmatch(passage.document.text, passage.ends[word - 1], passage.starts[word]):
                break
            if passage.written[word].lower() in _JOINS:
                break  # `CT and theatre`: what follows is the next of a list
            found.append(passage.written[word].lower())
        return found

    def cues(self) -> Iterator[str]:
        """The cues that hold."""
        own = self._own()
        yield from (name for name, holds in (*self._asked(), *self._holder(own), *self._employer(own)) if holds)
        yield from (name for name, holds in (*self._heads(), *self._apart(), *self._telling()) if holds)

    def _own(self) -> bool:
        """Whether the sentence has begun to speak of the post before the mention."""
        return bool(
            self.setting.about == POST
            or self.left("holder")
            or self.left("recruiting")
            or self.left("vacancy")
            or self.left("duty-nouns")
            or self._labelled()
            or self._profession()
        )

    def _profession(self) -> Match[str] | None:
        """The people of the title, where what they do stands between them and the mention."""
        for one in self.marks.get("professions", ()):
            if one.first <= self.last and stem(self.passage.written[one.first]) in self.signs.named:
                does = any(
                    one.last < verb.first and verb.last <= self.last for verb in self.marks.get("profession-verbs", ())
                )
                return one if does else None
        return None

    def _asked(self) -> Iterable[tuple[str, bool]]:
        zone, lead = self.setting.zone, self.setting.lead
        return (
            ("zone-require", zone in (ESSENTIAL, DESIRABLE)),
            ("zone-duty", zone == DUTY),
            ("zone-contact", zone == CONTACT),
            ("asked-after", bool({*self.beside[:1], *self._lower_words()} & self.card.asked)),
            ("lead-require", lead in (ESSENTIAL, DESIRABLE) and zone not in (ESSENTIAL, DESIRABLE)),
            ("lead-holder", lead == DUTY or self._labelled()),
            ("desirable-word", bool(self.marks.get("desirable"))),
            ("essential-word", self._essential()),
            *((f"{name}-before", bool(self.left(name, _REACH[name]))) for name in ("experience", "knowledge", "skill")),
        )

    def _lower_words(self) -> set[str]:
        return {self.passage.written[word].lower() for word in self.words}

    def _essential(self) -> bool:
        """Whether a word of need stands in the sentence that is not only an adjective: `an essential part of the hospital`."""
        things = {one.first for one in self.marks.get("essential-things", ())}
        return any(one.last + 1 not in things for one in self.marks.get("essential", ()))

    def _holder(self, own: bool) -> Iterable[tuple[str, bool]]:
        holders = [one.last for one in self.left("holder")]
        holder = max(holders, default=-1)
        link = min((one.last for one in self.left("recruiting")), default=-1)
        clause = self._clause()
        verb = holder >= 0 and (
            any(one.last >= holder for one in self.left("holder-verbs"))  # `the technologist will` ends in its verb
            or any(map(self._verb_follows, holders))
        )
        people, opens = self._profession() is not None, self._imperative()
        about = self.setting.about == POST and not (verb or people or opens or link >= 0)
        return (
            ("holder-verb", verb),
            ("imperative-start", opens),
            ("profession-verb", people),
            ("about-post", about),
            ("done-by-holder", self._done_by_holder()),
            ("bare-line", not own and not opens and self._bare()),
            ("recruit-before", bool(self.left("recruiting") or self.left("vacancy"))),
            ("recruit-with", link >= 0 and any(one.first > link for one in self.left("recruiting-link"))),
            ("rotates-through", bool(self.left("rotates")) and not self.left("others")),
            ("rotate-before", bool(self.left("spread"))),
            ("act-near", bool(self.left("acts", _REACH["acts"]))),
            ("perform-near", bool(self.left("performing", _REACH["performing"]))),
            ("modal-before", bool(self.left("modal"))),
            ("task-word-near", bool(self._telling_stems() & clause)),
            ("offer-before", self._offer()),
            ("chance-before", self._chance()),
            ("later-before", bool(self.left("later", _LATER))),
        )

    def _verb_follows(self, holder: int) -> bool:
        """Whether the word after the holder is what the holder does: `you sample`, `the jobholder undertakes`, not `your scan`."""
        word = holder + 1
        if word > self.first or word > self.sentence.last or self.passage.written[holder].lower() == "your":
            return False
        return bool(_third(self.passage.written[word].lower()) & self.card.words["imperatives"])

    def _done_by_holder(self) -> bool:
        """Whether what follows in the sentence gives the task to the holder: `are done by you`, `are yours to run`."""
        return any(
            not any(self.last < other.first < one.first for other in self.marks.get("others", ()))
            for one in self.right("done-by-holder", _DONE_BY)
        )

    def _labelled(self) -> bool:
        """Whether what stands before a colon in the sentence names the post: `This is a varied role: manometry, urodynamics`."""
        text, start = self.passage.document.text, self.sentence.start
        before, colon, _ = text[start : self.passage.starts[self.first]].rpartition(":")
        return bool(colon) and any(item.text.lower() in self.card.words["post-nouns"] for item in tokens(before))

    def _imperative(self) -> bool:
        """Whether the sentence opens with what to do: `Inject ...`, `To inject ...`, `Injects ...`."""
        start = self._after_label()
        opening = self.lower[start] if start < len(self.lower) else ""
        second = self.lower[start + 1] if start + 1 < len(self.lower) else ""
        known = self.card.words["imperatives"]
        if opening == "to":
            return second in known or second in self.card.words["acts"]
        return bool(_third(opening) & known)

    def _after_label(self) -> int:
        """Which word of the sentence follows a label and a colon: `Job purpose: To maintain`; 0 where there is none."""
        passage, first = self.passage, self.sentence.first
        for word in range(first + 1, min(first + _LABEL, self.first) + 1):
            if ":" in passage.document.text[passage.ends[word - 1] : passage.starts[word]]:
                return word - first
        return 0

    def _bare(self) -> bool:
        """Whether the sentence only names work: it is short and has no verb."""
        return (
            len(self.lower) <= _BARE
            and self.setting.zone not in (SERVICE, OFFER, CONTACT)
            and not self._said()
            and not self.left("places")
            and not self.left("others")
        )

    def _said(self) -> bool:
        """Whether the sentence has a verb; `scans and reports` are none where nobody is their subject."""
        verbs = {self.passage.written[mark.first].lower() for mark in self.passage.marked(self.sentence, "verb")}
        return bool(verbs - _NOUNS_TOO) or bool(verbs and self.passage.marked(self.sentence, "subject"))

    def _chance(self) -> bool:
        """Whether a chance is offered, and not the post itself: `we can offer rotation through CT`."""
        vacancies = self.left("vacancy")
        return any(
            one.first > self.turn and not any(one.first <= two.first <= one.last for two in vacancies)
            for one in self.left("chance", _REACH["chance"])
        )

    def _offer(self) -> bool:
        """Whether a word of learning or career stands before the mention that is not part of the vacancy itself."""
        vacancies = self.left("vacancy")
        return any(
            one.first > self.turn and not any(two.first <= one.first and one.last <= two.last for two in vacancies)
            for one in self.left("offer")
        )

    def _telling_stems(self) -> set[str]:
        label = _words_of(self.task["label"])
        own = {stem(self.passage.written[word]) for word in self.words}
        return {stem(word) for word in label[1:]} - _SMALL - {stem(label[0])} - own

    def _clause(self) -> set[str]:
        first, end = self.first, self.last + 1
        words = self.passage.written
        before = words[max(self.sentence.first, first - 10) : first]
        after = words[end : min(end + 8, self.sentence.last + 1)]
        return {stem(word) for word in (*before, *after)}

    def _employer(self, own: bool) -> Iterable[tuple[str, bool]]:
        text = self.passage.document.text
        where = self.passage.starts[self.first] / len(text)
        long = len(text) >= _LONG_TEXT
        opening, few = (self.lower[0] if self.lower else ""), set(self.lower[:9])
        opens = opening in self.card.words["employer-openers"]
        ahead = set(self.lower[:5])
        modal = {"will", "must", "should", "shall"} & set(self.lower[: self.at])
        listed = self.setting.lead in (DUTY, ESSENTIAL, DESIRABLE) or self.setting.zone == DUTY or self._imperative()
        three = self.lower[max(0, self.at - 3) : self.at]
        return (
            ("we-our", bool({"we", "our", "us"} & set(self.lower))),
            ("we-subject", not own and bool(ahead & {"we", "our"})),
            ("place-subject", not own and opens and bool(few & self.card.words["places"])),
            ("shows-before", not own and not listed and not modal and bool(self.left("shows"))),
            ("praise-line", bool(self.marks.get("praise")) or (not own and self.signs._praise(self.sentence))),
            ("inventory-words", bool(self.left("inventory"))),
            ("number-before", self._numbered(three)),
            ("others-before", not self.left("holder") and bool(self.left("others"))),
            ("leader-title", self.signs._leader),
            ("office-title", self.signs.office),
            ("in-title", self._in_title()),
            ("early", long and where < _EARLY),
            ("late", long and where > _LATE),
            ("long-sentence", len(self.lower) > _LONG_SENTENCE),
            ("selection", bool(self.marks.get("selection"))),
        )

    def _numbered(self, before: Sequence[str]) -> bool:
        first = self.first - len(before)
        if "one of" in " ".join(before):
            return False  # `one of two supervisors`: the holder is one
        return any(
            word in self.card.words["numbers"] or (word.isdigit() and not self.passage.hyphened(first + index))
            for index, word in enumerate(before)
        )

    def _in_title(self) -> bool:
        words = (self.passage.written[word].lower() for word in self.words)
        return any(stem(word) in self.signs.named for word in words if word not in _SMALL)

    def _heads(self) -> Iterable[tuple[str, bool]]:
        words, written = self.card.words, self.passage.written
        mention = self.passage.document.text[self.passage.starts[self.first] : self.passage.ends[self.last]]
        last = written[self.last].lower()
        two, beside, equipment = set(self.beside), self.beside[:1], words["equipment-heads"]
        nearest = self._nearest()
        article = self.at > 0 and (
            self.lower[self.at - 1] in _ARTICLES
            or (self.at > 1 and self.lower[self.at - 2] in _ARTICLES and not self._parted_before())
        )
        return (
            ("object-noun", bool(self.left("object-nouns", 4)) or bool(set(beside) & words["object-nouns"])),
            ("nearest-relative", nearest == "relative"),
            ("nearest-purpose", nearest == "purpose"),
            ("team-right", bool(two & (words["team-heads"] - equipment if self.on_equipment else words["team-heads"]))),
            ("person-right", bool(two & words["person-heads"])),
            ("equipment-right", not self.on_equipment and bool(two & equipment)),
            ("agent-noun", self._agent(last) and not self._acts_as()),
            ("article-before", article),
            ("capitalised", mention[:1].isupper() and not mention.isupper() and self.at > 0),
            ("acronym", mention.isupper() and len(mention) <= _SHORT),
        )

    def _agent(self, last: str) -> bool:
        """Whether the last word of the mention names a person, by what they do or by their office: the holder, or another."""
        if last in self.card.words["role-names"]:
            return bool(set(_ARTICLES) & set(self.lower[max(0, self.at - 3) : self.at]))
        return bool(_AGENT.fullmatch(last)) and last not in self.card.words["not-agents"]

    def _acts_as(self) -> bool:
        """Whether the mention is a role that the holder plays: `act as an operator`, `be the safety officer`."""
        end = self.last - self.sentence.first
        role = " ".join(self.lower[max(0, self.at - _ROLE) : end])
        return "as" in self.lower[max(0, self.at - 3) : end] or any(words in role for words in _BE)

    def _nearest(self) -> str:
        """Of several lists that whose words end nearest before the mention."""
        lists = ("holder", "recruiting", "chance", "relative", "place-verbs", "exceptions", "purpose", "duty-nouns")
        ends = {name: self.end(name) for name in lists}
        people = self._profession()
        if people is not None and people.first < self.first:
            ends["holder"] = max(ends["holder"], people.last)
        best = max(ends, key=lambda name: ends[name])
        return best if ends[best] >= 0 else ""

    def _apart(self) -> Iterable[tuple[str, bool]]:
        """What the mention is only a part of: a thing, another act, a place of work, a course."""
        words = self.card.words
        beside = self.beside[:1]
        return (
            ("thing-right", bool(set(beside) & words["thing-heads"]) and not self._beyond()),
            ("thing-before", self._thing()),
            ("other-act", self._linked("other-acts", _OTHER_ACT) or self._taught()),
            ("only-used", self.task["scope"] in self.signs.foreign),
            ("upkeep", not self.on_equipment and self._linked("upkeep", _OTHER_ACT)),
            ("place-of-work", self._place_of_work()),
            ("study", self._course()),
        )

    def _beyond(self) -> bool:
        """Whether the mention says how it is done, so that what follows it belongs to that: `authorise requests under written
        authorisation guidelines`."""
        within = (word.lower() for word in self.passage.written[self.first + 1 : self.last])
        return bool(_MANNER.intersection(within)) and self._verb()

    def _thing(self) -> bool:
        """Whether a thing and a small word stand before it: `servers for treatment delivery`."""
        known = self.card.words["imperatives"]
        return not self._verb() and any(
            0 < link.first - thing.last <= 2
            and self.first - link.last <= _THING
            and not self._act_between(link.last)
            and not self._comma(thing.last, link.first)
            and not (self._comma(link.last, self.first) and _third(self.passage.written[self.first].lower()) & known)
            for thing in self.left("things", _THING + 4)
            for link in self.left("thing-links", _THING + 2)
        )

    def _parted_before(self) -> bool:
        """Whether a mark parts the mention from the word before it: `at the bench: servicing`."""
        return bool(
            set(":;,(")
            & set(self.passage.document.text[self.passage.ends[self.first - 1] : self.passage.starts[self.first]])
        )

    def _comma(self, one: int, other: int) -> bool:
        return "," in self.passage.document.text[self.passage.ends[one] : self.passage.starts[other]]

    def _verb(self) -> bool:
        """Whether the mention itself begins with what the holder does: `..., inject joints`, `will request X-rays`."""
        first = self.passage.written[self.first].lower()
        before = self.lower[self.at - 1] if self.at else ""
        opens = not self.at or before in (*_JOINS, "to", "will", "also") or self._comma(self.first - 1, self.first)
        return opens and first in self.card.words["imperatives"] and not first.endswith("ing")

    def _linked(self, name: str, reach: int) -> bool:
        """Whether a verb of a list governs the mention: no verb of doing, and no holder who does something else, stands between."""
        label = {stem(word) for word in _words_of(self.task["label"])}
        written = self.passage.written
        holder = max((one.last for one in self.left("holder") if written[one.last].lower() != "your"), default=-1)
        return not self._verb() and any(
            not self._act_between(one.last) and stem(self.passage.written[one.first]) not in label
            for one in self.left(name, reach + 2)
            if self.first - one.last <= reach and holder <= one.last < self.quoted
        )

    def _act_between(self, word: int) -> bool:
        doing = (*self.left("performing"), *self.left("acts"))
        verbs = self.card.words["imperatives"]
        if any(
            self.passage.written[at].lower() in verbs and self._comma(at - 1, at) for at in range(word + 2, self.first)
        ):
            return True  # `collect data, read out dosemeters`
        return any(
            word < one.first < self.first and self.lower[one.first - self.sentence.first] != "work" for one in doing
        )

    def _place_of_work(self) -> bool:
        """Whether the mention only says where the holder works; whoever works in CT does CT, unless it is called a department."""
        if not self._linked("places-of-work", _WORKPLACE):
            return False
        before = " ".join(word for word in self.lower[max(0, self.at - 3) : self.at] if word not in _ARTICLES)
        works = before.endswith(_WORKS_IN)
        return not works or not self.signs.fits(self.task, self.name) or self.signs.office

    def _taught(self) -> bool:
        """Whether the holder only teaches it, and the task is no training."""
        return "train" not in self.task["label"].lower() and self._linked("teaching-acts", _OTHER_ACT)

    def _course(self) -> bool:
        after = any(one.first == self.last + 1 for one in self.right("courses-after", 2))
        return after or bool(self.left("courses-before", _COURSE))

    def _telling(self) -> Iterable[tuple[str, bool]]:
        """How telling the words of the mention are."""
        words = [self.passage.written[word].lower() for word in self.words]
        everyday = self.card.everyday(words)
        inside, strange = self.signs.fits(self.task, self.name), self.signs.strange(self.task)
        apart = not self.passage.tight(self.words[0], self.words[-1], self.words)
        apart = apart and not self.passage.coordinated(self.words)
        lower = self._lower_words()
        return (
            ("weak-name", self.name.weak),
            ("words-apart", apart),
            ("words-bridged", apart and self.passage.bridged(self.words)),
            ("past-form", bool(lower & self.card.words["past-forms"])),
            ("everyday", inside and everyday > 1),
            ("everyday-outside", strange or (not inside and everyday > 0)),
            ("outside", not inside and not strange and not everyday),
        )
