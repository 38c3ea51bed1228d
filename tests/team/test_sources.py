"""Teams from tables and folders, many at once, and against an earlier file."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
import yaml

from gapcheck import Lawbook
from gapcheck.errors import InputError
from gapcheck.team.cover import TeamCover
from gapcheck.team.many import Teams
from gapcheck.team.model import DAYS
from gapcheck.team.read import read_team
from gapcheck.team.sources import read_teams
from gapcheck.team.standings import Standings
from gapcheck.team.table import teams_of_bytes
from tests.conftest import ROOT, TODAY, Run
from tests.team.test_team import EXAMPLE, plain

TEN = ROOT / "examples/teams/ten-posts.xlsx"
HEAD = ["team", "post", "title", "wte", "days", "nation", "employer", "profession", "registrations", "annotations",
        "entitlements", "arrangements", "tasks"]  # fmt: skip


def grid(book: Lawbook, path: Path) -> dict[str, dict[str, str]]:
    (team,) = read_teams([str(path)], book)
    cover = TeamCover(team, Standings(book.at(TODAY, team.nation)))
    return {
        task.entry.id: {post.id: item.today for post, item in zip(team.posts, row, strict=True)}
        for task, row in zip(team.tasks, cover.grid, strict=True)
    }


def cells(post: dict[str, Any], data: dict[str, Any], tasks: list[str]) -> list[str]:
    """A post as a row of a table."""

    def listed(items: Any) -> str:
        if isinstance(items, str):
            return items
        return "; ".join(
            item if isinstance(item, str) else f"{item['id']}:{item['until']}" if "until" in item else item["id"]
            for item in items
        )

    registers = "; ".join(f"{item['register']}:{item['status']}" for item in post["holder"]["registrations"]) or "none"
    return [
        "Nuclear medicine", post["id"], post["title"], str(post["wte"]), ", ".join(day[:3] for day in post["days"]), data["team"]["nation"].title(),
        "NHS", post["holder"]["profession"].replace("-", " ").capitalize(), registers, listed(post["holder"].get("annotations", [])),
        listed(post["entitlements"]), listed(post["arrangements"]), "; ".join(tasks),
    ]  # fmt: skip


def test_a_table_says_what_the_team_file_says(book: Lawbook, tmp_path: Path) -> None:
    """The same posts as CSV, with semicolons, in the bytes of Excel, and as a workbook with a sheet of tasks."""
    data, whole = plain(), grid(book, EXAMPLE)
    rows = [HEAD, *(cells(post, data, list(whole)) for post in data["posts"])]
    for name, separator, encoding in (("a.csv", ",", "utf-8"), ("b.csv", ";", "utf-8-sig"), ("c.csv", "\t", "cp1252")):
        with (tmp_path / name).open("w", newline="", encoding=encoding) as stream:
            csv.writer(stream, delimiter=separator).writerows(
                [[*row[:2], row[2].replace("on", "–"), *row[3:]] for row in rows]
            )
        assert grid(book, tmp_path / name) == whole
    workbook = openpyxl.Workbook()
    page = workbook.active
    assert page is not None
    for row in rows:
        page.append(row[:-1])
    tasks = workbook.create_sheet("Tasks")
    tasks.append(["Task", "A week"])
    for task in whole:
        tasks.append([book.data["tasks"][task]["label"], 5])
    workbook.save(tmp_path / "d.xlsx")
    assert grid(book, tmp_path / "d.xlsx") == whole
    (team,) = read_teams([str(tmp_path / "d.xlsx")], book)
    assert {task.per_week for task in team.tasks} == {5.0}
    assert [post.days for post in team.posts] == [post.days for post in read_team(EXAMPLE, book).posts]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("Mon-Wed; Friday", "operator", "recorded training until 2027-03-31; IR(ME)R procedures"),
         (DAYS[:3] + DAYS[4:5], ["irmer-operator"], [("training-recorded", "2027-03-31"), ("irmer-protocols", "")])),
        (("Monday to Thursday", "IR(ME)R operator, referrer", "PGD: 2027-01-31, recorded training"),
         (DAYS[:4], ["irmer-operator", "irmer-referrer"], [("pgd", "2027-01-31"), ("training-recorded", "")])),
        (("weekdays", "entitled as IR(ME)R practitioner", "authorised exposure until 2027-01-31"),
         (DAYS[:5], ["irmer-practitioner"], [("exposure-authorised", "2027-01-31")])),
        (("Sat\u2013Mon", "Operator; none", "none"), ((*DAYS[5:], DAYS[0]), ["irmer-operator"], [])),
    ],
)  # fmt: skip
def test_a_table_takes_the_words_of_whoever_keeps_it(
    book: Lawbook, tmp_path: Path, words: tuple[str, str, str], expected: tuple[Any, ...]
) -> None:
    path = tmp_path / "posts.csv"
    days, entitled, arranged = words
    row = [
        "",
        "a",
        "Post",
        "1",
        days,
        "England",
        "NHS",
        "Clinical technologist",
        "RCT",
        "",
        entitled,
        arranged,
        "nm-spect-ct",
    ]
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([HEAD, row])
    ((post,),) = [team.posts for team in read_teams([str(path)], book)]
    listed = [(item.id, item.until) for item in post.profile.arrangements.items]
    assert (tuple(sorted(post.days, key=DAYS.index)), [item.id for item in post.profile.entitlements.items], listed) == (
        tuple(sorted(expected[0], key=DAYS.index)), *expected[1:]
    )  # fmt: skip


LISTS = ("annotations", "entitlements", "arrangements")
SAID: dict[str, dict[str, str]] = {
    "profession": {
        "Registered nurse": "nurse", "Senior sonographer": "sonographer", "Assistant practitioner (Band 4)": "assistant-practitioner",
        "HCA": "healthcare-support-worker", "Medical physicist": "clinical-scientist", "CT radiographers": "diagnostic-radiographer",
        "Radiographer": "? Diagnostic radiographer", "Wizard": "?",
    },
    "registrations": {
        "HCPC registered": "hcpc:registered", "HCPC (RA012345)": "hcpc:registered", "RCT - lapsed": "rct:lapsed", "HCPC/RCT": "hcpc:registered rct:registered",
        "Registered with the NMC": "nmc:registered", "GMC provisionally registered": "gmc:provisional", "suspended by the HCPC": "?", "TBC": "?",
        "not registered": "", "-": "", "None": "", "not on the RCT": "", "HCPC as diagnostic radiographer": "hcpc:registered",
    },
    "entitlements": {
        "Operators": "irmer-operator", "IR(ME)R operator and referrer": "irmer-operator irmer-referrer", "Nil": "none", "-": "? write none",
        "Operator (expires 31 Dec 2026)": "irmer-operator:2026-12-31", "Practitioner / operator": "irmer-practitioner irmer-operator", "wizard": "?",
    },
    "arrangements": {
        "PGD exp. 31/03/27": "pgd:2027-03-31", "PGD until 31/02/2027": "?", "PGD and PSD; None": "pgd psd none", "PGD for contrast": "?",
        "PGD - 1st March 2027, recorded training": "pgd:2027-03-01 training-recorded",
    },
    "tasks": {
        "CT scanning": "rad-ct", "Bone scans": "nm-gamma-camera-imaging", "Ultrasound contrast": "son-contrast-ultrasound",
        "Contrast injection": "? Inject contrast for CT", "Chest X-ray referral": "? Refer patients for ionising imaging", "Justify": "?",
    },
    "days": {
        "Mon & Thurs": "mon thu", "M-F": "mon tue wed thu fri", "Tue/Weds": "tue wed", "weekends": "sat sun", "5 days": "?", "T": "?",
    },
    "wte": {"80%": "0.8", "0.6 WTE": "0.6", "37.5 hours": "?"},
    "nation": {"NI": "northern-ireland", "Cymru": "wales", "UK": "?"},
    "employer": {"Barsetshire NHS Foundation Trust": "nhs", "Private": "independent", "Barsetshire": "?"},
}  # fmt: skip


def test_the_words_of_a_sheet_kept_for_oneself(book: Lawbook) -> None:
    """What a cell is read as; after a question mark, what is refused, and what the help names."""
    plain = dict.fromkeys(HEAD, "") | {"post": "a", "nation": "England", "profession": "Nurse", "tasks": "rad-mri"}

    def said(column: str, text: str) -> str:
        try:
            raw = "\n".join("\t".join(row) for row in (HEAD, (plain | {column: text}).values()))
            (team,) = teams_of_bytes("sheet.csv", raw.encode(), book, None)
        except InputError as error:
            assert len(error.problems) == 1
            return f"? {error.problems[0].help}"
        (post,) = team.posts
        if column == "registrations":
            return " ".join(f"{item.register}:{item.status}" for item in post.profile.registrations)
        if column in LISTS:
            listing = getattr(post.profile, column)
            items = [f"{item.id}:{item.until}" if item.until else item.id for item in listing.items]
            return " ".join([*items, *(["none"] if listing.none else [])])
        if column == "days":
            return " ".join(day[:3] for day in post.days)
        found = {"tasks": team.tasks[0].entry.id, "wte": post.wte, "nation": team.nation}
        return str(found[column] if column in found else getattr(post.profile, column))

    for column, cells in SAID.items():
        for text, expected in cells.items():
            found = said(column, text)
            right = (
                found.startswith("?") and expected.lstrip("? ") in found
                if expected.startswith("?")
                else found == expected
            )
            assert right, (column, text, found)


def test_a_sheet_as_a_manager_keeps_it(gapcheck: Run, book: Lawbook, tmp_path: Path) -> None:
    """Lines above the header, headers of one's own, merged cells, a vacancy and a row of sums; the tasks on the second sheet."""
    workbook = openpyxl.Workbook()
    page = workbook.active
    assert page is not None
    page.title = "Rota Nov"
    for row in (
        ["Imaging staff, November"],
        [],
        ["Staff name", "Dept.", "Job role", "Staff group", "Reg. body", "W.T.E. (contracted)", "Working pattern", "IR(ME)R role", "Papers", "Country"],
        ["O'Neill, J.", "CT", "Superintendent", "CT radiographer", "HCPC RA012345", 1, "Mon-Fri", "Operator & referrer", "PGD exp. 31/03/27, recorded training", "England"],
        ["Ann B", None, "Assistant", "HCA", "n/a", "60%", "M-W", "operator", "recorded training; none", None],
        ["Vacant", None, "Radiographer", "", "", 1, "", "", "", None],
        ["Total", None, None, None, None, 2.6],
        ["J. Smith", "MRI", "Lead", "MRI radiographer", "HCPC", 1, "Tues", "", "", None],
    ):  # fmt: skip
        page.append(row)
    second = workbook.create_sheet("What we do")
    for row in (["Examination", "Service", "Per week"], ["CT scanning", "CT", 100], ["MRI scans", "MRI", 40]):
        second.append(row)
    workbook.save(tmp_path / "staff.xlsx")
    teams = read_teams([str(tmp_path / "staff.xlsx")], book)
    assert [(team.name, [post.id for post in team.posts], [task.entry.id for task in team.tasks]) for team in teams] == [
        ("CT", ["oneill-j", "ann-b"], ["rad-ct"]), ("MRI", ["j-smith"], ["rad-mri"]),
    ]  # fmt: skip
    assert [post.wte for post in teams[0].posts] == [1, 0.6]
    shown = gapcheck("team", tmp_path / "staff.xlsx", "--as-at", TODAY)
    for text in (
        "CT scanning was read as perform CT examinations.",
        "HCA was read as healthcare support worker.",
        "Line 6 of the table was left out: the post is vacant.",
        "Line 7 of the table was left out: it names no post.",
    ):
        assert text in shown.stderr and text in teams[0].notes


