"""What a comparison says beside the changes: the two laws, what cannot be told, rules that shift nobody, findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gapcheck.diff.causes import rule_causes
from gapcheck.diff.compare import Comparison, Unclear
from gapcheck.diff.elsewhere import DAY, READING, REFORM, Elsewhere
from gapcheck.diff.findings import FindingChange, ProfileChange
from gapcheck.diff.group import ORDER
from gapcheck.diff.result import DiffResult
from gapcheck.diff.sides import Side
from gapcheck.diff.tasks import TaskChange
from gapcheck.diff.texts import WHOLE, ItemChanges, Text
from gapcheck.diff.words import FEW, HEADINGS, act_title, people_words, places
from gapcheck.document.words import capital, listed, name_of, spaced
from gapcheck.engine.sentences import title
from gapcheck.law.dated import Law, words
from gapcheck.law.lawbook import Lawbook

_LONG, _BESIDE, _MOST = 160, 5, 60  # letters of a long value; words beside what differs; words at most

COMPARED = (
    "Compared: each profession on its statutory register, or else on its accredited registers and on none; every act and route, "
    "in every case that the rules can tell apart, whatever the employer arranges. A reform registers nobody by itself."
)


def opening(result: DiffResult) -> str:
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


def summary(result: DiffResult) -> str:
    """How much changes. It never says that nothing does where two lawbooks differ."""
    counts = [(HEADINGS[kind], sum(entry.kind == kind for entry in result.entries)) for kind in ORDER]
    told = [f"{name[0].lower()}{name[1:]}: {count}" for name, count in counts if count]
    asked = "anybody" if result.everybody else "those asked about"
    if not told and not result.differs:
        return f"Nothing changes for {asked}."
    if not told:
        told = [f"no act opens or closes for {asked} in what is compared"]
    kinds = [item.kind for item in result.elsewhere]
    values = sum(len(item.ids) for item in result.texts) + sum(len(one.added + one.removed) for one in result.items)
    more = [
        ("findings of tasks", len(result.tasks)),
        ("findings of the profiles", sum(len(item.findings) for item in result.profiles)),
        ("changes on other days", kinds.count(DAY)),
        ("changes under a reform", kinds.count(REFORM)),
        ("changes under another reading", kinds.count(READING)),
        ("values that the lawbooks hold differently", values),
    ]
    told += [f"{name}: {count:,}" for name, count in more if count]
    if result.other_book and not values:
        told.append("the two lawbooks hold the same, in another order or at other places in their files")
    return capital(f"{'; '.join(told)}.")


def reforms(result: DiffResult) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each reform of one side only: its title, what it says, what it would need, what is not encoded."""
    for side, other in ((result.before, result.after), (result.after, result.before)):
        for key in side.reforms:
            if key not in other.reforms:
                item = side.book.data["reforms"][key]
                lines = [("Would say:", item["says"]), ("Would need:", item["would-need"])]
                yield f"{item['title']} (not law).", lines + ([("Note:", item["note"])] if "note" in item else [])


def closing(result: DiffResult) -> list[str]:
    """What is needed to reproduce the comparison, and what it does not say."""
    books = {side.book.digest: side.book for side in (result.before, result.after)}.values()
    return [
        *(f"Lawbook {book.version}, digest {book.digest[:16]}." for book in books),
        COMPARED,
        str(result.after.book.data["advice"]),
    ]


def items_line(book: Lawbook, item: ItemChanges) -> str:
    """What only one of two lawbooks has, of one kind."""
    parts = (("added", item.added), ("removed", item.removed))
    told = [f"{name} {listed(_called(book, item.kind, one) for one in ids)}" for name, ids in parts if ids]
    return f"{capital(spaced(item.kind))}: {'; '.join(told)}" if told else ""


def text_head(book: Lawbook, text: Text) -> str:
    """Of what a value differs."""
    names = [_called(book, text.kind, name) for name in text.ids]
    shown = names if len(names) <= FEW else [*names[:FEW], f"{len(names) - FEW} more"]
    path = ", ".join(spaced(part) for part in text.path)
    return f"{capital(spaced(text.kind))}, {listed(shown)}{f': {path}' if path else ''}:"


