"""What strangers send: broken, odd and hostile profiles, through the real command line."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from gapcheck.errors import InputError
from gapcheck.profile.read import read_bytes
from tests.conftest import Run

GOOD = """\
gapcheck: 1
post: {title: Nuclear medicine technologist, nation: england, employer: nhs}
holder:
  profession: clinical-technologist
  registrations: [{register: rct, status: registered}]
tasks: [nm-refer-for-imaging]
"""

REFUSED = {
    "empty": (b"", "empty"),
    "only blanks": (b"  \n\n", "empty"),
    "only a comment": (b"# nothing\n", ""),
    "binary": (bytes(range(256)) * 40, "UTF-8"),
    "nul bytes": (GOOD.encode() + b"\x00\x00", "binary"),
    "alias bomb": (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "aliases"),
    "forty megabytes": (b"# " + b"x" * 40_000_000, "MB"),
    "deep sequences": (b"[" * 20_000, "levels deep"),
    "deep block sequences": (b"- " * 20_000 + b"x", "levels deep"),
    "deep JSON": (b'{"a":' * 20_000 + b"1" + b"}" * 20_000, "levels deep"),
    "a text cut at its comma": (
        GOOD.replace(
            "[nm-refer-for-imaging]", "[{id: nm-refer-for-imaging, note: Chest X-ray, before therapy}]"
        ).encode(),
        "put the text in quotes",
    ),
    "a number in another base": (
        GOOD.replace("tasks:", "tasks: 0x" + "f" * 4000 + " #").encode(),
        "too large a number",
    ),
    "a number of five thousand digits": (b'{"gapcheck": %s}' % (b"1" * 5000), "too large a number"),
    "object tag": (b"!!python/object/apply:os.system ['echo owned']\n", "tag"),
    "unknown tag": (GOOD.replace("gapcheck: 1", "gapcheck: !x 1").encode(), "tag"),
    "duplicate key": (GOOD.replace("tasks:", "gapcheck: 1\ntasks:").encode(), "stands twice"),
    "duplicate key in JSON": (b'{"gapcheck": 1, "gapcheck": 1}', "stands twice"),
    "misspelt key": (GOOD.replace("registrations:", "registratons:").encode(), "did you mean `registrations`"),
    "misspelt top key": (GOOD.replace("tasks:", "task:").encode(), "did you mean `tasks`"),
    "misspelt profession": (
        GOOD.replace("clinical-technologist", "clinical-tecnologist").encode(),
        "did you mean `clinical-technologist`",
    ),
    "misspelt task": (GOOD.replace("nm-refer-for-imaging", "nm-refer-imaging").encode(), "did you mean"),
    "misspelt register": (GOOD.replace("rct", "rtc").encode(), "did you mean `rct`"),
    "misspelt status": (GOOD.replace("status: registered", "status: registerd").encode(), "did you mean `registered`"),
    "misspelt nation": (GOOD.replace("england", "engalnd").encode(), "did you mean `england`"),
    "unknown version": (GOOD.replace("gapcheck: 1", "gapcheck: 2").encode(), "allowed: `1`"),
    "version as text": (GOOD.replace("gapcheck: 1", "gapcheck: one").encode(), "allowed: `1`"),
    "no tasks": (GOOD.replace("[nm-refer-for-imaging]", "[]").encode(), "at least 1"),
    "a list": (b"- a\n- b\n", ""),
    "a scalar": (b"hello", ""),
    "several documents": (GOOD.encode() + b"---\n" + GOOD.encode(), "more than one document"),
    "not YAML": (b"a: b: c\n\t- [", "not readable as YAML"),
    "wrong type": (GOOD.replace("[nm-refer-for-imaging]", "nm-refer-for-imaging").encode(), "a list"),
    "attestation with a false date": ((GOOD + "arrangements: [{id: pgd, until: 2026-02-31}]\n").encode(), "2026-02-31"),
    "ten thousand tasks": (
        GOOD.replace("[nm-refer-for-imaging]", str(["nm-refer-for-imaging"] * 10_000)).encode(),
        "at most 500",
    ),
    "long title": (GOOD.replace("Nuclear medicine technologist", "x" * 30_000).encode(), "at most 20000"),
}

READ = {
    "UTF-16": GOOD.encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf" + GOOD.encode(),
    "CRLF": GOOD.replace("\n", "\r\n").encode(),
    "JSON": b'{"gapcheck": 1, "post": {"title": "NM \\ud83d\\ude00", "nation": "england"},\t"holder": '
    b'{"profession": "clinical-technologist"}, "tasks": ["nm-refer-for-imaging"]}',
}


def test_a_pipe_is_read_and_one_that_nobody_writes_into_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gapcheck.reading.PATIENCE", 0.05)
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match="nobody writes into this pipe"):
        read_bytes(pipe)
    monkeypatch.setattr("gapcheck.reading.PATIENCE", 20.0)
    writer = threading.Thread(target=pipe.write_bytes, args=(GOOD.encode(),))
    writer.start()
    assert read_bytes(pipe)[1] == GOOD.encode()
    writer.join()


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_help(name: str, tmp_path: Path, gapcheck: Run) -> None:
    content, wanted = REFUSED[name]
    path = tmp_path / "profile.yaml"
    path.write_bytes(content)
    begun = time.monotonic()
    result = gapcheck("check", path)
    assert time.monotonic() - begun < 10
    assert result.returncode == 2, result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert result.stderr.startswith("error: ") and wanted in result.stderr
    assert "owned" not in result.stderr


@pytest.mark.parametrize("name", READ)
def test_merely_odd_is_read(name: str, tmp_path: Path, gapcheck: Run) -> None:
    path = tmp_path / "profile.yaml"
    path.write_bytes(READ[name])
    result = gapcheck("check", path)
    assert (result.returncode, result.stderr) == (0, "")
    assert "Today: 1 not at all." in result.stdout or ", 1 not at all." in result.stdout


def test_all_errors_at_once_with_their_lines(tmp_path: Path, gapcheck: Run) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text(
        GOOD.replace("rct", "rtc").replace("england", "engalnd").replace("nm-refer", "nm-reefer"), encoding="utf-8"
    )
    result = gapcheck("check", path)
    places = [line.split(": ")[1] for line in result.stderr.splitlines() if line.startswith("error")]
    assert places == [f"{path}:2", f"{path}:5", f"{path}:6"]


@pytest.mark.parametrize(
    ("path", "wanted"), [("missing.yaml", "no such file"), (".", "folder")], ids=["missing", "folder"]
)
def test_no_such_file(path: str, wanted: str, gapcheck: Run, tmp_path: Path) -> None:
    result = gapcheck("check", path, cwd=tmp_path)
    assert result.returncode == 2
    assert wanted in result.stderr


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path, gapcheck: Run) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text(
        GOOD.replace("Nuclear medicine technologist", '"\\e[31mred\\u202e <b>bold</b> | `x` [l](javascript:0)"'),
        encoding="utf-8",
    )
    table, markdown = gapcheck("check", path).stdout, gapcheck("check", path, "--format", "markdown").stdout
    for text in (table, markdown):
        assert "\x1b[31m" not in text and "\u202e" not in text
    assert "<b>" not in markdown and "](javascript" not in markdown


def test_nothing_half_written(tmp_path: Path, gapcheck: Run) -> None:
    good = tmp_path / "good.yaml"
    good.write_text(GOOD, encoding="utf-8")
    target = tmp_path / "no" / "report.json"
    result = gapcheck("check", good, "--format", "json", "-o", target)
    assert result.returncode == 2 and "cannot be written" in result.stderr
    result = gapcheck("check", good, tmp_path / "missing.yaml", "-o", tmp_path / "report.txt")
    assert result.returncode == 2
    assert sorted(item.name for item in tmp_path.iterdir()) == ["good.yaml"]
