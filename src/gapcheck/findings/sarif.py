"""The findings as SARIF 2.1.0, for editors and code scanning: each that is not clear, at its line of the profile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gapcheck.document import sarif
from gapcheck.document.answer import Log
from gapcheck.document.words import plain, sure
from gapcheck.engine.findings import Finding, Report
from gapcheck.engine.routes import ARRANGE, UNKNOWN
from gapcheck.engine.tasks import BLOCKED, CLEAR
from gapcheck.findings import words as say
from gapcheck.findings.data import finding_data, report_data


def places(reports: Sequence[Report], lines: Sequence[Sequence[int | None]], receipt: dict[str, Any]) -> Log:
    """Reports as findings at places. `lines`: for each report the line of each task in its profile; `receipt`: goes into the run."""
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
    return Log(driver, results, {"properties": {"reports": summaries, "receipt": receipt}})


def _rule(finding: Finding) -> dict[str, Any]:
    law = say.law_of(finding)
    text = "\n".join(f"{item.title} ({sure(item)}) {item.url}" for item in law) or finding.label
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
        place["physicalLocation"] = sarif.place(report.profile.source, line)
    result: dict[str, Any] = {
        "ruleId": finding.task,
        "ruleIndex": index,
        "level": _level(finding),
        "message": {"text": plain(" ".join([*told, f"Opens with: {opens}." if opens else ""])).strip()},
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
