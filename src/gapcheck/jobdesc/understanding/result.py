"""What was understood of a job description, as values. Every quote is an exact slice of the document's text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from gapcheck.engine.findings import Report, Waiver
    from gapcheck.law.dated import Provision
    from gapcheck.profile.model import Profile

DUTY = "duty"
ESSENTIAL = "requirement-essential"
DESIRABLE = "requirement-desirable"
SUPERVISED = "supervised"
SERVICE = "service-description"
OFFER = "development-offer"
NEGATED = "negated"
CONFIRM = "to-confirm"
KINDS = (DUTY, ESSENTIAL, DESIRABLE, SUPERVISED, CONFIRM, SERVICE, OFFER, NEGATED)
COUNTING = frozenset({DUTY, ESSENTIAL, DESIRABLE})  # only these raise findings


@dataclass(frozen=True, slots=True)
class TaskHit:
    """A task that the text names. `start`, `end`: where in the text; `kind`: one of KINDS; `legal`: the task takes acts;
    `professions`: to whom of several groups the sentence gives it; none where it does not say; `cues`, `points`: the signs
    of rules/wording/scorecard.yaml that hold, and their sum."""

    id: str
    quote: str
    line: int
    kind: str
    start: int
    end: int
    legal: bool
    medicine: str = ""
    professions: tuple[str, ...] = ()
    arrangements: tuple[str, ...] = ()
    entitlements: tuple[str, ...] = ()
    cues: tuple[tuple[str, int], ...] = ()
    points: int = 0


@dataclass(frozen=True, slots=True)
class RegistrationWording:
    """One wording about registration. `register`: an id of the lawbook, or "" where the text names none; `strength`:
    essential, desirable, eligible, working-towards or conditional; `kind`: of the register: statutory, accredited, or either
    where the text leaves it open; `group`: which wordings are alternatives of each other; `professions`: those that the text
    names beside it; `held_as`: as whom the text wants to see the holder registered."""

    quote: str
    line: int
    register: str
    strength: str
    start: int
    end: int
    kind: str
    group: int = 0
    professions: tuple[str, ...] = ()
    held_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenTo:
    """A professional group to which the post is open, and the register that it is asked for ("": none). `guessed`: neither the
    title nor the text names it; it is who usually holds such posts."""

    profession: str
    register: str
    why: str = ""
    guessed: bool = False


class Edit(NamedTuple):
    """Text to stand in place of a stretch of the document's."""

    start: int
    end: int
    text: str


REPLACE, ADD = "replace", "add"  # what is done with a suggestion: it takes the place of its sentence, or joins the text


@dataclass(frozen=True, slots=True)
class Wording:
    """Something in the text to reword. `code` has a page in `gapcheck explain`; `before`: the sentence that it stands in;
    `suggest`: the sentence to write instead, or beside it (`change`: one of REPLACE and ADD); `edits`: what that changes in the
    text; `law`: the provisions on which it rests."""

    code: str
    message: str
    quote: str
    line: int
    suggest: str
    start: int = 0
    end: int = 0
    before: str = ""
    change: str = ADD
    edits: tuple[Edit, ...] = ()
    law: tuple[Provision, ...] = ()


@dataclass(frozen=True)
class Description:
    """A job description, understood.

    `nation`: an id of the lawbook, or "" where the text does not say (the answer then assumes the lawbook's own); `place`:
    what the nation rests on; `declined`: why it is not checked (outside the United Kingdom), else "". `status`: of design
    section 6. `profiles` and `reports` stand in the order of `open_to`.
    """

    source: str
    format: str
    title: str
    employer: str
    employer_type: str
    nation: str
    place: str
    band: str
    scopes: tuple[str, ...]
    status: str
    registration: tuple[RegistrationWording, ...]
    open_to: tuple[OpenTo, ...]
    tasks: tuple[TaskHit, ...]
    wording: tuple[Wording, ...]
    profiles: tuple[Profile, ...]
    reports: tuple[Report, ...]
    declined: str = ""
    notes: tuple[str, ...] = ()
    waived: tuple[Waiver, ...] = ()  # of wording, whatever became of them
