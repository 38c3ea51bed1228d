"""Hundreds of questions with the answer that the law gives, written from the law and not from the rules."""

from __future__ import annotations

import shlex
from typing import Any

import pytest
import yaml

from gapcheck import InputError, Lawbook, check
from gapcheck.commands.can import command as can
from gapcheck.engine.answers import ask
from gapcheck.profile.question import question
from gapcheck.profile.read import profile_of
from gapcheck.reading import read_document
from tests.conftest import ROOT, TODAY

BOOK = Lawbook.load(ROOT / "rules")
FOLDER = ROOT / "tests/questions"


def table(name: str, key: str) -> list[Any]:
    data: list[Any] = read_document((FOLDER / name).read_bytes(), name, 4_000_000).data[key]
    return data


QUESTIONS = [
    row
    for path in sorted(FOLDER.glob("*.yaml"))
    if path.name != "profiles.yaml"
    for row in table(path.name, "questions")
]
PROFILES = table("profiles.yaml", "profiles")


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row["ask"])
def test_question(row: dict[str, Any]) -> None:
    options = can.make_context("can", shlex.split(row["ask"])).params
    readings = dict(item.split("=", 1) for item in options["readings"])
    nation = options["nation"] or BOOK.data["assumes"]["nation"]
    try:
        law = BOOK.at(options["as_at"] or TODAY, nation, readings, options["reforms"])
        asked = question(BOOK, options["act"], nation, options)
    except InputError:
        assert row["verdict"] == "error"
        return
    act = ask(asked.profile, law, asked.act, asked.case(law)).act
    states = {route.route: route.state for route in act.routes}
    assert act.verdict == row["verdict"], row["law"]
    assert {route: states[route] for route in row.get("routes", {})} == row.get("routes", {}), row["law"]
    failing = {route.route: {item.fact for item in route.fails} for route in act.routes}
    for route, facts in row.get("fails", {}).items():
        assert set(facts) <= failing[route], row["law"]


@pytest.mark.parametrize("row", PROFILES, ids=lambda row: row["case"])
def test_profile(row: dict[str, Any]) -> None:
    document = read_document(yaml.safe_dump(row["profile"]).encode(), row["case"])
    options = row.get("options", {})
    report = check(
        profile_of(document, BOOK), BOOK, as_at=options.get("as-at", TODAY), nation=options.get("nation"),
        interpretations=options.get("interpretations"), reforms=options.get("reforms", ()),
    )  # fmt: skip
    found = {item.task: item for item in report.findings}
    for wanted in row["expect"]:
        item = found[wanted["task"]]
        answer: dict[str, Any] = {
            "status": item.status,
            "today": item.today,
            "gap": item.gap,
            "because_of_registration": item.because_of_registration,
        }
        if "turns_on" in wanted:
            answer["turns_on"] = list(item.turns_on)
        assert answer == {key: wanted[key] for key in answer}, wanted["task"]
