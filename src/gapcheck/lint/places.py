"""Whether the extents of rules, acts and their law fit: no nation without law, none left out."""

from __future__ import annotations

from collections.abc import Iterator

from gapcheck.errors import Problem
from gapcheck.law.draft import At, Data, DraftLawbook, conditions, listed
from gapcheck.law.windows import uncovered, window
from gapcheck.lint import codes


def check(draft: DraftLawbook) -> Iterator[Problem]:
    """Every problem of this kind."""
    for identity, rule in draft.rules():
        yield from _without_law(draft, At("rules", identity, ("law",)), rule["law"], rule["extent"])
        for path, condition in conditions(rule):
            if "law" in condition:
                yield from _without_law(draft, At("rules", identity, (*path, "law")), condition["law"], rule["extent"])
        yield from _left_out(draft, identity, rule)
    for identity, item in draft.data["classes"].items():
        nations = dict.fromkeys(nation for member in item["members"] for nation in member.get("extent", ()))
        yield from _without_law(draft, At("classes", identity, ("law",)), item["law"], list(nations))
    for identity, act in draft.data["acts"].items():
        yield from _without_law(draft, At("acts", identity, ("law",)), act["law"], list(act.get("covered", {})))


def _without_law(draft: DraftLawbook, at: At, law: list[Data], nations: list[str]) -> Iterator[Problem]:
    """Nations for which no provision is the law, and provisions cited for nations to which they do not extend."""
    reached: set[str] = set()
    for entry in law:
        extent = draft.provision(entry)["extent"]
        beyond = [nation for nation in entry["extent"] or () if nation not in extent]
        reached.update(extent if entry["extent"] is None else entry["extent"])
        if beyond:
            message = f"`{at.identity}` cites `{entry['provision']}` for {listed(beyond)}, where it does not extend"
            yield draft.say(codes.NO_LAW_THERE, at, message, "cite the law of that nation")
    bare = [nation for nation in nations if nation not in reached]
    if bare:
        message = f"`{at.identity}` applies in {listed(bare)}, where no provision that it cites here extends"
        help = "cite the law of that nation, or take the nation out"
        yield draft.say(codes.NO_LAW_THERE, at, message, help)


def _left_out(draft: DraftLawbook, identity: str, rule: Data) -> Iterator[Problem]:
    """A nation to which the whole law of a rule extends, and for which no rule of that law says what holds there."""
    reach = _reach(draft, rule)
    left = [
        nation
        for nation in draft.data["nations"]
        if nation in reach and nation not in rule["extent"] and not _elsewhere(draft, rule, nation)
    ]
    if left:
        message = f"`{identity}` leaves out {listed(left)}, to which its law extends, and no other rule is for it there"
        help = "add the nation, write the rule that holds there, or give the provision its true extent"
        yield draft.say(codes.NATION_LEFT_OUT, At("rules", identity, ("extent",)), message, help)


def _reach(draft: DraftLawbook, rule: Data) -> set[str]:
    """The nations to which the law of a rule extends as a whole: all that it cites for every nation, and any of what it
    cites for some of them."""
    common = set(draft.data["nations"])
    some: set[str] = set()
    for entry in rule["law"]:
        extent = set(draft.provision(entry)["extent"])
        if entry["extent"] is None:
            common &= extent
        else:
            some |= extent & set(entry["extent"])
    return common & some if some else common


def _elsewhere(draft: DraftLawbook, rule: Data, nation: str) -> bool:
    """Whether rules of the same law, for other nations, say what holds in a nation all the while."""
    laws = _instruments(rule)
    others = [
        window(other)
        for _, other in draft.rules()
        if nation in other["extent"]
        and not set(other["extent"]) & set(rule["extent"])
        and set(other["acts"]) & set(rule["acts"])
        and _instruments(other) & laws
    ]
    return uncovered(window(rule), others) is None


def _instruments(rule: Data) -> set[str]:
    return {entry["provision"].partition("/")[0] for entry in rule["law"]}
