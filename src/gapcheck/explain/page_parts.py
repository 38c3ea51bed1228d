"""Pieces of the reference pages: a section, and a condition, an example, a window of time or a change in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gapcheck.law.conditions import describe
from gapcheck.law.dated import Law, words


@dataclass
class Section:
    """A heading with its lines; a table instead where `rows` are given. `text` is shown as it stands."""

    title: str
    lines: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    text: str = ""


def law_section(law: Law, item: Mapping[str, Any]) -> Section:
    """The law of a thing: each provision, how sure the lawbook is of it and since when, and its address."""
    lines = []
    for entry in item.get("law", []):
        provision = law.book.provision(entry["provision"])
        lines.append(
            f"{provision.title} ({provision.confidence.replace('-', ' ')}, checked {provision.checked}) {provision.url}"
        )
    return Section("Law", lines)


# Facts that the engine adds and nobody states, in words.
_OF_THE_ENGINE = {
    "holder.regulated-here": "whether the register is of this part of the United Kingdom",
    "holder.register": "the register",
    "nation": "the nation",
    "date": "the date",
}


def force(law: Law, item: Mapping[str, Any]) -> str:
    """Where and when a thing is in force."""
    nations = ", ".join(law.book.data["nations"][nation] for nation in item["extent"])
    window = item.get("in-force", {})
    start = f"from {words(window['from'])}" if "from" in window else ""
    end = f"to {words(window['to'])}" if "to" in window else "no end date" if start else ""
    return f"{nations}; {', '.join(filter(None, (start, end)))}".rstrip("; ")


def condition_line(law: Law, condition: Mapping[str, Any]) -> str:
    """A condition in words, with the reading that it belongs to, the members of a short list, and what would open it."""
    text = str(condition.get("says") or describe(condition))
    under = "".join(f" (only under the reading: {_reading(law, *one)})" for one in condition.get("under", {}).items())
    class_id = condition.get("in-class")
    members = (
        f" Members: {', '.join(sorted(law.members(class_id)))}." if class_id and len(law.members(class_id)) < 30 else ""
    )
    opens = f" Opens if {condition['opens']}." if condition.get("opens") else ""
    return f"{text}{under}.{members}{opens}"


def _reading(law: Law, interpretation: str, reading: str) -> str:
    """A reading as the lawbook titles it; by its id where the lawbook has none."""
    held = law.book.items("interpretations").get(interpretation, {}).get("readings", ())
    return next((str(item["title"]) for item in held if item["id"] == reading), reading)


def _fact(law: Law, fact: str) -> str:
    """A fact of an example in words: one of the engine's own, or the paper, register or annotation that it asks for."""
    if fact in _OF_THE_ENGINE:
        return _OF_THE_ENGINE[fact]
    kind, _, identity = fact.partition(".")
    items = law.book.items({"registration": "registers"}.get(kind, "arrangements"))
    item = items.get(identity, {})
    return str(item.get("label") or item.get("title") or fact)


def example_line(law: Law, example: Mapping[str, Any]) -> str:
    """An example of a rule with the answer that it has."""
    by = f" (what decides: {', '.join(_fact(law, fact) for fact in example['by'])})" if example.get("by") else ""
    return f"{example['case']}: {example['route']}{by}"


def named(what: Mapping[str, Any]) -> str:
    """What a change of a reform names; of a condition, what it says."""
    values = {key: value.get("says", "") if isinstance(value, Mapping) else value for key, value in what.items()}
    return "; ".join(f"{key} {', '.join(value) if isinstance(value, list) else value}" for key, value in values.items())
