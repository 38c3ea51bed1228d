"""The rules of the house that a machine can keep."""

from __future__ import annotations

import ast
from pathlib import Path

from gapcheck import Lawbook
from tests.conftest import ROOT

SOURCES = sorted((ROOT / "src").rglob("*.py"))
LAW = (
    "professions",
    "registers",
    "medicines",
    "nations",
    "instruments",
    "tasks",
    "acts",
    "interpretations",
    "reforms",
    "classes",
    "rules",
)
# Words of the engine's own vocabulary that happen to be ids of a route or rule too.
OWN = {"none", "emergency"}


def strings(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    }


def test_no_law_is_named_in_python(book: Lawbook) -> None:
    """No profession, register, medicine, nation or instrument: the law lives in rules/."""
    ids = {identity for kind in LAW for identity in book.data[kind]} - OWN
    named = {(path.name, text) for path in SOURCES for text in strings(path) & ids}
    assert named == set()


def test_the_engine_imports_nothing_after_it() -> None:
    later = ("gapcheck.document", "gapcheck.findings", "gapcheck.cli", "click")
    for path in (ROOT / "src/gapcheck/engine").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not any(f"import {name}" in text or f"from {name}" in text for name in later), path


def test_every_yaml_file_names_its_schema_and_the_schema_exists() -> None:
    for path in [*(ROOT / "rules").rglob("*.yaml"), *(ROOT / "examples").rglob("*.yaml")]:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema="), path
        assert (path.parent / first.partition("=")[2]).resolve().is_file(), path


def test_a_class_name_means_one_thing() -> None:
    """A reader who meets a name in two places meets one thing."""
    found: dict[str, list[str]] = {}
    for path in SOURCES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append(path.as_posix())
    assert not {name: paths for name, paths in found.items() if len(paths) > 1}
