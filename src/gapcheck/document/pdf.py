"""PDF by Typst: tagged, to the standard PDF/UA-1, with the fonts that the compiler ships."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typst

from gapcheck.document.answer import Answer, Look
from gapcheck.document.blocks import (
    Contents,
    Document,
    Facts,
    Figure,
    Heading,
    Inline,
    Items,
    Paragraph,
    Table,
    anchors,
    labels,
    shown,
    spreads,
)
from gapcheck.document.receipt import sealing
from gapcheck.document.same import strict

_TEMPLATE = Path(__file__).parent / "document.typ"
_NO_FONT = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_BODY = re.compile(rb"^%gapcheck-body ([0-9a-f]{64})$", re.M)
_ATTACHED = "gapcheck-receipt.json"
_PIECE = 12  # characters after which a long word may break
_LONG = 24
_SHORT = 90
_MOST = 50_000_000


def render(answer: Answer, look: Look) -> bytes:
    """The document of an answer as a PDF, its receipt attached.

    What the pages show is known only once they are set, and to set them twice takes twice the time. So its hash stands in a
    line of its own before the last of the file, which no reader shows.
    """
    document = answer.document(look.full)
    seal = sealing(answer)
    receipt = seal("")
    raw = _set(document, receipt)
    if not receipt:
        return raw
    start = raw.rindex(b"startxref")
    return b"%s%%gapcheck-body %s\n%s" % (raw[:start], fingerprint(raw).encode(), raw[start:])


def _set(document: Document, receipt: str) -> bytes:
    data = json.dumps({**_data(document), "receipt": receipt}, ensure_ascii=False)
    attempts = 60
    for attempt in range(attempts):
        try:
            return _compiled(data, document.date, attempt > 0)
        except typst.TypstError as error:
            missing = sorted(set(_NO_FONT.findall(f"{error.message}\n{error.diagnostic}")))
            if not missing or attempt == attempts - 1:
                raise
            if attempt:  # no font of this machine has them: their code points stand for them
                for text in missing:
                    data = data.replace(text, "".join(f"[U+{ord(char):04X}]" for char in text))
    raise AssertionError("unreachable")


def _compiled(data: str, date: str, system_fonts: bool) -> bytes:
    """A PDF with the compiler's own fonts alone, the same on every machine; with the machine's only where those lack a
    character."""
    day = datetime.datetime.fromisoformat(date or "2000-01-01").replace(tzinfo=datetime.UTC)
    raw = typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"document": data},
        ignore_system_fonts=not system_fonts,
        pdf_standards="ua-1",
        timestamp=int(day.timestamp()),
    )
    assert isinstance(raw, bytes)
    return raw


def _data(document: Document) -> dict[str, Any]:
    names = labels(document)
    places = {id(heading): anchor for heading, anchor in anchors(document)}
    language, _, region = document.language.partition("-")
    day = datetime.date.fromisoformat(document.date) if document.date else None
    title = document.title if len(document.title) <= _SHORT else f"{document.title[:_SHORT].rstrip()}…"
    return {
        "title": document.title[:250],
        "pieces": _pieces(document.title),
        "short": title,
        "subtitle": _pieces(document.subtitle) if document.subtitle else None,
        "author": document.author,
        "subject": document.subject or document.title[:250],
        "foot": ", ".join(filter(None, (document.author, document.date))),
        "date": {"year": day.year, "month": day.month, "day": day.day} if day else None,
        "lang": language,
        "region": region,
        "spreads": [
            {"landscape": landscape, "blocks": [_block(block, names, places) for block in blocks]}
            for landscape, blocks in spreads(document)
        ],
    }


def _block(block: Any, names: dict[str, str], places: dict[int, str]) -> dict[str, Any]:
    about: dict[str, Any] = {"kind": type(block).__name__}
    if isinstance(block, Heading):
        about |= {"level": min(block.level, 6), "text": _pieces(block.text), "anchor": places[id(block)]}
    elif isinstance(block, Paragraph):
        about |= {"style": block.style, "inline": _runs(block.inline, names)}
    elif isinstance(block, Items):
        about |= {"ordered": block.ordered, "items": [_runs(item, names) for item in block.items]}
    elif isinstance(block, Facts):
        about["pairs"] = [[term, [_runs(text, names) for text in texts]] for term, texts in block.pairs]
    elif isinstance(block, Table):
        about |= _table(block, names)
    elif isinstance(block, Figure):
        about |= {
            "id": block.id,
            "caption": _pieces(f"{names[block.id]}. {block.caption}"),
            "alt": block.alt,
            "svg": block.svg().decode("utf-8"),
            "table": _table(block.table, names) if block.table else None,
        }
    elif isinstance(block, Contents):
        about["depth"] = block.depth
    return about


def _table(block: Table, names: dict[str, str]) -> dict[str, Any]:
    return {
        "id": block.id,
        "caption": _pieces(f"{names[block.id]}. {block.caption}"),
        "shares": list(block.shares),
        "numeric": list(block.numeric),
        "header": [_runs(cell, names) for cell in block.header],
        "rows": [{"tall": block.tall(row), "cells": [_runs(cell, names) for cell in row]} for row in block.rows],
    }


def _runs(cells: Inline, names: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "lines": [_pieces(line) for line in shown(run, names).split("\n")],
            "code": run.code,
            "strong": run.strong,
            "emphasis": run.emphasis,
            "tone": run.tone,
            "ref": run.ref,
            "link": run.link,
        }
        for run in cells
    ]


def _pieces(text: str) -> list[str]:
    """The text in pieces between which a line may break: only words too long for a narrow column are cut."""
    pieces = [""]
    for word in re.split(r"(\s+)", text):
        if len(word) <= _LONG:
            pieces[-1] += word
        else:
            cut = [word[start : start + _PIECE] for start in range(0, len(word), _PIECE)]
            pieces[-1] += cut[0]
            pieces += cut[1:]
    return pieces


def _reader(raw: bytes) -> Any:
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is damaged is said once, by us
    if len(raw) > _MOST:
        raise ValueError("it is larger than a report")
    with _said("it is not a PDF that can be read"):
        return pypdf.PdfReader(io.BytesIO(raw))


@contextmanager
def _said(what: str) -> Iterator[None]:
    """Whatever a damaged PDF makes its reader raise, as a ValueError."""
    from pypdf.errors import PyPdfError

    try:
        yield
    except (PyPdfError, OSError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, ValueError,
            NotImplementedError, AssertionError, zlib.error) as error:  # fmt: skip
        raise ValueError(what) from error


def embedded(raw: bytes) -> str:
    """The receipt attached to a PDF. Raises ValueError where there is none."""
    with _said("its attachments cannot be read"):
        found = _reader(raw).attachments.get(_ATTACHED)
    if not found:
        raise ValueError("it carries no receipt")
    text = bytes(found[0]).decode("utf-8", "replace")
    body = _BODY.search(raw[-2000:])
    if body is None:
        return text
    return json.dumps({**strict(text), "body": body.group(1).decode()}, ensure_ascii=False)


def fingerprint(raw: bytes) -> str:
    """The hash of what is drawn on the pages."""
    found = hashlib.sha256()
    with _said("its pages cannot be read"):
        for page in _reader(raw).pages:
            found.update(_drawn(page))
            found.update(b"\0")
    return found.hexdigest()


def _drawn(page: Any) -> bytes:
    contents = page.get_contents()
    return contents.get_data() if contents else b""


def beyond(raw: bytes, fresh: bytes) -> list[str]:
    """What a PDF holds that a fresh one does not, in words. The same file has the same bytes; any other one differs, whatever it
    shows, for readers do not agree on what a PDF with changes shows."""
    if raw == fresh:
        return []
    says = ["changes were added to the file after it was made"] if raw.count(b"%%EOF") != fresh.count(b"%%EOF") else []
    try:
        found, wanted = _holds(raw), _holds(fresh)
    except ValueError as error:
        return [*says, str(error)]
    for what in sorted(found.keys() | wanted.keys()):
        here, there = found.get(what, ""), wanted.get(what, "")
        if here != there:
            plain = isinstance(here, int) and isinstance(there, int)
            says.append(f"{what}: {here}, where {there} were made" if plain else f"{what} not as made")
    return says or ["its bytes are not those that were made"]


def _holds(raw: bytes) -> dict[str, Any]:
    """What a PDF holds, by kind."""
    with _said("its pages cannot be read"):
        reader = _reader(raw)
        root = reader.trailer["/Root"]
        found: dict[str, Any] = {
            "pages": len(reader.pages),
            "objects": len(reader.xref_objStm) + sum(map(len, reader.xref.values())),
            "entries of its catalogue": sorted(root.keys()),
            "attachments": sorted(reader.attachments.keys()),
            "the program that set it": str((reader.metadata or {}).get("/Producer", "")),
        }
        for number, page in enumerate(reader.pages, 1):
            found[f"page {number}"] = hashlib.sha256(_drawn(page)).hexdigest()
            found[f"annotations of page {number}"] = len(page.get("/Annots") or ())
            for kind in ("/XObject", "/Font"):
                held = (page.get("/Resources") or {}).get(kind) or {}
                found[f"{'pictures' if kind == '/XObject' else 'fonts'} of page {number}"] = len(held)
    return found
