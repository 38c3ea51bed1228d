"""SARIF 2.1.0, for editors and code review: findings at places in files."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from gapcheck.document.answer import Answer, Log, Look
from gapcheck.document.json import beyond, dumped

__all__ = ["SCHEMA", "beyond", "log_of", "place", "render", "uri"]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(answer: Answer, look: Look) -> str:
    """The places of an answer as a log with one run."""
    return dumped(log_of(answer.places()))


def log_of(log: Log) -> dict[str, Any]:
    """The log as data."""
    run = {"tool": {"driver": log.driver}, "columnKind": "unicodeCodePoints", **log.more, "results": log.results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def place(file: str, line: int) -> dict[str, Any]:
    """A line of a file."""
    return {"artifactLocation": {"uri": uri(file)}, "region": {"startLine": line}}


def uri(file: str) -> str:
    """The address of a file: as it was named, or from the folder in which the command runs where it stands below that."""
    name = file.replace("\\", "/")
    if Path(name).is_absolute():
        try:
            name = Path(name).resolve().relative_to(Path.cwd().resolve()).as_posix()
        except ValueError:
            return Path(name).as_uri()
    return quote(name.encode("utf-8", "replace"), safe="/")
