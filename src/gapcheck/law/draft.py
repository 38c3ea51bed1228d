"""The lawbook under examination: linked, with the place in its files of whatever a check has to point at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from gapcheck.errors import Problem
from gapcheck.law.conditions import PARTS, leaves
from gapcheck.reading import DataFile, Path

if TYPE_CHECKING:
    from gapcheck.law.book import Book
    from gapcheck.law.lawbook import Lawbook

Data = Mapping[str, Any]
Places = Mapping[tuple[str, str], tuple[DataFile, Path]]


class At(NamedTuple):
    """A place in the lawbook: the kind and id of an item, and the path within it."""

    kind: str
    identity: str
    path: Path = ()

    def within(self, *path: str | int) -> At:
        """A place further in."""
        return self._replace(path=(*self.path, *path))


class DraftLawbook:
    """A linked lawbook as it stands in its files. `as_at`: the day (ISO text) on which the checks look at it."""

    def __init__(self, data: Data, places: Places, as_at: str) -> None:
        self.data = data
        self.places = places
        self.as_at = as_at

    @cached_property
    def lawbook(self) -> Lawbook:
        """The lawbook for the engine."""
        from gapcheck.law.lawbook import Lawbook

        return Lawbook(cast("Book", self.data), "")

    def say(self, code: str, at: At, message: str, help: str = "") -> Problem:
        """A problem at a place. `help`: what to do here; where it is empty, what the page of the code says."""
        document, around = self.place(at.kind, at.identity)
        return Problem(document.source, document.line((*around, *at.path)) or 1, message, help, code)

    def place(self, kind: str, identity: str) -> tuple[DataFile, Path]:
        """Where an item stands: the file as read, and the path in it."""
        if kind == "provisions":
            instrument, _, provision = identity.partition("/")
            document, _ = self.places["instruments", instrument]
            ids = [item["id"] for item in self.data["instruments"][instrument]["provisions"]]
            return document, ("provisions", ids.index(provision))
        if kind == "examples" and (kind, identity) not in self.places:  # they stand in the rule's own file
            kind = "rules"
        return self.places[kind, identity]

    def synonym(self, task: str, index: int) -> At:
        """Where a synonym of a task stands: with the task, or in the file of additions that gives it."""
        name = self.data["tasks"][task]["synonyms"][index]
        for (kind, identity), (document, _) in self.places.items():
            if kind == "additions" and index >= self._own_synonyms(task):
                for place, item in enumerate(cast("Data", document.data)["additions"]):
                    if item.get("task") == task and name in item.get("synonyms", ()):
                        return At(kind, identity, ("additions", place, "synonyms", item["synonyms"].index(name)))
        return At("tasks", task, ("synonyms", index))

    def _own_synonyms(self, task: str) -> int:
        """How many synonyms the file of a task itself gives it; those of additions come after."""
        document, path = self.place("tasks", task)
        item: Any = document.data
        for step in path:
            item = item[step]
        return len(item.get("synonyms", ()))

    def rules(self) -> Iterator[tuple[str, Data]]:
        """Every rule with its id."""
        yield from self.data["rules"].items()

    def provision(self, entry: Data) -> Data:
        """The provision that an entry of a `law` list names."""
        provision: Data = self.data["provisions"][entry["provision"]]
        return provision


def conditions(rule: Data) -> Iterator[tuple[Path, Data]]:
    """The conditions of a rule, each with its path in the file."""
    for part in PARTS:
        for index, condition in enumerate(rule[part]):
            yield (part, "all", index), condition


def name_of(condition: Data) -> str:
    """The fact by which a condition goes in findings and examples."""
    return str(condition.get("about") or condition.get("fact") or next(leaves(condition))["fact"])


def listed(names: Iterable[str]) -> str:
    """Ids in a sentence."""
    return ", ".join(f"`{name}`" for name in names)
