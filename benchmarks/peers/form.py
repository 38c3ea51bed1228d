"""The rules of the lawbook in a form that any engine can take: for each rule, when it is open, available or barred.

A case is a flat set of words: every fact that a rule looks at has one, `not-stated` where nobody stated it; dates and numbers
are decided before. The three-valued logic becomes ordinary logic by asking of each condition when it holds and when it fails.
A formula is a tuple: ("and" | "or", parts) or ("in" | "out", fact, words). Where none of the three formulas of a rule is true,
the rule is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from gapcheck.law.conditions import PARTS
from gapcheck.law.dated import Law

NOT_STATED = "not-stated"
Formula = tuple[Any, ...]
_COMPARED = {
    "at-least": lambda value, wanted: value >= wanted,
    "at-most": lambda value, wanted: value <= wanted,
    "on-or-after": lambda value, wanted: value >= wanted,
    "before": lambda value, wanted: value < wanted,
}


class RuleForm(NamedTuple):
    """One rule: its act and route, and when it is barred, when the person and case are right, when all is in place."""

    id: str
    act: str
    route: str
    barred: Formula
    right: Formula
    in_place: Formula
    undetermined: bool

    def states(self) -> list[tuple[str, Formula]]:
        """The states that exclude each other, each with its formula."""
        if self.undetermined:
            return []
        return [
            ("barred", self.barred),
            ("open", ("and", (self.right, self.in_place))),
            ("available", ("and", (self.right, negated(self.in_place)))),
        ]


class Case(NamedTuple):
    """A question: an act, and the words of the facts."""

    act: str
    words: dict[str, str]


class Rules(NamedTuple):
    """Rules, and the facts that they look at, all and for each act; `compared`: facts to be decided before, by the name of
    the word."""

    rules: list[RuleForm]
    facts: list[str]
    of_act: dict[str, list[str]]
    compared: dict[str, tuple[str, str, Any]]

    def case(self, act: str, facts: Mapping[str, Any]) -> Case:
        """The words of a case."""
        words = {name: word(facts.get(name)) for name in self.of_act[act]}
        for name in words.keys() & self.compared.keys():
            fact, operator, wanted = self.compared[name]
            value = facts.get(fact)
            words[name] = word(None if value is None else _COMPARED[operator](value, wanted))
        return Case(act, words)


def word(value: Any) -> str:
    """A value as a word."""
    if value is None:
        return NOT_STATED
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def negated(formula: Formula) -> Formula:
    """The formula that is true where another is not."""
    kind = formula[0]
    if kind in ("and", "or"):
        return ("or" if kind == "and" else "and", tuple(negated(part) for part in formula[1]))
    return ("out" if kind == "in" else "in", *formula[1:])


def rules_of(law: Law, acts: list[str]) -> Rules:
    """The rules in force for some acts, under the readings of the law."""
    found: list[RuleForm] = []
    of_act: dict[str, list[str]] = {}
    compared: dict[str, tuple[str, str, Any]] = {}
    for act in acts:
        facts: dict[str, None] = {}
        for route, rules, _ in law.act(act).routes:
            for rule in rules:
                data = law.book.data["rules"][rule.id]
                parts = {
                    part: [_both(law, item, compared) for item in data[part] if _applies(law, item)] for part in PARTS
                }
                strict = [*parts["holder"], *parts["circumstances"]]
                barred = ("or", tuple(fails for _, fails in strict))
                right = ("and", tuple(holds for holds, _ in strict))
                in_place = ("and", tuple(holds for holds, _ in parts["arrangements"]))
                found.append(RuleForm(rule.id, act, route, barred, right, in_place, bool(rule.undetermined)))
                facts.update(dict.fromkeys(_facts(barred) + _facts(right) + _facts(in_place)))
        of_act[act] = sorted(facts)
    return Rules(found, sorted({name for names in of_act.values() for name in names}), of_act, compared)


def _applies(law: Law, item: Mapping[str, Any]) -> bool:
    return all(law.readings.get(key) == reading for key, reading in item.get("under", {}).items())


def _both(law: Law, item: Mapping[str, Any], compared: dict[str, tuple[str, str, Any]]) -> tuple[Formula, Formula]:
    """When a condition holds, and when it fails."""
    for group in ("all", "any", "none"):
        if group in item:
            inner = [_both(law, part, compared) for part in item[group]]
            holds = ("and" if group == "all" else "or", tuple(part for part, _ in inner))
            fails = ("or" if group == "all" else "and", tuple(part for _, part in inner))
            return _presumed(item, *((fails, holds) if group == "none" else (holds, fails)))
    fact, operator = item["fact"], next(key for key in item if key in _OPERATORS)
    values = item[operator]
    if operator in _COMPARED:
        name = f"{fact} {operator} {values}"
        compared[name] = (fact, operator, values)
        return _presumed(item, ("in", name, ("yes",)), ("in", name, ("no",)))
    if operator.endswith("class"):
        values = sorted(law.members(values))
    words = tuple(word(value) for value in (values if isinstance(values, list) else [values]))
    among, other = ("in", fact, words), ("out", fact, (*words, NOT_STATED))
    return _presumed(item, *((other, among) if operator in ("is-not", "not-in", "not-in-class") else (among, other)))


_OPERATORS = ("is", "is-not", "in", "not-in", "in-class", "not-in-class", *_COMPARED)


def _presumed(item: Mapping[str, Any], holds: Formula, fails: Formula) -> tuple[Formula, Formula]:
    presumed = item.get("unless-stated")
    if presumed is None:
        return holds, fails
    return (negated(fails), fails) if presumed else (holds, negated(holds))


def _facts(formula: Formula) -> list[str]:
    if formula[0] in ("and", "or"):
        return [name for part in formula[1] for name in _facts(part)]
    return [formula[1]]


def name_of(text: str) -> str:
    """A name that any language takes."""
    return "".join(char if char.isalnum() else "_" for char in text)
