"""What a sentence says of the points of law that no act of the lawbook answers (rules/tenets.yaml)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gapcheck.ask.lexicon import Span
from gapcheck.claims.model import NOT_SO, PARTLY, SO, Assertion
from gapcheck.drafts import cues as c
from gapcheck.drafts.guards import reason
from gapcheck.drafts.marked import Marked

_OPEN = "it denies or limits what it says in words that were not understood"
_FLIPPED = {SO: NOT_SO, NOT_SO: SO}


class Pointed(NamedTuple):
    """A point of law of which a sentence speaks: what it asserts, or why that is left to a person; where the words stand."""

    assertion: Assertion
    unsure: str
    places: frozenset[int]


def points_of(marked: Marked, seen: frozenset[int]) -> list[Pointed]:
    """The points that a sentence speaks of. `seen`: the groups of words that stood in its paragraph before, and above it."""
    spans: dict[int, list[Span]] = {}
    for one in marked.of(c.POINT):
        spans.setdefault(int(one.name), []).append(one)
    found = []
    for point in marked.cues.points:
        if all(group in spans for group in point.about):
            said = next(_said(marked, point, spans, seen), None)
            found += [said] if said else []
    return found


def _said(marked: Marked, point: c.Point, spans: dict[int, list[Span]], seen: frozenset[int]) -> Iterator[Pointed]:
    """The ways in which a sentence says a point, those first that were looked for first."""
    for way in point.ways:
        if not all(group in spans for group in way.has) or not all(one in spans or one in seen for one in way.near):
            continue
        if way.lacks in spans:
            continue
        told = [max(spans[group], key=lambda one: one.last - one.first) for group in way.has]
        groups = (*point.about, *way.has, *way.near, *((way.covers,) if way.covers is not None else ()))
        known = frozenset(place for group in groups for one in spans.get(group, ()) for place in one.places)
        unsure = next(filter(None, (reason(marked, one.first, one.last, known) for one in told)), "")
        says = way.verdict
        if any(one.first in marked.mistaken for one in told):
            says = _FLIPPED.get(says, "")
        if not unsure and (not says or _denied(marked, told, known)):
            unsure = _OPEN
        but = way.but if says == PARTLY else ""
        yield Pointed(Assertion("", says, point=point.id, but=but), unsure, known)


def _denied(marked: Marked, told: list[Span], known: frozenset[int]) -> bool:
    """Whether a word that denies or limits stands in a clause of what is told, and belongs to none of the words that were read."""
    clauses = [marked.clause_of(one.first) for one in told]
    denials = marked.cues.own["denials"]
    return any(
        word.text in denials and place not in known and place not in marked.excused
        for place, word in enumerate(marked.words)
        if any(place in clause for clause in clauses)
    )
