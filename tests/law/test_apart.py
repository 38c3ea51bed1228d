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
# By mouth, on the skin, in the eye or breathed in; and what is given by needle, or into a vein, as the lawbook means it.
NEVER_INJECTED = {
    "sodium-fluoride-dental-paste",
    "nystatin",
    "amoxicillin",
    "chloramphenicol-eye",
    "tropicamide-eye",
    "pilocarpine-eye",
    "temazepam",
    "dihydrocodeine",
    "gabapentin",
    "pregabalin",
    "nitrous-oxide",
    "oxygen",
    "glyceryl-trinitrate",
    "captopril",
    "salbutamol",
    "mannitol-inhaled",
    "methacholine",
    "potassium-iodide",
    "topical-anaesthetic",
    "krypton-81m",
    "naproxen",
    "zopiclone",
}
ALWAYS_INJECTED = {
    "iodinated-contrast",
    "gadolinium-contrast",
    "ultrasound-contrast",
    "f-18-fdg",
    "tl-201",
    "lu-177",
    "ra-223",
    "ga-68",
    "in-111",
    "y-90",
    "adenosine",
    "regadenoson",
    "dobutamine",
    "furosemide",
    "adrenaline",
    "adrenaline-iv",
    "amiodarone",
    "atropine",
    "glucagon",
    "hyoscine-butylbromide",
    "lidocaine",
    "ketamine",
    "saline-flush",
    "naloxone",
    "chlorphenamine",
    "hydrocortisone",
    "glucose",
    "oxytocin",
    "hepatitis-b-vaccine",
    "covid-19-vaccine",
    "lidocaine-adrenaline-dental",
    "articaine-adrenaline-dental",
    "diamorphine",
    "pethidine",
    "remifentanil",
    "aminophylline",
    "fluorescein",
    "indocyanine-green",
    "patent-blue",
    "heparin-flush",
    "heparin",
    "botulinum-toxin",
    "amino-acid-infusion",
    "octreotide",
    "lanreotide",
    "isoprenaline",
    "ajmaline",
    "flumazenil",
    "tranexamic-acid",
    "nandrolone",
    "triamcinolone",
    "insulin",
    "hydroxocobalamin",
}
# Schedules of the Misuse of Drugs Regulations 2001 in England on 22 November 2026.
CONTROLLED = {
    "schedule-2": {"morphine", "fentanyl", "ketamine", "diamorphine", "pethidine", "remifentanil", "oxycodone"},
    "schedule-3": {"midazolam", "buprenorphine", "temazepam", "tramadol", "gabapentin", "pregabalin"},
    "schedule-4": {"diazepam", "lorazepam", "clonazepam", "zopiclone", "testosterone", "nandrolone"},
    "schedule-5": {"dihydrocodeine", "nitrous-oxide"},
}
# Every other name, by what people mean by it: a name that is added or moved is looked at here too.
ALIASES = {
    "medicines": {
        "iodinated-contrast": "iodinated contrast, IV contrast, CT contrast", "gadolinium-contrast": "gadolinium, MRI contrast",
        "ultrasound-contrast": "microbubbles, SonoVue", "tc-99m": "Tc-99m, technetium", "f-18-fdg": "FDG, F-18", "tl-201": "thallium",
        "i-131": "radioiodine, I-131", "lu-177": "Lu-177, lutetium", "ra-223": "Ra-223, radium", "adenosine": "adenosine stress agent",
        "furosemide": "frusemide", "adrenaline": "epinephrine, intramuscular adrenaline", "adrenaline-iv": "intravenous adrenaline",
        "atropine": "atropine sulphate", "hyoscine-butylbromide": "Buscopan", "lidocaine": "lignocaine", "morphine": "morphine sulphate",
        "saline-flush": "sodium chloride flush, saline", "glucose": "dextrose", "influenza-vaccine": "flu vaccine",
        "covid-19-vaccine": "COVID-19 vaccine", "nitrous-oxide": "Entonox, gas and air", "oxygen": "medical oxygen",
        "glyceryl-trinitrate": "GTN", "indocyanine-green": "ICG", "patent-blue": "patent blue V", "heparin-flush": "heparin lock",
        "botulinum-toxin": "botox", "potassium-iodide": "stable iodine", "topical-anaesthetic": "EMLA, lidocaine cream, numbing cream",
        "krypton-81m": "Kr-81m", "ga-68": "Ga-68, gallium-68", "in-111": "In-111, indium", "i-123": "I-123, ioflupane",
        "y-90": "Y-90, yttrium", "hydroxocobalamin": "vitamin B12 injection, B12 injection", "nandrolone": "nandrolone decanoate",
        "triamcinolone": "steroid injection, corticosteroid injection",
    },
    "professions": {
        "podiatrist": "chiropodist", "operating-department-practitioner": "odp",
        "clinical-technologist": "nuclear-medicine-technologist, dosimetrist",
    },
    "registers": {
        "hcpc": "hpc", "social-work-england": "swe", "rct": "vrct",
        "medical-council-of-ireland": "imc, irish-medical-council, medical-council-ireland, mci",
    },
    "arrangements": {
        "irmer-protocols": "irmer-procedures", "training-recorded": "training, training-record", "irmer-referrer": "referrer",
        "irmer-practitioner": "practitioner", "irmer-operator": "operator", "independent-prescriber": "ip",
        "supplementary-prescriber": "sp", "prescription-only-medicines": "exemptions, local-anaesthesia, pom-annotation",
        "specialist-community-public-health-nurse": "scphn",
    },
    "acts": {
        "administer-pom-parenterally": "inject-pom, administer-iv-medicine", "practise-dentistry": "dental-treatment",
        "make-medicine": "prepare-radiopharmaceutical, manufacture-medicine, prepare-medicine",
        "supply-unauthorised-medicine": "supply-special, supply-unlicensed-medicine",
        "release-medicine": "release-radiopharmaceutical, certify-batch", "make-trial-medicine": "make-investigational-medicine",
        "carry-out-exposure": "medical-exposure-lawful", "give-radioactive-substances-at-a-site": "employer-licence",
        "advise-as-rpa": "act-as-rpa", "provide-diagnostic-procedures": "baby-scan-clinic, regulated-activity",
        "advise-on-lasers": "advise-as-lpa", "make-custom-device": "custom-made-device",
        "require-accredited-registration": "require-rct, require-accredited-register",
        "require-statutory-registration": "require-hcpc, require-statutory-register",
    },
    "facts": {
        "als-certificate": "als", "mpe-certificate": "mpe-recognised, mpe-recognition, recognised-mpe, mpe",
        "medicine.vaccine-kind": "vaccine-kind", "medicine.prescription-only": "pom", "medicine.parenteral": "parenteral",
        "medicine.radioactive": "radioactive", "medicine.contrast-agent": "contrast-agent", "medicine.licensed": "licensed",
        "medicine.controlled-drug": "controlled-drug", "medicine.vaccine": "vaccine",
    },
}  # fmt: skip
# The parts of the register of the Health and Care Professions Council, and since when a body has kept a register of somebody.
PARTS = {
    1: "arts-therapist", 2: "podiatrist", 3: "clinical-scientist", 4: "dietitian", 5: "biomedical-scientist",
    6: "occupational-therapist", 7: "orthoptist", 8: "paramedic", 9: "physiotherapist", 10: "prosthetist-orthotist",
    11: "diagnostic-radiographer therapeutic-radiographer", 12: "speech-and-language-therapist",
    13: "operating-department-practitioner", 14: "practitioner-psychologist", 15: "hearing-aid-dispenser",
}  # fmt: skip
SINCE = {
    ("practitioner-psychologist", "hcpc"): "2009-07-01", ("hearing-aid-dispenser", "hcpc"): "2010-04-01",
    ("nursing-associate", "nmc"): "2019-01-28", ("social-worker", "social-work-england"): "2019-12-02",
    ("physician-associate", "gmc"): "2024-12-13", ("anaesthesia-associate", "gmc"): "2024-12-13",
}  # fmt: skip
ACCREDITED = {"rct": ("2015-09-07", ""), "ahcs": ("2014-12-01", ""), "rccp": ("", "2023-12-31")}
# Districts of a postcode area on the other side of a border.
DISTRICTS = {
    "england": {"TD12", "TD15"},
    "wales": {f"CH{n}" for n in (5, 6, 7, 8)} | {f"SY{n}" for n in (15, 16, 17, 18, 19, 20, 21, 23, 24, 25)},
}
POSTCODES = {
    "wales": {"CF", "LL", "NP", "SA", "LD"},
    "scotland": {"AB", "DD", "DG", "EH", "FK", "G", "HS", "IV", "KA", "KW", "KY", "ML", "PA", "PH", "TD", "ZE"},
    "northern-ireland": {"BT"},
}
PLACES = {
    "wales": {"cardiff", "swansea", "wrexham", "rhyl", "llanelli", "haverfordwest", "pontypridd", "llantrisant"},
    "scotland": {
        "edinburgh",
        "glasgow",
        "aberdeen",
        "dundee",
        "inverness",
        "kirkwall",
        "stornoway",
        "larbert",
        "melrose",
    },
    "northern-ireland": {
        "belfast",
        "londonderry",
        "antrim",
        "omagh",
        "craigavon",
        "dundonald",
        "coleraine",
        "enniskillen",
    },
    "england": {
        "shrewsbury",
        "durham",
        "kendal",
        "whitehaven",
        "oxford",
        "barnstaple",
        "truro",
        "london",
        "leeds",
        "bristol",
        "chester",
        "hereford",
        "carlisle",
        "newcastle upon tyne",
    },
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
    assert medicines(book, "parenteral", True) == ALWAYS_INJECTED
    assert medicines(book, "parenteral", False) == NEVER_INJECTED
    assert not medicines(book, "licensed", True) & RADIOACTIVE, "made up or bought, which of the two is left open"
    for schedule, names in CONTROLLED.items():
        assert medicines(book, "controlled-drug", schedule) == names


def test_other_names_mean_what_people_mean(book: Lawbook) -> None:
    for kind, wanted in ALIASES.items():
        said = {key: ", ".join(item["aliases"]) for key, item in book.data[kind].items() if item.get("aliases")}
        assert said == wanted, kind


def test_registers_are_kept_of_whom_and_since_when_the_texts_say(book: Lawbook) -> None:
    kept = {(key, one["register"]): one for key, item in book.data["professions"].items() for one in item["registers"]}
    assert {pair: one["part"] for pair, one in kept.items() if "part" in one} == {
        (name, "hcpc"): f"Part {number}" for number, names in PARTS.items() for name in names.split()
    }
    assert {pair: one["from"] for pair, one in kept.items() if "from" in one} == SINCE
    accredited = {key: item for key, item in book.data["registers"].items() if item["kind"] == "accredited"}
    assert {key: (one.get("from", ""), one.get("to", "")) for key, one in accredited.items()} == ACCREDITED


def test_places_are_where_they_are(book: Lawbook) -> None:
    places = book.data["wording"]["places"]
    assert {nation: {*areas} for nation, areas in places["postcodes"].items()} == POSTCODES
    for nation, areas in DISTRICTS.items():
        assert {area for area, where in places["districts"].items() if where == nation} == areas
    for nation, names in PLACES.items():
        assert names <= {*places["nations"][nation]}
        assert not any(names & {*others} for other, others in places["nations"].items() if other != nation)


def test_the_table_of_verdicts_is_what_the_lawbook_gives(book: Lawbook) -> None:
    """A change of an answer is a line of tests/verdicts to review; `python benchmarks/verdicts.py` writes them."""
    found = differences(book)
    if found:
        pytest.fail("\n".join(found[:20]))
