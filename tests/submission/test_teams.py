"""`gapcheck submission --teams`: what hangs on one person in the teams given is what checking each post comes to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
import yaml
from referencing import Registry, Resource

from gapcheck import Lawbook
from tests.conftest import ROOT, TODAY, Run
from tests.team.test_team import COVERS, findings, plain

REGISTER, PGD = "register-clinical-technologists", "pgd-for-clinical-technologists"
ASKED = ("--profession", "clinical-technologist", "--scope", "dxa", "--as-at", TODAY, "--nation", "england")


def teams() -> list[dict[str, Any]]:
    """The example, and a smaller team in which a technologist is entitled as referrer, which counts for nothing today."""
    whole = plain()
    small = {**whole, "team": {**whole["team"], "name": "Satellite"}}
    small["posts"] = [post for post in whole["posts"] if post["holder"]["profession"] == "clinical-technologist"]
    first = {**small["posts"][0], "entitlements": ["irmer-operator", "irmer-referrer"]}
    scientist = next(post for post in whole["posts"] if post["holder"]["profession"] == "clinical-scientist")
    entitled = {**scientist, "entitlements": ["irmer-operator", "irmer-referrer"]}
    return [whole, {**small, "posts": [first, *small["posts"][1:], entitled]}]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("given") / "teams"
    place.mkdir()
    for number, team in enumerate(teams()):
        (place / f"team-{number}.yaml").write_text(yaml.safe_dump(team), "utf-8")
    return place


@pytest.fixture(scope="module")
def data(gapcheck: Run, folder: Path) -> dict[str, Any]:
    result = gapcheck(
        "submission", *ASKED, "--reform", REGISTER, "--reform", PGD, "--teams", folder, "--format", "json"
    )
    assert result.returncode == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    files = [json.loads((ROOT / f"schemas/{name}.schema.json").read_text("utf-8")) for name in ("submission", "report")]
    registry: Registry[Any] = Registry().with_resources((item["$id"], Resource.from_contents(item)) for item in files)
    jsonschema.Draft202012Validator(files[0], registry=registry).validate(found)
    return found


def who_covers(book: Lawbook, team: dict[str, Any], reforms: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """The posts that may do each task, by `check`; under a reform that registers them, technologists are registered."""
    found: dict[str, list[str]] = {task["id"]: [] for task in team["tasks"]}
    for post in team["posts"]:
        holder = post["holder"]
        if REGISTER in reforms and holder["profession"] == "clinical-technologist":
            holder = {**holder, "registrations": [*holder["registrations"], {"register": "hcpc"}]}
        for task, today in findings(book, team, {**post, "holder": holder}, reforms).items():
            found[task] += [post["id"]] * (today in COVERS)
    return found


def test_the_numbers_are_what_checking_each_post_comes_to(data: dict[str, Any], book: Lawbook) -> None:
    now = [who_covers(book, team) for team in teams()]
    held = [
        {
            post["id"]
            for post in team["posts"]
            if any(item["register"] == "hcpc" for item in post["holder"]["registrations"])
        }
        for team in teams()
    ]
    alone = [[task for task, posts in found.items() if len(posts) == 1] for found in now]
    registered = [
        [task for task in tasks if found[task][0] in on] for tasks, found, on in zip(alone, now, held, strict=True)
    ]
    said = data["teams"]
    assert said["services"] == sum(map(len, now)) and said["single"] == sum(map(len, alone))
    assert said["uncovered"] == sum(not posts for found in now for posts in found.values())
    one = said["on_one_registered_person"]
    assert (one["services"], one["teams"]) == (sum(map(len, registered)), sum(map(bool, registered)))
    assert one["services"] >= 4
    for line in said["with_reforms"]:
        then = [who_covers(book, team, tuple(line["reforms"])) for team in teams()]
        assert line["single"] == sum(len(posts) == 1 for found in then for posts in found.values())
        assert line["uncovered"] == sum(not posts for found in then for posts in found.values())
        relieved = [
            [task for task in tasks if len(found[task]) > 1] for tasks, found in zip(registered, then, strict=True)
        ]
        assert line["relieved"] == sum(map(len, relieved)) <= line["arranged"] <= one["services"]
    assert [line["reforms"] for line in said["with_reforms"]] == [[REGISTER], [REGISTER, PGD]]
    assert said["with_reforms"][0]["relieved"] == 1, "referral: the technologist is entitled and becomes registered"


def test_the_annex_says_it_and_is_verified(gapcheck: Run, folder: Path, tmp_path: Path) -> None:
    annex = folder.parent / "annex.md"
    made = gapcheck("submission", *ASKED, "--reform", REGISTER, "--teams", folder, "-o", annex)
    assert made.returncode == 0, made.stderr
    text = annex.read_text("utf-8")
    assert "Cover in teams that were given" in text and "2 teams were given" in text
    verified = gapcheck("verify", annex, "--folder", folder.parent)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    book = tmp_path / "annex.xlsx"
    assert gapcheck("submission", *ASKED, "--teams", folder, "-o", book).returncode == 0
    assert "Teams" in openpyxl.load_workbook(book, read_only=True).sheetnames


def test_teams_that_are_not_there_are_told(gapcheck: Run, tmp_path: Path) -> None:
    result = gapcheck("submission", *ASKED, "--teams", tmp_path / "nowhere")
    assert (result.returncode, result.stdout) == (2, "")
    assert "nowhere" in result.stderr and "Traceback" not in result.stderr


def test_without_teams_nothing_is_said_of_them(gapcheck: Run) -> None:
    result = gapcheck("submission", *ASKED, "--format", "json")
    assert json.loads(result.stdout)["teams"] is None
