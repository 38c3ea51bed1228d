"""What Tab offers, by the protocol that click speaks with zsh and fish (a real bash: tests/terminal)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent


@pytest.mark.parametrize(("shell", "help"), [("zsh", "Clinical technologist"), ("fish", "Clinical technologist")])
def test_zsh_and_fish_get_the_ids_with_their_titles(shell: str, help: str) -> None:
    commands = subprocess.run([BIN / "gapcheck"], text=True, capture_output=True, check=True, timeout=30,
                              env={**os.environ, "COMP_WORDS": "gapcheck ex", "COMP_CWORD": "1" if shell == "zsh" else "ex",
                                   "_GAPCHECK_COMPLETE": f"{shell}_complete"}).stdout  # fmt: skip
    assert "Explain any id of the lawbook." in commands
    words = "gapcheck can irmer-refer --profession clinical-t"
    env = {**os.environ, "COMP_WORDS": words, "COMP_CWORD": "4" if shell == "zsh" else "clinical-t"}
    told = {
        step: subprocess.run([BIN / "gapcheck"], env={**env, "_GAPCHECK_COMPLETE": f"{shell}_{step}"}, text=True,
                             capture_output=True, check=True, timeout=30).stdout
        for step in ("source", "complete")
    }  # fmt: skip
    assert "gapcheck" in told["source"]
    assert "clinical-technologist" in told["complete"]
    assert help in told["complete"]
