"""A role profile in the making, as it travels in the address from page to page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from gapcheck.clock import today
from gapcheck.engine.findings import Report, check
from gapcheck.errors import InputError, problem
from gapcheck.law.dated import Law
from gapcheck.law.day import day
from gapcheck.law.lawbook import Lawbook
from gapcheck.profile.data import profile_data
from gapcheck.profile.model import Profile
from gapcheck.profile.read import profile_of
from gapcheck.reading import DataFile, read_document
from gapcheck.web.inquiry import MANY, chosen
from gapcheck.web.packed import pack, unpack

UNTITLED = "Role"


@dataclass(frozen=True)
class DraftProfile:
    """A profile, which may lack its profession and tasks; the law to check it by; and the questions that nobody can answer
    (`skip`)."""

    profile: Profile
    as_at: str = ""
    reforms: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()

    @classmethod
    def new(cls, book: Lawbook) -> DraftProfile:
        """An empty draft."""
        return cls(Profile("", book.data["assumes"]["nation"], UNTITLED))

    @classmethod
    def unpacked(cls, text: str, book: Lawbook) -> DraftProfile:
        """A draft out of an address. Raises InputError for what is none."""
        data = unpack(text) if text else {}
        if not text:
            return cls.new(book)
        if not isinstance(data, dict) or not isinstance(data.get("profile"), dict):
            raise problem("address", "the address is damaged", None, "begin again, or load a saved profile")
        lists = {key: _words(data.get(key, [])) for key in ("reforms", "readings", "skip")}
        return cls(_lenient(data["profile"], book), str(data.get("as_at", ""))[:10], **lists)

    def packed(self) -> str:
        """The draft as it stands in an address."""
        about = {key: value for key in ("as_at", "reforms", "readings", "skip") if (value := getattr(self, key))}
        return pack({"profile": profile_data(self.profile), **about})

    @property
    def whole(self) -> bool:
        """Whether there is enough to check."""
        return bool(self.profile.profession and self.profile.tasks)

    @property
    def date(self) -> str:
        return self.as_at or today()

    def law(self, book: Lawbook) -> Law:
        """The law to check it by. Raises InputError for a day, reform or reading that there is not."""
        return book.at(day(self.date), self.profile.nation, chosen(self.readings), self.reforms)

    def report(self, book: Lawbook) -> Report:
        """The findings."""
        return check(self.profile, self.law(book))

    def text(self) -> str:
        """The profile file."""
        data = profile_data(self.profile)
        return "# A role profile. To check it: gapcheck check FILE\n" + yaml.safe_dump(
            data, sort_keys=False, allow_unicode=True, width=120
        )


def loaded(raw: bytes, name: str, book: Lawbook) -> DraftProfile:
    """The draft of a profile file. Raises InputError with every problem found in it, and its line."""
    return DraftProfile(profile_of(read_document(raw, name), book)._replace(source=""))


def of_data(data: Mapping[str, Any], as_at: str, book: Lawbook) -> DraftProfile:
    """The draft of a profile as data, which may lack its tasks. Raises InputError for what is none."""
    return DraftProfile(_lenient(data, book)._replace(source=""), as_at)


def _lenient(data: Mapping[str, Any], book: Lawbook) -> Profile:
    """The profile that data state, though they may lack the profession and the tasks."""
    holder = data.get("holder")
    whole = dict(data)
    if isinstance(holder, dict) and not holder.get("profession"):
        whole["holder"] = {**holder, "profession": next(iter(book.data["professions"]))}
    if not data.get("tasks"):
        whole["tasks"] = [next(iter(book.data["tasks"]))]
    try:
        found = profile_of(DataFile("profile", whole, {}), book)
    except InputError as error:
        raise InputError(item._replace(line=None) for item in error.problems) from None
    if whole.get("holder") is not holder:
        found = found._replace(profession="")
    return found if data.get("tasks") else found._replace(tasks=())


def _words(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MANY or not all(isinstance(item, str) for item in value):
        raise problem("address", "the address is damaged", None, "begin again, or load a saved profile")
    return tuple(value)
