"""Are the answers of two checkouts the same? Run: python benchmarks/same_answers.py OLD NEW [--rules DIR]

For a change of the house and not of the law: every shipped profile, job description and team of NEW, the matrix, a comparison of
two days, and the annex are asked for as JSON in each checkout, and compared value by value. With --rules both answer from that
lawbook. Prints the first places at which each answer differs, and exits with 1 where one does.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

DAY = ("--as-at", "2026-11-30")
SHOWN = 5  # places, of each answer that differs


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--rules", type=Path)
    options = parser.parse_args()
    differing = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for command in commands(options.new):
            whole = [*command, *(["--rules", str(options.rules.resolve())] if options.rules else [])]
            sides = (options.old, options.new)
            old, new = pool.map(answer, sides, [options.new] * 2, [whole] * 2)
            places = list(differences(old, new))
            differing += bool(places)
            print(f"{'differs' if places else 'same   '}  gapcheck {' '.join(command)}")
            for place in places[:SHOWN]:
                print(f"         {place}")
    print(f"{differing} answers differ" if differing else "every answer is the same")
    return 1 if differing else 0


def commands(checkout: Path) -> Iterator[tuple[str, ...]]:
    """What is asked: every example, each a command of its own, so that a difference has an address."""
    examples = checkout / "examples"
    for profile in sorted((examples / "profiles").glob("*.yaml")):
        yield ("check", f"examples/profiles/{profile.name}", *DAY)
    for post in sorted((examples / "job-descriptions").glob("*.*")):
        yield ("jd", f"examples/job-descriptions/{post.name}", *DAY)
    for team in sorted((examples / "teams").glob("*.yaml")):
        yield ("team", f"examples/teams/{team.name}", *DAY)
    yield ("matrix", *DAY)
    yield ("matrix", *DAY, "--nation", "northern-ireland", "--reform", "register-clinical-technologists")
    yield ("diff", "--from", "2024-06-25", "--to", "2024-06-26")
    yield ("claims", "examples/statements.yaml", *DAY)
    yield ("submission", "examples/profiles", "--profession", "clinical-technologist", *DAY)


def answer(program: Path, files: Path, command: list[str]) -> Any:
    """What the program of a checkout answers about the files of another, read as JSON; what it said where it did not answer."""
    environment = {**os.environ, "PYTHONPATH": str((program / "src").resolve())}
    done = subprocess.run(
        [sys.executable, "-m", "gapcheck", *command, "--format", "json"],
        check=False,
        cwd=files,
        env=environment,
        capture_output=True,
        text=True,
    )
    try:
        return json.loads(done.stdout)
    except ValueError:
        return f"exit {done.returncode}: {done.stderr.strip()[-300:]}"


def differences(old: Any, new: Any, path: str = "") -> Iterator[str]:
    """Each place at which two values differ, and how. The digest of the lawbook is that of its files, and may differ."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*old, *new]):
            if key not in ("digest", "sources"):
                yield from differences(old.get(key), new.get(key), f"{path}.{key}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for place, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from differences(one, other, f"{path}[{place}]")
    elif old != new:
        yield f"{path or 'the whole'}: {str(old)[:100]} -> {str(new)[:100]}"


if __name__ == "__main__":
    sys.exit(main())
