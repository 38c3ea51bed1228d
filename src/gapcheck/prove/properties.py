"""The kinds of property that hold of every case of every rule. None names any law: that is in `rules/properties.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from gapcheck.engine.person import ACCREDITED
from gapcheck.space.facts import HOLDER, LISTED
from gapcheck.space.prover import Broken, Place, ProofResult, Prover, Spec
from gapcheck.space.space import CaseTable, Space

REGISTRATION = "statutory-registration"
Step = tuple[str, int, int]  # an axis, and two of its values: without something, and with it


def never(prover: Prover, spec: Spec) -> ProofResult:
    """In no case of a sort (`when`) is a way open or available; `except` lists sorts of case that are let off."""
    exceptions = [item["when"] for item in spec.get("except", ())]

    def against(place: Place, table: CaseTable) -> int:
        bad = table.lawful & table.space.truth(spec["when"])[0]
        for condition in exceptions:
            bad &= ~table.space.truth(condition)[0]
        return bad

    return prover.sweep(prover.places(spec), against, _states(prover), (spec["when"], *exceptions))


def unchanged(prover: Prover, spec: Spec) -> ProofResult:
    """To gain something changes the state of no way."""

    def against(place: Place, table: CaseTable) -> int:
        found = 0
        for step in _steps(place, table.space, spec["gaining"]):
            for state in (table.open, table.available, table.unknown, table.barred):
                found |= table.space.moved(state, *step) & ~state
        return found

    return prover.sweep(_spared(prover, spec), against, _gains(prover, spec))


def never_worse(prover: Prover, spec: Spec) -> ProofResult:
    """To gain something makes no way worse, and so to lose it makes none better."""

    def against(place: Place, table: CaseTable) -> int:
        found = 0
        for step in _steps(place, table.space, spec["gaining"]):
            found |= table.space.moved(table.open, *step) & ~table.open
            found |= table.space.moved(table.available, *step) & ~table.lawful
            found |= table.space.moved(table.unknown, *step) & table.barred
        return found

    return prover.sweep(_spared(prover, spec), against, _gains(prover, spec))


def _spared(prover: Prover, spec: Spec) -> Iterator[Place]:
    """The places that a property is about, without those under a reading that it excepts."""
    for place in prover.places(spec):
        for item in spec.get("except", ()):
            if all(place.law.readings[name] == reading for name, reading in item["readings"].items()):
                break
        else:
            yield place


def _steps(place: Place, space: Space, gaining: Iterable[str]) -> Iterator[Step]:
    """Every way to gain one of the things named, in a space."""
    registers = place.law.book.data["registers"]
    for what in gaining:
        if what == REGISTRATION:
            yield from _registrations(place, space)
        elif what == f"{ACCREDITED}-registration":
            for name in (f"registration.{key}" for key, item in registers.items() if item["kind"] == ACCREDITED):
                if name in space.axes:
                    yield name, space.axes[name].place[False], space.axes[name].place[True]
        elif what in LISTED:
            for name, axis in space.axes.items():
                if name.startswith(f"{what}."):
                    order = [axis.place[value] for value in (False, None, True)]
                    yield from ((name, low, high) for low, high in pairwise(order) if low != high)


def _registrations(place: Place, space: Space) -> Iterator[Step]:
    """Entry in each register that is open to the profession, from none."""
    if HOLDER in space.axes:
        where = space.axes[HOLDER].place
        steps = {(where[profession, ""], index) for (profession, register), index in where.items() if register}
        yield from ((HOLDER, low, high) for low, high in sorted(steps) if low != high)


def _state(table: CaseTable, case: int) -> str:
    names = ("open", "available", "unknown", "barred")
    return next(name for name in names if getattr(table, name) >> case & 1)


def _states(prover: Prover) -> Any:
    def says(place: Place, table: CaseTable, case: int) -> Broken:
        text = f"`{place.rule['route']}` is {_state(table, case)} by the rule `{place.rule['id']}`"
        return Broken(text, (prover.line(place, table.space.facts(case)),))

    return says


def _gains(prover: Prover, spec: Spec) -> Any:
    def says(place: Place, table: CaseTable, case: int) -> Broken:
        for step in _steps(place, table.space, spec["gaining"]):
            name, without, having = step
            before = table.space.moved(1 << case, name, having, without).bit_length() - 1  # -1: nobody can state it
            if before >= 0 and _state(table, before) != _state(table, case):
                break
        text = (
            f"`{place.rule['route']}` (the rule `{place.rule['id']}`) goes from {_state(table, before)} to "
            f"{_state(table, case)}"
        )
        return Broken(text, tuple(prover.line(place, table.space.facts(item)) for item in (before, case)))

    return says
