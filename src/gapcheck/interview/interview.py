"""The questions of the guided profile: the post, the person, the tasks, and then whatever the findings still turn on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gapcheck.explain.pages import title_of
from gapcheck.interview.ask import Asker
from gapcheck.interview.search import Choice
from gapcheck.law.dated import Law
from gapcheck.law.lawbook import Lawbook
from gapcheck.profile.model import Profile, Registration, TaskEntry
from gapcheck.profile.read import MAX_TASKS, STATUSES


def interview(asker: Asker, book: Lawbook, date: str) -> Profile:
    """A profile out of what a person answers: the post, the person and the tasks. Raises InputError where the answers end
    before that."""
    data = book.data
    title = asker.text("What is the title of the post?", needed=True)
    nation = asker.one("In which nation is the work done?", choices_of(data["nations"]), needed=True)
    law = book.at(date, nation)
    employer = asker.one(
        f"{data['facts']['employer']['question']} (an empty line: not stated)", values_of(data["facts"]["employer"])
    )
    band = asker.text("Which pay band is it? (an empty line: not stated)")
    scopes = asker.many(
        "Which scopes of practice does the post have? (an empty line ends the list)", choices_of(data["scopes"])
    )
    profession = asker.one(
        "In which profession does the person work? Type part of its name, or ? for the list",
        choices_of(data["professions"], book.aliases.get("professions", {})),
        shown=0,
        needed=True,
    )
    registrations = _registrations(asker, law, profession)
    tasks = _tasks(asker, law, scopes)
    return Profile(
        profession=profession,
        nation=nation,
        title=title,
        employer=employer,
        band=band,
        scopes=tuple(scopes),
        registrations=tuple(registrations),
        tasks=tuple(TaskEntry(task) for task in tasks),
    )


def choices_of(items: Mapping[str, Any], aliases: Mapping[str, str] | None = None) -> list[Choice]:
    """Choices out of a kind of the lawbook: by id, title, and the other names that it has."""
    others: dict[str, list[str]] = {}
    for alias, identity in (aliases or {}).items():
        others.setdefault(identity, []).append(alias)
    return [
        Choice(key, item if isinstance(item, str) else title_of(item), tuple(others.get(key, ())))
        for key, item in items.items()
    ]


def values_of(fact: Mapping[str, Any]) -> list[Choice]:
    """Choices out of the values of a fact."""
    return [Choice(value, value.replace("-", " ")) for value in fact["values"]]


def _registrations(asker: Asker, law: Law, profession: str) -> list[Registration]:
    """The registers that the person is on, those of the profession offered first."""
    data = law.book.data
    own = [*law.registers_of(profession), *data["professions"][profession].get("accredited", ())]
    every = choices_of(data["registers"], law.book.aliases.get("registers", {}))
    every.sort(key=lambda choice: own.index(choice.id) if choice.id in own else len(own))
    plural = data["professions"][profession]["plural"]
    if not own:
        asker.say(f"\nNo register is open to {plural}; ? lists them all.")
    found: list[Registration] = []
    while True:
        again = "another register" if found else "a register"
        held = {item.register for item in found}
        shown = sum(register not in held for register in own)
        left = [choice for choice in every if choice.id not in held]
        register = asker.one(f"Is the person on {again}, or hoping to be? (an empty line: no)", left, shown=shown)
        if not register:
            return found
        title = data["registers"][register]["title"]
        status = asker.one(
            f"How does the person stand with the {title}? (an empty line: {STATUSES[0]})",
            [Choice(status, status.replace("-", " ")) for status in STATUSES],
        )
        held_as = _held_as(asker, law, profession, register)
        found.append(Registration(register, status or STATUSES[0], held_as))


def _held_as(asker: Asker, law: Law, profession: str, register: str) -> str:
    """The profession that an entry is held as: asked where the register keeps several, and not the person's own."""
    data = law.book.data["professions"]
    keeps = {key: item for key, item in data.items() if register in law.registers_of(key)}
    if profession in keeps or len(keeps) < 2:
        return ""
    title = law.book.data["registers"][register]["title"]
    question = f"As which profession is the entry with the {title} held? (an empty line: not known)"
    return asker.one(question, choices_of(keeps, law.book.aliases.get("professions", {})))


def _tasks(asker: Asker, law: Law, scopes: list[str]) -> list[str]:
    """The tasks of the post, found by the words that people use for them; those of its scopes come first."""
    data = law.book.data
    items = sorted(data["tasks"].items(), key=lambda pair: pair[1]["scope"] not in scopes)
    every = [Choice(key, item["label"], tuple(item["synonyms"])) for key, item in items]
    start = sum(item["scope"] in scopes for _, item in items)
    asker.say(
        "\nNow the tasks. Type a word to search for (what people call the task is found too), or ? for the "
        f"{'tasks of these scopes' if start else 'list'}. Several numbers may stand in one line."
    )
    question = "Which tasks does the post have? (an empty line ends the list)"
    return asker.many(question, every, needed=True, start=start)[:MAX_TASKS]
