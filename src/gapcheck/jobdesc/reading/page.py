"""A web page as a document: the JobPosting that it carries goes before what it shows around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from gapcheck.errors import InputError
from gapcheck.jobdesc.reading.build import TextBuilder
from gapcheck.jobdesc.reading.flow import FlowItem, FlowTable, words_of
from gapcheck.jobdesc.reading.html import flow_of, main_part, page_title, parse, scripts
from gapcheck.jobdesc.reading.limits import Limits
from gapcheck.jobdesc.reading.microdata import postings_of
from gapcheck.jobdesc.reading.posting import facts_of, postings_in, read_posting, write_posting
from gapcheck.jobdesc.reading.text import TextDocument
from gapcheck.jobdesc.reading.tolerant import linked, tolerant_json
from gapcheck.jobdesc.reading.weight import Outline

_BROKEN = "the job posting that the page carries for machines cannot be read: only what the page shows was read"
_TEASER = 400  # characters of a description that only announces the page
_SQUEEZE = re.compile(r"[^a-z0-9]+")


def read_page(text: str, source: str, limits: Limits) -> list[TextDocument]:
    """The document in a page; several where it carries several postings."""
    root = parse(text, source)
    postings, notes = _postings(root)
    if len(postings) > 1:
        return [read_posting(item, f"{source}#{number}", limits) for number, item in enumerate(postings, 1)]
    if not postings:
        builder = TextBuilder(source, limits)
        builder.flow(flow_of(root, source, limits))
        title = page_title(root)
        return [builder.document("html", {"page": title} if title else {}, notes)]
    return [_merged(root, postings[0], source, limits)]


def _postings(root: Any) -> tuple[list[Mapping[str, Any]], tuple[str, ...]]:
    """The postings that a page carries for machines, and a note where one cannot be read."""
    data: list[Any] = []
    broken = False
    for script in scripts(root, "application/ld+json"):
        if not script.strip():
            continue
        try:
            data.append(tolerant_json(script))
        except (ValueError, RecursionError):
            broken = broken or "JobPosting" in script
    found = [item for item in postings_in(linked(data)) if "@type" in item] or postings_of(root)
    return found, (_BROKEN,) if broken and not found else ()


def _merged(root: Any, posting: Mapping[str, Any], source: str, limits: Limits) -> TextDocument:
    """The posting's text, then what the main part of the page says beyond it; the page alone where the posting is short."""
    alone = TextBuilder(source, limits)
    write_posting(alone, posting)
    said = "".join(alone.pieces)
    shown: list[FlowItem | FlowTable] = []
    part = main_part(root)
    if len(said) < _TEASER:
        whole = TextBuilder(source, limits)
        try:
            whole.flow(flow_of(root if part is None else part, source, limits))
        except InputError:
            whole = TextBuilder(source, limits)
        if whole.length > alone.length:
            return whole.document("html", facts_of(posting))
    elif part is not None:
        shown = flow_of(part, source, limits)
    _write_beyond(alone, shown, _SQUEEZE.sub("", said.lower()))
    return alone.document("html", facts_of(posting))


def _write_beyond(builder: TextBuilder, flow: list[FlowItem | FlowTable], said: str) -> None:
    """Write the parts of a page that the posting does not hold, each under its headings."""
    builder.outline = Outline()
    waiting: list[FlowItem] = []
    for item in flow:
        words = _SQUEEZE.sub("", words_of([item]).lower())
        if isinstance(item, FlowItem) and item.kind == "heading":
            waiting = [one for one in waiting if one.level < item.level] + [item]
        elif words and words not in said and len(words) > 3:
            builder.flow([*waiting, item])
            waiting = []
