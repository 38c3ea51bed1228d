"""What registers cover and which duties bear on a person: the statements of the lawbook, and how the nearest one is found."""

from __future__ import annotations

import pytest

from gapcheck import Lawbook
from gapcheck.law.assurance import ENTRY, EXTENDED, OUTSIDE, UNVERIFIED, cover_of, duties_of
from tests.conftest import ROOT

BOOK = Lawbook.load(ROOT / "rules").data
NUCLEAR_AND_RADIOTHERAPY = [
    task
    for task, item in BOOK["tasks"].items()
    if item["scope"] in ("nuclear-medicine", "radiotherapy", "radiotherapy-physics")
]


@pytest.mark.parametrize(
    ("profession", "register"),
    [
        ("dental-nurse", "gdc"),
        ("arts-therapist", "hcpc"),
        ("social-worker", "social-work-england"),
        ("hearing-aid-dispenser", "hcpc"),
        ("dietitian", "hcpc"),
        ("optometrist", "goc"),
        ("osteopath", "gosc"),
        ("biomedical-scientist", "hcpc"),
    ],
)
def test_a_register_of_another_field_covers_no_nuclear_medicine_or_radiotherapy(profession: str, register: str) -> None:
    assert {cover_of(BOOK, register, profession, task).how for task in NUCLEAR_AND_RADIOTHERAPY} == {OUTSIDE}


@pytest.mark.parametrize(
    ("register", "profession", "task", "how"),
    [
        ("rct", "clinical-technologist", "nm-gamma-camera-imaging", ENTRY),
        (
            "rct",
            "clinical-technologist",
            "nm-mrt-administration",
            EXTENDED,
        ),  # the scopes describe somebody newly qualified
        ("rct", "clinical-technologist", "ni-mri-qa", OUTSIDE),  # no scope of the register
        ("rct", "clinical-technologist", "pm-urodynamics", OUTSIDE),
        ("rct", "clinical-technologist", "dxa-acquire-scan", ENTRY),  # bone densitometry
        ("rct", "sonographer", "son-obstetric-scan", ENTRY),
        ("rct", "sonographer", "nm-gamma-camera-imaging", OUTSIDE),
        ("hcpc", "diagnostic-radiographer", "rad-ct", ENTRY),
        ("hcpc", "diagnostic-radiographer", "rad-mri", ENTRY),
        ("hcpc", "diagnostic-radiographer", "nm-pet-ct", EXTENDED),
        ("hcpc", "diagnostic-radiographer", "nm-mrt-administration", OUTSIDE),  # imaging is spoken of, not treatment
        ("hcpc", "diagnostic-radiographer", "son-obstetric-scan", EXTENDED),
        ("hcpc", "diagnostic-radiographer", "rt-plan-generation", OUTSIDE),
        ("hcpc", "therapeutic-radiographer", "rtt-deliver-treatment", ENTRY),
        ("hcpc", "therapeutic-radiographer", "rad-ct", OUTSIDE),
        ("nmc", "nurse", "son-obstetric-scan", EXTENDED),
        ("nmc", "nurse", "nm-intravenous-access", ENTRY),
        ("nmc", "nurse", "nm-gamma-camera-imaging", OUTSIDE),
        ("nmc", "nurse", "rad-vaccinate", ENTRY),
        ("nmc", "midwife", "baby-scan-signpost", ENTRY),
        ("nmc", "midwife", "baby-reassurance-scan", EXTENDED),
        ("gmc", "doctor", "rt-target-delineation", EXTENDED),
    ],
)
def test_what_an_entry_covers(register: str, profession: str, task: str, how: str) -> None:
    found = cover_of(BOOK, register, profession, task)
    assert found.how == how
    assert bool(found.source) == bool(found.confidence)


def test_a_register_that_does_not_exist_yet_is_taken_to_assess_what_the_accredited_one_does_and_says_so() -> None:
    found = cover_of(BOOK, "hcpc", "clinical-technologist", "nm-gamma-camera-imaging")
    assert (found.how, found.confidence) == (ENTRY, UNVERIFIED)
    assert cover_of(BOOK, "hcpc", "healthcare-support-worker", "nm-gamma-camera-imaging").how == OUTSIDE


@pytest.mark.parametrize("profession", [key for key, item in BOOK["professions"].items() if item["registers"]])
def test_every_profession_with_a_statutory_register_has_statements_of_what_it_covers(profession: str) -> None:
    assert f"professions/{profession}" in BOOK["coverage-of"]


def test_duties_follow_the_nation_and_the_day() -> None:
    operate = BOOK["acts"]["irmer-operate"]
    kinds = ["entitlement", "training", "authorisation", "inspection"]
    for nation, instrument in (("england", "irmer-2017"), ("northern-ireland", "irmer-ni-2018")):
        duties = duties_of(operate, BOOK["provisions"], "2026-11-30", nation)
        assert [duty.kind for duty in duties] == kinds
        assert {name.partition("/")[0] for duty in duties for name in duty.provisions} == {instrument}
    before = duties_of(operate, BOOK["provisions"], "2017-06-01", "england")
    assert [duty.kind for duty in before] == ["entitlement", "training"]
    assert {name.partition("/")[0] for duty in before for name in duty.provisions} == {"irmer-2000"}
    assert duties_of(operate, BOOK["provisions"], "2000-05-01", "england") == ()
    direction = BOOK["routes"]["patient-specific-direction"]
    assert [duty.kind for duty in duties_of(direction, BOOK["provisions"], "2026-11-30", "wales")] == ["authorisation"]
