"""A pack as values: for each member the schedules, medicines and attestations; for all the papers, and what runs out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from gapcheck.engine.findings import Report
from gapcheck.law.dated import Provision
from gapcheck.profile.model import Profile

IN_PLACE, MISSING, RAN_OUT, NOT_STATED = "in place", "missing", "has run out", "not stated"
OTHER = "another way"


class Member(NamedTuple):
    """Somebody whose papers the pack is about: the post by its id, and its profile with its tasks."""

    id: str
    profile: Profile

    @property
    def title(self) -> str:
        return self.profile.title or self.id


class Attestation(NamedTuple):
    """Something that has to be in place for a member, as stated. `tasks`: the tasks that go by it; `chosen`: whether it is part
    of the way that a task goes, or of another that is open to the member."""

    kind: str  # arrangement | entitlement
    what: str
    label: str
    state: str
    by: str
    reference: str
    until: str
    who: str
    tasks: tuple[str, ...]
    chosen: bool


class MedicineWay(NamedTuple):
    """A lawful way for a member to do an act with a medicine. `needs`: what is missing or not stated."""

    route: str
    title: str
    chosen: bool
    needs: tuple[str, ...]
    law: tuple[Provision, ...]


class PackMedicine(NamedTuple):
    """A medicine that a member gives or supplies: the task, how it stands, the ways that the law allows and those that it
    does not. `papers`: the papers of the ways, by id."""

    medicine: str
    label: str
    task: str
    today: str
    act: str
    ways: tuple[MedicineWay, ...]
    barred: tuple[tuple[str, str], ...]  # the way, and why
    papers: tuple[str, ...]
    turns_on: tuple[str, ...] = ()  # interpretations


class Sheets(NamedTuple):
    """The papers of a member."""

    member: Member
    report: Report
    attestations: tuple[Attestation, ...]
    medicines: tuple[PackMedicine, ...]
    barred: tuple[str, ...]  # tasks that no paper opens


class Field(NamedTuple):
    """A field of a paper, with what it rests on: provisions, or the source of a practice. `of`: the arrangements that it repeats."""

    label: str
    states: str
    note: str
    law: tuple[Provision, ...]
    source: str
    of: tuple[str, ...] = ()


class Signer(NamedTuple):
    """Who signs or issues a paper."""

    says: str
    law: tuple[Provision, ...]


class PaperForm(NamedTuple):
    """A paper, as it is asked for here and now. `needed`: the members who need one, by their titles."""

    id: str
    title: str
    short: str
    each: str
    part: bool
    arrangements: tuple[str, ...]
    fields: tuple[Field, ...]
    signs: tuple[Signer, ...]
    law: tuple[Provision, ...]
    needed: tuple[str, ...]


class End(NamedTuple):
    """Something that runs out within a year, or has run out."""

    until: str
    member: str
    label: str
    by: str
    reference: str
    tasks: tuple[str, ...]


class Pack(NamedTuple):
    """A whole pack. `origin`: what it was made of, so that a filled pack can be read back: {kind, name, data}."""

    name: str
    law: Any
    members: tuple[Sheets, ...]
    papers: tuple[PaperForm, ...]
    ends: tuple[End, ...]
    origin: Mapping[str, Any]
