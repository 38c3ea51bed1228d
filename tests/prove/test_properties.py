"""Each property holds of the packaged lawbook, and fails on a lawbook that is broken for it, with a command that shows it."""

from __future__ import annotations

import copy
import shlex
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from gapcheck import Lawbook
from gapcheck.commands.can import command as can
from gapcheck.engine.answers import ask
from gapcheck.findings.data import answer_data
from gapcheck.law.indexes import add_indexes
from gapcheck.profile.question import question
from gapcheck.prove.run import KINDS, prove
from tests.conftest import ROOT

BOOK = Lawbook.load(ROOT / "rules")
Change = tuple[str, str, tuple[str | int, ...], Any]  # kind, id, path, and a value, an addition or GONE
GONE = object()


class Added:
    """Something to add to a list."""

    def __init__(self, item: Any) -> None:
        self.item = item


def broken(changes: Iterable[Change]) -> Lawbook:
    """The packaged lawbook with some things changed."""
    data = {key: dict(value) if isinstance(value, Mapping) else value for key, value in BOOK.data.items()}
    for kind, identity, path, value in changes:
        item = data[kind][identity] = copy.deepcopy(data[kind][identity])
        for step in path[:-1]:
            item = item[step]
        if value is GONE:
            del item[path[-1]]
        elif isinstance(value, Added):
            item[path[-1]].append(value.item)
        else:
            item[path[-1]] = value
    data["rules"] = {key: {**rule, "examples": data["examples"][key]} for key, rule in data["rules"].items()}
    add_indexes(data)
    return Lawbook(data, "broken")


def touched(changes: Iterable[Change]) -> list[str] | None:
    """The rules that changes are made in or that name the lists that they are made in; None where they may touch all."""
    kinds = {kind: {identity for what, identity, _, _ in changes if what == kind} for kind, *_ in changes}
    if not kinds.keys() <= {"rules", "classes"}:
        return None
    lists = kinds.get("classes", set())
    named = [key for key, item in BOOK.data["rules"].items() if any(f"'{name}'" in repr(item) for name in lists)]
    return [*kinds.get("rules", ()), *named]


def at(rule: str, part: str, fact: str) -> tuple[str, int]:
    """Where a rule has its condition on a fact."""
    names = [item.get("about") or item["fact"] for item in BOOK.data["rules"][rule][part]]
    return part, names.index(fact)


def member(group: str, identity: str) -> tuple[str, int]:
    return "members", [item["id"] for item in BOOK.data["classes"][group]["members"]].index(identity)


def rule(identity: str, part: str, fact: str, *path: str | int, value: Any = GONE) -> Change:
    return "rules", identity, (*at(identity, part, fact), *path), value


