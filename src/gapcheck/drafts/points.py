"""What a sentence says of the points of law that no act of the lawbook answers (rules/tenets.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gapcheck.ask import vocabulary as v
from gapcheck.ask.lexicon import Span
from gapcheck.claims.model import NOT_SO, PARTLY, SO, Assertion
from gapcheck.drafts import cues as c
from gapcheck.drafts.guards import reason
from gapcheck.drafts.marked import Marked

_OPEN = "it denies or limits what it says in words that were not understood"
_SCATTERED = "what it says stands in several of its clauses"
_ELSEWHERE = "it speaks of a nation of which what is held here is not the law"
_DATED = "it speaks of a date, and what is held here is the law of today"
_FLIPPED = {SO: NOT_SO, NOT_SO: SO}
_YEAR = re.compile(r"(?:19|20)\d\d")


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
        near = all(group in spans or group in seen for group in point.near)
        if near and point.apart not in spans and all(group in spans for group in point.about):
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
        told = _together(marked, point, way, spans)
        together = bool(told)
        told = told or [max(spans[group], key=_length) for group in way.has]
        if way.of is not None and not _said_of(marked, spans.get(way.of, []), told):
            continue
        own = [group for group in (way.covers, way.of) if group is not None]
        known = frozenset(
            place
            for group in (*point.about, *way.has, *way.near, *own)
            for one in spans.get(group, ())
            for place in one.places
        )
        unsure = next(filter(None, (reason(marked, one.first, one.last, known) for one in told)), "")
        says = way.verdict
        if any(one.first in marked.mistaken for one in told):
            says = _FLIPPED.get(says, "")
        if not unsure and (not says or _denied(marked, told, known)):
            unsure = _OPEN
        unsure = unsure or ("" if together else _SCATTERED) or _elsewhere(marked, point, known) or _dated(marked, known)
        but = way.but if says == PARTLY else ""
        yield Pointed(Assertion("", says, point=point.id, but=but), unsure, known)


def _length(span: Span) -> int:
    return span.last - span.first


def _together(marked: Marked, point: c.Point, way: c.StatedWay, spans: dict[int, list[Span]]) -> list[Span]:
    """What is told, where it stands in one clause, and the subject there or before; [] where it does not."""
    for clause in marked.clauses:
        told = [[one for one in spans[group] if one.first in clause] for group in way.has]
        if all(told) and all(any(one.first < clause.stop for one in spans[group]) for group in point.about):
            return [max(some, key=_length) for some in told]
    return []


def _said_of(marked: Marked, who: list[Span], told: list[Span]) -> bool:
    """Whether those of whom a way speaks stand before what is told, in its clause."""
    first = min(one.first for one in told)
    return any(one.first <= first and one.first in marked.clause_of(first) for one in who)


def _elsewhere(marked: Marked, point: c.Point, known: frozenset[int]) -> str:
    """Why a sentence that names a nation beyond the law of a point is left to a person."""
    groups = marked.cues.book.data["groups"]
    for one in marked.of(v.NATION, c.NATIONS):
        names = groups[one.name] if one.kind == c.NATIONS else one.name.split(v.OPEN)
        if not known.intersection(one.places) and not point.nations.issuperset(names):
            return _ELSEWHERE
    return ""


def _dated(marked: Marked, known: frozenset[int]) -> str:
    """Why a sentence that names a year, other than in the name of an enactment, is left to a person."""
    enactments = marked.cues.own["enactments"]
    for place, word in enumerate(marked.words):
        beside = {one.text for one in marked.words[max(0, place - 1) : place + 2]}
        if _YEAR.fullmatch(word.text) and place not in known and beside.isdisjoint(enactments):
            return _DATED
    return ""


def _denied(marked: Marked, told: list[Span], known: frozenset[int]) -> bool:
    """Whether a word that denies or limits stands in a clause of what is told, and belongs to none of the words that were read."""
    clauses = [marked.clause_of(one.first) for one in told]
    denials = marked.cues.own["denials"]
    return any(
        word.text in denials and place not in known and place not in marked.excused
        for place, word in enumerate(marked.words)
        if any(place in clause for clause in clauses)
    )
