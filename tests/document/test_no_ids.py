"""No id and no backtick reaches who reads: a person is told names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

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
            found |= {text[:80]} if "`" in text else set()
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
