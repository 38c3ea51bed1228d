"""Read a draft: its sentences become statements, with what they assert as far as that is sure."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from gapcheck.ask import vocabulary as v
from gapcheck.claims.model import MAY_NOT, PROPOSED, Statement
from gapcheck.drafts import cues as c
from gapcheck.drafts.cues import Cues, cues_of
from gapcheck.drafts.figures import figures_of
from gapcheck.drafts.frames import NO_ACT, Memory, assertions, frames_of
from gapcheck.drafts.marked import Marked
from gapcheck.drafts.sentences import Sentence, sentences_of
from gapcheck.jobdesc.reading.text import Document
from gapcheck.law.lawbook import Lawbook

_BODY = "it tells what a body requires, which is for a person to check with the body"
_FAR = 6  # words between a body and what it is said to require
_MOST = 2000  # statements


class Draft(NamedTuple):
    """A draft as read: its name, the SHA-256 of its bytes, the number of its sentences and those that speak of people and of law
    without a statement that was understood; and the statements of law that were found in it."""

    source: dict[str, Any]
    statements: tuple[Statement, ...]


def read_draft(document: Document, book: Lawbook, raw: bytes = b"") -> Draft:
    """The statements of law of a document. `raw`: its bytes."""
    cues = cues_of(book)
    sentences = list(sentences_of(document))
    passed: list[Sentence] = []
    statements = tuple(_statements(sentences, cues, passed))[:_MOST]
    source = {
        "source": os.path.basename(document.source),
        "sha256": hashlib.sha256(raw or document.text.encode()).hexdigest(),
        "sentences": len(sentences),
        "passed_over": [{"page": one.page or None, "line": one.line, "quote": one.text} for one in passed],
    }
    return Draft(source, statements)


def _statements(sentences: list[Sentence], cues: Cues, passed: list[Sentence]) -> Iterator[Statement]:
    """The statements. A sentence that has people and a word of law in it, and is none of them, is put to `passed`."""
    memory, block, taken = Memory(), -1, 0
    figures = figures_of(sentences, cues)
    for number, sentence in enumerate(sentences):
        if not sentence.prose:
            continue
        if sentence.block != block:
            memory, block = Memory(aliases=memory.aliases), sentence.block
        marked = Marked(cues, sentence.text, memory.aliases)
        statement = _statement(sentence, marked, memory)
        if statement is None and _legal(marked) and marked.people:
            passed.append(sentence)
        own = tuple(figures.get(number, ()))
        if statement is None and own:
            statement = Statement("", sentence.text, page=sentence.page, line=sentence.line, state=PROPOSED)
        if statement is not None:
            taken += 1
            yield replace(statement, id=f"s-{taken}", figures=own)


def _statement(sentence: Sentence, marked: Marked, memory: Memory) -> Statement | None:
    """What a sentence says, or None where it states no law; what it leaves to the next sentences is kept in `memory`."""
    frames = [] if sentence.text.endswith("?") else frames_of(marked, memory)
    kept = (
        frames
        if _legal(marked) or memory.law
        else [one for one in frames if one.says == MAY_NOT and _legal_before(marked, memory)]
    )
    found = assertions(marked, kept)
    _remember(marked, memory, [one.who for one in frames if one.who is not None and not one.who.anyone])
    memory.law = bool(found)
    place = {"page": sentence.page, "line": sentence.line, "state": PROPOSED}
    if found:
        return Statement("", sentence.text, found, **place)  # type: ignore[arg-type]
    if sentence.text.endswith("?"):
        return None
    why = next((one.unsure for one in frames if one.unsure), NO_ACT) if frames and _legal(marked) else ""
    why = why or (_BODY if _of_body(marked) else "")
    return Statement("", sentence.text, (), unsure=why, **place) if why else None  # type: ignore[arg-type]


def _legal(marked: Marked) -> bool:
    """Whether a sentence has a word of law."""
    return bool(marked.of(c.LEGAL, c.WAY, v.REGISTER, v.TITLE))


def _legal_before(marked: Marked, memory: Memory) -> bool:
    """Whether the paragraph so far speaks of law."""
    return any(f" {word.lower()} " in memory.about for word in marked.cues.own["legal"])


def _of_body(marked: Marked) -> bool:
    asks = marked.of(c.REQUIRES)
    return any(0 < ask.first - body.last <= _FAR for body in marked.of(c.BODIES) for ask in asks)


def _remember(marked: Marked, memory: Memory, who: list[object]) -> None:
    named = [one.who for one in marked.people if not one.who.anyone and not one.who.register]
    named.sort(key=lambda one: not one.professions)
    memory.medicine = ""
    memory.who = who[-1] if who else named[0] if named else memory.who  # type: ignore[assignment]
    for span in marked.within(range(len(marked.words)), v.MEDICINE, v.BY_CONTEXT):
        if span.kind == v.MEDICINE:
            memory.medicine = span.name
        else:
            memory.medicine = str(marked.cues.asked.own["medicines-by-context"][int(span.name)]["otherwise"])
    memory.about += marked.text_of(0, len(marked.words) - 1) + " "
