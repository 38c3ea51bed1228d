"""The lawbook: everything under `rules/`, linked; and the law that it gives for a date, nation, reading and reform."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from gapcheck.errors import InputError, Problem, nearest
from gapcheck.law import store
from gapcheck.law.dated import Law, Provision


class Lawbook:
    """A linked lawbook. `Lawbook.load()` gives the packaged one; `at()` gives the law in force."""

    def __init__(self, data: Mapping[str, Any], digest: str) -> None:
        self.data = data
        self.digest = digest
        self._laws: dict[tuple[Any, ...], Law] = {}
        self._provisions: dict[str, Provision] = {}
        self._dates: dict[str, tuple[str, ...]] = {}

    @classmethod
    def load(cls, rules: str | os.PathLike[str] | None = None) -> Lawbook:
        """Load the packaged lawbook, or the one in the folder `rules`.

        A folder with a `lawbook.yaml` is a lawbook of its own; any other folder is laid over the packaged one, its files
        replacing their namesakes. Raises LawbookError where a file is out of form or names what does not exist.
        """
        data, digest = store.load(os.fspath(rules) if rules is not None else None)
        return cls(data, digest)

    @property
    def version(self) -> str:
        return str(self.data["version"])

    def at(self, date: str, nation: str, readings: Mapping[str, str] | None = None, reforms: Iterable[str] = ()) -> Law:
        """The law at an ISO date in a nation; readings not chosen take their default. Raises InputError for unknown ids."""
        chosen = {key: item["default"] for key, item in self.data["interpretations"].items()}
        chosen.update(readings or {})
        key = (date, nation, tuple(sorted(chosen.items())), tuple(reforms))
        law = self._laws.get(key)
        if law is None:
            self._check(nation, chosen, key[3])
            if len(self._laws) > 200:
                self._laws.clear()
            law = self._laws[key] = Law(self, date, nation, chosen, key[3])
        return law

    def _check(self, nation: str, readings: Mapping[str, str], reforms: Iterable[str]) -> None:
        problems = []
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

    @cached_property
    def rules_by_act(self) -> dict[str, dict[str, list[Mapping[str, Any]]]]:
        """All rules by act and route, whatever their date."""
        found: dict[str, dict[str, list[Mapping[str, Any]]]] = {}
        for rule in self.data["rules"].values():
            for act in rule["acts"]:
                found.setdefault(act, {}).setdefault(rule["route"], []).append(rule)
        return found

    @cached_property
    def aliases(self) -> dict[str, dict[str, str]]:
        """Other names by which ids are known, for each kind."""
        kinds = ("registers", "professions", "arrangements", "facts", "acts", "medicines", "tasks")
        return {
            kind: {alias: identity for identity, item in self.data[kind].items() for alias in item.get("aliases", ())}
            for kind in kinds
        }

    def resolve(self, kind: str, name: str) -> str | None:
        """The id that a name stands for, or None."""
        if name in self.data[kind]:
            return name
        return self.aliases.get(kind, {}).get(name)

    @cached_property
    def known_titles(self) -> frozenset[str]:
        """Every title that a list of the lawbook names, whatever its date."""
        lists = (item for item in self.data["classes"].values() if item["of"] == "title")
        return frozenset(member["id"] for item in lists for member in item["members"])

    def title_facts(self, title: str) -> dict[str, Any]:
        """The facts of a title: itself, or else the longest title on a list that it contains as whole words."""
        if title in self.known_titles:
            return {"title": title}
        within = [known for known in self.known_titles if f"-{known}-" in f"-{title}-"]
        return {"title": max(within, key=len), "longer-title": True} if within else {"title": title}

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
            )
        return provision

    def change_dates(self, act: str) -> tuple[str, ...]:
        """The ISO dates on which the law of an act changed or will change."""
        dates = self._dates.get(act)
        if dates is None:
            found: set[str] = set()
            for rules in self.rules_by_act.get(act, {}).values():
                for rule in rules:
                    found.update(_starts(rule["in-force"]))
                    for member in self._class_members(rule):
                        found.update(_starts(member))
            dates = self._dates[act] = tuple(sorted(found))
        return dates

    def _class_members(self, rule: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
        pending = [item for part in ("holder", "circumstances", "arrangements") for item in rule[part]]
        while pending:
            condition = pending.pop()
            for group in ("any", "all", "none"):
                pending.extend(condition.get(group, ()))
            class_id = condition.get("in-class") or condition.get("not-in-class")
            if class_id:
                yield from self.data["classes"][class_id]["members"]


def _starts(window: Mapping[str, Any]) -> set[str]:
    """The first days on which a window of dates makes a difference."""
    from datetime import date, timedelta

    days = {window["from"]} if "from" in window else set()
    if "to" in window:
        days.add((date.fromisoformat(window["to"]) + timedelta(days=1)).isoformat())
    return days
