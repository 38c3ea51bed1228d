"""Remedies: what would open a barred or merely available route, in minimal sets, and what registration has to do with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any, NamedTuple

from gapcheck.engine.person import ASKED
from gapcheck.engine.routes import AVAILABLE, BARRED, ActResult, RouteResult
from gapcheck.law.conditions import ConditionResult
from gapcheck.law.dated import Law
from gapcheck.profile.model import REGISTERED

REGISTER, AMEND, ARRANGE, CANNOT = "register", "amend", "arrange", "cannot"
YES, PARTLY, NO = "yes", "partly", "no"
MAX_SETS = 12
_KEPT = 50_000
_ORDER = {ARRANGE: 0, REGISTER: 1, AMEND: 2, CANNOT: 3}


class Remedy(NamedTuple):
    """One thing that would have to happen. `remedy`: its class; `who` could do it; `route`: the way that it helps to open."""

    remedy: str  # register | amend | arrange | cannot
    what: str
    who: str
    fact: str
    route: str


RemedySet = tuple[Remedy, ...]

MISSING, RAN_OUT, NOT_STATED = "missing", "ran-out", "not-stated"


class Need(NamedTuple):
    """Something that has to be in place: what, whether it is stated to be missing, has run out or is not stated, and who can
    provide it."""

    what: str
    state: str  # missing | ran-out | not-stated
    by: str
    once: str = ""  # what would be so once it is in place, as a clause


def needs_of(law: Law, route: RouteResult) -> tuple[Need, ...]:
    """What a route that is available still needs; nothing for any other."""
    if route.state != AVAILABLE:
        return ()
    return tuple(
        Need(
            needed(law, item),
            NOT_STATED if item.holds is None else RAN_OUT if item.ran_out else MISSING,
            _who(law, item, route),
            once(law, item),
        )
        for item in route.fails
    )


def who_registers(law: Law, profession: str) -> str:
    """Who could bring about the statutory registration of a member of a profession. Where nobody has said which, the person: most
    have a register, and for the others it would be guessed."""
    if not profession:
        return "person"
    return "person and regulator" if law.registers_of(profession) else "parliament, regulator and person"


def remedies_of(law: Law, act: ActResult, routes: Iterable[RouteResult] | None = None) -> tuple[RemedySet, ...]:
    """The minimal sets that would open a route of the act, easiest first. Sets that nobody can fulfil are left out,
    unless there is no other."""
    closed = [route for route in (act.routes if routes is None else routes) if route.state in (BARRED, AVAILABLE)]
    key = ("remedies", *map(id, closed))  # kept, since the results of routes recur
    known: tuple[list[RouteResult], tuple[RemedySet, ...]] | None = law.known.get(key)
    if known is None:
        if len(law.known) > _KEPT:
            law.known.clear()
        sets = [_remedies(law, route) for route in closed]
        useful = [item for item in sets if not any(one.remedy == CANNOT for one in item)] or sets
        known = law.known[key] = closed, minimal(useful)
    return known[1]


def _remedies(law: Law, route: RouteResult) -> RemedySet:
    """What would mend every condition of a route."""
    key = ("remedy", id(route))
    known: tuple[RouteResult, RemedySet] | None = law.known.get(key)
    if known is None:
        freed = {item.fact for item in route.fails if item.holds is False} & _lifted(law)
        asked = [item for item in route.fails if not (freed and item.remedy == REGISTER and item.holds is None)]
        known = law.known[key] = route, tuple([remedy_of(law, item, route) for item in asked])
    return known[1]


def _lifted(law: Law) -> set[str]:
    """The facts by which a registration on terms differs from a plain one: who comes to have them is registered on no terms."""
    statuses = law.book.data.get("registration-statuses", {})
    plain = statuses.get(REGISTERED, {}).get("states", {})
    return {
        name
        for status in statuses.values()
        if status.get("counts") == ASKED
        for name, so in status.get("states", {}).items()
        if plain.get(name, so) is not so
    }


def minimal(sets: Iterable[RemedySet]) -> tuple[RemedySet, ...]:
    """The sets that hold no other set, easiest first."""
    ordered = list(set(sets))
    if len(ordered) > 1:
        ordered.sort(key=_effort)
    kept: list[tuple[frozenset[tuple[str, str]], RemedySet]] = []
    for item in ordered:
        names = frozenset((one.remedy, one.fact) for one in item)
        if not any(other <= names for other, _ in kept):
            kept.append((names, item))
    return tuple(item for _, item in kept[:MAX_SETS])


def _effort(item: RemedySet) -> tuple[int, int, int, tuple[str, ...]]:
    """How much a set asks: the hardest class of remedy, what only the person can do, how many remedies."""
    hardest = max((_ORDER[one.remedy] for one in item), default=0)
    return hardest, sum(one.who == "person" for one in item), len(item), tuple(one.what for one in item)


def together(parts: Iterable[tuple[RemedySet, ...]]) -> tuple[RemedySet, ...]:
    """The sets that do several things at once: one set for each part, joined without repeating a remedy."""
    choices = [part for part in parts if part]
    if len(choices) == 1 and not any(_repeats(item) for item in choices[0]):
        return choices[0]
    joined = []
    for picked in product(*(part[:MAX_SETS] for part in choices)):
        whole: dict[tuple[str, str], Remedy] = {}
        for item in (one for chosen in picked for one in chosen):
            whole.setdefault((item.remedy, item.fact), item)
        joined.append(tuple(whole.values()))
    return minimal(joined) if choices else ()


def _repeats(item: RemedySet) -> bool:
    return len({(one.remedy, one.fact) for one in item}) < len(item)


def remedy_of(law: Law, condition: ConditionResult, route: RouteResult) -> Remedy:
    """What would mend one condition that does not hold."""
    short = needed(law, condition)
    what = condition.opens or (condition.wanted if short == condition.wanted else f"{short} ({condition.wanted})")
    if condition.remedy == REGISTER:
        what = registration_text(law, route.profession)
    return Remedy(condition.remedy, what, _who(law, condition, route), condition.fact, route.route)


def needed(law: Law, condition: ConditionResult) -> str:
    """In short, what a condition asks for: the name of the arrangement, or else its own words."""
    kind, _, identity = condition.fact.partition(".")
    known = law.book.data["arrangements"].get(identity)
    return str(known["label"]) if known and known["kind"] == kind else condition.wanted


def once(law: Law, condition: ConditionResult) -> str:
    """What would be so once a condition held, as a clause that completes `yes, if ...`."""
    kind, _, identity = condition.fact.partition(".")
    known = law.book.data["arrangements"].get(identity)
    return str(known["once"]) if known and known["kind"] == kind else f"this is so: {condition.wanted}"


def registration_text(law: Law, profession: str) -> str:
    """In words: the statutory registration that a member of the profession would need."""
    item = law.book.data["professions"].get(profession)
    if item is None:
        return "statutory registration"
    registers = law.registers_of(profession)
    if not registers:
        return f"statutory registration of {item['plural']} (no statutory register of them exists)"
    titles = " or the ".join(law.book.data["registers"][register]["title"] for register in registers)
    return f"registration with the {titles} as {item['title'][0].lower()}{item['title'][1:]}"


def _who(law: Law, condition: ConditionResult, route: RouteResult) -> str:
    if condition.remedy == AMEND:
        return "parliament"
    if condition.remedy == REGISTER:
        return who_registers(law, route.profession)
    _, _, identity = condition.fact.partition(".")
    known: Mapping[str, Any] | None = law.book.data["arrangements"].get(identity)
    return (
        str(known["who"])
        if known
        else ("person" if condition.part == "holder" else "nobody" if condition.remedy == CANNOT else "employer")
    )


def attribution(sets: Iterable[Iterable[ConditionResult]]) -> str:
    """What registration has to do with a gap that any of the sets would close: yes, partly or no."""
    answers = set()
    for fails in sets:
        classes = {item.remedy for item in fails} - {ARRANGE}
        if CANNOT not in classes:
            answers.add(YES if classes == {REGISTER} else PARTLY if REGISTER in classes else NO)
    return YES if YES in answers else NO if NO in answers else PARTLY if answers else NO
