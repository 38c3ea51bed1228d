"""The report on role profiles as a document: a summary for a reader in haste, the findings, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gapcheck.document.blocks import (
    Block,
    Contents,
    Document,
    Facts,
    Heading,
    Inline,
    Items,
    PageBreak,
    Paragraph,
    Run,
    Table,
    inline,
)
from gapcheck.document.cite import Citations, law_items
from gapcheck.document.words import REMEDY, inner, plain, said, turns
from gapcheck.engine.findings import Finding, Report
from gapcheck.engine.sentences import assured
from gapcheck.engine.tasks import CLEAR, RISKY, STATUSES
from gapcheck.errors import nearest, problem
from gapcheck.findings import annexes
from gapcheck.findings import words as say
from gapcheck.findings.brief import law_list, opening, short
from gapcheck.findings.data import compared
from gapcheck.findings.parts import opens_table
from gapcheck.law.assurance import GAPS
from gapcheck.law.dated import words

_SUBJECT = "Who may lawfully do what, and what would open it"
FEW = 4  # profiles of which the contents list every section
LONG = 160  # characters of a title that a heading shows; the whole stands under "What the report rests on"


def document(reports: Sequence[Report], date: str = "", full: bool = True) -> Document:
    """The document for one profile, or for several with a section each. `date`: the day it is made, ISO text."""
    blocks: list[Block] = []
    law = Citations()
    if not full:
        return _short_document(reports, date, law)
    if len(reports) == 1:
        report = reports[0]
        blocks += opening(report, 1, "", law)
        blocks += law_list(law)
        blocks += [*_summary(report, 1, ""), Contents(2), *_sections(report, 1, "")]
        blocks += [*annexes.limits(report.law), *annexes.considered(report, _ordered(report), 1, "")]
        title, subtitle = _title(report), _subtitle(report)
    else:
        title = f"Findings for {len(reports)} role profiles"
        subtitle = "; ".join(dict.fromkeys(_place(report) for report in reports))
        blocks += [_overview(reports), Contents(2 if len(reports) <= FEW else 1)]
        for number, report in enumerate(reports, 1):
            own = f"p{number}-"
            blocks += [PageBreak(), Heading(1, _title(report), f"{own}profile"), Paragraph(inline(_subtitle(report)))]
            blocks += [*_summary(report, 2, own), *_sections(report, 2, own)]
            blocks += annexes.considered(report, _ordered(report), 2, own)
        blocks += annexes.limits(reports[0].law)
    return Document(title, tuple(blocks), subtitle, subject=_SUBJECT, date=date)


def _short_document(reports: Sequence[Report], date: str, law: Citations) -> Document:
    """Page one, the detail, the law once, and what it rests on."""
    blocks: list[Block] = []
    several = len(reports) > 1
    if several:
        blocks.append(_overview(reports))
    for number, report in enumerate(reports, 1):
        own, level = (f"p{number}-", 2) if several else ("", 1)
        if several:
            blocks += [PageBreak(), Heading(1, _title(report), f"{own}profile"), Paragraph(inline(_subtitle(report)))]
        blocks += opening(report, level, own, law)
        blocks += short(report, level, own, law)
        blocks += annexes.arrangements(report, level, own)
        blocks += annexes.waivers(report, level, own)
    blocks += law_list(law)
    for number, report in enumerate(reports, 1):
        blocks += annexes.rests_on(report, 1, f"p{number}-" if several else "")
    blocks.append(Paragraph(inline(str(reports[0].law.book.data["advice"])), "note"))
    title = f"Findings for {len(reports)} role profiles" if several else _title(reports[0])
    subtitle = "; ".join(dict.fromkeys(map(_place, reports))) if several else _subtitle(reports[0])
    return Document(title, tuple(blocks), subtitle, subject=_SUBJECT, date=date)


def task_document(reports: Sequence[Report], task: str, date: str) -> Document:
    """Everything about one task. Raises InputError where no profile has it."""
    blocks: list[Block] = []
    for number, report in enumerate(reports, 1):
        found = [item for item in report.findings if item.task == task]
        for place, item in enumerate(found):
            blocks += _finding(report, item, 1, f"p{number}-{place}")
        if found:
            blocks += annexes.considered(report, found, 1, f"p{number}-")
    if not blocks:
        known = {item.task for report in reports for item in report.findings}
        raise problem("--task", f"no profile has the task `{task}`", None, nearest(task, known))
    return Document(_title(reports[0]), tuple(blocks), _subtitle(reports[0]), subject=_SUBJECT, date=date)


def _ordered(report: Report) -> list[Finding]:
    """The findings, worst first."""
    return [item for status in STATUSES for item in report.findings if item.status == status]


def _title(report: Report) -> str:
    title = plain(report.profile.title)
    return title if len(title) <= LONG else f"{title[:LONG].rstrip()}…"


def _place(report: Report) -> str:
    return f"{report.law.book.data['nations'][report.law.nation]}, {words(report.law.date)}"


def _subtitle(report: Report) -> str:
    return f"{say.who(report)}, {_place(report)}"


def _overview(reports: Sequence[Report]) -> Table:
    keys = list(reports[0].summary)
    rows = [
        (
            inline(Run(_title(report), ref=f"p{number}-profile")),
            *(inline(str(report.summary[key])) for key in keys),
            inline(_widest(report)),
        )
        for number, report in enumerate(reports, 1)
    ]
    head = (inline("Profile"), *(inline(key.capitalize()) for key in keys), inline("Widest gap"))
    widths = (0.28, 0.1, 0.1, 0.11, 0.13, 0.08, 0.09, 0.11)
    return Table(
        "overview",
        "The profiles, with the number of tasks by status",
        head,
        tuple(rows),
        True,
        widths,
        numeric=(1, 2, 3, 4, 5, 6),
    )


def _widest(report: Report) -> str:
    """The widest gap in assurance among the tasks that are lawful."""
    return max((item.gap for item in report.findings if item.shows_gap), key=GAPS.index, default="none")


def _summary(report: Report, level: int, own: str) -> Iterator[Block]:
    yield Heading(level, "Summary", f"{own}summary")
    first, *rest = say.headline(report)
    yield Paragraph(inline(first), "lead")
    if rest:
        yield Items(tuple(inline(line) for line in rest))
    rows = tuple(
        (inline(Run(status.capitalize(), strong=True, tone=status)), inline(str(count)), inline(say.MEANS[status]))
        for status, count in report.summary.items()
    )
    head = (inline("Status"), inline("Tasks"), inline("What it means"))
    yield Table(f"{own}statuses", "Tasks by status", head, rows, True, (0.18, 0.12, 0.7), numeric=(1,))
    yield Paragraph(inline(say.CLEAR_IS_NOT, " ", say.GAP_IS), "note")
    if report.notes:
        yield Items(tuple(inline(said(report.law.book, note)) for note in report.notes))


def _sections(report: Report, level: int, own: str) -> Iterator[Block]:
    order = _ordered(report)
    names = {id(item): f"{own}finding-{number}" for number, item in enumerate(order, 1)}
    yield Heading(level, "Findings", f"{own}findings")
    rows = tuple(
        (
            inline(Run(item.label, ref=names[id(item)])),
            inline(Run(item.status, tone=item.status), *([", waived"] if item.task in report.waived else [])),
            inline(say.TODAY[item.today]),
            inline(item.gap if item.shows_gap else ""),
            inline(item.because_of_registration),
        )
        for item in order
    )
    head = tuple(inline(text) for text in ("Task", "Status", "Today", "Gap in assurance", "Because of registration"))
    yield Table(f"{own}tasks", "The tasks, worst first", head, rows, True, (0.44, 0.14, 0.12, 0.14, 0.16))
    for item in order:
        yield from _finding(report, item, level + 1, names[id(item)])
    yield from annexes.arrangements(report, level, own)
    yield from annexes.waivers(report, level, own)
    yield from annexes.rests_on(report, level, own)


def _finding(report: Report, item: Finding, level: int, name: str) -> Iterator[Block]:
    law = report.law
    yield Heading(level, item.label, name)
    rest = say.status_line(item).removeprefix(item.status)
    status = Run(item.status.capitalize(), strong=True, tone=item.status)
    yield Paragraph(inline(status, f"; today: {say.TODAY[item.today]}", rest, "."), "status")
    if item.task in report.waived:
        yield Paragraph(
            inline(Run("Waiver: ", strong=True), say.waiver_line(report.law, report.waived[item.task])), "note"
        )
    yield Paragraph(inline(item.why))
    facts: list[tuple[str, tuple[Inline, ...]]] = [
        ("Noted in the profile", _lines([item.entry.note])),
        ("Needed today", _lines(say.need_lines(item.needed))),
        ("Harm, if done badly", _lines([say.harm_line(law, item)])),
        ("If it is not done", _lines([item.decision.task["harm"].get("if-not-done", "")])),
        ("What assures the person", _lines([assured(law, item.decision.assurance)])),
        ("Registration would add", _lines([say.adds_line(law, item, report.profile.profession)])),
        ("Way", _lines([say.way(law, item)])),
        ("Duties", _lines(item.duties)),
        ("Not known; to settle it", _lines(item.questions)),
        ("May still be", _lines([" or ".join(item.decision.possible)] if len(item.decision.possible) > 1 else [])),
        ("Turns on", _lines(turns(law, item.turns_on))),
        ("Law to come", _lines(coming.says for coming in item.upcoming)),
        ("Note", _lines(said(law.book, note) for note in item.notes if note not in report.person.notes)),
        ("Unverified", _lines([say.unread(law, item)])),
    ]
    if kept := tuple(pair for pair in facts if pair[1]):
        yield Facts(kept)
    lawful = item.status in (CLEAR, RISKY)  # what it needs is told above, and it waits for nothing else
    if len(item.opens_with) == 1 and len(item.opens_with[0]) == 1 and not lawful:
        (one,) = item.opens_with[0]
        yield Facts((("What would open it", (inline(f"{one.what} ({REMEDY[one.remedy]}; {one.who})"),)),))
    elif item.opens_with and not lawful:
        yield opens_table(f"{name}-opens", f"What would open it: {item.label}", item.opens_with)
    pairs = compared(item)
    if pairs:
        comparator = law.book.data["professions"][item.decision.comparator]["title"]
        head = (inline("Act"), inline("This holder"), inline(f"Registered {inner(comparator)}"))
        rows_ = tuple(
            (inline(own.act.title), inline(say.act_line(law, own)), inline(say.act_line(law, theirs)))
            for own, theirs in pairs
        )
        yield Table(f"{name}-compared", f"Beside the comparator: {item.label}", head, rows_, True, (0.3, 0.35, 0.35))
    cited = say.law_of(item)
    if cited:
        yield Paragraph(inline(Run("Law", strong=True)), "label")
        yield law_items(cited)
    if item.evidence:
        yield Paragraph(inline(Run("Evidence", strong=True)), "label")
        yield Items(tuple(inline(line) for line in say.evidence_lines(law, item)))


def _lines(items: Iterable[str]) -> tuple[Inline, ...]:
    return tuple(inline(text) for text in items if text)
