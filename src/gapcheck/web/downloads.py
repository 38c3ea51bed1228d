"""A result to take away: as Word, PDF, HTML or JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from gapcheck.document.blocks import Document
from gapcheck.web.work import heavy

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "yaml": "application/yaml; charset=utf-8",
}
LABELS = {"docx": "Word", "pdf": "PDF", "html": "HTML", "json": "JSON"}


def links(address: str) -> list[tuple[str, str]]:
    """The downloads of a result. `address`: that of its page with its query; the face follows the path."""
    path, _, query = address.partition("?")
    return [(label, f"{path}.{face}{'?' if query else ''}{query}") for face, label in LABELS.items()]


async def document(made: Document, face: str, name: str) -> Response:
    """A document in a face of paper or screen. Raises InputError where the library for it is not installed."""
    from gapcheck.document.render import render

    found: str | bytes = await heavy(LABELS[face], render, made, face)
    return attachment(found, face, name)


def data(found: Mapping[str, Any] | list[Any], name: str) -> Response:
    """A result as JSON."""
    return attachment(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "json", name)


def attachment(text: str | bytes, face: str, name: str) -> Response:
    """A file that the browser saves. `name`: of our own making, letters and hyphens."""
    headers = {"content-disposition": f'attachment; filename="{name}.{face}"'}
    return Response(text, media_type=MEDIA[face], headers=headers)
