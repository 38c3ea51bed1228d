"""Who vouches for the words of the lawbook: a mark of each thing as it stands in its file, what was recorded, what was signed off.

A machine can run an example; it cannot tell whether a sentence is true to its text. So each thing has a mark, a hash of all that
its file says of it. A sign-off names the mark of what was looked at, and holds for nothing else; and the marks as they were when
the lawbook was last recorded stand in `recorded.txt` of its folder, so that no later change goes unseen.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from gapcheck.errors import problem

RECORDED = "recorded.txt"
_LENGTH = 12
_LETTERS = str.maketrans(
    "0123456789abcdef", "abcdefghijkmnpqr"
)  # letters alone: no spreadsheet takes a mark for a number
_HEAD = (
    "# The words of the lawbook as they were recorded: each thing, and a mark of all that its file says of it. It says that nothing\n"
    "# changed since, not that anybody has vouched for it (that is `reviews/`). Written by `gapcheck review --record`.\n"
)
_APART = {"instruments": ("provisions",), "tasks": ("harm",), "rules": ("examples",)}  # parts with a mark of their own
# What a sign-off of a thing comes to.
SIGNED, STALE, PAST, DISPUTED = "signed", "stale", "past", "disputed"


class Review(NamedTuple):
    """A sign-off as it stands today. `state`: signed, stale (the words are others now), past (its date), or disputed."""

    of: str
    state: str
    role: str
    by: str
    on: str
    until: str
    verdict: str
    why: str


def marks(kind: str, identity: str, item: Any) -> Iterator[tuple[str, str]]:
    """The marks of a thing as it stands in its file, by name (`kind/id`), with those of its parts that count on their own."""
    parts = _APART.get(kind, ()) if isinstance(item, dict) else ()
    yield _mark(
        f"{kind}/{identity}", {key: value for key, value in item.items() if key not in parts} if parts else item
    )
    for part in parts:
        if part == "provisions":
            provisions = item.get(part, ()) if isinstance(item.get(part, ()), list) else ()
            ids = [(one.get("id"), one) for one in provisions if isinstance(one, dict)]
            yield from (_mark(f"provisions/{identity}/{name}", one) for name, one in ids)
        elif part in item:
            yield _mark(f"{'severities' if part == 'harm' else part}/{identity}", item[part])


def _mark(name: str, item: Any) -> tuple[str, str]:
    text = json.dumps(item, sort_keys=True, ensure_ascii=False, default=str)
    return name, hashlib.sha256(f"{name}\0{text}".encode()).hexdigest()[:_LENGTH].translate(_LETTERS)


def reviews(data: Mapping[str, Any], name: str, date: str) -> list[Review]:
    """The sign-offs of a thing (`kind/id`) as they stand on a day, the newest first."""
    found = []
    for item in data["reviews"].get(name, ()):
        about = item["reviewed"]
        verdict = item.get("verdict", "right")
        state = STALE if item["words"] != data["words"].get(name) else DISPUTED if verdict != "right" else SIGNED
        if state == SIGNED and about.get("until", date) < date:
            state = PAST
        said = (about.get("by", ""), about["on"], about.get("until", ""))
        found.append(Review(name, state, about["role"], *said, verdict, item.get("why", "")))
    return sorted(found, key=lambda one: one.on, reverse=True)


def standing(data: Mapping[str, Any], name: str, date: str) -> str:
    """What the sign-offs of a thing come to: disputed where one reviewer disputes it, else the best; empty where there is none."""
    states = {one.state for one in reviews(data, name, date)}
    return next((state for state in (DISPUTED, SIGNED, PAST, STALE) if state in states), "")


def text_of(words: Mapping[str, str]) -> str:
    """The record as it is kept: a line a thing, in order, so that a change is a line to review."""
    return _HEAD + "\n".join(f"{name} {words[name]}" for name in sorted(words))


def read(folder: str) -> dict[str, str] | None:
    """The record of a folder of rules, None where it has none. Raises InputError for a file out of form."""
    path = os.path.join(folder, RECORDED)
    if not os.path.exists(path):
        return None
    try:
        with open(path, encoding="utf-8") as stream:
            lines = [line.split() for line in stream if line.strip() and not line.startswith("#")]
        return {name: mark for name, mark in lines}  # noqa: C416 (a line of other than two words is out of form)
    except (OSError, ValueError):
        raise problem(path, "this is no record of words", None, "`gapcheck review --record` writes it") from None
