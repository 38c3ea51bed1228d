"""What assures the person who does a task: registers that cover the work, duties that a statute lays on the person, and the
gap in assurance that is left. The gap follows from the severity of harm by a table of the lawbook, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from gapcheck.law.assurance import (
    ACCREDITED,
    ACCREDITED_AND_DUTY,
    ACCREDITED_LATER_AND_DUTY,
    DUTY,
    ENTRY,
    EXTENDED,
    GAPS,
    HIGH,
    MEDIUM,
    NOTHING,
    OUTSIDE,
    STATUTORY,
    STATUTORY_COVERS,
    STATUTORY_ELSEWHERE,
    STATUTORY_LATER_AND_DUTY,
    Cover,
    Duty,
    cover_of,
    duties_of,
)
from gapcheck.law.conditions import Condition
from gapcheck.law.dated import Law

if TYPE_CHECKING:
    from gapcheck.engine.person import Entry, Person
    from gapcheck.engine.routes import ActResult
    from gapcheck.law.dated import Act

WIDE = (MEDIUM, HIGH)  # a lawful task with such a gap is risky


class Covered(NamedTuple):
    """An entry in a register that the person holds, and whether it covers the task: as later training does where nobody has said
    whether its terms reach the work, and not at all where they do not."""

    entry: Entry
    cover: Cover


class Assurance(NamedTuple):
    """What assures a person for a task. `gap`: what is left open; `once_registered`: what would be left if the person were
    on a statutory register of the profession as well."""

    registers: tuple[Covered, ...]
    duties: tuple[str, ...]
    gap: str
    once_registered: str


def assurance_of(law: Law, person: Person, profession: str, task: str, duties: tuple[str, ...]) -> Assurance:
    """What assures a person for a task. `profession`: the one practised; `duties`: those that a statute lays on the person
    who does it (see `duties_on_person`)."""
    key = ("assurance", task, profession, person.entries, duties)
    known: Assurance | None = law.known.get(key)
    if known is None:
        held = tuple([Covered(entry, _covered(law, entry, task)) for entry in person.entries])
        severity = law.book.data["tasks"][task]["harm"]["severity"]
        columns = list(_columns([(item.entry.statutory, item.cover.how) for item in held], bool(duties)))
        would = _cover(law, _register_of(law, profession), profession, task).how
        more = [*columns, *_columns([(True, would)], bool(duties))]
        gap = gap_of(law, severity, columns)
        registered = any(entry.reaches is not True and entry.profession == profession for entry in person.entries)
        known = Assurance(held, duties, gap, gap if registered else gap_of(law, severity, more))
        law.known[key] = known
    return known


def gap_of(law: Law, severity: str, columns: Iterable[str]) -> str:
    """The gap of a task of a severity for whoever may choose among some columns of the table."""
    row: Mapping[str, str] = law.book.data["gap"]["table"][severity]
    return min((row[column] for column in columns), key=GAPS.index)


def _columns(held: Iterable[tuple[bool, str]], duty: bool) -> Iterator[str]:
    """The columns of the table that a person may choose from. `held`: for each register whether it is statutory, and how it
    covers the task; `duty`: whether a statute lays a duty on the person."""
    yield NOTHING
    if duty:
        yield DUTY
    for statutory, how in held:
        if statutory:
            yield STATUTORY_COVERS if how == ENTRY else STATUTORY_ELSEWHERE
            if duty and how == EXTENDED:
                yield STATUTORY_LATER_AND_DUTY
        elif how != OUTSIDE:
            yield ACCREDITED
            if duty:
                yield ACCREDITED_AND_DUTY if how == ENTRY else ACCREDITED_LATER_AND_DUTY


def _covered(law: Law, entry: Entry, task: str) -> Cover:
    cover = _cover(law, entry.register, entry.profession, task)
    if entry.reaches is None and cover.how == ENTRY:
        return cover._replace(how=EXTENDED)
    return cover if entry.reaches is not False else cover._replace(how=OUTSIDE)


def _cover(law: Law, register: str, profession: str, task: str) -> Cover:
    key = ("cover", register, profession, task)
    known: Cover | None = law.known.get(key)
    if known is None:
        known = law.known[key] = cover_of(law.book.data, register, profession, task)
    return known


def _register_of(law: Law, profession: str) -> str:
    """The statutory register that a member of the profession would be on: any, where there is none yet."""
    open_to = law.registers_of(profession) if profession else {}
    registers = law.book.data["registers"]
    return next(iter(open_to), "") or next(name for name, item in registers.items() if item["kind"] == STATUTORY)


def duties_on_person(law: Law, acts: Iterable[tuple[ActResult, Mapping[str, Any]]]) -> tuple[str, ...]:
    """The statutory duties that bear on whoever does some acts, each act with the facts of its case: those of the act, and
    those of the route by which it is lawful. A route that is no such act in law (`outside`) leaves the act's duties behind."""
    said: dict[str, None] = {}
    for act, facts in acts:
        route = law.book.items("routes")[act.best.route] if act.lawful and act.best else {}
        for kind, item in (("acts", {} if route.get("outside") else act.act.data), ("routes", route)):
            for when, duty in _duties(law, kind, item):
                if when is None or when.decide(facts).holds is not False:
                    said[duty.says] = None
    return tuple(said)


def duties_on_any_route(law: Law, acts: Iterable[Act]) -> tuple[str, ...]:
    """The statutory duties that may bear on whoever does some acts, by whatever route."""
    said: dict[str, None] = {}
    for act in acts:
        for kind, item in (
            ("acts", act.data),
            *(("routes", law.book.data["routes"][route]) for route, *_ in act.routes),
        ):
            said.update((duty.says, None) for _, duty in _duties(law, kind, item))
    return tuple(said)


def _duties(law: Law, kind: str, item: Mapping[str, Any]) -> list[tuple[Condition | None, Duty]]:
    if "duties-on-person" not in item:
        return []
    key = ("duties", kind, item["id"])
    known: list[tuple[Condition | None, Duty]] | None = law.known.get(key)
    if known is None:
        found = duties_of(item, law.book.data["provisions"], law.date, law.nation)
        known = [(_compiled(law, duty.when), duty) for duty in found]
        law.known[key] = known
    return known


def _compiled(law: Law, when: Mapping[str, Any] | None) -> Condition | None:
    return Condition("circumstances", when, law.members) if when is not None else None
