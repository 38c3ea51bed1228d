"""What only the body that asks can know: figures and statements from its file, each with source and date. What the file does
not say is not known, and is never filled in from anything else."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gapcheck.document.words import listed, number, plain
from gapcheck.errors import InputError, Problem, nearest, problem
from gapcheck.law.lawbook import Lawbook
from gapcheck.reading import MAX_BYTES, DataFile, opened, read_document

NOT_KNOWN = "not known"
LIKELIHOOD = "likelihood"
_NAMES = {"task": "tasks", "scope": "scopes", "profession": "professions", "step": "assurance-steps"}


@dataclass(frozen=True)
class Told:
    """One figure or statement. `of`: what it is about beside its kind, by key (task, scope, profession, step)."""

    about: str
    of: Mapping[str, str]
    text: str
    source: Mapping[str, Any]
    date: str


@dataclass(frozen=True)
class Supplied:
    """The figures of a body. `name`, `raw`: the file and its bytes, empty where there is none."""

    body: str = ""
    told: tuple[Told, ...] = ()
    name: str = ""
    raw: bytes = b""

    def about(self, *kinds: str, **of: str) -> tuple[Told, ...]:
        """What is told of these kinds, of the task, scope, profession or step named."""
        return tuple(
            item
            for item in self.told
            if item.about in kinds and all(item.of.get(key) == value for key, value in of.items())
        )

    def any_about(self, *kinds: str) -> tuple[Told, ...]:
        """What is told of these kinds, whatever else it is about, but not of one task."""
        return tuple(item for item in self.told if item.about in kinds and "task" not in item.of)


NOTHING = Supplied()


def read_figures(path: str, book: Lawbook) -> Supplied:
    """The figures in a file. Raises InputError with every problem: form, and tasks, scopes, professions or steps not known."""
    from gapcheck.forms import form_problems  # brings the schema library

    try:
        with opened(path) as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise problem(path, f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    document = read_document(raw, path)
    if problems := form_problems(document, "figures") or _unknown(document, book):
        raise InputError(problems)
    body = plain(str(document.data["body"]))
    told = tuple(_told(book, item) for item in document.data["figures"])
    return Supplied(body, told, os.path.basename(path), raw)


def _unknown(document: DataFile, book: Lawbook) -> list[Problem]:
    found = []
    for place, item in enumerate(document.data["figures"]):
        named = [(key, str(item[key]), book.items(kind)) for key, kind in _NAMES.items() if key in item]
        named += [("nations", str(name), book.data["nations"]) for name in item.get("nations", ())]
        for key, name, known in named:
            if name not in known:
                line = document.line(("figures", place, key))
                found.append(Problem(document.source, line, f"there is no {key} `{name}`", nearest(name, known)))
    return found


def _told(book: Lawbook, item: Mapping[str, Any]) -> Told:
    of = {key: str(item[key]) for key in _NAMES if key in item}
    return Told(str(item["about"]), of, _text(book, item), item["source"], str(item["date"]))


def _text(book: Lawbook, item: Mapping[str, Any]) -> str:
    """The figure in words: a number always with what it is out of, or with the remark that this is not known."""
    parts = [plain(str(item["says"]).strip())] if "says" in item else []
    if item["about"] == LIKELIHOOD:
        parts.append(f"{number(item['events'], 'event')} in {number(item['exposures'], 'exposure')}")
    elif "value" in item:
        out_of = f"out of {item['of']:,}" if "of" in item else f"out of how many: {NOT_KNOWN}"
        unit = f" ({plain(item['unit'])})" if "unit" in item else ""
        parts.append(f"{item['value']:,} {out_of}{unit}")
    where = [str(item["period"])] if "period" in item else []
    where += [listed(str(book.data["nations"][key]) for key in item["nations"])] if "nations" in item else []
    text = "; ".join(part.rstrip(".") for part in parts)
    return f"{text} ({plain(', '.join(where))})." if where else f"{text}."


def undenominated(told: Sequence[Told]) -> list[Told]:
    """What gives a number without saying out of how many."""
    return [item for item in told if f"out of how many: {NOT_KNOWN}" in item.text]
