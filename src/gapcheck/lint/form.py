"""Whether each file can be read and is of the form of its schema, and whether ids are what ids should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from gapcheck.errors import LawbookError, Problem
from gapcheck.forms import FormError
from gapcheck.law.kinds import EXAMPLES, LISTS, errors_of, mark_of, read_law_file, schema_of
from gapcheck.lint import codes
from gapcheck.reading import DataFile

# The key that is missing or empty -> the code that has a page about it.
_KEYS = {
    "url": codes.NO_ADDRESS,
    "checked": codes.NO_CHECK,
    "opens": codes.AMEND_OPENS,
    "source": codes.NO_SOURCE,
    "references": codes.NO_SOURCE,
    "examples": codes.NO_LAWFUL_EXAMPLE,
    "evidence": codes.HARM_WITHOUT_EVIDENCE,
}
_EMPTY = ("required", "minLength", "minItems")
_ID = "is not an id"


def read(files: Mapping[str, str]) -> tuple[list[DataFile], list[Problem]]:
    """The documents of the files that can be read (name within the lawbook: path), and what is wrong with the others."""
    documents, problems = [], []
    for name, path in files.items():
        try:
            documents.append(read_law_file(path, name))
        except LawbookError as error:
            problems += [item._replace(code=codes.UNREADABLE) for item in error.problems]
    return documents, problems


def check(document: DataFile) -> Iterator[Problem]:
    """What is out of form in a document."""
    mark, schema = mark_of(document), schema_of(document)
    if not schema:
        return  # the loader says that it is no kind of lawbook file
    for error in errors_of(document, schema):
        yield error.problem._replace(code=_code(error), line=error.problem.line or 1)
    if isinstance(document.data.get("provisions"), list):
        yield from _provisions(document)
    yield from _name(document, mark)


def _code(error: FormError) -> str:
    if error.keyword in _EMPTY or error.key == "url":
        return _KEYS.get(error.key, codes.OUT_OF_FORM)
    if error.keyword == "pattern" and _ID in error.problem.message:
        return codes.NOT_KEBAB_CASE
    return codes.OUT_OF_FORM


def _provisions(document: DataFile) -> Iterator[Problem]:
    """Provisions of one instrument that share an id; the loader would keep the last."""
    seen: dict[Any, int | None] = {}
    for index, item in enumerate(document.data["provisions"]):
        identity = item.get("id") if isinstance(item, dict) else None
        line = document.line(("provisions", index))
        if isinstance(identity, str) and identity in seen:
            message = f"the id `{identity}` is taken by the provision on line {seen[identity]}"
            yield Problem(document.source, line, message, "give one of them another id", codes.TWICE)
        if isinstance(identity, str):
            seen.setdefault(identity, line)


def _name(document: DataFile, mark: str) -> Iterator[Problem]:
    """A file whose id is not its name: whoever looks for the id looks for the file."""
    path = PurePosixPath(document.source)
    key = "id" if mark == "route" else "scope" if mark == "claims" else mark
    identity = document.data.get(key)
    if mark in (*LISTS, "lawbook", "overlay") or not isinstance(identity, str):
        return
    name = path.parent.name if mark == "instrument" else path.stem.removesuffix(".examples" if mark == EXAMPLES else "")
    if name and identity != name:
        what = "folder" if mark == "instrument" else "file"
        message = f"the id is `{identity}`, but the {what} is named `{name}`"
        help = f"rename the {what}, or give it the id `{name}`"
        yield Problem(document.source, document.line((key,)), message, help, codes.OTHER_NAME)
