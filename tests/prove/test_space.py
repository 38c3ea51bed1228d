"""The space in which properties are proved: every case is there, each is decided as the engine decides it, and can be asked."""

from __future__ import annotations

import shlex

import pytest

from gapcheck import Lawbook
from gapcheck.commands.can import command as can
from gapcheck.engine.person import person_of
from gapcheck.engine.routes import decide_rule
from gapcheck.profile.question import question
from gapcheck.space.prover import Place, Prover
from gapcheck.space.space import CaseTable
from tests.conftest import ROOT

BOOK = Lawbook.load(ROOT / "rules")
NATIONS = list(BOOK.data["nations"])
STATES = ("open", "available", "unknown", "barred")


def states(table: CaseTable, case: int) -> list[str]:
    return [state for state in STATES if getattr(table, state) >> case & 1]


def places(nation: str, **scope: str) -> list[Place]:
    return list(Prover(BOOK).places({"nations": [nation], **scope}))


def cases(table: CaseTable, most: int) -> list[int]:
    """All the cases of a table, or about as many as asked for, spread over it."""
    step = max(1, table.space.size // most)
    step += step % 2 == 0 and step > 1  # an even step would miss values
    return [case for case in range(0, table.space.size, step) if table.space.possible >> case & 1]


@pytest.mark.parametrize("nation", NATIONS)
def test_tables_say_what_the_engine_says(nation: str) -> None:
    prover = Prover(BOOK)
    decided = 0
    for place in prover.places({"nations": [nation], "from": "2026-12-31"}):
        table = prover.table(place)
        rule = place.law.rule(place.rule)
        for case in cases(table, 100):
            facts = {**place.known, **table.space.facts(case)}
            assert states(table, case) == [decide_rule(place.law, rule, facts, ({},)).state], facts
            decided += 1
    assert decided > 3_000


@pytest.mark.parametrize("nation", NATIONS)
def test_a_case_can_be_asked_with_its_command(nation: str) -> None:
    """The command of a case states its facts, neither more nor less, so that it has the state of the case."""
    prover = Prover(BOOK)
    for place in prover.places({"nations": [nation], "from": "2026-12-31"}):
        table = prover.table(place)
        for case in cases(table, 4):
            line = shlex.split(prover.line(place, table.space.facts(case)))
            assert line[:2] == ["gapcheck", "can"]
            options = can.make_context("can", line[2:]).params
            readings = dict(item.split("=") for item in options["readings"])
            law = BOOK.at(options["as_at"], options["nation"] or "england", readings, options["reforms"])
            asked = question(BOOK, options["act"], law.nation, options)
            person = person_of(asked.profile, law)
            facts = {**person.facts, **asked.case(law)}
            best = decide_rule(law, law.rule(place.rule), facts, person.capacities).state
            (state,) = states(table, case)
            assert STATES.index(best) <= STATES.index(state), line  # a person may have another capacity too
            assert best == state or len(person.capacities) > 1, line


def test_every_value_that_fares_differently_is_there() -> None:
    """Each profession, register, medicine and title has a place on the axis of the fact, and fares as that value does."""
    prover = Prover(BOOK, rules=["pgd-administration"])
    place, _ = prover.places(  # one for each act
        {"nations": ["england"], "from": "2026-12-31", "readings": dict(BOOK.at("2026-12-31", "england").readings)}
    )
    space = prover.table(place).space
    given = {name for name in BOOK.data["medicines"] if not BOOK.not_given(name, place.known)}
    assert set(space.axes["medicine"].place) == {None, *given}
    assert "iodinated-contrast" in given and "captopril" not in given
    professions = {profession for profession, _ in space.axes["holder"].place}
    assert professions == {"", *BOOK.data["professions"]}
    rule = place.law.rule(place.rule)
    for medicine in given:
        own = {**BOOK.data["medicines"][medicine]["facts"], "medicine": medicine}
        standing = space.axes["medicine"].values[space.axes["medicine"].place[medicine]]
        for who in (
            {"holder.profession": "nurse", "holder.statutory-registration": "current", "holder.regulated-here": True},
        ):
            facts = {**place.known, **who, "arrangement.pgd": True}
            assert (
                decide_rule(place.law, rule, {**facts, **own}, ({},)).state
                == decide_rule(place.law, rule, {**facts, **own, **standing}, ({},)).state
            )


def test_what_nobody_can_state_is_left_out() -> None:
    """A medicine brings its own facts; and of a list of annotations either all others are missing, or all are open; and the
    role of a power of which nobody knows is not told."""
    prover = Prover(BOOK, rules=["optometrist-independent-prescriber", "vaccine-group-direction"])
    for place in prover.places({"nations": ["england"], "from": "2026-12-31"}):
        space = prover.table(place).space
        for case in range(space.size):
            facts = space.facts(case)
            listed = [facts.get(name) for name in space.axes if name.startswith("arrangement.")]
            mixed = False in listed and None in listed
            nobodys = facts.get("own-role") is False and "holder.profession" not in facts
            assert bool(space.possible >> case & 1) != (mixed or nobodys)
        assert space.possible.bit_count() > 100
