"""Tables written from the texts and not from the rules, compared with the rules: a slip in one of them shows."""

from __future__ import annotations

import pytest

from benchmarks.verdicts import differences
from gapcheck import Lawbook

# Instrument: kind of legislation, year, number, and the first day of force that is cited.
INSTRUMENTS = {
    "aapao-2024": ("uksi", 2024, 374),
    "chiropractors-act-1994": ("ukpga", 1994, 17),
    "clinical-trials-2004": ("uksi", 2004, 1031),
    "cqc-regulations-2014": ("uksi", 2014, 2936),
    "dentists-act-1984": ("ukpga", 1984, 24),
    "equality-act-2010": ("ukpga", 2010, 15),
    "hmr-2012": ("uksi", 2012, 1916),
    "hpo-2001": ("uksi", 2002, 254),
    "hpss-ni-2001": ("nia", 2001, 3),
    "irmer-2000": ("uksi", 2000, 1059),
    "irmer-2017": ("uksi", 2017, 1322),
    "irmer-ni-2018": ("nisr", 2018, 17),
    "irr-2017": ("uksi", 2017, 1075),
    "irr-ni-2017": ("nisr", 2017, 229),
    "mars-1978": ("uksi", 1978, 1006),
    "mdr-2001": ("uksi", 2001, 3998),
    "mdr-ni-2002": ("nisr", 2002, 1),
    "medical-act-1983": ("ukpga", 1983, 54),
    "medicines-act-1968": ("ukpga", 1968, 67),
    "nhsrhcpa-2002": ("ukpga", 2002, 17),
    "nmo-2001": ("uksi", 2002, 253),
    "opticians-act-1989": ("ukpga", 1989, 44),
    "osteopaths-act-1993": ("ukpga", 1993, 21),
    "pharmacy-ni-order-1976": ("nisi", 1976, 1213),
    "pharmacy-order-2010": ("uksi", 2010, 231),
    "pom-order-1997": ("uksi", 1997, 1830),
    "regulation-of-care-scotland-2001": ("asp", 2001, 8),
    "si-2025-1249": ("uksi", 2025, 1249),
    "social-care-wales-2016": ("anaw", 2016, 2),
    "social-workers-regs-2018": ("uksi", 2018, 893),
}
RADIOACTIVE = {
    "tc-99m", "f-18-fdg", "tl-201", "i-131", "lu-177", "ra-223", "krypton-81m", "ga-68", "in-111", "i-123", "y-90",
}  # fmt: skip
CONTRAST = {"iodinated-contrast", "gadolinium-contrast", "ultrasound-contrast"}
VACCINES = {"hepatitis-b-vaccine", "influenza-vaccine", "covid-19-vaccine"}
NEVER_INJECTED = {"nystatin", "sodium-fluoride-dental-paste", "oxygen", "nitrous-oxide", "pilocarpine-eye", "captopril"}
ALWAYS_INJECTED = {
    "furosemide",
    "adenosine",
    "regadenoson",
    "dobutamine",
    "ra-223",
    "glucagon",
    "botulinum-toxin",
    "f-18-fdg",
}
# Schedules of the Misuse of Drugs Regulations 2001 in England on 22 November 2026.
CONTROLLED = {
    "schedule-2": {"morphine", "fentanyl", "ketamine", "diamorphine", "pethidine", "remifentanil", "oxycodone"},
    "schedule-3": {"midazolam", "buprenorphine", "temazepam", "tramadol", "gabapentin", "pregabalin"},
    "schedule-4": {"diazepam", "lorazepam"},
    "schedule-5": {"dihydrocodeine", "nitrous-oxide"},
}
ALIASES = {
    ("arrangements", "sp"): "supplementary-prescriber",
    ("arrangements", "ip"): "independent-prescriber",
    ("medicines", "Buscopan"): "hyoscine-butylbromide",
}
POSTCODES = {
    "wales": {"CF", "LL", "NP", "SA", "LD"},
    "scotland": {"AB", "DD", "DG", "EH", "FK", "G", "HS", "IV", "KA", "KW", "KY", "ML", "PA", "PH", "TD", "ZE"},
    "northern-ireland": {"BT"},
}
PLACES = {
    "wales": {"cardiff", "swansea", "wrexham"},
    "scotland": {"edinburgh", "glasgow", "aberdeen", "dundee", "inverness"},
    "northern-ireland": {"belfast", "londonderry", "antrim", "omagh"},
    "england": {"london", "leeds", "bristol", "chester", "hereford", "carlisle", "newcastle upon tyne"},
}


def test_every_statute_has_its_number_and_address(book: Lawbook) -> None:
    for name, (kind, year, number) in INSTRUMENTS.items():
        item = book.data["instruments"][name]
        assert item["url"] == f"https://www.legislation.gov.uk/{kind}/{year}/{number}", name
        assert str(year) in item["citation"] and str(number) in item["citation"], name


def medicines(book: Lawbook, fact: str, value: object) -> set[str]:
    law = book.at("2026-11-22", "england")
    return {name for name in book.data["medicines"] if law.medicine(name).get(f"medicine.{fact}") == value}


def test_medicines_are_what_they_are(book: Lawbook) -> None:
    assert medicines(book, "radioactive", True) == RADIOACTIVE
    assert medicines(book, "contrast-agent", True) == CONTRAST
    assert medicines(book, "vaccine", True) == VACCINES
    assert medicines(book, "naloxone", True) == {"naloxone"}
    assert (
        medicines(book, "parenteral", True) >= ALWAYS_INJECTED
        and not medicines(book, "parenteral", True) & NEVER_INJECTED
    )
    for schedule, names in CONTROLLED.items():
        assert medicines(book, "controlled-drug", schedule) == names


def test_other_names_mean_what_people_mean(book: Lawbook) -> None:
    for (kind, name), wanted in ALIASES.items():
        assert book.resolve(kind, name) == wanted, name


def test_places_are_where_they_are(book: Lawbook) -> None:
    places = book.data["wording"]["places"]
    assert {nation: {*areas} for nation, areas in places["postcodes"].items()} == POSTCODES
    for nation, names in PLACES.items():
        assert names <= {*places["nations"][nation]}
        assert not any(names & {*others} for other, others in places["nations"].items() if other != nation)


def test_the_table_of_verdicts_is_what_the_lawbook_gives(book: Lawbook) -> None:
    """A change of an answer is a line of tests/verdicts to review; `python benchmarks/verdicts.py` writes them."""
    found = differences(book)
    if found:
        pytest.fail("\n".join(found[:20]))
