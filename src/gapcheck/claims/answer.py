"""Checked statements as an answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gapcheck.claims.model import Outcome
from gapcheck.document.answer import Answer, Sheet
from gapcheck.document.blocks import Document
from gapcheck.law.dated import Law


class Statements(Answer):
    """What came of checking statements. `law`: the one that they are shown with; `file`: where they stand, None for those of
    the lawbook."""

    def __init__(self, outcome: Outcome, law: Law, file: str | None) -> None:
        self.outcome = outcome
        self.law = law
        name = "the lawbook's evidence" if not file else "standard input" if file == "-" else Path(file).name
        self.title = f"Statements checked: {name}"

    def data(self) -> Any:
        """Each statement with its verdict."""
        from gapcheck.claims.report import claims_data

        return claims_data(self.outcome, self.law)

    def brief(self) -> Document:
        """The counts, and what is not supported."""
        from gapcheck.claims.document import claims_brief

        return claims_brief(self.outcome, self.law, self.title)

    def document(self, full: bool) -> Document:
        """The statements by verdict, with the law, and the figures."""
        from gapcheck.claims.document import claims_document
        from gapcheck.clock import today

        return claims_document(self.outcome, self.law, self.title, today())

    def sheets(self) -> Sequence[Sheet]:
        """A row an assertion."""
        from gapcheck.claims.report import claims_sheets

        return claims_sheets(self.outcome, self.law)
