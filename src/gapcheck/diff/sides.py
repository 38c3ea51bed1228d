"""The two laws to compare, out of what a person names: dates, nations, readings, reforms and lawbooks."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gapcheck.errors import InputError, Problem, nearest, problem
from gapcheck.law.dated import Law
from gapcheck.law.lawbook import Lawbook
from gapcheck.profile.resolve import plain_id


class Side(NamedTuple):
    """One side of a comparison: a lawbook at a date under readings and reforms, in a nation or (empty) in every one."""

    book: Lawbook
    rules: tuple[str, ...]  # the folders of the lawbook; none for the packaged one
    date: str
    nation: str
    readings: Mapping[str, str]
    reforms: tuple[str, ...]

    def law(self, nation: str) -> Law:
        """The law in a nation. Raises InputError for what the lawbook does not know."""
        return self.book.at(self.date, self.nation or nation, self.readings, self.reforms)


class Named(NamedTuple):
    """What the options say: of both sides (`date`, `nation`, `rules`, `readings`, `reforms`), and of each (`before`, `after`)."""

    date: str
    nation: str
    rules: tuple[str, ...]
    readings: Mapping[str, str]
    reforms: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]


def sides(named: Named) -> tuple[Side, Side]:
    """The two sides. Where they would be the same, the law as it is (packaged lawbook, default readings, no reform) is compared
    with what the options say.

    Raises InputError for what the lawbook does not know, and where there is nothing to compare.
    """
    books: dict[tuple[str, ...], Lawbook] = {}
    before, after = _side(named, named.before, "--from", books), _side(named, named.after, "--to", books)
    if before != after:
        return before, after
    if not (named.before or named.after or named.rules or named.readings or named.reforms):
        help = (
            "--from and --to take dates, nations, readings (ID=READING), reforms and folders of a lawbook; "
            "or give --reform, --interpretation or --rules to compare with the law as it is"
        )
        raise problem("diff", "there is nothing to compare", None, help)
    return _side(named._replace(rules=(), readings={}, reforms=()), named.before, "--from", books), after


def nations_of(before: Side, after: Side, nation: str) -> list[tuple[str, str]]:
    """The pairs of nations to compare: the two that were named, the one, or each with itself. `nation`: where not named."""
    if before.nation != after.nation:
        usual = nation or str(before.book.data["assumes"]["nation"])
        return [(before.nation or usual, after.nation or usual)]
    chosen = before.nation or nation
    return [(item, item) for item in ([chosen] if chosen else before.book.data["nations"])]


def _side(named: Named, items: Sequence[str], option: str, books: dict[tuple[str, ...], Lawbook]) -> Side:
    folders = [item for item in items if os.path.isdir(item)]
    rules = tuple(folders) or named.rules
    if rules not in books:
        books[rules] = Lawbook.load(*rules)
    side = Side(books[rules], rules, named.date, named.nation, dict(named.readings), named.reforms)
    problems = []
    for item in items:
        if item not in folders:
            found = _told(side, item, option)
            if isinstance(found, Problem):
                problems.append(found)
            else:
                side = found
    if problems:
        raise InputError(problems)
    return side


def _told(side: Side, item: str, option: str) -> Side | Problem:
    """The side with one thing more that was named of it."""
    data = side.book.data
    if item[:4].isdigit():
        try:
            return side._replace(date=datetime.date.fromisoformat(item).isoformat())
        except ValueError:
            return Problem(option, None, f"`{item}` is not a date", "give a day of the calendar as YYYY-MM-DD")
    name, equals, reading = item.partition("=")
    if equals:
        return side._replace(readings={**side.readings, name: reading})
    if plain_id(item) in data["nations"]:
        return side._replace(nation=plain_id(item))
    if item in data["reforms"]:
        return side._replace(reforms=(*side.reforms, item))
    known = [*data["nations"], *data["reforms"]]
    help = nearest(item, known)
    if not help.startswith("did you mean"):
        help = "name a date, a nation, a reform, a reading (ID=READING) or the folder of a lawbook"
    return Problem(option, None, f"`{item}` is nothing that can be compared", help)
