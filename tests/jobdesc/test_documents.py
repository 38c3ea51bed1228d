"""Every format is read as a person reads it: the same text, and essential and desirable kept apart in every layout."""

from __future__ import annotations

import html
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapcheck import InputError, Lawbook
from gapcheck.jobdesc.reading.limits import Limits
from gapcheck.jobdesc.reading.pdf import unbroken
from gapcheck.jobdesc.reading.read import read_document, read_documents
from gapcheck.jobdesc.reading.text import TextDocument
from gapcheck.jobdesc.understanding.description import describe
from tests.conftest import Run
from tests.jobdesc.made import SPECIFICATION, into_body, pdf, raw_pdf, repacked, stream, table, word


def said(document: TextDocument, weight: str) -> list[str]:
    """What a document says with a weight, each on one line."""
    return [
        " ".join(document.words(block).split())
        for block in document.blocks
        if block.weight == weight and block.kind != "heading"
    ]


def asked(document: TextDocument) -> tuple[list[str], list[str]]:
    return said(document, "essential"), said(document, "desirable")


WANTED = (["HCPC registered radiographer", "PgD in ultrasound"], ["Membership of BMUS"])
LAYOUTS = {
    "bare lines": "Person specification\n\nEssential\nHCPC registered radiographer\nPgD in ultrasound\nDesirable\nMembership of BMUS\n",
    "criteria lists": "Essential criteria:\n\n* HCPC registered radiographer\n* PgD in ultrasound\n\nDesirable criteria:\n\n* Membership of BMUS\n",
    "bullets alone": "ESSENTIAL\n•\nHCPC registered radiographer\n•\nPgD in ultrasound\nDESIRABLE\n•\nMembership of BMUS\n",
    "tabs": "Criteria\tEssential\tDesirable\nRegistration\tHCPC registered radiographer\t\nTraining\tPgD in ultrasound\tMembership of BMUS\n",
    "outer headings": "Essential\n\nQualifications\n- HCPC registered radiographer\n\nTraining\n- PgD in ultrasound\n\nDesirable\n\nQualifications\n- Membership of BMUS\n\nHow to apply\n\nWrite to us about the post.\n",
    "inner headings": "Qualifications\nEssential\n- HCPC registered radiographer\n- PgD in ultrasound\nDesirable\n- Membership of BMUS\n\nAbout our department and its staff\n\nWe have nine scanners and a garden.\n",
    "hard line breaks": "Essential\n- HCPC registered\nradiographer\n- PgD in\nultrasound\nDesirable\n- Membership of\nBMUS\n",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_plain_layouts(layout: str) -> None:
    assert asked(read_document(LAYOUTS[layout].encode(), "a.txt")) == WANTED


def test_a_sentence_with_both_labels_is_divided() -> None:
    document = read_document(b"Essential: HCPC registered radiographer. Desirable: Membership of BMUS.", "a.txt")
    assert asked(document) == (["Essential: HCPC registered radiographer."], ["Desirable: Membership of BMUS."])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_markdown_table(end: str) -> None:
    rows = ["| " + " | ".join(row) + " |" for row in SPECIFICATION]
    text = end.join([rows[0], "|---|:-:|---|", *rows[1:]])
    assert asked(read_document(text.encode(), "a.md")) == WANTED


MARKS = (
    [("Criterion", "E/D"), ("HCPC registered radiographer", "E"), ("PgD in ultrasound", "E"), ("Membership of BMUS", "D")],
    [("HCPC registered radiographer", "Essential"), ("PgD in ultrasound", "Essential"), ("Membership of BMUS", "Desirable")],
    [("", "Essential", "Desirable"), ("HCPC registered radiographer", "✓", ""), ("PgD in ultrasound", "✓", ""),
     ("Membership of BMUS", "", "✓")],
    [("Criterion", "E", "D"), ("HCPC registered radiographer", "x", ""), ("PgD in ultrasound", "x", ""),
     ("Membership of BMUS", "", "x")],
)  # fmt: skip


@pytest.mark.parametrize("rows", MARKS)
def test_columns_of_marks(rows: list[tuple[str, ...]]) -> None:
    """One column of letters, or columns of ticks."""
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    assert asked(read_document(f"<html><table>{cells}</table></html>".encode(), "a.html")) == WANTED
    assert asked(read_document(word(lambda document: table(document, rows)), "a.docx")) == WANTED


def test_word_table_with_merged_cells_and_nested_table() -> None:
    def write(document: object) -> None:
        made = table(document, [*SPECIFICATION[:1], ("Registration", "", ""), *SPECIFICATION[1:]])
        made.cell(1, 0).merge(made.cell(1, 2))
        inner = made.cell(2, 2).add_table(1, 1)
        inner.cell(0, 0).text = "Nested words"

    document = read_document(word(write), "a.docx")
    assert asked(document)[0] == WANTED[0]
    assert "Nested words" in document.text
    assert next(block for block in document.blocks if document.words(block) == "PgD in ultrasound").row == "Training"


def test_word_keeps_insertions_drops_deletions_and_finds_text_boxes_headers_and_content_controls() -> None:
    def write(document: object) -> None:
        document.sections[0].header.paragraphs[0].text = "Larkmere Trust"  # type: ignore[attr-defined]
        into_body(
            document,
            '<w:p><w:r><w:t xml:space="preserve">You will </w:t></w:r><w:ins><w:r><w:t>scan</w:t></w:r></w:ins>'
            "<w:del><w:r><w:delText>prescribe</w:delText></w:r></w:del><w:r><w:t> patients.</w:t></w:r>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t> Hidden.</w:t></w:r></w:p>",
        )
        into_body(document, "<w:sdt><w:sdtContent><w:p><w:r><w:t>In a control</w:t></w:r></w:p></w:sdtContent></w:sdt>")
        into_body(
            document,
            "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>",
        )

    document = read_document(word(write), "a.docx")
    assert document.text == "Larkmere Trust\nYou will scan patients.\nIn a control\nIn a box\n"
    assert document.blocks[0].kind == "header"


def test_pdf_table_columns_and_page_headers() -> None:
    rows = ", ".join(f"[{cell}]" for row in SPECIFICATION for cell in row)
    words = " ".join(f"left{number} word" for number in range(120))
    markup = (
        '#set page(height: 14cm, header: "Larkmere Trust")\n= Sonographer\nYou will scan.\n'
        f"#table(columns: 3, {rows})\n#pagebreak()\n#columns(2)[{words} #colbreak() {words.replace('left', 'right')}]"
    )
    document = read_document(pdf(markup), "a.pdf")
    assert asked(document) == WANTED
    assert document.text.count("Larkmere Trust") == 1
    order = [word for word in document.text.split() if word.startswith(("left", "right"))]
    assert order == sorted(order, key=lambda word: word.startswith("right"))
    assert len(order) == 240


def test_pdf_specification_without_rules() -> None:
    rows = ", ".join(f"[{cell}]" for row in SPECIFICATION for cell in row)
    document = read_document(pdf(f"#grid(columns: (1fr, 2fr, 2fr), row-gutter: 12pt, {rows})"), "a.pdf")
    assert asked(document) == WANTED


def test_page_shows_what_a_person_sees() -> None:
    page = (
        "<html><head><style>p{}</style><title>T</title></head><body><nav>Menu</nav><p>You&nbsp;will <b>scan</b>,"
        "<!-- no --> report.<script>var bad = 'You will prescribe';</script></p><p style='display: none'>Hidden</p>"
        "<ul><li>One<ul><li>Two</li></ul></li></ul><p hidden>Unseen</p></body></html>"
    )
    document = read_document(page.encode(), "a.html")
    assert document.text == "You\u00a0will scan, report.\nOne\nTwo\n"
    assert [block.kind for block in document.blocks] == ["paragraph", "bullet", "bullet"]


DESCRIPTION = "<p>You will scan &amp; report.</p><ul><li>Give contrast</li></ul>"
POSTING = {
    "@context": "https://schema.org", "@type": "JobPosting", "title": "Sonographer", "datePosted": "2026-10-01",
    "hiringOrganization": {"@type": "Organization", "name": "Larkmere Trust"},
    "jobLocation": [{"address": {"addressLocality": "Larkmere", "addressCountry": {"name": "GB"}}}],
    "baseSalary": {"currency": "GBP", "value": {"minValue": 1, "maxValue": 2, "unitText": "YEAR"}},
}  # fmt: skip


@pytest.mark.parametrize("times", [0, 1, 2])
@pytest.mark.parametrize(
    "wrap", [lambda item: item, lambda item: [{"@type": "Thing"}, item], lambda item: {"@graph": [item]}]
)
def test_posting_alone_in_an_array_and_in_a_graph(times: int, wrap: object) -> None:
    description = DESCRIPTION
    for _ in range(times):
        description = html.escape(description)
    document = read_document(json.dumps(wrap({**POSTING, "description": description})).encode(), "a.json")  # type: ignore[operator]
    assert document.text == "Sonographer\nYou will scan & report.\nGive contrast\n"
    assert document.posting == {
        "title": "Sonographer", "organisation": "Larkmere Trust", "place": "Larkmere", "country": "GB",
        "salary": "GBP 1 to 2 YEAR", "date": "2026-10-01",
    }  # fmt: skip


def test_posting_in_a_page_goes_before_the_page() -> None:
    long = "<p>" + "You will scan and report for our patients every day. " * 12 + "</p>"
    script = json.dumps({**POSTING, "description": long})
    page = f'<html><script type="application/ld+json">{script}</script><main>{long}<h2>Essential</h2><p>HCPC registered</p></main><aside>Other job: prescriber</aside></html>'
    document = read_document(page.encode(), "a.html")
    assert document.posting["organisation"] == "Larkmere Trust"
    assert document.text.count("You will scan") == 12
    assert said(document, "essential") == ["HCPC registered"]
    assert "prescriber" not in document.text


def test_many_postings_are_many_documents() -> None:
    raw = json.dumps(
        [{**POSTING, "description": "You will scan."}, {**POSTING, "description": "You will report."}]
    ).encode()
    assert [item.source for item in read_documents(raw, "a.json")] == ["a.json#1", "a.json#2"]
    with pytest.raises(InputError, match="2 job postings"):
        read_document(raw, "a.json")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = "The post holder’s duties – “scan” and report on patients’ images\r\n"
    assert read_document(text.encode(encoding), "a.txt").text == text


def test_content_goes_before_the_name() -> None:
    raw = word(lambda document: document.add_paragraph("You will scan."))
    assert read_document(raw, "advert.txt").format == "docx"
    assert read_document(b"<!DOCTYPE html><p>You will scan.", "advert.txt").format == "html"
    assert read_document(json.dumps({**POSTING, "description": "x"}).encode(), "advert.txt").format == "jsonld"
    assert read_document(rb"{\rtf1\ansi You will scan.\par}", "advert.doc").text.strip() == "You will scan."


BLANK = st.characters(categories=["Zs", "Zl", "Zp", "Cf", "Cc"])


@settings(max_examples=12)
@given(
    st.lists(
        st.one_of(st.text(BLANK, max_size=3), st.sampled_from(["•", "Duties", "You will scan", "-", "Essential"])),
        max_size=12,
    )
)
def test_every_blank_of_unicode_is_blank(lines: list[str]) -> None:
    """Lines of blanks of any kind, in text, in a page, in a posting, in Word: read or refused, never a fault."""
    text = "\n".join(lines)
    body = "<br>".join(map(html.escape, lines))
    posting = json.dumps({**POSTING, "description": text})
    for raw, name in ((text, "a.txt"), (f"<html><p>{body}</p></html>", "a.html"), (posting, "a.json")):
        try:
            document = read_document(raw.encode("utf-8", "replace"), name)
        except InputError:
            continue
        assert all(document.words(block).strip() for block in document.blocks)


@settings(max_examples=15)
@given(st.text(max_size=400))
def test_blocks_are_slices_in_order_and_lose_no_words(text: str) -> None:
    """Whatever the text: plain text is kept as it is, and every letter stands in exactly one block."""
    try:
        document = read_document(text.encode("utf-8"), "a.txt")
    except InputError:
        return
    ends = 0
    kept = []
    for block in document.blocks:
        assert ends <= block.start <= block.end <= len(document.text)
        ends = block.end
        kept.append(document.words(block))
    letters = [char for char in document.text if char.isalpha()]
    lost = len(letters) - sum(char.isalpha() for part in kept for char in part)
    assert 0 <= lost <= sum(len(line.strip()) <= 5 for line in document.text.splitlines()) * 5


TECHNOLOGIST = '"@context": "https://schema.org", "@type": "JobPosting", "title": "Technologist", "description": "<p>You will scan.</p>"'
DAMAGED = {
    "cdata": "/*<![CDATA[*/{%s}/*]]>*/",
    "comma": "{%s,}",
    "comments": "<!--\n// the post\n{%s /* and no more */}\n-->",
    "semicolon": "{%s};",
    "line break": '{%s, "skills": "one\ntwo"}',
    "long number": '{%s, "identifier": ' + "9" * 6000 + "}",
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_damaged_json_of_a_page_is_read(kind: str) -> None:
    script = DAMAGED[kind] % TECHNOLOGIST
    page = f"<html><head><script type='application/ld+json'>{script}</script></head><body><h1>Apply</h1></body></html>"
    document = read_document(page.encode(), "a.html")
    assert document.posting["title"] == "Technologist"
    assert "You will scan." in document.text


def test_json_escaped_as_html_is_read_and_what_is_none_is_noted() -> None:
    around = "<html><script type='application/ld+json'>%s</script><p>Apply here.</p></html>"
    escaped = html.escape("{" + TECHNOLOGIST.replace("<p>", "").replace("</p>", "") + "}")
    assert "You will scan." in read_document((around % escaped).encode(), "a.html").text
    broken = read_document((around % ("{" + TECHNOLOGIST)).encode(), "a.html")
    assert "cannot be read" in broken.notes[0]


ORGANISATIONS = (
    [{"name": ["Larkmere NHS Trust"]}],
    {"name": {"@value": "Larkmere NHS Trust", "@language": "en"}},
    [{"@value": ""}, {"legalName": "Larkmere NHS Trust"}],
    {"@id": "#org"},
)


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_names_in_lists_values_and_references(organisation: object) -> None:
    posting = {**POSTING, "description": "You will scan.", "hiringOrganization": organisation}
    graph = {"@graph": [posting, {"@id": "#org", "@type": "Organization", "name": "Larkmere NHS Trust"}]}
    document = read_document(json.dumps(graph).encode(), "a.json")
    assert document.posting["organisation"] == "Larkmere NHS Trust"


def test_microdata() -> None:
    page = (
        '<html><div itemscope itemtype="https://schema.org/JobPosting"><h1 itemprop="title">Sonographer</h1>'
        '<div><span itemprop="hiringOrganization" itemscope><b itemprop="name">Larkmere NHS Trust</b></span></div>'
        '<p itemprop="jobLocation" itemscope><i itemprop="address">Swansea</i></p><meta itemprop="baseSalary" content="Band 7">'
        '<div itemprop="description"><p>You will scan.</p></div></div></html>'
    )
    document = read_document(page.encode(), "a.html")
    assert dict(document.posting) == {
        "title": "Sonographer", "organisation": "Larkmere NHS Trust", "place": "Swansea", "salary": "Band 7",
    }  # fmt: skip
    assert document.text.count("You will scan.") == 1


def test_a_page_saved_as_one_file_and_a_message() -> None:
    head = "From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\nContent-Type: "
    page = f"{head}text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Registered with the HC=\r\nPC</p>\r\n--B--"
    attached = (
        "--B\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\nx\r\n--B--"
    )
    message = f"{head}text/plain\r\n\r\nRegistered with the HCPC\r\n{attached}"
    for name in ("a.doc", "a.mht", "a.txt"):
        assert read_document(page.encode(), name).text.strip() == "Registered with the HCPC"
    found = read_document(message.encode(), "a.eml")
    assert found.text.strip() == "Registered with the HCPC"
    assert found.notes == ("1 attached files were not read",)


def test_words_divided_at_the_end_of_a_line_are_put_together() -> None:
    lines = (
        "You are regis-\ntered with the Technolo-\ngists. Work is non-\nclinical and ultra-\nsound; ultra-sound guides."
    )
    assert (
        unbroken(lines)
        == "You are registered\nwith the Technologists.\nWork is non-clinical\nand ultra-sound;\nultra-sound guides."
    )


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.odt", "a.xlsx", "a.msg"])
def test_words_under_the_name_of_a_packed_format_are_refused(name: str) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_document(b"asdf jkl; qwer", name)


OWN = {
    "profile.txt": "gapcheck: 1\npost:\n  title: x\nholder:\n  profession: nurse\n",
    "profile.yaml": "gapcheck: 1\npost:\n  title: x\n",
    "report.csv": "profile,title,profession,nation\n",
    "report.json": '{"gapcheck": "1", "lawbook": {}}',
    "report.md": "# Post\n\nLawbook 2026.11.22, digest 3b05d38b0f7462c2, law as at 30 November 2026 in England.\n",
}


@pytest.mark.parametrize("name", OWN)
def test_files_of_our_own_are_refused_by_name(name: str) -> None:
    with pytest.raises(InputError, match=r"gapcheck"):
        read_document(OWN[name].encode(), name)


def test_word_drops_what_a_style_hides_and_takes_in_parts_in_html() -> None:
    from docx.enum.style import WD_STYLE_TYPE

    def write(document: object) -> None:
        styles = document.styles  # type: ignore[attr-defined]
        styles.add_style("Unseen", WD_STYLE_TYPE.PARAGRAPH).font.hidden = True
        styles.add_style("Also unseen", WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Unseen"]
        for style in ("Unseen", "Also unseen", "Normal"):
            document.add_paragraph(f"In {style}", style=style)  # type: ignore[attr-defined]
        space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        into_body(document, f'<w:altChunk xmlns:r="{space}" r:id="chunk"></w:altChunk>')

    raw = word(write)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        links = archive.read("word/_rels/document.xml.rels").decode()
    link = '<Relationship Id="chunk" Type="x/aFChunk" Target="chunk.html"/></Relationships>'
    changed = {"word/_rels/document.xml.rels": links.replace("</Relationships>", link).encode()}
    document = read_document(repacked(raw, {**changed, "word/chunk.html": b"<p>In a page</p>"}), "a.docx")
    assert document.text == "In Normal\nIn a page\n"
    left_out = read_document(repacked(raw, {**changed, "word/chunk.html": b"PK\x03\x04"}), "a.docx")
    assert "was not read" in left_out.notes[0]


def test_a_nested_table_leaves_the_weights_of_the_table_around_it() -> None:
    def write(document: object) -> None:
        made = table(document, [("Person specification", "", ""), *SPECIFICATION])
        made.cell(0, 0).merge(made.cell(0, 2))
        made.cell(3, 0).add_table(1, 1).cell(0, 0).text = "Inner"

    assert asked(read_document(word(write), "a.docx")) == WANTED


def test_what_is_typed_into_a_form_is_read() -> None:
    field = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(HCPC registered\\rYou will scan)/Rect[50 600 400 640]>>"
    raw = raw_pdf([
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]>>>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Annots[5 0 R]"
        b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        stream(b"BT /F1 12 Tf 50 700 Td (What the post asks for) Tj ET"), field,
    ])  # fmt: skip
    assert read_document(raw, "a.pdf").text.split("\n")[:3] == [
        "What the post asks for",
        "HCPC registered",
        "You will scan",
    ]


def rtf_row(ends: list[int], words: list[str], marks: str = "") -> str:
    bounds = marks + "".join(f"\\cellx{end}" for end in ends)
    return f"\\trowd{bounds}\\pard\\intbl " + "".join(f"{word}\\cell " for word in words) + "\\row\n"


def weights(raw: bytes, name: str) -> dict[str, tuple[str, str]]:
    """What each cell and paragraph says, with its weight and column."""
    document = read_document(raw, name)
    return {" ".join(document.words(block).split()): (block.weight, block.column) for block in document.blocks}


def test_rich_text_with_merged_empty_and_nested_cells_and_hidden_text() -> None:
    head = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}{\\stylesheet{\\s0 Normal;}{\\s5\\v Guide;}}{\\*\\generator x;}"
    body = (
        "\\pard Person specification\\par\n"
        + rtf_row([3000, 9000, 12000], ["Factor", "Criteria", "Shown by"])
        + rtf_row([3000, 6000, 9000, 12000], ["", "Essential", "Desirable", ""])
        + rtf_row([3000, 6000, 9000, 12000], ["Registration", "Registered with the RCT", "HCPC caf\\'e9 \\u8211?", "A"])
        + rtf_row([3000, 6000, 9000, 12000], ["Experience", "", "PET/CT", "I"])
        + "\\pard {\\v must prescribe}{\\deleted justify exposures}{\\*\\annotation ask}\\par \\pard\\s5 Never shown\\par"
        "\\pard {\\pict\\pngblip 89504e47}{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt a link}} end\\par}"
    )
    found = weights((head + body).encode("cp1252"), "post.rtf")
    assert found["Registered with the RCT"] == ("essential", "Essential")
    assert found["HCPC café –"] == ("desirable", "Desirable") == found["PET/CT"]
    assert found["a link end"] == ("", "")
    assert not any(word in text for text in found for word in ("prescribe", "justify", "ask", "Never", "8950"))


def test_a_workbook_is_read_as_the_table_it_is_and_one_of_posts_is_refused() -> None:
    def book(rows: list[tuple[str, ...]], **about: str) -> bytes:
        made = openpyxl.Workbook()
        sheet = made.active
        assert sheet is not None
        for row in rows:
            sheet.append(row)
        for name, value in about.items():
            setattr(made.properties, name, value)
        raw = io.BytesIO()
        made.save(raw)
        return raw.getvalue()

    rows: list[tuple[str, ...]] = [
        ("Job title", "Sonographer"),
        ("Employer", "Larkmere NHS Trust"),
        ("",),
        ("Person specification",),
    ]
    found = weights(book([*rows, *SPECIFICATION]), "post.xlsx")
    assert found["HCPC registered radiographer"] == ("essential", "Essential")
    assert found["Membership of BMUS"] == ("desirable", "Desirable")
    assert "Job title: Sonographer" in found
    with pytest.raises(InputError, match="a table of posts"):
        read_document(
            book([("id", "nation", "profession", "registrations", "tasks"), ("1", "england", "nurse", "nmc", "x")]),
            "w.xlsx",
        )
    with pytest.raises(InputError, match="a table of posts"):
        read_document(b"id,nation,profession,registrations,tasks\n1,england,nurse,nmc,x\n", "w.csv")
    with pytest.raises(InputError, match="a report of gapcheck"):
        read_document(book([("a", "b")], creator="gapcheck"), "actions.xlsx")


@pytest.mark.parametrize("rules", ["stroke: none,", "", "stroke: (x: none, y: 0.5pt),"], ids=["none", "all", "rows"])
def test_cells_of_a_pdf_that_wrap_and_tables_that_go_on_over_pages(rules: str) -> None:
    rows = "".join(
        f"[Factor {number}], [Essential thing {number} that is long enough to wrap in its cell], [Wish {number}], "
        for number in range(12)
    )
    last = "[Registration], [Registered with the Register of Clinical Technologists], [HCPC registration]"
    markup = (
        "#set page(width: 12cm, height: 9cm)\nPerson specification\n"
        f"#table(columns: (1fr, 1.6fr, 1.6fr), {rules} [Criteria], [Essential], [Desirable], {rows}{last})"
    )
    found = weights(pdf(markup), "post.pdf")
    assert found["Registered with the Register of Clinical Technologists"] == ("essential", "Essential")
    assert found["HCPC registration"] == ("desirable", "Desirable") == found["Wish 11"]
    text = read_document(pdf(markup), "post.pdf").text
    assert "Registered with the Register of Clinical Technologists" in text


def test_a_table_that_goes_on_without_its_header_in_word() -> None:
    def write(document: Any) -> None:
        table(document, SPECIFICATION)
        table(document, [("Knowledge", "Doppler", "Elastography")])
        document.add_paragraph("Other matters")
        table(document, [("Hours", "Thirty seven", "Flexible")])

    found = weights(word(write), "post.docx")
    assert found["Doppler"] == ("essential", "Essential") and found["Elastography"] == ("desirable", "Desirable")
    assert found["Flexible"][0] == ""


def test_what_a_style_sheet_or_a_style_hides_is_not_read() -> None:
    page = (
        "<html><head><style>/* x */ .guide, #tip { display : none } @media print { .post { display: none } }</style></head><body>"
        "<h1>Sonographer</h1><p class='post'>Scan patients</p><p class='big guide'>state the register</p><p id='tip'>hint</p></body></html>"
    )
    text = read_document(page.encode(), "post.html").text
    assert "Scan patients" in text and "register" not in text and "hint" not in text
    styles = (
        '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="P" style:family="paragraph" style:parent-style-name="H"/>'
    )
    names = " ".join(
        f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{value}:1.0"'
        for key, value in (("office", "office"), ("text", "text"), ("style", "style"))
    )
    body = '<text:p>Sonographer<text:span text:style-name="H"> hidden</text:span> post</text:p><text:p text:style-name="P">guide</text:p>'
    content = f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr("content.xml", content)
    text = read_document(raw.getvalue(), "post.odt").text
    assert "Sonographer post" in text and "hidden" not in text and "guide" not in text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Staff Nurse (Mental Health), Marl Vale NHS Trust\nWork on the ward.", ("Staff Nurse (Mental Health)", "Marl Vale NHS Trust", "england")),
        ("MRI Radiographer - Northmere Hospitals\nSite: TD15 1JX\nScan patients.", ("MRI Radiographer", "Northmere Hospitals", "england")),
        ("Sonographer\nMoss Lane NHS Trust\nA DBS or Access NI check is made.", ("Sonographer", "Moss Lane NHS Trust", "england")),
        ("CT Radiographer\nWhinfell Health\nPromote public health. Contact: Jane Hill, Radiology Services Manager", ("CT Radiographer", "Whinfell Health", "")),
    ],
)  # fmt: skip
def test_title_employer_and_nation_are_of_the_post(text: str, wanted: tuple[str, str, str], book: Lawbook) -> None:
    found = describe(read_document(text.encode(), "post.txt"), book, "2026-11-22")
    assert (found.title, found.employer, found.nation) == wanted


