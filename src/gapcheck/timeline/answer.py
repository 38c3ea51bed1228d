"""The timeline as an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gapcheck.document.answer import Answer, Sheet
from gapcheck.document.blocks import Document
from gapcheck.timeline.model import Timeline


class Chart(Answer):
    """What a profession may do, and since when."""

    def __init__(self, chart: Timeline) -> None:
        self.chart = chart

    def data(self) -> Any:
        """Each act or task with its stretches of time, and since when."""
        from gapcheck.timeline.report import timeline_data

        return timeline_data(self.chart)

    def brief(self) -> Document:
        """What holds on the day, since when, and what made it so."""
        from gapcheck.timeline.document import timeline_brief

        return timeline_brief(self.chart)

    def document(self, full: bool) -> Document:
        """The figure, what holds and since when, and each change."""
        from gapcheck.timeline.document import timeline_document

        return timeline_document(self.chart)

    def sheets(self) -> Sequence[Sheet]:
        """A row a stretch of time."""
        from gapcheck.timeline.report import timeline_sheets

        return timeline_sheets(self.chart)
