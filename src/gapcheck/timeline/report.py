"""The timeline as data and rows."""

from __future__ import annotations

from typing import Any

from gapcheck.document.answer import Sheet
from gapcheck.findings.data import lawbook_data, provision_data
from gapcheck.timeline.model import LawChange, Period, SinceWhen, Timeline, TimelineLine
from gapcheck.timeline.words import cause_words


def timeline_data(chart: Timeline) -> dict[str, Any]:
    """The timeline as plain data, of the form of `schemas/timeline.schema.json`."""
    professions = chart.law.book.data["professions"]
    return {
        "gapcheck": "1",
        "lawbook": lawbook_data(chart.law),
        "nations": list(chart.nations),
        "kind": chart.kind,
        "case": {"medicine": chart.case.medicine, "facts": dict(chart.case.facts)},
        "professions": [
            {
                "profession": row.profession,
                "title": row.title,
                "register": row.register,
                "register_from": next(
                    (
                        one.get("from", "")
                        for one in professions[row.profession]["registers"]
                        if one["register"] == row.register
                    ),
                    "",
                ),
            }
            for row in chart.rows
        ],
        "lines": [_line(line) for line in chart.lines],
    }


def _line(line: TimelineLine) -> dict[str, Any]:
    now = line.now
    return {
        "profession": line.profession,
        "nations": list(line.nations),
        "id": line.id,
        "title": line.title,
        "force": line.force,
        "held_from": line.spans[0].first,
        "verdict": now.verdict if now else "unknown",
        "held": bool(now and now.held),
        "since": _since(line.since()),
        "ways": [
            {"act": way.act, "route": way.route, "state": way.state, "since": _since(line.way_since(way.route))}
            for way in (now.lawful if now else ())
        ],
        "spans": [_span(line, span) for span in line.spans],
    }


def _since(found: SinceWhen | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "day": found.day,
        "exact": found.exact,
        "depending": _since(found.depending),
        "causes": [_cause(item) for item in found.causes],
    }


def _cause(cause: LawChange) -> dict[str, Any]:
    return {"says": cause.says, "by": cause.by, "law": [provision_data(item) for item in cause.law]}


def _span(line: TimelineLine, span: Period) -> dict[str, Any]:
    return {
        "first": span.first,
        "last": span.last,
        "verdict": span.verdict,
        "held": span.held,
        "to_come": line.coming(span),
        "announced": span.announced,
        "untold": sorted(span.untold),
        "ways": [
            {
                "act": way.act,
                "route": way.route,
                "state": way.state,
                "directness": way.directness,
                "law": [provision_data(item) for item in way.law],
            }
            for way in span.ways
        ],
        "causes": [_cause(item) for item in span.causes],
    }


def timeline_sheets(chart: Timeline) -> list[Sheet]:
    """A row for each stretch of time of each act or task."""
    head = (
        "profession",
        "nations",
        "id",
        "title",
        "first",
        "last",
        "held",
        "verdict",
        "ways",
        "to come",
        "announced",
        "what changed it",
    )
    rows = [
        [
            line.profession,
            " ".join(line.nations),
            line.id,
            line.title,
            span.first,
            span.last,
            span.held,
            span.verdict,
            ", ".join(f"{way.route} ({way.state})" for way in span.ways),
            line.coming(span),
            span.announced,
            "; ".join(map(cause_words, span.causes)),
        ]
        for line in chart.lines
        for span in line.spans
    ]
    return [Sheet("Timeline", head, rows)]
