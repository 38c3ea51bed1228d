"""Folders laid over the lawbook: what they add and replace, what reports say of them, and what is wrong with them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from gapcheck import Lawbook
from tests.conftest import ROOT, Run

LOCAL = ROOT / "examples/local-rules"
SHIPPED = (ROOT / "examples/profiles/nuclear-medicine-technologist.yaml").read_text(encoding="utf-8")
TASK = "nm-administer-iv-contrast"
AS_AT = ("--as-at", "2026-11-22")


def checked(gapcheck: Run, *arguments: object) -> dict[str, object]:
    """The report of the shipped nuclear medicine technologist, who holds no life support certificate."""
    profile = SHIPPED + "facts: {als-certificate: false}\n"
    done = gapcheck("check", "-", "--format", "json", *AS_AT, "--no-cross-check", *arguments, stdin=profile)
    assert done.returncode == 0, done.stderr
    data: dict[str, object] = json.loads(done.stdout)
    return data


def finding(report: dict[str, object], task: str = TASK) -> dict[str, object]:
    (found,) = [item for item in report["findings"] if item["task"] == task]  # type: ignore[attr-defined]
    return found


def test_a_policy_restricts_and_never_blocks(gapcheck: Run) -> None:
    plain, local = finding(checked(gapcheck)), finding(checked(gapcheck, "--rules", LOCAL))
    assert [act["act"] for act in plain["acts"]] == ["administer-pom-parenterally"]
    assert [act["act"] for act in local["acts"]] == ["administer-pom-parenterally", "inject-contrast-alone"]
    assert local["acts"][1]["verdict"] == "barred"
    assert local["status"] == "restricted"
    assert "That is local policy and not law." in local["why"]


def test_evidence_tasks_and_synonyms_come_with_it(gapcheck: Run) -> None:
    assert "local-contrast-audit" in finding(checked(gapcheck, "--rules", LOCAL))["evidence"]
    book = Lawbook.load(LOCAL)
    assert "contrast bay duties" in book.data["tasks"][TASK]["synonyms"]
    assert len(book.data["tasks"][TASK]["synonyms"]) == len(Lawbook.load().data["tasks"][TASK]["synonyms"]) + 1
    assert book.data["tasks"]["hot-lab-elute-generator"]["comparator"] == "pharmacy-technician"


def test_reports_name_every_overlay_and_what_it_replaces(gapcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "reforms").mkdir()
    name = "reforms/register-sonographers.yaml"
    shutil.copy(ROOT / "rules" / name, tmp_path / name)
    overlays = checked(gapcheck, "--rules", LOCAL, "--rules", tmp_path)["lawbook"]["overlays"]  # type: ignore[index]
    assert [item["overlay"] for item in overlays] == ["example-hospital", tmp_path.name]
    assert [(item["adds"], item["replaces"]) for item in overlays] == [(7, []), (0, [name])]
    assert overlays[0]["publisher"] == "Example Hospital"
    for face in ("table", "markdown"):
        rules = ("--rules", LOCAL, "--rules", tmp_path)
        text = gapcheck("check", "-", *AS_AT, *rules, "--format", face, stdin=SHIPPED).stdout
        text = " ".join(text.replace("\\", "").split())
        assert "Laid over the lawbook: Contrast policy and local tasks of an invented hospital" in text
        assert f"replaces {name}" in text
    assert checked(gapcheck)["lawbook"]["overlays"] == []  # type: ignore[index]


def test_a_later_overlay_lies_over_an_earlier_one(gapcheck: Run, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(LOCAL / "evidence", other / "evidence")
    path = other / "evidence/audit.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("200 injections", "300 injections"), encoding="utf-8")
    book = Lawbook.load(LOCAL, other)
    assert "300 injections" in book.data["claims"]["local-contrast-audit"]["statement"]
    assert [item["replaces"] for item in book.overlays] == [[], ["evidence/audit.yaml"]]
    assert book.digest != Lawbook.load(LOCAL).digest != Lawbook.load().digest


def test_the_shipped_example_passes_lint(gapcheck: Run) -> None:
    done = gapcheck("lint", LOCAL, *AS_AT)
    assert done.returncode == 0
    assert "examples/local-rules" not in done.stdout.replace("\\", "/")


def test_needs_are_added_to_each_way_of_a_task(tmp_path: Path) -> None:
    """Of the three forms of needs: none, all of some acts, and any one of several."""
    tasks = Lawbook.load().data["tasks"]
    none = next(key for key, item in tasks.items() if item["needs"] == "none")
    several = next(key for key, item in tasks.items() if "any-of" in item["needs"])
    lines = [f"  - {{task: {key}, needs: [{{act: hold-clinical-post-above-band-7}}]}}" for key in (none, several)]
    (tmp_path / "more.yaml").write_text("\n".join(["additions:", *lines, ""]), encoding="utf-8")
    local = Lawbook.load(tmp_path).data["tasks"]
    assert local[none]["needs"] == {"all-of": [{"act": "hold-clinical-post-above-band-7"}]}
    ways = local[several]["needs"]["any-of"]
    assert len(ways) == len(tasks[several]["needs"]["any-of"])
    assert all(way["together"][-1] == {"act": "hold-clinical-post-above-band-7"} for way in ways)


WRONG = {
    "additions:\n  - {task: nm-pet-tc, synonyms: [x]}\n": "there is no task `nm-pet-tc`",
    "additions:\n  - {task: nm-pet-ct, needs: [{act: irmer-operat}]}\n": "did you mean `irmer-operate`",
    "additions:\n  - {task: nm-pet-ct}\n": "",
    "additions: 3\n": "",
    "additions:\n  - {task: nm-pet-ct, synonym: [x]}\n": "synonym",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_said_with_file_and_line(text: str, gapcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_text(text, encoding="utf-8")
    done = gapcheck("lint", tmp_path, *AS_AT)
    assert done.returncode == 1
    assert "wrong.yaml:" in done.stdout and WRONG[text] in done.stdout
    done = gapcheck("can", "irmer-refer", "--rules", tmp_path)
    assert "Traceback" not in done.stderr and "our fault" not in done.stderr


def test_an_overlay_says_whose_it_is(gapcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "overlay.yaml").write_text("overly: mine\n", encoding="utf-8")
    done = gapcheck("can", "irmer-refer", "--rules", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "overlay.yaml:1" in done.stderr