REGISTERED = {"fact": "holder.statutory-registration", "is": "current", "as": "register", "says": "is registered"}
UNREGISTERED = {"fact": "holder.statutory-registration", "is": "none", "says": "is not registered"}
ANY_REGISTER = {
    "any": [REGISTERED, {"fact": "registration.rct", "is": True}],
    "about": "holder.statutory-registration",
    "as": "register",
    "says": "is on a register",
}
IMPOSSIBLE = {"fact": "emergency", "is": False, "says": "is no emergency"}
ONLY_NURSES = {"fact": "holder.profession", "is": "nurse", "as": "cannot", "says": "is a nurse"}
BREAKS: dict[str, list[Change]] = {
    "irmer-needs-a-statutory-register": [rule("referrer", "holder", "holder.statutory-registration")],
    "registered-professionals-may-be-entitled": [("rules", "practitioner", ("holder",), Added(ONLY_NURSES))],
    "social-workers-are-not-health-professionals": [rule("referrer", "holder", "holder.profession")],
    "anyone-may-be-operator": [("rules", "operator", ("holder",), Added(REGISTERED))],
    "two-sets-of-irmer-regulations-agree": [rule("operator-ni", "arrangements", "arrangement.training-recorded")],
    "directions-for-groups-have-closed-lists": [("classes", "pgd-classes", member("pgd-classes", "dietitian"), GONE)],
    "independent-prescribers": [
        ("classes", "ip-classes", (*member("ip-classes", "paramedic"), "from"), "2018-04-02"),
    ],
    "independent-prescribers-of-any-controlled-drug": [
        ("classes", "mdr-any-drug-prescribers", ("members",), Added({"id": "paramedic"}))
    ],
    "independent-prescribers-of-listed-controlled-drugs": [
        ("classes", "mdr-paramedic-by-injection", (*member("mdr-paramedic-by-injection", "lorazepam"), "from"), "2023-12-30")
    ],
    "controlled-drugs-under-group-directions": [
        ("classes", "mdr-pgd-classes", member("mdr-pgd-classes", "orthoptist"), GONE)
    ],
    "schedule-17-has-closed-lists": [
        ("classes", "sch17-midwife-supplies", (*member("sch17-midwife-supplies", "morphine"), "from"), "2016-04-02")
    ],
    "occupational-health-vaccinators": [("classes", "oh-vaccinators-2020", ("members",), Added({"id": "podiatrist"}))],
    "medicines-that-save-life": [
        ("classes", "schedule-19-medicines", member("schedule-19-medicines", "glucagon"), GONE)
    ],
    "community-practitioners-have-a-closed-list": [
        ("classes", "sch-13-medicines", ("members",), Added({"id": "amoxicillin"}))
    ],
    "naloxone-by-profession": [("classes", "naloxone-suppliers", member("naloxone-suppliers", "midwife"), GONE)],
    "supplementary-prescribers": [("classes", "sp-classes", member("sp-classes", "optometrist"), GONE)],
    "optometrists-never-by-injection": [
        rule("optometrist-independent-prescriber", "circumstances", "medicine.parenteral")
    ],
    "prescribers-and-groups-are-registered": [rule("pgd-administration", "holder", "holder.statutory-registration")],
    "schedule-1-drugs-are-shut-out": [rule("psd-administration", "circumstances", "medicine.controlled-drug")],
    "anyone-follows-a-direction": [("rules", "psd-administration", ("holder",), Added(REGISTERED))],
    "anyone-saves-life": [
        ("classes", "schedule-19-medicines", member("schedule-19-medicines", "adrenaline"), GONE)
    ],
    "regulation-240-bars-controlled-drugs": [
        rule("medical-exposure", "circumstances", "medicine.controlled-drug", "not-in", value=["schedule-1", "schedule-2"])
    ],
    "regulation-240-and-contrast": [
        rule("medical-exposure", "circumstances", "medicine.contrast-agent", "under", value={"reg-240-contrast": "wide"})
    ],
    "regulation-240-needs-a-licensed-exposure": [rule("medical-exposure", "circumstances", "in-connection-with")],
    "titles-need-a-register": [rule("hcpc-title", "holder", "holder.statutory-registration")],
    "titles-are-reserved": [("classes", "dental-titles", (*member("dental-titles", "denturist"), "from"), "2008-08-01")],
    "titles-that-depend-on-use": [
        ("classes", "titles-to-look-into", member("titles-to-look-into", "trainee-radiographer"), GONE)
    ],
    "titles-belong-to-professions": [rule("dental-title", "holder", "holder.profession")],
    "regulation-240-and-schedule-4": [rule("medical-exposure","circumstances","controlled-drug-allowed")],
    "radioactive-medicines-before-2018": [rule("psd-administration","circumstances","radioactive-medicines-certificate")],
    "prescribers-and-groups-gave-no-radioactive-medicine-before-2018": [rule("independent-prescriber","circumstances","medicine.radioactive")],
    "group-directions-outside-the-health-service": [rule("pgd-1997","circumstances","pgd-body")],
    "pharmacists-of-the-other-part": [rule("naloxone-supply", "holder", "holder.profession")],
    "midwives-of-northern-ireland-supply-no-controlled-drug": [rule("sch17-midwife-supply", "circumstances", "nation")],
    "makers-for-own-patients": [("classes","own-patient-makers",member("own-patient-makers","pharmacist"),GONE)],
    "assemblers-for-own-patients": [rule("assembly-for-own-patient","holder","holder.profession")],
    "mixing-prescribers": [rule("mixing-by-prescriber","holder","holder.profession")],
    "anyone-makes-under-a-licence": [("rules","manufacturers-licence",("holder",),Added(REGISTERED))],
    "reg-173-is-for-the-giver": [rule("same-person-preparation","circumstances","prepared-by-giver")],
    "section-10-is-for-its-places": [rule("pharmacist-prepares","circumstances","setting")],
    "sight-testers": [rule("sight-test","holder","holder.profession")],
    "lens-fitters": [rule("contact-lens","holder","holder.profession")],
    "childbirth-attendants": [rule("attendance-at-childbirth", "holder", "holder.profession")],
    "dentistry-practisers": [rule("practice-of-dentistry","holder","holder.profession")],
    "no-title-claims-a-registration-falsely": [rule("unprotected-title","circumstances","title-claims")],
    "article-7b-bars-every-controlled-drug": [rule("medical-exposure-1997","circumstances","medicine.controlled-drug")],
    "supplementary-prescribers-came-by-steps": [("classes","sp-classes-1997",(*member("sp-classes-1997","midwife"),"from"),"2004-08-02")],
    "other-independent-prescribers-supply-listed-drugs": [rule("independent-prescriber-supply","circumstances","medicine.controlled-drug")],
    "radiation-protection-needs-no-register": [("rules","recognised-rpa",("holder",),Added(REGISTERED))],
    "nobody-under-18-is-classified": [rule("classified-work","holder","adult")],
    "two-sets-of-radiation-protection-regulations-agree": [("rules","recognised-rpa",("holder",),Added(REGISTERED))],
    "exposures-go-by-no-register": [("rules","exposure-of-patients",("circumstances",),Added(REGISTERED))],
    "registers-are-what-they-are": [("registers", "rct", ("kind",), "statutory")],
    "professions-are-regulated": [("professions", "nursing-associate", ("registers", 0, "from"), "2019-01-29")],
    "registration-never-makes-a-way-worse": [("rules", "psd-administration", ("circumstances",), Added(UNREGISTERED))],
    "registration-never-makes-a-finding-worse": [
        ("rules", identity, ("circumstances",), Added(UNREGISTERED)) for identity in ("operator", "supervised-trainee")
    ],
    "papers-never-make-a-finding-worse": [
        ("rules", "psd-administration", ("circumstances",), Added({"fact": "arrangement.pgd", "is-not": True, "says": "-"}))
    ],
    "registration-closes-what-it-is-said-to": [
        rule("referrer", "holder", "holder.statutory-registration", "as", value="cannot")
    ],
    "accredited-registration-changes-no-act": [
        rule("referrer", "holder", "holder.statutory-registration", value=ANY_REGISTER)
    ],
    "accredited-registration-and-frameworks": [
        rule("band-8", "holder", "holder.statutory-registration", value=ANY_REGISTER)
    ],
    "arrangements-never-make-a-way-worse": [
        ("rules", "psd-administration", ("circumstances",), Added({"fact": "arrangement.pgd", "is-not": True, "says": "-"}))
    ],
    "registration-of-technologists-alone": [rule("pgd-administration", "holder", "holder.profession")],
    "amendment-for-technologists-alone": [rule("pgd-administration", "holder", "holder.statutory-registration")],
    "registration-and-amendment-for-technologists": [
        ("reforms", "pgd-for-clinical-technologists", ("changes", 0, "add-member", "class"), "ip-classes")
    ],
    "registration-of-sonographers-alone": [rule("pgd-administration", "holder", "holder.profession")],
    "amendment-for-sonographers-alone": [rule("pgd-administration", "holder", "holder.statutory-registration")],
    "one-answer": [
        ("rules", "referrer", ("holder",), Added({"fact": "holder.register", "at-least": 2, "as": "cannot", "says": "-"}))
    ],
    "law-everywhere": [("rules", "psd-administration", ("extent",), ["england", "wales", "northern-ireland"])],
    "rules-follow-their-law": [("rules", "referrer", ("in-force", "from"), "2018-02-07")],
    "lists-follow-their-law": [
        ("classes", "ip-classes", (*member("ip-classes", "paramedic"), "extent"), ["england", "scotland", "wales"])
    ],
    "every-rule-opens-and-bars": [("rules", "schedule-19", ("circumstances",), Added(IMPOSSIBLE))],
    "every-condition-counts": [("rules", "referrer", ("holder",), Added(REGISTERED))],
    "remedies-mend": [rule("pgd-administration", "holder", "holder.profession", "as", value="register")],
    "directness-follows-needs": [("rules", "psd-administration", ("directness",), "standing")],
    "frameworks-never-block": [("acts", "report-dxa", ("force",), "statute")],
    "questions-settle-rules": [("facts", "emergency", ("question",), "")],
    "questions-suffice": [
        ("rules", "psd-administration", ("circumstances",),
         Added({"fact": "medicine", "is-not": "lidocaine", "unless-stated": True, "says": "-"}))
    ],
}  # fmt: skip
# What is wrong with these lawbooks does not show in what one person is told.
SILENT = {"registers-are-what-they-are", "frameworks-never-block", "questions-settle-rules", "questions-suffice"}


