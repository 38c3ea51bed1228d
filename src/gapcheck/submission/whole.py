"""The scopes of practice one by one, and the four nations side by side."""

from __future__ import annotations

from collections.abc import Iterator

from gapcheck.document.blocks import Block, Heading, Inline, Items, Paragraph, Run, Table, inline
from gapcheck.document.words import capital, inner, listed, number
from gapcheck.engine.routes import BARRED
from gapcheck.findings.words import law_of
from gapcheck.law.book import Expectation
from gapcheck.law.dated import Law, words
from gapcheck.matrix.words import MARK
from gapcheck.submission import wording as text
from gapcheck.submission.figures import scopes_figure
from gapcheck.submission.model import DIRECT, WAYS, AnnexPart, AnnexScope, NationLine
from gapcheck.submission.nations import answers_of
from gapcheck.submission.numbers import GRAVE, law_of_annex
from gapcheck.submission.occupation import evidence_for
from gapcheck.submission.pieces import Made, points
from gapcheck.timeline.words import ASKS, MAY


def scopes(made: Made) -> Iterator[Block]:
    """Every scope, part by part."""
    yield Heading(1, "The scopes of practice", "scopes")
    yield Paragraph(inline(text.TASKS_ARE, " Every task stands in ", Run("", ref="tasks-all"), "."))
    yield scopes_figure(made)
    for part in made.annex.parts:
        if len(made.annex.parts) > 1:
            plural = str(made.data["professions"][part.profession]["plural"])
            yield Heading(2, capital(plural), f"part-{part.profession}")
        for scope in part.scopes:
            yield from _scope(made, part, scope)


def _scope(made: Made, part: AnnexPart, scope: AnnexScope) -> Iterator[Block]:
    level = 3 if len(made.annex.parts) > 1 else 2
    yield Heading(level, scope.title, f"scope-{part.profession}-{scope.id}")
    names = [
        str(made.data["professions"][key]["plural"]) for key in dict.fromkeys(t.comparator for t in scope.tasks) if key
    ]
    ways = {key: sum(task.ways[0] == key for task in scope.tasks) for key in WAYS}
    told = "; ".join(f"{count} {text.WAY[key]}" for key, count in ways.items() if count)
    grave = [task for task in scope.tasks if task.severity in GRAVE]
    no_duty = sum(not task.finding.decision.assurance.duties for task in grave)
    yield Paragraph(
        inline(
            f"{capital(number(len(scope.tasks), 'task'))}, compared with registered {listed(names)}: {told}. "
            f"{_grave(len(grave), no_duty)} {_covered(made, scope)}"
        )
    )
    held = [task for task in scope.tasks if task.ways[0] != DIRECT]
    if held:
        parts = [f"{inner(task.label)} ({text.WAY[task.ways[0]]})" for task in held]
        cited = made.law.of(item for task in held for item in law_of(task.finding)[:2])
        yield Paragraph(inline(Run("Not as directly: ", strong=True), f"{'; '.join(parts)} {cited}."))
    if found := evidence_for(made, scope.id):
        yield Paragraph(inline(Run("Counted events and published cases:", strong=True)), "label")
        yield from points(made, found)


def _grave(grave: int, no_duty: int) -> str:
    """How many tasks are grave, and on how many of them no statute lays a duty."""
    if not grave:
        return "In none is the harm graded severe or catastrophic."
    lays = "statute that the lawbook holds lays a duty on the person for the act"
    told = f"on {no_duty} of these no {lays}"
    if no_duty in (0, grave):
        told = f"on each of these {'no' if no_duty else 'a'} {lays}"
    return f"In {grave} the harm is graded severe or catastrophic; {told}."


def _covered(made: Made, scope: AnnexScope) -> str:
    """How the register of the members covers the scope."""
    hows = [item.cover.how for task in scope.tasks for item in task.finding.decision.assurance.registers]
    if not hows:
        return "Members are on no register."
    outside = hows.count("outside")
    if outside == len(hows):
        return "The register that members ordinarily have does not cover this scope."
    entry = hows.count("entry")
    return f"Entry to the register that members ordinarily have assesses {entry} of them" + (
        f", and {outside} lie outside it." if outside else "; the others come by later training."
    )


def nations(made: Made) -> Iterator[Block]:
    """What the law and the frameworks of each nation say."""
    annex = made.annex
    yield Heading(1, "The nations side by side", "nations")
    if len(annex.nations) == 1:
        yield Paragraph(inline(f"Only {made.nation(annex.nations[0])} was asked for."))
        return
    yield Paragraph(
        inline(
            f"{listed(map(made.nation, annex.nations))}, on {words(annex.law.date)}. First the law, for a member today: what is not in the table has the same answer in all of them. Then what "
            "bodies expect, which is not law."
        )
    )
    head = (inline("What"), *(inline(made.nation(key)) for key in annex.nations))
    rest = 0.8 / len(annex.nations)
    rows = (*_law_rows(made), *_expected(made))
    yield Table(
        "nations-table",
        "The law and what bodies expect, nation by nation",
        head,
        rows,
        True,
        (0.2, *[rest] * len(annex.nations)),
        True,
    )
    yield from _everywhere(made)


