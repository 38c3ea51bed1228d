"""The matrix as an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gapcheck.document.answer import Answer, Sheet
from gapcheck.document.blocks import Document
from gapcheck.matrix.model import Matrix


class Grid(Answer):
    """Who may do what."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix

    def data(self) -> Any:
        """Each cell, with its routes and law."""
        from gapcheck.matrix.report import matrix_data

        return matrix_data(self.matrix)

    def brief(self) -> Document:
        """The grid in marks and short words, and what they mean."""
        from gapcheck.matrix.document import matrix_brief

        return matrix_brief(self.matrix)

    def document(self, full: bool) -> Document:
        """The grid in words, the routes with their law, and the notes."""
        from gapcheck.matrix.document import matrix_document

        return matrix_document(self.matrix)

    def sheets(self) -> Sequence[Sheet]:
        """A row a profession."""
        from gapcheck.matrix.report import matrix_sheets

        return matrix_sheets(self.matrix)
