"""The front of the annex: the summary, the reforms, and the benefits."""

from __future__ import annotations

from collections.abc import Iterator

from gapcheck.document.blocks import Block, Heading, Inline, Items, Paragraph, Run, Table, inline
from gapcheck.document.words import inner, number, plain
from gapcheck.engine.tasks import STATUSES
from gapcheck.findings import words as say
from gapcheck.law.dated import words
from gapcheck.submission import wording as text
from gapcheck.submission.model import (
    AMENDMENT,
    BOTH,
    FRAMEWORK,
    NO_GAP,
    NOT_BY_THESE,
    REGISTRATION,
    STATUTE,
    RouteLine,
    Submission,
)
from gapcheck.submission.pieces import claims, numbers_table


def summary(annex: Submission) -> Iterator[Block]:
    """What a reader in haste takes away."""
    data = annex.law.book.data
    counts, tasks = annex.counts[0], len(annex.tasks)
    yield Heading(1, "Summary", "summary")
    yield Paragraph(
        inline(
            f"Of {number(tasks, 'task')} in {number(len(annex.scopes), 'scope')} of practice, for "
            f"{text.singular(annex)} in {data['nations'][annex.law.nation]} on {words(annex.law.date)}: "
            f"{counts['blocked']} are blocked, {counts['restricted']} restricted, {counts['risky']} risky, "
            f"{counts['unknown']} unknown and {counts['clear']} clear."
        ),
        "lead",
    )
    yield Items(tuple(_points(annex)))
    yield Paragraph(inline(text.PURPOSE))
    yield Paragraph(inline(text.ORDER))


def _points(annex: Submission) -> Iterator[Inline]:
    """The counts, and what opens what; each with a reference to the table that has its law."""
    yield inline(
        "Blocked: unlawful whatever the employer arranges. Restricted: lawful by a less direct route than the comparator has, or "
        "barred by a framework, which is not law. Risky: lawful, but what assures the person falls short of the possible harm."
    )
    lawful = sum(count for status, count in annex.counts[0].items() if status not in ("blocked", "unknown"))
    yield inline(
        f"{lawful} of the {len(annex.tasks)} tasks are lawful today without a reform, once the employer and colleagues arrange "
        "what they need (",
        Run("", ref="arrangements"),
        ").",
    )
    for rung in text.rungs(annex):
        yield inline(_rung(annex, rung), " (", Run("", ref="ladder-tasks"), ")")
    if annex.rungs[NOT_BY_THESE]:
        yield inline(
            f"{number(annex.rungs[NOT_BY_THESE], 'gap')} stay under these reforms, or depend on facts that are not stated."
        )
    assured = sum(task.finding.registration_adds.assures for task in annex.tasks if task.rung == NO_GAP)
    yield inline(
        f"{number(annex.rungs[NO_GAP], 'task')} {'is' if annex.rungs[NO_GAP] == 1 else 'are'} lawful today by as direct a way as "
        f"the comparator's, without registration; to {assured} of these registration would add assurance (",
        Run("", ref="gap-by-step"),
        ").",
    )
    for line in _opened(annex):
        yield inline(line, " The law, with links: ", Run("", ref="ladder-routes"), ".")
    if annex.corrections:
        yield inline(
            f"What the sources say of the law differs from it in {number(len(annex.corrections), 'place')}; this annex follows "
            "the law and says so (",
            Run("", ref="corrections-table"),
            ").",
        )


def _opened(annex: Submission) -> Iterator[str]:
    """The routes that the reforms open, in sentences."""
    acts = annex.law.book.data["acts"]
    both = [line for line in annex.routes if line.rung == BOTH]
    alone = [line for line in annex.routes if line.rung == REGISTRATION]
    by_law = [line for line in alone if acts[line.act]["force"] == STATUTE]
    if by_law:
        yield f"Routes that registration alone opens in law: {_routes(annex, by_law)}."
    if by_framework := [inner(str(acts[line.act]["title"])) for line in alone if line not in by_law]:
        yield (
            "What frameworks, which are not law, ask registration for, and what it would therefore open: "
            f"{'; '.join(by_framework)}."
        )
    if both:
        yield f"Routes that open only with registration and an amendment: {_routes(annex, both)}."
        if not any(line.rung == AMENDMENT for line in annex.routes):
            yield "An amendment alone opens no route: each that it helps to open takes registration as well."
    if other := [line for line in annex.routes if line.rung == AMENDMENT]:
        yield f"Routes that an amendment alone opens: {_routes(annex, other)}."


