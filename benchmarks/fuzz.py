"""What becomes of damaged and hostile input? Run: python benchmarks/fuzz.py [SURFACE...] [--minutes N] [--seed N]

Takes each surface in turn: profiles, overlays, claims, waivers, documents, tables and their mappings,
teams, figures, questions, packs, receipts, page, messages to the tools of assistants. An input is one of
the shipped examples or reports, changed at random: bytes, words, values, keys, lines. It is given to the real command in this
process (documents to their cage, the page to the real application). A fault is an exit code beyond 3, a status of 500 or more,
an answer after more than 45 seconds, or a forged report that is called identical. The seed is printed; an input of a fault is
kept in the folder that is named, with the number by which --only makes it again. Exits with 1 where there is a fault.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import random
import re
import shutil
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner

from gapcheck.cli import main as program
from gapcheck.document.render import FORMATS

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 45.0
EXAMPLE = ROOT / "examples/profiles/sonographer.yaml"
ODD = (
    "", "null", "true", "-1", "0", "1e999", ".nan", "0x" + "f" * 3000, "9" * 30, "2026-02-30", "2026-11-22", "0001-01-01", "9999-12-31",
    "[]", "{}", "[[[[]]]]", "{a: {b: {c: 1}}}", "'", '"', "|", "&a [*a]", "*a", "!!python/object:os.system x", "~", "<<: {}", "=1+1", "\\u0000",
    "\u202eevil", "\ud7ff", "Llŷn Dŵr", "中文", "e\u0301", "x" * 30_000, "none", "registered", "england", "nurse", "rct", "\t", "\r", "%s", "{0}", "--format",
    "../../etc/passwd", "<script>alert(1)</script>", "]]>", "-->", "# ", ": ", "- ", "\x1b[31m", "\x85", "\ufeff",
)  # fmt: skip
Input = dict[str, bytes]  # the files of one input, by name


class Outcome(NamedTuple):
    """What became of an input: an exit code or a status, and what was said."""

    code: int
    says: str = ""

    @property
    def fault(self) -> bool:
        return self.code not in (0, 1, 2, 3) and not 200 <= self.code < 500


class Surface(NamedTuple):
    """Where input comes in: the good inputs, and what is done with one that lies in a folder."""

    seeds: Callable[[], list[Input]]
    run: Callable[[Path, list[str], int], Outcome]


def changed(raw: bytes, chance: random.Random) -> bytes:
    """Bytes changed at random, a few times, as text where they are text."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        if raw.startswith(b"PK") and chance.random() < 0.8:
            raw = _package(raw, chance)
            continue
        text = raw.decode("utf-8", "replace") if b"\x00" not in raw[:4000] else ""
        raw = (
            _text(text, chance).encode("utf-8", "surrogatepass")
            if text and chance.random() < 0.85
            else _bytes(raw, chance)
        )
    return raw


def _package(raw: bytes, chance: random.Random) -> bytes:
    """A package of Office in which one part is changed, is gone, or stands under another name."""
    stream = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
            here = chance.choice(old.namelist())
            for name in old.namelist():
                blob = old.read(name)
                if name == here and chance.random() < 0.1:
                    continue
                new.writestr(
                    f"{name}x" if name == here and chance.random() < 0.05 else name,
                    _text(blob.decode("utf-8", "replace"), chance).encode("utf-8", "replace") if name == here else blob,
                )
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        IndexError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
    ):
        return _bytes(raw, chance)
    return stream.getvalue()


