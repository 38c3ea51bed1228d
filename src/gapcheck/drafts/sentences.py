"""The sentences of a draft, each with the page and line on which it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from gapcheck.jobdesc.reading.text import TextDocument
from gapcheck.jobdesc.understanding.passage import joined, sentence_spans

_LEAD = re.compile(
    r"(?:[\s\u2022\u25aa*>|-]*(?:\^?\[[\d,\s\u2013-]+\]|[\u00b9\u00b2\u00b3\u2070-\u2079]+|\(?\d{1,2}[.)])?)*\s*"
)
_NOTED = re.compile(
    r"([.!?][\"')\u2019\u201d]*(?:\s?\^?\[[\d,\s\u2013-]+\]|[\u00b9\u00b2\u00b3\u2070-\u2079]+)+)\s+(?=[A-Z\u201c\u2018(])"
)
_REFERENCE = re.compile(r"\b(?:accessed|available (?:at|from)|doi|https?|pmid|pmcid|et al)\b|\]\(", re.I)
_LONGEST = 1500  # characters of a sentence that is read


def _parted(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences parted also where the mark of a note stands between a full stop and the next."""
    for start, end in spans:
        cuts = [start, *(note.end(1) for note in _NOTED.finditer(text, start, end)), end]
        yield from pairwise(cuts)


def _whole(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences that a semicolon does not end: what follows it speaks of the same people."""
    held: tuple[int, int] | None = None
    for start, end in spans:
        if held and text[held[1] - 1] == ";":
            held = (held[0], end)
        else:
            if held:
                yield held
            held = (start, end)
    if held:
        yield held


class DraftSentence(NamedTuple):
    """A sentence: an exact slice of the document's text from `start` to `end`, the number of its block, its page (0: not known)
    and line, and whether it is prose: no heading and no entry of a list of references; and whether it stands in a table."""

    text: str
    start: int
    block: int
    page: int
    line: int
    prose: bool
    cell: bool
    heading: bool


def sentences_of(document: TextDocument) -> Iterator[DraftSentence]:
    """The sentences of a document in order."""
    for number, block in enumerate(joined(document)):
        for start, end in _whole(document.text, _parted(document.text, sentence_spans(document.text, block))):
            whole = document.text[start:end]
            lead = _LEAD.match(whole)
            begin = start + (lead.end() if lead and lead.end() < len(whole) else 0)
            text = document.text[begin:end].rstrip()
            if not any(char.isalpha() for char in text):
                continue
            prose = block.kind not in ("heading", "header") and not _REFERENCE.search(text) and len(text) <= _LONGEST
            yield DraftSentence(
                text,
                begin,
                number,
                document.page_of(begin),
                document.line_of(begin),
                prose,
                block.kind == "cell",
                block.kind in ("heading", "header"),
            )
