"""Keep the linked lawbook as JSON, so that a command does not parse a hundred YAML files each time it starts.

The wheel ships the packaged lawbook already linked (see `hatch_build.py`). In a checkout, or with `--rules`, the linked form
is kept in the user's cache folder and made again when a source file's size or time of change differs.
"""

from __future__ import annotations

import json
import os
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent.parent
LINKED = "lawbook.json"


def folder(name: str) -> Path:
    """The packaged folder `rules` or `schemas`: in the package when installed, beside `src` in a checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent.parent / name


def load(rules: Path | None) -> tuple[dict[str, Any], str]:
    """The linked lawbook and its digest. Raises LawbookError for a lawbook that cannot be linked."""
    packaged = folder("rules")
    shipped = PACKAGE / LINKED
    if rules is None and packaged.parent == PACKAGE and shipped.is_file():
        return _open(shipped.read_bytes())
    if rules is None:
        folders = [packaged]
    elif (rules / "lawbook.yaml").is_file():
        folders = [rules]
    else:
        folders = [packaged, rules]
    return _cached(folders)


def link(folders: Sequence[Path]) -> bytes:
    """Read and link the lawbook in the folders; the bytes to keep: a digest line, then JSON."""
    import hashlib  # only where the lawbook is linked

    from gapcheck.law.build import build, law_files

    data = build(folders)
    digest = hashlib.sha256()
    for name, path in law_files(folders).items():
        digest.update(name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest().encode() + b"\n" + json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _open(raw: bytes) -> tuple[dict[str, Any], str]:
    digest, _, text = raw.partition(b"\n")
    return json.loads(text), digest.decode()


def _cached(folders: Sequence[Path]) -> tuple[dict[str, Any], str]:
    signature = _signature(folders)
    path = _cache_folder() / f"{zlib.crc32(str(folders[-1].resolve()).encode()):08x}.json"
    try:
        kept = path.read_bytes()
        if kept.startswith(signature):
            return _open(kept[len(signature) :])
    except (OSError, ValueError):
        pass
    raw = link(folders)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_name(f"{path.name}.{os.getpid()}")
        part.write_bytes(signature + raw)
        part.replace(path)
    except OSError:
        pass  # a read-only home costs time, not the answer
    return _open(raw)


def _signature(folders: Sequence[Path]) -> bytes:
    """What the linked form depends on: this package's code, and each source file's name, size and time of change."""
    parts: list[str] = []
    for root in [Path(__file__).parent, *folders]:
        parts.append(str(root.resolve()))
        pending = [str(root)]
        while pending:
            with os.scandir(pending.pop()) as entries:
                for entry in entries:
                    if entry.is_dir():
                        pending.append(entry.path)
                    elif entry.name.endswith((".yaml", ".py")):
                        about = entry.stat()
                        parts.append(f"{entry.path}:{about.st_size}:{about.st_mtime_ns}")
    return "\n".join(sorted(parts)).encode() + b"\n\n"


def _cache_folder() -> Path:
    if "GAPCHECK_CACHE" in os.environ:
        return Path(os.environ["GAPCHECK_CACHE"])
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "gapcheck"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gapcheck"
