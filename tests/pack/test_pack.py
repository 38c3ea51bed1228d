"""`gapcheck pack`: what the papers have to say, and a pack filled in with a word processor's own format read back."""

from __future__ import annotations

import datetime
import json
import zipfile
from pathlib import Path
from typing import Any

import docx
import jsonschema
import openpyxl
import pytest
import yaml
from referencing import Registry, Resource

from gapcheck import Lawbook, check
from gapcheck.engine.routes import AVAILABLE, OPEN
from gapcheck.profile.read import read_profile
from tests.conftest import ROOT, TODAY, Run

TECHNOLOGIST = ROOT / "examples/profiles/nuclear-medicine-technologist.yaml"
TEAM = ROOT / "examples/teams/nuclear-medicine.yaml"


def made(gapcheck: Run, source: Path, *arguments: str) -> dict[str, Any]:
    result = gapcheck("pack", source, "--as-at", TODAY, "--format", "json", *arguments)
    assert result.returncode == 0, result.stderr
    data: dict[str, Any] = json.loads(result.stdout)
    files = [json.loads((ROOT / f"schemas/{name}.schema.json").read_text("utf-8")) for name in ("pack", "report")]
    registry: Registry[Any] = Registry().with_resources((item["$id"], Resource.from_contents(item)) for item in files)
    jsonschema.Draft202012Validator(files[0], registry=registry).validate(data)
    return data


@pytest.fixture(scope="module")
def pack(gapcheck: Run) -> dict[str, Any]:
    return made(gapcheck, TECHNOLOGIST)


def labels(pack: dict[str, Any], paper: str) -> str:
    return " | ".join(
        field["label"].lower() for item in pack["papers"] if item["id"] == paper for field in item["fields"]
    )


SAYS = {
    "entitlement-schedule": ("name", "employer and site", "role", "scope of practice", "modality", "limits and exclusions", "guidelines",
                             "schedule 3", "edition", "equipment", "assessed", "entitled by", "entitled on", "review", "ends on", "lent", "register"),
    "patient-specific-direction": ("patient", "age", "medicine, form and strength", "route", "dose", "frequency", "signature"),
    "authorisation-guidelines": ("practitioner", "in writing", "cases", "version"),
    "licences": ("employer's licence", "practitioner's licence"),
    "employers-procedures": ("identify correctly", "entitled", "pregnancy", "clinical evaluation", "audit", "referrals"),
}  # fmt: skip


@pytest.mark.parametrize("paper", SAYS)
def test_a_paper_asks_for_what_it_has_to_say(pack: dict[str, Any], paper: str) -> None:
    assert [word for word in SAYS[paper] if word not in labels(pack, paper)] == []


def test_a_group_direction_has_its_seventeen_particulars(gapcheck: Run) -> None:
    """The radiographer of the team acts under one."""
    pack = made(gapcheck, TEAM)
    (paper,) = [item for item in pack["papers"] if item["id"] == "patient-group-direction"]
    by_part_1 = [
        field for field in paper["fields"] if [law["provision"] for law in field["law"]] == ["hmr-2012/sch-16-part-1"]
    ]
    assert len(by_part_1) == 17
    said = labels(pack, paper["id"])
    words = ("period", "description or class", "situations", "quantity", "eligible", "excludes", "advice", "form", "strength", "dose", "route",
             "frequency", "longest", "warnings", "afterwards", "refer", "records", "designated")  # fmt: skip
    assert [word for word in words if word not in said] == []
    assert next(one["says"] for one in paper["signs"]) == "a doctor or dentist, and a pharmacist"


def test_every_field_cites_a_provision_or_says_that_it_is_practice(book: Lawbook) -> None:
    for nation in book.data["nations"]:
        law = book.at(TODAY, nation)
        for paper in book.data["papers"].values():
            for item in paper["fields"]:
                assert bool(item["law"]) != bool(item.get("source")), (paper["id"], item["id"])
                assert not law.holds(item) or item.get("source") or law.citations(item["law"]), (
                    nation,
                    paper["id"],
                    item["id"],
                )


