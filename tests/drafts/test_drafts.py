"""A draft is read: sentences that state law are found and put into the engine's terms, and nothing that a sentence does not say."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import jsonschema
import pytest
import yaml

from gapcheck import Lawbook
from gapcheck.claims.model import Statement
from gapcheck.drafts.read import read_draft
from gapcheck.jobdesc.reading.build import TextBuilder
from gapcheck.jobdesc.reading.limits import Limits
from tests.claims.test_claims import validator
from tests.conftest import ROOT, TODAY, Run

EXAMPLE = ROOT / "examples/draft.md"
Reader = Callable[[str], tuple[Statement, ...]]


@pytest.fixture(scope="module")
def read(book: Lawbook) -> Reader:
    def of(text: str) -> tuple[Statement, ...]:
        builder = TextBuilder("draft.txt", Limits())
        builder.plain(text)
        return read_draft(builder.document("txt"), book).statements

    return of


def told(statement: Statement) -> set[tuple[str, str, str]]:
    """Who, says and act of what a statement asserts, the way added where one is named."""
    return {
        (one.profession if not one.professions else "several", one.says, one.routes[0] if one.routes else one.act)
        for one in statement.assertions
    }


SAYS: dict[str, set[tuple[str, str, str]]] = {
    "Physiotherapists may use patient group directions.": {("physiotherapist", "may", "patient-group-direction")},
    "Paramedics cannot refer a patient for an X-ray under IR(ME)R.": {("paramedic", "may-not", "irmer-refer")},
    "Only doctors may prescribe prescription only medicines.": {("several", "only-these", "prescribe-pom")},
    "PGDs may only be used by allied health professionals.": {("several", "only-these", "patient-group-direction")},
    "PGDs may only be used by registered health professionals.": {("anyone", "not-without-registration", "patient-group-direction")},
    "Nurses must be registered in order to act as IR(ME)R referrer.": {("nurse", "not-without-registration", "irmer-refer")},
    "Clinical scientists need not be registered to act as operators under IR(ME)R.": {("clinical-scientist", "needs-no-registration", "operator")},
    "Sonographers must give lidocaine under a patient specific direction.": {("sonographer", "only-by", "patient-specific-direction")},
    "To be a practitioner under IR(ME)R, one must be a registered health care professional.": {("anyone", "not-without-registration", "irmer-justify")},
    "Midwife is a protected title.": {("anyone", "not-without-registration", "use-title")},
    "The title of sonographer is not a protected title.": {("anyone", "needs-no-registration", "use-title")},
    "Dieticians can act as operators under IR(ME)R, while sonographers cannot.": {("dietitian", "may", "operator"), ("sonographer", "may-not", "operator")},
    "Biomedical scientists, who must have HCPC registration to act as operators under IR(ME)R, are many.": {("biomedical-scientist", "not-without-registration", "operator")},
    "As HCPC registrants, dietitians are enabled to use PGDs.": {("dietitian", "may", "patient-group-direction"), ("several", "may", "patient-group-direction")},
    "According to regulation 240 of the Human Medicines Regulations, technologists may inject furosemide.": {("clinical-technologist", "may", "administer-pom-parenterally")},
    "A technologist may only act as an operator under IR(ME)R.": {("clinical-technologist", "may", "operator"), ("clinical-technologist", "may-not", "irmer-refer"), ("clinical-technologist", "may-not", "irmer-justify")},
    "Patient group directions are closed to clinical scientists.": {("clinical-scientist", "may-not", "patient-group-direction")},
    "It is unlawful for a technologist to act as an IR(ME)R referrer.": {("clinical-technologist", "may-not", "irmer-refer")},
    "The law does not allow technologists to justify exposures under IR(ME)R.": {("clinical-technologist", "may-not", "irmer-justify")},
    "Statutory registration is required to act as an IR(ME)R practitioner.": {("anyone", "not-without-registration", "irmer-justify")},
    "Under the Human Medicines Regulations, nurses may supply medicines under a PGD.": {("nurse", "may", "patient-group-direction")},
    "A technologist may authorise an exposure under guidelines issued by a practitioner.": {("clinical-technologist", "may", "operator-under-guidelines")},
    "A physiotherapist must hold HCPC registration in order to use PGDs.": {("physiotherapist", "not-without-registration", "patient-group-direction")},
    "Radiographers need to be registered with the HCPC to operate X-ray equipment.": {("diagnostic-radiographer", "not-without-registration", "irmer-operate"), ("therapeutic-radiographer", "not-without-registration", "irmer-operate")},
    "Neither technologists nor sonographers may use PGDs.": {("clinical-technologist", "may-not", "patient-group-direction"), ("sonographer", "may-not", "patient-group-direction")},
    "No one may call themselves a radiographer without being registered.": {("anyone", "not-without-registration", "use-title")},
    "Technologists may, however, administer prescription only medicines under a PSD.": {("clinical-technologist", "may", "patient-specific-direction")},
    "Because they are not registered healthcare professionals, technologists cannot act as an IR(ME)R practitioner.": {("clinical-technologist", "may-not", "irmer-justify")},
    "Dental nurses registered with the GDC may act as operators under IR(ME)R.": {("dental-nurse", "may", "operator")},
    "A sonographer who is not otherwise registered cannot currently work under a PGD.": {("sonographer", "may-not", "patient-group-direction")},
    "Biomedical scientists are on the HCPC register yet may not use PGDs.": {("biomedical-scientist", "may-not", "patient-group-direction")},
    "Social workers are among the groups that can use patient group directions.": {("social-worker", "may", "patient-group-direction")},
    "No one other than a doctor or dentist may prescribe prescription only medicines.": {("several", "only-these", "prescribe-pom")},
    "Nothing in IR(ME)R prevents a technologist from carrying out the practical aspects of a medical exposure.": {("clinical-technologist", "may", "irmer-operate")},
    "Current legislation prevents physiotherapists from referring patients for X-rays.": {("physiotherapist", "may-not", "irmer-refer")},
    "IR(ME)R does not bar healthcare support workers from acting as operators.": {("healthcare-support-worker", "may", "operator")},
    "Sonography is not a regulated profession and the title sonographer can be adopted by anybody.": {("anyone", "needs-no-registration", "use-title")},
    "Physician associates may prescribe medicines now that they are regulated by the GMC.": {("physician-associate", "may", "prescribe-pom")},
    "Physician associates cannot request ionising radiation even though they are registered.": {("physician-associate", "may-not", "irmer-refer")},
    "Operators under IR(ME)R need not be registered with any body.": {("anyone", "needs-no-registration", "irmer-operate")},
    "An IR(ME)R practitioner must be a registered health care professional.": {("anyone", "not-without-registration", "irmer-justify")},
    "Technologists cannot give iodinated contrast without a patient specific direction.": {("clinical-technologist", "only-by", "patient-specific-direction")},
    "Individuals removed from voluntary registers may also continue practising without restriction.": {("clinical-technologist", "needs-no-registration", "irmer-operate")},
    "As already stated, there is no mandatory requirement for technologists to obtain any form of registration.": {("clinical-technologist", "needs-no-registration", "irmer-operate")},
    "A technologist on the RCT may refer patients for CT, since the RCT is accredited by the Professional Standards Authority.": {("clinical-technologist", "may", "irmer-refer")},
    "Clinical technologists registered with the RCT cannot act as an IR(ME)R practitioner.": {("clinical-technologist", "may-not", "irmer-justify")},
    "Employers cannot require registration with an accredited register.": {("anyone", "may-not", "require-accredited-registration")},
}  # fmt: skip

# Sentences of the same words that say no such thing: what would be, was, will be or ought to be, what others say, of some people,
# on a condition, of another country, or nothing of law at all.
SAYS_NOT = """
Technologists on the RCT who have passed the course may refer patients for CT under IR(ME)R.
Cardiac physiologists on the RCT may refer patients for CT under IR(ME)R.
Technologists should be allowed to refer patients for X-rays.
Some people say that nurses cannot request CT scans.
We believe that radiographers must be registered with the HCPC to give radiation.
It is a myth that only doctors may prescribe.
Until 2018 technologists could not act as operators under IR(ME)R.
The new regulations will allow sonographers to use PGDs.
Radiographers cannot find time to justify their exposures to the cold.
Radiographers may not always justify the exposure properly.
The trust cannot refer to the previous X-ray report.
Patients may be referred for imaging under IR(ME)R.
A radiographer may refer to the protocol.
In Ireland radiographers may act as practitioners under IR(ME)R.
Would nurses be able to use a PGD?
Does the law say that technologists cannot refer for an exposure?
Nobody doubts that paramedics may not act as practitioners under IR(ME)R.
It isn't true that dietitians cannot use patient group directions.
Technologists may not want to act as operators under IR(ME)R.
Nurses may find PGDs confusing.
The Society argued that technologists cannot act as referrers under IR(ME)R.
"Technologists may not refer for imaging under IR(ME)R," wrote one manager.
Radiographers must register for the radiation conference by Friday.
Nurses must have registration documents ready at the door.
Midwives can work under a lot of stress without registration fees being paid.
Trainee radiographers may act as operators under IR(ME)R.
Technologists were not permitted to act as practitioners under IR(ME)R.
Paramedics may order an X-ray machine under the procurement regulations.
Technologists cannot use PGDs, or so it is claimed.
Whether sonographers may use PGDs is open.
Not all nurses may use PGDs.
No nurse may use a PGD in our department by local policy.
Few technologists are entitled to act as operators under IR(ME)R.
Radiographers who are supplementary prescribers may prescribe medicines.
Nurses with a PGD may give contrast.
Nothing in the department prevents nurses from acting as operators under IR(ME)R.
A shortage of staff prevents technologists from acting as referrers under IR(ME)R.
Radiographers who are registered with a mentoring scheme may justify exposures under IR(ME)R.
Social workers are not among the professions that can use patient group directions.
Technologists are supported by staff who can refer patients for X-rays under IR(ME)R.
Neither the Society nor the College believes that technologists may act as referrers under IR(ME)R.
The title podiatrist can be used by anyone who is registered with the HCPC.
Anyone removed from the HCPC register may continue to practise.
As stated by the Society, technologists may act as referrers under IR(ME)R.
Technologists must be registered to practise.
The NHS could let technologists use patient group directions.
Technologists may use PGDs, critics say.
Nobody needs statutory registration in order to use the title of nurse.
Pending legislation, technologists may act as practitioners under IR(ME)R.
There is no reason why technologists cannot act as referrers under IR(ME)R.
Registration with the HCPC is required to practise as a radiographer.
Technologists are not authorised to park here under the regulations.
Pharmacists are entitled to annual leave under the regulations.
Radiographers can report an incident to the regulator under IR(ME)R.
Employers open themselves to challenge by requiring registration with a voluntary register.
Participation in an RCT is voluntary.
Consent is required by law before a patient enters an RCT.
The operator of a clinic must be registered with the Care Quality Commission.
Ambulance operators must be registered with the CQC.
Radiographers can give instructions to patients in the waiting room.
Clinical scientists write instructions for the use of the gamma camera.
It is an offence to possess a prescription only medicine.
It is an offence to advertise a prescription only medicine to the public.
Physiologists are regulated by a section 60 order.
Registration on an accredited register would make technologists eligible to act as referrers if the employer entitled them.
If a patient group direction is registered with the trust, it may be used on every ward.
Registration would give our members a voice in prescribing policy.
A patient group direction must be signed by a doctor or by a pharmacist.
A patient group direction is signed by the chief executive on behalf of the trust.
Accredited registers may require employers to give references.
The MPE must be registered for the conference by Friday.
The employer must keep training records of practitioners of homeopathy.
IR(ME)R covers CT, and the MRI department has rules of its own.
IR(ME)R applies to PET-MRI because of the PET.
The nurse explains to carers and comforters what counts as safe.
Doctors registered in Ireland may request blood tests in Northern Ireland.
Reporting of incidents involving radiation exposure may only be done by registered managers.
The exemption from parking charges in an emergency covers any medicine delivery.
The repair of operators' chairs is a practical aspect of running a department.
The Professional Standards Authority accredits registers and gives applicants statutory registration forms to read.
Regulation 19 of the CQC's rules requires references, and technologists on the RCT have them.
The RCCP is today a footnote in the history of the profession.
The ALS certificate course covers anaphylaxis and allows for breaks.
By mouth, a capsule is swallowed, and the restriction in the leaflet covers driving.
IR(ME)R is said by some to be enforced by the HCPC.
In Northern Ireland MRI is outside the regulations of 1985 on ionising radiation.
In 2011 a medical physics expert need not be registered.
""".strip().splitlines()


@pytest.mark.parametrize("sentence", SAYS)
def test_what_a_sentence_says(read: Reader, sentence: str) -> None:
    (statement,) = read(f"The law\n\n{sentence}\n")
    assert statement.statement == sentence
    assert told(statement) == SAYS[sentence], statement


@pytest.mark.parametrize("sentence", SAYS_NOT)
def test_nothing_that_a_sentence_does_not_say(read: Reader, sentence: str) -> None:
    found = read(f"The law\n\n{sentence}\n")
    assert not [item.assertions for item in found if item.assertions]


def test_what_is_left_to_a_person_says_why(read: Reader) -> None:
    for sentence, why in {
        "Technologists should be allowed to refer patients for X-rays.": "wants",
        "The Society argued that technologists cannot act as referrers under IR(ME)R.": "somebody else",
        "The Care Quality Commission requires staff to be competent.": "body requires",
        "Until 2018 technologists could not act as operators under IR(ME)R.": "would be",
    }.items():
        (statement,) = read(sentence)
        assert why in statement.unsure or "what was" in statement.unsure


def test_pronouns_and_abbreviations(read: Reader) -> None:
    """They are those of whom the sentence before spoke; what stands in brackets after a name is its abbreviation."""
    first, second = read(
        "Nuclear medicine technologists (NMTs) cannot refer for X-rays under IR(ME)R. They may act as operators."
    )
    assert told(first) == {("clinical-technologist", "may-not", "irmer-refer")}
    assert told(second) == {("clinical-technologist", "may", "operator")}
    *_, third = read(
        "Nuclear medicine technologists (NMTs) work here.\n\nBy law an NMT may not act as a referrer under IR(ME)R."
    )
    assert told(third) == {("clinical-technologist", "may-not", "irmer-refer")}


def test_figures_are_compared(read: Reader) -> None:
    alike = "The register of dental hygienists holds 2,400 names. Later 2,400 names stood in the register of dental hygienists."
    assert {one.value for item in read(alike) for one in item.figures} == {2400}
    other = "The register of dental hygienists in Wales holds 2,400 names. The register of dental hygienists in Scotland holds 90 names."
    assert not read(other)
    assert not read("Page 12 of the report on dental hygienists. Page 14 of the report on dental hygienists.")


@pytest.fixture(scope="module")
def data(gapcheck: Run) -> Any:
    result = gapcheck("claims", EXAMPLE, "--as-at", TODAY, "--format", "json")
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_the_example(data: Any) -> None:
    """Every quote is an exact piece of the draft, at its line; what is said instead is true."""
    validator().validate(data)
    text = EXAMPLE.read_text("utf-8")
    lines = text.splitlines()
    for item in data["statements"]:
        assert item["statement"] in text
        assert item["statement"].splitlines()[0][:20] in lines[item["line"] - 1]
    assert data["document"]["source"] == "draft.md"
    assert data["document"]["sha256"] == hashlib.sha256(EXAMPLE.read_bytes()).hexdigest()
    verdicts = [item["verdict"] for item in data["statements"]]
    assert verdicts.count("contradicted") == 6 and verdicts.count("to-check") == 4
    wrong = [one for item in data["statements"] for one in item["asserts"] if one["verdict"] == "contradicted"]
    assert all(one["suggest"] for one in wrong)
    (differ,) = (item for item in data["figures"] if not item["holds"])
    assert "2,400 names (line 23); 2,650 names (line 24)" in differ["says"]


def test_what_is_suggested_is_true(data: Any, read: Reader, book: Lawbook) -> None:
    """Words that are given in the place of wrong ones are found true when they are read themselves."""
    from gapcheck.claims.legal import check_statement

    said = [one["suggest"] for item in data["statements"] for one in item["asserts"] if one.get("suggest")]
    checked = 0
    for words in said:
        for statement in read(f"By law: {words}"):
            if statement.assertions:
                found = check_statement(statement, lambda nation: book.at(TODAY, nation), list(book.data["nations"]))
                assert found.verdict in ("supported", "qualified"), (words, found.checked[0].why)
                checked += 1
    assert said and checked


def test_a_person_confirms_and_corrects(gapcheck: Run, tmp_path: Path, data: Any) -> None:
    """What was read is written, corrected by hand, and read back."""
    path = tmp_path / "statements.yaml"
    result = gapcheck("claims", EXAMPLE, "-o", path)
    assert result.returncode == 0, result.stderr
    written = yaml.safe_load(path.read_text("utf-8"))
    assert len(written["statements"]) == len(data["statements"])
    schema = json.loads((ROOT / "schemas/statements.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(written)
    first = written["statements"][0]
    assert first["state"] == "proposed"
    first["state"] = "not-said"
    argued = next(item for item in written["statements"] if "argued" in item["statement"])
    argued.pop("unsure")
    argued |= {
        "state": "confirmed",
        "asserts": [{"act": "irmer-operate", "profession": "clinical-technologist", "says": "may-not"}],
    }
    path.write_text(yaml.safe_dump(written), "utf-8")
    result = gapcheck("claims", path, "--as-at", TODAY, "--format", "json", "--fail-on", "contradicted")
    again = json.loads(result.stdout)
    assert result.returncode == 1
    verdicts = {item["id"]: item["verdict"] for item in again["statements"]}
    assert verdicts[first["id"]] == "not-a-legal-claim" and verdicts[argued["id"]] == "contradicted"


def test_word_and_pages_of_text(gapcheck: Run, tmp_path: Path) -> None:
    """A draft in Word is read as one in text is; a text with page breaks says the page as well."""
    document = docx.Document()
    document.add_heading("Draft", 1)
    document.add_paragraph("Paramedics cannot refer a patient for an X-ray under IR(ME)R.")
    document.save(str(tmp_path / "draft.docx"))
    result = gapcheck("claims", tmp_path / "draft.docx", "--format", "json")
    assert [item["verdict"] for item in json.loads(result.stdout)["statements"]] == ["contradicted"]
    (tmp_path / "draft.txt").write_text("One\n\nNothing here.\n\fTwo\n\nMidwife is a protected title.\n", "utf-8")
    (item,) = json.loads(gapcheck("claims", tmp_path / "draft.txt", "--format", "json").stdout)["statements"]
    assert (item["page"], item["verdict"]) == (2, "supported")


@pytest.mark.parametrize(
    ("sentence", "verdict", "told_of"),
    [
        ("Technologists may inject furosemide for a renogram under regulation 240 without a patient specific direction.", "supported", ""),
        ("When carrying out repairs of X-ray equipment, technologists act as operators under IR(ME)R.", "qualified", "nothing of the kind is needed"),
        ("Physician associates cannot request ionising radiation under IR(ME)R.", "contradicted", ""),
        ("Dietitians cannot use PGDs.", "contradicted", ""),
        ("Once registered, dietitians may use patient group directions.", "to-check", ""),
        ("A physician associate can give a patient specific direction.", "contradicted", ""),
        ("In an emergency anybody may inject any medicine in order to save life.", "contradicted", ""),
        ("A patient group direction must be signed by a doctor and a pharmacist.", "supported", ""),
        ("An accredited register confers statutory registration on its members.", "contradicted", ""),
        ("An employer may lawfully require registration with a voluntary register as a condition of appointment.", "supported", ""),
        ("Dental hygienists may give local anaesthetic under Schedule 17.", "qualified", "cannot be told"),
        ("If technologists were registered, they could use patient group directions.", "contradicted", ""),
        ("Once registered, technologists may use PGDs.", "contradicted", ""),
        ("Statutory registration would allow technologists to act as practitioners under IR(ME)R.", "qualified", "entitle"),
        ("A nurse may refer for an X-ray if the employer entitles her under its procedures for registered staff.", "supported", ""),
        ("Paramedics are regulated by the HCPC.", "supported", ""),
        ("Sonographers are regulated by the Health and Care Professions Council.", "contradicted", ""),
        ("Social workers are regulated by Social Work England.", "qualified", "only in England"),
        ("The hospital needs no licence of its own where radioactive substances are given.", "contradicted", ""),
        ("A porter who holds a child still during an exposure counts as a carer and comforter.", "contradicted", ""),
        ("It is often said that operators must be registered, which is a mistake.", "supported", ""),
        ("Physiotherapists, however, must be registered before they may use a patient group direction.", "supported", ""),
        ("Regulation 240 does not extend to midazolam.", "supported", ""),
        ("Clinical technologists may refer patients for CT.", "contradicted", ""),
        ("An employer who lets an unregistered technologist give contrast is in breach of its duty of care.", "to-check", ""),
        ("A trust that leaves one technologist alone breaches its duty of care.", "to-check", ""),
        ("Unregistered paramedics may refer patients for X-rays under IR(ME)R.", "contradicted", ""),
    ],
)  # fmt: skip
def test_the_verdict_on_a_sentence(read: Reader, book: Lawbook, sentence: str, verdict: str, told_of: str) -> None:
    from gapcheck.claims.legal import check_statement

    (statement,) = read(sentence)
    found = check_statement(statement, lambda nation: book.at(TODAY, nation), list(book.data["nations"]))
    assert found.verdict == verdict, found
    assert told_of in " ".join(text for one in found.checked for text in one.conditions)


def test_what_was_true_is_told_and_softens_nothing(read: Reader, book: Lawbook) -> None:
    from gapcheck.claims.legal import check_statement

    (statement,) = read("Physician associates cannot request ionising radiation under IR(ME)R.")
    (one,) = check_statement(statement, lambda nation: book.at(TODAY, nation), list(book.data["nations"])).checked
    assert one.verdict == "contradicted" and not one.conditions
    assert "true from" in one.why and "until the day before 13 December 2024" in one.why


def test_several_nations_are_named_as_one(read: Reader, book: Lawbook) -> None:
    """`In Great Britain` is three nations: what is true there is not qualified because it is not in the fourth."""
    (given,) = read(
        "Pharmacy technicians have been able to use patient group directions in Great Britain since 26 June 2024."
    )
    assert {one.nations for one in given.assertions} == {tuple(book.data["groups"]["great-britain"])}
    (voluntary,) = read("A technologist on the RCT may refer patients for CT under IR(ME)R.")
    assert {one.registered for one in voluntary.assertions} == {("rct",)}


def test_what_cannot_be_read_is_said(gapcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "draft.docx").write_bytes(b"PK\x03\x04 no such thing")
    result = gapcheck("claims", tmp_path / "draft.docx")
    assert result.returncode == 2 and "draft.docx" in result.stderr and "Traceback" not in result.stderr
    (tmp_path / "draft.txt").write_text("Nothing of law stands here.", "utf-8")
    result = gapcheck("claims", tmp_path / "draft.txt", "-o", tmp_path / "s.yaml")
    assert result.returncode == 2 and not (tmp_path / "s.yaml").exists()
    result = gapcheck("claims", ROOT / "examples/statements.yaml", "-o", tmp_path / "s.yaml")
    assert result.returncode == 2


def test_the_memo_to_the_author_reads_the_draft(gapcheck: Run, data: Any) -> None:
    """The same verdicts stand in the memo; the public annex takes no draft."""
    who = ("--profession", "clinical-technologist", "--scope", "dxa", "--as-at", TODAY)
    result = gapcheck("submission", *who, "--for", "author", "--draft", EXAMPLE, "--format", "json")
    assert result.returncode == 0, result.stderr
    memo = json.loads(result.stdout)
    schema = json.loads((ROOT / "schemas/memo.schema.json").read_text("utf-8"))["properties"]["draft"]
    jsonschema.Draft202012Validator(schema).validate(memo["draft"])
    assert memo["draft"]["summary"] == data["summary"]
    assert "--draft draft.md" in memo["command"]
    assert gapcheck("submission", *who, "--draft", EXAMPLE).returncode == 2


def test_silence_is_no_yes(gapcheck: Run, tmp_path: Path) -> None:
    """A sentence about people and the law that was not understood is named, and so is what an answer takes for granted."""
    draft = tmp_path / "draft.txt"
    passed = "Sonographers are prohibited by law from using the title sonographer unless registered."
    draft.write_text(f"{passed} A nurse may give morphine under a patient group direction.\n", encoding="utf-8")
    data = json.loads(gapcheck("claims", draft, "--format", "json").stdout)
    assert [item["statement"] for item in data["statements"] if item["verdict"] == "to-check"] == [passed]
    whole = " ".join(gapcheck("claims", draft, "--full").stdout.split())
    assert "Presumed, as it is not stated" in whole and "immediate, necessary treatment" in whole
