"""The law in force: a lawbook at a date, in a nation, under chosen readings and reforms, compiled for the engine."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from gapcheck.law.conditions import PARTS, Condition, ConditionResult

if TYPE_CHECKING:
    from gapcheck.law.book import Cited
    from gapcheck.law.lawbook import Lawbook

FOREVER = "9999-12-31"
DIRECTNESS = {"individual": 1, "standing": 2, "own-authority": 3}


class Provision(NamedTuple):
    """A regulation, article or schedule paragraph, as a report cites it."""

    id: str
    title: str
    url: str
    confidence: str
    checked: str
    says: str
    force_from: str
    kind: str
    announced: str = ""  # the day, in words, where it is only announced: the order that appoints it was not seen


class Rule:
    """One rule of the lawbook, compiled: its conditions by part, its law, its sentences."""

    __slots__ = (
        "conditional",
        "conditions",
        "directness",
        "id",
        "known",
        "law",
        "level",
        "route",
        "say",
        "title",
        "undetermined",
        "used",
    )

    def __init__(self, law: Law, data: Mapping[str, Any]) -> None:
        self.id: str = data["id"]
        self.route: str = data["route"]
        self.title: str = data["title"]
        self.directness: str = data.get("directness", "own-authority")
        self.level = DIRECTNESS[self.directness]
        self.undetermined: str = data.get("undetermined", "")
        self.say: Mapping[str, str] = data.get("say", {})
        self.law = law.citations(data["law"])
        whole = [law.condition(part, item) for part in PARTS for item in data[part]]
        self.conditions = tuple(item for item in whole if item.active)
        self.conditional = tuple(item for item in whole if item.interpretation)
        names = {name for item in whole for name in item.facts}
        if any(item.remedy == "register" for item in whole):
            names.add("holder.profession")
        self.used = tuple(sorted(names))
        self.known: dict[tuple[Any, ...], Any] = {}  # results by the facts used, kept by the engine


class Act:
    """One legal act with the rules in force for it, by route, in the lawbook's order of preference. `only`: the routes by which
    alone a task does it."""

    __slots__ = (
        "covered_from",
        "data",
        "dates",
        "duties",
        "facts",
        "force",
        "id",
        "kind",
        "known",
        "law",
        "only",
        "routes",
        "title",
        "used",
    )

    def __init__(self, law: Law, data: Mapping[str, Any], only: tuple[str, ...] = ()) -> None:
        self.id: str = data["id"]
        self.only = only
        self.title: str = data["title"]
        self.kind: str = data["kind"]
        self.force: str = data["force"]
        self.facts: Mapping[str, Any] = data.get("facts", {})
        self.duties = [
            (law.condition("circumstances", duty["when"]) if "when" in duty else None, _duty(law, duty))
            for duty in data.get("duties", [])
        ]
        self.law = law.citations(data["law"])
        self.data = data
        covered = data.get("covered", {}).get(law.nation, "")
        self.covered_from: str = covered if law.date < covered else ""
        rules = law.rules_of(self.id)
        self.routes: list[tuple[str, list[Rule], ConditionResult | None]] = []
        for route in only or data["routes"]:
            in_force = [law.rule(rule) for rule in rules.get(route, []) if law.holds(rule)]
            self.routes.append((route, in_force, None if in_force else law.why_absent(rules.get(route, []))))
        used = {name for _, rules_in_force, _ in self.routes for rule in rules_in_force for name in rule.used}
        used.update(name for when, _ in self.duties if when is not None for name in when.facts)
        self.used = tuple(sorted(used))
        self.dates: list[str] = law.book.data["change-dates"].get(self.id, [])
        self.known: dict[tuple[Any, ...], Any] = {}


def _duty(law: Law, data: Mapping[str, Any]) -> str:
    """A duty with the law that sets it."""
    cited = "; ".join(item.title for item in law.citations(data["law"]))
    return f"{data['says']} ({cited})" if cited else str(data["says"])


class Law:
    """A lawbook at a date (ISO text) in a nation under chosen readings and reforms. Made by `Lawbook.at`. Under reforms
    `book` is the lawbook as they would make it."""

    def __init__(
        self, book: Lawbook, date: str, nation: str, readings: Mapping[str, str], reforms: tuple[str, ...]
    ) -> None:
        self.book = book
        self.date = date
        self.nation = nation
        self.readings = dict(readings)
        self.reforms = reforms
        self.known: dict[tuple[Any, ...], Any] = {}  # what the engine keeps of questions that recur
        self._acts: dict[tuple[str, tuple[str, ...]], Act] = {}
        self._registers: dict[str, dict[str, Mapping[str, Any]]] = {}
        self._follows: list[tuple[str, Any, Condition]] | None = None
        self._rules, self._members = book.shared(date, nation)

    def act(self, identity: str, only: tuple[str, ...] = ()) -> Act:
        """The act with its rules in force: of all its routes, or of those alone that are named."""
        act = self._acts.get((identity, only))
        if act is None:
            act = self._acts[identity, only] = Act(self, self.book.data["acts"][identity], only)
        return act

    def rule(self, data: Mapping[str, Any]) -> Rule:
        """The compiled rule (kept, so that acts share it)."""
        rule = self._rules.get(data["id"])
        if rule is None:
            rule = Rule(self, data)
            if not rule.conditional:  # the same under every reading
                self._rules[data["id"]] = rule
        return rule

    def condition(self, part: str, data: Mapping[str, Any]) -> Condition:
        """The compiled condition: one for all dates, nations and readings between which nothing in it differs."""
        law = tuple(one.id for one in self.citations(data.get("law", [])))
        return self.book.condition(part, data, self.members, self.readings, law)

    def settled(self, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        """The facts of a case, with those that nobody states and that follow from the others."""
        found = {
            name: value
            for name, value, when in self._following()
            if facts.get(name) is None and when.decide(facts).holds is True
        }
        return {**facts, **found} if found else facts

    def _following(self) -> list[tuple[str, Any, Condition]]:
        if self._follows is None:
            self._follows = [
                (name, item["is"], self.condition("circumstances", item["when"]))
                for name, fact in self.book.data["facts"].items()
                for item in fact.get("follows", ())
            ]
        return self._follows

    def rules_of(self, act: str) -> Mapping[str, list[Mapping[str, Any]]]:
        """All rules of an act by route, whatever their date."""
        return self.book.rules_of(act)

    def holds(self, item: Mapping[str, Any]) -> bool:
        """Whether a rule, provision or class member is in force at the date and extends to the nation."""
        window = item.get("in-force", item)
        if self.nation not in item.get("extent", (self.nation,)):
            return False
        return bool(window.get("from", "") <= self.date <= window.get("to", FOREVER))

    def members(self, class_id: str) -> frozenset[str]:
        """The members of a class at the date in the nation."""
        members = self._members.get(class_id)
        if members is None:
            listed = self.book.data["classes"][class_id]["members"]
            members = self._members[class_id] = frozenset(member["id"] for member in listed if self.holds(member))
        return members

    def medicine(self, identity: str) -> dict[str, Any]:
        """What is true of a medicine at the date in the nation, by fact; nothing for one that the lawbook does not name."""
        item = self.book.items("medicines").get(identity, {})
        facts = dict(item.get("facts", {}))
        for entry in item.get("dated", ()):
            if self.holds(entry):
                facts.update(entry["facts"])
        return facts

    def registers_of(self, profession: str) -> dict[str, Mapping[str, Any]]:
        """The statutory registers open to a profession at the date, by id."""
        found = self._registers.get(profession)
        if found is None:
            found = self._registers[profession] = {
                entry["register"]: entry
                for entry in self.book.data["professions"][profession]["registers"]
                if entry.get("from", "") <= self.date <= entry.get("to", FOREVER)
            }
        return found

    def citations(self, law: Iterable[Cited]) -> tuple[Provision, ...]:
        """The provisions that extend to the nation; each says how sure the lawbook is of it."""
        found = []
        for entry in law:
            provision = self.book.data["provisions"][entry["provision"]]
            if self.nation in (entry.get("extent") or provision["extent"]):
                found.append(self.book.provision(entry["provision"]))
        return tuple(found)

    def why_absent(self, rules: list[Mapping[str, Any]]) -> ConditionResult:
        """Why a route has no rule in force here and now, as a condition that fails."""
        here = [rule for rule in rules if self.nation in rule["extent"]]
        if not here:
            places = sorted({nation for rule in rules for nation in rule["extent"]})
            names = ", ".join(self.book.data["nations"][place] for place in places) or "no nation"
            return ConditionResult(
                "circumstances",
                "nation",
                f"is in {names}, where the route exists",
                self.book.data["nations"][self.nation],
                False,
                "cannot",
                "",
                (),
                ("nation",),
            )
        windows = sorted((rule["in-force"].get("from", ""), rule["in-force"].get("to", "")) for rule in here)
        later = next((start for start, _ in windows if start > self.date), "")
        if later:
            wanted = f"is on or after {words(later)}, when the route begins"
        else:
            wanted = f"is on or before {words(max(end for _, end in windows))}, when the route ended"
        return ConditionResult("circumstances", "date", wanted, words(self.date), False, "cannot", "", (), ("date",))

    def reading(self, interpretation: str, reading: str) -> Law:
        """The same law under another reading of one provision."""
        return self.book.at(self.date, self.nation, {**self.readings, interpretation: reading}, self.reforms)

    def on(self, date: str) -> Law:
        """The law on another date."""
        return self.book.at(date, self.nation, self.readings, self.reforms)


def words(iso: str) -> str:
    """A date in words: 2026-03-31 as 31 March 2026."""
    day = datetime.date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"
