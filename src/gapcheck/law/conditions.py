"""Conditions: three-valued tests of facts (true, false, unknown; Kleene), compiled once for a dated law.

A condition of the lawbook is a mapping: a leaf `{fact, OPERATOR: value}` or a group `{any|all|none: [...]}`. Facts are a
mapping of names to values; a name that is not in it is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

Facts = Mapping[str, Any]
Truth = bool | None
Test = Callable[[Facts], Truth]
Members = Callable[[str], frozenset[str]]

Data = Mapping[str, Any]  # a condition as the lawbook writes it
Path = tuple[str | int, ...]  # from a condition to one within it: group, place, group, place ...
T = TypeVar("T")

PARTS = ("holder", "circumstances", "arrangements")
GROUPS = ("all", "any", "none")
_DEFAULT_REMEDY = {"circumstances": "cannot", "arrangements": "arrange"}
NOT_STATED = "not stated"
PRESUMED = "not stated; presumed"


class Expired(str):
    """The value of an arrangement that was attested until a day now past: it counts as missing, and says so."""


class ConditionResult(NamedTuple):
    """One condition, decided: what was wanted, what was found, whether it holds, and who could mend it."""

    part: str  # holder | circumstances | arrangements
    fact: str
    wanted: str
    found: str
    holds: Truth
    remedy: str  # register | amend | arrange | cannot
    opens: str  # what would have to happen, where the lawbook says it
    law: tuple[str, ...]  # provision ids, where not the rule's own
    facts: tuple[str, ...]  # the facts that the condition looks at
    ran_out: bool = False  # whether an attestation that it asks for is past its date


class Condition:
    """A compiled condition. `decide(facts)` is cheap: results are kept by the values of the facts looked at."""

    __slots__ = (
        "_known",
        "active",
        "fact",
        "facts",
        "interpretation",
        "law",
        "opens",
        "part",
        "remedy",
        "strict",
        "test",
        "wanted",
    )

    def __init__(
        self,
        part: str,
        data: Mapping[str, Any],
        members: Members,
        active: bool = True,
        law: tuple[str, ...] = (),
    ) -> None:
        self.part = part
        self.test, self.facts = compile_test(data, members)
        self.strict = compile_test(plain, members)[0] if (plain := _without_presumptions(data)) != data else None
        self.fact: str = data.get("about") or data.get("fact") or self.facts[0]
        self.wanted: str = data.get("says") or describe(data)
        self.remedy: str = data.get("as") or _DEFAULT_REMEDY.get(part, "cannot")
        self.opens: str = data.get("opens", "")
        self.law = law
        under: Mapping[str, str] = data.get("under", {})
        self.interpretation = next(iter(under), None)
        self.active = active  # whether the reading under which it counts is the one that is chosen
        self._known: dict[tuple[Any, ...], ConditionResult] = {}

    def decide(self, facts: Facts) -> ConditionResult:
        """Decide the condition on the facts."""
        key = tuple([facts.get(name) for name in self.facts])
        known = self._known.get(key)
        if known is None:
            holds = self.test(facts)
            found = found_text(key[self.facts.index(self.fact)] if self.fact in self.facts else key[0])
            if holds is not None and self.strict is not None and self.strict(facts) is None:
                found = PRESUMED
            ran_out = holds is False and any(isinstance(value, Expired) for value in key)
            known = ConditionResult(
                self.part, self.fact, self.wanted, found, holds, self.remedy, self.opens, self.law, self.facts, ran_out
            )
            if len(self._known) < 5000:
                self._known[key] = known
        return known


def conditions_of(rule: Data) -> Iterator[Data]:
    """The conditions of a rule, part by part."""
    return (condition for part in PARTS for condition in rule[part])


def within(condition: Data, path: Path = ()) -> Iterator[tuple[Path, Data]]:
    """A condition and whatever stands within it, each with its path; a group before what stands in it."""
    yield path, condition
    for group in GROUPS:
        for index, item in enumerate(condition.get(group, ())):
            yield from within(item, (*path, group, index))


def leaves(condition: Data) -> Iterator[Data]:
    """The tests of single facts within a condition."""
    return (item for _, item in within(condition) if "fact" in item)


def classes_in(condition: Data) -> tuple[str, ...]:
    """The named classes on whose members a condition turns."""
    return tuple(item[key] for _, item in within(condition) for key in ("in-class", "not-in-class") if key in item)


def folded(condition: Data, leaf: Callable[[Data], T], group: Callable[[Data, str, list[T]], T]) -> T:
    """What comes of a condition from the inside out: `leaf` is given the test of a fact, `group` a group, its kind (one of
    GROUPS) and what came of each thing in it."""
    for kind in GROUPS:
        if kind in condition:
            return group(condition, kind, [folded(item, leaf, group) for item in condition[kind]])
    return leaf(condition)


def reached(item: Any, path: Path) -> Any:
    """What stands at a path within a condition, or within a list of them. Raises LookupError where there is nothing."""
    for step in path:
        item = item[step]
    return item


def changed(condition: Data, path: Path, item: Data | None) -> Data:
    """A condition with another one at a path within it, or with none there."""
    if not path:
        return item or {}
    group, index, *deeper = str(path[0]), int(path[1]), *path[2:]
    items = list(condition[group])
    items[index : index + 1] = [changed(items[index], tuple(deeper), item)] if deeper or item is not None else []
    return {**condition, group: items}


def _without_presumptions(data: Data) -> Data:
    """The test as it would be if nothing were presumed of facts that are not stated."""

    def plain(item: Data) -> Data:
        return {key: value for key, value in item.items() if key != "unless-stated"}

    return folded(data, plain, lambda item, kind, inner: {**plain(item), kind: inner})


def compile_test(data: Data, members: Members) -> tuple[Test, tuple[str, ...]]:
    """A function that tests the facts, and the names of the facts that it looks at. Raises ValueError for an unknown form."""

    def leaf(item: Data) -> tuple[Test, tuple[str, ...]]:
        name = item["fact"]
        for operator, make in _OPERATORS.items():
            if operator in item:
                return _presume(_leaf(name, make(item[operator], members)), item), (name,)
        raise ValueError(f"the condition on `{name}` has no operator; allowed: {', '.join(_OPERATORS)}")

    def group(item: Data, kind: str, inner: list[tuple[Test, tuple[str, ...]]]) -> tuple[Test, tuple[str, ...]]:
        names = tuple(dict.fromkeys(name for _, used in inner for name in used))
        return _presume(_COMBINE[kind]([test for test, _ in inner]), item), names

    return folded(data, leaf, group)


def _leaf(name: str, test: Callable[[Any], bool]) -> Test:
    def decide(facts: Facts) -> Truth:
        value = facts.get(name)
        return None if value is None else test(value)

    return decide


def _presume(test: Test, data: Mapping[str, Any]) -> Test:
    if "unless-stated" not in data:
        return test
    presumed: bool = data["unless-stated"]

    def decide(facts: Facts) -> Truth:
        truth = test(facts)
        return presumed if truth is None else truth

    return decide


def _all(tests: list[Test]) -> Test:
    def decide(facts: Facts) -> Truth:
        truth: Truth = True
        for test in tests:
            value = test(facts)
            if value is False:
                return False
            if value is None:
                truth = None
        return truth

    return decide


def _any(tests: list[Test]) -> Test:
    def decide(facts: Facts) -> Truth:
        truth: Truth = False
        for test in tests:
            value = test(facts)
            if value is True:
                return True
            if value is None:
                truth = None
        return truth

    return decide


def _none(tests: list[Test]) -> Test:
    some = _any(tests)

    def decide(facts: Facts) -> Truth:
        value = some(facts)
        return None if value is None else not value

    return decide


_COMBINE: dict[str, Callable[[list[Test]], Test]] = dict(zip(GROUPS, (_all, _any, _none), strict=True))


def _same(value: Any, wanted: Any) -> bool:
    return bool(value == wanted and isinstance(value, bool) == isinstance(wanted, bool))


def _within(listed: frozenset[Any], inside: bool) -> Callable[[Any], bool]:
    return lambda value: (value in listed) is inside


_OPERATORS: dict[str, Callable[[Any, Members], Callable[[Any], bool]]] = {
    "is": lambda wanted, members: lambda value: _same(value, wanted),
    "is-not": lambda wanted, members: lambda value: not _same(value, wanted),
    "in": lambda wanted, members: _within(frozenset(wanted), True),
    "not-in": lambda wanted, members: _within(frozenset(wanted), False),
    "in-class": lambda wanted, members: _within(members(wanted), True),
    "not-in-class": lambda wanted, members: _within(members(wanted), False),
    "at-least": lambda wanted, members: lambda value: bool(value >= wanted),
    "at-most": lambda wanted, members: lambda value: bool(value <= wanted),
    "on-or-after": lambda wanted, members: lambda value: bool(value >= wanted),
    "before": lambda wanted, members: lambda value: bool(value < wanted),
}
OPERATORS = tuple(_OPERATORS)


def describe(data: Data) -> str:
    """A plain description of a condition that has no sentence of its own."""
    return folded(data, _leaf_described, lambda _, kind, inner: f"{kind} of ({'; '.join(inner)})")


def _leaf_described(data: Data) -> str:
    for operator in _OPERATORS:
        if operator in data:
            return f"{data['fact']} {operator.replace('-', ' ')} {found_text(data[operator])}"
    return str(data.get("fact"))


def found_text(value: Any) -> str:
    """A fact's value in words."""
    if value is None:
        return NOT_STATED
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(found_text(item) for item in value)
    return str(value)
