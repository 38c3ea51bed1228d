"""What the tests share: the packaged lawbook, the law of today in England, and the real command line."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
from click.testing import CliRunner
from hypothesis import settings

from gapcheck import Lawbook
from gapcheck.cli import main
from gapcheck.law import store
from gapcheck.law.dated import Law

ROOT = Path(__file__).resolve().parent.parent
TODAY = "2026-11-22"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


# A machine that does other work is no fault of an example; what wants more examples says so.
settings.register_profile("suite", deadline=None, max_examples=40)
settings.load_profile("suite")

APART = ("browser", "docs", "terminal")  # they need a browser, minutes, or a pseudo-terminal: run by their own names


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out what a machine with nothing but Python cannot run in minutes, unless it is asked for by name."""
    named = {Path(word.partition("::")[0]).resolve() for word in config.args}
    apart = collection_path.parent == ROOT / "tests" and collection_path.name in APART
    asked = any(path == collection_path or collection_path in path.parents for path in named)
    return True if apart and not asked else None


@pytest.fixture(scope="session")
def book() -> Lawbook:
    return Lawbook.load(ROOT / "rules")


@pytest.fixture(scope="session")
def law(book: Lawbook) -> Law:
    return book.at(TODAY, "england")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands keep the linked lawbook: one folder a test run."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def process(cache: Path) -> Run:
    """Run the real command in a process of its own, where that is the point: process(*arguments, stdin=...)."""

    def run(
        *arguments: str | Path, stdin: str | None = None, cwd: Path | None = None, **env: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "gapcheck", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            cwd=cwd or ROOT,
            check=False,
            env={**os.environ, "GAPCHECK_CACHE": str(cache), "PYTHONUTF8": "1", **env},
        )

    return run


class _Shelf:
    """The lawbooks that commands in this process have opened. One that has not changed is not opened again: a command in a
    process of its own opens one once, and a lawbook never changes."""

    def __init__(self) -> None:
        self._open = Lawbook.load
        self._kept: dict[bytes, Lawbook] = {}

    def load(self, *rules: str | os.PathLike[str] | None) -> Lawbook:
        given = [os.fspath(folder) for folder in rules if folder is not None]
        key = os.pathsep.join(given).encode() + b"\n" + store._signature(store.folders(given))
        if key not in self._kept:
            book = self._open(*rules)
            self._kept = {**dict(list(self._kept.items())[-3:]), key: book}
        return self._kept[key]


@pytest.fixture(scope="session")
def gapcheck(cache: Path, process: Run) -> Run:
    """Run the command line in this process: gapcheck(*arguments, stdin=...).

    It goes through click as the program does, from the words typed to the exit code. What sets the interpreter itself
    (PYTHONHASHSEED and its like), or names another cache, gets nothing from the commands before it.
    """
    shelf = _Shelf()

    def run(
        *arguments: str | Path, stdin: str | None = None, cwd: Path | None = None, **env: str
    ) -> subprocess.CompletedProcess[str]:
        if any(name.startswith("PYTHON") for name in env):
            return process(*arguments, stdin=stdin, cwd=cwd, **env)
        words = list(map(str, arguments))
        shared = contextlib.nullcontext() if "GAPCHECK_CACHE" in env else mock.patch.object(Lawbook, "load", shelf.load)
        with contextlib.chdir(cwd or ROOT), shared:
            done = CliRunner().invoke(
                main, words, input=stdin, env={"GAPCHECK_CACHE": str(cache), **env}, prog_name="gapcheck"
            )
        return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)

    return run
