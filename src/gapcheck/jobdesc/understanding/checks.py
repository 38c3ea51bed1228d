"""Findings about the wording of a job description. What a group may do is asked of the engine, never asserted here.

Each check gives findings with a code; what a code says and suggests stands in rules/wording/codes.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from gapcheck.engine.assurance import WIDE
from gapcheck.engine.findings import Finding
from gapcheck.engine.person import person_of
from gapcheck.engine.routes import AVAILABLE, BARRED, OPEN, ActResult, RouteResult, decide_act
from gapcheck.engine.tasks import BLOCKED, RESTRICTED
from gapcheck.jobdesc.understanding.case import DescriptionCase
from gapcheck.jobdesc.understanding.passage import Sentence
from gapcheck.jobdesc.understanding.registration import ACCREDITED, DESIRABLY, NOTHING, STATUTORY
from gapcheck.jobdesc.understanding.result import COUNTING, NEGATED, REPLACE, Edit, OpenTo, TaskHit, Wording
from gapcheck.jobdesc.understanding.rewrite import applied, meet
from gapcheck.jobdesc.understanding.vocabulary import plain
from gapcheck.law.dated import Provision
from gapcheck.profile.model import REGISTERED

_GRAVE = ("severe", "catastrophic")
_NAME_ONE = "Name a profession that the register takes"
_LEADING = 2  # provisions of a rule that say who
_CLOSE = 5  # words within which two names belong together


def wording(case: DescriptionCase) -> tuple[Wording, ...]:
    """Every finding, in the order of the text, each with the sentence to write instead. Of findings that say the same of one
    sentence only the worst."""
    found = [item for check in _CHECKS for item in check(case)]
    rewriter, kept = case.rewriter, _once(case, found)
    edits = [edit for item in kept for edit in item.edits]
    done = []
    for item in sorted(kept, key=lambda one: (one.start, one.code)):
        sentence = rewriter.sentence(item.start)
        if sentence is not None:
            start, end = rewriter.span(sentence)
            before, after = (applied(case.passage.document.text, start, end, some) for some in ((), edits))
            found_there = replace(item, before=before)
            done.append(replace(found_there, change=REPLACE, suggest=after) if item.edits else found_there)
        else:
            done.append(item)
    return tuple(done)


def _once(case: DescriptionCase, found: Sequence[Wording]) -> list[Wording]:
    """The findings from the worst, without those that another one of the same sentence makes needless."""
    about = case.rewriter.data["codes"]
    worst = list(case.rewriter.data["kinds"])
    kept: list[Wording] = []
    places: list[Sentence | None] = []
    for item in sorted(found, key=lambda one: (worst.index(about[one.code]["kind"]), one.start, -one.end)):
        sentence = case.rewriter.sentence(item.start)
        same = [one for one, place in zip(kept, places, strict=True) if place is not None and place == sentence]
        if not any(one.code == item.code and one.message == item.message for one in same):
            taken = any(meet(*pair) for one in same for pair in product(item.edits, one.edits))
            kept.append(replace(item, edits=()) if taken else item)  # another rewords these words already
            places.append(sentence)
    codes: dict[Sentence | None, set[str]] = {}
    for item, place in zip(kept, places, strict=True):
        codes.setdefault(place, set()).add(item.code)
    return [
        item
        for item, place in zip(kept, places, strict=True)
        if place is None or not codes[place] & set(about[item.code]["yields-to"])
    ]


def _title(case: DescriptionCase) -> Iterator[Wording]:
    """W001."""
    title = plain(case.post.title)
    text = case.passage.document.text
    start = text.find(case.post.title)
    facts = case.law.book.title_facts("-".join(title.split()))
    if not case.post.titled or "title" not in facts or facts["title"] not in case.law.book.known_titles:
        return
    if _other_title(case, facts["title"]):
        return
    act = case.data["checks"]["title"]
    barred = []
    law: list[Provision] = []
    facts = {"title": facts["title"]}
    for group, report in zip(case.groups, case.reports, strict=True):
        if group.guessed or (case.post.titled and group.profession in case.post.groups):
            continue
        held = tuple(entry._replace(status=REGISTERED) for entry in report.profile.registrations)
        person = person_of(report.profile._replace(registrations=held), case.law)  # once registered
        decided = decide_act(case.law, act, {**person.facts, **facts}, person.capacities)
        if decided.verdict == BARRED:
            barred.append(group)
            law += _law_of(case, decided.routes)
    if barred:
        own = " or ".join(dict.fromkeys(case.law.book.data["professions"][item.profession]["title"] for item in barred))
        words = facts["title"].replace("-", " ")
        at = text.lower().find(words, max(start, 0))
        place = (at, at + len(words)) if at >= 0 else (0, min(len(text), 60))
        titled = text[place[0] : place[0] + 1].isupper() and text[place[0] : place[1]].istitle()
        added = [Edit(place[1], place[1], f" or {own.title() if titled else own.lower()}")] if at >= 0 else []
        yield case.wording(
            "W001", *place, added, law, title=words, groups=case.plural(barred), example=f"{case.post.title} or {own}"
        )


def _other_title(case: DescriptionCase, protected: str) -> bool:
    """Whether the title names another person beside the protected one, for the others to be called by: sonographer/radiographer."""
    persons = set(case.passage.vocabulary.data["posts"]["persons"])
    parts = [set(plain(part).split()) for part in re.split(r"/|\bor\b", case.post.title)]
    own = set(protected.split("-"))
    return len(parts) > 1 and any(part & persons and not part & own for part in parts)


def _impossible(case: DescriptionCase) -> Iterator[Wording]:
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
            instead, sentence = case.instead(item, named), case.rewriter.sentence(item.start)
            yield case.wording(
                "W015",
                item.start,
                item.end,
                case.rewriter.registered(item.start, item.end, instead, sentence) if instead and sentence else (),
                register=register,
                groups=case.plural(groups),
                instead=f"{case.rewriter.data['essential']}: registered {instead}" if instead else _NAME_ONE,
            )


def _titled_in_vain(case: DescriptionCase) -> Sequence[str]:
    """The groups of the title that no statutory register takes, where the text asks for nothing else and names nobody else."""
    known = case.data["checks"]["W015-titles"]
    professions = case.law.book.data["professions"]
    title = f" {plain(case.post.title)} "
    alone = case.post.titled and set(case.post.groups) <= set(known)
    others = any(item.kind != STATUTORY or item.professions for item in case.asked)
    if not alone or others:
        return []
    return [group for group in case.post.groups if f" {plain(professions[group]['title'])} " in title]


def _direction(case: DescriptionCase) -> Iterator[Wording]:
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
        law: list[Provision] = []
        directed = True  # whether each of those barred may act on a direction for the patient
        for group, finding in case.findings(hit):
            if group.profession in spared:
                continue
            routes = [route for act in finding.acts for route in act.routes if route.route == checks["direction-route"]]
            if routes and all(route.state == BARRED for route in routes):
                barred.append(group)
                law += _law_of(case, routes)
                directed = directed and _directed(case, group, finding)
            elif routes:
                able.append(group)
        sentence = case.rewriter.sentence(hit.start)
        if barred and sentence is not None:
            who = case.plural(able)
            edits = case.rewriter.directions(sentence, who) if directed else []
            edits = edits or case.rewriter.handed_over("W002", sentence, who)
            yield case.wording("W002", hit.start, hit.end, edits, law, groups=case.plural(barred))


def _directed(case: DescriptionCase, group: OpenTo, finding: Finding) -> bool:
    """Whether a group may do the acts of a task on a direction for the patient, whatever way the task is named after."""
    report = next(report for one, report in zip(case.groups, case.reports, strict=True) if one == group)
    way = finding.decision.way
    acts = zip(way.acts, way.facts, strict=True) if way else ()
    return any(
        route.route == case.data["checks"]["directed-route"] and route.state != BARRED
        for act, facts in acts
        for route in decide_act(report.law, act.act.id, facts, report.person.capacities).routes
    )


def _reserved(case: DescriptionCase) -> Iterator[Wording]:
    """W003, W004, W005."""
    for code in ("W003", "W004", "W005"):
        act = case.data["checks"][code]
        words = set(case.data["checks"].get(f"{code}-words", ()))
        for hit in case.hits:
            if hit.kind not in COUNTING or (words and not words & set(plain(hit.quote).split())):
                continue
            barred: list[OpenTo] = []
            able: list[OpenTo] = []
            law: list[Provision] = []
            for group, finding in case.findings(hit):
                for one in finding.acts:
                    if one.act.id == act:
                        (barred if one.verdict == BARRED else able).append(group)
                        law += _law_of(case, one.routes)
            sentence = case.rewriter.sentence(hit.start)
            if barred and sentence is not None:
                edits = case.rewriter.reserved(code, sentence, case.plural(able))
                yield case.wording(code, hit.start, hit.end, edits, law, groups=case.plural(barred))


def _law_of(case: DescriptionCase, routes: Sequence[RouteResult]) -> list[Provision]:
    """The provisions that bar routes: those of what the person is not, first."""
    barred = [route for route in routes if route.state == BARRED]
    own = [name for route in barred for item in route.fails if item.part == "holder" for name in item.law]
    return [*map(case.law.book.provision, own), *(item for route in barred for item in route.law[:_LEADING])]


def _severity(finding: Finding) -> str:
    return str(finding.decision.task["harm"]["severity"])


def _assurance(case: DescriptionCase) -> Iterator[Wording]:
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
        sentence = case.rewriter.sentence(start)
        yield case.wording(
            "W007" if soft else "W006",
            start,
            end,
            case.rewriter.wished(sentence) if soft and sentence is not None else (),
            task=finding.label,
            harm=finding.decision.task["harm"]["severity"],
            groups=case.plural(groups),
            registers=case.registers(groups),
        )


def _voluntary(case: DescriptionCase) -> Iterator[Wording]:
    """W008, W009, W012: what is voluntary, or a framework, is called statutory or law."""
    data, vocabulary = case.law.book.data, case.passage.vocabulary
    for sentence in case.passage.sentences:
        names = [*case.passage.marked(sentence, "register"), *case.passage.marked(sentence, "old-register")]
        voluntary = [item for item in names if vocabulary.kinds[item.label.name] == ACCREDITED]
        statutory = [item for item in names if vocabulary.kinds[item.label.name] == STATUTORY]
        legally = case.passage.marked(sentence, "law", "legally")
        if voluntary:
            title = f"the {data['registers'][voluntary[0].label.name]['title'].removeprefix('The ')}"
            by_law = {word for mark in legally for word in mark.words}
            for item in case.passage.marked(sentence, "law", "as-statutory"):
                if by_law.issuperset(item.words):
                    continue  # `a statutory requirement`: registration is called law, not the register statutory
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
                    old = any(one.label.kind == "old-register" for one in near[:1])
                    name = f"{title.removeprefix('the ')}" if old else ""
                    edits = case.rewriter.as_statutory(sentence, item, near[0], name)
                    yield _spanning(case, "W008", (item, near[0]), edits, register=title)
            if legally and not statutory and not _denied(case, sentence, legally[0].first):
                edits = case.rewriter.legally(sentence, legally[0].first, legally[0].last)
                yield _spanning(case, "W009", (legally[0], voluntary[0]), edits, register=title)
        frameworks = case.passage.marked(sentence, "law", "frameworks")
        if legally and frameworks and not _denied(case, sentence, legally[0].first):
            edits = case.rewriter.legally(sentence, legally[0].first, legally[0].last)
            yield _spanning(case, "W012", (legally[0], frameworks[0]), edits)
        yield from _never_regulated(case, sentence, statutory, legally)


def _never_regulated(
    case: DescriptionCase, sentence: Sentence, statutory: Sequence[Any], legally: Sequence[Any]
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
            start, end = case.passage.starts[item.first], case.passage.ends[near[0].last]
            group = case.passage.quote(near[0].first, near[0].last)
            edit = Edit(start, end, f"{group} registered {case.with_register(accredited[0], near[0].label.name)}")
            title = f"the {registers[accredited[0]]['title'].removeprefix('The ')}"
            yield _spanning(case, "W008", (item, near[0]), [edit], register=title)
    if legally and statutory and not _denied(case, sentence, legally[0].first):
        edits = case.rewriter.legally(sentence, legally[0].first, legally[0].last)
        yield _spanning(case, "W012", (legally[0], loose[0]), edits)


def _denied(case: DescriptionCase, sentence: Sentence, word: int) -> bool:
    """Whether the text itself says that it is not so: `not a statutory register`."""
    return any(0 < word - item.last <= 4 for item in case.passage.marked(sentence, "cue", "negation"))


def _spanning(
    case: DescriptionCase, code: str, ends: tuple[Any, Any], edits: Sequence[Edit] = (), register: str = ""
) -> Wording:
    one, other = ends
    first, last = min(one.first, other.first), max(one.last, other.last)
    return case.wording(code, case.passage.starts[first], case.passage.ends[last], edits, register=register)


def _names_of_law(case: DescriptionCase) -> Iterator[Wording]:
    """W010, W013, W014."""
    passage, registers = case.passage, case.law.book.data["registers"]
    spoken = {(item.start, item.end) for item in case.asked}
    for sentence in passage.sentences:
        for item in passage.marked(sentence, "revoked"):
            about = case.data["revoked"][item.label.number]
            now = about.get("now-by-nation", {}).get(case.law.nation, about["now"])
            start, end = passage.starts[item.first], passage.ends[item.last]
            yield case.wording("W010", start, end, [Edit(start, end, now)], now=now)
        old = passage.marked(sentence, "old-register")
        current = {word for item in passage.marked(sentence, "register") for word in item.words}
        for item in old:
            start, end = passage.starts[item.first], passage.ends[item.last]
            known = any(0 < item.first - word.last <= 3 for word in passage.marked(sentence, "law", "formerly"))
            if known or set(item.words) & current:
                continue
            if any(begin <= start and end <= stop for begin, stop in spoken):
                name = registers[item.label.name]["title"]
                yield case.wording("W013", start, end, [Edit(start, end, _as_short(case, item, name))], register=name)
        yield from _closed(case, sentence)
        for item in passage.marked(sentence, "directions", "prescribing-under-pgd"):
            edits = case.rewriter.replaced("W014", sentence)
            yield case.wording("W014", passage.starts[item.first], passage.ends[item.last], edits)


def _closed(case: DescriptionCase, sentence: Sentence) -> Iterator[Wording]:
    """W013: a register that has since become part of another."""
    passage, registers = case.passage, case.law.book.data["registers"]
    joined = {
        item["register"]: item["joined"]
        for item in passage.vocabulary.data["registration"]["names"]
        if "joined" in item
    }
    named = {item.label.name for item in passage.marked(sentence, "register")}
    for item in case.asked:
        successor = joined.get(item.register)
        if not successor or not sentence.start <= item.start < sentence.end:
            continue
        mark = next(one for one in passage.marked(sentence, "register") if one.label.name == item.register)
        formerly = any(0 < mark.first - word.last <= 3 for word in passage.marked(sentence, "law", "formerly"))
        if case.law.date > registers[item.register].get("to", case.law.date) and not formerly:
            start, end = passage.starts[mark.first], passage.ends[mark.last]
            if item.professions and not passage.vocabulary.holders[successor].intersection(item.professions):
                professions = case.law.book.data["professions"]  # it does not take them; another may
                able = [name for group in item.professions for name in professions[group].get("accredited", ())]
                successor = next((name for name in able if name not in joined), successor)
            known = registers[successor]
            short = passage.quote(mark.first, mark.last).isupper() and known.get("short", successor.upper())
            edits = [] if successor in named else [Edit(start, end, short or known["title"])]
            yield case.wording("W013", start, end, edits, register=known["title"])
            return


def _as_short(case: DescriptionCase, item: Any, name: str) -> str:
    """A register's name of today, as short as the old one stands in the text."""
    known = case.law.book.data["registers"][item.label.name]
    written = case.passage.quote(item.first, item.last)
    return (
        str(known.get("short", item.label.name.upper())) if written.isupper() and known["kind"] == STATUTORY else name
    )


