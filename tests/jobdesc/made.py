"""Documents made for the tests, by the libraries that people's programs use."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import docx
import pypdf
import typst
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

SPECIFICATION = (
    ("Criteria", "Essential", "Desirable"),
    ("Registration", "HCPC registered radiographer", ""),
    ("Training", "PgD in ultrasound", "Membership of BMUS"),
)


def word(write: Callable[[Any], object]) -> bytes:
    """A Word file; `write` fills it."""
    document = docx.Document()
    write(document)
    raw = io.BytesIO()
    document.save(raw)
    return raw.getvalue()


def table(document: Any, rows: Sequence[Sequence[str]]) -> Any:
    """A table in a Word document."""
    made = document.add_table(0, len(rows[0]))
    for row in rows:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = text
    return made


def into_body(document: Any, text: str) -> None:
    """Append WordprocessingML to the body."""
    opened = text.replace(">", f" {nsdecls('w')}>", 1)
    document.element.body.insert(len(document.element.body) - 1, parse_xml(opened))


def pdf(markup: str) -> bytes:
    """A PDF out of typst markup."""
    made: bytes = typst.compile(markup.encode())
    return made


def encrypted(raw: bytes) -> bytes:
    """The same PDF, which cannot be opened without a password."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(raw))
    writer.encrypt("secret", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip of members."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return raw.getvalue()


def repacked(raw: bytes, changes: dict[str, bytes]) -> bytes:
    """A zip with some members replaced or added."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return zipped(members | changes)
