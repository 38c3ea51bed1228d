"""The scopes of practice: for each its tasks, findings, gaps in assurance and evidence, with counts and a plot over all of them."""

from __future__ import annotations

from collections.abc import Iterator

from gapcheck.document.blocks import Block, Facts, Heading, Inline, Paragraph, Run, Table, inline
from gapcheck.document.cite import linked
from gapcheck.document.words import listed, number, turns
from gapcheck.engine.tasks import STATUSES
from gapcheck.findings import words as say
from gapcheck.submission import wording as text
from gapcheck.submission.figures import scopes_figure
from gapcheck.submission.model import ASSURANCE, NONE, Scope, Submission, TaskLine
from gapcheck.submission.pieces import counts_table


def scopes(annex: Submission) -> Iterator[Block]:
    """Every scope."""
    yield Heading(1, "The scopes of practice", "scopes")
    yield Paragraph(inline(text.TASKS_ARE))
    yield scopes_figure(annex)
    for scope in annex.scopes:
        yield from _scope(annex, scope)


def _scope(annex: Submission, scope: Scope) -> Iterator[Block]:
    own = f"scope-{scope.id}"
    data = annex.law.book.data["professions"]
    comparators = dict.fromkeys(task.comparator for task in scope.tasks if task.comparator)
    yield Heading(2, scope.title, own)
    plurals = listed([str(data[key]["plural"]) for key in comparators])
    yield Paragraph(inline(f"{number(len(scope.tasks), 'task')}, compared with registered {plurals}."))
    rows = [(step.name, counts) for step, counts in zip(annex.steps, scope.counts, strict=True)]
    yield counts_table(f"{own}-counts", f"{scope.title}: tasks by status", "Law", rows)
    yield _tasks(annex, scope, own)
    for task in sorted(scope.tasks, key=lambda item: STATUSES.index(item.finding.status)):
        if task.gap not in (ASSURANCE, NONE):
            yield from _detail(annex, task)
    yield Paragraph(
        inline(Run("Law on which the answers of this scope rest: ", strong=True), *_law(scope), "."), "note"
    )


def _law(scope: Scope) -> Inline:
    found = linked(item for task in scope.tasks for item in say.law_of(task.finding))
    return found or inline("no provision that the lawbook knows reserves a task of this scope")


def _tasks(annex: Submission, scope: Scope, own: str) -> Table:
    head = tuple(inline(item) for item in ("Task", "Today", "Harm", "Gap today", "Closes with", "Posts", "Sources"))
    rows = tuple(
        (
            inline(task.label),
            inline(Run(task.finding.status, tone=task.finding.status)),
            inline(task.severity),
            inline(task.finding.gap if task.finding.shows_gap else ""),
            inline(text.closes(annex, task)),
            inline(str(len(task.posts))),
            inline(", ".join(map(str, _sources(annex, task)))),
        )
        for task in scope.tasks
    )
    caption = f"{scope.title}: every task, its finding today, the posts given that name it, and sources by number"
    return Table(f"{own}-tasks", caption, head, rows, True, (0.31, 0.12, 0.13, 0.1, 0.13, 0.09, 0.12), numeric=(5,))


def _sources(annex: Submission, task: TaskLine) -> list[int]:
    claims = {item.id: item for item in annex.claims}
    return sorted({number for claim in task.finding.evidence for number in claims[claim].sources})


def _detail(annex: Submission, task: TaskLine) -> Iterator[Block]:
    finding = task.finding
    yield Heading(3, task.label, f"task-{task.id}")
    status = Run(finding.status.capitalize(), strong=True, tone=finding.status)
    yield Paragraph(inline(status, f". {text.GAP[task.gap]}."), "status")
    yield Paragraph(inline(finding.why))
    pairs: list[tuple[str, tuple[Inline, ...]]] = [
        ("Law", (linked(say.law_of(finding)),)),
        ("Closes with", (inline(text.closes(annex, task)),)),
        ("After each step", (inline("; ".join(_steps(annex, task))),)),
    ]
    if task.arrange:
        pairs.append(("To arrange today", (inline("; ".join(task.arrange)),)))
    if finding.turns_on:
        pairs.append(("Turns on", tuple(inline(line) for line in turns(annex.law, finding.turns_on))))
    if finding.upcoming:
        pairs.append(("Law to come", tuple(inline(item.says) for item in finding.upcoming)))
    if finding.unverified:
        provisions = [annex.law.book.provision(item) for item in finding.unverified]
        pairs.append(("Unverified: nobody has read the text", (linked(provisions),)))
    if task.posts:
        pairs.append(("Posts given that name it", (inline("; ".join(task.posts)),)))
    yield Facts(tuple((term, found) for term, found in pairs if any(found)))


def _steps(annex: Submission, task: TaskLine) -> Iterator[str]:
    for step, status in zip(annex.steps, task.by_step, strict=True):
        yield f"{step.name}: {status}"
