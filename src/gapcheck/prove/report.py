"""What a proof came to, as a table for a person and as JSON for a program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tabulate import tabulate

from gapcheck.law.lawbook import Lawbook
from gapcheck.prove.run import Proof


def proof_table(proofs: Sequence[Proof]) -> str:
    """A line for each property; then, for each that is broken, why, and the commands that show it."""
    rows = [(proof.stated["title"], f"{proof.result.cases:,}", "yes" if proof.holds else "NO") for proof in proofs]
    parts = [
        tabulate(rows, headers=("property", "cases", "holds"), tablefmt="simple", colalign=("left", "right", "left"))
    ]
    for proof in proofs:
        if proof.result.broken:
            parts.append(
                "\n".join(
                    [
                        f"{proof.stated['id']} does not hold: {proof.result.broken.says}",
                        f"  {proof.stated['says']}",
                        *(f"  $ {line}" for line in proof.result.broken.lines),
                    ]
                )
            )
    return "\n\n".join(parts)


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
