"""Read a draft: its sentences become statements, with what they assert as far as that is sure."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from gapcheck.ask import vocabulary as v
from gapcheck.claims.model import MAY_NOT, NOT_SO, PROPOSED, Statement
from gapcheck.drafts import cues as c
from gapcheck.drafts.cues import Cues, SaidOf, cues_of
from gapcheck.drafts.deeds import Deed
from gapcheck.drafts.figures import figures_of
from gapcheck.drafts.frames import NO_ACT, Frame, Memory, assertions, frames_of, since
from gapcheck.drafts.guards import reason
from gapcheck.drafts.marked import Marked
from gapcheck.drafts.points import points_of
from gapcheck.drafts.sentences import DraftSentence, sentences_of
from gapcheck.jobdesc.reading.text import TextDocument
from gapcheck.law.lawbook import Lawbook

_BODY = "it tells what a body requires, which is for a person to check with the body"
_FAR = 6  # words between a body and what it is said to require
_MOST = 2000  # statements


class Draft(NamedTuple):
    """A draft as read: its name, the SHA-256 of its bytes, the number of its sentences and those that speak of people and of law
    without a statement that was understood; and the statements of law that were found in it."""

    source: dict[str, Any]
    statements: tuple[Statement, ...]


def read_draft(document: TextDocument, book: Lawbook, raw: bytes = b"") -> Draft:
    """The statements of law of a document. `raw`: its bytes."""
    cues = cues_of(book)
    sentences = list(sentences_of(document))
    passed: list[DraftSentence] = []
    statements = tuple(_statements(sentences, cues, passed))[:_MOST]
    source = {
        "source": os.path.basename(document.source),
        "sha256": hashlib.sha256(raw or document.text.encode()).hexdigest(),
        "sentences": len(sentences),
        "passed_over": [{"page": one.page or None, "line": one.line, "quote": one.text} for one in passed],
    }
    return Draft(source, statements)


def _statements(sentences: list[DraftSentence], cues: Cues, passed: list[DraftSentence]) -> Iterator[Statement]:
    """The statements. A sentence that has people and a word of law in it, and is none of them, is put to `passed`."""
    memory, block, taken = Memory(), -1, 0
    figures = figures_of(sentences, cues)
    own, above = _own(sentences, cues), frozenset[int]()
    for number, sentence in enumerate(sentences):
        if sentence.heading:
            above = _seen(Marked(cues, sentence.text, {}))
        if not sentence.prose:
            continue
        if sentence.block != block:
            memory, block = Memory(aliases=memory.aliases, seen=above), sentence.block
        marked = Marked(cues, sentence.text, memory.aliases, own)
        statement = _statement(sentence, marked, memory)
        if statement is None and _legal(marked) and marked.people:
            passed.append(sentence)
        amounts = tuple(figures.get(number, ()))
        if statement is None and amounts:
            statement = Statement("", sentence.text, page=sentence.page, line=sentence.line, state=PROPOSED)
        if statement is not None:
            taken += 1
            yield replace(statement, id=f"s-{taken}", figures=amounts)


def _statement(sentence: DraftSentence, marked: Marked, memory: Memory) -> Statement | None:
    """What a sentence says, or None where it states no law; what it leaves to the next sentences is kept in `memory`."""
    frames = [] if sentence.text.endswith("?") else frames_of(marked, memory)
    kept = (
        frames
        if _legal(marked) or memory.law
        else [one for one in frames if _firm(marked, one) or (one.says == MAY_NOT and _legal_before(marked, memory))]
    )
    sure = assertions(marked, kept)
    points = [] if sentence.text.endswith("?") else points_of(marked, memory.seen)
    if any(not one.unsure and one.assertion.says == NOT_SO for one in points):
        sure = ()  # what a point of law contradicts is no right answer to another question
    elif sure:
        points = []
    found = (*sure, *(one.assertion for one in points if not one.unsure))
    _remember(
        marked,
        memory,
        [one.who for one in frames if one.who is not None and not one.who.anyone],
        next((one.deeds for one in reversed(frames) if one.deeds and not one.unsure), ()),
    )
    memory.law = bool(found)
    place = {"page": sentence.page, "line": sentence.line, "state": PROPOSED}
    if found:
        return Statement("", sentence.text, found, **place)  # type: ignore[arg-type]
    if sentence.text.endswith("?"):
        return None
    why = next((one.unsure for one in points), "")
    why = why or (next((one.unsure for one in frames if one.unsure), NO_ACT) if frames and _legal(marked) else "")
    why = why or (_BODY if _of_body(marked) else "") or _left(marked)
    return Statement("", sentence.text, (), unsure=why, **place) if why else None  # type: ignore[arg-type]


def _left(marked: Marked) -> str:
    """Why a sentence that may state law without being understood is left to a person; "" where it states none: it has no verb of
    permission or duty, or speaks of nobody whom law binds."""
    own = marked.cues.own
    verbs = [one for one in marked.modals if _legal(marked) or marked.words[one.first].text in own["firm"]]
    verbs += marked.within(range(len(marked.words)), c.STATES)
    about = marked.people or marked.of(c.EMPLOYERS, c.WAY, v.MEDICINE, c.OTHERS, c.SOURCES, v.REGISTER)
    if not verbs or not about:
        return ""
    first = min(verbs, key=lambda one: one.first)
    return reason(marked, first.first, first.last) or NO_ACT


def _own(sentences: list[DraftSentence], cues: Cues) -> SaidOf | None:
    """Whose draft it is: the profession that its first heading names."""
    for sentence in sentences:
        people = [one.who for one in Marked(cues, sentence.text, {}).people if one.who.professions]
        if people and not sentence.prose:
            return people[0] if len({one.professions for one in people}) == 1 and not people[0].register else None
    return None


def _seen(marked: Marked) -> frozenset[int]:
    """The groups of words of points of law that stand in a sentence."""
    return frozenset(int(one.name) for one in marked.of(c.POINT))


def _legal(marked: Marked) -> bool:
    """Whether a sentence has a word of law."""
    return bool(marked.of(c.LEGAL, c.WAY, v.REGISTER, v.TITLE))


def _firm(marked: Marked, frame: Frame) -> bool:
    """Whether a verb is one of permission or duty by itself: who may, may not or must do an act that the lawbook knows."""
    return bool(frame.deeds) and marked.words[frame.verb].text in marked.cues.own["firm"]


def _legal_before(marked: Marked, memory: Memory) -> bool:
    """Whether the paragraph so far speaks of law."""
    return any(f" {word.lower()} " in memory.about for word in marked.cues.own["legal"])


def _of_body(marked: Marked) -> bool:
    asks = marked.of(c.REQUIRES)
    return any(0 < ask.first - body.last <= _FAR for body in marked.of(c.BODIES) for ask in asks)


def _remember(marked: Marked, memory: Memory, who: list[object], deeds: tuple[Deed, ...]) -> None:
    named = [one.who for one in marked.people if not one.who.anyone and not one.who.register]
    named.sort(key=lambda one: not one.professions)
    memory.medicine = ""
    memory.who = who[-1] if who else named[0] if named else memory.who  # type: ignore[assignment]
    for span in marked.within(range(len(marked.words)), v.MEDICINE, v.BY_CONTEXT):
        if span.kind == v.MEDICINE:
            memory.medicine = span.name
        else:
            memory.medicine = str(marked.cues.asked.own["medicines-by-context"][int(span.name)]["otherwise"])
    memory.deeds = deeds or memory.deeds
    memory.date = since(marked) or memory.date
    memory.seen |= _seen(marked)
    ways = [one for one in marked.of(c.WAY) if "of" not in marked.cues.own["ways"][int(one.name)]]
    memory.way = marked.cues.own["ways"][int(ways[-1].name)]["route"] if ways else memory.way
    memory.about += marked.text_of(0, len(marked.words) - 1) + " "
