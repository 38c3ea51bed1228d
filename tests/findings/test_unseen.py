"""What is true of a task for people whom nobody had in mind: its status, how it stands today, the gap in assurance, and whether
registration is why. What each case has to come to was written down from the design before the command was run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run

DAY = "2026-11-30"
CT, DR, SUPPORT = "clinical-technologist", "diagnostic-radiographer", "healthcare-support-worker"
OPERATOR, TRAINED = {"entitlements": ["irmer-operator"]}, ["training-recorded"]
NOTHING = {"entitlements": "none", "arrangements": "none"}
RAN_OUT = {
    "entitlements": [{"id": "irmer-operator", "until": "2026-01-01"}, "none"],
    "arrangements": [*TRAINED, "none"],
}


def directed(*arrangements: Any) -> dict[str, Any]:
    return {"arrangements": list(arrangements)}


# profession, registers (register:status:as), task, what else is stated; status, today, gap, because of registration.
CASES: list[tuple[str, str, str, dict[str, Any], tuple[str, str, str, str]]] = [
    # a statutory register of another field assures nothing of the work
    ("dental-nurse", "gdc", "nm-mrt-administration", {}, ("risky", "if", "medium", "no")),
    ("arts-therapist", "hcpc", "rt-plan-generation", {}, ("risky", "if", "medium", "no")),
    ("social-worker", "social-work-england", "nm-pet-ct", {}, ("risky", "if", "medium", "no")),
    ("hearing-aid-dispenser", "hcpc", "nm-gamma-camera-imaging", {}, ("clear", "if", "low", "no")),
    ("optometrist", "goc", "rt-electron-mu-calculation", {}, ("risky", "if", "medium", "no")),
    ("biomedical-scientist", "hcpc", "nm-cell-labelling", {}, ("risky", "if", "medium", "no")),
    ("dietitian", "hcpc", "nm-administer-iv-contrast", directed("pgd"), ("risky", "yes", "medium", "no")),
    ("arts-therapist", "hcpc", "nm-administer-iv-contrast", {}, ("restricted", "if", "medium", "no")),
    ("clinical-scientist", "hcpc", "rad-iv-contrast", {}, ("restricted", "if", "medium", "no")),
    ("clinical-scientist", "hcpc", "nm-mrt-dose-calculation", {}, ("clear", "if", "none", "no")),
    ("therapeutic-radiographer", "hcpc", "rtt-deliver-treatment", {"nation": "northern-ireland"}, ("clear", "if", "none", "no")),
    # an accredited register covers what its entry assesses, less what is learned later, nothing of another field
    (CT, "rct", "nm-gamma-camera-imaging", {}, ("clear", "if", "low", "assurance")),
    (CT, "rct", "me-maintenance-calibration", {}, ("risky", "yes", "medium", "assurance")),
    (CT, "rct", "ren-dialysis-equipment", {}, ("risky", "yes", "high", "assurance")),
    (CT, "rct", "ni-uv-dosimetry", {}, ("risky", "yes", "high", "assurance")),
    (CT, "rct:eligible", "rt-plan-generation", {}, ("risky", "if", "high", "assurance")),
    (CT, "", "me-maintenance-calibration", {}, ("risky", "yes", "high", "assurance")),
    (SUPPORT, "", "me-disposal", {}, ("clear", "yes", "none", "no")),
    (SUPPORT, "", "pm-pulse-oximetry", {}, ("clear", "yes", "none", "no")),
    ("sonographer", "", "son-early-pregnancy-scan", {}, ("risky", "yes", "high", "assurance")),
    ("clinical-physiologist", "ahcs", "cp-exercise-test", {}, ("risky", "yes", "high", "assurance")),
    # one register lost, another kept
    (CT, "rct:lapsed ahcs", "nm-pet-ct", {}, ("clear", "if", "low", "assurance")),
    (CT, "rct nmc:removed:nurse", "nm-spect-ct", {}, ("clear", "if", "low", "assurance")),
    (CT, f"rct hcpc:lapsed:{DR}", "nm-administer-iv-contrast", directed("pgd", "none"), ("arrange", "arrange", "medium", "no")),
    (CT, f"rct hcpc:registered:{DR}", "nm-administer-iv-contrast", directed("pgd"), ("clear", "yes", "low", "no")),
    ("dental-nurse", "gdc rct", "nm-spect-ct", {}, ("risky", "if", "medium", "no")),
    # hoped for, lapsed and removed are not held
    (DR, "hcpc:working-towards", "rad-ct", {}, ("risky", "if", "medium", "assurance")),
    (DR, "hcpc:lapsed", "rad-iv-contrast", NOTHING, ("arrange", "arrange", "high", "no")),
    (DR, "hcpc:lapsed", "rad-iv-contrast", directed("psd"), ("restricted", "yes", "high", "yes")),
    ("midwife", "nmc:lapsed", "son-obstetric-scan", {}, ("risky", "yes", "high", "assurance")),
    ("clinical-scientist", "hcpc:eligible", "rt-plan-checking", {}, ("risky", "if", "medium", "assurance")),
    ("paramedic", "hcpc:removed", "nm-emergency-adrenaline", {}, ("risky", "yes", "medium", "assurance")),
    ("paramedic", "hcpc", "nm-emergency-adrenaline", {}, ("clear", "yes", "none", "no")),
    # what the employer has to arrange is in place, missing, or has run out
    (DR, "hcpc", "rad-ct", NOTHING, ("arrange", "arrange", "none", "no")),
    (DR, "hcpc", "rad-ct", RAN_OUT, ("arrange", "arrange", "none", "no")),
    (DR, "hcpc", "rad-ct", {**OPERATOR, **directed(*TRAINED, "none")}, ("clear", "yes", "none", "no")),
    (DR, "hcpc", "rad-iv-contrast", directed({"id": "pgd", "until": DAY}, "none"), ("clear", "yes", "low", "no")),
    (DR, "hcpc", "rad-iv-contrast", directed({"id": "pgd", "until": "2026-11-29"}, "none"), ("arrange", "arrange", "low", "no")),
    (DR, "hcpc", "rad-iv-contrast", directed({"id": "pgd", "until": "2026-11-29"}), ("clear", "if", "low", "no")),
    ("doctor", "gmc", "nm-justify-additional-exposure", NOTHING, ("arrange", "arrange", "low", "no")),
    ("sonographer", "rct", "son-contrast-ultrasound", NOTHING, ("arrange", "arrange", "medium", "no")),
    # barred by statute; the register opens it, or an amendment has to, or nothing about this person does
    (CT, "rct", "nm-refer-for-imaging", {}, ("blocked", "no", "low", "yes")),
    (CT, "rct", "nm-refer-for-imaging", {"nation": "northern-ireland"}, ("blocked", "no", "low", "yes")),
    (SUPPORT, "", "nm-refer-for-imaging", {}, ("blocked", "no", "low", "yes")),
    ("social-worker", "social-work-england", "nm-refer-for-imaging", {}, ("blocked", "no", "low", "no")),
    ("osteopath", "gosc", "nm-refer-for-imaging", {}, ("clear", "if", "low", "no")),
    (CT, "rct", "nm-administer-iv-contrast", directed("psd"), ("restricted", "yes", "medium", "partly")),
    ("pharmacist", "psni", "ap-prescribe", {}, ("blocked", "no", "medium", "no")),
    # a framework restricts and never blocks
    (CT, "rct", "rt-consultant-practitioner-role", {}, ("restricted", "yes", "low", "yes")),
    # what only a submission reports of an employer's rule cannot be told
    (CT, "rct", "dxa-report", {**OPERATOR, **directed(*TRAINED)}, ("unknown", "yes", "medium", "no")),
    # any of several acts is enough
    (SUPPORT, "", "nm-recognise-deteriorating-patient", NOTHING, ("risky", "yes", "high", "assurance")),
    (CT, "rct", "nm-mrt-manage-side-effects", NOTHING, ("arrange", "arrange", "medium", "no")),
    # to justify is the practitioner's; to authorise under guidelines is not to justify
    (CT, "rct", "nm-justify-additional-exposure",
     {**OPERATOR, **directed("authorisation-guidelines", "practitioner-licence", "employer-licence", *TRAINED)}, ("blocked", "no", "low", "yes")),
    (CT, "rct", "nm-authorise-additional-exposure",
     {**OPERATOR, **directed("authorisation-guidelines", "practitioner-licence", "employer-licence", *TRAINED)}, ("restricted", "yes", "low", "yes")),
    (CT, "rct", "nm-authorise-additional-exposure",
     {**OPERATOR,
      **directed({"id": "authorisation-guidelines", "until": "2026-06-30"}, "practitioner-licence", "employer-licence", *TRAINED)},
     ("arrange", "arrange", "low", "no")),
]  # fmt: skip


def profile(profession: str, registers: str, task: str, stated: dict[str, Any]) -> dict[str, Any]:
    held = [dict(zip(("register", "status", "as"), item.split(":"), strict=False)) for item in registers.split()]
    rest = {key: value for key, value in stated.items() if key != "nation"}
    return {
        "gapcheck": 1,
        "post": {"title": f"{profession}: {task}", "nation": stated.get("nation", "england")},
        "holder": {"profession": profession, "registrations": held},
        **rest,
        "tasks": [task],
    }


@pytest.fixture(scope="module")
def reports(gapcheck: Run, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The reports of all cases, in one run of the command."""
    folder: Path = tmp_path_factory.mktemp("unseen")
    files = [folder / f"{number:03}.json" for number in range(len(CASES))]
    for file, (profession, registers, task, stated, _) in zip(files, CASES, strict=True):
        file.write_text(json.dumps(profile(profession, registers, task, stated)), "utf-8")
    result = gapcheck("check", "--as-at", DAY, "--format", "json", *files)
    assert result.returncode == 0, result.stderr
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: "-".join(CASES[number][:3]).replace(":", "."))
def test_what_is_true_of_a_task(number: int, reports: list[dict[str, Any]]) -> None:
    (finding,) = reports[number]["findings"]
    said = (finding["status"], finding["today"], finding["assurance"]["gap"], finding["because_of_registration"])
    assert said == CASES[number][4]


