"""What the shortest answer may not leave out."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT, Run

PROFILE = ROOT / "examples/profiles/nuclear-medicine-technologist.yaml"


@pytest.mark.parametrize("face", ["table", "markdown", "html"])
def test_a_reform_is_never_taken_for_law(gapcheck: Run, face: str) -> None:
    plain = gapcheck("check", PROFILE, "--format", face, "--no-cross-check").stdout
    reformed = gapcheck(
        "check", PROFILE, "--format", face, "--no-cross-check", "--reform", "register-clinical-technologists"
    ).stdout
    assert "With the reform:" in reformed and "(not law)" in " ".join(reformed.replace("\\", "").split())
    assert "With the reform:" not in plain
