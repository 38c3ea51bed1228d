"""What holds of every person and every task, tried on persons that nobody thought of."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from gapcheck import Lawbook, Profile, Report
from gapcheck.engine.findings import check
from gapcheck.law.conditions import conditions_of, leaves, within
from gapcheck.profile.model import Attested, Listing, Registration, TaskEntry
from tests.conftest import ROOT, TODAY

BOOK = Lawbook.load(ROOT / "rules")
DATA = BOOK.data
PRESUMED = {
    leaf["fact"]
    for rule in DATA["rules"].values()
    for condition in conditions_of(rule)
    for _, part in within(condition)
    if "unless-stated" in part
    for leaf in leaves(part)
}
RANK = {"blocked": 0, "arrange": 1, "unknown": 2, "restricted": 3, "risky": 4, "clear": 5}
IDS = {
    kind: [key for key, item in DATA["arrangements"].items() if item["kind"] == kind]
    for kind in ("arrangement", "entitlement", "annotation")
}
REGULATED = [key for key, item in DATA["professions"].items() if item["registers"]]


def listing(kind: str) -> st.SearchStrategy[Listing]:
    items = st.lists(st.sampled_from(IDS[kind]), max_size=4, unique=True).map(lambda ids: tuple(map(Attested, ids)))
    return st.builds(Listing, items, st.booleans())


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    tasks = draw(st.lists(st.sampled_from(list(DATA["tasks"])), min_size=1, max_size=4, unique=True))
    entry = st.tuples(st.sampled_from(list(DATA["registers"])), st.sampled_from(["registered", "lapsed"]))
    return Profile(
        profession=draw(st.sampled_from(list(DATA["professions"]))),
        nation=draw(st.sampled_from(list(DATA["nations"]))),
        registrations=tuple(Registration(*item) for item in draw(st.lists(entry, max_size=2))),
        annotations=draw(listing("annotation")),
        entitlements=draw(listing("entitlement")),
        arrangements=draw(listing("arrangement")),
        tasks=tuple(map(TaskEntry, tasks)),
    )


PROFILES = profiles()
DATES = st.sampled_from(
    ["2004-05-18", "2012-08-14", "2018-02-06", "2020-12-19", "2024-09-30", "2024-10-01", TODAY, "2026-12-10"]
)


def decide(profile: Profile, date: str = TODAY) -> Report:
    return check(profile, BOOK.at(date, profile.nation))


@settings(max_examples=300, deadline=None)
@given(PROFILES, DATES, st.sampled_from(REGULATED))
def test_statutory_registration_never_makes_a_finding_worse(profile: Profile, date: str, profession: str) -> None:
    register = DATA["professions"][profession]["registers"][0]["register"]
    more = profile._replace(registrations=(*profile.registrations, Registration(register, held_as=profession)))
    for before, after in zip(decide(profile, date).findings, decide(more, date).findings, strict=True):
        worst = min(RANK[item] for item in after.decision.possible)
        assert worst >= min(RANK[item] for item in before.decision.possible), (before.task, before.status, after.status)


@settings(max_examples=200, deadline=None)
@given(PROFILES, DATES)
def test_accredited_registration_opens_no_act(profile: Profile, date: str) -> None:
    accredited = tuple(Registration(key) for key, item in DATA["registers"].items() if item["kind"] == "accredited")
    more = profile._replace(registrations=(*profile.registrations, *accredited))
    for before, after in zip(decide(profile, date).findings, decide(more, date).findings, strict=True):
        assert [act.verdict for act in before.acts] == [act.verdict for act in after.acts]


@settings(max_examples=100, deadline=None)
@given(PROFILES)
def test_order_does_not_matter(profile: Profile) -> None:
    expected = {
        item.task: (item.status, item.today, item.gap, item.because_of_registration, item.opens_with, item.notes)
        for item in decide(profile).findings
    }
    for tasks in list(permutations(profile.tasks))[:4]:
        for registrations in permutations(profile.registrations):
            found = decide(profile._replace(tasks=tasks, registrations=registrations)).findings
            assert {
                item.task: (
                    item.status,
                    item.today,
                    item.gap,
                    item.because_of_registration,
                    item.opens_with,
                    item.notes,
                )
                for item in found
            } == expected


def test_of_capacities_that_come_as_near_the_first_in_the_file_does_not_win() -> None:
    pairs = (
        (
            "doctor",
            Registration("psni", "lapsed", "pharmacist"),
            Registration("hcpc", "registered", "prosthetist-orthotist"),
        ),
        (
            "nurse",
            Registration("hcpc", "lapsed", "dietitian"),
            Registration("hcpc", "registered", "hearing-aid-dispenser"),
        ),
        (
            "physician-associate",
            Registration("gmc", "registered", "physician-associate"),
            Registration("psni", "lapsed"),
        ),
    )
    for profession, *held in pairs:
        one, other = (
            decide(
                Profile(profession, "england", registrations=tuple(order), tasks=(TaskEntry("ap-prescribe"),))
            ).findings[0]
            for order in (held, held[::-1])
        )
        assert (one.because_of_registration, one.opens_with, one.why) == (
            other.because_of_registration,
            other.opens_with,
            other.why,
        )


@settings(max_examples=200, deadline=None)
@given(PROFILES, DATES)
def test_every_finding_gives_its_reasons(profile: Profile, date: str) -> None:
    for finding in decide(profile, date).findings:
        assert finding.why
        assert (finding.gap in ("medium", "high")) or finding.status != "risky"
        assert (finding.gap in ("none", "low")) or finding.status != "clear"
        if finding.today in ("yes", "if", "arrange") and finding.status != "restricted":
            assert finding.because_of_registration not in ("yes", "partly") or finding.status == "unknown"
        assert {"arrange": "arrange", "no": "blocked"}.get(finding.today, finding.status) == finding.status
        if finding.status == "unknown":
            assert len(finding.decision.possible) > 1
        for act in finding.acts:
            assert act.best is None or act.best.state == act.verdict


@settings(max_examples=200, deadline=None)
@given(PROFILES, st.data())
def test_answering_the_questions_settles_the_status_within_what_was_listed(
    profile: Profile, data: st.DataObject
) -> None:
    """Whatever facts are then stated, the answer is one of those that the unknown finding listed. What is presumed counts as
    stated: who says otherwise asks about another case."""
    facts = {
        name: data.draw(st.booleans())
        for name, item in DATA["facts"].items()
        if item["type"] == "boolean" and not name.startswith(("medicine", "longer")) and name not in PRESUMED
    }
    known = profile._replace(facts=facts, annotations=Listing(profile.annotations.items, True))
    unknown = profile._replace(annotations=Listing(profile.annotations.items))
    for before, after in zip(decide(unknown).findings, decide(known).findings, strict=True):
        if before.status == "unknown":
            assert set(after.decision.possible) <= set(before.decision.possible)
