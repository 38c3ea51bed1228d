"""The needs of a task: the acts that it takes, in one or several lawful ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def ways(task: Mapping[str, Any]) -> list[list[dict[str, Any]]]:
    """The lawful ways of a task: each a list of needs ({act, by, with}), all of which it takes. A task without needs has none."""
    needs = task.get("needs", "none")
    if needs == "none":
        return []
    if "any-of" in needs:
        return [need.get("together", [need]) for need in needs["any-of"]]
    return [needs["all-of"]]
