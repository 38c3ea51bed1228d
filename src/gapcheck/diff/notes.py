"""What a comparison says beside the changes: the two laws, what cannot be told, rules that shift nobody, findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gapcheck.diff.causes import rule_causes
from gapcheck.diff.compare import Comparison, Unclear
from gapcheck.diff.findings import FindingChange, ProfileChange
from gapcheck.diff.group import ORDER
from gapcheck.diff.result import ItemChanges, Result
from gapcheck.diff.sides import Side
from gapcheck.diff.words import FEW, HEADINGS, act_title, people_words, places
from gapcheck.document.words import capital, listed
from gapcheck.engine.sentences import title
from gapcheck.law.dated import Law, words

COMPARED = (
    "Compared: each profession on its statutory register, or else on its accredited registers and on none; every act and route, "
    "in every case that the rules can tell apart, whatever the employer arranges. A reform registers nobody by itself."
)


def opening(result: Result) -> str:
    """Which laws are compared, where, and (where it is the same) on which day."""
    before, after = (_side(*pair) for pair in ((result.before, result.after), (result.after, result.before)))
    names = result.before.book.data["nations"]
    nations = [item.before.nation for item in result.comparisons]
    alike = nations == [item.after.nation for item in result.comparisons]
    where = f", in {listed(str(names[item]) for item in nations)}" if alike else ""
    when = f", on {words(result.before.date)}" if result.before.date == result.after.date else ""
    return f"From {before} to {after}{where}{when}."


def _side(side: Side, other: Side) -> str:
    """One side in words: what tells it from the other."""
    data = side.book.data
    parts = [words(side.date)] if side.date != other.date else []
    if side.nation != other.nation:
        parts.append(str(data["nations"][side.nation or data["assumes"]["nation"]]))
    for key in sorted({*side.readings, *other.readings}):
        reading, theirs = (one.readings.get(key, data["interpretations"][key]["default"]) for one in (side, other))
        parts += [f"`{key}` read as `{reading}`"] if reading != theirs else []
    parts += [f"the reform `{item}`" for item in side.reforms if item not in other.reforms]
    if side.book.digest != other.book.digest:
        parts.append(f"the lawbook {', '.join(side.rules) or 'as packaged'}")
    return " and ".join(parts) or "the law as it is"


def summary(result: Result) -> str:
    """How much changes."""
    if not result.entries:
        asked = "anybody" if result.everybody else "those asked about"
        return f"Nothing changes for {asked}."
    counts = [(HEADINGS[kind], sum(entry.kind == kind for entry in result.entries)) for kind in ORDER]
    return f"{'; '.join(f'{name}: {count}' for name, count in counts if count)}.".capitalize()


def reforms(result: Result) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each reform of one side only: its title, what it says, what it would need, what is not encoded."""
    for side, other in ((result.before, result.after), (result.after, result.before)):
        for key in side.reforms:
            if key not in other.reforms:
                item = side.book.data["reforms"][key]
                lines = [("Would say:", item["says"]), ("Would need:", item["would-need"])]
                yield f"{item['title']} (not law).", lines + ([("Note:", item["note"])] if "note" in item else [])


def closing(result: Result) -> list[str]:
    """What is needed to reproduce the comparison, and what it does not say."""
    books = {side.book.digest: side.book for side in (result.before, result.after)}.values()
    return [
        *(f"Lawbook {book.version}, digest {book.digest[:16]}." for book in books),
        COMPARED,
        str(result.after.book.data["advice"]),
    ]


def items_line(item: ItemChanges) -> str:
    """What two lawbooks hold differently, of one kind."""
    parts = (("added", item.added), ("removed", item.removed), ("changed", item.changed))
    return f"{item.kind}: " + "; ".join(f"{name} {', '.join(ids)}" for name, ids in parts if ids)


