"""What a comparison with the official text found, as an answer; its data are of the form of `schemas/law.schema.json`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gapcheck.document import sarif
from gapcheck.document.answer import Answer, Log, Sheet
from gapcheck.document.blocks import Block, Document, Heading, Items, Paragraph, inline
from gapcheck.document.words import listed, name_of, number
from gapcheck.official.review import (
    CHANGED,
    COMMENCES,
    EFFECT,
    MISSING,
    OLD,
    REPEALED,
    URGENT,
    VERSION,
    Matter,
    OfficialReview,
)
from gapcheck.version import __version__

HEADINGS = {
    CHANGED: "Words that changed",
    REPEALED: "Repealed",
    MISSING: "Not in the file",
    COMMENCES: "Begins within a year",
    EFFECT: "Changes that the official text does not show yet",
    VERSION: "New versions of the same words",
    OLD: "Checks older than a year",
}
_FEW = 8


class LawReview(Answer):
    """Is the law still what the lawbook says?"""

    def __init__(self, review: OfficialReview) -> None:
        self.review = review

    def data(self) -> Any:
        """Each matter with the provisions, rules and tasks that it concerns."""
        review = self.review
        return {
            "gapcheck": "1",
            "lawbook": {"version": review.book.version, "digest": review.book.digest},
            "as_at": review.as_at,
            "urgent": review.urgent,
            "compared": list(review.compared),
            "unrecorded": list(review.unrecorded),
            "could_not_be_read": list(review.wrong),
            "matters": [
                {
                    "kind": item.kind,
                    "says": item.says,
                    "provisions": list(item.provisions),
                    "rules": list(item.rules),
                    "tasks": list(item.tasks),
                    "words": list(item.lines),
                    "known": item.known,
                }
                for item in review.matters
            ],
        }

    def document(self, full: bool) -> Document:
        """The matters by kind, each with what rests on it."""
        review = self.review
        blocks: list[Block] = []
        if review.wrong:
            blocks += [Heading(1, "Could not be read"), Items(tuple(inline(text) for text in review.wrong))]
        for kind, title in HEADINGS.items():
            found = [item for item in review.matters if item.kind == kind]
            shown = found if full or kind != OLD else found[:_FEW]
            if shown:
                blocks += [Heading(1, title), Items(tuple(inline(self._said(item, full)) for item in shown))]
            if len(found) > len(shown):
                blocks.append(Paragraph(inline(f"{len(found) - len(shown)} more with --full.")))
        if review.unrecorded:
            said = f"Without a record yet: {number(len(review.unrecorded), 'provision')}. Once read, --record keeps what they are."
            blocks.append(Paragraph(inline(said)))
        total = len(review.book.data["provisions"])
        about = f"Compared: {len(review.compared)} of {total} provisions of lawbook {review.book.version}, on {review.as_at}"
        urgent = sum(item.kind in URGENT and not item.known for item in review.matters)
        title = f"{number(urgent, 'matter')} to look at" if urgent else "Nothing of the law has moved"
        if not review.compared:
            title = "No file is about a provision of the lawbook" if not urgent else title
        return Document(title, tuple(blocks), about)

    def _said(self, item: Matter, full: bool) -> str:
        book = self.review.book
        parts = [f"{item.says}."] + [f"{line[:1].upper()}{line[1:]}." for line in item.lines]
        for kind, ids in (("rules", item.rules), ("tasks", item.tasks)):
            if ids:
                names = [name_of(book, one, [kind]) for one in (ids if full else ids[:_FEW])]
                more = [f"{len(ids) - len(names)} more"] if len(ids) > len(names) else []
                parts.append(f"{kind.capitalize()} that rest on it: {listed([*names, *more])}.")
        return " ".join([*parts, "It was recorded already."] if item.known else parts)

    def sheets(self) -> Sequence[Sheet]:
        """A row a matter."""
        head = ("kind", "says", "provisions", "rules", "tasks", "words", "recorded already")
        rows = [
            (
                one.kind,
                one.says,
                " ".join(one.provisions),
                " ".join(one.rules),
                " ".join(one.tasks),
                " ".join(one.lines),
                one.known,
            )
            for one in self.review.matters
        ]
        return [Sheet("Law", head, rows)]

    def places(self) -> Log:
        """The matters at the instruments that cite the provisions."""
        sources = self.review.book.data["sources"]
        results = []
        for item in self.review.matters:
            instrument = item.provisions[0].partition("/")[0]
            file, _, line = str(sources.get(f"instruments/{instrument}", "lawbook.yaml:1")).rpartition(":")
            results.append(
                {
                    "ruleId": item.kind,
                    "level": "error" if item.kind in URGENT and not item.known else "note",
                    "message": {"text": self._said(item, True)},
                    "locations": [{"physicalLocation": sarif.place(f"rules/{file}", int(line))}],
                }
            )
        rules = [{"id": kind, "shortDescription": {"text": title}} for kind, title in HEADINGS.items()]
        driver = {"name": "gapcheck law", "version": __version__, "rules": rules}
        return Log(driver, results, {"invocations": [{"executionSuccessful": not self.review.wrong}]})
