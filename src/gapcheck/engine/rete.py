"""The rules of the lawbook for the second engine: rulesets of durable-rules, a Rete engine written by others.

Nothing here calls our own evaluator. A case is one flat fact of words from closed lists: what is absent is said in so many
words, and membership of a class, dates and numbers are decided before. A group of tests becomes two kinds of rules, those
that say when it `holds` and those that say when it `fails`; where neither fires it is unknown. Groups within groups are
decided first, and what fired goes as words into the fact of the next step. The last step gives the state of the route.

Of the engine we use what was measured to be safe and no more: equality of text, one fact a case, each case under an id of
its own. What would go past its limits is refused here, where a rule is compiled.
"""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from durable import engine

from gapcheck.engine.routes import AVAILABLE, BARRED, OPEN, UNKNOWN
from gapcheck.errors import EngineError
from gapcheck.law.conditions import folded

HOLDS, FAILS = "holds", "fails"  # or `unknown`: neither
NOT_STATED, ANOTHER = "not stated", "another value"  # values proper are `text VALUE`, `yes`, `no`, `number 3.0`
MOST_RULES = 60  # of one ruleset: the engine fails where one fact meets more than 64 rules at a time
MOST_TESTS = 500  # side by side: the engine never comes back from 512
MOST_NAMES = 240  # of one fact: the engine takes 255
_KEPT = 20_000  # answers of one program
_KIND, _SEEN = "kind", "seen"
_OWN = (_KIND, "sid", "id", "$s", "$forward")

Members = Callable[[str], frozenset[str]]
Test = dict[str, Any]
Rule = tuple[Any, list[Test]]  # what fires, where all tests of the fact are met
_MET = {True: HOLDS, False: FAILS}
_OTHER = {HOLDS: FAILS, FAILS: HOLDS}
_EQUAL = {"is": HOLDS, "in": HOLDS, "is-not": FAILS, "not-in": FAILS}  # what it comes to for the values named
_DECIDED: dict[str, Callable[[Any, Any, Members], bool]] = {
    "in-class": lambda value, wanted, members: value in members(wanted),
    "not-in-class": lambda value, wanted, members: value not in members(wanted),
    "at-least": lambda value, wanted, members: bool(value >= wanted),
    "at-most": lambda value, wanted, members: bool(value <= wanted),
    "on-or-after": lambda value, wanted, members: bool(value >= wanted),
    "before": lambda value, wanted, members: bool(value < wanted),
}
_FORM = ("fact", "any", "all", "none", *_EQUAL, *_DECIDED)  # what of a condition decides it, beside what is presumed
_cases = itertools.count(1)


class Rules:
    """One ruleset of the second engine: a few rules about one kind of fact. Made once: its memory is never given back.

    One rule asks for nothing but the kind of fact, so that every case sets something off: to forget a case that has not,
    the engine frees memory that it never took, and the process dies. Raises EngineError.
    """

    def __init__(self, kind: str, rules: Iterable[Rule]) -> None:
        self._kind = kind
        self._firings: dict[str, set[Any]] = {}
        definition = {
            f"rule {number}": {"all": [{"m": {"$and": [{_KIND: kind}, *tests]}}], "run": self._action(firing)}
            for number, (firing, tests) in enumerate([(_SEEN, []), *rules])
        }
        try:
            self._ruleset = engine.Ruleset(kind, None, definition)
        except Exception as error:
            raise EngineError(f"the second engine does not take the rules of {kind}: {error}") from error

    def _action(self, firing: Any) -> Callable[[Any], None]:
        def fire(context: Any) -> None:  # with a second parameter the engine would take it as asynchronous
            self._firings[context.s.sid].add(firing)

        return fire

    def begin(self, fact: Mapping[str, str]) -> tuple[str, Any]:
        """Assert the flat fact of a case under an id of its own, which is given back with the engine's handle."""
        case = f"case {next(_cases)}"
        try:
            handle = self._ruleset.assert_fact({_KIND: self._kind, **fact, "sid": case})
        except Exception as error:  # no rule met among others; such a case is not safe to forget
            raise EngineError(f"the second engine did not take a fact in {self._kind}: {error!r}") from error
        self._firings[case] = set()
        return case, handle

    def end(self, case: str, handle: Any) -> set[Any]:
        """Run what the fact of a case has set off, forget the case, and give what fired."""
        faults: list[Any] = []
        self._ruleset.do_actions(handle, lambda error, state: faults.append(error or (state or {}).get("exception")))
        firings = self._firings.pop(case)
        if any(faults) or _SEEN not in firings:
            raise EngineError(f"the second engine failed in {self._kind}: {[*filter(None, faults)] or 'nothing fired'}")
        self._ruleset.delete_state(case)
        return firings - {_SEEN}

    def run(self, fact: Mapping[str, str]) -> set[Any]:
        """What fires for the flat fact of one case."""
        return self.end(*self.begin(fact))


