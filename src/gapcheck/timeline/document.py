"""The timeline as a document of blocks, which every face of paper and screen renders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gapcheck.document.blocks import Block, Document, Figure, Heading, Inline, Items, Paragraph, Run, Table, inline
from gapcheck.document.cite import Citations
from gapcheck.document.figures import Stretch, spans
from gapcheck.document.words import capital, footer, inner, listed, number
from gapcheck.law.dated import words
from gapcheck.matrix.words import MARK
from gapcheck.timeline.model import Timeline, TimelineLine
from gapcheck.timeline.words import (
    BEGINS,
    MAY,
    NOT_HELD,
    assumed,
    cause_words,
    day_words,
    history,
    name,
    says,
    since_words,
    turned,
    ways_words,
)


def timeline_document(chart: Timeline) -> Document:
    """Everything: a figure, what holds on the day and since when, and each change with what made it."""
    cited = Citations("L")
    blocks: list[Block] = [Paragraph(inline(line)) for line in assumed(chart)]
    for row in chart.rows:
        lines = chart.of(row.profession)
        shown = told(lines)
        blocks += [Heading(1, row.title, f"who-{row.profession}"), *_coming(chart, lines)]
        blocks += [timeline_figure(chart, row.profession, shown)] if shown else []
        blocks += _rest([line for line in lines if line not in shown])
        if shown:
            blocks.append(Heading(2, f"{row.title}: what may be done, and since when", f"since-when-{row.profession}"))
            blocks += [since_table(chart, row.profession, shown, cited), *_changes(chart, row.profession, lines, cited)]
    if cited.law:
        blocks += [
            Heading(1, "The law", "law"),
            cited.table("law-table", "The law cited, and how sure the lawbook is of it"),
        ]
    blocks += [Paragraph(inline(line), "note") for line in footer(chart.law)]
    return Document(heading(chart), tuple(blocks), subject="What a profession may do, and since when")


def heading(chart: Timeline) -> str:
    """Whom the timeline is about, where and when."""
    nations = listed(str(chart.law.book.data["nations"][item]) for item in chart.nations)
    people = listed(row.title.lower() if place else row.title for place, row in enumerate(chart.rows))
    return f"{people}: what the law lets them do, and since when ({nations}, {words(chart.law.date)})"


def told(lines: Sequence[TimelineLine]) -> list[TimelineLine]:
    """The lines that are shown one by one: lawful on the day, or changed on some day. What has been barred, or has turned on the case, for as
    long as the lawbook holds the law is said together."""
    return [line for line in lines if line.spans[0].first and (line.changes or (line.now and line.now.lawful))]


def _coming(chart: Timeline, lines: Sequence[TimelineLine]) -> Iterator[Block]:
    """Law to come, first."""
    found = [
        inline(f"{name(chart, line)}, from {day_words(line, after)}: {turned(chart, line, before, after)}")
        for line in lines
        for before, after in line.changes
        if line.coming(after)
    ]
    if found:
        yield Paragraph(inline("Law to come, which does not hold yet:"), "label")
        yield Items(tuple(found))


def timeline_figure(chart: Timeline, profession: str, lines: Sequence[TimelineLine]) -> Figure:
    """The stretches of time of each act or task, as bars from the first day that the lawbook holds."""
    rows = [name(chart, line) for line in lines]
    bars = [
        [Stretch(span.first, span.last, span.verdict if span.held else "", line.coming(span)) for span in line.spans]
        for line in lines
    ]
    alt = "; ".join(
        f"{row}: {history((span.first, says(line, span) if span.held else '') for span in line.spans)}"
        for row, line in zip(rows, lines, strict=True)
    )
    title = chart.law.book.data["professions"][profession]["plural"]
    caption = f"What {title} may do, day by day since the lawbook holds the law"
    picture = spans(rows, bars, chart.law.date, MAY)
    return Figure(f"fig-timeline-{profession}", caption, f"Bars along the years. {alt}.", picture.svg, picture.png)


def since_table(chart: Timeline, profession: str, lines: Sequence[TimelineLine], cited: Citations) -> Table:
    """What holds on the day, since when, by which ways, and what made it so."""
    head = (
        "Act" if chart.kind == "acts" else "Task",
        "On the day",
        "Since",
        "By which ways, each since",
        "What made it so",
    )
    rows = []
    for line in lines:
        found = line.since()
        ways = ways_words(chart, line)
        causes = dict.fromkeys(found.causes if found else ())
        for way in line.now.lawful if line.now else ():
            since = line.way_since(way.route)
            causes.update(dict.fromkeys((*since.causes, *(since.depending.causes if since.depending else ()))))
        made = [capital(f"{cause_words(cause)} {cited.of(cause.law)}".strip()) for cause in causes]
        law = cited.of(item for way in (line.now.ways if line.now else ()) for item in way.law[:1])
        rows.append(
            (
                inline(name(chart, line)),
                _verdict(line),
                inline(capital(since_words(found))),
                inline("\n".join(map(capital, ways)), f" {law}" if law and ways else law),
                inline("\n".join(made) or (BEGINS if found else NOT_HELD)),
            )
        )
    caption = f"What {chart.law.book.data['professions'][profession]['plural']} may do on {words(chart.law.date)}, and since when"
    widths = (0.2, 0.12, 0.16, 0.28, 0.24)
    return Table(f"since-{profession}", caption, tuple(map(inline, head)), tuple(rows), True, widths, True)


def _verdict(line: TimelineLine) -> Inline:
    span = line.now
    if span is None or not span.held:
        return inline(NOT_HELD)
    return inline(Run(f"{MARK[span.verdict]} {says(line, span)}", tone=span.verdict))


def _changes(chart: Timeline, profession: str, lines: Sequence[TimelineLine], cited: Citations) -> Iterator[Block]:
    changes = sorted(
        ((after.first, name(chart, line), line, before, after) for line in lines for before, after in line.changes),
        key=lambda item: item[:2],
    )
    if not changes:
        yield Paragraph(inline("The law of none of these has changed for them on any day that the lawbook holds."))
        return
    rows = tuple(
        (
            inline(day_words(line, after)),
            inline(title),
            inline(capital(turned(chart, line, before, after))),
            inline("\n".join(capital(f"{cause_words(cause)} {cited.of(cause.law)}".strip()) for cause in after.causes)),
        )
        for _, title, line, before, after in changes
    )
    head = tuple(map(inline, ("Day", "Act" if chart.kind == "acts" else "Task", "What changed", "What changed it")))
    caption = f"Each change of the law for {chart.law.book.data['professions'][profession]['plural']}, in the order of the days"
    yield Table(f"changes-{profession}", caption, head, rows, True, (0.15, 0.22, 0.31, 0.32), True)


def timeline_brief(chart: Timeline) -> Document:
    """One screen: what may be done or has changed, since when and by what; the rest in a sentence; and law to come."""
    blocks: list[Block] = []
    for row in chart.rows:
        lines = chart.of(row.profession)
        if len(chart.rows) > 1:
            blocks.append(Heading(1, row.title, f"who-{row.profession}"))
        shown = told(lines)
        head = tuple(map(inline, ("Act" if chart.kind == "acts" else "Task", "On the day", "Since", "What made it so")))
        rows = tuple(
            (
                inline(name(chart, line)),
                _verdict(line),
                inline(since_words(line.since())),
                inline("; ".join(_instruments(line)) or (BEGINS if line.since() else NOT_HELD)),
            )
            for line in shown
        )
        if rows:
            blocks.append(Table(f"since-{row.profession}", "", head, rows, True))
        blocks += _rest([line for line in lines if line not in shown])
        blocks += _coming(chart, lines)
    changed = sum(len(line.changes) for line in chart.lines)
    blocks += [Paragraph(inline(line), "note") for line in assumed(chart)]
    blocks.append(
        Paragraph(
            inline(f"--full shows {number(changed, 'change')} and the ways. {chart.law.book.data['advice']}"), "note"
        )
    )
    return Document(heading(chart), tuple(blocks))


def _instruments(line: TimelineLine) -> list[str]:
    """The instruments that made a line what it is on the day."""
    found = line.since()
    return list(dict.fromkeys(cause.by or cause.says for cause in (found.causes if found else ())))


def _rest(lines: Sequence[TimelineLine]) -> Iterator[Block]:
    said: dict[str, list[str]] = {}
    for line in lines:
        since = line.since()
        key = says(line, line.now) if since is None or since.day else since_words(since)
        said.setdefault(key, []).append(inner(line.title))
    for key, titles in said.items():
        yield Paragraph(
            inline(
                Run(f"{capital(key)}, on every day that is held: ", strong=True), f"{'; '.join(dict.fromkeys(titles))}."
            )
        )
