"""A timeline as values: for each act or task the stretches of time between which its answer changed, and what changed it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from gapcheck.law.dated import Law, Provision
from gapcheck.matrix.model import Row
from gapcheck.profile.model import TaskEntry

LAWFUL = ("open", "available")
UNKNOWN, BARRED = "unknown", "barred"


@dataclass(frozen=True)
class RouteState:
    """A route to an act: its state in a stretch of time, and the rule on which it rests. Routes that are barred, and those of which the
    lawbook does not hold the law, are none."""

    act: str
    route: str
    state: str
    directness: str
    rule: str
    law: tuple[Provision, ...]

    @property
    def look(self) -> tuple[str, str, str, str]:
        """What a reader would call the way."""
        return self.act, self.route, self.state, self.directness


@dataclass(frozen=True)
class LawChange:
    """What changed the law on a day: in words, the instrument that did it, and the law, for the routes that it concerns. `announced`: the day
    is only announced."""

    says: str
    by: str
    law: tuple[Provision, ...]
    routes: tuple[str, ...]
    announced: bool = False


@dataclass(frozen=True)
class Period:
    """A stretch of time with one answer. `first`: its first day (empty: as far back as the lawbook knows); `last`: its last day (empty: for as
    long as the law stands); `untold`: the routes of which the lawbook does not hold the law; `causes`: what began it. Of the
    stretch in which an act is first held, nothing but what is known to have begun on that very day."""

    first: str
    last: str
    verdict: str
    ways: tuple[RouteState, ...]
    untold: frozenset[str] = frozenset()
    causes: tuple[LawChange, ...] = ()

    @property
    def answer(self) -> tuple[object, ...]:
        """What a reader would call the answer."""
        return self.verdict, tuple(way.look for way in self.ways)

    def state(self, route: str) -> str:
        """The state of a route."""
        return next((way.state for way in self.ways if way.route == route), BARRED)

    @property
    def lawful(self) -> tuple[RouteState, ...]:
        """The ways that are open, or open once they are arranged."""
        return tuple(way for way in self.ways if way.state in LAWFUL)

    @property
    def held(self) -> bool:
        """Whether the lawbook holds enough of the law to answer, be it that facts of the case decide."""
        return self.verdict != UNKNOWN or bool(self.ways)

    @property
    def announced(self) -> bool:
        """Whether the day on which it begins is only announced."""
        return any(cause.announced for cause in self.causes)


@dataclass(frozen=True)
class SinceWhen:
    """Since when something has been so. `exact`: it was otherwise before; else it may have been so before that day, of which the lawbook does
    not tell. An empty day: the lawbook knows no time at which it was otherwise. `causes`: what made it so; `depending`: since when, earlier
    still, it was so where the facts of the case fitted."""

    day: str
    exact: bool
    causes: tuple[LawChange, ...] = ()
    depending: SinceWhen | None = None


@dataclass(frozen=True)
class TimelineLine:
    """An act or task of a profession in nations that do not differ in it. `date`: the day that is asked about."""

    profession: str
    nations: tuple[str, ...]
    id: str
    title: str
    force: str
    spans: tuple[Period, ...]
    date: str

    @property
    def place(self) -> int:
        """The place of the stretch of the day that is asked about; -1 where the lawbook does not hold the law of that day."""
        return max((place for place, span in enumerate(self.spans) if span.first <= self.date), default=-1)

    @property
    def now(self) -> Period | None:
        """The stretch of the day that is asked about."""
        return self.spans[self.place] if self.place >= 0 else None

    @property
    def changes(self) -> tuple[tuple[Period, Period], ...]:
        """Each change of the answer: the stretch before it and the one after."""
        return tuple((old, new) for old, new in pairwise(self.spans) if old.answer != new.answer)

    def coming(self, span: Period) -> bool:
        """Whether a stretch is still to come."""
        return span.first > self.date

    def since(self) -> SinceWhen | None:
        """Since when the act has been lawful, barred or dependent on the case, as it is on the day; None where the law of the day is not held."""
        now = self.now
        if now is None or not now.held:
            return None
        kind = _kind(now.verdict)
        return self._since(lambda span: _kind(span.verdict) == kind, lambda span: span.verdict != UNKNOWN)

    def way_since(self, route: str) -> SinceWhen:
        """Since when a route that is lawful on the day has been so."""

        def known(span: Period) -> bool:
            return UNKNOWN not in (span.verdict, span.state(route)) and route not in span.untold

        def told(same: Callable[[Period], bool]) -> SinceWhen:
            found = self._since(same, known)
            causes = tuple(cause for cause in found.causes if route in cause.routes)
            return SinceWhen(found.day, found.exact or (found.day == self.spans[0].first and bool(causes)), causes)

        lawful = told(lambda span: span.state(route) in LAWFUL)
        maybe = told(lambda span: span.state(route) != BARRED)
        return replace(lawful, depending=maybe) if maybe.day < lawful.day else lawful

    def route_since(self, route: str) -> SinceWhen | None:
        """Since when a route has been open, closed or dependent on the case, as it is on the day; None where the lawbook does not hold its law."""
        now = self.now
        if now is None or route in now.untold:
            return None
        if now.state(route) in LAWFUL:
            return self.way_since(route)

        def same(span: Period) -> bool:
            return span.state(route) == now.state(route) and route not in span.untold

        found = self._since(
            same, lambda span: route not in span.untold and UNKNOWN not in (span.verdict, span.state(route))
        )
        return replace(found, causes=tuple(cause for cause in found.causes if route in cause.routes))

    def _since(self, same: Callable[[Period], bool], told: Callable[[Period], bool]) -> SinceWhen:
        place = self.place
        while place and same(self.spans[place - 1]):
            place -= 1
        span = self.spans[place]
        return SinceWhen(span.first, place > 0 and told(self.spans[place - 1]), span.causes)


def _kind(verdict: str) -> str:
    return LAWFUL[0] if verdict in LAWFUL else verdict


@dataclass(frozen=True)
class Timeline:
    """Every line, profession by profession. `law`: of the day, in the first of the nations; `rows`: the professions, each as it is ordinarily
    held on the day; `kind`: acts or tasks; `case`: what is taken of every case."""

    law: Law
    nations: tuple[str, ...]
    rows: tuple[Row, ...]
    kind: str
    lines: tuple[TimelineLine, ...]
    case: TaskEntry

    def of(self, profession: str) -> tuple[TimelineLine, ...]:
        """The lines of a profession."""
        return tuple(line for line in self.lines if line.profession == profession)
