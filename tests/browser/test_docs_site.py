"""The documentation in a real browser, opened from a folder: it searches, fits a phone, asks nothing of other machines."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.conftest import ROOT

PAGES = ("index", "start/practitioner", "start/professional-body", "how/decides", "law/index", "law/tasks/index",
         "law/acts/irmer-refer", "law/rules/pgd-administration", "contracts/schemas/profile", "contracts/commands")  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "site"
    subprocess.run([sys.executable, ROOT / "docs/build.py", folder], check=True, capture_output=True)
    return folder


def test_search_works_from_a_folder_and_nothing_is_asked_of_other_machines(chromium: Any, site: Path) -> None:
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / "index.html").as_uri())
    page.get_by_role("button", name="Search").first.click()
    page.get_by_role("combobox", name="Search").fill("iodinated contrast")
    page.get_by_role("option", name="Administer intravenous iodinated contrast").first.wait_for(timeout=20_000)
    page.get_by_role("combobox", name="Search").press("Enter")
    page.wait_for_url("**/law/**")
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:"))] == []
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_phone_and_is_accessible(chromium: Any, site: Path, name: str) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.goto((site / f"{name}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    # Of the page itself: the frame around it is the theme's.
    violations = Axe().run(page, context={"include": ["article"]}).response["violations"]
    assert [(item["id"], [node["html"][:120] for node in item["nodes"][:3]]) for item in violations] == []
    page.close()
