"""Whether the conditions of a rule do something: over the whole space of its cases, wherever and whenever it is in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any
from weakref import WeakSet

from gapcheck.engine.remedies import AMEND, ARRANGE, CANNOT, REGISTER
from gapcheck.errors import Problem
from gapcheck.law.conditions import GROUPS, PARTS, changed, folded, leaves, reached, within
from gapcheck.law.draft import At, Data, DraftLawbook, conditions, listed, name_of
from gapcheck.law.windows import overlap, window
from gapcheck.lint import codes
from gapcheck.reading import Path
from gapcheck.space.prover import Place, Prover
from gapcheck.space.space import CaseTable

OPENS, BARS = (("opens",), ("bars",))


def check(draft: DraftLawbook) -> Iterator[Problem]:
    """Every problem of this kind."""
    yield from _routes(draft)
    yield from _same_rules(draft)
    same = set()
    for identity, rule in draft.rules():
        for path, other, condition in _same_conditions(rule):
            same.add((identity, path))
            line = draft.say("", At("rules", identity, other), "").line
            message = f"the condition on `{name_of(condition)}` says what the condition on line {line} says"
            yield draft.say(codes.SAME_CONDITION, At("rules", identity, path), message, "keep one of them")
    for identity, rest in _idle(draft).items():
        yield from _idle_of(draft, identity, {path for path in rest if (identity, path) not in same})


# -- routes and rules ------------------------------------------------------------------------------------------------


def _routes(draft: DraftLawbook) -> Iterator[Problem]:
    """An act lists the routes that it has rules for."""
    having = {(act, rule["route"]) for _, rule in draft.rules() for act in rule["acts"]}
    for identity, act in draft.data["acts"].items():
        for index, route in enumerate(act["routes"]):
            if (identity, route) not in having:
                message = (
                    f"`{identity}` has the route `{route}`, and no rule is of that route for it: it can never open"
                )
                help = "write the rule, or take the route out"
                yield draft.say(codes.ROUTE_WITHOUT_RULE, At("acts", identity, ("routes", index)), message, help)
    for identity, rule in draft.rules():
        for act in rule["acts"]:
            if rule["route"] not in draft.data["acts"][act]["routes"]:
                message = f"`{identity}` is a rule for `{act}`, which does not have the route `{rule['route']}`"
                help = f"add the route to `{act}` in acts.yaml, or take the act out of the rule"
                yield draft.say(codes.ROUTE_WITHOUT_RULE, At("rules", identity, ("acts",)), message, help)


def _same_rules(draft: DraftLawbook) -> Iterator[Problem]:
    """Rules of one route for one act, in force in one place at one time, with the same conditions."""
    said = {identity: _core(rule) for identity, rule in draft.rules()}
    for (one, first), (other, second) in combinations(draft.rules(), 2):
        together = overlap(window(first), window(second)) and set(first["extent"]) & set(second["extent"])
        acts = [act for act in first["acts"] if act in second["acts"]]
        if said[one] == said[other] and first["route"] == second["route"] and acts and together:
            message = f"`{other}` says of {listed(acts)} what `{one}` says"
            yield draft.say(codes.SAME_RULE, At("rules", other, ()), message, "keep one of the two")


def _core(rule: Data) -> tuple[Any, ...]:
    """What a rule asks, without words and law."""
    asked = [(part, sorted(repr(_bare(item)) for item in rule[part])) for part in PARTS]
    return asked, bool(rule.get("undetermined")), rule["directness"]


def _bare(condition: Data) -> Any:
    """What a condition tests, without words and law; the order of what stands together does not count."""

    def leaf(item: Data) -> Any:
        return sorted((key, str(value)) for key, value in item.items() if key not in _WORDS)

    return folded(
        condition, leaf, lambda item, kind, inner: (kind, sorted(map(repr, inner)), item.get("unless-stated"))
    )


_WORDS = ("says", "as", "opens", "law", "under", "about")


def _same_conditions(rule: Data) -> Iterator[tuple[Path, Path, Data]]:
    """Conditions, and tests within one, that stand twice: path, path of the first, condition."""
    seen: dict[str, Path] = {}
    for path, condition in conditions(rule):
        key = repr((_bare(condition), condition.get("under")))
        first = seen.setdefault(key, path)
        if first != path:
            yield path, first, condition
        for inner, item in within(condition, path):
            for group in GROUPS:
                once: dict[str, Path] = {}
                for index, test in enumerate(item.get(group, ())):
                    here = (*inner, group, index)
                    before = once.setdefault(repr(_bare(test)), here)
                    if before != here:
                        yield here, before, test


# -- the space of cases ----------------------------------------------------------------------------------------------


def _idle(draft: DraftLawbook) -> dict[str, set[Path]]:
    """What nothing was found to show of each rule: that it opens, that it bars, that a condition or a test in it counts."""
    pending = {identity: _to_show(rule) for identity, rule in draft.rules()}
    prover = Prover(draft.lawbook, rules=pending)
    seen: WeakSet[CaseTable] = (
        WeakSet()
    )  # what a table does not show once, it never shows: less is looked for each time
    # The law of late days first: most of what can be shown of a rule is shown by it, so that few tables are made.
    for place in sorted(prover.places({}), key=lambda place: place.law.date, reverse=True):
        rest = pending[place.rule["id"]]
        table = prover.table(place) if rest else None
        if table is not None and table not in seen:
            seen.add(table)
            rest -= set(_shown(place, table, rest))
    return pending


def _to_show(rule: Data) -> set[Path]:
    if rule.get("undetermined"):
        return set()
    found: set[Path] = {OPENS}
    for path, condition in conditions(rule):
        if path[0] != PARTS[2]:
            found.add(BARS)
        found.update(inner for inner, _ in within(condition, path) if inner == path or _siblings(rule, inner) > 1)
    return found


def _siblings(rule: Data, path: Path) -> int:
    return len(reached(rule[str(path[0])], path[2:-1]))


def _shown(place: Place, table: CaseTable, rest: set[Path]) -> Iterator[Path]:
    """What the cases of a rule in one place show, of what is still to be shown."""
    if table.open:
        yield OPENS
    if table.barred:
        yield BARS
    decided = {id(condition): (true, false) for _, condition, true, false in table.parts}
    for path, condition in conditions(place.rule):
        if id(condition) not in decided:
            continue  # of another reading
        others = table.space.possible
        for part, other, true, _ in table.parts:
            if part == path[0] and other is not condition and _hardness(part, other) >= _hardness(part, condition):
                others &= true
        true, false = decided[id(condition)]
        if path in rest and others & false:
            yield path
        for inner in (inner for inner in rest if len(inner) > len(path) and inner[: len(path)] == path):
            less_true, less_false = table.space.truth(changed(condition, inner[len(path) :], None))
            if others & ((true ^ less_true) | (false ^ less_false)):
                yield inner


def _hardness(part: str, condition: Data) -> int:
    """How hard it is to mend a condition that fails."""
    default = ARRANGE if part == PARTS[2] else CANNOT
    return (ARRANGE, REGISTER, AMEND, CANNOT).index(condition.get("as", default))


def _idle_of(draft: DraftLawbook, identity: str, rest: set[Path]) -> Iterator[Problem]:
    if OPENS in rest:
        message = f"`{identity}` can never open: no case fulfils all its conditions"
        help = "find the two conditions that exclude each other"
        yield draft.say(codes.NEVER_OPENS, At("rules", identity, ()), message, help)
        return
    if BARS in rest:
        message = f"`{identity}` can never bar: its conditions on holder and circumstances are always true"
        help = "mend the conditions, or take them out if the rule is open to anyone"
        yield draft.say(codes.NEVER_BARS, At("rules", identity, ()), message, help)
    idle: Mapping[Path, Data] = {path: item for path, item in conditions(draft.data["rules"][identity]) if path in rest}
    for path, condition in idle.items():
        message = f"the condition on `{name_of(condition)}` can never matter: wherever it fails, another does"
        yield draft.say(codes.NEVER_MATTERS, At("rules", identity, path), message, "take it out, or mend what it tests")
    for path in sorted(rest - {OPENS, BARS} - idle.keys(), key=str):
        if not any(path[: len(whole)] == whole for whole in rest if whole not in (path, OPENS, BARS)):
            facts = listed(dict.fromkeys(test["fact"] for test in leaves(_at(draft.data["rules"][identity], path))))
            message = f"this part of the condition, on {facts}, can never matter: the answer is the same without it"
            yield draft.say(
                codes.PART_NEVER_MATTERS, At("rules", identity, path), message, "take it out, or mend what it tests"
            )


def _at(rule: Data, path: Path) -> Data:
    found: Data = reached(rule[str(path[0])], path[2:])
    return found
