"""What each format shows of four small reports, kept as text. Run `python -m tests.document.goldens` to make them anew."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import docx
import lxml.html
import openpyxl

from gapcheck.document.answer import Look
from gapcheck.document.render import FORMATS, rendered
from gapcheck.findings.checked import Checked, Findings
from tests.conftest import TODAY
from tests.document.made import checked, profile_bytes
from tests.pdf import pages

FOLDER = Path(__file__).parent / "golden"
_WAIVERS = b"""gapcheck: 1
waivers:
  - {finding: rt-advanced-practitioner-role, reason: The capabilities are assessed in March, owner: Clinical lead, expiry: 2027-03-31}
"""
_RADIOGRAPHER: dict[str, Any] = {
    "profession": "diagnostic-radiographer",
    "registrations": [{"register": "hcpc", "status": "registered"}],
}


def cases() -> dict[str, Checked]:
    """A report with findings, one in which nothing is found, one that cannot be told, and one with a waiver."""
    nurse = {"profession": "nurse", "registrations": [{"register": "nmc", "status": "registered"}]}
    return {
        "findings": checked(profile_bytes()),
        "nothing-found": checked(profile_bytes(holder=_RADIOGRAPHER, tasks=["dr-training"])),
        "unknown": checked(profile_bytes(holder=nurse, tasks=["ap-prescribe"])),
        "waived": checked(profile_bytes(tasks=["rt-advanced-practitioner-role"]), waivers=_WAIVERS),
    }


def text_of(format: str, raw: str | bytes) -> str:
    """What a program of the format shows, without what changes with every lawbook."""
    text = _READ[format](raw) if format in _READ else str(raw)
    text = re.sub(r"<!-- gapcheck-receipt.*", "", text, flags=re.S)
    text = re.sub(r"[0-9a-f]{64}|\b[0-9a-f]{16}\b", "DIGEST", text)
    return re.sub(r"\b20\d\d\.\d\d\.\d\d\b", "VERSION", text).rstrip() + "\n"


def _docx(raw: Any) -> str:
    body = docx.Document(io.BytesIO(raw)).element.body
    return "\n".join("".join(node.itertext()) for node in body.iter("{*}p"))


def _pdf(raw: Any) -> str:
    return "\n".join(pages(raw))


def _html(raw: Any) -> str:
    lines = (line.strip() for line in lxml.html.fromstring(raw).body.itertext())
    return "\n".join(line for line in lines if line)


def _xlsx(raw: Any) -> str:
    book = openpyxl.load_workbook(io.BytesIO(raw))
    return "\n".join(
        f"{sheet.title}: {name.value} = {cell.value}"
        for sheet in book
        for row in sheet.iter_rows(min_row=2)
        for name, cell in zip(sheet[1], row, strict=True)
        if cell.value is not None
    )


def _csv(raw: Any) -> str:
    rows = list(csv.DictReader(io.StringIO(str(raw).removeprefix("\ufeff"))))
    return "\n".join(f"{key} = {value}" for row in rows for key, value in row.items() if value)


def _json(raw: Any) -> str:
    data = json.loads(raw)
    lines = [f"{key}: {value}" for key, value in data["summary"].items()]
    return "\n".join(
        [
            *lines,
            *data["headline"],
            *(f"{one['label']}: {one['status']}, {one['today']}. {one['why']}" for one in data["findings"]),
        ]
    )


def _sarif(raw: Any) -> str:
    results = json.loads(raw)["runs"][0]["results"]
    return "\n".join(f"{one['level']} {one['ruleId']}: {one['message']['text']}" for one in results) or "no result"


_READ = {"docx": _docx, "pdf": _pdf, "html": _html, "xlsx": _xlsx, "csv": _csv, "json": _json, "sarif": _sarif}


def made(case: Checked, format: str) -> str:
    """The text of a case in a format."""
    return text_of(format, rendered(Findings([case], TODAY), format, Look(width=80)))


def refresh() -> None:
    """Write them all."""
    FOLDER.mkdir(exist_ok=True)
    for name, case in cases().items():
        for format in FORMATS:
            (FOLDER / f"{name}.{format}.txt").write_text(made(case, format), encoding="utf-8")


if __name__ == "__main__":
    refresh()
