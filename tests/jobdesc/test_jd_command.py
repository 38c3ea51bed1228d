"""`gapcheck jd` as people run it: pages, folders, collections, statistics, profiles, formats."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import jsonschema
import pytest

from gapcheck.errors import InputError
from gapcheck.jobdesc.reading.read import read_documents
from tests.conftest import ROOT, Run

EXAMPLES = ROOT / "examples/job-descriptions"
FILES = sorted(path for path in EXAMPLES.iterdir() if path.is_file())
SCHEMA = jsonschema.Draft202012Validator(json.loads((ROOT / "schemas/jobdesc.schema.json").read_text(encoding="utf-8")))
REPORT = jsonschema.Draft202012Validator(json.loads((ROOT / "schemas/report.schema.json").read_text(encoding="utf-8")))
ADVERT = "Sonographer\n\nLarkmere NHS Trust, England\n\nDuties\n\n- Give contrast under a PGD\n\nYou will be HCPC registered.\n"


def test_json_of_every_example_is_of_the_form_of_the_schema_and_quotes_the_document(gapcheck: Run) -> None:
    result = gapcheck("jd", EXAMPLES, "--format", "json", "--as-at", "2026-11-22")
    assert result.returncode == 0, result.stderr
    data = json.loads(result.stdout)
    SCHEMA.validate(data)
    texts = {document.source: document.text for path in FILES for document in read_documents(path)}
    assert [item["document"]["source"] for item in data] == list(texts)
    for item in data:
        text = texts[item["document"]["source"]]
        for quoted in (*item["tasks"], *item["registration"]["wording"], *item["wording"]):
            assert quoted["quote"] in text
            if quoted["quote"]:
                lines = {text.count("\n", 0, at) + 1 for at in places(text, quoted["quote"])}
                assert quoted["line"] in lines
        for report in item["reports"]:
            REPORT.validate(report)


def places(text: str, words: str) -> list[int]:
    found, at = [], text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def test_one_document_is_one_object_and_standard_input_is_read(gapcheck: Run) -> None:
    result = gapcheck("jd", "-", "--format", "json", stdin=ADVERT)
    assert result.returncode == 0, result.stderr
    data = json.loads(result.stdout)
    SCHEMA.validate(data)
    assert data["document"]["source"] == "standard input"


@pytest.mark.parametrize("face", ["table", "markdown", "html", "csv"])
def test_faces_say_what_the_text_says(face: str, gapcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ADVERT, encoding="utf-8")
    result = gapcheck("jd", tmp_path / "a.txt", "--format", face)
    assert result.returncode == 0, result.stderr
    assert "HCPC" in result.stdout.upper()
    assert "Sonographer" in result.stdout


def test_documents_in_word_and_pdf(gapcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ADVERT, encoding="utf-8")
    for name in ("a.docx", "a.pdf"):
        result = gapcheck("jd", tmp_path / "a.txt", "-o", tmp_path / name)
        assert result.returncode == 0, result.stderr
        with pytest.raises(InputError, match="a report of gapcheck, not a job description"):
            read_documents(tmp_path / name)


def test_collections_are_streamed_and_broken_ones_go_on(gapcheck: Run, tmp_path: Path) -> None:
    posting = {"@type": "JobPosting", "title": "Sonographer", "description": "<p>You will scan.</p>"}
    (tmp_path / "array.json").write_text(json.dumps([posting] * 30), encoding="utf-8")
    (tmp_path / "lines.jsonl").write_text("\n".join([json.dumps(posting)] * 3), encoding="utf-8")
    (tmp_path / "broken.json").write_text(json.dumps([posting, posting])[:-20], encoding="utf-8")
    result = gapcheck("jd", tmp_path, "--format", "csv", "--processes", "2")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    names = [Path(row["source"]).name for row in rows]
    assert names == [
        *(f"array.json#{number}" for number in range(1, 31)), "broken.json#1", "broken.json#2",
        *(f"lines.jsonl#{number}" for number in (1, 2, 3)),
    ]  # fmt: skip
    assert [row["source"].rpartition("/")[2] for row in rows if row["problem"]] == ["broken.json#2"]
    assert "35" in result.stderr or "documents" in result.stderr


def test_order_and_answers_do_not_depend_on_the_number_of_processes(gapcheck: Run) -> None:
    one, two = (gapcheck("jd", EXAMPLES, "--format", "csv", "--processes", number).stdout for number in ("1", "2"))
    assert one == two
    assert len(one.splitlines()) == len(FILES) + 2


def test_statistics_in_every_form(gapcheck: Run) -> None:
    data = json.loads(gapcheck("jd", EXAMPLES, "--statistics", "--format", "json").stdout)
    assert data["documents"] + data["declined"] == len(FILES) + 1
    assert sum(data["registration"]["all"]["all"].values()) == data["documents"] - data["outside"]
    assert set(data["registration"]) == {"all", "scope", "nation", "band", "employer_type"}
    rows = list(csv.DictReader(io.StringIO(gapcheck("jd", EXAMPLES, "--statistics", "--format", "csv").stdout)))
    counted = {row["value"]: int(row["count"]) for row in rows if row["part"] == "registration by all"}
    assert counted == data["registration"]["all"]["all"]
    shown = gapcheck("jd", EXAMPLES).stdout
    assert f"{data['documents']} documents read" in shown
    assert "Titles in use" in shown


def test_csv_holds_no_formula(gapcheck: Run, tmp_path: Path) -> None:
    posting = {"@type": "JobPosting", "title": "=HYPERLINK(A1)", "description": "<p>You will scan patients.</p>"}
    (tmp_path / "a.json").write_text(json.dumps(posting), encoding="utf-8")
    for more in ((), ("--statistics",)):
        for row in csv.reader(io.StringIO(gapcheck("jd", tmp_path, "--format", "csv", *more).stdout)):
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_proposed_profiles_are_profiles_and_are_never_overwritten(gapcheck: Run, tmp_path: Path) -> None:
    out = tmp_path / "profiles"
    assert gapcheck("jd", EXAMPLES, "--write-profiles", out, "--format", "csv").returncode == 0
    written = sorted(out.iterdir())
    assert len(written) > 10
    assert all(path.suffix == ".yaml" for path in written)
    checked = gapcheck("check", *written, "--format", "json")
    assert checked.returncode == 0, checked.stderr
    written[0].write_text("corrected by a person", encoding="utf-8")
    again = gapcheck("jd", EXAMPLES, "--write-profiles", out, "--format", "csv")
    assert written[0].read_text(encoding="utf-8") == "corrected by a person"
    assert f"not overwritten: {written[0]}" in again.stderr


def test_no_name_leads_out_of_the_folder(gapcheck: Run, tmp_path: Path) -> None:
    posting = {
        "@type": "JobPosting",
        "title": "../../evil",
        "description": "<p>Sonographer. You will administer contrast.</p>",
    }
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "..a..json").write_text(json.dumps(posting), encoding="utf-8")
    gapcheck("jd", tmp_path / "in" / "..a..json", "--write-profiles", tmp_path / "out")
    assert {path.parent for path in tmp_path.rglob("*.yaml")} <= {tmp_path / "out"}


def test_links_out_of_a_folder_are_not_followed(gapcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Secret post", encoding="utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(ADVERT, encoding="utf-8")
    os.symlink(tmp_path / "secret.txt", folder / "b.txt")
    os.symlink(tmp_path, folder / "c")
    result = gapcheck("jd", folder, "--format", "csv")
    assert len(result.stdout.splitlines()) == 2


@pytest.mark.parametrize(("given", "words"), [(("nowhere.docx",), "no such file"), (("EMPTY",), "holds no documents")])
def test_nothing_to_read(given: tuple[str, ...], words: str, gapcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "EMPTY").mkdir()
    result = gapcheck("jd", *(tmp_path / name for name in given))
    assert (result.returncode, result.stdout) == (2, "")
    assert words in result.stderr


def test_fail_on(gapcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Clinical technologist registered with the RCT\n\nYou will refer patients for X-ray imaging.\n\nYou will give iodinated contrast.\n",
        encoding="utf-8",
    )
    assert gapcheck("jd", tmp_path / "a.txt", "--fail-on", "risky").returncode == 1
    assert gapcheck("jd", EXAMPLES / "medical-physics-expert.pdf", "--fail-on", "blocked").returncode == 0
