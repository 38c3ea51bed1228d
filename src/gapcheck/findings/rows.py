"""The findings as CSV, one row a finding, with columns that say what they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gapcheck.document.answer import Sheet
from gapcheck.document.words import overlay_lines, sure, turns
from gapcheck.engine.findings import Report
from gapcheck.findings import words as say
from gapcheck.findings.data import finding_data

COLUMNS = (
    "profile", "title", "profession", "nation", "as_at", "task", "label", "status", "today", "needed", "severity", "evidence_of_harm", "harm", "if_not_done",
    "registers", "duties_on_person", "gap", "registration_opens", "registration_assures", "because_of_registration", "restricted_by", "why", "way", "opens_with", "who_can_do_that", "comparator", "comparator_acts", "acts", "law", "law_to_come",
    "turns_on", "questions", "duties", "notes", "unverified", "evidence", "waived", "lawbook_version", "lawbook_digest", "reforms",
    "interpretations", "overlays", "engines", "tool", "profile_sha256", "waivers_sha256", "finding_sha256", "made", "covers_not",
)  # fmt: skip


def sheets(reports: Sequence[Report], receipt: dict[str, Any]) -> list[Sheet]:
    """A row a finding; `receipt`: with a run for each report."""
    rows = [row for report, run in zip(reports, receipt["runs"], strict=True) for row in _rows(report, run, receipt)]
    return [Sheet("Findings", COLUMNS, [[row[name] for name in COLUMNS] for row in rows], True)]


def _rows(report: Report, run: dict[str, Any], receipt: dict[str, Any]) -> list[dict[str, Any]]:
    law, rests = report.law, run["lawbook"]
    common = {
        "profile": report.profile.source,
        "title": report.profile.title,
        "profession": report.profile.profession,
        "nation": law.nation,
        "as_at": law.date,
        "lawbook_version": rests["version"],
        "lawbook_digest": rests["digest"],
        "reforms": "; ".join(rests["reforms"]),
        "interpretations": "; ".join(f"{key}={value}" for key, value in rests["interpretations"].items()),
        "overlays": "; ".join(overlay_lines(law)),
        "engines": "; ".join(run["engines"]),
        "tool": receipt["tool"],
        "profile_sha256": run["profile"]["sha256"],
        "waivers_sha256": run["waivers"]["sha256"] if run["waivers"] else "",
        "made": receipt["made"],
        "covers_not": f"{'; '.join(law.book.data['does-not-show'])}. {say.CLEAR_IS_NOT}",
    }
    rows = []
    for finding, short in zip(report.findings, run["findings"], strict=True):
        data = finding_data(law, finding)
        against = data["comparator"] or {}
        rows.append(
            {
                **common,
                **{
                    key: data[key]
                    for key in ("task", "label", "status", "today", "because_of_registration", "why", "way")
                },
                "needed": "; ".join(say.need_lines(finding.needed)),
                "severity": data["harm"]["severity"],
                "evidence_of_harm": data["harm"]["evidence"],
                "harm": data["harm"]["text"],
                "if_not_done": data["harm"]["if_not_done"],
                "registers": "; ".join(f"{one['title']}: {one['covers']}" for one in data["assurance"]["registers"]),
                "duties_on_person": "; ".join(data["assurance"]["duties"]),
                "gap": data["assurance"]["gap"],
                "registration_opens": "; ".join(data["registration_adds"]["opens"]),
                "registration_assures": "yes" if data["registration_adds"]["assures"] else "no",
                "restricted_by": data["restricted_by"] or "",
                "opens_with": " OR ".join(say.remedy_line(item) for item in finding.opens_with),
                "who_can_do_that": " OR ".join(say.who_line(item) for item in finding.opens_with),
                "comparator": against.get("title", ""),
                "comparator_acts": "; ".join(f"{one['title']}: {one['comparator']}" for one in against.get("acts", [])),
                "acts": "; ".join(f"{act.act.title}: {say.act_line(law, act)}" for act in finding.acts),
                "law": "; ".join(f"{item.title} ({sure(item)}) {item.url}" for item in say.law_of(finding)),
                "law_to_come": " ".join(item.says for item in finding.upcoming),
                "turns_on": "; ".join(turns(law, finding.turns_on)),
                "questions": " ".join(finding.questions),
                "duties": " ".join(finding.duties),
                "notes": " ".join(filter(None, (finding.entry.note, *finding.notes))),
                "unverified": "; ".join(finding.unverified),
                "evidence": " ".join(say.evidence_lines(law, finding)),
                "waived": say.waiver_line(law, report.waived[finding.task]) if finding.task in report.waived else "",
                "finding_sha256": short["sha256"],
            }
        )
    return rows
