"""Decide what a statement says of the law: the engine answers, in each nation, under each reading, and on other dates."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from gapcheck.claims.model import (
    ANYONE,
    CONTRADICTED,
    LAW,
    MAY,
    MAY_NOT,
    NEEDS_NO_REGISTRATION,
    NOT_LEGAL,
    NOT_REGULATED,
    NOT_SAID,
    NOT_SO,
    NOT_WITHOUT,
    ONLY_BY,
    ONLY_IF_REGISTERED,
    ONLY_THESE,
    QUALIFIED,
    REGULATED,
    SO,
    SUPPORTED,
    TO_CHECK,
    VERDICTS,
    Assertion,
    CheckedAssertion,
    Statement,
    StatementResult,
)
from gapcheck.claims.read import stated
from gapcheck.claims.words import regulated, sentence
from gapcheck.document.words import capital, inner, listed
from gapcheck.engine.answers import ActAnswer, ask
from gapcheck.engine.person import person_of, registered_member
from gapcheck.engine.remedies import ARRANGE, REGISTER
from gapcheck.engine.routes import AVAILABLE, BARRED, OPEN, RANK, UNKNOWN, ActResult, RouteResult, decide_act
from gapcheck.engine.sentences import cited, holder, presumed
from gapcheck.engine.tasks import FRAMEWORK
from gapcheck.law.book import Cited
from gapcheck.law.dated import Law, Provision, words
from gapcheck.profile.question import Question, question

LawOf = Callable[[str], Law]  # the law in a nation
Truth = bool | None
Known = dict[str, CheckedAssertion]
_YEAR = 365
_LISTED = "nhsrhcpa-2002/s-25-3"  # the statutory regulators
_OPPOSITE = {
    MAY: (MAY_NOT,),
    MAY_NOT: (MAY,),
    NOT_WITHOUT: (NEEDS_NO_REGISTRATION,),
    ONLY_IF_REGISTERED: (NEEDS_NO_REGISTRATION, NOT_WITHOUT, MAY_NOT),
    NEEDS_NO_REGISTRATION: (NOT_WITHOUT, MAY_NOT),
}
_NOT_ENOUGH = "Registration is not enough: the law would have to name the profession as well."
_FRAMEWORK = "a framework asks for it; the law does not"


@dataclass(frozen=True)
class LegalAnswer:
    """What one law says of an assertion: whether it is true (None: that depends on facts not stated), of whom that was found,
    and how the act stands. `touches`: interpretations on which it may turn; `registered`: as the person was taken to be."""

    truth: Truth
    law: Law
    profession: str
    registered: tuple[str, ...]
    act: ActResult
    remark: str = ""
    touches: frozenset[str] = frozenset()

    def answer(self, item: Assertion) -> ActAnswer:
        """The whole answer to the question behind the assertion."""
        asked = _question(item, self.law, self.profession, self.registered)
        return ask(asked.profile, self.law, asked.act, asked.case(self.law))


def check_statement(
    statement: Statement, law_of: LawOf, nations: Sequence[str], known: Known | None = None
) -> StatementResult:
    """Check the legal content of a statement; `nations`: those of the lawbook; `known`: what was checked before, as drafts say
    one thing often."""
    known = {} if known is None else known
    checked = tuple(known.get(repr(item)) or _worded(item, law_of, nations) for item in statement.assertions)
    known.update((repr(item.assertion), item) for item in checked)
    if statement.state:  # who reads a text should not take from it that the other is closed as well
        may = {item.assertion.profession for item in checked if item.assertion.says == MAY}
        checked = tuple(item if item.assertion.profession in may else _beside(item) for item in checked)
    nothing = TO_CHECK if statement.unsure and statement.state != NOT_SAID else NOT_LEGAL
    worst = min((VERDICTS.index(item.verdict) for item in checked), default=VERDICTS.index(nothing))
    return StatementResult(statement, VERDICTS[worst], checked)


def _check(item: Assertion, law_of: LawOf, nations: Sequence[str]) -> CheckedAssertion:
    places = item.nations or tuple(nations)
    laws = {place: law_of(place).on(item.date) if item.date else law_of(place) for place in places}
    found = {place: _found(item, law) for place, law in laws.items()}
    truths = {one.truth for one in found.values()}
    conditions = [*_by_place(item, found, laws), *_by_reading(item, laws, found)]
    history: list[str] = []
    if not item.date and not item.professions:  # of many professions the turns of each say little, and take long
        history = list(_by_date(item, laws, found, past=True))
        conditions += _by_date(item, laws, found, past=False)
    first = next((one for one in found.values() if one.truth is not True), next(iter(found.values())))
    answer = first.answer(item)
    act = answer.act.act
    if act.force == FRAMEWORK and item.by == LAW:
        conditions.append(_FRAMEWORK)
    conditions += _without(item, found, laws)
    if truths == {True} and not conditions:
        verdict = SUPPORTED
    elif truths == {False} and not conditions:
        verdict = CONTRADICTED
    else:
        verdict = QUALIFIED
    # What is said without a date is said of today: that it was true once is told, and softens nothing.
    was = " ".join(f"{capital(text)}." for text in history)
    why = " ".join(filter(None, (first.remark, _why(item, answer), was)))
    return CheckedAssertion(item, verdict, why, tuple(conditions), _law(item, answer))


def _without(item: Assertion, found: dict[str, LegalAnswer], laws: dict[str, Law]) -> Iterator[str]:
    """Where an act is free in the case that is stated, so that the way that is named is not needed."""
    if item.says != MAY or not item.routes or not item.facts:
        return
    free: dict[str, list[str]] = {}
    for place, one in found.items():
        open_ = [route for route in one.act.routes if route.state == OPEN and route.route not in item.routes]
        named = [route for route in one.act.routes if route.route in item.routes]
        if open_ and named and not any(route.state == OPEN for route in named):
            free.setdefault(open_[0].route, []).append(place)
    data = next(iter(laws.values())).book.data
    for route, places in free.items():
        where = "" if len(places) == len(laws) else f"in {', '.join(str(data['nations'][place]) for place in places)} "
        yield f"{where}nothing of the kind is needed: {inner(str(data['routes'][route]['title']))}"


def _beside(checked: CheckedAssertion) -> CheckedAssertion:
    """What is true as far as it goes, but leaves out that the person may do what comes to much the same."""
    if checked.verdict != SUPPORTED or not checked.suggest:
        return checked
    return replace(checked, verdict=QUALIFIED, conditions=(f"but {inner(checked.suggest)}",), suggest="")


def _worded(item: Assertion, law_of: LawOf, nations: Sequence[str]) -> CheckedAssertion:
    """An assertion checked; where it is not simply true, with words that would be."""
    if item.point:
        return _point(item, law_of, nations)
    if item.says in (REGULATED, NOT_REGULATED):
        return _regulated(item, law_of, nations)
    checked = _check(item, law_of, nations)
    if checked.verdict == SUPPORTED:
        beside = law_of(next(iter(nations))).book.data["wording"].get("claims", {}).get("beside", {}).get(item.act)
        others = [replace(item, act=beside, routes=(), says=MAY)] if beside and item.says == MAY_NOT else []
    else:
        others = list(_instead(item, law_of, nations))
    for other in others:
        found = _check(other, law_of, nations)
        if found.verdict == SUPPORTED:
            return replace(checked, suggest=sentence(law_of(next(iter(nations))), other))
    return checked


def _point(item: Assertion, law_of: LawOf, nations: Sequence[str]) -> CheckedAssertion:
    """How a statement says a point of law, against the point."""
    point = law_of(nations[0]).book.data["tenets"][item.point]
    cited = [law_of(place).citations(point["law"]) for place in item.nations or nations]
    law = tuple(dict.fromkeys(one for some in cited for one in some))
    verdict = {SO: SUPPORTED, NOT_SO: CONTRADICTED}.get(item.says, QUALIFIED)
    but = (item.but,) if item.but and verdict == QUALIFIED else ()
    return CheckedAssertion(item, verdict, point["says"], but, law, "" if verdict == SUPPORTED else point["says"])


def _regulated(item: Assertion, law_of: LawOf, nations: Sequence[str]) -> CheckedAssertion:
    """Whether a profession is on a statutory register: in each nation, and since the day that is named."""
    places = item.nations or tuple(nations)
    found: dict[str, str] = {}
    for place in places:
        law = law_of(place)
        kept = [one for one, entry in law.registers_of(item.profession).items() if place in entry["regulated-in"]]
        found[place] = next((one for one in kept if one == item.register), kept[0] if kept else "")
    law = law_of(places[0])
    data = law.book.data
    held = {place: (one == item.register if item.register else bool(one)) for place, one in found.items()}
    truths = {one is (item.says == REGULATED) for one in held.values()}
    register = next((one for one in found.values() if one), "")
    entries = [one for one in data["professions"][item.profession]["registers"] if one["register"] == register]
    begun = next((str(one["from"]) for one in entries if "from" in one and "to" not in one), "")
    in_fact = replace(item, says=REGULATED if register else NOT_REGULATED, register=register)
    somewhere = [str(data["nations"][place]) for place, one in found.items() if one]
    part = bool(somewhere) and len(somewhere) < len(places)
    why = capital(regulated(law, in_fact)) + (f" in {listed(somewhere)}" if part else "")
    why += f", since {words(begun)}" if begun and begun <= law.date else ""
    conditions = [f"only in {listed(somewhere)}"] if len(truths) > 1 else []
    verdict = QUALIFIED if conditions else SUPPORTED if truths == {True} else CONTRADICTED
    if verdict == SUPPORTED and item.date and item.date != begun:
        verdict = CONTRADICTED if begun else QUALIFIED
        conditions += [] if begun else ["since when it has been so was not checked"]
    cited = data["registers"][register]["law"] if register else [Cited(provision=_LISTED, extent=list(nations))]
    return CheckedAssertion(
        item, verdict, f"{why}.", tuple(conditions), law.citations(cited), "" if verdict == SUPPORTED else f"{why}."
    )


def _instead(item: Assertion, law_of: LawOf, nations: Sequence[str]) -> Iterator[Assertion]:
    """What could be said in an assertion's place, the nearest first: the same where it is true, its opposite, then less."""
    places = item.nations or tuple(nations)
    truths = {place: _found(item, law_of(place)).truth for place in places}
    true_in = tuple(place for place in places if truths[place])
    if true_in and len(true_in) < len(places):
        yield replace(item, nations=true_in)
    if item.by == LAW and law_of(places[0]).act(item.act).force == FRAMEWORK:
        yield replace(item, by=FRAMEWORK)
    law = law_of(places[0])
    if item.says == ONLY_THESE:
        who = tuple(key for key in law.book.data["professions"] if all(_may(item, law_of(one), key) for one in places))
        if who:
            yield replace(item, professions=who)
            yield replace(item, says=MAY, professions=who)
    elif item.says == ONLY_BY:
        ways = _ways(item, law)
        yield replace(item, says=ONLY_BY, routes=ways)
        yield replace(item, says=MAY, routes=ways)
    elif item.professions:
        mays = tuple(one for one in item.professions if _of(item, law, one).truth)
        if mays:
            yield replace(item, professions=mays)
    for says in _OPPOSITE.get(item.says, ()):
        yield replace(item, says=says)
        for place in places:
            if len(places) > 1 and truths[place] is False:
                yield replace(item, says=says, nations=tuple(one for one in places if truths[one] is False))
                break


