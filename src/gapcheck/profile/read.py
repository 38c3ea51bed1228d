"""Read a role profile: quickly where it is in order, and with every mistake explained where it is not.

The good path takes no schema library: it builds the values strictly and stops at the first thing out of form. Whatever is
out of form is then explained by `explain`, against `schemas/profile.schema.json`.
"""

from __future__ import annotations

import datetime
import math
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from gapcheck.errors import InputError, problem
from gapcheck.profile.model import REGISTERED, Attested, Listing, Profile, Registration, TaskEntry
from gapcheck.profile.resolve import resolve_profile
from gapcheck.reading import MAX_BYTES, DataFile, opened, read_document

if TYPE_CHECKING:
    from gapcheck.law.lawbook import Lawbook

STATUSES = (
    REGISTERED, "eligible", "working-towards", "lapsed", "removed", "suspended", "conditional",
    "provisional", "temporary", "without-licence", "student",
)  # fmt: skip
MAX_TASKS = 500
MAX_TEXT = 1000
MAX_TITLE = 20_000
_TOP = {"$schema", "gapcheck", "post", "holder", "entitlements", "arrangements", "facts", "tasks"}
_POST = {"title", "nation", "employer", "band", "scopes"}
_HOLDER = {"profession", "registrations", "annotations"}
_TASK = {"id", "note", "medicine", "facts", "entitlements", "arrangements"}


class _OutOfFormError(Exception):
    """The document is not of the form of a profile; the explanation is made elsewhere."""


def read_profile(path: str | os.PathLike[str], book: Lawbook) -> Profile:
    """Read a profile file (YAML or JSON; `-` for standard input). Raises InputError with every problem found."""
    source, raw = read_bytes(path)
    return profile_of(read_document(raw, source), book)


def read_bytes(path: str | os.PathLike[str]) -> tuple[str, bytes]:
    """The name and the bytes of a profile file (`-` for standard input). Raises InputError for what cannot be read."""
    source = os.fspath(path)
    if source == "-":
        return "standard input", sys.stdin.buffer.read(MAX_BYTES + 1)
    if os.path.isdir(source):
        raise problem(source, "this is a folder; give a profile file")
    try:
        if not os.stat(source).st_size < MAX_BYTES * 2:
            raise problem(
                source,
                f"the file is {os.stat(source).st_size / 1e6:.0f} MB; a profile is at most {MAX_BYTES / 1e6:.0f} MB",
            )
        with opened(source) as stream:
            return source, stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise problem(source, f"cannot be read: {(error.strerror or str(error)).lower()}") from None


def profile_of(document: DataFile, book: Lawbook) -> Profile:
    """The profile that a document states. Raises InputError with every problem found."""
    try:
        profile = _build(document)
    except (_OutOfFormError, TypeError, KeyError, AttributeError):
        from gapcheck.forms import problems_of  # brings the schema library

        raise InputError(problems_of(document, book)) from None
    return resolve_profile(profile, book, document)


def _build(document: DataFile) -> Profile:
    data = document.data
    _known(data, _TOP, {"gapcheck", "post", "holder", "tasks"})
    if data["gapcheck"] is True or data["gapcheck"] != 1 or not isinstance(data.get("$schema", ""), str):
        raise _OutOfFormError
    post, holder = data["post"], data["holder"]
    _known(post, _POST, {"title", "nation"})
    _known(holder, _HOLDER, {"profession"})
    tasks = data["tasks"]
    if not isinstance(tasks, list) or not 1 <= len(tasks) <= MAX_TASKS:
        raise _OutOfFormError
    band = post.get("band", "")
    if isinstance(band, bool) or not isinstance(band, (str, int)) or len(str(band)) > MAX_TEXT:
        raise _OutOfFormError
    return Profile(
        profession=_text(holder["profession"]),
        nation=_text(post["nation"]),
        title=_text(post["title"], MAX_TITLE) or _out_of_form(),
        employer=_text(post.get("employer", "")),
        band=str(band),
        scopes=tuple(_text(item) for item in _list(post.get("scopes", []))),
        registrations=tuple(_registration(item) for item in _list(holder.get("registrations", []))),
        annotations=_listing(holder.get("annotations", [])),
        entitlements=_listing(data.get("entitlements", [])),
        arrangements=_listing(data.get("arrangements", [])),
        facts=_facts(data.get("facts", {})),
        tasks=tuple(_task(item) for item in tasks),
        source=document.source,
    )


def _known(data: Any, allowed: set[str], needed: set[str]) -> None:
    if not isinstance(data, dict) or not needed <= data.keys() <= allowed:
        raise _OutOfFormError


def _out_of_form() -> str:
    raise _OutOfFormError


def _text(value: Any, most: int = MAX_TEXT) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise _OutOfFormError
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _OutOfFormError
    return value


def _facts(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict) or not all(
        isinstance(item, (str, bool, int)) or (isinstance(item, float) and math.isfinite(item))
        for item in value.values()
    ):
        raise _OutOfFormError
    return value


def _registration(value: Any) -> Registration:
    _known(value, {"register", "status", "as"}, {"register"})
    status = _text(value.get("status", REGISTERED))
    if status not in STATUSES or value.get("as") == "":
        raise _OutOfFormError
    return Registration(_text(value["register"]), status, _text(value.get("as", "")))


def _listing(value: Any) -> Listing:
    if value == "none":
        return Listing((), True)
    return Listing(tuple(_attested(item) for item in _list(value) if item != "none"), "none" in value)


def _attested(value: Any) -> Attested:
    if isinstance(value, str):
        return Attested(_text(value))
    _known(value, {"id", "by", "reference", "until"}, {"id"})
    until = _text(value.get("until", ""))
    if "until" in value and not is_date(until):
        raise _OutOfFormError
    return Attested(_text(value["id"]), _text(value.get("by", "")), _text(value.get("reference", "")), until)


def _task(value: Any) -> TaskEntry:
    if isinstance(value, str):
        return TaskEntry(_text(value))
    _known(value, _TASK, {"id"})
    if value.get("medicine") == "":
        raise _OutOfFormError
    return TaskEntry(
        _text(value["id"]),
        _text(value.get("note", "")),
        _text(value.get("medicine", "")),
        _facts(value.get("facts", {})),
        _listing(value.get("entitlements", [])),
        _listing(value.get("arrangements", [])),
    )


def is_date(text: str) -> bool:
    """Whether text is a calendar date, YYYY-MM-DD."""
    try:
        return len(text) == 10 and bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False