class Part(NamedTuple):
    """A test of one fact, or a group of tests already decided: the name under which the fact holds its word, and for
    `holds` and `fails` the words that say so, or (False) all words but those."""

    name: str
    truths: Mapping[str, tuple[bool, tuple[str, ...]]]

    def tests(self, truth: str) -> list[Test]:
        """What must be met for the part to hold, to fail or to be unknown."""
        return self._words(*self.truths[truth]) if truth != UNKNOWN else [*self.isnt(HOLDS), *self.isnt(FAILS)]

    def isnt(self, truth: str) -> list[Test]:
        """What must be met for the part not to hold, or not to fail."""
        among, words = self.truths[truth]
        return self._words(not among, words)

    def _words(self, among: bool, words: tuple[str, ...]) -> list[Test]:
        if not among:
            return [{"$neq": {self.name: word}} for word in words]
        equal: list[Test] = [{self.name: word} for word in words]
        return equal if len(equal) == 1 else [{"$or": equal}]  # no two of them can be met, so it fires once


class Program:
    """The conditions of one rule of the lawbook, compiled: `strict` are those of the holder and the circumstances.

    Raises EngineError where they go past what the second engine can take.
    """

    def __init__(self, strict: Iterable[Mapping[str, Any]], arrangements: Iterable[Mapping[str, Any]]) -> None:
        self._values: dict[str, set[str]] = {}
        self._decided: dict[str, tuple[str, str, Any]] = {}
        self._groups: dict[str, tuple[Part, int]] = {}
        self._steps: list[list[Rule]] = []
        routes = list(_routes([self._part(item)[0] for item in strict], [self._part(item)[0] for item in arrangements]))
        check_names([*self._values, *self._decided, *(part.name for part, _ in self._groups.values())])
        self._rulesets = [_cut(f"step {number}", rules) for number, rules in enumerate(self._steps)]
        self._route = _cut("route", routes)
        self._answers: dict[tuple[str, ...], str] = {}  # by the words of the case: the engine is asked each thing once

    def state(self, facts: Mapping[str, Any], members: Members) -> str:
        """The state of the route on the facts of a case. `members`: the members of a class here and now.

        Raises EngineError where the second engine fails, or gives no answer or two.
        """
        fact = self.words(facts, members)
        asked = tuple(fact.values())
        answer = self._answers.get(asked)
        if answer is None:
            if len(self._answers) == _KEPT:
                self._answers.clear()
            answer = self._answers[asked] = self._decide(fact)
        return answer

    def _decide(self, fact: dict[str, str]) -> str:
        """What the engine says of a case in words."""
        for step, rulesets in enumerate(self._rulesets):
            fired: set[Any] = set().union(*[rules.run(fact) for rules in rulesets])
            for part, height in self._groups.values():
                if height == step:
                    fact[part.name] = _only([truth for name, truth in fired if name == part.name] or [UNKNOWN])
        return _only([state for rules in self._route for state in rules.run(fact)])

    def words(self, facts: Mapping[str, Any], members: Members) -> dict[str, str]:
        """The facts of a case as the flat fact of words that the second engine sees."""
        fact = {}
        for name, known in self._values.items():
            value = facts.get(name)
            word = NOT_STATED if value is None else _word(value)
            fact[name] = word if word in known or value is None else ANOTHER
        for asked, (name, operator, wanted) in self._decided.items():
            value = facts.get(name)
            fact[asked] = NOT_STATED if value is None else _MET[_DECIDED[operator](value, wanted, members)]
        return fact

    def _part(self, data: Mapping[str, Any]) -> tuple[Part, int]:
        """A condition as a part of what is asked, and the first step that can ask for it."""
        return folded(data, self._leaf, self._group)

    def _group(self, data: Mapping[str, Any], group: str, inner: list[tuple[Part, int]]) -> tuple[Part, int]:
        key = json.dumps(_form_of(data), sort_keys=True)
        if key not in self._groups:
            part = Part(f"group {len(self._groups)}", {truth: (True, (truth,)) for truth in (HOLDS, FAILS)})
            step = max(step for _, step in inner)
            self._groups[key] = part, step
            self._steps += [[] for _ in range(step + 1 - len(self._steps))]
            self._steps[step] += _group(part.name, group, [item for item, _ in inner])
        part, step = self._groups[key]
        return _presumed(part, data.get("unless-stated"), UNKNOWN), step + 1

    def _leaf(self, data: Mapping[str, Any]) -> tuple[Part, int]:
        return _presumed(self._test(_form_of(data)), data.get("unless-stated"), NOT_STATED), 0

    def _test(self, form: Mapping[str, Any]) -> Part:
        """The test of one fact. Membership of a class, dates and numbers are decided before, text is compared here."""
        name = form["fact"]
        operator = next((key for key in form if key != "fact"), "nothing")
        if operator in _DECIDED:
            asked = f"{name} {operator} {form[operator]}"
            self._decided[asked] = name, operator, form[operator]
            return Part(asked, {truth: (True, (truth,)) for truth in (HOLDS, FAILS)})
        if operator not in _EQUAL or form[operator] == []:
            raise EngineError(f"the second engine does not know the test `{operator}` of `{name}`")
        words = tuple(map(_word, form[operator] if isinstance(form[operator], list) else [form[operator]]))
        self._values.setdefault(name, set()).update(words)
        named = _EQUAL[operator]
        return Part(name, {named: (True, words), _OTHER[named]: (False, (NOT_STATED, *words))})


