"""Is it slower than it was? Run: python -m benchmarks.before COMMIT [--runs 15] [--posts 10000]

An older commit and this checkout take turns, each in processes of its own on its own files: a cold `gapcheck check`, a warm check
with full reasons of a profile of 20 tasks, and `gapcheck workforce` on a synthetic table. The ratio is this checkout by the older
one: of medians for the cold start and the workforce, and of the best runs for the warm check. Above 1 is slower.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples/profiles/nuclear-medicine-technologist.yaml"
_WARM = """
import time
from gapcheck import Lawbook, Profile, check
from gapcheck.profile.model import Registration, TaskEntry
book = Lawbook.load()
tasks = [key for key, item in book.data["tasks"].items() if item["scope"] == "nuclear-medicine"][:20]
def one(number):
    held = (Registration("rct"),) if number % 2 else (Registration("hcpc", held_as="diagnostic-radiographer"),)
    return Profile("clinical-technologist", "england", registrations=held, tasks=tuple(map(TaskEntry, tasks)))
for number in range(40):
    check(one(number), book, as_at="2026-11-22")
begun = time.perf_counter()
for number in range(200):
    check(one(number), book, as_at="2026-11-22")
print((time.perf_counter() - begun) / 200)
"""


class Side:
    """A checkout: how its program is run."""

    def __init__(self, folder: Path, cache: str) -> None:
        self.env = {**os.environ, "PYTHONPATH": str(folder / "src"), "GAPCHECK_CACHE": cache}

    def run(self, *words: str) -> tuple[float, str]:
        """Seconds and output of a run of Python."""
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, *words],
            env=self.env,
            check=True,
            capture_output=True,
            text=True,
            cwd=tempfile.gettempdir(),
        )
        return time.perf_counter() - begun, done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commit")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--posts", type=int, default=10_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        old = Path(place) / "older"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "-q", "--detach", str(old), given.commit], check=True)
        try:
            sides = [Side(old, f"{place}/cache-older"), Side(ROOT, f"{place}/cache-now")]
            table = Path(place) / "posts.csv"
            sides[0].run(str(old / "benchmarks/synthetic.py"), str(given.posts), str(table))  # what both can read
            measure(sides, table, given.runs)
        finally:
            subprocess.run([*git, "remove", "--force", str(old)], check=True)


def measure(sides: list[Side], table: Path, runs: int) -> None:
    """Each measurement of both sides, taking turns."""
    check = ("-m", "gapcheck", "check", str(EXAMPLE), "--no-cross-check")
    work = ("-m", "gapcheck", "workforce", str(table), "-o", f"{table}.parquet", "--as-at", "2026-11-22")
    for side in sides:
        side.run(*check)  # links the lawbook
    _say("cold start", [[side.run(*check)[0] for side in sides] for _ in range(runs)], statistics.median)
    _say("warm check", [[float(side.run("-c", _WARM)[1]) for side in sides] for _ in range(max(3, runs // 3))], min)
    _say("workforce", [[side.run(*work)[0] for side in sides] for _ in range(3)], statistics.median)


def _say(name: str, times: list[list[float]], best: Callable[[Iterable[float]], float]) -> None:
    before, now = (best(column) for column in zip(*times, strict=True))
    print(f"{name}: {before * 1000:.1f} ms before, {now * 1000:.1f} ms now, {now / before:.2f} times", flush=True)


if __name__ == "__main__":
    main()
