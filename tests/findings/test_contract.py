"""What other programs rely on: the JSON, the exit codes, the options."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from gapcheck import Lawbook
from tests.conftest import ROOT, TODAY, Run

SCHEMA = json.loads((ROOT / "schemas/report.schema.json").read_text(encoding="utf-8"))
REPORT = jsonschema.Draft202012Validator(SCHEMA)
ACT = jsonschema.Draft202012Validator({"$ref": "#/$defs/act", "$defs": SCHEMA["$defs"]})
PROFILES = sorted((ROOT / "examples/profiles").glob("*.yaml"))
KEYS = ["task", "label", "status", "today", "needed", "harm", "assurance", "registration_adds", "acts", "comparator", "opens_with", "because_of_registration", "turns_on",
        "upcoming", "questions", "evidence"]  # fmt: skip


def run(gapcheck: Run, *arguments: str | Path, code: int = 0) -> Any:
    result = gapcheck(*arguments, "--as-at", TODAY, "--format", "json")
    assert result.returncode == code, result.stderr
    return json.loads(result.stdout)


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_report_is_of_the_form_of_the_schema(path: Path, gapcheck: Run) -> None:
    data = run(gapcheck, "check", path)
    REPORT.validate(data)
    assert data["gapcheck"] == "1"
    today = data["summary"].pop("today")
    assert sum(data["summary"].values()) == sum(today.values()) == len(data["findings"])
    for finding in data["findings"]:
        assert set(KEYS) <= set(finding)
        for act in finding["acts"]:
            for route in act["routes"]:
                assert [item for item in route["conditions"] if item["holds"] != "true"] == route["fails"]


def test_several_profiles_make_a_list(gapcheck: Run) -> None:
    data = run(gapcheck, "check", *PROFILES[:3])
    REPORT.validate(data)
    assert [item["profile"]["source"] for item in data] == [str(path) for path in PROFILES[:3]]


def test_every_scope_has_an_example(book: Lawbook) -> None:
    shown = {
        scope
        for path in PROFILES
        for scope in path.read_text(encoding="utf-8").split("scopes: [")[1].split("]")[0].split(", ")
    }
    assert shown == set(book.data["scopes"])


CAN = {
    ("irmer-refer", "--profession", "clinical-technologist", "--registered", "rct"): (1, "barred", ""),
    ("irmer-refer", "--profession", "nurse", "--registered", "nmc"): (0, "available", "referrer"),
    ("irmer-refer", "--profession", "nurse"): (3, "unknown", "referrer"),
    ("irmer-refer", "--profession", "nurse", "--registered", "none"): (1, "barred", ""),
    ("irmer-operate", "--profession", "nurse"): (0, "available", "operator"),
    ("irmer-refer", "--profession", "nurse", "--registered", "nmc:lapsed"): (1, "barred", ""),
    ("prescribe-pom", "--profession", "nurse", "--registered", "nmc"): (3, "unknown", "independent-prescribing"),
    ("prescribe-pom", "--profession", "nurse", "--registered", "nmc", "--annotation", "none"): (1, "barred", ""),
    ("prescribe-pom", "--profession", "nurse", "--registered", "nmc", "--annotation", "independent-prescriber"): (
        0, "open", "independent-prescribing"),
    ("administer-pom-parenterally", "--profession", "clinical-technologist", "--medicine", "adrenaline", "--fact", "emergency=yes"): (
        0, "open", "emergency"),
    ("use-title", "--profession", "clinical-technologist", "--registered", "rct", "--fact", "title=Radiographer"): (1, "barred", ""),
    ("administer-pom-by-another-route", "--profession", "sonographer"): (0, "open", "no-restriction"),
}  # fmt: skip


@pytest.mark.parametrize("question", CAN, ids=" ".join)
def test_can_answers_with_its_exit_code(question: tuple[str, ...], gapcheck: Run) -> None:
    code, verdict, route = CAN[question]
    data = run(gapcheck, "can", *question, code=code)
    ACT.validate(data)
    assert (data["act"], data["verdict"], data["route"]) == (question[0], verdict, route)
    if verdict == "unknown":
        assert data["questions"]


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("can", "irmer-reffer"), "did you mean `irmer-refer`"),
        (("can", "irmer-refer", "--profession", "radiografer"), "there is no profession `radiografer`"),
        (("can", "irmer-refer", "--nation", "france"), "there is no nation `france`"),
        (("can", "irmer-refer", "--registered", "hcpc:registerd"), "did you mean `registered`"),
        (("can", "irmer-refer", "--fact", "emergency"), "NAME=VALUE"),
        (("can", "irmer-refer", "--fact", "emergency=perhaps"), "yes or no"),
        (("can", "irmer-refer", "--as-at", "2026-02-30"), "not a date"),
        (("can", "irmer-refer", "--reform", "register-everybody"), "there is no reform"),
        (("can", "irmer-refer", "--interpretation", "reg-240-contrast=broad"), "has no reading `broad`"),
        (("can", "irmer-refer", "--interpretation", "reg-240-contrast"), "ID=READING"),
        (("explain", "patient-group-directoin"), "did you mean `patient-group-direction`"),
        (("explain", "--list", "acs"), "did you mean `acts`"),
        (("explain",), "give an ID"),
        (("check",), "Missing argument"),
        (("check", "x.yaml", "--rules", "nowhere"), "no lawbook files"),
    ],
)  # fmt: skip
def test_bad_input_is_explained(arguments: tuple[str, ...], wanted: str, gapcheck: Run) -> None:
    result = gapcheck(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert wanted in result.stderr and "Traceback" not in result.stderr


LEVELS = {"unknown": 1, "risky": 1, "restricted": 1, "blocked": 1}


@pytest.mark.parametrize(
    ("name", "level", "code"),
    [
        ("nuclear-medicine-technologist", "blocked", 1),
        ("sonographer", "blocked", 0),
        ("sonographer", "restricted", 1),
        ("baby-scan-sonographer", "restricted", 0),
        ("baby-scan-sonographer", "risky", 1),
        ("nuclear-medicine-radiographer", "unknown", 0),
    ],
)
def test_fail_on(name: str, level: str, code: int, gapcheck: Run) -> None:
    path = ROOT / f"examples/profiles/{name}.yaml"
    assert gapcheck("check", path, "--fail-on", level, "--as-at", TODAY).returncode == code


def test_results_alone_on_standard_output_and_no_colour_in_a_pipe(gapcheck: Run, tmp_path: Path) -> None:
    path = ROOT / "examples/profiles/sonographer.yaml"
    shown = gapcheck("check", path, "--as-at", TODAY)
    assert shown.stderr == "" and "\x1b[" not in shown.stdout
    target = tmp_path / "report.txt"
    written = gapcheck("check", path, "--as-at", TODAY, "-o", target)
    assert written.stdout == "" and target.read_text(encoding="utf-8") == shown.stdout


def test_standard_input(gapcheck: Run) -> None:
    text = (ROOT / "examples/profiles/sonographer.yaml").read_text(encoding="utf-8")
    assert "2 if what is not stated is in place" in gapcheck("check", "-", stdin=text).stdout


def test_a_lawbook_laid_over_the_packaged_one(gapcheck: Run, tmp_path: Path) -> None:
    """An organisation replaces one file and keeps the rest."""
    text = (ROOT / "rules/hmr-2012/pgd-classes.yaml").read_text(encoding="utf-8")
    (tmp_path / "hmr-2012").mkdir()
    (tmp_path / "hmr-2012/pgd-classes.yaml").write_text(
        f"{text}  - {{id: sonographer, from: 2026-01-01}}\n", encoding="utf-8"
    )
    question = ("can", "administer-pom-parenterally", "--profession", "clinical-scientist", "--registered", "hcpc")
    digests = {run(gapcheck, *question, *over)["lawbook"]["digest"] for over in ((), ("--rules", str(tmp_path)))}
    assert len(digests) == 2


@pytest.mark.parametrize("kind", ["acts", "routes", "tasks", "professions", "registers", "medicines", "arrangements", "facts", "reforms",
                                  "interpretations", "provisions", "rules", "classes", "instruments", "claims", "scopes"])  # fmt: skip
def test_every_id_has_a_page(kind: str, law: Any) -> None:
    from gapcheck.document.render import rendered
    from gapcheck.explain.explained import explained

    for identity in law.book.data[kind]:
        for face in ("table", "markdown", "json"):
            assert identity in str(rendered(explained(law, identity), face))


def test_the_page_of_patient_group_directions(gapcheck: Run) -> None:
    page = gapcheck("explain", "pgd", "--as-at", TODAY).stdout
    for wanted in ("Who", "diagnostic radiographer", "Law", "regulation 229", "Examples", "barred", "open"):
        assert wanted in page
