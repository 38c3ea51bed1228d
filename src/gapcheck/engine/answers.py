"""The answer to one question: may this person do this act, and by which route?"""

from __future__ import annotations

from typing import Any, NamedTuple

from gapcheck.engine import sentences
from gapcheck.engine.findings import CrossCheck, asked_instead, open_facts, question
from gapcheck.engine.person import REGISTRATION, Person, asked_registers, nobody_named, person_of
from gapcheck.engine.remedies import RemedySet, remedies_of
from gapcheck.engine.routes import OPEN, UNKNOWN, ActResult, decide_act
from gapcheck.engine.upcoming import Upcoming, upcoming_of_act, way_of
from gapcheck.law.dated import Law
from gapcheck.profile.model import Profile


class ActAnswer(NamedTuple):
    """The answer to one question, `may this person do this act?`."""

    law: Law
    profile: Profile
    person: Person
    act: ActResult
    facts: dict[str, Any]
    says: str
    opens_with: tuple[RemedySet, ...]
    turns_on: tuple[str, ...]
    questions: tuple[str, ...]
    upcoming: tuple[Upcoming, ...] = ()
    cross_check: CrossCheck = CrossCheck()
    registers: tuple[str, ...] = ()  # of which it has to be known whether the person is on them


def ask(profile: Profile, law: Law, act_id: str, facts: dict[str, Any]) -> ActAnswer:
    """Whether the person of a profile may do an act in a case. `facts`: the case (see `tasks.case_facts`).

    A register that is not listed is not held, where the registers are stated. Where nobody has said how a member of a
    registered profession stands with its register, or who the person is, that stays unknown and is asked.
    """
    person = person_of(profile, law)
    act = decide_act(law, act_id, {**person.facts, **facts}, person.capacities)
    turns = []
    for name in act.touches:
        for item in law.book.data["interpretations"][name]["readings"]:
            other = law.reading(name, item["id"])
            result = decide_act(other, act_id, {**person.facts, **facts}, person_of(profile, other).capacities)
            if way_of(result) != way_of(act) and name not in turns:
                turns.append(name)
    registers = asked_registers(profile, law) if act.verdict == UNKNOWN else ()
    wanted = open_facts(law, act.unknown) if act.verdict == UNKNOWN else ()
    wanted = asked_instead(wanted, profile, law)
    questions = tuple(dict.fromkeys(question(law, name) for name in wanted if name not in facts))
    if registers or nobody_named(profile):
        questions = tuple(item for item in questions if item != question(law, REGISTRATION))
    if registers:
        questions = (sentences.asks_register(law, registers), *questions)
    elif act.verdict == UNKNOWN and nobody_named(profile):
        questions = (sentences.ASKS_WHO, *questions)
    return ActAnswer(
        law,
        profile,
        person,
        act,
        facts,
        sentences.answer(law, profile, person, act, facts),
        remedies_of(law, act) if act.verdict != OPEN else (),
        tuple(turns),
        questions,
        upcoming_of_act(law, profile, facts, act),
        registers=registers,
    )
