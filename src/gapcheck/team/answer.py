"""What `gapcheck team` has to say of a team, as an answer for every format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gapcheck.document.answer import Answer, Sheet
from gapcheck.document.blocks import Document
from gapcheck.team.study import Study


class TeamAnswer(Answer):
    """Who covers what in a team, and what would change it."""

    def __init__(self, study: Study) -> None:
        self.study = study

    def data(self) -> Any:
        """The cover, what hangs on what, the absences and what would help."""
        from gapcheck.team.report import team_data

        return team_data(self.study)

    def brief(self) -> Document:
        """One screen."""
        from gapcheck.team.document import team_brief

        return team_brief(self.study)

    def document(self, full: bool) -> Document:
        """The same with a table a question."""
        from gapcheck.clock import today
        from gapcheck.team.document import team_document

        return team_document(self.study, full, today())

    def sheets(self) -> Sequence[Sheet]:
        """A sheet a question."""
        from gapcheck.team.report import team_sheets

        return team_sheets(self.study)
