"""The properties that a lawbook states of itself: what they name, so that linking finds a name that leads nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

# The keys of a property, at any depth, that name ids of the lawbook, and the kind of id.
_NAMES = {
    "act": "acts",
    "acts": "acts",
    "frameworks": "acts",
    "statutes": "acts",
    "route": "routes",
    "routes": "routes",
    "for-all": "routes",
    "rules": "rules",
    "lists": "classes",
    "besides": "properties",
    "professions": "professions",
    "register": "registers",
    "reforms": "reforms",
    "statutory": "registers",
    "accredited": "registers",
    "in-class": "classes",
    "not-in-class": "classes",
}


def normalise(item: Any, nations: Callable[[Any], list[str]]) -> None:
    """Put the nations themselves for each group of nations, in place."""
    if isinstance(item, dict):
        if "nations" in item:
            item["nations"] = nations(item["nations"])
        for inner in item.values():
            normalise(inner, nations)
    elif isinstance(item, list):
        for inner in item:
            normalise(inner, nations)


def references(item: Any) -> Iterator[tuple[str, str]]:
    """Each id that a property names, with its kind."""
    if isinstance(item, Mapping):
        for key, inner in item.items():
            if key == "readings" and isinstance(inner, Mapping):
                yield from (("interpretations", name) for name in inner)
            elif key in _NAMES:
                yield from ((_NAMES[key], str(name)) for name in (inner if isinstance(inner, list) else [inner]))
            elif key != "law":
                yield from references(inner)
    elif isinstance(item, list):
        for inner in item:
            yield from references(inner)