def text_change(text: Text, whole: bool) -> str:
    """The old value and the new one; of long ones, unless `whole`, the words that differ."""
    old, new = (_plain(value) for value in (text.before, text.after))
    if not whole and len(old) + len(new) > _LONG:
        old, new = _around(old, new)
    return f"{old} \u2192 {new}"


def _plain(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(map(_plain, value)) or "an empty list"
    if isinstance(value, dict):
        return ", ".join(f"{spaced(str(key))}: {_plain(item)}" for key, item in value.items()) or "nothing"
    return str(value) or "nothing"


def _around(old: str, new: str) -> tuple[str, str]:
    """The words in which two texts differ, with a few on either side."""
    sides = old.split(), new.split()
    least = min(map(len, sides))
    begin = next((place for place in range(least) if sides[0][place] != sides[1][place]), least)
    rest = least - begin
    end = next((place for place in range(rest) if sides[0][-1 - place] != sides[1][-1 - place]), rest)
    return tuple(_cut(words, begin, len(words) - end) for words in sides)  # type: ignore[return-value]


def _cut(words: list[str], begin: int, end: int) -> str:
    first, last = max(0, begin - _BESIDE), min(len(words), end + _BESIDE)
    kept = words[first:last]
    if len(kept) > _MOST:
        kept = [*kept[:_MOST], "..."]
    return " ".join(["..."] * (first > 0) + kept + ["..."] * (last < len(words) and kept[-1:] != ["..."]))


def _called(book: Lawbook, kind: str, identity: str) -> str:
    """What a person calls an item: its name, or its id in plain words."""
    return spaced(identity) if kind == WHOLE else name_of(book, identity, [kind])


def task_line(law: Law, item: TaskChange) -> tuple[str, str]:
    """One task of which findings change: for whom and where, and how."""
    data = law.book.data
    who = []
    for profession, standing in item.posts:
        plural = str(data["professions"][profession]["plural"])
        who.append(
            {"accredited": f"{plural} on an accredited register", "none": f"{plural} on no register"}.get(
                standing, plural
            )
        )
    where = (
        ""
        if len(item.nations) == len(data["nations"])
        else f", in {listed(data['nations'][one] for one in item.nations)}"
    )
    return f"{item.label}, by {listed(who)}{where}:", finding_line(law, item)


def elsewhere_line(book: Lawbook, item: Elsewhere) -> str:
    """One change on other days, or under a reform or reading."""
    if item.kind == DAY:
        first, last = words(item.names[0]), words(item.names[-1])
        when = (
            f"On {first}"
            if first == last
            else f"On {len(item.names)} days on which the law changes, from {first} to {last}"
        )
    elif item.kind == REFORM:
        when = f"With the reform {book.data['reforms'][item.names[0]]['title']}"
    else:
        when = f"Where `{item.names[0]}` is read as `{item.names[1]}`"
    return f"{when}: {item.says}"


def still_rules(result: DiffResult) -> Iterator[str]:
    """Rules that differ and shift nobody, a line each."""
    one = result.comparisons[0]
    names = [law.book.data["nations"][law.nation] for law in (one.before, one.after)]
    kinds = {"ends": f"{names[0]} only", "begins": f"{names[1]} only"} if names[0] != names[1] else {}
    for (rule, kind), comparisons in result.shift_nothing.items():
        first = comparisons[0]
        data = (first.before if kind == "ends" else first.after).book.data["rules"][rule]
        where = places(result.comparisons, [item.after.nation for item in comparisons])
        found = [cause.says for cause in rule_causes(first.before, first.after, rule)] if kind == "changes" else []
        yield (" ".join(filter(None, (kinds.get(kind, kind), where))) + ": " + " ".join((f"{data['title']}.", *found)))


def cannot_tell(result: DiffResult) -> Iterator[str]:
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


def finding_line(law: Law, change: FindingChange | TaskChange) -> str:
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
