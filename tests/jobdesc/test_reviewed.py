"""The employer's own file, reviewed: rejecting all changes gives its text back, accepting all gives the suggested sentences."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from lxml import etree

from gapcheck import Lawbook
from gapcheck.jobdesc.reading.read import read_documents
from gapcheck.jobdesc.reviewed import review
from gapcheck.jobdesc.understanding.description import describe
from tests.conftest import ROOT, TODAY, Run

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
EXAMPLES = sorted((ROOT / "examples/job-descriptions").glob("*.docx"))
TITLE = "Nuclear Medicine Radiographer or Clinical Technologist"


def tag(name: str) -> str:
    return f"{{{W}}}{name}"


def body(raw: bytes) -> Any:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(raw)).read("word/document.xml"))


def texts(root: Any) -> list[str]:
    """The text of each paragraph that is not deleted, whatever its runs."""
    kinds = {tag("t"), tag("tab"), tag("br")}
    return [
        "".join(
            item.text or "" if item.tag == tag("t") else "\t" if item.tag == tag("tab") else "\n"
            for item in paragraph.iter(*kinds)
            if next(item.iterancestors(tag("p"))) is paragraph
        )
        for paragraph in root.iter(tag("p"))
    ]


def rejected(root: Any, author: str) -> Any:
    """The body with the changes of an author rejected."""
    for item in [*root.iter(tag("ins"))]:
        if item.get(tag("author")) == author:
            item.getparent().remove(item)
    for item in [*root.iter(tag("del"))]:
        if item.get(tag("author")) == author:
            for word in item.iter(tag("delText")):
                word.tag = tag("t")
            for run in [*item]:
                item.addprevious(run)
            item.getparent().remove(item)
    return root


def reviewed(raw: bytes, book: Lawbook) -> tuple[bytes, Any, Any]:
    [document] = read_documents(raw, "post.docx")
    description = describe(document, book, TODAY)
    return review(raw, document, description, book, TODAY).raw, document, description


def check(raw: bytes, book: Lawbook) -> tuple[bytes, Any]:
    """Every promise on one file; gives the reviewed file and what was found in it."""
    out, document, description = reviewed(raw, book)
    assert texts(rejected(body(out), "gapcheck")) == texts(body(raw))
    [accepted] = read_documents(out, "post.docx")
    changed = dict.fromkeys((item.line, item.before, item.suggest) for item in description.wording if item.edits)
    before, after = (" ".join(one.text.split()) for one in (document, accepted))
    for _, old, new in changed:
        assert old in before
        before = before.replace(old, new, 1)
    assert after == before
    kept = {
        item.filename: zipfile.ZipFile(io.BytesIO(raw)).read(item)
        for item in zipfile.ZipFile(io.BytesIO(raw)).infolist()
    }
    ours = {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    now = zipfile.ZipFile(io.BytesIO(out))
    assert all(now.read(name) == data for name, data in kept.items() if name not in ours)
    opened = docx.Document(io.BytesIO(out))
    assert len(opened.paragraphs) == len(docx.Document(io.BytesIO(raw)).paragraphs)
    ids = [item.get(tag("id")) for item in body(out).iter(tag("ins"), tag("del"))]
    assert len(ids) == len(set(ids))
    if description.wording:
        notes = etree.fromstring(now.read("word/comments.xml"))
        marks = {item.get(tag("id")) for item in body(out).iter(tag("commentReference"))}
        assert {item.get(tag("id")) for item in notes} >= marks and marks
    return out, description


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: str(path.stem))
def test_every_example(path: Path, book: Lawbook) -> None:
    check(path.read_bytes(), book)


def made(*elements: str, table: bool = False) -> bytes:
    """A post with paragraphs of these runs as its duties."""
    file = docx.Document()
    for line in (TITLE, "Larkmere NHS Trust, England. Band 6", "Duties"):
        file.add_paragraph(line)
    names = f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    place = file.add_table(1, 1).rows[0].cells[0]._tc if table else None
    for inner in elements:
        paragraph = parse_xml(f'<w:p {names}><w:pPr><w:pStyle w:val="ListBullet"/></w:pPr>{inner}</w:p>')
        if place is None:
            file.element.body.insert(len(file.element.body) - 1, paragraph)
        else:
            place.append(paragraph)
    file.add_paragraph("Essential")
    file.add_paragraph("Registered with the HCPC as a radiographer or with the RCT.")
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def run(text: str, look: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


HARD = {
    "plain": [run("Give iodinated contrast under a PGD.")],
    "cut within words": [run("Give iodi", "<w:b/>") + run("nated contrast under a P", "<w:i/>") + run("GD", "<w:b/>") + run(".")],
    "one run with a tab and a break": [
        '<w:r><w:rPr><w:b/></w:rPr><w:t>Duty</w:t><w:tab/><w:t xml:space="preserve">Give contrast under </w:t><w:br/><w:t>a PGD.</w:t></w:r>'
    ],
    "changes of others": [
        '<w:ins w:id="901" w:author="A" w:date="2026-01-01T00:00:00Z">' + run("Give iodinated contrast under a PGD and safely.") + "</w:ins>"
        '<w:del w:id="902" w:author="A" w:date="2026-01-01T00:00:00Z"><w:r><w:delText>under a PSD</w:delText></w:r></w:del>'
    ],
    "a link and a content control": [
        run("Give iodinated contrast under ") + f'<w:hyperlink w:anchor="x">{run("a PGD")}</w:hyperlink>' + run("."),
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('Vet and justify requests for scans.')}</w:sdtContent></w:sdt>",
    ],
    "hidden and without width": [
        run("Give iodi\u200bnated contrast ") + run("SECRET ", "<w:vanish/>") + run("under a P­GD."),
    ],
    "twice the same": [run("Give iodinated contrast under a PGD.")] * 2,
    "two changes in one sentence": [run("Work in line with IRMER 2000 and IRR99.") + run(" You will be HPC registered.")],
}  # fmt: skip


@pytest.mark.parametrize("table", [False, True], ids=["body", "table"])
@pytest.mark.parametrize("name", HARD)
def test_files_as_people_have_them(name: str, table: bool, book: Lawbook) -> None:
    out, description = check(made(*HARD[name], table=table), book)
    assert [item for item in description.wording if item.edits]
    assert b"gapcheck" in zipfile.ZipFile(io.BytesIO(out)).read("word/document.xml")


def test_a_second_review_adds_its_comments_to_those_that_stand_there(book: Lawbook) -> None:
    first, _ = check(made(run("Give iodinated contrast under a PGD.")), book)
    file = docx.Document(io.BytesIO(first))
    file.add_paragraph("Duties").add_run("")
    file.add_paragraph("Vet and justify requests for scans.")
    stream = io.BytesIO()
    file.save(stream)
    out, _, description = reviewed(stream.getvalue(), book)
    notes = etree.fromstring(zipfile.ZipFile(io.BytesIO(out)).read("word/comments.xml"))
    numbers = [item.get(tag("id")) for item in notes]
    assert len(numbers) == 1 + len(description.wording) == len(set(numbers))


def test_a_file_without_anything_to_mend_is_the_same_text(book: Lawbook) -> None:
    raw = made(run("Acquire gamma camera images."))
    out, _, description = reviewed(raw, book)
    assert not description.wording
    assert zipfile.ZipFile(io.BytesIO(out)).read("word/document.xml") == zipfile.ZipFile(io.BytesIO(raw)).read(
        "word/document.xml"
    )


def test_the_command_says_what_it_did_and_refuses_what_is_no_word_file(gapcheck: Run, tmp_path: Path) -> None:
    out = tmp_path / "post.reviewed.docx"
    done = gapcheck(
        "jd", ROOT / "examples/job-descriptions/nuclear-medicine-technologist.docx", "-o", out, "--as-at", TODAY
    )
    assert done.returncode == 0 and "1 sentence reworded in tracked changes, 1 comment" in done.stderr
    assert "patient specific direction" in read_documents(out)[0].text
    text = gapcheck("jd", ROOT / "examples/job-descriptions/radiotherapy-dosimetrist.txt", "-o", out)
    assert text.returncode == 2 and "is no Word document" in text.stderr
    several = gapcheck("jd", ROOT / "examples/job-descriptions", "-o", out)
    assert several.returncode == 2 and "one Word document" in several.stderr
