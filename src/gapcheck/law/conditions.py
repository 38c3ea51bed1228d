"""Conditions: three-valued tests of facts (true, false, unknown; Kleene), compiled once for a dated law.

A condition of the lawbook is a mapping: a leaf `{fact, OPERATOR: value}` or a group `{any|all|none: [...]}`. Facts are a
mapping of names to values; a name that is not in it is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

Facts = Mapping[str, Any]
Truth = bool | None
Test = Callable[[Facts], Truth]
Members = Callable[[str], frozenset[str]]

PARTS = ("holder", "circumstances", "arrangements")
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


def _without_presumptions(data: Mapping[str, Any]) -> dict[str, Any]:
    """The test as it would be if nothing were presumed of facts that are not stated."""
    plain = {key: value for key, value in data.items() if key != "unless-stated"}
    plain.update({group: [_without_presumptions(item) for item in data[group]] for group in _GROUPS if group in data})
    return plain


def compile_test(data: Mapping[str, Any], members: Members) -> tuple[Test, tuple[str, ...]]:
    """A function that tests the facts, and the names of the facts that it looks at. Raises ValueError for an unknown form."""
    for group, combine in _GROUPS.items():
        if group in data:
            inner = [compile_test(item, members) for item in data[group]]
            names = tuple(dict.fromkeys(name for _, used in inner for name in used))
            return _presume(combine([test for test, _ in inner]), data), names
    name = data["fact"]
    for operator, make in _OPERATORS.items():
        if operator in data:
            return _presume(_leaf(name, make(data[operator], members)), data), (name,)
    raise ValueError(f"the condition on `{name}` has no operator; allowed: {', '.join(_OPERATORS)}")


def classes_in(data: Mapping[str, Any]) -> tuple[str, ...]:
    """The named classes on whose members a condition turns."""
    named = [data[key] for key in ("in-class", "not-in-class") if key in data]
    return (*named, *(name for group in _GROUPS for item in data.get(group, ()) for name in classes_in(item)))


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


_GROUPS: dict[str, Callable[[list[Test]], Test]] = {"all": _all, "any": _any, "none": _none}


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


def describe(data: Mapping[str, Any]) -> str:
    """A plain description of a condition that has no sentence of its own."""
    for group in _GROUPS:
        if group in data:
            return f"{group} of ({'; '.join(describe(item) for item in data[group])})"
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
