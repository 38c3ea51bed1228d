"""The role profile as values. What is not stated is unknown, not false; a register not listed is not held."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import os

    from gapcheck.law.lawbook import Lawbook

REGISTERED = "registered"
# The fact whether the terms of a registration reach what is to be done: of the person, and not of the case.
ALLOWS = "registration-allows"


class Attested(NamedTuple):
    """An arrangement, entitlement or annotation; who vouches for it, the document, and until when (ISO date)."""

    id: str
    by: str = ""
    reference: str = ""
    until: str = ""


class Listing(NamedTuple):
    """What is stated of a kind of arrangement. `none`: it is known that nothing (else) is in place."""

    items: tuple[Attested, ...] = ()
    none: bool = False


class Registration(NamedTuple):
    """An entry, or a hope of one, in a register; `held_as`: the profession it is held as, where stated."""

    register: str
    status: str = REGISTERED  # one of the lawbook's registration-statuses
    held_as: str = ""


class TaskEntry(NamedTuple):
    """A task of the post, with what is particular to it here."""

    id: str
    note: str = ""
    medicine: str = ""
    facts: Mapping[str, Any] = MappingProxyType({})
    entitlements: Listing = Listing()
    arrangements: Listing = Listing()


class Profile(NamedTuple):
    """A role profile. `profession` is empty where it is not stated."""

    profession: str
    nation: str
    title: str = ""
    employer: str = ""
    band: str = ""
    scopes: tuple[str, ...] = ()
    registrations: tuple[Registration, ...] = ()
    annotations: Listing = Listing()
    entitlements: Listing = Listing()
    arrangements: Listing = Listing()
    facts: Mapping[str, Any] = MappingProxyType({})
    tasks: tuple[TaskEntry, ...] = ()
    source: str = ""
    registers_stated: bool = True  # whether a register that is not listed is not held; else nobody has said

    @classmethod
    def read(cls, path: str | os.PathLike[str], lawbook: Lawbook) -> Profile:
        """Read a profile file (YAML or JSON). Raises InputError with every problem found."""
        from gapcheck.profile.read import read_profile

        return read_profile(path, lawbook)