def test_a_table_may_be_parquet(book: Lawbook, tmp_path: Path) -> None:
    data, whole = plain(), grid(book, EXAMPLE)
    rows = [dict(zip(HEAD, cells(post, data, []), strict=True)) | {"tasks": list(whole)} for post in data["posts"]]
    pl.DataFrame(rows).write_parquet(tmp_path / "posts.parquet")
    assert grid(book, tmp_path / "posts.parquet") == whole


def test_a_folder_of_profiles_is_one_team(book: Lawbook, tmp_path: Path) -> None:
    for name in ("technologist", "radiographer", "clinical-scientist"):
        source = ROOT / f"examples/profiles/nuclear-medicine-{name}.yaml"
        (tmp_path / source.name).write_text(source.read_text("utf-8"), "utf-8")
    os.mkfifo(tmp_path / "pipe.yaml")  # it would never end, and is left out
    found = grid(book, tmp_path)
    assert len(found) == 10
    assert found["nm-refer-for-imaging"]["nuclear-medicine-technologist"] == "no"
    scotland = (ROOT / "examples/profiles/molecular-radiotherapy-lead-scotland.yaml").read_text("utf-8")
    (tmp_path / "lead.yaml").write_text(scotland, "utf-8")
    with pytest.raises(Exception, match="the profiles are of several nations"):
        read_teams([str(tmp_path)], book)


