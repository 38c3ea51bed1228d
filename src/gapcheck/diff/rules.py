"""Rules as a comparison sees them: without presumptions, classes and readings resolved, so that two rules that say the same
are the same whatever their ids, words and provisions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import combinations
from typing import Any, NamedTuple

from gapcheck.law.conditions import PARTS, Facts, Truth, compile_test, folded, leaves
from gapcheck.law.dated import DIRECTNESS, Law

ARRANGEMENTS = PARTS[2]
SET_UP = ("arrangement.", "entitlement.")  # facts that an employer or a colleague brings about
Needs = frozenset[frozenset[str]]
Place = tuple[str, int]  # a condition of a rule: the part, and its place in it
Test = Callable[[Facts], Truth]


class Atom(NamedTuple):
    """A single test of a single fact."""

    fact: str
    test: Test
    mentioned: tuple[Any, ...]


class Bare:
    """One rule of a dated law, bare: who and in which case (`case`), what must be set up, and its `form`."""

    def __init__(self, law: Law, data: Mapping[str, Any]) -> None:
        self.id: str = data["id"]
        self.data = data
        self.level = DIRECTNESS[data.get("directness", "own-authority")]
        self.undetermined: str = data.get("undetermined", "")
        active = {
            (part, index): item
            for part in PARTS
            for index, item in enumerate(data[part])
            if all(law.readings.get(key) == reading for key, reading in item.get("under", {}).items())
        }
        bare = {place: _bare(law, item) for place, item in active.items()}
        self._presuming = [(law, item) for (part, _), item in active.items() if part != ARRANGEMENTS]
        self.tests = {place: compile_test(item, law.members) for place, item in bare.items()}
        self.case = [test for (part, _), test in self.tests.items() if part != ARRANGEMENTS]
        self.set_up = [test for (part, _), test in self.tests.items() if part == ARRANGEMENTS]
        said = [[item for (name, _), item in bare.items() if name == part] for part in PARTS]
        self.form = json.dumps([self.level, self.undetermined, said], sort_keys=True)
        self.atoms = [atom for item in bare.values() for atom in _atoms(law, item)]
        self.facts = frozenset(atom.fact for atom in self.atoms)
        self.arranged = sorted({name for _, names in self.set_up for name in names if name.startswith(SET_UP)})
        self.asked = sorted({name for _, names in self.set_up for name in names if not name.startswith(SET_UP)})
        self._needs: dict[tuple[Any, ...], Needs] = {}

    def truth(self, place: Place, facts: Facts) -> Truth:
        """The outcome of one condition; one that the rule does not have, or not under this reading, holds."""
        return self.tests[place][0](facts) if place in self.tests else True

    def lawful(self, facts: Facts) -> Truth:
        """Whether the person and the case are such that the rule opens or could be made to."""
        if self.undetermined:
            return None
        return _every(self.case, facts)

    @cached_property
    def presumed(self) -> list[tuple[Test, tuple[str, ...]]]:
        """The tests of `case` as the engine decides them: with what is presumed while it is not stated."""
        return [compile_test(item, law.members) for law, item in self._presuming]

    def presumably(self, facts: Facts) -> bool:
        """Whether the rule is lawful on the facts and on what is presumed beside them."""
        return not self.undetermined and _every(self.presumed, facts) is True

    def open_facts(self, facts: Facts, with_set_up: bool) -> Iterator[str]:
        """The facts on which it still depends; `with_set_up`: and those on which depends what must be set up."""
        for test, names in self.case:
            if test(facts) is None:
                yield from (name for name in names if name not in facts)
        if with_set_up:
            yield from (name for name in self.asked if name not in facts)

    def needs(self, facts: Facts) -> Needs:
        """The smallest sets of arrangements that open it, in a case in which it is lawful. Where that depends on facts that
        are not known: those that open it in some cases, and those that do in all."""
        key = tuple(facts.get(name) for name in self.asked)
        found = self._needs.get(key)
        if found is None:
            stated = {name: value for name, value in zip(self.asked, key, strict=True) if value is not None}
            found = self._needs[key] = frozenset((*self._least(stated, (True,)), *self._least(stated, (True, None))))
        return found

    def _least(self, stated: Facts, enough: tuple[Truth, ...]) -> list[frozenset[str]]:
        least: list[frozenset[str]] = []
        for size in range(len(self.arranged) + 1):
            for chosen in map(frozenset, combinations(self.arranged, size)):
                facts = {**stated, **{name: name in chosen for name in self.arranged}}
                if not any(smaller <= chosen for smaller in least) and _every(self.set_up, facts) in enough:
                    least.append(chosen)
        return least


def rules_of(law: Law, act: str) -> dict[str, list[Bare]]:
    """The rules in force for an act, by route."""
    return {route: [Bare(law, data) for data in rules if law.holds(data)] for route, rules in law.rules_of(act).items()}


def _every(tests: list[tuple[Test, tuple[str, ...]]], facts: Facts) -> Truth:
    truth: Truth = True
    for test, _ in tests:
        value = test(facts)
        if value is False:
            return False
        if value is None:
            truth = None
    return truth


def _bare(law: Law, item: Mapping[str, Any]) -> dict[str, Any]:
    """A condition with nothing but its tests: classes as lists, and tests of the date and the nation decided."""

    def leaf(item: Mapping[str, Any]) -> dict[str, Any]:
        test = {key: value for key, value in item.items() if key not in _SPOKEN}
        if item["fact"] in ("date", "nation"):
            decide, _ = compile_test(test, law.members)
            return {"all" if decide({"date": law.date, "nation": law.nation}) else "any": []}
        for key, operator in (("in-class", "in"), ("not-in-class", "not-in")):
            if key in test:
                test[operator] = sorted(law.members(test.pop(key)))
        return test

    return folded(item, leaf, lambda _, kind, inner: {kind: inner})


_SPOKEN = {"about", "says", "as", "opens", "law", "under", "unless-stated"}


def _atoms(law: Law, item: Mapping[str, Any]) -> Iterator[Atom]:
    for leaf in leaves(item):
        test, (fact,) = compile_test(leaf, law.members)
        value = next(value for key, value in leaf.items() if key != "fact")
        yield Atom(fact, test, tuple(value) if isinstance(value, list) else (value,))
