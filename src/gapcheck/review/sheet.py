"""A reviewer's worksheet of a part of the lawbook, and a filled one read back as sign-offs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import yaml

from gapcheck.document.answer import Answer, Sheet
from gapcheck.document.blocks import Document, Paragraph, Run, Table, inline
from gapcheck.document.grids import below, grids_of
from gapcheck.document.words import capital, number
from gapcheck.errors import problem
from gapcheck.law.dated import Law
from gapcheck.review.things import Thing

# The head of the table that is read back: whoever changes it changes what old worksheets say.
HEAD = ("What", "What it says", "Right, wrong or unsure", "Why", "Mark")
HOW = (
    "Write right, wrong or unsure beside each, and why. Leave a row empty where you have not looked. The mark says which words "
    "you looked at: leave it as it is. gapcheck review --read takes the filled sheet back."
)
_ANSWERS = {
    "right": ("right", "yes", "y", "ok", "correct", "true", "✓", "✔"),
    "wrong": ("wrong", "no", "n", "incorrect", "false", "✗"),
    "unsure": ("unsure", "not sure", "don't know", "?"),
}
_MAX_WHY = 5000


class Worksheet(Answer):
    """Things to look at, with room for an answer."""

    def __init__(self, law: Law, things: Sequence[Thing]) -> None:
        self.law = law
        self.things = things

    def _rows(self) -> list[tuple[str, str, str]]:
        words = self.law.book.data["words"]
        return [(f"{one.title} ({one.kind})", "\n".join(one.says), words[one.name]) for one in self.things]

    def data(self) -> Any:
        """The things with what they say and their marks."""
        words = self.law.book.data["words"]
        return {
            "gapcheck": "1",
            "lawbook": {"version": self.law.book.version, "digest": self.law.book.digest},
            "things": [
                {"of": one.name, "kind": one.kind, "title": one.title, "says": list(one.says), "words": words[one.name]}
                for one in self.things
            ],
        }

    def document(self, full: bool) -> Document:
        """The worksheet to print and fill in."""
        rows = tuple(
            (inline(Run(title, strong=True)), inline(says), inline(""), inline(""), inline(mark))
            for title, says, mark in self._rows()
        )
        table = Table(
            "worksheet",
            "What to look at",
            tuple(map(inline, HEAD)),
            rows,
            False,
            (0.18, 0.42, 0.12, 0.18, 0.1),
            wide=True,
        )
        about = f"Lawbook {self.law.book.version}, digest {self.law.book.digest[:16]}"
        title = f"A reviewer's worksheet: {number(len(rows), 'thing')} to look at"
        return Document(title, (Paragraph(inline(HOW), "lead"), table), about, subject="Worksheet", date=self.law.date)

    def sheets(self) -> Sequence[Sheet]:
        """A row a thing."""
        return [Sheet("Worksheet", HEAD, [(title, says, "", "", mark) for title, says, mark in self._rows()])]


class Filled(NamedTuple):
    """What a filled worksheet comes to: sign-offs as they stand in a file, how many of each kind, and what could not be read."""

    reviews: tuple[dict[str, Any], ...]
    counts: dict[str, int]
    lost: tuple[str, ...]


def read_back(path: str, words: Mapping[str, str], reviewed: Mapping[str, str]) -> Filled:
    """Read a filled worksheet. `words`: the marks of the lawbook by name; `reviewed`: who looked at it and until when it holds.

    Raises InputError for a file that is no worksheet.
    """
    grids, _ = grids_of(path, "a worksheet")
    head = tuple(name.lower() for name in HEAD)
    rows = [(f"{where}, row {line}", cells) for where, grid in grids.items() for line, cells in below(grid, head)]
    if not rows:
        raise problem(path, "there is no worksheet in it", None, f"its columns are headed: {', '.join(HEAD)}")
    known = {mark: name for name, mark in words.items()}
    found, lost, counts = [], [], {**dict.fromkeys(_ANSWERS, 0), "empty": 0}
    for where, (what, _, answer, why, mark) in rows:
        verdict = next((key for key, said in _ANSWERS.items() if _plainly(answer) in said), "")
        if not answer and not why:
            counts["empty"] += 1
        elif not verdict:
            said = (
                f"`{answer}` is neither right, wrong nor unsure"
                if answer
                else "it says why, but neither right, wrong nor unsure"
            )
            lost.append(f"{where}: {said} ({what})")
        elif mark not in known:
            lost.append(
                f"{where}: the words of this have changed since the worksheet was printed, or its mark was ({what})"
            )
        else:
            counts[verdict] += 1
            entry = {"of": known[mark], "words": mark, "reviewed": dict(reviewed), "verdict": verdict}
            found.append({**entry, "why": why[:_MAX_WHY]} if why else entry)
    return Filled(tuple(found), counts, tuple(lost))


def _plainly(answer: str) -> str:
    """An answer without what people put around it."""
    return answer.lower().replace("\u2019", "'").strip(" .,;:!") or answer


def written(filled: Filled, source: str) -> str:
    """The sign-offs as a file of the lawbook. `source`: the worksheet that was read."""
    text = yaml.safe_dump(
        {"reviews": list(filled.reviews)}, allow_unicode=True, sort_keys=False, width=120, default_flow_style=None
    )
    name = "".join(char for char in source if char.isprintable())
    schema = "# yaml-language-server: $schema=https://gapcheck.example/schemas/1/reviews.schema.json"
    return f"{schema}\n# Read back by gapcheck review from {name}.\n{text}"


def told(filled: Filled, law: Law, titles: Mapping[str, str]) -> list[str]:
    """What the filled worksheet comes to, a line each: the counts, then what is disputed, then what could not be read."""
    count = ", ".join(f"{key}: {value}" for key, value in filled.counts.items())
    disputed = [
        f"{capital(item['verdict'])}: {titles[item['of']]}{': ' + item['why'] if item.get('why') else ''}"
        for item in filled.reviews
        if item["verdict"] != "right"
    ]
    return [count, *disputed, *(f"not read back: {line}" for line in filled.lost)]
