"""Tests in a real browser: where Debian's chromium and the extra `browser` are installed (CI installs both)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
collect_ignore_glob = (
    [] if CHROMIUM and all(map(find_spec, ("playwright", "axe_playwright_python", "outloud"))) else ["test_*.py"]
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A headless browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
