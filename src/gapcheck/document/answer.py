"""What a subject hands over: its data, its blocks (brief and full), its rows and its places in files. Formats ask for no more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from gapcheck.document.blocks import Document


class Sheet(NamedTuple):
    """Rows for a spreadsheet or CSV. `title`: at most 31 letters, for the tab; a cell is text, a whole or decimal number, a
    truth value or nothing; `marked`: its CSV begins with the mark by which Excel knows UTF-8."""

    title: str
    header: tuple[str, ...]
    rows: Iterable[Sequence[object]]
    marked: bool = False


class Log(NamedTuple):
    """Findings at places in files, for SARIF: the tool's driver, its rules and results as SARIF has them, and what else the run
    says."""

    driver: dict[str, Any]
    results: list[dict[str, Any]]
    more: dict[str, Any]


class Look(NamedTuple):
    """How an answer is to be shown. `full`: everything; `width`: characters of a line of text; `colour`: on a terminal."""

    full: bool = False
    width: int = 100
    colour: bool = False


PLAIN = Look()


class Answer:
    """An answer, before any format sees it. A subject gives the parts that its formats need (see `render.FORMATS`)."""

    def data(self) -> Any:
        """The answer as plain data, for JSON."""
        raise NotImplementedError

    def document(self, full: bool) -> Document:
        """The answer as a document of blocks; `full`: everything, else what a reader needs first and the annex of it."""
        raise NotImplementedError

    def brief(self) -> Document:
        """The answer on one screen."""
        return self.document(False)

    def sheets(self) -> Sequence[Sheet]:
        """The answer as rows; CSV takes the first sheet."""
        raise NotImplementedError

    def places(self) -> Log:
        """The answer as places in files."""
        raise NotImplementedError

    def receipt(self) -> dict[str, Any] | None:
        """What `gapcheck verify` needs to run the answer again; None where it cannot be run again."""
        return None


class Paper(Answer):
    """An answer that is a document and nothing else."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def document(self, full: bool) -> Document:
        return self._document
