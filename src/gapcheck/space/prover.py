"""What a proof runs over: every rule of every act, in every nation, on every date on which the law changes, under every
reading that the rule uses; and what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from typing import Any, NamedTuple

from gapcheck.law.conditions import PARTS, Data, Facts, conditions_of, leaves
from gapcheck.law.dated import Law
from gapcheck.law.lawbook import Lawbook
from gapcheck.space.case import command_line
from gapcheck.space.facts import View, axes_of, holders
from gapcheck.space.space import CaseTable, Parts, Space

Spec = Mapping[str, Any]


class Broken(NamedTuple):
    """Why a property does not hold: a sentence, and the `gapcheck can` lines that show it."""

    says: str
    lines: tuple[str, ...]


class ProofResult(NamedTuple):
    """What the proof of a property came to: how many cases it covered, and the smallest case against it, if any."""

    cases: int
    broken: Broken | None = None


class Place(NamedTuple):
    """One rule as a way to do one act, under one law."""

    act: str
    rule: Mapping[str, Any]
    law: Law

    @property
    def parts(self) -> Parts:
        """The conditions that count under the law's readings."""
        return tuple(
            (part, item)
            for part in PARTS
            for item in self.rule[part]
            if all(self.law.readings.get(key) == reading for key, reading in item.get("under", {}).items())
        )

    @property
    def known(self) -> Facts:
        """What does not vary here."""
        said = self.law.book.data["acts"][self.act].get("facts", {})
        return {"nation": self.law.nation, "date": self.law.date, **said}

    def view(self, extra: Iterable[Data] = ()) -> View:
        """The rule's conditions, and others to tell cases apart by."""
        return View(self.law, self.known, (*(item for _, item in self.parts), *extra))


_KEPT_BITS = 4_000_000_000  # tables beyond these are made again when they are asked for, so that memory stays bounded


