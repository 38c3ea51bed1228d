"""The hooks for pre-commit and the step for continuous integration name commands, extras and formats that there are."""

from __future__ import annotations

import re
import tomllib
from xml.etree import ElementTree

import yaml

from gapcheck.cli import COMMANDS
from gapcheck.document.render import format_of, names
from tests.conftest import ROOT, Run

EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
PROFILE = "examples/profiles/sonographer.yaml"


def test_each_hook_runs_a_command_on_files_that_it_reads() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    for hook in hooks:
        program, command = hook["entry"].split()
        assert program == "gapcheck" and command in COMMANDS
        for needed in hook.get("additional_dependencies", ()):
            assert re.fullmatch(r"\.\[(.*)\]", needed)[1] in EXTRAS  # type: ignore[index]
    files = {hook["id"]: re.compile(hook["files"]) for hook in hooks}
    assert files["gapcheck-check"].search(PROFILE) and not files["gapcheck-check"].search("rules/acts.yaml")
    assert files["gapcheck-jd"].search("adverts/post.docx") and files["gapcheck-lint"].search("my-trust/overlay.yaml")


def test_the_step_writes_a_report_that_code_review_reads() -> None:
    step = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    inputs, used = step["inputs"], str(step["runs"])
    assert all(f"inputs.{name} " in used for name in inputs)
    assert format_of(None, inputs["report"]["default"], names()) == "sarif" and inputs["extras"]["default"] in EXTRAS


def test_junit_says_of_a_profile_what_fails(gapcheck: Run) -> None:
    done = gapcheck("check", PROFILE, "--format", "junit")
    suite = ElementTree.fromstring(done.stdout).find("testsuite")  # noqa: S314 - our own
    assert done.returncode == 0 and suite is not None
    cases = suite.findall("testcase")
    assert (
        int(suite.get("tests", "")) == len(cases)
        and int(suite.get("failures", "")) == len(suite.findall("*/failure")) > 0
    )
    assert all((case.get("file") or "").endswith("sonographer.yaml") for case in cases)