def test_northern_ireland_and_the_past_are_asked_for_what_their_law_asks(gapcheck: Run) -> None:
    for arguments in (("--nation", "northern-ireland"), ("--as-at", "2024-09-30")):
        found = made(gapcheck, TECHNOLOGIST, *arguments) if arguments[0] == "--nation" else json.loads(
            gapcheck("pack", TECHNOLOGIST, "--format", "json", *arguments).stdout
        )  # fmt: skip
        assert "audit" not in labels(found, "employers-procedures")
        assert "identify correctly" in labels(found, "employers-procedures")


def test_a_medicine_goes_by_the_ways_that_the_engine_leaves_open(pack: dict[str, Any], book: Lawbook) -> None:
    report = check(read_profile(TECHNOLOGIST, book), book, as_at=TODAY)
    for item in pack["members"][0]["medicines"]:
        finding = next(one for one in report.findings if one.label == item["task"])
        acts = [act for act in finding.acts if act.act.title.startswith("Administer")]
        ways = {route.route for act in acts for route in act.routes if route.state in (OPEN, AVAILABLE)}
        assert {way["route"] for way in item["ways"]} == ways
    (contrast,) = [item for item in pack["members"][0]["medicines"] if item["medicine"] == "iodinated-contrast"]
    assert [way["title"] for way in contrast["ways"]] == ["Patient specific direction"]
    assert [item["title"] for item in contrast["barred"] if "professions" in item["why"] or "profession" in item["why"]]
    assert contrast["papers"] == ["patient-specific-direction"]
    assert contrast["turns_on"] == ["reg-240-contrast"]


def test_what_runs_out_within_a_year_is_told(gapcheck: Run) -> None:
    ends = made(gapcheck, TEAM)["ends"]
    assert [(item["until"], item["member"]) for item in ends] == [
        ("2027-01-31", "Nuclear medicine radiographer"),
        ("2027-03-31", "Technologist on the RCT"),
        ("2027-06-30", "Technologist on the RCT"),
    ]


def today(book: Lawbook, path: Path) -> dict[str, str]:
    return {item.task: item.today for item in check(read_profile(path, book), book, as_at=TODAY).findings}


def test_a_pack_filled_in_with_word_is_read_back(gapcheck: Run, book: Lawbook, tmp_path: Path) -> None:
    path, out = tmp_path / "pack.docx", tmp_path / "profile.yaml"
    assert gapcheck("pack", TECHNOLOGIST, "--as-at", TODAY, "-o", path).returncode == 0
    word = docx.Document(str(path))
    table = next(item for item in word.tables if item.rows[0].cells[1].text == "What")
    rows = {row.cells[1].text: row.cells for row in table.rows}
    for place, text in ((2, "Yes"), (3, "Lead consultant"), (4, "PSD rota 3"), (5, "31/03/2027")):
        rows["patient specific direction"][place].text = text
    rows["authorised exposure"][2].text = "no"
    for cells in rows.values():
        if not cells[2].text:
            cells[2].text = "no"
    word.save(str(path))
    result = gapcheck("pack", "--read", path, "-o", out, "--as-at", TODAY)
    assert result.returncode == 0, result.stderr
    data = yaml.safe_load(out.read_text(encoding="utf-8"))
    psd = next(item for item in data["arrangements"] if isinstance(item, dict) and item["id"] == "psd")
    assert psd == {"id": "psd", "by": "Lead consultant", "reference": "PSD rota 3", "until": "2027-03-31"}
    assert data["arrangements"][-1] == "none"
    before, after = today(book, TECHNOLOGIST), today(book, out)
    assert before["nm-administer-iv-contrast"] == "if"
    assert after["nm-administer-iv-contrast"] == "yes"
    assert before["nm-administer-radiopharmaceutical-iv"] == "yes"
    assert after["nm-gamma-camera-imaging"] == "yes"
    assert "if, now yes" in result.stderr
    again = gapcheck("pack", out, "--as-at", TODAY, "-o", tmp_path / "again.docx")
    assert again.returncode == 0