def test_an_old_word_file_with_its_person_specification() -> None:
    found = read_document(str(Path(__file__).parent / "files/post.doc"))
    assert found.format == "doc" and "Administer radiopharmaceuticals by intravenous injection." in found.text
    weights = {found.words(block): block.weight for block in found.blocks if block.kind == "cell"}
    assert weights["Register of Clinical Technologists"] == "essential"
    assert weights["HCPC"] == weights["Cell labelling"] == "desirable"


def _scan() -> bytes:
    """A PDF that is a picture of a page."""
    from PIL import Image

    kept = io.BytesIO()
    Image.new("L", (300, 400), 255).save(kept, "PDF")
    return kept.getvalue()


def test_a_scan_is_refused_or_recognised_and_marked_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="this is a scan"):
        read_document(_scan(), "a.pdf")
    says = tmp_path / "tesseract"  # stands for the program, which the tests do not need
    says.write_text(
        "#!/bin/sh\ncat >/dev/null\necho 'Nuclear Medicine Technologist'\necho 'You will inject tracers.'\n"
    )
    says.chmod(0o755)
    found = read_document(_scan(), "a.pdf", Limits().with_ocr(str(says)))
    assert "You will inject tracers." in found.text and "recognised" in found.notes[0]
    says.write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(InputError, match="could not recognise"):
        read_document(_scan(), "a.pdf", Limits().with_ocr(str(says)))


def test_ocr_without_tesseract_is_refused_in_words(gapcheck: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    result = gapcheck("jd", "examples/job-descriptions", "--ocr")
    assert result.returncode == 2 and "needs tesseract, which is not installed" in result.stderr
