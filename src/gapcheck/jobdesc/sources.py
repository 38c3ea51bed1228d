"""What a command line names: files, folders and collections of postings, as one stream of documents to read."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from gapcheck.errors import InputError, problem
from gapcheck.jobdesc.reading.limits import Limits
from gapcheck.jobdesc.reading.read import LIMITS, REFUSED_SUFFIXES, SUFFIXES

_PIECE = 1 << 18  # bytes of a collection that are read at a time
_SPACE = " \t\r\n,"


class Source(NamedTuple):
    """One document to read: a file by its path, or a posting out of a collection, already parsed."""

    name: str
    path: str = ""
    posting: Mapping[str, Any] | None = None
    failed: str = ""  # why there is nothing to read


def documents_of(folder: str) -> list[str]:
    """The documents in a folder and the folders within it, in the order of their names; links that lead out of it are not
    followed. Raises InputError where there is none."""
    root = os.path.realpath(folder)
    found = []
    for parent, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = os.path.join(parent, name)
            known = Path(name).suffix.lower() in SUFFIXES | REFUSED_SUFFIXES
            if known and not name.startswith((".", "~$")) and _inside(path, root):
                found.append(path)
    if not found:
        help = f"it is searched for {', '.join(sorted(SUFFIXES))}"
        raise problem(folder, "the folder holds no documents that are read", None, help)
    return found


def _inside(path: str, root: str) -> bool:
    return not os.path.islink(path) or os.path.realpath(path).startswith(root + os.sep)


def is_collection(path: str) -> bool:
    """Whether a file begins like an array or lines of JSON, so that it may hold many postings."""
    try:
        with open(path, "rb") as stream:
            head = stream.read(_PIECE).lstrip(b"\xef\xbb\xbf \t\r\n")
    except OSError:
        return False
    if head.startswith(b"["):
        return True
    first, _, rest = head.partition(b"\n")
    return first.rstrip().startswith(b"{") and first.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{")


def estimate(path: str) -> int:
    """About how many postings a collection holds."""
    with open(path, "rb") as stream:
        return max(1, sum(piece.count(b'"JobPosting"') for piece in iter(lambda: stream.read(_PIECE), b"")))


def each(paths: list[str], limits: Limits = LIMITS) -> Iterator[Source]:
    """Every document that the files hold, in order. A collection is read a piece at a time."""
    for path in paths:
        if path != "-" and is_collection(path):
            yield from _members(path, limits)
        else:
            yield Source(path, path)


def _members(path: str, limits: Limits) -> Iterator[Source]:
    """The postings of a collection, named FILE#1 and so on; a file that is no such collection is one document."""
    from gapcheck.jobdesc.reading.posting import postings_in

    number = 0
    try:
        for value in _values(path, limits):
            for posting in postings_in(value):
                number += 1
                yield Source(f"{path}#{number}", posting=posting)
    except InputError as error:
        if number:
            yield Source(f"{path}#{number + 1}", failed=str(error.problems[0].message))
            return
    if not number:
        yield Source(path, path)  # reading it as one document says what is wrong, or finds that it is text


def _values(path: str, limits: Limits) -> Iterator[Any]:
    """The values of a JSON array, or of lines of JSON, one at a time. Raises InputError where the JSON breaks off."""
    decoder = json.JSONDecoder(strict=False)
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
                if len(kept) > limits.bytes:
                    raise problem(path, f"a posting is larger than {limits.bytes / 1e6:.0f} MB") from None
                continue
            kept = kept[end:]
            yield value
