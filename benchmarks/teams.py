"""How long do many teams take? Run: python -m benchmarks.teams [--teams 500] [--posts 20] [--tasks 60] [--runs 3]

A workforce table with a column `team`, made of the synthetic workforce, through `gapcheck team` in a process of its own: on the
terminal, as JSON (every team's cover, single points and absences) and as Excel. Medians of the runs.
"""

from __future__ import annotations

import argparse
import csv
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.synthetic import HEADER, posts
from gapcheck import Lawbook

OUTPUTS = ("table", "json", "xlsx")


def write(path: Path, teams: int, size: int, tasks: int) -> None:
    """The table. The first post of each team names its tasks."""
    book = Lawbook.load()
    random_ = random.Random(5)  # noqa: S311  the same table each time is the point
    every = list(book.data["tasks"])
    nation, task = HEADER.index("nation"), HEADER.index("tasks")
    with path.open("w", newline="", encoding="utf-8") as stream:
        table = csv.writer(stream)
        table.writerow(("team", *HEADER))
        for number, row in enumerate(posts(book, teams * size)):
            cells = list(row)
            team, place = divmod(number, size)
            cells[nation] = "england"
            cells[task] = ";".join(random_.sample(every, tasks)) if not place else ""
            table.writerow((f"Team {team:04d}", *cells))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("teams", 500), ("posts", 20), ("tasks", 60), ("runs", 3)):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "teams.csv"
        write(table, given.teams, given.posts, given.tasks)
        for kind in OUTPUTS:
            out = [] if kind == "table" else ["-o", str(Path(folder) / f"out.{kind}")]
            times = []
            for _ in range(given.runs):
                begun = time.perf_counter()
                command = [sys.executable, "-m", "gapcheck", "team", str(table), "--as-at", "2026-11-22", *out]
                done = subprocess.run(command, check=True, capture_output=True, text=True)
                times.append(time.perf_counter() - begun)
            first = done.stdout.splitlines()[0] if done.stdout else ""
            print(
                f"{given.teams} teams of {given.posts} posts and {given.tasks} tasks, {kind}: {statistics.median(times):.1f} s {first}"
            )


if __name__ == "__main__":
    main()
