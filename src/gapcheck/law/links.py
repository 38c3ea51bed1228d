"""Whether what a linked lawbook names exists and can be: facts and their values, readings, ids, days that end after they begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from gapcheck.errors import Problem, nearest
from gapcheck.law.conditions import within
from gapcheck.law.draft import At, Data, DraftLawbook, conditions, listed
from gapcheck.law.needs import ways
from gapcheck.law.windows import window
from gapcheck.reading import Path

DANGLING, NOT_KEBAB_CASE, WRONG_VALUE, FROM_AFTER_TO = "L003", "L005", "L007", "L015"  # codes of `gapcheck lint`

_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# Facts whose values are ids of the lawbook. The engine's own facts are described in `rules/facts.yaml`.
_IDS = {
    "holder.profession": "professions",
    "medicine": "medicines",
    "nation": "nations",
    "holder.register": "registers",
}
_MEMBERS = {"profession": "professions", "medicine": "medicines", "register": "registers"}
_CLASS_OF = {"profession": "holder.profession", "medicine": "medicine", "title": "title", "register": "holder.register"}
_VALUES = ("is", "is-not", "in", "not-in", "at-least", "at-most", "on-or-after", "before")
_CLASSES = ("in-class", "not-in-class")
_CURRENT, _NONE = "current", "none"  # whether somebody is on a statutory register

_ASSERTED = {"point": "tenets", "act": "acts", "profession": "professions", "medicine": "medicines", "route": "routes"}


def check(draft: DraftLawbook) -> Iterator[Problem]:
    """Every problem of this kind."""
    data = draft.data
    for at, condition in _conditions(draft):
        yield from _condition(draft, at, condition)
        yield from _readings(draft, at, condition)
    for identity, act in data["acts"].items():
        yield from _facts(draft, At("acts", identity, ("facts",)), act.get("facts", {}))
        yield from _act(draft, At("acts", identity), act)
    for identity, medicine in data["medicines"].items():
        yield from _facts(draft, At("medicines", identity, ("facts",)), medicine["facts"])
        for index, entry in enumerate(medicine.get("dated", ())):
            yield from _facts(draft, At("medicines", identity, ("dated", index, "facts")), entry["facts"])
    for identity, task in data["tasks"].items():
        for need in (need for way in ways(task) for need in way):
            yield from _facts(draft, At("tasks", identity, ("needs",)), need.get("with", {}))
            if need["act"] in data["acts"]:
                yield from _ways(draft, At("tasks", identity, ("needs",)), need)
    yield from _members(draft)
    yield from _others(draft)
    yield from _from_after_to(draft)


def _ways(draft: DraftLawbook, at: At, need: Data) -> Iterator[Problem]:
    """The routes by which alone a task does an act are routes of that act."""
    routes = draft.data["acts"][need["act"]]["routes"]
    for route in need.get("by", ()):
        if route not in routes:
            message = f"`{need['act']}` has no route `{route}`"
            yield draft.say(DANGLING, at, message, nearest(route, routes))


def _conditions(draft: DraftLawbook) -> Iterator[tuple[At, Data]]:
    """Every condition of the rules, and of what reforms and properties add."""
    for identity, rule in draft.rules():
        for path, condition in conditions(rule):
            yield At("rules", identity, path), condition
    for identity, reform in draft.data["reforms"].items():
        for index, change in enumerate(reform["changes"]):
            for kind, what in change.items():
                if "condition" in what:
                    yield At("reforms", identity, ("changes", index, kind, "condition")), what["condition"]
    for identity, fact in draft.data["facts"].items():
        for index, one in enumerate(fact.get("follows", ())):
            yield At("facts", identity, ("follows", index, "when")), one["when"]
    for identity, item in draft.data["properties"].items():
        at = At("properties", identity)
        for place, whole in (
            (at, item),
            *((at.within("except", index), one) for index, one in enumerate(item.get("except", ()))),
        ):
            if "when" in whole:
                yield place.within("when"), whole["when"]


def _known(draft: DraftLawbook) -> set[str]:
    """Every fact that a profile or a question can state, or that the engine adds."""
    data = draft.data
    own = {"holder.statutory-registration", "holder.regulated-here", "date", *_IDS}
    registers = {f"registration.{register}" for register in data["registers"]}
    return {*data["facts"], *own, *registers, *(f"{item['kind']}.{key}" for key, item in data["arrangements"].items())}


# -- facts and their values ------------------------------------------------------------------------------------------


def _condition(draft: DraftLawbook, at: At, condition: Data) -> Iterator[Problem]:
    for path, test in ((path, item) for path, item in within(condition) if "fact" in item):
        fact = test["fact"]
        for operator in (key for key in _VALUES if key in test):
            for value in test[operator] if isinstance(test[operator], list) else [test[operator]]:
                yield from _value(draft, at.within(*path, operator), fact, value)
        for operator in (key for key in _CLASSES if key in test):
            of = draft.data["classes"][test[operator]]["of"]
            if _CLASS_OF[of] != fact:
                message = f"`{test[operator]}` is a list of {of}s, and `{fact}` is no {of}"
                help = f"test the fact `{_CLASS_OF[of]}`, or name another list"
                yield draft.say(WRONG_VALUE, at.within(*path, operator), message, help)


def _facts(draft: DraftLawbook, at: At, facts: Data) -> Iterator[Problem]:
    for fact, value in facts.items():
        yield from _value(draft, at.within(fact), fact, value)


def _value(draft: DraftLawbook, at: At, fact: str, value: Any) -> Iterator[Problem]:
    known = _known(draft)
    if fact not in known:
        message = f"`{at.identity}` names the fact `{fact}`, which nobody can state"
        yield draft.say(DANGLING, at, message, nearest(fact, known))
        return
    form, allowed = _form(draft.data, fact)
    never = f"`{fact}` is never `{_shown(value)}`"
    if allowed is not None:
        if not any(value == one and isinstance(value, bool) == isinstance(one, bool) for one in allowed):
            yield draft.say(WRONG_VALUE, at, never, nearest(_shown(value), map(_shown, allowed)))
    elif form == "text" and not (isinstance(value, str) and _KEBAB.fullmatch(value)):
        yield draft.say(NOT_KEBAB_CASE, at, never, "write words in small letters joined by hyphens")
    elif form == "date" and not (isinstance(value, str) and _DAY.fullmatch(value)):
        yield draft.say(WRONG_VALUE, at, never, "write a day, as YYYY-MM-DD")
    elif form == "number" and (isinstance(value, bool) or not isinstance(value, (int, float))):
        yield draft.say(WRONG_VALUE, at, never, "write a number")


def _form(data: Data, fact: str) -> tuple[str, list[Any] | None]:
    """The form of a fact's values, and the values themselves where they can be listed."""
    if fact in _IDS:
        return "choice", [*data[_IDS[fact]], *([_NONE] if fact == "holder.register" else [])]
    if fact == "holder.statutory-registration":
        return "choice", [_CURRENT, _NONE]
    if fact == "date":
        return "date", None
    about = data["facts"].get(fact, {"type": "boolean"})
    values = [True, False] if about["type"] == "boolean" else about.get("values")
    return about["type"], values


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


