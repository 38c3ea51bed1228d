"""Run the examples that rules and reforms carry: each states a case and what it must come to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from gapcheck.engine.person import person_of
from gapcheck.engine.routes import decide_act, decide_rule
from gapcheck.profile.question import Question, question

if TYPE_CHECKING:
    from gapcheck.law.lawbook import Lawbook

TODAY = "2026-11-22"  # the date of an example that states none: that of the first lawbook


class ExampleOutcome(NamedTuple):
    """What a rule came to in an example: its state, and the facts of the conditions that do not hold."""

    state: str
    by: tuple[str, ...]


def run_example(book: Lawbook, rule: Mapping[str, Any], example: Mapping[str, Any]) -> ExampleOutcome:
    """Decide one rule in the case of one example. Raises InputError where the example names what does not exist."""
    nation = example.get("nation", book.data["assumes"]["nation"])
    law = book.at(example.get("as-at", TODAY), nation, example.get("interpretations"))
    act = example.get("act", rule["acts"][0])
    asked = _asked(book, act, nation, example)
    person = person_of(asked.profile, law)
    if act not in rule["acts"]:
        return ExampleOutcome("not a way to do it", ())
    if not law.holds(rule):
        return ExampleOutcome("not in force", ())
    result = decide_rule(law, law.rule(rule), {**person.facts, **asked.case(law)}, person.capacities)
    fails = () if rule.get("undetermined") else result.fails
    return ExampleOutcome(result.state, tuple(sorted({item.fact for item in fails})))


def run_reform_example(book: Lawbook, reform: str, example: Mapping[str, Any]) -> tuple[str, str]:
    """The states of the route that an example of a reform asks about: without the reform, and with it. Raises InputError
    where the example names what does not exist."""
    nation = example.get("nation", book.data["assumes"]["nation"])
    others = tuple(example.get("reforms", ()))
    asked = _asked(book, example["act"], nation, example)
    states = []
    for reforms in (others, (*others, reform)):
        law = book.at(example.get("as-at", TODAY), nation, None, reforms)
        person = person_of(asked.profile, law)
        act = decide_act(law, asked.act, {**person.facts, **asked.case(law)}, person.capacities)
        states += [route.state for route in act.routes if route.route == example["route"]]
    without, reformed = states
    return without, reformed


def _asked(book: Lawbook, act: str, nation: str, example: Mapping[str, Any]) -> Question:
    """The question that an example puts."""
    stated = {
        "profession": example.get("profession"),
        "registered": example.get("registered", ()),
        "medicine": example.get("medicine"),
        "facts": tuple(f"{key}={value}" for key, value in example.get("facts", {}).items()),
        **{
            singular: ["none"] if example.get(plural) == "none" else example.get(plural, ())
            for singular, plural in (
                ("annotation", "annotations"),
                ("entitlement", "entitlements"),
                ("arrangement", "arrangements"),
            )
        },
    }
    return question(book, act, nation, stated)