def _law_rows(made: Made) -> Iterator[tuple[Inline, ...]]:
    annex = made.annex
    laws = {key: law_of_annex(annex, key) for key in annex.nations}
    yield (
        inline(Run("The regulations on medical exposures", strong=True)),
        *(inline(_instruments(made, laws[key])) for key in annex.nations),
    )
    shown = dict.fromkeys(act for step in made.data["assurance-steps"].values() for act in step.get("acts", ()))
    for act in shown:
        found = answers_of(annex, act)
        cited = {key: made.law.of(laws[key].act(act).law[:1]) for key in annex.nations}
        yield (
            inline(Run(f"{made.data['acts'][act]['title']}, as an employer", strong=True)),
            *(inline(_verdict(made, act, found[key]), f" {cited[key]}") for key in annex.nations),
        )
    seen = {("acts", act) for act in shown}
    for part in annex.parts:
        for line in part.differing:
            if (line.kind, line.id) in seen:
                continue
            seen.add((line.kind, line.id))
            yield (
                inline(Run(line.title, strong=True)),
                *(_answer(made, laws[key], line, key) for key in annex.nations),
            )


def _instruments(made: Made, law: Law) -> str:
    """The instruments in which the acts of exposures stand in a nation."""
    acts = [key for key in made.data["acts"] if key.startswith("irmer-")]
    found = [item for act in acts for item in law.act(act).law]
    titles = dict.fromkeys(str(made.data["instruments"][item.id.split("/")[0]]["title"]) for item in found)
    return f"{'; '.join(titles)} {made.law.of(found[:1])}"


def _answer(made: Made, law: Law, line: NationLine, nation: str) -> Inline:
    verdict, routes = line.answers[nation]
    named = "; ".join(inner(str(made.data["routes"][key]["title"])) for key in routes)
    cited = made.law.of(law.act(line.id).law[:1]) if line.kind == "acts" and verdict != BARRED else ""
    said = _verdict(made, line.id, verdict) if line.kind == "acts" else Run(text.BRIEFLY[verdict])
    rest = f"{named} {cited}".strip()
    return inline(said, f"\n{rest}" if rest else "")


def _verdict(made: Made, act: str, verdict: str) -> Run:
    """The answer to an act in words; what a framework asks is not law."""
    words_of = ASKS if made.data["acts"][act]["force"] == "framework" else MAY
    return Run(f"{MARK[verdict]} {words_of.get(verdict, MAY[verdict])}", tone=verdict)


def _expected(made: Made) -> Iterator[tuple[Inline, ...]]:
    """What bodies expect, by topic; nothing is filled in where nothing was found. What holds in every nation stands once, below the table."""
    for title, shared, own in _topics(made):
        if shared and not any(own):
            continue  # it stands below the table
        empty = "the same in all of them: below the table" if shared else "nothing was found"
        yield (inline(Run(f"{title} (not law)", strong=True)), *(inline("\n".join(said) or empty) for said in own))


def _everywhere(made: Made) -> Iterator[Block]:
    """What bodies expect in every nation."""
    found = tuple(inline(Run(f"{title}: ", strong=True), said) for title, shared, _ in _topics(made) for said in shared)
    if found:
        yield Paragraph(inline("In all of them alike, and not law:"), "label")
        yield Items(found)


def _topics(made: Made) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """Each topic with what is said of every nation, and of each."""
    annex = made.annex
    for topic, title in text.TOPICS.items():
        items = [
            item
            for item in made.data["expectations"].values()
            if item["topic"] == topic
            and (not item.get("professions") or set(item["professions"]) & set(annex.professions))
        ]
        every = [item for item in items if set(annex.nations) <= set(item["nations"])]
        shared = [_expectation(made, annex.law, item) for item in every]
        own = [
            [
                _expectation(made, law_of_annex(annex, nation), item)
                for item in items
                if nation in item["nations"] and item not in every
            ]
            for nation in annex.nations
        ]
        yield title, shared, own


def _expectation(made: Made, law: Law, item: Expectation) -> str:
    provisions = item["law"]
    cited = made.law.of(law.book.provision(one["provision"]) for one in provisions)
    only = " Reported by the applicant; the source was not read." if "only-in" in item else ""
    return f"{item['body']}: {item['says']}{only} {cited}"