def _text(text: str, chance: random.Random) -> str:
    how = chance.randrange(8)
    if how < 3:  # a value after a colon, or a word
        places = list(re.finditer(r"(?<=: )[^\n]+|(?<=- )[^\n:]+|[\w-]{3,}|\"[^\"]*\"", text))
        if places:
            place = chance.choice(places)
            return text[: place.start()] + chance.choice(ODD) + text[place.end() :]
    lines = text.split("\n")
    here, there = chance.randrange(len(lines)), chance.randrange(len(lines))
    if how == 3:
        del lines[here]
    elif how == 4:
        lines.insert(there, lines[here])
    elif how == 5:
        lines[here] = f"{' ' * chance.randrange(9)}{lines[here].strip()}"
    elif how == 6:
        lines[here], lines[there] = lines[there], lines[here]
    else:
        at = chance.randrange(len(text) + 1)
        return text[:at] + chance.choice(ODD) + text[at:]
    return "\n".join(lines)


def _bytes(raw: bytes, chance: random.Random) -> bytes:
    found = bytearray(raw)
    how = chance.randrange(5)
    at = chance.randrange(len(found) + 1)
    if how == 0 and found:
        found[min(at, len(found) - 1)] ^= chance.randrange(1, 256)
    elif how == 1:
        found[at:at] = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 9)))
    elif how == 2:
        del found[at : at + chance.randrange(1, 200)]
    elif how == 3:
        del found[at:]
    else:
        numbers = list(re.finditer(rb"\d+", raw))
        if numbers:
            place = chance.choice(numbers)
            found[place.start() : place.end()] = str(chance.choice((0, -1, 255, 65536, 2**31, 2**63, 10**18))).encode()
    return bytes(found)


def _command(words: list[str]) -> Outcome:
    done = CliRunner().invoke(program, words, prog_name="gapcheck")
    return Outcome(done.exit_code, done.stderr[-500:] if done.exit_code not in (0, 1, 3) else done.stdout[-100:])


def _files(folder: str, *endings: str, most: int = 40_000) -> Callable[[], list[Input]]:
    def seeds() -> list[Input]:
        found = sorted(path for path in (ROOT / folder).rglob("*") if path.suffix in endings and path.is_file())
        return [{path.name: path.read_bytes()} for path in found if path.stat().st_size <= most]

    return seeds


def _format(number: int) -> str:
    names = [name for name in FORMATS if name not in ("docx", "pdf") or number % 10 == 0]
    return names[number % len(names)]


def _profile(folder: Path, names: list[str], number: int) -> Outcome:
    out = folder / f"out.{FORMATS[_format(number)].endings[0]}"
    return _command(["check", str(folder / names[0]), "-o", str(out), *(["--full"] if number % 3 == 0 else [])])


def _overlays() -> list[Input]:
    base = ROOT / "examples/local-rules"
    return [{str(path.relative_to(base)): path.read_bytes() for path in sorted(base.rglob("*")) if path.is_file()}]


def _overlay(folder: Path, _: list[str], number: int) -> Outcome:
    asked = ["check", str(EXAMPLE)] if number % 4 else ["matrix", "--profession", "nurse"]
    return _command([*asked, "--rules", str(folder), "--format", "json"])


def _workforce(folder: Path, names: list[str], number: int) -> Outcome:
    table, mapping = ROOT / "examples/workforce/esr-extract.csv", ROOT / "examples/workforce/esr.yaml"
    given = folder / names[0]
    table, mapping = (given, mapping) if given.suffix == ".csv" else (table, given)
    ending = ("csv", "parquet", "duckdb")[number % 3]
    return _command(["workforce", str(table), "--columns", str(mapping), "-o", str(folder / f"out.{ending}")])


def _teams() -> list[Input]:
    """Each team, with the profiles that stand beside it."""
    base = ROOT / "examples/teams"
    beside = {str(path.relative_to(base)): path.read_bytes() for path in sorted(base.rglob("*/*.yaml"))}
    return [
        {path.name: path.read_bytes(), **beside} for path in sorted(base.iterdir()) if path.suffix in (".yaml", ".xlsx")
    ]


def _team(folder: Path, names: list[str], number: int) -> Outcome:
    more = (["--day", "monday"], ["--without", "tech-a"], ["--full"], [])[number % 4]
    return _command(["team", str(folder / names[0]), "--format", ("json", "table", "csv", "html")[number % 4], *more])


