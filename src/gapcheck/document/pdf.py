"""PDF by Typst: tagged, to the standard PDF/UA-1, with the fonts that the compiler ships."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import re
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
    import pypdf

    if len(raw) > _MOST:
        raise ValueError("it is larger than a report")
    try:
        return pypdf.PdfReader(io.BytesIO(raw))
    except (pypdf.errors.PyPdfError, OSError, RecursionError) as error:
        raise ValueError("it is not a PDF that can be read") from error


def embedded(raw: bytes) -> str:
    """The receipt attached to a PDF. Raises ValueError where there is none."""
    try:
        found = _reader(raw).attachments.get(_ATTACHED)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("its attachments cannot be read") from error
    if not found:
        raise ValueError("it carries no receipt")
    text = bytes(found[0]).decode("utf-8", "replace")
    body = _BODY.search(raw[-2000:])
    if body is None:
        return text
    return json.dumps({**json.loads(text), "body": body.group(1).decode()}, ensure_ascii=False)


def fingerprint(raw: bytes) -> str:
    """The hash of what is drawn on the pages."""
    found = hashlib.sha256()
    try:
        for page in _reader(raw).pages:
            contents = page.get_contents()
            found.update(contents.get_data() if contents else b"")
            found.update(b"\0")
    except (KeyError, TypeError, AttributeError, RecursionError, ValueError) as error:
        raise ValueError("its pages cannot be read") from error
    return found.hexdigest()
