"""What strangers write stays text in every face: markup, formulas, control characters, direction marks, endless words."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import lxml.html
import pytest

from gapcheck.document.answer import Paper
from gapcheck.document.blocks import Document, Heading, Paragraph, Run, Table, inline
from gapcheck.document.csv import safe
from gapcheck.document.render import rendered
from gapcheck.findings.checked import findings
from tests.conftest import TODAY
from tests.conftest import Run as Command
from tests.document.made import DOCUMENTS, FACES, checked, profile_bytes, shows, squeezed, tables

MARKUP = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</title></style></head>", "&lt;b&gt; &amp;", "]]>", "--> <!--",
    "#import \"x\"", "#panic(1)", "$x^2$ [x] *b* _i_ @label", "{{ 7*7 }} {% raw %}", "[a](javascript:alert(1))", "| a | b |", "`c`",
    "=cmd|'/c calc'!A1", "+1+1", "-1-1", "@SUM(1)", "{=1}", "%s %n", "\\x00 \\u0000", "1. one", "# heading", "<<<<<<< HEAD",
]  # fmt: skip
ODD = "control \x07\x1b[31m null\ufffe mark \u202etxt.exe\u202c \u2066x\u2069 \u200f lone \ud800 end"


def hostile(text: str) -> bytes:
    post = {"title": text, "nation": "england", "employer": "nhs"}
    attested = {"id": "psd", "by": text[:1000], "reference": text[:1000], "until": "2020-01-01"}
    return profile_bytes(
        post=post, tasks=[{"id": "nm-refer-for-imaging", "note": text[:1000]}], arrangements=[attested]
    )


@pytest.mark.parametrize("face", DOCUMENTS)
def test_markup_stays_text(face: str) -> None:
    text = " ".join(MARKUP)
    shown = shows(face, findings(face, [checked(hostile(text))], TODAY))
    for piece in MARKUP:
        if face == "markdown" and set(piece) & set("*[|<("):
            continue  # the reader of the tests takes marks away; see the next test
        assert squeezed(piece) in shown, piece


def test_markup_stays_text_in_markdown() -> None:
    for piece in MARKUP:
        raw = rendered(Paper(Document("x", (Paragraph(inline(piece)),))), "markdown")
        assert isinstance(raw, str)
        line = raw.split("\n\n")[1]
        assert re.sub(r"\\(.)", r"\1", line) == piece
        assert not re.search(r"(?<!\\)[<\[*_`|$]", line) and not re.match(r"\s*([-+=#:]|\d+[.)])", line)


def test_html_has_no_element_of_a_stranger() -> None:
    plain = lxml.html.fromstring(findings("html", [checked(hostile("harmless"))], TODAY))
    page = lxml.html.fromstring(findings("html", [checked(hostile(" ".join(MARKUP)))], TODAY))
    kinds = {element.tag for element in page.iter() if isinstance(element.tag, str)}
    assert kinds == {element.tag for element in plain.iter() if isinstance(element.tag, str)}
    assert not [link for link in page.xpath("//a/@href") if not link.startswith(("#", "https://"))]


@pytest.mark.parametrize("face", FACES)
def test_odd_characters_are_left_out(face: str) -> None:
    raw = findings(face, [checked(hostile(ODD))], TODAY)
    raw = raw if isinstance(raw, bytes) else raw.encode("utf-8", "strict")
    if face in DOCUMENTS:
        shown = shows(face, raw if face in ("docx", "pdf") else raw.decode())
        assert not set(shown) & set("\x07\x1b\ufffe\u202e\u202c\u2066\u2069\u200f")
        assert "txt.exe" in shown and "lone" in shown


@pytest.mark.parametrize("face", DOCUMENTS)
def test_ten_thousand_characters_in_a_title(face: str) -> None:
    """Whole in the text, cut where it heads a page or names the document."""
    shown = shows(face, findings(face, [checked(hostile("Ab" * 5000))], TODAY))
    assert shown.count("Ab") > 5000
    assert "Ab" * 300 in shown


@pytest.mark.parametrize("face", DOCUMENTS)
@pytest.mark.parametrize("text", ["Nurse 😀 lead", "Αλφα Бета שלום", "مرحبا", "漢字", "e\u0301 ﬁ ½ “q”"])
def test_other_scripts_make_a_report(face: str, text: str) -> None:
    shown = shows(face, findings(face, [checked(hostile(text))], TODAY))
    if face in ("html", "docx", "markdown"):
        assert squeezed(text) in shown


def test_cells_are_no_formulas() -> None:
    for text in ("=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "＝1"):
        assert safe(text).startswith("'"), text
        raw = findings("csv", [checked(hostile(text + " title"))], TODAY)
        assert isinstance(raw, str)
        for row in csv.reader(io.StringIO(raw.removeprefix("\ufeff"))):
            assert not [
                cell for cell in row if cell.lstrip()[:1] in ("=", "+", "@") or cell.startswith(("-", "\t", "\r"))
            ]
    assert (safe(-3), safe("plain"), safe(1.5)) == ("-3", "plain", "1.5")


def test_a_link_that_is_no_web_address_is_left_out() -> None:
    for link in (
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://x/ y",
        'https://x/"onclick=',
    ):
        run = Run("text", link=link)
        assert run.link == "" or run.link.startswith("https://")
        html = rendered(Paper(Document("x", (Paragraph((run,)),))), "html")
        assert isinstance(html, str)
        assert not [name for name in lxml.html.fromstring(html).xpath("//a/@*") if "javascript" in name]


@pytest.mark.parametrize("face", ["html", "docx"])
def test_a_cell_longer_than_a_page(face: str) -> None:
    row = (inline("x" * 12_000), inline("short"))
    document = Document("x", (Heading(1, "h"), Table("t", "c", (inline("a"), inline("b")), (row,))))
    assert tables(face, rendered(Paper(document), face))[0][1][0] == "x" * 12_000
    assert rendered(Paper(document), "pdf")


def test_the_command_takes_it(gapcheck: Command, tmp_path: Path) -> None:
    path = tmp_path / "=hostile <b>.json"
    path.write_bytes(hostile(ODD + "x" * 10_000))
    for face in ("html", "pdf", "docx"):
        target = tmp_path / f"out.{face}"
        result = gapcheck("check", path, "--as-at", TODAY, "-o", target)
        assert (result.returncode, result.stdout) == (0, ""), result.stderr
        assert json.loads(gapcheck("verify", target, "--format", "json").stdout)["identical"]
