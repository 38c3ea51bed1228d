"""Damaged, locked, scanned and hostile documents end in exit code 2 and a sentence; in a folder the rest goes on."""

from __future__ import annotations

import contextlib
import io
import json
import signal
import time
import zlib
from pathlib import Path

import pytest

from gapcheck import InputError
from gapcheck.jobdesc.reading.limits import Limits, in_time
from gapcheck.jobdesc.reading.read import read_document
from tests.conftest import ROOT, Run
from tests.jobdesc.made import encrypted, pdf, repacked, word, zipped

GOOD = word(lambda document: document.add_paragraph("You will scan patients."))
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><d>&b;</d>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>'


def picture() -> bytes:
    from PIL import Image

    raw = io.BytesIO()
    Image.new("RGB", (300, 400), "grey").save(raw, "PDF")
    return raw.getvalue()


def bomb_pdf() -> bytes:
    packed = zlib.compress(b"0 " * 50_000_000, 9)
    return b"%PDF-1.4\n1 0 obj <</Filter /FlateDecode /Length 9>>\nstream\n" + packed + b"\nendstream endobj\n%%EOF"


def nested(depth: int) -> bytes:
    xml = "<w:tbl><w:tr><w:tc>" * depth + "<w:p><w:r><w:t>x</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * depth
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return repacked(GOOD, {"word/document.xml": f"<w:document {space}><w:body>{xml}</w:body></w:document>".encode()})


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\r\n", "empty"),
    "signs.md": (b"---\n***\n", "no text"),
    "truncated.docx": (GOOD[: len(GOOD) // 2], "damaged"),
    "laughs.docx": (repacked(GOOD, {"word/document.xml": LAUGHS}), "document type"),
    "outside.docx": (repacked(GOOD, {"word/document.xml": OUTSIDE}), "document type"),
    "bomb.docx": (repacked(GOOD, {"word/document.xml": b" " * 30_000_000}), "unpack"),
    "many.docx": (zipped({f"{number}": b"" for number in range(2_500)}), "parts"),
    "macros.docm": (repacked(GOOD, {"word/vbaProject.bin": b"x"}), "macros"),
    "nested.docx": (nested(60), "nested"),
    "sheet.docx": (zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}), "holds no text"),
    "archive.docx": (zipped({"a.txt": b"You will scan."}), "neither a Word"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "save it as .docx"),
    "locked.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "locked.pdf": (encrypted(pdf("You will scan.")), "encrypted"),
    "scan.pdf": (picture(), "scan"),
    "bomb.pdf": (bomb_pdf(), "unpack"),
    "half.pdf": (pdf("You will scan.")[:700], "document"),
    "nonsense.pdf": (b"%PDF-1.7\nnothing", "document"),
    "photo.png.txt": (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
    "binary.txt": (bytes(range(256)) * 20, "binary"),
    "line.txt": (b"You will scan. " * 700_000, "characters"),
    "broken.json": (b'{"@type": "JobPosting", "title": ', "JSON"),
    "other.jsonld": (b'{"@type": "Recipe", "name": "Soup"}', "no JobPosting"),
    "deep.json": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested"),
    "scripts.html": (b"<html><script>You will scan</script><style>p</style></html>", "no text"),
    "large.txt": (b"a" * 21_000_000, "MB"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_document_is_refused_in_words(name: str, tmp_path: Path) -> None:
    raw, words = BAD[name]
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(InputError) as caught:
        read_document(tmp_path / name)
    assert words in str(caught.value)
    assert len(str(caught.value)) < 500 + len(str(tmp_path))


@pytest.mark.parametrize("raw", [b"<div>" * 5_000 + b"You will scan.", b"<b>" * 200_000 + b"You will scan."])
def test_deep_page_is_read_or_refused(raw: bytes) -> None:
    try:
        assert "You will scan." in read_document(b"<!doctype html>" + raw, "a.html").text
    except InputError as error:
        assert "nested" in str(error) or "no text" in str(error)


def test_a_document_that_takes_too_long_is_ended() -> None:
    pages = pdf("#for _ in range(80) [#lorem(300) #pagebreak()]")
    with pytest.raises(InputError, match=r"longer than|too long"):
        read_document(pages, "a.pdf", Limits(seconds=0.2))


def test_too_many_pages() -> None:
    with pytest.raises(InputError, match="12 pages; at most 5"):
        read_document(pdf("#for _ in range(11) [Scan #pagebreak()] Scan"), "a.pdf", Limits(pages=5))


def test_command_says_what_is_wrong_and_a_folder_goes_on(gapcheck: Run, tmp_path: Path) -> None:
    for name, (raw, _) in BAD.items():
        (tmp_path / name).write_bytes(raw)
    (tmp_path / "good.docx").write_bytes(GOOD)
    alone = gapcheck("jd", tmp_path / "truncated.docx")
    assert (alone.returncode, alone.stdout) == (2, "")
    assert "truncated.docx: the file is damaged or not complete" in alone.stderr
    folder = gapcheck("jd", tmp_path, "--statistics", "--format", "json")
    assert folder.returncode == 2, folder.stderr
    data = json.loads(folder.stdout)
    assert data["documents"] == 1
    assert {Path(item["source"]).name for item in data["skipped"]} == set(BAD)
    assert all(item["why"] for item in data["skipped"])
    assert "Traceback" not in folder.stderr
    shown = gapcheck("jd", tmp_path)
    assert f"1 document read, {len(BAD)} skipped" in shown.stdout


def test_examples_hold_no_hostile_surprise(gapcheck: Run) -> None:
    assert gapcheck("jd", ROOT / "examples/job-descriptions", "--format", "csv").returncode == 0


def test_a_word_without_end_costs_no_more_than_its_letters(gapcheck: Run, tmp_path: Path) -> None:
    advert = tmp_path / "advert.txt"
    words = " ".join(letter * 40_000 for letter in "abcdefgh")
    advert.write_text(f"Nuclear medicine technologist\n\nYou will administer radiopharmaceuticals. {words}\n", "utf-8")
    begun = time.process_time()
    found = gapcheck("jd", advert, "--format", "json")
    assert found.returncode in (0, 1), found.stderr
    assert "administer radiopharmaceuticals" in found.stdout
    assert time.process_time() - begun < 5  # minutes, when each place to cut such a word was tried


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no timers")
def test_a_limit_of_time_is_heard_whatever_hears_it_first() -> None:
    def deaf() -> None:
        for _ in range(3):
            with contextlib.suppress(BaseException):
                time.sleep(5)

    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(InputError, match=r"longer than"):
        in_time(deaf, 0.02, "advert.txt")
    assert in_time(lambda: "read", 0.05, "advert.txt") == "read"
    time.sleep(0.1)  # a bell that still rang would end the test
    assert signal.getsignal(signal.SIGALRM) == before
