"""`gapcheck new` through a pipe and through a real terminal: what it asks, what it writes, and what it never does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from gapcheck import Lawbook, Profile
from gapcheck.engine.findings import check
from gapcheck.interview.ask import Asker
from gapcheck.interview.interview import interview
from gapcheck.interview.search import Choice, exactly, find, heard
from gapcheck.interview.settle import settle
from gapcheck.interview.text import profile_text
from gapcheck.profile.read import profile_of
from gapcheck.reading import read_document
from tests.conftest import ROOT, TODAY, Run

BOOK = Lawbook.load(ROOT / "rules")
POST = ["Nuclear medicine technologist", "england", "nhs", "6", "nuclear medicine", ""]
HOLDER = ["clinical technologist", "rct", "", ""]
TASKS = ["nm-administer-iv-contrast", "gamma camera imaging", ""]


def lines(*parts: list[str]) -> str:
    return "".join(f"{line}\n" for part in parts for line in part)


def test_answers_from_a_pipe_make_a_profile_that_check_reads(gapcheck: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    result = gapcheck("new", "-o", file, "--as-at", TODAY, stdin=lines(POST, HOLDER, TASKS, ["yes", "no", "", "yes"]))
    assert (result.returncode, result.stdout) == (0, "")
    text = file.read_text(encoding="utf-8")
    stated = yaml.safe_load(text)
    assert stated["post"] == {"title": POST[0], "nation": "england", "employer": "nhs", "band": "6", "scopes": ["nuclear-medicine"]}  # fmt: skip
    assert stated["holder"]["registrations"] == [{"register": "rct", "status": "registered"}]
    assert stated["tasks"] == ["nm-administer-iv-contrast", "nm-gamma-camera-imaging"]
    assert "nm-administer-iv-contrast  # Administer intravenous iodinated contrast during hybrid imaging" in text
    checked = gapcheck("check", file, "--as-at", TODAY)
    assert checked.returncode == 0
    summary = next(line for line in checked.stdout.splitlines() if line.startswith("Today: "))
    assert summary.removesuffix(".") in result.stderr  # it says what check says,
    assert f"gapcheck check {file}" in result.stderr  # and how to see the rest


def test_only_what_matters_for_the_tasks_is_asked(gapcheck: Run, tmp_path: Path) -> None:
    """A scan by ultrasound turns on no arrangement; an injection of contrast does, and on no IR(ME)R entitlement."""
    scan = lines(["Sonographer", "wales", "", "", ""], ["sonographer", ""], ["son-obstetric-scan", ""])
    assert "turn on" not in gapcheck("new", "-o", "-", stdin=scan).stderr
    contrast = lines(["Sonographer", "wales", "", "", ""], ["sonographer", ""], ["son-contrast-ultrasound", ""])
    asked = gapcheck("new", "-o", "-", "--as-at", TODAY, stdin=contrast).stderr
    assert BOOK.data["arrangements"]["psd"]["question"] in asked
    assert BOOK.data["arrangements"]["irmer-operator"]["question"] not in asked


def test_what_is_denied_is_written_and_what_is_not_known_is_not(gapcheck: Run) -> None:
    def written(*answers: str) -> dict[str, object]:
        result = gapcheck("new", "-o", "-", "--as-at", TODAY, stdin=lines(POST, HOLDER, TASKS[:1], [""], list(answers)))
        data: dict[str, object] = yaml.safe_load(result.stdout)
        return data

    assert written("yes")["arrangements"] == ["psd"]
    assert written("no")["arrangements"] == "none"
    assert "arrangements" not in written("")
    assert "arrangements" not in written("stop")


def test_a_registration_held_as_another_profession_and_annotations(gapcheck: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    answers = lines(
        ["Sonographer", "england", "", "", "", "sonographer"],
        ["hcpc", "", "physiotherapist", "rct", "lapsed", ""],
        ["ap-prescribe", ""],
        ["yes", "supplementary prescriber", "", "stop"],
    )
    assert gapcheck("new", "-o", file, "--as-at", TODAY, stdin=answers).returncode == 0
    profile = Profile.read(file, BOOK)
    assert [tuple(item) for item in profile.registrations] == [
        ("hcpc", "registered", "physiotherapist"),
        ("rct", "lapsed", ""),
    ]
    assert [item.id for item in profile.annotations.items] == ["supplementary-prescriber"]
    assert profile.annotations.none  # and no other
    assert yaml.safe_load(file.read_text())["holder"]["annotations"] == ["supplementary-prescriber", "none"]


def test_search_shows_the_tasks_and_a_number_picks(gapcheck: Run) -> None:
    result = gapcheck("new", "-o", "-", stdin=lines(POST, HOLDER, ["contrast", "3, 1", ""], ["stop"]))
    shown = re.findall(r"^ +\d+  .*\[((?:nm|son)-[a-z-]+)\]$", result.stderr, re.M)
    assert {"nm-administer-iv-contrast", "nm-power-injector", "son-contrast-ultrasound"} <= set(shown)
    assert yaml.safe_load(result.stdout)["tasks"] == [shown[2], shown[0]]


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (["X", "atlantis"], "standard input:2: nothing here fits `atlantis`"),
        (["X", "england", "", "", "", "radiographr"], "standard input:6: nothing here fits `radiographr`"),
        (["X", "england"], "standard input:2: the answers end before the profile is whole"),
        ([], "the answers end before the profile is whole"),
        (["\x07", "england"], "an answer is needed here"),
        (["X" * 1001], "at most 1000 characters"),
    ],
)
def test_a_wrong_answer_from_a_pipe_is_named_with_its_line(
    gapcheck: Run, tmp_path: Path, answers: list[str], says: str
) -> None:
    result = gapcheck("new", stdin=lines(answers), cwd=tmp_path)
    assert result.returncode == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_answer_that_is_no_text_is_said_in_words(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "gapcheck", "new"], input=b"\xff\xfe\n", capture_output=True, cwd=tmp_path, check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8:strict"},
    )  # fmt: skip
    assert (result.returncode, list(tmp_path.iterdir())) == (2, [])
    assert b"this is not text in UTF-8" in result.stderr


def test_no_file_is_written_over_unasked(gapcheck: Run, tmp_path: Path) -> None:
    file = tmp_path / "profile.yaml"
    file.write_text("mine\n")
    answers = lines(POST, HOLDER, TASKS, ["stop"])
    result = gapcheck("new", stdin=answers, cwd=tmp_path)
    assert (result.returncode, file.read_text()) == (2, "mine\n")
    assert "--force" in result.stderr
    assert "title of the post" not in result.stderr  # it says so before it asks anything
    assert gapcheck("new", "--force", stdin=answers, cwd=tmp_path).returncode == 0
    assert file.read_text().startswith("# A role profile")
    assert gapcheck("new", "-o", tmp_path / "none" / "p.yaml", stdin=answers).returncode == 2
    assert gapcheck("new", "-o", tmp_path, stdin=answers).returncode == 2


def test_what_strangers_type_stays_text(gapcheck: Run) -> None:
    title = "Lead: \"A\" #1 {x} & <b>\x1b[31m 'q' \u202eabc"
    result = gapcheck("new", "-o", "-", stdin=lines([title, *POST[1:]], HOLDER, TASKS, ["stop"]))
    assert yaml.safe_load(result.stdout)["post"]["title"] == "Lead: \"A\" #1 {x} & <b> [31m 'q'  abc"
    assert "\x1b" not in result.stdout + result.stderr


NAMES = st.sampled_from(sorted(BOOK.data["tasks"]))
ANSWERS = st.lists(st.sampled_from(["yes", "no", "", "1", "2"]), min_size=40, max_size=40)


@settings(max_examples=60, deadline=None)
@given(
    tasks=st.lists(NAMES, min_size=1, max_size=4, unique=True),
    profession=st.sampled_from(sorted(BOOK.data["professions"])),
    register=st.sampled_from(sorted(BOOK.data["registers"])),
    answers=ANSWERS,
)
def test_whatever_is_answered_the_file_says_it(
    tasks: list[str], profession: str, register: str, answers: list[str]
) -> None:
    """The file reads back as the profile that was asked for; a person who answers everything is asked nothing twice."""
    script = iter([*POST, profession, register, "", *([""] * 2)])
    said: list[str] = []

    class Recorder(Asker):
        def say(self, text: str = "") -> None:
            said.append(text)

    def read(choices: object) -> str | None:
        question = next(text for text in reversed(said) if text.startswith("\n"))
        if "As which profession" in question or "another register" in question:
            return ""
        if "Which tasks" in question:
            return next(names, "")
        return next(script, None) if "turn on" not in "".join(said) else next(more, None)

    names, more = iter(tasks), iter(answers)
    asker = Recorder(read, patient=True)
    profile = settle(asker, interview(asker, BOOK, TODAY), BOOK.at(TODAY, "england"))
    law = BOOK.at(TODAY, profile.nation)
    text = profile_text(check(profile, law), "p.yaml")
    again = profile_of(read_document(text.encode(), "p.yaml"), BOOK)
    assert again._replace(source="") == profile
    asked = [line for line in said if line.endswith("[yes, no]")]
    assert len(asked) == len(set(asked))


def test_search_finds_by_the_words_people_use() -> None:
    choices = [
        Choice("a-scan", "Scan the heart", ("echo", "echocardiogram")),
        Choice("b", "Give contrast", ("CT injection",)),
    ]
    assert exactly(choices, "A scan") == choices[:1]
    assert find(choices, "ct inj") == choices[1:]
    assert find(choices, "cardiogram") == choices[:1]  # within a word, where nothing begins so
    assert find(choices, "zebra") == find(choices, " ") == []
    assert heard(choices[0], "ech") == "echo"
    assert heard(choices[0], "heart") == "a-scan"
