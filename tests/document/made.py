"""Reports made for the tests, and how to read them back."""

from __future__ import annotations

import io
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import docx
import lxml.html
from docx.table import Table

from gapcheck import Lawbook
from gapcheck.document.receipt import Source
from gapcheck.engine.findings import check
from gapcheck.findings.checked import Checked, findings
from gapcheck.findings.waivers import apply, entries_of
from gapcheck.profile.read import profile_of
from gapcheck.reading import read_document
from tests.conftest import ROOT, TODAY
from tests.pdf import pages

DOCUMENTS = ("markdown", "html", "docx", "pdf")
FACES = (*DOCUMENTS, "json", "csv", "sarif")
PROFILES = ("nuclear-medicine-technologist", "sonographer")


@cache
def lawbook() -> Lawbook:
    return Lawbook.load(ROOT / "rules")


def checked(raw: bytes, name: str = "profile.yaml", waivers: bytes | None = None, **law: Any) -> Checked:
    """One profile checked, as the command does it."""
    book = lawbook()
    document = read_document(raw, name)
    profile = profile_of(document, book)
    report = check(
        profile, book.at(law.get("as_at", TODAY), profile.nation, law.get("readings"), law.get("reforms", ()))
    )
    given = Source("waivers.yaml", waivers) if waivers is not None else None
    if given:
        report = apply(entries_of(given.raw, given.name, book), report)
    lines = tuple(document.line(("tasks", number)) for number in range(len(report.findings)))
    return Checked(report, Source(name, raw), lines, given)


def example(name: str) -> Checked:
    """A shipped profile, checked."""
    path = ROOT / f"examples/profiles/{name}.yaml"
    return checked(path.read_bytes(), path.name)


@cache
def made(face: str, *names: str) -> str | bytes:
    """The report on shipped profiles in a face."""
    return findings(face, [example(name) for name in names or PROFILES], TODAY, full=True)


@cache
def data(*names: str) -> list[dict[str, Any]]:
    """The same as JSON."""
    loaded = json.loads(made("json", *names))
    return loaded if isinstance(loaded, list) else [loaded]


def squeezed(text: str) -> str:
    """Text without white space."""
    return "".join(text.split())


def shows(face: str, raw: str | bytes) -> str:
    """What a reader sees of a report, without white space."""
    if face == "docx":
        assert isinstance(raw, bytes)
        body = docx.Document(io.BytesIO(raw)).element.body
        return squeezed("".join(text for node in body.iter("{*}t") for text in node.itertext()))
    if face == "pdf":
        assert isinstance(raw, bytes)
        return "".join(squeezed(_running(page)) for page in pages(raw))
    assert isinstance(raw, str)
    if face == "html":
        return squeezed(lxml.html.fromstring(raw).body.text_content())
    plain = re.sub(r"<!-- gapcheck-receipt.*", "", raw, flags=re.S)
    plain = re.sub(r"<a id=[^>]*></a>|</?code>|<br>|\]\(<[^>]*>\)|\]\(#[^)]*\)", "", plain)
    return squeezed(re.sub(r"\\(.)|[*|\[]", lambda found: found[1] or "", plain))


def _running(page: str) -> str:
    """A page of a PDF without its head and foot."""
    lines = page.split("\n")
    return "\n".join(line for line in lines[1:] if not re.fullmatch(r"gapcheck, .* \d+ ?/ ?\d+", line.strip()))


def tables(face: str, raw: str | bytes) -> list[list[list[str]]]:
    """Every table as rows of cells."""
    if face == "docx":
        assert isinstance(raw, bytes)
        return [_cells(table) for table in docx.Document(io.BytesIO(raw)).tables]
    if face == "html":
        assert isinstance(raw, str)
        page = lxml.html.fromstring(raw)
        return [[[cell.text_content() for cell in row] for row in table.iter("tr")] for table in page.iter("table")]
    raise AssertionError(face)


def _cells(table: Table) -> list[list[str]]:
    return [
        ["".join(text for node in cell.iter("{*}t") for text in node.itertext()) for cell in row._tr.tc_lst]
        for row in table.rows
    ]


def profile_bytes(**changes: Any) -> bytes:
    """A profile as JSON, with changes to its parts."""
    whole: dict[str, Any] = {
        "gapcheck": 1,
        "post": {"title": "Technologist", "nation": "england", "employer": "nhs"},
        "holder": {
            "profession": "clinical-technologist",
            "registrations": [{"register": "rct", "status": "registered"}],
        },
        "tasks": ["nm-refer-for-imaging", "nm-administer-iv-contrast"],
    }
    return json.dumps({**whole, **changes}, ensure_ascii=True).encode()


def written(path: Path, raw: str | bytes) -> Path:
    path.write_bytes(raw if isinstance(raw, bytes) else f"{raw}\n".encode())
    return path
