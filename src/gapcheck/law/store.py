"""Keep the linked lawbook as lines of JSON, so that a command does not parse two hundred YAML files each time it starts.

The wheel ships the packaged lawbook already linked (see `hatch_build.py`). In a checkout, or with `--rules`, the linked form
is kept in the user's cache folder and made again when a source file's size or time of change differs.

This module and the others on the way of `gapcheck check` use `os.path`: to import pathlib takes 3 ms of the 60 that the
whole command may take.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gapcheck.packaged import PACKAGE, folder

LINKED = "lawbook.linked"
_LARGE = (
    "rules",
    "tasks",
    "provisions",
    "instruments",
    "claims",
    "classes",
    "coverage",
    "references",
    "sources",
    "examples",
    "reforms",
    "codes",
    "properties",
    "wording",
    "words",
)


def load(rules: Sequence[str]) -> tuple[dict[str, Any], str]:
    """The linked lawbook and its digest: the SHA-256 of what answers, computed from it. Raises LawbookError for a lawbook
    that cannot be linked."""
    shipped = os.path.join(PACKAGE, LINKED)
    if not rules and os.path.isfile(shipped):
        whole = _whole(_read(shipped))
        if whole is not None:
            return _open(whole)
    return _cached(folders(rules))


def folders(rules: Sequence[str]) -> list[str]:
    """The folders of a lawbook, each laid over those before it: the packaged one first, unless the first of `rules` has a
    lawbook.yaml and so is a lawbook of its own."""
    if rules and os.path.isfile(os.path.join(rules[0], "lawbook.yaml")):
        return list(rules)
    return [folder("rules"), *rules]


def link(folders: Sequence[str]) -> bytes:
    """Read and link the lawbook in the folders; the bytes to keep: their own SHA-256, a line of JSON with the small kinds,
    then a line for each item of the large ones. The same files give the same bytes on every machine."""
    from gapcheck.law.build import build  # only where the lawbook is linked

    data = build(folders)
    lines = [_json({key: value for key, value in data.items() if key not in _LARGE})]
    lines += [f"{kind}\t{identity}\t{_json(item)}" for kind in _LARGE for identity, item in data[kind].items()]
    content = "\n".join(lines).encode()
    return hashlib.sha256(content).hexdigest().encode() + b"\n" + content


def _whole(raw: bytes) -> bytes | None:
    """The bytes as they are where they are what was linked, None where somebody or something has changed them since."""
    digest, _, content = raw.partition(b"\n")
    return raw if hashlib.sha256(content).hexdigest().encode() == digest else None


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
    return {**json.loads(core), **{kind: LazyItems(items) for kind, items in large.items()}}, digest.decode()


class LazyItems(Mapping[str, Any]):
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
        kept = _read(path) if _own(path) else b""
        if kept.startswith(signature):
            whole = _whole(kept[len(signature) :])
            if whole is not None:
                return _open(whole)
    except (OSError, ValueError):
        pass
    raw = link(folders)
    part = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with open(part, "wb") as stream:
            stream.write(signature + raw)
        os.replace(part, path)
    except OSError:  # a read-only home costs time, not the answer
        with contextlib.suppress(OSError):
            os.unlink(part)
    return _open(raw)


def _own(path: str) -> bool:
    """Whether a file is this user's own, where the system can say."""
    return not hasattr(os, "getuid") or os.stat(path).st_uid == os.getuid()


def _signature(folders: Sequence[str]) -> bytes:
    """What the linked form depends on: this package's code and its own rules by each file's name, size and times of
    change; and the content of every other folder's files, since a copy may keep the times of what it replaces."""
    parts: list[str] = []
    for root in [os.path.dirname(__file__), *folders]:
        stated = root == os.path.dirname(__file__) or os.path.abspath(root) == os.path.abspath(folder("rules"))
        parts.append(os.path.abspath(root))
        pending = [root]
        while pending:
            try:
                entries = list(os.scandir(pending.pop()))
            except OSError:
                continue  # `link` says what is wrong with the folder
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                elif entry.name.endswith((".yaml", ".py")):
                    parts.append(f"{entry.path}:{_times(entry) if stated else _content(entry.path)}")
    return "\n".join(sorted(parts)).encode("utf-8", "surrogateescape") + b"\n\n"


def _times(entry: os.DirEntry[str]) -> str:
    about = entry.stat()
    return f"{about.st_size}:{about.st_mtime_ns}:{about.st_ctime_ns}"


def _content(path: str) -> str:
    try:
        return hashlib.sha256(_read(path)).hexdigest() if os.path.isfile(path) else ""
    except OSError:
        return ""  # `link` says that it cannot be read


def _cache_folder() -> str:
    if "GAPCHECK_CACHE" in os.environ:
        return os.environ["GAPCHECK_CACHE"]
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        return os.path.join(os.environ.get("LOCALAPPDATA", home), "gapcheck")
    return os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache"), "gapcheck")
