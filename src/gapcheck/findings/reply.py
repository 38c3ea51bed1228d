"""The answer to one question as an answer for every format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from gapcheck.document.answer import Answer, Sheet
from gapcheck.engine import answers

if TYPE_CHECKING:
    from gapcheck.document.blocks import Document
    from gapcheck.engine.routes import ActResult
    from gapcheck.law.dated import Law


class Reply(Answer):
    """May this person do this act?"""

    def __init__(self, answer: answers.ActAnswer) -> None:
        self.answer = answer

    def data(self) -> Any:
        """The act with its routes, the sentence, and what it turns on."""
        from gapcheck.findings.data import answer_data

        return answer_data(self.answer)

    def brief(self) -> Document:
        """The verdict, the sentence, what would settle it, and what it rests on."""
        from gapcheck.findings.answer_document import answer_brief

        return answer_brief(self.answer)

    def document(self, full: bool) -> Document:
        """The verdict, the sentence, what would open it, and every way."""
        from gapcheck.clock import today
        from gapcheck.findings.answer_document import answer_document

        return answer_document(self.answer, today())

    def sheets(self) -> Sequence[Sheet]:
        """A row a condition of each way."""
        return [ways_sheet(self.answer.law, [self.answer.act])]


def ways_sheet(law: Law, acts: Iterable[ActResult]) -> Sheet:
    """A row a condition of each way of the acts."""
    from gapcheck.document.words import plain, said
    from gapcheck.findings.data import condition_data

    rows = []
    for route in (route for act in acts for route in act.routes):
        title = law.book.data["routes"][route.route]["title"]
        cited = "; ".join(f"{item.title} {item.url}" for item in route.law)
        for item in route.conditions:
            data = condition_data(law, item)
            found = said(law.book, plain(item.found))
            rows.append((title, route.state, item.part, said(law.book, item.wanted), found, data["holds"], cited))
        if not route.conditions:
            rows.append((title, route.state, "", "", "", "", cited))
    return Sheet("Ways", ("way", "state", "part", "wanted", "found", "holds", "law"), rows)
