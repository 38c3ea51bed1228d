"""The findings as SARIF 2.1.0, for editors and code scanning: each that is not clear, at its line of the profile."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from gapcheck.document import words as say
from gapcheck.engine.findings import Finding, Report
from gapcheck.engine.routes import ARRANGE, UNKNOWN
from gapcheck.engine.tasks import BLOCKED, CLEAR
from gapcheck.findings.data import finding_data, report_data

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def findings_sarif(reports: Sequence[Report], lines: Sequence[Sequence[int | None]], receipt: dict[str, Any]) -> str:
    """Reports as SARIF. `lines`: for each report the line of each task in its profile; `receipt`: goes into the run."""
    rules: dict[str, dict[str, Any]] = {}
    results = []
    for report, places in zip(reports, lines, strict=True):
        for finding, line in zip(report.findings, places, strict=True):
            if finding.status != CLEAR:
                rules.setdefault(finding.task, _rule(finding))
                results.append(_result(report, finding, line, list(rules).index(finding.task)))
    summaries = [{key: value for key, value in report_data(report).items() if key != "findings"} for report in reports]
    driver = {
        "name": "gapcheck",
        "version": receipt["tool"],
        "semanticVersion": receipt["tool"],
        "shortDescription": {"text": reports[0].law.book.data["title"]},
        "fullDescription": {"text": f"{say.CLEAR_IS_NOT} {reports[0].law.book.data['advice']}"},
        "rules": list(rules.values()),
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": {"reports": summaries, "receipt": receipt},
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(finding: Finding) -> dict[str, Any]:
    law = say.law_of(finding)
    text = "\n".join(f"{item.title} ({say.sure(item)}) {item.url}" for item in law) or finding.label
    rule: dict[str, Any] = {
        "id": finding.task,
        "name": "".join(word.capitalize() for word in finding.task.split("-")),
        "shortDescription": {"text": finding.label},
        "fullDescription": {"text": str(finding.decision.task["harm"]["text"])},
        "help": {"text": text},
    }
    return {**rule, "helpUri": law[0].url} if law else rule


def _result(report: Report, finding: Finding, line: int | None, index: int) -> dict[str, Any]:
    opens = " Or: ".join(say.remedy_line(item) for item in finding.opens_with)
    told = [f"{finding.label}: {say.status_line(finding)}.", finding.why, *finding.questions]
    place: dict[str, Any] = {"logicalLocations": [{"name": finding.task, "kind": "member"}]}
    if line is not None:
        place["physicalLocation"] = {
            "artifactLocation": {"uri": quote(report.profile.source.replace("\\", "/"), safe="/")},
            "region": {"startLine": line},
        }
    result: dict[str, Any] = {
        "ruleId": finding.task,
        "ruleIndex": index,
        "level": _level(finding),
        "message": {"text": say.plain(" ".join([*told, f"Opens with: {opens}." if opens else ""])).strip()},
        "locations": [place],
        "properties": finding_data(report.law, finding),
    }
    waiver = report.waived.get(finding.task)
    if waiver:
        said = f"{waiver.reason} Owner: {waiver.owner}. Until {waiver.until}."
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": said}]
    return result


def _level(finding: Finding) -> str:
    if finding.status in (BLOCKED, ARRANGE):
        return "error"
    return "note" if finding.status == UNKNOWN else "warning"
