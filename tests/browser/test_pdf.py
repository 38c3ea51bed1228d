"""The PDF before a checker of accessibility written by others: PDF/UA-1 by the Matterhorn protocol, and WCAG 2.2."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from gapcheck.findings.checked import findings
from tests.conftest import TODAY
from tests.document.made import example, made, written
from tests.pdf import pages

REPORTS: dict[str, Any] = {
    "one profile": lambda: made("pdf", "nuclear-medicine-technologist"),
    "several profiles": lambda: made("pdf"),
    "unknown and clear": lambda: findings("pdf", [example("nuclear-medicine-radiographer")], TODAY),
}


@pytest.mark.parametrize("name", REPORTS)
def test_no_error_by_pdf_ua(name: str, tmp_path: Path) -> None:
    assert errors(written(tmp_path / "report.pdf", REPORTS[name]())) == []


def errors(path: Path) -> list[str]:
    """What the checker calls an error, but for the heads of tables that go on over a page: they stand a second time, as what
    a reader is spared, and the checker takes long ones for prose."""
    script, told = Path(sys.executable).parent / "outloud", path.with_suffix(".told.json")
    command = [script, path, "--json", told, "--fail-on", "error"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "checkpoints" in done.stdout and json.loads(told.read_text(encoding="utf-8"))
    read = Counter(word for page in pages(path) for word in page.split())
    found = re.findall(r"^ +ERROR +(\S+)(.*)\n(?: +evidence: (.*)\n)?", done.stdout, re.M)
    assert bool(found) == bool(done.returncode)
    return [
        f"{code}{what}: {words}"
        for code, what, words in found
        if code != "TAG-002" or " 1 line" not in what or any(read[word] < 2 for word in words.split())
    ]
