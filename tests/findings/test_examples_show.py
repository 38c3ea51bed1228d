"""The shipped profiles show together what can be said of a task, and what a register and an arrangement can come to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gapcheck import Lawbook, Profile, Report, check
from gapcheck.engine.sentences import assured
from gapcheck.engine.tasks import STANDINGS, STATUSES
from gapcheck.law.assurance import ENTRY, EXTENDED, GAPS, OUTSIDE
from gapcheck.profile.model import Listing, Registration, TaskEntry
from tests.conftest import ROOT, TODAY

FILES = sorted((ROOT / "examples/profiles").glob("*.yaml"))


@pytest.fixture(scope="module")
def reports(book: Lawbook) -> dict[str, Report]:
    return {path.stem: check(Profile.read(path, book), book, as_at=TODAY) for path in FILES}


def seen(reports: dict[str, Report], what: Any) -> set[str]:
    return {item for report in reports.values() for finding in report.findings for item in what(finding)}


def test_every_status_answer_and_gap_is_shown(reports: dict[str, Report]) -> None:
    assert seen(reports, lambda finding: [finding.status]) == set(STATUSES)
    assert seen(reports, lambda finding: [finding.today]) >= set(STANDINGS) - {"unknown"}
    assert seen(reports, lambda finding: [finding.gap]) == set(GAPS)
    assert seen(reports, lambda finding: [finding.because_of_registration]) == {"yes", "partly", "no", "assurance"}
    assert seen(reports, lambda finding: [need.state for need in finding.needed]) == {
        "missing",
        "ran-out",
        "not-stated",
    }


def test_a_register_may_be_lost_or_be_of_other_work_and_a_person_be_on_two(reports: dict[str, Report]) -> None:
    covers = seen(reports, lambda finding: [held.cover.how for held in finding.decision.assurance.registers])
    assert covers == {ENTRY, EXTENDED, OUTSIDE}
    assert {item.status for report in reports.values() for item in report.profile.registrations} >= {
        "registered",
        "lapsed",
        "suspended",
    }
    assert any(len(report.person.entries) > 1 for report in reports.values())
    assert [name for name, report in reports.items() if report.person.ran_out] == ["radiographer-nothing-arranged"]


def test_a_register_that_covers_nothing_of_a_post_is_said_to(reports: dict[str, Report]) -> None:
    told = {name: note for name, report in reports.items() for note in report.notes if "covers none" in note}
    assert list(told) == ["non-ionising-technologist"]
    assert told["non-ionising-technologist"].startswith("Registration with the Register of Clinical Technologists")


@pytest.mark.parametrize(
    ("profession", "registers", "told"),
    [
        ("dental-nurse", ["gdc"], ["General Dental Council"]),
        ("dental-nurse", ["gdc", "rct"], ["General Dental Council"]),  # of the other nobody knows what it is held as
        ("diagnostic-radiographer", ["hcpc"], []),
        ("clinical-technologist", ["rct", "ahcs"], []),
        ("clinical-technologist", [], []),
    ],
)
def test_each_register_that_covers_nothing_is_named(
    profession: str, registers: list[str], told: list[str], book: Lawbook
) -> None:
    held = tuple(map(Registration, registers))
    tasks = tuple(map(TaskEntry, ("nm-gamma-camera-imaging", "nm-mrt-administration")))
    notes = check(Profile(profession, "england", registrations=held, tasks=tasks), book, as_at=TODAY).notes
    nothing = [note for note in notes if "covers none of the work of this post" in note]
    assert len(nothing) == len(told) and all(name in note for note, name in zip(nothing, told, strict=True))


@pytest.mark.parametrize(
    ("registration", "covers"),
    [
        (Registration("rct"), "covers this work or not"),
        (Registration("rct", held_as="clinical-technologist"), "covers this work."),
        (Registration("rct", held_as="sonographer"), "does not cover this work"),
        (Registration("rccp"), "holds no statutory or accredited registration in force"),  # its accreditation has ended
        (Registration("rct", "lapsed"), "holds no statutory or accredited registration in force"),
    ],
)
def test_a_second_register_is_one_of_the_profession_that_it_keeps(
    registration: Registration, covers: str, book: Lawbook
) -> None:
    """Of a radiographer, or whoever else, on a register of others: as what is asked for, and never taken for nothing."""
    tasks = (TaskEntry("nm-gamma-camera-imaging"),)
    report = check(
        Profile("diagnostic-radiographer", "wales", registrations=(registration,), tasks=tasks), book, as_at=TODAY
    )
    assert covers in assured(report.law, report.findings[0].decision.assurance)
    assert any("say as which profession" in note for note in report.notes) is (covers == "covers this work or not")


def test_everything_attested_is_clear_and_one_attestation_past_its_day_changes_its_task_alone(
    book: Lawbook, tmp_path: Path
) -> None:
    """The radiographer of the example, once the employer has arranged each task; then one paper less."""
    tasks = {
        "rad-ct": ("irmer-operator", "training-recorded", ""),
        "rad-iv-contrast": ("", "", "pgd"),
        "nm-gamma-camera-imaging": ("irmer-operator", "training-recorded", ""),
        "rad-plain-imaging": ("irmer-operator", "training-recorded", ""),
        "rad-mri": ("", "", ""),
    }  # fmt: skip

    def statuses(late: str) -> dict[str, str]:
        lines = ["gapcheck: 1", "post: {title: CT radiographer, nation: england}"]
        lines += ["holder: {profession: diagnostic-radiographer, registrations: [{register: hcpc}]}", "tasks:"]
        for task, (entitled, trained, paper) in tasks.items():
            until = "2026-06-30" if task == late else "2027-06-30"
            given = ", ".join(
                [*([f"{{id: {paper}, until: {until}}}"] if paper else []), *([trained] if trained else []), "none"]
            )
            may = ", ".join([*([f"{{id: {entitled}, until: {until}}}"] if entitled else []), "none"])
            lines.append(f"  - {{id: {task}, entitlements: [{may}], arrangements: [{given}]}}")
        path = tmp_path / "radiographer.yaml"
        path.write_text("\n".join(lines), "utf-8")
        report = check(Profile.read(path, book), book, as_at=TODAY)
        return {finding.task: finding.status for finding in report.findings}

    assert set(statuses("").values()) == {"clear"}
    for late, papers in tasks.items():
        if any(papers):
            assert statuses(late) == {**statuses(""), late: "arrange"}


def test_nothing_arranged_is_not_clear_for_anything_that_needs_it(reports: dict[str, Report], book: Lawbook) -> None:
    profile = reports["radiographer-nothing-arranged"].profile
    own = TaskEntry("", entitlements=Listing(), arrangements=Listing())
    bare = profile._replace(
        arrangements=Listing(none=True), tasks=tuple(own._replace(id=item.id) for item in profile.tasks)
    )
    report = check(bare, book, as_at=TODAY)
    assert {finding.task: finding.status for finding in report.findings if finding.status != "arrange"} == {
        "rad-mri": "clear"
    }
