"""The findings of profiles on one screen, and the page that a report opens with: what it comes to, what to do, task by task."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gapcheck.document.blocks import Block, Document, Heading, Inline, Items, Paragraph, Run, Table, inline
from gapcheck.document.cite import Citations
from gapcheck.document.words import capital, number, otherwise_than_law, place, plain, said
from gapcheck.engine.findings import Finding, Report
from gapcheck.engine.routes import BARRED
from gapcheck.findings import words as say

GROUPS = {
    "blocked": "Not allowed, whatever the employer arranges",
    "arrange": "Not until it is arranged",
    "unknown": "Cannot be told yet",
    "restricted": "Allowed, only by a longer way than the comparator's, or barred by a framework",
    "risky": "Allowed, but what assures the person falls short of the possible harm",
    "clear": "Allowed",
}
SHOWN = 6  # findings of a group on one screen
_ACTIONS = 4  # lines of what to do on one screen
_CLEAR = 3  # tasks that are clear, by name
_NAME = 100  # characters of a title in a heading


def brief(reports: Sequence[Report]) -> Document:
    """One screen a report."""
    law = Citations()
    blocks: list[Block] = []
    for number_, report in enumerate(reports):
        if number_:
            blocks += [Heading(1, title_of(report)), Paragraph(inline(who(report)))]
        blocks += _screen(report, law, f"r{number_}-")
    blocks += _foot(reports, law)
    return Document(title_of(reports[0]), tuple(blocks), who(reports[0]))


def title_of(report: Report) -> str:
    """The post: title, band, nation, day."""
    name = plain(report.profile.title or report.profile.source)
    name = name if len(name) <= _NAME else f"{name[:_NAME].rstrip()}…"
    band = f", band {plain(report.profile.band)}" if report.profile.band else ""
    return f"{name}{band}, {place(report.law)}"


def who(report: Report) -> str:
    """The holder, without an article."""
    return capital(say.who(report).partition(" ")[2])


def _screen(report: Report, law: Citations, own: str) -> Iterator[Block]:
    yield Paragraph(inline(_today(report)), "apart")
    wide = sum(item.status == "risky" for item in report.findings)
    if wide:
        yield Paragraph(
            inline(f"Gap: in {number(wide, 'task')} what assures the person falls short of the possible harm.")
        )
    for note in report.notes:
        yield Paragraph(inline(f"Note: {said(report.law.book, note)}"))
    first = True
    for status, head in GROUPS.items():
        found = [item for item in report.findings if item.status == status]
        if not found:
            continue
        yield Paragraph(inline(Run(head, strong=True, tone=status)), "apart" if first else "")
        first = False
        if status == "clear":
            yield Paragraph(inline(f"  {_clear(found)}"))
        else:
            rows = [(inline(_label(report, item)), inline(step(report, item, law))) for item in found[:SHOWN]]
            rows += [(inline(f"and {len(found) - SHOWN} more"), inline())] if len(found) > SHOWN else []
            yield Table(f"{own}{status}", "", (inline("Task"), inline("Next step")), tuple(rows), plain=True)
    actions = actions_of(report)
    if actions:
        yield Paragraph(inline(Run("Next", strong=True)), "apart")
        rows = [
            (inline(capital(by)), inline(f"{what} ({number(len(tasks), 'task')})"))
            for by, what, tasks in actions[:_ACTIONS]
        ]
        rows += [(inline("and"), inline(f"{len(actions) - _ACTIONS} more"))] if len(actions) > _ACTIONS else []
        yield Table(f"{own}next", "", (inline("Who"), inline("What")), tuple(rows), plain=True)


def _label(report: Report, item: Finding) -> str:
    return f"{'Waived: ' if item.task in report.waived else ''}{item.label}"  # in front, where no width cuts it off


def _clear(found: Sequence[Finding]) -> str:
    names = [item.label for item in found[:_CLEAR]]
    more = len(found) - len(names)
    return " · ".join([*names, *([f"{more} more"] if more else [])])


def _today(report: Report) -> str:
    return f"Today: {', '.join(f'{count} {say.TODAY[key]}' for key, count in report.today.items() if count)}."


def step(report: Report, item: Finding, law: Citations | None = None) -> str:
    """The single next step for a task, with who can take it, and the law by its number."""
    cited = (
        f" {law.of(say.law_of(item)[:1])}".rstrip()
        if law and item.status in ("blocked", "arrange", "restricted")
        else ""
    )
    return f"{_step(report, item)}{cited}"


def _step(report: Report, item: Finding) -> str:
    if item.status == "blocked":
        return {
            "yes": "statutory registration would open it",
            "partly": "registration and an amendment of the law would open it",
        }.get(item.because_of_registration) or _easiest(item)
    if item.status == "unknown":
        if item.questions:
            return item.questions[0]
        once = {"yes": "in order today", "if": "lawful if what is not stated is in place"}.get(item.today)
        return f"{once}; a framework may restrict it" if once else "the lawbook does not say"
    missing = [need for need in item.needed if need.state != "not-stated"] or list(item.needed)
    if missing:
        first = missing[0]
        ran_out = " (has run out)" if first.state == "ran-out" else ""
        more = f", and {len(missing) - 1} more" if len(missing) > 1 else ""
        return f"{first.by}: {first.what}{ran_out}{more}"
    if item.status == "restricted":
        return _way(report, item) or _easiest(item)
    if item.status == "risky":
        return f"gap in assurance {item.gap}" + (
            "; registration would narrow it" if item.registration_adds.assures else ""
        )
    return "nothing to arrange"


def _way(report: Report, item: Finding) -> str:
    acts = item.decision.way.acts if item.decision.way else ()
    titles = [
        report.law.book.data["routes"][act.best.route]["title"] for act in acts if act.best and act.best.state != BARRED
    ]
    return f"by this way: {titles[0]}" if titles else ""


def _easiest(item: Finding) -> str:
    if not item.opens_with:
        return "no change known would open it"
    one = item.opens_with[0][0]
    return f"{one.who}: {one.what.partition(' (')[0]}"


def actions_of(report: Report) -> list[tuple[str, str, list[str]]]:
    """What to do: who, what, and for which tasks, most tasks first."""
    found: dict[tuple[str, str], list[str]] = {}
    for item in report.findings:
        for need in item.needed if item.status != "blocked" else ():
            found.setdefault((need.by, need.what), []).append(item.label)
    return [(by, what, tasks) for (by, what), tasks in sorted(found.items(), key=lambda one: -len(one[1]))]


def _foot(reports: Sequence[Report], law: Citations) -> Iterator[Block]:
    if law.law:
        yield Paragraph(
            inline(" · ".join(f"[{number_}] {item.title}" for number_, item in enumerate(law.law, 1))), "apart"
        )
    turns = {name for report in reports for item in report.findings for name in item.turns_on}
    parts = [f"Turns on {number(len(turns), 'disputed reading')}."] if turns else []
    waived = [say.waiver_line(report.law, item) for report in reports for item in report.waivers]
    yield from (Paragraph(inline(f"Waiver {line}")) for line in waived)
    yield from (Paragraph(inline(line)) for line in otherwise_than_law(reports[0].law))
    book = reports[0].law.book
    second = next((one.cross_check.engine for one in reports if one.cross_check.agrees), "")
    parts += [f"Both engines agree ({second})."] if second else []
    parts += [
        f"Lawbook {book.version}, digest {book.digest[:16]}. Everything: --full, one task: --task ID.",
        str(book.data["advice"]),
    ]
    yield Paragraph(inline(" ".join(parts)), "" if law.law else "apart")


def opening(report: Report, level: int, own: str, law: Citations) -> Iterator[Block]:
    """Page one: a sentence, three numbers, what to do, and the tasks with what each needs and why."""
    yield Heading(level, "In short", f"{own}short")
    yield Paragraph(inline(say.today_line(report)), "lead")
    yield from (Paragraph(inline(line), "note") for line in otherwise_than_law(report.law))
    if report.notes:  # a registration that is suspended, a paper that ran out: whoever reads page one has to know
        yield Items(tuple(inline(said(report.law.book, note)) for note in report.notes))
    yield _numbers(report, own)
    actions = actions_of(report)
    if actions:
        head = tuple(inline(text) for text in ("What to do", "Who", "For which tasks"))
        rows = tuple((inline(capital(what)), inline(capital(by)), inline(_tasks(tasks))) for by, what, tasks in actions)
        yield Table(f"{own}to-do", "What to do", head, rows, True, (0.34, 0.2, 0.46))
    order = [item for status in GROUPS for item in report.findings if item.status == status]
    across = tuple(inline(text) for text in ("Task, worst first", "Today", "Next step", "Why"))
    lines = tuple(
        (
            inline(_label(report, item)),
            inline(Run(say.TODAY[item.today], tone=item.status)),
            inline(capital(_step(report, item))),
            inline(_clause(report, item), f" {cited}" if (cited := law.of(say.law_of(item)[:2])) else ""),
        )
        for item in order
    )
    yield Table(
        f"{own}at-a-glance", "The tasks, with the next step of each", across, lines, True, (0.3, 0.16, 0.26, 0.28)
    )
    yield Paragraph(inline(say.CLEAR_IS_NOT), "note")


def _numbers(report: Report, own: str) -> Table:
    today = report.today
    wide = [item for item in report.findings if item.status == "risky"]
    rows: list[tuple[Inline, Inline]] = [
        (inline(str(today["yes"] + today["if"])), inline("may be done today" + (f", {today['if']} of them if what is not stated is in place" if today["if"] else ""))),
        (inline(str(today["no"] + today["arrange"])), inline("may not be done today" + (f", {today['arrange']} of them until something is arranged" if today["arrange"] else ""))),
        (inline(str(len(wide))), inline("are lawful, but what assures the person falls short of the possible harm")),
    ]  # fmt: skip
    if today["unknown"]:
        rows.append((inline(str(today["unknown"])), inline("cannot be told until facts are given")))
    head = (inline("Tasks"), inline(f"of {len(report.findings)}"))
    return Table(f"{own}numbers", "What it comes to", head, tuple(rows), True, (0.12, 0.88))


def _tasks(labels: Sequence[str]) -> str:
    return "; ".join(labels[:4]) + (f"; and {len(labels) - 4} more" if len(labels) > 4 else "")


def _clause(report: Report, item: Finding) -> str:
    """Why, in one clause."""
    if item.status == "clear":
        return "Lawful." if item.gap == "none" else f"Lawful; the gap in assurance is {item.gap}."
    if item.status == "risky":
        return f"Harm could be {item.decision.task['harm']['severity']}; the gap in assurance is {item.gap}."
    text = said(report.law.book, item.why).split(". ")[0].rstrip(".")
    return f"{text}."


def short(report: Report, level: int, own: str, law: Citations) -> Iterator[Block]:
    """The detail of each finding that is not clear, without what was considered beside it."""
    found = [item for status in GROUPS for item in report.findings if item.status == status != "clear"]
    if found:
        yield Heading(level, "Why, and what would open each", f"{own}detail")
    for item in found:
        yield Heading(level + 1, item.label)
        yield Paragraph(inline(Run(capital(say.status_line(item)), strong=True, tone=item.status), "."), "status")
        yield Paragraph(inline(said(report.law.book, item.why), f" {law.of(say.law_of(item))}".rstrip()))
        ways = [" and ".join(f"{one.what} ({one.who})" for one in way) for way in item.opens_with[:2]]
        points = [inline(Run("Needed: ", strong=True), line) for line in say.need_lines(item.needed)]
        points += [
            inline(Run("Would open it: ", strong=True), said(report.law.book, way))
            for way in ways
            if item.status != "risky"
        ]
        points += [inline(Run("To settle it: ", strong=True), question) for question in item.questions]
        points += [
            inline(Run("Turns on: ", strong=True), str(report.law.book.data["interpretations"][name]["title"]))
            for name in item.turns_on
        ]
        points += [inline(Run("Law to come: ", strong=True), coming.says) for coming in item.upcoming]
        points += (
            [inline(Run("Waived: ", strong=True), say.waiver_line(report.law, report.waived[item.task]))]
            if item.task in report.waived
            else []
        )
        if points:
            yield Items(tuple(points))


def law_list(law: Citations, level: int = 1) -> Iterator[Block]:
    """The law that the numbers refer to, once."""
    if law.law:
        yield Heading(level, "Law", "law")
        yield Paragraph(inline(f"{len(law.law)} provisions; {law.unsure} of them not verified in the text itself."))
        yield law.items()
