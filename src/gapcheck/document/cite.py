"""Law in a document: each provision with its address, and a list in which each stands once with the number it is cited by."""

from __future__ import annotations

from collections.abc import Iterable

from gapcheck.document.blocks import Inline, Items, Run, Table, inline
from gapcheck.document.words import VERIFIED, spaced, sure
from gapcheck.law.dated import Provision


def cited(item: Provision) -> Inline:
    """A provision as a link, and how sure the lawbook is of it."""
    return inline(Run(item.title, link=item.url), f" ({sure(item)})")


def law_items(law: Iterable[Provision]) -> Items:
    """Provisions as a list."""
    return Items(tuple(cited(item) for item in law))


def linked(law: Iterable[Provision]) -> Inline:
    """Provisions in a row, each a link with how sure the lawbook is of it."""
    found: list[str | Run] = []
    for item in dict.fromkeys(law):
        found += ["; "] if found else []
        found += [Run(item.title, link=item.url), f" ({spaced(item.confidence)})"]
    return inline(*found)


class Citations:
    """The law of a document: each provision once, by the number that stands where it is cited. `prefix`: letters before
    the numbers, where the document numbers other things as well."""

    def __init__(self, prefix: str = "") -> None:
        self.prefix = prefix
        self._numbers: dict[str, int] = {}
        self.law: list[Provision] = []

    def number(self, item: Provision) -> int:
        """The number of a provision."""
        if item.id not in self._numbers:
            self._numbers[item.id] = len(self.law) + 1
            self.law.append(item)
        return self._numbers[item.id]

    def of(self, law: Iterable[Provision]) -> str:
        """The numbers of provisions in square brackets; nothing where there are none."""
        numbers = sorted({self.number(item) for item in law})
        return f"[{', '.join(f'{self.prefix}{number}' for number in numbers)}]" if numbers else ""

    @property
    def unsure(self) -> int:
        """How many of them nobody has read in the text."""
        return sum(item.confidence != VERIFIED for item in self.law)

    def table(self, identity: str, caption: str) -> Table:
        """The list that the numbers refer to, as a table."""
        head = (inline("No."), inline("Provision"), inline("How sure"))
        rows = tuple(
            (inline(f"{self.prefix}{number}"), inline(Run(item.title, link=item.url)), inline(sure(item)))
            for number, item in enumerate(self.law, 1)
        )
        return Table(identity, caption, head, rows, True, (0.08, 0.6, 0.32))

    def items(self) -> Items:
        """The list that the numbers refer to."""
        return Items(tuple(cited(item) for item in self.law), ordered=True)
