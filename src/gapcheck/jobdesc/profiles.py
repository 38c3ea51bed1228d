"""The profiles that a job description proposes, as files for a person to correct."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from gapcheck.errors import problem
from gapcheck.jobdesc.understanding.result import COUNTING
from gapcheck.profile.model import REGISTERED, Listing

if TYPE_CHECKING:
    from gapcheck.jobdesc.understanding.result import Description, TaskHit
    from gapcheck.law.lawbook import Lawbook
    from gapcheck.profile.model import Attested, Profile, Registration, TaskEntry

_LONG = 60  # characters of a name of a file, or of a quote in a comment


class ProfileFile(NamedTuple):
    """A profile on its way to a file: a name without folder and suffix, and the text."""

    name: str
    text: str


def profile_files(description: Description, book: Lawbook) -> tuple[ProfileFile, ...]:
    """A file for each group to which the post is open and for which the text names a task."""
    stem = slug(Path(description.source.partition("#")[0]).stem) or "document"
    number = description.source.partition("#")[2]
    found = []
    for profile in description.profiles:
        if not profile.tasks:
            continue
        registers = "-".join(item.register for item in profile.registrations)
        name = "--".join(filter(None, (stem, slug(number), slug(profile.profession), slug(registers))))
        found.append(ProfileFile(name, _text(profile, description, book)))
    return tuple(found)


def save(files: tuple[ProfileFile, ...], folder: str) -> tuple[list[str], list[str]]:
    """Write profiles into a folder; the paths written, and those left alone because a file stands there already.

    Raises InputError where a file cannot be written.
    """
    written, kept = [], []
    try:
        os.makedirs(folder, exist_ok=True)
        for item in files:
            path = Path(folder) / f"{item.name}.yaml"
            try:
                with open(path, "x", encoding="utf-8", newline="\n") as stream:
                    stream.write(item.text)
                written.append(str(path))
            except FileExistsError:
                kept.append(str(path))
    except OSError as error:
        raise problem(folder, f"cannot be written: {(error.strerror or str(error)).lower()}") from None
    return written, kept


def slug(text: str) -> str:
    """Small letters, digits and hyphens: nothing that means anything to a file system."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONG].strip("-")


def _text(profile: Profile, description: Description, book: Lawbook) -> str:
    why = next((item.why for item in description.open_to if item.profession == profile.profession), "")
    lines = [
        f"# Proposed by gapcheck jd from {_comment(description.source)}; read it through and correct it.",
        "# What is not stated is unknown, not false; a register that is not listed counts as not held.",
    ]
    lines += [f"# Why this group: {_comment(why)}"] if why else []
    lines += [
        "gapcheck: 1",
        "post:",
        f"  title: {_value(profile.title or 'Not stated')}",
        f"  nation: {_value(profile.nation)}",
    ]
    lines[-1] += "" if description.nation else "  # assumed: the text does not say"
    lines += [f"  employer: {_value(profile.employer)}"] if profile.employer else []
    lines += [f"  band: {_value(profile.band)}"] if profile.band else []
    lines += [f"  scopes: {_value(list(profile.scopes))}"] if profile.scopes else []
    lines += ["holder:", f"  profession: {_value(profile.profession)}"]
    lines += [f"  registrations: {_value([_registration(item) for item in profile.registrations])}"]
    for indent, key in (("  ", "annotations"), ("", "entitlements"), ("", "arrangements")):
        listing: Listing = getattr(profile, key)
        if listing.none or listing.items:
            lines.append(f"{indent}{key}: {_value(_listing(listing))}")
    lines += [f"facts: {_value(dict(profile.facts))}"] if profile.facts else []
    lines.append("tasks:")
    quotes: dict[str, TaskHit] = {}
    for hit in description.tasks:
        if hit.kind in COUNTING:
            quotes.setdefault(hit.id, hit)
    for task in profile.tasks:
        found = quotes.get(task.id)
        said = f"line {found.line}: {_comment(found.quote)}" if found else ""
        label = _comment(str(book.items("tasks").get(task.id, {}).get("label", "")))
        lines += [f"  # {label}" + (f" ({said})" if said else ""), f"  - {_value(_task(task))}"]
    return "\n".join([*lines, ""])


def _comment(text: str) -> str:
    plain = "".join(char if char.isprintable() else " " for char in " ".join(text.split()))
    return plain if len(plain) <= _LONG * 2 else f"{plain[: _LONG * 2]}..."


def _value(value: Any) -> str:
    text: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10**6, sort_keys=False)
    return text.strip().removesuffix("...").strip()


def _registration(item: Registration) -> Mapping[str, str]:
    made = {"register": item.register}
    if item.held_as:
        made["as"] = item.held_as
    return {**made, "status": item.status or REGISTERED}


def _attested(item: Attested) -> Any:
    more = {key: value for key, value in item._asdict().items() if value}
    return item.id if len(more) == 1 else more


def _listing(listing: Listing) -> Any:
    return "none" if listing.none and not listing.items else [_attested(item) for item in listing.items]


def _task(task: TaskEntry) -> Any:
    made: dict[str, Any] = {"id": task.id}
    for key in ("note", "medicine"):
        if getattr(task, key):
            made[key] = getattr(task, key)
    if task.facts:
        made["facts"] = dict(task.facts)
    for key in ("entitlements", "arrangements"):
        listing = getattr(task, key)
        if listing.items or listing.none:
            made[key] = _listing(listing)
    return task.id if len(made) == 1 else made