def _rights(case: DescriptionCase) -> Iterator[Wording]:
    """W011."""
    spoken = case.spoken()
    if len(spoken) < 2 or any(
        case.passage.marked(sentence, "law", "rights-said") for sentence in case.passage.sentences
    ):
        return
    told = {hit.id for hit in case.hits if hit.professions}  # the text says who does it
    for hit in case.hits:
        if hit.kind not in COUNTING or not hit.legal or hit.id in told:
            continue
        found = [(group, finding) for group, finding in case.findings(hit) if group in spoken]
        worse = [(group, finding) for group, finding in found if finding.status in (BLOCKED, RESTRICTED)]
        better = [group for group, finding in found if finding.status not in (BLOCKED, RESTRICTED, "unknown")]
        sentence = case.rewriter.sentence(hit.start)
        if worse and better and sentence is not None:
            here = [one for one in case.hits if one.kind in COUNTING and sentence.start <= one.start < sentence.end]
            apart = _acts_apart([finding for _, finding in found])
            said = [_way(case, group, finding, apart) for group, finding in found]
            if not apart:
                said = [f"{case.plural([group for group, _ in worse])} {case.rewriter.data['only-by-policy']}"]
            yield case.wording(
                "W011",
                hit.start,
                hit.end,
                case.rewriter.by_group(sentence, hit.end, len({one.id for one in here}) == 1, said),
                [item for _, finding in worse for act in finding.acts for item in _law_of(case, act.routes)],
                groups=case.plural([group for group, _ in found]),
                task=found[0][1].label,
            )
            return


