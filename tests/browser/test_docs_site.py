"""The documentation as a site: no link leads nowhere; in a real browser, opened from a folder, it searches and fits a phone."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe

from gapcheck import Lawbook
from gapcheck.cli import COMMANDS
from tests.conftest import ROOT

PAGES = ("index", "start/practitioner", "start/professional-body", "how/decides", "law/index", "law/tasks/index",
         "law/acts/irmer-refer", "law/rules/pgd-administration", "contracts/schemas/profile", "contracts/commands")  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as the README says; a link that leads nowhere stops it."""
    folder = tmp_path_factory.mktemp("docs") / "site"
    result = subprocess.run(
        [sys.executable, ROOT / "docs/build.py", folder], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return folder


@pytest.fixture(scope="module")
def built(site: Path) -> dict[Path, str]:
    return {page: page.read_text(encoding="utf-8") for page in site.rglob("*.html")}


def links(text: str) -> list[str]:
    return [html.unescape(link) for link in re.findall(r'<a\b[^>]*?\bhref="([^"]*)"', text)]


def test_no_internal_link_is_broken(site: Path, built: dict[Path, str]) -> None:
    anchors = {page: set(re.findall(r'\bid="([^"]+)"', text)) for page, text in built.items()}
    broken = set()
    for page, text in built.items():
        for link in set(links(text)):
            path, _, anchor = unquote(link).partition("#")
            if re.match(r"[a-z]+:", path) or page.name == "404.html":
                continue
            target = (page.parent / path).resolve() if path else page
            if not target.exists() or (anchor and not anchor.startswith("__") and anchor not in anchors[target]):
                broken.add((str(page.relative_to(site)), link))
    assert broken == set()


def test_nothing_is_fetched_from_elsewhere(built: dict[Path, str]) -> None:
    """No script, style, font or picture of another machine: the site works from a memory stick."""
    for page, text in built.items():
        fetched = re.findall(
            r'<(?:script|img|iframe|source)\b[^>]*?\bsrc="([^"]*)"|<link\b[^>]*?\bhref="([^"]*)"', text
        )
        assert [one for pair in fetched for one in pair if re.match(r"(https?:)?//", one)] == [], page


def test_everything_in_the_lawbook_has_a_page_and_is_found(site: Path) -> None:
    book = Lawbook.load(ROOT / "rules")
    kinds = ("acts", "routes", "rules", "tasks", "professions", "registers", "medicines", "instruments", "provisions",
             "interpretations", "reforms", "claims", "classes", "arrangements", "facts", "codes")  # fmt: skip
    assert [one for kind in kinds for one in book.data[kind] if not (site / f"law/{kind}/{one}.html").is_file()] == []
    properties = (site / "maintain/properties.html").read_text(encoding="utf-8")
    assert all(identity in properties for identity in book.data["properties"])
    found = json.loads((site / "search.json").read_text(encoding="utf-8"))
    assert any("nm-administer-iv-contrast" in json.dumps(item) for item in found["items"])


def test_each_reader_is_there_within_two_clicks(site: Path, built: dict[Path, str]) -> None:
    near = {site / "index.html"}
    for _ in range(2):
        near |= {
            (page.parent / link.partition("#")[0]).resolve() for page in near for link in links(built.get(page, ""))
        }
    wanted = ("how/decides", "how/examples", "law/acts/index", "law/instruments/index", "start/practitioner", "start/employer",
              "start/page", "how/limits", "contracts/report", "contracts/library", "contracts/schemas/profile",
              "contracts/exit-codes", "maintain/change-the-law", "maintain/properties", "law/codes/index")  # fmt: skip
    assert [name for name in wanted if (site / f"{name}.html").resolve() not in near] == []


def test_every_schema_and_command_is_described(site: Path, built: dict[Path, str]) -> None:
    for path in (ROOT / "schemas").glob("*.schema.json"):
        assert site / "contracts/schemas" / f"{path.name.removesuffix('.schema.json')}.html" in built
    text = built[site / "contracts/commands.html"]
    assert [name for name in COMMANDS if f'id="gapcheck-{name}"' not in text] == []


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
