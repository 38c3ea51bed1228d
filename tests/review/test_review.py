"""Who vouches: a worksheet goes out, is filled in, comes back, and holds for the words that were looked at and no others."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import docx
import jsonschema
import openpyxl
import pytest
from docx.oxml import parse_xml

from gapcheck import Lawbook
from gapcheck.forms import form_problems
from gapcheck.law import recorded
from gapcheck.law.build import Builder, law_files
from gapcheck.lint import codes
from gapcheck.lint.vouched import check, count
from gapcheck.reading import read_document
from gapcheck.review.sheet import HEAD, read_back
from tests.conftest import ROOT, TODAY, Run

PART = ("--of", "psd-administration", "--of", "severities/nm-gamma-camera-imaging", "--of", "reg-240-contrast")
WHO = ("--role", "medicines safety officer", "--by", "An Example Trust", "--on", "2026-11-01", "--until", "2027-11-01")
FILLED = (("right", ""), ("Wrong.", "The grade is too low"), ("", ""))


def fill_excel(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    rows = [number for number, row in enumerate(page.iter_rows(values_only=True), 1) if row[4] and row[4] != "Mark"]
    for row, (answer, why) in zip(rows, FILLED, strict=True):
        page.cell(row, 3, answer)
        page.cell(row, 4, why)
    book.save(path)


def fill_word(path: Path) -> None:
    document = docx.Document(str(path))
    (table,) = (one for one in document.tables if len(one.columns) == 5)
    for row, (answer, why) in zip(table.rows[1:], FILLED, strict=True):
        row.cells[2].text, row.cells[3].text = answer, why
    document.save(str(path))


@pytest.mark.parametrize(("ending", "fill"), [("xlsx", fill_excel), ("docx", fill_word)])
def test_a_worksheet_is_filled_in_and_read_back(ending: str, fill: object, gapcheck: Run, tmp_path: Path) -> None:
    sheet, signed = tmp_path / f"sheet.{ending}", tmp_path / "ours/reviews/first.yaml"
    assert gapcheck("review", *PART, "-o", sheet).returncode == 0
    fill(sheet)  # type: ignore[operator]
    signed.parent.mkdir(parents=True)
    done = gapcheck("review", "--read", sheet, *WHO, "-o", signed)
    assert done.returncode == 0, done.stderr
    assert "right: 1, wrong: 1, unsure: 0, empty: 1" in done.stderr and "The grade is too low" in done.stderr
    document = read_document(signed.read_bytes(), "first.yaml")
    assert form_problems(document, "reviews") == []
    assert [one["verdict"] for one in document.data["reviews"]] == ["right", "wrong"]  # type: ignore[index,call-overload]
    if ending == "docx":
        return
    shown = json.loads(gapcheck("review", tmp_path / "ours", "--format", "json", "--as-at", TODAY).stdout)
    jsonschema.validate(shown, json.loads((ROOT / "schemas/review.schema.json").read_text(encoding="utf-8")))
    assert sorted((one["state"], one["role"]) for one in shown["reviews"]) == [
        ("disputed", "medicines safety officer"),
        ("signed", "medicines safety officer"),
    ]
    assert sum(one["signed"] for one in shown["coverage"]) == 1


SIGNED = """reviews:
  - of: {of}
    words: {words}
    reviewed: {{role: pharmacist, on: 2026-11-01, until: {until}}}
