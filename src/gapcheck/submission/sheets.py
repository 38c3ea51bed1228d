"""The annex as rows: the tasks, the ways, what can be arranged, where the nations differ, and the evidence."""

from __future__ import annotations

from collections.abc import Iterable

from gapcheck.document.answer import Sheet
from gapcheck.document.words import spaced
from gapcheck.findings.words import law_of
from gapcheck.law.dated import Provision
from gapcheck.submission import wording as text
from gapcheck.submission.model import Submission
from gapcheck.submission.teams import cover_sheet


def sheets(annex: Submission) -> list[Sheet]:
    """The sheets, the tasks first."""
    data = annex.law.book.data
    labels = {task.id: task.label for task in annex.tasks}
    tasks, ways, arrange, nations = [], [], [], []
    for part in annex.parts:
        who = str(data["professions"][part.profession]["title"])
        after = [part.step(reforms) for reforms in ((), annex.registering, annex.reforms)]
        for scope in part.scopes:
            for task in scope.tasks:
                harm = task.finding.decision.task["harm"]
                tasks.append((
                    who, scope.title, task.label, task.severity, harm["basis"], harm["evidence"],
                    (data["professions"][task.comparator]["title"] if task.comparator in data["professions"] else ""), *(text.WAY[task.ways[at]] for at in after),
                    task.finding.today, task.finding.gap, task.bare.gap, text.opens(annex, task), "; ".join(task.arrange),
                    task.finding.why, _law(law_of(task.finding)),
                ))  # fmt: skip
        for line in part.routes:
            states = [line.states[at] for at in after]
            ways.append(
                (who, data["acts"][line.act]["title"], data["routes"][line.route]["title"], *states, _law(line.law))
            )
        for item in part.arrangements:
            acts = "; ".join(data["acts"][act]["title"] for act in item.acts)
            arrange.append(
                (who, item.what, item.who, acts, "; ".join(labels.get(one, one) for one in item.tasks), _law(item.law))
            )
        for one in part.differing:
            answers = (spaced(one.answers[nation][0]) if nation in one.answers else "" for nation in annex.nations)
            nations.append((who, one.kind, one.title, *answers))
    sources = {one.number: one.text for one in annex.sources}
    evidence = [
        (spaced(item.kind), item.statement, item.study, item.caveat, "; ".join(sources[one] for one in item.sources))
        for item in annex.claims
    ]
    steps = ("today", "with registration", "with all the reforms")
    return [
        Sheet(
            "Tasks",
            ("profession", "scope", "task", "severity", "basis", "evidence", "comparator", *steps, "as stated", "gap on the register",
             "gap on no register", "opens with", "arrange", "why", "law"),
            tasks,
        ),
        Sheet("Ways", ("profession", "act", "way", *steps, "law"), ways),
        Sheet("Arrangements", ("profession", "what", "who", "acts", "tasks", "law"), arrange),
        Sheet("Nations", ("profession", "kind", "what", *(str(data["nations"][one]) for one in annex.nations)), nations),
        *([cover_sheet(annex.teams, annex.law)] if annex.teams else []),
        Sheet("Evidence", ("kind", "statement", "study", "caveat", "sources"), evidence),
        Sheet("Inputs", ("file", "sha256", "use"), [(item.name, item.digest, item.use) for item in annex.inputs]),
    ]  # fmt: skip


def _law(law: Iterable[Provision]) -> str:
    return "; ".join(f"{item.title} {item.url}" for item in dict.fromkeys(law))
