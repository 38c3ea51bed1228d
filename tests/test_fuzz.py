"""Damaged and hostile input of every kind, a little of it each time: no fault of ours, and no report that was changed is identical.

benchmarks/fuzz.py does the same for as long as it is told. A failure names the number that makes its input again.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz import SURFACES, once

INPUTS = {
    "profiles": 6,
    "overlays": 2,
    "claims": 3,
    "waivers": 4,
    "tables": 3,
    "documents": 2,
    "teams": 3,
    "figures": 5,
    "questions": 3,
    "packs": 3,
    "receipts": 4,
    "messages": 5,
    "page": 10,
}


@pytest.mark.parametrize("surface", SURFACES)
def test_nothing_breaks(surface: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    monkeypatch.setenv("GAPCHECK_CACHE", str(cache))

    @settings(
        max_examples=INPUTS[surface],
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 10**9))
    def tried(number: int) -> None:
        found = once(surface, number, tmp_path / "input")
        assert not found.fault, f"python benchmarks/fuzz.py {surface} --only {number}: {found}"

    tried()
