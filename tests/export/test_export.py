"""The tables: every column is described, of its type and tidy; Parquet and CSV hold the same; the keys lead from one to another."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import polars
import pytest

from gapcheck import Lawbook
from gapcheck.export.tables import TABLES
from gapcheck.law.dated import Law
from tests.conftest import TODAY, Run

SMALL = [table.name for table in TABLES if not table.name.startswith("matrix")]


@pytest.fixture(scope="module")
def tables(gapcheck: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    wanted = [word for name in SMALL for word in ("--table", name)]
    for form in ("csv", "parquet"):
        done = gapcheck("export", folder / form, "--format", form, "--as-at", TODAY, "--nation", "england", *wanted)
        assert done.returncode == 0, done.stderr
    return folder


def test_the_dictionary_is_that_of_the_files(tables: Path, book: Lawbook) -> None:
    for form in ("csv", "parquet"):
        package = json.loads((tables / form / "datapackage.json").read_text(encoding="utf-8"))
        assert package["lawbook"]["digest"] == book.digest and package["lawbook"]["nations"] == ["england"]
        assert {one["name"].replace("-", "_") for one in package["resources"]} == set(SMALL)
        for one in package["resources"]:
            raw = (tables / form / one["path"]).read_bytes()
            assert one["hash"] == f"sha256:{hashlib.sha256(raw).hexdigest()}" and one["bytes"] == len(raw)
            assert all(field["description"] for field in one["schema"]["fields"])


@pytest.mark.parametrize("name", SMALL)
def test_both_forms_hold_the_same_and_every_value_is_of_its_type(tables: Path, name: str) -> None:
    table = next(one for one in TABLES if one.name == name)
    frame = polars.read_parquet(tables / "parquet" / f"{name}.parquet")
    kinds = {"string": polars.String, "integer": polars.Int64, "boolean": polars.Boolean, "date": polars.Date}
    assert dict(frame.schema) == {one.name: kinds[one.kind] for one in table.columns}
    with (tables / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream)
    assert head == [one.name for one in table.columns] and len(rows) == len(frame) > 0
    assert len({*map(tuple, rows)}) == len(rows)  # a row a thing


def test_keys_lead_from_one_table_to_another(tables: Path, book: Lawbook) -> None:
    def column(table: str, name: str) -> set[str]:
        return {
            str(one) for one in polars.read_parquet(tables / "parquet" / f"{table}.parquet")[name] if one is not None
        }

    assert column("rule_law", "provision") <= column("provisions", "provision")
    assert column("rule_law", "rule") == column("rules", "rule") == {*book.data["rules"]}
    assert column("task_acts", "task") <= column("tasks", "task") == {*book.data["tasks"]}
    assert column("claim_tasks", "claim") <= column("claims", "claim") == {*book.data["claims"]}


def test_the_matrix_is_what_can_and_check_say(law: Law) -> None:
    acts, tasks = (next(one for one in TABLES if one.name == f"matrix_{kind}") for kind in ("acts", "tasks"))
    found = {(row[1], row[2]): row[3] for row in acts.rows([law])}
    assert found["clinical-technologist", "irmer-justify"] == "barred" and found["doctor", "prescribe-pom"] == "open"
    assert len(found) == len(law.book.data["professions"]) * len(law.book.data["acts"])
    row = next(row for row in tasks.rows([law]) if row[1] == "doctor" and row[3] == "ap-prescribe")
    assert row[4:6] == ("clear", "yes")


def test_what_is_no_table_is_refused(gapcheck: Run, tmp_path: Path) -> None:
    done = gapcheck("export", tmp_path, "--table", "claim")
    assert done.returncode == 2 and "did you mean `claims`" in done.stderr and not any(tmp_path.iterdir())
