"""Indexes of a linked lawbook, made once: what an answer looks up, so that it need not look through everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from gapcheck.law.conditions import classes_in, conditions_of, leaves

_ALIASED = ("registers", "professions", "arrangements", "facts", "acts", "medicines", "tasks")


def add_indexes(book: dict[str, Any]) -> None:
    """Add the indexes to a linked book: rules by act and route, aliases by kind, claims by task, what each register covers, the dates on which the law
    of an act changes, and the examples of rules apart from the rules."""
    book["rules-by-act"] = {}
    for identity, rule in book["rules"].items():
        for act in rule["acts"]:
            book["rules-by-act"].setdefault(act, {}).setdefault(rule["route"], []).append(identity)
    book["aliases"] = {
        kind: {alias: identity for identity, item in book[kind].items() for alias in item.get("aliases", ())}
        for kind in _ALIASED
    }
    book["claims-by-task"] = {}
    for claim_id, claim in book["claims"].items():
        for task in claim.get("tasks", []):
            book["claims-by-task"].setdefault(task, []).append(claim_id)
    for claim in book["claims"].values():
        claim["source"] = [book["references"][work] for work in claim.get("references", ())]
    book["coverage-of"] = {}
    for identity, item in book["coverage"].items():
        kind = "registers" if "register" in item else "professions"
        for holder in [item["register"]] if "register" in item else item["professions"]:
            book["coverage-of"].setdefault(f"{kind}/{holder}", []).append(identity)
    book["change-dates"] = {
        act: sorted({day for route in routes.values() for rule in route for day in _dates(book, book["rules"][rule])})
        for act, routes in book["rules-by-act"].items()
    }
    book["examples"] = {identity: rule.pop("examples", []) for identity, rule in book["rules"].items()}


def _dates(book: Mapping[str, Any], rule: Mapping[str, Any]) -> Iterator[str]:
    yield from _starts(rule["in-force"])
    for condition in conditions_of(rule):
        if any(leaf["fact"].startswith("medicine.") for leaf in leaves(condition)):
            for medicine in book["medicines"].values():
                for entry in medicine.get("dated", ()):
                    yield from _starts(entry)
        for class_id in classes_in(condition):
            for member in book["classes"][class_id]["members"] if class_id in book["classes"] else ():
                yield from _starts(member)


def _starts(window: Mapping[str, Any]) -> Iterator[str]:
    """The first days on which a window of dates makes a difference."""
    if "from" in window:
        yield window["from"]
    if "to" in window:
        yield (date.fromisoformat(window["to"]) + timedelta(days=1)).isoformat()
