"""`gapcheck matrix`: each cell says what `gapcheck can` and `check` say, in every format."""

from __future__ import annotations

import csv
import io
import itertools
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from gapcheck import Lawbook
from gapcheck.diff.compare import compare
from gapcheck.law.dated import Law
from gapcheck.matrix.build import matrix
from gapcheck.matrix.model import Matrix
from gapcheck.matrix.report import matrix_data
from tests.conftest import ROOT, TODAY, Run

REGISTER, PGD = "register-clinical-technologists", "pgd-for-clinical-technologists"
LAWFUL = ("open", "available")
CT, DR, INJECT = "clinical-technologist", "diagnostic-radiographer", "administer-pom-parenterally"


def schema() -> jsonschema.Draft202012Validator:
    files = [json.loads((ROOT / f"schemas/{name}.schema.json").read_text("utf-8")) for name in ("matrix", "report")]
    registry: Registry[Any] = Registry().with_resources((item["$id"], Resource.from_contents(item)) for item in files)
    return jsonschema.Draft202012Validator(files[0], registry=registry)


def shown(gapcheck: Run, *arguments: str) -> dict[tuple[str, str], Any]:
    result = gapcheck("matrix", "--as-at", TODAY, "--format", "json", *arguments)
    assert result.returncode == 0, result.stderr
    data = json.loads(result.stdout)
    schema().validate(data)
    return {(cell["profession"], cell["column"]): cell for cell in data["cells"]}


def every(law: Law, kind: str = "acts") -> Matrix:
    return matrix(law, list(law.book.data["professions"]), kind, list(law.book.data[kind]))


def test_every_profession_and_act_has_one_cell(gapcheck: Run, book: Lawbook) -> None:
    assert shown(gapcheck).keys() == set(itertools.product(book.data["professions"], book.data["acts"]))


@pytest.mark.parametrize("act", ["irmer-refer", INJECT, "prescribe-pom", "supervise-aseptic-preparation"])
@pytest.mark.parametrize("who", [(CT,), (DR, "hcpc"), ("nurse", "nmc"), ("pharmacy-technician", "gphc")])
def test_a_cell_is_the_answer_of_can(gapcheck: Run, act: str, who: tuple[str, ...]) -> None:
    (cell,) = shown(gapcheck, "--act", act, "--profession", who[0]).values()
    register = ("--registered", who[1] if who[1:] else "none")
    answer = json.loads(
        gapcheck("can", act, "--profession", who[0], *register, "--as-at", TODAY, "--format", "json").stdout
    )
    assert (cell["verdict"], cell["says"]) == (answer["verdict"], answer["says"])
    assert [use["route"] for use in cell["routes"]][:1] == ([answer["route"]] if answer["verdict"] in LAWFUL else [])
    assert [item["date"] for item in cell["upcoming"]] == [item["date"] for item in answer["upcoming"]]


def test_the_ladder_of_clinical_technologists(gapcheck: Run) -> None:
    """Registration opens refer, justify and the licence; both reforms open directions; the amendment alone opens nothing."""
    acts = ["irmer-refer", "irmer-justify", "hold-practitioner-licence"]
    arguments = ["--profession", CT, "--medicine", "iodinated-contrast"]
    today, alone, listed, both = (
        shown(gapcheck, *arguments, *(f"--reform={item}" for item in reforms))
        for reforms in ((), (REGISTER,), (PGD,), (REGISTER, PGD))
    )
    assert all(today[CT, act]["verdict"] == listed[CT, act]["verdict"] == "barred" for act in acts)
    assert all(alone[CT, act]["verdict"] == both[CT, act]["verdict"] == "available" for act in acts)
    assert all(alone[CT, act]["without_reforms"] == {"verdict": "barred", "routes": []} for act in acts)
    assert all(cell["without_reforms"] is None for cell in listed.values())
    route = {
        name: item[CT, INJECT]["routes"][0]["route"] for name, item in (("now", today), ("one", alone), ("two", both))
    }
    assert route == {
        "now": "patient-specific-direction",
        "one": "patient-specific-direction",
        "two": "patient-group-direction",
    }


def test_a_reform_changes_the_cells_that_diff_names(book: Lawbook) -> None:
    before, after = book.at(TODAY, "england"), book.at(TODAY, "england", {}, (REGISTER,))
    found = every(after)
    changed = {
        (row.profession, column.id): (old.verdict, found.cell(row, column).verdict)
        for row in found.rows
        for column in found.columns
        if (old := found.before(row, column))
    }
    compared = compare(before, after)
    told = {(change.who.profession, change.act) for change in compared.changes}
    unclear = {(who.profession, item.act) for item, (people, _) in compared.unclear.items() for who in people}
    assert changed.keys() & told and changed.keys() <= told | unclear
    assert all("unknown" in verdicts for cell, verdicts in changed.items() if cell not in told)


