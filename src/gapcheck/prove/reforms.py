"""The kind of property that is about reforms: what they open, and what they leave closed."""

from __future__ import annotations

from gapcheck.law.conditions import Facts
from gapcheck.space.facts import Pair, View, axes_of, holders
from gapcheck.space.prover import Broken, Place, ProofResult, Prover, Spec
from gapcheck.space.space import CaseTable, Space


def reform_opens(prover: Prover, spec: Spec) -> ProofResult:
    """Some reforms together open just the routes that `opens` lists, in some case for somebody, and close nothing. A person who
    holds a registration that only the reforms create counts as on no register without them."""
    covered = 0
    listed = {(item["act"], item["route"]) for item in spec["opens"]}
    rules = [prover.book.data["rules"][rule] for rule in prover.rules]
    wanted = listed & {(act, rule["route"]) for rule in rules for act in rule["acts"]}
    opened: set[tuple[str, str]] = set()
    reforms = tuple(spec["reforms"])
    last: dict[tuple[str, str], Place] = {}
    for place in prover.places(spec, reforms):
        where = (place.act, place.rule["route"])
        last[where] = place
        before, after = _compared(prover, place)
        covered += after.space.possible.bit_count()
        closed = before.lawful & ~after.lawful
        new = after.lawful & ~before.lawful
        if closed or (new and where not in wanted):
            case = next(after.space.cases(closed or new))
            text = f"the reforms {'close' if closed else 'open'} `{where[1]}` (the rule `{place.rule['id']}`)"
            return ProofResult(covered, Broken(text, (prover.line(place, after.space.facts(case)),)))
        if new:
            opened.add(where)
    for where in sorted(wanted - opened):
        lines = (prover.line(last[where], {}),) if where in last else ()
        return ProofResult(covered, Broken(f"the reforms do not open `{where[1]}` for anybody", lines))
    return ProofResult(covered)


def _compared(prover: Prover, place: Place) -> tuple[CaseTable, CaseTable]:
    """A rule in the same cases without the reforms and with them."""
    law = place.law
    today = prover.law(law.date, law.nation, law.readings)
    rules = [rule for some in today.rules_of(place.act).values() for rule in some]
    then = Place(place.act, next(rule for rule in rules if rule["id"] == place.rule["id"]), today)
    known = holders(today)

    def without(pair: Pair) -> Facts:
        return known.get(pair) or known[pair[0], ""]

    view = then.view()
    space = Space(axes_of(place.view(), View(today, view.known, view.conditions, without)))
    settled = "undetermined" in place.rule
    return CaseTable(space, then.parts, settled, 1), CaseTable(space, place.parts, settled)
