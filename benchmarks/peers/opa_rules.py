"""Open Policy Agent's Rego (regopy, an interpreter of it in C++): a rule set an act."""

from __future__ import annotations

import json

from regopy import Interpreter

from benchmarks.peers.form import Case, Formula, Rules, name_of


class Peer:
    """The rules as Rego. The modules are compiled once for each act, and a case is asked of the compiled form."""

    name = "OPA (regopy)"

    def __init__(self, rules: Rules) -> None:
        acts: dict[str, _Module] = {}
        self._rules: dict[str, list[str]] = {}
        for rule in rules.rules:
            module = acts.setdefault(rule.act, _Module(name_of(rule.act)))
            self._rules.setdefault(rule.act, []).append(rule.id)
            for state, formula in rule.states():
                module.add(rule.id, state, formula)
        self._asked = {}
        for act, module in acts.items():
            interpreter = Interpreter()
            interpreter.add_module(act, module.text())
            entry = f"{module.package}/states"
            self._asked[act] = (interpreter, interpreter.build(f"data.{module.package}.states", [entry]), entry)

    def decide(self, cases: list[Case]) -> list[dict[str, str]]:
        """The state of each rule of the act of each case."""
        found = []
        for case in cases:
            interpreter, bundle, entry = self._asked[case.act]
            interpreter.set_input(case.words)
            output = interpreter.query_bundle_entrypoint(bundle, entry)
            states = dict.fromkeys(self._rules[case.act], "unknown")
            states.update(_object(output))
            found.append(states)
        return found


def _object(output: object) -> dict[str, str]:
    data = json.loads(str(output))
    expressions = data["expressions"] if isinstance(data, dict) else data[0]["expressions"]
    states: dict[str, str] = expressions[0]
    return states


class _Module:
    """The text of a module: a state for each rule, and helpers for alternatives."""

    def __init__(self, package: str) -> None:
        self.package = package
        self._lines: list[str] = []
        self._helpers = 0

    def add(self, rule: str, state: str, formula: Formula) -> None:
        body = self._body(formula)
        if body is not None:
            self._lines.append(f'states["{rule}"] := "{state}" if {{\n  ' + "\n  ".join(body or ["true"]) + "\n}")

    def text(self) -> str:
        return "\n".join([f"package {self.package}", "import rego.v1", *self._lines])

    def _body(self, formula: Formula) -> list[str] | None:
        """The lines that must all be true; None where they never are."""
        kind = formula[0]
        if kind == "and":
            bodies = [self._body(part) for part in formula[1]]
            return None if None in bodies else [line for body in bodies for line in body or []]
        if kind == "or":
            bodies = [body for body in map(self._body, formula[1]) if body is not None]
            if not bodies:
                return None
            self._helpers += 1
            name = f"helper_{self._helpers}"
            for body in bodies:
                self._lines.append(f"{name} if {{\n  " + "\n  ".join(body or ["true"]) + "\n}")
            return [name]
        _, fact, words = formula
        if len(words) == 1:
            return [f'input["{fact}"] {"==" if kind == "in" else "!="} "{words[0]}"']
        listed = ", ".join(f'"{word}"' for word in words)
        return [f'{"" if kind == "in" else "not "}input["{fact}"] in {{{listed}}}']
