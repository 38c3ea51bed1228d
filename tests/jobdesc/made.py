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


def raw_pdf(objects: Sequence[bytes]) -> bytes:
    """A PDF out of its objects; the first is its catalogue."""
    raw, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(raw))
        raw += b"%d 0 obj\n" % number + item + b"\nendobj\n"
    start = len(raw)
    raw += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    raw += b"".join(b"%010d 00000 n \n" % place for place in places)
    return raw + b"trailer <</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def stream(data: bytes) -> bytes:
    """A stream of a PDF."""
    return b"<</Length %d>>\nstream\n" % len(data) + data + b"\nendstream"


def font_pdf(widths: bytes, unicode: bytes = b"") -> bytes:
    """A PDF of one word, whose font has these widths and this map to Unicode."""
    return raw_pdf([
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        stream(b"BT /F1 12 Tf 50 700 Td <00480065006C006C006F> Tj ET"),
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000 "
        + widths + b">>",
        stream(b"/CIDInit /ProcSet findresource begin begincmap " + unicode + b" endcmap"),
    ])  # fmt: skip
