"""Decide a timeline: each act or task on every day on which its law changes, and what changed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from gapcheck.engine.findings import check
from gapcheck.engine.person import person_of
from gapcheck.engine.routes import LAW_ITSELF, ActResult, decide_act
from gapcheck.law.dated import Law
from gapcheck.law.needs import ways as ways_of_task
from gapcheck.matrix.build import row_of
from gapcheck.matrix.model import ACTS
from gapcheck.profile.case import case_facts
from gapcheck.profile.model import TaskEntry
from gapcheck.profile.resolve import plain_id
from gapcheck.timeline.causes import begun, causes_of
from gapcheck.timeline.model import BARRED, UNKNOWN, Period, RouteState, Timeline, TimelineLine

ANY = TaskEntry("")
TITLE = "title"  # the fact that an act about titles shows
_VERDICT = {"yes": "open", "if": "available", "arrange": "available", "unknown": "unknown", "no": "barred"}


def timeline(
    law: Law,
    nations: Sequence[str],
    professions: Sequence[str],
    kind: str,
    items: Sequence[str],
    *,
    case: TaskEntry = ANY,
) -> Timeline:
    """Each profession, as it is ordinarily held, and each act or task, over every day on which the law of it changed.

    `law`: of the day that is asked about, without reforms, in the first of the nations. Where nations do not differ in a line they share it.
    """
    places = [law.book.at(law.date, nation, law.readings) for nation in nations]
    lines = []
    for profession in professions:
        for item in items:
            found = [_line(place, profession, kind, item, case) for place in places]
            lines += _shared(found)
    rows = tuple(row_of(law, profession) for profession in professions)
    return Timeline(law, tuple(nations), rows, kind, tuple(lines), case)


def _shared(lines: Iterable[TimelineLine]) -> list[TimelineLine]:
    """Lines of nations between which nothing differs but the provisions, once, with the provisions of all of them."""
    kept: dict[Any, TimelineLine] = {}
    for line in lines:
        key = tuple(
            (span.first, span.last, _answer(span), tuple((one.says, one.by) for one in span.causes))
            for span in line.spans
        )
        old = kept.get(key)
        kept[key] = _joined(old, line) if old else line
    return list(kept.values())


def _joined(one: TimelineLine, other: TimelineLine) -> TimelineLine:
    def law(item: Any, like: Any) -> Any:
        return replace(item, law=tuple(dict.fromkeys((*item.law, *like.law))))

    spans = []
    for span, like in zip(one.spans, other.spans, strict=True):
        ways = tuple(map(law, span.ways, like.ways))
        spans.append(replace(span, ways=ways, causes=tuple(map(law, span.causes, like.causes))))
    return replace(one, nations=(*one.nations, *other.nations), spans=tuple(spans))


def _line(law: Law, profession: str, kind: str, item: str, case: TaskEntry) -> TimelineLine:
    data = law.book.items(kind)[item]
    acts = [item] if kind == ACTS else sorted({need["act"] for way in ways_of_task(data) for need in way})
    entry = _entry(law, profession, kind, item, case)
    covered = max((_covered(law, act) for act in acts), default="")
    spans: list[Period] = []
    for day in _days(law, acts, profession, covered, entry):
        then = law.on(day) if day else law
        span = _span(then, profession, kind, item, entry)
        if not spans:
            spans.append(replace(span, first=day, causes=begun(then, acts, profession, span) if day else ()))
        elif _answer(span) != _answer(spans[-1]):
            old = spans[-1]
            spans[-1] = replace(old, last=_shift(day, -1))
            causes = causes_of((law.on(spans[-1].last), then), (old, span), acts, profession, entry)
            spans.append(replace(span, first=day, causes=causes))
        else:  # the same answer by other law: that of the day asked about is cited
            ways = span.ways if day <= law.date else spans[-1].ways
            spans[-1] = replace(spans[-1], ways=ways)
    title = str(data["label"] if kind != ACTS else data["title"])
    if kind == ACTS and data.get("shows") == TITLE and entry.facts.get(TITLE):
        title = f"Use the title “{str(entry.facts[TITLE]).replace('-', ' ')}”"
    force = str(data["force"]) if kind == ACTS else ""
    return TimelineLine(profession, (law.nation,), item, title, force, tuple(spans), law.date)


def _entry(law: Law, profession: str, kind: str, item: str, case: TaskEntry) -> TaskEntry:
    """The case of a line; of an act about titles, the title of the profession, unless another is stated."""
    if kind != ACTS:
        return case._replace(id=item)
    if law.book.data["acts"][item].get("shows") != TITLE or TITLE in case.facts:
        return case
    title = plain_id(str(law.book.data["professions"][profession]["title"]))
    return case._replace(facts={TITLE: title, **case.facts})


def _covered(law: Law, act: str) -> str:
    return str(law.book.data["acts"][act].get("covered", {}).get(law.nation, ""))


def _days(law: Law, acts: Iterable[str], profession: str, covered: str, entry: TaskEntry) -> list[str]:
    """The first day that the lawbook holds, and each later one on which something of the acts, the profession's registers or the medicine
    changes."""
    own = sorted({day for act in acts for day in law.book.data["change-dates"].get(act, ())})
    days = {*own, *_turns(law.book.data["professions"][profession]["registers"])}
    days.update(_turns(law.book.items("medicines").get(entry.medicine, {}).get("dated", ())))
    if not own:
        return [""]  # no law reserves it, on any day that the lawbook knows
    first = covered or own[0]
    return [first, *sorted(day for day in days if day > first)]


def _turns(windows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for window in windows:
        if "from" in window:
            yield window["from"]
        if "to" in window:
            yield _shift(window["to"], 1)


def _shift(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def _span(law: Law, profession: str, kind: str, item: str, entry: TaskEntry) -> Period:
    profile = row_of(law, profession).profile
    if kind == ACTS:
        person = person_of(profile, law)
        facts = {**person.facts, **case_facts(law, {"act": item}, entry)}
        act = decide_act(law, item, facts, person.capacities)
        return _of_acts(act.verdict, [act])
    (finding,) = check(profile._replace(tasks=(entry,)), law).findings
    return _of_acts(_VERDICT[finding.today], finding.decision.way.acts if finding.decision.way else ())


def _of_acts(verdict: str, acts: Iterable[ActResult]) -> Period:
    pairs = [(act.act.id, route) for act in acts for route in act.routes]
    untold = {
        route.route
        for _, route in pairs
        if route.state == UNKNOWN and any(one.facts == LAW_ITSELF for one in route.fails)
    }
    ways = tuple(
        RouteState(act, route.route, route.state, route.directness, route.rule.id if route.rule else "", route.law)
        for act, route in pairs
        if route.state != BARRED and route.route not in untold
    )
    return Period("", "", verdict, ways, frozenset(untold))


def _answer(span: Period) -> tuple[Any, ...]:
    """What a reader would call the answer, and what is not told."""
    return span.verdict, tuple(way.look for way in span.ways), span.untold
