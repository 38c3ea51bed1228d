"""The second opinion: what our own engine has decided, decided again by durable-rules, and compared.

Only this module and `rete` import durable-rules, an extra that need not be installed; ask `options.confirmed` first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from gapcheck.engine.answers import ActAnswer
from gapcheck.engine.findings import CrossCheck, Report
from gapcheck.engine.rete import Program, version
from gapcheck.engine.routes import AVAILABLE, BARRED, OPEN, UNKNOWN, ActResult
from gapcheck.errors import DisagreementError
from gapcheck.law.conditions import PARTS, found_text
from gapcheck.law.dated import Act, Law, Rule

Facts = Mapping[str, Any]
Known = dict[tuple[Any, ...], str]
Result = TypeVar("Result", Report, ActAnswer)
_BEST_FIRST = (OPEN, AVAILABLE, UNKNOWN, BARRED)
_programs: dict[str, Program] = {}  # by their conditions: the engine never gives memory back, so none is compiled twice
_compiled: dict[tuple[int, tuple[bool, ...]], tuple[Any, Program]] = {}  # the same by rule and reading, quicker to find


def confirm(results: Iterable[Result]) -> list[Result]:
    """Decide every act of the results again, and note on each result that both engines agree.

    Raises DisagreementError where they do not, and EngineError where the second engine cannot decide.
    """
    engine = f"durable-rules {version()}".rstrip()
    confirmed = []
    known: Known = {}
    for result in results:
        for act, cases in _decided(result):
            theirs = [decide(result.law, act.act, case, known) for case in cases]
            for difference in differences(act, theirs):
                raise DisagreementError(_complaint(engine, act, difference, cases))
        confirmed.append(result._replace(cross_check=CrossCheck(engine, True)))
    return confirmed


def _decided(result: Report | ActAnswer) -> Iterator[tuple[ActResult, list[Facts]]]:
    """Every act that a result holds, with the facts on which it was decided, in each capacity of the person."""
    if isinstance(result, ActAnswer):
        yield result.act, _cases(result.law.settled({**result.person.facts, **result.facts}), result.person.capacities)
        return
    for way in (way for finding in result.findings for way in finding.decision.ways):
        for act, facts in zip(way.acts, way.facts, strict=True):
            yield act, _cases(result.law.settled(facts), result.person.capacities)
        for act, facts in zip(way.comparator, way.comparator_facts, strict=True):
            yield act, [result.law.settled(facts)]


def _cases(facts: Facts, capacities: Iterable[Facts]) -> list[Facts]:
    return [{**facts, **capacity} for capacity in capacities]


def decide(law: Law, act: Act, case: Facts, known: Known | None = None) -> dict[str, str]:
    """The state of each route of an act on the facts of a case, for a person in one capacity, by the second engine.

    `known` keeps what has been decided, so that a rule is not run again on the same facts. Raises EngineError.
    """
    if act.covered_from:
        return {route: UNKNOWN for route, _, _ in act.routes}
    return {route: _best([_state(law, rule, case, known) for rule in rules]) for route, rules, _ in act.routes}


def verdict(act: Act, states: list[dict[str, str]]) -> dict[str, Any]:
    """What the second engine says of an act, out of the state of each route in each capacity of the person."""
    if act.kind == OPEN:
        return {"verdict": OPEN, "routes": {}}
    best = {route: _best([capacity[route] for capacity in states]) for route in states[0]}
    return {"verdict": _best(best.values()), "routes": best}


def differences(act: ActResult, theirs: list[dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Where the engines differ on an act: the route (none: the act itself), our state, theirs. `theirs`: a state for each
    route, in each capacity of the person."""
    second = verdict(act.act, theirs)
    for result in act.routes if act.act.kind != OPEN else ():
        if result.state != second["routes"][result.route]:
            yield result.route, result.state, second["routes"][result.route]
    if act.verdict != second["verdict"]:
        yield "", act.verdict, second["verdict"]


def _best(states: Iterable[str]) -> str:
    """The best of some states; a route with no rule in force is barred."""
    return min(states, key=_BEST_FIRST.index, default=BARRED)


def _state(law: Law, rule: Rule, case: Facts, known: Known | None) -> str:
    data = law.book.data["rules"][rule.id]
    if data.get("undetermined"):
        return UNKNOWN
    if known is None:
        return program(law, data).state(case, law.members)
    key = id(law), rule.id, tuple([case.get(name) for name in rule.used])
    if key not in known:
        known[key] = program(law, data).state(case, law.members)
    return known[key]


def program(law: Law, rule: Mapping[str, Any]) -> Program:
    """A rule of the lawbook as it is read here, compiled for the second engine. Raises EngineError."""
    applies = tuple([_applies(law, item.get("under")) for part in PARTS for item in rule[part]])
    kept, compiled = _compiled.get((id(rule), applies), (None, None))
    if compiled is None or kept is not rule:
        use = iter(applies)
        read = [[item for item in rule[part] if next(use)] for part in PARTS]
        key = json.dumps(read)
        compiled = _programs.get(key) or Program([*read[0], *read[1]], read[2])
        _programs[key], _compiled[id(rule), applies] = compiled, (rule, compiled)
    return compiled


def _applies(law: Law, under: Mapping[str, str] | None) -> bool:
    return not under or all(law.readings.get(name) == reading for name, reading in under.items())


def _complaint(engine: str, act: ActResult, difference: tuple[str, str, str], cases: list[Facts]) -> str:
    route, ours, theirs = difference
    what = f"the route `{route}` of the act `{act.act.id}`" if route else f"the act `{act.act.id}`"
    facts = " or ".join(
        ", ".join(f"{name}={found_text(case[name])}" for name in act.act.used if name in case) for case in cases
    )
    return f"the engines disagree about {what}: gapcheck says {ours}, {engine} says {theirs}; the facts: {facts}"
