"""The answer to one question as a document: the sentence, what would open it, and every way with its conditions and law."""

from __future__ import annotations

from collections.abc import Iterator

from gapcheck.document import words as say
from gapcheck.document.blocks import Block, Document, Facts, Heading, Inline, Items, Paragraph, Run, inline
from gapcheck.engine.answers import Answer
from gapcheck.engine.routes import BARRED, OPEN, UNKNOWN, RouteResult
from gapcheck.engine.sentences import DIRECTNESS, holder
from gapcheck.findings.parts import law_items, opens_table
from gapcheck.law.dated import words

_BEST_FIRST = (OPEN, "available", UNKNOWN, BARRED)
_MARK = {True: "Yes", False: "No", None: "Not known"}
_TONE = {True: "clear", False: "blocked", None: "unknown"}
ROUTES = "ways"


def answer_document(answer: Answer, date: str = "") -> Document:
    """The document. `date`: the day it is made, ISO text."""
    law, act = answer.law, answer.act
    status = inline(Run(act.verdict.capitalize(), strong=True, tone=act.verdict))
    blocks: list[Block] = [Paragraph(status, "status"), Paragraph(inline(answer.says), "lead")]
    facts: list[tuple[str, tuple[Inline, ...]]] = [
        ("Note", _lines(answer.person.notes)),
        ("Not known; to settle it", _lines(answer.questions)),
        ("Duties", _lines(act.duties)),
        ("Turns on", _lines(say.turns(law, answer.turns_on))),
        ("Law to come", _lines(tuple(coming.says for coming in answer.upcoming))),
    ]
    if kept := tuple(pair for pair in facts if pair[1]):
        blocks.append(Facts(kept))
    if answer.opens_with:
        blocks.append(Heading(1, "What would open it", "opens"))
        blocks.append(opens_table("what-opens", "What would open it: any one option is enough", answer.opens_with))
    if act.routes:
        blocks.append(Heading(1, "The ways, and what opens or bars each", ROUTES))
        for route in sorted(act.routes, key=lambda item: _BEST_FIRST.index(item.state)):
            blocks += _route(answer, route)
    if act.act.law:
        blocks += [Heading(1, "The law that reserves the act", "law"), law_items(act.act.law)]
    blocks.append(Heading(1, "What the answer rests on", "rests-on"))
    blocks += [Paragraph(inline(line)) for line in say.footer(law, answer.cross_check)]
    place = f"{law.book.data['nations'][law.nation]}, {words(law.date)}"
    subtitle = f"{holder(law, answer.profile, answer.person)}, {place}"
    return Document(act.act.title, tuple(blocks), subtitle, subject="May this person do this?", date=date)


def _lines(items: tuple[str, ...] | list[str]) -> tuple[Inline, ...]:
    return tuple(inline(text) for text in items if text)


def _route(answer: Answer, route: RouteResult) -> Iterator[Block]:
    yield Heading(2, answer.law.book.data["routes"][route.route]["title"], f"way-{route.route}")
    directness = f", {DIRECTNESS[route.directness]}" if route.directness and route.state != BARRED else ""
    yield Paragraph(inline(Run(route.state.capitalize(), strong=True, tone=route.state), directness), "status")
    if route.rule and route.state in route.rule.say:
        yield Paragraph(inline(route.rule.say[route.state]))
    if route.conditions:
        yield Items(
            tuple(
                inline(
                    Run(_MARK[item.holds], strong=True, tone=_TONE[item.holds]),
                    f" {item.wanted}. ",
                    Run(f"Found: {item.found}.", emphasis=True),
                )
                for item in sorted(route.conditions, key=lambda item: (item.holds is not False, item.holds is True))
            )
        )
    if route.law:
        yield Paragraph(inline(Run("Law", strong=True)), "label")
        yield law_items(route.law)