def test_a_pack_filled_in_with_excel_is_read_back_and_what_cannot_be_is_said(
    gapcheck: Run, book: Lawbook, tmp_path: Path
) -> None:
    path, out = tmp_path / "pack.xlsx", tmp_path / "team.yaml"
    assert gapcheck("pack", TEAM, "--as-at", TODAY, "-o", path).returncode == 0
    workbook = openpyxl.load_workbook(path)
    told = {(row[0], row[2]): row[3] for row in workbook["Schedules"].iter_rows(min_row=2, values_only=True)}
    training = "Dates of the training and of the certificate or record"
    assert (
        told["Technologist on the RCT", training]
        == "recorded training: in place, Lead technologist, until 31 March 2027"
    )
    assert told["Technologist on no register", "Register, entry and day on which it was checked"] == "no register"
    page = workbook["In place"]
    for row in page.iter_rows(min_row=2):
        key = (row[0].value, row[1].value)
        if key == ("Clinical scientist", "entitled as IR(ME)R referrer"):
            row[2].value, row[3].value, row[5].value = "yes", "Medical director", datetime.datetime(2027, 5, 1)
        if key == ("Technologist on no register", "recorded training"):
            row[2].value, row[5].value = "yes", "next spring"
        if key == ("Technologist on no register", "practitioner licence"):
            row[2].value = "perhaps"
    page.append(["Nobody", "recorded training", "yes"])
    page.append(["Clinical scientist", "a good feeling", "yes"])
    gone = next(row[0].row for row in page.iter_rows(min_row=2) if row[1].value == "patient group direction")
    page.delete_rows(gone)
    page.insert_cols(3, 2)  # whoever keeps it adds columns
    page["C1"] = "Our notes"
    workbook.save(path)
    result = gapcheck("pack", "--read", path, "-o", out, "--as-at", TODAY)
    assert result.returncode == 1
    for said in ("`next spring` is no day", "`perhaps` is neither yes nor no", "there is no post called Nobody",
                 "a good feeling is no arrangement or entitlement", "patient group direction has no row; what was stated is kept"):  # fmt: skip
        assert said in result.stderr, result.stderr
    assert yaml.safe_load(out.read_text("utf-8"))["team"]["as-at"] == TODAY
    cover = json.loads(gapcheck("team", out, "--as-at", TODAY, "--format", "json").stdout)
    line = next(item for item in cover["cover"] if item["task"] == "nm-refer-for-imaging")
    assert line["yes"] == ["radiographer", "scientist"]
    assert next(item for item in cover["cover"] if item["task"] == "nm-spect-ct")["yes"][1] == "technologist-b"
    assert [item for item in cover["single_points"] if item["task"] == "nm-refer-for-imaging"] == []


def test_an_unfilled_pack_read_back_changes_nothing(gapcheck: Run, book: Lawbook, tmp_path: Path) -> None:
    for ending in ("docx", "xlsx"):
        path, out = tmp_path / f"pack.{ending}", tmp_path / f"{ending}.yaml"
        gapcheck("pack", TECHNOLOGIST, "--as-at", TODAY, "-o", path)
        assert gapcheck("pack", "--read", path, "-o", out, "--as-at", TODAY).returncode == 0
        one, other = read_profile(TECHNOLOGIST, book), read_profile(out, book)
        assert one._replace(source="") == other._replace(source="")


