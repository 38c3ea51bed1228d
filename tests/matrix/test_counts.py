"""`gapcheck matrix --counts`: how all tasks stand, in numbers, by profession and register; and that the words tell posts apart."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from gapcheck import Lawbook, Profile, check
from gapcheck.profile.model import Registration, TaskEntry
from tests.conftest import ROOT, TODAY, Run

CT, DR, CS, SUPPORT, NURSE = (
    "clinical-technologist",
    "diagnostic-radiographer",
    "clinical-scientist",
    "healthcare-support-worker",
    "dental-nurse",
)
Table = dict[tuple[str, str], dict[str, Any]]


def rows(gapcheck: Run, *arguments: str) -> Table:
    result = gapcheck("matrix", "--counts", "--as-at", TODAY, "--format", "json", *arguments)
    assert result.returncode == 0, result.stderr
    data = json.loads(result.stdout)
    files = [json.loads((ROOT / f"schemas/{name}.schema.json").read_text("utf-8")) for name in ("counts", "report")]
    registry: Registry[Any] = Registry().with_resources((item["$id"], Resource.from_contents(item)) for item in files)
    jsonschema.Draft202012Validator(files[0], registry=registry).validate(data)
    for row in data["rows"]:
        for part in ("status", "today", "gap"):
            assert sum(row[part].values()) == len(data["tasks"])
    return {(row["profession"], row["register"]): row for row in data["rows"]}


@pytest.fixture(scope="module")
def table(gapcheck: Run) -> Table:
    """All tasks, for those whom the words have to tell apart."""
    return rows(gapcheck, *(word for who in (CT, DR, CS, SUPPORT, NURSE) for word in ("--profession", who)))


def test_no_status_takes_more_than_six_tenths_for_a_technologist_on_the_register(table: Table, book: Lawbook) -> None:
    counted = table[CT, "rct"]["status"]
    assert sum(counted.values()) == len(book.data["tasks"])
    assert max(counted.values()) <= 0.6 * len(book.data["tasks"])


def test_the_words_tell_posts_apart(table: Table) -> None:
    """A support worker, a technologist on the register, a radiographer and a clinical scientist, and a dental nurse: a tenth of
    all tasks or more stand otherwise, or leave another gap, between any two."""
    total = sum(table[CT, "rct"]["status"].values())
    people = [table[CT, "rct"], table[SUPPORT, ""], table[DR, "hcpc"], table[CS, "hcpc"], table[NURSE, "gdc"]]
    for place, one in enumerate(people):
        for other in people[place + 1 :]:
            moved = [
                sum(abs(one[part][name] - other[part][name]) for name in one[part]) / 2 for part in ("status", "gap")
            ]
            assert max(moved) >= total / 10, (one, other)


def test_nuclear_medicine_is_mostly_not_risky_for_a_technologist_on_the_register(gapcheck: Run) -> None:
    found = rows(gapcheck, "--scope", "nuclear-medicine", "--profession", CT)
    counted = found[CT, "rct"]["status"]
    assert counted["risky"] < sum(counted.values()) / 2 < found[CT, ""]["status"]["risky"]


def test_each_number_is_what_check_says(gapcheck: Run, book: Lawbook) -> None:
    tasks = [task for task, item in book.data["tasks"].items() if item["scope"] == "sonography"]
    for (profession, register), row in rows(gapcheck, "--scope", "sonography", "--profession", "sonographer").items():
        held = (Registration(register),) if register else ()
        report = check(
            Profile(profession, "england", registrations=held, tasks=tuple(map(TaskEntry, tasks))), book, as_at=TODAY
        )
        assert (row["status"], row["today"]) == (report.summary, report.today)
        for gap, count in row["gap"].items():
            assert count == sum(finding.gap == gap for finding in report.findings)


def test_a_reform_adds_the_register_that_it_creates(gapcheck: Run) -> None:
    found = rows(gapcheck, "--scope", "dxa", "--profession", CT, "--reform", "register-clinical-technologists")
    assert list(found) == [(CT, ""), (CT, "hcpc"), (CT, "rct"), (CT, "ahcs")]
    assert found[CT, "hcpc"]["kind"] == "statutory" and found[CT, "rct"]["kind"] == "accredited"


def test_no_register_is_counted_before_there_was_one(gapcheck: Run) -> None:
    result = gapcheck(
        "matrix", "--counts", "--scope", "dxa", "--profession", CT, "--as-at", "2015-01-01", "--format", "json"
    )
    assert "rct" not in {row["register"] for row in json.loads(result.stdout)["rows"]}


def test_every_format_has_the_numbers(gapcheck: Run, tmp_path: Path) -> None:
    arguments = ("matrix", "--counts", "--scope", "dxa", "--profession", CT, "--as-at", TODAY)
    (first, *_) = csv.DictReader(io.StringIO(gapcheck(*arguments, "--format", "csv").stdout))
    assert (first["profession"], first["register"], first["tasks"]) == (CT, "none", "10")
    text = gapcheck(*arguments).stdout
    assert "Clinical technologist (RCT)" in text and max(map(len, text.splitlines())) <= 100
    for ending in ("html", "md", "docx", "xlsx", "pdf"):
        file = tmp_path / f"counts.{ending}"
        assert gapcheck(*arguments, "--full", "-o", file).returncode == 0 and file.stat().st_size > 500


def test_acts_are_not_counted(gapcheck: Run) -> None:
    result = gapcheck("matrix", "--counts", "--act", "irmer-refer")
    assert (result.returncode, result.stdout) == (2, "") and "tasks are counted" in result.stderr