"""


def signed(folder: Path, words: dict[str, str], until: str = "2027-11-01") -> Path:
    (folder / "ours/reviews").mkdir(parents=True)
    text = "".join(
        SIGNED.format(of=of, words=mark, until=until).removeprefix("reviews:\n") for of, mark in words.items()
    )
    (folder / "ours/reviews/us.yaml").write_text(f"reviews:\n{text}", encoding="utf-8")
    return folder / "ours"


def test_a_sign_off_is_shown_with_the_thing_and_in_a_report(book: Lawbook, gapcheck: Run, tmp_path: Path) -> None:
    folder = signed(tmp_path, {"rules/psd-administration": book.data["words"]["rules/psd-administration"]})
    page = gapcheck("explain", "psd-administration", "--rules", folder, "--as-at", TODAY).stdout
    assert "pharmacist, on 1 November 2026, until 1 November 2027: right" in page
    assert "nobody has signed it off yet" in gapcheck("explain", "psd-administration", "--as-at", TODAY).stdout
    report = ("check", "examples/profiles/nuclear-medicine-technologist.yaml", "--full", "--as-at", TODAY)
    assert "by a reviewer (pharmacist)" in " ".join(gapcheck(*report, "--rules", folder).stdout.split())


def vouched(folders: list[str]) -> tuple[dict[str, list[str]], tuple[int, ...]]:
    """What lint says of who vouches: the messages by code, and the counts."""
    builder = Builder()
    builder.build(folders)
    found: dict[str, list[str]] = {}
    for item in check(builder, folders, law_files(folders), TODAY):
        found.setdefault(item.code, []).append(item.message)
    return found, tuple(count(builder, folders, TODAY))


def test_what_is_stale_or_past_is_a_finding(book: Lawbook, tmp_path: Path) -> None:
    words = book.data["words"]
    rules, mri, dxa = "rules/psd-administration", "severities/ni-uv-dosimetry", "severities/nm-gamma-camera-imaging"
    ours = signed(tmp_path / "good", {rules: words[rules], mri: "a" * 12})
    past = SIGNED.format(of=dxa, words=words[dxa], until="2026-11-02")
    (ours / "reviews/past.yaml").write_text(past, encoding="utf-8")
    found, counts = vouched([str(ROOT / "rules"), str(ours)])
    assert {code: len(said) for code, said in found.items()} == {codes.SIGN_OFF_STALE: 1, codes.SIGN_OFF_PAST: 1}
    assert counts[1] == 1 and "changed since pharmacist looked" in found[codes.SIGN_OFF_STALE][0]


def test_a_sign_off_of_nothing_is_refused(gapcheck: Run, tmp_path: Path) -> None:
    folder = signed(tmp_path, {"rules/psd-administrations": "a" * 12})
    done = gapcheck("review", folder)
    assert done.returncode == 2 and "us.yaml:2" in done.stderr and "psd-administration" in done.stderr


def test_the_record_is_that_of_the_lawbook(book: Lawbook) -> None:
    """Whoever changes a sentence looks at it, has somebody look, and then: gapcheck review rules --record."""
    kept = recorded.read(str(ROOT / "rules"))
    assert kept is not None
    other = {name for name in kept.keys() | {*book.data["words"]} if kept.get(name) != book.data["words"].get(name)}
    assert not other, (
        f"changed since recorded: {sorted(other)[:10]}; look at them, then: gapcheck review rules --record"
    )


# One change of each kind that no run of the rules can show.
CHANGES = {
    "a sentence": ("hmr-2012/psd-administration.yaml", "reading: ", "reading: Not so. ", "rules/psd-administration"),
    "a citation": ("hmr-2012/instrument.yaml", "/regulation/214", "/regulation/215", "provisions/hmr-2012/reg-214"),
    "a synonym": ("tasks/dxa.yaml", "synonyms: [", "synonyms: [requests for scans of bones, ", "tasks/"),
    "a place": ("wording/places.yaml", "cardiff", "carddiff", "wording/places"),
    "a number": ("evidence/general.yaml", "statement: ", "statement: 97 of 100 say that ", "claims/"),
    "a severity": ("tasks/dxa.yaml", "severity: ", "severity:  low # ", "severities/"),
}


def test_a_changed_word_is_noticed(tmp_path: Path) -> None:
    rules = Path(shutil.copytree(ROOT / "rules", tmp_path / "rules"))
    for name, old, new, _ in CHANGES.values():
        path = rules / name
        text = path.read_text(encoding="utf-8")
        assert old in text, name
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found, _ = vouched([str(rules)])
    told = " ".join(found[codes.NOT_AS_RECORDED])
    assert [what for what, (*_, name) in CHANGES.items() if name not in told] == []
    assert len(found[codes.NOT_AS_RECORDED]) == len({name for name, *_ in CHANGES.values()})


def test_recording_keeps_what_stands_there(gapcheck: Run, tmp_path: Path) -> None:
    rules = Path(shutil.copytree(ROOT / "examples/local-rules", tmp_path / "local"))
    assert gapcheck("review", rules, "--record").returncode == 0
    assert "rules/contrast-alone" in recorded.read(str(rules))  # type: ignore[union-attr]
    path = rules / "contrast-policy/contrast-alone.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("whoever", "everybody who"), encoding="utf-8")
    found, _ = vouched([str(ROOT / "rules"), str(rules)])
    assert list(found) == [codes.NOT_AS_RECORDED] and "rules/contrast-alone" in found[codes.NOT_AS_RECORDED][0]


def test_a_worksheet_that_was_filled_in_under_tracked_changes_or_in_a_form_is_read(tmp_path: Path) -> None:
    """In Word, what was put in under tracked changes counts and what was struck does not; a field of a form is text too."""
    path = tmp_path / "sheet.docx"
    document = docx.Document()
    table = document.add_table(3, 5)
    for cell, name in zip(table.rows[0].cells, HEAD, strict=True):
        cell.text = name
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    pieces = (
        '<w:del w:id="1" w:author="a"><w:r><w:delText>right</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>Wrong!</w:t></w:r></w:ins>',
        "<w:sdt><w:sdtContent><w:r><w:t>don\u2019t know</w:t></w:r></w:sdtContent></w:sdt>",
    )
    for row, piece, mark in zip(table.rows[1:], pieces, ("aaa", "bbb"), strict=True):
        row.cells[0].text, row.cells[4].text = "A rule", mark
        for element in parse_xml(f'<w:p xmlns:w="{space}">{piece}</w:p>'):
            row.cells[2].paragraphs[0]._p.append(element)
    document.save(str(path))
    found = read_back(str(path), {"rules/one": "aaa", "rules/two": "bbb"}, {"role": "reader", "on": TODAY})
    assert [(one["of"], one["verdict"]) for one in found.reviews] == [("rules/one", "wrong"), ("rules/two", "unsure")]


def test_a_sheet_with_nonsense_says_what_could_not_be_read(gapcheck: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.xlsx"
    gapcheck("review", *PART, "-o", sheet)
    book = openpyxl.load_workbook(sheet)
    page = book.worksheets[0]
    page.cell(2, 3, "perhaps")
    page.cell(3, 3, "right")
    page.cell(3, 5, "aaaaaaaaaaaa")
    book.save(sheet)
    done = gapcheck("review", "--read", sheet, *WHO, "-o", tmp_path / "x.yaml")
    assert done.returncode == 1 and "neither right, wrong nor unsure" in done.stderr and "have changed" in done.stderr
    assert gapcheck("review", "--read", sheet).returncode == 2  # nobody says in which role
    assert gapcheck("review", "--read", ROOT / "README.md", *WHO).returncode == 2
    assert gapcheck("review", "--of", "no-such-thing").returncode == 2
