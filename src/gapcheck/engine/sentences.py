"""The sentences of an answer, put together from the lawbook's own words. Every report uses these and none invents others."""

from __future__ import annotations

from collections.abc import Sequence

from gapcheck.engine.person import ACCREDITED, STATUTORY, Person
from gapcheck.engine.routes import AVAILABLE, BARRED, OPEN, UNKNOWN, ActResult, RouteResult
from gapcheck.engine.tasks import BLOCKED, CLEAR, RESTRICTED, STATUTE, Decision
from gapcheck.law.conditions import ConditionResult
from gapcheck.law.dated import Law, words
from gapcheck.profile.model import Profile

_DIRECTNESS = {
    "own-authority": "on the person's own authority",
    "standing": "under a standing written instruction",
    "individual": "with another professional's act for each patient",
}
_ASSURED = {
    ACCREDITED: "only a voluntary (accredited) register assures the person",
    "none": "no register assures the person",
}


def title(law: Law, route: str) -> str:
    """The name of a route, as it stands within a sentence."""
    text = str(law.book.data["routes"][route]["title"])
    return text if text[:2].isupper() else text[0].lower() + text[1:]


def cited(route: RouteResult) -> str:
    """The first provisions of a route, in brackets."""
    names = [item.title for item in route.law[:2]]
    return f" ({'; '.join(names)})" if names else ""


def way(decision: Decision) -> str:
    """The way of an any-of task on which the status rests: its acts."""
    if decision.way is None or len(decision.ways) < 2:
        return ""
    return "; ".join(_act_and_route(act) for act in decision.way.acts)


def _act_and_route(act: ActResult) -> str:
    return f"{act.act.title}: {act.best.route}" if act.best and act.best.state != BARRED else act.act.title


def why(law: Law, person: Person, decision: Decision, gaps: Sequence[tuple[ActResult, Sequence[RouteResult]]]) -> str:
    """Why a task has its status, in a sentence or two."""
    if decision.status == UNKNOWN:
        return f"It may be {' or '.join(decision.possible)}: that depends on facts that are not stated."
    if decision.status == BLOCKED:
        return " ".join(_blocked(act) for act, _ in gaps)
    if decision.status == RESTRICTED:
        return " ".join(_restricted(law, decision, act, routes) for act, routes in gaps)
    lawful = _lawful(law, decision)
    if decision.status == CLEAR:
        assured = {STATUTORY: "A statutory register assures the person."}.get(person.assurance, "Harm would be low.")
        return f"{lawful} {assured}"
    severity = decision.task["severity"]
    return f"{lawful} But {_ASSURED[person.assurance]}, and harm would be {severity['rating']}: {severity['harm']}"


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
        said = route.rule.say.get(BARRED, "") if route.rule else ""
        return f"{said}{cited(route)} That is a framework and not law."
    assert act.best is not None
    lawful = max((item for item in act.routes if item.state in (OPEN, AVAILABLE)), key=lambda item: item.level)
    first = f"Lawful only by {title(law, lawful.route)}, {_DIRECTNESS[lawful.directness]}{cited(lawful)}."
    theirs = _comparator_route(decision, act)
    if theirs is None:
        return first
    plural = law.book.data["professions"][decision.comparator]["plural"]
    own = next((route for route in routes if route.route == theirs.route), None)
    bar = f" {own.rule.say[BARRED]}" if own and own.rule and own.state == BARRED and BARRED in own.rule.say else ""
    return f"{first} Registered {plural} have {title(law, theirs.route)}{cited(theirs)}.{bar}"


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


def _lawful(law: Law, decision: Decision) -> str:
    if decision.way is None:
        return "No provision that we know reserves this task."
    parts = []
    for act in decision.way.acts:
        if act.best is None:
            parts.append(f"{act.act.title}: open to anyone, subject to its duties.")
        else:
            still = (
                ""
                if act.best.state == OPEN
                else " once this is in place: " + "; ".join(item.wanted for item in act.best.fails)
            )
            parts.append(f"Lawful by {title(law, act.best.route)}{cited(act.best)}{still}.")
    return " ".join(dict.fromkeys(parts))


def _wanted(fails: Sequence[ConditionResult]) -> str:
    return "It would have to be that the case " + " and ".join(item.wanted for item in fails) + "."


def upcoming(law: Law, acts: Sequence[ActResult], date: str) -> str:
    """What a coming change of the law does to the acts of a task."""
    ways_ = [f"{act.act.title}: {act.verdict} by {title(law, act.best.route)}" for act in acts if act.best]
    return f"From {words(date)}: {'; '.join(ways_)}."


def holder(law: Law, profile: Profile, person: Person) -> str:
    """The person in words: profession and registers held."""
    data = law.book.data
    profession = data["professions"][profile.profession]["title"].lower() if profile.profession else "person"
    held = [
        data["registers"][register]["title"]
        for register in data["registers"]
        if person.facts[f"registration.{register}"]
    ]
    article = "An" if profession[0] in "aeiou" else "A"
    on = f" on the register of the {' and the '.join(held)}" if held else " on no register"
    return f"{article} {profession}{on.replace('register of the Register', 'Register')}"


def answer(law: Law, profile: Profile, person: Person, act: ActResult) -> str:
    """The answer to `may this person do this act?` in one sentence."""
    who, does = holder(law, profile, person), act.act.data["does"]
    place = f"in {law.book.data['nations'][law.nation]} on {words(law.date)}"
    if act.best is None:
        return f"{who} may {does} {place}: nobody is excluded, subject to the duties below."
    route, bar = act.best, " (a framework asks for it; the law does not)" if act.act.force != STATUTE else ""
    if act.verdict == OPEN:
        return f"{who} may {does} {place}, by {title(law, route.route)}{cited(route)}."
    if act.verdict == AVAILABLE:
        missing = "; ".join(item.wanted for item in route.fails)
        return f"{who} may {does} {place} by {title(law, route.route)}{cited(route)}, once this is in place: {missing}."
    if act.verdict == UNKNOWN:
        return f"Whether {who[0].lower()}{who[1:]} may {does} {place} depends on facts that are not stated."
    said = nearest(act)
    reason = said.rule.say.get(BARRED, "") if said.rule else _wanted(said.fails)
    return f"{who} may not {does} {place}{bar}: {reason[0].lower() + reason[1:]}{cited(said)}"
