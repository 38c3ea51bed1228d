"""`gapcheck diff`, as a maintainer and a professional body use it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.conftest import ROOT, Run
from tests.engine.test_upcoming import LOCAL

SCHEMA = json.loads((ROOT / "schemas/diff.schema.json").read_text(encoding="utf-8"))
TECHNOLOGIST = ROOT / "examples/profiles/nuclear-medicine-technologist.yaml"
GREAT_BRITAIN = ["england", "scotland", "wales"]
UK = [*GREAT_BRITAIN, "northern-ireland"]


@pytest.fixture(scope="module")
def diff(gapcheck: Run) -> Any:
    def run(*arguments: str | Path) -> dict[str, Any]:
        ran = gapcheck("diff", *arguments, "--format", "json")
        assert ran.returncode == 0, ran.stderr
        data: dict[str, Any] = json.loads(ran.stdout)
        jsonschema.Draft202012Validator(SCHEMA).validate(data)
        return data

    return run


def told(data: dict[str, Any]) -> set[tuple[str, str, str, str, tuple[str, ...]]]:
    """Kind, profession (or everyone), route, act and nations of every change."""
    return {
        (change["kind"], who, change["route"], act["act"], tuple(group["nations"]))
        for change in data["changes"]
        for group in change["groups"]
        for who in (["everyone"] if change["everyone"] else sorted({one["profession"] for one in group["who"]}))
        for act in change["acts"]
    }


GIVE, SUPPLY, EVALUATE = "administer-pom-parenterally", "supply-pom", "irmer-evaluate"
OTHERWISE = "administer-pom-by-another-route"
PGD, SCH17, VGD = "patient-group-direction", "schedule-17-exemption", "vaccine-group-direction"


def test_the_instrument_of_june_2024_and_nothing_else(diff: Any) -> None:
    data = diff("--from", "2024-06-25", "--to", "2024-06-26")
    technicians = {("gain", "pharmacy-technician", PGD, act, tuple(GREAT_BRITAIN)) for act in (GIVE, OTHERWISE, SUPPLY)}
    dental = {
        ("gain", who, SCH17, act, tuple(UK))
        for who in ("dental-hygienist", "dental-therapist")
        for act in (GIVE, SUPPLY)
    }
    assert told(data) == technicians | dental
    assert data["rules_that_shift_nobody"] == [] and data["cannot_be_told"] == []
    by_route = {change["route"]: change for change in data["changes"]}
    assert [cause["by"] for cause in by_route[PGD]["because"]] == ["SI 2024/729"]
    assert "SI 2024/729" in by_route[SCH17]["because"][0]["reading"]
    (give,) = [act for act in by_route[SCH17]["acts"] if act["act"] == GIVE]
    assert give["medicines"] == ["articaine-adrenaline-dental", "lidocaine-adrenaline-dental"]
    assert give["where"] == [{"fact": "qualified-for-listed-medicines", "values": [True]}]


def test_that_instrument_in_words(gapcheck: Run, book: Any) -> None:
    text = re.sub(r"\s+", " ", gapcheck("diff", "--from", "2024-06-25", "--to", "2024-06-26", "--full").stdout)
    assert "In England, Scotland and Wales pharmacy technicians gain this way: patient group direction" in text
    assert "Dental hygienists and dental therapists gain this way: exemption in Schedule 17" in text
    assert "SI 2024/729, from 26 June 2024" in text and "Gained: 2." in text
    heads = " ".join(re.findall(r"([^.:;]*?) gains? this way", text)).lower()
    named = {key for key, item in book.data["professions"].items() if item["plural"] in heads}
    assert named == {"pharmacy-technician", "dental-hygienist", "dental-therapist"}


def test_maintenance_in_october_2024(diff: Any) -> None:
    data = diff("--from", "2024-09-30", "--to", "2024-10-01")
    assert told(data) == {("gain", "everyone", "not-a-practical-aspect", "irmer-operate", tuple(GREAT_BRITAIN))}
    assert data["changes"][0]["acts"][0]["where"] == [{"fact": "activity", "values": ["equipment-maintenance"]}]


def test_vaccination_in_march_2026(diff: Any) -> None:
    changes = told(diff("--from", "2026-03-30", "--to", "2026-03-31"))
    lost = {change for change in changes if change[0] == "lose"}
    assert lost == {
        *(("lose", "everyone", "national-protocol", act, tuple(UK)) for act in (GIVE, SUPPLY)),
        *(("lose", "operating-department-practitioner", SCH17, act, tuple(UK)) for act in (GIVE, SUPPLY)),
        *(("lose", "nursing-associate", SCH17, act, ("england",)) for act in (GIVE, SUPPLY)),
    }
    assert ("gain", "everyone", VGD, GIVE, tuple(UK)) in changes
    assert ("gain", "diagnostic-radiographer", SCH17, GIVE, tuple(UK)) in changes
    assert ("gain", "pharmacy-technician", SCH17, GIVE, tuple(GREAT_BRITAIN)) in changes
    assert not any(who == "nurse" for _, who, *_ in changes), "a nurse of the scheme could before, and can"


def test_the_regulations_of_2017(diff: Any) -> None:
    """New instruments with the same effect shift nobody; what they do change, and what was not known before, is told."""
    data = diff("--from", "2018-02-05", "--to", "2018-02-06")
    shifts = {change[:4] for change in told(data) if change[0] in ("gain", "lose")}
    assert {change for change in shifts if change[3] not in (GIVE, OTHERWISE)} == set()
    giving = [act for change in data["changes"] for act in change["acts"] if act["act"] in (GIVE, OTHERWISE)]
    assert giving, "on the same day the 1978 Regulations on radioactive medicines went"
    certificate = {"fact": "radioactive-medicines-certificate", "values": [False]}
    assert all(certificate in act["where"] or "tc-99m" in act["medicines"] for act in giving)
    needs = {change["route"]: change for change in data["changes"] if change["kind"] == "needs"}
    assert set(needs) == {"practitioner", "operator-under-guidelines", "operator"}
    before, after = (needs["practitioner"]["acts"][0]["needs"][side] for side in ("before", "after"))
    assert all("arrangement.practitioner-licence" not in one for one in before)
    assert all("arrangement.practitioner-licence" in one for one in after)
    same = {(item["rule"], item["change"]) for item in data["rules_that_shift_nobody"]}
    assert {("referrer-2006", "ends"), ("referrer", "begins"), ("medical-exposure-2014", "ends")} <= same
    assert any("Northern Ireland" in line for line in data["cannot_be_told"])
    open_before = (
        "outside the practical aspects of IR(ME)R, to clinically evaluate a medical exposure, in the first law"
    )
    assert any(open_before in line for line in data["cannot_be_told"]), "the Regulations of 2000 do not settle it"


def test_law_to_come(diff: Any) -> None:
    aseptic = diff("--from", "2026-12-09", "--to", "2026-12-10")
    assert told(aseptic) == {
        (
            "gain",
            "pharmacy-technician",
            "pharmacy-technician-supervision",
            "supervise-aseptic-preparation",
            tuple(GREAT_BRITAIN),
        )
    }
    cited = [law for cause in aseptic["changes"][0]["because"] for law in cause["law"]]
    assert "announced" in {law.get("commencement") for law in cited}, "the order that brings it into force was not read"
    titles = diff("--from", "2026-12-12", "--to", "2026-12-13")
    assert told(titles) == {
        ("lose", "everyone", "unprotected-title", "use-title", tuple(UK)),
        ("gain", "physician-associate", "title-holder", "use-title", tuple(UK)),
        ("gain", "anaesthesia-associate", "title-holder", "use-title", tuple(UK)),
    }


def test_a_register_that_opens(diff: Any) -> None:
    data = diff("--from", "2024-12-12", "--to", "2024-12-13", "--nation", "wales")
    who = {(one["profession"], one["standing"]) for change in data["changes"] for one in change["groups"][0]["who"]}
    assert who == {("physician-associate", "newly-registered"), ("anaesthesia-associate", "newly-registered")}
    assert {"referrer", "practitioner"} <= {change["route"] for change in data["changes"]}


def test_two_nations(diff: Any) -> None:
    data = diff("--from", "England", "--to", "northern ireland", "--as-at", "2026-11-22")
    changes = {change[:4] for change in told(data)}
    assert ("gain", "doctor", "referrer", "irmer-refer") in changes
    assert ("lose", "pharmacy-technician", PGD, GIVE) in changes
    assert ("lose", "everyone", "not-a-practical-aspect", "irmer-operate") in changes
    assert not any(route == "operator" for _, _, route, _ in changes), (
        "Northern Ireland has operators by rules of its own"
    )
    assert any("Misuse of Drugs" in line for line in data["cannot_be_told"])


def test_two_readings(diff: Any) -> None:
    data = diff("--from", "reg-240-contrast=narrow", "--to", "reg-240-contrast=wide")
    assert told(data) == {("gain", "everyone", "medical-exposure", GIVE, tuple(UK))}
    assert {"fact": "medicine.contrast-agent", "values": [True]} in data["changes"][0]["acts"][0]["where"]
    assert "`wide`" in data["changes"][0]["because"][0]["says"]
    assert told(diff("--interpretation", "reg-240-contrast=wide")) == told(data)


LADDER = {
    ("register-clinical-technologists",): (
        {"referrer", "practitioner", "statutory-registration", "unprotected-title"},
        set(),
    ),
    ("pgd-for-clinical-technologists",): (set(), set()),
    ("register-clinical-technologists", "pgd-for-clinical-technologists"): (
        {"referrer", "practitioner", "statutory-registration", "unprotected-title", PGD, SCH17},
        {VGD},
    ),
}


@pytest.mark.parametrize("reforms", LADDER, ids="+".join)
def test_the_ladder_of_reforms(diff: Any, reforms: tuple[str, ...]) -> None:
    """Registration opens the roles that follow the regulator, and to say truly that one is registered; the amendment alone
    nothing; both together directions."""
    data = diff(*(part for reform in reforms for part in ("--reform", reform)), "--nation", "england")
    by_kind = {kind: {item["route"] for item in data["changes"] if item["kind"] == kind} for kind in ("gain", "needs")}
    assert (by_kind["gain"], by_kind["needs"]) == LADDER[reforms]
    who = {(one["profession"], one["standing"]) for item in data["changes"] for one in item["groups"][0]["who"]}
    assert who == ({("clinical-technologist", "newly-registered")} if data["changes"] else set())
    assert {item["rule"] for item in data["rules_that_shift_nobody"]} >= (
        {"pgd-administration"} if reforms == ("pgd-for-clinical-technologists",) else set()
    )


def test_a_reform_on_top_of_another(diff: Any) -> None:
    first, second = "register-clinical-technologists", "pgd-for-clinical-technologists"
    data = diff("--from", first, "--to", first, "--to", second, "--nation", "scotland")
    assert {change["route"] for change in data["changes"] if change["kind"] == "gain"} == {PGD, SCH17}


def test_a_reform_on_another_day_or_with_the_same_day_on_both_sides(diff: Any) -> None:
    reform = ["--reform", "pgd-for-operating-department-practitioners", "--nation", "england"]
    today = told(diff(*reform, "--as-at", "2026-11-22"))
    assert {change[2] for change in today} == {PGD, SCH17, VGD}
    assert told(diff(*reform, "--from", "2026-11-22", "--to", "2026-11-22")) == today
    assert {change[2] for change in told(diff(*reform, "--as-at", "2026-01-01"))} == {PGD}
    assert told(diff(*reform, "--from", "2024-09-30", "--to", "2024-10-01")) == {
        ("gain", "everyone", "not-a-practical-aspect", "irmer-operate", ("england",))
    }


def test_reforms_within_limits(diff: Any) -> None:
    scientists = told(diff("--reform", "pgd-for-clinical-and-biomedical-scientists"))
    assert {change[1:3] for change in scientists} == {("clinical-scientist", PGD), ("biomedical-scientist", PGD)}
    prescribers = diff("--reform", "independent-prescribing-for-diagnostic-radiographers")
    prescribe, mix = ("diagnostic-radiographer", "independent-prescribing"), ("diagnostic-radiographer", "mixing")
    assert {change[1:3] for change in told(prescribers)} == {prescribe, mix}
    for act in (act for change in prescribers["changes"] for act in change["acts"]):
        assert {"fact": "annotation.independent-prescriber", "values": [True]} in act["where"]


def test_findings_of_a_profile(diff: Any) -> None:
    data = diff("--reform", "register-clinical-technologists", "--profile", TECHNOLOGIST)
    stands, joined = data["profiles"]
    assert (stands["once_registered"], stands["findings"]) == ("", []), "a reform registers nobody"
    assert joined["once_registered"] == "hcpc"
    changes = {item["task"]: item["changes"] for item in joined["findings"]}
    assert changes["nm-refer-for-imaging"]["status"] == {"before": "blocked", "after": "clear"}
    assert changes["nm-refer-for-imaging"]["routes"] == {"before": [], "after": ["referrer"]}
    assert "status" not in changes["nm-administer-iv-contrast"], "registration alone gives no patient group direction"
    assert {group["nations"][0] for change in data["changes"] for group in change["groups"]} == {"england"}
    wide = diff("--from", "reg-240-contrast=narrow", "--to", "reg-240-contrast=wide", "--profile", TECHNOLOGIST)
    (only,) = wide["profiles"][0]["findings"]
    assert only["task"] == "nm-administer-iv-contrast"
    assert only["changes"]["routes"]["after"] == ["medical-exposure"]


def test_only_a_profession(diff: Any) -> None:
    data = diff("--from", "2026-03-30", "--to", "2026-03-31", "--profession", "ODP")
    named = {who for _, who, *_ in told(data)}
    assert "operating-department-practitioner" in named and "dietitian" not in named


def test_two_lawbooks(diff: Any, gapcheck: Run, tmp_path: Path) -> None:
    """A maintainer's copy with one new class member, another with a condition dropped, and a folder laid over."""
    copy = tmp_path / "new"
    shutil.copytree(ROOT / "rules", copy)
    path = copy / "hmr-2012/pgd-classes.yaml"
    line = "  - {id: operating-department-practitioner, from: 2027-05-01, by: SI 2027/000}\n"
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    nothing = diff("--from", ROOT / "rules", "--to", copy, "--as-at", "2026-11-22")
    assert nothing["changes"] == [] and nothing["differs"]
    assert nothing["lawbook_items"] == [{"kind": "classes", "added": [], "removed": [], "changed": ["pgd-classes"]}]
    data = diff("--from", ROOT / "rules", "--to", copy, "--as-at", "2027-05-01")
    assert {change[1] for change in told(data)} == {"operating-department-practitioner"}
    assert data["changes"][0]["because"][0]["by"] == "SI 2027/000"
    assert told(diff("--from", "2027-04-30", "--to", "2027-05-01", "--rules", copy)) == told(data)

    rule = copy / "irmer-2017/referrer.yaml"
    text = rule.read_text(encoding="utf-8")
    start, end = text.index("    - fact: holder.statutory-registration"), text.index("    - fact: holder.profession")
    rule.write_text(text[:start] + text[end:], encoding="utf-8")
    dropped = diff("--from", ROOT / "rules", "--to", copy, "--nation", "england")
    (change,) = [item for item in dropped["changes"] if item["route"] == "referrer"]
    who = {one["profession"] for one in change["groups"][0]["who"]}
    assert change["kind"] == "gain" and {"sonographer", "clinical-technologist"} <= who and "nurse" not in who


