"""`gapcheck law` goes by the structure of a provision: paragraphs, ranges, Parts of a Schedule, definitions, whole files and parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from gapcheck import Lawbook
from gapcheck.official.clml import Official, read
from gapcheck.official.references import references
from gapcheck.official.resting import resting
from gapcheck.official.review import review
from tests.conftest import TODAY

SITE = "http://www.legislation.gov.uk"
IRMER, HMR = "uksi/2017/1322", "uksi/2012/1916"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("reg. 12(1)", ["regulation/12/1"]),
        ("regs. 213-220", ["regulation/213..regulation/220"]),
        ("regs. 3, 4, 6\u20138", ["regulation/3", "regulation/4", "regulation/6..regulation/8"]),
        ("s. 25(3)(f)", ["section/25/3/f"]),
        ("s. 5(1)(a)(ii)", ["section/5/1/a/ii"]),
        ("s. 5(1)(a)(b)", ["section/5/1/a", "section/5/1/b"]),
        ("reg. 5(1)(2)", ["regulation/5/1", "regulation/5/2"]),
        ("s. 65(2)-(4)", ["section/65/2..section/65/4"]),
        ("reg. 237A(2)(b)-(d)", ["regulation/237A/2/b..regulation/237A/2/d"]),
        ("art. 19(1)(a), (c) and (d)", ["article/19/1/a", "article/19/1/c", "article/19/1/d"]),
        ("section 39(2A) and (2B)", ["section/39/2A", "section/39/2B"]),
        ("sections 37 and 38", ["section/37", "section/38"]),
        ("Sch. 16 Pt. 4", ["schedule/16/part/4"]),
        ("Sch. 16 Pt. 4 para. 2(1)(a)", ["schedule/16/paragraph/2/1/a"]),
        ("Sch. 2 paras. 3-5", ["schedule/2/paragraph/3..schedule/2/paragraph/5"]),
        ("Sch. 17 Pt. 1 table entry 5", ["schedule/17/part/1"]),
        ("Pt. 12 Ch. 2", ["part/12/chapter/2"]),
        ("regulation 41 and Schedule 7 Part 3", ["regulation/41", "schedule/7/part/3"]),
        ("Schedule 1 to SI 2003/1571 (parts of the register)", ["schedule/1"]),
        ("regulation 2 of the General Dental Council Regulations 2006", ["regulation/2"]),
        ('reg. 2(1) (definition of "referrer")', ["regulation/2/1/=referrer"]),
        ("s. 12 words in s. 12(3)", ["section/12/3"]),
        ("Sch. para. 3", ["schedule/paragraph/3"]),
        ("introductory text", ["introduction"]),
        ("Regulations", []), ("Act", []), ("blanket amendment", []), ("specified provision(s)", []), ("", []),
    ],
)  # fmt: skip
def test_how_a_provision_is_named(text: str, wanted: list[str]) -> None:
    assert [a if a == b else f"{a}..{b}" for a, b in references(text)] == wanted


def _at(path: str, tag: str, inner: str) -> str:
    address = f'DocumentURI="{SITE}/{path}" IdURI="{SITE}/id/{path}" id="{"-".join(path.split("/")[3:])}"'
    return f"<{tag} {address}>{inner}</{tag}>"


def _regulation(instrument: str, number: int, *paragraphs: tuple[int, str]) -> str:
    path = f"{instrument}/regulation/{number}"
    inside = "".join(_at(f"{path}/{n}", "P2", f"<P2para><Text>{text}</Text></P2para>") for n, text in paragraphs)
    return f"<P1group>{_at(path, 'P1', f'<P1para>{inside}</P1para>')}</P1group>"


def _file(
    instrument: str, body: str, *, effects: str = "", schedules: str = "", about: str = "", attributes: str = ""
) -> Official:
    """A file in the official form, with a table of contents, and a body that is one Part."""
    title = _at(f"{instrument}/regulation/10", "ContentsItem", f"<ContentsTitle>{len(effects)}</ContentsTitle>")
    raw = f"""<?xml version="1.0" encoding="utf-8"?>
