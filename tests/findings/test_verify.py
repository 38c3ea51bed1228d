"""A report can be run again: identical, or what differs and why."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

from gapcheck.document.receipt import Source
from gapcheck.errors import InputError
from gapcheck.findings.checked import findings
from gapcheck.findings.receipts import read_report
from gapcheck.findings.verify import Verified, verify
from tests.conftest import ROOT, TODAY, Run
from tests.document.made import FACES, PROFILES, checked, example, made, profile_bytes, written

SOURCES = [Source(f"{name}.yaml", (ROOT / f"examples/profiles/{name}.yaml").read_bytes()) for name in PROFILES]
RULES = (str(ROOT / "rules"),)
FRAMEWORK = b"""gapcheck: 1
waivers:
  - {finding: dxa-report, reason: Read by two., owner: Lead, expiry: 2027-01-01}
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


@pytest.mark.parametrize("face", ["json", "html", "docx", "pdf", "markdown", "csv"])
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
