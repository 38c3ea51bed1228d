"""The kinds of property that are about when and where the law is in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, cast

from gapcheck.engine.routes import OPEN
from gapcheck.law.conditions import conditions_of, leaves
from gapcheck.law.dated import FOREVER, Law
from gapcheck.space.case import command_line
from gapcheck.space.prover import Broken, ProofResult, Prover, Spec

Rule = Mapping[str, Any]


def law_everywhere(prover: Prover, spec: Spec) -> ProofResult:
    """From the first day that the lawbook covers, every route of an act has a rule in force in every nation, but where `absent`
    says that the law knows no such route; and there it has none. The lawbook covers an act from the first day of its rules, and
    an act that has rules is reserved, and has their routes."""
    covered = 0
    for act in prover.acts(spec):
        for text, day, nation in _unreached(prover, act):
            return ProofResult(
                covered, Broken(text, (command_line(prover.law(day, nation, {}), act, {}, prover.source),))
            )
        for law in prover.laws(act, spec):
            if law.act(act).covered_from or law.nation not in law.act(act).data.get("covered", {}):
                continue  # nothing is known, or nothing is promised
            for route, rules, _ in law.act(act).routes:
                covered += 1
                if bool(rules) == _absent(spec, law, act, route):
                    what = "has a rule, and should have none" if rules else "has no rule in force"
                    text = f"the route `{route}` {what} there and then"
                    return ProofResult(covered, Broken(text, (command_line(law, act, {}, prover.source),)))
    return ProofResult(covered)


def _unreached(prover: Prover, act: str) -> Iterator[tuple[str, str, str]]:
    """What of the rules of an act the act does not reach, with a day and a nation in which it shows."""
    data = prover.book.data["acts"][act]
    for route, rules in prover.book.rules_of(act).items():
        if data["kind"] == OPEN or route not in data["routes"]:
            text = f"the act is open to anyone or does not list the route `{route}`, and the rule `{rules[0]['id']}` is of it"
            yield text, rules[0]["in-force"]["from"], rules[0]["extent"][0]
    for nation, day in data.get("covered", {}).items():
        rules = [rule for listed in prover.book.rules_of(act).values() for rule in listed if nation in rule["extent"]]
        first = min((rule["in-force"]["from"] for rule in rules), default=day)
        if first != day:
            yield (
                f"in {nation} the act is said to be covered from {day}, and its first rule begins on {first}",
                first,
                nation,
            )


def _absent(spec: Spec, law: Law, act: str, route: str) -> bool:
    return any(
        item["route"] == route
        and act in item.get("acts", (act,))
        and law.nation in item.get("nations", (law.nation,))
        and item.get("from", "") <= law.date <= item.get("to", "9999")
        for item in spec.get("absent", ())
    )


def rules_follow_their_law(prover: Prover, spec: Spec) -> ProofResult:
    """A rule begins with a provision that it cites, with what the lawbook covers, or after another rule of its route; it ends
    with a provision, or before another rule, and does not outlive its law. `amended` lists the days on which an amendment began
    a rule. It applies where its provisions extend, but for the rules of `narrower`; `divided` lists rules that share the
    nations and the years out among them, so that one applies at a time."""
    covered = 0
    for rule in prover.book.data["rules"].values():
        if rule["id"] in prover.rules:
            for nation in prover.book.data["nations"]:
                covered += 1
                for text, day in _strays(prover, spec, rule, nation):
                    line = command_line(prover.law(day, nation, {}), rule["acts"][0], {}, prover.source)
                    return ProofResult(covered, Broken(f"the rule `{rule['id']}` {text}", (line,)))
    return ProofResult(covered)


def _strays(prover: Prover, spec: Spec, rule: Rule, nation: str) -> Iterator[tuple[str, str]]:
    """How a rule departs from its law in a nation, with a day on which it shows."""
    windows = list(_windows(prover, rule, nation))
    here = nation in rule["extent"]
    window = rule["in-force"]
    narrower = any(nation not in item["nations"] for item in _named(spec, "narrower", rule))
    elsewhere = any(nation in other["extent"] for other in _sharing(prover, spec, rule))
    if here != (bool(windows) and not narrower) and not (windows and elsewhere):
        what = f"applies in {nation}, and its law does not" if here else f"does not apply in {nation}, and its law does"
        yield what, window.get("to") or window["from"]
    if not here:
        return
    data = prover.book.data
    for other in _sharing(prover, spec, rule):
        if nation in other["extent"] and _overlap(window, other["in-force"]):
            yield (
                f"applies in {nation} beside the rule `{other['id']}`, and one of the two does at a time",
                window["from"],
            )
    last = max((item.get("to", FOREVER) for item in windows), default=FOREVER)
    if window.get("to", FOREVER) > last:
        yield f"outlives its law, which ended on {last}", _shift(last, 1)
    others = [item["in-force"] for item in _others(prover, rule, nation)]
    starts = {item["from"] for item in windows if "from" in item} | {
        _shift(item["to"], 1) for item in others if "to" in item
    }
    starts |= {data["acts"][act].get("covered", {}).get(nation, "") for act in rule["acts"]}
    starts |= {item["from"] for item in _named(spec, "amended", rule)}
    if window.get("from", "") not in starts:
        before = [day for day in starts if "" < day < window["from"]]
        yield f"begins on {window['from']}, and no law of it does", max(before, default=window["from"])
    ends = {item["to"] for item in windows if "to" in item} | {
        _shift(item["from"], -1) for item in others if "from" in item
    }
    if "to" in window and window["to"] not in ends:
        yield (
            f"ends on {window['to']}, and no law of it does",
            min((day for day in ends if day > window["to"]), default=window["to"]),
        )


def _sharing(prover: Prover, spec: Spec, rule: Rule) -> Iterator[Rule]:
    """The rules with which a rule shares the nations and the years of an act."""
    for item in _named(spec, "divided", rule):
        for identity in item["rules"]:
            other = prover.book.data["rules"][identity]
            if identity != rule["id"] and set(rule["acts"]) & set(other["acts"]):
                yield other


def _overlap(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return one.get("from", "") <= other.get("to", FOREVER) and other.get("from", "") <= one.get("to", FOREVER)


def _windows(prover: Prover, rule: Rule, nation: str) -> Iterator[Mapping[str, str]]:
    """When the provisions that a rule cites are in force in a nation."""
    for entry in rule["law"]:
        provision = prover.book.data["provisions"][entry["provision"]]
        if nation in _extent(prover, entry):
            yield cast("Mapping[str, str]", provision["in-force"])


def _others(prover: Prover, rule: Rule, nation: str) -> Iterator[Rule]:
    for act in rule["acts"]:
        for other in prover.book.rules_of(act).get(rule["route"], ()):
            if other["id"] != rule["id"] and nation in other["extent"]:
                yield other


def _named(spec: Spec, key: str, rule: Rule) -> list[Any]:
    return [item for item in spec.get(key, ()) if rule["id"] in item["rules"]]


def _shift(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def lists_follow_their_law(prover: Prover, spec: Spec) -> ProofResult:
    """Whatever a list names it names in each nation to which the law of the list extends, and in no other, but for the members
    of `narrower`."""
    covered = 0
    data = prover.book.data
    for identity, item in data["classes"].items():
        nations = {nation for entry in item["law"] for nation in _extent(prover, entry)}
        for member in dict.fromkeys(entry["id"] for entry in item["members"]):
            covered += 1
            here = {nation for entry in item["members"] if entry["id"] == member for nation in _where(prover, entry)}
            wanted = nations.intersection(*_limits(spec, identity, member))
            if here != wanted:
                nation = min(here ^ wanted)
                says = ("does not name", "does") if nation in wanted else ("names", "does not")
                text = f"the list `{identity}` {says[0]} `{member}` in {nation}, and its law {says[1]}"
                return ProofResult(covered, Broken(text, tuple(_asking(prover, identity, member, nation))))
    return ProofResult(covered)


def _extent(prover: Prover, entry: Mapping[str, Any]) -> list[str]:
    provision = prover.book.data["provisions"][entry["provision"]]
    nations: list[str] = entry["extent"] or provision["extent"]
    return nations


def _where(prover: Prover, member: Mapping[str, Any]) -> list[str]:
    nations: list[str] = member.get("extent") or list(prover.book.data["nations"])
    return nations


def _limits(spec: Spec, identity: str, member: str) -> list[set[str]]:
    found = [item for item in spec.get("narrower", ()) if identity in item["lists"]]
    return [set(item["nations"]) for item in found if member in item.get("members", (member,))]


def _asking(prover: Prover, identity: str, member: str, nation: str) -> Iterator[str]:
    """The command that asks about a member of a list, of an act of a rule that tests the list."""
    item = prover.book.data["classes"][identity]
    fact = {"profession": "holder.profession"}.get(item["of"], item["of"])
    for rule in prover.book.data["rules"].values():
        if any(identity in (leaf.get("in-class"), leaf.get("not-in-class")) for leaf in _tests(rule)):
            days = [entry["from"] for entry in item["members"] if entry["id"] == member and "from" in entry]
            day = max([rule["in-force"]["from"], *days])
            yield command_line(prover.law(day, nation, {}), rule["acts"][0], {fact: member}, prover.source)
            return


def _tests(rule: Rule) -> Iterator[Mapping[str, Any]]:
    return (leaf for condition in conditions_of(rule) for leaf in leaves(condition))
