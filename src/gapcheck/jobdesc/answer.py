"""Job descriptions as answers: each in full, or many in summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gapcheck.document import sarif
from gapcheck.document.answer import Answer, Log, Sheet
from gapcheck.document.blocks import Block, Document, Heading, Paragraph, inline
from gapcheck.document.words import plain
from gapcheck.jobdesc.actions import actions_of, actions_sheet, in_order
from gapcheck.jobdesc.summary import Statistics, SummaryRow, row_of
from gapcheck.version import __version__

if TYPE_CHECKING:
    from gapcheck.jobdesc.understanding.result import Description
    from gapcheck.law.lawbook import Lawbook


class Descriptions(Answer):
    """What documents say, and what the law says of it. `several`: their data are a list, however few they are; `receipt`: what
    is needed to make it again, where that is known."""

    def __init__(
        self,
        found: Sequence[Description],
        book: Lawbook,
        several: bool = False,
        receipt: dict[str, Any] | None = None,
    ) -> None:
        self.found = found
        self.book = book
        self.several = several or len(found) > 1
        self._receipt = receipt

    def receipt(self) -> dict[str, Any] | None:
        """The documents, and under what law they were looked at."""
        return self._receipt

    def _each(self) -> list[dict[str, Any]]:
        from gapcheck.jobdesc.data import description_data

        return [description_data(item) for item in self.found]

    def data(self) -> Any:
        """Each document."""
        data = self._each()
        return data if self.several else data[0]

    def brief(self) -> Document:
        """One screen a document."""
        from gapcheck.jobdesc import words as say
        from gapcheck.jobdesc.document import description_brief

        first, *rest = self.found
        blocks: list[Block] = description_brief(first, self.book)
        for item in rest:
            blocks += [Heading(1, say.title_of(item)), Paragraph(inline(say.post_line(item, self.book)))]
            blocks += description_brief(item, self.book)
        blocks.append(
            Paragraph(inline(f"With --full: every quote, reason and group. {self.book.data['advice']}"), "apart")
        )
        return Document(say.title_of(first), _numbered(blocks), say.post_line(first, self.book))

    def document(self, full: bool) -> Document:
        """Every quote and reason."""
        from gapcheck.jobdesc.document import description_document

        return description_document(self.found, self.book)

    def sheets(self) -> Sequence[Sheet]:
        """What to do, then the documents, then what each group may do of each task."""
        from gapcheck.jobdesc import words as say
        from gapcheck.jobdesc.summary_document import documents_sheet

        tasks = []
        for item in self.found:
            names, rows = say.cells(item, self.book)
            tasks += [
                (item.source, label, name, cell.partition(", ")[0], cell.partition(", ")[2])
                for label, cells in rows
                for name, cell in zip(names, cells, strict=True)
                if cell
            ]
        return [
            actions_sheet(in_order(one for item in self.found for one in actions_of(item, self.book))),
            documents_sheet([row_of(item, self.book) for item in self.found]),
            Sheet("Tasks", ("source", "task", "group", "status", "risk"), tasks),
        ]

    def places(self) -> Log:
        """The wording to mend, at its lines."""
        return wording_places(self._each())


def _numbered(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks of several screens in one document: no two tables of one name."""
    from dataclasses import replace

    from gapcheck.document.blocks import Table

    return tuple(
        replace(block, id=f"{block.id}-{place}") if isinstance(block, Table) else block
        for place, block in enumerate(blocks)
    )


def wording_places(found: Sequence[Mapping[str, Any]]) -> Log:
    """The wording to mend of documents as data, at its lines, with a rule for each code."""
    rules: dict[str, dict[str, Any]] = {}
    results = []
    for item in found:
        for one in item["wording"]:
            rules.setdefault(one["code"], {"id": one["code"], "shortDescription": {"text": one["message"]}})
            told = " ".join(filter(None, (one["message"], f"Write: {one['suggest']}" if one["suggest"] else "")))
            results.append(
                {
                    "ruleId": one["code"],
                    "ruleIndex": list(rules).index(one["code"]),
                    "level": "warning",
                    "message": {"text": plain(told)},
                    "locations": [{"physicalLocation": sarif.place(item["document"]["source"], max(1, one["line"]))}],
                }
            )
    driver = {"name": "gapcheck jd", "version": __version__, "rules": list(rules.values())}
    return Log(driver, results, {"invocations": [{"executionSuccessful": True}]})


class FolderSummary(Answer):
    """Many documents in a line each, and the statistics over them. `statistics`: nothing else; `whole`: the documents as data,
    where they were asked for; `folder`: what need not be said of where they are."""

    def __init__(
        self,
        rows: Sequence[SummaryRow],
        found: Statistics,
        book: Lawbook,
        statistics: bool,
        *,
        whole: Sequence[Mapping[str, Any]] = (),
        folder: str = "",
    ) -> None:
        self.rows = rows
        self.found = found
        self.book = book
        self.statistics = statistics
        self.whole = whole
        self.folder = folder

    def data(self) -> Any:
        """The statistics."""
        from gapcheck.jobdesc.summary_document import statistics_data

        return statistics_data(self.found)

    def brief(self) -> Document:
        """The statistics; the documents stand before them."""
        from gapcheck.jobdesc.summary_document import summary_document

        return summary_document((), self.found, self.book, self.folder)

    def document(self, full: bool) -> Document:
        """The documents, then the statistics."""
        from gapcheck.jobdesc.summary_document import summary_document

        return summary_document(() if self.statistics else self.rows, self.found, self.book, self.folder)

    def sheets(self) -> Sequence[Sheet]:
        """What to do, the documents, and the statistics."""
        from gapcheck.jobdesc.summary_document import documents_sheet, statistics_sheet, worst_first

        if self.statistics:
            return [statistics_sheet(self.found)]
        actions = in_order(item for row in self.rows for item in row.actions)
        return [actions_sheet(actions), documents_sheet(worst_first(self.rows)), statistics_sheet(self.found)]

    def places(self) -> Log:
        """The wording to mend, at its lines."""
        return wording_places(self.whole)
