"""Find the receipt in a report of any format. The report comes from a stranger: sizes are limited, and its form is checked."""

from __future__ import annotations

import base64
import binascii
import csv
import datetime
import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import jsonschema

from gapcheck.document.receipt import Source, digest
from gapcheck.document.render import embedded, fingerprint
from gapcheck.document.same import strict
from gapcheck.errors import InputError, problem
from gapcheck.forms import validator
from gapcheck.reading import opened

MAX_BYTES = 60_000_000


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report as read: its format, its bytes, its receipts (JSON has one for each profile) and, for JSON, its data."""

    format: str
    raw: bytes
    receipts: list[dict[str, Any]]
    data: list[dict[str, Any]] = field(default_factory=list)

    @property
    def runs(self) -> list[dict[str, Any]]:
        return [run for receipt in self.receipts for run in receipt["runs"]]

    @property
    def asked(self) -> dict[str, Any]:
        """Of job descriptions and statements: under what law they were looked at."""
        return next((receipt["asked"] for receipt in self.receipts if "asked" in receipt), {})

    def documents(self, given: Sequence[Source]) -> list[Source]:
        """The documents that were read: those embedded, or else those of `given` that have their hash.

        Raises InputError where one is not there.
        """
        hashes = {hashlib.sha256(item.raw).hexdigest(): item.raw for item in given}
        return [
            Source(item["source"], hashes[item["sha256"]]) if item["sha256"] in hashes else kept(item)
            for item in self.receipts[0]["documents"]
        ]

    def changed_body(self) -> bool:
        """Whether the report shows other than the hash in its receipt says, or nothing that can be read; False where it gives
        none."""
        if self.format == "json":
            return any(
                digest({key: value for key, value in item.items() if key != "receipt"}) != item["receipt"]["body"]
                for item in self.data
            )
        body = self.receipts[0]["body"]
        try:
            return bool(body) and fingerprint(self.raw, self.format) != body
        except ValueError:
            return True


def kept(item: Mapping[str, str]) -> Source:
    """A file that a receipt embeds. Raises InputError where it does not, or it cannot be read."""
    if "content" not in item:
        raise problem(item["source"], "the report does not embed it", None, "give it: --profile FILE")
    try:
        return Source(item["source"], base64.b64decode(item["content"], validate=True))
    except (binascii.Error, ValueError):
        raise problem(item["source"], "the file embedded in the report cannot be read") from None


def read_report(path: str) -> ReadReport:
    """The report in a file. Raises InputError for what cannot be read, or carries no receipt."""
    try:
        with opened(path) as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise problem(path, f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    if len(raw) > MAX_BYTES:
        raise problem(path, f"the file is larger than {MAX_BYTES / 1e6:.0f} MB; no report is")
    format = _format(raw)
    try:
        found = _READERS[format](raw) if format in _READERS else _embedded(format, raw)
        for receipt in found.receipts:
            _check(receipt)
        annex = found.receipts and found.receipts[0]["command"].startswith("gapcheck submission ")
        if not found.runs and not annex and not found.asked:
            raise ValueError("it carries no receipt")
    except InputError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, jsonschema.ValidationError) as error:
        said = error.message if isinstance(error, jsonschema.ValidationError) else str(error)
        help = (
            "give a report that gapcheck check made with --format json, markdown, html, docx, pdf, xlsx, csv or sarif"
        )
        raise problem(
            path, f"no receipt can be read from it: {said[:200] or 'it is out of form'}", None, help
        ) from None
    return found


def _format(raw: bytes) -> str:
    start = raw[:2000].lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(b"PK"):
        return "xlsx" if b"xl/workbook.xml" in raw else "docx"
    if start.startswith(b"%PDF"):
        return "pdf"
    if start[:9].lower() == b"<!doctype":
        return "html"
    if start[:1] in (b"{", b"["):
        return "sarif" if b'"version": "2.1.0"' in start or b"sarif-schema" in start else "json"
    return "csv" if start.startswith(b"profile,title,") else "markdown"


def _embedded(format: str, raw: bytes) -> ReadReport:
    return ReadReport(format, raw, [strict(embedded(raw, format))])


def _json(raw: bytes) -> ReadReport:
    loaded = strict(raw.decode("utf-8-sig"))
    data = loaded if isinstance(loaded, list) else [loaded]
    if not all(isinstance(item, dict) and "receipt" in item for item in data):
        raise ValueError("it carries no receipt")
    return ReadReport("json", raw, [item["receipt"] for item in data], data)


def _sarif(raw: bytes) -> ReadReport:
    return ReadReport("sarif", raw, [run["properties"]["receipt"] for run in strict(raw.decode("utf-8-sig"))["runs"]])


def _csv(raw: bytes) -> ReadReport:
    """The receipt that the columns give; the profile itself does not fit into a cell."""
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    if not rows:
        raise ValueError("it has no rows")
    runs: dict[str, dict[str, Any]] = {}
    for row in rows:
        waivers = {"source": "", "sha256": row["waivers_sha256"]} if row["waivers_sha256"] else None
        run = runs.setdefault(
            row["profile"] + row["profile_sha256"],
            {
                "profile": {"source": row["profile"].removeprefix("'"), "sha256": row["profile_sha256"]},
                "lawbook": {
                    "version": row["lawbook_version"],
                    "digest": row["lawbook_digest"],
                    "as_at": row["as_at"],
                    "nation": row["nation"],
                    "overlays": [],
                    "reforms": [item for item in row["reforms"].split("; ") if item],
                    "interpretations": dict(item.split("=", 1) for item in row["interpretations"].split("; ") if item),
                },
                "engines": row["engines"].split("; "),
                "waivers": waivers,
                "findings": [],
                "sha256": "",
            },
        )
        keys = ("task", "label", "status", "today", "gap", "because_of_registration")
        run["findings"].append({**{key: row[key] for key in keys}, "sha256": row["finding_sha256"]})
    head = {"receipt": 1, "command": "check", "tool": rows[0]["tool"], "made": rows[0]["made"]}
    return ReadReport("csv", raw, [{**head, "runs": list(runs.values()), "documents": [], "body": ""}])


_READERS: dict[str, Callable[[bytes], ReadReport]] = {"json": _json, "sarif": _sarif, "csv": _csv}


def _check(receipt: Any) -> None:
    datetime.date.fromisoformat(receipt["made"])
    validator("report", "receipt").validate(receipt)
