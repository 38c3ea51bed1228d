"""What the cells of a post state: each distinct cell is read once, by the same resolver as a profile file.

The value of a cell is put in the form that the engine tells apart: an attestation that is still good counts as one without an
end, since the engine treats it so; one that has run out is kept whole, since the finding says so.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import polars as pl

from gapcheck.errors import InputError, Problem
from gapcheck.law.lawbook import Lawbook
from gapcheck.profile.model import REGISTERED, Attested, Listing
from gapcheck.profile.question import registration_of, stated_facts
from gapcheck.profile.read import STATUSES, is_date
from gapcheck.profile.resolve import Resolver

SEPARATOR = ";"
MAX_CELL = 10_000  # characters
NOTHING = "none"  # the word that says that nothing is in place
UNREAD = 2**32 - 1  # the code of a cell that cannot be read
_NEW = UNREAD - 1  # of one that has not been read
Value = TypeVar("Value")
Parse = Callable[[str], Hashable]


class Cells:
    """Reads cells. Each method gives the value of one, or raises InputError with what is wrong."""

    def __init__(self, book: Lawbook, date: str, nation: str | None) -> None:
        self._book = book
        self._date = date
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

    def registrations(self, text: str) -> tuple[Any, ...]:
        """As in `hcpc:registered:diagnostic-radiographer; rct`. What is not current counts as one status: the engine asks no
        more than that."""
        resolver = self._resolver()
        found = tuple(registration_of(resolver, _tight(item)) for item in parts(text) if item != NOTHING)
        return _good(
            resolver, tuple(item if item.status == REGISTERED else item._replace(status=STATUSES[-1]) for item in found)
        )

    def listing(self, kind: str) -> Callable[[str], Listing]:
        """A reader of annotations, entitlements or arrangements, as in `pgd; irmer-protocols:2027-06-30; none`."""

        def read(text: str) -> Listing:
            items = parts(text)
            resolver = self._resolver()
            stated = tuple(_attested(resolver, item) for item in items if item != NOTHING)
            listing = resolver.listing(kind, Listing(stated, NOTHING in items), ())
            kept = {item if item.until and item.until < self._date else Attested(item.id) for item in listing.items}
            return _good(resolver, listing._replace(items=tuple(sorted(kept))))

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


class Vocabulary:
    """The distinct cells of a column: each is read once, and equal values have one code, however they are written."""

    def __init__(self, parse: Parse) -> None:
        self._parse = parse
        # As long as a series of them lives, even of no length, a text keeps its place in the categories.
        self._texts = pl.Series([], dtype=pl.Categorical(pl.Categories.random()))
        self._codes = pl.Series([], dtype=pl.UInt32)  # by the place of the text
        self._count = 0
        self._known: dict[Hashable, int] = {}
        self.values: list[Any] = []
        self.problems: dict[str, tuple[Problem, ...]] = {}

    def codes(self, cells: pl.Series) -> pl.Series:
        """The code of the value of each cell, or UNREAD: its place in `values`."""
        texts = cells.cast(self._texts.dtype)
        places = texts.to_physical()
        more = places.max()
        if isinstance(more, int) and more >= self._codes.len():
            new = pl.repeat(_NEW, more + 1 - self._codes.len(), dtype=pl.UInt32, eager=True)
            self._codes = pl.concat([self._codes, new], rechunk=True)
        codes = self._codes.gather(places)
        if (codes == _NEW).any():
            new = texts.filter(codes == _NEW).unique(maintain_order=True)
            read = [self._read(text) for text in new.cast(pl.String)]
            self._codes = self._codes.scatter(new.to_physical(), pl.Series(read, dtype=pl.UInt32))
            self._count += len(read)
            codes = self._codes.gather(places)
        return codes

    def __len__(self) -> int:
        return self._count

    def _read(self, text: str) -> int:
        if len(text) > MAX_CELL:
            self.problems[text] = (Problem("", None, f"a cell of more than {MAX_CELL:,} characters"),)
            return UNREAD
        try:
            value = self._parse(text)
        except InputError as error:
            self.problems[text] = error.problems
            return UNREAD
        code = self._known.setdefault(value, len(self.values))
        if code == len(self.values):
            self.values.append(value)
        return code
