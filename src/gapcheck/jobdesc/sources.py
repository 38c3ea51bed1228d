"""What a command line names: files, folders and collections of postings, as one stream of documents to read."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from gapcheck.errors import InputError, problem
from gapcheck.jobdesc.reading.own import short_number
from gapcheck.jobdesc.reading.read import REFUSED_SUFFIXES, SUFFIXES

_PIECE = 1 << 18  # bytes of a collection that are read at a time
_SPACE = " \t\r\n,"
_OBJECT = re.compile(rb"\{\s*[\"}]")  # how an object of JSON begins
_LARGEST = 5_000_000  # characters of one posting in a collection


class DocumentSource(NamedTuple):
    """One document to read: a file by its path, or a posting out of a collection, already parsed."""

    name: str
    path: str = ""
    posting: Mapping[str, Any] | None = None
    failed: str = ""  # why there is nothing to read


def documents_of(folder: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The documents in a folder and the folders within it, in the order of their names, and what cannot be looked into, with
    the reason; links that lead out of it are not followed. Raises InputError where there is no document."""
    root = os.path.realpath(folder)
    found: list[str] = []
    closed: list[tuple[str, str]] = []

    def refused(error: OSError) -> None:
        closed.append((str(error.filename or folder), f"cannot be read: {(error.strerror or str(error)).lower()}"))

    for parent, folders, files in os.walk(folder, onerror=refused, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = os.path.join(parent, name)
            known = Path(name).suffix.lower() in SUFFIXES | REFUSED_SUFFIXES
            if known and not name.startswith((".", "~$")) and _inside(path, root):
                found.append(path)
    if not found and not closed:
        help = f"it is searched for {', '.join(sorted(SUFFIXES))}"
        raise problem(folder, "the folder holds no documents that are read", None, help)
    return found, closed


def _inside(path: str, root: str) -> bool:
    return not os.path.islink(path) or os.path.realpath(path).startswith(root + os.sep)


def is_collection(path: str) -> bool:
    """Whether a file begins like an array or lines of JSON, so that it may hold many postings."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return False  # opening a pipe would wait for somebody to write into it
        with open(path, "rb") as stream:
            head = stream.read(_PIECE).lstrip(b"\xef\xbb\xbf \t\r\n")
    except (OSError, ValueError):
        return False
    if head.startswith(b"["):
        return True
    if not _OBJECT.match(head):
        return False  # also RTF begins with a brace
    first, _, rest = head.partition(b"\n")
    return first.rstrip().endswith(b"}") and _OBJECT.match(rest.lstrip()) is not None


def estimate(path: str) -> int:
    """About how many postings a collection holds."""
    try:
        with open(path, "rb") as stream:
            return max(1, sum(piece.count(b'"JobPosting"') for piece in iter(lambda: stream.read(_PIECE), b"")))
    except OSError:
        return 1


def each(paths: list[str]) -> Iterator[DocumentSource]:
    """Every document that the files hold, in order. A collection is read a piece at a time."""
    for path in paths:
        if path != "-" and is_collection(path):
            yield from _members(path)
        else:
            yield DocumentSource(path, path)


def _members(path: str) -> Iterator[DocumentSource]:
    """The postings of a collection, named FILE#1 and so on; a file that is no such collection is one document."""
    from gapcheck.jobdesc.reading.posting import postings_in

    number = 0
    try:
        for value in _values(path):
            for posting in postings_in(value):
                number += 1
                yield DocumentSource(f"{path}#{number}", posting=posting)
    except InputError as error:
        if number:
            yield DocumentSource(f"{path}#{number + 1}", failed=str(error.problems[0].message))
            return
    except OSError:
        pass  # it went away; reading it says so
    if not number:
        yield DocumentSource(path, path)  # reading it as one document says what is wrong, or finds that it is text


def _values(path: str) -> Iterator[Any]:
    """The values of a JSON array, or of lines of JSON, one at a time. Raises InputError where the JSON breaks off."""
    decoder = json.JSONDecoder(strict=False, parse_int=short_number)
    with open(path, encoding="utf-8-sig", errors="replace") as stream:
        kept = stream.read(_PIECE).lstrip(_SPACE)
        if kept.startswith("["):
            kept = kept[1:]
        while True:
            kept = kept.lstrip(_SPACE)
            try:
                value, end = decoder.raw_decode(kept)
            except RecursionError:
                raise problem(path, "the JSON is nested too deep to be read") from None
            except ValueError:
                more = stream.read(max(_PIECE, len(kept)))
                if not more:
                    if kept.strip(_SPACE + "]"):
                        raise problem(path, "the JSON breaks off or is not well formed here") from None
                    return
                kept += more
                if len(kept) > _LARGEST:
                    raise problem(path, f"a posting is larger than {_LARGEST / 1e6:.0f} MB") from None
                continue
            kept = kept[end:]
            yield value
