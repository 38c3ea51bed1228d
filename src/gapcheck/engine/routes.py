"""Routes and acts: the state of each lawful way for a person in a case, and the best of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from gapcheck.law.conditions import PRESUMED, ConditionResult
from gapcheck.law.dated import Act, Law, Provision, Rule, words

OPEN, AVAILABLE, UNKNOWN, BARRED = "open", "available", "unknown", "barred"
LAW_ITSELF = ("lawbook",)
_KEPT = 20_000
RANK = {BARRED: 0, UNKNOWN: 1, AVAILABLE: 2, OPEN: 3}
# How things stand today, the worst first: what is not stated may be in place, what is stated to be missing is not.
NO, ARRANGE, IF, YES = "no", "arrange", "if", "yes"
TODAY = (NO, UNKNOWN, ARRANGE, IF, YES)
STANDS = {today: rank for rank, today in enumerate(TODAY)}


class RouteResult(NamedTuple):
    """One route, decided. `touches`: interpretations on which its state may turn. `rule` is None where none is in force."""

    route: str
    state: str  # open | available | unknown | barred
    rule: Rule | None
    conditions: tuple[ConditionResult, ...]
    fails: tuple[ConditionResult, ...]
    touches: tuple[str, ...]
    profession: str

    @property
    def level(self) -> int:
        """Directness as a number, 1 (individual) to 3 (own authority)."""
        return self.rule.level if self.rule else 0

    @property
    def today(self) -> str:
        """How the route stands today: an available one waits for what is stated to be missing (arrange), or only for what is
        not stated (if)."""
        return {BARRED: NO, UNKNOWN: UNKNOWN}.get(self.state) or self.once_known

    @property
    def once_known(self) -> str:
        """How the route would stand if every fact of the person and the case that is not stated were in its favour."""
        missing = [item.holds for item in self.fails if item.part == "arrangements"]
        return ARRANGE if False in missing else IF if missing else YES

    @property
    def directness(self) -> str:
        return self.rule.directness if self.rule else ""

    @property
    def law(self) -> tuple[Provision, ...]:
        return self.rule.law if self.rule else ()


class ActResult(NamedTuple):
    """One act, decided: its best route, and every route with its conditions. `today`: how the best route stands; `level`:
    directness of the most direct route that is open or available (0: none; an act open to anyone counts as own authority)."""

    act: Act
    verdict: str
    today: str
    best: RouteResult | None
    routes: tuple[RouteResult, ...]
    level: int
    unknown: tuple[RouteResult, ...]
    touches: tuple[str, ...]
    duties: tuple[str, ...]

    @property
    def lawful(self) -> bool:
        return self.verdict in (OPEN, AVAILABLE)


def decide_act(
    law: Law, act_id: str, facts: Mapping[str, Any], capacities: Iterable[Mapping[str, Any]], only: tuple[str, ...] = ()
) -> ActResult:
    """Decide an act on the facts of a case for a person with the given capacities; each route takes its best capacity.
    `only`: the routes by which alone it is done, where not all count."""
    act = law.act(act_id, only)
    facts = law.settled(facts)
    results = [_in_capacity(law, act, {**facts, **capacity}) for capacity in capacities]
    if len(results) == 1 or not results[0].routes:  # one capacity, or an act that is open in any
        return results[0]
    key = ("joined", *map(id, results))  # kept with the results, which recur
    known: tuple[list[ActResult], ActResult] | None = act.known.get(key)
    if known is None:
        routes = [max(options, key=_merit) for options in zip(*(result.routes for result in results), strict=True)]
        duties = max((result.duties for result in results), key=len)
        known = results, _summarise(act, tuple(routes), duties)
        _keep(act, key, known)
    return known[1]


def _in_capacity(law: Law, act: Act, facts: Mapping[str, Any]) -> ActResult:
    key = tuple(map(facts.get, act.used))
    known = act.known.get(key)
    if known is not None:
        return known  # type: ignore[no-any-return]
    duties = tuple(duty for when, duty in act.duties if when is None or when.decide(facts).holds is not False)
    if act.kind == OPEN:
        result = ActResult(act, OPEN, YES, None, (), 3, (), (), duties)
    else:
        result = _summarise(act, tuple([_route(law, act, item, facts) for item in act.routes]), duties)
    _keep(act, key, result)
    return result


def _keep(act: Act, key: tuple[Any, ...], result: Any) -> None:
    if len(act.known) > _KEPT:
        act.known.clear()
    act.known[key] = result


def _summarise(act: Act, routes: tuple[RouteResult, ...], duties: tuple[str, ...]) -> ActResult:
    best, most, level = routes[0], (-1, -1), 0
    unknown: list[RouteResult] = []
    touches: dict[str, None] = {}
    for item in routes:
        rank, own = RANK[item.state], item.rule.level if item.rule else 0
        stands = STANDS[item.today]
        if (stands, own) > most:
            best, most = item, (stands, own)
        if rank >= RANK[AVAILABLE]:
            level = max(level, own)
        elif item.state == UNKNOWN:
            unknown.append(item)
        for name in item.touches:
            touches[name] = None
    kept = duties if RANK[best.state] >= RANK[AVAILABLE] else ()
    return ActResult(act, best.state, TODAY[most[0]], best, routes, level, tuple(unknown), tuple(touches), kept)


def _merit(result: RouteResult) -> tuple[int, ...]:
    """Better first by how it stands today, then (where lawful) by directness, then by how near it comes: what nobody can
    mend, or was only presumed against it, counts double, and between equals the rule for this very holder is the nearer."""
    rank = STANDS[result.today]
    missing = [item for item in result.fails if item.part != "arrangements"]
    far = sum(
        2 if item.holds is False and (item.remedy == "cannot" or item.found == PRESUMED) else 1 for item in missing
    )
    strange = sum(item.part == "holder" for item in missing)
    return rank, result.level if rank >= STANDS[ARRANGE] else 0, -far, -strange, -len(result.fails)


def _route(
    law: Law, act: Act, item: tuple[str, list[Rule], ConditionResult | None], facts: Mapping[str, Any]
) -> RouteResult:
    route, rules, absent = item
    profession = facts.get("holder.profession", "")
    if act.covered_from:
        reason = _not_covered(f"it knows the law on this from {words(act.covered_from)} on", law)
        return RouteResult(route, UNKNOWN, None, (reason,), (reason,), (), profession)
    if absent is not None:
        return RouteResult(route, BARRED, None, (absent,), (absent,), (), profession)
    best, *others = [_rule(law, rule, facts, profession) for rule in rules]
    for other in others:
        if other[0] > best[0]:
            best = other
    return best[1]


def decide_rule(law: Law, rule: Rule, facts: Mapping[str, Any], capacities: Iterable[Mapping[str, Any]]) -> RouteResult:
    """Decide a single rule for a person, in the best capacity."""
    facts = law.settled(facts)
    results = [_rule(law, rule, {**facts, **item}, item.get("holder.profession", ""))[1] for item in capacities]
    return max(results, key=_merit)


def _not_covered(wanted: str, law: Law) -> ConditionResult:
    """A condition that stands for law which the lawbook does not hold: nobody's answer would settle it."""
    return ConditionResult("circumstances", "date", wanted, words(law.date), None, "cannot", "", (), LAW_ITSELF)


