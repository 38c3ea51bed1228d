"""Files are never destroyed or half true: inputs, links, pipes, permissions, full disks, odd names, encodings, widths."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from gapcheck.document.answer import Look
from gapcheck.document.blocks import Document, Facts, Heading, Items, Paragraph, Run, Table, inline
from gapcheck.document.output import LEAST, MOST, Target, sweep
from gapcheck.document.render import FORMATS, format_of
from gapcheck.document.terminal import _grown as grown
from gapcheck.document.terminal import text_of
from gapcheck.errors import InputError
from tests.conftest import ROOT
from tests.conftest import Run as Command
from tests.document.made import profile_bytes

ANSWER = ("can", "irmer-refer", "--profession", "clinical-technologist", "--registered", "rct")  # barred: exit code 1


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    path = tmp_path / "profile.json"
    path.write_bytes(profile_bytes())
    return path


@pytest.mark.parametrize("name", ["profile.json", "link.json", "hard.json", "../{folder}/profile.json"])
def test_an_input_is_never_written_over(name: str, profile: Path, gapcheck: Command) -> None:
    (profile.parent / "link.json").symlink_to(profile)
    os.link(profile, profile.parent / "hard.json")
    before = profile.read_bytes()
    result = gapcheck("check", profile, "-o", profile.parent / name.format(folder=profile.parent.name))
    assert result.returncode == 2 and "also an input" in result.stderr
    assert profile.read_bytes() == before


def test_a_job_description_of_a_folder_is_an_input(tmp_path: Path, gapcheck: Command) -> None:
    (tmp_path / "a.html").write_text("<p>Sonographer</p>", encoding="utf-8")
    assert gapcheck("jd", tmp_path, "-o", tmp_path / "a.html").returncode == 2
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == "<p>Sonographer</p>"


@pytest.mark.parametrize(
    ("command", "name", "more"),
    [("check", "r.doc", ()), ("check", "r", ()), ("check", "r.docx", ("--format", "pdf")), ("check", ".json", ()), ("check", "r.parquet", ()),
     ("matrix", "m.sarif", ()), ("diff", "d.odt", ()), ("prove", "p.rtf", ()), ("explain", "e.xml", ())],
)  # fmt: skip
def test_a_name_that_is_no_format_is_refused_before_anything_is_done(
    command: str, name: str, more: tuple[str, ...], profile: Path, gapcheck: Command
) -> None:
    given = {"check": (profile,), "explain": ("pgd",)}.get(command, ())
    result = gapcheck(command, *given, "-o", profile.parent / name, *more)
    assert result.returncode == 2 and not (profile.parent / name).exists()


def test_every_ending_names_one_format() -> None:
    endings = [end for item in FORMATS.values() for end in item.endings]
    assert len(endings) == len(set(endings))
    for name, item in FORMATS.items():
        for end in item.endings:
            assert format_of(None, f"a.b/c.{end.upper()}", tuple(FORMATS)) == name


def test_permissions_stay_and_links_are_followed(profile: Path, gapcheck: Command) -> None:
    target, link = profile.parent / "target.md", profile.parent / "link.md"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o600)
    link.symlink_to(target)
    assert gapcheck("check", profile, "-o", link).returncode == 0
    assert link.is_symlink() and target.read_text(encoding="utf-8").startswith("# ")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert {path.name for path in profile.parent.iterdir()} == {"profile.json", "target.md", "link.md"}


def test_a_pipe_is_written_to(profile: Path, process: Command) -> None:
    pipe = profile.parent / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        assert process("check", profile, "--format", "json", "-o", pipe).returncode == 0
        assert json.loads(reader.communicate()[0])["gapcheck"] == "1"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("format", FORMATS)
def test_a_full_disk_is_said(format: str, profile: Path) -> None:
    with open("/dev/full", "wb") as full:
        result = _run("check", str(profile), "--format", format, stdout=full)
    assert result.returncode == 2 and b"the disk is full" in result.stderr
    result = _run("check", str(profile), "--format", format, "-o", "/dev/full")
    assert result.returncode == 2 and b"the disk is full" in result.stderr


def _run(*arguments: str, **given: object) -> subprocess.CompletedProcess[bytes]:
    streams: dict[str, object] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **given}
    return subprocess.run([sys.executable, "-m", "gapcheck", *arguments], cwd=ROOT, check=False, timeout=60, **streams)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("closed", [(0,), (1,), (2,), (1, 2), (0, 1, 2)])
def test_closed_streams_change_no_exit_code(closed: tuple[int, ...], tmp_path: Path) -> None:
    def close() -> None:
        for number in closed:
            os.close(number)

    assert _run(*ANSWER, preexec_fn=close).returncode == 1
    target = tmp_path / "a.json"
    assert _run(*ANSWER, "-o", str(target), preexec_fn=close).returncode == 1
    assert json.loads(target.read_text(encoding="utf-8"))["verdict"] == "barred"
    assert _run("new", "-o", str(tmp_path / "p.yaml"), preexec_fn=close, stdin=subprocess.DEVNULL).returncode == 2


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "ascii", "utf-16"])
@pytest.mark.parametrize("format", ["table", "json", "html", "csv", "markdown"])
def test_any_encoding(encoding: str, format: str, tmp_path: Path, process: Command) -> None:
    title = "Technologist, Dŵr a Llŷn “quoted” 中"
    path = tmp_path / "p.json"
    path.write_bytes(profile_bytes(post={"title": title, "nation": "wales", "employer": "nhs"}))
    environment = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
    result = _run("check", str(path), "--format", format, env=environment)
    assert result.returncode == 0, result.stderr
    if format == "json" and encoding != "utf-16":
        assert json.loads(result.stdout.decode(encoding))["profile"]["title"] == title


@pytest.mark.parametrize("format", FORMATS)
def test_a_name_that_is_not_utf8_survives(format: str, tmp_path: Path, gapcheck: Command) -> None:
    path = os.fsdecode(bytes(tmp_path) + b"/x\xff.json")
    try:
        Path(path).write_bytes(profile_bytes())
    except OSError:
        return  # this system has no such names
    target = tmp_path / f"r.{FORMATS[format].endings[0]}"
    result = gapcheck("check", path, "-o", target)
    assert result.returncode == 0, result.stderr
    assert target.stat().st_size > 100


def test_leftovers_of_killed_writers_are_swept(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left, held = tmp_path / f".r.json.{dead.pid}.part", tmp_path / f".r.json.{os.getppid()}.part"
    left.touch()
    held.touch()
    sweep(str(tmp_path / "r.json"))
    assert not left.exists() and held.exists()


def test_what_breaks_off_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError), Target(str(path)) as target:
        target.write(b"half")
        raise RuntimeError
    assert path.read_text(encoding="utf-8") == "old" and [one.name for one in tmp_path.iterdir()] == ["r.json"]
    with pytest.raises(InputError):
        Target(str(tmp_path / "nowhere" / "r.json")).__enter__()


@pytest.mark.parametrize("room", range(15, 30))
def test_columns_take_no_more_than_the_room(room: int) -> None:
    """Also where their least widths fill the line, and each would be wider."""
    found = grown([5, 5, 5], [9, 7, 9], room)
    assert sum(found) <= room and min(found) >= 5


@pytest.mark.parametrize("width", range(LEAST, MOST + 1, 3))
@pytest.mark.parametrize("colour", [False, True])
def test_any_width(width: int, colour: bool) -> None:
    """No width stops the terminal, and no line of plain words is longer than it."""
    cells = tuple(inline(Run(f"column {number} with words", tone="blocked")) for number in range(9))
    document = Document(
        "A title of several words that is longer than the smallest of terminals",
        (Heading(1, "One"), Paragraph(inline("Some words and ", Run("more of them", strong=True), " in a row.")), Items((inline("a point that goes on"),)),
         Facts((("Term", (inline("what it means in a few words"),)),)), Table("t", "A caption of words", cells, (cells, cells)),
         Table("p", "", cells[:3], (cells[:3],), plain=True)),
    )  # fmt: skip
    lines = text_of(document, Look(width=width, colour=colour)).split("\n")
    if not colour:
        assert max(map(len, lines)) <= width
    assert any("words" in line for line in lines)
