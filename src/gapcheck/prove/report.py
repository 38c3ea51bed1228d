"""What a proof came to, as an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gapcheck.document.answer import Answer, Sheet
from gapcheck.document.blocks import Block, Document, Heading, Items, Paragraph, Run, Table, inline
from gapcheck.document.words import number, said
from gapcheck.law.lawbook import Lawbook
from gapcheck.prove.run import Proof


class Proofs(Answer):
    """The properties of a lawbook, each with whether it holds."""

    def __init__(self, book: Lawbook, proofs: Sequence[Proof]) -> None:
        self.book = book
        self.proofs = proofs

    def data(self) -> Any:
        """Each property, and the smallest case against it."""
        return proof_data(self.book, self.proofs)

    def document(self, full: bool) -> Document:
        """A line for each property; then, for each that is broken, why, and the commands that show it."""
        rows = tuple(
            (
                inline(proof.stated["title"]),
                inline(f"{proof.result.cases:,}"),
                inline(Run("yes" if proof.holds else "NO", tone="clear" if proof.holds else "blocked")),
            )
            for proof in self.proofs
        )
        head = (inline("Property"), inline("Cases"), inline("Holds"))
        blocks: list[Block] = [Table("properties", "", head, rows, True, (0.7, 0.18, 0.12), numeric=(1,))]
        for proof in self.proofs:
            if proof.result.broken:
                blocks.append(Heading(1, f"Does not hold: {proof.stated['title']}"))
                blocks.append(Paragraph(inline(said(self.book, proof.result.broken.says))))
                blocks.append(Paragraph(inline(said(self.book, proof.stated["says"]))))
                blocks.append(Items(tuple(inline(Run(line, code=True)) for line in proof.result.broken.lines)))
        broken = sum(not proof.holds for proof in self.proofs)
        says = f"{number(broken, 'property', 'properties')} of {len(self.proofs)} broken" if broken else "all hold"
        return Document(f"{number(len(self.proofs), 'property', 'properties')}: {says}", tuple(blocks),
                        f"Lawbook {self.book.version}, digest {self.book.digest[:16]}")  # fmt: skip

    def sheets(self) -> Sequence[Sheet]:
        """A row a property."""
        head = ("id", "property", "says", "cases", "holds", "against")
        rows = [
            (
                proof.stated["id"],
                proof.stated["title"],
                proof.stated["says"],
                proof.result.cases,
                proof.holds,
                proof.result.broken.says if proof.result.broken else "",
            )
            for proof in self.proofs
        ]
        return [Sheet("Properties", head, rows)]


def proof_data(book: Lawbook, proofs: Sequence[Proof]) -> dict[str, Any]:
    """The same as data."""
    return {
        "gapcheck": "1",
        "lawbook": {"version": book.version, "digest": book.digest},
        "holds": all(proof.holds for proof in proofs),
        "cases": sum(proof.result.cases for proof in proofs),
        "properties": [
            {
                "id": proof.stated["id"],
                "title": proof.stated["title"],
                "says": proof.stated["says"],
                "kind": proof.stated["kind"],
                "law": [item["provision"] for item in proof.stated.get("law", ())],
                "cases": proof.result.cases,
                "holds": proof.holds,
                "broken": proof.result.broken
                and {"says": proof.result.broken.says, "commands": list(proof.result.broken.lines)},
            }
            for proof in proofs
        ],
    }