def _rule(law: Law, rule: Rule, facts: Mapping[str, Any], profession: str) -> tuple[tuple[int, ...], RouteResult]:
    """A rule, decided, and its merit among others; kept, since the same facts recur for many a person and task."""
    key = (profession, *map(facts.get, rule.used))
    known: tuple[tuple[int, ...], RouteResult] | None = rule.known.get(key)
    if known is None:
        if len(rule.known) > 5_000:
            rule.known.clear()
        result = _decide_rule(law, rule, facts, profession)
        known = rule.known[key] = _merit(result), result
    return known


def _decide_rule(law: Law, rule: Rule, facts: Mapping[str, Any], profession: str) -> RouteResult:
    if rule.undetermined:
        reason = _not_covered(rule.undetermined, law)
        return RouteResult(rule.route, UNKNOWN, rule, (reason,), (reason,), (), profession)
    conditions = tuple([condition.decide(facts) for condition in rule.conditions])
    fails = tuple([item for item in conditions if item.holds is not True])
    state = OPEN
    for item in fails:
        if item.part == "arrangements":
            state = AVAILABLE if state == OPEN else state
        elif item.holds is False:
            state = BARRED
            break
        else:
            state = UNKNOWN
    return RouteResult(rule.route, state, rule, conditions, fails, _touched(rule, facts, fails), profession)


def _touched(rule: Rule, facts: Mapping[str, Any], fails: tuple[ConditionResult, ...]) -> tuple[str, ...]:
    """Interpretations that could change the rule's state: a conditional test that does not hold, nothing else barring it."""
    if not rule.conditional:
        return ()
    touched = []
    for condition in rule.conditional:
        if condition.decide(facts).holds is not True:
            own = condition.decide(facts)
            if not any(item.holds is False and item.part != "arrangements" and item is not own for item in fails):
                touched.append(condition.interpretation or "")
    return tuple(dict.fromkeys(touched))
