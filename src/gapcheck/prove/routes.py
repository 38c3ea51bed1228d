"""The kinds of property that are about whole routes: a route takes the best state of its rules in force."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from gapcheck.law.conditions import Data, Facts
from gapcheck.law.dated import Law
from gapcheck.space.facts import Pair, View, axes_of, holders
from gapcheck.space.prover import Broken, Place, ProofResult, Prover, Spec
from gapcheck.space.space import CaseTable, Space

STATES = ("open", "available", "unknown", "barred")


Side = tuple[Place, list[Place]]  # an act under a law, and the rules that make a route of it there


class Route(NamedTuple):
    """A route in every case: the cases in which it has each state."""

    space: Space
    open: int
    available: int
    unknown: int
    barred: int


def always(prover: Prover, spec: Spec) -> ProofResult:
    """In every case of a sort (`when`) the route is open or available; `except` lists sorts of case that are let off."""
    covered = 0
    exceptions = tuple(item["when"] for item in spec.get("except", ()))
    for route, (here, rules) in _routes(prover, spec):
        found = together([(here, rules)], (spec["when"], *exceptions))[0]
        covered += found.space.possible.bit_count()
        bad = found.space.truth(spec["when"])[0] & found.space.possible & ~found.open & ~found.available
        for condition in exceptions:
            bad &= ~found.space.truth(condition)[0]
        if bad:
            case = next(found.space.cases(bad))
            line = prover.line(here, found.space.facts(case))
            return ProofResult(covered, Broken(f"the route `{route}` is {_state(found, case)}", (line,)))
    return ProofResult(covered)


def same_everywhere(prover: Prover, spec: Spec) -> ProofResult:
    """A route has the same state in every nation, in every case but those of `except`."""
    covered = 0
    exceptions = tuple(item["when"] for item in spec.get("except", ()))
    first = spec["nations"][0]
    for route, (here, rules) in _routes(prover, {**spec, "nations": [first]}):
        for nation in spec["nations"][1:]:
            law = prover.law(here.law.date, nation, spec.get("readings", {}))
            there = Place(here.act, {}, law)
            ours, theirs = together([(here, rules), (there, _in_force(there, route))], exceptions)
            covered += ours.space.possible.bit_count()
            bad = 0
            for state in STATES:
                bad |= getattr(ours, state) & ~getattr(theirs, state)
            for condition in exceptions:
                bad &= ~ours.space.truth(condition)[0]
            if bad:
                case = next(ours.space.cases(bad))
                text = f"the route `{route}` is {_state(ours, case)} in {first} and {_state(theirs, case)} in {nation}"
                facts = ours.space.facts(case)
                return ProofResult(covered, Broken(text, (prover.line(here, facts), prover.line(there, facts))))
    return ProofResult(covered)


def _routes(prover: Prover, spec: Spec) -> Iterator[tuple[str, Side]]:
    for act in prover.acts(spec):
        for law in prover.laws(act, spec):
            for route in law.rules_of(act):
                if route in spec.get("routes", (route,)):
                    here = Place(act, {}, law)
                    yield route, (here, _in_force(here, route))


def _in_force(here: Place, route: str) -> list[Place]:
    rules = here.law.rules_of(here.act).get(route, ())
    return [Place(here.act, rule, here.law) for rule in rules if here.law.holds(rule)]


def together(sides: list[Side], extra: tuple[Data, ...]) -> list[Route]:
    """A route under one or several laws, in the same cases."""
    space = Space(axes_of(*(_view(here, rules, extra) for here, rules in sides)))
    found = []
    for number, (_, rules) in enumerate(sides):
        tables = [CaseTable(space, place.parts, "undetermined" in place.rule, number) for place in rules]
        open_ = available = unknown = 0
        for table in tables:
            open_, available, unknown = open_ | table.open, available | table.available, unknown | table.unknown
        available &= ~open_
        unknown &= ~open_ & ~available
        found.append(Route(space, open_, available, unknown, space.possible & ~open_ & ~available & ~unknown))
    return found


def _view(here: Place, rules: list[Place], extra: tuple[Data, ...]) -> View:
    conditions = (*(item for place in rules for _, item in place.parts), *extra)
    return View(here.law, here.known, conditions, partial(_holder, here.law))


def _holder(law: Law, pair: Pair) -> Facts:
    known = holders(law)
    return known.get(pair) or known[pair[0], ""]


def _state(route: Route, case: int) -> str:
    return next(state for state in STATES if getattr(route, state) >> case & 1)
