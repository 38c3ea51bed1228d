"""Where the milliseconds of a cold `gapcheck check` go. Run: python benchmarks/steps.py [RUNS]

Each run (31) is a process of its own that does what the command does, step by step, and says how long each step took; the
medians are shown. The time before the first step is the time of an empty Python process, measured beside it.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples/profiles/nuclear-medicine-technologist.yaml"
STEPS = {
    "click, which reads the command line": """
import click
""",
    "our own command line: the commands by name, and the options of `check`": """
import gapcheck.cli
from gapcheck.commands import check as command
""",
    "the modules of the engine and of the reader of profiles, and PyYAML's parser": """
from gapcheck import Lawbook
from gapcheck.engine.findings import check
from gapcheck.profile.read import profile_of, read_bytes
from gapcheck.reading import read_document
""",
    "the lawbook, out of its compiled form": """
book = Lawbook.load()
""",
    "the profile: safe YAML with limits, its schema, its ids": """
name, raw = read_bytes(sys.argv[1])
profile = profile_of(read_document(raw, name), book)
""",
    "the law in force on the day, compiled as far as the tasks need it, and the findings with full reasons": """
law = book.at("2026-11-22", profile.nation)
report = check(profile, law)
""",
    "the report as a table: the writer, tabulate, and the text": """
from gapcheck.document.answer import Look
from gapcheck.document.receipt import Source
from gapcheck.document.render import rendered
from gapcheck.findings.checked import Checked, Findings
text = rendered(Findings([Checked(report, Source("", b""), ())]), "table", Look())
""",
}


def script() -> str:
    """A program that does the steps and prints the milliseconds of each as JSON."""
    parts = ["import gc, sys, time", "gc.set_threshold(200_000)", "_t = [time.perf_counter()]"]
    for step in STEPS.values():
        parts += [step, "_t.append(time.perf_counter())"]
    parts += ["import json", "print(json.dumps([(b - a) * 1000 for a, b in zip(_t, _t[1:])]))"]
    return "\n".join(parts)


def measured(command: list[str]) -> tuple[float, str]:
    """The milliseconds that a process takes, and what it prints."""
    begun = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return (time.perf_counter() - begun) * 1000, done.stdout


def report(runs: int) -> str:
    """The table, as Markdown."""
    whole = [str(Path(sys.executable).with_name("gapcheck")), "check", str(EXAMPLE), "--no-cross-check"]
    commands = ([sys.executable, "-c", ""], [sys.executable, "-c", script(), str(EXAMPLE)], whole)
    measured(whole)
    found = [[measured(command) for command in commands] for _ in range(runs)]
    empty, _, total = (statistics.median(row[place][0] for row in found) for place in range(3))
    steps = [statistics.median(column) for column in zip(*(json.loads(row[1][1]) for row in found), strict=True)]
    rows = [("an empty Python process", empty), *zip(STEPS, steps, strict=True)]
    rows.append(("the rest: reading the arguments, writing the text, the end", total - empty - sum(steps)))
    lines = ["| what | ms |", "|---|---|", *(f"| {name} | {spent:.1f} |" for name, spent in rows)]
    return "\n".join([*lines, f"| together: {total / empty:.1f} times an empty process | {total:.1f} |"])


if __name__ == "__main__":
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    print(report(int(sys.argv[1]) if len(sys.argv) > 1 else 31))
