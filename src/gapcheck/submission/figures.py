"""The figures of the annex, each with its alternative text and its numbers in a table beside it."""

from __future__ import annotations

from gapcheck.document.blocks import Figure, Table, inline
from gapcheck.document.figures import Picture, Square, bars, grid
from gapcheck.document.words import number
from gapcheck.engine.tasks import STATUSES
from gapcheck.matrix.model import Cell, Matrix
from gapcheck.matrix.words import short
from gapcheck.submission import wording as text
from gapcheck.submission.model import RouteLine, Submission
from gapcheck.submission.pieces import counts_table


def matrix_figure(annex: Submission) -> Figure:
    """The acts: the profession after each step, and its comparators today."""
    data = annex.law.book.data
    names = [
        *(step.name for step in annex.steps),
        *(str(data["professions"][key]["title"]) for key in annex.comparators),
    ]
    rows = [column.title for column in annex.matrix.columns]
    squares = []
    for column in annex.matrix.columns:
        own = [_square(item, item.cells[annex.profession, column.id]) for item in annex.acts]
        others = [_square(annex.matrix, annex.matrix.cells[key, column.id]) for key in annex.comparators]
        squares.append([*own, *others])
    changed = [
        f"{row}: {listed[0].verdict} today, {listed[len(annex.steps) - 1].verdict} after {annex.steps[-1].name.lower()}"
        for row, listed in zip(rows, squares, strict=True)
        if listed[0].verdict != listed[len(annex.steps) - 1].verdict
    ]
    alt = (
        f"A grid of {len(rows)} legal acts by {len(names)} columns: {text.plural(annex)} today and after each combination of the "
        f"reforms, and {number(len(annex.comparators), 'comparator')} today. {'; '.join(changed) or 'No verdict changes'}. "
        "Every answer stands in the tables of the next pages."
    )
    caption = f"Who may do what: {text.plural(annex)} today and after the reforms, beside their comparators today"
    return _figure("fig-matrix", caption, alt, grid([_wrapped(row) for row in rows], names, squares, len(annex.steps)))


def _square(matrix: Matrix, cell: Cell) -> Square:
    return Square(cell.verdict, short(matrix, cell.routes[0].route) if cell.routes else cell.verdict)


def _wrapped(title: str) -> str:
    import textwrap

    return "\n".join(textwrap.wrap(title, 38))


def ladder_figure(annex: Submission, lines: list[RouteLine]) -> Figure:
    """The routes of which a reform changes the state, after each step."""
    data = annex.law.book.data
    rows = [f"{data['acts'][line.act].get('short', line.act)}: {short(annex.matrix, line.route)}" for line in lines]
    squares = [[Square(state, state) for state in line.states] for line in lines]
    told = [f"{row}: {', '.join(line.states)}" for row, line in zip(rows, lines, strict=True)]
    steps = ", ".join(step.name for step in annex.steps)
    alt = f"A grid of {len(rows)} routes by {len(annex.steps)} steps ({steps}). {'; '.join(told)}."
    return _figure(
        "fig-ladder",
        "The ladder: routes of which the reforms change the state",
        alt,
        grid(rows, [step.name for step in annex.steps], squares),
    )


def steps_figure(annex: Submission) -> Figure:
    """The tasks by status after each step."""
    rows = [(step.name, counts) for step, counts in zip(annex.steps, annex.counts, strict=True)]
    picture = bars([name for name, _ in rows], {key: [counts[key] for _, counts in rows] for key in STATUSES}, "tasks")
    alt = "Stacked bars: " + "; ".join(f"{name}: {_told(counts)}" for name, counts in rows) + "."
    table = counts_table(
        "counts-by-step", "Tasks by status, today and after each combination of the reforms", "Law", rows
    )
    return _figure("fig-steps", "Tasks by status, today and after the reforms", alt, picture, table)


def scopes_figure(annex: Submission) -> Figure:
    """The tasks of each scope by status today."""
    rows = [(scope.title, scope.counts[0]) for scope in annex.scopes]
    picture = bars([name for name, _ in rows], {key: [counts[key] for _, counts in rows] for key in STATUSES}, "tasks")
    alt = "Stacked bars: " + "; ".join(f"{name}: {_told(counts)}" for name, counts in rows) + "."
    table = counts_table("counts-by-scope", "Tasks by scope of practice and status today", "Scope of practice", rows)
    return _figure("fig-scopes", "Tasks by scope of practice and status today", alt, picture, table)


def wording_figure(annex: Submission) -> Figure:
    """The wording of registration in the job descriptions, by scope."""
    by_scope = annex.employers.by_scope
    used = [key for key in text.WORDING if any(key in counts for counts in by_scope.values())]
    titles = [str(annex.law.book.data["scopes"][key]["title"]) if key else "No scope found" for key in by_scope]
    series = {text.WORDING[key]: [counts.get(key, 0) for counts in by_scope.values()] for key in used}
    picture = bars(titles, series, "job descriptions", styled=False)
    told = [
        f"{title}: " + ", ".join(f"{counts[key]} {text.WORDING[key]}" for key in used if key in counts)
        for title, counts in zip(titles, by_scope.values(), strict=True)
    ]
    rows = tuple(
        (inline(title), inline(text.WORDING[key].capitalize()), inline(str(counts[key])))
        for title, counts in zip(titles, by_scope.values(), strict=True)
        for key in used
        if key in counts
    )
    head = (inline("Scope of practice"), inline("What the text says of registration"), inline("Job descriptions"))
    caption = "What the job descriptions say of registration, by scope of practice"
    table = Table("wording-by-scope", caption, head, rows, True, (0.34, 0.46, 0.2), numeric=(2,))
    return _figure("fig-wording", caption, f"Stacked bars: {'; '.join(told)}.", picture, table)


def _told(counts: object) -> str:
    assert isinstance(counts, dict)
    return ", ".join(f"{counts[key]} {key}" for key in STATUSES if counts[key])


def _figure(identity: str, caption: str, alt: str, picture: Picture, table: Table | None = None) -> Figure:
    return Figure(identity, caption, alt, picture.svg, picture.png, table)
