"""The annex as plain data: every number and answer that the document shows, of the form of `schemas/submission.schema.json`."""

from __future__ import annotations

from typing import Any

from gapcheck.findings.data import lawbook_data, provision_data
from gapcheck.matrix.report import matrix_data
from gapcheck.submission.model import RouteLine, Scope, Submission, TaskLine


def annex_data(annex: Submission) -> dict[str, Any]:
    """The annex."""
    return {
        "gapcheck": "1",
        "command": annex.command,
        "lawbook": lawbook_data(annex.law),
        "profession": annex.profession,
        "nations": list(annex.nations),
        "reforms": list(annex.reforms),
        "comparators": list(annex.comparators),
        "steps": [
            {"name": step.name, "reforms": list(step.reforms), "counts": dict(counts)}
            for step, counts in zip(annex.steps, annex.counts, strict=True)
        ],
        "rungs": dict(annex.rungs),
        "scopes": [_scope(scope) for scope in annex.scopes],
        "routes": [_route(line) for line in annex.routes],
        "arrangements": [
            {
                "what": line.what,
                "who": line.who,
                "acts": list(line.acts),
                "tasks": list(line.tasks),
                "law": [provision_data(item) for item in line.law],
            }
            for line in annex.arrangements
        ],
        "matrix": matrix_data(annex.matrix),
        "after": [matrix_data(item) for item in annex.acts[1:]],
        "nations_differ": [
            {
                "kind": line.kind,
                "id": line.id,
                "answers": {
                    key: {"verdict": said, "routes": list(routes)} for key, (said, routes) in line.answers.items()
                },
            }
            for line in annex.differing
        ],
        "posts": [
            {
                "source": post.source,
                "title": post.report.profile.title,
                "nation": post.report.law.nation,
                "counts": post.report.summary,
            }
            for post in annex.posts
        ],
        "titles": [
            {
                "title": line.title,
                "verdict": line.verdict,
                "says": line.says,
                "law": [provision_data(item) for item in line.law],
            }
            for line in annex.titles
        ],
        "corrections": [{"tasks": list(item.tasks), "says": item.says} for item in annex.corrections],
        "claims_checked": {
            "summary": annex.stated.summary,
            "verdicts": {item.statement.id: item.verdict for item in annex.stated.results if item.checked},
            "figures_that_differ": [item.says for item in annex.stated.inconsistent],
        },
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
        "claims": [
            {
                "id": item.id,
                "kind": item.kind,
                "statement": item.statement,
                "caveat": item.caveat,
                "tasks": list(item.tasks),
                "sources": list(item.sources),
            }
            for item in annex.claims
        ],
        "bibliography": [{"number": item.number, "source": item.text} for item in annex.sources],
        "files": [{"name": item.name, "sha256": item.digest, "use": item.use} for item in annex.inputs],
    }


def _scope(scope: Scope) -> dict[str, Any]:
    return {
        "scope": scope.id,
        "title": scope.title,
        "counts": [dict(counts) for counts in scope.counts],
        "rungs": dict(scope.rungs),
        "tasks": [_task(task) for task in scope.tasks],
    }


def _task(task: TaskLine) -> dict[str, Any]:
    finding = task.finding
    return {
        "task": task.id,
        "label": task.label,
        "level": task.level,
        "severity": task.severity,
        "status": finding.status,
        "today": finding.today,
        "assurance_gap": finding.gap,
        "gap": task.gap,
        "why": finding.why,
        "by_step": list(task.by_step),
        "assurance_gap_by_step": list(task.gaps),
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
