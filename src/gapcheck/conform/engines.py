"""This program's own engines as programs that answer questions of law, a line of JSON for a line of JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from gapcheck.conform.questions import asked_of, decided
from gapcheck.engine.person import person_of
from gapcheck.law.lawbook import Lawbook

Engine = Callable[[Lawbook, Mapping[str, Any]], dict[str, Any]]


def own(book: Lawbook, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of our own engine: the verdict, the state of each route, and the facts of what fails."""
    act = decided(book, asked)
    return {
        "id": asked["id"],
        "verdict": act.verdict,
        "routes": {route.route: route.state for route in act.routes},
        "fails": {route.route: sorted({item.fact for item in route.fails}) for route in act.routes},
    }


def second(book: Lawbook, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of durable-rules, the second engine. Raises ImportError where it is not installed."""
    from gapcheck.engine.crosscheck import decide, verdict

    law, found = asked_of(book, asked)
    person = person_of(found.profile, law)
    act = law.act(found.act)
    facts = {**person.facts, **found.case(law)}
    states = [decide(law, act, {**facts, **capacity}) for capacity in person.capacities]
    return {"id": asked["id"], **verdict(act, states)}


def serve(engine: Engine, book: Lawbook | None = None, questions: Iterable[str] | None = None) -> None:
    """Answer each line of standard input on standard output, until there are no more."""
    law = book or Lawbook.load()
    for line in questions or sys.stdin:
        print(json.dumps(engine(law, json.loads(line))), flush=True)
