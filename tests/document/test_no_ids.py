"""No id and no backtick reaches who reads: a person is told names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner

from gapcheck.cli import main
from gapcheck.commands.options import Common
from gapcheck.document.answer import Answer
from gapcheck.document.blocks import Document, Facts, Figure, Heading, Items, Paragraph, Run, Table, walk
from gapcheck.engine.answers import ask
from gapcheck.findings.checked import Findings
from gapcheck.findings.reply import Reply
from gapcheck.profile.question import question
from tests.conftest import ROOT, TODAY
from tests.document.made import example, lawbook

KINDS = ("professions", "registers", "medicines", "tasks", "acts", "routes", "arrangements", "rules", "classes", "interpretations",
         "reforms", "facts", "scopes", "claims", "provisions")  # fmt: skip
EXAMPLES = sorted(path.stem for path in (ROOT / "examples/profiles").glob("*.yaml"))
WORD = re.compile(r"[a-z0-9]+(?:[-./][a-z0-9]+)+")
OF_THE_ENGINE = re.compile(r"\b(?:holder|registration|annotation|entitlement|arrangement)\.[a-z]|[?a-z]=[a-z]+-[a-z]")
ENGLISH = {"x-ray", "on-call", "non-ionising"}  # words of English that happen to be ids


def texts(document: Document) -> Iterator[str]:
    """Every text of a document but commands to type."""
    yield from (document.title, document.subtitle)
    for block in walk(document):
        if isinstance(block, Heading):
            yield block.text
        elif isinstance(block, Table | Figure):
            yield block.caption
        elif isinstance(block, Facts):
            yield from (term for term, _ in block.pairs)
        yield from (run.text for run in runs(block) if not run.code)


def runs(block: Any) -> Iterator[Run]:
    if isinstance(block, Paragraph):
        yield from block.inline
    elif isinstance(block, Items):
        yield from (run for item in block.items for run in item)
    elif isinstance(block, Facts):
        yield from (run for _, some in block.pairs for text in some for run in text)
    elif isinstance(block, Table):
        yield from (run for row in (block.header, *block.rows) for cell in row for run in cell)


def strays(answer: Answer) -> set[str]:
    """The ids of the lawbook and the backticks that a person would read."""
    data = lawbook().data
    ids = {identity for kind in KINDS for identity in data[kind]} - ENGLISH
    found = set()
    for document in (answer.brief(), answer.document(False), answer.document(True)):
        for text in texts(document):
            found |= {word for word in WORD.findall(text) if word in ids and ("-" in word or "/" in word)}
            found |= {text[:80]} if "`" in text or OF_THE_ENGINE.search(text) else set()
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_report_names_things(name: str) -> None:
    assert strays(Findings([example(name)], TODAY)) == set()


@pytest.mark.parametrize(
    "act", ["administer-pom-parenterally", "irmer-refer", "irmer-justify", "use-title", "report-dxa"]
)
def test_an_answer_names_things(act: str) -> None:
    book = lawbook()
    stated = {"profession": "clinical-technologist", "registered": ("rct",), "medicine": "iodinated-contrast"}
    empty = {"annotation": (), "entitlement": (), "arrangement": (), "facts": ()}
    asked = question(book, act, "england", {**empty, **stated})
    law = book.at(TODAY, "england")
    assert strays(Reply(ask(asked.profile, law, asked.act, asked.case(law)))) == set()


# Commands on shipped examples: every subject that people read, beside the reports on profiles above.
SHOWN = [
    ("team", "examples/teams/nuclear-medicine.yaml"),
    ("pack", "examples/profiles/nuclear-medicine-technologist.yaml"),
    ("jd", "examples/job-descriptions/nuclear-medicine-technologist.docx"),
    ("jd", "examples/job-descriptions/radiotherapy-dosimetrist.txt"),
    ("matrix", "--scope", "sonography"),
    ("matrix", "--act", "irmer-refer", "--reform", "register-clinical-technologists"),
    ("timeline", "clinical-technologist", "--act", "irmer-evaluate", "--act", "irmer-refer"),
    ("can", "irmer-refer", "--profession", "nurse"),
    ("diff", "--reform", "pgd-for-sonographers", "--nation", "wales"),
    ("claims", "examples/statements.yaml"),
    ("explain", "clinical-technologist"),
    ("explain", "pgd"),
    ("explain", "irmer-refer"),
    ("explain", "nm-administer-iv-contrast"),
    ("can", "use-title", "--fact", "title=radiographer", "--profession", "nurse"),
    ("ask", "can a technologist on the RCT give contrast under a PGD in Cardiff?"),
    ("ask", "can a radiographer report bone density scans?"),
    ("ask", "can a nurse who is not registered give morphine for a CT in an emergency?"),
]


@pytest.mark.parametrize("arguments", SHOWN, ids=" ".join)
def test_what_a_command_shows_names_things(arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the format: the blocks of which all of them are made."""
    given: list[Answer] = []
    monkeypatch.setattr(Common, "give", lambda _, answer: given.append(answer))
    monkeypatch.chdir(ROOT)
    CliRunner().invoke(main, [*arguments, *([] if arguments[0] == "diff" else ["--as-at", TODAY])])
    assert len(given) == 1
    assert strays(given[0]) == set()
