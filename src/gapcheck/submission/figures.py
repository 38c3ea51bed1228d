"""The figures of the annex, each with its alternative text and its numbers in a table beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from gapcheck.document.blocks import Figure, Table, inline
from gapcheck.document.figures import bars
from gapcheck.engine.tasks import STATUSES
from gapcheck.findings.words import TODAY as STANDS
from gapcheck.submission import wording as text
from gapcheck.submission.model import WAYS, Submission
from gapcheck.submission.pieces import Made, counts


def ways_figure(made: Made) -> Figure:
    """The tasks by the way that the law leaves, today and after the reforms."""
    return replace(_figure(*_ways(made)), table=None)


def assurance_figure(made: Made) -> Figure:
    """The tasks by the grade of the gap in assurance today, for members on their register and on none."""
    return replace(_figure(*_assurance(made)), table=None)


def number_tables(made: Made) -> list[Table]:
    """The numbers of the first pages: those of their figures, and the tasks as they stand for members on their register and on
    none."""
    return [_table(*_ways(made)), _table(*_assurance(made)), *(_table(*parts) for parts in _members(made))]


Parts = tuple[str, str, str, Sequence[tuple[str, Mapping[str, int]]], Mapping[str, str]]


def _ways(made: Made) -> Parts:
    rows = [(text.STEP[name], found) for name, _, found in made.numbers.steps]
    names = {key: text.WAY[key] for key in WAYS if any(found[key] for _, found in rows)}
    return "ways", "How the law lets members do the tasks, today and after the reforms", "Law", rows, names


def _assurance(made: Made) -> Parts:
    numbers = made.numbers
    rows = [("On their register", numbers.registered.gap), ("On no register", numbers.unregistered.gap)]
    caption = "What assures the person, set against the harm, today: members on the register and members on none"
    return "assurance", caption, "Members", rows, text.GRADE


def _members(made: Made) -> Iterator[Parts]:
    """The tasks by how they stand today, by status, and by the evidence behind their harm."""
    who = (("On their register", made.numbers.registered), ("On no register", made.numbers.unregistered))
    today = [(name, item.today) for name, item in who]
    used = {key: STANDS[key] for key in STANDS if any(found.get(key) for _, found in today)}
    yield "today", "The tasks as they stand today, on what is stated of a member", "Members", today, used
    status = [(name, item.status) for name, item in who]
    yield "status", "The tasks by status", "Members", status, {key: key for key in STATUSES}
    evidence = [("All members", made.numbers.registered.evidence)]
    yield "evidence-classes", "The tasks by the evidence behind the harm", "Members", evidence, text.EVIDENCE


def scopes_figure(made: Made) -> Figure:
    """The tasks of each scope by way, today."""
    rows = [
        (scope.title, {key: sum(task.ways[0] == key for task in scope.tasks) for key in WAYS})
        for scope in made.annex.scopes
    ]
    names = {key: text.WAY[key] for key in WAYS if any(found[key] for _, found in rows)}
    caption = "Tasks by scope of practice and by the way that the law leaves today"
    return _figure("by-scope", caption, "Scope of practice", rows, names)


def _figure(
    identity: str,
    caption: str,
    first: str,
    found: Sequence[tuple[str, Mapping[str, int]]],
    names: Mapping[str, str],
) -> Figure:
    series = {label: [numbers.get(key, 0) for _, numbers in found] for key, label in names.items()}
    picture = bars([name for name, _ in found], series, "tasks", styled=False)
    told = "; ".join(
        f"{name}: " + ", ".join(f"{numbers.get(key, 0)} {label}" for key, label in names.items())
        for name, numbers in found
    )
    table = _table(identity, caption, first, found, names)
    return Figure(f"fig-{identity}", caption, f"Stacked bars of tasks. {told}.", picture.svg, picture.png, table)


def _table(
    identity: str,
    caption: str,
    first: str,
    found: Sequence[tuple[str, Mapping[str, int]]],
    names: Mapping[str, str],
) -> Table:
    return counts(f"{identity}-table", caption, first, found, names, share=0.24)


def wording_figure(annex: Submission) -> Figure:
    """The wording of registration in the job descriptions, by scope."""
    by_scope = annex.employers.by_scope
    used = [key for key in text.WORDING if any(key in found for found in by_scope.values())]
    titles = [str(annex.law.book.data["scopes"][key]["title"]) if key else "No scope found" for key in by_scope]
    series = {text.WORDING[key]: [found.get(key, 0) for found in by_scope.values()] for key in used}
    picture = bars(titles, series, "job descriptions", styled=False)
    told = [
        f"{title}: " + ", ".join(f"{found[key]} {text.WORDING[key]}" for key in used if key in found)
        for title, found in zip(titles, by_scope.values(), strict=True)
    ]
    rows = tuple(
        (inline(title), inline(text.WORDING[key].capitalize()), inline(str(found[key])))
        for title, found in zip(titles, by_scope.values(), strict=True)
        for key in used
        if key in found
    )
    head = (inline("Scope of practice"), inline("What the text says of registration"), inline("Job descriptions"))
    caption = "What the job descriptions say of registration, by scope of practice"
    table = Table("wording-by-scope", caption, head, rows, True, (0.34, 0.46, 0.2), numeric=(2,))
    return Figure("fig-wording", caption, f"Stacked bars: {'; '.join(told)}.", picture.svg, picture.png, table)
