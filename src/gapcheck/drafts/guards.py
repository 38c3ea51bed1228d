"""Why a clause gets no verdict: it says what would be, will be, was or ought to be, what somebody else says, or denies it."""

from __future__ import annotations

from gapcheck.ask import vocabulary as v
from gapcheck.ask.lexicon import Span
from gapcheck.drafts import cues as c
from gapcheck.drafts.marked import Marked

_BEFORE = frozenset(("reported", "denied"))  # count from anywhere before the verb
_NEAR = 3  # words between a word of telling and the source of law that tells
_CONDITION = "it holds on a condition that is not put into the engine's terms"
_QUOTED = "it quotes somebody else's words"
_ABROAD = "it is about the law of another country"
_TRAINEE = "it is about people in training"


def reason(marked: Marked, verb: int, last: int, known: frozenset[int] = frozenset(), may: bool = False) -> str:
    """Why the clause of a verb (at the places from `verb` to `last`) gets no verdict; "" where it gets one. `known`: places of words
    that were read as part of what is said; `may`: it says that people may do something, which conditions that are the law's own
    arrangements do not put in doubt."""
    clause = marked.clause_of(verb)
    if marked.said_by_others(verb):
        return _QUOTED
    if any(one.kind == v.ABROAD for one in marked.spans) and not any(one.kind == v.NATION for one in marked.spans):
        return _ABROAD
    for span in marked.within(range(len(marked.words)), c.GUARD):
        if (
            marked.neither.issuperset(span.places)
            or known.intersection(span.places)
            or any(set(span.places).issubset(one.places) for one in marked.of(c.NOTHING) if one.last in clause)
        ):
            continue  # the verb was read with it
        guard = marked.cues.own["guards"][int(span.name)]
        if verb in marked.mistaken and guard["id"] in (*_BEFORE, "doubted"):
            continue  # it is told in order to say that it is a mistake
        if guard.get("anywhere") or _counts(marked, guard["id"], span, range(verb, last + 1)):
            return str(guard["says"])
    if any(one.kind == v.TRAINEE and one.first in clause and one.first < verb for one in marked.spans):
        return _TRAINEE
    return _CONDITION if _conditional(marked, clause, verb, known, may) else ""


def _counts(marked: Marked, kind: str, span: Span, verb: range) -> bool:
    """Whether words of a guard stand where they bear on the verb."""
    if span.first in verb and span.last in verb:
        return False  # they are the verb itself
    if kind not in _BEFORE:
        return span.first in marked.clause_of(verb.start)
    if kind == "reported" and span.last >= len(marked.words) - 2 and _comma(marked, verb.stop, span.first):
        return True  # so it is told at the end: critics say
    if span.first > verb.start or _reset(marked, span.last, verb.start):
        return False
    return kind != "reported" or not (_law_tells(marked, span.first, span.last) or _own_words(marked, span))


def _own_words(marked: Marked, span: Span) -> bool:
    """Whether the draft refers to what it has said itself: as already stated, they."""
    before = marked.text_of(max(0, span.first - 2), span.first - 1).split()
    comma = span.last + 1 < len(marked.words) and "," in marked.between(span.last, span.last + 1)
    return comma and before[-1:] in (["as"], ["already"], ["previously"]) and "as" in before


def _comma(marked: Marked, start: int, end: int) -> bool:
    return any("," in marked.between(place - 1, place) for place in range(start, end + 1))


def _reset(marked: Marked, after: int, verb: int) -> bool:
    """Whether what was told has ended before the verb: a stop, or a word that turns."""
    if any(after < one.first <= verb for one in marked.of(c.RESETS)):
        return True
    return any(
        after < one.start <= verb and ";" in marked.between(one.start - 1, one.start)
        for one in marked.clauses
        if one.start
    )


def _law_tells(marked: Marked, first: int, end: int) -> bool:
    return any(0 <= first - one.last - 1 <= _NEAR or 0 <= one.first - end - 1 <= _NEAR for one in marked.of(c.SOURCES))


def _conditional(marked: Marked, clause: range, verb: int, known: frozenset[int], may: bool) -> bool:
    """Whether a condition bears on the clause: one after its verb, or one before that speaks of law."""
    told = _told(marked, verb)
    ways = {place for one in marked.of(c.WAY, c.WITHOUT_WAY, c.UNREGISTERED) for place in one.places}
    for span in marked.within(range(len(marked.words)), c.CONDITIONAL):
        about = range(span.first, min(span.last + 9, len(marked.words)))
        law = any(one.first in about for one in marked.of(c.ABOUT_LAW))
        arranged = may and marked.text_of(span.first, span.last) in marked.cues.own["arranging"]
        if arranged and any(one.first in about for one in marked.of(c.ARRANGED)):
            continue
        if (
            span.last <= told
            or known.intersection(span.places)
            or marked.text_of(span.last + 1, span.last + 1) in marked.cues.own["idle"]
        ):
            continue
        if ways.intersection(about) and span.first > verb:
            continue
        if span.first in clause and (span.first > verb or law):
            return True
        if span.first not in clause and law and span.first < verb and clause.start - span.first <= 25:
            return True
    return False


def _told(marked: Marked, verb: int) -> int:
    """The last place of the words that say of a mistake that others say so; what stands before them is no condition."""
    guards = marked.cues.own["guards"]
    spans = marked.of(c.GUARD) if verb in marked.mistaken else []
    return max((one.last for one in spans if guards[int(one.name)]["id"] == "reported" and one.last < verb), default=-1)
