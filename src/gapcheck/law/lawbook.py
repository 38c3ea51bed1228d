"""The lawbook: everything under `rules/`, linked; and the law that it gives for a date, nation, reading and reform."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from gapcheck.errors import InputError, Problem, nearest
from gapcheck.law import store
from gapcheck.law.conditions import Condition, Members, classes_in
from gapcheck.law.dated import Law, Provision, Rule, words
from gapcheck.law.titles import Titles

if TYPE_CHECKING:
    from gapcheck.law.book import Book

Made = TypeVar("Made")


class Lawbook:
    """A linked lawbook. `Lawbook.load()` gives the packaged one; `at()` gives the law in force."""

    def __init__(self, data: Book, digest: str, base: Lawbook | None = None) -> None:
        self.data = data
        self.digest = digest
        self._base = base or self  # the lawbook without reforms
        self._reformed: dict[tuple[str, ...], Lawbook] = {}
        self._laws: dict[tuple[Any, ...], Law] = {}
        self._shared: dict[tuple[Any, ...], tuple[dict[str, Rule], dict[str, frozenset[str]]]] = {}
        self._provisions: dict[str, Provision] = {}
        self._conditions: dict[tuple[Any, ...], Condition] = {}
        self._classes: dict[int, tuple[str, ...]] = {}
        self._made: dict[Callable[..., Any], Any] = {}

    @classmethod
    def load(cls, *rules: str | os.PathLike[str] | None) -> Lawbook:
        """Load the packaged lawbook, or the one in the folders `rules` (None counts as not given).

        A first folder with a `lawbook.yaml` is a lawbook of its own. Any other folder is laid over what comes before it, its
        files replacing their namesakes. Raises LawbookError where a file is out of form or names what does not exist.
        """
        data, digest = store.load([os.fspath(folder) for folder in rules if folder is not None])
        return cls(cast("Book", data), digest)

    def made(self, make: Callable[[Lawbook], Made]) -> Made:
        """What `make` makes of this lawbook, made once and kept as long as it."""
        if make not in self._made:
            self._made[make] = make(self)
        found: Made = self._made[make]
        return found

    @property
    def version(self) -> str:
        return str(self.data["version"])

    def items(self, kind: str) -> Mapping[str, Any]:
        """The items of a kind that is chosen at run time, by id. Where the kind is known, `data` says what its items hold."""
        return self.data[kind]  # type: ignore[literal-required, no-any-return]

    @property
    def overlays(self) -> list[dict[str, Any]]:
        """The folders laid over the lawbook, each {overlay, digest, adds, replaces} and what it says of itself."""
        overlays: list[dict[str, Any]] = self.data["overlays"]
        return overlays

    def at(self, date: str, nation: str, readings: Mapping[str, str] | None = None, reforms: Iterable[str] = ()) -> Law:
        """The law at an ISO date in a nation; readings not chosen take their default. Raises InputError for unknown ids."""
        if self._base is not self:
            return self._base.at(date, nation, readings, reforms)
        chosen = {key: item["default"] for key, item in self.data["interpretations"].items()}
        chosen.update(readings or {})
        key = (date, nation, tuple(sorted(chosen.items())), tuple(reforms))
        law = self._laws.get(key)
        if law is None:
            self._check(date, nation, chosen, key[3])
            if len(self._laws) > 200:
                self._laws.clear()
                self._shared.clear()
                self._reformed.clear()
            law = self._laws[key] = Law(self.reformed(key[3]), date, nation, chosen, key[3])
        return law

    def reformed(self, reforms: tuple[str, ...]) -> Lawbook:
        """The lawbook as it would be with reforms; this one where there are none."""
        if not reforms:
            return self
        book = self._reformed.get(reforms)
        if book is None:
            from gapcheck.law.reforms import lay_over  # only under a reform

            book = self._reformed[reforms] = Lawbook(cast("Book", lay_over(self.data, reforms)), self.digest, self)
        return book

    def shared(self, date: str, nation: str) -> tuple[dict[str, Rule], dict[str, frozenset[str]]]:
        """What the law at a date and place keeps whatever the reading: compiled rules, and the members of classes."""
        return self._shared.setdefault((date, nation), ({}, {}))

    def condition(
        self, part: str, data: Mapping[str, Any], members: Members, readings: Mapping[str, str], law: tuple[str, ...]
    ) -> Condition:
        """A condition of the lawbook compiled, made once for the same members of its classes, reading and law.

        `part`: where it stands; `data`: as it stands in the lawbook itself; `law`: the provisions that it cites.
        """
        classes = self._classes.get(id(data))
        if classes is None:
            classes = self._classes[id(data)] = classes_in(data)
        active = all(readings.get(key) == reading for key, reading in data.get("under", {}).items())
        key = (id(data), part, active, law, *map(members, classes))
        found = self._conditions.get(key)
        if found is None:
            found = self._conditions[key] = Condition(part, data, members, active, law)
        return found

    def _check(self, date: str, nation: str, readings: Mapping[str, str], reforms: Iterable[str]) -> None:
        problems = []
        try:
            datetime.date.fromisoformat(date)
        except ValueError:
            problems.append(
                Problem("--as-at", None, f"`{date}` is not a date", "give a day of the calendar as YYYY-MM-DD")
            )
        if nation not in self.data["nations"]:
            problems.append(
                Problem(
                    "--nation", None, f"`{nation}` is no nation of the lawbook", nearest(nation, self.data["nations"])
                )
            )
        for key, reading in readings.items():
            known = self.data["interpretations"].get(key)
            if known is None:
                problems.append(
                    Problem(
                        "--interpretation",
                        None,
                        f"there is no interpretation `{key}`",
                        nearest(key, self.data["interpretations"]),
                    )
                )
            elif reading not in {item["id"] for item in known["readings"]}:
                problems.append(
                    Problem(
                        "--interpretation",
                        None,
                        f"`{key}` has no reading `{reading}`",
                        nearest(reading, [item["id"] for item in known["readings"]]),
                    )
                )
        for reform in reforms:
            if reform not in self.data["reforms"]:
                problems.append(
                    Problem("--reform", None, f"there is no reform `{reform}`", nearest(reform, self.data["reforms"]))
                )
        if problems:
            raise InputError(problems)

    def rules_of(self, act: str) -> dict[str, list[Mapping[str, Any]]]:
        """All rules of an act by route, whatever their date."""
        routes: Mapping[str, list[str]] = self.data["rules-by-act"].get(act, {})
        return {route: [self.data["rules"][rule] for rule in rules] for route, rules in routes.items()}

    @cached_property
    def aliases(self) -> Mapping[str, Mapping[str, str]]:
        """Other names by which ids are known, for each kind."""
        return self.data["aliases"]

    def resolve(self, kind: str, name: str) -> str | None:
        """The id that a name stands for, or None."""
        if name in self.items(kind):
            return name
        return self.aliases.get(kind, {}).get(name)

    @cached_property
    def known_titles(self) -> frozenset[str]:
        """Every title that a list of the lawbook names, whatever its date."""
        lists = (item for item in self.data["classes"].values() if item["of"] == "title")
        return frozenset(member["id"] for item in lists for member in item["members"])

    @cached_property
    def _spellings(self) -> Titles:
        """How the titles on the lists are recognised, and the words by which a title claims registration."""
        return Titles(self.known_titles, self.data["registers"], self.data.get("title-claims", {}))

    def not_given(self, medicine: str, facts: Mapping[str, Any]) -> list[str]:
        """The facts of an act which the form of a medicine is not given with: tablets are not given by injection."""
        own = self.items("medicines").get(medicine, {}).get("facts", {})
        return [name for name, value in own.items() if value is False and facts.get(name) is True]

    def title_facts(self, title: str) -> dict[str, Any]:
        """The facts of a title: itself, or else the longest title on a list that it contains, whether in the plural or
        written in one word or in several; and what registration the words of it claim."""
        return self._spellings.facts(title)

    def provision(self, identity: str) -> Provision:
        """A provision by its id `instrument/provision`."""
        provision = self._provisions.get(identity)
        if provision is None:
            item = self.data["provisions"][identity]
            provision = self._provisions[identity] = Provision(
                identity,
                item["citation"],
                item["url"],
                item["confidence"],
                item.get("checked", ""),
                item.get("says", ""),
                item.get("in-force", {}).get("from", ""),
                item["kind"],
                words(item["in-force"]["from"]) if item.get("commencement") == "announced" else "",
            )
        return provision
