"""Bytes into characters: what a file of text is written in, told by its bytes."""

from __future__ import annotations

import codecs

from gapcheck.errors import problem

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_CONTROLS = frozenset(range(32)) - {9, 10, 11, 12, 13, 27}


def decode(raw: bytes, source: str, stated: str = "") -> str:
    """The characters of a text: UTF-8, UTF-16 or UTF-32 by their mark, UTF-8 without one, what the page states, Windows-1252.

    Raises InputError for what is not text.
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _checked(raw[len(mark) :] if name == "utf-8" else raw, name, source)
    head = raw[:4000]
    if head.count(0) > len(head) // 4:  # UTF-16 without a mark: every other byte of English is zero
        return _checked(raw, "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be", source)
    if sum(byte in _CONTROLS for byte in head) > len(head) // 50:
        raise _not_text(source)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if stated:
        try:
            return raw.decode(stated)
        except (LookupError, UnicodeDecodeError):
            pass
    return raw.decode("cp1252", errors="replace")


def _checked(raw: bytes, name: str, source: str) -> str:
    text = raw.decode(name, errors="replace")
    if text.count("\ufffd") > max(2, len(text) // 20) or text.count("\x00") > 2:
        raise _not_text(source)
    return text


def _not_text(source: str) -> Exception:
    help = "give a job description as .docx, .pdf, .html, .txt, .md, .odt, .rtf or .json"
    return problem(source, "this is a binary file of a kind that is not read", None, help)
