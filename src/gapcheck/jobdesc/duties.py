"""The tasks that a text names, how it means each, and what it attaches to them."""

from __future__ import annotations

from gapcheck.jobdesc.matcher import Found
from gapcheck.jobdesc.meaning import Setting, kind_of
from gapcheck.jobdesc.passage import Passage, Sentence
from gapcheck.jobdesc.posts import Post
from gapcheck.jobdesc.result import COUNTING, TaskHit
from gapcheck.jobdesc.vocabulary import Mark

_REACH = 14  # words between a duty and a direction that is attached to it


def task_hits(passage: Passage, settings: dict[int, Setting], post: Post) -> tuple[tuple[TaskHit, ...], tuple[str, ...]]:
    """Every task named, in order; and the annotations (prescribing) that the post asks for."""
    hits: list[TaskHit] = []
    title = post.title.casefold()
    for sentence, found in passage.tasks(post.wide):
        if sentence.block.kind == "heading" or passage.quote(sentence.first, sentence.last).casefold() in title:
            continue
        attached = _attached(passage, sentence)
        for item, task in found:
            if _diploma(passage, sentence, item):
                continue
            first, last = item.first, item.last
            kind = kind_of(passage, sentence, settings[sentence.number], first, last, item.label.weak)
            if not kind or any(one.id == task and one.start == passage.starts[first] for one in hits):
                continue
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
                    arrangements=_near(attached["arrangements"], item) if legal else (),
                    entitlements=_near(attached["entitlements"], item) if legal else (),
                )
            )
    return tuple(sorted(hits, key=lambda hit: (hit.start, hit.end))), _annotations(passage, hits)


def _attached(passage: Passage, sentence: Sentence) -> dict[str, list[Found[Mark]]]:
    return {kind: passage.marked(sentence, kind) for kind in ("arrangements", "entitlements")}


def _near(marks: list[Found[Mark]], item: Found[object]) -> tuple[str, ...]:
    """The directions or entitlements that stand with a task in its sentence."""
    return tuple(
        dict.fromkeys(
            mark.label.name
            for mark in marks
            if max(item.first - mark.last, mark.first - item.last) <= _REACH
        )
    )


def _diploma(passage: Passage, sentence: Sentence, item: Found[object]) -> bool:
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
