"""What the cells of a table of posts state: read by the same resolver as a profile file, names as people type them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from gapcheck.errors import InputError, Problem
from gapcheck.law.lawbook import Lawbook
from gapcheck.profile.model import Attested, Listing, Registration
from gapcheck.profile.question import registration_of, stated_facts
from gapcheck.profile.read import is_date
from gapcheck.profile.resolve import Resolver

SEPARATOR = ";"
NOTHING = "none"  # the word that says that nothing is in place
Value = TypeVar("Value")


class Cells:
    """Reads cells. Each method gives the value of one, or raises InputError with what is wrong. `nation`: goes before what a
    cell says."""

    def __init__(self, book: Lawbook, nation: str | None) -> None:
        self._book = book
        self._nation = nation

    def nation(self, text: str) -> str:
        """The nation of a post; that of `--nation` goes before it."""
        if not (self._nation or text):
            raise _refused("the nation is not stated", "add the column, or --nation, or --set nation=ID")
        return self._one("nations", self._nation or text)

    def profession(self, text: str) -> str:
        if not text:
            raise _refused("the profession is not stated", "")
        return self._one("professions", text)

    def employer(self, text: str) -> str:
        resolver = self._resolver()
        found = resolver.choice("kind of employer", text, [*self._book.data["facts"]["employer"]["values"], ""], ())
        return _good(resolver, found)

    def registrations(self, text: str) -> tuple[Registration, ...]:
        """As in `hcpc:registered:diagnostic-radiographer; rct`."""
        resolver = self._resolver()
        found = tuple(registration_of(resolver, _tight(item)) for item in parts(text) if item != NOTHING)
        return _good(resolver, found)

    def listing(self, kind: str) -> Callable[[str], Listing]:
        """A reader of annotations, entitlements or arrangements, as in `pgd; irmer-protocols:2027-06-30; none`."""

        def read(text: str) -> Listing:
            items = parts(text)
            resolver = self._resolver()
            stated = tuple(_attested(resolver, item) for item in items if item != NOTHING)
            return _good(resolver, resolver.listing(kind, Listing(stated, NOTHING in items), ()))

        return read

    def facts(self, text: str) -> tuple[tuple[str, Any], ...]:
        """As in `emergency=no; als-certificate=yes`."""
        resolver = self._resolver()
        return _good(resolver, tuple(sorted(stated_facts(resolver, tuple(parts(text))).items())))

    def scopes(self, text: str) -> tuple[str, ...]:
        resolver = self._resolver()
        return _good(resolver, tuple(resolver.id("scopes", item, ()) for item in parts(text)))

    def task(self, text: str) -> tuple[str, str]:
        """A task and the medicine, as in `administer-iv-contrast` or `administer-radiopharmaceutical:tc-99m`."""
        resolver = self._resolver()
        name, _, medicine = _tight(text).partition(":")
        found = resolver.id("tasks", name, ()), resolver.id("medicines", medicine, ()) if medicine else ""
        return _good(resolver, found)

    def _one(self, kind: str, name: str) -> str:
        resolver = self._resolver()
        return _good(resolver, resolver.id(kind, name, ()))

    def _resolver(self) -> Resolver:
        return Resolver(self._book, "", lenient=True)


def parts(text: str) -> list[str]:
    """The items of a cell."""
    return [item for item in (part.strip() for part in text.split(SEPARATOR)) if item]


def _tight(text: str) -> str:
    return ":".join(part.strip() for part in text.split(":"))


def _attested(resolver: Resolver, text: str) -> Attested:
    name, colon, until = text.partition(":")
    until = until.strip()
    if colon and not is_date(until):
        resolver.say((), f"`{until}` is not a date", "write ID:YYYY-MM-DD, the last day on which it holds")
    return Attested(name.strip(), until=until)


def _refused(message: str, help: str) -> InputError:
    return InputError([Problem("", None, message, help)])


def _good(resolver: Resolver, value: Value) -> Value:
    if resolver.problems:
        raise InputError(resolver.problems)
    return value