def test_a_no_beside_silence_is_not_kept_and_told(gapcheck: Run, tmp_path: Path) -> None:
    """A profile says that nothing else is in place, not that one thing is missing."""
    path = tmp_path / "pack.xlsx"
    gapcheck("pack", TECHNOLOGIST, "--as-at", TODAY, "-o", path)
    workbook = openpyxl.load_workbook(path)
    for row in workbook["In place"].iter_rows(min_row=2):
        if row[1].value == "recorded training":
            row[2].value = "no"
    workbook.save(path)
    result = gapcheck("pack", "--read", path, "--as-at", TODAY)
    assert result.returncode == 1
    assert "no to recorded training is not kept while nothing is said of" in result.stderr
    assert "training-recorded" not in result.stdout


def test_a_pack_that_lost_its_origin_is_read_with_the_profile(gapcheck: Run, tmp_path: Path) -> None:
    path, bare = tmp_path / "pack.docx", tmp_path / "bare.docx"
    gapcheck("pack", TECHNOLOGIST, "--as-at", TODAY, "-o", path)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(bare, "w") as new:
        for item in old.infolist():
            raw = old.read(item)
            new.writestr(
                item,
                raw.replace(b"urn:gapcheck:receipt", b"urn:something:else") if "customXml" in item.filename else raw,
            )
    alone = gapcheck("pack", "--read", bare)
    assert alone.returncode == 2
    assert "no longer says what it was made of" in alone.stderr
    assert gapcheck("pack", TECHNOLOGIST, "--read", bare).returncode == 0


def test_what_is_no_pack_is_said(gapcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(b"PK\x03\x04 nothing")
    (tmp_path / "y.txt").write_text("yes", encoding="utf-8")
    other = docx.Document()
    other.add_table(2, 2)
    other.save(str(tmp_path / "z.docx"))
    for name, said in (
        ("x.docx", "no Word or Excel file"),
        ("y.txt", "from Word (.docx) or Excel (.xlsx)"),
        ("z.docx", "no table of what is in place"),
    ):
        result = gapcheck("pack", "--read", tmp_path / name)
        assert result.returncode == 2
        assert said in result.stderr
    assert gapcheck("pack").returncode == 2


def test_a_job_description_has_a_pack_for_each_group(gapcheck: Run) -> None:
    found = made(gapcheck, ROOT / "examples/job-descriptions/nuclear-medicine-technologist.docx")
    assert len(found["members"]) == 2
    assert all(line["state"] == "not stated" for one in found["members"] for line in one["attestations"])


def test_a_reader_sees_a_working_paper_and_no_ids(gapcheck: Run) -> None:
    shown = gapcheck("pack", TEAM, "--as-at", TODAY, "--full").stdout
    assert "Working paper. It is no entitlement" in shown
    assert not [word for word in ("irmer-operator", "nm-spect-ct", "training-recorded", "`") if word in shown]


@pytest.mark.parametrize("ending", ["docx", "xlsx", "md", "html", "json"])
def test_a_pack_is_verified_until_somebody_fills_it_in(gapcheck: Run, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"pack.{ending}"
    assert gapcheck("pack", TEAM, "--as-at", TODAY, "-o", path).returncode == 0
    result = gapcheck("verify", path)
    assert (result.returncode, result.stdout.strip()) == (0, "identical"), result.stdout + result.stderr
    if ending == "xlsx":
        book = openpyxl.load_workbook(path)
        book["In place"]["C2"].value = "yes" if book["In place"]["C2"].value != "yes" else "no"
        book.save(path)
        result = gapcheck("verify", path)
        assert result.returncode == 2 and "it carries no receipt" in result.stderr  # who saves it anew leaves that out


def test_a_pack_that_other_law_would_change_is_told(gapcheck: Run, tmp_path: Path) -> None:
    """Its posts are checked again: a lawbook laid over the packaged one is named."""
    path = tmp_path / "pack.md"
    assert gapcheck("pack", TECHNOLOGIST, "--as-at", TODAY, "-o", path).returncode == 0
    result = gapcheck("verify", path, "--rules", ROOT / "examples/local-rules")
    assert result.returncode == 1 and "The lawbook was" in " ".join(result.stdout.split())
