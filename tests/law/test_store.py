"""The digest is of what answers, and neither a cache nor a compiled lawbook is trusted beyond it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from gapcheck import Lawbook
from gapcheck.law import store
from tests.conftest import ROOT

LOCAL = ROOT / "examples/local-rules"
RULE = "contrast-policy/contrast-alone.yaml"


@pytest.fixture
def cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache file of the shipped local rules, freshly made."""
    monkeypatch.setenv("GAPCHECK_CACHE", str(tmp_path / "cache"))
    Lawbook.load(LOCAL)
    (path,) = (tmp_path / "cache").iterdir()
    return path


def test_the_same_rules_have_the_same_digest_wherever_they_lie(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "copy")
    assert store.link([str(tmp_path / "copy")]) == store.link([str(ROOT / "rules")])


@pytest.mark.parametrize("cut", [1, 1000, 500_000])
def test_a_cache_that_was_cut_short_is_made_again(cached: Path, cut: int) -> None:
    good = cached.read_bytes()
    digest = Lawbook.load(LOCAL).digest
    cached.write_bytes(good[:-cut])
    assert Lawbook.load(LOCAL).digest == digest
    assert cached.read_bytes() == good


def test_one_byte_of_a_cache_changes_no_answer(cached: Path) -> None:
    good = cached.read_bytes()
    title = b"Injecting contrast alone takes registration"
    assert title in good
    cached.write_bytes(good.replace(title, title.swapcase()))
    assert Lawbook.load(LOCAL).data["rules"]["contrast-alone"]["title"].startswith("Injecting")
    assert cached.read_bytes() == good


def test_a_compiled_lawbook_that_was_edited_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAPCHECK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(store, "PACKAGE", str(tmp_path))
    raw = store.link([str(ROOT / "rules")])
    compiled = tmp_path / store.LINKED
    compiled.write_bytes(raw)
    digest = Lawbook.load().digest
    assert digest.encode() == raw.partition(b"\n")[0]
    compiled.write_bytes(raw.replace(b"patient group direction", b"patient group DIRECTION", 1))
    book = Lawbook.load()
    assert book.digest == digest
    assert b"patient group DIRECTION" not in store._json(dict(book.data["arrangements"])).encode()


def test_an_edit_that_keeps_size_and_time_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAPCHECK_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "local"
    shutil.copytree(LOCAL, folder)
    before = Lawbook.load(folder)
    path = folder / RULE
    about = path.stat()
    path.write_bytes(path.read_bytes().replace(b"lets whoever", b"LETS whoever"))
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    after = Lawbook.load(folder)
    assert "LETS" in after.data["rules"]["contrast-alone"]["reading"]
    assert after.digest != before.digest
    assert after.overlays[0]["digest"] != before.overlays[0]["digest"]
