"""Decide what a statement says of the law: the engine answers, in each nation, under each reading, and on other dates."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gapcheck.claims.model import (
    ANYONE,
    CONTRADICTED,
    LAW,
    MAY_NOT,
    NEEDS_NO_REGISTRATION,
    NOT_LEGAL,
    ONLY_BY,
    ONLY_IF_REGISTERED,
    QUALIFIED,
    SUPPORTED,
    VERDICTS,
    Assertion,
    Checked,
    Result,
    Statement,
)
from gapcheck.claims.read import stated
from gapcheck.engine.answers import Answer, ask
from gapcheck.engine.person import registered_member
from gapcheck.engine.remedies import ARRANGE, REGISTER
from gapcheck.engine.routes import AVAILABLE, BARRED, OPEN, RANK, UNKNOWN, RouteResult
from gapcheck.engine.sentences import cited, holder
from gapcheck.engine.tasks import FRAMEWORK
from gapcheck.law.dated import Law, Provision, words
from gapcheck.profile.question import question

LawOf = Callable[[str], Law]  # the law in a nation
Truth = bool | None
_YEAR = 365
_NOT_ENOUGH = "Registration is not enough: the law would have to name the profession as well."
_FRAMEWORK = "a framework asks for it; the law does not"


@dataclass(frozen=True)
class Found:
    """What one law says of an assertion: whether it is true (None: that depends on facts not stated), and the answer."""

    truth: Truth
    answer: Answer
    remark: str = ""


def check_statement(statement: Statement, law_of: LawOf, nations: Sequence[str]) -> Result:
    """Check the legal content of a statement; `nations`: those of the lawbook."""
    checked = tuple(_check(item, law_of, nations) for item in statement.assertions)
    worst = min((VERDICTS.index(item.verdict) for item in checked), default=VERDICTS.index(NOT_LEGAL))
    return Result(statement, VERDICTS[worst], checked)


def _check(item: Assertion, law_of: LawOf, nations: Sequence[str]) -> Checked:
    places = item.nations or tuple(nations)
    laws = {place: law_of(place).on(item.date) if item.date else law_of(place) for place in places}
    found = {place: _found(item, law) for place, law in laws.items()}
    truths = {place: one.truth for place, one in found.items()}
    conditions = [*_by_place(found, laws), *_by_reading(item, laws, truths)]
    if not item.date:
        conditions += _by_date(item, laws, truths)
    first = next((one for one in found.values() if one.truth is not True), next(iter(found.values())))
    act = first.answer.act.act
    if act.force == FRAMEWORK and item.by == LAW:
        conditions.append(_FRAMEWORK)
    if set(truths.values()) == {True} and not conditions:
        verdict = SUPPORTED
    elif set(truths.values()) == {False} and not conditions:
        verdict = CONTRADICTED
    else:
        verdict = QUALIFIED
    why = " ".join(filter(None, (first.remark, _why(item, first.answer))))
    return Checked(item, verdict, why, tuple(conditions), _law(item, first.answer))


def _found(item: Assertion, law: Law) -> Found:
    """Whether an assertion is true in a law. About anyone: of every profession, registered nowhere."""
    if item.profession != ANYONE:
        return _of(item, law, item.profession)
    each = [_of(item, law, profession) for profession in law.book.data["professions"]]
    for truth in (False, None):
        if worst := next((one for one in each if one.truth is truth), None):
            return worst
    return each[-1]


def _of(item: Assertion, law: Law, profession: str) -> Found:
    registered = item.registered
    if item.says in (ONLY_IF_REGISTERED, NEEDS_NO_REGISTRATION) or (registered is None and item.profession == ANYONE):
        without = _answer(item, law, profession, ())
        if item.says == ONLY_IF_REGISTERED:
            return _only_if_registered(item, law, profession, without)
        return Found(_judged(item, without), without)
    answer = _answer(item, law, profession, _ordinary(law, profession) if registered is None else registered)
    return Found(_judged(item, answer), answer)


def _only_if_registered(item: Assertion, law: Law, profession: str, without: Answer) -> Found:
    lawful = _lawful(item, without)
    if lawful is not False:
        return Found(None if lawful is None else False, without)
    ordinary = _ordinary(law, profession)
    if ordinary:
        answer = _answer(item, law, profession, ordinary)
        return Found(_lawful(item, answer), without if _lawful(item, answer) else answer)
    classes = [
        {one.remedy for one in remedies} - {ARRANGE} for remedies in without.opens_with if _on_route(item, remedies)
    ]
    if {REGISTER} in classes:
        return Found(True, without)
    return Found(False, without, _NOT_ENOUGH if any(REGISTER in kinds for kinds in classes) else "")


def _on_route(item: Assertion, remedies: Sequence[object]) -> bool:
    return not item.routes or all(getattr(one, "route", "") in item.routes for one in remedies)


def _ordinary(law: Law, profession: str) -> tuple[str, ...]:
    member = registered_member(profession, law)
    return (f"{member['holder.register']}:registered:{profession}",) if member else ()


def _answer(item: Assertion, law: Law, profession: str, registered: tuple[str, ...]) -> Answer:
    asked = question(law.book, item.act, law.nation, stated(item, profession, registered))
    return ask(asked.profile, law, asked.act, asked.case(law))


def _judged(item: Assertion, answer: Answer) -> Truth:
    if item.says == ONLY_BY:
        states = {route.route: route.state for route in answer.act.routes}
        others = [state for route, state in states.items() if route not in item.routes]
        own = [states[route] for route in item.routes]
        if any(state in (OPEN, AVAILABLE) for state in others) or not any(state != BARRED for state in own):
            return False
        return True if UNKNOWN not in others and any(state in (OPEN, AVAILABLE) for state in own) else None
    lawful = _lawful(item, answer)
    return (None if lawful is None else not lawful) if item.says == MAY_NOT else lawful


def _lawful(item: Assertion, answer: Answer) -> Truth:
    """Whether the act is lawful, by one of the routes named where the assertion names any."""
    if not item.routes:
        return {BARRED: False, UNKNOWN: None}.get(answer.act.verdict, True)
    states = [route.state for route in answer.act.routes if route.route in item.routes]
    if any(state in (OPEN, AVAILABLE) for state in states):
        return True
    return None if UNKNOWN in states else False


def _by_place(found: dict[str, Found], laws: dict[str, Law]) -> Iterator[str]:
    """Where it is true and where not, if that is not the same everywhere; and what it depends on."""
    truths = {place: one.truth for place, one in found.items()}
    names = next(iter(laws.values())).book.data["nations"]
    if len(set(truths.values())) > 1:
        for truth, said in (
            (True, "true in"),
            (False, "not true in"),
            (None, "cannot be told in"),
        ):
            if listed := [str(names[place]) for place, one in truths.items() if one is truth]:
                yield f"{said} {', '.join(listed)}"
    questions = dict.fromkeys(text for one in found.values() if one.truth is None for text in one.answer.questions)
    if questions:
        yield f"depends on: {' '.join(questions)}"
    elif None in truths.values() and len(set(truths.values())) == 1:
        yield "it cannot be told from what is stated"


def _by_reading(item: Assertion, laws: dict[str, Law], truths: dict[str, Truth]) -> Iterator[str]:
    """The readings of disputed provisions under which the answer is another."""
    told: dict[str, list[str]] = {}
    for place, law in laws.items():
        for name, interpretation in law.book.data["interpretations"].items():
            for reading in interpretation["readings"]:
                if (
                    reading["id"] != law.readings[name]
                    and _found(item, law.reading(name, reading["id"])).truth is not truths[place]
                ):
                    other = "true" if truths[place] is not True else "not true"
                    held = ", ".join(reading["held-by"])
                    text = (
                        f"{other} under the reading `{reading['id']}` of {name} ({reading['title']}; held by: {held})"
                    )
                    told.setdefault(text, []).append(str(law.book.data["nations"][place]))
    for text, places in told.items():
        yield text if len(places) == len(laws) else f"in {', '.join(places)} {text}"


def _by_date(item: Assertion, laws: dict[str, Law], truths: dict[str, Truth]) -> Iterator[str]:
    """Dates on which the answer changes: in the past where it is not true today, and within a year."""
    told: dict[str, list[str]] = {}
    for place, law in laws.items():
        soon = (datetime.date.fromisoformat(law.date) + datetime.timedelta(_YEAR)).isoformat()
        dates = [date for date in law.book.data["change-dates"].get(item.act, ()) if date <= soon]
        if text := _turns(
            [(date, _found(item, law.on(date)).truth) for date in dates if _matters(date, law, truths[place])],
            law.date,
            truths[place],
        ):
            told.setdefault(text, []).append(str(law.book.data["nations"][place]))
    for text, places in told.items():
        yield text if len(places) == len(laws) else f"in {', '.join(places)} {text}"


def _matters(date: str, law: Law, truth: Truth) -> bool:
    return date > law.date or truth is False


def _turns(found: list[tuple[str, Truth]], today: str, truth: Truth) -> str:
    past = [(date, one) for date, one in found if date <= today]
    if truth is False and any(one is True for _, one in past):
        last = max(index for index, (_, one) in enumerate(past) if one is True)
        end = next(date for date, one in past[last + 1 :] if one is not True)
        start = past[last][0]
        for date, one in reversed(past[:last]):
            if one is not True:
                break
            start = date
        return f"true from {words(start)} until the day before {words(end)}"
    coming = next(((date, one) for date, one in found if date > today and one is not truth), None)
    if coming:
        return f"{'true' if coming[1] else 'not true'} from {words(coming[0])} on"
    return ""


def _named(item: Assertion, answer: Answer) -> list[RouteResult]:
    """The routes that an assertion names, best first; none where it names none, or rules out others."""
    routes = [route for route in answer.act.routes if route.route in item.routes and item.says != ONLY_BY]
    return sorted(routes, key=lambda route: -RANK[route.state])


def _why(item: Assertion, answer: Answer) -> str:
    """The answer in a sentence: about the route named, where one is."""
    named = _named(item, answer)
    if not named:
        return answer.says
    route = named[0]
    said = (route.rule.say.get(route.state) if route.rule else "") or answer.says
    who = holder(answer.law, answer.profile, answer.person)
    state = f"{route.state} to {who[0].lower()}{who[1:]}"
    name = str(answer.law.book.data["routes"][route.route]["title"])
    return f"{name} is {state}. {said}{cited(route)}"


def _law(item: Assertion, answer: Answer) -> tuple[Provision, ...]:
    best = answer.act.best
    routes = _named(item, answer)[:1] or (
        [best] if best and answer.act.lawful else [route for route in answer.act.routes if route.rule][:2]
    )
    return tuple(dict.fromkeys(law for route in routes for law in route.law)) or answer.act.act.law
