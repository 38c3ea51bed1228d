"""Since when members and their comparators have had the ways of the first pages, and by which law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gapcheck.document.blocks import Block, Figure, Heading, Inline, Items, Paragraph, Run, Table, inline
from gapcheck.document.figures import Stretch, spans
from gapcheck.document.words import capital, inner, listed
from gapcheck.law.dated import words
from gapcheck.submission.numbers import Numbers
from gapcheck.submission.pieces import Made
from gapcheck.timeline.model import BARRED, LAWFUL, UNKNOWN, Period, TimelineLine
from gapcheck.timeline.words import history, since_words

STATES = {"open": "open", "available": "open", UNKNOWN: "turns on the case", BARRED: "closed"}


def since_data(numbers: Numbers) -> list[dict[str, object]]:
    """Each way of the first pages for each profession, with the day, as data."""
    found: list[dict[str, object]] = []
    for power in numbers.powers:
        for profession in numbers.people:
            line = numbers.lines[profession, power.act]
            state = line.now.state(power.route) if line.now else UNKNOWN
            since = line.route_since(power.route)
            found.append(
                {
                    "act": power.act,
                    "route": power.route,
                    "profession": profession,
                    "state": state,
                    "day": since.day if since else "",
                    "exact": bool(since and since.exact),
                    "by": list(dict.fromkeys(cause.by for cause in since.causes if cause.by)) if since else [],
                }
            )
    return found


def since_when(made: Made) -> Iterator[Block]:
    """The chapter: a figure of the ways along the years, and the days in a table."""
    annex, everyone = made.annex, made.numbers.people
    if not made.numbers.powers:
        return
    named = [str(made.data["professions"][key]["plural"]) for key in everyone]
    yield Heading(1, "Since when", "since")
    yield Paragraph(
        inline(
            f"How the ways of the first pages came to be open or closed in {made.nation(annex.nations[0])} to {listed(named)}, each on the register "
            "that the profession ordinarily has. “On or before” a day: the lawbook holds the law from that day or cannot tell the law before it, so "
            "that the day is no beginning."
        )
    )
    if figure := _figure(made):
        yield figure
    yield _table(made)
    coming = list(_coming(made))
    if coming:
        yield Paragraph(inline("Law to come, which does not hold yet:"), "label")
        yield Items(tuple(coming))
    else:
        yield Paragraph(
            inline(
                "No law that the lawbook knows to be made, and not in force yet, changes any of these ways for them."
            )
        )


def _groups(made: Made) -> list[tuple[str, list[str]]]:
    """The routes, each with the acts for which its history is the same."""
    found: dict[tuple[object, ...], tuple[str, list[str]]] = {}
    for power in made.numbers.powers:
        history = tuple(
            tuple(
                (span.first, span.state(power.route) in LAWFUL)
                for span in _route(made.numbers.lines[key, power.act], power.route)
            )
            for key in made.numbers.people
        )
        found.setdefault((power.route, history), (power.route, []))[1].append(power.act)
    return list(found.values())


def _route(line: TimelineLine, route: str) -> list[Period]:
    """The stretches of a line in which nothing of one route changes."""
    kept: list[Period] = []
    for span in line.spans:
        look = _state(span, route)
        if kept and _state(kept[-1], route) == look:
            kept[-1] = replace(kept[-1], last=span.last)
        else:
            kept.append(span)
    return kept


def _state(span: Period, route: str) -> str:
    """The state of a route; empty where the lawbook does not hold its law."""
    if route in span.untold:
        return ""
    state = span.state(route)
    return "open" if state in LAWFUL else state


def _figure(made: Made) -> Figure | None:
    rows, bars, told = [], [], []
    routes = [route for route, _ in _groups(made)]
    for route, acts in _groups(made):
        title = str(made.data["routes"][route]["title"])
        paths = [_route(made.numbers.lines[key, acts[0]], route) for key in made.numbers.people]
        if len({tuple((one.first, _state(one, route)) for one in path) for path in paths}) == 1:
            continue  # the same for all of them: the table says it
        for key, stretches in zip(made.numbers.people, paths, strict=True):
            line = made.numbers.lines[key, acts[0]]
            act = f" ({made.data['acts'][acts[0]]['short']})" if routes.count(route) > 1 else ""
            rows.append(f"{title}{act}: {made.data['professions'][key]['plural']}")
            bars.append([Stretch(one.first, one.last, _state(one, route), line.coming(one)) for one in stretches])
            states = [(one.first, STATES.get(_state(one, route), "")) for one in stretches]
            told.append(f"{rows[-1]}: {history(states)}")
    if not rows:
        return None
    picture = spans(rows, bars, made.annex.law.date, STATES)
    caption = "The ways that are not the same for all of them, along the years"
    return Figure("fig-since", caption, f"Bars along the years. {'; '.join(told)}.", picture.svg, picture.png)


def _table(made: Made) -> Table:
    everyone = made.numbers.people
    head = (
        "Way, and the acts to which it leads",
        *(capital(str(made.data["professions"][key]["plural"])) for key in everyone),
    )
    rows = []
    for route, acts in _groups(made):
        titles = "; ".join(inner(str(made.data["acts"][act]["title"])) for act in acts)
        rows.append(
            (
                inline(Run(str(made.data["routes"][route]["title"]), strong=True), f": {titles}"),
                *(_cell(made, made.numbers.lines[key, acts[0]], route) for key in everyone),
            )
        )
    rest = 0.7 / len(everyone)
    caption = f"The ways on {words(made.annex.law.date)}, and since when they have stood so"
    return Table("since-table", caption, tuple(map(inline, head)), tuple(rows), True, (0.3, *[rest] * len(everyone)))


def _cell(made: Made, line: TimelineLine, route: str) -> Inline:
    now, since = line.now, line.route_since(route)
    if now is None or since is None or route in now.untold:
        return inline("The lawbook does not hold the law")
    causes = [f" ({cause.by})" if cause.by else "" for cause in since.causes[:1]]
    cited = made.law.of(item for cause in since.causes[:1] for item in cause.law[:2])
    depending = ""
    if since.depending:
        by = next((f" ({cause.by})" for cause in since.depending.causes if cause.by), "")
        depending = f"; where the facts of the case fitted, {since_words(since.depending)}{by}"
    day = since_words(replace(since, depending=None))
    whole = line.since()
    if whole and now.state(route) in LAWFUL and now.verdict in LAWFUL and whole.day < since.day and not depending:
        depending = "; the act itself was open before that, by another way"
    return inline(
        f"{capital(STATES[now.state(route)])}: {day}{causes[0] if causes else ''}{depending} {cited}".rstrip()
    )


def _coming(made: Made) -> Iterator[Inline]:
    for route, acts in _groups(made):
        for key in made.numbers.people:
            line = made.numbers.lines[key, acts[0]]
            for span in _route(line, route)[1:]:
                if line.coming(span):
                    mark = " (announced; the order that brings it into force was not seen)" if span.announced else ""
                    title = inner(str(made.data["routes"][route]["title"]))
                    state = STATES.get(_state(span, route), "not held")
                    yield inline(
                        f"From {words(span.first)}{mark}, for {made.data['professions'][key]['plural']}, {title}: {state}."
                    )