# -- ids -------------------------------------------------------------------------------------------------------------


def _readings(draft: DraftLawbook, at: At, condition: Data) -> Iterator[Problem]:
    for name, reading in condition.get("under", {}).items():
        readings = [item["id"] for item in draft.data["interpretations"][name]["readings"]]
        if reading not in readings:
            message = f"`{at.identity}` names the reading `{reading}`, which `{name}` does not have"
            yield draft.say(DANGLING, at.within("under", name), message, nearest(reading, readings))


def _act(draft: DraftLawbook, at: At, act: Data) -> Iterator[Problem]:
    for nation in act.get("covered", {}):
        yield from _named(draft, at.within("covered", nation), "nations", nation)
    for index, duty in enumerate(act.get("duties", ())):
        for entry in duty["law"]:
            yield from _named(draft, at.within("duties", index, "law"), "provisions", entry["provision"])
        if "when" in duty:
            yield from _condition(draft, at.within("duties", index, "when"), duty["when"])


def _members(draft: DraftLawbook) -> Iterator[Problem]:
    for identity, listing in draft.data["classes"].items():
        kind = _MEMBERS.get(listing["of"])
        for index, member in enumerate(listing["members"] if kind else ()):
            yield from _named(draft, At("classes", identity, ("members", index)), str(kind), member["id"])


def _others(draft: DraftLawbook) -> Iterator[Problem]:
    data = draft.data
    for identity, item in data["interpretations"].items():
        readings = [reading["id"] for reading in item["readings"]]
        if item["default"] not in readings:
            message = f"the default reading `{item['default']}` is none of {listed(readings)}"
            at = At("interpretations", identity, ("default",))
            yield draft.say(DANGLING, at, message, "name one of its readings")
    for identity, profession in data["professions"].items():
        for register in profession.get("also-registers", ()):
            yield from _named(draft, At("professions", identity, ("also-registers",)), "registers", register)
    for identity, item in data["expectations"].items():
        for name in item.get("professions", ()):
            yield from _named(draft, At("expectations", identity, ("professions",)), "professions", name)
    for identity, claim in data["claims"].items():
        for kind in ("acts", "professions"):
            for name in claim.get(kind, ()):
                yield from _named(draft, At("claims", identity, (kind,)), kind, name)
        for number, item in enumerate(claim.get("asserts", ())):
            for key, kind in _ASSERTED.items():
                if key in item:
                    yield from _named(draft, At("claims", identity, ("asserts", number, key)), kind, item[key])


def _named(draft: DraftLawbook, at: At, target: str, name: str) -> Iterator[Problem]:
    if name not in draft.data[target]:
        message = f"`{at.identity}` names `{name}`, which is not among the {target}"
        yield draft.say(DANGLING, at, message, nearest(name, draft.data[target]))


# -- days ------------------------------------------------------------------------------------------------------------


def _dated(draft: DraftLawbook) -> Iterator[tuple[str, str, Path, Data]]:
    """Everything with dates: kind, id, path within it, the item."""
    for kind in ("rules", "provisions", "instruments"):
        for identity, item in draft.data[kind].items():
            yield kind, identity, ("in-force",), item
    for identity, item in draft.data["classes"].items():
        for index, member in enumerate(item["members"]):
            yield "classes", identity, ("members", index), member
    for identity, item in draft.data["professions"].items():
        for index, entry in enumerate(item["registers"]):
            yield "professions", identity, ("registers", index), entry


def _from_after_to(draft: DraftLawbook) -> Iterator[Problem]:
    for kind, identity, path, item in _dated(draft):
        days = window(item)
        if days.first > days.last:
            message = f"`{identity}` is in force from {days.first}, which is after its last day {days.last}"
            yield draft.say(FROM_AFTER_TO, At(kind, identity, path), message, "mend one of the two dates")
