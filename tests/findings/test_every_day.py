"""Nothing of ours breaks on any day: a sample of benchmarks/sweep.py, which takes them all."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.sweep import ENDS, ROOT, SLOW, Sweep, days
from gapcheck import Lawbook
from gapcheck.document.render import FORMATS
from tests.conftest import Run

QUICK = [name for name in FORMATS if name not in SLOW]


@pytest.fixture(scope="module")
def sweep(book: Lawbook) -> Sweep:
    return Sweep(book)


@pytest.mark.parametrize("nation", ["england", "scotland", "wales", "northern-ireland"])
def test_every_profile_on_a_day_on_which_the_law_changes(nation: str, sweep: Sweep) -> None:
    """Other days for each number of profiles and days, the same for everybody."""
    found = days(sweep.book)
    chance = random.Random(f"{nation} {len(found)} {len(sweep.read)}")  # noqa: S311
    for place, (path, raw) in enumerate(sweep.read):
        sweep.check(path, raw, chance.choice(found), nation, [QUICK[place % len(QUICK)]], full=place % 5 == 0)
    assert not sweep.faults


@pytest.mark.parametrize("format", SLOW)
def test_days_before_the_law_that_is_known_in_every_format(format: str, sweep: Sweep) -> None:
    for name, nation, day in (
        ("dxa-technologist", "england", "2018-02-05"),
        ("radiotherapy-dosimetrist", "scotland", "2024-09-30"),
    ):
        path = ROOT / f"examples/profiles/{name}.yaml"
        sweep.check(path, path.read_bytes(), day, nation, [format], full=True)
    assert not sweep.faults


@pytest.mark.parametrize(
    "words",
    [
        ("jd", "examples/job-descriptions/dxa-northern-ireland.html", "--format", "json"),
        ("can", "report-dxa", "--profession", "clinical-technologist", "--format", "markdown"),
        ("matrix", "--profession", "nurse", "--format", "html"),
        ("workforce", "examples/workforce/esr-extract.csv", "--columns", "examples/workforce/esr.yaml", "-o"),
    ],
    ids=lambda words: words[0],
)
def test_the_other_commands_before_the_law_that_is_known(words: tuple[str, ...], gapcheck: Run, tmp_path: Path) -> None:
    target = (tmp_path / "out.csv",) if words[-1] == "-o" else ()
    result = gapcheck(*words, *target, "--as-at", ENDS[1])
    assert result.returncode in (0, 3), result.stderr