def test_teams_of_a_table_are_each_what_they_are_alone(gapcheck: Run, book: Lawbook, tmp_path: Path) -> None:
    data = json.loads(gapcheck("team", TEN, "--as-at", TODAY, "--format", "json").stdout)
    teams = read_teams([str(TEN)], book)
    assert (
        [item["team"]["name"] for item in data["teams"]] == [team.name for team in teams] == ["Nuclear medicine", "CT"]
    )
    on_registered = 0
    for item, team in zip(data["teams"], teams, strict=True):
        cover = TeamCover(team, Standings(book.at(TODAY, team.nation)))
        for line, row in zip(item["cover"], cover.grid, strict=True):
            assert line["yes"] == [post.id for post, one in zip(team.posts, row, strict=True) if one.today == "yes"]
        single = {line["task"]: line["post"] for line in item["single_points"]}
        assert single == {team.tasks[task].entry.id: team.posts[cover.covering[task][0]].id for task in cover.single}
        held = {
            post.id
            for post in team.posts
            if any(one.register == "hcpc" and one.status == "registered" for one in post.profile.registrations)
        }
        on_registered += len([post for post in single.values() if post in held])
    assert data["summary"]["on_one_registered_person"]["services"] == on_registered > 0
    assert gapcheck("team", TEN, "-o", tmp_path / "teams.xlsx").returncode == 0
    assert "## " in gapcheck("team", TEN, "--format", "markdown").stdout


