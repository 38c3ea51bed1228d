"""durable-rules, as `gapcheck check --cross-check` uses it: a Rete engine, one ruleset a rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.peers.form import Case, Rules
from gapcheck.engine.crosscheck import program
from gapcheck.law.dated import Law


class Peer:
    """The rules as compiled for the second engine."""

    name = "durable-rules"

    def __init__(self, rules: Rules, law: Law, facts: Mapping[int, Mapping[str, Any]]) -> None:
        self._law = law
        self._facts = facts  # of each case, by its identity: this engine's words are made of them
        self._acts: dict[str, list[tuple[str, Any]]] = {}
        for rule in rules.rules:
            compiled = None if rule.undetermined else program(law, law.book.data["rules"][rule.id])
            self._acts.setdefault(rule.act, []).append((rule.id, compiled))

    def decide(self, cases: list[Case]) -> list[dict[str, str]]:
        """The state of each rule of the act of each case."""
        return [
            {
                rule: compiled.state(self._facts[id(case)], self._law.members) if compiled else "unknown"
                for rule, compiled in self._acts[case.act]
            }
            for case in cases
        ]
