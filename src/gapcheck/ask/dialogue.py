"""At a terminal: what is missing, asked one plain question at a time."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from gapcheck.ask.answer import Answered
from gapcheck.ask.understood import Understood
from gapcheck.engine.findings import open_facts, question
from gapcheck.engine.person import asked_registers
from gapcheck.engine.routes import UNKNOWN
from gapcheck.engine.sentences import asks_register
from gapcheck.interview.ask import Asker, StoppedError
from gapcheck.interview.interview import choices_of, values_of

_MOST = 12  # questions of one round


def asked_on(asker: Asker, found: Answered, answer: Callable[[Understood], Answered]) -> Answered:
    """The answer once the person has been asked what it turns on. `answer`: answers what is understood by then."""
    asked: set[str] = set()
    try:
        for _ in range(_MOST):
            meant = _next(asker, found, asked)
            if meant is None:
                break
            found = answer(meant)
    except StoppedError:
        pass
    return found


def _next(asker: Asker, found: Answered, asked: set[str]) -> Understood | None:
    """What is understood after one more question; None where there is nothing left to ask."""
    data, meant = found.law.book.data, found.understood
    if found.verdict != UNKNOWN:
        return None
    if not meant.profession and "profession" not in asked:
        asked.add("profession")
        professions = data["professions"]
        kept = {item: professions[item] for item in meant.between} or professions
        text = found.questions[0] if found.questions else "What is the profession of the person?"
        chosen = asker.one(text, choices_of(kept), shown=len(kept) if meant.between else 0, stops=True)
        return dataclasses.replace(meant, profession=chosen, between=()) if chosen else meant
    registers = asked_registers(found.profile, found.law)
    if registers and "register" not in asked:
        asked.add("register")
        on = asker.yes_no(asks_register(found.law, registers))
        if on is None:
            return meant
        return dataclasses.replace(meant, registered=registers[:1] if on else (), on_no_register=not on)
    return _fact(asker, found, asked)


def _fact(asker: Asker, found: Answered, asked: set[str]) -> Understood | None:
    meant, law = found.understood, found.law
    acts = [found.act.act] if found.act else list(found.report.findings[0].acts) if found.report else []
    for fact in open_facts(law, (route for act in acts for route in act.unknown)):
        about = law.book.items("facts").get(fact, {})
        if fact in asked or about.get("type") not in ("boolean", "choice"):
            continue
        asked.add(fact)
        text = question(law, fact)
        if about["type"] == "boolean":
            said = asker.yes_no(text)
            value = "" if said is None else str(said).lower()
        else:
            value = asker.one(text, values_of(about), stops=True)
        return dataclasses.replace(meant, facts={**meant.facts, fact: value}) if value else meant
    return None
