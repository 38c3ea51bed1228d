"""The findings of a check in any face but the terminal's, each with its receipt."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from gapcheck.document.receipt import Source, data_with_receipt, receipt_of, run_of, sealed, today
from gapcheck.engine.findings import Report


class Checked(NamedTuple):
    """A report with what it was made of: the profile's bytes, the line of each task in it, and the waivers given."""

    report: Report
    profile: Source
    lines: tuple[int | None, ...]
    waivers: Source | None = None


def findings(face: str, checked: Sequence[Checked], made: str = "") -> str | bytes:
    """The reports as json, markdown, html, docx, pdf, csv or sarif. `made`: the day of the report, ISO text (today).

    Raises InputError where a library that the face needs is not installed.
    """
    made = made or today()
    runs = [run_of(item.report, item.profile, item.waivers) for item in checked]
    reports = [item.report for item in checked]
    if face == "json":
        data: list[Any] = [
            data_with_receipt(report, receipt_of("check", [run], made=made))
            for report, run in zip(reports, runs, strict=True)
        ]
        return json.dumps(data[0] if len(data) == 1 else data, ensure_ascii=False, indent=2)
    receipt = receipt_of("check", runs, made=made)
    if face == "csv":
        from gapcheck.findings.rows import findings_csv

        return findings_csv(reports, receipt)
    if face == "sarif":
        from gapcheck.findings.sarif import findings_sarif

        return findings_sarif(reports, [item.lines for item in checked], receipt)
    from gapcheck.findings.document import document

    return sealed(document(reports, made), face, receipt)
