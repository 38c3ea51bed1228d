"""The kinds of property that are about the conditions of the rules: whether each counts, and what it says would mend it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from gapcheck.engine.findings import question
from gapcheck.engine.person import CURRENT
from gapcheck.engine.remedies import AMEND, ARRANGE, CANNOT, REGISTER
from gapcheck.law.conditions import PARTS, Data, Facts, changed, describe, leaves, reached, within
from gapcheck.space.facts import HOLDER, LISTED, Pair, View, axes_of, holders
from gapcheck.space.prover import Broken, Place, ProofResult, Prover, Spec
from gapcheck.space.space import CaseTable, Space

_ORDER = (REGISTER, ARRANGE, AMEND, CANNOT)  # from the mildest
DIRECTNESS = ("individual", "standing")


def opens_and_bars(prover: Prover, spec: Spec) -> ProofResult:
    """Every rule is open in some case and barred in some; `for-all` lists the routes that are barred to nobody."""
    covered = 0
    first: dict[str, tuple[Place, CaseTable]] = {}
    open_, barred = set(), set()
    for place in prover.places(spec):
        if "undetermined" in place.rule:
            continue
        table, identity = prover.table(place), place.rule["id"]
        covered += table.space.possible.bit_count()
        first.setdefault(identity, (place, table))
        if table.open:
            open_.add(identity)
        if table.barred or place.rule["route"] in spec.get("for-all", ()):
            barred.add(identity)
    for identity, (place, table) in first.items():
        if identity not in open_ or identity not in barred:
            never = "barred" if identity in open_ else "open"
            case = next(table.space.cases(table.space.possible & ~table.unknown or table.space.possible))
            text = f"the rule `{identity}` is {never} for nobody, on no date"
            return ProofResult(covered, Broken(text, (prover.line(place, table.space.facts(case)),)))
    return ProofResult(covered)


def every_condition_counts(prover: Prover, spec: Spec) -> ProofResult:
    """Take away any condition, and the state of the rule changes in some case; take away any test within one, or anything that
    is presumed, and the condition comes out otherwise in some case. Of the rules of `except`, which say a thing twice so that
    the answer can say which is missing, a condition need only fail in some case."""
    covered = 0
    idle: dict[tuple[str, str], tuple[Place, CaseTable, str]] = {}
    counted: set[tuple[str, str]] = set()
    seen = set()
    twice = {rule for item in spec.get("except", ()) for rule in item["rules"]}
    for place in prover.places(spec):
        table = prover.table(place)
        covered += table.space.possible.bit_count()
        if id(table) not in seen:
            seen.add(id(table))
            for path, what, counts in _parts_that_count(place, table, place.rule["id"] in twice):
                idle.setdefault((place.rule["id"], path), (place, table, what))
                if counts:
                    counted.add((place.rule["id"], path))
    for key, (place, table, what) in idle.items():
        if key not in counted:
            case = next(table.space.cases(table.lawful or table.space.possible))
            text = f"{what} changes no answer of the rule `{key[0]}`"
            return ProofResult(covered, Broken(text, (prover.line(place, table.space.facts(case)),)))
    return ProofResult(covered)


def _parts_that_count(place: Place, table: CaseTable, twice: bool) -> Iterator[tuple[str, str, bool]]:
    """Each condition of a rule and each thing within one: a name for it, what it is, and whether it counts in this space."""
    space = table.space
    for index, (part, condition, true, false) in enumerate(table.parts):
        path = f"{part} {place.rule[part].index(condition) + 1}"
        fewer = CaseTable(space, (*place.parts[:index], *place.parts[index + 1 :]))
        counts = bool(false & space.possible) if twice else not _same(table, fewer)
        yield path, f"the condition `{describe(condition)}`", counts
        for inner, what, left in _smaller(condition):
            changed, failed = space.truth(left)
            yield f"{path}{inner}", what, bool(((changed ^ true) | (failed ^ false)) & space.possible)


def _same(one: CaseTable, other: CaseTable) -> bool:
    return (one.open, one.available, one.barred) == (other.open, other.available, other.barred)


def _smaller(condition: Data) -> Iterator[tuple[str, str, Data]]:
    """A condition without each thing that it says, in turn: where that stands, what it is, and what is left."""
    for path, item in within(condition):
        place = "".join(f".{step}" for step in path[1::2])
        if path and len(reached(condition, path[:-1])) > 1:
            yield place, f"the test `{describe(item)}`", changed(condition, path, None)
        if "unless-stated" in item:
            plain = {key: value for key, value in item.items() if key != "unless-stated"}
            yield f"{place}?", f"what is presumed of `{describe(item)}`", changed(condition, path, plain)


def remedies(prover: Prover, spec: Spec) -> ProofResult:
    """What a condition says would mend it does, and nothing milder would: `register` where statutory registration alone makes
    it hold for whoever is on no register; else `arrange` where an arrangement, or a fact of `arrangeable`, does; else `amend`
    where it says what an amendment opens, unless a fact of `personal` makes it hold; else `cannot`."""
    covered = 0
    found: dict[int, tuple[Place, str, Data, Space, set[str]]] = {}
    sizes: dict[Hashable, int] = {}
    for place in prover.places(spec):
        for part, condition in place.parts:
            view = View(place.law, place.known, (condition,))
            key = prover.alike(view)
            if key not in sizes:
                views = (view, *_registered(place, condition))
                space = Space(axes_of(*views))
                sizes[key] = space.possible.bit_count()
                if space.truth(condition)[1] & space.possible:
                    kept = found.setdefault(id(condition), (place, part, condition, space, set(_ORDER)))
                    kept[4].intersection_update(_mends(space, condition, len(views), spec))
            covered += sizes[key]
    for place, part, condition, space, mends in found.values():
        wanted = next(remedy for remedy in _ORDER if remedy in mends)
        said = condition.get("as") or {PARTS[1]: CANNOT, PARTS[2]: ARRANGE}[part]
        if wanted != said:
            case = next(space.cases(space.truth(condition)[1] & space.possible))
            text = (
                f"the condition `{condition.get('about') or condition['fact']}` of the rule `{place.rule['id']}` says "
                f"`{said}`, and what mends it is `{wanted}`"
            )
            return ProofResult(covered, Broken(text, (prover.line(place, space.facts(case)),)))
    return ProofResult(covered)


def _mends(space: Space, condition: Data, views: int, spec: Spec) -> Iterator[str]:
    """The remedies that mend a condition in every case in which it fails."""
    holds, fails = space.truth(condition)
    fails &= space.possible
    registered = 0
    for view in range(1, views):
        registered |= space.truth(condition, view)[0]
    outside = sum(space.value(HOLDER, index) for index in _unregistered(space)) & fails
    if outside and not outside & ~registered:
        yield REGISTER
    arranged = [name for name in space.axes if name.partition(".")[0] in LISTED or name in spec["arrangeable"]]
    if not fails & ~space.wherever(holds, arranged):
        yield ARRANGE
    if "opens" in condition and fails & ~space.wherever(holds, spec["personal"]):
        yield AMEND
    yield CANNOT


def _unregistered(space: Space) -> set[int]:
    """The values of the holder that can stand for somebody on no statutory register."""
    place = space.axes[HOLDER].place if HOLDER in space.axes else {}
    return {index for (_, register), index in place.items() if not register}


def _registered(place: Place, condition: Data) -> Iterator[View]:
    """The same cases with the holder entered in a statutory register, in each of the ways that could matter."""
    tests = [leaf for leaf in leaves(condition) if leaf["fact"].startswith(f"{HOLDER}.")]
    named = [leaf["is"] for leaf in tests if leaf["fact"] == "holder.register" and "is" in leaf]
    known = holders(place.law)
    entries = {pair: _entries(known, pair, named) for pair in known} if tests else {}
    for number in range(max(map(len, entries.values()), default=0)):
        yield View(place.law, place.known, (condition,), partial(_entry, entries, number))


def _entries(known: Mapping[Pair, Facts], pair: Pair, named: list[str]) -> list[Facts]:
    """What a holder is once on a register that the condition names, or that is open to the profession; where none is, as if
    one were."""
    profession = pair[0]
    registers = named or [at for other, at in known if other == profession and at and profession] or ["any"]
    entered = {**known[pair], "holder.statutory-registration": CURRENT}
    return [known.get((profession, at), {**entered, "holder.register": at}) for at in registers]


def _entry(entries: Mapping[Pair, list[Facts]], number: int, pair: Pair) -> Facts:
    return entries[pair][number % len(entries[pair])]


def directness(prover: Prover, spec: Spec) -> ProofResult:
    """A rule is as direct as what it cannot do without: `individual` where it needs one of the things listed so, else
    `standing` where it needs one of those, else the holder's own authority; where what it needs was not established, as the
    other rules of its route. `except` says how direct rules are of which that is not true."""
    covered = 0
    for place in prover.places(spec):
        table = prover.table(place)
        covered += table.space.possible.bit_count()
        wanted = _directness(prover, spec, place, table)
        if place.rule["directness"] not in wanted:
            case = next(table.space.cases(table.open or table.space.possible))
            said, right = place.rule["directness"], " or ".join(sorted(wanted))
            text = f"the rule `{place.rule['id']}` says `{said}`, and should say `{right}`"
            return ProofResult(covered, Broken(text, (prover.line(place, table.space.facts(case)),)))
    return ProofResult(covered)


def _directness(prover: Prover, spec: Spec, place: Place, table: CaseTable) -> set[str]:
    """How direct a rule may be said to be."""
    for item in spec.get("except", ()):
        if place.rule["id"] in item["rules"]:
            return {item["directness"]}
    if "undetermined" in place.rule:
        rules = prover.book.rules_of(place.act)[place.rule["route"]]
        others = {rule["directness"] for rule in rules if "undetermined" not in rule}
        return others or {place.rule["directness"]}
    if not table.open:  # under this law nobody has the way
        return {place.rule["directness"]}
    return {next((level for level in DIRECTNESS if _needs(table, spec[level])), "own-authority")}


def _needs(table: CaseTable, facts: Iterable[str]) -> bool:
    space = table.space
    return any(not table.open & ~space.stated(fact, True) for fact in facts if fact in space.axes)


def questions_settle(prover: Prover, spec: Spec) -> ProofResult:
    """Wherever a rule is unknown, each fact that it asks for has a question in words, and once all are answered, however, and
    those to which the answers lead, the rule is unknown no more."""
    covered = 0
    seen = set()
    for place in prover.places(spec):
        table = prover.table(place)
        covered += table.space.possible.bit_count()
        if id(table) in seen or "undetermined" in place.rule:
            continue
        seen.add(id(table))
        groups = list(_asked(table))
        for asked, cases in groups:
            mute = [name for name in asked if cases & table.space.untold(name) and not question(place.law, name)]
            unsettled = _unsettled(table, groups, cases)
            if mute or unsettled:
                case = next(table.space.cases(cases if mute else unsettled))
                text = (
                    f"the rule `{place.rule['id']}` asks for `{mute[0]}`, which has no question"
                    if mute
                    else (f"the rule `{place.rule['id']}` is unknown still when its questions are answered")
                )
                return ProofResult(covered, Broken(text, (prover.line(place, table.space.facts(case)),)))
    return ProofResult(covered)


def _unsettled(table: CaseTable, groups: Sequence[tuple[tuple[str, ...], int]], cases: int, rounds: int = 3) -> int:
    """Where the cases of a set in which a rule is unknown are still so when what it asks for is answered, round by round."""
    found = 0
    for asked, among in groups:
        settled = cases & among
        for name in asked if settled else ():
            settled = table.space.answered(settled, name)
        left = settled & table.unknown
        found |= _unsettled(table, groups, left, rounds - 1) if left and rounds > 1 else left
    return found


def _asked(table: CaseTable) -> Iterator[tuple[tuple[str, ...], int]]:
    """The sets of facts that a rule can ask for, each with the cases in which it does."""
    undecided = [
        (tuple(leaf["fact"] for leaf in leaves(condition)), table.unknown & ~true & ~false)
        for part, condition, true, false in table.parts
        if part != PARTS[2]
    ]
    pending = [((), table.unknown)]
    for facts, cases in undecided:
        pending = [
            (names, some)
            for asked, among in pending
            for names, some in (((*asked, *facts), among & cases), (asked, among & ~cases))
            if some
        ]
    yield from ((tuple(dict.fromkeys(names)), some) for names, some in pending)
