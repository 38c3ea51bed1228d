"""What the README shows is what the commands print. `python -m tests.test_readme` puts the present output into it."""

from __future__ import annotations

import sys

from tests.conftest import ROOT

sys.path.insert(0, str(ROOT / "docs"))

import runs

README = ROOT / "README.md"
MOST = 150  # lines: the rest stands in docs/
PARTS = ("Open the page", "Ask one question", "Check a role", "Check a job description", "Look at a team", "Hand it over",
         "How sure it is", "Where things are")  # fmt: skip


def test_readme_shows_what_the_commands_print() -> None:
    text = README.read_text(encoding="utf-8")
    assert runs.checked(text) == text
    assert runs.unmarked(text) == []


def test_readme_is_short_and_says_first_what_a_newcomer_needs() -> None:
    text = README.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST
    places = [text.index(f"## {part}") for part in PARTS]
    assert places == sorted(places)
    commands = [line for line in text.splitlines() if line.startswith("python3 -m venv")]
    assert len(commands) == 2 and "gapcheck check" in commands[0] and "pytest" in commands[1]


if __name__ == "__main__":
    README.write_text(runs.checked(README.read_text(encoding="utf-8")), encoding="utf-8")