def _form_of(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: data[key] for key in _FORM if key in data}


def _presumed(part: Part, presumed: bool | None, unknown: str) -> Part:
    """A part that is taken to hold, or to fail, where it is unknown."""
    if presumed is None:
        return part
    among, words = part.truths[_MET[presumed]]
    words = (*words, unknown) if among else tuple(word for word in words if word != unknown)
    return Part(part.name, {**part.truths, _MET[presumed]: (among, words)})


def _group(name: str, group: str, parts: list[Part]) -> Iterator[Rule]:
    """`all` holds if every part does and fails if any part fails; `any` the other way about; `none` denies `any`."""
    every, some, of_some = {"all": (HOLDS, FAILS, FAILS), "any": (FAILS, HOLDS, HOLDS), "none": (HOLDS, FAILS, HOLDS)}[
        group
    ]
    yield (name, every), [test for part in parts for test in part.tests(_OTHER[of_some])]
    for part in parts:
        yield (name, some), part.tests(of_some)


def _routes(strict: list[Part], arrangements: list[Part]) -> Iterator[Rule]:
    """The four states of a route; in every case one of them fires, and no other."""
    met = [test for part in strict for test in part.tests(HOLDS)]
    yield OPEN, [*met, *(test for part in arrangements for test in part.tests(HOLDS))]
    for part in arrangements:
        yield AVAILABLE, [*met, *part.isnt(HOLDS)]
    for part in strict:
        yield BARRED, part.tests(FAILS)
        others = [test for other in strict if other is not part for test in other.isnt(FAILS)]
        yield UNKNOWN, [*part.tests(UNKNOWN), *others]


def _word(value: Any) -> str:
    """A value as a word that cannot be mistaken for one of another type, nor for what is not stated."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"number {float(value)}" if isinstance(value, (int, float)) else f"text {value}"


def _only(found: list[str]) -> str:
    if len({*found}) != 1:
        raise EngineError(f"the second engine gives {' and '.join(sorted({*found})) or 'no answer'}")
    return found[0]


def _cut(kind: str, rules: Iterable[Rule]) -> list[Rules]:
    """Rulesets small enough for the engine."""
    shards: list[list[Rule]] = []
    room = 0
    for rule in rules:
        size = max((len(test.get("$or", [test])) for test in rule[1]), default=1)
        if size > MOST_TESTS:
            raise EngineError(f"a rule asks for any of {size} values; the second engine can take {MOST_TESTS}")
        if not shards or size > room or len(shards[-1]) == MOST_RULES:
            shards.append([])
            room = MOST_TESTS
        shards[-1].append(rule)
        room -= size
    return [Rules(kind, shard) for shard in shards]


def check_names(names: list[str]) -> None:
    """Raises EngineError for more names than one fact can have, and for names that the engine takes for one: it compares
    them by a hash of 32 bits alone."""
    if len(names) > MOST_NAMES:
        raise EngineError(f"a rule asks {len(names)} things; the second engine can take {MOST_NAMES}")
    seen = {_hash(name): name for name in _OWN}
    for name in names:
        if _hash(name) in seen or not name.isascii():
            other = seen.get(_hash(name), "another")
            raise EngineError(f"the second engine cannot tell the name `{name}` from `{other}`")
        seen[_hash(name)] = name


def _hash(name: str) -> int:
    """The hash by which the engine compares names (FNV-1a, 32 bits)."""
    value = 2166136261
    for byte in name.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


def version() -> str:
    """The version of durable-rules, from the name of the folder beside it: to read it properly takes 15 ms."""
    beside = os.listdir(os.path.dirname(os.path.dirname(engine.__file__)))
    found = [name for name in beside if name.startswith("durable_rules-") and name.endswith(".dist-info")]
    return found[0].removeprefix("durable_rules-").removesuffix(".dist-info") if found else ""
