"""How quick is one check? Run: python benchmarks/speed.py [RUNS]

Cold: `gapcheck check PROFILE` against an empty Python process, alternating, medians over RUNS (31), and the peak memory;
by our own engine alone, and with the second engine where it is installed.
Warm: one call of the library on a profile of 20 tasks with full reasons; fresh: each call for a person not seen before.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

from gapcheck import Lawbook, Profile, check
from gapcheck.profile.model import Attested, Listing, Registration, TaskEntry

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples/profiles/nuclear-medicine-technologist.yaml"


def seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def cold(runs: int) -> None:
    both = [str(Path(sys.executable).with_name("gapcheck")), "check", str(EXAMPLE)]
    commands = [[sys.executable, "-c", ""], [*both, "--no-cross-check"], both]
    seconds(both)  # links the lawbook where the wheel does not ship it
    times = zip(*([seconds(command) for command in commands] for _ in range(runs)), strict=True)
    nothing, alone, whole = (statistics.median(column) * 1000 for column in times)
    print(f"cold: empty Python {nothing:.1f} ms, gapcheck check {alone:.1f} ms, {alone / nothing:.1f} times")
    if find_spec("durable"):
        print(f"cold: with the second engine {whole:.1f} ms, {whole / nothing:.1f} times")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    print(f"cold: peak memory {peak:.0f} MB")


def profiles(book: Lawbook, count: int) -> list[Profile]:
    """Persons who differ in profession, registration and what is in place, each with the same 20 tasks."""
    tasks = tuple(TaskEntry(task) for task in [*book.data["tasks"]][:40:2])
    professions = [*book.data["professions"]]
    registers = [*book.data["registers"]]
    arrangements = [key for key, item in book.data["arrangements"].items() if item["kind"] == "arrangement"]
    found = []
    for number in range(count):
        chosen = tuple(Attested(item) for place, item in enumerate(arrangements) if number >> place & 1)
        found.append(
            Profile(
                professions[number % len(professions)],
                "england",
                registrations=(Registration(registers[number % 9]),),
                arrangements=Listing(chosen),
                tasks=tasks,
            )
        )
    return found


def warm(book: Lawbook) -> None:
    people = profiles(book, 2000)
    for person in people[:3]:
        check(person, book, as_at="2026-11-22")
    begun = time.perf_counter()
    for person in people:
        check(person, book, as_at="2026-11-22")
    fresh = (time.perf_counter() - begun) / len(people)
    again = []
    for _ in range(2000):
        begun = time.perf_counter()
        check(people[0], book, as_at="2026-11-22")
        again.append(time.perf_counter() - begun)
    print(
        f"warm: 20 tasks with full reasons {statistics.median(again) * 1000:.2f} ms; a person not seen before {fresh * 1000:.2f} ms"
    )


if __name__ == "__main__":
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    cold(int(sys.argv[1]) if len(sys.argv) > 1 else 31)
    warm(Lawbook.load())
