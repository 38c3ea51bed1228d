"""The report as plain data, of the form of `schemas/report.schema.json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gapcheck.document.words import source_line
from gapcheck.engine.answers import ActAnswer
from gapcheck.engine.assurance import Assurance
from gapcheck.engine.findings import Finding, Report
from gapcheck.engine.remedies import RemedySet, remedies_of
from gapcheck.engine.routes import OPEN, ActResult, RouteResult
from gapcheck.engine.sentences import holder, most_direct
from gapcheck.engine.upcoming import Upcoming
from gapcheck.findings import words as say
from gapcheck.law.conditions import ConditionResult
from gapcheck.law.dated import Law, Provision
from gapcheck.profile.model import Listing

_TRUTH = {True: "true", False: "false", None: "unknown"}


def report_data(report: Report) -> dict[str, Any]:
    """One report: the lawbook used, the profile, the summary, the findings, and what they rest on."""
    book = report.law.book
    return {
        "gapcheck": "1",
        "lawbook": lawbook_data(report.law),
        "cross_check": report.cross_check._asdict(),
        "profile": {
            "source": report.profile.source,
            "title": report.profile.title,
            "profession": report.profile.profession,
            "nation": report.profile.nation,
            "holder": holder(report.law, report.profile, report.person),
            "attested": attested_data(report),
            "notes": list(report.notes),
        },
        "summary": {**report.summary, "today": report.today},
        "headline": say.headline(report),
        "findings": [finding_data(report.law, finding) for finding in report.findings],
        "claims": claims_data(report),
        "readings": [reading_data(report.law, name) for name in report.law.readings],
        "waivers": [waiver._asdict() for waiver in report.waivers],
        "limits": {
            "covers": list(book.data["covers"]),
            "does_not_show": list(book.data["does-not-show"]),
            "advice": book.data["advice"],
        },
    }


def attested_data(report: Report) -> list[dict[str, str]]:
    """What the profile says is in place: who vouches for it, the document, until when, and whether it counts on the day."""
    profile = report.profile
    listings: list[tuple[str, str, Listing]] = [
        ("", "annotation", profile.annotations),
        ("", "entitlement", profile.entitlements),
        ("", "arrangement", profile.arrangements),
    ]
    for entry in profile.tasks:
        listings += [(entry.id, "entitlement", entry.entitlements), (entry.id, "arrangement", entry.arrangements)]
    known = report.law.book.data["arrangements"]
    return [
        {
            "kind": kind,
            "id": item.id,
            "label": known[item.id]["label"],
            "task": task,
            "by": item.by,
            "reference": item.reference,
            "until": item.until,
            "state": "ran out" if item.until and item.until < report.law.date else "counts",
        }
        for task, kind, listing in listings
        for item in listing.items
    ]


def claims_data(report: Report) -> list[dict[str, Any]]:
    """The claims that the findings cite, with their own published sources."""
    claims = report.law.book.data["claims"]
    cited = dict.fromkeys(claim for finding in report.findings for claim in finding.evidence)
    return [
        {
            "id": claim,
            "statement": claims[claim]["statement"],
            "caveat": claims[claim].get("caveat", ""),
            "sources": [source_line(source) for source in claims[claim]["source"]],
        }
        for claim in cited
    ]


def reading_data(law: Law, name: str) -> dict[str, Any]:
    """An interpretation: the reading chosen, and each reading with who holds it."""
    item = law.book.data["interpretations"][name]
    return {
        "id": name,
        "title": item["title"],
        "chosen": law.readings[name],
        "readings": [
            {"id": one["id"], "title": one["title"], "held_by": list(one["held-by"]), "why": one.get("why", "")}
            for one in item["readings"]
        ],
    }


def lawbook_data(law: Law) -> dict[str, Any]:
    """What is needed to reproduce an answer."""
    return {
        "version": law.book.version,
        "digest": law.book.digest,
        "as_at": law.date,
        "nation": law.nation,
        "reforms": list(law.reforms),
        "interpretations": dict(sorted(law.readings.items())),
        "overlays": law.book.overlays,
        "gap_table": law.book.data["gap"]["held-by"],
    }


def finding_data(law: Law, finding: Finding) -> dict[str, Any]:
    """One finding."""
    decision = finding.decision
    return {
        "task": finding.task,
        "label": finding.label,
        "status": finding.status,
        "today": finding.today,
        "needed": [{"what": item.what, "state": item.state, "by": item.by} for item in finding.needed],
        "harm": harm_data(decision.task["harm"]),
        "assurance": assurance_data(law, decision.assurance),
        "registration_adds": {
            "opens": list(finding.registration_adds.opens),
            "assures": finding.registration_adds.assures,
        },
        "why": finding.why,
        "note": finding.entry.note,
        "way": finding.way,
        "restricted_by": finding.restricted_by or None,
        "possible": list(decision.possible),
        "acts": [act_data(law, act) for act in finding.acts],
        "comparator": comparator_data(law, finding),
        "opens_with": sets_data(finding.opens_with),
        "because_of_registration": finding.because_of_registration,
        "turns_on": list(finding.turns_on),
        "upcoming": [upcoming_data(item) for item in finding.upcoming],
        "questions": list(finding.questions),
        "evidence": list(finding.evidence),
        "unverified": list(finding.unverified),
        "duties": list(finding.duties),
        "notes": list(finding.notes),
    }


def harm_data(harm: Mapping[str, Any]) -> dict[str, Any]:
    """The harm that a task does if it is done badly: its grade, whose it is, and the class of evidence behind it."""
    return {
        "severity": harm["severity"],
        "basis": harm["basis"],
        "by": harm.get("by", ""),
        "evidence": harm["evidence"],
        "text": harm["text"],
        "if_not_done": harm.get("if-not-done", ""),
    }


def assurance_data(law: Law, assurance: Assurance) -> dict[str, Any]:
    """What assures the person for a task, and the gap that is left."""
    return {
        "registers": [
            {
                "register": item.entry.register,
                "title": law.book.data["registers"][item.entry.register]["title"],
                "profession": item.entry.profession,
                "statutory": item.entry.statutory,
                "covers": item.cover.how,
                "says": item.cover.says,
                "source": item.cover.source,
                "url": item.cover.url,
                "confidence": item.cover.confidence,
            }
            for item in assurance.registers
        ],
        "duties": list(assurance.duties),
        "gap": assurance.gap,
        "once_registered": assurance.once_registered,
    }


def compared(finding: Finding) -> list[tuple[ActResult, ActResult]]:
    """Holder and comparator side by side: each act of the holder's way and of the comparator's, decided for both."""
    decision = finding.decision
    ways = [way for way in (decision.way, decision.against) if way]
    pairs = {
        own.act.id: (own, theirs)
        for way in reversed(ways)
        for own, theirs in zip(way.acts, way.comparator, strict=False)
    }
    return list(pairs.values())


def comparator_data(law: Law, finding: Finding) -> dict[str, Any] | None:
    """The comparator, its most direct route to the acts of its best way, and how each act stands for both."""
    decision = finding.decision
    if not decision.comparator:
        return None
    acts = decision.against.comparator if decision.against else ()
    routes = [route for route in (most_direct(act) for act in acts) if route]
    least = min(routes, key=lambda route: route.level, default=None)
    return {
        "profession": decision.comparator,
        "title": law.book.data["professions"][decision.comparator]["title"],
        "route": least.route if least else "",
        "acts": [
            {
                "act": own.act.id,
                "title": own.act.title,
                "holder": say.act_line(law, own),
                "comparator": say.act_line(law, theirs),
            }
            for own, theirs in compared(finding)
        ],
    }


def act_data(law: Law, act: ActResult) -> dict[str, Any]:
    """One act with all its routes."""
    return {
        "act": act.act.id,
        "title": act.act.title,
        "force": act.act.force,
        "verdict": act.verdict,
        "route": act.best.route if act.best and act.best.state != "barred" else "",
        "directness": act.best.directness if act.best and act.best.state != "barred" else "",
        "routes": [route_data(law, route) for route in act.routes],
        "duties": list(act.duties),
        "opens_with": sets_data(remedies_of(law, act)) if act.verdict != OPEN else [],
    }


def answer_data(answer: ActAnswer) -> dict[str, Any]:
    """The answer of `gapcheck can`: an act, with its sentence and what it turns on."""
    return {
        **act_data(answer.law, answer.act),
        "says": answer.says,
        "questions": list(answer.questions),
        "turns_on": list(answer.turns_on),
        "upcoming": [upcoming_data(item) for item in answer.upcoming],
        "notes": list(answer.person.notes),
        "lawbook": lawbook_data(answer.law),
        "cross_check": answer.cross_check._asdict(),
    }


def route_data(law: Law, route: RouteResult) -> dict[str, Any]:
    """One route with its conditions."""
    return {
        "route": route.route,
        "title": law.book.data["routes"][route.route]["title"],
        "rule": route.rule.id if route.rule else None,
        "state": route.state,
        "directness": route.directness,
        "says": route.rule.say.get(route.state, "") if route.rule else "",
        "conditions": [condition_data(law, item) for item in route.conditions],
        "fails": [condition_data(law, item) for item in route.fails],
        "law": [provision_data(item) for item in route.law],
    }


def condition_data(law: Law, condition: ConditionResult) -> dict[str, Any]:
    """One condition: wanted, found, whether it holds, and the class of its remedy."""
    return {
        "part": condition.part,
        "fact": condition.fact,
        "wanted": condition.wanted,
        "found": condition.found,
        "holds": _TRUTH[condition.holds],
        "remedy": condition.remedy,
        "law": [provision_data(law.book.provision(item)) for item in condition.law],
    }


def provision_data(item: Provision) -> dict[str, str]:
    """One provision, as cited."""
    return {
        **({"commencement": "announced"} if item.announced else {}),
        "provision": item.id,
        "title": item.title,
        "url": item.url,
        "confidence": item.confidence,
        "checked": item.checked,
    }


def sets_data(sets: tuple[RemedySet, ...]) -> list[list[dict[str, str]]]:
    """Remedy sets."""
    return [
        [{"remedy": one.remedy, "what": one.what, "who": one.who, "route": one.route} for one in item] for item in sets
    ]


def upcoming_data(item: Upcoming) -> dict[str, Any]:
    """Law to come."""
    return {
        "date": item.date,
        "status": item.status,
        "says": item.says,
        "law": [provision_data(one) for one in item.law],
    }
