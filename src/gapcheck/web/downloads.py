"""A result to take away: as Word, PDF, Excel, HTML or JSON."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from gapcheck.document.answer import Answer, Paper
from gapcheck.document.render import FORMATS, rendered
from gapcheck.web.work import heavy

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "yaml": "application/yaml; charset=utf-8",
}
LABELS = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel", "html": "HTML", "json": "JSON"}


def links(address: str) -> list[tuple[str, str]]:
    """The downloads of a result. `address`: that of its page with its query; the format follows the path."""
    path, _, query = address.partition("?")
    return [(label, f"{path}.{format}{'?' if query else ''}{query}") for format, label in LABELS.items()]


async def answer(made: Answer, format: str, name: str) -> Response:
    """An answer in a format; paper is made in another process. Raises InputError where a library is not installed."""
    if FORMATS[format].part == "document":
        found: str | bytes = await heavy(LABELS[format], rendered, Paper(made.document(True)), format)
    else:
        found = await run_in_threadpool(rendered, made, format)
    return attachment(found, format, name)


def attachment(found: str | bytes, format: str, name: str) -> Response:
    """A file that the browser saves. `name`: of our own making, letters and hyphens."""
    headers = {"content-disposition": f'attachment; filename="{name}.{format}"'}
    text = f"{found}\n" if isinstance(found, str) and format == "json" else found
    return Response(text, media_type=MEDIA[format], headers=headers)
