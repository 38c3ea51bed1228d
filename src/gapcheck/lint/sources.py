"""Whether the law is checked and of the right kind: dates of check, registers and the law of their kind, force."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gapcheck.engine.person import ACCREDITED, STATUTORY
from gapcheck.engine.tasks import STATUTE
from gapcheck.errors import Problem, nearest
from gapcheck.law.conditions import conditions_of, leaves
from gapcheck.law.draft import At, Data, DraftLawbook, listed
from gapcheck.lint import codes


def check(draft: DraftLawbook) -> Iterator[Problem]:
    """Every problem of this kind."""
    yield from _checks(draft)
    yield from _register_laws(draft)
    yield from _register_kinds(draft)
    yield from _forces(draft)
    yield from _unread(draft)


_UNREAD = re.compile(
    r"\b(?:was|were|has been|have been|been) not (?:read|seen)\b|\bnot been (?:read|seen)\b|\b(?:is|are) believed\b",
    re.I,
)


def _unread(draft: DraftLawbook) -> Iterator[Problem]:
    """A rule of a statute that may open, and says in its own words that law which bears on it was not read."""
    facts = draft.data["facts"]
    for identity, rule in draft.rules():
        if rule["force"] != STATUTE or rule.get("undetermined") or _announced(draft, rule):
            continue
        asks = {test["fact"] for condition in conditions_of(rule) for test in leaves(condition)}
        if any(facts.get(fact, {}).get("law-not-read") for fact in asks):
            continue
        for key in ("title", "reading", "limits"):
            if _UNREAD.search(rule.get(key, "")):
                said = f"`{identity}` opens, and its `{key}` says that law was not read"
                yield draft.say(codes.OPENS_UNREAD, At("rules", identity, (key,)), said)


def _announced(draft: DraftLawbook, rule: Data) -> bool:
    """Whether the rule waits for a day that was only announced; every answer then says so."""
    return any(draft.provision(entry).get("commencement") == "announced" for entry in rule["law"])


def _checks(draft: DraftLawbook) -> Iterator[Problem]:
    """The date of the last check of each instrument, and of each provision that has one of its own."""
    year_ago = f"{int(draft.as_at[:4]) - 1:04d}{draft.as_at[4:]}"
    for identity, item in draft.data["instruments"].items():
        yield from _checked(draft, "instruments", identity, item.get("checked", ""), year_ago)
        for provision in item["provisions"]:
            if "checked" in provision:
                name = f"{identity}/{provision['id']}"
                yield from _checked(draft, "provisions", name, provision["checked"], year_ago)


def _checked(draft: DraftLawbook, kind: str, identity: str, checked: str, year_ago: str) -> Iterator[Problem]:
    if checked and checked < year_ago:
        message = f"the text of `{identity}` was last checked on {checked}, more than a year before {draft.as_at}"
        help = "read the text again, mend what has changed, and put the new date"
        yield draft.say(codes.OLD_CHECK, At(kind, identity, ("checked",)), message, help)
    if checked > draft.as_at:
        message = f"the text of `{identity}` is said to have been checked on {checked}, which is after {draft.as_at}"
        yield draft.say(
            codes.CHECK_TO_COME, At(kind, identity, ("checked",)), message, "put the day on which it was read"
        )


def _register_laws(draft: DraftLawbook) -> Iterator[Problem]:
    """A register rests on the provision that makes registers of its kind, and on that of no other kind."""
    kinds = {
        kind: {f"{about['law']['instrument']}/{name}" for name in about["law"]["provisions"]}
        for kind, about in draft.data.get("register-kinds", {}).items()
    }
    for names in kinds.values():
        for name in sorted(names - set(draft.data["provisions"])):
            help = nearest(name, draft.data["provisions"])
            yield Problem(
                "lawbook.yaml", 1, f"`register-kinds` names `{name}`, which is no provision", help, codes.DANGLING
            )
    for identity, register in draft.data["registers"].items():
        cited = {entry["provision"] for entry in register["law"]}
        wanted = kinds.get(register["kind"], set())
        wrong = {kind for kind, names in kinds.items() if kind != register["kind"] and names & cited}
        if wanted - cited:
            message = f"`{identity}` is marked {register['kind']}, but does not cite {listed(sorted(wanted - cited))}"
            help = "mark it as the law does; a voluntary register is never statutory, whatever its name"
            yield draft.say(codes.REGISTER_LAW, At("registers", identity, ("kind",)), message, help)
        elif wrong:
            message = f"`{identity}` is marked {register['kind']}, but cites the law of a register that is {min(wrong)}"
            help = "mark it as the law does, or cite the law of its kind"
            yield draft.say(codes.REGISTER_LAW, At("registers", identity, ("law",)), message, help)


def _register_kinds(draft: DraftLawbook) -> Iterator[Problem]:
    """A profession lists its statutory registers under `registers` and its accredited ones under `accredited`."""
    registers = draft.data["registers"]
    for identity, profession in draft.data["professions"].items():
        for index, entry in enumerate(profession["registers"]):
            kind = registers[entry["register"]]["kind"]
            if kind != STATUTORY:
                message = f"`{identity}` has `{entry['register']}` among its statutory registers, and that is {kind}"
                help = "list it where its kind belongs, or mend the kind in registers.yaml"
                yield draft.say(codes.REGISTER_KIND, At("professions", identity, ("registers", index)), message, help)
        for register in profession.get("accredited", ()):
            kind = registers[register]["kind"]
            if kind != ACCREDITED:
                message = f"`{identity}` has `{register}` among its accredited registers, and that is {kind}"
                help = "list it where its kind belongs, or mend the kind in registers.yaml"
                yield draft.say(codes.REGISTER_KIND, At("professions", identity, ("accredited",)), message, help)


def _forces(draft: DraftLawbook) -> Iterator[Problem]:
    """What is said to be statute rests on a statute, and what is said to be a framework on something that is none."""
    for kind in ("rules", "acts"):
        for identity, item in draft.data[kind].items():
            statutes = [draft.provision(entry)["kind"] == STATUTE for entry in item["law"]]
            fits = any(statutes) if item["force"] == STATUTE else not all(statutes)
            if not fits:
                rests = "no statute" if item["force"] == STATUTE else "statute alone"
                message = f"`{identity}` is said to be {item['force']}, but rests on {rests}"
                help = "mend the force, or cite the law on which it rests"
                yield draft.say(codes.FORCE, At(kind, identity, ("force",)), message, help)