def _figures(folder: Path, names: list[str], _: int) -> Outcome:
    """The figures are read; the annex itself is much work, and is not made of them."""
    from gapcheck import Lawbook
    from gapcheck.errors import InputError
    from gapcheck.submission.supplied import read_figures

    try:
        read_figures(str(folder / names[0]), Lawbook.load())
    except InputError as error:
        return Outcome(2, str(error))
    except Exception as error:
        return Outcome(70, repr(error))
    return Outcome(0)


def _questions() -> list[Input]:
    asked = (
        "can a technologist on the RCT give contrast in Cardiff?",
        "may a sonographer refer for CT in Northern Ireland in 2018",
        "who can justify a bone scan? a nurse on the NMC register as of 2026-11-22",
        "is a clinical scientist allowed to inject Tc-99m under a PGD",
    )
    return [{"question.txt": text.encode()} for text in asked]


def _question(folder: Path, names: list[str], number: int) -> Outcome:
    text = (folder / names[0]).read_bytes().decode("utf-8", "replace").replace("\x00", "")
    return _command(["ask", "--format", ("json", "table", "markdown")[number % 3], "--", text])


@cache
def _packs() -> list[Input]:
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for ending in ("xlsx", "docx"):
            target = Path(folder) / f"pack.{ending}"
            assert _command(["pack", str(EXAMPLE), "-o", str(target)]).code == 0
            found.append({target.name: target.read_bytes()})
        return found


@cache
def _reports() -> list[Input]:
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for name, item in FORMATS.items():
            if name not in ("table", "csv"):
                target = Path(folder) / f"r.{item.endings[0]}"
                assert _command(["check", str(EXAMPLE), "-o", str(target)]).code == 0
                found.append({target.name: target.read_bytes()})
        return found


def _receipt(folder: Path, names: list[str], _: int) -> Outcome:
    path = folder / names[0]
    done = _command(["verify", str(path)])
    if done.code == 0 and path.suffix not in (".json", ".sarif"):
        (good,) = (item[path.name] for item in _reports() if path.name in item)
        if path.read_bytes().strip(b"\r\n").split(b"\r\n") != good.strip(b"\r\n").split(b"\r\n") and not _alike(
            path, good
        ):
            return Outcome(70, "a report that was changed is called identical")
    return done


def _alike(path: Path, good: bytes) -> bool:
    """Whether a package holds the same parts: the same bytes, or the same XML in its canonical form (blanks before the first
    element are nobody's to see)."""
    from gapcheck.document.package import parts_of

    if path.suffix not in (".docx", ".xlsx"):
        return False
    now, then = parts_of(path.read_bytes()), parts_of(good)
    return now.keys() == then.keys() and all(
        now[name] == then[name] or _canonical(now[name]) == _canonical(then[name]) for name in then
    )


def _canonical(part: bytes) -> bytes:
    """A part of XML in its canonical form, with its comments; any other as it is."""
    from lxml import etree

    from gapcheck.document.package import parsed

    try:
        whole: bytes = etree.tostring(parsed(part).getroottree(), method="c14n")
    except ValueError:
        return part
    return whole


class _Page:
    """The application, asked in this process."""

    def __init__(self) -> None:
        from gapcheck import Lawbook
        from gapcheck.web.app import application

        self.app = application(Lawbook.load())

    def ask(self, method: str, path: str, query: bytes, body: bytes, kind: bytes) -> Outcome:
        """The status of an answer."""
        headers = [
            (b"host", b"127.0.0.1:8765"),
            (b"content-type", kind),
            (b"content-length", str(len(body)).encode()),
            (b"origin", b"http://127.0.0.1:8765"),
        ]
        scope: dict[str, Any] = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http", "path": path,
            "raw_path": path.encode(), "query_string": query, "root_path": "", "headers": headers, "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", 8765), "state": {},
        }  # fmt: skip
        statuses: list[int] = []
        sent = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive() -> dict[str, Any]:
            return next(sent, {"type": "http.disconnect"})

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        try:
            asyncio.run(self.app(scope, receive, send))  # type: ignore[arg-type]
        except Exception as error:
            return Outcome(500, repr(error))
        return Outcome(statuses[0] if statuses else 500)


