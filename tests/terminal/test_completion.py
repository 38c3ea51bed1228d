"""What Tab offers in a real bash at a pseudo-terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from tests.conftest import ROOT

BIN = Path(sys.executable).parent
DONE = "PS-1-END "


@pytest.fixture(scope="module")
def bash(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pexpect.spawn[str]]:
    """An interactive bash in which completion has been switched on as the README says."""
    env = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "TERM": "dumb", "PS1": DONE,
           "GAPCHECK_CACHE": str(tmp_path_factory.mktemp("cache")), "INPUTRC": os.devnull}  # fmt: skip
    child = pexpect.spawn(
        "bash", ["--norc", "--noprofile"], env=env, encoding="utf-8", timeout=30, cwd=str(ROOT), echo=False
    )
    child.setwinsize(200, 200)
    for line in (
        "bind 'set page-completions off'; bind 'set completion-query-items 5000'; bind 'set show-all-if-ambiguous on'",
        'eval "$(_GAPCHECK_COMPLETE=bash_source gapcheck)"; echo RE""ADY',
    ):
        child.sendline(line)
    child.expect("READY")
    child.expect(DONE)
    yield child
    child.close(force=True)


def tab(bash: pexpect.spawn[str], typed: str) -> str:
    """The line after Tab has been pressed, and whatever has been listed on the way."""
    bash.send(f"{typed}\t")
    bash.send('\x01echo "=B""EGIN=\x05=E""ND="\r')  # the line itself becomes a text that is printed
    bash.expect("=BEGIN=(.*?)=END=")
    shown: str = bash.before + bash.match.group(1)  # type: ignore[operator,union-attr]
    bash.expect(DONE)
    return shown


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("gapcheck expl", "gapcheck explain "),
        ("gapcheck --vers", "gapcheck --version "),
        ("gapcheck can irmer-ref", "gapcheck can irmer-refer "),
        ("gapcheck can irmer-refer --profession clinical-t", "--profession clinical-technologist "),
        ("gapcheck can irmer-refer --profession=clinical-t", "--profession=clinical-technologist "),
        ("gapcheck can irmer-refer --registered hcpc:laps", "--registered hcpc:lapsed "),
        ("gapcheck can irmer-refer --registered hcpc:registered:clinical-sc", "hcpc:registered:clinical-scientist "),
        ("gapcheck can irmer-refer --medicine iod", "--medicine iodinated-contrast "),
        ("gapcheck can irmer-refer --fact emergency=t", "--fact emergency=true "),
        ("gapcheck can irmer-refer --arrangement irmer-p", "--arrangement irmer-protocols "),
        ("gapcheck can irmer-refer --nation north", "--nation northern-ireland "),
        ("gapcheck check --reform register-s", "--reform register-sonographers "),
        ("gapcheck check --interpretation reg-240-contrast=w", "reg-240-contrast=wide "),
        ("gapcheck matrix --task nm-administer-iv", "--task nm-administer-iv-contrast "),
        ("gapcheck matrix --scope nuc", "--scope nuclear-medicine "),
        ("gapcheck explain hmr-2012/reg-24", "hmr-2012/reg-240 "),
        ("gapcheck explain --list prof", "--list professions "),
        ("gapcheck check READ", "gapcheck check README.md "),
        ("gapcheck can irmer-refer --rules /nowhere --profession cl", "--profession cl"),  # no lawbook there, no error
    ],
)  # fmt: skip
def test_bash_completes(bash: pexpect.spawn[str], typed: str, line: str) -> None:
    assert line in tab(bash, typed)


def test_bash_lists_what_fits(bash: pexpect.spawn[str]) -> None:
    shown = tab(bash, "gapcheck can irmer-refer --registered hcpc:")
    assert all(
        status in shown for status in ("registered", "eligible", "working-towards", "lapsed", "removed", "suspended")
    )
    assert "emergency=true" in tab(bash, "gapcheck can irmer-refer --fact e")