def answered(book: Lawbook, line: str) -> Any:
    """What the command answers, asked of a lawbook."""
    words = shlex.split(line)
    assert words[:2] == ["gapcheck", "can"]
    options = can.make_context("can", words[2:]).params
    readings = dict(item.split("=", 1) for item in options["readings"])
    law = book.at(options["as_at"], options["nation"] or "england", readings, options["reforms"])
    asked = question(book, options["act"], law.nation, options)
    try:
        answer = answer_data(ask(asked.profile, law, asked.act, asked.case(law)))
    except TypeError as error:
        return str(error)
    return {key: value for key, value in answer.items() if key != "lawbook"}


def test_every_kind_of_property_is_broken_here() -> None:
    """Properties of a kind are proved by the same program; benchmarks/mutation.py breaks the lawbook in every condition."""
    assert set(BREAKS) <= set(BOOK.data["properties"])
    assert {item["kind"] for item in BOOK.data["properties"].values()} == set(KINDS)


@pytest.mark.parametrize("identity", BREAKS)
def test_a_lawbook_broken_for_a_property_is_found_out(identity: str) -> None:
    book = broken(BREAKS[identity])
    (proof,) = prove(book, [identity], rules=touched(BREAKS[identity]))
    assert proof.result.broken is not None, proof.stated["says"]
    assert proof.result.broken.lines
    answers = [(answered(BOOK, line), answered(book, line)) for line in proof.result.broken.lines]
    assert identity in SILENT or any(sound != unsound for sound, unsound in answers), proof.result.broken


