"""Read how a provision is named: `reg. 12(1)-(3)`, `Sch. 16 Pt. 4`, `section 39(1) and (2)`. Gives the paths of the official addresses.

A path is that of the provision below its instrument (`regulation/12/1`), and a range has two. What names the instrument as a
whole gives none; what names only its edges (a preamble, a note) gives a path that no provision has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_UNITS = {
    "regulation": "regulation", "reg": "regulation", "article": "article", "art": "article", "section": "section",
    "sect": "section", "s": "section", "rule": "rule", "schedule": "schedule", "sch": "schedule", "sched": "schedule",
    "paragraph": "paragraph", "para": "paragraph", "part": "part", "pt": "part", "chapter": "chapter", "ch": "chapter",
}  # fmt: skip
_WITHIN = {"paragraph": ("part", "chapter"), "part": ("part", "chapter", "paragraph"), "chapter": ("chapter",)}
_PIECE = re.compile(
    r"(?P<quoted>definitions? of|[\u201c\"](?P<term>[^\u201d\"]+)[\u201d\"])"
    r"|\((?P<sub>[0-9A-Za-z]{1,5})\)"
    r"|(?P<range>\s*[-\u2013\u2014]\s*|\s+to\s+)(?=[(\d])"
    r"|(?P<number>\d+[A-Z]*\d*)(?![\w/])|(?P<roman>[IVXLC]+[A-Z]?)\b"
    r"|(?P<word>[A-Za-z]+)\.?"
)
_EDGES = re.compile(
    r"^(introduct\w+|preamble|long title|short title|signature|note|explanatory note|contents|heading)\b", re.I
)
TERM = "="  # stands before the term in the path of a definition


class Reference(NamedTuple):
    """From a path to a path; both are one where it is no range."""

    first: str
    last: str

    def covers(self, path: str) -> bool:
        """Whether it is on a provision as a whole, or on what that is a part of."""
        ends, parts = self.first.split("/"), path.split("/")
        if len(parts) < len(ends):
            return False
        at = len(ends) - 1
        last = self.last.split("/")[-1]
        return ends[:at] == parts[:at] and (
            ends[at] == parts[at] or _order(ends[at]) < _order(parts[at]) <= _order(last)
        )

    def touches(self, path: str) -> bool:
        """Whether it is on a provision, on a part of it, or on what it is a part of."""
        return self.covers(path) or f"{self.first}/".startswith(f"{path}/")


def references(text: str) -> tuple[Reference, ...]:
    """What a text names, in its order; empty where it names no part of an instrument."""
    if _EDGES.match(text.strip()):
        return (Reference("introduction", "introduction"),)
    return tuple(_ReferenceReader().read(text))


def paths(text: str) -> tuple[str, ...]:
    """The paths that a text names one by one, without ranges."""
    return tuple(dict.fromkeys(one.first for one in references(text) if one.first == one.last))


def _order(part: str) -> tuple[int, str]:
    number = re.match(r"\d*", part)
    digits = number[0] if number else ""
    return int(digits or 0), part[len(digits) :].upper()


class _ReferenceReader:
    """Goes through the pieces of a text. `_base`: what the next number belongs to; `_subs`: the brackets behind it."""

    def __init__(self) -> None:
        self._base: list[str] = []
        self._number = ""
        self._subs: list[str] = []
        self._found: list[list[str]] = []
        self._range = False

    def read(self, text: str) -> Iterator[Reference]:
        for piece in _PIECE.finditer(text):
            if piece["word"]:
                self._word(piece["word"])
            elif piece["term"]:
                if self._number:
                    self._note([*self._path(), TERM + piece["term"].lower()])
            elif piece["range"]:
                self._range = bool(self._found)
            elif piece["sub"]:
                self._sub(piece["sub"])
            elif piece["number"] or (self._base and not self._number):
                self._numbered(piece["number"] or piece["roman"])
        found = dict.fromkeys(tuple(one) for one in self._found)
        for first, *last in found:
            if not any(other[0].startswith(f"{first}/") for other in found):
                yield Reference(first, last[0] if last else first)

    def _word(self, word: str) -> None:
        unit = _UNITS.get(word.lower()) or _UNITS.get(word.lower().removesuffix("s"))
        if unit is None or word in {"Regulations", "Rules"}:  # with a capital they are the instrument
            if word not in {"and", "or"}:
                self._base, self._number = [], ""
            return
        base = self._path() if unit in _WITHIN and self._base[:1] in (["schedule"], ["part"]) else []
        while len(base) > 1 and base[-2] in _WITHIN.get(unit, ()):
            base = base[:-2]
        if unit == "paragraph":
            base = base[:2]
        if base and self._found and self._found[-1] == ["/".join(self._path())]:
            self._found.pop()  # it was said of what is in it
        self._base, self._number, self._subs = [*base, unit], "", []
        if unit == "schedule":
            self._note(["schedule"])  # an instrument with one Schedule gives it no number

    def _path(self) -> list[str]:
        return [*self._base, *([self._number] if self._number else []), *self._subs]

    def _numbered(self, number: str) -> None:
        if self._base:
            self._number, self._subs = number, []
            self._note(self._path())

    def _sub(self, sub: str) -> None:
        if not self._number:
            return
        kinds = [_kind(one) for one in self._subs]
        if _kind(sub) in kinds:
            last = len(kinds) - 1 - kinds[::-1].index(_kind(sub))
            roman = (
                kinds[last] == "letter" and re.fullmatch("[ivx]+", sub) and last == len(kinds) - 1 and not self._range
            )
            follows = _order(sub)[1] == chr(ord(self._subs[last][-1].upper()) + 1)
            if not (roman and not follows):
                self._subs = self._subs[:last]
        self._subs.append(sub)
        self._note(self._path())

    def _note(self, parts: list[str]) -> None:
        path = "/".join(parts)
        if self._range and self._found and self._found[-1][0].count("/") == path.count("/"):
            self._found[-1] = [self._found[-1][0], path]
        else:
            self._found.append([path])
        self._range = False


def _kind(sub: str) -> str:
    return "number" if sub[0].isdigit() else "letter"
