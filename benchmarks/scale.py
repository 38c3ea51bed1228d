"""How `gapcheck workforce` grows: CSV to Parquet, seconds and peak memory by number of posts. Run: python -m benchmarks.scale

--posts N (repeatable) instead of 1k, 10k, 100k and 1.5M; --runs (3); --rules FOLDER; --keep FOLDER keeps the tables.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.synthetic import write
from gapcheck import Lawbook

SIZES = (1_000, 10_000, 100_000, 1_500_000)


class Run(NamedTuple):
    """One run of the command."""

    seconds: float
    cpu: float
    megabytes: float
    told: str


def run(table: Path, out: Path, rules: str | None) -> Run:
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "gapcheck", "workforce", str(table), "-o", str(out), "--as-at", "2026-11-22"]
    begun, peak = time.perf_counter(), 0.0
    with tempfile.TemporaryFile() as stream:
        process = subprocess.Popen(
            [*command, *(["--rules", rules] if rules else [])], stdout=stream, stderr=subprocess.DEVNULL
        )
        while True:
            # What wait4 says of the peak counts this process in, as it was before the other began.
            peak = max(peak, _peak(process.pid))
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            time.sleep(0.02)
        stream.seek(0)
        told = stream.read().decode()
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - begun
    if process.returncode:
        raise SystemExit(f"the command ended with {process.returncode}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, peak, told.splitlines()[0])


def _peak(pid: int) -> float:
    """The peak memory of a process so far, in MB."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as stream:
            return next((int(line.split()[1]) / 1024 for line in stream if line.startswith("VmHWM")), 0.0)
    except OSError:
        return 0.0


def report(sizes: list[int], runs: int, rules: str | None, folder: Path) -> str:
    """The table of results, as Markdown."""
    lines = [
        "| posts | CSV | findings Parquet | seconds: median (least to most) | processor seconds | peak memory |",
        "|---|---|---|---|---|---|",
    ]
    book = Lawbook.load(rules)
    for size in sizes:
        table, out = folder / f"posts-{size}.csv", folder / f"findings-{size}.parquet"
        if not table.exists():
            write(book, size, table)
        found = [run(table, out, rules) for _ in range(runs)]
        seconds = [item.seconds for item in found]
        print(f"{size:,}: {found[0].told}", file=sys.stderr)
        lines.append(
            f"| {size:,} | {table.stat().st_size / 1e6:,.0f} MB | {out.stat().st_size / 1e6:,.0f} MB "
            f"| {statistics.median(seconds):.1f} ({min(seconds):.1f} to {max(seconds):.1f}) "
            f"| {statistics.median(item.cpu for item in found):.1f} | {max(item.megabytes for item in found):,.0f} MB |"
        )
    return "\n".join(lines)


def options() -> argparse.ArgumentParser:
    """The options of the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--posts", type=int, action="append")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--rules", metavar="FOLDER")
    parser.add_argument("--keep", metavar="FOLDER")
    return parser


if __name__ == "__main__":
    given = options().parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        print(report(given.posts or list(SIZES), given.runs, given.rules, Path(given.keep or temporary)))
