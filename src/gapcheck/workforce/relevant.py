"""What of a post matters to a task: the facts that a rule for the task's acts looks at.

A fact matters to a task in a nation where a rule for one of the task's acts looks at it, now or within the time of which a
finding speaks, under any reading. Tasks to which the same facts matter are of one kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from gapcheck.engine.person import listed
from gapcheck.law.dated import FOREVER, Law
from gapcheck.law.lawbook import Lawbook
from gapcheck.law.needs import ways
from gapcheck.profile.model import ALLOWS, Attested, Listing
from gapcheck.workforce.answers import LIST

LISTINGS = {"annotations": "annotation", "entitlements": "entitlement", "arrangements": "arrangement"}
_LONG_AGO = "0001-01-01"  # that something has run out matters to the answer; when, to the notes alone


class Kinds:
    """The kinds of tasks met so far, numbered, and what is left of a cell's value when only what matters to one is kept."""

    def __init__(self, book: Lawbook, laws: Callable[[str], Law]) -> None:
        self._book = book
        self._laws = laws
        self._numbers: dict[frozenset[str], int] = {}
        self._seen: list[frozenset[str]] = []
        self._of: dict[tuple[str, str], int] = {}
        self._notes: dict[tuple[str, Attested], str] = {}

    def __len__(self) -> int:
        return len(self._seen)

    def of(self, nation: str, task: str) -> int:
        """The kind of a task in a nation."""
        kind = self._of.get((nation, task))
        if kind is None:
            seen = frozenset(self._facts(nation, task))
            kind = self._of[nation, task] = self._numbers.setdefault(seen, len(self._seen))
            if kind == len(self._seen):
                self._seen.append(seen)
        return kind

    def kept(self, kind: int, name: str, value: Any) -> Any:
        """What is left of the value of a column, but for the days on which things have run out."""
        seen = self._seen[kind]
        if name == "employer":
            return value if name in seen else ""
        if name == "facts":
            return tuple(item for item in value if item[0] in seen or item[0] == ALLOWS)
        prefix = LISTINGS[name]
        some = any(item.startswith(f"{prefix}.") for item in seen)
        items = {Attested(item.id, until=_LONG_AGO if item.until else "") for item in self._items(kind, name, value)}
        return Listing(tuple(sorted(items)), value.none and some)

    def ran_out(self, kind: int, stated: Mapping[str, Listing], nation: str) -> tuple[str, ...]:
        """The notes on what has run out. `stated`: the values of the LISTINGS, as they stand."""
        return tuple(
            self._note(prefix, item, nation)
            for name, prefix in LISTINGS.items()
            for item in self._items(kind, name, stated[name])
            if item.until
        )

    def _note(self, prefix: str, item: Attested, nation: str) -> str:
        note = self._notes.get((prefix, item))
        if note is None:
            notes: list[str] = []
            listed(prefix, Listing((item,)), self._laws(nation), notes)
            note = self._notes[prefix, item] = LIST.join(notes)
        return note

    def _items(self, kind: int, name: str, value: Listing) -> Iterator[Attested]:
        return (item for item in value.items if f"{LISTINGS[name]}.{item.id}" in self._seen[kind])

    def _facts(self, nation: str, task: str) -> Iterator[str]:
        data, date = self._book.data, self._laws(nation).date
        horizon = f"{int(date[:4]) + 2:04d}"
        for act in {need["act"] for way in ways(data["tasks"][task]) for need in way}:
            yield from _facts_in(data["acts"][act])
            for rule in (rule for rules in self._book.rules_of(act).values() for rule in rules):
                window = rule["in-force"]
                soon = window.get("from", "") < horizon and date <= window.get("to", FOREVER)
                if nation in rule["extent"] and soon:
                    yield from _facts_in(rule)


def _facts_in(item: Any) -> Iterator[str]:
    """The names of facts anywhere in a rule or act."""
    if isinstance(item, Mapping):
        for key, value in item.items():
            if key in ("fact", "about") and isinstance(value, str):
                yield value
            else:
                yield from _facts_in(value)
    elif isinstance(item, list):
        for part in item:
            yield from _facts_in(part)
