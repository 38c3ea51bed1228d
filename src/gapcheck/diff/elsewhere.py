"""What changes between two lawbooks on other days, under reforms and under other readings than those that are compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from gapcheck.diff.compare import compare
from gapcheck.diff.group import entries
from gapcheck.diff.sides import Side
from gapcheck.diff.texts import ItemChanges
from gapcheck.diff.words import headline

_DAY = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b")
_DATED = ("rules", "classes", "medicines", "professions", "registers", "acts", "interpretations")
DAY, REFORM, READING = "day", "reform", "reading"
# What of an item is for readers, and decides nothing.
_WORDS = frozenset(
    [
        "title",
        "label",
        "plural",
        "says",
        "say",
        "aliases",
        "note",
        "reading",
        "limits",
        "since",
        "source",
        "checked",
        "why",
        "question",
        "asks",
        "short",
        "held-by",
        "examples",
        "confidence",
        "law",
        "would-need",
        "option",
        "description",
    ]
)
_EVERYBODY = (
    "professions",
    "registers",
    "facts",
    "interpretations",
    "routes",
    "arrangements",
    "nations",
    "register-kinds",
)


class Elsewhere(NamedTuple):
    """A change that is there only on some other days, or under a reform or reading. `names`: the days, or the reform, or the
    interpretation with its reading."""

    kind: str
    names: tuple[str, ...]
    says: str


def elsewhere(
    sides: tuple[Side, Side], pairs: Sequence[tuple[str, str]], items: Sequence[ItemChanges], told: set[str], days: bool
) -> tuple[Elsewhere, ...]:
    """The changes that `told`, the sentences of what is compared already, does not hold: on the days on which what differs
    begins or ends (where `days`), under each reform that differs, and under the other readings of rules that differ."""
    before, after = sides
    acts = concerned(before, after, items)
    found: list[Elsewhere] = []
    if days and acts and before.date == after.date:
        on: dict[str, list[str]] = {}
        for day in sorted(_days(before, after, items) - {before.date}):
            for says in _said([side._replace(date=day) for side in sides], pairs, acts):
                on.setdefault(says, []).append(day)
        found += [Elsewhere(DAY, tuple(dates), says) for says, dates in on.items() if says not in told]
    every = {act for act in before.book.data["acts"] if act in after.book.data["acts"]}
    for reform in [name for item in items if item.kind == "reforms" for name in item.changed]:
        if reform not in before.reforms and reform not in after.reforms:
            reformed = [side._replace(reforms=(*side.reforms, reform)) for side in sides]
            found += [Elsewhere(REFORM, (reform,), says) for says in _said(reformed, pairs, every) if says not in told]
    for name, reading in _readings(before, after, items) if before.readings == after.readings else ():
        read = [side._replace(readings={**side.readings, name: reading}) for side in sides]
        found += [Elsewhere(READING, (name, reading), says) for says in _said(read, pairs, acts) if says not in told]
    return tuple(found)


def _days(before: Side, after: Side, items: Iterable[ItemChanges]) -> set[str]:
    """The days on which what differs begins or ends: those that a differing item names, the day after each, and the first
    days of the rules that look into a list that differs."""
    found: set[str] = set()
    for side in (before, after):
        for item in items:
            held = side.book.items(item.kind) if item.kind in _DATED else {}
            names = [name for name in (*item.added, *item.removed, *item.changed) if name in held]
            found |= {day for name in names for day in _DAY.findall(json.dumps(_matter(held[name])))}
            for rule in side.book.data["rules"].values() if item.kind == "classes" else ():
                text = json.dumps(_matter(rule))
                if any(f'"{name}"' in text for name in names):
                    found |= {*_DAY.findall(json.dumps(rule["in-force"]))}
    after_each = {(date.fromisoformat(day) + timedelta(days=1)).isoformat() for day in found}
    return found | after_each


def _readings(before: Side, after: Side, items: Iterable[ItemChanges]) -> Iterator[tuple[str, str]]:
    """Readings that are not the default, of interpretations that differ or on which rules that differ turn."""
    changed = [(item.kind, name) for item in items for name in (*item.added, *item.removed, *item.changed)]
    text = json.dumps([side.book.data["rules"].get(name) for side in (before, after) for _, name in changed])
    others = after.book.data["interpretations"]
    for name, item in before.book.data["interpretations"].items():
        both = {one["id"] for one in others.get(name, {"readings": ()})["readings"]}
        for reading in item["readings"]:
            turns = ("interpretations", name) in changed or f'"{name}": "{reading["id"]}"' in text
            if turns and reading["id"] in both and reading["id"] != before.readings.get(name, item["default"]):
                yield name, reading["id"]


def _said(sides: Sequence[Side], pairs: Sequence[tuple[str, str]], acts: set[str]) -> Iterator[str]:
    """The sentences of what changes between two sides, in some acts."""
    if acts:
        comparisons = tuple(compare(sides[0].law(old), sides[1].law(new), acts) for old, new in pairs)
        facts = {**sides[0].book.data["facts"], **sides[1].book.data["facts"]}
        for entry in entries(comparisons, facts):
            yield headline(entry, comparisons)


def concerned(before: Side, after: Side, items: Iterable[ItemChanges]) -> set[str]:
    """The acts whose answers what differs can touch."""
    books = [side.book.data for side in (before, after)]
    acts: set[str] = set()
    for item in items:
        names = (
            [
                name
                for name in (*item.added, *item.removed, *item.changed)
                if name not in item.changed
                or _matter(before.book.items(item.kind)[name]) != _matter(after.book.items(item.kind)[name])
            ]
            if item.kind != "lawbook"
            else []
        )
        for book in books if names else ():
            if item.kind == "acts":
                acts |= {*names}
            elif item.kind in _EVERYBODY:
                acts |= {*book["acts"]}
            elif item.kind == "rules":
                acts |= {act for name in names if name in book["rules"] for act in book["rules"][name]["acts"]}
            elif item.kind in ("classes", "medicines"):
                looked_for = [f'"{name}"' for name in names] if item.kind == "classes" else ['"medicine']
                for rule in book["rules"].values():
                    text = json.dumps(rule)
                    if any(word in text for word in looked_for):
                        acts |= {*rule["acts"]}
    return {act for act in acts if all(act in book["acts"] for book in books)}


def _matter(value: Any) -> Any:
    """What of an item can decide something."""
    if isinstance(value, Mapping):
        return {key: _matter(item) for key, item in value.items() if key not in _WORDS}
    return [_matter(item) for item in value] if isinstance(value, list) else value
