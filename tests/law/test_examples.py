"""Every rule's own examples, run: the law as its authors read it, case by case."""

from __future__ import annotations

from typing import Any

import pytest

from gapcheck import Lawbook
from gapcheck.engine.examples import run_example
from tests.conftest import ROOT

BOOK = Lawbook.load(ROOT / "rules")
EXAMPLES = [
    pytest.param(rule, example, id=f"{identity}: {example['case']}")
    for identity, rule in BOOK.data["rules"].items()
    for example in BOOK.data["examples"][identity]
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example(rule: dict[str, Any], example: dict[str, Any]) -> None:
    outcome = run_example(BOOK, rule, example)
    assert (outcome.state, list(outcome.by)) == (example["route"], sorted(set(example.get("by", []))))


@pytest.mark.parametrize("identity", [key for key, rule in BOOK.data["rules"].items() if "undetermined" not in rule])
def test_each_condition_has_an_example_in_which_it_fails(identity: str) -> None:
    """A rule shows at least one case that opens it, or makes it available, and one for each condition that bars it."""
    rule = BOOK.data["rules"][identity]
    failing = {fact for example in BOOK.data["examples"][identity] for fact in example.get("by", [])}
    facts = {
        item.get("about") or item.get("fact")
        for part in ("holder", "circumstances", "arrangements")
        for item in rule[part]
    }
    assert facts <= failing
    assert any(example["route"] in ("open", "available") for example in BOOK.data["examples"][identity])