@cache
def _page() -> _Page:
    return _Page()


def _asked() -> list[Input]:
    can = {
        "act": "irmer-refer",
        "profession": "clinical-technologist",
        "registered": ["rct"],
        "as_at": "2026-11-22",
        "nation": "england",
    }
    text = EXAMPLE.read_text(encoding="utf-8")
    return [
        {"api-can": json.dumps(can).encode()},
        {"api-check": json.dumps({"profile": text, "as_at": "2026-11-22"}).encode()},
        {"api-matrix": json.dumps({"professions": ["nurse"], "acts": ["irmer-refer"]}).encode()},
        {
            "ask-answer": b"act=irmer-refer&profession=clinical-technologist&registered=rct&nation=england&as_at=2026-11-22"
        },
        {"role-title": b"title=x&nation=wales&profession=nurse&task=irmer-refer"},
        {"compare-matrix": b"act=irmer-refer&profession=nurse&nation=wales"},
        {"role-load": EXAMPLE.read_bytes()},
        {"api-explain": b"id=irmer-refer"},
    ]


def _request(folder: Path, names: list[str], _: int) -> Outcome:
    name = names[0]
    raw = (folder / name).read_bytes()
    path = f"/{name.replace('-', '/')}"
    if name == "role-load":
        mark = b"XXmarkXX"
        body = b'--%s\r\nContent-Disposition: form-data; name="file"; filename="p.yaml"\r\n\r\n%s\r\n--%s--\r\n' % (
            mark,
            raw,
            mark,
        )
        return _page().ask("POST", path, b"", body, b"multipart/form-data; boundary=" + mark)
    if name.startswith("api-") and name != "api-explain":
        return _page().ask("POST", path, b"", raw, b"application/json")
    return _page().ask("GET", path, raw, b"", b"")


@cache
def _tools() -> Any:
    from gapcheck import Lawbook
    from gapcheck.mcp.server import server

    return server(Lawbook.load())


def _calls() -> list[Input]:
    person = {"profession": "clinical-technologist", "registered": ["rct"], "nation": "england", "as_at": "2026-11-22"}
    calls = {
        "can": {
            "act": "administer-pom-parenterally",
            "medicine": "iodinated-contrast",
            "arrangements": ["pgd"],
            **person,
        },
        "ask": {"question": "can a technologist on the RCT give contrast in Cardiff without a PSD?"},
        "check": {"profile": EXAMPLE.read_text(encoding="utf-8"), "as_at": "2026-11-22"},
        "jd": {
            "text": "Nuclear medicine technologist, band 6. Essential: RCT. You will inject radiopharmaceuticals under a PGD."
        },
        "diff": {"before": ["2024-09-30"], "after": ["2024-10-01"], "nation": "northern-ireland"},
        "explain": {"id": "patient-group-direction"},
    }
    return [{f"{name}.json": json.dumps(arguments).encode()} for name, arguments in calls.items()]


def _call(folder: Path, names: list[str], _: int) -> Outcome:
    """A call of a tool as an assistant makes it; what is no object never reaches a tool."""
    from mcp.server.mcpserver.exceptions import ToolError
    from pydantic import ValidationError

    try:
        arguments = json.loads((folder / names[0]).read_bytes())
    except (ValueError, RecursionError):
        return Outcome(2)
    if not isinstance(arguments, dict):
        return Outcome(2)
    try:
        asyncio.run(_tools().call_tool(names[0].removesuffix(".json"), arguments))
    except ToolError as error:
        own = error.__cause__ is None or isinstance(error.__cause__, ToolError | ValidationError)
        return Outcome(2 if own else 70, repr(error.__cause__))
    except Exception as error:
        return Outcome(70, repr(error))
    return Outcome(0)


