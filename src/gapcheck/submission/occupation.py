"""The assessment of the occupation, criterion by criterion, in the order asked for: what the rules compute, and what only the body can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from gapcheck.document.blocks import Block, Heading, Inline, Items, Paragraph, Run, Table, inline, text_of
from gapcheck.document.words import capital, inner, listed, number, source_line, turns
from gapcheck.findings.words import law_of
from gapcheck.law.assurance import SEVERITIES
from gapcheck.matrix.words import MARK
from gapcheck.submission import wording as text
from gapcheck.submission.model import (
    BARRED_BY_LAW,
    BOTH,
    DIRECT,
    EVENTS,
    LONGER,
    NO_GAP,
    REGISTRATION,
    TaskLine,
    way_of,
)
from gapcheck.submission.nations import answers_of
from gapcheck.submission.numbers import evidence_of
from gapcheck.submission.pieces import Made, counts, points, strongest
from gapcheck.submission.supplied import LIKELIHOOD, NOT_KNOWN

FEW = 4
# The columns of a hazard with their widths: those that are computed or cited, then those that only the body can tell.
HAZARD = (
    ("Hazard: the task done badly", 0.19), ("Severity, whose grade, evidence", 0.16), ("In law today; duties on the person", 0.16),
    ("What reforms open in law", 0.11), ("Comparator", 0.11), ("Likelihood", 0.11), ("Who is harmed; setting; supervision", 0.11),
    ("Practitioners; patients a year", 0.11), ("Controls used; how they fail", 0.11),
)  # fmt: skip
COMPUTED = 5
UPRIGHT = 7  # columns that an upright page holds


def assessed(made: Made) -> Iterator[Block]:
    """Every criterion of the order, each under its stage."""
    criteria = [item for item in made.data["criteria"].values() if item["order"] == made.annex.order]
    yield Heading(1, f"In the order of {text.ORDERS[made.annex.order]}", "order")
    unread = [item for item in criteria if item["confidence"] == "unverified"]
    read = [item for item in criteria if item["confidence"] != "unverified"]
    if unread:
        yield Paragraph(
            inline(
                f"The order follows {_works(unread)} The text itself was not read: {len(unread)} of the {len(criteria)} criteria below are known from "
                "other texts or from memory, and stand for what the text is understood to ask."
            ),
            "note",
        )
    if read:
        yield Paragraph(inline(f"Read for {len(read)} of the {len(criteria)} criteria below: {_works(read)}"), "note")
    yield Paragraph(inline(text.NOT_KNOWN_MEANS), "note")
    for item in criteria:
        unread_mark = " (from memory)" if item["confidence"] == "unverified" else ""
        yield Heading(2, f"{item['title']}{unread_mark}", f"criterion-{item['id']}")
        yield Paragraph(inline(Run(f"{item['stage']}. ", strong=True), str(item["says"])))
        for section in item["shows"]:
            yield from SECTIONS[section](made)


def _works(criteria: Iterable[Mapping[str, Any]]) -> str:
    """The texts in which criteria stand, each once with its address."""
    told = []
    for source in (item["source"] for item in criteria):
        seen = f", seen {source['seen']}" if "seen" in source else ""
        told.append(f"{source_line(source)}, {source.get('url', 'no address known')}{seen}")
    return "; ".join(dict.fromkeys(told)) + "."


def _complexity(made: Made) -> Iterator[Block]:
    tasks = made.annex.tasks
    levels = list(dict.fromkeys(task.level for task in tasks))
    rows = [
        (
            capital(level),
            {item: sum(task.severity == item and task.level == level for task in tasks) for item in SEVERITIES},
        )
        for level in levels
    ]
    yield counts(
        "complexity-table", "Tasks by level of practice and by severity of the harm if they are done badly", "Level", rows,
        {item: item for item in SEVERITIES},
    )  # fmt: skip
    yield Paragraph(
        inline(
            "Judgement and invasiveness, as the body tells them: ",
            *made.told(made.annex.supplied.any_about("complexity")),
        )
    )


def hazardous(made: Made) -> list[TaskLine]:
    """The tasks whose hazards stand in the body of the annex: those that the law or a framework stands in the way of, those with figures of the
    body, and those of grave harm with events behind them for which the lawbook holds no statutory duty on the person."""
    told = {item.of.get("task") for item in made.annex.supplied.told}
    grave = {task.id for task in made.numbers.unassured if evidence_of(task) in EVENTS}
    return [task for task in made.annex.tasks if task.ways[0] != DIRECT or task.id in told or task.id in grave]


def _hazards(made: Made) -> Iterator[Block]:
    tasks = hazardous(made)
    yield Heading(3, "The hazards", "hazards")
    yield Paragraph(
        inline(
            f"A row for each of {number(len(tasks), 'hazard')}: what the law or a framework stands in the way of, what the body gives figures of, and what is grave, "
            "has events behind it, and on which no statute that the lawbook holds lays a duty on the person for the act. Every other task stands in ",
            Run("", ref="tasks-all"),
            ". The first five columns are computed or cited; the others are the body's to tell.",
        )
    )
    letters = _letters(tasks)
    rows = [_hazard(made, task, letters) for task in tasks]
    shown = [place for place in range(len(HAZARD)) if place < COMPUTED or any(_known(row[place]) for row in rows)]
    shares = [HAZARD[place][1] for place in shown]
    yield Table(
        "hazards-table", "The hazards, one a row", tuple(inline(HAZARD[place][0]) for place in shown),
        tuple(tuple(row[place] for place in shown) for row in rows), True, tuple(share / sum(shares) for share in shares), len(shown) > UPRIGHT,
    )  # fmt: skip
    left = [HAZARD[place][0] for place in range(COMPUTED, len(HAZARD)) if place not in shown]
    if left:
        yield Paragraph(
            inline(f"Not known for any of them, since the body has not told it: {'; '.join(map(inner, left))}."), "note"
        )
    if letters:
        told = "; ".join(f"({letter}) {says}" for says, letter in letters.items())
        yield Paragraph(inline(Run("Duties that a statute lays on the person: ", strong=True), f"{told}."), "note")
    yield Paragraph(inline(text.NOT_SAFER), "note")


def _known(cell: Inline) -> bool:
    return text_of(cell) != NOT_KNOWN


def _letters(tasks: list[TaskLine]) -> dict[str, str]:
    """The duties on the person, each with the letter by which the rows name it."""
    said = dict.fromkeys(duty for task in tasks for duty in task.finding.decision.assurance.duties)
    return {duty: chr(ord("a") + place) if place < 26 else f"a{place}" for place, duty in enumerate(said)}


def _hazard(made: Made, task: TaskLine, letters: Mapping[str, str]) -> tuple[Inline, ...]:
    harm, told = task.finding.decision.task["harm"], made.annex.supplied
    duties = ", ".join(letters[item] for item in task.finding.decision.assurance.duties)
    comparator = (
        made.data["professions"][task.comparator]["title"]
        if task.comparator in made.data["professions"]
        else "none stated"
    )
    claims = made.claims_on(task)
    evidence = text.EVIDENCE[harm["evidence"]] if claims else "no evidence cited"
    grade = "by the lawbook, inferred" if harm["basis"] == "inferred" else "by the lawbook, from a source"
    return (
        inline(Run(task.label, strong=True), f"\n{harm['text']}"),
        inline(f"{capital(task.severity)}, graded {grade}. {capital(evidence)} {made.works(claims)}"),
        inline(
            f"{capital(text.BRIEFLY[task.ways[0]])} {made.law.of(law_of(task.finding)[:3])}".rstrip() + ". ",
            f"Duties: {duties}." if duties else "No duty for the act in the lawbook.",
        ),
        inline("No reform needed" if task.rung == NO_GAP else capital(text.opens(made.annex, task))),
        inline(str(comparator)),
        made.told(told.about(LIKELIHOOD, task=task.id)),
        made.told(told.about("who-is-harmed", "setting", "supervision", "vulnerability", task=task.id)),
        made.told(told.about("practitioners", "patients", task=task.id)),
        made.told(told.about("controls-used", "control-failures", task=task.id)),
    )


def _context(made: Made) -> Iterator[Block]:
    tasks = made.annex.tasks
    bare = sum(not task.finding.decision.assurance.duties for task in tasks)
    yield Paragraph(
        inline(
            f"In law: on {len(tasks) - bare} of {number(len(tasks), 'task')} a statute lays a duty on the person for the act, such as entitlement, a training record or "
            f"supervision; on {bare} none that the lawbook holds does. Where the work is done, and who oversees it in fact: ",
            *made.told(made.annex.supplied.any_about("context")),
        )
    )


def _agency(made: Made) -> Iterator[Block]:
    yield Paragraph(
        inline(
            "How far patients can protect themselves, the rules cannot compute: ",
            *made.told(made.annex.supplied.any_about("agency")),
        )
    )


def _scale(made: Made) -> Iterator[Block]:
    told = made.annex.supplied
    rows = tuple(
        (inline(what), made.told(told.any_about(kind)))
        for what, kind in (
            ("Practitioners: on an accredited register, on a statutory one of another profession, on none; in the health service and outside", "practitioners"),
            ("Patients or procedures a year", "patients"),
        )
    )  # fmt: skip
    yield Table(
        "scale-table", "Numbers, as the body tells them", (inline("What"), inline("Told")), rows, True, (0.4, 0.6)
    )
    found = [item for item in made.annex.claims if item.kind in ("workforce", "register-uptake", "employer-practice")]
    if found:
        yield Paragraph(inline("What sources say of numbers and registers:"))
        yield from points(made, found[:FEW])


def _assurance(made: Made) -> Iterator[Block]:
    told = made.annex.supplied
    head = ("Step", "What it opens in law", "What it leaves", "Effect on harm", "Cost and supply")
    rows = tuple(
        (
            inline(Run(str(item["title"]), strong=True), f"\n{item['says']}"),
            *_computed(made, item),
            made.told(told.about("effect", step=item["id"])),
            made.told(told.about("cost", step=item["id"])),
        )
        for item in made.data["assurance-steps"].values()
    )
    yield Table(
        "continuum", "The continuum of assurance, the least first: what each step opens and leaves in law, and what the body tells of it",
        tuple(inline(item) for item in head), rows, True, (0.24, 0.21, 0.21, 0.14, 0.2),
    )  # fmt: skip


def _computed(made: Made, step: Mapping[str, Any]) -> tuple[Inline, Inline]:
    """What a step opens in law and what it leaves, by the way of computing it that the lawbook names."""
    numbers, annex = made.numbers, made.annex
    now, total = numbers.registered.way, numbers.total
    left = f"{now[BARRED_BY_LAW]} tasks not lawful at all, {now[LONGER]} only by a longer way."
    how = step["computes"]
    if how == "as-now":
        return inline(
            f"{total - now[BARRED_BY_LAW]} of {total} tasks are not barred now; {numbers.arrange} need something from an employer or a colleague."
        ), inline(left)
    if how == "accredited":
        differ = sum(task.ways[0] != way for task, way in zip(annex.tasks, bare_ways(annex.tasks), strict=True))
        opens = f"The way of {differ} of {total} tasks differs between members on the register and members on none."
        graded = sum(task.finding.gap != task.bare.gap for task in annex.tasks)
        may = "".join(f" {_required(made, act)}" for act in step.get("acts", ()))
        return inline(f"{opens}{may}"), inline(f"{left} Set against the harm, what assures the person is graded better for {graded} tasks than on no register.")  # fmt: skip
    if how in ("registration", "registration-and-amendment") and annex.registering:
        both = how != "registration"
        after = next((found for name, _, found in reversed(numbers.steps) if both or name == "registration"), now)
        rungs = (REGISTRATION, BOTH) if both else (REGISTRATION,)
        opened = sum(annex.rungs[item] for item in rungs)
        return (
            inline(f"{number(opened, 'task')} that the law or a framework stands in the way of today."),
            inline(
                f"{after[BARRED_BY_LAW]} tasks not lawful at all, {after[LONGER]} only by a longer way, for who registers. Who does not may go on with "
                f"{numbers.lawful_bare} of {total} tasks."
            ),
        )
    return inline(f"{NOT_KNOWN}: no provision of the lawbook turns on this step"), inline(NOT_KNOWN)


def bare_ways(tasks: tuple[TaskLine, ...]) -> list[str]:
    """How the law lets somebody on no register do each task."""
    return [way_of(task.bare) for task in tasks]


_ANSWER = {"open": "yes", "available": "yes, once it is arranged", "unknown": "it depends on the case", "barred": "no"}


def _required(made: Made, act: str) -> str:
    """Whether an employer may ask for a register, nation by nation."""
    found = answers_of(made.annex, act)
    said: dict[str, list[str]] = {}
    for nation, verdict in found.items():
        said.setdefault(verdict, []).append(made.nation(nation))
    parts = "; ".join(f"{listed(names)}: {_ANSWER[verdict]}" for verdict, names in said.items())
    return f"May an employer ask for it? {parts} {made.law.of(made.annex.law.act(act).law[:2])}."


def _alternatives(made: Made) -> Iterator[Block]:
    """What can be done without a reform, and with each, for the tasks that the law or a framework stands in the way of."""
    tasks = [task for task in made.annex.tasks if task.rung != NO_GAP]
    if tasks:
        head = (
            "Task",
            "Today",
            "Without a reform, the employer or a colleague can arrange",
            "A way as direct as the comparator's opens with",
        )
        rows = tuple(
            (
                inline(task.label),
                inline(text.WAY[task.ways[0]]),
                inline("; ".join(task.arrange) or "nothing that the lawbook knows"),
                inline(text.opens(made.annex, task)),
            )
            for task in tasks
        )
        yield Table(
            "alternatives", "Alternatives for the tasks that the law or a framework stands in the way of today", tuple(inline(item) for item in head), rows, True,
            (0.3, 0.2, 0.3, 0.2),
        )  # fmt: skip
    yield Paragraph(
        inline("Other alternatives that the body weighs: ", *made.told(made.annex.supplied.any_about("alternative")))
    )


def _sector(made: Made) -> Iterator[Block]:
    told = made.annex.supplied
    kinds = (("Cost, fees and transition", "cost"), ("Supply of staff", "supply"), ("Innovation", "innovation"))
    rows = tuple((inline(what), made.told(told.any_about(kind))) for what, kind in kinds)
    yield Table(
        "sector-table",
        "Impact on the sector, as the body tells it",
        (inline("What"), inline("Told")),
        rows,
        True,
        (0.3, 0.7),
    )


_TITLE = {
    "open": "may be used",
    "available": "may be used, once it is arranged",
    "unknown": "turns on the use",
    "barred": "may not be used",
}


def _titles(made: Made) -> Iterator[Block]:
    yield Paragraph(inline(text.TITLES_ARE))
    for part in made.annex.parts:
        plural = capital(str(made.data["professions"][part.profession]["plural"]))
        by: dict[str, list[str]] = {}
        for line in part.titles:
            by.setdefault(line.verdict, []).append(line.title)
        said = "; ".join(
            f"{MARK[verdict]} {_TITLE[verdict]}: {listed(map(inner, names))}" for verdict, names in by.items()
        )
        cited = made.law.of(item for line in part.titles for item in line.law[:2])
        yield Paragraph(inline(Run(f"{plural}: ", strong=True), f"{said} {cited}."))


def _perception(made: Made) -> Iterator[Block]:
    yield Paragraph(
        inline("What the public takes it to mean: ", *made.told(made.annex.supplied.any_about("public-confidence")))
    )
    yield from points(made, [item for item in made.annex.claims if item.kind == "title"][:FEW])


def _unintended(made: Made) -> Iterator[Block]:
    numbers = made.numbers
    lines = [
        inline(
            f"A register reserves no task by itself: {numbers.lawful_bare} of {number(numbers.total, 'task')} would stay lawful, with all the reforms, for somebody who is "
            "on no register, under whatever title is left to them."
        ),
        inline(
            "What registration opens, it opens to those who register. For members who do not, the acts stay barred as they are today."
        ),
    ]
    lines += [
        inline(str(made.data["reforms"][item]["note"]))
        for item in made.annex.reforms
        if "note" in made.data["reforms"][item]
    ]
    yield Items(tuple(dict.fromkeys(lines)))
    yield Paragraph(inline("What the body expects beside: ", *made.told(made.annex.supplied.any_about("unintended"))))


SECTIONS: dict[str, Callable[[Made], Iterator[Block]]] = {
    "complexity": _complexity,
    "hazards": _hazards,
    "context": _context,
    "agency": _agency,
    "scale": _scale,
    "assurance": _assurance,
    "alternatives": _alternatives,
    "sector": _sector,
    "titles": _titles,
    "perception": _perception,
    "unintended": _unintended,
}


def changes(made: Made) -> Iterator[Block]:
    """What would change the conclusion: facts that the findings turn on, and what the body tells."""
    annex, tasks = made.annex, made.annex.tasks
    yield Heading(1, "What would change the conclusion", "changes")
    turning = dict.fromkeys(name for task in tasks for name in task.finding.turns_on)
    unread = sum(bool(task.finding.unverified) for task in tasks)
    coming = dict.fromkeys(item.says for task in tasks for item in task.finding.upcoming)
    inferred = sum(task.finding.decision.task["harm"]["basis"] == "inferred" for task in tasks)
    events = sum(evidence_of(task) in EVENTS for task in tasks)
    known = {item.of["task"] for item in annex.supplied.told if item.about == LIKELIHOOD}
    lines = [inline(line) for line in turns(annex.law, turning)]
    lines += [inline(f"The findings on {number(unread, 'task')} rest on a text that was not read.")] if unread else []
    lines += [inline(f"Law to come: {line}") for line in coming]
    lines.append(
        inline(
            f"The severity of {inferred} of {number(len(tasks), 'task')} is inferred by the lawbook; {events} have counted events or published cases behind them."
        )
    )
    alone = sum(item.single for item in annex.claims)
    lines += (
        [
            inline(
                f"Of the {number(len(annex.claims), 'statement')} that sources make, {alone} rest on nothing but the applicant's own words."
            )
        ]
        if alone
        else []
    )
    lines.append(
        inline(
            f"Likelihood is told for {len(known & {task.id for task in tasks})} of {len(tasks)} hazards. A rate for members beside one for the comparator would be the strongest evidence, either way."
        )
    )
    yield Items(tuple(lines))
    yield Paragraph(inline("As the body sees it: ", *made.told(annex.supplied.any_about("would-change"))))


def evidence_for(made: Made, scope: str) -> list[Any]:
    """The claims about a scope that count or describe events."""
    return strongest((item for item in made.annex.claims if scope in item.scopes), FEW)