def still_rules(result: Result) -> Iterator[str]:
    """Rules that differ and shift nobody, a line each."""
    one = result.comparisons[0]
    names = [law.book.data["nations"][law.nation] for law in (one.before, one.after)]
    kinds = {"ends": f"{names[0]} only", "begins": f"{names[1]} only"} if names[0] != names[1] else {}
    for (rule, kind), comparisons in result.shift_nothing.items():
        first = comparisons[0]
        data = (first.before if kind == "ends" else first.after).book.data["rules"][rule]
        where = places(result.comparisons, [item.after.nation for item in comparisons])
        found = [cause.says for cause in rule_causes(first.before, first.after, rule)] if kind == "changes" else []
        yield (
            " ".join(filter(None, (kinds.get(kind, kind), where)))
            + ": "
            + " ".join((f"{data['title']} [{rule}].", *found))
        )


def cannot_tell(result: Result) -> Iterator[str]:
    """What the lawbook does not say, so that it cannot be compared."""
    unclear: dict[tuple[Any, ...], tuple[list[Comparison], list[str]]] = {}
    uncovered: dict[tuple[str, ...], dict[tuple[str, str], list[str]]] = {}
    for comparison in result.comparisons:
        for item, (who, medicines) in sorted(comparison.unclear.items()):
            key = (item._replace(act=""), who, medicines)
            comparisons, acts = unclear.setdefault(key, ([], []))
            comparisons += [comparison] if comparison not in comparisons else []
            acts += [item.act] if item.act not in acts else []
    for (item, who, medicines), (comparisons, acts) in unclear.items():
        where = places(result.comparisons, [one.after.nation for one in comparisons])
        people = "" if who == comparisons[0].everyone else f"{people_words(comparisons[0], who)}:"
        what = _unclear(comparisons[0].before if item.side == "before" else comparisons[0].after, item, medicines, acts)
        yield capital(" ".join(filter(None, (where, people, what))))
    for act in dict.fromkeys(act for comparison in result.comparisons for act in comparison.uncovered):
        found = [item for item in result.comparisons if act in item.uncovered]
        nations = tuple(item.after.nation for item in found)
        uncovered.setdefault(nations, {}).setdefault(found[0].uncovered[act], []).append(act)
    for nations, by_dates in uncovered.items():
        for dates, acts in by_dates.items():
            law = result.comparisons[0].after
            where = places(result.comparisons, nations)
            named = listed(act_title(law, act) for act in acts)
            since = words(next(filter(None, dates)))
            yield f"{capital(f'{where} the lawbook'.strip())} knows the law from {since} on of these: {named}."


def _unclear(law: Law, item: Unclear, medicines: frozenset[str], acts: Sequence[str]) -> str:
    reasons = [str(law.book.data["rules"][rule]["say"]["unknown"]) for rule in item.rules]
    reasons += [f"That turns on whether {law.book.data['facts'][fact]['says']}." for fact in item.facts]
    known = law.book.data["medicines"]
    named = [str(known[key]["label"]) for key in known if key in medicines]
    for_ = f", for {listed(named)}" if named and len(named) <= FEW else ""
    what = f"{title(law, item.route)}, to {listed(act_title(law, act) for act in acts)}{for_}"
    side = "first" if item.side == "before" else "second"
    return f"{what}, in the {side} law. {' '.join(dict.fromkeys(reasons))}"


def finding_line(law: Law, change: FindingChange) -> str:
    """One finding that changes."""
    return "; ".join(
        f"{key.replace('_', ' ')}: {_value(law, key, old)} -> {_value(law, key, new)}"
        for key, (old, new) in change.changed.items()
    )


def _value(law: Law, key: str, value: Any) -> str:
    if key == "routes":
        return listed((title(law, route) for route in value), "and") or "none"
    return listed(value) or "nothing" if isinstance(value, list) else str(value) or "nothing"


def profile_head(change: ProfileChange) -> str:
    """Whose findings a list shows."""
    law = change.laws[1]
    name = change.profile.title or change.profile.source
    if not change.once_registered:
        return name
    register = law.book.data["registers"][change.once_registered]["title"]
    return f"{name}, once registered with the {register}"
