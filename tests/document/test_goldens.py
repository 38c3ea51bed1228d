"""What each format shows of a report with findings, with none, of one that cannot be told, and of one with a waiver."""

from __future__ import annotations

import pytest

from gapcheck.document.render import FORMATS
from tests.document.goldens import FOLDER, cases, made

CASES = cases()


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("case", CASES)
def test_a_format_shows_what_it_showed(case: str, format: str) -> None:
    """Where it is meant to show something else: python -m tests.document.goldens, and read what changed."""
    assert made(CASES[case], format) == (FOLDER / f"{case}.{format}.txt").read_text(encoding="utf-8")


def test_the_states_are_told_apart() -> None:
    """A golden that would be the same whatever the report found would show nothing."""
    for format in FORMATS:
        assert len({made(case, format) for case in CASES.values()}) == len(CASES), format
