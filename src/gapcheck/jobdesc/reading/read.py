"""Read a document from a stranger, whatever it is: told by its content first and by its name after."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from gapcheck.errors import InputError, problem
from gapcheck.jobdesc.reading import cage, own
from gapcheck.jobdesc.reading.limits import Limits, in_time
from gapcheck.jobdesc.reading.mail import body_of, is_mail
from gapcheck.jobdesc.reading.text import TextDocument
from gapcheck.jobdesc.reading.tolerant import linked, tolerant_json

LIMITS = Limits()
# What a folder is searched for; those that are only refused are named, so that nothing is passed over in silence.
SUFFIXES = frozenset(
    [
        ".docx",
        ".pdf",
        ".html",
        ".htm",
        ".xhtml",
        ".txt",
        ".text",
        ".md",
        ".markdown",
        ".odt",
        ".rtf",
        ".xlsx",
        ".doc",
        ".dot",
        ".dotx",
        ".mht",
        ".mhtml",
        ".eml",
        ".json",
        ".jsonld",
        ".jsonl",
        ".ndjson",
    ]
)
REFUSED_SUFFIXES = frozenset([".docm", ".dotm", ".pages", ".wps", ".xls", ".ppt", ".pptx", ".msg"])
_PACKED = frozenset(
    [".pdf", ".docx", ".dotx", ".odt", ".docm", ".dotm", ".xlsx", ".xls", ".pptx", ".ppt", ".msg", ".rtf"]
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|ul|ol|table|h[1-6])\b[^<>]*>", re.I)
_SEEN = "open it in the program that made it and save it as .docx or .pdf"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF")
_SCANNED = "give the text itself, or run text recognition over it (for example `ocrmypdf`) and give the result"


def read_document(given: str | os.PathLike[str] | bytes, name: str = "", limits: Limits = LIMITS) -> TextDocument:
    """Read one document: a path (`-` for standard input) or its bytes. Raises InputError for what cannot be read."""
    found = read_documents(given, name, limits)
    if len(found) > 1:
        raise problem(
            name or str(given), f"the file holds {len(found)} job postings", None, "read_documents gives them all"
        )
    return found[0]


def read_documents(
    given: str | os.PathLike[str] | bytes, name: str = "", limits: Limits = LIMITS
) -> list[TextDocument]:
    """Read every document in a file: one, or as many as it holds job postings, then named FILE#1 and so on.

    It is read in a process of its own with limits on memory and time (see `cage`), unless this is one. Raises InputError for
    what cannot be read.
    """
    if isinstance(given, bytes):
        raw, source = given, name or "document"
    else:
        source = name or ("standard input" if os.fspath(given) == "-" else os.fspath(given))
        raw = _bytes(os.fspath(given), source, limits)
    if len(raw) > limits.bytes:
        raise _too_large(source, len(raw), limits)
    if not raw.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise problem(source, "the file is empty")
    return _caged(raw, source, limits)


def read_one_posting(posting: Mapping[str, Any], source: str, limits: Limits = LIMITS) -> TextDocument:
    """The document that a parsed JobPosting is, read as `read_documents` reads. Raises InputError where it has no text."""
    return _caged(posting, source, limits)[0]


def _caged(given: bytes | Mapping[str, Any], source: str, limits: Limits) -> list[TextDocument]:
    question = (given, source, limits)
    if cage.inside() or not cage.possible():
        return _within(question)
    found: list[TextDocument] = _ask(question, source, limits.seconds * cage.CLOCK)
    return found


def _reader() -> cage.Handler:
    return _within


_ask = cage.alone(_reader)


def _within(question: tuple[bytes | Mapping[str, Any], str, Limits]) -> list[TextDocument]:
    """Read what was given, in this process."""
    given, source, limits = question
    cage.allow(limits.seconds)
    return in_time(lambda: _guarded(given, source, limits), limits.seconds, source, processor=cage.inside())


def _guarded(given: bytes | Mapping[str, Any], source: str, limits: Limits) -> list[TextDocument]:
    try:
        if isinstance(given, bytes):
            return [own.refused_own(document) for document in _read(given, source, limits)]
        from gapcheck.jobdesc.reading.posting import read_posting

        return [read_posting(given, source, limits)]
    except (InputError, MemoryError):
        raise
    except RecursionError:
        raise problem(source, "the document is nested too deep to be read") from None
    except Exception as error:  # a library met what its makers did not think of
        if os.environ.get("GAPCHECK_DEBUG"):
            raise
        words = f"the document is damaged, or of a form that is not known ({type(error).__name__})"
        raise problem(source, words, None, _SEEN) from None


def file_bytes(path: str, limits: Limits = LIMITS) -> bytes:
    """The bytes of a file that is to be read. Raises InputError where it cannot be read or is too large."""
    raw = _bytes(path, path, limits)
    if len(raw) > limits.bytes:
        raise _too_large(path, len(raw), limits)
    return raw


def _bytes(path: str, source: str, limits: Limits) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read(limits.bytes + 1)
    try:
        about = os.stat(path)
        if not stat.S_ISREG(about.st_mode):
            raise problem(source, "this is no file that can be read")
        if about.st_size > limits.bytes:
            raise _too_large(source, about.st_size, limits)
        with open(path, "rb") as stream:
            return stream.read(limits.bytes + 1)
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise problem(source, f"cannot be read: {said.lower()}") from None


def _too_large(source: str, size: int, limits: Limits) -> InputError:
    return problem(source, f"the file is {size / 1e6:.1f} MB; at most {limits.bytes / 1e6:.0f} MB is read")


def _read(raw: bytes, source: str, limits: Limits) -> list[TextDocument]:
    head = raw[:1024]
    if b"%PDF-" in head:
        from gapcheck.jobdesc.reading.pdf import read_pdf

        return [read_pdf(raw, source, limits)]
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return [_zip(raw, source, limits)]
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        refused = _old_office(raw, source)
        if refused is not None:
            raise refused
        from gapcheck.jobdesc.reading.doc import read_doc

        return [read_doc(raw, source, limits)]
    if raw.startswith(_PICTURES):
        raise problem(source, "this is a picture, not text", None, _SCANNED)
    if raw.lstrip().startswith(b"{\\rtf"):
        from gapcheck.jobdesc.reading.rtf import read_rtf

        return [read_rtf(raw, source, limits)]
    if is_mail(raw):
        return _mail(raw, source, limits)
    suffix = Path(source.partition("#")[0]).suffix.lower()
    if suffix in _PACKED and not raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        words = f"its name says {suffix}, but it is no such file: it is damaged, or named wrongly"
        raise problem(
            source, words, None, "open it in the program that made it and save it again; plain text is named .txt"
        )
    return _text(raw, source, limits)


def _mail(raw: bytes, source: str, limits: Limits) -> list[TextDocument]:
    from gapcheck.jobdesc.reading.build import TextBuilder
    from gapcheck.jobdesc.reading.page import read_page

    text, is_page, notes = body_of(raw, source)
    if is_page:
        found = read_page(text, source, limits)
    else:
        builder = TextBuilder(source, limits)
        builder.plain(text)
        found = [builder.document("txt")]
    return [replace(document, notes=(*document.notes, *notes)) for document in found]


def _zip(raw: bytes, source: str, limits: Limits) -> TextDocument:
    from gapcheck.jobdesc.reading.archive import Archive
    from gapcheck.jobdesc.reading.docx import read_docx
    from gapcheck.jobdesc.reading.odt import read_odt

    archive = Archive(raw, source, limits)
    if any(name.startswith("xl/") for name in archive.names):
        from gapcheck.jobdesc.reading.xlsx import read_xlsx

        return read_xlsx(archive, source, limits)
    if any(name.startswith("ppt/") for name in archive.names):
        raise problem(source, "these are slides, not a text", None, "save them as .pdf")
    if "[Content_Types].xml" in archive.names:
        return read_docx(archive, source, limits)
    if "content.xml" in archive.names and "mimetype" in archive.names:
        if b"opendocument.text" not in archive.read("mimetype"):
            raise problem(source, "this is an OpenDocument file but no text", None, "give a text document")
        return read_odt(archive, source, limits)
    raise problem(
        source, "this is a zip, but neither a Word nor an OpenDocument file", None, "unpack it and give the folder"
    )


def _old_office(raw: bytes, source: str) -> InputError | None:
    """What is said of an old Office file that is no Word document; None for one that is."""
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return problem(source, "the document is encrypted", None, "open it with its password, and save it without one")
    if "WordDocument".encode("utf-16-le") in raw:
        return None
    return problem(source, "this is an old Office file of a kind that is not read", None, _SEEN)


def _text(raw: bytes, source: str, limits: Limits) -> list[TextDocument]:
    from gapcheck.jobdesc.reading.build import TextBuilder
    from gapcheck.jobdesc.reading.decode import decode

    suffix = Path(source).suffix.lower()
    text = decode(raw, source)
    own.refuse_text(text, source, suffix)
    if suffix in (".csv", ".tsv"):
        own.refuse_table([re.split(r"[,;\t]", line) for line in text[:20_000].splitlines()[:20]], source)
    start = text[:2000].lstrip("\ufeff \t\r\n")
    if (start[:1] in "{[" and start) or suffix in (".json", ".jsonld", ".jsonl", ".ndjson"):
        found = _json(text, source, suffix, limits)
        if found is not None:
            return found
    if _is_html(start, text, suffix):
        from gapcheck.jobdesc.reading.html import charset_of
        from gapcheck.jobdesc.reading.page import read_page

        if stated := charset_of(raw):
            text = decode(raw, source, stated)
        return read_page(text, source, limits)
    builder = TextBuilder(source, limits)
    builder.plain(text)
    return [builder.document("md" if suffix in (".md", ".markdown") else "txt")]


def _is_html(start: str, text: str, suffix: str) -> bool:
    if re.match(r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", start, re.I | re.S):
        return True
    tags = len(_HTML.findall(text[:20_000]))
    return tags >= 1 if suffix in (".html", ".htm", ".xhtml") else tags >= 3 and start.startswith("<")


def _json(text: str, source: str, suffix: str, limits: Limits) -> list[TextDocument] | None:
    """The postings in JSON, or None where the text is none and its name does not say that it is."""
    from gapcheck.jobdesc.reading.posting import postings_in, read_posting

    named = suffix in (".json", ".jsonld", ".jsonl", ".ndjson")
    try:
        data = linked(tolerant_json(text) if named else own.plain_json(text.lstrip("\ufeff")))
    except RecursionError:
        raise problem(source, "the JSON is nested too deep to be read") from None
    except ValueError as error:
        data = _lines_of_json(text)
        if data is None and not named:
            return None
        line = getattr(error, "lineno", None)
        if data is None:
            raise problem(source, f"not readable as JSON: {getattr(error, 'msg', str(error)).lower()}", line) from None
    own.refuse_data(data, source)
    found = list(postings_in(data))
    if not found and not named and not isinstance(data, (dict, list)):
        return None
    if not found:
        raise problem(
            source,
            "the JSON holds no JobPosting",
            None,
            "an object with `@type: JobPosting`, a title and a description",
        )
    if len(found) == 1:
        return [read_posting(found[0], source, limits)]
    return [read_posting(item, f"{source}#{number}", limits) for number, item in enumerate(found, 1)]


def _lines_of_json(text: str) -> list[object] | None:
    """The values of lines of JSON, or None where the text is no such lines."""
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    try:
        return [own.plain_json(line) for line in lines] if len(lines) > 1 else None
    except (ValueError, RecursionError):
        return None
