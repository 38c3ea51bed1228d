"""Risks: their nature, present mitigations, the limits of these, and the gap in assurance that is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gapcheck.document.blocks import Block, Facts, Heading, Inline, Items, Paragraph, Run, Table, inline
from gapcheck.document.cite import linked
from gapcheck.document.words import inner
from gapcheck.engine.routes import UNKNOWN
from gapcheck.law.assurance import GAPS as GAP_GRADES
from gapcheck.law.assurance import SEVERITIES
from gapcheck.matrix.document import in_words, legend
from gapcheck.matrix.model import Matrix
from gapcheck.matrix.words import MARK, notes_of
from gapcheck.submission import wording as text
from gapcheck.submission.figures import ladder_figure, matrix_figure, steps_figure
from gapcheck.submission.model import (
    FRAMEWORK,
    NO_GAP,
    NONE,
    NOT_BY_THESE,
    OPEN_QUESTION,
    RUNGS,
    STATUTE,
    RouteLine,
    Submission,
    TaskLine,
)
from gapcheck.submission.pieces import claims, numbers_table

IN_LAW = (STATUTE, FRAMEWORK, OPEN_QUESTION)
ACROSS = 4  # columns of answers beside the acts


def nature(annex: Submission) -> Iterator[Block]:
    """How severe the harm would be, and what sources say of risks and incidents."""
    yield Heading(2, "The nature of the risks", "nature")
    yield Paragraph(
        inline(
            "How severe the harm is if a task is done badly is a grade that the lawbook gives each task, with its reason; it says "
            "nothing of how often that happens."
        )
    )
    used = [item for item in SEVERITIES if any(task.severity == item for task in annex.tasks)]
    rows = [
        (scope.title, [*(sum(task.severity == item for task in scope.tasks) for item in used), len(scope.tasks)])
        for scope in annex.scopes
    ]
    rows.append(("All", [*(sum(task.severity == item for task in annex.tasks) for item in used), len(annex.tasks)]))
    head = ["Scope of practice", *(item.capitalize() for item in used), "All"]
    yield numbers_table("severity", "Tasks by the severity of the harm if they are done badly", head, rows)
    yield Heading(3, "What sources say of risks and incidents", "nature-sources")
    yield from claims(annex, "nature")


def mitigations(annex: Submission) -> Iterator[Block]:
    """What the law and employers already provide: the matrix, and what can be arranged today."""
    yield Heading(2, "Present mitigations", "mitigations")
    yield Heading(3, "Who may do what", "matrix")
    yield Paragraph(
        inline(
            "Each profession is taken as it is ordinarily held: on its statutory register where it has one, otherwise on none. "
            "What an employer may arrange is left open, and no fact of the case is stated."
        )
    )
    yield matrix_figure(annex)
    yield from _matrix_tables(annex)
    yield from legend(annex.matrix, notes_of(annex.matrix), "matrix", linked)
    yield Heading(3, "What the employer and colleagues can arrange tomorrow", "arrange")
    yield Paragraph(inline(text.EMPLOYER_CAN))
    yield _arrangements(annex)
    yield Heading(3, "What sources say of registers and employers", "mitigations-sources")
    yield from claims(annex, "mitigations")


def _matrix_tables(annex: Submission) -> Iterator[Table]:
    data = annex.law.book.data
    own = [(step.name, item, annex.profession) for step, item in zip(annex.steps, annex.acts, strict=True)]
    yield from _split(annex, "matrix-own", f"{text.plural(annex).capitalize()} today and after the reforms", own)
    others = [(str(data["professions"][key]["title"]), annex.matrix, key) for key in annex.comparators]
    if others:
        yield from _split(annex, "matrix-others", "The comparators today", others)


def _split(annex: Submission, name: str, caption: str, columns: list[tuple[str, Matrix, str]]) -> Iterator[Table]:
    count = -(-len(columns) // ACROSS)
    size = -(-len(columns) // count)
    for place in range(count):
        part = columns[place * size : (place + 1) * size]
        head = (inline("Act"), *(inline(title) for title, _, _ in part))
        rows = tuple(
            (
                inline(
                    column.title + (" (asked for by a framework, not by law)" if column.force == "framework" else "")
                ),
                *(_cell(item, profession, column.id) for _, item, profession in part),
            )
            for column in annex.matrix.columns
        )
        which = f" ({place + 1} of {count})" if count > 1 else ""
        rest = 0.72 / len(part)
        yield Table(f"{name}-{place + 1}", caption + which, head, rows, True, (0.28, *[rest] * len(part)))


def _cell(matrix: Matrix, profession: str, act: str) -> Inline:
    cell = matrix.cells[profession, act]
    rest = in_words(matrix, cell).removeprefix(cell.verdict).lstrip(",: ")
    return inline(Run(f"{MARK[cell.verdict]} {cell.verdict}", tone=cell.verdict), f"\n{rest}" if rest else "")


def _arrangements(annex: Submission) -> Table:
    data = annex.law.book.data
    head = tuple(inline(item) for item in ("What", "Who", "For which acts", "Tasks", "Law"))
    rows = tuple(
        (
            inline(line.what),
            inline(line.who),
            inline("; ".join(str(data["acts"][act]["title"]) for act in line.acts)),
            inline(str(len(line.tasks))),
            linked(line.law),
        )
        for line in annex.arrangements
    )
    caption = "What can be arranged today, and the number of tasks of which the best lawful way needs it"
    return Table("arrangements", caption, head, rows, True, (0.17, 0.12, 0.25, 0.08, 0.38), numeric=(3,))


def limits(annex: Submission) -> Iterator[Block]:
    """The ladder: what each reform opens and closes, and what no reform here does."""
    yield Heading(2, "The limits of the mitigations: the ladder", "ladder")
    yield Paragraph(inline(text.COMPUTED))
    opened = [line for line in annex.routes if len(set(line.states)) > 1]
    if opened:
        yield ladder_figure(annex, opened)
        yield from _routes(
            annex,
            opened,
            "ladder-routes",
            "Routes of which the reforms change the state for a member of the profession",
        )
    else:
        yield Paragraph(inline("These reforms open no route that is barred today."))
    rows = [
        (text.RUNG[rung], [*(len(annex.on(rung, gap)) for gap in IN_LAW), len(annex.on(rung))])
        for rung in RUNGS
        if rung != NO_GAP
    ]
    head = ["What closes the gap", *(text.GAP[gap] for gap in IN_LAW), "All"]
    yield numbers_table("ladder-tasks", "Gaps of today by what closes them, and by kind", head, rows, 0.2)
    yield Paragraph(inline(text.LAWFUL_IS_NOT_SAFE), "note")
    for rung in (*text.rungs(annex), NOT_BY_THESE):
        yield from _rung(annex, rung)
    yield from _unchanged(annex)
    yield Heading(3, "What sources say of the limits", "limits-sources")
    yield from claims(annex, "limits")


def _routes(annex: Submission, lines: Sequence[RouteLine], name: str, caption: str) -> Iterator[Block]:
    """Routes with their state after each step, and then the law of each."""
    data = annex.law.book.data
    titles = [f"{data['acts'][line.act]['title']}: {inner(str(data['routes'][line.route]['title']))}" for line in lines]
    head = (inline("Act and route"), *(inline(step.name) for step in annex.steps), inline("Opens with"))
    rows = tuple(
        (
            inline(title),
            *(inline(Run(f"{MARK[state]} {state}", tone=state)) for state in line.states),
            inline(_opens(annex, line)),
        )
        for title, line in zip(titles, lines, strict=True)
    )
    count = len(annex.steps)
    yield Table(name, caption, head, rows, True, (0.3, *[0.53 / count] * count, 0.17))
    by_law: dict[Inline, list[str]] = {}
    for line in lines:
        if law := linked(line.law):
            by_law.setdefault(law, []).append(str(data["routes"][line.route]["title"]))
    yield Paragraph(inline("The law of these routes:"))
    yield Facts(tuple(("; ".join(dict.fromkeys(names)), (law,)) for law, names in by_law.items()))


def _opens(annex: Submission, line: RouteLine) -> str:
    if line.rung == NO_GAP:
        return "not barred today"
    if line.opens_with:
        return " or ".join(text.reform_names(annex, item) for item in line.opens_with)
    return "depends on facts that are not stated" if UNKNOWN in line.states else "none of these"


def _rung(annex: Submission, rung: str) -> Iterator[Block]:
    """The gaps on a rung, task by task."""
    tasks = annex.on(rung)
    yield Heading(3, f"Closed by: {inner(text.RUNG[rung])}", f"rung-{rung}")
    if not tasks:
        yield Paragraph(inline("No gap."))
        return
    yield Paragraph(inline("Each with its law, with links, under its own heading in the scopes of practice:"))
    yield Items(tuple(_line(annex, task) for task in tasks))


def _line(annex: Submission, task: TaskLine) -> Inline:
    status = Run(task.finding.status, tone=task.finding.status)
    return inline(
        Run(task.label, ref=f"task-{task.id}"),
        ": ",
        status,
        f". {task.finding.why} Closes with: {text.closes(annex, task)}.",
    )


def _unchanged(annex: Submission) -> Iterator[Block]:
    """What is not about registration: routes that are lawful today, and routes that no combination opens."""
    data = annex.law.book.data
    yield Heading(3, "What is not about registration at all", "not-about")
    yield Paragraph(inline(text.NOT_ABOUT))
    same = [line for line in annex.routes if len(set(line.states)) == 1]
    open_now = [line for line in same if line.states[0] in ("open", "available")]
    yield from _routes(annex, open_now, "open-today", "Routes that are open to the profession today, registered or not")
    shut: dict[str, list[str]] = {}
    for line in same:
        if line.states[0] == "barred":
            shut.setdefault(str(data["acts"][line.act]["title"]), []).append(
                inner(str(data["routes"][line.route]["title"]))
            )
    if shut:
        yield Paragraph(inline("Routes that none of these reforms opens, by act:"))
        yield Items(tuple(inline(Run(f"{act}: ", strong=True), "; ".join(routes), ".") for act, routes in shut.items()))
    clear = [task for task in annex.tasks if task.gap == NONE]
    if clear:
        yield Paragraph(inline("Tasks that leave no gap today, in law or in assurance:"))
        yield Items(tuple(inline(f"{task.label}. {task.finding.why}") for task in clear))


def residual(annex: Submission) -> Iterator[Block]:
    """The gap in assurance today and after each step."""
    yield Heading(2, "The gap in assurance that is left", "residual")
    yield Paragraph(
        inline(
            "The gap follows from the severity of the harm and from what assures the person: registers that cover the work, and "
            "duties that a statute lays on the person. It is no likelihood, and `none` does not say that the work is safe. The member "
            "here is on the register that the profession ordinarily has today; what a new statutory register would cover is taken, "
            "unverified, to be what the accredited register covers now."
        )
    )
    rows = [
        (
            step.name,
            [*(sum(task.gaps[index] == gap for task in annex.tasks) for gap in GAP_GRADES), len(annex.tasks)],
        )
        for index, step in enumerate(annex.steps)
    ]
    head = ["Law", *(gap.capitalize() for gap in GAP_GRADES), "All"]
    yield numbers_table(
        "gap-by-step", "Tasks by gap in assurance, today and after each combination of the reforms", head, rows, 0.28
    )
    yield steps_figure(annex)
    yield Paragraph(inline(text.LAWFUL_IS_NOT_SAFE), "note")
