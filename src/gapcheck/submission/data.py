"""The annex as plain data: every number and answer that the document shows, of the form of `schemas/submission.schema.json`."""

from __future__ import annotations

from typing import Any

from gapcheck.findings.data import lawbook_data, provision_data
from gapcheck.submission.author import OwnDraft, attacks, stated
from gapcheck.submission.model import AnnexPart, AnnexScope, RouteLine, Submission, TaskLine
from gapcheck.submission.numbers import Members, Numbers, evidence_of
from gapcheck.submission.since import since_data
from gapcheck.submission.teams import cover_data


def annex_data(annex: Submission) -> dict[str, Any]:
    """The annex. Nothing that is for its author alone stands in it."""
    return {
        "gapcheck": "1",
        "command": annex.command,
        "lawbook": lawbook_data(annex.law),
        "professions": list(annex.professions),
        "nations": list(annex.nations),
        "reforms": list(annex.reforms),
        "order": annex.order,
        "numbers": _numbers(Numbers(annex)),
        "rungs": dict(annex.rungs),
        "parts": [_part(part) for part in annex.parts],
        "posts": [
            {
                "source": post.source,
                "title": post.report.profile.title,
                "nation": post.report.law.nation,
                "counts": post.report.summary,
            }
            for post in annex.posts
        ],
        "teams": cover_data(annex.teams) if annex.teams else None,
        "employers": {
            "documents": [
                {
                    "source": item.source,
                    "title": item.title,
                    "scopes": list(item.scopes),
                    "status": item.status,
                    "quotes": [one.quote for one in item.registration],
                }
                for item in annex.employers.documents
            ],
            "by_scope": {key: dict(counts) for key, counts in annex.employers.by_scope.items()},
        },
        "figures": [
            {
                "about": item.about,
                "of": dict(item.of),
                "says": item.text,
                "source": dict(item.source),
                "date": item.date,
            }
            for item in annex.supplied.told
        ],
        "claims": [
            {
                "id": item.id,
                "kind": item.kind,
                "statement": item.statement,
                "caveat": item.caveat,
                "study": item.study,
                "tasks": list(item.tasks),
                "sources": list(item.sources),
            }
            for item in annex.claims
        ],
        "bibliography": [{"number": item.number, "source": item.text} for item in annex.sources],
        "files": [{"name": item.name, "sha256": item.digest, "use": item.use} for item in annex.inputs],
    }


def memo_data(annex: Submission, draft: OwnDraft | None = None) -> dict[str, Any]:
    """What only the author is told."""
    checked = stated(annex)
    return {
        "gapcheck": "1",
        "command": annex.command,
        "lawbook": lawbook_data(annex.law),
        "professions": list(annex.professions),
        "corrections": [{"tasks": list(item.tasks), "says": item.says} for item in annex.corrections],
        "claims_checked": {
            "summary": checked.summary,
            "verdicts": {item.statement.id: item.verdict for item in checked.results if item.checked},
            "figures_that_differ": [item.says for item in checked.inconsistent],
        },
        **({"draft": _draft_data(draft)} if draft else {}),
        "attacks": {rule: {"why": why, "what": list(hits)} for rule, (why, hits) in attacks(annex).items()},
        "notes": {item.id: item.note for item in annex.claims if item.note},
    }


def _draft_data(draft: OwnDraft) -> dict[str, Any]:
    """What came of the author's own draft."""
    return {
        "source": draft.name,
        "summary": draft.checked.summary,
        "statements": [
            {
                "quote": item.statement.statement,
                **{
                    key: value for key, value in (("page", item.statement.page), ("line", item.statement.line)) if value
                },
                "verdict": item.verdict,
                "suggest": [one.suggest for one in item.checked if one.suggest],
                "unsure": item.statement.unsure,
            }
            for item in draft.checked.results
        ],
        "figures_that_differ": [item.says for item in draft.checked.inconsistent],
    }


