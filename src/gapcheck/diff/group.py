"""Put changes together that a reader would call one: of several professions, acts and nations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Any, NamedTuple

from gapcheck.diff.cases import MEDICINE, OTHER, Case
from gapcheck.diff.compare import DIRECTNESS, GAIN, LOSE, NEEDS, Change, Comparison, Who
from gapcheck.diff.rules import Needs, Place

ORDER = (GAIN, LOSE, DIRECTNESS, NEEDS)
People = frozenset[Who]


class ActChange(NamedTuple):
    """The part of a change that concerns one act. `where`: facts that every case has in common, with their values;
    `medicines`: those concerned (None: whatever the medicine); `turned`: the conditions that make the difference."""

    act: str
    rules: tuple[tuple[str, ...], tuple[str, ...]]
    needs: tuple[Needs, Needs]
    levels: tuple[int, int]
    instead: frozenset[str]
    where: tuple[tuple[str, tuple[Any, ...]], ...]
    medicines: tuple[str, ...] | None
    turned: frozenset[tuple[str, Place]]
    cases: tuple[tuple[People, tuple[Case, ...]], ...]


class GroupedChange(NamedTuple):
    """One change: of one kind, by one route, to some acts, for people in nations (`groups`, those of most nations first)."""

    kind: str
    route: str
    wider: bool
    groups: tuple[tuple[tuple[str, ...], People], ...]
    everyone: bool
    acts: tuple[ActChange, ...]

    @property
    def who(self) -> People:
        return frozenset(who for _, people in self.groups for who in people)

    @property
    def nations(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(nation for nations, _ in self.groups for nation in nations))


def entries(comparisons: Sequence[Comparison], facts: Mapping[str, Any]) -> list[GroupedChange]:
    """The changes of several comparisons (one a nation), put together. `facts`: the facts of the lawbooks."""
    people = {comparison.after.nation: comparison.everyone for comparison in comparisons}
    acts: dict[Any, dict[People, tuple[list[str], ActChange]]] = {}
    for (kind, route, wider, *_), by_who in _alike(comparisons).items():
        for nations, changes in _by_nations(by_who).items():
            act = _act(changes, facts)
            by_people = acts.setdefault((kind, route, wider, _sign(act)), {})
            who = frozenset(change.who for change in changes)
            places, same = by_people.setdefault(who, ([], act))
            places.extend(nations)
            by_people[who] = places, _both(same, act)
    whole: dict[Any, list[ActChange]] = {}
    for (kind, route, wider, _), by_people in acts.items():
        groups = [
            (tuple(nation for nation in people if nation in places), who) for who, (places, _) in by_people.items()
        ]
        groups.sort(key=lambda group: (-len(group[0]), -len(group[1])))
        act = reduce(_both, (act for _, act in by_people.values()))
        whole.setdefault((kind, route, wider, tuple(groups)), []).append(act)
    found = [
        GroupedChange(kind, route, wider, groups, _everyone(groups, people), tuple(listed))
        for (kind, route, wider, groups), listed in whole.items()
    ]
    return sorted(found, key=lambda item: (ORDER.index(item.kind), item.everyone, item.route, len(item.who)))


def _alike(comparisons: Sequence[Comparison]) -> dict[Any, dict[Who, list[tuple[str, Change]]]]:
    """The changes that are the same but for the people and the nations."""
    found: dict[Any, dict[Who, list[tuple[str, Change]]]] = {}
    for comparison in comparisons:
        for change in comparison.changes:
            what = {NEEDS: change.needs, DIRECTNESS: change.levels}.get(change.kind)
            key = (change.kind, change.route, change.wider, change.act, change.rules, what)
            found.setdefault(key, {}).setdefault(change.who, []).append((comparison.after.nation, change))
    return found


def _by_nations(by_who: Mapping[Who, Sequence[tuple[str, Change]]]) -> dict[tuple[str, ...], list[Change]]:
    """The changes by the nations in which they hold for the same people."""
    found: dict[tuple[str, ...], list[Change]] = {}
    for changes in by_who.values():
        nations = tuple(dict.fromkeys(nation for nation, _ in changes))
        found.setdefault(nations, []).extend(change for _, change in changes)
    return found


def _everyone(groups: Iterable[tuple[tuple[str, ...], People]], people: Mapping[str, People]) -> bool:
    return all(who == people[nation] for nations, who in groups for nation in nations)


def _sign(act: ActChange) -> ActChange:
    """What two changes must share to be told as one: not the rules, which a nation may have of its own, nor the other ways,
    which differ from person to person."""
    return act._replace(rules=((), ()), instead=frozenset(), turned=frozenset(), cases=())


def _both(one: ActChange, other: ActChange) -> ActChange:
    if one is other:
        return one
    before, after = (tuple(dict.fromkeys((*one.rules[side], *other.rules[side]))) for side in (0, 1))
    cases = tuple(dict.fromkeys((*one.cases, *other.cases)))
    instead, turned = one.instead | other.instead, one.turned | other.turned
    return one._replace(rules=(before, after), instead=instead, turned=turned, cases=cases)


def _act(changes: Sequence[Change], facts: Mapping[str, Any]) -> ActChange:
    first = changes[0]
    alike: dict[tuple[Case, ...], set[Who]] = {}
    for change in changes:
        alike.setdefault(_fewer(change.cases, facts), set()).add(change.who)
    cases = [dict(case) for listed in alike for case in listed]
    medicines = {name for case in cases for name in case.get(MEDICINE, ())}
    return ActChange(
        first.act,
        first.rules,
        (_joined(change.needs[0] for change in changes), _joined(change.needs[1] for change in changes)),
        first.levels,
        frozenset(name for change in changes for name in change.instead),
        tuple(_common(cases, facts)),
        tuple(sorted(medicines)) if all(MEDICINE in case for case in cases) else None,
        frozenset(place for change in changes for place in change.turned),
        tuple((frozenset(who), listed) for listed, who in alike.items()),
    )


def _joined(parts: Iterable[Needs]) -> Needs:
    return frozenset(item for part in parts for item in part)


def _fewer(cases: Iterable[Case], facts: Mapping[str, Any]) -> tuple[Case, ...]:
    """The same cases as fewer ones: two that differ in the values of one fact are one case with the values of both, and
    without the fact where it then may have every value."""
    left = [dict(case) for case in cases]
    done: list[dict[str, tuple[Any, ...]]] = []
    while left:
        case = left.pop()
        twin = next((other for other in left if _one_apart(case, other)), None)
        if twin is None:
            done.append(case)
            continue
        left.remove(twin)
        fact = _one_apart(case, twin)
        values = tuple(dict.fromkeys((*twin[fact], *case[fact])))
        merged = {**twin, fact: values}
        if _unlimited(fact, values, facts):
            del merged[fact]
        if merged not in left:
            left.append(merged)
    return tuple(sorted((tuple(case.items()) for case in done), key=repr))


def _one_apart(case: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """The one fact in which two cases on the same facts differ; empty where they differ otherwise."""
    if case.keys() != other.keys():
        return ""
    apart = [fact for fact in case if case[fact] != other[fact]]
    return apart[0] if len(apart) == 1 else ""


def _unlimited(fact: str, values: Iterable[Any], facts: Mapping[str, Any]) -> bool:
    """Whether values are all that a fact may have."""
    about = facts.get(fact, {"type": "boolean"})
    if about["type"] == "boolean":
        return {True, False} <= set(values)
    return "values" in about and set(about["values"]) <= set(values)


def _common(
    cases: Sequence[Mapping[str, tuple[Any, ...]]], facts: Mapping[str, Any]
) -> Iterable[tuple[str, tuple[Any, ...]]]:
    """The facts that limit every case, each with the values that occur."""
    for name in dict.fromkeys(name for case in cases for name in case):
        if name == MEDICINE or not all(name in case for case in cases):
            continue
        values = tuple(dict.fromkeys(value for case in cases for value in case[name]))
        if not _unlimited(name, values, facts) and values != (OTHER,):
            yield name, tuple(value for value in values if value != OTHER)