def test_a_folder_laid_over_the_packaged_lawbook(diff: Any, gapcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "local.yaml").write_text(LOCAL, encoding="utf-8")
    data = diff("--rules", tmp_path)
    assert data["changes"] == [] and [item["kind"] for item in data["lawbook_items"]] == ["scopes", "tasks", "lawbook"]
    assert "local-supervise-aseptic" in data["lawbook_items"][1]["added"]
    profile = tmp_path / "profile.json"
    holder = {"profession": "pharmacy-technician", "registrations": [{"register": "gphc"}]}
    post = {"title": "Technician", "nation": "england"}
    tasks = ["local-supervise-aseptic"]
    profile.write_text(json.dumps({"gapcheck": 1, "post": post, "holder": holder, "tasks": tasks}), encoding="utf-8")
    run = gapcheck("diff", "--rules", tmp_path, "--profile", profile)
    assert run.returncode == 2 and "no task `local-supervise-aseptic`" in run.stderr, (
        "the packaged lawbook has no such task"
    )
    days = ["--from", "2026-12-09", "--to", "2026-12-10", "--rules", tmp_path, "--profile", profile]
    (finding,) = diff(*days)["profiles"][0]["findings"]
    assert finding["changes"]["status"] == {"before": "blocked", "after": "risky"}, "no register covers a local scope"