# Mistakes of other kinds than those above, and the property that finds each out.
UNSEEN: dict[str, tuple[str, list[Change]]] = {
    "a class member removed": (
        "anyone-saves-life",
        [("classes", "schedule-19-medicines", member("schedule-19-medicines", "adrenaline"), GONE)],
    ),
    "a date moved": (
        "rules-follow-their-law",
        [("rules", "national-protocol", ("in-force", "to"), "2026-04-30")],
    ),
    "a register condition dropped": (
        "irmer-needs-a-statutory-register",
        [rule("practitioner-ni", "holder", "holder.statutory-registration")],
    ),
    "an accredited register marked statutory": (
        "registers-are-what-they-are",
        [("registers", "ahcs", ("kind",), "statutory")],
    ),
    "a nation missing from an extent": (
        "rules-follow-their-law",
        [("rules", "sch17-ship", ("extent",), ["england", "scotland", "wales"])],
    ),
    "a condition that shuts the registered out": (
        "registration-never-makes-a-way-worse",
        [("rules", "supervised-trainee", ("circumstances",), Added(UNREGISTERED))],
    ),
    "a remedy of the wrong class": (
        "remedies-mend",
        [rule("referrer-ni", "holder", "holder.statutory-registration", "as", value="cannot")],
    ),
}


@pytest.mark.parametrize("what", UNSEEN)
def test_what_nobody_thought_of_is_found_out(what: str) -> None:
    identity, changes = UNSEEN[what]
    (proof,) = prove(broken(changes), [identity], rules=touched(changes))
    assert not proof.holds