def _rung(annex: Submission, rung: str) -> str:
    kinds = [
        (len(annex.on(rung, STATUTE)), "in law"),
        (len(annex.on(rung, FRAMEWORK)), "set by frameworks, which are not law"),
    ]
    told = "; ".join(f"{count} {what}" for count, what in kinds if count)
    name = text.RUNG[rung]
    return f"{name} closes {number(annex.rungs[rung], 'gap')}{': ' if told else ''}{told}."


def _routes(annex: Submission, lines: list[RouteLine]) -> str:
    data = annex.law.book.data
    named: dict[str, list[str]] = {}
    for line in lines:
        named.setdefault(inner(str(data["acts"][line.act]["title"])), []).append(
            inner(str(data["routes"][line.route]["title"]))
        )
    return "; ".join(f"{act} ({', '.join(routes)})" for act, routes in named.items())


def reforms(annex: Submission) -> Iterator[Block]:
    """The reforms by number."""
    data = annex.law.book.data["reforms"]
    yield Heading(1, "The reforms", "reforms")
    if not annex.reforms:
        yield Paragraph(inline("No reform was asked for, so that only the law of today is shown."))
        return
    yield Paragraph(inline(text.REFORMS_NOT_LAW))
    head = tuple(inline(item) for item in ("Reform", "What it would say", "What it would take", "Note"))
    rows = tuple(
        (
            inline(f"{number}. {data[key]['title']}"),
            inline(data[key]["says"]),
            inline(data[key].get("would-need", "")),
            inline(data[key].get("note", "")),
        )
        for number, key in enumerate(annex.reforms, 1)
    )
    yield Table(
        "reforms-table", "The reforms, by the numbers that this annex uses", head, rows, True, (0.2, 0.26, 0.22, 0.32)
    )


def statuses() -> Iterator[Block]:
    """What the statuses mean."""
    yield Heading(1, "How to read the findings", "reading")
    head = (inline("Status"), inline("What it means"))
    rows = tuple(
        (inline(Run(status.capitalize(), strong=True, tone=status)), inline(means))
        for status, means in text.status_means()
    )
    yield Table("statuses", "The statuses of a task", head, rows, True, (0.2, 0.8))
    yield Paragraph(inline(say.CLEAR_IS_NOT), "note")


def benefits(annex: Submission) -> Iterator[Block]:
    """What members of the profession do, and what sources say of it."""
    levels = list(dict.fromkeys(task.level for task in annex.tasks))
    yield Heading(1, "Benefits: what the profession does", "benefits")
    yield Paragraph(inline(text.TASKS_ARE))
    rows = [
        (scope.title, [*(sum(task.level == level for task in scope.tasks) for level in levels), len(scope.tasks)])
        for scope in annex.scopes
    ]
    rows.append(("All", [*(sum(task.level == level for task in annex.tasks) for level in levels), len(annex.tasks)]))
    yield numbers_table(
        "work",
        "Tasks by scope of practice and level of practice",
        ["Scope of practice", *(level.capitalize() for level in levels), "All"],
        rows,
    )
    if annex.posts:
        yield Paragraph(inline("The posts given:"))
        yield _posts(annex)
    yield Heading(2, "What sources say of the work and who does it", "benefits-sources")
    yield from claims(annex, "benefits")


def _posts(annex: Submission) -> Table:
    data = annex.law.book.data
    head = tuple(inline(item) for item in ("Post", "Nation", *(status.capitalize() for status in STATUSES)))
    rows = tuple(
        (
            inline(f"{plain(post.report.profile.title)} ({plain(post.source)})"),
            inline(str(data["nations"][post.report.law.nation])),
            *(inline(str(count)) for count in post.report.summary.values()),
        )
        for post in annex.posts
    )
    return Table(
        "posts",
        "The posts given, each under the law of its own nation, with what its profile says is in place",
        head,
        rows,
        True,
        (0.28, 0.12, 0.1, 0.1, 0.11, 0.12, 0.08, 0.09),
        numeric=(2, 3, 4, 5, 6, 7),
    )
