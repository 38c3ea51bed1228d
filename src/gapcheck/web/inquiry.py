"""The question of the Ask page: what stands in its address, the same words as the options of `gapcheck can`."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import zip_longest
from urllib.parse import urlencode

from starlette.datastructures import ImmutableMultiDict

from gapcheck.clock import today
from gapcheck.engine.answers import ActAnswer, ask
from gapcheck.errors import problem
from gapcheck.law.day import day
from gapcheck.law.lawbook import Lawbook
from gapcheck.profile.question import question

Query = ImmutableMultiDict[str, str]
MANY = 60  # values of one kind; more is no question that a person asks
_OPTION = {"facts": "--fact", "reforms": "--reform", "readings": "--interpretation"}
_NAME = {"facts": "fact", "reforms": "reform", "readings": "interpretation"}


def name_of(attribute: str) -> str:
    """The name in the address for what a class calls an attribute."""
    return _NAME.get(attribute, attribute)


@dataclass(frozen=True)
class Inquiry:
    """A question as it stands in an address. `skip`: facts that the person does not know, so that they are not asked again."""

    act: str = ""
    profession: str = ""
    registered: tuple[str, ...] = ()
    annotation: tuple[str, ...] = ()
    entitlement: tuple[str, ...] = ()
    arrangement: tuple[str, ...] = ()
    medicine: str = ""
    facts: tuple[str, ...] = ()
    nation: str = ""
    as_at: str = ""
    reforms: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    skip: tuple[str, ...] = field(default=(), metadata={"page": True})

    @classmethod
    def of(cls, query: Query) -> Inquiry:
        """Out of an address, or out of the fields of the form. Raises InputError for more than a person asks."""
        given: dict[str, str | tuple[str, ...]] = {}
        for item in fields(cls):
            values = tuple(dict.fromkeys(value.strip() for value in query.getlist(name_of(item.name)) if value.strip()))
            if len(values) > MANY:
                raise problem(
                    name_of(item.name),
                    f"{len(values)} values are more than a question holds",
                    None,
                    f"give at most {MANY}",
                )
            given[item.name] = values if isinstance(item.default, tuple) else "".join(values[-1:])
        rows = zip_longest(query.getlist("register"), query.getlist("status"), query.getlist("as"), fillvalue="")
        chosen = [
            ":".join((register, status or "registered", held_as)).rstrip(":")
            for register, status, held_as in rows
            if register
        ]
        asked = cls(**given)  # type: ignore[arg-type]
        plain = [text.removesuffix(":registered") for text in (*asked.registered, *chosen[:MANY])]
        return replace(asked, registered=tuple(dict.fromkeys(plain)))

    def complete(self, book: Lawbook) -> Inquiry:
        """With the day and the nation that go without saying."""
        return replace(self, nation=self.nation or book.data["assumes"]["nation"], as_at=self.as_at or today())

    def pairs(self, page: bool = True) -> list[tuple[str, str]]:
        """Names and values, as they stand in the address. `page`: also what matters to the page alone."""
        found = []
        for item in fields(self):
            if page or not item.metadata.get("page"):
                value = getattr(self, item.name)
                found += [(name_of(item.name), one) for one in (value if isinstance(value, tuple) else (value,)) if one]
        return found

    def address(self, path: str) -> str:
        """The address of a page for this question."""
        query = urlencode(self.pairs())
        return f"{path}?{query}" if query else path

    def answer(self, book: Lawbook) -> ActAnswer:
        """The answer. Raises InputError with everything that the lawbook does not know."""
        asked = question(book, self.act, self.nation, stated(self), ask_register=True)
        law = book.at(day(self.as_at), asked.profile.nation, chosen(self.readings), self.reforms)
        return ask(asked.profile, law, asked.act, asked.case(law))

    def command(self, rules: Sequence[str] = ()) -> str:
        """The command line that gives the same answer."""
        words = ["gapcheck", "can", self.act]
        for name, value in self.pairs(page=False):
            attribute = next((key for key, own in _NAME.items() if own == name), name)
            if name != "act":
                words += [_OPTION.get(attribute, f"--{name.replace('_', '-')}"), value]
        return shlex.join([*words, *(part for folder in rules for part in ("--rules", folder))])


def stated(asked: Inquiry) -> dict[str, object]:
    """The options of `gapcheck can` that a question states."""
    return {
        "profession": asked.profession or None,
        "medicine": asked.medicine or None,
        "registered": asked.registered,
        "annotation": asked.annotation,
        "entitlement": asked.entitlement,
        "arrangement": asked.arrangement,
        "facts": asked.facts,
    }


def chosen(readings: Iterable[str]) -> dict[str, str]:
    """The readings by interpretation. Raises InputError for what is not of the form ID=READING."""
    found = {}
    for item in readings:
        name, equals, reading = item.partition("=")
        if not equals:
            raise problem("--interpretation", f"`{item}` is not of the form ID=READING")
        found[name] = reading
    return found
