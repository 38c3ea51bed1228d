"""Law to come: made but not in force, named on what it would change within a year, and on nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from gapcheck import Lawbook, Profile, check
from gapcheck.profile.model import Attested, Listing, Registration, TaskEntry
from tests.conftest import ROOT, TODAY, Run

ASEPTIC, TITLE = "supervise-aseptic-preparation", "use-title"
FACILITY = "setting=hospital-aseptic-facility"
SCHEMA = json.loads((ROOT / "schemas/report.schema.json").read_text(encoding="utf-8"))

LOCAL = """\
scope: local-aseptic
title: A local aseptic unit
comparator: pharmacist
tasks:
  - id: local-supervise-aseptic
    label: Supervise the aseptic unit
    level: core
    needs:
      all-of:
        - {act: supervise-aseptic-preparation, with: {setting: hospital-aseptic-facility}}
    reading: Supervising the preparation is what section 10 reserves.
    harm: {severity: severe, basis: inferred, by: gapcheck, evidence: none, text: A wrong or unsterile dose reaches the patient.}
    synonyms: [aseptic supervision]
    source: {document: local, section: local}
  - id: local-be-called-associate
    label: Wear the badge of a physician associate
    level: core
    needs:
      all-of:
        - {act: use-title, with: {title: physician-associate, title-implies-registration: false}}
    reading: The title is what is used.
    harm: {severity: low, basis: inferred, by: gapcheck, evidence: none, text: Patients take the person for somebody else.}
    synonyms: [associate badge]
    source: {document: local, section: local}
"""


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with tasks of its own, laid over the packaged lawbook."""
    folder = tmp_path_factory.mktemp("local")
    (folder / "tasks").mkdir()
    (folder / "tasks/local-aseptic.yaml").write_text(LOCAL, encoding="utf-8")
    return folder


def findings(local: Path, profile: Profile, as_at: str = TODAY, nation: str = "england") -> list[Any]:
    return list(check(profile._replace(nation=nation), Lawbook.load(local), as_at=as_at).findings)


TECHNICIAN = Profile(
    "pharmacy-technician",
    "england",
    registrations=(Registration("gphc"),),
    tasks=(TaskEntry("local-supervise-aseptic"),),
)


def test_aseptic_supervision_comes_to_pharmacy_technicians(local: Path) -> None:
    (finding,) = findings(local, TECHNICIAN)
    (coming,) = finding.upcoming
    assert (finding.status, coming.date, coming.status) == ("blocked", "2026-12-10", "risky")
    assert "From 10 December 2026 (the day announced): blocked becomes risky" in coming.says
    assert "open by supervision by a pharmacy technician" in coming.says
    assert "the day announced" in coming.says, "the order that brings it into force was not read"
    assert any(item.id.startswith("si-2025-1249/") for item in coming.law)


@pytest.mark.parametrize(
    ("profile", "as_at", "nation"),
    [
        (TECHNICIAN, TODAY, "northern-ireland"),  # it does not extend there
        (TECHNICIAN, "2025-12-09", "england"),  # more than a year ahead
        (TECHNICIAN, "2026-12-10", "england"),  # in force
        (TECHNICIAN._replace(registrations=()), TODAY, "england"),  # nobody who is not registered
        (TECHNICIAN._replace(profession="clinical-scientist", registrations=(Registration("hcpc"),)), TODAY, "wales"),
    ],
)
def test_it_comes_to_nobody_else_and_at_no_other_time(local: Path, profile: Profile, as_at: str, nation: str) -> None:
    assert [item.upcoming for item in findings(local, profile, as_at, nation)] == [()]


def test_titles_of_the_associates(local: Path) -> None:
    task = (TaskEntry("local-be-called-associate"),)
    (finding,) = findings(local, Profile("physician-associate", "wales", tasks=task))
    (coming,) = finding.upcoming
    assert (finding.status, coming.date, coming.status) == ("clear", "2026-12-13", "blocked")
    assert "no longer open by title that no list read here reserves" in coming.says
    assert [item.id for item in coming.law] == ["aapao-2024/art-19-1-b"]
    registered = Profile("physician-associate", "wales", registrations=(Registration("gmc"),), tasks=task)
    (coming,) = findings(local, registered)[0].upcoming
    assert "open by registered holder of the title" in coming.says


def test_an_attestation_that_runs_out_is_not_law_to_come(book: Lawbook) -> None:
    """A direction attested until a day before a change of the law, which changes nothing for a nurse, is not taken for law."""
    profile = Profile(
        "nurse",
        "england",
        registrations=(Registration("nmc"),),
        arrangements=Listing((Attested("pgd", until="2026-02-01"),)),
        tasks=(TaskEntry("nm-administer-iv-contrast"),),
    )
    assert check(profile, book, as_at="2026-01-15").findings[0].upcoming == ()
    assert check(profile, book, as_at="2026-02-02").findings[0].upcoming == ()


def test_can_names_law_to_come(gapcheck: Run) -> None:
    asked = ["can", ASEPTIC, "--profession", "pharmacy-technician", "--registered", "gphc", "--fact", FACILITY]
    data = json.loads(gapcheck(*asked, "--as-at", TODAY, "--format", "json").stdout)
    jsonschema.Draft202012Validator({"$defs": SCHEMA["$defs"], "$ref": "#/$defs/act"}).validate(data)
    (coming,) = data["upcoming"]
    assert (data["verdict"], coming["date"], coming["status"]) == ("barred", "2026-12-10", "open")
    assert "Law to come: From 10 December 2026 (the day announced): open" in gapcheck(*asked, "--as-at", TODAY).stdout
    page = gapcheck(*asked, "--as-at", TODAY, "--format", "markdown").stdout
    assert "**Law to come**: From 10 December 2026" in page
    after = json.loads(gapcheck(*asked, "--as-at", "2026-12-10", "--format", "json").stdout)
    assert (after["verdict"], after["upcoming"]) == ("open", [])


def test_can_names_a_way_that_opens_beside_the_best_one(gapcheck: Run) -> None:
    """The vaccine group directions of 2026, for somebody on no register."""
    asked = ["can", "administer-pom-parenterally", "--profession", "sonographer", "--medicine", "covid-19-vaccine"]
    asked += ["--fact", "approved-vaccination-programme=yes", "--as-at", "2026-01-01", "--format", "json"]
    (coming,) = json.loads(gapcheck(*asked).stdout)["upcoming"]
    assert coming["date"] == "2026-03-31" and "vaccine group direction" in coming["says"]


def test_can_says_when_a_title_is_reserved(gapcheck: Run) -> None:
    asked = [
        "can",
        TITLE,
        "--profession",
        "physician-associate",
        "--registered",
        "none",
        "--fact",
        "title=physician associate",
    ]
    (coming,) = json.loads(gapcheck(*asked, "--as-at", TODAY, "--format", "json").stdout)["upcoming"]
    assert (coming["date"], coming["status"]) == ("2026-12-13", "barred")
    assert [item["provision"] for item in coming["law"]] == ["aapao-2024/art-19-1-b"]
