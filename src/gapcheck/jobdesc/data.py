"""A job description, understood, as plain data: of the form of `schemas/jobdesc.schema.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gapcheck.findings.data import report_data

if TYPE_CHECKING:
    from gapcheck.jobdesc.understanding.result import Description


def description_data(description: Description) -> dict[str, Any]:
    """What the text says, and what the law says of it."""
    return {
        "document": {
            "source": description.source,
            "format": description.format,
            "title": description.title,
            "employer": description.employer,
            "employer_type": description.employer_type,
            "nation": description.nation,
            "place": description.place,
            "band": description.band,
            "scopes": list(description.scopes),
            "declined": description.declined,
            "notes": list(description.notes),
        },
        "registration": {
            "status": description.status,
            "wording": [
                {"quote": item.quote, "line": item.line, "register": item.register, "strength": item.strength}
                for item in description.registration
            ],
        },
        "open_to": [
            {"profession": item.profession, "register": item.register, "why": item.why} for item in description.open_to
        ],
        "tasks": [
            {
                "id": hit.id,
                "quote": hit.quote,
                "line": hit.line,
                "kind": hit.kind,
                "legal": hit.legal,
                "medicine": hit.medicine,
                "arrangements": list(hit.arrangements),
                "entitlements": list(hit.entitlements),
                "cues": [{"cue": cue, "points": points} for cue, points in hit.cues],
                "points": hit.points,
            }
            for hit in description.tasks
        ],
        "reports": [report_data(report) for report in description.reports],
        "wording": [
            {
                "code": item.code,
                "message": item.message,
                "quote": item.quote,
                "line": item.line,
                "suggest": item.suggest,
                "before": item.before,
                "change": item.change,
                "law": [
                    {"provision": law.id, "title": law.title, "url": law.url, "confidence": law.confidence}
                    for law in item.law
                ],
            }
            for item in description.wording
        ],
        "waived": [
            {"code": item.of, "reason": item.reason, "owner": item.owner, "until": item.until, "state": item.state}
            for item in description.waived
        ],
    }
