"""Whether dates and places fit: versions that meet, rules within the life and the extent of their law."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from gapcheck.engine.tasks import STATUTE
from gapcheck.errors import Problem
from gapcheck.law.conditions import classes_in, conditions_of
from gapcheck.law.draft import At, Data, DraftLawbook, listed
from gapcheck.law.windows import END, Window, hole, overlap, uncovered, window
from gapcheck.lint import codes

# Versions of a rule share a name; the older one has the year from which it held at its end.
_YEAR = re.compile(r"-(19|20)\d\d$")


def check(draft: DraftLawbook) -> Iterator[Problem]:
    """Every problem of this kind."""
    yield from _versions(draft)
    yield from _routes(draft)
    yield from _members(draft)
    yield from _registers(draft)
    yield from _lives(draft)
    yield from _covered(draft)


# -- versions --------------------------------------------------------------------------------------------------------


def _versions(draft: DraftLawbook) -> Iterator[Problem]:
    """Versions of one rule that are in force at once."""
    for (one, first), (other, second) in combinations(draft.rules(), 2):
        both = overlap(window(first), window(second))
        if both and _stem(one) == _stem(other) and _shared(first, second):
            older, newer = sorted((one, other), key=lambda name: window(draft.data["rules"][name]))
            message = f"`{older}` and `{newer}` are versions of one rule, and both are in force {both}"
            help = f"end `{older}` on the day before `{newer}` begins, or give them different names"
            yield draft.say(codes.OVERLAP, At("rules", older, ("in-force",)), message, help)


def _stem(identity: str) -> str:
    return _YEAR.sub("", identity)


def _shared(one: Data, other: Data) -> bool:
    return bool(set(one["acts"]) & set(other["acts"]) and set(one["extent"]) & set(other["extent"]))


def _routes(draft: DraftLawbook) -> Iterator[Problem]:
    """Holes between the versions of a rule, and within the life of a route."""
    groups: dict[tuple[str, str, str], list[str]] = {}  # route, act and nation: rules
    for identity, rule in draft.rules():
        for act in rule["acts"]:
            for nation in rule["extent"]:
                groups.setdefault((rule["route"], act, nation), []).append(identity)
    found: dict[tuple[str, Window], tuple[str, list[str]]] = {}
    for (route, _, nation), rules in groups.items():
        stems = {stem for stem in map(_stem, rules) if sum(_stem(rule) == stem for rule in rules) > 1}
        families = {
            f"the rule `{stem}`": [rule for rule in rules if f"{rule}-".startswith(f"{stem}-")] for stem in stems
        }
        for what, family in {f"the route `{route}`": rules, **families}.items():
            gap = hole(window(draft.data["rules"][rule]) for rule in family)
            if gap:
                after = min(rule for rule in family if window(draft.data["rules"][rule]).first > gap.last)
                nations = found.setdefault((after, gap), (what, []))[1]
                nations.extend([nation] if nation not in nations else [])
    for (later, gap), (what, nations) in found.items():
        message = f"{what} has no version {gap} in {listed(nations)}, between two that it has"
        help = "let the dates of the versions meet, or write the version that is missing"
        yield draft.say(codes.HOLE, At("rules", later, ("in-force",)), message, help)


def _members(draft: DraftLawbook) -> Iterator[Problem]:
    everywhere = set(draft.data["nations"])
    for identity, item in draft.data["classes"].items():
        for (_, one), (index, other) in combinations(enumerate(item["members"]), 2):
            places = set(one.get("extent", everywhere)) & set(other.get("extent", everywhere))
            both = overlap(window(one), window(other))
            if one["id"] == other["id"] and places and both:
                message = f"`{one['id']}` stands twice in the list at once, {both}"
                help = "keep one entry, or let their dates or extents differ"
                yield draft.say(codes.OVERLAP, At("classes", identity, ("members", index)), message, help)


def _registers(draft: DraftLawbook) -> Iterator[Problem]:
    """The statutory registers of a profession: one in a nation at a time, without holes."""
    for identity, profession in draft.data["professions"].items():
        entries = profession["registers"]
        for (_, one), (index, other) in combinations(enumerate(entries), 2):
            nations = [nation for nation in one["regulated-in"] if nation in other["regulated-in"]]
            both = overlap(window(one), window(other))
            if nations and both:
                registers = listed(dict.fromkeys((one["register"], other["register"])))
                message = f"`{identity}` is registered with {registers} at once {both} in {listed(nations)}"
                help = "end the first on the day before the second begins"
                yield draft.say(codes.OVERLAP, At("professions", identity, ("registers", index)), message, help)
        for nation in draft.data["nations"]:
            gap = hole(window(entry) for entry in entries if nation in entry["regulated-in"])
            if gap:
                message = f"`{identity}` has no register {gap} in `{nation}`, between two that it has"
                help = "let the dates of the registers meet"
                yield draft.say(codes.HOLE, At("professions", identity, ("registers",)), message, help)


# -- the life of the law ---------------------------------------------------------------------------------------------


def _lives(draft: DraftLawbook) -> Iterator[Problem]:
    for identity, provision in draft.data["provisions"].items():
        instrument = draft.data["instruments"][provision["instrument"]]
        if uncovered(window(provision), [window(instrument)]):
            message = f"`{identity}` is in force {window(provision)}, its instrument only {window(instrument)}"
            help = "mend the dates of the provision or of the instrument"
            yield draft.say(codes.OUTSIDE_LIFE, At("provisions", identity, ("in-force",)), message, help)
    for identity, rule in draft.rules():
        yield from _life(draft, identity, rule)


def _life(draft: DraftLawbook, identity: str, rule: Data) -> Iterator[Problem]:
    """A rule of statute lies within the life of each provision that it cites, save those that only date the members of a
    list; any rule has on each day a provision in force."""
    own, dating = window(rule), _laws_of_lists(draft, rule)
    late = {}
    for entry in rule["law"]:
        provision = draft.provision(entry)
        part = uncovered(own, [window(provision)])
        if part and entry["provision"] not in dating and rule["force"] == STATUTE:
            late[entry["provision"]] = f"is in force {own}, but `{entry['provision']}` only {window(provision)}"
    for nation in rule["extent"]:
        lives = [window(draft.provision(entry)) for entry in rule["law"] if nation in _extent(draft, entry)]
        part = uncovered(own, lives) if lives and not late else None
        if part:
            late[nation] = f"is in force {own}, but no provision that it cites is in force {part} in `{nation}`"
    for text in late.values():
        help = "mend the dates of the rule, or cite the provision that was the law then"
        yield draft.say(codes.OUTSIDE_LIFE, At("rules", identity, ("in-force",)), f"`{identity}` {text}", help)


def _laws_of_lists(draft: DraftLawbook, rule: Data) -> set[str]:
    """The provisions that set out the lists which a rule tests: each member has dates of its own."""
    classes = {name for condition in conditions_of(rule) for name in classes_in(condition)}
    return {entry["provision"] for name in classes for entry in draft.data["classes"][name]["law"]}


def _extent(draft: DraftLawbook, entry: Data) -> list[str]:
    """The nations for which an entry of a `law` list is the law."""
    extent: list[str] = draft.provision(entry)["extent"]
    return [nation for nation in extent if entry["extent"] is None or nation in entry["extent"]]


def _covered(draft: DraftLawbook) -> Iterator[Problem]:
    """For each nation, an act says from when the lawbook knows its law: the day on which its first rule begins."""
    first: dict[tuple[str, str], str] = {}
    for _, rule in draft.rules():
        for act in rule["acts"]:
            for nation in rule["extent"]:
                key = (act, nation)
                first[key] = min(first.get(key, END), window(rule).first)
    for identity, act in draft.data["acts"].items():
        for nation in draft.data["nations"] if act["routes"] else ():
            said, begun = act.get("covered", {}).get(nation), first.get((identity, nation))
            text = _mismatch(said, begun)
            if text:
                message = f"for `{nation}`, `{identity}` {text}"
                help = "give each nation the day on which the first rule of the act begins there"
                yield draft.say(codes.COVERED, At("acts", identity, ("covered", nation)), message, help)


def _mismatch(said: Any, begun: str | None) -> str:
    if said == begun:
        return ""
    if begun is None:
        return f"is said to be covered from {said}, and has no rule"
    return (
        f"is said to be covered from {said}, and its first rule begins on {begun}"
        if said
        else (f"does not say from when it is covered; its first rule begins on {begun}")
    )
