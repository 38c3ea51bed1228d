"""Read a folder of role profiles and job descriptions, each file for what it is."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gapcheck.errors import InputError, Problem, problem
from gapcheck.jobdesc.reading.read import LIMITS, REFUSED_SUFFIXES, SUFFIXES
from gapcheck.law.lawbook import Lawbook
from gapcheck.profile.model import Profile
from gapcheck.profile.read import profile_of
from gapcheck.reading import MAX_BYTES, read_document
from gapcheck.submission.model import Input

MAX_FILES = 2_000
PROFILES = (".yaml", ".yml", ".json")
_MARKS = {"gapcheck", "holder", "post"}  # keys of a profile
PROFILE, DOCUMENT, OTHER = "role profile", "job description", "not read: neither a role profile nor a job description"


@dataclass(frozen=True)
class Folder:
    """What was found: profiles, the paths of documents by name, and every file with its hash and use."""

    profiles: tuple[Profile, ...]
    documents: Mapping[str, Path]
    inputs: tuple[Input, ...]
    raw: Mapping[str, bytes]  # of each file that was used


def read_folder(paths: Sequence[str], book: Lawbook, progress: Callable[[str], None] = lambda _: None) -> Folder:
    """Read the folders (and single files), names in order. `progress` is told each name.

    Raises InputError for a profile out of form, a file that cannot be opened, and more than 2,000 files.
    """
    profiles: list[Profile] = []
    documents: dict[str, Path] = {}
    inputs: list[Input] = []
    kept: dict[str, bytes] = {}
    problems: list[Problem] = []
    for name, path in _files(paths):
        progress(name)
        try:
            raw = _bytes(path, name)
            found = _profile(raw, name, path.suffix.lower(), book)
            if found is not None:
                profiles.append(found)
            elif _is_document(path):
                documents[name] = path
            use = PROFILE if found is not None else DOCUMENT if _is_document(path) else OTHER
            if use != OTHER:
                kept[name] = raw
            inputs.append(Input(name, hashlib.sha256(raw).hexdigest(), use))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return Folder(tuple(profiles), documents, tuple(inputs), kept)


def _files(paths: Sequence[str]) -> list[tuple[str, Path]]:
    found: dict[Path, str] = {}
    for given in paths:
        root = Path(given)
        if not root.exists():
            raise problem(given, "there is no such file or folder")
        label = root.resolve().name
        for path in _walk(root) if root.is_dir() else [root]:
            inside = path.relative_to(root).as_posix() if root.is_dir() else label
            found.setdefault(path.resolve(), f"{label}/{inside}" if len(paths) > 1 and root.is_dir() else inside)
            if len(found) > MAX_FILES:
                raise problem(given, f"there are more than {MAX_FILES:,} files", None, "give a smaller folder")
    if paths and not found:
        raise problem(paths[0], "there is no file in it", None, "give a folder of role profiles and job descriptions")
    return sorted(((name, path) for path, name in found.items()), key=lambda item: item[0])


def _walk(root: Path) -> Iterator[Path]:
    """The files in a folder, hidden ones and links out of it left aside."""
    inside = root.resolve()
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in names:
            path = Path(folder, name)
            if not name.startswith(".") and path.resolve().is_relative_to(inside) and path.is_file():
                yield path


def _bytes(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(LIMITS.bytes + 1)
    except OSError as error:
        raise problem(name, f"cannot be read: {(error.strerror or str(error)).lower()}") from None


def _is_document(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES | REFUSED_SUFFIXES


def _profile(raw: bytes, name: str, suffix: str, book: Lawbook) -> Profile | None:
    """The profile that a file holds, or None where it holds something else."""
    if suffix not in PROFILES or not any(mark.encode() in raw for mark in _MARKS):
        return None
    if len(raw) > MAX_BYTES and suffix == ".json":
        return None  # postings
    document = read_document(raw, name)
    if not isinstance(document.data, dict) or len(_MARKS & document.data.keys()) < 2:
        return None
    return profile_of(document, book)
