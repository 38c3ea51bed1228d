"""Reforms: changes of the law that somebody asks for, laid over a linked lawbook; and what can be wrong with one.

A reform changes data and nothing else, so whatever reads the lawbook sees the law as it would be. It registers nobody: a
person still has to hold a registration that a reform makes possible.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gapcheck.law.conditions import PARTS, compile_test

Data = Mapping[str, Any]
# Each kind of change, with what its keys name (None: not an id). A list of ids names several of the kind.
KINDS: dict[str, dict[str, str | None]] = {
    "add-member": {"class": "classes", "member": None},
    "add-register": {"profession": "professions", "register": "registers"},
    "add-condition": {"rules": "rules", "part": None, "condition": None},
}
# What the members of a class are: its `of`, and the kind of the lawbook that holds their ids (titles have no kind).
_MEMBERS_OF = {"profession": "professions", "medicine": "medicines", "register": "registers"}
_ONE = {"rules": "rule"}
_FACTS_OF_THE_ENGINE = ("holder.statutory-registration", "holder.register", "holder.regulated-here", "nation", "date")
Complaint = tuple[tuple[str | int, ...], str, str, Iterable[str]]  # path in the file, message, word, allowed words


def lay_over(data: Data, reforms: Iterable[str]) -> dict[str, Any]:
    """The data of a linked lawbook as they would be with the reforms. The data given are left as they are."""
    changed: dict[str, dict[str, dict[str, Any]]] = {"classes": {}, "professions": {}, "rules": {}}

    def item(kind: str, identity: str) -> dict[str, Any]:
        """A copy to change, one for all the changes."""
        return changed[kind].setdefault(identity, dict(data[kind][identity]))

    for reform in reforms:
        for change in data["reforms"][reform]["changes"]:
            for kind, what in change.items():
                if kind == "add-member":
                    group = item("classes", what["class"])
                    group["members"] = [*group["members"], {"id": what["member"], "reform": reform}]
                elif kind == "add-register":
                    profession = item("professions", what["profession"])
                    entry = {"register": what["register"], "regulated-in": list(data["nations"]), "reform": reform}
                    profession["registers"] = [entry, *profession["registers"]]  # an entry in force goes before it
                else:
                    for identity in what["rules"]:
                        rule = item("rules", identity)
                        rule[what["part"]] = [*rule[what["part"]], what["condition"]]
    return {
        **data,
        "classes": ChainMap(changed["classes"], data["classes"]),
        "rules": ChainMap(changed["rules"], data["rules"]),
        "professions": {**data["professions"], **changed["professions"]},
    }


def complaints(data: Data, reform: Data) -> Iterator[Complaint]:
    """What is wrong with a reform: changes out of form, and ids that the lawbook does not know."""
    changes = reform.get("changes")
    if not isinstance(changes, list) or not changes:
        yield (), "a reform has a list of `changes`", "", ()
        return
    for index, change in enumerate(changes):
        kind = next(iter(change), "") if isinstance(change, dict) and len(change) == 1 else ""
        if kind not in KINDS:
            yield ("changes", index), f"`{kind or change}` is no kind of change", kind, KINDS
        elif not isinstance(change[kind], dict) or change[kind].keys() != KINDS[kind].keys():
            keys = ", ".join(f"`{key}`" for key in KINDS[kind])
            yield ("changes", index, kind), f"`{kind}` takes the keys {keys}", "", ()
        else:
            yield from _unknown(data, ("changes", index, kind), kind, change[kind])


def _unknown(data: Data, path: tuple[str | int, ...], kind: str, what: Data) -> Iterator[Complaint]:
    """Ids that a change names and the lawbook does not know, and what a change cannot do."""
    for key, target in KINDS[kind].items():
        names = what[key] if isinstance(what[key], list) else [what[key]]
        for name in map(str, names if target else ()):
            if name not in data[str(target)]:
                yield (*path, key), f"there is no {_ONE.get(key, key)} `{name}`", name, data[str(target)]
    if kind == "add-member":
        listing, member = data["classes"].get(str(what["class"])), str(what["member"])
        members = _MEMBERS_OF.get(listing["of"]) if listing else None
        if members and member not in data[members]:
            yield (*path, "member"), f"there is no {members[:-1]} `{member}`", member, data[members]
    elif kind == "add-register":
        statutory = [key for key, item in data["registers"].items() if item["kind"] == "statutory"]
        register = str(what["register"])
        if register in data["registers"] and register not in statutory:
            yield (*path, "register"), f"`{register}` is no statutory register", register, statutory
    else:
        if what["part"] not in PARTS:
            yield (*path, "part"), f"a rule has no part `{what['part']}`", str(what["part"]), PARTS
        yield from _condition(data, (*path, "condition"), what["condition"])


def _condition(data: Data, path: tuple[str | int, ...], condition: Any) -> Iterator[Complaint]:
    """Whether a condition can be decided: a test of a fact, or a group of tests, on facts and classes that exist."""
    classes: list[str] = []

    def members(name: str) -> frozenset[str]:
        classes.append(name)
        return frozenset()

    try:
        _, facts = compile_test(condition, members)
    except (KeyError, ValueError, TypeError, AttributeError):
        yield path, "this is no condition: it takes a `fact` and a test of it, or `any`, `all` or `none`", "", ()
        return
    known = {*data["facts"], *_FACTS_OF_THE_ENGINE, *(f"registration.{key}" for key in data["registers"])}
    known.update(f"{item['kind']}.{key}" for key, item in data["arrangements"].items())
    for name in facts:
        if name not in known:
            yield path, f"there is no fact `{name}`", name, known
    for name in classes:
        if name not in data["classes"]:
            yield path, f"there is no class `{name}`", name, data["classes"]
