"""How much of the lawbook somebody vouches for, as an answer of the form of `schemas/review.schema.json`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gapcheck.document.answer import Answer, Sheet
from gapcheck.document.blocks import Block, Document, Heading, Items, Paragraph, Table, inline
from gapcheck.document.words import capital, number, review_line
from gapcheck.law import recorded
from gapcheck.law.dated import Law, words
from gapcheck.review.things import KINDS, chosen

_STATES = (recorded.SIGNED, recorded.DISPUTED, recorded.PAST, recorded.STALE)
_HEAD = ("What", "Things", "Signed off", "Disputed", "Past its date", "Changed since", "By nobody")


class Coverage(Answer):
    """What of the lawbook is signed off, by kind."""

    def __init__(self, law: Law, unrecorded: int) -> None:
        self.law = law
        self.unrecorded = unrecorded
        data = law.book.data
        self.counts = {kind: dict.fromkeys(("things", *_STATES, "nobody"), 0) for kind in KINDS}
        for name in data["words"]:
            state = recorded.standing(data, name, law.date) if name in data["reviews"] else ""
            for key in ("things", state or "nobody"):
                self.counts[name.partition("/")[0]][key] += 1

    def data(self) -> Any:
        """The counts by kind, and each sign-off."""
        data = self.law.book.data
        return {
            "gapcheck": "1",
            "lawbook": {"version": self.law.book.version, "digest": self.law.book.digest, "as_at": self.law.date},
            "unrecorded": self.unrecorded,
            "coverage": [{"kind": kind, **counts} for kind, counts in self.counts.items() if counts["things"]],
            "reviews": [
                one._asdict() for name in data["reviews"] for one in recorded.reviews(data, name, self.law.date)
            ],
        }

    def document(self, full: bool) -> Document:
        """The table of what is signed off, and what reviewers dispute."""
        total = sum(one["things"] for one in self.counts.values())
        signed = sum(one[recorded.SIGNED] for one in self.counts.values())
        kinds = [
            kind
            for kind, one in self.counts.items()
            if one["things"] and (full or kind not in ("examples", "properties"))
        ]
        rows = tuple(
            (
                inline(capital(kind.replace("-", " "))),
                *(inline(f"{self.counts[kind][key]:,}") for key in ("things", *_STATES, "nobody")),
            )
            for kind in kinds
        )
        blocks: list[Block] = [
            Table("vouched", "Who vouches for what", tuple(map(inline, _HEAD)), rows, True, numeric=tuple(range(1, 7)))
        ]
        blocks += self._signed(full)
        if self.unrecorded:
            told = number(self.unrecorded, "thing")
            blocks.append(Paragraph(inline(f"Not yet recorded: {told}. Once looked at, --record keeps what they say.")))
        title = f"{signed:,} of {total:,} things of the lawbook are signed off by a reviewer"
        about = f"Lawbook {self.law.book.version}, on {words(self.law.date)}"
        return Document(title, tuple(blocks), about, subject="Who vouches", date=self.law.date)

    def _signed(self, full: bool) -> list[Block]:
        """Who signed, and in full what of it is disputed, past or stale."""
        data = self.law.book.data
        found = [one for name in data["reviews"] for one in recorded.reviews(data, name, self.law.date)]
        if not found:
            return [Paragraph(inline("Nobody has signed anything off yet: --of WHAT prints a reviewer's worksheet."))]
        titles = {one.name: one.title for one in chosen(self.law, [*data["reviews"]])}
        open_ = [one for one in found if one.state != recorded.SIGNED]
        lines = [f"{titles[one.of]}: {review_line(one)}" for one in (found if full else open_)]
        return [Heading(1, "Sign-offs" if full else "Open"), Items(tuple(map(inline, lines)))] if lines else []

    def sheets(self) -> Sequence[Sheet]:
        """A row a kind, and a row a sign-off."""
        data = self.law.book.data
        rows = [(kind, *counts.values()) for kind, counts in self.counts.items() if counts["things"]]
        found = [tuple(one) for name in data["reviews"] for one in recorded.reviews(data, name, self.law.date)]
        return [
            Sheet("Coverage", ("kind", "things", *_STATES, "nobody"), rows),
            Sheet("Sign-offs", recorded.Review._fields, found),
        ]
