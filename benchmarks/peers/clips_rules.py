"""CLIPS (clipspy): a Rete engine; a case is one fact, a rule and state is one defrule."""

from __future__ import annotations

import clips

from benchmarks.peers.form import Case, Formula, Rules, name_of


class Peer:
    """The rules as CLIPS constructs. What holds of single facts stands in the pattern, groups of alternatives in a test."""

    name = "CLIPS"

    def __init__(self, rules: Rules) -> None:
        self._env = clips.Environment()
        self._fired: list[tuple[int, str, str]] = []
        self._env.define_function(lambda case, rule, state: self._fired.append((case, rule, state)), "fired")
        slots = " ".join(f"(slot {name_of(fact)})" for fact in rules.facts)
        self._env.build(f"(deftemplate case (slot number) (slot act) {slots})")
        self._names = {fact: name_of(fact) for fact in rules.facts}
        for number, rule in enumerate(rules.rules):
            for state, formula in rule.states():
                self._env.build(_rule(f"r{number}-{state}", rule.act, rule.id, state, formula))
        self._template = self._env.find_template("case")
        self._rules: dict[str, list[str]] = {}
        for rule in rules.rules:
            self._rules.setdefault(rule.act, []).append(rule.id)

    def decide(self, cases: list[Case]) -> list[dict[str, str]]:
        """The state of each rule of the act of each case."""
        self._env.reset()
        self._fired.clear()
        for number, case in enumerate(cases):
            slots = {self._names[fact]: word for fact, word in case.words.items()}
            self._template.assert_fact(number=number, act=case.act, **slots)
        self._env.run()
        found = [dict.fromkeys(self._rules[case.act], "unknown") for case in cases]
        for number, rule, state in self._fired:
            found[number][rule] = state
        return found


def _rule(name: str, act: str, rule: str, state: str, formula: Formula) -> str:
    used: set[str] = set()
    parts = _conjuncts(formula)
    groups = [_test(part, used) for part in parts if part[0] in ("and", "or")]
    leaves = [part for part in parts if part[0] in ("in", "out")]
    once = {leaf[1] for leaf in leaves if sum(other[1] == leaf[1] for other in leaves) == 1} - used
    tests = [*groups, *(_test(leaf, used) for leaf in leaves if leaf[1] not in once)]
    slots = [f"({name_of(fact)} ?{name_of(fact)})" for fact in sorted(used)]
    for kind, fact, words in (leaf for leaf in leaves if leaf[1] in once):
        among = "|".join(f'"{word}"' for word in words)
        others = "&".join(f'~"{word}"' for word in words)
        slots.append(f"({name_of(fact)} {among if kind == 'in' else others})")
    test = f"(test (and TRUE {' '.join(tests)}))" if tests else ""
    return (
        f'(defrule {name} (case (number ?n) (act "{act}") {" ".join(slots)}) {test} => (fired ?n "{rule}" "{state}"))'
    )


def _conjuncts(formula: Formula) -> list[Formula]:
    return [leaf for part in formula[1] for leaf in _conjuncts(part)] if formula[0] == "and" else [formula]


def _member(fact: str, words: list[str]) -> str:
    return f"(neq (member$ ?{name_of(fact)} (create$ {' '.join(words)})) FALSE)"


def _test(formula: Formula, used: set[str]) -> str:
    kind = formula[0]
    if kind in ("and", "or"):
        return f"({kind} {'TRUE TRUE' if kind == 'and' else 'FALSE FALSE'} {' '.join(_test(part, used) for part in formula[1])})"
    used.add(formula[1])
    member = _member(formula[1], [f'"{word}"' for word in formula[2]])
    return member if kind == "in" else f"(not {member})"
