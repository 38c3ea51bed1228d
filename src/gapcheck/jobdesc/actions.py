"""What an employer does about job descriptions: an action for each finding on their wording, the worst first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from gapcheck.document.answer import Sheet
from gapcheck.document.blocks import Block, Paragraph, Run, Table, inline
from gapcheck.document.cite import linked
from gapcheck.document.words import plain
from gapcheck.jobdesc.understanding.result import REPLACE

if TYPE_CHECKING:
    from gapcheck.jobdesc.understanding.result import Description, Wording
    from gapcheck.law.dated import Provision
    from gapcheck.law.lawbook import Lawbook

SHOWN = 300  # actions that a document lists; a workbook lists them all
HEAD = (
    "document", "title", "line", "how bad", "the text says", "what to do", "the text to paste", "why", "law", "who decides", "code",
)  # fmt: skip
_DO = {True: "Write instead", False: "Add"}


class Action(NamedTuple):
    """One thing to do. `rank`: 0 for the worst kind; `bad`: how bad, in words; `quote`: the sentence as it stands; `paste`: what
    to write in its place, or to add; `why`: the reason, and `law` what it rests on (`else_` where no law speaks of it)."""

    rank: int
    document: str
    line: int
    title: str
    bad: str
    quote: str
    replaces: bool
    paste: str
    why: str
    law: tuple[Provision, ...]
    else_: str
    who: str
    code: str

    @property
    def what(self) -> str:
        """What to do, in words."""
        return _DO[self.replaces]

    def cells(self) -> tuple[object, ...]:
        """A row of a sheet, a cell for each of HEAD."""
        law = "; ".join(item.title for item in self.law) or self.else_
        return (
            self.document, self.title, self.line, self.bad, self.quote, self.what, self.paste, self.why, law, self.who, self.code,
        )  # fmt: skip


def about(item: Wording, book: Lawbook) -> tuple[int, str, str, str]:
    """Of a finding on wording: its rank, how bad it is, who decides, and what to say where no law speaks of it."""
    data = book.data["wording"]["rewriting"]
    known = data["codes"][item.code]
    return [*data["kinds"]].index(known["kind"]), data["kinds"][known["kind"]], known["who"], known.get("no-law", "")


def actions_of(description: Description, book: Lawbook) -> tuple[Action, ...]:
    """What to do about one document, the worst first."""
    found = []
    for item in description.wording:
        rank, bad, who, otherwise = about(item, book)
        found.append(
            Action(
                rank,
                description.source,
                item.line,
                description.title,
                bad,
                item.before or " ".join(item.quote.split()),
                item.change == REPLACE,
                item.suggest,
                item.message,
                item.law,
                otherwise,
                who,
                item.code,
            )
        )
    return tuple(in_order(found))


def in_order(actions: Iterable[Action]) -> list[Action]:
    """Actions from the worst; of one kind by document and line."""
    return sorted(actions, key=lambda item: (item.rank, item.document, item.line, item.code))


def actions_sheet(actions: Sequence[Action]) -> Sheet:
    """The actions, a row each."""
    return Sheet("Actions", HEAD, [item.cells() for item in actions])


def actions_blocks(actions: Sequence[Action], folder: str = "") -> list[Block]:
    """The actions as a table, the worst first. `folder`: what need not be said of where documents are."""
    if not actions:
        return [Paragraph(inline("Nothing to reword was found."))]
    rows = tuple(
        (
            inline(Run(f"{plain(item.document).removeprefix(folder)}, line {item.line}", strong=True)),
            inline(Run(f"{item.bad}. ", strong=True), item.quote),
            inline(Run(f"{item.what}: ", strong=True), item.paste),
            inline(f"{item.why}. ", *(linked(item.law) if item.law else (f"{item.else_}.",))),
            inline(item.who),
        )
        for item in actions[:SHOWN]
    )
    head = tuple(map(inline, ("Where", "What the text says", "What to do", "Why", "Who decides")))
    more = len(actions) - SHOWN
    blocks: list[Block] = [
        Table("actions", "What to do, the worst first", head, rows, True, (0.14, 0.25, 0.27, 0.2, 0.14), True)
    ]
    return blocks + ([Paragraph(inline(f"And {more:,} more, which a workbook lists."), "note")] if more > 0 else [])