def _may(item: Assertion, law: Law, profession: str) -> bool:
    return _lawful(item, _decided(item, law, profession, _ordinary(law, profession)).act) is True


def _ways(item: Assertion, law: Law) -> tuple[str, ...]:
    registered = _ordinary(law, item.profession) if item.registered is None else item.registered
    act = _decided(item, law, item.profession, registered).act
    return tuple(route.route for route in act.routes if route.state in (OPEN, AVAILABLE))


def _found(item: Assertion, law: Law, first: str = "") -> LegalAnswer:
    """Whether an assertion is true in a law. About anyone: of every profession, registered nowhere. `first`: the profession that
    is tried first, as what is false of one is false."""
    if item.profession != ANYONE:
        return _of(item, law, item.profession)
    data = law.book.data["professions"]
    listed = data if item.says == ONLY_THESE else item.professions or data
    each = []
    for profession in sorted(listed, key=lambda one: one != first):
        each.append(_one_of(item, law, profession) if item.says == ONLY_THESE else _of(item, law, profession))
        if each[-1].truth is False:
            return each[-1]
    shown = next((one for one in each if one.truth is None), each[-1])
    return replace(shown, touches=frozenset().union(*(one.touches for one in each)))


def _one_of(item: Assertion, law: Law, profession: str) -> LegalAnswer:
    """Whether one profession bears out that those that are named may, and no other."""
    found = _decided(item, law, profession, _ordinary(law, profession))
    lawful = _lawful(item, found.act)
    return replace(found, truth=None if lawful is None else lawful is (profession in item.professions))


