"""What rests on a provision: the rules and tasks whose answer it can change, wherever in them it is cited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from gapcheck.law.lawbook import Lawbook
from gapcheck.law.needs import ways


class Resting(NamedTuple):
    """The ids of the rules and of the tasks that rest on a provision."""

    rules: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()


def resting(book: Lawbook) -> dict[str, Resting]:
    """What rests on each provision of a lawbook; one that carries nothing has no entry.

    A rule rests on what it cites as a whole or in a condition, on what a list that it tests cites, and on what makes a register
    one of its kind where it asks for that kind. A task rests on what such a rule of its acts, an act of its own, or a medicine
    in it cites.
    """
    data = book.data
    lists = {key: set(_cited(item)) for key, item in data["classes"].items()}
    kinds = {kind: set(_cited(item)) for kind, item in data["register-kinds"].items()}
    rules: dict[str, list[str]] = {}
    acts: dict[str, set[str]] = {key: set(_cited(item)) for key, item in data["acts"].items()}
    for key, rule in data["rules"].items():
        words = set(_words(rule))
        found = set(_cited(rule)).union(*(lists[one] for one in words & lists.keys()))
        found = found.union(*(kinds[kind] for kind in kinds if f"holder.{kind}-registration" in words))
        for name in found:
            rules.setdefault(name, []).append(key)
        for act in rule["acts"]:
            acts[act] |= found
    tasks: dict[str, list[str]] = {}
    for key, task in data["tasks"].items():
        needs = [need for way in ways(task) for need in way]
        medicines = [need.get("with", {}).get("medicine") for need in needs]
        cited = [acts[need["act"]] for need in needs]
        cited += [set(_cited(data["medicines"][one])) for one in medicines if one in data["medicines"]]
        for name in set().union(*cited):
            tasks.setdefault(name, []).append(key)
    return {name: Resting(tuple(rules.get(name, ())), tuple(tasks.get(name, ()))) for name in {**rules, **tasks}}


def _cited(item: Any) -> Iterator[str]:
    """Every provision that is cited anywhere in an item, linked or as its file has it."""
    if isinstance(item, Mapping):
        if isinstance(item.get("provision"), str):
            yield item["provision"]
        elif isinstance(item.get("instrument"), str) and isinstance(item.get("provisions"), list):
            yield from (f"{item['instrument']}/{one}" for one in item["provisions"] if isinstance(one, str))
        for value in item.values():
            yield from _cited(value)
    elif isinstance(item, list):
        for value in item:
            yield from _cited(value)


def _words(item: Any) -> Iterator[str]:
    """Every text that stands alone in an item: names of facts and of lists among them."""
    if isinstance(item, str):
        yield item
    elif isinstance(item, Mapping):
        for value in item.values():
            yield from _words(value)
    elif isinstance(item, list):
        for value in item:
            yield from _words(value)
