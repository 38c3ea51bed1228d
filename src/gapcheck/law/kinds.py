"""The kinds of lawbook file: the key that marks each, the schema that it follows, and what is wrong with one."""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gapcheck.errors import InputError, LawbookError, Problem
from gapcheck.packaged import folder
from gapcheck.reading import DataFile, read_document

if TYPE_CHECKING:
    from gapcheck.forms import FormError

MAX_LAW_FILE = 4_000_000  # bytes
_KEPT = 1_500  # files that are kept as read: two lawbooks, and what is laid over them
STATUTE = "statute"
_OF_STATUTE = {  # what only a lawbook says, of a rule or instrument and of a register; and what to write instead
    STATUTE: "write local",
    "statutory": "a statute names the registers that are: a register that you add is no more than accredited",
}
# Key that marks what a file holds -> where the book keeps it. A file holds one of these, or a list of many.
SINGLE = {
    "instrument": "instruments",
    "route": "rules",
    "class": "classes",
    "interpretation": "interpretations",
    "reform": "reforms",
    "wording": "wording",
}
LISTS = (
    "registers",
    "professions",
    "arrangements",
    "facts",
    "routes",
    "acts",
    "medicines",
    "expectations",
    "tenets",
    "codes",
    "properties",
    "coverage",
    "references",
    "left-out",
    "criteria",
    "assurance-steps",
    "papers",
    "points",
)
EXAMPLES = "examples-of"  # marks the file beside a rule that holds its examples
# The key that marks a file -> its schema, where that has another name.
_SCHEMA = {"claims": "evidence", "route": "rule", "scope": "tasks", EXAMPLES: "examples"}
_MARKS = ("lawbook", "overlay", "additions", "reviews", "scope", "claims", EXAMPLES, *SINGLE, *LISTS)


def read_law_file(path: str, name: str) -> DataFile:
    """A lawbook file, named `name` in what is said of it. Raises LawbookError for one that cannot be read."""
    try:
        return DataFile(name, *marshal.loads(_read(Path(path).read_bytes(), name)))  # noqa: S302  # packed by this process
    except InputError as error:
        raise LawbookError(error.problems) from None
    except OSError as error:
        raise LawbookError([Problem(name, 1, f"cannot be read: {(error.strerror or str(error)).lower()}")]) from None


@lru_cache(_KEPT)
def _read(raw: bytes, name: str) -> bytes:
    """What a file says and where it says it. Packed: linking writes into what it is given, and a file is read again for its
    form, for its links, and for each of two lawbooks that are compared."""
    document = read_document(raw, name, MAX_LAW_FILE)
    return marshal.dumps((document.data, document.lines))


def errors_of(document: DataFile, schema: str) -> tuple[FormError, ...]:
    """What is out of form in a lawbook file, each file as it stands asked once."""
    return _errors(marshal.dumps((document.data, document.lines)), document.source, schema)


@lru_cache(_KEPT)
def _errors(packed: bytes, name: str, schema: str) -> tuple[FormError, ...]:
    from gapcheck.forms import form_errors  # brings the schema library

    return tuple(form_errors(DataFile(name, *marshal.loads(packed)), schema))  # noqa: S302  # as above


def mark_of(document: DataFile) -> str:
    """The key that says what kind of lawbook file a document is; empty where it is none."""
    data = document.data if isinstance(document.data, dict) else {}
    if "scope" in data and "claims" in data:
        return "claims"
    return next((key for key in _MARKS if key in data and (key != "scope" or "tasks" in data)), "")


def schema_of(document: DataFile) -> str:
    """The name of the schema that a document has to follow; empty where it is no kind of lawbook file."""
    mark = mark_of(document)
    schema = _SCHEMA.get(mark, mark)
    return schema if mark and Path(folder("schemas"), f"{schema}.schema.json").is_file() else ""


def complaints_of(path: str, name: str, local: bool) -> Iterator[Problem]:
    """What is out of form in a file. `local`: it lies over another lawbook, and so cannot be statute."""
    try:
        document = read_law_file(path, name)
    except LawbookError as error:
        yield from error.problems
        return
    if schema := schema_of(document):
        for found in errors_of(document, schema):
            # examples prove a rule and decide nothing: that they are missing, `gapcheck lint` says
            if found.key != "examples" or found.keyword not in ("required", "minItems"):
                yield found.problem
    if local:
        yield from statutes_in(document)


def statutes_in(document: DataFile) -> Iterator[Problem]:
    """The places at which a file of an overlay says that it is statute: what a local policy bars is never blocked."""
    data = document.data if isinstance(document.data, dict) else {}
    items = [((), data), *(((key, number), item) for key in LISTS for number, item in _items(data.get(key)))]
    for where, item in items:
        for key in ("force", "kind"):
            if isinstance(said := item.get(key), str) and said in _OF_STATUTE:
                help = (
                    "a local policy restricts and never blocks: write framework"
                    if key == "force"
                    else _OF_STATUTE[said]
                )
                line = document.line((*where, key))
                yield Problem(document.source, line, f"`{key}: {said}` cannot stand in a local lawbook", help)


def _items(value: Any) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, dict):
            yield number, item