def _of(item: Assertion, law: Law, profession: str) -> LegalAnswer:
    registered = item.registered
    of_nobody_named = item.profession == ANYONE and not item.professions
    if item.says in (ONLY_IF_REGISTERED, NOT_WITHOUT, NEEDS_NO_REGISTRATION) or (
        registered is None and of_nobody_named
    ):
        without = _decided(item, law, profession, ())
        if item.says == ONLY_IF_REGISTERED:
            return _only_if_registered(item, law, profession, without)
        return replace(without, truth=_judged(item, without.act))
    found = _decided(item, law, profession, _ordinary(law, profession) if registered is None else registered)
    return replace(found, truth=_judged(item, found.act))


def _only_if_registered(item: Assertion, law: Law, profession: str, without: LegalAnswer) -> LegalAnswer:
    lawful = _lawful(item, without.act)
    if lawful is not False:
        return replace(without, truth=None if lawful is None else False)
    ordinary = _ordinary(law, profession)
    if ordinary:
        found = _decided(item, law, profession, ordinary)
        lawful = _lawful(item, found.act)
        return replace(without if lawful else found, truth=lawful, touches=without.touches | found.touches)
    classes = [
        {one.remedy for one in remedies} - {ARRANGE}
        for remedies in without.answer(item).opens_with
        if _on_route(item, remedies)
    ]
    if {REGISTER} in classes:
        return replace(without, truth=True)
    return replace(without, truth=False, remark=_NOT_ENOUGH if any(REGISTER in kinds for kinds in classes) else "")


