"""What a reader sees of a PDF: the text of its pages, by the program that browsers use."""

from __future__ import annotations

from pathlib import Path

import pypdfium2


def pages(given: bytes | Path) -> list[str]:
    """The text of each page, a line of it on a line."""
    book = pypdfium2.PdfDocument(given)
    try:
        return [_text(page) for page in book]
    finally:
        book.close()


def _text(page: pypdfium2.PdfPage) -> str:
    words = page.get_textpage()
    text = words.get_text_range()
    words.close()
    page.close()
    return str(text).replace("\r\n", "\n").replace("\ufffe", "")