def test_an_absence_of_one_post_is_found_fast_and_slowly_alike(book: Lawbook) -> None:
    teams = Teams(
        [(team, book.at(TODAY, team.nation)) for team in [*read_teams([str(TEN)], book), read_team(EXAMPLE, book)]]
    )
    for cover in teams.covers:
        slow = [cover.without([number])._replace(alone=()) for number in range(len(cover.team.posts))]
        assert cover.absences() == slow


def test_what_is_wrong_in_a_table_is_said_with_its_line(gapcheck: Run, tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text(
        "team,post,profession,registrations,tasks,nation,days\n"
        "A,one,radiografer,hcpc,nm-spect-ct,england,mon\n"
        "A,two,nurse,nmcc,nm-spect-ct,england,moonday\n"
        "A,two,nurse,nmc,nm-spect,england,\n",
        encoding="utf-8",
    )
    result = gapcheck("team", path)
    assert result.returncode == 2
    for said in (":2: there is no profession `radiografer`", ":3: there is no register `nmcc`", ":3: `moonday` is no day of the week",
                 ":4: there is no task `nm-spect`", ":4: there are two of the post `two` in A"):  # fmt: skip
        assert f"{path}{said}" in result.stderr, result.stderr
    path.write_text("post,team\none,A\n", encoding="utf-8")
    assert "there is no column `profession`" in gapcheck("team", path).stderr
    profile = ROOT / "examples/profiles/nuclear-medicine-technologist.yaml"
    assert "this is a profile of one post, not a team" in gapcheck("team", profile).stderr
    (tmp_path / "no.xlsx").write_bytes(b"PK\x03\x04 nothing")
    assert "cannot be read as an Excel workbook" in gapcheck("team", tmp_path / "no.xlsx").stderr


def test_since_says_who_and_why(gapcheck: Run, tmp_path: Path) -> None:
    """Somebody left, a registration lapsed, a paper ran out, an entitlement was given: each is told apart."""
    last = plain()
    last["team"]["as-at"] = "2026-06-01"
    posts = {post["id"]: post for post in last["posts"]}
    posts["technologist-a"]["arrangements"].insert(0, {"id": "psd", "until": "2026-09-30"})
    now = json.loads(json.dumps(last))
    after = {post["id"]: post for post in now["posts"]}
    after["radiographer"]["holder"]["registrations"][0]["status"] = "lapsed"
    after["scientist"]["entitlements"].insert(0, "irmer-referrer")
    now["posts"] = [post for post in now["posts"] if post["id"] != "technologist-b"]
    now["team"].pop("as-at")
    for name, data in (("last", last), ("now", now)):
        (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    arguments = ("team", tmp_path / "now.yaml", "--since", tmp_path / "last.yaml", "--as-at", TODAY)
    found = json.loads(gapcheck(*arguments, "--format", "json").stdout)["since"]
    assert found["as_at"] == "2026-06-01"
    changes = {item["task"]: item for item in found["changes"]}
    why = {(task, one["post"]): one for task, item in changes.items() for one in (*item["lost"], *item["gained"])}
    assert why["nm-spect-ct", "technologist-b"]["why"] == "left"
    assert why["nm-administer-iv-contrast", "technologist-a"]["why"] == "ran-out"
    assert why["nm-administer-iv-contrast", "technologist-a"]["what"] == [
        "patient specific direction, until 2026-09-30"
    ]
    assert why["nm-administer-iv-contrast", "radiographer"]["why"] == "lapsed"
    assert "registered, now lapsed" in why["nm-refer-for-imaging", "radiographer"]["what"][0]
    assert why["nm-refer-for-imaging", "scientist"]["why"] == "changed"
    assert "now in place" in why["nm-refer-for-imaging", "scientist"]["what"][0]
    shown = gapcheck(*arguments).stdout
    assert "Since 1 June 2026: Technologist on no register: left:" in shown


def test_since_tells_a_change_of_the_law(gapcheck: Run, tmp_path: Path) -> None:
    """Nothing of the team has changed; a statutory register of physician associates opened in between."""
    team = {
        "gapcheck": 1,
        "team": {"name": "A", "nation": "england", "as-at": "2024-12-01"},
        "posts": [
            {
                "id": "pa",
                "holder": {"profession": "physician-associate", "registrations": [{"register": "gmc"}]},
                "entitlements": ["irmer-referrer"],
            }
        ],
        "tasks": ["nm-refer-for-imaging"],
    }
    path = tmp_path / "team.yaml"
    path.write_text(yaml.safe_dump(team), encoding="utf-8")
    found = json.loads(gapcheck("team", path, "--since", path, "--as-at", TODAY, "--format", "json").stdout)["since"]
    assert [(item["gained"][0]["post"], item["gained"][0]["why"]) for item in found["changes"]] == [("pa", "law")]