def _on_route(item: Assertion, remedies: Sequence[object]) -> bool:
    return not item.routes or all(getattr(one, "route", "") in item.routes for one in remedies)


def _ordinary(law: Law, profession: str) -> tuple[str, ...]:
    member = registered_member(profession, law)
    return (f"{member['holder.register']}:registered:{profession}",) if member else ()


def _question(item: Assertion, law: Law, profession: str, registered: tuple[str, ...]) -> Question:
    return question(law.book, item.act, law.nation, stated(item, profession, registered))


def _decided(item: Assertion, law: Law, profession: str, registered: tuple[str, ...]) -> LegalAnswer:
    """How the act stands for a person."""
    asked = _question(item, law, profession, registered)
    person = person_of(asked.profile, law)
    act = decide_act(law, asked.act, {**person.facts, **asked.case(law)}, person.capacities)
    return LegalAnswer(None, law, profession, registered, act, touches=frozenset(act.touches))


def _judged(item: Assertion, act: ActResult) -> Truth:
    if item.says == ONLY_BY:
        states = {route.route: route.state for route in act.routes}
        others = [state for route, state in states.items() if route not in item.routes]
        own = [states[route] for route in item.routes]
        if any(state in (OPEN, AVAILABLE) for state in others) or not any(state != BARRED for state in own):
            return False
        return True if UNKNOWN not in others and any(state in (OPEN, AVAILABLE) for state in own) else None
    lawful = _lawful(item, act)
    return (None if lawful is None else not lawful) if item.says in (MAY_NOT, NOT_WITHOUT) else lawful


def _lawful(item: Assertion, act: ActResult) -> Truth:
    """Whether the act is lawful, by one of the routes named where the assertion names any."""
    if not item.routes:
        return {BARRED: False, UNKNOWN: None}.get(act.verdict, True)
    states = [route.state for route in act.routes if route.route in item.routes]
    if any(state in (OPEN, AVAILABLE) for state in states):
        return True
    return None if UNKNOWN in states else False


def _by_place(item: Assertion, found: dict[str, LegalAnswer], laws: dict[str, Law]) -> Iterator[str]:
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
    unknown = [one.answer(item) for one in found.values() if one.truth is None]
    questions = dict.fromkeys(text for one in unknown for text in one.questions)
    if questions:
        yield f"depends on: {' '.join(questions)}"
    elif None in truths.values() and len(set(truths.values())) == 1:
        yield "it cannot be told from what is stated"


