"""GoRules zen-engine: a decision for each act, with an expression for each rule."""

from __future__ import annotations

import json

import zen

from benchmarks.peers.form import Case, Formula, Rules, name_of


class Peer:
    """The rules as decisions of the JSON decision model."""

    name = "zen-engine"

    def __init__(self, rules: Rules) -> None:
        engine = zen.ZenEngine()
        self._names = {fact: name_of(fact) for fact in rules.facts}
        self._ids = {name_of(rule.id): rule.id for rule in rules.rules}
        acts: dict[str, list[dict[str, str]]] = {}
        for number, rule in enumerate(rules.rules):
            value = "'unknown'"
            for state, formula in rule.states():
                value = f"({_text(formula)}) ? '{state}' : ({value})"
            acts.setdefault(rule.act, []).append({"id": f"e{number}", "key": name_of(rule.id), "value": value})
        self._acts = {
            act: engine.create_decision(json.dumps(_decision(expressions))) for act, expressions in acts.items()
        }

    def decide(self, cases: list[Case]) -> list[dict[str, str]]:
        """The state of each rule of the act of each case."""
        names, found = self._names, []
        for case in cases:
            result = self._acts[case.act].evaluate({names[fact]: word for fact, word in case.words.items()})["result"]
            found.append({self._ids[key]: state for key, state in result.items()})
        return found


def _decision(expressions: list[dict[str, str]]) -> dict[str, object]:
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "content": {}},
        {"id": "ask", "type": "expressionNode", "name": "ask", "content": {"expressions": expressions}},
        {"id": "out", "type": "outputNode", "name": "out", "content": {}},
    ]
    edges = [
        {"id": "a", "sourceId": "in", "targetId": "ask", "type": "edge"},
        {"id": "b", "sourceId": "ask", "targetId": "out", "type": "edge"},
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def _text(formula: Formula) -> str:
    kind = formula[0]
    if kind in ("and", "or"):
        return f"({f' {kind} '.join(map(_text, formula[1]))})" if formula[1] else ("true" if kind == "and" else "false")
    name, words = name_of(formula[1]), formula[2]
    if len(words) == 1:
        return f"{name} {'==' if kind == 'in' else '!='} '{words[0]}'"
    return f"({name} {'in' if kind == 'in' else 'not in'} [{', '.join(repr(word) for word in words)}])"
