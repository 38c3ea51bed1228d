"""What changed the law on a day: rules that begin or end, members that a list gains or loses, registers that open or close."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gapcheck.document.words import inner
from gapcheck.law.conditions import classes_in, conditions_of
from gapcheck.law.dated import Law, Provision
from gapcheck.profile.model import TaskEntry
from gapcheck.timeline.model import BARRED, UNKNOWN, LawChange, Period

TITLE = "title"


def causes_of(
    laws: tuple[Law, Law], spans: tuple[Period, Period], acts: Iterable[str], profession: str, entry: TaskEntry
) -> tuple[LawChange, ...]:
    """What changed between the law of a day and that of the day after, as far as it concerns the ways that are not what they were."""
    (old, new), (before, after) = laws, spans
    looks = [{way.look for way in span.ways} for span in spans]
    turned = [way for way in (*after.ways, *before.ways) if way.look not in looks[0] & looks[1]]
    named = (profession, entry.medicine, str(entry.facts.get("title", "")))
    found = list(_registers(old, new, profession, tuple(dict.fromkeys(way.route for way in turned))))
    begin = {(way.act, way.route) for way in turned if _begins(old, new, way.rule)}
    if (before.verdict, after.verdict) == (UNKNOWN, BARRED):
        for route in sorted(before.untold - after.untold):  # the law is held from here on, and bars the person
            rules = [rule for act in acts for rule in new.rules_of(act).get(route, ()) if _begins(old, new, rule["id"])]
            found += [_cause(new, str(rule["title"]), "", new.citations(rule["law"]), route) for rule in rules]
    for way in turned:
        rule = new.book.data["rules"].get(way.rule)
        if rule is None:
            continue
        if _begins(old, new, way.rule):
            found.append(_cause(new, str(rule["title"]), "", new.citations(rule["law"]), way.route))
        elif old.holds(rule) and not new.holds(rule) and (way.act, way.route) not in begin:
            says = f"no longer: {inner(str(rule['title']))}"
            found.append(_cause(new, says, "", old.citations(rule["law"]), way.route))
        if new.holds(rule):
            found += _members(new, rule, way.route, named, "from")
        if old.holds(rule):
            found += _members(old, rule, way.route, named, "to")
    return _merged(found)


def _begins(old: Law, new: Law, rule: str) -> bool:
    """Whether a rule begins between the two days."""
    data = new.book.data["rules"].get(rule)
    return data is not None and new.holds(data) and not old.holds(data)


def begun(law: Law, acts: Iterable[str], profession: str, span: Period) -> tuple[LawChange, ...]:
    """What is known to have begun on the first day that the lawbook holds: lists to which an instrument added the profession on that day. All else
    of that day may be older."""
    found = [
        cause
        for act in acts
        for route, rules in law.rules_of(act).items()
        if any(way.route == route for way in span.lawful)
        for rule in rules
        if law.holds(rule)
        for cause in _members(law, rule, route, (profession,), "from")
        if cause.by
    ]
    return _merged(found)


def _members(law: Law, rule: Mapping[str, Any], route: str, named: tuple[str, ...], end: str) -> Iterator[LawChange]:
    """Members of the lists that a rule names which come in on the day of the law (`from`), or of which it is the last (`to`)."""
    day = law.date
    classes = law.book.data["classes"]
    for identity in dict.fromkeys(name for condition in conditions_of(rule) for name in classes_in(condition)):
        for member in classes[identity]["members"]:
            if member["id"] in named and member.get(end) == day and law.nation in member.get("extent", (law.nation,)):
                verb = "names" if end == "from" else "no longer names"
                name = _name(law, classes[identity]["of"], member["id"])
                says = f"the list “{classes[identity]['title']}” {verb} {name}"
                yield _cause(law, says, str(member.get("by", "")), law.citations(classes[identity]["law"]), route)


def _name(law: Law, of: str, identity: str) -> str:
    words = identity.replace("-", " ")
    if of == TITLE:
        return f"“{words}”"
    item = law.book.items("professions").get(identity) or law.book.items("medicines").get(identity, {})
    return str(item.get("plural", item.get("label", words)))


def _registers(old: Law, new: Law, profession: str, turned: Iterable[str]) -> Iterator[LawChange]:
    names = new.book.data["registers"]
    before, after = old.registers_of(profession), new.registers_of(profession)
    for register in (*after, *(item for item in before if item not in after)):
        if (register in before) != (register in after):
            verb = "opens its register to" if register in after else "no longer registers"
            says = f"{names[register]['title']} {verb} {new.book.data['professions'][profession]['plural']}"
            yield LawChange(says, _opening(new, profession) if register in after else "", (), tuple(turned))


def _opening(law: Law, profession: str) -> str:
    """The instrument that reserved the profession's title on the same day, which is the one that opened the register."""
    members = (one for item in law.book.data["classes"].values() if item["of"] == TITLE for one in item["members"])
    named = (str(one.get("by", "")) for one in members if one["id"] == profession and one.get("from") == law.date)
    return next(named, "")


def _cause(law: Law, says: str, by: str, cited: tuple[Provision, ...], route: str) -> LawChange:
    """A cause with the law that begins on its day, or else all the law of it, and the instrument."""
    provisions = law.book.data["provisions"]
    own = tuple(item for item in cited if item.force_from == law.date) or cited
    instruments = dict.fromkeys(provisions[item.id]["instrument"] for item in own)
    named = by or "; ".join(str(law.book.data["instruments"][key]["title"]) for key in instruments)
    return LawChange(says, named, own, (route,), any(item.announced for item in own))


def _merged(found: Iterable[LawChange]) -> tuple[LawChange, ...]:
    """Causes that say the same, once, with every route."""
    kept: dict[tuple[str, str], LawChange] = {}
    for item in found:
        key = item.says, item.by
        old = kept.get(key)
        if old is None:
            kept[key] = item
        else:
            routes = tuple(dict.fromkeys((*old.routes, *item.routes)))
            kept[key] = LawChange(item.says, item.by, old.law, routes, old.announced or item.announced)
    return tuple(kept.values())
