"""The documentation as it is written: the commands that it names exist, its pictures are of today, and no command is left unrun."""

from __future__ import annotations

import html
import re
import sys
from importlib import import_module

import click
import pytest

from gapcheck.cli import COMMANDS
from tests.conftest import ROOT

DOCS = ROOT / "docs"
sys.path.insert(0, str(DOCS))

import pictures  # noqa: E402
import runs  # noqa: E402

PAGES = {str(page.relative_to(DOCS)): page.read_text(encoding="utf-8") for page in runs.pages()}
TEXTS = {**PAGES, **{name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md")}}


@pytest.mark.parametrize("name", PAGES)
def test_no_command_of_a_page_is_left_unrun(name: str) -> None:
    assert runs.unmarked(PAGES[name]) == []


def test_an_unmarked_command_and_a_wrong_output_are_noticed() -> None:
    assert runs.unmarked("```\ngapcheck lint\n```\n") == ["gapcheck lint"]
    page = "<!-- run -->\n```console\n$ gapcheck --version\nsomething else\n```"
    assert runs.checked(page) != page
    with pytest.raises(AssertionError, match="ended with 2, not 0"):
        runs.checked("<!-- quiet -->\n```\ngapcheck explain no-such-thing\n```")


@pytest.mark.parametrize("name", TEXTS)
def test_commands_named_in_the_text_exist(name: str) -> None:
    """Every command and option between backticks or in a block is one of the program."""
    inline = re.findall(r"`(gapcheck [a-z][^`\n]*)`", TEXTS[name])
    fenced = [line for _, _, body in runs.FENCE.findall(TEXTS[name]) for line in body.splitlines()]
    shown = [line.removeprefix("$ ") for line in fenced if re.match(r"\$ gapcheck [a-z]|gapcheck [a-z]+ [^a-z]", line)]
    for line in [*inline, *shown]:
        word, *rest = line.partition(" #")[0].split()[1:]
        assert word in COMMANDS, line
        command: click.Command = import_module(f"gapcheck.commands.{word}").command
        known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        assert {part.partition("=")[0] for part in rest if re.match(r"--?[a-z]", part)} <= known | {"--help"}, line


def test_the_picture_is_what_a_terminal_shows() -> None:
    """`python docs/pictures.py check` makes it anew. The README shows it below the two commands, which come first."""
    picture = (DOCS / "images/check.svg").read_text(encoding="utf-8")
    assert words_of(picture) == words_of(pictures.check_svg())
    assert len(picture) < 200_000
    assert not re.search(r"url\((?!#)|@import|href=|<script", picture)  # it shows without fetching anything
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.index("python3 -m venv") < readme.rindex("python3 -m venv") < readme.index("docs/images/check.svg")


def words_of(picture: str) -> list[str]:
    """Its words, but for the digest, which changes with every change of the lawbook."""
    texts = [html.unescape(text) for text in re.findall(r"<text[^>]*>(.*?)</text>", picture, re.S)]
    return [re.sub(r"digest\s[0-9a-f]{16}", "digest", text) for text in texts]
