"""The sentences of an answer, put together from the lawbook's own words. Every report uses these and none invents others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gapcheck.engine.assurance import Assurance, Covered
from gapcheck.engine.person import Person, asked_registers, nobody_named, on_terms
from gapcheck.engine.remedies import MISSING, NOT_STATED, RAN_OUT, Need, needed
from gapcheck.engine.routes import ARRANGE, AVAILABLE, BARRED, LAW_ITSELF, OPEN, UNKNOWN, ActResult, RouteResult
from gapcheck.engine.tasks import BLOCKED, LOCAL, RESTRICTED, STATUTE, Decision
from gapcheck.law.assurance import ENTRY, EXTENDED, NONE, OUTSIDE, UNVERIFIED
from gapcheck.law.conditions import PRESUMED, ConditionResult
from gapcheck.law.dated import Law, words
from gapcheck.profile.model import Profile

DIRECTNESS = {
    "own-authority": "on the person's own authority",
    "standing": "under a standing written instruction",
    "individual": "with another professional's act for each patient",
}
_PREDICATES = ("is", "has", "holds", "acts", "follows", "works", "does", "enters")
_SAID_TWICE = re.compile(r" \(presumed(?: not)?(?:, unless said)?\)")
_STATE = {MISSING: "stated to be missing", RAN_OUT: "ran out", NOT_STATED: "not stated"}


def title(law: Law, route: str) -> str:
    """The name of a route, as it stands within a sentence."""
    text = str(law.book.data["routes"][route]["title"])
    return text if text[:2].isupper() else text[0].lower() + text[1:]


def cited(route: RouteResult) -> str:
    """The first provisions of a route, in brackets."""
    names = [item.title for item in route.law[:2]]
    names += dict.fromkeys(not_yet_seen(item.announced) for item in route.law if item.announced)
    return f" ({'; '.join(names)})" if names else ""


def not_yet_seen(day: str) -> str:
    """What is said of law whose day is only announced."""
    return f"announced for {day}; the order that brings it into force was not seen"


def way(decision: Decision) -> str:
    """The way of an any-of task on which the status rests: its acts."""
    if decision.way is None or len(decision.ways) < 2:
        return ""
    return "; ".join(_act_and_route(act) for act in decision.way.acts)


def _act_and_route(act: ActResult) -> str:
    return f"{act.act.title}: {act.best.route}" if act.best and act.best.state != BARRED else act.act.title


def why(
    law: Law, decision: Decision, gaps: Sequence[tuple[ActResult, Sequence[RouteResult]]], needs: Sequence[Need]
) -> str:
    """Why a task has its status, in a sentence or two."""
    if decision.status == UNKNOWN:
        return f"It may be {', '.join(decision.possible[:-1])} or {decision.possible[-1]}: {_open_point(decision)}."
    if decision.status == BLOCKED:
        return " ".join(_blocked(act) for act, _ in gaps)
    if decision.status == ARRANGE:
        return f"{_not_until(needs)} {lawful(law, decision)}"
    if decision.status == RESTRICTED:
        return " ".join(_restricted(law, decision, act, routes) for act, routes in gaps)
    harm = decision.task["harm"]
    grave = f"Done badly, the harm would be {harm['severity']}: {harm['text']}"
    return f"{lawful(law, decision)} {grave} {assured(law, decision.assurance)}"


def _not_until(needs: Sequence[Need]) -> str:
    """What a task waits for."""
    wanted = [need for need in needs if need.state != NOT_STATED]
    listed = "; ".join(f"{need.what} ({_STATE[need.state]})" for need in wanted)
    return f"Not lawful until this is in place: {listed}."


def assured(law: Law, assurance: Assurance) -> str:
    """What assures the person for a task, in a sentence for each register and one for the duties."""
    parts = [cover(law, item) for item in assurance.registers] or [
        "The person holds no statutory or accredited registration in force."
    ]
    if assurance.duties:
        parts.append(f"By law, whatever the register: {'; '.join(assurance.duties)}.")
    else:
        parts.append("No statute held here lays a duty on the person for it.")
    return " ".join(parts)


def cover(law: Law, held: Covered) -> str:
    """Whether an entry in a register covers a task, in a sentence."""
    who = _registration(law, held)
    if not held.entry.profession:
        return f"{who} covers this work or not, as the profession that it is held as; nobody has said which that is."
    if held.entry.reaches is None and held.cover.how != OUTSIDE:
        return f"{who} is on terms, and nobody has said whether they reach this work."
    if held.entry.reaches is False:
        return f"{who} is on terms that do not reach this work."
    unread = " (unverified)" if held.cover.confidence == UNVERIFIED else ""
    if held.cover.how == ENTRY:
        return f"{who} covers this work{unread}."
    if held.cover.how == EXTENDED:
        return f"{who} does not assess this work for entry; it is reached by later training{unread}."
    return f"{who} does not cover this work."


def covers_nothing(law: Law, tasks: Sequence[Assurance]) -> tuple[str, ...]:
    """A sentence for each entry in a register that covers none of some tasks, and does not reach one by later training;
    nothing where no harm to speak of can come of any of them."""
    said: list[str] = []
    if all(assurance.gap == NONE for assurance in tasks):
        return ()
    for held in zip(*(assurance.registers for assurance in tasks), strict=True):
        known = held[0].entry.profession and held[0].entry.reaches is not False
        if known and all(item.cover.how == OUTSIDE for item in held):
            reasons = dict.fromkeys(item.cover.says for item in held)
            why = next(iter(reasons)) if len(reasons) == 1 else ""
            said.append(f"{_registration(law, held[0])} covers none of the work of this post. {why}".rstrip())
    return tuple(said)


def _registration(law: Law, held: Covered) -> str:
    kind = "" if held.entry.statutory else ", which is voluntary,"
    return f"Registration with the {law.book.data['registers'][held.entry.register]['title']}{kind}"


def _open_point(decision: Decision) -> str:
    """Why a status cannot be told: facts that nobody stated, or law that the lawbook does not hold."""
    return _unsettled(route for way in decision.ways for act in way.acts for route in act.unknown)


def _unsettled(routes: Iterable[RouteResult]) -> str:
    fails = [item for route in routes for item in route.fails if item.holds is None]
    reasons = dict.fromkeys(item.wanted.rstrip(".") for item in fails if item.facts == LAW_ITSELF)
    return (
        f"the lawbook does not say ({'; '.join(reasons)})" if reasons else "that depends on facts that are not stated"
    )


def nearest(act: ActResult) -> RouteResult:
    """The barred route that comes nearest to being open."""
    return min(act.routes, key=lambda route: (any(item.remedy == "cannot" for item in route.fails), len(route.fails)))


def _blocked(act: ActResult) -> str:
    route = nearest(act)
    said = route.rule.say.get(BARRED) if route.rule else _wanted(route.fails)
    return f"{said}{cited(route)}"


def _restricted(law: Law, decision: Decision, act: ActResult, routes: Sequence[RouteResult]) -> str:
    if act.act.force != STATUTE:
        route = nearest(act)
        said = route.rule.say.get(BARRED if act.verdict == BARRED else UNKNOWN, "") if route.rule else ""
        what = "local policy" if any(item.kind == LOCAL for item in route.law) else "a framework"
        return f"{said}{cited(route)} That is {what} and not law."
    assert act.best is not None
    lawful = max((item for item in act.routes if item.state in (OPEN, AVAILABLE)), key=lambda item: item.level)
    first = f"Lawful only by this route: {title(law, lawful.route)}, {DIRECTNESS[lawful.directness]}{cited(lawful)}."
    theirs = _comparator_route(decision, act)
    if theirs is None:
        return first
    plural = law.book.data["professions"][decision.comparator]["plural"]
    own = next((route for route in routes if route.route == theirs.route), None)
    bar = f" {own.rule.say[BARRED]}" if own and own.rule and own.state == BARRED and BARRED in own.rule.say else ""
    return f"{first} Registered {plural} have a more direct one: {title(law, theirs.route)}{cited(theirs)}.{bar}"


def _comparator_route(decision: Decision, act: ActResult) -> RouteResult | None:
    """The most direct route that the comparator has to the act, or else to the act that its own best way takes."""
    if decision.against is None or decision.way is None:
        return None
    theirs = next((item for item in decision.way.comparator if item.act.id == act.act.id), None)
    if decision.way is not decision.against:
        theirs = min(decision.against.comparator, key=lambda item: item.level)
    return most_direct(theirs) if theirs else None


def most_direct(act: ActResult) -> RouteResult | None:
    """The most direct route that is open or available."""
    lawful = [route for route in act.routes if route.state in (OPEN, AVAILABLE)]
    return max(lawful, key=lambda route: route.level, default=None)


def lawful(law: Law, decision: Decision) -> str:
    """By which routes a task is lawful, in a sentence for each."""
    if decision.way is None:
        return "No provision that we know reserves this task."
    parts = []
    for act in decision.way.acts:
        if act.best is None:
            parts.append(f"{act.act.title}: open to anyone, subject to its duties.")
        elif act.best.state == UNKNOWN:
            parts.append(f"{act.act.title}: cannot be told{_not_held(act.best)}.")
        else:
            parts.append(f"Lawful by this route: {title(law, act.best.route)}{cited(act.best)}{_still(law, act.best)}.")
    return " ".join(dict.fromkeys(parts))


def _not_held(route: RouteResult) -> str:
    """Where the lawbook does not hold the law of an act then and there: from when it does."""
    return next(
        (f"; the lawbook {item.wanted.removeprefix('it ')}" for item in route.fails if item.facts == LAW_ITSELF), ""
    )


def _still(law: Law, route: RouteResult) -> str:
    wanted = [text for text in (needed(law, item) for item in route.fails) if text != title(law, route.route)]
    return f"; still needed: {', '.join(wanted)}" if wanted else ""


def presumed(route: RouteResult) -> str:
    """What an answer takes for granted because nobody stated it, each said of what it is about."""
    taken = [_of_its_subject(item) for item in route.conditions if item.found == PRESUMED]
    return f" Presumed, as it is not stated: {'; '.join(taken)}." if taken else ""


def _of_its_subject(condition: ConditionResult) -> str:
    """What a condition asks for as a clause: of the person, of the medicine or of the case. What an arrangement asks for may be
    a clause already."""
    wanted = _SAID_TWICE.sub("", condition.wanted)
    if condition.part == "arrangements" and wanted.split()[0] not in _PREDICATES:
        return wanted
    subject = "the person" if condition.part != "circumstances" else "it"
    subject = "the medicine" if condition.fact.startswith("medicine") else subject
    return f"{subject}, {wanted}" if wanted.startswith("if ") else f"{subject} {wanted}"


def _wanted(fails: Sequence[ConditionResult]) -> str:
    return "That would take a case that " + " and ".join(item.wanted for item in fails) + "."


def upcoming(
    law: Law, since: str, before: Decision, after: Decision, changed: Sequence[tuple[ActResult, ActResult]]
) -> str:
    """What a coming change of the law does to a task: its status where that changes, and its acts. `law`: that of the day;
    `since`: the day in words."""
    parts = [f"{before.status} becomes {after.status}"] if before.status != after.status else []
    parts += [f"{new.act.title}: {_verdict(law, old, new)}" for old, new in changed]
    if not changed and after.comparator:
        parts.append(f"other ways are open to registered {law.book.data['professions'][after.comparator]['plural']}")
    return f"{since}: {'; '.join(dict.fromkeys(parts))}."


def upcoming_act(law: Law, since: str, before: ActResult, after: ActResult) -> str:
    """What a coming change of the law does to the answer to a question: the verdict, or else the ways that change."""
    if (before.verdict, before.best and before.best.route) != (after.verdict, after.best and after.best.route):
        return f"{since}: {_verdict(law, before, after)}."
    pairs = zip(before.routes, after.routes, strict=True)
    ways_ = [
        f"{title(law, new.route)}: {old.state} becomes {new.state}" for old, new in pairs if old.state != new.state
    ]
    return f"{since}: {'; '.join(ways_)}."


def since(date: str, announced: bool) -> str:
    """A day from which law will be in force, in words."""
    return f"From {words(date)}{' (the day announced)' if announced else ''}"


def _verdict(law: Law, before: ActResult, after: ActResult) -> str:
    """A verdict to come with its way, or with the way that it closes."""
    if after.best is not None and after.verdict != BARRED:
        return f"{after.verdict} by {title(law, after.best.route)}"
    if before.best is None or before.verdict == BARRED:
        return after.verdict
    return f"{after.verdict}, no longer {before.verdict} by {title(law, before.best.route)}"


def holder(law: Law, profile: Profile, person: Person) -> str:
    """The person in words: profession and registers held."""
    data = law.book.data
    profession = data["professions"][profile.profession]["title"].lower() if profile.profession else "person"
    held = [
        data["registers"][register]["title"]
        for register in data["registers"]
        if person.facts.get(f"registration.{register}")
    ]
    article = "An" if profession[0] in "aeiou" else "A"
    if on_terms(profile, law):
        statuses = data.get("registration-statuses", {})
        said = dict.fromkeys(
            statuses.get(entry.status, {})
            .get("held", "registered with the {}")
            .format(data["registers"][entry.register]["title"])
            for entry in profile.registrations
        )
        return f"{article} {profession} {' and '.join(said)}"
    if asked_registers(profile, law):
        return f"{article} {profession} of whom no register is stated"
    if nobody_named(profile):
        return "A person of whom neither profession nor register is stated"
    if not (held or profile.registers_stated or profile.registrations):
        return f"{article} {profession}"
    return f"{article} {profession} " + (f"registered with the {' and the '.join(held)}" if held else "on no register")


ASKS_WHO = "Who is the person: of which profession, and on which register, if on any?"


def asks_register(law: Law, registers: Iterable[str]) -> str:
    """The question whether a person is on the statutory register of the profession."""
    titles = " or the ".join(str(law.book.data["registers"][register]["title"]) for register in registers)
    return f"Is the person registered with the {titles}?"


def does(law: Law, act: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    """What an act does in a case: with the medicine by its name, and with the title that is used."""
    text, medicine = str(act["does"]), law.book.data["medicines"].get(facts.get("medicine", ""))
    if medicine and "of" in act:
        name, _, form = medicine["label"].rpartition(" ")  # an injection that is given by injection would be said twice
        twice = name and f" by {form}" in text
        text = text.replace(act["of"], name.removesuffix(" by") if twice else medicine["label"])
    shown = facts.get(act.get("shows", ""))
    return f"{text} “{shown.replace('-', ' ')}”" if shown else text


def answer(law: Law, profile: Profile, person: Person, act: ActResult, facts: Mapping[str, Any]) -> str:
    """The answer to `may this person do this act?` in one sentence."""
    who, done = act.act.data.get("by") or holder(law, profile, person), does(law, act.act.data, facts)
    place = f"in {law.book.data['nations'][law.nation]} on {words(law.date)}"
    if act.best is None:
        return f"{who} may {done} {place}: nobody is excluded, subject to the duties below."
    route, bar = act.best, " (a framework asks for it; the law does not)" if act.act.force != STATUTE else ""
    if act.verdict == OPEN:
        return f"{who} may {done} {place}, by this route: {title(law, route.route)}{cited(route)}.{presumed(route)}"
    if act.verdict == AVAILABLE:
        way_ = f"{title(law, route.route)}{cited(route)}{_still(law, route)}"
        return f"{who} may {done} {place}, by this route: {way_}.{presumed(route)}"
    if act.verdict == UNKNOWN:
        return f"Whether {who[0].lower()}{who[1:]} may {done} {place} cannot be told: {_unsettled(act.unknown)}."
    said = nearest(act)
    reason = said.rule.say.get(BARRED, "") if said.rule else _wanted(said.fails)
    return f"{who} may not {done} {place}{bar}: {reason[0].lower() + reason[1:]}{cited(said)}"
