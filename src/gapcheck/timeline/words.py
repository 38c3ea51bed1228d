"""The words of a timeline, which its faces share."""

from __future__ import annotations

from collections.abc import Iterable

from gapcheck.document.words import inner, listed
from gapcheck.engine.sentences import title
from gapcheck.law.dated import words
from gapcheck.timeline.model import LawChange, Period, SinceWhen, Timeline, TimelineLine

MAY = {
    "open": "may",
    "available": "may, once it is arranged",
    "unknown": "turns on the case",
    "barred": "may not",
}
ASKS = {
    "open": "what the framework asks for is met",
    "available": "what the framework asks for can be met",
    "barred": "a framework asks for more",
}
NOT_HELD = "not held"
BEGINS = "the lawbook begins there"
NEVER_OTHERWISE = "no law reserves it"


def says(line: TimelineLine, span: Period | None) -> str:
    """What a stretch of time says of an act or task; a framework is not law."""
    if span is None or not span.held:
        return NOT_HELD
    return (ASKS if line.force == "framework" else MAY).get(span.verdict, MAY[span.verdict])


def since_words(found: SinceWhen | None) -> str:
    """Since when, in words. Where the lawbook does not tell what was before a day, the day is no beginning."""
    if found is None:
        return "the lawbook does not hold its law on this day"
    if not found.day:
        return NEVER_OTHERWISE
    text = words(found.day) if found.exact else f"on or before {words(found.day)}"
    return f"{text}; where the facts of the case fitted, {since_words(found.depending)}" if found.depending else text


def day_words(line: TimelineLine, span: Period) -> str:
    """The first day of a stretch, and whether it is to come or only announced."""
    if not span.first:
        return "always"
    mark = (
        " (announced; the order that brings it into force was not seen)" if span.announced and line.coming(span) else ""
    )
    mark = mark or (" (not in force yet)" if line.coming(span) else "")
    return f"{words(span.first)}{mark}"


def history(stretches: Iterable[tuple[str, str]]) -> str:
    """Stretches of time in a sentence, each a first day and what holds from then (empty: the lawbook does not hold it). A day before which
    nothing is held is not told as a beginning."""
    parts, held = [], False
    for first, state in stretches:
        if not state:
            parts.append(f"not held from {words(first)}")
        else:
            parts.append(
                f"from {words(first)} {state}" if held else f"{state} where the lawbook begins, {words(first)}"
            )
        held = bool(state)
    return ", ".join(parts)


def ways_words(chart: Timeline, line: TimelineLine) -> list[str]:
    """Each lawful way of the day with since when it has been one."""
    span = line.now
    if span is None:
        return []
    routes = dict.fromkeys(way.route for way in span.lawful)
    return [f"{inner(title(chart.law, route))}: {since_words(line.way_since(route))}" for route in routes]


def turned(chart: Timeline, line: TimelineLine, before: Period, after: Period) -> str:
    """What a change did: the answer before and after, or the ways that came and went."""
    old, new = says(line, before), says(line, after)
    parts = [f"{old} becomes {new}"] if old != new else []
    routes = dict.fromkeys(way.route for span in (after, before) for way in span.ways)
    for route in routes:
        states = before.state(route), after.state(route)
        if states[0] != states[1] and not (states[0] == "barred" and route in before.untold):
            parts.append(f"{inner(title(chart.law, route))}: {_state(states[0])} becomes {_state(states[1])}")
        elif states[0] != states[1]:
            parts.append(f"{inner(title(chart.law, route))}: {_state(states[1])}; earlier law is not held")
    return "; ".join(parts) or "the way is more or less direct than before"


def _state(state: str) -> str:
    return {"open": "open", "available": "open once arranged", "unknown": "turns on the case", "barred": "closed"}[
        state
    ]


def cause_words(cause: LawChange) -> str:
    """A cause with its instrument."""
    by = f" ({cause.by})" if cause.by else " (the lawbook does not name the instrument)" if not cause.law else ""
    return f"{cause.says}{by}"


def places(chart: Timeline, line: TimelineLine) -> str:
    """The nations of a line, where it is not about all of the timeline's."""
    if len(line.nations) == len(chart.nations):
        return ""
    return listed(str(chart.law.book.data["nations"][item]) for item in line.nations)


def name(chart: Timeline, line: TimelineLine) -> str:
    """The act or task, and in which nations where not in all."""
    where = places(chart, line)
    return f"{line.title} ({where})" if where else line.title


def assumed(chart: Timeline) -> list[str]:
    """What every line takes the person to be, and what its dates do not say."""
    data = chart.law.book.data
    lines = [
        "Each profession is taken as it is ordinarily held on the day: on its statutory register where it has one, otherwise on none. What an "
        "employer may arrange is left open, and so are facts of the case that are not stated.",
        "“On or before” a day: the lawbook holds the law of the act from that day, or cannot tell the law before it, so that the day is no "
        "beginning.",
    ]
    unknown = [
        row.title
        for row in chart.rows
        if row.register and not any("from" in one for one in data["professions"][row.profession]["registers"])
    ]
    if unknown:
        lines.append(
            f"Since when the register has been open is not in the lawbook for: {listed(unknown).lower()}. For them each date is of the law about "
            "who is on the register."
        )
    if chart.case.medicine:
        lines.append(f"Every case: {data['medicines'][chart.case.medicine]['label']}.")
    return lines
