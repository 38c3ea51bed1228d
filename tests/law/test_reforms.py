"""Reforms: each one's own examples, run; and reforms that name what does not exist are told so, with file and line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gapcheck import Lawbook
from gapcheck.engine.examples import run_reform_example
from tests.conftest import ROOT, TODAY, Run

BOOK = Lawbook.load(ROOT / "rules")
EXAMPLES = [
    pytest.param(identity, example, id=f"{identity}: {example['case']}")
    for identity, reform in BOOK.data["reforms"].items()
    for example in reform["examples"]
]


@pytest.mark.parametrize(("reform", "example"), EXAMPLES)
def test_example(reform: str, example: dict[str, Any]) -> None:
    assert run_reform_example(BOOK, reform, example) == (example["without"], example["with"])


@pytest.mark.parametrize("identity", BOOK.data["reforms"])
def test_each_reform_shows_what_it_opens_and_for_whom_it_does_not(identity: str) -> None:
    """One example where it makes a difference, and one of a person without registration where it makes none."""
    examples = BOOK.data["reforms"][identity]["examples"]
    assert any(example["without"] != example["with"] for example in examples)
    unregistered = [
        example
        for example in examples
        if not any(entry == "hcpc" or entry.startswith("hcpc:registered") for entry in example.get("registered", []))
    ]
    assert unregistered and all(example["without"] == example["with"] == "barred" for example in unregistered)


def test_a_reform_leaves_the_law_of_today_as_it_is(book: Lawbook) -> None:
    before = book.at(TODAY, "england").members("pgd-classes")
    reformed = book.at(TODAY, "england", reforms=["pgd-for-sonographers"])
    assert reformed.members("pgd-classes") - before == {"sonographer"}
    assert book.at(TODAY, "england").members("pgd-classes") == before
    assert reformed.on("2020-01-01").members("pgd-classes") >= {"sonographer"}
    assert reformed.reading("reg-240-contrast", "wide").reforms == ("pgd-for-sonographers",)


REFORM = """\
reform: local
title: Local
says: x
would-need: x
examples: []
changes:
"""
BROKEN = {
    "  - add-member: {class: pgd-clases, member: sonographer}": (7, "no class `pgd-clases`", "`pgd-classes`"),
    "  - add-member: {class: pgd-classes, member: sonografer}": (7, "no profession `sonografer`", "`sonographer`"),
    "  - add-register: {profession: sonografer, register: hcpc}": (7, "no profession `sonografer`", "`sonographer`"),
    "  - add-register: {profession: sonographer, register: hpcc}": (7, "no register `hpcc`", "`hcpc`"),
    "  - add-register: {profession: sonographer, register: rct}": (7, "`rct` is no statutory register", "allowed:"),
    "  - add-membr: {class: pgd-classes, member: sonographer}": (7, "there is no key `add-membr`", "`add-member`"),
    "  - add-member: {class: pgd-classes}": (7, "the key `member` is missing", ""),
    "  - add-member: {class: pgd-classes, member: nurse}\n  - add-member: {class: [x], member: 3}": (
        8,
        "is not text",
        "",
    ),
    "  - add-condition: {rules: [pgd-suply], part: holder, condition: {fact: nation, is: wales, says: x}}": (
        7,
        "no rule `pgd-suply`",
        "`pgd-supply`",
    ),
    "  - add-condition:\n      rules: [pgd-supply]\n      part: who\n      condition: {fact: nation, is: wales}": (
        9,
        "add-condition.part",
        "`holder`",
    ),
    "  - add-condition:\n      rules: [pgd-supply]\n      part: holder\n      condition: {fact: nations, is: wales, says: x}": (
        10,
        "no fact `nations`",
        "`nation`",
    ),
    "  - add-condition: {rules: [pgd-supply], part: holder, condition: {fact: nation, equals: wales}}": (
        7,
        "add-condition.condition",
        "",
    ),
    "  - add-condition: {rules: [pgd-supply], part: holder, condition: {fact: medicine, in-class: x, says: x}}": (
        7,
        "no class `x`",
        "",
    ),
    "  []": (6, "changes: there must be at least 1 entries", ""),
}


@pytest.mark.parametrize("changes", BROKEN, ids=[says for _, says, _ in BROKEN.values()])
def test_what_a_reform_names_must_exist(gapcheck: Run, tmp_path: Path, changes: str) -> None:
    line, says, help = BROKEN[changes]
    (tmp_path / "local.yaml").write_text(REFORM + changes + "\n", encoding="utf-8")
    run = gapcheck("explain", "hcpc", "--rules", tmp_path)
    assert run.returncode == 2 and run.stdout == "", run.stderr
    assert f"local.yaml:{line}: " in run.stderr if line else "local.yaml:" in run.stderr
    assert says in run.stderr and help in run.stderr


def test_a_local_reform_counts(gapcheck: Run, tmp_path: Path) -> None:
    change = "  - add-member: {class: pgd-classes, member: sonographer}\n"
    (tmp_path / "local.yaml").write_text(REFORM + change, encoding="utf-8")
    asked = ["can", "administer-pom-parenterally", "--profession", "sonographer", "--medicine", "ultrasound-contrast"]
    run = gapcheck(
        *asked, "--rules", tmp_path, "--reform", "local", "--reform", "register-sonographers", "--format", "json"
    )
    states = {route["route"]: route["state"] for route in json.loads(run.stdout)["routes"]}
    assert states["patient-group-direction"] == "barred", "nobody is registered by a reform"
    asked += ["--registered", "hcpc", "--reform", "register-sonographers", "--format", "json"]
    run = gapcheck(*asked, "--rules", tmp_path, "--reform", "local")
    states = {route["route"]: route["state"] for route in json.loads(run.stdout)["routes"]}
    assert states["patient-group-direction"] == "available"
    run = gapcheck("can", "administer-pom-parenterally", "--rules", tmp_path, "--reform", "locl")
    assert run.returncode == 2 and "did you mean `local`?" in run.stderr
