"""The receipt: what went into a report and, in short, what came out, so that `gapcheck verify` can run it again.

It embeds the profile and the waivers byte for byte. A profile names a post and not a person; whoever hands a report on hands
on the profile with it.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from typing import Any, NamedTuple

from gapcheck.document.blocks import Document
from gapcheck.engine.findings import Report
from gapcheck.errors import problem
from gapcheck.findings.data import lawbook_data, report_data


class Source(NamedTuple):
    """A file that was read: its name as it was given, and its bytes."""

    name: str
    raw: bytes


def today() -> str:
    """The day to put on a report, ISO text: that of SOURCE_DATE_EPOCH where it is set. Raises InputError where that is no
    number of seconds."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if not given:
        return datetime.date.today().isoformat()
    try:
        return datetime.datetime.fromtimestamp(int(given), datetime.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise problem("SOURCE_DATE_EPOCH", f"`{given}` is not a number of seconds since 1970") from None


def canonical(data: Any) -> str:
    """JSON text that is the same for equal data."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(data: Any) -> str:
    """The SHA-256 of data."""
    return hashlib.sha256(canonical(data).encode("utf-8", "surrogatepass")).hexdigest()


def hashed(source: Source, keep: bool) -> dict[str, str]:
    """A file by name and hash; `keep`: with its bytes."""
    about = {"source": source.name, "sha256": hashlib.sha256(source.raw).hexdigest()}
    return {**about, "content": base64.b64encode(source.raw).decode()} if keep else about


def run_of(report: Report, profile: Source, waivers: Source | None = None) -> dict[str, Any]:
    """One check of one profile, in and out."""
    data = report_data(report)
    second = [report.cross_check.engine] if report.cross_check.engine else []
    keys = ("task", "label", "status", "today", "because_of_registration")
    return {
        "profile": hashed(profile, True),
        "lawbook": lawbook_data(report.law),
        "engines": [f"gapcheck {version('gapcheck')}", *second],
        "waivers": hashed(waivers, True) if waivers else None,
        "findings": [
            {**{key: item[key] for key in keys}, "gap": item["assurance"]["gap"], "sha256": digest(item)}
            for item in data["findings"]
        ],
        "sha256": digest({key: value for key, value in data.items() if key != "cross_check"}),
    }


def receipt_of(
    command: str, runs: Sequence[dict[str, Any]], documents: Sequence[Source] = (), made: str = ""
) -> dict[str, Any]:
    """The receipt of a report. `documents`: other files that were read, kept by hash alone; `made`: the day (today)."""
    return {
        "receipt": 1,
        "command": command,
        "tool": version("gapcheck"),
        "made": made or today(),
        "runs": list(runs),
        "documents": [hashed(item, False) for item in documents],
        "body": "",
    }


def sealed(document: Document, face: str, receipt: dict[str, Any]) -> str | bytes:
    """The document in a face, with its receipt and the hash of what it shows.

    Raises InputError where a library that the face needs is not installed.
    """
    from gapcheck.document.render import fingerprint, render

    body = fingerprint(render(replace(document, receipt=""), face), face)
    return render(replace(document, receipt=canonical({**receipt, "body": body})), face)


def data_with_receipt(report: Report, receipt: dict[str, Any]) -> dict[str, Any]:
    """The report as JSON data, with its receipt."""
    data = report_data(report)
    return {**data, "receipt": {**receipt, "body": digest(data)}}
