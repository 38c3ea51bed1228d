"""What an employer takes away: the sentence to paste, right for each group; actions; a comparison; waivers of wording."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import jsonschema
import openpyxl
import pytest
import yaml

from gapcheck import Lawbook
from gapcheck.jobdesc.reading.read import read_documents
from gapcheck.jobdesc.understanding.description import describe
from gapcheck.jobdesc.understanding.result import REPLACE, Description
from tests.conftest import ROOT, TODAY, Run

EXAMPLES = ROOT / "examples/job-descriptions"
HEAD = "Nuclear Medicine Radiographer or Clinical Technologist\n\nLarkmere NHS Trust, England. Band 6\n\n"
REGISTERS = "\n\nEssential\n\n- Registered with the HCPC as a radiographer or with the RCT.\n"
CASES = yaml.safe_load(Path(__file__).with_name("rewriting.yaml").read_text(encoding="utf-8"))["cases"]


def described(text: str, book: Lawbook, name: str = "post.txt") -> Description:
    [document] = read_documents(_written(text, name))
    return describe(document, book, TODAY)


_FOLDER: list[Path] = []


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    _FOLDER[:] = [tmp_path]


def _written(text: str, name: str) -> Path:
    path = _FOLDER[0] / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["says"]))
def test_the_sentence_to_paste(case: dict[str, Any], book: Lawbook) -> None:
    """Each is whole, says who may do what, and raises no such finding again when it is pasted."""
    text = case.get("text") or f"{HEAD}Duties\n\n- {case['says']}{case.get('essential', REGISTERS)}"
    found = [item for item in described(text, book).wording if item.code == case["code"]]
    assert [item.suggest for item in found] == [case["write"]]
    assert found[0].law or book.data["wording"]["rewriting"]["codes"][case["code"]]["no-law"]
    if found[0].change == REPLACE:
        assert " ".join(case["says"].split()) in found[0].before
        again = described(text.replace(case["says"], case["write"]), book)
        assert case["code"] not in {item.code for item in again.wording}


def test_one_finding_for_a_sentence_that_says_the_same(book: Lawbook) -> None:
    for path in sorted(EXAMPLES.iterdir()):
        if path.is_file():
            for document in read_documents(path):
                wording = describe(document, book, TODAY).wording
                assert len({(item.before, item.message) for item in wording}) == len(wording)
                codes = [(item.before, item.code) for item in wording]
                assert not {before for before, code in codes if code == "W011"} & {
                    before for before, code in codes if code in ("W002", "W003", "W004", "W005")
                }


def test_the_words_for_rewriting_fit_the_lawbook(book: Lawbook) -> None:
    data, law = book.data["wording"]["rewriting"], book.data["wording"]["law"]
    assert set(data["codes"]) == {code for code in book.data["codes"] if code.startswith("W")}
    assert {item["kind"] for item in data["codes"].values()} == set(data["kinds"])
    assert {name for item in data["codes"].values() for name in item.get("law", ())} <= set(book.data["provisions"])
    assert all(item.get("law") or item.get("no-law") or code in LAW_BY_ENGINE for code, item in data["codes"].items())
    assert set(data["ways"]) <= set(book.data["routes"])
    assert set(data["legally"]) == set(law["legally"])
    assert law["checks"]["directed-route"] in book.data["routes"]


LAW_BY_ENGINE = ("W001", "W003", "W004", "W005", "W011")


def test_actions_of_a_folder_as_a_workbook_and_in_word(gapcheck: Run, book: Lawbook) -> None:
    out = _FOLDER[0] / "actions.xlsx"
    assert gapcheck("jd", EXAMPLES, "-o", out, "--as-at", TODAY).returncode == 0
    workbook = openpyxl.load_workbook(out, read_only=True)
    head, *rows = workbook["Actions"].iter_rows(values_only=True)
    assert workbook.sheetnames == ["Actions", "Documents", "Statistics"]
    cells = [dict(zip(head, row, strict=True)) for row in rows]
    kinds = list(book.data["wording"]["rewriting"]["kinds"].values())
    ranks = [kinds.index(row["how bad"]) for row in cells]
    assert len(cells) > 10 and ranks == sorted(ranks) and len(set(ranks)) > 2
    for row in cells:
        assert row["document"] and row["why"] and row["law"] and row["who decides"] and row["the text to paste"]
    assert gapcheck("jd", EXAMPLES, "-o", _FOLDER[0] / "actions.docx", "--as-at", TODAY).returncode == 0
    tables = docx.Document(str(_FOLDER[0] / "actions.docx")).tables
    written = "\n".join(cell.text for cell in tables[0]._cells)
    assert all(row["the text to paste"] in written for row in cells)


def test_statistics_leave_out_what_is_about_other_work(gapcheck: Run) -> None:
    _written(
        "Medical Secretary\n\nLarkmere NHS Trust\n\nType letters, and keep the diary of the team.\n", "secretary.txt"
    )
    _written(f"{HEAD}Duties\n\n- Inject radiopharmaceuticals.{REGISTERS}", "technologist.txt")
    data = json.loads(gapcheck("jd", _FOLDER[0], "--statistics", "--format", "json").stdout)
    assert (data["documents"], data["outside"]) == (2, 1)
    assert data["registration"]["all"]["all"] == {"either-statutory-or-accredited": 1}
    assert "1 of them about other work" in gapcheck("jd", _FOLDER[0], "--statistics").stdout


def test_a_comparison_says_what_changes_for_whom(gapcheck: Run) -> None:
    old = _written(
        f"{HEAD}Duties\n\n- Give iodinated contrast under a PGD.\n- Inject radiopharmaceuticals.{REGISTERS}", "old.txt"
    )
    new = _written(f"{HEAD}Duties\n\n- Justify exposures.\n- Inject radiopharmaceuticals.{REGISTERS}", "new.txt")
    result = gapcheck("jd", old, new, "--compare", "--format", "json", "--as-at", TODAY)
    assert result.returncode == 0, result.stderr
    data = json.loads(result.stdout)
    schema = json.loads((ROOT / "schemas/jobdesc-comparison.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(data)
    changed = {(item["label"], item["profession"]): item["change"] for item in data["tasks"]}
    assert set(changed.values()) == {"new", "gone", "same"}
    assert {name for (_, name), change in changed.items() if change == "gone"} == {
        "diagnostic-radiographer", "clinical-technologist",
    }  # fmt: skip
    assert [item["code"] for item in data["wording"]["mended"]] == ["W002"]
    assert [item["code"] for item in data["wording"]["raised"]] == ["W003"]
    same = gapcheck("jd", old, old, "--compare")
    assert "changes nothing" in same.stdout
    assert gapcheck("jd", old, "--compare").returncode == 2
    assert gapcheck("jd", old, _FOLDER[0], "--compare").returncode == 2


def test_wording_is_waived_by_its_code_and_a_waiver_that_matches_nothing_is_told(gapcheck: Run) -> None:
    post = _written(
        f"{HEAD}Duties\n\n- Work in line with IRR99.\n- Inject radiopharmaceuticals.{REGISTERS}", "post.txt"
    )
    common = "reason: until the new template, owner: Head of recruitment, expiry: 2027-03-31"
    waivers = _written(
        f"gapcheck: 1\nwaivers:\n  - {{wording: W010, {common}}}\n  - {{wording: W006, {common}}}\n", "w.yaml"
    )
    for more in ((), ("--statistics",)):
        result = gapcheck("jd", post, "--waivers", waivers, "--as-at", TODAY, *more)
        assert result.returncode == 0, result.stderr
        assert "W006 (Head of recruitment, until 2027-03-31): matches nothing" in result.stderr
        assert "W010" not in result.stderr
    data = json.loads(gapcheck("jd", post, "--waivers", waivers, "--as-at", TODAY, "--format", "json").stdout)
    assert data["wording"] == [] and data["waived"][0]["state"] == "applied"
    law = _written(f"{HEAD}Duties\n\n- Technologists will give contrast under a PGD.{REGISTERS}", "law.txt")
    waivers = _written(f"gapcheck: 1\nwaivers:\n  - {{wording: W002, {common}}}\n", "statute.yaml")
    result = gapcheck("jd", law, "--waivers", waivers, "--as-at", TODAY, "--format", "json")
    data = json.loads(result.stdout)
    assert "W002" in {item["code"] for item in data["wording"]}  # statute cannot be waived
    assert data["waived"][0]["state"] == "refused" and "matches nothing" not in result.stderr
    wrong = _written(f"gapcheck: 1\nwaivers:\n  - {{wording: W999, {common}}}\n", "wrong.yaml")
    result = gapcheck("jd", post, "--waivers", wrong)
    assert result.returncode == 2 and "wrong.yaml:3: there is no code" in result.stderr
