"""The cases in which a route differs between two laws, found by asking for one fact at a time.

No case is sampled and none is listed that cannot matter: from a case in which nothing is known, the walk asks for a fact on
which a rule that differs still depends, and goes on with each answer that the rules can tell apart, until both laws give an
answer. Presumptions do not count, so that what is only presumed today is asked for as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from gapcheck.diff.rules import Atom, Bare, Needs
from gapcheck.law.conditions import Facts

MEDICINE = "medicine"
OTHER = "another"  # a medicine, or a value of a text, that the lawbook does not name
YES, NO, UNCLEAR = "yes", "no", "unclear"
Case = tuple[tuple[str, tuple[Any, ...]], ...]  # the facts asked for, each with the values that make no difference


class Outcome(NamedTuple):
    """What one law says of a case: whether the route is lawful, how direct it is, what it needs, by which rules."""

    answer: str  # yes | no | unclear
    level: int
    needs: Needs
    rules: tuple[str, ...]  # that open it, or that are not determined
    facts: tuple[str, ...] = ()  # that stand for law which nobody has read, where it is unclear for that reason


class LawDifference(NamedTuple):
    """A case on which two laws differ, with the facts that state one member of it."""

    case: Case
    facts: dict[str, Any]
    before: Outcome
    after: Outcome


class CaseSide(NamedTuple):
    """One law's part of the question: who the person is in it, what its medicines are, its rules of the route that differ,
    and those that do not. `fixed`: what the act itself says of the case."""

    holder: Facts
    medicines: Mapping[str, Facts]
    fixed: Facts
    differ: Sequence[Bare]
    same: Sequence[Bare]
    unread: frozenset[str]  # facts that stand for law which nobody has read

    def known(self, case: Facts) -> dict[str, Any]:
        """All that is known of a case, with what the lawbook says of its medicine."""
        return {**case, **self.medicines.get(case.get(MEDICINE, ""), {}), **self.fixed, **self.holder}


class _Open(NamedTuple):
    """How far a side is decided: rules that are lawful in the case, and rules that may still be."""

    side: CaseSide
    lawful: tuple[Bare, ...]
    pending: tuple[Bare, ...]

    def given(self, case: Facts) -> _Open:
        """Decided further on what is known of the case. Rules once decided stay so."""
        facts = self.side.known(case)
        lawful, pending = list(self.lawful), []
        for rule in self.pending:
            truth = rule.lawful(facts)
            if truth is None:
                pending.append(rule)
            elif truth:
                lawful.append(rule)
        return self._replace(lawful=tuple(lawful), pending=tuple(pending))

    def outcome(self, case: Facts) -> Outcome:
        """What the law says once nothing is left to ask for."""
        facts = self.side.known(case)
        if not self.lawful:
            rules = tuple(rule.id for rule in self.pending if rule.undetermined)
            asks = [set(rule.open_facts(facts, False)) for rule in self.pending]
            unread = {name for names in asks if names <= self.side.unread for name in names}
            return Outcome(UNCLEAR if rules or unread else NO, 0, frozenset(), rules, tuple(sorted(unread)))
        needs = frozenset(item for rule in self.lawful for item in rule.needs(facts))
        level = max(rule.level for rule in self.lawful)
        return Outcome(YES, level, needs, tuple(sorted(rule.id for rule in self.lawful)))


def differences(values: Values, before: CaseSide, after: CaseSide) -> Iterator[LawDifference]:
    """Every case in which two laws differ. `values`: those of the facts that the rules which differ look at."""
    same = frozenset(rule.form for rule in before.same)
    pending: list[tuple[Case, dict[str, Any], tuple[_Open, _Open]]] = [
        ((), {}, (_Open(before, (), (*before.differ, *before.same)), _Open(after, (), (*after.differ, *after.same))))
    ]
    while pending:
        case, stated, sides = pending.pop()
        sides = (sides[0].given(stated), sides[1].given(stated))
        if any(rule.form in same for rule in sides[0].lawful):
            continue  # the same rule opens it in both laws, whatever the others say
        fact = _next(stated, sides)
        if fact is not None:
            for name, listed in values.of(fact, stated):
                pending.append(((*case, (name, listed)), {**stated, name: listed[0]}, sides))
            continue
        old, new = sides[0].outcome(stated), sides[1].outcome(stated)
        if old[:3] != new[:3] and not _covered(before, after, stated):
            yield LawDifference(case, stated, old, new)


def _covered(before: CaseSide, after: CaseSide, stated: Facts) -> bool:
    """Whether a rule that both laws have opens the route anyway, on what is presumed of facts that were not asked for."""
    known = before.known(stated), after.known(stated)
    forms = {rule.form for rule in after.same if rule.presumably(known[1])}
    return any(rule.form in forms and rule.presumably(known[0]) for rule in before.same)


def _next(stated: Facts, sides: tuple[_Open, _Open]) -> str | None:
    """The fact to ask for: the first on which a rule that differs still depends. Where both laws open the route, that
    includes what the arrangements depend on."""
    both = all(set(map(id, item.lawful)) & set(map(id, item.side.differ)) for item in sides)
    for item in sides:
        known = item.side.known(stated)
        for rule in item.side.differ:
            if not rule.undetermined and (rule in item.pending or (both and rule in item.lawful)):
                for fact in rule.open_facts(known, both):
                    if fact not in item.side.unread:
                        return fact
    return None


class Values:
    """The values of each fact that the rules which differ can tell apart, each list standing for those that fare alike.
    `facts`: the facts of the lawbooks, with the values that they can take; `named_only`: no medicine matters but those of the
    sides."""

    def __init__(self, facts: Mapping[str, Any], before: CaseSide, after: CaseSide, named_only: bool = False) -> None:
        self.facts = facts
        self.named_only = named_only
        self.sides = (before, after)
        self.atoms: dict[str, list[Atom]] = {}
        for rule in (*before.differ, *after.differ):
            for atom in rule.atoms:
                self.atoms.setdefault(atom.fact, []).append(atom)
        self.named = MEDICINE in self.atoms or before.medicines != after.medicines
        self._known: dict[str, list[tuple[Any, ...]]] = {}

    def of(self, fact: str, stated: Facts) -> list[tuple[str, tuple[Any, ...]]]:
        """The answers to a question for a fact: each names the fact and the values that it stands for. Where rules name
        medicines, or the lawbooks describe them differently, the medicine is asked for before what it is like."""
        if fact.partition(".")[0] == MEDICINE and self.named and MEDICINE not in stated:
            fact = MEDICINE
        within = self.facts.get(fact, {}).get("goes-with", "")
        if within:
            known = self.sides[0].known(stated)
            if within not in known:
                return self.of(within, stated)
            if known[within] is not True:
                return [(fact, (OTHER,))]  # it says nothing here
        if fact not in self._known:
            self._known[fact] = self._grouped(fact)
        return [(fact, listed) for listed in self._known[fact]]

    def _grouped(self, fact: str) -> list[tuple[Any, ...]]:
        groups: dict[tuple[Any, ...], list[Any]] = {}
        for value in self._domain(fact):
            groups.setdefault(tuple(self._alike(side, {fact: value}) for side in self.sides), []).append(value)
        return [tuple(listed) for listed in groups.values()]

    def _alike(self, side: CaseSide, stated: Facts) -> tuple[Any, ...]:
        """How a value fares in the tests of the fact, and of a medicine in those of all that is known of it."""
        (fact,) = stated
        names = [name for name in self.atoms if name == fact or (fact == MEDICINE and name.startswith(f"{MEDICINE}."))]
        known = side.known(stated)
        return tuple((name, *(atom.test(known) for atom in self.atoms[name])) for name in names if name in known)

    def _domain(self, fact: str) -> Iterable[Any]:
        if fact == MEDICINE:
            named = dict.fromkeys(name for side in self.sides for name in side.medicines)
            return (*named, *(() if self.named_only else (OTHER,)))
        about: Mapping[str, Any] = self.facts.get(fact, {"type": "boolean"})
        mentioned = dict.fromkeys(value for atom in self.atoms.get(fact, ()) for value in atom.mentioned)
        if about["type"] == "boolean":
            return (True, False)
        if about["type"] == "choice":
            return list(about["values"])
        if about["type"] == "text":
            return (*mentioned, OTHER)
        if about["type"] == "number":
            return sorted({value + step for value in mentioned for step in (-1, 0, 1)})
        return ("", *mentioned, "9999")  # dates: before every one that is named, on each, after every one
