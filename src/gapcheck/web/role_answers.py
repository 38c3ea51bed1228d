"""The questions that the findings of a role wait for, and what an answer changes in its profile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from gapcheck.engine.findings import Report
from gapcheck.errors import InputError
from gapcheck.interview import settle
from gapcheck.law.lawbook import Lawbook
from gapcheck.profile.model import ALLOWS, Attested, Listing, Profile
from gapcheck.profile.resolve import Resolver
from gapcheck.web.questions import OpenQuestion, put

_LISTINGS = {"annotation": "annotations", "entitlement": "entitlements", "arrangement": "arrangements"}
NONE = "none"


class Wanted(NamedTuple):
    """A question, the task that it is about (its place in the profile; None: the whole post), and the words that say so."""

    question: OpenQuestion
    task: int | None
    about: str

    @property
    def name(self) -> str:
        """By which an address knows it."""
        return self.question.fact if self.task is None else f"{self.question.fact}@{self.task}"


def wanted(report: Report, skip: Iterable[str]) -> list[Wanted]:
    """What the findings wait for, each question once, without those that nobody could answer."""
    passed = set(skip)
    found: dict[str, Wanted] = {}
    for item in settle.open_points(report):
        question = put(report.law, "annotation." if item.fact == "annotation" else item.fact)
        if question is None:
            continue
        label = report.findings[item.task].label if item.task is not None else ""
        one = Wanted(question, item.task, label)
        if one.name not in passed:
            found.setdefault(one.name, one)
    return list(found.values())


def taken(profile: Profile, name: str, values: list[str], book: Lawbook) -> Profile:
    """The profile with an answer. `name`: of the question; `values`: not empty. Raises InputError for what the lawbook does
    not know."""
    fact, _, place = name.partition("@")
    resolver = Resolver(book, "answer", lenient=True)
    if fact == "annotation":
        items = tuple(Attested(value) for value in values if value != NONE)
        listing = resolver.listing("annotation", Listing((*profile.annotations.items, *items), True), ())
        result = profile._replace(annotations=listing)
    elif (kind := fact.partition(".")[0]) in _LISTINGS and kind != "annotation":
        key = _LISTINGS[kind]
        own: Listing = getattr(profile, key)
        added = resolver.listing(kind, Listing((Attested(fact.partition(".")[2]),)), ()).items
        result = _with(profile, key, own._replace(items=(*own.items, *added)))
    else:
        result = _fact(profile, fact, int(place) if place.isdecimal() else None, values[-1], resolver)
    if resolver.problems:
        raise InputError(item._replace(source="answer") for item in resolver.problems)
    return result


def _with(profile: Profile, key: str, listing: Listing) -> Profile:
    return profile._replace(entitlements=listing) if key == "entitlements" else profile._replace(arrangements=listing)


def _fact(profile: Profile, fact: str, place: int | None, value: str, resolver: Resolver) -> Profile:
    if place is not None and place < len(profile.tasks) and fact != ALLOWS:
        entry = profile.tasks[place]
        if fact == "medicine":
            entry = entry._replace(medicine=resolver.id("medicines", value, ()))
        else:
            entry = entry._replace(facts={**entry.facts, **_known(fact, value, resolver)})
        return profile._replace(tasks=(*profile.tasks[:place], entry, *profile.tasks[place + 1 :]))
    if fact == "holder.profession":
        held_as = resolver.id("professions", value, ())
        held = [one if one.held_as else one._replace(held_as=held_as) for one in profile.registrations]
        return profile._replace(registrations=tuple(held))
    if fact == "employer":
        return profile._replace(employer=value)
    return profile._replace(facts={**profile.facts, **_known(fact, value, resolver)})


def _known(fact: str, value: str, resolver: Resolver) -> Mapping[str, Any]:
    key, known = resolver.fact(fact, value, ())
    return {key: known}
