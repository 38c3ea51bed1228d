"""Does anything of ours break on any day? Run: python benchmarks/sweep.py [--nation NATION] [--minutes N] [--commands]

Every shipped profile is checked in each nation on every day on which the law of any act changes, on the day before and the day
after, and at the ends of time. Whatever differs from what was seen before is written in every format; what is the same but for
its date need not be. With --commands the other commands are run too, on each of those days. Prints each fault with the command
that shows it, and exits with 1 where there is one.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner

from gapcheck import Lawbook
from gapcheck.cli import main as program
from gapcheck.document.answer import Look
from gapcheck.document.receipt import Source, digest
from gapcheck.document.render import FORMATS, rendered
from gapcheck.engine.findings import check
from gapcheck.findings.checked import Checked, Findings
from gapcheck.profile.read import profile_of
from gapcheck.reading import read_document
from gapcheck.space.prover import Prover, around

ROOT = Path(__file__).resolve().parent.parent
ENDS = ("0001-01-01", "1900-01-01", "9999-12-31")
SLOW = ("docx", "pdf", "xlsx")  # written for each of SELDOM new reports
SELDOM = 12
COMMANDS = (
    ("matrix",),
    ("can", "irmer-operate", "--profession", "clinical-technologist", "--registered", "rct"),
    ("jd", "examples/job-descriptions/dxa-northern-ireland.html"),
    ("claims", "examples/statements.yaml"),
    ("submission", "examples/profiles", "--profession", "clinical-technologist"),
)


class Fault(NamedTuple):
    """The command that breaks, and how."""

    command: str
    says: str


def days(book: Lawbook) -> list[str]:
    """The days on which the law of any act changes, each with its neighbours, and the ends of time."""
    prover = Prover(book)
    changes = {day for act in book.data["acts"] for day in prover.dates(act, {})}
    return sorted({near for day in changes for near in around(day)} | set(ENDS))


def profiles() -> list[Path]:
    """The shipped profiles."""
    return sorted((ROOT / "examples/profiles").glob("*.yaml"))


class Sweep:
    """Checks profiles and keeps the faults."""

    def __init__(self, book: Lawbook) -> None:
        self.book = book
        self.read = [(path, path.read_bytes()) for path in profiles()]
        self.seen: set[str] = set()
        self.checked = self.written = 0
        self.faults: list[Fault] = []

    def check(  # noqa: PLR0917
        self, path: Path, raw: bytes, day: str, nation: str, formats: Iterable[str] = (), full: bool | None = None
    ) -> None:
        """Check a profile, and write the report in these formats, or in those whose turn it is; `full`: in full, or not; both
        where it is None."""
        line = f"gapcheck check {path.relative_to(ROOT)} --as-at {day} --nation {nation}"
        try:
            document = read_document(raw, path.name)
            report = check(profile_of(document, self.book), self.book.at(day, nation))
            places = tuple(document.line(("tasks", place)) for place in range(len(report.findings)))
            answer = Findings([Checked(report, Source(path.name, raw), places)], "2026-01-01")
            shape = digest([{**item, "upcoming": bool(item["upcoming"])} for item in answer._reports()[0]["findings"]])
        except Exception as error:
            self.faults.append(Fault(line, repr(error)))
            return
        self.checked += 1
        if shape in self.seen and not formats:
            return
        self.seen.add(shape)
        for format in formats or self._turn():
            for much in (False, True) if full is None else (full,):
                self._write(answer, format, much, line)

    def _turn(self) -> list[str]:
        return [name for name in FORMATS if name not in SLOW or len(self.seen) % SELDOM == 1]

    def _write(self, answer: Findings, format: str, full: bool, line: str) -> None:
        self.written += 1
        try:
            if not rendered(answer, format, Look(full)):
                raise ValueError("nothing was written")
        except Exception as error:
            self.faults.append(Fault(f"{line} --format {format}{' --full' if full else ''}", repr(error)))

    def run(self, words: Sequence[str]) -> None:
        """Run a command in this process."""
        self.checked += 1
        done = CliRunner().invoke(program, list(words), prog_name="gapcheck")
        if done.exit_code not in (0, 1, 2, 3):
            self.faults.append(Fault(f"gapcheck {' '.join(words)}", done.stderr.strip()[-300:]))


def places(book: Lawbook, nations: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Every day and nation."""
    for day in days(book):
        for nation in nations or book.data["nations"]:
            yield day, nation


def main() -> None:
    """Sweep, and say what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--nation", action="append", default=[])
    parser.add_argument("--minutes", type=float, default=600)
    parser.add_argument("--commands", action="store_true")
    given: Any = parser.parse_args()
    sweep, begun = Sweep(Lawbook.load()), time.monotonic()
    for number, (day, nation) in enumerate(places(sweep.book, given.nation)):
        if time.monotonic() - begun > given.minutes * 60:
            print(f"stopped at {day} after {given.minutes:g} minutes")
            break
        for path, raw in sweep.read:
            sweep.check(path, raw, day, nation)
        if given.commands:
            format = list(FORMATS)[number % len(FORMATS)]
            for words in COMMANDS:
                if format != "sarif":
                    target = f"/tmp/gapcheck-sweep.{FORMATS[format].endings[0]}"  # noqa: S108
                    sweep.run([*words, "--as-at", day, "--nation", nation, "-o", target])
    print(
        f"{len(days(sweep.book))} days: {sweep.checked} answers, {len(sweep.seen)} reports that differ, written "
        f"{sweep.written} times in {time.monotonic() - begun:.0f} s; {len(sweep.faults)} faults"
    )
    for fault in sweep.faults[:50]:
        print(f"{fault.command}\n  {fault.says}")
    sys.exit(1 if sweep.faults else 0)


if __name__ == "__main__":
    main()
