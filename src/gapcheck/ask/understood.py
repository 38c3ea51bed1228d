"""What was understood of a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Understood:
    """What a question means, and nothing that was not said. An act, or a task, or neither where no question of this kind was
    understood. `between`: the professions (or nations) between which the words leave it open; `registered`: in the form of
    `--registered`; `on_no_register`: it was said that the person is on none; `way`: the route that the question is about;
    `without`: arrangements said to be missing; `reforms`: changes of the law that the question supposes; `whether`: it asks if
    registration is needed, and not what the registered may do; `must`: it asks what is needed, and not only what is allowed; `also`: what it asks
    besides, in words, which the answer is not about; `readings`: what was read into the words; `ignored`: words not taken into
    account; `refused`: why it is no question of this kind; `offers`: tasks that come near; `point`: the point of law that is asked about
    (rules/points.yaml); `who`: it asks who may; `since`: it asks since when; `protected`: it
    asks whether the law protects the title."""

    text: str
    act: str = ""
    task: str = ""
    profession: str = ""
    registered: tuple[str, ...] = ()
    on_no_register: bool = False
    medicine: str = ""
    nation: str = ""
    as_at: str = ""
    annotations: tuple[str, ...] = ()
    no_annotation: bool = False
    entitlements: tuple[str, ...] = ()
    arrangements: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    way: str = ""
    employer: str = ""
    band: str = ""
    between: tuple[str, ...] = ()
    between_nations: tuple[str, ...] = ()
    reforms: tuple[str, ...] = ()
    whether: bool = False
    must: bool = False
    also: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    refused: str = ""
    offers: tuple[str, ...] = ()
    point: str = ""
    who: bool = False
    since: bool = False
    protected: bool = False

    @property
    def asks(self) -> bool:
        """Whether a question of this kind was understood."""
        return bool(self.act or self.task) and not self.refused

    def data(self) -> dict[str, Any]:
        """The same as plain data; what was not said is empty."""
        return {
            "act": self.act,
            "task": self.task,
            "profession": self.profession,
            "registered": list(self.registered),
            "medicine": self.medicine,
            "nation": self.nation,
            "as_at": self.as_at,
            **({"on_no_register": True} if self.on_no_register else {}),
            **({"between": list(self.between)} if self.between else {}),
            **({"way": self.way} if self.way else {}),
            **({"facts": dict(self.facts)} if self.facts else {}),
            **({"annotations": list(self.annotations)} if self.annotations else {}),
            **({"entitlements": list(self.entitlements)} if self.entitlements else {}),
            **({"arrangements": list(self.arrangements)} if self.arrangements else {}),
            **({"without": list(self.without)} if self.without else {}),
            **({"employer": self.employer} if self.employer else {}),
            **({"band": self.band} if self.band else {}),
            **({"reforms": list(self.reforms)} if self.reforms else {}),
            **({"whether_registration_is_needed": True} if self.whether else {}),
            **({"point": self.point} if self.point else {}),
            **({"who": True} if self.who else {}),
            **({"since": True} if self.since else {}),
            **({"also": list(self.also)} if self.also else {}),
            **({"readings": list(self.readings)} if self.readings else {}),
            **({"ignored": list(self.ignored)} if self.ignored else {}),
        }