def test_nobody_outside_a_statutory_register_refers_or_justifies(book: Lawbook) -> None:
    for nation in book.data["nations"]:
        found = every(book.at(TODAY, nation))
        for row in found.rows:
            if not row.register:
                assert {found.cells[row.profession, act].verdict for act in ("irmer-refer", "irmer-justify")} == {
                    "barred"
                }


def test_a_profession_of_another_nation_says_so(gapcheck: Run) -> None:
    result = gapcheck("matrix", "--profession", "nursing-associate", "--act", "irmer-refer", "--nation", "scotland")
    assert "Nursing associate: not regulated in Scotland" in result.stdout


def test_tasks_of_a_scope(gapcheck: Run, book: Lawbook) -> None:
    cells = shown(gapcheck, "--scope", "nuclear-medicine", "--profession", CT, "--profession", DR)
    tasks = [key for key, item in book.data["tasks"].items() if item["scope"] == "nuclear-medicine"]
    assert cells.keys() == set(itertools.product((CT, DR), tasks))
    assert cells[CT, "nm-refer-for-imaging"]["verdict"] == "blocked"
    assert cells[DR, "nm-refer-for-imaging"]["verdict"] == "clear"


def test_a_fact_narrows_what_is_unknown(gapcheck: Run) -> None:
    arguments = ["--act", "use-title", "--profession", DR]
    assert shown(gapcheck, *arguments)[DR, "use-title"]["verdict"] == "unknown"
    cell = shown(gapcheck, *arguments, "--fact", "title=diagnostic radiographer")[DR, "use-title"]
    assert (cell["verdict"], cell["routes"][0]["route"]) == ("open", "title-holder")


def test_csv_has_a_line_for_each_profession(gapcheck: Run, book: Lawbook) -> None:
    rows = list(csv.DictReader(io.StringIO(gapcheck("matrix", "--format", "csv", "--as-at", TODAY).stdout)))
    assert [row["profession"] for row in rows] == list(book.data["professions"])
    mine = next(row for row in rows if row["profession"] == CT)
    assert (mine["register"], mine["irmer-refer"]) == ("none", "barred")
    assert mine[INJECT] == "available: patient-specific-direction"
    assert not any(cell.startswith(tuple("=+-@\t\r")) for row in rows for cell in row.values())


def test_the_table_keeps_to_the_width_and_explains_its_marks(gapcheck: Run) -> None:
    text = gapcheck("matrix", "--as-at", TODAY).stdout
    assert max(map(len, text.splitlines())) <= 100
    for mark in ("● may", "○ may, once", "? it depends", "× may not"):
        assert mark in text
    text = " ".join(gapcheck("matrix", "--as-at", TODAY, "--full").stdout.split())
    assert "[1]" in text and "nobody has read this in the text" in text and "Law to come. From 10 December 2026" in text


def test_without_unicode_the_marks_are_letters(gapcheck: Run) -> None:
    result = gapcheck("matrix", "--act", "irmer-refer", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert result.returncode == 0
    assert "x barred" in result.stdout and "o referrer" in result.stdout.lower()


def test_the_page_and_the_markdown_say_what_the_json_says(gapcheck: Run, tmp_path: Path) -> None:
    arguments = ["--profession", CT, "--act", "irmer-refer", "--reform", REGISTER, "--as-at", TODAY]
    for name in ("matrix.html", "matrix.md"):
        assert gapcheck("matrix", *arguments, "-o", tmp_path / name).returncode == 0
        text = (tmp_path / name).read_text("utf-8")
        for piece in (
            "○ available",
            "entitled referrer",
            "(was barred)",
            "HCPC (reform)",
            "uksi/2017/1322/regulation/10",
        ):
            assert piece in text.replace("\\", ""), (name, piece)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--act", "irmer-refer", "--scope", "dxa"], "acts and tasks do not stand in one matrix"),
        (["--profession", "nurs"], "`nurse`?"),
        (["--medicine", "tc99m"], "did you mean `tc-99m`?"),
        (["--scope", "dxa", "--task", "nm-pet-ct"], "is not of the scope `dxa`"),
        (["--fact", "emergency"], "is not of the form NAME=VALUE"),
        (["--nation", "france"], "`france`"),
        (["--reform", "nothing"], "there is no reform `nothing`"),
    ],
)
def test_bad_input_is_told(gapcheck: Run, arguments: list[str], told: str) -> None:
    result = gapcheck("matrix", *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert told in result.stderr and "Traceback" not in result.stderr


def test_the_matrix_is_the_same_whatever_the_order(law: Law) -> None:
    acts = ["irmer-refer", INJECT]
    one = matrix(law, [CT, DR], "acts", acts)
    other = matrix(law, [DR, CT], "acts", acts[::-1])
    assert dict(one.cells) == dict(other.cells)
    assert matrix_data(one)["cells"][0]["profession"] == CT
