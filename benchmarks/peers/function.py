"""A hand-written Python function, as an engineer would write it: one function an act, generated here from the rules."""

from __future__ import annotations

from typing import Any

from benchmarks.peers.form import Case, Formula, Rules


class Peer:
    """The rules as Python source, compiled by Python itself."""

    name = "Python function"

    def __init__(self, rules: Rules) -> None:
        lines = []
        acts: dict[str, list[str]] = {}
        for rule in rules.rules:
            body = acts.setdefault(rule.act, [])
            if rule.undetermined:
                body.append(f"    out[{rule.id!r}] = 'unknown'")
                continue
            body.append(
                f"    out[{rule.id!r}] = 'barred' if {_text(rule.barred)} else "
                f"(('open' if {_text(rule.in_place)} else 'available') if {_text(rule.right)} else 'unknown')"
            )
        for number, body in enumerate(acts.values()):
            lines += [f"def act_{number}(f):", "    out = {}", *body, "    return out"]
        names: dict[str, Any] = {}
        exec("\n".join(lines), names)  # noqa: S102  the text is made of the lawbook
        self._acts = {act: names[f"act_{number}"] for number, act in enumerate(acts)}

    def decide(self, cases: list[Case]) -> list[dict[str, str]]:
        """The state of each rule of the act of each case."""
        return [self._acts[case.act](case.words) for case in cases]


def _text(formula: Formula) -> str:
    kind = formula[0]
    if kind in ("and", "or"):
        return f"({f' {kind} '.join(map(_text, formula[1]))})" if formula[1] else str(kind == "and")
    words = formula[2]
    if len(words) == 1:
        return f"f[{formula[1]!r}] {'==' if kind == 'in' else '!='} {words[0]!r}"
    return f"f[{formula[1]!r}] {'in' if kind == 'in' else 'not in'} {{{', '.join(map(repr, words))}}}"
