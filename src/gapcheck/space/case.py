"""A case as the question that a person would put: the `gapcheck can` line that reproduces it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from gapcheck.engine.person import CURRENT, OWN_ROLE
from gapcheck.law.conditions import Facts
from gapcheck.law.dated import Law
from gapcheck.profile.model import REGISTERED
from gapcheck.space.facts import LISTED

LAPSED = "lapsed"


def command_line(law: Law, act: str, facts: Facts, rules: Sequence[str] = ()) -> str:
    """The command that asks whether an act may be done in a case. `rules`: its folders, if not the packaged."""
    words = ["gapcheck", "can", act, *_person(law, facts), *_case(law, facts), "--as-at", law.date]
    if law.nation != law.book.data["assumes"]["nation"]:
        words += ["--nation", law.nation]
    for name, reading in sorted(law.readings.items()):
        if reading != law.book.data["interpretations"][name]["default"]:
            words += ["--interpretation", f"{name}={reading}"]
    for reform in law.reforms:
        words += ["--reform", reform]
    return shlex.join([*words, *(word for folder in rules for word in ("--rules", folder))])


def _person(law: Law, facts: Facts) -> Iterator[str]:
    if facts.get(OWN_ROLE) is False:
        yield from _in_another_role(law, facts)
    else:
        if "holder.profession" in facts:
            yield from ("--profession", facts["holder.profession"])
        if facts.get("holder.statutory-registration") == CURRENT:
            yield from ("--registered", facts["holder.register"])
        elif not any(value for name, value in facts.items() if name.startswith("registration.")):
            yield from ("--registered", "none")  # a register that nobody speaks of would be asked for
    for name, value in facts.items():
        kind, _, identity = name.partition(".")
        if kind == "registration" and value:
            yield from ("--registered", identity)
    for kind in LISTED:
        listed = {name: value for name, value in facts.items() if name.startswith(f"{kind}.")}
        for name in (name for name, value in listed.items() if value):
            yield from (f"--{kind}", name.partition(".")[2])
        if False in listed.values():
            yield from (f"--{kind}", "none")


def _in_another_role(law: Law, facts: Facts) -> Iterator[str]:
    """Somebody in a post of a profession without a register, who is or was on a register as another."""
    held_as, professions = facts["holder.profession"], law.book.data["professions"]
    post = next(item for item in professions if item != held_as and not professions[item]["registers"])
    current = facts.get("holder.statutory-registration") == CURRENT
    kept = [*law.registers_of(held_as), *professions[held_as].get("accredited", ())]
    register, status = (facts["holder.register"], REGISTERED) if current else (kept[0], LAPSED)
    yield from ("--profession", post, "--registered", f"{register}:{status}:{held_as}")


def _case(law: Law, facts: Facts) -> Iterator[str]:
    data = law.book.data
    own = law.medicine(facts.get("medicine", ""))
    if "medicine" in facts:
        yield from ("--medicine", facts["medicine"])
    for name, value in facts.items():
        if name in ("medicine", OWN_ROLE) or name.partition(".")[0] in ("holder", "registration", *LISTED):
            continue
        if own.get(name) != value and not (name in own and data["facts"][name].get("fixed")):
            yield from ("--fact", f"{name}={str(value).lower() if isinstance(value, bool) else value}")