SURFACES = {
    "profiles": Surface(_files("examples/profiles", ".yaml"), _profile),
    "overlays": Surface(_overlays, _overlay),
    "claims": Surface(lambda: [{"statements.yaml": (ROOT / "examples/statements.yaml").read_bytes()}], lambda folder, names, number: _command(["claims", str(folder / names[0]), "--format", ("json", "table", "markdown")[number % 3]])),
    "waivers": Surface(lambda: [{"waivers.yaml": (ROOT / "examples/waivers.yaml").read_bytes()}], lambda folder, names, _: _command(["check", str(EXAMPLE), "--waivers", str(folder / names[0]), "--format", "json"])),
    "tables": Surface(_files("examples/workforce", ".csv", ".yaml"), _workforce),
    "documents": Surface(_files("examples/job-descriptions", ".txt", ".md", ".html", ".jsonld", ".docx", ".pdf", most=80_000), lambda folder, names, _: _command(["jd", str(folder / names[0]), "--format", "json"])),
    "teams": Surface(_teams, _team),
    "figures": Surface(lambda: [{"figures.yaml": (ROOT / "examples/figures.yaml").read_bytes()}], _figures),
    "questions": Surface(_questions, _question),
    "packs": Surface(_packs, lambda folder, names, number: _command(["pack", "--read", str(folder / names[0]), "-o", str(folder / "out.yaml")])),
    "receipts": Surface(_reports, _receipt),
    "page": Surface(_asked, _request),
    "messages": Surface(_calls, _call),
}  # fmt: skip


def once(surface: str, number: int, folder: Path) -> Outcome:
    """Make the input of a number in a folder, which is emptied first, and give it to its surface."""
    chance = random.Random(f"{surface} {number}")  # noqa: S311
    shutil.rmtree(folder, ignore_errors=True)
    files = dict(chance.choice(SURFACES[surface].seeds()))
    one = chance.choice(sorted(files))
    files[one] = changed(files[one], chance)
    for name, raw in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    begun = time.monotonic()
    found = SURFACES[surface].run(folder, list(files), number)
    took = time.monotonic() - begun
    return Outcome(70, f"it took {took:.0f} seconds") if took > LONGEST else found


def _fuzz(surface: str, seed: int, seconds: float, kept: Path) -> int:
    """Fuzz a surface for some time, print the figures, and give the number of faults."""
    begun, number, faults = time.monotonic(), seed, 0
    codes: Counter[int] = Counter()
    folder = kept / "input"
    while time.monotonic() - begun < seconds:
        found = once(surface, number, folder)
        codes[found.code] += 1
        if found.fault:
            faults += 1
            shutil.copytree(folder, kept / f"{surface}-{number}", dirs_exist_ok=True)
            print(f"FAULT {surface} --only {number}: {found.code} {found.says}", flush=True)
        number += 1
    print(
        f"{surface}: {sum(codes.values())} inputs from seed {seed} in {seconds:.0f} s: {dict(sorted(codes.items()))}, {faults} faults",
        flush=True,
    )
    return faults


def main() -> None:
    """Fuzz, and say what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("surfaces", nargs="*", metavar="SURFACE", help=", ".join(SURFACES))
    parser.add_argument("--minutes", type=float, default=1.0, help="for each surface")
    parser.add_argument("--seed", type=int, default=random.randrange(10**9))  # noqa: S311
    parser.add_argument("--only", type=int, help="make and try this one input")
    given = parser.parse_args()
    kept = Path(tempfile.mkdtemp(prefix="gapcheck-fuzz-"))
    print(f"seed {given.seed}; faults are kept in {kept}")
    if given.only is not None:
        for surface in given.surfaces:
            print(surface, once(surface, given.only, kept / "input"))
        return
    sys.exit(
        1 if sum([_fuzz(name, given.seed, given.minutes * 60, kept) for name in given.surfaces or SURFACES]) else 0
    )


if __name__ == "__main__":
    main()
