"""The documentation: every command in it runs and prints what it shows, no link leads nowhere, and it needs no network."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from gapcheck import Lawbook
from gapcheck.cli import COMMANDS
from tests.conftest import ROOT

DOCS = ROOT / "docs"
sys.path.insert(0, str(DOCS))

import pictures  # noqa: E402
import runs  # noqa: E402

PAGES = {str(page.relative_to(DOCS)): page.read_text(encoding="utf-8") for page in runs.pages()}
TEXTS = {**PAGES, **{name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md")}}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_what_the_commands_print(name: str) -> None:
    """`python docs/runs.py` puts the present output into the pages."""
    assert runs.checked(PAGES[name]) == PAGES[name]


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


# The built site.


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as the README says; a link that leads nowhere stops it."""
    folder = tmp_path_factory.mktemp("docs") / "site"
    result = subprocess.run([sys.executable, DOCS / "build.py", folder], capture_output=True, text=True, check=False)
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
