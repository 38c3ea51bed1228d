"""Local lawbooks: folders laid over a lawbook, and what they add to the tasks that it has.

A file of an overlay replaces its namesake in the lawbook beneath; any other file adds to it. `overlay.yaml` says whose the
overlay is, and every report names it. `additions` give synonyms and further needs to tasks without replacing their file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from gapcheck.errors import LawbookError, Problem, nearest
from gapcheck.law.assurance import COLUMNS, GAPS, SEVERITIES
from gapcheck.law.kinds import read_law_file
from gapcheck.law.needs import ways
from gapcheck.reading import DataFile

ABOUT = "overlay.yaml"
_STATED = ("overlay", "title", "publisher", "version")
Say = Callable[..., None]


def digest_of(files: Mapping[str, str]) -> str:
    """The digest of files (name within the folder: path), over names and contents, the same on every machine."""
    digest = hashlib.sha256()
    for name, path in files.items():
        digest.update(name.encode() + b"\0" + Path(path).read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def describe(layers: Sequence[tuple[str, Mapping[str, str]]]) -> list[dict[str, Any]]:
    """What each folder laid over the first is: its name, digest, and the files that it adds and replaces.

    `layers`: each folder with its files (name: path), the lawbook itself first. Raises LawbookError where an overlay.yaml
    cannot be read or does not say `overlay`.
    """
    beneath: set[str] = set()
    found = []
    for index, (folder, files) in enumerate(layers):
        if index:
            own = [name for name in files if name != ABOUT]
            found.append(
                {
                    **_stated(folder, files),
                    "digest": digest_of(files),
                    "adds": len([name for name in own if name not in beneath]),
                    "replaces": [name for name in own if name in beneath],
                }
            )
        beneath.update(files)
    return found


def _stated(folder: str, files: Mapping[str, str]) -> dict[str, str]:
    """What an overlay says of itself; one that says nothing goes by the name of its folder."""
    if ABOUT not in files:
        return {"overlay": Path(folder).resolve().name}
    data = read_law_file(files[ABOUT], ABOUT).data
    if not isinstance(data, dict) or not isinstance(data.get("overlay"), str):
        raise LawbookError([Problem(ABOUT, 1, "it says whose overlay it is under `overlay`", "overlay: my-trust")])
    return {key: str(data[key]) for key in _STATED if key in data}


def gap_table(own: Mapping[str, Any], layers: Sequence[tuple[str, Mapping[str, str]]]) -> dict[str, Any]:
    """The table of the gap in assurance, {held-by, table}: that of the last folder that lays one over the lawbook's `own`,
    for which `held-by` is empty. Raises LawbookError where a table lacks a row or column, or says what is no gap."""
    held_by, table, place = "", own, "lawbook.yaml"
    for folder, files in layers[1:]:
        if ABOUT in files and (laid := read_law_file(files[ABOUT], ABOUT).data.get("gap")):
            said = _stated(folder, files)
            held_by, table, place = str(said.get("publisher", said.get("title", said["overlay"]))), laid, ABOUT
    rows = table if isinstance(table, Mapping) else {}
    for severity in SEVERITIES:
        row = rows.get(severity)
        if not isinstance(row, Mapping) or {*row} != {*COLUMNS} or not {*row.values()} <= {*GAPS}:
            message = f"the table of the gap in assurance has no full row for harm that is {severity}"
            help = f"give each of {', '.join(COLUMNS)} one of {', '.join(GAPS)}"
            raise LawbookError([Problem(place, None, message, help)])
    return {"held-by": held_by, "table": {severity: dict(rows[severity]) for severity in SEVERITIES}}


def add_to_tasks(book: dict[str, Any], document: DataFile, say: Say) -> None:
    """Add the synonyms and needs of a file of `additions` to the tasks of a book. `say` takes what is wrong."""
    data: Any = document.data
    for index, item in enumerate(data["additions"] if isinstance(data["additions"], list) else ()):
        path = ("additions", index)
        task = book["tasks"].get(item.get("task")) if isinstance(item, dict) else None
        if task is None:
            named = str(item.get("task") if isinstance(item, dict) else item)
            say(document, path, f"there is no task `{named}`", nearest(named, book["tasks"]))
            continue
        unknown = [need["act"] for need in item.get("needs", ()) if need["act"] not in book["acts"]]
        for act in unknown:
            say(document, (*path, "needs"), f"there is no act `{act}`", nearest(str(act), book["acts"]))
        known = task.get("synonyms", [])
        book["tasks"][item["task"]] = {
            **task,
            "synonyms": [*known, *(name for name in item.get("synonyms", ()) if name not in known)],
            "needs": _with(task, [need for need in item.get("needs", ()) if need["act"] not in unknown]),
        }


def _with(task: Mapping[str, Any], needs: list[dict[str, Any]]) -> Any:
    """The needs of a task with more of them, which each of its ways then takes."""
    if not needs:
        return task.get("needs", "none")
    present = ways(task)
    if len(present) > 1:
        return {"any-of": [{"together": [*way, *needs]} for way in present]}
    return {"all-of": [*(present[0] if present else ()), *needs]}
