"""A report can be run again: identical, or what differs and why."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import io
import json
import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from gapcheck.document.package import parts_of
from gapcheck.document.receipt import Source
from gapcheck.errors import InputError
from gapcheck.findings.checked import findings
from gapcheck.findings.receipts import read_report
from gapcheck.findings.verify import Verified, verify
from tests.conftest import ROOT, TODAY, Run
from tests.document.made import FACES as DOCUMENTED
from tests.document.made import PROFILES, checked, example, made, profile_bytes, written

SOURCES = [Source(f"{name}.yaml", (ROOT / f"examples/profiles/{name}.yaml").read_bytes()) for name in PROFILES]
FACES = (*DOCUMENTED, "xlsx")
RULES = (str(ROOT / "rules"),)
FRAMEWORK = b"""gapcheck: 1
waivers:
  - {finding: rt-advanced-practitioner-role, reason: Read by two., owner: Lead, expiry: 2027-01-01}
"""


def again(path: Path, face: str, profiles: list[Source] | None = None) -> Verified:
    given = profiles if profiles is not None else SOURCES if face == "csv" else []
    return verify(read_report(str(path)), str(path), given, RULES)


def kinds(result: Verified) -> list[str]:
    return [item.kind for item in result.differences]


@pytest.mark.parametrize("face", FACES)
def test_identical(face: str, tmp_path: Path) -> None:
    result = again(written(tmp_path / "report", made(face)), face)
    assert result.identical, result.differences


@pytest.mark.parametrize("face", [face for face in FACES if face != "csv"])
def test_with_a_reform_a_reading_a_date_and_waivers(face: str, tmp_path: Path) -> None:
    law = {"as_at": "2025-03-01", "reforms": ("register-sonographers",), "readings": {"reg-240-contrast": "wide"}}
    raw = findings(face, [checked(profile_bytes(), waivers=FRAMEWORK, **law)], TODAY)
    result = again(written(tmp_path / "report", raw), face)
    assert result.identical, result.differences


@pytest.mark.parametrize("face", FACES)
def test_the_profile_changed(face: str, tmp_path: Path) -> None:
    path = written(tmp_path / "report", made(face))
    changed = SOURCES[0].raw.replace(b"profession: clinical-technologist", b"profession: diagnostic-radiographer")
    changed = changed.replace(b"{register: rct, status: registered}", b"{register: hcpc, status: registered}")
    result = again(path, face, [SOURCES[0]._replace(raw=changed), SOURCES[1]])
    assert kinds(result)[0] == "profile" and "findings" in kinds(result)
    assert any("status was blocked and is" in item.says for item in result.differences)


@pytest.mark.parametrize("face", ["json", "html", "docx", "pdf", "markdown", "csv", "xlsx"])
def test_the_lawbook_changed(face: str, tmp_path: Path, gapcheck: Run) -> None:
    """An overlay that nobody mentioned: which findings it makes different, and that it was another lawbook."""
    text = (ROOT / "rules/hmr-2012/pgd-classes.yaml").read_text(encoding="utf-8")
    (tmp_path / "local/hmr-2012").mkdir(parents=True)
    (tmp_path / "local/hmr-2012/pgd-classes.yaml").write_text(
        f"{text}  - {{id: clinical-technologist, from: 2026-01-01}}\n", encoding="utf-8"
    )
    profile = written(tmp_path / "profile.json", profile_bytes())
    target = tmp_path / f"report.{face}"
    overlay = ("--rules", tmp_path / "local")
    assert gapcheck("check", profile, "--as-at", TODAY, *overlay, "-o", target, "--format", face).returncode == 0
    own = ("--profile", profile) if face == "csv" else ()
    assert gapcheck("verify", target, *overlay, *own).stdout == "identical\n"
    result = gapcheck("verify", target, *own)
    assert result.returncode == 1
    said = " ".join(result.stdout.split())  # a long line goes on in the next
    assert "lawbook: The lawbook was" in said and "because of registration was" in said


def receipt_changed(change: Any) -> bytes:
    report = json.loads(made("json", PROFILES[0]))
    change(report["receipt"])
    return json.dumps(report).encode()


def test_another_version_of_the_tool(tmp_path: Path) -> None:
    raw = receipt_changed(lambda receipt: receipt.update(tool="0.0.9"))
    result = again(written(tmp_path / "report.json", raw), "json")
    assert kinds(result) == ["tool"] and "0.0.9" in result.differences[0].says


def test_the_profile_within_was_changed(tmp_path: Path) -> None:
    other = base64.b64encode(SOURCES[1].raw).decode()
    raw = receipt_changed(lambda receipt: receipt["runs"][0]["profile"].update(content=other))
    assert kinds(again(written(tmp_path / "report.json", raw), "json"))[0] == "profile"


def test_a_profile_within_changed_with_its_hash(tmp_path: Path) -> None:
    about = {"content": base64.b64encode(SOURCES[1].raw).decode(), "sha256": hashlib.sha256(SOURCES[1].raw).hexdigest()}
    raw = receipt_changed(lambda receipt: receipt["runs"][0]["profile"].update(about))
    assert "findings" in kinds(again(written(tmp_path / "report.json", raw), "json"))


def word_with(raw: bytes, old: str, new: str) -> bytes:
    word = docx.Document(io.BytesIO(raw))
    for text in word.element.body.iter("{*}t"):
        text.text = str(text.text or "").replace(old, new)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("face", ["json", "html", "markdown", "csv", "sarif", "docx"])
def test_edited_by_hand(face: str, tmp_path: Path) -> None:
    """A status made better in the text, and nothing else touched."""
    raw = made(face, PROFILES[0])
    old, new = ("blocked", "cleared") if face == "docx" else ("that the law", "that no law")
    if face in ("json", "sarif", "csv"):
        old, new = "is barred", "is open"
    if isinstance(raw, bytes):
        edited: str | bytes = word_with(raw, old, new)
    else:
        old = old if old in raw else "registered health care professional"
        edited = raw.replace(old, new, 1)
    assert edited != raw
    result = again(written(tmp_path / "report", edited), face, SOURCES[:1] if face == "csv" else None)
    assert kinds(result) == ["edited"], result.differences


def test_a_word_file_that_was_only_saved_again(tmp_path: Path) -> None:
    raw = made("docx", PROFILES[0])
    assert isinstance(raw, bytes)
    saved = word_with(raw, "\x00", "")
    assert saved != raw
    assert again(written(tmp_path / "report.docx", saved), "docx").identical


def test_a_pdf_whose_receipt_belongs_to_another(tmp_path: Path) -> None:
    """The pages of one report with the receipt of another."""
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(bytes(made("pdf", PROFILES[0]))))
    del writer.root_object["/Names"]["/EmbeddedFiles"]
    other = pypdf.PdfReader(io.BytesIO(bytes(made("pdf", PROFILES[1])))).attachments["gapcheck-receipt.json"][0]
    writer.add_attachment("gapcheck-receipt.json", other)
    stream = io.BytesIO()
    writer.write(stream)
    assert kinds(again(written(tmp_path / "report.pdf", stream.getvalue()), "pdf")) == ["edited"]


@pytest.mark.parametrize(
    "raw",
    [b"", b"hello", b"{}", b"[]", b"[1]", b'{"receipt": {}}', b"%PDF-1.7 broken", b"PK\x03\x04 broken", b"<!DOCTYPE html><p>x",
     b"profile,title,\n", b'{"version": "2.1.0", "runs": []}', b"[" * 100_000, b"<!-- gapcheck-receipt\nnot json\n-->", b"\xff" * 50],
    ids=lambda raw: raw[:12].decode("latin-1"),
)  # fmt: skip
def test_unreadable(raw: bytes, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no receipt can be read"):
        read_report(str(written(tmp_path / "report", raw)))


def test_a_receipt_out_of_form_or_too_large(tmp_path: Path) -> None:
    for change in (
        lambda receipt: receipt.pop("runs"),
        lambda receipt: receipt["runs"].clear(),
        lambda receipt: receipt.update(receipt=2),
        lambda receipt: receipt["runs"][0]["lawbook"].pop("as_at"),
        lambda receipt: receipt.update(made="2026-99-99"),
        lambda receipt: receipt["runs"][0]["lawbook"].update(as_at="2026-99-99"),
        lambda receipt: receipt["runs"][0]["lawbook"].update(nation="france"),
    ):
        with pytest.raises(InputError):
            read_report(str(written(tmp_path / "report", receipt_changed(change))))
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("customXml/item1.xml", b"<a>" + b"x" * 70_000_000 + b"</a>")
    with pytest.raises(InputError, match="more than a report holds"):
        read_report(str(written(tmp_path / "bomb.docx", bomb.getvalue())))


@pytest.mark.parametrize(
    "change",
    [
        lambda run: run["lawbook"].update(reforms=["no-such-reform"]),
        lambda run: run["lawbook"].update(interpretations={"reg-240-contrast": "no-such-reading"}),
        lambda run: run.update(waivers={"source": "w", "sha256": "0", "content": "!!"}),
        lambda run: run["profile"].update(content=base64.b64encode(b"gapcheck: 1").decode()),
    ],
)
def test_a_receipt_that_this_lawbook_cannot_follow(change: Any, tmp_path: Path) -> None:
    """Said as a difference, never a fault of ours."""
    raw = receipt_changed(lambda receipt: change(receipt["runs"][0]))
    result = again(written(tmp_path / "report.json", raw), "json")
    assert "findings" in kinds(result) or "profile" in kinds(result)


def test_the_command(gapcheck: Run, tmp_path: Path) -> None:
    profile = ROOT / f"examples/profiles/{PROFILES[0]}.yaml"
    target = tmp_path / "report.html"
    assert gapcheck("check", profile, "--as-at", TODAY, "-o", target).returncode == 0
    same = gapcheck("verify", target)
    assert (same.returncode, same.stdout) == (0, "identical\n")
    held = gapcheck("verify", target, "--profile", profile, "--format", "json")
    assert json.loads(held.stdout)["identical"] and held.returncode == 0
    target.write_text(target.read_text(encoding="utf-8").replace("Blocked", "Clear", 1), encoding="utf-8")
    differs = gapcheck("verify", target)
    assert differs.returncode == 1 and re.match(r"differs\n  edited: ", differs.stdout)
    missing = gapcheck("verify", tmp_path / "none.html")
    assert missing.returncode == 2 and "cannot be read" in missing.stderr


def test_a_report_from_standard_input(gapcheck: Run, tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    made_ = gapcheck("check", "-", "--as-at", TODAY, "-o", target, stdin=SOURCES[0].raw.decode())
    assert made_.returncode == 0
    assert gapcheck("verify", target).stdout == "identical\n"


def test_what_the_receipt_carries() -> None:
    """Hashes of profile and lawbook, version, date, nation, readings, reforms, engines."""
    (run,) = json.loads(made("json", PROFILES[0]))["receipt"]["runs"]
    assert run["profile"]["sha256"] == hashlib.sha256(SOURCES[0].raw).hexdigest()
    assert base64.b64decode(run["profile"]["content"]) == SOURCES[0].raw
    assert {"version", "digest", "as_at", "nation", "reforms", "interpretations"} <= set(run["lawbook"])
    assert run["engines"][0].startswith("gapcheck ")
    assert [item["task"] for item in run["findings"]] == [item.task for item in example(PROFILES[0]).report.findings]


# -- forged reports: whatever a reader could see that was not made -------------------------------------------------------

PART = "word/document.xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FORGED = "<w:p><w:r><w:t>RESULT: nothing is blocked.</w:t></w:r></w:p>"


def packed(raw: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A package with other parts."""
    parts = parts_of(raw)
    change(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, blob in parts.items():
            archive.writestr(name, blob)
    return stream.getvalue()


def put(name: str, old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        text = parts[name].decode()
        assert old in text, old
        parts[name] = text.replace(old, new, 1).encode()

    return change


def more(name: str, blob: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.update({name: blob})


WORD = {
    "content control": (put(PART, "<w:body>", f"<w:body><w:sdt><w:sdtContent>{FORGED}</w:sdtContent></w:sdt>"), "a content control"),
    "hidden": (put(PART, "<w:rPr>", "<w:rPr><w:vanish/>"), "hidden text"),
    "hidden by a style": (put("word/styles.xml", "<w:rPr>", "<w:rPr><w:vanish/>"), "hidden text"),
    "white": (put("word/styles.xml", "<w:rPr>", '<w:rPr><w:color w:val="FFFFFF"/>'), "word/styles.xml"),
    "field": (put(PART, "<w:body>", '<w:body><w:p><w:fldSimple w:instr="QUOTE x"><w:r><w:t>clear</w:t></w:r></w:fldSimple></w:p>'), "a field"),
    "tracked": (put(PART, "<w:body>", f'<w:body><w:ins w:id="1" w:author="x">{FORGED}</w:ins>'), "a tracked insertion"),
    "text box": (put(PART, "<w:body>", f"<w:body><w:p><w:r><w:pict><w:txbxContent>{FORGED}</w:txbxContent></w:pict></w:r></w:p>"), "a text box"),
    "another document": (put(PART, "<w:body>", "<w:body><w:altChunk/>"), "another document"),
    "head of the page": (put("word/header1.xml", "<w:t", "<w:t>All clear. </w:t><w:t"), "word/header1.xml"),
    "comments": (more("word/comments.xml", f"<w:comments {W}/>".encode()), "word/comments.xml, which was not made"),
    "macro": (more("word/vbaProject.bin", b"x"), "word/vbaProject.bin"),
    "page": (put(PART, "<w:sectPr>", '<w:sectPr><w:pgSz w:w="1" w:h="1"/>'), PART),
    "entity": (put(PART, "<w:document", "<!DOCTYPE x [<!ENTITY a 'b'>]><w:document"), "a document type"),
    "not XML": (more(PART, b"not XML"), "XML"),
    "nothing": (more(PART, b""), "XML"),
}  # fmt: skip


@pytest.mark.parametrize("name", WORD)
def test_a_forged_word_file(name: str, tmp_path: Path) -> None:
    change, said = WORD[name]
    result = again(written(tmp_path / "report.docx", packed(bytes(made("docx", PROFILES[0])), change)), "docx")
    assert kinds(result) == ["edited"] and said in result.differences[0].says, result.differences


def test_a_forged_workbook(tmp_path: Path) -> None:
    raw = bytes(made("xlsx", PROFILES[0]))
    sheet = "xl/worksheets/sheet1.xml"
    for change, said in (
        (put(sheet, "<sheetData>", '<sheetData><row r="900"><c r="A900"><f>1+1</f></c></row>'), "a formula"),
        (put("xl/sharedStrings.xml", "blocked", "cleared"), "xl/sharedStrings.xml"),
        (put(sheet, "<sheetFormatPr", '<sheetFormatPr zeroHeight="1"'), sheet),
        (more("xl/comments1.xml", b"<a/>"), "xl/comments1.xml"),
    ):
        result = again(written(tmp_path / "report.xlsx", packed(raw, change)), "xlsx")
        assert kinds(result) == ["edited"] and said in result.differences[0].says, result.differences


@pytest.mark.parametrize("face", ["docx", "xlsx"])
def test_a_package_that_can_be_read_in_two_ways(face: str, tmp_path: Path) -> None:
    raw = bytes(made(face, PROFILES[0]))
    twice = io.BytesIO(raw)
    with zipfile.ZipFile(twice, "a") as archive, pytest.warns(UserWarning):
        archive.writestr(archive.namelist()[0], b"<a/>")
    for forged in (twice.getvalue(), b"PK" + raw, raw + b"more"):
        path = written(tmp_path / "report", forged)
        with pytest.raises(InputError):
            read_report(str(path))


def test_a_forged_pdf(tmp_path: Path) -> None:
    import pypdf
    from pypdf.annotations import FreeText

    raw = bytes(made("pdf", PROFILES[0]))

    def note(writer: Any) -> None:
        writer.add_annotation(0, FreeText(text="All clear.", rect=(0, 0, 600, 800)))

    for change, said in (
        (note, "annotations of page 1"),
        (lambda writer: writer.add_blank_page(10, 10), "pages"),
        (lambda writer: writer.add_attachment("clear.txt", b"clear"), "attachments"),
    ):
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(raw))
        change(writer)
        stream = io.BytesIO()
        writer.write(stream)
        result = again(written(tmp_path / "report.pdf", stream.getvalue()), "pdf")
        assert kinds(result) == ["edited"] and said in result.differences[0].says, result.differences


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("face", ["docx", "pdf", "xlsx"])
def test_a_damaged_file_is_never_identical_and_no_fault_of_ours(face: str, seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311
    raw = bytearray(made(face, PROFILES[0]))
    for _ in range(20):
        raw[chance.randrange(len(raw))] ^= chance.randrange(1, 256)
    raw = raw[: len(raw) // 2] + raw[-3000:] if seed % 4 == 0 else raw
    path = written(tmp_path / "report", bytes(raw))
    with contextlib.suppress(InputError):
        assert again(path, face).differences


def test_a_forged_text(tmp_path: Path) -> None:
    """Comments that close early, keys that stand twice, an engine that there is not."""
    texts = {face: str(made(face, PROFILES[0])) for face in ("markdown", "json", "sarif", "html", "csv")}
    for face, old, new in (
        ("markdown", "<!-- gapcheck-receipt\n", "<!-- gapcheck-receipt --><h1>All clear</h1><!--\n"),
        ("markdown", "\n<!-- gapcheck-receipt\n", "\n<!-- x -->\n\n<!-- gapcheck-receipt\n"),
        ("markdown", '"documents":[]', '"documents":[{"sha256":"0","source":"x --> <h1>All clear</h1> <!-- "}]'),
        ("json", "{", '{"headline": "All clear", "headline": "x",'),
        ("json", '"summary": {', '"summary": {"blocked": 0,'),
        ("json", '"engine": null', '"engine": "House of Lords 1.0"'),
        ("json", '"documents": []', '"documents": [{"source": "x", "sha256": "0"}]'),
        ("sarif", '"version": "2.1.0",', '"version": "2.1.0", "version": "2.1.0",'),
        ("html", "</body>", "<p>All clear</p></body>"),
        ("html", "<body", '<body style="display:none"'),
        ("csv", "\n", "\nAll clear\n"),
    ):
        assert old in texts[face], (face, old)
        path = written(tmp_path / "report", texts[face].replace(old, new, 1))
        try:
            assert again(path, face, SOURCES[:1] if face == "csv" else None).differences, (face, new)
        except InputError as error:
            assert "twice" in str(error) or "receipt" in str(error)


@pytest.mark.parametrize("face", ["markdown", "html", "csv", "json"])
def test_a_text_with_the_line_ends_of_another_system(face: str, tmp_path: Path) -> None:
    path = tmp_path / "report"
    path.write_bytes(str(made(face, PROFILES[0])).replace("\n", "\r\n").encode())
    assert again(path, face, SOURCES[:1] if face == "csv" else None).identical


def test_a_report_on_one_task(gapcheck: Run, tmp_path: Path) -> None:
    task = example(PROFILES[0]).report.findings[0].task
    for face in ("html", "json"):
        target = tmp_path / f"report.{face}"
        profile = ROOT / f"examples/profiles/{PROFILES[0]}.yaml"
        assert gapcheck("check", profile, "--task", task, "-o", target, "--as-at", TODAY).returncode == 0
        assert gapcheck("verify", target).stdout == "identical\n"


def test_an_annex_is_made_again_from_its_folder(gapcheck: Run, tmp_path: Path) -> None:
    folder = tmp_path / "posts"
    folder.mkdir()
    (folder / "a.yaml").write_bytes(SOURCES[0].raw)
    asked = ("submission", folder, "--profession", "clinical-technologist", "--nation", "england", "--as-at", TODAY)
    target = tmp_path / "annex.md"
    assert gapcheck(*asked, "-o", target).returncode == 0
    alone = gapcheck("verify", target)
    assert alone.returncode == 1 and "give the folders that it was made from" in " ".join(alone.stdout.split())
    whole = gapcheck("verify", target, "--folder", folder)
    assert (whole.returncode, whole.stdout) == (0, "identical\n"), whole.stdout


@pytest.mark.parametrize("engines", [["gapcheck 1", "House of Lords 1.0"], ["gapcheck 1", "durable-rules 2", "x 3"]])
def test_a_second_engine_that_there_is_not(engines: list[str], tmp_path: Path) -> None:
    raw = receipt_changed(lambda receipt: receipt["runs"][0].update(engines=engines))
    assert "edited" in kinds(again(written(tmp_path / "report.json", raw), "json"))


# -- job descriptions and statements ------------------------------------------------------------------------------------


READ = {
    "jd": ("jd", ROOT / "examples/job-descriptions/linac-engineer-scotland.txt", "--no-cross-check"),
    "claims": ("claims", ROOT / "examples/statements.yaml", "--nation", "wales"),
}


@pytest.mark.parametrize(("command", "ending"), [("jd", "md"), ("jd", "xlsx"), ("claims", "html"), ("claims", "docx")])
def test_a_page_on_what_was_read_is_made_again(command: str, ending: str, gapcheck: Run, tmp_path: Path) -> None:
    target = tmp_path / f"report.{ending}"
    assert gapcheck(*READ[command], "--as-at", "2026-01-05", "-o", target).returncode == 0
    same = gapcheck("verify", target)
    assert (same.returncode, same.stdout) == (0, "identical\n"), same.stdout
    raw = target.read_bytes()
    if ending in ("docx", "xlsx"):
        part = "word/document.xml" if ending == "docx" else "xl/sharedStrings.xml"
        parts = parts_of(raw)
        forged = package_with(parts, part, re.sub(rb"(>[^<>]*[A-Za-z])( )", rb"\1 not ", parts[part], count=1))
    else:
        forged = raw.replace(b" not ", b" indeed ", 1)
    assert forged != raw
    target.write_bytes(forged)
    assert gapcheck("verify", target).returncode == 1


def package_with(parts: dict[str, bytes], name: str, blob: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, content in parts.items():
            archive.writestr(one, blob if one == name else content)
    return stream.getvalue()


def test_a_large_document_is_known_by_its_hash_and_given(
    gapcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gapcheck.document.receipt.KEPT", 10)
    target, (_, document, *_) = tmp_path / "report.md", READ["jd"]
    assert gapcheck(*READ["jd"], "-o", target).returncode == 0
    alone = gapcheck("verify", target)
    assert alone.returncode == 2 and "the report does not embed it" in alone.stderr
    assert gapcheck("verify", target, "--profile", document).returncode == 0
    assert gapcheck("verify", target, "--profile", ROOT / "examples/draft.md").returncode == 2  # another one


# -- signatures: who vouches for it --------------------------------------------------------------------------------------


def test_a_signature_beside_a_report(gapcheck: Run, tmp_path: Path) -> None:
    profile, target, key = ROOT / f"examples/profiles/{PROFILES[0]}.yaml", tmp_path / "report.html", tmp_path / "key"
    signed = ("check", profile, "--as-at", TODAY, "-o", target, "--sign", key)
    if shutil.which("ssh-keygen") is None:
        key.touch()
        result = gapcheck(*signed)
        assert result.returncode == 2 and "signatures need this program" in result.stderr and not target.exists()
        return
    for name in ("key", "other"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", tmp_path / name], check=True)
    public = (tmp_path / "key.pub").read_text(encoding="utf-8")
    (tmp_path / "signers").write_text(f"lead@example.org {public}", encoding="utf-8")
    (tmp_path / "others").write_text(f"lead@example.org {(tmp_path / 'other.pub').read_text('utf-8')}", "utf-8")
    assert gapcheck(*signed).returncode == 0
    held = gapcheck("verify", target, "--signers", tmp_path / "signers")
    assert held.returncode == 0 and "signed by: lead@example.org" in held.stdout
    assert gapcheck("verify", target, "--signers", tmp_path / "others").returncode == 1
    assert gapcheck("verify", target, "--signers", tmp_path / "signers", "--signature", profile).returncode == 1
    assert gapcheck("verify", target, "--signers", tmp_path / "none").returncode == 2
    target.write_bytes(target.read_bytes() + b"\n")
    result = gapcheck("verify", target, "--signers", tmp_path / "signers")
    assert result.returncode == 1 and "is no signature of this file" in " ".join(result.stdout.split())
    assert gapcheck(*signed).returncode == 0  # signed anew, in place of the old one
    assert gapcheck("verify", target, "--signers", tmp_path / "signers").returncode == 0
    barred = ("can", "irmer-refer", "--profession", "nurse", "--registered", "nmc", "-o", tmp_path / "a.md")
    assert gapcheck(*barred, "--sign", key).returncode == gapcheck(*barred).returncode
    assert (tmp_path / "a.md.sig").exists()


@pytest.mark.parametrize("more", [("--sign", "no-such-key", "-o", "r.html"), ("--sign", "key")])
def test_what_cannot_be_signed(more: tuple[str, ...], gapcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("no key", encoding="utf-8")
    profile = ROOT / f"examples/profiles/{PROFILES[0]}.yaml"
    result = gapcheck("check", profile, *more, cwd=tmp_path)
    assert result.returncode == 2 and result.stderr.startswith("error: --sign")
    assert not (tmp_path / "r.html").exists()


def test_without_ssh_keygen(gapcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "key").touch()
    profile = ROOT / f"examples/profiles/{PROFILES[0]}.yaml"
    result = gapcheck("check", profile, "-o", tmp_path / "r.html", "--sign", tmp_path / "key", PATH=str(tmp_path))
    assert result.returncode == 2 and "signatures need this program" in result.stderr
