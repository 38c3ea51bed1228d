"""Findings about the wording of a job description. What a group may do is asked of the engine, never asserted here.

Each check gives findings with a code; what a code says and suggests stands in rules/wording/codes.yaml.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from gapcheck.engine.assurance import WIDE
from gapcheck.engine.findings import Finding
from gapcheck.engine.person import person_of
from gapcheck.engine.routes import BARRED, decide_act
from gapcheck.engine.tasks import BLOCKED, RESTRICTED
from gapcheck.jobdesc.understanding.case import Case
from gapcheck.jobdesc.understanding.passage import Sentence
from gapcheck.jobdesc.understanding.registration import ACCREDITED, DESIRABLY, NOTHING, STATUTORY
from gapcheck.jobdesc.understanding.result import COUNTING, NEGATED, OpenTo, TaskHit, Wording
from gapcheck.jobdesc.understanding.vocabulary import plain
from gapcheck.profile.model import REGISTERED

_GRAVE = ("severe", "catastrophic")
_CLOSE = 5  # words within which two names belong together


def wording(case: Case) -> tuple[Wording, ...]:
    """Every finding, in the order of the text; of equal findings about one place only the first."""
    found = [item for check in _CHECKS for item in check(case)]
    return tuple(
        sorted({(item.code, item.start): item for item in found}.values(), key=lambda one: (one.start, one.code))
    )


def _title(case: Case) -> Iterator[Wording]:
    """W001."""
    title = plain(case.post.title)
    text = case.passage.document.text
    start = text.find(case.post.title)
    facts = case.law.book.title_facts("-".join(title.split()))
    if not case.post.titled or "title" not in facts or facts["title"] not in case.law.book.known_titles:
        return
    act = case.data["checks"]["title"]
    barred = []
    facts = {"title": facts["title"]}
    for group, report in zip(case.groups, case.reports, strict=True):
        if group.guessed or (case.post.titled and group.profession in case.post.groups):
            continue
        held = tuple(entry._replace(status=REGISTERED) for entry in report.profile.registrations)
        person = person_of(report.profile._replace(registrations=held), case.law)  # once registered
        decided = decide_act(case.law, act, {**person.facts, **facts}, person.capacities)
        if decided.verdict == BARRED:
            barred.append(group)
    if barred:
        own = case.law.book.data["professions"][barred[0].profession]["title"]
        words = facts["title"].replace("-", " ")
        at = text.lower().find(words, max(start, 0))
        place = (at, at + len(words)) if at >= 0 else (0, min(len(text), 60))
        yield case.wording(
            "W001", *place, title=words, groups=case.plural(barred), example=f"{case.post.title} or {own}"
        )


def _impossible(case: Case) -> Iterator[Wording]:
    """W015."""
    data, holders = case.law.book.data, case.passage.vocabulary.holders
    for item in case.asked:
        if item.kind != STATUTORY or not item.register or item.strength == DESIRABLY:
            continue
        named = item.held_as or _titled_in_vain(case)
        barred = [group for group in named if group not in holders[item.register]]
        if barred:
            groups = [OpenTo(group, "") for group in barred]
            register = data["registers"][item.register]["title"].removeprefix("The ")
            yield case.wording(
                "W015",
                item.start,
                item.end,
                register=register,
                groups=case.plural(groups),
                instead=case.instead(item, named),
            )


def _titled_in_vain(case: Case) -> Sequence[str]:
    """The groups of the title that no statutory register takes, where the text asks for nothing else and names nobody else."""
    known = case.data["checks"]["W015-titles"]
    professions = case.law.book.data["professions"]
    title = f" {plain(case.post.title)} "
    alone = case.post.titled and set(case.post.groups) <= set(known)
    others = any(item.kind != STATUTORY or item.professions for item in case.asked)
    if not alone or others:
        return []
    return [group for group in case.post.groups if f" {plain(professions[group]['title'])} " in title]


def _direction(case: Case) -> Iterator[Wording]:
    """W002."""
    checks = case.data["checks"]
    spared = {
        profession
        for hit in case.hits
        if hit.kind == NEGATED and hit.id in checks["direction-tasks"]
        for profession in hit.professions
    }  # `technologists do not work under PGDs`
    for hit in case.hits:
        direct = hit.id in checks["direction-tasks"]
        if hit.kind not in COUNTING or not direct:
            continue
        barred: list[OpenTo] = []
        able: list[OpenTo] = []
        for group, finding in case.findings(hit):
            if group.profession in spared:
                continue
            routes = [route for act in finding.acts for route in act.routes if route.route == checks["direction-route"]]
            if routes:
                (barred if all(route.state == BARRED for route in routes) else able).append(group)
        if barred:
            registered = case.plural(able) if able else "professions on the list of the regulations"
            yield case.wording("W002", hit.start, hit.end, groups=case.plural(barred), registered=registered)


def _reserved(case: Case) -> Iterator[Wording]:
    """W003, W004, W005."""
    for code in ("W003", "W004", "W005"):
        act = case.data["checks"][code]
        words = set(case.data["checks"].get(f"{code}-words", ()))
        for hit in case.hits:
            if hit.kind not in COUNTING or (words and not words & set(plain(hit.quote).split())):
                continue
            barred = [
                group
                for group, finding in case.findings(hit)
                if any(one.act.id == act and one.verdict == BARRED for one in finding.acts)
            ]
            if barred:
                yield case.wording(code, hit.start, hit.end, groups=case.plural(barred))


def _severity(finding: Finding) -> str:
    return str(finding.decision.task["harm"]["severity"])


def _assurance(case: Case) -> Iterator[Wording]:
    """W006, W007."""
    soft = bool(case.asked) and all(item.strength == DESIRABLY for item in case.asked)
    if case.post.trainee or not (case.status == NOTHING or soft):
        return
    worst: tuple[int, TaskHit, Finding, list[OpenTo]] | None = None
    for hit in case.hits:
        if hit.kind not in COUNTING or hit.id in case.data["checks"]["no-patient"]:
            continue
        risky = [
            (group, finding)
            for group, finding in case.findings(hit)
            if finding.gap in WIDE and finding.registration_adds.assures and _severity(finding) in _GRAVE
        ]
        if risky:
            grade = _GRAVE.index(_severity(risky[0][1]))
            if worst is None or grade > worst[0]:
                worst = (grade, hit, risky[0][1], [group for group, _ in risky])
    if worst:
        _, hit, finding, groups = worst
        start, end = (case.asked[0].start, case.asked[0].end) if soft else (hit.start, hit.end)
        yield case.wording(
            "W007" if soft else "W006",
            start,
            end,
            task=finding.label,
            harm=finding.decision.task["harm"]["severity"],
            groups=case.plural(groups),
            registers=case.registers(),
        )


def _voluntary(case: Case) -> Iterator[Wording]:
    """W008, W009, W012: what is voluntary, or a framework, is called statutory or law."""
    data, vocabulary = case.law.book.data, case.passage.vocabulary
    for sentence in case.passage.sentences:
        names = [*case.passage.marked(sentence, "register"), *case.passage.marked(sentence, "old-register")]
        voluntary = [item for item in names if vocabulary.kinds[item.label.name] == ACCREDITED]
        statutory = [item for item in names if vocabulary.kinds[item.label.name] == STATUTORY]
        legally = case.passage.marked(sentence, "law", "legally")
        if voluntary:
            title = f"the {data['registers'][voluntary[0].label.name]['title'].removeprefix('The ')}"
            for item in case.passage.marked(sentence, "law", "as-statutory"):
                near = [
                    one
                    for one in voluntary
                    if abs(one.first - item.last) <= _CLOSE or abs(item.first - one.last) <= _CLOSE
                ]
                nearer = (
                    [one for one in statutory if abs(one.first - item.first) < abs(near[0].first - item.first)]
                    if near
                    else []
                )
                between = near and any(
                    min(near[0].first, item.first) < mark.first < max(near[0].first, item.first)
                    for mark in case.passage.marked(sentence, "about", "alternative")
                )
                if near and not nearer and not between and not _denied(case, sentence, item.first):
                    yield _spanning(case, "W008", item, near[0], register=title)
            if legally and not statutory and not _denied(case, sentence, legally[0].first):
                yield _spanning(case, "W009", legally[0], voluntary[0], register=title)
        frameworks = case.passage.marked(sentence, "law", "frameworks")
        if legally and frameworks and not _denied(case, sentence, legally[0].first):
            yield _spanning(case, "W012", legally[0], frameworks[0])
        yield from _never_regulated(case, sentence, statutory, legally)


def _never_regulated(
    case: Case, sentence: Sentence, statutory: Sequence[Any], legally: Sequence[Any]
) -> Iterator[Wording]:
    """W008, W012: a group that no statute regulates is said to be state registered, or to be registered by law."""
    regulated = case.passage.vocabulary.statutory
    named = case.passage.marked(sentence, "group")
    loose = [item for item in named if item.label.name not in regulated]
    if not loose or any(item.label.name in regulated for item in named):
        return
    professions, registers = case.law.book.data["professions"], case.law.book.data["registers"]
    for item in case.passage.marked(sentence, "unnamed", STATUTORY):
        near = [one for one in loose if 0 <= one.first - item.last <= 2]
        accredited = professions[near[0].label.name].get("accredited", ()) if near else ()
        if accredited:
            yield _spanning(case, "W008", item, near[0], register=f"the {registers[accredited[0]]['title']}")
    if legally and statutory and not _denied(case, sentence, legally[0].first):
        yield _spanning(case, "W012", legally[0], loose[0])


def _denied(case: Case, sentence: Sentence, word: int) -> bool:
    """Whether the text itself says that it is not so: `not a statutory register`."""
    return any(0 < word - item.last <= 4 for item in case.passage.marked(sentence, "cue", "negation"))


def _spanning(case: Case, code: str, one: Any, other: Any, **words: str) -> Wording:
    first, last = min(one.first, other.first), max(one.last, other.last)
    return case.wording(code, case.passage.starts[first], case.passage.ends[last], **words)


def _names_of_law(case: Case) -> Iterator[Wording]:
    """W010, W013, W014."""
    passage, registers = case.passage, case.law.book.data["registers"]
    spoken = {(item.start, item.end) for item in case.asked}
    for sentence in passage.sentences:
        for item in passage.marked(sentence, "revoked"):
            about = case.data["revoked"][item.label.number]
            now = about.get("now-by-nation", {}).get(case.law.nation, about["now"])
            yield case.wording("W010", passage.starts[item.first], passage.ends[item.last], now=now)
        old = passage.marked(sentence, "old-register")
        current = {word for item in passage.marked(sentence, "register") for word in item.words}
        for item in old:
            start, end = passage.starts[item.first], passage.ends[item.last]
            known = any(0 < item.first - word.last <= 3 for word in passage.marked(sentence, "law", "formerly"))
            if known or set(item.words) & current:
                continue
            if any(begin <= start and end <= stop for begin, stop in spoken):
                yield case.wording("W013", start, end, register=registers[item.label.name]["title"])
        for item in passage.marked(sentence, "directions", "prescribing-under-pgd"):
            yield case.wording("W014", passage.starts[item.first], passage.ends[item.last])


def _rights(case: Case) -> Iterator[Wording]:
    """W011."""
    spoken = case.spoken()
    if len(spoken) < 2 or any(
        case.passage.marked(sentence, "law", "rights-said") for sentence in case.passage.sentences
    ):
        return
    for hit in case.hits:
        if hit.kind not in COUNTING or not hit.legal:
            continue
        found = [(group, finding) for group, finding in case.findings(hit) if group in spoken]
        worse = [group for group, finding in found if finding.status in (BLOCKED, RESTRICTED)]
        better = [group for group, finding in found if finding.status not in (BLOCKED, RESTRICTED, "unknown")]
        if worse and better:
            label = found[0][1].label
            yield case.wording(
                "W011",
                hit.start,
                hit.end,
                groups=case.plural([group for group, _ in found]),
                task=label,
                example=f"{case.plural(better)} do this by themselves; {case.plural(worse)} only by another route, or not at all",
            )
            return


_CHECKS: tuple[Callable[[Case], Iterator[Wording]], ...] = (
    _title,
    _impossible,
    _direction,
    _reserved,
    _assurance,
    _voluntary,
    _names_of_law,
    _rights,
)
