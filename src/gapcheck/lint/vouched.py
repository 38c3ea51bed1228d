"""Whether the words of a lawbook are those that were recorded, and those that somebody signed off."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from gapcheck.document.words import number
from gapcheck.errors import Problem
from gapcheck.law import recorded
from gapcheck.law.build import Builder
from gapcheck.law.draft import listed
from gapcheck.lint import codes

_FEW = 6


class Vouched(NamedTuple):
    """How many things of a lawbook have a mark, how many of them are signed off today, and how many are not yet recorded."""

    things: int
    signed: int
    unrecorded: int


def check(builder: Builder, folders: Sequence[str], files: Mapping[str, str], as_at: str) -> Iterator[Problem]:
    """Every problem of this kind. `files`: each file by its name within its folder."""
    for folder in folders:
        kept = recorded.read(folder)
        if kept is not None:
            yield from _against(builder, folder, kept, files)
    yield from _signed(builder, as_at)


def count(builder: Builder, folders: Sequence[str], as_at: str) -> Vouched:
    """How much of a lawbook somebody vouches for."""
    words = builder.book["words"]
    signed = sum(recorded.standing(builder.book, name, as_at) == recorded.SIGNED for name in builder.book["reviews"])
    kept = {name for folder in folders for name in recorded.read(folder) or {}}
    return Vouched(len(words), signed, len(words.keys() - kept))


def _against(builder: Builder, folder: str, kept: Mapping[str, str], files: Mapping[str, str]) -> Iterator[Problem]:
    """What of a folder is other than its record says: a finding a file, at the first thing that changed."""
    root = os.path.abspath(folder) + os.sep
    words, where = builder.book["words"], builder.recorded
    changed: dict[str, list[str]] = defaultdict(list)
    for name, mark in kept.items():
        if name not in words:
            changed[""].append(name)
        elif words[name] != mark and os.path.abspath(files[where[name][0].source]).startswith(root):
            changed[where[name][0].source].append(name)
    for source, names in sorted(changed.items()):
        more = f" and {number(len(names) - _FEW, 'other')}" if len(names) > _FEW else ""
        if not source:
            message = f"{listed(names[:_FEW])}{more} stood in the lawbook when it was recorded"
            yield Problem(str(Path(folder, recorded.RECORDED)), 1, message, "", codes.NOT_AS_RECORDED)
            continue
        document, path = where[names[0]]
        message = f"{listed(names[:_FEW])}{more} changed since the lawbook was recorded"
        yield Problem(source, document.line(path) or 1, message, "", codes.NOT_AS_RECORDED)


def _signed(builder: Builder, as_at: str) -> Iterator[Problem]:
    """Sign-offs that hold no longer, and what a reviewer says is wrong."""
    known = {
        recorded.STALE: (codes.SIGN_OFF_STALE, "changed since {role} looked at it on {on}"),
        recorded.PAST: (codes.SIGN_OFF_PAST, "was signed off by {role}, until {until}"),
        recorded.DISPUTED: (codes.DISPUTED, "is {verdict} in the eyes of {role}{because}"),
    }
    for name in builder.book["reviews"]:
        found = recorded.reviews(builder.book, name, as_at)
        states = Counter(one.state for one in found)
        for one in found:
            holds = states[recorded.SIGNED] and one.state != recorded.DISPUTED  # another sign-off of it does
            if one.state in known and not holds:
                code, says = known[one.state]
                because = f": {one.why}" if one.why else ""
                document, path = builder.recorded[name]
                message = f"`{name}` " + says.format(**{**one._asdict(), "because": because})
                yield Problem(document.source, document.line(path) or 1, message, "", code)
