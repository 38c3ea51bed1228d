"""The HTML report in a real browser: accessible by axe-core, readable on a telephone, on paper and in the dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_FILE_PATH

from gapcheck.findings.checked import findings
from tests.conftest import TODAY
from tests.document.made import checked, example, made, profile_bytes
from tests.document.test_hostile import MARKUP, hostile

AXE = Path(AXE_FILE_PATH).read_text(encoding="utf-8")
OPTIONS = {"resultTypes": ["violations", "incomplete"]}
REPORTS = {
    "one profile": lambda: made("html", "nuclear-medicine-technologist"),
    "several profiles": lambda: made("html"),
    "unknown and clear": lambda: findings("html", [example("nuclear-medicine-radiographer")], TODAY),
    "hostile text": lambda: findings("html", [checked(hostile(" ".join(MARKUP) + "W" * 3000))], TODAY),
}


def opened(chromium: Any, name: str, tmp_path: Path, **how: Any) -> Any:
    path = tmp_path / "report.html"
    path.write_text(str(REPORTS[name]()), encoding="utf-8")
    page = chromium.new_page(bypass_csp=True, **how)
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", REPORTS)
def test_axe_core_finds_no_violation(name: str, scheme: str, chromium: Any, tmp_path: Path) -> None:
    page = opened(chromium, name, tmp_path, color_scheme=scheme)
    page.evaluate(AXE)
    result = page.evaluate("options => axe.run(document, options)", OPTIONS)
    page.close()
    assert [(item["id"], item["nodes"][0]["html"][:200]) for item in result["violations"]] == []
    assert len(result["passes"]) > 10


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("name", REPORTS)
def test_the_page_never_scrolls_sideways(name: str, width: int, chromium: Any, tmp_path: Path) -> None:
    page = opened(chromium, name, tmp_path, viewport={"width": width, "height": 800})
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert wide <= width


def test_nothing_is_fetched_and_nothing_complains(chromium: Any, tmp_path: Path) -> None:
    """Under its own security policy: the style holds, no request leaves, the console is quiet."""
    path = tmp_path / "report.html"
    path.write_text(str(made("html")), encoding="utf-8")
    page = chromium.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    shown = page.evaluate("getComputedStyle(document.querySelector('table')).borderCollapse")
    widths = page.evaluate("[...document.querySelectorAll('table')[1].rows[0].cells].map(cell => cell.offsetWidth)")
    page.close()
    assert (said, asked, shown) == ([], [path.as_uri()], "collapse")
    assert widths[2] > 2 * widths[1]


def test_the_keyboard_reaches_the_content(chromium: Any, tmp_path: Path) -> None:
    page = opened(chromium, "one profile", tmp_path)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()


def test_on_paper_tables_stay_within_the_page(chromium: Any, tmp_path: Path) -> None:
    page = opened(chromium, "hostile text", tmp_path, viewport={"width": 670, "height": 900})
    page.emulate_media(media="print")
    over = page.evaluate(
        "[...document.querySelectorAll('table')].filter(t => t.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert over == 0
    assert page.pdf(format="A4")[:4] == b"%PDF"
    page.close()


def test_a_profile_of_one_clear_task(chromium: Any, tmp_path: Path) -> None:
    holder = {"profession": "diagnostic-radiographer", "registrations": [{"register": "hcpc"}]}
    raw = findings("html", [checked(profile_bytes(holder=holder, tasks=["nm-spect-ct"]))], TODAY)
    path = tmp_path / "clear.html"
    path.write_text(str(raw), encoding="utf-8")
    page = chromium.new_page(bypass_csp=True)
    page.goto(path.as_uri())
    page.evaluate(AXE)
    assert page.evaluate("axe.run().then(result => result.violations.map(item => item.id))") == []
    page.close()
