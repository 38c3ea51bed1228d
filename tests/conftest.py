"""What the tests share: the packaged lawbook, the law of today in England, and the real command line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gapcheck import Lawbook
from gapcheck.law.dated import Law

ROOT = Path(__file__).resolve().parent.parent
TODAY = "2026-11-22"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def book() -> Lawbook:
    return Lawbook.load(ROOT / "rules")


@pytest.fixture(scope="session")
def law(book: Lawbook) -> Law:
    return book.at(TODAY, "england")


@pytest.fixture(scope="session")
def gapcheck(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the real command in a process of its own: gapcheck(*arguments, stdin=...)."""
    cache = tmp_path_factory.mktemp("cache")

    def run(
        *arguments: str | Path, stdin: str | None = None, cwd: Path | None = None, **env: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "gapcheck", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            cwd=cwd or ROOT,
            check=False,
            env={**os.environ, "GAPCHECK_CACHE": str(cache), "PYTHONUTF8": "1", **env},
        )

    return run