def _ways(act: ActResult) -> frozenset[str]:
    return frozenset(route.route for route in act.routes if route.state in (OPEN, AVAILABLE))


def _acts_apart(findings: Sequence[Finding]) -> frozenset[str]:
    """The acts of a task that groups have to do by different ways."""
    ways: dict[str, set[frozenset[str]]] = {}
    for finding in findings:
        for act in finding.acts:
            ways.setdefault(act.act.id, set()).add(_ways(act))
    return frozenset(name for name, found in ways.items() if len(found) > 1)


def _way(case: DescriptionCase, group: OpenTo, finding: Finding, acts: frozenset[str]) -> str:
    """How a group does those acts, in words: by which of the ways that are open to it, or that it does not do them."""
    if finding.status == BLOCKED:
        return f"not {case.plural([group])}"
    open_to_it = {name for act in finding.acts if act.act.id in acts for name in _ways(act)}
    said = " or ".join(words for route, words in case.rewriter.data["ways"].items() if route in open_to_it)
    return f"{case.plural([group])} {said}".strip()


_CHECKS: tuple[Callable[[DescriptionCase], Iterator[Wording]], ...] = (
    _title,
    _impossible,
    _direction,
    _reserved,
    _assurance,
    _voluntary,
    _names_of_law,
    _rights,
)
