"""Documents are read in a process with limits: no memory, no time beyond them, no orphan, and the rest of a folder goes on."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from gapcheck import InputError
from gapcheck.jobdesc.reading import cage
from gapcheck.jobdesc.reading.cage import Cage, Handler, alone
from gapcheck.jobdesc.reading.limits import Limits
from gapcheck.jobdesc.reading.read import read_document
from tests.conftest import ROOT, Run
from tests.jobdesc.made import font_pdf, raw_pdf

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the limits are those of Linux")


def misbehave() -> Handler:
    def do(what: object) -> object:
        if what == "eat":
            return len(bytearray(2_000_000_000))
        if what == "hang":
            import re

            return re.match(r"(x+x+)+y", "x" * 60)  # in C, where no alarm of Python's is looked at for long
        if what == "die":
            os.kill(os.getpid(), signal.SIGSEGV)
        if what == "print":
            os.write(1, b"a library says something")
        if what == "who":
            return os.getpid()
        if what == "wrong":
            raise KeyError("x")
        return what

    return do


def test_a_cage_says_what_went_wrong_and_the_next_question_is_answered() -> None:
    ask = alone(misbehave)
    assert ask("print", "a", 30) == "print"
    for what, words in (("eat", "more memory"), ("hang", "too long"), ("die", "broke the library")):
        with pytest.raises(InputError, match=words) as caught:
            ask(what, "a.pdf", 1 if what == "hang" else 30)
        assert len(str(caught.value).splitlines()) == 2
        assert ask("fine", "b.pdf", 30) == "fine"
    with pytest.raises(KeyError):
        ask("wrong", "a", 30)


def test_a_large_process_keeps_the_cage_that_it_started() -> None:
    """What the process outside needed does not count as what the cage needed."""
    program = (
        "from gapcheck.jobdesc.reading.cage import alone; from tests.jobdesc.test_cage import misbehave\n"
        "held = b'x' * 500_000_000\n"
        "ask = alone(misbehave)\n"
        "print(ask('who', 'a', 30) == ask('who', 'b', 30))"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout == "True\n"


def test_processor_time_is_bounded_by_the_system() -> None:
    answers: queue.SimpleQueue[tuple[Cage, cage.CageReply]] = queue.SimpleQueue()
    one = Cage(burning, answers=answers)
    one.ask(0)
    _, answer = answers.get(timeout=50)
    assert (answer.kind, answer.value) == ("ended", -signal.SIGXCPU)
    with pytest.raises(InputError, match="too long"):
        cage.taken(answer, "a")


def burning() -> Handler:
    def burn(_: object) -> object:
        cage.allow(-2.5)
        while True:
            pass

    return burn


WIDE = font_pdf(b"/W[0 999999999999 500]")
RANGE = font_pdf(
    b"",
    b"1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange 1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange",
)
LINES = zlib.compress(
    b"".join(b"%d %d m %d %d l S\n" % (n % 600, n % 800, n * 7 % 600, n * 3 % 800) for n in range(300_000))
)
HOSTILE = {
    "wide.pdf": WIDE,
    "range.pdf": RANGE,
    "lines.pdf": raw_pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<>>>>",
        b"<</Filter/FlateDecode/Length %d>>\nstream\n" % len(LINES) + LINES + b"\nendstream"]),
    "attributes.html": b"<html><p " + b" ".join(b'a%d="1"' % n for n in range(100_000)) + b">You will scan</p></html>",
    "spans.html": b"<html><table>" + (b"<tr>" + b"<td colspan=50 rowspan=50>x" * 60 + b"</tr>") * 60 + b"</table></html>",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_are_refused_within_their_bounds(name: str) -> None:
    before = time.monotonic()
    with pytest.raises(InputError):
        read_document(HOSTILE[name], name, Limits(seconds=4))
    assert time.monotonic() - before < 45


def test_a_folder_goes_on_past_pipes_devices_odd_names_and_what_ends_its_reader(gapcheck: Run, tmp_path: Path) -> None:
    for number in range(14):
        (tmp_path / f"{number:02}.txt").write_text("Sonographer\n\nYou will be HCPC registered.\n", encoding="utf-8")
    (tmp_path / "05.pdf").write_bytes(WIDE)
    os.mkfifo(tmp_path / "06.txt-pipe.txt")
    (tmp_path / "07.html").symlink_to("/dev/zero")
    (tmp_path / "08.docx").symlink_to(tmp_path / "nowhere")
    Path(os.fsdecode(bytes(tmp_path) + b"/09\xff.txt")).write_text("Radiographer\n", encoding="utf-8")
    (tmp_path / "10\n.txt").write_text("Radiographer\n", encoding="utf-8")
    result = gapcheck("jd", tmp_path, "--statistics", "--format", "json", PYTHONUTF8="1")
    assert result.returncode == 2, result.stderr
    data = json.loads(result.stdout)
    assert data["documents"] == 16
    assert [Path(item["source"]).name[:2] for item in data["skipped"]] == ["05", "06", "08"]
    assert "more memory" in data["skipped"][0]["why"]
    assert gapcheck("jd", tmp_path / "06.txt-pipe.txt").returncode == 2


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_orphan_is_left(sign: signal.Signals, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(HOSTILE["lines.pdf"])
    process = subprocess.Popen(
        [sys.executable, "-m", "gapcheck", "jd", str(tmp_path / "a.pdf")],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    children: list[int] = []
    until = time.monotonic() + 30
    while not children and time.monotonic() < until:
        time.sleep(0.05)
        children = _children(process.pid)
    time.sleep(0.5)
    process.send_signal(sign)
    process.wait(20)
    assert children
    until = time.monotonic() + 10
    while any(map(_lives, children)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(_lives, children))


def _children(pid: int) -> list[int]:
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [int(child) for child in found]


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False