<Legislation xmlns="http://www.legislation.gov.uk/namespaces/legislation" DocumentURI="{SITE}/{instrument}"
  RestrictStartDate="2024-10-01" {attributes}>
 <ukm:Metadata xmlns:ukm="http://www.legislation.gov.uk/namespaces/metadata" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <dc:identifier>{SITE}/{instrument}{about}</dc:identifier><ukm:UnappliedEffects>{effects}</ukm:UnappliedEffects></ukm:Metadata>
 <Contents>{title}</Contents>
 <Secondary><Body>{_at(f"{instrument}/part/2", "Part", body)}</Body><Schedules>{schedules}</Schedules></Secondary></Legislation>"""
    return read(raw.encode(), "x.xml")


def _effect(provisions: str, day: str = "", inner: str = "") -> str:
    dates = f'<ukm:InForceDates><ukm:InForce Date="{day}"/></ukm:InForceDates>' if day else ""
    by = f'<ukm:CommencementAuthority><ukm:Section URI="{SITE}/id/{IRMER}/regulation/10">r</ukm:Section></ukm:CommencementAuthority>'
    return (
        f'<ukm:UnappliedEffect Type="words inserted" AffectedProvisions="{provisions}" AffectingURI="{SITE}/id/uksi/2026/500">'
        f"{dates}<ukm:AffectedProvisions>{inner}</ukm:AffectedProvisions>{by}</ukm:UnappliedEffect>"
    )


_DEFINED = ("referrer", "practitioner", "operator", "practical aspect", "clinical evaluation", "equipment", "employer",
            "registered health care professional", "medical physics expert", "carers and comforters")  # fmt: skip


def _irmer(fourteen: str = "records", ten: str = "duties", **words: str) -> str:
    """Regulations 2, 10, 12 and 14: `referrer` and the like say what a term means, `first` and `ninth` what 12(1) and 12(9) say."""
    items = "".join(
        f'<ListItem><Para><Text>\u201c<Term id="t">{term}</Term>\u201d means {words.get(term, term[::-1])}</Text></Para></ListItem>'
        for term in _DEFINED
    )
    return (
        _regulation(IRMER, 2, (1, f'In these Regulations</Text><UnorderedList Class="Definition">{items}</UnorderedList><Text>'))
        + _regulation(IRMER, 10, (1, ten))
        + _regulation(IRMER, 12, (1, words.get("first", "one")), (9, words.get("ninth", "nine")))
        + _regulation(IRMER, 14, (1, fourteen))
    )  # fmt: skip


def _schedule(last: str = "a closed list") -> str:
    texts = {1: (1, "who signs"), 2: (3, "what it says"), 3: (5, "from whom"), 4: (9, last)}
    parts = [
        _at(f"{HMR}/schedule/16/part/{part}", "Part", _at(f"{HMR}/schedule/16/paragraph/{n}", "P1", f"<Text>{text}</Text>"))
        for part, (n, text) in texts.items()
    ]  # fmt: skip
    return _at(f"{HMR}/schedule/16", "Schedule", f"<ScheduleBody>{''.join(parts)}</ScheduleBody>")


_SECTION = f'<ukm:Section URI="{SITE}/id/{IRMER}/regulation/12/1">reg. 12(1)</ukm:Section>'
_RANGE = f'<ukm:SectionRange URI="{SITE}/id/{IRMER}/regulation/13" UpTo="{SITE}/id/{IRMER}/regulation/16"/>'
_TEN = _irmer()[_irmer().index(_regulation(IRMER, 10, (1, "duties"))) :].partition("</P1group>")[0] + "</P1group>"


def _irmer_with(provisions: str, day: str = "", inner: str = "") -> Official:
    return _file(IRMER, _irmer(), effects=_effect(provisions, day, inner))


CASES: dict[str, tuple[Official, list[tuple[str, str]]]] = {
    "nothing": (_file(IRMER, _irmer()), []),
    "a paragraph that one citation of two leaves out": (
        _file(IRMER, _irmer(first="other")), [("changed", "irmer-2017/reg-12")]),
    "the paragraph that both mean": (
        _file(IRMER, _irmer(ninth="other")), [("changed", "irmer-2017/reg-12"), ("changed", "irmer-2017/reg-12-9")]),
    "one definition of many": (_file(IRMER, _irmer(referrer="who may")), [("changed", "irmer-2017/reg-2-referrer")]),
    "dots where the words were": (_file(IRMER, _irmer(". . . . . .")), [("repealed", "irmer-2017/reg-14")]),
    "what is quoted is no provision": (
        _file(IRMER, _irmer(ten='new<BlockAmendment><P1 id="regulation-14"><Text>x</Text></P1></BlockAmendment>')),
        [("changed", "irmer-2017/reg-10")]),
    "an effect on a paragraph": (_irmer_with("reg. 12(1)"), [("unapplied-effect", "irmer-2017/reg-12")]),
    "an effect on a paragraph by its address": (
        _irmer_with("reg. 12", inner=_SECTION), [("unapplied-effect", "irmer-2017/reg-12")]),
    "an effect within the paragraph": (
        _irmer_with("reg. 12(9)(a)"),
        [("unapplied-effect", "irmer-2017/reg-12"), ("unapplied-effect", "irmer-2017/reg-12-9")]),
    "an effect on a definition": (
        _irmer_with("reg. 2(1) (definition of &quot;operator&quot;)"), [("unapplied-effect", "irmer-2017/reg-2-operator")]),
    "a range that begins in ten days": (_irmer_with("regs. 13-16", "2026-12-02"), [("commences", "irmer-2017/reg-14")]),
    "a range by its addresses": (
        _irmer_with("regs. 13-16", "2026-12-02", _RANGE), [("commences", "irmer-2017/reg-14")]),
    "another Part": (_irmer_with("Pt. 5"), []),
    "the preamble": (_irmer_with("introductory text"), []),
    "a list in a Schedule": (
        _file(HMR, _regulation(HMR, 229, (1, "directions")), schedules=_schedule("an open list")),
        [("changed", "hmr-2012/sch-16-part-4")]),
    "an effect on a paragraph of a Part of a Schedule": (
        _file(HMR, _regulation(HMR, 229, (1, "directions")), schedules=_schedule(), effects=_effect("Sch. 16 para. 9")),
        [("unapplied-effect", "hmr-2012/sch-16-part-4")]),
    "an effect on a Part of a Schedule": (
        _file(HMR, _regulation(HMR, 229, (1, "directions")), schedules=_schedule(), effects=_effect("Sch. 16 Pt. 1")),
        [("unapplied-effect", "hmr-2012/sch-16-part-1")]),
    "a file of one provision says nothing of the others": (_file(IRMER, _TEN, about="/regulation/10"), []),
    "a provision that is no longer in the file": (
        _file(IRMER, _irmer().replace(_TEN, "")), [("not-in-the-file", "irmer-2017/reg-10")]),
}  # fmt: skip
BEFORE = (_file(IRMER, _irmer()), _file(HMR, _regulation(HMR, 229, (1, "directions")), schedules=_schedule()))


@pytest.fixture(scope="module")
def record(book: Lawbook) -> Mapping[str, Mapping[str, Any]]:
    return review(book, BEFORE, {}, TODAY).record


@pytest.mark.parametrize("name", CASES)
def test_each_matter_names_what_it_is_about_and_nothing_else(
    book: Lawbook, record: Mapping[str, Mapping[str, Any]], name: str
) -> None:
    file, wanted = CASES[name]
    found = review(book, [file], record, TODAY).matters
    assert sorted((one.kind, key) for one in found for key in one.provisions if one.kind != "old-check") == wanted


def test_an_effect_on_the_part_or_the_whole_is_on_all_in_it(
    book: Lawbook, record: Mapping[str, Mapping[str, Any]]
) -> None:
    here = {key for key in record if key.startswith("irmer-2017/")}
    for text in ("Pt. 2", "Regulations", ""):
        found = review(book, [_irmer_with(text)], record, TODAY).matters
        assert {key for one in found for key in one.provisions if one.kind == "unapplied-effect"} == here, text


def test_a_whole_file_without_a_provision_tells_so_before_anything_was_recorded(book: Lawbook) -> None:
    whole = review(book, [_file(IRMER, _irmer(), attributes='NumberOfProvisions="4"')], {}, TODAY).matters
    assert ("irmer-2017/reg-6",) in [one.provisions for one in whole if one.kind == "not-in-the-file"]


def test_what_rests_on_a_provision_is_found_wherever_it_is_cited(book: Lawbook) -> None:
    found = resting(book)
    assert "pgd-1997" in found["hmr-2012/sch-16-part-4"].rules, "by a list that the rule tests"
    assert {"referrer", "practitioner"} <= {*found["nhsrhcpa-2002/s-25-3"].rules}, "by what makes a register statutory"
    assert "referrer" in found["nhsrhcpa-2002/s-25-3a"].rules, "by a condition"
    assert "rad-iv-contrast" in found["hmr-2012/sch-1"].tasks, "by the medicine"
    assert "irr-2017/reg-12" not in found
