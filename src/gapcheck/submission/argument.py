"""The argument in two pages that stand alone; every number of them is in the JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gapcheck.document.blocks import Block, Heading, Inline, PageBreak, Paragraph, Run, Table, inline
from gapcheck.document.words import capital, inner, listed, number
from gapcheck.engine.tasks import STATUTE
from gapcheck.findings.words import law_of
from gapcheck.law.dated import Provision, words
from gapcheck.submission import wording as text
from gapcheck.submission.figures import assurance_figure, ways_figure
from gapcheck.submission.model import (
    BARRED_BY_LAW,
    CANNOT_BE_TOLD,
    EVENTS,
    FRAMEWORK_ASKS,
    LONGER,
    NO_GAP,
    NOT_BY_THESE,
    TaskLine,
)
from gapcheck.submission.numbers import DEPENDS, GRAVE, MAY, Power, evidence_of
from gapcheck.submission.pieces import Made

NOTHING = "nothing."
NAMED = 5  # tasks that a sentence names
_OWN = {
    (MAY, MAY, MAY): "yes",
    (DEPENDS, DEPENDS, DEPENDS): "depends on facts",
}


def argument(made: Made) -> Iterator[Block]:
    """The two pages."""
    annex, numbers = made.annex, made.numbers
    way = numbers.registered.way
    yield Heading(1, "The argument in two pages", "argument")
    yield Paragraph(
        inline(
            f"Of {number(numbers.total, 'task')} of {text.plural(annex)} in {made.nation(annex.law.nation)} on "
            f"{words(annex.law.date)}, {numbers.direct} ({numbers.share} percent) are lawful by as direct a way as the "
            f"comparator's, with no statutory register; {_spelt(way[LONGER])} lawful only by a longer way, and "
            f"{_spelt(way[BARRED_BY_LAW])} not lawful at all."
        ),
        "lead",
    )
    yield from _law_points(made)
    yield ways_figure(made)
    yield from _opens(made)
    yield _powers(made)
    yield from _assurance(made)
    yield assurance_figure(made)
    yield from _beside(made)
    yield PageBreak()


def _spelt(count: int) -> str:
    return f"{count} {'is' if count == 1 else 'are'}"


def _point(term: str, *said: str | Run) -> Paragraph:
    return Paragraph(inline(Run(f"{term} ", strong=True), *said))


def _law_points(made: Made) -> Iterator[Block]:
    tasks = made.annex.tasks
    kinds = {
        BARRED_BY_LAW: "Not lawful, whatever an employer arranges:",
        LONGER: "Lawful only by a longer way than the comparator's:",
        FRAMEWORK_ASKS: "Lawful, but a framework, which is not law, asks for registration:",
        CANNOT_BE_TOLD: "Cannot be told from the facts stated:",
    }
    for kind, term in kinds.items():
        own = [task for task in tasks if task.ways[0] == kind]
        if own:
            within = f" These {len(own)} are among the {made.numbers.direct}." if kind == FRAMEWORK_ASKS else ""
            yield _point(term, *_named(made, own), *inline(within), *_unsure(own))


def _named(made: Made, tasks: list[TaskLine], most: int = NAMED) -> Inline:
    """Tasks by name, the first few, with the law of all of them."""
    more = f", and {number(len(tasks) - most, 'more', 'more')}" if len(tasks) > most else ""
    cited = made.law.of(item for task in tasks for item in law_of(task.finding)[:2])
    return inline(f"{'; '.join(inner(task.label) for task in tasks[:most])}{more} {cited}.")


def _unsure(tasks: Iterable[TaskLine]) -> Inline:
    count = sum(bool(task.finding.unverified) for task in tasks)
    is_ = "rests" if count == 1 else "rest"
    return inline(f" Of these {count} {is_} on a text that was not read." if count else "")


def _powers(made: Made) -> Table:
    """How many professions may do what, inside and outside statutory registers."""
    data, numbers = made.data, made.numbers
    inside, outside = numbers.groups
    head = [
        "Way, and the acts to which it leads",
        f"Of {inside} professions on a statutory register, may",
        f"Of {outside} groups on none, may",
        *(capital(str(data["professions"][key]["plural"])) for key in made.annex.professions),
    ]
    alike: dict[tuple[str, str, str, tuple[str, ...]], list[Power]] = {}
    for item in numbers.powers:
        own = tuple(_own(made, item.own.get(key)) for key in made.annex.professions)
        alike.setdefault((item.route, _count(item.statutory), _count(item.outside), own), []).append(item)
    rows = tuple(
        (
            inline(
                Run(str(data["routes"][route]["title"]), strong=True),
                f": {'; '.join(inner(str(data['acts'][item.act]['title'])) for item in items)} ",
                made.law.of(one for item in items for one in _law_of(made, item)),
            ),
            inline(statutory),
            inline(outside),
            *map(inline, own),
        )
        for (route, statutory, outside, own), items in alike.items()
    )
    rest = 0.38 / len(made.annex.professions)
    caption = "Who may do what, once an employer or a colleague has arranged what it needs"
    widths = (0.38, 0.13, 0.11, *[rest] * len(made.annex.professions))
    return Table("powers", caption, tuple(inline(item) for item in head), rows, True, widths, numeric=(1, 2))


def _law_of(made: Made, item: Power) -> Iterable[Provision]:
    lines = [line for part in made.annex.parts for line in part.routes]
    return next(line.law[:1] for line in lines if (line.act, line.route) == (item.act, item.route))


def _count(found: object) -> str:
    assert isinstance(found, dict)
    return f"{found[MAY]}" + (f" (for {found[DEPENDS]} it depends)" if found[DEPENDS] else "")


def _own(made: Made, states: tuple[str, str, str] | None) -> str:
    """A member today, with registration, with all the reforms, in a few words."""
    if states is None or states in _OWN:
        return _OWN.get(states, "") if states else "not asked"
    today, registered, every = (state == MAY for state in states)
    if today:
        return "yes"
    if registered and made.annex.registering:
        return "no; with registration, yes"
    if every and made.annex.reforms:
        return "no; with registration and an amendment, yes" if made.annex.registering else "no; with the reform, yes"
    return "no" if DEPENDS not in states else "depends on facts"


def _assurance(made: Made) -> Iterator[Block]:
    """Where nothing in statute bears on the person and the harm is grave, with the evidence."""
    numbers, found = made.numbers, made.numbers.unassured
    grave = sum(task.severity in GRAVE for task in made.annex.tasks)
    yield _point(
        "What assures the person.",
        f"The law of the acts does not turn on an accredited register. In {grave} of the {numbers.total} tasks the harm, if they are done badly, "
        f"is graded severe or catastrophic; on {len(found)} of these, all lawful, no statute that the lawbook holds lays a duty on the person for the act (general duties "
        "of employees apart). Behind "
        f"{sum(evidence_of(task) in EVENTS for task in found)} of the {len(found)} stand counted events or published cases; behind the others "
        "an assertion or nothing. Of the grades "
        f"{sum(task.finding.decision.task['harm']['basis'] == 'inferred' for task in made.annex.tasks)} are inferred by the lawbook and not taken from a source.",
    )
    named = [task for task in found if evidence_of(task) in EVENTS][:NAMED]
    if named:
        parts = [f"{inner(task.label)} ({task.severity}) {made.works(made.claims_on(task))}" for task in named]
        yield _point(
            "Among them, with evidence:",
            f"{'; '.join(parts)}. How often harm comes of it among members is not known unless the body tells it.",
        )


def _opens(made: Made) -> Iterator[Block]:
    """What registration alone opens, what takes an amendment as well, and what neither does."""
    annex = made.annex
    if annex.reforms:
        opened = {rung: _opened(made, rung) for rung in text.rungs(annex)}
        for rung, told in opened.items():
            if told != NOTHING:
                yield _point(f"{text.RUNG[rung]} opens", told)
        idle = [inner(text.RUNG[rung]) for rung, told in opened.items() if told == NOTHING]
        if idle:
            yield _point(f"{capital(listed(idle))} {'opens' if len(idle) == 1 else 'open'}", NOTHING)
        left = [task for task in annex.on(NOT_BY_THESE) if task.ways[0] != CANNOT_BE_TOLD]
        if left:
            yield _point("Opened by none of these reforms:", *_named(made, left))


def _beside(made: Made) -> Iterator[Block]:
    """What employers can arrange, what is not about registration, and what the document does not show."""
    annex, numbers = made.annex, made.numbers
    lines = sorted((line for part in annex.parts for line in part.arrangements), key=lambda line: -len(line.tasks))
    yield _point(
        "What employers and colleagues can arrange tomorrow:",
        f"{numbers.arrange} lawful tasks need something that nobody has stated to be in place, most often: "
        f"{'; '.join(dict.fromkeys(inner(line.what) for line in lines[:3]))}. No reform is needed for it."
        if lines
        else "nothing was found.",
    )
    yield _point(
        "Not about registration:",
        f"{annex.rungs[NO_GAP]} tasks are lawful today by as direct a way, and no framework asks for more. For these registration would add an entry standard, "
        f"fitness to practise and a title, and would change nothing in the law of the act. {numbers.lawful_bare} of the {numbers.total} tasks "
        f"{'would stay' if annex.reforms else 'are'} lawful{', with all the reforms,' if annex.reforms else ''} for somebody on no register.",
    )
    yield _point(
        "What this document does not show:",
        "how often harm occurs among members, whether registered staff do less harm, what registration would cost, and whether a lesser "
        "means would do; where the body has told figures, they stand with their source in the chapters below.",
    )


def _opened(made: Made, rung: str) -> str:
    tasks = made.annex.on(rung)
    acts = made.data["acts"]
    lines = [line for part in made.annex.parts for line in part.routes if line.rung == rung]
    by_route: dict[str, list[str]] = {}
    for line in lines:
        if acts[line.act]["force"] == STATUTE:
            by_route.setdefault(inner(str(made.data["routes"][line.route]["title"])), []).append(
                inner(str(acts[line.act]["title"]))
            )
    routes = [f"{route} ({', '.join(dict.fromkeys(found))})" for route, found in by_route.items()]
    if not tasks and not routes:
        return NOTHING
    in_law = sum(task.gap == STATUTE for task in tasks)
    said = [f"{in_law} in law"] if in_law else []
    said += [f"{len(tasks) - in_law} for which a framework asks for registration"] if len(tasks) > in_law else []
    opened = f". The ways that open in law: {'; '.join(routes)}" if routes else ""
    return f"{number(len(tasks), 'task')}{f': {listed(said)}' if said else ''}{opened}."