def _by_reading(item: Assertion, laws: dict[str, Law], found: dict[str, LegalAnswer]) -> Iterator[str]:
    """The readings of disputed provisions under which the answer is another."""
    told: dict[str, list[str]] = {}
    for place, law in laws.items():
        truth = found[place].truth
        for name in sorted(found[place].touches):
            interpretation = law.book.data["interpretations"][name]
            for reading in interpretation["readings"]:
                if (
                    reading["id"] != law.readings[name]
                    and _found(item, law.reading(name, reading["id"]), found[place].profession).truth is not truth
                ):
                    other = "true" if truth is not True else "not true"
                    held = ", ".join(reading["held-by"])
                    text = (
                        f"{other} under the reading `{reading['id']}` of {name} ({reading['title']}; held by: {held})"
                    )
                    told.setdefault(text, []).append(str(law.book.data["nations"][place]))
    for text, places in told.items():
        yield text if len(places) == len(laws) else f"in {', '.join(places)} {text}"


def _by_date(item: Assertion, laws: dict[str, Law], found: dict[str, LegalAnswer], past: bool) -> Iterator[str]:
    """Dates on which the answer changes: in the past where it is not true today, or within a year."""
    told: dict[str, list[str]] = {}
    for place, law in laws.items():
        soon = (datetime.date.fromisoformat(law.date) + datetime.timedelta(_YEAR)).isoformat()
        one = found[place]
        dates = [date for date in _dates(law, item.act, one.profession) if date <= soon]
        if text := _turns(
            [
                (date, _found(item, law.on(date), one.profession).truth)
                for date in dates
                if (date <= law.date if past else date > law.date) and _matters(date, law, one.truth)
            ],
            law.date,
            one.truth,
        ):
            told.setdefault(text, []).append(str(law.book.data["nations"][place]))
    for text, places in told.items():
        yield text if len(places) == len(laws) else f"in {', '.join(places)} {text}"


def _dates(law: Law, act: str, profession: str) -> list[str]:
    """The dates on which the answer may have changed: of the law of the act, and of the registers of the profession."""
    registers = law.book.data["professions"][profession]["registers"]
    begun = (str(one["from"]) for one in registers if "from" in one)
    ended = (_after(str(one["to"])) for one in registers if "to" in one)
    return sorted({*law.book.data["change-dates"].get(act, ()), *begun, *ended})


def _after(date: str) -> str:
    return (datetime.date.fromisoformat(date) + datetime.timedelta(1)).isoformat()


def _matters(date: str, law: Law, truth: Truth) -> bool:
    return date > law.date or truth is False


def _turns(found: list[tuple[str, Truth]], today: str, truth: Truth) -> str:
    past = [(date, one) for date, one in found if date <= today]
    if truth is False and any(one is True for _, one in past):
        last = max(index for index, (_, one) in enumerate(past) if one is True)
        end = next((date for date, one in past[last + 1 :] if one is not True), today)
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


def _named(item: Assertion, answer: ActAnswer) -> list[RouteResult]:
    """The routes that an assertion names, best first; none where it names none, or rules out others."""
    routes = [route for route in answer.act.routes if route.route in item.routes and item.says != ONLY_BY]
    return sorted(routes, key=lambda route: -RANK[route.state])


def _why(item: Assertion, answer: ActAnswer) -> str:
    """The answer in a sentence: about the route named, where one is."""
    named = _named(item, answer)
    if not named:
        return answer.says
    route = named[0]
    said = (route.rule.say.get(route.state) if route.rule else "") or answer.says
    who = holder(answer.law, answer.profile, answer.person)
    state = f"{route.state} to {who[0].lower()}{who[1:]}"
    name = str(answer.law.book.data["routes"][route.route]["title"])
    taken = presumed(route) if route.state in (OPEN, AVAILABLE) else ""
    return f"{name} is {state}. {said}{cited(route)}{taken}"


def _law(item: Assertion, answer: ActAnswer) -> tuple[Provision, ...]:
    best = answer.act.best
    routes = _named(item, answer)[:1] or (
        [best] if best and answer.act.lawful else [route for route in answer.act.routes if route.rule][:2]
    )
    return tuple(dict.fromkeys(law for route in routes for law in route.law)) or answer.act.act.law
