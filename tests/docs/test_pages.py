"""Every command in the documentation runs and prints what the page shows."""

from __future__ import annotations

import sys

import pytest

from tests.conftest import ROOT

sys.path.insert(0, str(ROOT / "docs"))

import runs

PAGES = {str(page.relative_to(runs.HERE)): page.read_text(encoding="utf-8") for page in runs.pages()}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_what_the_commands_print(name: str) -> None:
    """`python docs/runs.py` puts the present output into the pages."""
    assert runs.checked(PAGES[name]) == PAGES[name]
