"""What does a killed command leave? Run: python benchmarks/kills.py [COMMAND...] [--kills 20] [--seed N] [--interrupt]

Each command is run whole, then killed at random moments of its time. After each kill its output is not there, or is the old one,
or is whole; no process of it lives on; and after the next whole run nothing is left beside the output, nor in the folder for
temporary files. With --interrupt it is Ctrl-C: the command says in a line that it was stopped, shows no traceback, ends with 130
(or with its own code where it had ended) and leaves nothing at once. Exits with 1 where something is.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROFILE = str(ROOT / "examples/profiles/nuclear-medicine-technologist.yaml")
OUT = "out"  # stands for the output in the words of a command
COMMANDS = {
    "check-docx": ["check", PROFILE, "-o", f"{OUT}.docx"],
    "check-pdf": ["check", PROFILE, "-o", f"{OUT}.pdf"],
    "check-json": ["check", PROFILE, "-o", f"{OUT}.json"],
    "can": ["can", "irmer-refer", "--profession", "nurse", "-o", f"{OUT}.md"],
    "matrix": ["matrix", "-o", f"{OUT}.xlsx"],
    "jd": ["jd", str(ROOT / "examples/job-descriptions"), "-o", f"{OUT}.csv"],
    "claims": ["claims", str(ROOT / "examples/statements.yaml"), "-o", f"{OUT}.html"],
    "workforce-csv": ["workforce", str(ROOT / "examples/workforce/esr-extract.csv"), "--columns", str(ROOT / "examples/workforce/esr.yaml"), "-o", f"{OUT}.csv"],
    "workforce-duckdb": ["workforce", str(ROOT / "examples/workforce/esr-extract.csv"), "--columns", str(ROOT / "examples/workforce/esr.yaml"), "-o", f"{OUT}.duckdb"],
    "submission": ["submission", "--profession", "dental-nurse", "--nation", "england", "-o", f"{OUT}.docx"],
    "pack": ["pack", str(ROOT / "examples/teams/nuclear-medicine.yaml"), "-o", f"{OUT}.docx"],
    "team": ["team", str(ROOT / "examples/teams/nuclear-medicine.yaml"), "-o", f"{OUT}.pdf"],
    "diff": ["diff", "--reform", "register-clinical-technologists", "--nation", "england", "-o", f"{OUT}.json"],
    "lint": ["lint", str(ROOT / "examples/local-rules"), "-o", f"{OUT}.json"],
    "explain": ["explain", "pgd", "-o", f"{OUT}.pdf"],
}  # fmt: skip


class Bench:
    """A folder for the output and one for temporary files."""

    def __init__(self, folder: Path) -> None:
        self.out, self.temporary = folder / "o", folder / "t"
        self.said = folder / "said"
        self.out.mkdir()
        self.temporary.mkdir()
        self.environment = {**os.environ, "TMPDIR": str(self.temporary), "SOURCE_DATE_EPOCH": "1795305600"}

    def start(self, words: Iterable[str]) -> subprocess.Popen[bytes]:
        """The command, in a session of its own."""
        command = [
            sys.executable,
            "-m",
            "gapcheck",
            *(str(self.out / word) if word.startswith(f"{OUT}.") else word for word in words),
        ]
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=open(self.said, "wb"),
            start_new_session=True,
        )

    def files(self) -> dict[str, bytes]:
        """What stands in both folders, by name."""
        return {
            f"{path.parent.name}/{path.name}": path.read_bytes()
            for folder in (self.out, self.temporary)
            for path in folder.rglob("*")
            if path.is_file()
        }


def living(session: int, patience: float = 5.0) -> list[int]:
    """Processes of a session that live on after a while."""
    until = time.monotonic() + patience
    while True:
        found = [int(path.name) for path in Path("/proc").glob("[0-9]*") if _session(path) == session]
        if not found or time.monotonic() > until:
            return found
        time.sleep(0.1)


def _session(path: Path) -> int:
    try:
        state, *rest = (path / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return 0 if state == "Z" else int(rest[2])


def interrupted(name: str, bench: Bench, process: subprocess.Popen[bytes]) -> list[str]:
    """Ctrl-C, as a terminal sends it to every process of the command; what is wrong with how it ends."""
    os.killpg(process.pid, signal.SIGINT)
    code = process.wait()
    said = bench.said.read_text(encoding="utf-8", errors="replace")
    says = []
    if code not in (0, 130, -signal.SIGINT):  # the last: before the program itself had begun
        says.append(f"{name}: ends with {code}")
    if code == 130 and ("stopped" not in said or "Traceback" in said):
        says.append(f"{name}: says {said[-300:]!r}")
    return says + [
        f"{name}: {file} is left behind" for file in bench.files() if ".part" in file or file.startswith("t/")
    ]


def attack(name: str, kills: int, chance: random.Random, folder: Path, interrupt: bool = False) -> list[str]:
    """What a command leaves that it should not, a line each."""
    bench, words = Bench(folder), COMMANDS[name]
    begun = time.monotonic()
    bench.start(words).wait()
    whole, wanted = time.monotonic() - begun, bench.files()
    if not wanted:
        return [f"{name}: wrote nothing"]
    says = []
    for number in range(kills):
        if number % 2:  # one time there is an output already, the other there is none
            for path in bench.out.iterdir():
                path.unlink()
        before = bench.files()
        process = bench.start(words)
        time.sleep(chance.uniform(0.0, whole))
        if interrupt:
            says += interrupted(name, bench, process)
        else:
            process.send_signal(signal.SIGKILL)
            process.wait()
        if orphans := living(process.pid):
            says.append(f"{name}: {len(orphans)} processes live on after a kill")
            for orphan in orphans:
                os.kill(orphan, signal.SIGKILL)
        for file, raw in bench.files().items():
            hidden = Path(file).name.startswith(".") or file.startswith("t/")
            if not hidden and raw not in (wanted.get(file), before.get(file)):
                says.append(f"{name}: {file} is half written")
    bench.start(words).wait()
    after = bench.files()
    says += [f"{name}: {file} is left behind" for file in sorted(after.keys() - wanted.keys())]
    says += [
        f"{name}: {file} is not what it was"
        for file in sorted(after.keys() & wanted.keys())
        if after[file] != wanted[file] and not file.endswith("duckdb")
    ]
    print(f"{name}: {kills} kills within {whole:.1f} s, {len(says)} faults", flush=True)
    return says


def main() -> None:
    """Kill, and say what was left."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("commands", nargs="*", metavar="COMMAND", help=", ".join(COMMANDS))
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--interrupt", action="store_true", help="Ctrl-C instead of a kill")
    parser.add_argument("--seed", type=int, default=random.randrange(10**9))  # noqa: S311
    given = parser.parse_args()
    print(f"seed {given.seed}")
    chance = random.Random(given.seed)  # noqa: S311
    says = []
    for name in given.commands or COMMANDS:
        with tempfile.TemporaryDirectory() as folder:
            says += attack(name, given.kills, chance, Path(folder), given.interrupt)
    print("\n".join(says) or "nothing half written, nothing left behind")
    sys.exit(1 if says else 0)


if __name__ == "__main__":
    main()