def test_what_ran_out_is_told_from_what_is_missing(reports: list[dict[str, Any]]) -> None:
    states = {
        state: {(item["what"], item["state"]) for item in reports[number]["findings"][0]["needed"]}
        for number, (*_, stated, _) in enumerate(CASES)
        for state, shown in (("missing", NOTHING), ("ran out", RAN_OUT))
        if stated is shown and CASES[number][:3] == (DR, "hcpc", "rad-ct")
    }
    assert ("entitled as IR(ME)R operator", "missing") in states["missing"]
    assert states["ran out"] == {("entitled as IR(ME)R operator", "ran-out")}


@pytest.mark.parametrize(
    ("registers", "today", "note"),
    [
        (f"hcpc:registered:{DR}", "if", ""),
        (f"hcpc:conditional:{DR}", "if", "is subject to conditions"),
        (f"hcpc:suspended:{DR}", "no", "is suspended"),
        ("rct:suspended", "no", "is suspended"),
        (f"hcpc:lapsed:{DR}", "no", "has lapsed"),
    ],
)
def test_a_suspended_registration_is_not_held_and_one_with_conditions_is(
    registers: str, today: str, note: str, gapcheck: Run, tmp_path: Path
) -> None:
    path = tmp_path / "profile.json"
    path.write_text(json.dumps(profile(CT, registers, "nm-refer-for-imaging", {})), "utf-8")
    (report,) = [json.loads(gapcheck("check", "--as-at", DAY, "--format", "json", path).stdout)]
    assert report["findings"][0]["today"] == today
    assert any(note in item for item in report["profile"]["notes"]) if note else not report["profile"]["notes"]


def test_a_suspended_accredited_register_covers_nothing(gapcheck: Run, tmp_path: Path) -> None:
    gaps = []
    for number, registers in enumerate(("rct", "rct:suspended", "rct:suspended ahcs", "")):
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps(profile(CT, registers, "nm-pet-ct", {})), "utf-8")
        report = json.loads(gapcheck("check", "--as-at", DAY, "--format", "json", path).stdout)
        gaps.append((report["findings"][0]["status"], report["findings"][0]["assurance"]["gap"]))
    assert gaps == [("clear", "low"), ("risky", "medium"), ("clear", "low"), ("risky", "medium")]
