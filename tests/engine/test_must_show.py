"""The story that the product exists to tell: the same tasks for a technologist, a radiographer and a clinical scientist."""

from __future__ import annotations

import pytest

from gapcheck import Finding, Lawbook, Profile, check
from gapcheck.profile.model import Attested, Listing, Registration, TaskEntry
from tests.conftest import TODAY

REFER, CONTRAST, TRACER, JUSTIFY = (
    "nm-refer-for-imaging",
    "nm-administer-iv-contrast",
    "nm-administer-radiopharmaceutical-iv",
    "nm-justify-additional-exposure",
)
AUTHORISE = "nm-authorise-additional-exposure"


def findings(
    book: Lawbook,
    profession: str,
    *registrations: Registration,
    tasks: tuple[str, ...] = (REFER, CONTRAST, TRACER, JUSTIFY),
    as_at: str = TODAY,
    readings: dict[str, str] | None = None,
    reforms: tuple[str, ...] = (),
) -> dict[str, Finding]:
    profile = Profile(
        profession,
        "england",
        registrations=registrations,
        entitlements=Listing((Attested("irmer-operator"),)),
        tasks=tuple(map(TaskEntry, tasks)),
    )
    report = check(profile, book, as_at=as_at, interpretations=readings, reforms=reforms)
    return {finding.task: finding for finding in report.findings}


RCT = Registration("rct")


def test_technologist_on_the_voluntary_register(book: Lawbook) -> None:
    found = findings(book, "clinical-technologist", RCT)
    assert {task: (item.status, item.because_of_registration) for task, item in found.items()} == {
        REFER: ("blocked", "yes"),
        CONTRAST: ("restricted", "partly"),
        TRACER: ("clear", "assurance"),
        JUSTIFY: ("blocked", "yes"),
    }
    assert found[CONTRAST].turns_on == ("reg-240-contrast",)
    assert found[TRACER].turns_on == ()
    best = {
        task: [act.best.route for act in item.decision.way.acts if act.best]
        for task, item in found.items()
        if item.decision.way
    }
    assert best[CONTRAST] == ["patient-specific-direction"]
    assert best[TRACER] == ["operator", "medical-exposure"]
    under_guidelines = findings(book, "clinical-technologist", RCT, tasks=(AUTHORISE,))[AUTHORISE]
    assert (under_guidelines.status, under_guidelines.because_of_registration) == ("restricted", "yes")
    assert [act.best and act.best.route for act in under_guidelines.acts] == ["operator-under-guidelines"]


def test_radiographer_is_clear(book: Lawbook) -> None:
    found = findings(book, "diagnostic-radiographer", Registration("hcpc"))
    assert {item.status for item in found.values()} == {"clear"}


def test_clinical_scientist_is_restricted_for_contrast_and_registration_is_not_why(book: Lawbook) -> None:
    item = findings(book, "clinical-scientist", Registration("hcpc"))[CONTRAST]
    assert (item.status, item.because_of_registration) == ("restricted", "no")


def test_lapsed_radiographer_is_told_to_renew(book: Lawbook) -> None:
    item = findings(book, "diagnostic-radiographer", Registration("hcpc", "lapsed"))[REFER]
    assert (item.status, item.because_of_registration) == ("blocked", "yes")
    assert any(
        one.remedy == "register" and "Health and Care Professions Council" in one.what for one in item.opens_with[0]
    )


@pytest.mark.parametrize("status", ["eligible", "working-towards", "lapsed", "removed", "suspended"])
def test_only_registered_counts(book: Lawbook, status: str) -> None:
    found = findings(book, "clinical-technologist", Registration("hcpc", status, "diagnostic-radiographer"))
    assert found[REFER].status == "blocked"


def test_registration_held_as_another_profession_counts(book: Lawbook) -> None:
    found = findings(book, "clinical-technologist", RCT, Registration("hcpc", held_as="diagnostic-radiographer"))
    assert {item.status for item in found.values()} == {"clear"}


def test_wide_reading_of_regulation_240(book: Lawbook) -> None:
    item = findings(book, "clinical-technologist", RCT, readings={"reg-240-contrast": "wide"})[CONTRAST]
    assert (item.status, item.turns_on) == ("risky", ("reg-240-contrast",))


LADDER = {
    (): ("blocked", "restricted"),
    ("register-clinical-technologists",): ("clear", "restricted"),
    ("pgd-for-clinical-technologists",): ("blocked", "restricted"),
    ("register-clinical-technologists", "pgd-for-clinical-technologists"): ("clear", "clear"),
}


@pytest.mark.parametrize("reforms", LADDER, ids=lambda item: "+".join(item) or "today")
def test_ladder_of_reforms(book: Lawbook, reforms: tuple[str, ...]) -> None:
    """Registration alone opens referral and not directions; the amendment alone opens nothing."""
    found = findings(book, "clinical-technologist", RCT, Registration("hcpc"), tasks=(REFER, CONTRAST), reforms=reforms)
    if "register-clinical-technologists" in reforms:
        assert (found[REFER].status, found[CONTRAST].status) == LADDER[reforms]
    found = findings(book, "clinical-technologist", RCT, tasks=(REFER, CONTRAST), reforms=reforms)
    assert (found[REFER].status, found[CONTRAST].status) == ("blocked", "restricted"), (
        "a reform registers nobody by itself"
    )


def test_expired_attestation_counts_as_missing_and_says_so(book: Lawbook) -> None:
    listing = Listing((Attested("pgd", "Chief pharmacist", "PGD-9", "2026-01-31"),))
    profile = Profile(
        "diagnostic-radiographer",
        "england",
        registrations=(Registration("hcpc"),),
        arrangements=listing,
        tasks=(TaskEntry(CONTRAST),),
    )
    finding = check(profile, book, as_at=TODAY).findings[0]
    assert any("PGD-9" in note and "31 January 2026" in note for note in finding.notes)
    route = next(route for route in finding.acts[0].routes if route.route == "patient-group-direction")
    assert route.state == "available" and [item.found for item in route.fails] == ["ran out on 31 January 2026"]
    assert check(profile, book, as_at="2026-01-31").findings[0].notes[:1] != finding.notes[:1]
