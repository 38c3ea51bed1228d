"""Fields that several forms share: registrations, and lists of what is in place."""

from __future__ import annotations

from collections.abc import Collection
from itertools import zip_longest

from starlette.datastructures import QueryParams

from gapcheck.errors import InputError
from gapcheck.law.lawbook import Lawbook
from gapcheck.profile.model import REGISTERED, Attested, Listing, Profile, Registration
from gapcheck.profile.read import STATUSES
from gapcheck.profile.resolve import Resolver
from gapcheck.web.inquiry import MANY
from gapcheck.web.lists import PageChoice, sentence

NONE = "none"


def registered(query: QueryParams, book: Lawbook) -> tuple[Registration, ...]:
    """The registrations that a form states. Raises InputError for what the lawbook does not know."""
    resolver = Resolver(book, "register1")
    rows = zip_longest(query.getlist("register"), query.getlist("status"), query.getlist("as"), fillvalue="")
    found = [
        Registration(
            resolver.id("registers", register, ()),
            resolver.choice("registration status", status or REGISTERED, list(STATUSES), ()),
            resolver.id("professions", held_as, ()) if held_as else "",
        )
        for register, status, held_as in list(rows)[:MANY]
        if register
    ]
    if resolver.problems:
        raise InputError(resolver.problems)
    return tuple(dict.fromkeys(found))


def listed(query: QueryParams, kind: str, before: Listing, book: Lawbook) -> Listing:
    """What a form states of a kind of arrangement; who vouches for it and until when stays as it was."""
    ticked = list(dict.fromkeys(query.getlist(kind)))[: MANY + 1]
    known = {item.id: item for item in before.items}
    listing = Listing(tuple(known.get(item, Attested(item)) for item in ticked if item != NONE), NONE in ticked)
    resolver = Resolver(book, kind)
    listing = resolver.listing(kind, listing, ())
    if resolver.problems:
        raise InputError(resolver.problems)
    return listing


def said_listing(book: Lawbook, listing: Listing) -> str:
    """A listing in words."""
    labels = [
        sentence(str(book.data["arrangements"][item.id]["label"])) + (f", until {item.until}" if item.until else "")
        for item in listing.items
    ]
    if listing.none:
        labels.append("nothing else" if labels else "nothing")
    return "; ".join(labels) or "not stated"


def stated(book: Lawbook, profile: Profile) -> tuple[PageChoice, ...]:
    """What a profile states besides, each to be left as it is or taken back: its facts, and those of its tasks."""
    found = [PageChoice(key, said_fact(book, key, value)) for key, value in profile.facts.items()]
    for place, entry in enumerate(profile.tasks):
        label = book.data["tasks"][entry.id]["label"]
        if entry.medicine:
            title = book.data["medicines"][entry.medicine]["label"]
            found.append(PageChoice(f"medicine@{place}", f"{sentence(title)}", label))
        found += [
            PageChoice(f"{key}@{place}", said_fact(book, key, value), label) for key, value in entry.facts.items()
        ]
    return tuple(found)


def kept(profile: Profile, names: Collection[str]) -> Profile:
    """The profile with those of its `stated` facts that are still ticked."""
    tasks = tuple(
        entry._replace(
            medicine=entry.medicine if f"medicine@{place}" in names else "",
            facts={key: value for key, value in entry.facts.items() if f"{key}@{place}" in names},
        )
        for place, entry in enumerate(profile.tasks)
    )
    return profile._replace(facts={key: value for key, value in profile.facts.items() if key in names}, tasks=tasks)


def said_fact(book: Lawbook, key: str, value: object) -> str:
    """A fact in words: its question and the answer."""
    question = str(book.items("facts").get(key, {}).get("question", key))
    answer = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
    return f"{question} {sentence(str(answer).replace('-', ' '))}"


def said_registration(book: Lawbook, item: Registration) -> str:
    """A registration in words."""
    held = f" as {book.data['professions'][item.held_as]['title'].lower()}" if item.held_as else ""
    status = "" if item.status == REGISTERED else f", {item.status.replace('-', ' ')}"
    return f"{book.data['registers'][item.register]['title']}{held}{status}"
