"""Every single change of the law that a slip of the pen could make: each is made on a copy, and nothing is written to disk."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from gapcheck.engine.remedies import AMEND, ARRANGE, CANNOT, REGISTER
from gapcheck.law.conditions import GROUPS, OPERATORS, PARTS
from gapcheck.law.dated import DIRECTNESS
from gapcheck.law.indexes import add_indexes
from gapcheck.law.lawbook import Lawbook
from gapcheck.space.facts import OTHER

Path = tuple[str | int, ...]
_OPPOSITE = {"is": "is-not", "in": "not-in", "in-class": "not-in-class", "before": "on-or-after", "at-least": "at-most"}
_OPPOSITE |= {other: one for one, other in _OPPOSITE.items()}
_FORCES = {"statute": "framework", "framework": "statute"}
_DROP = object()


class Mutant(NamedTuple):
    """One change: in which item of the lawbook, at which path, what it is, and the whole of the changed item."""

    kind: str  # rules | classes | registers | professions | acts | interpretations
    id: str
    path: Path
    what: str
    item: Mapping[str, Any]

    @property
    def name(self) -> str:
        """A name by which the change can be told from all others."""
        return f"{self.kind}/{self.id}: {'.'.join(map(str, self.path))}: {self.what}"


def plain(book: Lawbook) -> dict[str, Any]:
    """The data of a lawbook as plain dictionaries."""
    return {key: dict(value) if isinstance(value, Mapping) else value for key, value in book.data.items()}


def mutated(data: Mapping[str, Any], mutant: Mutant) -> Lawbook:
    """The lawbook with a change, its indexes made again."""
    changed = {**data, mutant.kind: {**data[mutant.kind], mutant.id: mutant.item}}
    changed["rules"] = {key: {**rule, "examples": data["examples"][key]} for key, rule in changed["rules"].items()}
    add_indexes(changed)
    return Lawbook(changed, "")


def mutants(data: Mapping[str, Any]) -> Iterator[Mutant]:
    """Every mutant of a lawbook."""
    for identity, rule in data["rules"].items():
        yield from (Mutant("rules", identity, *change) for change in _rule(data, rule))
    for identity, group in data["classes"].items():
        tested = f"'{identity}'" in str(data["rules"])
        yield from (Mutant("classes", identity, *change) for change in _class(data, group, tested))
    for identity, item in data["registers"].items():
        for kind in {"statutory", "accredited"} - {item["kind"]}:
            yield Mutant("registers", identity, ("kind",), f"is {kind}", {**item, "kind": kind})
    for identity, item in data["professions"].items():
        yield from (Mutant("professions", identity, *change) for change in _profession(data, item))
    for identity, item in data["acts"].items():
        yield from (Mutant("acts", identity, *change) for change in _act(data, item))
    for identity, item in data["interpretations"].items():
        for other in (reading["id"] for reading in item["readings"] if reading["id"] != item["default"]):
            yield Mutant("interpretations", identity, ("default",), f"is {other}", {**item, "default": other})


Change = tuple[Path, str, Mapping[str, Any]]


def changed(item: Mapping[str, Any], path: Path, value: Any) -> Mapping[str, Any]:
    """A copy of an item with one value set, or taken out."""
    result = copy.deepcopy(dict(item))
    inner: Any = result
    for step in path[:-1]:
        inner = inner[step]
    if value is _DROP:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return result


def _rule(data: Mapping[str, Any], rule: Mapping[str, Any]) -> Iterator[Change]:
    for part in PARTS:
        for index, condition in enumerate(rule[part]):
            path: Path = (part, index)
            yield path, "is gone", changed(rule, path, _DROP)
            for where, what, value in _condition(data, part, condition):
                yield (*path, *where), what, changed(rule, (*path, *where), value)
    for where, what, value in (*_window(rule["in-force"]), *_extent(data, rule["extent"])):
        at = ("in-force", *where) if where[0] in ("from", "to") else where
        yield at, what, changed(rule, at, value)
    for level in DIRECTNESS.keys() - {rule["directness"]}:
        yield ("directness",), f"is {level}", {**rule, "directness": level}
    yield ("force",), f"is {_FORCES[rule['force']]}", {**rule, "force": _FORCES[rule["force"]]}
    for act in rule["acts"] if len(rule["acts"]) > 1 else ():
        yield ("acts",), f"{act} is gone", {**rule, "acts": [item for item in rule["acts"] if item != act]}
    if "undetermined" in rule:
        yield ("undetermined",), "is gone", changed(rule, ("undetermined",), _DROP)


Edit = tuple[Path, str, Any]


def _condition(data: Mapping[str, Any], part: str, condition: Mapping[str, Any]) -> Iterator[Edit]:
    said = condition.get("as") or {PARTS[1]: CANNOT, PARTS[2]: ARRANGE}.get(part)
    for remedy in (REGISTER, AMEND, ARRANGE, CANNOT):
        if remedy != said:
            yield ("as",), f"is {remedy}", remedy
    for name, reading in condition.get("under", {}).items():
        yield ("under",), "is gone", _DROP
        for item in data["interpretations"][name]["readings"]:
            if item["id"] != reading:
                yield ("under", name), f"is {item['id']}", item["id"]
    yield from _test(data, condition)


def _test(data: Mapping[str, Any], test: Mapping[str, Any]) -> Iterator[Edit]:
    """The changes of one test, and of those within it."""
    if "unless-stated" in test:
        yield ("unless-stated",), "is gone", _DROP
        yield ("unless-stated",), "is turned over", not test["unless-stated"]
    for group in GROUPS:
        if group in test:
            for index, inner in enumerate(test[group]):
                if len(test[group]) > 1:
                    yield (group, index), "is gone", _DROP
                for path, what, value in _test(data, inner):
                    yield (group, index, *path), what, value
            other = "all" if group == "any" else "any"
            yield (), f"{group} is {other}", {other if key == group else key: value for key, value in test.items()}
            return
    operator = next(name for name in OPERATORS if name in test)
    opposite = {_OPPOSITE[operator] if key == operator else key: value for key, value in test.items()}
    yield (), f"{operator} is {_OPPOSITE[operator]}", opposite
    yield from _value(data, test["fact"], operator, test[operator])


def _value(data: Mapping[str, Any], fact: str, operator: str, wanted: Any) -> Iterator[Edit]:
    if isinstance(wanted, bool):
        yield (operator,), "is turned over", not wanted
    elif operator in ("on-or-after", "before"):
        yield from (((operator,), f"is {day}", day) for day in _around(wanted))
    elif operator.endswith("class"):
        same = [key for key, item in data["classes"].items() if item["of"] == data["classes"][wanted]["of"]]
        other = same[(same.index(wanted) + 1) % len(same)]
        yield (operator,), f"is {other}", other
    elif isinstance(wanted, list):
        for item in wanted:
            rest = [value for value in wanted if value != item]
            yield (operator,), f"{item} is gone", rest
        other = _another(data, fact, wanted)
        yield (operator,), f"{other} is added", [*wanted, other]
    else:
        other = _another(data, fact, [wanted])
        yield (operator,), f"is {other}", other


def _another(data: Mapping[str, Any], fact: str, but: list[Any]) -> Any:
    """Another value of a fact; of a title, one of the list that has most of the others, if there is one."""
    if fact == "title":
        lists = [
            [member["id"] for member in item["members"]] for item in data["classes"].values() if item["of"] == "title"
        ]
        near = sorted(
            (item for item in lists if set(but) & set(item)), key=lambda item: (-len(set(but) & set(item)), len(item))
        )
        return next((title for item in (*near, *lists) for title in item if title not in but), OTHER)
    known = {
        "holder.profession": data["professions"],
        "holder.register": data["registers"],
        "holder.statutory-registration": ("current", "none"),
        "nation": data["nations"],
        "medicine": data["medicines"],
    }.get(fact) or data["facts"].get(fact, {}).get("values", ())
    return next((value for value in known if value not in but), OTHER)


def _around(day: str) -> Iterator[str]:
    for shift in (-1, 1):
        yield (date.fromisoformat(day) + timedelta(days=shift)).isoformat()


def _window(window: Mapping[str, Any]) -> Iterator[Edit]:
    for key in ("from", "to"):
        if key in window:
            yield from (((key,), f"is {day}", day) for day in _around(window[key]))
    if "to" in window:
        yield ("to",), "is gone", _DROP


def _extent(data: Mapping[str, Any], extent: list[str], key: str = "extent") -> Iterator[Edit]:
    for nation in data["nations"]:
        if nation not in extent:
            yield (key,), f"{nation} is added", [item for item in data["nations"] if item in (*extent, nation)]
        elif len(extent) > 1:
            yield (key,), f"{nation} is gone", [item for item in extent if item != nation]


def _class(data: Mapping[str, Any], group: Mapping[str, Any], tested: bool) -> Iterator[Change]:
    """The changes of a list. Of one that no rule tests only the names are used, on whatever day and in whatever nation."""
    for index, member in enumerate(group["members"]):
        path: Path = ("members", index)
        yield path, f"{member['id']} is gone", changed(group, path, _DROP)
        if not tested:
            continue
        edits = [*_window(member), *_extent(data, member.get("extent", list(data["nations"])))]
        for where, what, value in edits:
            yield (*path, *where), f"{member['id']}: {what}", changed(group, (*path, *where), value)
    kinds = {"profession": "professions", "medicine": "medicines", "register": "registers"}
    known = data[kinds[group["of"]]] if group["of"] in kinds else (OTHER,)
    members = [member["id"] for member in group["members"]]
    for other in [item for item in known if item not in members][: int(tested)]:
        yield ("members",), f"{other} is added", {**group, "members": [*group["members"], {"id": other}]}


def _profession(data: Mapping[str, Any], item: Mapping[str, Any]) -> Iterator[Change]:
    for index, entry in enumerate(item["registers"]):
        path: Path = ("registers", index)
        yield path, f"{entry['register']} is gone", changed(item, path, _DROP)
        for where, what, value in (*_window(entry), *_extent(data, entry["regulated-in"], "regulated-in")):
            yield (*path, *where), f"{entry['register']}: {what}", changed(item, (*path, *where), value)


def _act(data: Mapping[str, Any], item: Mapping[str, Any]) -> Iterator[Change]:
    """The changes of an act. What it says of the case counts where one of its rules or duties tests it."""
    tested = str([rule for rule in data["rules"].values() if item["id"] in rule["acts"]] + item.get("duties", []))
    yield ("force",), f"is {_FORCES[item['force']]}", {**item, "force": _FORCES[item["force"]]}
    kind = "open" if item["kind"] == "reserved" else "reserved"
    yield ("kind",), f"is {kind}", {**item, "kind": kind}
    for nation, day in item.get("covered", {}).items():
        for other in _around(day):
            yield ("covered", nation), f"is {other}", changed(item, ("covered", nation), other)
    for index, route in enumerate(item["routes"]):
        yield ("routes",), f"{route} is gone", changed(item, ("routes", index), _DROP)
    for fact, value in item.get("facts", {}).items():
        if isinstance(value, bool) and f"'{fact}'" in tested:
            yield ("facts", fact), "is turned over", changed(item, ("facts", fact), not value)
