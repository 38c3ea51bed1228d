"""Checked statements as an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gapcheck.claims.model import ClaimsOutcome
from gapcheck.document.answer import Answer, Sheet
from gapcheck.document.blocks import Block, Document, Paragraph, inline
from gapcheck.law.dated import Law


class Statements(Answer):
    """What came of checking statements. `law`: the one that they are shown with; `file`: where they stand, None for those of
    the lawbook; `source`: of a draft that was read its name, the SHA-256 of its bytes and the number of its sentences;
    `receipt`: what is needed to make it again, where that is known."""

    def __init__(
        self,
        outcome: ClaimsOutcome,
        law: Law,
        file: str | None,
        source: Mapping[str, Any] | None = None,
        receipt: dict[str, Any] | None = None,
    ) -> None:
        self.source = source
        self._receipt = receipt
        self.shipped = file is None
        self.outcome = outcome
        self.law = law
        name = "the lawbook's evidence" if not file else "standard input" if file == "-" else Path(file).name
        self.title = f"Statements checked: {name}"

    def data(self) -> Any:
        """Each statement with its verdict."""
        from gapcheck.claims.report import claims_data

        found = claims_data(self.outcome, self.law)
        if self.source:
            found["document"] = dict(self.source)
        if self.shipped:
            found["left_out"] = [dict(item) for item in self.law.book.data["left-out"].values()]
        return found

    def brief(self) -> Document:
        """The counts, and what is not supported."""
        from gapcheck.claims.document import claims_brief

        return claims_brief(self.outcome, self.law, self.title, self._notes())

    def document(self, full: bool) -> Document:
        """The statements by verdict, with the law, and the figures."""
        from gapcheck.claims.document import claims_document
        from gapcheck.clock import today

        made = str(self._receipt["made"]) if self._receipt else today()
        return claims_document(self.outcome, self.law, self.title, made, self._notes(True))

    def receipt(self) -> dict[str, Any] | None:
        """The file, and under what law it was looked at."""
        return self._receipt

    def _notes(self, full: bool = False) -> tuple[Block, ...]:
        """What has to be known of where the statements come from: the draft as it was read, or what the evidence leaves out."""
        from gapcheck.claims.document import made_from, missing, passed_over

        if self.source:
            count = len(self.source["passed_over"])
            few = (Paragraph(inline(passed_over(count)), "apart"),) if count else ()
            return made_from(self.source) if full else few
        return missing(self.law, full) if self.shipped else ()

    def sheets(self) -> Sequence[Sheet]:
        """A row an assertion."""
        from gapcheck.claims.report import claims_sheets

        return claims_sheets(self.outcome, self.law)
