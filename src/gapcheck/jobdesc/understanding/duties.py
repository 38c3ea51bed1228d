"""The tasks that a text names, how it means each, and what it attaches to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from gapcheck.jobdesc.reading.text import Block, TextDocument
from gapcheck.jobdesc.understanding.matcher import Match, longest
from gapcheck.jobdesc.understanding.meaning import kind_of
from gapcheck.jobdesc.understanding.passage import Passage, Sentence
from gapcheck.jobdesc.understanding.posts import DescribedPost
from gapcheck.jobdesc.understanding.result import CONFIRM, COUNTING, DESIRABLE, DUTY, ESSENTIAL, SERVICE, TaskHit
from gapcheck.jobdesc.understanding.scorecard import Signs, Sum
from gapcheck.jobdesc.understanding.segment import POST, Setting
from gapcheck.jobdesc.understanding.vocabulary import Mark, TaskName, plain

_MOST_HITS = 2_000
_SENSE = 5  # words within which another sense of a word shows
_SUBJECT = 4  # words from a degree to its subject
_TITLE_WORDS = 14
_NAMED = 2  # words from the head of a department to what it does
_ADDRESS = 8  # words of a line that is an address
_LONE = 3  # words of a line in which a diploma may stand with what leads it
_LISTED = 2  # words that may stand before an item of a list
_ITEMS = 3  # items of a list that may stand between two, each with a comma
_PARTING = frozenset(
    ["for", "to", "by", "of", "from", "in", "at", "on", "with", "but", "not", "no", "the", "a", "an", "as", "if", "who"]
)
_REACH = 14  # words between a duty and a direction that is attached to it

_Weighed = tuple[Match[TaskName], str, Sum]  # a mention, its task, its points
_Kinded = tuple[_Weighed, str]  # and its kind


def task_hits(
    passage: Passage, settings: dict[int, Setting], post: DescribedPost, tasks: Mapping[str, Any]
) -> tuple[tuple[TaskHit, ...], tuple[str, ...]]:
    """Every task named, in order (`tasks`: those of the lawbook); and the annotations (prescribing) that the post asks for."""
    hits: list[TaskHit] = []
    seen: set[tuple[str, int]] = set()
    start, end = _title_at(passage, post.title)
    signs = Signs(passage, post.title, post.wide, post.groups)
    passage.titled = _tasks_of_title(passage, post)
    for sentence, found in passage.tasks(post.wide):
        if sentence.block.kind == "heading" or _is_title(passage, sentence, post.title):
            continue
        attached = _attached(passage, sentence)
        setting = settings[sentence.number]
        weighed = [
            (item, task, signs.weigh(sentence, setting, item, tasks[task]))
            for item, task in found
            if not start <= passage.starts[item.first] < end and not _else(passage, sentence, item, task)
        ]
        weighed = _spread(passage, weighed)
        kinds = [kind_of(passage, sentence, setting, item, weighed=sum_, own=signs.named) for item, _, sum_ in weighed]
        for (item, task, sum_), kind in _listed(passage, list(zip(weighed, kinds, strict=True))):
            if kind in (ESSENTIAL, DESIRABLE) and _lone_direction(passage, sentence, item):
                continue
            first, last = item.first, item.last
            if (task, first) in seen or len(hits) >= _MOST_HITS:
                continue
            seen.add((task, first))
            legal = task in passage.vocabulary.legal
            hits.append(
                TaskHit(
                    id=task,
                    quote=passage.quote(first, last),
                    line=passage.line(first),
                    kind=kind,
                    start=passage.starts[first],
                    end=passage.ends[last],
                    legal=legal,
                    professions=_professions(passage, sentence, item),
                    arrangements=_near(attached["arrangements"], item) if legal else (),
                    entitlements=_near(attached["entitlements"], item) if legal else (),
                    cues=sum_.cues,
                    points=sum_.points,
                )
            )
    hits = _taken_up(passage, settings, signs, hits)
    hits = _roles_at_work(passage, _without_bare_directions(passage, hits))
    return tuple(sorted(hits, key=lambda hit: (hit.start, hit.end))), _annotations(passage, hits)


def _taken_up(passage: Passage, settings: dict[int, Setting], signs: Signs, hits: list[TaskHit]) -> list[TaskHit]:
    """The hits, those that describe the service as duties where the next sentence gives `all of these` to the holder."""
    found = list(hits)
    for before, sentence in pairwise(passage.sentences):
        if settings[sentence.number].about != POST or before.block.section != sentence.block.section:
            continue
        if not signs.marks(sentence).get("refers-back") or _denied_or_offered(passage, sentence):
            continue
        for index, hit in enumerate(found):
            if hit.kind in (SERVICE, CONFIRM) and before.start <= hit.start < before.end and _plain_mention(signs, hit):
                found[index] = replace(hit, kind=DUTY)
    return found


def _denied_or_offered(passage: Passage, sentence: Sentence) -> bool:
    spared = {
        word
        for mark in passage.marked(sentence, "cue", "no-negation", "no-supervision", "no-offer")
        for word in mark.words
    }
    return any(spared.isdisjoint(mark.words) for mark in passage.marked(sentence, "cue", "negation", "offer"))


def _plain_mention(signs: Signs, hit: TaskHit) -> bool:
    return signs.card.not_listed.isdisjoint(name for name, _ in hit.cues)


def _tasks_of_title(passage: Passage, post: DescribedPost) -> frozenset[str]:
    """The tasks that the title names: what a CT radiographer scans."""
    persons = passage.vocabulary.persons
    bare = " ".join(word for word in re.split(r"[\s/]+", post.title) if plain(word).removesuffix("s") not in persons)
    return frozenset(
        task
        for text in {post.title, bare} - {""}
        for _, found in Passage(TextDocument("", "txt", text, (Block(0, len(text)),)), passage.vocabulary).tasks(
            post.wide
        )
        for _, task in found
    )


def _else(passage: Passage, sentence: Sentence, item: Match[TaskName], task: str) -> bool:
    """Whether the words mean something else than the task: a diploma, a course, a name, a request that others make."""
    return (
        _diploma(passage, sentence, item)
        or _other_sense(passage, sentence, item)
        or _received(passage, sentence, item, task)
        or _studied(passage, sentence, item)
        or _name(passage, sentence, item)
    )


def _spread(passage: Passage, mentions: list[_Weighed]) -> list[_Weighed]:
    """The mentions of a sentence, each item of a list with the signs that hold for the whole list."""
    card = passage.vocabulary.card
    found = list(mentions)
    for index in range(1, len(found)):
        (before, _, first), (item, task, weighed) = found[index - 1], found[index]
        own = {name for name, _ in weighed.cues}
        shared = [name for name, _ in first.cues if name in card.spreads and name not in own]
        if shared and _in_one_list(passage, before, item):
            found[index] = (item, task, card.sum([*(name for name, _ in weighed.cues), *shared]))
    return found


def _listed(passage: Passage, mentions: list[_Kinded]) -> list[_Kinded]:
    """The mentions of a sentence, those to confirm that stand in one list with one that counts taken as that one is."""
    card = passage.vocabulary.card
    found = list(mentions)
    order = range(len(found))
    for index, beside in (*((here, here - 1) for here in order), *((here, here + 1) for here in reversed(order))):
        (item, task, weighed), kind = found[index]
        if kind != CONFIRM or not 0 <= beside < len(found) or found[beside][1] not in COUNTING:
            continue
        names = [name for name, _ in weighed.cues]
        if card.not_listed.isdisjoint(names) and _in_one_list(passage, item, found[beside][0][0]):
            total = card.sum([*names, "listed-with"])
            found[index] = ((item, task, total), found[beside][1] if total.counts else kind)
    return found


def _in_one_list(passage: Passage, one: Match[TaskName], other: Match[TaskName]) -> bool:
    """Whether nothing parts two names but a comma or `and`, and a word or two that belong to the second."""
    first, second = sorted((one, other), key=lambda item: item.first)
    if second.first <= first.last:
        return not set(first.words) & set(second.words)  # `abdominal and thyroid scans`
    verbs = passage.vocabulary.card.words["imperatives"]
    if passage.written[second.first].lower() in verbs and passage.written[first.first].lower() not in verbs:
        return False  # another clause: `act as expert, calculate doses`
    between = [word.lower() for word in passage.written[first.last + 1 : second.first]]
    text = passage.document.text[passage.ends[first.last] : passage.starts[second.first]]
    joined = "," in text or "/" in text or "and" in between or "or" in between
    lists = passage.vocabulary.card.words
    parting = lists["bridges"] | lists["acts"] | _PARTING
    return (
        joined
        and not set(text) & set(".:;()")
        and len([word for word in between if word not in ("and", "or")])
        <= _LISTED * max(1, min(text.count(","), _ITEMS))
        and parting.isdisjoint(between)
    )


def _title_at(passage: Passage, title: str) -> tuple[int, int]:
    """Where the title first stands in the text."""
    match = re.search(r"\s+".join(map(re.escape, title.split())), passage.document.text) if title else None
    return match.span() if match else (0, 0)


def _is_title(passage: Passage, sentence: Sentence, title: str) -> bool:
    """Whether a sentence only says the title: it is part of it, or opens the text and has no verb."""
    words = passage.quote(sentence.first, sentence.last).casefold()
    return words in title.casefold() or (
        sentence.number == 0 and len(words.split()) <= _TITLE_WORDS and not passage.marked(sentence, "verb")
    )


def _professions(passage: Passage, sentence: Sentence, item: Match[TaskName]) -> tuple[str, ...]:
    """The professions that the sentence gives the task to, as in `radiographers may inject`; none where it names none."""
    named = [mark.label.name for mark in longest(passage.marked(sentence, "group")) if mark.last < item.first]
    return tuple(dict.fromkeys(named))


def _studied(passage: Passage, sentence: Sentence, item: Match[TaskName]) -> bool:
    """Whether the name is the subject of a degree or course: `BSc in Diagnostic Radiography`."""
    treatment = {word for mark in passage.marked(sentence, "about", "no-course") for word in mark.words}
    for mark in passage.marked(sentence, "about", "course-words"):
        if treatment.issuperset(mark.words):
            continue
        between = passage.written[mark.last + 1 : item.first]
        within = item.last - mark.last <= _SUBJECT + len(item.words)  # else it only reaches back to the course
        if (
            within
            and 0 < len(between) <= _SUBJECT
            and {"in", "of"} & set(map(str.lower, between))
            and "and" not in between
        ):
            return True
        titled = not passage.written[mark.last].islower() and not passage.written[item.first].islower()
        if titled and item.first > mark.last and {word.lower() for word in between} <= {"hons", "honours"}:
            return True  # `BSc (Hons) Diagnostic Radiography`
    return False


def _name(passage: Passage, sentence: Sentence, item: Match[TaskName]) -> bool:
    """Whether the name of a task is part of the name of a person, a department or an employer, or of an address."""
    if _person(passage, item):
        return True
    if any(0 < item.first - mark.last <= _NAMED for mark in passage.marked(sentence, "cue", "named-for")):
        return True
    short = sentence.last - sentence.first < _ADDRESS and sentence.block.kind == "paragraph"
    return (
        short
        and bool(passage.marked(sentence, "nation"))
        and not passage.marked(sentence, "verb")
        and not passage.marked(sentence, "cue")
    )


def _person(passage: Passage, item: Match[TaskName]) -> bool:
    """Whether the name is only part of what a person is called: `CT radiographer`."""
    if not passage.tight(item.first, item.last, item.words) or item.last + 1 == len(passage.written):
        return False
    after = passage.written[item.last + 1].lower()
    persons = passage.vocabulary.persons
    return after in persons or after.removesuffix("s") in persons


def _lone_direction(passage: Passage, sentence: Sentence, item: Match[TaskName]) -> bool:
    """Whether a short form that may be a direction stands by itself among qualifications, where it is the diploma."""
    short = [mark for mark in passage.marked(sentence, "directions", "pgd") if mark.words == item.words]
    return bool(short) and passage.written[item.first].isupper() and sentence.last - sentence.first < _LONE


def _other_sense(passage: Passage, sentence: Sentence, item: Match[TaskName]) -> bool:
    """Whether words stand near in which a name means something else: prescribing a wheelchair."""
    return bool(item.label.unless) and any(
        max(item.first - mark.last, mark.first - item.last) <= _SENSE
        for mark in passage.marked(sentence, "law", item.label.unless)
    )


def _received(passage: Passage, sentence: Sentence, item: Match[TaskName], task: str) -> bool:
    """Whether what looks like asking for something is a request that others make: `vet requests for scans`."""
    law = passage.vocabulary.data["law"]
    if law["checks"]["W004"] not in passage.vocabulary.acts[task]:
        return False
    return any(
        set(mark.words) & set(item.words) and passage.written[mark.first - 1].lower() not in law["made"]
        for mark in passage.marked(sentence, "law", "received")
    )


def _attached(passage: Passage, sentence: Sentence) -> dict[str, list[Match[Mark]]]:
    return {kind: passage.marked(sentence, kind) for kind in ("arrangements", "entitlements")}


def _near(marks: list[Match[Mark]], item: Match[Any]) -> tuple[str, ...]:
    """The directions or entitlements that stand with a task in its sentence."""
    return tuple(
        dict.fromkeys(
            mark.label.name for mark in marks if max(item.first - mark.last, mark.first - item.last) <= _REACH
        )
    )


def _diploma(passage: Passage, sentence: Sentence, item: Match[Any]) -> bool:
    """Whether what looks like a direction is the postgraduate diploma: a word of study stands close by."""
    directions = [mark for mark in passage.marked(sentence, "directions", "pgd") if set(mark.words) & set(item.words)]
    if not any(len(mark.words) == 1 for mark in directions):
        return False
    return any(
        abs(mark.first - direction.first) <= 4
        for direction in directions
        for mark in passage.marked(sentence, "law", "diploma")
        if not set(mark.words) & set(direction.words)
    )


def _without_bare_directions(passage: Passage, hits: list[TaskHit]) -> list[TaskHit]:
    """The hits without those that are only the direction under which another duty, on a line beside it, stands."""
    law = passage.vocabulary.data["law"]
    names = {
        plain(phrase) for kind in ("arrangements", "directions") for phrases in law[kind].values() for phrase in phrases
    }
    bare = [
        hit
        for hit in hits
        if hit.arrangements and hit.id not in law["checks"]["direction-tasks"] and plain(hit.quote) in names
    ]
    lines = Counter(hit.line for hit in hits if hit.legal)
    alone = [hit for hit in bare if sum(lines[hit.line + step] for step in (-1, 0, 1)) == 1]
    return [hit for hit in hits if hit not in bare or hit in alone] if bare else hits


def _roles_at_work(passage: Passage, hits: list[TaskHit]) -> list[TaskHit]:
    """The hits, those that only name a role (`act as operator`) with the task, nearest in the text, that it is played in."""
    law = passage.vocabulary.data["law"]
    for role, act in law["checks"]["roles"].items():
        names = {plain(phrase) for phrase in law["entitlements"][role]}
        named = {hit for hit in hits if plain(hit.quote) in names}
        fit = [
            hit for hit in hits if hit not in named and hit.kind in COUNTING and act in passage.vocabulary.acts[hit.id]
        ]
        if named and fit:
            hits = [
                replace(hit, id=min(fit, key=lambda one: abs(one.start - hit.start)).id) if hit in named else hit
                for hit in hits
            ]
    return hits


def _annotations(passage: Passage, hits: list[TaskHit]) -> tuple[str, ...]:
    """The annotations in the register that a duty or requirement of the text names."""
    counting = [hit for hit in hits if hit.kind in COUNTING]
    names = [
        mark.label.name
        for found in passage.marks.values()
        for mark in found
        if mark.label.kind == "annotations"
        and any(hit.start < passage.ends[mark.last] and passage.starts[mark.first] < hit.end for hit in counting)
    ]
    return tuple(dict.fromkeys(names))