class Prover:
    """A lawbook to prove properties of. `source`: the folders to name in commands; `rules`: only what these rules can change (for
    a quick look after a change of them; a proof is of all)."""

    def __init__(self, book: Lawbook, source: Sequence[str] = (), rules: Iterable[str] | None = None) -> None:
        self.book = book
        self.source = source
        self.rules = frozenset(book.data["rules"] if rules is None else rules)
        self.touched = {act for rule in self.rules for act in book.data["rules"][rule]["acts"]}
        if rules is None:
            self.touched = set(book.data["acts"])
        self._laws: dict[Hashable, Law] = {}
        self._tables: dict[Hashable, CaseTable] = {}
        self._weight = 0  # the bits of the tables that are kept
        self.kept: dict[Hashable, Any] = {}  # for what several properties need
        self._people: dict[Law, int] = {}
        self._kinds: dict[Hashable, int] = {}
        self._at: dict[Hashable, tuple[CaseTable, tuple[Data, ...]]] = {}  # with what its key names by address
        self._dates: dict[str, list[str]] = {}

    # -- the law ---------------------------------------------------------------------------------------------------

    def acts(self, spec: Spec) -> list[str]:
        """The acts that a property is about: those that it names, or all."""
        return [
            act
            for act, item in self.book.data["acts"].items()
            if act in self.touched
            and act in spec.get("acts", (act,))
            and item["force"] == spec.get("force", item["force"])
        ]

    def laws(self, act: str, spec: Spec, reforms: tuple[str, ...] = ()) -> Iterator[Law]:
        """The law of an act, under the default readings: in each nation, on each date on which it changes."""
        for nation in spec.get("nations", self.book.data["nations"]):
            for day in self.dates(act, spec):
                yield self.law(day, nation, spec.get("readings", {}), reforms)

    def law(self, day: str, nation: str, readings: Mapping[str, str], reforms: tuple[str, ...] = ()) -> Law:
        """The law, each one made once."""
        key = (day, nation, tuple(sorted(readings.items())), reforms)
        if key not in self._laws:
            self._laws[key] = self.book.at(day, nation, readings, reforms)
        return self._laws[key]

    def dates(self, act: str, spec: Spec) -> list[str]:
        """The first day, and the day before the first, of each state of the law of an act; between them nothing changes."""
        if act not in self._dates:
            self._dates[act] = sorted(self._changes(act))
        first, last = spec.get("from", ""), spec.get("to", "9999")
        within = [day for day in self._dates[act] if first <= day <= last]
        return sorted({*within, first}) if first and self._dates[act] and first > self._dates[act][0] else within

    def _changes(self, act: str) -> Iterator[str]:
        data = self.book.data
        days = set(data["change-dates"].get(act, ()))
        days.update(data["acts"][act].get("covered", {}).values())
        for profession in data["professions"].values():
            days.update(entry["from"] for entry in profession["registers"] if "from" in entry)
            days.update(_after(entry["to"]) for entry in profession["registers"] if "to" in entry)
        for rule in (rule for rules in self.book.rules_of(act).values() for rule in rules):
            for leaf in (leaf for item in conditions_of(rule) for leaf in leaves(item)):
                if leaf["fact"] == "date":
                    days.update(_turns(leaf))
        yield from days
        if days:
            yield (date.fromisoformat(min(days)) - timedelta(days=1)).isoformat()

    def places(self, spec: Spec, reforms: tuple[str, ...] = ()) -> Iterator[Place]:
        """Every rule that a property is about, wherever and whenever it is in force, under each reading that it uses."""
        for act in self.acts(spec):
            for law in self.laws(act, spec, reforms):
                for route, rules in law.rules_of(act).items():
                    if route in spec.get("routes", (route,)):
                        for rule in rules:
                            if rule["id"] in self.rules and law.holds(rule):
                                yield from (Place(act, rule, other) for other in self._readings(law, rule, spec))

    def _readings(self, law: Law, rule: Mapping[str, Any], spec: Spec) -> Iterator[Law]:
        used = {name for item in conditions_of(rule) for name in item.get("under", {})}
        open_ones = sorted(used - spec.get("readings", {}).keys())
        choices = [[item["id"] for item in law.book.data["interpretations"][name]["readings"]] for name in open_ones]
        for chosen in product(*choices):
            readings = {**spec.get("readings", {}), **dict(zip(open_ones, chosen, strict=True))}
            yield self.law(law.date, law.nation, readings, law.reforms)

    # -- cases -----------------------------------------------------------------------------------------------------

    def table(self, place: Place, extra: tuple[Data, ...] = ()) -> CaseTable:
        """A rule decided in every case; the same table wherever and whenever the law makes no difference to it."""
        here = (place.act, place.rule["id"], id(place.law), *map(id, extra))
        if here not in self._at:
            view, parts = place.view(extra), place.parts
            key = (place.rule["id"], tuple(id(item) for _, item in parts), self.alike(view))
            table = self._tables.get(key)
            if table is None:
                space = Space(axes_of(view))
                self._weight += space.weight
                if self._weight > _KEPT_BITS:
                    self._tables.clear()
                    self._at.clear()
                    self._weight = space.weight
                table = self._tables[key] = CaseTable(space, parts, "undetermined" in place.rule)
            self._at[here] = table, extra
        return self._at[here][0]

    def alike(self, view: View) -> Hashable:
        """What the cases of a view, and the outcome of its tests in them, depend on: equal where the law makes no difference."""
        law = view.law
        if law not in self._people:
            people = tuple((pair, tuple(facts.items())) for pair, facts in holders(law).items())
            self._people[law] = self._kinds.setdefault(people, len(self._kinds))
        asked = {}
        for leaf in (leaf for condition in view.conditions for leaf in leaves(condition)):
            name = leaf.get("in-class") or leaf.get("not-in-class")
            if name:
                asked[name] = law.members(name)
            if leaf["fact"] in view.known:
                asked[f"fact {leaf['fact']}"] = view.known[leaf["fact"]]
        conditions = tuple(map(id, view.conditions))
        left_out = tuple(name for name in law.book.data["medicines"] if law.book.not_given(name, view.known))
        return self._people[law], id(law.book), conditions, tuple(asked.items()), left_out

    def line(self, place: Place, facts: Facts) -> str:
        """The command that asks about a case."""
        return command_line(place.law, place.act, facts, self.source)

    def sweep(
        self,
        places: Iterable[Place],
        against: Callable[[Place, CaseTable], int],
        says: Callable[[Place, CaseTable, int], Broken],
        extra: tuple[Data, ...] = (),
    ) -> ProofResult:
        """Look for cases against a property in every place. `against`: the cases of a table that break it, which must depend
        on the table alone; `says`: what to say of one. The smallest is reported, on the last date."""
        covered = 0
        known: dict[int, int] = {}
        worst: tuple[tuple[Any, ...], Place, CaseTable, int] | None = None
        for place in places:
            table = self.table(place, extra)
            covered += table.space.possible.bit_count()
            bad = known.get(id(table))
            if bad is None:
                bad = known[id(table)] = against(place, table) & table.space.possible
            if bad:
                case = next(table.space.cases(bad))
                rank = (
                    self.line(place, table.space.facts(case)).count(" --"),
                    *(-int(x) for x in place.law.date.split("-")),
                )
                if worst is None or rank < worst[0]:
                    worst = rank, place, table, case
        return ProofResult(covered, says(*worst[1:]) if worst else None)


def around(day: str) -> tuple[str, str, str]:
    """A day, with the day before and the day after."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat(), day, _after(day)


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _turns(leaf: Data) -> Iterator[str]:
    """The first days on which a test of the date makes a difference."""
    for operator, wanted in leaf.items():
        if operator in ("on-or-after", "before"):
            yield wanted
        elif operator in ("is", "is-not"):
            yield from (wanted, _after(wanted))
