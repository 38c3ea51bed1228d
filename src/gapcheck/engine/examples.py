"""Run the examples that a rule carries: each states a case, the state that the rule must come to, and what fails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from gapcheck.engine.person import person_of
from gapcheck.engine.routes import decide_rule
from gapcheck.profile.question import question

if TYPE_CHECKING:
    from gapcheck.law.lawbook import Lawbook

TODAY = "2026-11-22"  # the date of an example that states none: that of the first lawbook


class Outcome(NamedTuple):
    """What a rule came to in an example: its state, and the facts of the conditions that do not hold."""

    state: str
    by: tuple[str, ...]


def run_example(book: Lawbook, rule: Mapping[str, Any], example: Mapping[str, Any]) -> Outcome:
    """Decide one rule in the case of one example. Raises InputError where the example names what does not exist."""
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
    nation = example.get("nation", book.data["assumes"]["nation"])
    law = book.at(example.get("as-at", TODAY), nation, example.get("interpretations"))
    asked = question(book, example.get("act", rule["acts"][0]), nation, stated)
    person = person_of(asked.profile, law)
    if not law.holds(rule):
        return Outcome("not in force", ())
    result = decide_rule(law, law.rule(rule), {**person.facts, **asked.case(law)}, person.capacities)
    fails = () if rule.get("undetermined") else result.fails
    return Outcome(result.state, tuple(sorted({item.fact for item in fails})))
