"""A page as somebody uses it: every page that is come by is looked at for what must hold on all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH

AXE = Path(AXE_FILE_PATH).read_text(encoding="utf-8")
OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
}
FOCUSED = "document.activeElement && document.activeElement.matches({0!r})"


class Walk:
    """A browser at a width, with or without scripts. `ways`: mouse, or keys alone."""

    def __init__(self, chromium: Any, address: str, scripts: bool, width: int, scheme: str = "light") -> None:
        self.address = address
        self.width = width
        self.context = chromium.new_context(
            java_script_enabled=scripts,
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            accept_downloads=True,
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.eyes = (
            None if scripts else chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        )
        self.complaints: list[str] = []
        self.outside: list[str] = []
        self.page.on(
            "console",
            lambda message: (
                self.complaints.append(message.text)
                if message.type in ("error", "warning") and "status of 400" not in message.text
                else None
            ),
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "request",
            lambda request: (
                self.outside.append(request.url) if not request.url.startswith((address, "data:", "blob:")) else None
            ),
        )

    def close(self) -> None:
        """The end: nothing complained, nothing asked another machine."""
        self.context.close()
        if self.eyes:
            self.eyes.close()
        assert self.complaints == []
        assert self.outside == []

    def go(self, path: str) -> None:
        self.page.goto(self.address.rstrip("/") + path)

    def arrived(self, words: str) -> None:
        """The page with these words in its heading, or in its main part, is there, and in order."""
        self.page.get_by_text(words).first.wait_for()
        self.in_order()

    def in_order(self) -> None:
        """No violation by axe-core, no sideways scrolling, one main heading, a title."""
        self.page.wait_for_load_state()
        page = self._seen()
        page.evaluate(AXE)
        result = page.evaluate("options => axe.run(document, options)", OPTIONS)
        found = [(item["id"], item["nodes"][0]["html"][:300]) for item in result["violations"]]
        assert not found, found
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.width
        assert self.page.locator("h1").count() == 1
        assert self.page.title().endswith("gapcheck")

    def _seen(self) -> Any:
        """The page as it stands, where axe-core can run: without scripts, its text laid out anew where only axe-core does."""
        if self.eyes is None:
            return self.page
        text = self.page.content()
        for page in self.eyes.pages:
            page.close()
        page = self.eyes.new_page()
        page.route("**/better.js", lambda route: route.abort())
        page.route(
            self.address + "seen", lambda route: route.fulfill(body=text, content_type="text/html; charset=utf-8")
        )
        page.goto(self.address + "seen")
        return page

    def tab_to(self, selector: str, most: int = 400) -> None:
        """Reach an element by the Tab key; whatever has the focus on the way shows it."""
        for _ in range(most):
            if self.page.evaluate(FOCUSED.format(selector)):
                style = self.page.evaluate(
                    "(e => [getComputedStyle(e).outlineStyle, getComputedStyle(e.nextElementSibling || e).outlineStyle])(document.activeElement)"
                )
                assert "solid" in style, selector
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the Tab key does not reach {selector}")

    def choose(self, selector: str, text: str) -> None:
        """Choose an entry of a list by typing its beginning."""
        self.tab_to(selector)
        self.page.keyboard.type(text, delay=5)
        chosen = self.page.evaluate("document.activeElement.selectedOptions[0].textContent")
        assert chosen.startswith(text), chosen

    def press(self, selector: str, key: str = "Enter") -> None:
        self.tab_to(selector)
        self.page.keyboard.press(key)
        self.page.wait_for_load_state()

    def download(self, selector: str) -> bytes:
        """What clicking on it saves."""
        with self.page.expect_download() as saved:
            self.page.locator(selector).first.click()
        return Path(saved.value.path()).read_bytes()
