"""What two lawbooks hold differently, to the last word: the old value and the new one, by the path to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from gapcheck.diff.sides import Side

# What is worked out from the rest while a lawbook is linked; `sources` are the lines of the files.
_DERIVED = ("rules-by-act", "aliases", "claims-by-task", "coverage-of", "change-dates", "sources", "overlays", "words")
WHOLE = "lawbook"  # the kind of what stands once in a lawbook
_NAMES = ("id", "act", "fact", "provision", "reading", "interpretation", "register", "case", "code")

Path = tuple[str, ...]


class ItemChanges(NamedTuple):
    """Ids of one kind that only one of two lawbooks has, or that the two hold differently."""

    kind: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


class Text(NamedTuple):
    """A value that differs in the same way in some items of a kind. None stands for what is not there."""

    kind: str
    ids: tuple[str, ...]
    path: Path
    before: Any
    after: Any


def items(before: Side, after: Side) -> tuple[ItemChanges, ...]:
    """The ids that only one lawbook has, and those whose items differ, by kind."""
    found = []
    for kind, old, new in _kinds(before, after):
        added, removed = tuple(sorted(new.keys() - old.keys())), tuple(sorted(old.keys() - new.keys()))
        changed = tuple(sorted(key for key in old.keys() & new.keys() if _shown(old[key]) != _shown(new[key])))
        if added or removed or changed:
            found.append(ItemChanges(kind, added, removed, changed))
    return tuple(found)


def texts(before: Side, after: Side, changed: tuple[ItemChanges, ...]) -> tuple[Text, ...]:
    """Every value that differs in items that both lawbooks have."""
    sides = {kind: (old, new) for kind, old, new in _kinds(before, after)}
    found: dict[str, tuple[Text, list[str]]] = {}
    for item in changed:
        old, new = sides[item.kind]
        for identity in item.changed:
            for path, was, becomes in _differing(old[identity], new[identity], ()):
                key = _shown([item.kind, path, was, becomes])
                found.setdefault(key, (Text(item.kind, (), path, was, becomes), []))[1].append(identity)
    return tuple(text._replace(ids=tuple(ids)) for text, ids in found.values())


def _kinds(before: Side, after: Side) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Each kind with its items by id, in both lawbooks."""
    books = before.book.data, after.book.data
    whole: list[dict[str, Any]] = [{}, {}]
    for kind in dict.fromkeys([*books[0], *books[1]]):
        if kind not in _DERIVED:
            held: list[Any] = [book.get(kind) for book in books]
            by_id = all(isinstance(one, Mapping) and all(isinstance(i, Mapping) for i in one.values()) for one in held)
            if by_id or kind in ("examples", "references"):
                yield kind, dict(held[0] or {}), dict(held[1] or {})
            else:
                for side, one in zip(whole, held, strict=True):
                    side[kind] = one
    for side, book in zip(whole, books, strict=True):  # what a folder says of itself; its digest shows in the files
        side["overlays"] = {
            one["overlay"]: {key: one[key] for key in one if key != "digest"} for one in book["overlays"]
        }
    yield WHOLE, whole[0], whole[1]


def _differing(old: Any, new: Any, path: Path) -> Iterator[tuple[Path, Any, Any]]:
    if _shown(old) == _shown(new):
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys([*old, *new]):
            yield from _differing(old.get(key), new.get(key), (*path, str(key)))
    elif isinstance(old, list) and isinstance(new, list) and (old or new):
        yield from _lists(old, new, path)
    else:
        yield path, old, new


def _lists(old: list[Any], new: list[Any], path: Path) -> Iterator[tuple[Path, Any, Any]]:
    """Two lists: entries that go by a name are compared by it, others by what is in one list only."""
    named = [_by_name(entries) for entries in (old, new)]
    if named[0] is not None and named[1] is not None:
        yield from _differing(named[0], named[1], path)
        if list(named[0]) != list(named[1]) and {*named[0]} == {*named[1]}:
            yield (*path, "order"), ", ".join(named[0]), ", ".join(named[1])
        return
    shown = [list(map(_shown, entries)) for entries in (old, new)]
    gone = [item for item, text in zip(old, shown[0], strict=True) if text not in shown[1]]
    come = [item for item, text in zip(new, shown[1], strict=True) if text not in shown[0]]
    if len(gone) == len(come) == 1:
        yield from _differing(gone[0], come[0], path)
    elif gone or come:
        yield path, gone or None, come or None
    else:
        yield path, old, new  # the order, or how often


def _by_name(entries: list[Any]) -> dict[str, Any] | None:
    """The entries of a list by the name that each has; None where they have none, or two the same."""
    for key in _NAMES:
        names = [entry.get(key) for entry in entries if isinstance(entry, Mapping)]
        if len({str(name) for name in names}) == len(entries) and all(isinstance(name, str) for name in names):
            return dict(zip(map(str, names), entries, strict=True))
    return None


def _shown(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
