"""The PDF before a checker of accessibility written by others: PDF/UA-1 by the Matterhorn protocol, and WCAG 2.2."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gapcheck.findings.checked import findings
from tests.conftest import TODAY
from tests.document.made import example, made, written

REPORTS: dict[str, Any] = {
    "one profile": lambda: made("pdf", "nuclear-medicine-technologist"),
    "several profiles": lambda: made("pdf"),
    "unknown and clear": lambda: findings("pdf", [example("nuclear-medicine-radiographer")], TODAY),
}


@pytest.mark.parametrize("name", REPORTS)
def test_no_error_by_pdf_ua(name: str, tmp_path: Path) -> None:
    path, told = written(tmp_path / "report.pdf", REPORTS[name]()), tmp_path / "told.json"
    script = Path(sys.executable).parent / "outloud"
    result = subprocess.run(
        [script, path, "--json", told, "--fail-on", "error"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout
    assert "checkpoints" in result.stdout and json.loads(told.read_text(encoding="utf-8"))
