"""Why something changes: the rule, the list, the register, the reading or the reform that differs, with its instrument."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from gapcheck.diff.compare import NEWLY, Comparison
from gapcheck.diff.group import GroupedChange
from gapcheck.diff.rules import Place
from gapcheck.law.conditions import PARTS, classes_in, compile_test, conditions_of
from gapcheck.law.dated import Law, Provision, words

GAINED = "now also lists"


class Cause(NamedTuple):
    """One thing that differs between two laws, in words; how the lawbook reads it; the instrument that made it so, where the
    lawbook says; its law."""

    says: str
    law: tuple[Provision, ...]
    by: str = ""
    reading: str = ""


def causes(entry: GroupedChange, comparisons: Iterable[Comparison]) -> tuple[Cause, ...]:
    """Why the change of an entry comes about."""
    found: list[Cause] = []
    turned = {place for act in entry.acts for place in act.turned}
    for comparison in comparisons:
        if comparison.after.nation in entry.nations:
            laws = (comparison.before, comparison.after)
            rules = dict.fromkeys(rule for act in entry.acts for side in act.rules for rule in side)
            for rule in rules:
                found += rule_causes(*laws, rule, {place for name, place in turned if name == rule}, _concerned(entry))
            found += [] if entry.everyone else _registers(entry, *laws)
    return tuple({cause.says: cause for cause in found}.values())


def _concerned(entry: GroupedChange) -> dict[str, set[str]]:
    """The professions, and the medicines and titles named in the cases of an entry."""
    named: dict[str, set[str]] = {"profession": {who.profession for who in entry.who}}
    for act in entry.acts:
        for fact, values in (pair for _, listed in act.cases for case in listed for pair in case):
            named.setdefault(fact, set()).update(map(str, values))
    return named


def rule_causes(
    before: Law,
    after: Law,
    rule: str,
    turned: Collection[Place] | None = None,
    concerned: Mapping[str, set[str]] | None = None,
) -> Iterator[Cause]:
    """What differs in one rule. `turned`: look at these of its conditions only (None: at all); `concerned`: tell only these
    members of classes (None: all)."""
    old, new = (_in_force(law, rule) for law in (before, after))
    if old and new:
        for part in PARTS:
            for index, condition in enumerate(new[part]):
                if turned is None or (part, index) in turned:
                    yield from _condition(before, after, new, condition, concerned)
        yield from _conditions(old, new)
    elif only := new or old:
        law = after if new else before
        says = f"{_window(before, after, only, new is not None)}: {only['title']}."
        yield Cause(says, law.citations(only["law"]), reading=only["reading"])
        for condition in conditions_of(only):
            yield from _classes(before, after, condition, concerned or {})


def _in_force(law: Law, rule: str) -> Mapping[str, Any] | None:
    """A rule, where the law has it and it is in force."""
    item = law.book.items("rules").get(rule)
    return item if item is not None and law.holds(item) else None


def _window(before: Law, after: Law, item: Mapping[str, Any], begins: bool) -> str:
    """How a rule comes to be in one of the laws only."""
    law, other = (after, before) if begins else (before, after)
    if other.nation not in item["extent"] and law.nation != other.nation:
        return f"A rule of {law.book.data['nations'][law.nation]}"
    edge = item["in-force"].get("from" if law.date > other.date else "to", "")
    if law.date == other.date or law.book.digest != other.book.digest or not edge:
        return "A rule of the one lawbook and not of the other"
    return f"A rule {'from' if law.date > other.date else 'until'} {words(edge)}"


def _condition(
    before: Law, after: Law, rule: Mapping[str, Any], item: Mapping[str, Any], concerned: Mapping[str, set[str]] | None
) -> Iterator[Cause]:
    """What differs in one condition: its lists, its reading, or what it makes of the nation."""
    yield from _classes(before, after, item, concerned)
    for key in item.get("under", ()):
        if before.readings.get(key) != after.readings.get(key):
            yield _reading(after, key)
    if before.nation != after.nation and "nation" in compile_test(item, after.members)[1]:
        cited = after.citations(item.get("law", rule["law"]))
        yield Cause(f"The nation counts in the rule `{rule['title']}`: the case {item['says']}.", cited)


def _classes(
    before: Law, after: Law, item: Mapping[str, Any], concerned: Mapping[str, set[str]] | None
) -> Iterator[Cause]:
    places = [law.book.data["nations"][law.nation] for law in (before, after)]
    verbs = [f"lists, in {place} only," for place in places] if places[0] != places[1] else ["no longer lists", GAINED]
    for name in sorted(set(classes_in(item))):
        members = [law.members(name) if name in law.book.data["classes"] else frozenset() for law in (before, after)]
        for side in (1, 0):
            law = (before, after)[side]
            changed = members[side] - members[1 - side]
            kind = law.book.data["classes"][name]["of"] if changed else ""
            relevant = sorted(changed if concerned is None else changed & concerned.get(kind, set()))
            if relevant:
                yield _listed(law, name, relevant, verbs[side])


def _listed(law: Law, name: str, members: list[str], verb: str) -> Cause:
    item = law.book.data["classes"][name]
    entries = [entry for entry in item["members"] if entry["id"] in members and law.holds(entry)]
    by = list(dict.fromkeys(entry["by"] for entry in entries if "by" in entry))
    since = {entry.get("from", "") for entry in entries}
    notes = list(by)
    if len(since) == 1 and since != {""} and verb == GAINED:
        notes.append(f"from {words(since.pop())}")
    notes += [
        f"by the reform {key}" for key in dict.fromkeys(entry["reform"] for entry in entries if "reform" in entry)
    ]
    labels = ", ".join(member_label(law, item["of"], member) for member in members)
    title = f"The list `{item['title']}`"
    return Cause(
        f"{title} {verb} {labels}{' (' + ', '.join(notes) + ')' if notes else ''}.",
        law.citations(item["law"]),
        ", ".join(by),
    )


def member_label(law: Law, kind: str, member: str) -> str:
    """A member of a class in words."""
    data = law.book.data
    if kind == "profession":
        return str(data["professions"][member]["plural"])
    if kind == "medicine":
        return str(law.book.items("medicines").get(member, {}).get("label", member))
    return str(data["registers"][member]["title"]) if kind == "register" else member.replace("-", " ")


def _reading(law: Law, key: str) -> Cause:
    item = law.book.data["interpretations"][key]
    reading = next(one for one in item["readings"] if one["id"] == law.readings[key])
    says = f"{item['title']} Read as `{reading['id']}`: {reading['title']} (held by: {', '.join(reading['held-by'])})."
    return Cause(says, law.citations(item["law"]))


def _conditions(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Cause]:
    """Conditions that only one of two forms of a rule has."""
    for part in PARTS:
        for here, there, says in ((new, old, "a further condition"), (old, new, "one condition less")):
            for item in here[part]:
                if item not in there[part]:
                    yield Cause(f"{new['title']}: {says}, that it {item.get('says', '')}.", ())


def _registers(entry: GroupedChange, before: Law, after: Law) -> Iterator[Cause]:
    for who in sorted(entry.who):
        if who.standing == NEWLY:
            for register, item in after.registers_of(who.profession).items():
                data = after.book.data
                since = f", from {words(item['from'])}" if "from" in item else ""
                by = f", by the reform {item['reform']}" if "reform" in item else ""
                plural = data["professions"][who.profession]["plural"]
                says = f"The {data['registers'][register]['title']} registers {plural}{since}{by}."
                yield Cause(says, after.citations(data["registers"][register]["law"]))
