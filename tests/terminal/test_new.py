"""`gapcheck new` at a real pseudo-terminal. It is ready for an answer once it has asked for bracketed paste."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pexpect
import yaml

from gapcheck import Lawbook, Profile
from tests.conftest import ROOT

BOOK = Lawbook.load(ROOT / "rules")

PROMPT = r"\x1b\[\?2004h"


def terminal(folder: Path, *arguments: str, **env: str) -> pexpect.spawn[str]:
    return pexpect.spawn(
        sys.executable, ["-m", "gapcheck", "new", *arguments], cwd=str(folder), encoding="utf-8", timeout=30,
        dimensions=(50, 120), env={**os.environ, "PYTHONUTF8": "1", "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", **env},
    )  # fmt: skip


def answer(child: pexpect.spawn[str], question: str, text: str) -> None:
    child.expect(question)
    child.expect(PROMPT)
    child.send(text + "\r")


def post(child: pexpect.spawn[str]) -> None:
    answer(child, "title of the post", "Technologist")
    answer(child, "nation", "england")
    answer(child, "employer", "")
    answer(child, "pay band", "")
    answer(child, "scopes", "")
    answer(child, "profession", "clinical technologist")


def test_in_a_terminal_tasks_are_offered_while_one_types(tmp_path: Path) -> None:
    child = terminal(tmp_path)
    post(child)
    answer(child, "register", "")
    child.expect("Which tasks")
    child.expect(PROMPT)
    child.send("iodinated con")
    child.expect("Administer intravenous iodinated contrast")  # the menu
    child.send("\t")
    child.expect("nm-administer-iv-contrast")  # taken over into the line
    child.send("\r")
    child.expect(r"\+ Administer")
    child.expect(PROMPT)
    child.send("atlantis\r")  # a mistake is asked again, not fatal
    child.expect("nothing here fits `atlantis`")
    child.expect(PROMPT)
    child.send("\r")
    answer(child, "patient specific direction", "yes")
    child.expect("written: profile.yaml")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    stated = yaml.safe_load((tmp_path / "profile.yaml").read_text(encoding="utf-8"))
    assert (stated["tasks"], stated["arrangements"]) == (["nm-administer-iv-contrast"], ["psd"])


def test_ctrl_c_leaves_nothing_behind(tmp_path: Path) -> None:
    child = terminal(tmp_path)
    answer(child, "title of the post", "Technologist")
    child.expect("nation")
    child.expect(PROMPT)
    child.sendintr()
    child.expect("stopped: nothing was written")
    rest = child.read()
    child.close()
    assert child.exitstatus == 130
    assert "Traceback" not in rest
    assert list(tmp_path.iterdir()) == []


def test_a_person_may_name_another_file(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text("mine\n")
    child = terminal(tmp_path, NO_COLOR="1")
    answer(child, "Which file", "other.yaml")
    post(child)
    answer(child, "register", "")
    answer(child, "Which tasks", "nm-gamma-camera-imaging")
    child.expect(r"\+ Acquire")
    child.expect(PROMPT)
    child.send("\r")
    answer(child, "operator", "stop")
    child.expect("written: other.yaml")
    child.expect(pexpect.EOF)
    assert (tmp_path / "profile.yaml").read_text() == "mine\n"
    assert Profile.read(tmp_path / "other.yaml", BOOK).title == "Technologist"
