"""What the findings of a profile still turn on, asked one question at a time until nothing is open or the person stops."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gapcheck.engine.findings import Finding, Report, asked_instead, check, facts_wanted, question
from gapcheck.engine.person import REGISTRATION
from gapcheck.engine.routes import AVAILABLE
from gapcheck.interview.ask import STOP, Asker, StoppedError
from gapcheck.interview.interview import choices_of, values_of
from gapcheck.interview.search import Choice
from gapcheck.law.conditions import ConditionResult
from gapcheck.law.dated import Law
from gapcheck.profile.model import ALLOWS, Attested, Listing, Profile
from gapcheck.profile.resolve import Resolver

ANNOTATION, ENTITLEMENT, ARRANGEMENT = "annotation", "entitlement", "arrangement"


class Open(NamedTuple):
    """A fact that is not stated and on which findings turn. `task`: the place of the one task that it is about, or None
    where it is about the post or the person; `label`: the task that first raises it."""

    fact: str
    task: int | None = None
    label: str = ""


def settle(asker: Asker, profile: Profile, law: Law) -> Profile:
    """The profile with the answers to what its findings turn on."""
    settler = _Settler(asker, profile, law)
    try:
        while (found := settler.next()) is not None:
            settler.ask(found)
    except StoppedError:
        pass
    return settler.whole()


def open_points(report: Report) -> Iterator[Open]:
    """What the findings of a report turn on: first the facts that decide them, then what would make a lawful way open."""
    for index, finding in enumerate(report.findings):
        holders = {name for item in _fails(finding) if item.part == "holder" for name in item.facts}
        for fact in asked_instead(facts_wanted(report.law, finding.decision), report.profile, report.law):
            if fact == REGISTRATION:
                continue  # a profile says it under its registrations
            if fact.startswith(f"{ANNOTATION}."):
                yield Open(ANNOTATION)
            else:
                yield Open(fact, None if fact in holders or fact in ("employer", ALLOWS) else index, finding.label)
    for finding in report.findings:
        for act in finding.decision.way.acts if finding.decision.way else ():
            best = act.best
            for item in best.fails if best and best.state == AVAILABLE else ():
                for fact in item.facts if item.holds is None else ():
                    if fact.partition(".")[0] in (ENTITLEMENT, ARRANGEMENT):
                        yield Open(fact, None, finding.label)


def _fails(finding: Finding) -> Iterator[ConditionResult]:
    return (item for act in finding.acts for route in act.routes for item in route.fails)


def _with(listing: Listing, identity: str) -> Listing:
    return listing._replace(items=(*listing.items, Attested(identity)))


class _Settler:
    """A profile on its way to being settled, and what has been asked already."""

    def __init__(self, asker: Asker, profile: Profile, law: Law) -> None:
        self.asker, self.profile, self.law = asker, profile, law
        self.asked: set[tuple[str, int | None]] = set()
        self.denied: dict[str, bool] = {}  # by kind of listing: nothing else is in place, as far as was asked

    def next(self) -> Open | None:
        """The first open point that has not been asked."""
        return next((item for item in open_points(check(self.profile, self.law)) if item[:2] not in self.asked), None)

    def ask(self, item: Open) -> None:
        """Put an open point as a question, and take the answer into the profile."""
        if not self.asked:
            self.asker.say(f"\nNow what the findings turn on. An empty line: I do not know; {STOP}: no more questions.")
        self.asked.add(item[:2])
        kind, _, identity = item.fact.partition(".")
        if kind == ANNOTATION:
            self._annotations()
        elif kind in (ENTITLEMENT, ARRANGEMENT):
            self._arrangement(kind, identity, item.label)
        else:
            self._fact(item)

    def _annotations(self) -> None:
        """All annotations at once, so that what is not named is known not to be there."""
        known = self.law.book.data["arrangements"]
        choices = [
            Choice(key, about["label"], tuple(about.get("aliases", ())))
            for key, about in known.items()
            if about["kind"] == ANNOTATION
        ]
        some = self.asker.yes_no("Does the register entry carry an annotation, such as that of a prescriber?")
        if some is not None:
            named = self.asker.many("Which? (an empty line ends the list)", choices) if some else []
            listing = Listing(tuple(Attested(name) for name in named), none=True)
            self.profile = self.profile._replace(annotations=listing)

    def _arrangement(self, kind: str, identity: str, label: str) -> None:
        answer = self.asker.yes_no(f"{self.law.book.data['arrangements'][identity]['question']} ({label})")
        if answer and kind == ENTITLEMENT:
            self.profile = self.profile._replace(entitlements=_with(self.profile.entitlements, identity))
        elif answer:
            self.profile = self.profile._replace(arrangements=_with(self.profile.arrangements, identity))
        elif answer is None:
            self.denied[kind] = False
        else:
            self.denied.setdefault(kind, True)

    def _fact(self, item: Open) -> None:
        profile = self.profile
        value = self._value(
            item.fact, question(self.law, item.fact) + (f" ({item.label})" if item.task is not None else "")
        )
        if value is None or value == "":
            return
        if item.task is not None:
            entry = profile.tasks[item.task]
            if item.fact == "medicine":
                entry = entry._replace(medicine=str(value))
            else:
                entry = entry._replace(facts={**entry.facts, item.fact: value})
            tasks = [entry if n == item.task else one for n, one in enumerate(profile.tasks)]
            self.profile = profile._replace(tasks=tuple(tasks))
        elif item.fact == "holder.profession":
            held = [one if one.held_as else one._replace(held_as=str(value)) for one in profile.registrations]
            self.profile = profile._replace(registrations=tuple(held))
        elif item.fact == "employer":
            self.profile = profile._replace(employer=str(value))
        else:
            self.profile = profile._replace(facts={**profile.facts, item.fact: value})

    def _value(self, fact: str, text: str) -> str | bool | None:
        """The answer in the form that the lawbook uses; None or empty for `I do not know`."""
        about, aliases = self.law.book.items("facts").get(fact, {}), self.law.book.aliases
        if about.get("type") == "boolean":
            return self.asker.yes_no(text)
        if about.get("type") == "choice":
            return self.asker.one(text, values_of(about), stops=True)
        for name, kind in (("medicine", "medicines"), ("holder.profession", "professions")):
            if fact == name:
                return self.asker.one(
                    text, choices_of(self.law.book.items(kind), aliases.get(kind, {})), shown=0, stops=True
                )
        given = self.asker.text(text, stops=True)
        return str(Resolver(self.law.book, "answer", lenient=True).fact(fact, given, ())[1]) if given else None

    def whole(self) -> Profile:
        """The profile, saying also what is known not to be in place."""
        profile = self.profile
        if self.denied.get(ENTITLEMENT):
            profile = profile._replace(entitlements=profile.entitlements._replace(none=True))
        if self.denied.get(ARRANGEMENT):
            profile = profile._replace(arrangements=profile.arrangements._replace(none=True))
        return profile
