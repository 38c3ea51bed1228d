"""What bodies of the four nations expect by way of registration: no law, and no surer than its source."""

from __future__ import annotations

import pytest

from gapcheck import Lawbook
from tests.conftest import ROOT

BOOK = Lawbook.load(ROOT / "rules")
EXPECTATIONS = BOOK.data["expectations"]


def test_each_nation_has_an_expectation() -> None:
    assert {nation for item in EXPECTATIONS.values() for nation in item["nations"]} == set(BOOK.data["nations"])


@pytest.mark.parametrize("identity", EXPECTATIONS)
def test_it_rests_on_a_framework_and_what_one_party_alone_reports_is_unverified(identity: str) -> None:
    item = EXPECTATIONS[identity]
    sources = [BOOK.data["provisions"][entry["provision"]] for entry in item["law"]]
    assert {source["kind"] for source in sources} <= {"framework", "guidance"}
    if "only-in" in item:
        assert {source["confidence"] for source in sources} == {"unverified"}
    for source in sources:  # it is said of the nations to which its source extends, and of no other
        assert set(item["nations"]) <= set(source["extent"])


@pytest.mark.parametrize("nation", BOOK.data["nations"])
def test_an_employer_may_require_either_kind_of_register_and_the_answer_says_whose_condition_it_is(nation: str) -> None:
    for act in ("require-accredited-registration", "require-statutory-registration"):
        duties = [
            duty["says"]
            for duty in BOOK.data["acts"][act]["duties"]
            if "when" not in duty or nation in [duty["when"].get("is"), *duty["when"].get("in", ())]
        ]
        assert BOOK.data["acts"][act]["kind"] == "open"
        assert any("required by this employer" in says for says in duties)
        assert any(entry in says for says in duties for entry in ("discrimination at work", "disadvantage"))
