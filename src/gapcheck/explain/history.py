"""The history of an act: what of its law began or ended on which day, as far as the lawbook goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gapcheck.law.conditions import classes_in, conditions_of
from gapcheck.law.dated import Law


def history(law: Law, act: str) -> list[list[str]]:
    """Rows of day (ISO text), what happened, and where: rules of the act, and members of the classes that they name."""
    rows: set[tuple[str, str, str]] = set()
    for rules in law.rules_of(act).values():
        for rule in rules:
            where = _where(law, rule)
            rows |= {(day, f"{rule['id']} {what}", where) for day, what in _events(rule["in-force"])}
            for class_id in (name for condition in conditions_of(rule) for name in classes_in(condition)):
                for member in law.book.data["classes"][class_id]["members"]:
                    by = f" ({member['by']})" if member.get("by") else ""
                    where = _where(law, {"extent": member.get("extent", rule["extent"])})
                    for day, what in _events(member):
                        named = "is added to" if what == "begins" else "leaves"
                        rows.add((day, f"{member['id']} {named} {class_id}{by if what == 'begins' else ''}", where))
    return [list(row) for row in sorted(rows)]


def _events(window: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "from" in window:
        yield window["from"], "begins"
    if "to" in window:
        yield window["to"], "ends (last day)"


def _where(law: Law, rule: Mapping[str, Any]) -> str:
    nations = law.book.data["nations"]
    return "all nations" if set(rule["extent"]) == set(nations) else ", ".join(nations[one] for one in rule["extent"])
