"""The annex, the matrix and the checked statements in a real browser and before a checker of PDF accessibility."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_pdf import errors
from tests.browser.test_report import AXE, OPTIONS
from tests.conftest import ROOT, TODAY, Run

COMMANDS: dict[str, list[str | Path]] = {
    "annex": [
        "submission",
        ROOT / "examples/profiles",
        *("--profession", "sonographer", "--reform", "register-sonographers", "--reform", "pgd-for-sonographers"),
    ],
    "matrix": ["matrix", "--reform", "register-clinical-technologists"],
    "matrix of tasks": ["matrix", "--scope", "dxa", "--profession", "clinical-technologist"],
    "claims": ["claims", ROOT / "examples/statements.yaml"],
}


def made(gapcheck: Run, name: str, path: Path) -> Path:
    result = gapcheck(*COMMANDS[name], "--as-at", TODAY, "-o", path)
    assert result.returncode == 0, result.stderr
    return path


@pytest.mark.parametrize("name", COMMANDS)
def test_axe_core_finds_no_violation_and_the_page_fits(name: str, chromium: Any, gapcheck: Run, tmp_path: Path) -> None:
    path = made(gapcheck, name, tmp_path / "x.html")
    page = chromium.new_page(bypass_csp=True, viewport={"width": 320, "height": 800})
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.evaluate(AXE)
    result = page.evaluate("options => axe.run(document, options)", OPTIONS)
    page.close()
    assert [(item["id"], item["nodes"][0]["html"][:200]) for item in result["violations"]] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_no_error_by_pdf_ua(name: str, gapcheck: Run, tmp_path: Path) -> None:
    path = made(gapcheck, name, tmp_path / "x.pdf")
    assert errors(path) == []