def test_a_medicine_that_is_put_into_another_schedule(diff: Any, tmp_path: Path) -> None:
    """The rules are the same; the medicine is not."""
    copy = tmp_path / "new"
    shutil.copytree(ROOT / "rules", copy)
    path = copy / "medicines.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("  - id: furosemide")
    changed = text[start:].replace("medicine.controlled-drug: none", "medicine.controlled-drug: schedule-3", 1)
    path.write_text(text[:start] + changed, encoding="utf-8")
    data = diff("--from", ROOT / "rules", "--to", copy, "--nation", "england")
    assert ("lose", "everyone", "medical-exposure", GIVE, ("england",)) in told(data)
    assert all(act["medicines"] == ["furosemide"] for change in data["changes"] for act in change["acts"])


def test_faces_and_exit_codes(gapcheck: Run, tmp_path: Path) -> None:
    asked = ["diff", "--from", "2024-09-30", "--to", "2024-10-01"]
    assert gapcheck(*asked).returncode == 0
    assert gapcheck(*asked, "--exit-code").returncode == 1
    same = gapcheck("diff", "--from", "2024-10-01", "--to", "2024-10-01", "--exit-code")
    assert same.returncode == 0 and "Nothing changes for anybody." in same.stdout
    page = gapcheck(*asked, "--format", "markdown", "--full").stdout
    assert (
        page.startswith("# From 30 September 2024 to 1 October 2024") and "## Gained" in page and "](<https://" in page
    )
    out = tmp_path / "diff.json"
    assert gapcheck(*asked, "--format", "json", "-o", out).returncode == 0
    assert json.loads(out.read_text(encoding="utf-8"))["differs"] is True


