"""Keep the linked lawbook as lines of JSON, so that a command does not parse two hundred YAML files each time it starts.

The wheel ships the packaged lawbook already linked (see `hatch_build.py`). In a checkout, or with `--rules`, the linked form
is kept in the user's cache folder and made again when a source file's size or time of change differs.

This module and the others on the way of `gapcheck check` use `os.path`: to import pathlib takes 3 ms of the 60 that the
whole command may take.
"""

from __future__ import annotations

import json
import os
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LINKED = "lawbook.linked"
_LARGE = (
    "rules",
    "tasks",
    "provisions",
    "instruments",
    "claims",
    "classes",
    "coverage",
    "sources",
    "examples",
    "reforms",
    "codes",
    "properties",
    "wording",
)


def folder(name: str) -> str:
    """The packaged folder `rules` or `schemas`: in the package when installed, beside `src` in a checkout."""
    inside = os.path.join(PACKAGE, name)
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(os.path.dirname(PACKAGE)), name)


def load(rules: Sequence[str]) -> tuple[dict[str, Any], str]:
    """The linked lawbook and its digest. Raises LawbookError for a lawbook that cannot be linked."""
    shipped = os.path.join(PACKAGE, LINKED)
    if not rules and os.path.isfile(shipped):
        return _open(_read(shipped))
    return _cached(folders(rules))


def folders(rules: Sequence[str]) -> list[str]:
    """The folders of a lawbook, each laid over those before it: the packaged one first, unless the first of `rules` has a
    lawbook.yaml and so is a lawbook of its own."""
    if rules and os.path.isfile(os.path.join(rules[0], "lawbook.yaml")):
        return list(rules)
    return [folder("rules"), *rules]


def link(folders: Sequence[str]) -> bytes:
    """Read and link the lawbook in the folders; the bytes to keep: a digest line, a line of JSON with the small kinds, then
    a line for each item of the large ones.

    The digest is over the names and contents of the files, so that it is the same on every machine.
    """
    from gapcheck.law.build import build, law_files
    from gapcheck.law.overlays import digest_of  # only where the lawbook is linked

    data = build(folders)
    lines = [digest_of(law_files(folders)), _json({key: value for key, value in data.items() if key not in _LARGE})]
    lines += [f"{kind}\t{identity}\t{_json(item)}" for kind in _LARGE for identity, item in data[kind].items()]
    return "\n".join(lines).encode()


def _json(item: Any) -> str:
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"))


def _read(path: str) -> bytes:
    with open(path, "rb") as stream:
        return stream.read()


def _open(raw: bytes) -> tuple[dict[str, Any], str]:
    digest, core, *lines = raw.split(b"\n")
    large: dict[str, dict[str, bytes]] = {kind: {} for kind in _LARGE}
    for line in lines:
        kind, identity, item = line.split(b"\t", 2)
        large[kind.decode()][identity.decode()] = item
    return {**json.loads(core), **{kind: Table(items) for kind, items in large.items()}}, digest.decode()


class Table(Mapping[str, Any]):
    """The items of a large kind by id, each parsed when it is first asked for: a check needs few of them."""

    def __init__(self, raw: dict[str, bytes]) -> None:
        self._raw = raw
        self._items: dict[str, Any] = {}

    def __getitem__(self, identity: str) -> Any:
        item = self._items.get(identity)
        if item is None:
            item = self._items[identity] = json.loads(self._raw[identity])
        return item

    def __contains__(self, identity: object) -> bool:
        return identity in self._raw

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)


def _cached(folders: Sequence[str]) -> tuple[dict[str, Any], str]:
    signature = _signature(folders)
    path = os.path.join(
        _cache_folder(), f"{zlib.crc32(os.fsencode(os.pathsep.join(map(os.path.abspath, folders)))):08x}.linked"
    )
    try:
        kept = _read(path)
        if kept.startswith(signature):
            return _open(kept[len(signature) :])
    except (OSError, ValueError):
        pass
    raw = link(folders)
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        part = f"{path}.{os.getpid()}"
        with open(part, "wb") as stream:
            stream.write(signature + raw)
        os.replace(part, path)
    except OSError:
        pass  # a read-only home costs time, not the answer
    return _open(raw)


def _signature(folders: Sequence[str]) -> bytes:
    """What the linked form depends on: this package's code, and each source file's name, size and time of change."""
    parts: list[str] = []
    for root in [os.path.dirname(__file__), *folders]:
        parts.append(os.path.abspath(root))
        pending = [root]
        while pending:
            try:
                entries = list(os.scandir(pending.pop()))
            except OSError:
                continue  # `link` says what is wrong with the folder
            for entry in entries:
                if entry.is_dir():
                    pending.append(entry.path)
                elif entry.name.endswith((".yaml", ".py")):
                    about = entry.stat()
                    parts.append(f"{entry.path}:{about.st_size}:{about.st_mtime_ns}")
    return "\n".join(sorted(parts)).encode() + b"\n\n"


def _cache_folder() -> str:
    if "GAPCHECK_CACHE" in os.environ:
        return os.environ["GAPCHECK_CACHE"]
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        return os.path.join(os.environ.get("LOCALAPPDATA", home), "gapcheck")
    return os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache"), "gapcheck")
