"""The tasks that a text names, how it means each, and what it attaches to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gapcheck.jobdesc.understanding.matcher import Found, longest
from gapcheck.jobdesc.understanding.meaning import kind_of
from gapcheck.jobdesc.understanding.passage import Passage, Sentence
from gapcheck.jobdesc.understanding.posts import Post
from gapcheck.jobdesc.understanding.result import COUNTING, DESIRABLE, ESSENTIAL, TaskHit
from gapcheck.jobdesc.understanding.scorecard import Signs
from gapcheck.jobdesc.understanding.segment import Setting
from gapcheck.jobdesc.understanding.vocabulary import Mark, TaskName, plain

_MOST_HITS = 2_000
_SENSE = 5  # words within which another sense of a word shows
_SUBJECT = 4  # words from a degree to its subject
_TITLE_WORDS = 14
_NAMED = 2  # words from the head of a department to what it does
_ADDRESS = 8  # words of a line that is an address
_LONE = 3  # words of a line in which a diploma may stand with what leads it
_REACH = 14  # words between a duty and a direction that is attached to it


def task_hits(
    passage: Passage, settings: dict[int, Setting], post: Post, tasks: Mapping[str, Any]
) -> tuple[tuple[TaskHit, ...], tuple[str, ...]]:
    """Every task named, in order (`tasks`: those of the lawbook); and the annotations (prescribing) that the post asks for."""
    hits: list[TaskHit] = []
    seen: set[tuple[str, int]] = set()
    start, end = _title_at(passage, post.title)
    signs = Signs(passage, post.title, post.wide)
    for sentence, found in passage.tasks(post.wide):
        if sentence.block.kind == "heading" or _is_title(passage, sentence, post.title):
            continue
        attached = _attached(passage, sentence)
        for item, task in found:
            if start <= passage.starts[item.first] < end:
                continue
            if _diploma(passage, sentence, item) or _other_sense(passage, sentence, item):
                continue
            if _received(passage, sentence, item, task):
                continue
            if _studied(passage, sentence, item) or _name(passage, sentence, item):
                continue
            first, last = item.first, item.last
            weighed = signs.weigh(sentence, settings[sentence.number], item, tasks[task])
            kind = kind_of(passage, sentence, settings[sentence.number], item, weighed=weighed, own=signs.named)
            if kind in (ESSENTIAL, DESIRABLE) and _lone_direction(passage, sentence, item):
                continue
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
                    cues=weighed.cues,
                    points=weighed.points,
                )
            )
    hits = _roles_at_work(passage, _without_bare_directions(passage, hits))
    return tuple(sorted(hits, key=lambda hit: (hit.start, hit.end))), _annotations(passage, hits)


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


def _professions(passage: Passage, sentence: Sentence, item: Found[TaskName]) -> tuple[str, ...]:
    """The professions that the sentence gives the task to, as in `radiographers may inject`; none where it names none."""
    named = [mark.label.name for mark in longest(passage.marked(sentence, "group")) if mark.last < item.first]
    return tuple(dict.fromkeys(named))


def _studied(passage: Passage, sentence: Sentence, item: Found[TaskName]) -> bool:
    """Whether the name is the subject of a degree or course: `BSc in Diagnostic Radiography`."""
    for mark in passage.marked(sentence, "about", "course-words"):
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


def _name(passage: Passage, sentence: Sentence, item: Found[TaskName]) -> bool:
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


def _person(passage: Passage, item: Found[TaskName]) -> bool:
    """Whether the name is only part of what a person is called: `CT radiographer`."""
    if not passage.tight(item.first, item.last, item.words) or item.last + 1 == len(passage.written):
        return False
    after = passage.written[item.last + 1].lower()
    persons = passage.vocabulary.persons
    return after in persons or after.removesuffix("s") in persons


def _lone_direction(passage: Passage, sentence: Sentence, item: Found[TaskName]) -> bool:
    """Whether a short form that may be a direction stands by itself among qualifications, where it is the diploma."""
    short = [mark for mark in passage.marked(sentence, "directions", "pgd") if mark.words == item.words]
    return bool(short) and passage.written[item.first].isupper() and sentence.last - sentence.first < _LONE


def _other_sense(passage: Passage, sentence: Sentence, item: Found[TaskName]) -> bool:
    """Whether words stand near in which a name means something else: prescribing a wheelchair."""
    return bool(item.label.unless) and any(
        max(item.first - mark.last, mark.first - item.last) <= _SENSE
        for mark in passage.marked(sentence, "law", item.label.unless)
    )


def _received(passage: Passage, sentence: Sentence, item: Found[TaskName], task: str) -> bool:
    """Whether what looks like asking for something is a request that others make: `vet requests for scans`."""
    law = passage.vocabulary.data["law"]
    if law["checks"]["W004"] not in passage.vocabulary.acts[task]:
        return False
    return any(
        set(mark.words) & set(item.words) and passage.written[mark.first - 1].lower() not in law["made"]
        for mark in passage.marked(sentence, "law", "received")
    )


def _attached(passage: Passage, sentence: Sentence) -> dict[str, list[Found[Mark]]]:
    return {kind: passage.marked(sentence, kind) for kind in ("arrangements", "entitlements")}


def _near(marks: list[Found[Mark]], item: Found[Any]) -> tuple[str, ...]:
    """The directions or entitlements that stand with a task in its sentence."""
    return tuple(
        dict.fromkeys(
            mark.label.name for mark in marks if max(item.first - mark.last, mark.first - item.last) <= _REACH
        )
    )


def _diploma(passage: Passage, sentence: Sentence, item: Found[Any]) -> bool:
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
