"""Every measurement against the peers, and how the workforce grows, in one run: python -m benchmarks

Writes benchmarks/RESULTS.md. Takes some ten minutes and 2 GB of disk; needs pip install '.[benchmarks,cross-check,workforce]'.
--note TEXT says what else the machine was doing; --rules FOLDER uses another lawbook; --persons and --runs make it shorter.
"""

from __future__ import annotations

import argparse
import datetime
import sys
import tempfile
from pathlib import Path

from benchmarks import compare, scale, steps

STARTS = 31  # of the cold command
RESULTS = Path(__file__).with_name("RESULTS.md")
INTRODUCTION = """\
# Measured

Written by `python -m benchmarks` on {day}; the figures are not typed in by hand; the note is.
{note}
## Against the peers

The work is the same for each engine: of a profile with 20 tasks, the state of every rule (open, available, unknown, barred) of
every act that a task needs. The answers are compared with gapcheck's first, and nothing is measured where one differs. Engines
take turns, each profile is of a person not seen before, all are warm. The ratios are medians of the ratios of single profiles.
`gapcheck` gives the state of every route with its conditions; `with full reasons` is the whole report of `gapcheck check`:
sentences, remedies, readings, law to come, evidence. The Python function is what a programmer would write for these rules and
no others: it gives the states alone, and has to be written again when the law changes. It is no rule engine, and it is faster
than all of them.
"""
STEPS = """
## Where the milliseconds of a cold check go

`gapcheck check` on a shipped profile, a process of its own each time, by our own engine alone; medians of {runs} runs. Each step is
there because the next one needs it; what a command does not need is not imported.
"""
SCALE = """
## A whole workforce

`gapcheck workforce` on the synthetic table of `benchmarks/synthetic.py` (seeded; about 20 tasks a post), CSV to Parquet, the
whole process from start to end.
"""


def main() -> None:
    """Measure, and write the results."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--note", default="")
    parser.add_argument("--rules", metavar="FOLDER")
    parser.add_argument("--persons", type=int, default=400)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--posts", type=int, action="append")
    given = parser.parse_args()
    day = datetime.date.today().isoformat()
    note = f"\n{given.note}\n" if given.note else ""
    parts = [INTRODUCTION.format(day=day, note=note), compare.report(given)]
    parts += [STEPS.format(runs=STARTS), steps.report(STARTS), SCALE]
    with tempfile.TemporaryDirectory() as folder:
        parts.append(scale.report(given.posts or list(scale.SIZES), given.runs, given.rules, Path(folder)))
    RESULTS.write_text("\n".join(parts) + "\n", encoding="utf-8")
    print(f"written: {RESULTS}", file=sys.stderr)


if __name__ == "__main__":
    main()
