"""Compare two laws: for every profession, act and route, in every case that can matter, what the one allows and the other
does not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from gapcheck.diff.cases import MEDICINE, UNCLEAR, YES, Case, CaseSide, LawDifference, Values, differences
from gapcheck.diff.rules import Bare, Needs, Place, rules_of
from gapcheck.engine.person import ACCREDITED, NONE, registered_member, unregistered
from gapcheck.engine.routes import decide_act
from gapcheck.engine.sentences import most_direct
from gapcheck.law.conditions import Facts
from gapcheck.law.dated import Law

GAIN, LOSE, NEEDS, DIRECTNESS = "gain", "lose", "needs", "directness"
REGISTERED, NEWLY, NO_LONGER, OVERSEAS = "registered", "newly-registered", "no-longer-registered", "overseas"


class Who(NamedTuple):
    """A group of people: a profession, and the register on which its members are compared."""

    profession: str
    standing: str  # registered | accredited | none | newly-registered | no-longer-registered | overseas
    register: str = ""  # of an overseas register only


class Change(NamedTuple):
    """What changes for a group, by one route to one act. `wider`: the route was there before (of a gain), or still is (of a
    loss), in other cases. `instead`: the most direct other way in the cases concerned, before a gain or after a loss; empty
    text where there is none. `turned`: the conditions, by rule and place, of which the outcome is another."""

    kind: str  # gain | lose | needs | directness
    act: str
    route: str
    who: Who
    wider: bool
    rules: tuple[tuple[str, ...], tuple[str, ...]]  # that open it before and after
    needs: tuple[Needs, Needs]
    levels: tuple[int, int]
    instead: frozenset[str]
    turned: frozenset[tuple[str, Place]]
    cases: tuple[Case, ...]


class Unclear(NamedTuple):
    """A route of which the lawbook does not say whether it is open in one of the laws: because of rules that are not
    determined, or of facts that stand for law which nobody has read."""

    act: str
    route: str
    side: str  # before | after
    rules: tuple[str, ...]
    facts: tuple[str, ...]


class Comparison(NamedTuple):
    """Two laws compared: what changes, everybody who was compared, what cannot be told, and the rules that are not the same."""

    before: Law
    after: Law
    changes: tuple[Change, ...]
    everyone: frozenset[Who]
    unclear: Mapping[Unclear, tuple[frozenset[Who], frozenset[str]]]  # with whom and which medicines it concerns
    uncovered: Mapping[str, tuple[str, str]]  # acts: from which date the lawbook knows the law of it, before and after
    rules: tuple[RuleChange, ...]


class RuleChange(NamedTuple):
    """A rule that only one of the laws has, or that the two have in different forms."""

    rule: str
    kind: str  # begins | ends | changes


def compare(before: Law, after: Law, acts: Collection[str] | None = None) -> Comparison:
    """Compare two laws, of the same lawbook or of two; in these acts only, where they are given."""
    return _Comparer(before, after, acts).run()


class _Comparer:
    def __init__(self, before: Law, after: Law, acts: Collection[str] | None) -> None:
        self.laws = (before, after)
        self.acts = before.book.data["acts"] if acts is None else acts
        self.people = dict(_people(before, after))
        self.medicines = tuple({key: law.medicine(key) for key in law.book.data["medicines"]} for law in self.laws)
        old, new = self.medicines
        self.other_medicines = tuple(
            {key: facts for key, facts in side.items() if old.get(key) != new.get(key)} for side in self.medicines
        )
        self.facts = {**before.book.data["facts"], **after.book.data["facts"]}
        self.unread = frozenset(name for name, item in self.facts.items() if item.get("law-not-read"))
        self.changes: list[Change] = []
        self.unclear: dict[Unclear, tuple[set[Who], set[str]]] = {}
        self.uncovered: dict[str, tuple[str, str]] = {}
        self.moved: dict[str, str] = {}

    def run(self) -> Comparison:
        before, after = self.laws
        for act in before.book.data["acts"]:
            if act in self.acts and act in after.book.data["acts"]:
                self._act(act)
        return Comparison(
            before,
            after,
            tuple(self.changes),
            frozenset(self.people),
            {key: (frozenset(who), frozenset(medicines)) for key, (who, medicines) in self.unclear.items()},
            self.uncovered,
            tuple(RuleChange(rule, kind) for rule, kind in self.moved.items()),
        )

    def _act(self, act: str) -> None:
        known_from = tuple(law.act(act).covered_from for law in self.laws)
        if known_from[0] or known_from[1]:
            if known_from[0] != known_from[1]:
                self.uncovered[act] = (known_from[0], known_from[1])
            return
        rules = [rules_of(law, act) for law in self.laws]
        for route in dict.fromkeys((*rules[0], *rules[1])):
            self._route(act, route, rules[0].get(route, []), rules[1].get(route, []))

    def _route(self, act: str, route: str, old: list[Bare], new: list[Bare]) -> None:
        same = {rule.form for rule in old} & {rule.form for rule in new}
        self._moved(old, new, same)
        for side, rules in (("before", old), ("after", new)):
            if rules and not same and all(rule.undetermined for rule in rules):
                key = Unclear(act, route, side, tuple(rule.id for rule in rules), ())
                self.unclear[key] = (set(self.people), set())
                return  # whatever the case
        asks = {rule.form for rule in (*old, *new) if any(fact.startswith("medicine.") for fact in rule.facts)}
        both = frozenset(same)
        if self.medicines[0] != self.medicines[1]:
            same -= asks
        values: dict[tuple[Any, ...], Values] = {}
        for who, holders in self.people.items():
            turned = {name for name in {*holders[0], *holders[1]} if holders[0].get(name) != holders[1].get(name)}
            alike = {rule.form for rule in (*old, *new) if rule.form in same and not turned & rule.facts}
            # Where nothing but medicines differs, the others need not be looked at.
            few = all(rule.form in both and not turned & rule.facts for rule in (*old, *new))
            known = self.other_medicines if few else self.medicines
            sides = [
                CaseSide(
                    holder,
                    medicines,
                    law.act(act).facts,
                    [rule for rule in rules if rule.form not in alike],
                    [rule for rule in rules if rule.form in alike],
                    self.unread,
                )
                for law, holder, medicines, rules in zip(self.laws, holders, known, (old, new), strict=True)
            ]
            if any(side.differ for side in sides):
                differ = (few, *(id(rule) for side in sides for rule in side.differ))
                if differ not in values:
                    values[differ] = Values(self.facts, sides[0], sides[1], few)
                self._found(act, route, who, sides, list(differences(values[differ], *sides)))

    def _moved(self, old: list[Bare], new: list[Bare], same: set[str]) -> None:
        ids = ({rule.id for rule in old}, {rule.id for rule in new})
        for rule in (*old, *new):
            if rule.form in same and (rule.id in ids[0]) == (rule.id in ids[1]):
                continue
            if rule.id in ids[0] and rule.id in ids[1]:
                self.moved[rule.id] = "changes"
            else:
                self.moved[rule.id] = "ends" if rule.id in ids[0] else "begins"

    def _found(self, act: str, route: str, who: Who, sides: Sequence[CaseSide], found: list[LawDifference]) -> None:
        kinds: dict[tuple[Any, ...], list[LawDifference]] = {}
        for item in found:
            if UNCLEAR in (item.before.answer, item.after.answer):
                side, outcome = ("before", item.before) if item.before.answer == UNCLEAR else ("after", item.after)
                people, medicines = self.unclear.setdefault(
                    Unclear(act, route, side, outcome.rules, outcome.facts), (set(), set())
                )
                people.add(who)
                medicines.update(dict(item.case).get(MEDICINE, ()))
            else:
                kinds.setdefault(_kind(item), []).append(item)
        for (kind, *_), items in kinds.items():
            index = 1 if kind == LOSE else 0  # the side on which the route is not there
            wider = kind in (GAIN, LOSE) and any(
                rule.lawful(sides[index].holder) is not False for rule in sides[index].differ if not rule.undetermined
            )
            self.changes.append(
                Change(
                    kind,
                    act,
                    route,
                    who,
                    wider,
                    (_union(item.before.rules for item in items), _union(item.after.rules for item in items)),
                    (_joined(item.before.needs for item in items), _joined(item.after.needs for item in items)),
                    (items[0].before.level, items[0].after.level),
                    frozenset(self._other(act, route, sides[index], index, item) for item in items)
                    if kind in (GAIN, LOSE)
                    else frozenset(),
                    frozenset(place for item in items for place in _turned(sides, item)),
                    tuple(item.case for item in items),
                )
            )

    def _other(self, act: str, route: str, side: CaseSide, index: int, item: LawDifference) -> str:
        """The most direct other way to the act in a case; empty where there is none."""
        result = decide_act(self.laws[index], act, side.known(item.facts), ({},))
        best = most_direct(result._replace(routes=tuple(one for one in result.routes if one.route != route)))
        return best.route if best else ""


def _turned(sides: Sequence[CaseSide], item: LawDifference) -> Iterator[tuple[str, Place]]:
    """The conditions of rules that both laws have, of which the outcome in a case is another."""
    old, new = ({rule.id: rule for rule in side.differ} for side in sides)
    known = [side.known(item.facts) for side in sides]
    for rule in old.keys() & new.keys():
        for place in {**old[rule].tests, **new[rule].tests}:
            if old[rule].truth(place, known[0]) is not new[rule].truth(place, known[1]):
                yield rule, place


def _kind(item: LawDifference) -> tuple[Any, ...]:
    """The kind of a difference, with what else keeps two differences of a kind apart."""
    if item.before.answer != item.after.answer:
        return (GAIN if item.after.answer == YES else LOSE,)
    if item.before.level != item.after.level:
        return DIRECTNESS, item.before.level, item.after.level
    return NEEDS, item.before.needs, item.after.needs


def _union(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({name for part in parts for name in part}))


def _joined(parts: Iterable[Needs]) -> Needs:
    return frozenset(item for part in parts for item in part)


def _people(before: Law, after: Law) -> Iterator[tuple[Who, tuple[Facts, Facts]]]:
    """Each group to compare, with who its members are in each law: on the statutory register of the profession, or else on
    its accredited registers, or on none; and on an overseas register that a rule may name."""
    for profession in before.book.data["professions"]:
        about = after.book.data["professions"].get(profession)
        if about is None:
            continue
        members = [registered_member(profession, law) for law in (before, after)]
        standing = {(True, True): REGISTERED, (False, True): NEWLY, (True, False): NO_LONGER}.get(
            (members[0] is not None, members[1] is not None), ""
        )
        if standing:
            yield (
                Who(profession, standing),
                (_facts(before, profession, members[0], about), _facts(after, profession, members[1], about)),
            )
        if standing != REGISTERED:
            if about.get("accredited"):
                yield (
                    Who(profession, ACCREDITED),
                    (_facts(before, profession, None, about), _facts(after, profession, None, about)),
                )
            yield Who(profession, NONE), (_facts(before, profession, None, {}), _facts(after, profession, None, {}))
        for register in about.get("also-registers", ()):
            listed = {"accredited": [register]}
            yield (
                Who(profession, OVERSEAS, register),
                (_facts(before, profession, None, listed), _facts(after, profession, None, listed)),
            )


def _facts(law: Law, profession: str, member: Facts | None, about: Mapping[str, Any]) -> Facts:
    """The facts of a member of a profession: `member` those of the statutory register; other registers as `about` lists."""
    capacity = member if member is not None else unregistered(profession)
    held = {capacity["holder.register"], *about.get("accredited", ())}
    registers = {f"registration.{key}": key in held for key in law.book.data["registers"]}
    return {"nation": law.nation, "date": law.date, **registers, **capacity}
