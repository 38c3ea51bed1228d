"""What a text shows that a fresh one does not."""

from __future__ import annotations

import json
from typing import Any


def text_beyond(raw: bytes, fresh: str | bytes) -> list[str]:
    """The first line that is not as it was written, in words; nothing where all are. The ends of lines may be those of another
    system."""
    wanted = fresh if isinstance(fresh, str) else fresh.decode("utf-8")
    try:
        found = raw.decode("utf-8")
    except UnicodeDecodeError:
        return ["it holds bytes that are no UTF-8"]
    mine, theirs = ([line.removesuffix("\r") for line in text.strip("\n").split("\n")] for text in (found, wanted))
    mine[-1] = mine[-1].rstrip("\r\n")
    for number, (here, there) in enumerate(zip(mine, theirs, strict=False), 1):
        if here != there:
            start = next((at for at, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), 0)
            start = max(0, min(start, len(here), len(there)) - 20)
            return [
                f"line {number} is not as it was written (`{here[start : start + 60]}` stands where "
                f"`{there[start : start + 60]}` was)"
            ]
    if len(mine) > len(theirs):
        return [f"line {len(theirs) + 1} was not written"]
    return [f"it ends at line {len(mine)} of {len(theirs)}"] if len(mine) < len(theirs) else []


def strict(text: str) -> Any:
    """JSON of which no key stands twice: readers differ in which one they show. Raises ValueError."""
    return json.loads(text, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key `{key}` stands twice")
        found[key] = value
    return found


def data_beyond(raw: bytes, fresh: str) -> list[str]:
    """Where data in JSON are not as they were written, in words; nothing where they are."""
    try:
        found = strict(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return [f"it cannot be read in one way alone: {error}"]
    return [f"{where or 'it'} is not as it was written" for where in _where(found, json.loads(fresh), "")][:10]


def _where(one: Any, other: Any, at: str) -> list[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        found = [f"{at}{key}" for key in sorted(one.keys() ^ other.keys())]
        for key in one:
            if key in other:
                found += _where(one[key], other[key], f"{at}{key}: ")
        return found
    if isinstance(one, list) and isinstance(other, list):
        found = [f"{at}their number"] if len(one) != len(other) else []
        for place, (here, there) in enumerate(zip(one, other, strict=False), 1):
            found += _where(here, there, f"{at}{place}: ")
        return found
    return [] if type(one) is type(other) and one == other else [at.removesuffix(": ")]