def _numbers(numbers: Numbers) -> dict[str, Any]:
    inside, outside = numbers.groups
    return {
        "tasks": numbers.total,
        "direct": numbers.direct,
        "direct_percent": numbers.share,
        "professions": {"statutory": inside, "outside": outside},
        "powers": [
            {
                "act": item.act,
                "route": item.route,
                "statutory": dict(item.statutory),
                "outside": dict(item.outside),
                "own": {
                    key: {"today": today, "with_registration": registered, "with_all": all_}
                    for key, (today, registered, all_) in item.own.items()
                },
            }
            for item in numbers.powers
        ],
        "since": since_data(numbers),
        "members": {"registered": _members(numbers.registered), "unregistered": _members(numbers.unregistered)},
        "steps": [
            {"step": name, "reforms": list(reforms), "ways": dict(ways)} for name, reforms, ways in numbers.steps
        ],
        "grave_without_duty": [{"task": task.id, "evidence": evidence_of(task)} for task in numbers.unassured],
        "to_arrange": numbers.arrange,
        "lawful_unregistered_after": numbers.lawful_bare,
    }


def _members(item: Members) -> dict[str, Any]:
    return {
        "status": dict(item.status),
        "today": dict(item.today),
        "ways": dict(item.way),
        "assurance_gap": dict(item.gap),
        "evidence": dict(item.evidence),
    }


def _part(part: AnnexPart) -> dict[str, Any]:
    return {
        "profession": part.profession,
        "reforms": list(part.reforms),
        "comparators": list(part.comparators),
        "steps": [
            {"name": step.name, "reforms": list(step.reforms), "counts": dict(counts)}
            for step, counts in zip(part.steps, part.counts, strict=True)
        ],
        "scopes": [_scope(scope) for scope in part.scopes],
        "routes": [_route(line) for line in part.routes],
        "arrangements": [
            {
                "what": line.what,
                "who": line.who,
                "acts": list(line.acts),
                "tasks": list(line.tasks),
                "law": [provision_data(item) for item in line.law],
            }
            for line in part.arrangements
        ],
        "titles": [
            {
                "title": line.title,
                "verdict": line.verdict,
                "says": line.says,
                "law": [provision_data(item) for item in line.law],
            }
            for line in part.titles
        ],
        "nations_differ": [
            {
                "kind": line.kind,
                "id": line.id,
                "answers": {
                    key: {"verdict": said, "routes": list(routes)} for key, (said, routes) in line.answers.items()
                },
            }
            for line in part.differing
        ],
    }


def _scope(scope: AnnexScope) -> dict[str, Any]:
    return {
        "scope": scope.id,
        "title": scope.title,
        "counts": [dict(counts) for counts in scope.counts],
        "rungs": dict(scope.rungs),
        "tasks": [_task(task) for task in scope.tasks],
    }


def _task(task: TaskLine) -> dict[str, Any]:
    finding = task.finding
    harm = finding.decision.task["harm"]
    return {
        "task": task.id,
        "label": task.label,
        "level": task.level,
        "severity": task.severity,
        "severity_basis": harm["basis"],
        "evidence_class": harm["evidence"],
        "status": finding.status,
        "today": finding.today,
        "way": task.ways[0],
        "ways_by_step": list(task.ways),
        "assurance_gap": finding.gap,
        "unregistered": {"status": task.bare.status, "today": task.bare.today, "assurance_gap": task.bare.gap},
        "duties": list(finding.decision.assurance.duties),
        "gap": task.gap,
        "why": finding.why,
        "by_step": list(task.by_step),
        "rung": task.rung,
        "closes_with": [list(item) for item in task.closes_with],
        "because_of_registration": finding.because_of_registration,
        "arrange": list(task.arrange),
        "turns_on": list(finding.turns_on),
        "evidence": list(finding.evidence),
        "posts": list(task.posts),
    }


def _route(line: RouteLine) -> dict[str, Any]:
    return {
        "act": line.act,
        "route": line.route,
        "directness": line.directness,
        "by_step": list(line.states),
        "rung": line.rung,
        "opens_with": [list(item) for item in line.opens_with],
        "law": [provision_data(item) for item in line.law],
    }
