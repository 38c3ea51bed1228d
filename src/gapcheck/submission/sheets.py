"""The annex as rows: the tasks, the ways, what can be arranged, where the nations differ, and the evidence."""

from __future__ import annotations

from collections.abc import Iterable

from gapcheck.document.answer import Sheet
from gapcheck.document.words import spaced
from gapcheck.findings.words import law_of
from gapcheck.law.dated import Provision
from gapcheck.submission import wording as text
from gapcheck.submission.model import Submission


def sheets(annex: Submission) -> list[Sheet]:
    """The sheets, the tasks first."""
    data = annex.law.book.data
    labels = {task.id: task.label for task in annex.tasks}
    steps = [step.name for step in annex.steps]
    tasks = [
        (scope.title, task.label, task.severity, data["professions"].get(task.comparator, {}).get("title", ""), *task.by_step,
         text.GAP[task.gap], text.closes(annex, task), "; ".join(task.arrange), task.finding.why, _law(law_of(task.finding)))
        for scope in annex.scopes
        for task in scope.tasks
    ]  # fmt: skip
    ways = [
        (
            data["acts"][line.act]["title"],
            data["routes"][line.route]["title"],
            *line.states,
            text.RUNG[line.rung],
            _law(line.law),
        )
        for line in annex.routes
    ]
    arrange = [
        (
            line.what,
            line.who,
            "; ".join(data["acts"][act]["title"] for act in line.acts),
            "; ".join(labels.get(one, one) for one in line.tasks),
            _law(line.law),
        )
        for line in annex.arrangements
    ]
    nations = [
        (
            line.kind,
            line.title,
            *(spaced(line.answers[nation][0]) if nation in line.answers else "" for nation in annex.nations),
        )
        for line in annex.differing
    ]
    sources = {one.number: one.text for one in annex.sources}
    evidence = [
        (spaced(item.kind), item.statement, item.caveat, "; ".join(sources[one] for one in item.sources))
        for item in annex.claims
    ]
    return [
        Sheet(
            "Tasks",
            ("scope", "task", "severity", "comparator", *steps, "gap", "closes with", "arrange", "why", "law"),
            tasks,
        ),
        Sheet("Ways", ("act", "way", *steps, "closes with", "law"), ways),
        Sheet("Arrangements", ("what", "who", "acts", "tasks", "law"), arrange),
        Sheet("Nations", ("kind", "what", *(str(data["nations"][one]) for one in annex.nations)), nations),
        Sheet("Evidence", ("kind", "statement", "caveat", "sources"), evidence),
        Sheet("Inputs", ("file", "sha256", "use"), [(item.name, item.digest, item.use) for item in annex.inputs]),
    ]


def _law(law: Iterable[Provision]) -> str:
    return "; ".join(f"{item.title} {item.url}" for item in dict.fromkeys(law))
