"""Waivers silence frameworks and wording for a time; never statute; and they are always listed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gapcheck.errors import InputError
from gapcheck.findings.checked import findings
from gapcheck.findings.waivers import entries_of, of_wording
from tests.conftest import ROOT, TODAY, Run
from tests.document.made import DOCUMENTS, checked, lawbook, profile_bytes, shows, squeezed

PROFILE = profile_bytes(
    holder={"profession": "clinical-technologist", "registrations": [{"register": "rct"}]},
    tasks=[
        "rt-advanced-practitioner-role",
        "nm-refer-for-imaging",
        "nm-administer-iv-contrast",
        "nm-spect-ct",
        "nm-cell-labelling",
        "dxa-acquire-scan",
    ],
)


def waivers(*items: dict[str, Any]) -> bytes:
    common = {"reason": "Two read every fifth report.", "owner": "Clinical lead", "expiry": "2027-03-31"}
    return json.dumps({"gapcheck": 1, "waivers": [{**common, **item} for item in items]}).encode()


def tried(*items: dict[str, Any], **law: Any) -> Any:
    return checked(PROFILE, waivers=waivers(*items), **law).report


@pytest.fixture(scope="module")
def framework() -> str:
    """A task that a framework bars and no statute does."""
    found = [item.task for item in checked(PROFILE).report.findings if item.restricted_by == "framework"]
    assert found
    return found[0]


def test_a_framework_can_be_waived_until_its_last_day(framework: str) -> None:
    for day, state in (("2027-03-31", "applied"), ("2027-04-01", "expired")):
        report = tried({"finding": framework}, as_at=day)
        assert [item.state for item in report.waivers] == [state]
        assert (framework in report.waived) == (state == "applied")


@pytest.mark.parametrize("task", ["nm-refer-for-imaging", "nm-administer-iv-contrast", "nm-cell-labelling"])
def test_statute_and_risk_cannot(task: str) -> None:
    report = tried({"finding": task})
    assert [item.state for item in report.waivers] == ["refused"] and not report.waived
    assert report.summary == checked(PROFILE).report.summary


def test_no_waiver_changes_a_finding(framework: str) -> None:
    tasks = [item.task for item in checked(PROFILE).report.findings]
    assert tried(*({"finding": task} for task in tasks)).findings == checked(PROFILE).report.findings


def test_what_does_not_fit_is_unused(framework: str) -> None:
    other = next(task for task in lawbook().data["tasks"] if task.encode() not in PROFILE)
    given = ({"finding": framework, "profile": "another.yaml"}, {"finding": other}, {"wording": "W006"})
    report = tried(*given)
    assert [item.state for item in report.waivers] == ["unused"] * 3
    assert all(item.note for item in report.waivers)
    assert tried({"finding": framework, "profile": "profile.yaml"}).waived


@pytest.mark.parametrize("face", [*DOCUMENTS, "csv", "sarif", "json"])
def test_every_report_lists_them(face: str, framework: str) -> None:
    given = waivers({"finding": framework}, {"finding": "nm-refer-for-imaging", "reason": "We are sure."})
    raw = findings(face, [checked(PROFILE, waivers=given)], TODAY)
    if face in DOCUMENTS:
        shown = shows(face, raw)
        assert all(
            squeezed(text) in shown
            for text in ("Two read every fifth report.", "31 March 2027", "We are sure.", "refused")
        )
        assert squeezed("It rests on statute, which cannot be waived.") in shown
    else:
        assert "Two read every fifth report." in str(raw)
    if face == "sarif":
        results = json.loads(raw)["runs"][0]["results"]
        assert [one["ruleId"] for one in results if one.get("suppressions")] == [framework]


def test_the_command(gapcheck: Run, tmp_path: Path, framework: str) -> None:
    profile, file = tmp_path / "profile.json", tmp_path / "waivers.json"
    profile.write_bytes(profile_bytes(tasks=[framework]))
    asked = ("check", profile, "--as-at", TODAY, "--fail-on", "restricted")
    assert gapcheck(*asked).returncode == 1
    file.write_bytes(waivers({"finding": framework}))
    result = gapcheck(*asked, "--waivers", file)
    assert result.returncode == 0 and "Waived:" in result.stdout
    assert squeezed("Clinical lead") in squeezed(result.stdout)
    profile.write_bytes(profile_bytes(tasks=["nm-refer-for-imaging"]))
    file.write_bytes(waivers({"finding": "nm-refer-for-imaging"}))
    refused = gapcheck(*asked, "--waivers", file)
    assert refused.returncode == 1 and "cannot be waived" in refused.stderr
    assert "refused" in refused.stdout


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        (waivers({"finding": "dxa-reprot"}), "there is no task `dxa-reprot`"),
        (waivers({"finding": "rt-advanced-practitioner-role", "wording": "W001"}), ""),
        (waivers({}), ""),
        (waivers({"finding": "rt-advanced-practitioner-role", "expiry": "2027-02-30"}), "2027-02-30"),
        (waivers({"finding": "rt-advanced-practitioner-role", "reason": ""}), ""),
        (waivers({"finding": "rt-advanced-practitioner-role", "expires": "2027-02-28"}), "expires"),
        (b"- a", ""),
    ],
)
def test_bad_files_are_explained(raw: bytes, wanted: str) -> None:
    with pytest.raises(InputError) as error:
        entries_of(raw, "waivers.yaml", lawbook())
    assert wanted in str(error.value) and "waivers.yaml" in str(error.value)


def test_wording() -> None:
    entries = entries_of(
        waivers(
            {"wording": "W001", "document": "a.docx", "quote": "state registered"},
            {"wording": "W002", "expiry": "2026-01-01"},
        ),
        "waivers.yaml",
        lawbook(),
    )
    found = of_wording(entries, "W001", "state registered", "jobs/a.docx", TODAY)
    assert found and (found.state, found.reason) == ("applied", "Two read every fifth report.")
    assert of_wording(entries, "W001", "registered", "a.docx", TODAY) is None
    assert of_wording(entries, "W001", "state registered", "b.docx", TODAY) is None
    expired = of_wording(entries, "W002", "anything", "b.docx", TODAY)
    assert expired and expired.state == "expired"


def test_the_example_ships() -> None:
    path = ROOT / "examples/waivers.yaml"
    assert entries_of(path.read_bytes(), path.name, lawbook())


def test_attestations_are_shown() -> None:
    for until, state in (("2027-01-31", "counts"), ("2026-01-31", "ran out")):
        attested = {"id": "psd", "by": "Lead consultant", "reference": "PSD-7", "until": until}
        profile = checked(profile_bytes(arrangements=[attested]))
        for face in DOCUMENTS:
            shown = shows(face, findings(face, [profile], TODAY))
            row = ("patient specific direction", "Lead consultant", "PSD-7", f"31 January {until[:4]}", state)
            assert all(squeezed(text) in shown for text in row)
