"""Old Word files (.doc), by a library in Rust; only ever called in a cage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapcheck.errors import problem

if TYPE_CHECKING:
    from gapcheck.jobdesc.reading.limits import Limits
    from gapcheck.jobdesc.reading.text import TextDocument

_SAVE = "open it in a word processor and save it as .docx"


def read_doc(raw: bytes, source: str, limits: Limits) -> TextDocument:
    """The document in an old Word file. Raises InputError for one that is damaged, and where the library is missing."""
    from gapcheck.jobdesc.reading.build import TextBuilder
    from gapcheck.jobdesc.reading.html import flow_of, parse

    try:
        import office_oxide
    except ImportError:
        raise problem(source, "this is an old Word file (.doc)", None, _SAVE) from None
    try:
        page = office_oxide.Document.from_bytes(raw, "doc").to_html()
    except office_oxide.OfficeOxideError:
        raise problem(source, "this is an old Word file (.doc) that is damaged or locked", None, _SAVE) from None
    builder = TextBuilder(source, limits)
    builder.flow(flow_of(parse(str(page), source), source, limits))
    return builder.document("doc")