BAD = {
    (): "nothing to compare",
    ("--nation", "wales"): "nothing to compare",
    ("--from", "2024-13-01"): "`2024-13-01` is not a date",
    ("--from", "englnd"): "did you mean `england`?",
    ("--to", "pgd-for-sonografers"): "did you mean `pgd-for-sonographers`?",
    ("--to", "something"): "name a date, a nation, a reform",
    ("--to", "reg-240-contrast=broad"): "has no reading `broad`",
    ("--to", "reg-240=wide"): "there is no interpretation `reg-240`",
    ("--reform", "nothing"): "there is no reform `nothing`",
    ("--rules", "/no/such/folder"): "there are no lawbook files",
    ("--to", "wales", "--profession", "radiograper"): "there is no profession `radiograper`",
    ("--to", "wales", "--profile", "no.yaml"): "cannot be read",
    ("--to", "2027-01-01", "--nation", "walse"): "did you mean `wales`?",
    ("--to", "2027-01-01", "--as-at", "today"): "`today` is not a date",
}


@pytest.mark.parametrize("arguments", BAD, ids=" ".join)
def test_bad_input_is_said_in_words(gapcheck: Run, arguments: tuple[str, ...]) -> None:
    run = gapcheck("diff", *arguments)
    assert (run.returncode, run.stdout) == (2, "")
    assert BAD[arguments] in run.stderr and "Traceback" not in run.stderr
