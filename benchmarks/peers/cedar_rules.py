"""Cedar (cedarpy): a policy for each rule and state; the policies that permit a request say which states hold."""

from __future__ import annotations

import cedarpy

from benchmarks.peers.form import Case, Formula, Rules


class Peer:
    """The rules as policies, parsed once; the cases of a profile go in one batch."""

    name = "Cedar"

    def __init__(self, rules: Rules) -> None:
        policies, self._of = [], {}
        self._rules: dict[str, list[str]] = {}
        for rule in rules.rules:
            self._rules.setdefault(rule.act, []).append(rule.id)
            for state, formula in rule.states():
                self._of[f"policy{len(policies)}"] = (rule.id, state)
                policies.append(
                    f'permit(principal, action == Action::"{rule.act}", resource) when {{ {_text(formula)} }};'
                )
        self._policies = cedarpy.PolicySet.from_str("\n".join(policies))
        self._entities = cedarpy.Entities.from_json_str("[]")

    def decide(self, cases: list[Case]) -> list[dict[str, str]]:
        """The state of each rule of the act of each case."""
        requests = [
            {"principal": 'P::"p"', "action": f'Action::"{case.act}"', "resource": 'R::"r"', "context": case.words}
            for case in cases
        ]
        results = cedarpy.is_authorized_batch(requests, self._policies, self._entities)
        found = []
        for case, result in zip(cases, results, strict=True):
            states = dict.fromkeys(self._rules[case.act], "unknown")
            states.update(self._of[reason] for reason in result.diagnostics.reasons)
            found.append(states)
        return found


def _text(formula: Formula) -> str:
    kind = formula[0]
    if kind in ("and", "or"):
        if not formula[1]:
            return "true" if kind == "and" else "false"
        return f"({(' && ' if kind == 'and' else ' || ').join(map(_text, formula[1]))})"
    _, fact, words = formula
    if len(words) == 1:
        return f'context["{fact}"] {"==" if kind == "in" else "!="} "{words[0]}"'
    listed = ", ".join(f'"{word}"' for word in words)
    return f'{"" if kind == "in" else "!"}[{listed}].contains(context["{fact}"])'
