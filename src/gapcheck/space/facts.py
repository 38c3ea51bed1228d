"""The facts that a set of conditions looks at, each with the values that the conditions can tell apart."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from gapcheck.engine.person import NONE, STATUTORY, person_of
from gapcheck.law.conditions import OPERATORS, Data, Facts, Truth, compile_test, leaves
from gapcheck.law.dated import Law
from gapcheck.profile.model import Profile, Registration

HOLDER = "holder"
LISTED = ("annotation", "entitlement", "arrangement")
OTHER = "something-else"  # a title or other text that the lawbook does not name
Test = tuple[int, str, str, str]  # number of the view, fact, comparison, with what
Brought = tuple[str, Any]  # a fact that comes with a medicine, and its value; None: any may be stated, but none need be
Pair = tuple[str, str]  # a profession (empty: not stated) and the register it is held on (empty: none)


class View(NamedTuple):
    """Conditions to be tested under a law. `known`: the facts that do not vary. Several views look at the same cases, under
    other laws or with holders who have gained something: `holder` then says what a holder is in this view."""

    law: Law
    known: Facts
    conditions: tuple[Data, ...]
    holder: Callable[[Pair], Facts] | None = None


class Axis(NamedTuple):
    """A fact, or all that is known of the holder, and its values, each standing for all that fare alike in every test."""

    name: str
    values: tuple[Facts, ...]  # what each value states; nothing where the fact is not stated, or does not vary
    tests: tuple[Test, ...]
    rows: tuple[tuple[Truth, ...], ...]  # for each value, the outcome of each test
    brings: tuple[frozenset[Brought], ...]  # for each value, the other facts that come with it
    place: Mapping[Any, int]  # which value stands for a given one

    @property
    def key(self) -> Hashable:
        """Axes with the same key make the same cases."""
        values = tuple(tuple(item.items()) for item in self.values)
        return self.name, values, self.tests, self.rows, self.brings, tuple(self.place.items())

    def answers(self) -> set[tuple[int, int]]:
        """From which value to which an answer leads where the fact, or the profession of the holder, is not known."""
        if self.name == HOLDER:
            before = {register: index for (profession, register), index in self.place.items() if not profession}
            return {
                (before[at], index) for (profession, at), index in self.place.items() if profession and at in before
            }
        return {(self.place[None], index) for value, index in self.place.items() if value is not None}


def test_of(leaf: Data, view: int = 0) -> Test:
    """What a test of one fact asks in a view, without what is presumed or said around it."""
    operator = _operator(leaf)
    return view, leaf["fact"], operator, str(leaf[operator])


def _operator(leaf: Data) -> str:
    return next(operator for operator in OPERATORS if operator in leaf)


def axes_of(*views: View) -> tuple[Axis, ...]:
    """The axes of the space of the conditions of one or several views of the same cases, as `Space` wants them."""
    asked: dict[str, dict[Test, tuple[View, Data]]] = {}
    for number, view in enumerate(views):
        for leaf in (leaf for condition in view.conditions for leaf in leaves(condition)):
            name = HOLDER if leaf["fact"].startswith(f"{HOLDER}.") else leaf["fact"]
            asked.setdefault(name, {})[test_of(leaf, number)] = (view, leaf)
    varied = asked.keys() - {name for view in views for name in view.known}
    return tuple(_axis(name, asked[name], varied) for name in sorted(asked))


def _axis(name: str, asked: Mapping[Test, tuple[View, Data]], varied: set[str]) -> Axis:
    tests = [(view, compile_test(_bare(leaf), view.law.members)[0]) for view, leaf in asked.values()]
    if name not in varied:
        row = tuple(_outcome(test, view.known) for view, test in tests)
        return Axis(name, ({},), tuple(asked), (row,), (frozenset(),), {})
    values: dict[Hashable, Facts] = {}
    place: dict[Any, int] = {}
    order: dict[Hashable, int] = {}
    views = list({id(view): view for view, _ in tests}.values())
    law = views[0].law
    for given, facts in _given(law, name, [leaf for _, leaf in asked.values()]):
        if name == "medicine" and given and all(law.book.not_given(given, view.known) for view in views):
            continue  # nobody can ask about a form that is not given in the way of the act
        seen = {id(view): view.holder(given) if name == HOLDER and view.holder else facts for view in views}
        row = tuple(_outcome(test, seen[id(view)]) for view, test in tests)
        brings = frozenset(item for item in _brought(law, name, given) if item[0] in varied)
        place[given] = order.setdefault((row, brings), len(order))
        values.setdefault((row, brings), facts)
    rows, all_brought = zip(*values, strict=True)
    return Axis(name, tuple(values.values()), tuple(asked), rows, all_brought, place)


def _outcome(test: Callable[[Facts], Truth], facts: Facts) -> Truth:
    try:
        return test(facts)
    except TypeError:  # text against a number: no answer, which the property that each question has one finds out
        return None


def _bare(leaf: Data) -> Data:
    return {"fact": leaf["fact"], _operator(leaf): leaf[_operator(leaf)]}


def _given(law: Law, name: str, asked: Sequence[Data]) -> Iterator[tuple[Any, Facts]]:
    if name == HOLDER:
        yield from holders(law).items()
    else:
        yield from ((value, {} if value is None else {name: value}) for value in values_of(law, name, asked))


def _brought(law: Law, name: str, value: Any) -> Iterator[Brought]:
    """The facts that come with a value, so that they are never unknown: those of a medicine that is named."""
    for fact, settled in law.medicine(value).items() if name == "medicine" and value else ():
        yield fact, settled if law.book.data["facts"][fact].get("fixed") else None


@lru_cache(maxsize=512)
def holders(law: Law) -> dict[Pair, Facts]:
    """Every capacity in which anybody can act under a law: profession known or not, on a register that is open, or on none."""
    statutory = [key for key, item in law.book.data["registers"].items() if item["kind"] == STATUTORY]
    found: dict[Pair, Facts] = {}
    for profession in ("", *law.book.data["professions"]):
        for register in ("", *(law.registers_of(profession) if profession else statutory)):
            held = (Registration(register),) if register else ()
            for facts in person_of(Profile(profession, law.nation, registrations=held), law).capacities:
                at = facts["holder.register"]
                found.setdefault((facts.get("holder.profession", ""), "" if at == NONE else at), facts)
    return found


def values_of(law: Law, fact: str, asked: Sequence[Data]) -> Iterator[Any]:
    """Every value that a fact can take, as far as the tests could ever tell; None where it need not be stated."""
    kind = fact.partition(".")[0]
    if kind == "registration":
        yield from (False, True)  # a register that is not listed is not held
        return
    about = law.book.items("facts").get(fact, {})
    if about.get("type") == "boolean" and "option" in about:
        yield from (True, False)  # found out from the profile, so that it is never unknown
        return
    yield None
    if kind in LISTED or about.get("type") == "boolean":
        yield from (True, False)
    elif about.get("type") == "choice":
        yield from about["values"]
    elif fact == "medicine":
        yield from law.book.data["medicines"]  # one that the lawbook does not name is a medicine that is not stated
    elif fact == "title":
        yield from (*sorted(law.book.known_titles), OTHER)
    else:
        yield from _named(asked)


def _named(asked: Sequence[Data]) -> Iterator[Any]:
    """The values that the tests name, with what lies just below and just above a threshold, and another."""
    for leaf in asked:
        operator = _operator(leaf)
        wanted = leaf[operator]
        for value in wanted if isinstance(wanted, list) else [wanted]:
            yield value
            if operator in ("on-or-after", "before"):
                yield (datetime.date.fromisoformat(value) - datetime.timedelta(days=1)).isoformat()
            elif operator in ("at-least", "at-most"):
                yield from (value - 1, value + 1)
        if not operator.startswith(("at-", "on-", "before")):
            yield OTHER
