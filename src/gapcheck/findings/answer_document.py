"""The answer to one question as a document: the sentence, what would open it, and every way with its conditions and law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gapcheck.document.blocks import Block, Document, Facts, Heading, Inline, Items, Paragraph, Run, inline
from gapcheck.document.cite import law_items
from gapcheck.document.words import capital, footer, inner, listed, name_of, number, place, plain, said, spaced, turns
from gapcheck.engine.answers import ActAnswer
from gapcheck.engine.findings import Finding
from gapcheck.engine.remedies import NOT_STATED, once
from gapcheck.engine.routes import BARRED, OPEN, UNKNOWN, RouteResult
from gapcheck.engine.sentences import DIRECTNESS, does, holder, nearest
from gapcheck.engine.tasks import STATUTE
from gapcheck.findings.parts import opens_table
from gapcheck.law.dated import Law

_BEST_FIRST = (OPEN, "available", UNKNOWN, BARRED)
_MARK = {True: "Yes", False: "No", None: "Not known"}
_TONE = {True: "clear", False: "blocked", None: "unknown"}
ROUTES = "ways"


def answer_document(answer: ActAnswer, date: str = "") -> Document:
    """The document. `date`: the day it is made, ISO text."""
    law, act = answer.law, answer.act
    status = inline(Run(verdict(answer), strong=True, tone=act.verdict))
    blocks: list[Block] = [Paragraph(status, "lead"), Paragraph(inline(said(law.book, answer.says)))]
    facts: list[tuple[str, tuple[Inline, ...]]] = [
        ("Note", _lines(answer.person.notes)),
        ("Not known; to settle it", _lines(answer.questions)),
        ("Duties", _lines(act.duties)),
        ("Turns on", _lines(turns(law, answer.turns_on))),
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
    blocks += [Paragraph(inline(line)) for line in footer(law, answer.cross_check)]
    subtitle = f"{holder(law, answer.profile, answer.person)}, {place(law)}"
    named = answer.facts.get("medicine")
    title = (
        f"{capital(name_of(law.book, str(named), ('medicines',)))}: {inner(act.act.title)}" if named else act.act.title
    )
    return Document(title, tuple(blocks), subtitle, subject="May this person do this?", date=date)


def _lines(items: tuple[str, ...] | list[str]) -> tuple[Inline, ...]:
    return tuple(inline(text) for text in items if text)


def _route(answer: ActAnswer, route: RouteResult) -> Iterator[Block]:
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
                    f" {said(answer.law.book, item.wanted)}. ",
                    Run(f"Found: {said(answer.law.book, plain(item.found))}.", emphasis=True),
                )
                for item in sorted(route.conditions, key=lambda item: (item.holds is not False, item.holds is True))
            )
        )
    if route.law:
        yield Paragraph(inline(Run("Law", strong=True)), "label")
        yield law_items(route.law)


def verdict(answer: ActAnswer) -> str:
    """The answer in the words of a person: yes, yes if, not until, no, or what it depends on."""
    act, law = answer.act, answer.law
    if act.verdict == OPEN:
        return "Yes."
    if act.verdict == BARRED:
        return "No." if act.act.force == STATUTE else "No, by a framework; the law itself does not bar it."
    if act.verdict == UNKNOWN or act.best is None:
        return it_depends(answer.questions)
    return yes_if(law, act.best)


def it_depends(questions: Sequence[str]) -> str:
    """What an answer depends on: the first question that would settle it, and how many more there are."""
    if not questions:
        return "It depends on law that the lawbook does not hold."
    more = f" ({number(len(questions) - 1, 'more question')} below)" if len(questions) > 1 else ""
    return f"It depends: {inner(questions[0])}{more}"


def yes_if(law: Law, route: RouteResult) -> str:
    """A way that is available: yes, if ...; or not until ..., where something is said to be missing."""
    missing = [once(law, item) for item in route.fails if item.holds is False]
    if missing:
        return f"Not until {listed(missing)}."
    return f"Yes, if {listed(once(law, item) for item in route.fails)}."


def way_verdict(law: Law, route: RouteResult, name: str) -> str:
    """The answer for one way alone. `name`: the way within a sentence."""
    if route.state == OPEN:
        return f"Yes, by this way ({name})."
    if route.state == BARRED:
        return f"No, not by this way ({name})."
    if route.state == UNKNOWN:
        return f"It depends on what is not stated whether this way is open: {name}."
    return yes_if(law, route)


def verdict_of_task(law: Law, finding: Finding) -> str:
    """The answer for a task in the words of a person."""
    if finding.today == "yes":
        return "Yes." if finding.decision.way else "Yes: no law that the lawbook knows reserves it."
    if finding.today == "no":
        return "No."
    if finding.today == "unknown":
        return (
            f"It depends. {finding.questions[0]}" if finding.questions else "It depends on facts that are not stated."
        )
    missing = [item.once for item in finding.needed if item.state != NOT_STATED]
    if missing:
        return f"Not until {listed(missing)}."
    return f"Yes, if {listed(item.once for item in finding.needed)}."


def answer_brief(answer: ActAnswer) -> Document:
    """One screen: the verdict, the sentence, what was asked, what would settle or open it, and what it rests on."""
    law, act = answer.law, answer.act
    sentence = said(law.book, answer.says)
    case = [does(law, act.act.data, answer.facts)]
    case += [inner(holder(law, answer.profile, answer.person).partition(" ")[2]), place(law)]
    route = act.best if act.best and act.best.state != BARRED else nearest(act) if act.routes else None
    law_ = list(dict.fromkeys((*(route.law if route else ()), *act.act.law)))[:_CITED]
    ways = [" and ".join(f"{one.what} ({one.who})" for one in item) for item in answer.opens_with[:_WAYS]]
    pairs: list[tuple[str, list[str]]] = [
        ("Understood", [" · ".join(case)]),
        ("To be sure", list(answer.questions)),
        ("Would open it", ways if act.verdict == BARRED else []),
        ("Note", [said(law.book, note) for note in answer.person.notes]),
        ("Turns on", [str(law.book.data["interpretations"][name]["title"]) for name in answer.turns_on]),
        ("Law to come", [coming.says for coming in answer.upcoming]),
        ("Rests on", ["; ".join(f"{item.title} ({spaced(item.confidence)})" for item in law_)] if law_ else []),
    ]
    blocks: list[Block] = [
        Paragraph(inline(sentence)),
        Facts(tuple((term, tuple(inline(text) for text in texts)) for term, texts in pairs if texts)),
    ]
    more = f"--full shows {number(len(act.routes), 'way')} with their conditions and law. " if act.routes else ""
    blocks.append(Paragraph(inline(f"{more}{law.book.data['advice']}"), "apart"))
    return Document(verdict(answer), tuple(blocks))


_CITED = 5  # provisions that one screen names
_WAYS = 2
