"""The lawbook as data: what each kind of item holds, by the names of its YAML keys, so that the type checker finds a key that
was renamed.

Kinds are mappings of id and item. Items stay plain mappings, since what is linked is kept as JSON and most of it is never
looked at: to make values of all of it would cost each command more than its answer does. `tests/law/test_book.py` holds these
keys to the linked lawbook and to the schemas.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NotRequired, TypedDict

Force = str  # statute | framework
Confidence = str  # verified-in-text | verified-in-guidance | unverified
Extent = list[str]  # ids of nations, in the order of the lawbook
Window = TypedDict("Window", {"from": str, "to": NotRequired[str]})  # ISO dates, both included

# A condition as it stands in a rule: a test of one fact, or a group of conditions. `gapcheck.law.conditions` compiles it.
Condition = Mapping[str, Any]
Wording = Mapping[str, Any]  # what `rules/wording/` says, each file in a form of its own (schemas/)


class Cited(TypedDict):
    """A provision that something rests on, and the nations for which it does."""

    provision: str
    extent: Extent


class DutyEntry(TypedDict):
    """A statutory duty that bears on a person, or on whoever does an act."""

    says: str
    law: list[Cited]
    kind: NotRequired[str]
    when: NotRequired[list[Condition]]


Registers = TypedDict(
    "Registers",
    {
        "register": str,
        "regulated-in": Extent,
        "from": NotRequired[str],
        "to": NotRequired[str],
        "part": NotRequired[str],
        "reform": NotRequired[str],  # which would add it
    },
)
"""A register that keeps a profession, the nations in which it does, and since when."""

Register = TypedDict(
    "Register",
    {
        "id": str,
        "title": str,
        "kind": str,
        "law": list[Cited],
        "short": NotRequired[str],
        "aliases": NotRequired[list[str]],
        "note": NotRequired[str],
        "from": NotRequired[str],
        "to": NotRequired[str],
    },
)
"""A register of professionals (rules/registers.yaml)."""

Profession = TypedDict(
    "Profession",
    {
        "id": str,
        "title": str,
        "plural": str,
        "registers": list[Registers],
        "also-registers": NotRequired[list[str]],
        "aliases": NotRequired[list[str]],
        "accredited": NotRequired[list[str]],
        "scopes": NotRequired[list[str]],
    },
)
"""A professional group (rules/professions.yaml)."""


class Arrangement(TypedDict):
    """An arrangement or entitlement that the employer or another professional makes (rules/arrangements.yaml)."""

    id: str
    kind: str
    label: str
    who: str
    once: str
    question: str
    aliases: NotRequired[list[str]]


Fact = TypedDict(
    "Fact",
    {
        "id": str,
        "type": str,
        "says": str,
        "question": str,
        "aliases": NotRequired[list[str]],
        "values": NotRequired[list[str]],
        "note": NotRequired[str],
        "goes-with": NotRequired[str],
        "follows": NotRequired[list[dict[str, Any]]],
        "named": NotRequired[dict[str, str]],
        "fixed": NotRequired[bool],
        "law-not-read": NotRequired[bool],
        "option": NotRequired[str],
    },
)
"""A fact that conditions test (rules/facts.yaml)."""

Route = TypedDict(
    "Route",
    {
        "id": str,
        "title": str,
        "short": str,
        "duties-on-person": NotRequired[list[DutyEntry]],
        "outside": NotRequired[bool],
    },
)
"""A lawful way to do an act, of which rules are the versions (rules/routes.yaml)."""

Act = TypedDict(
    "Act",
    {
        "id": str,
        "title": str,
        "short": str,
        "of": NotRequired[str],
        "does": str,
        "kind": str,
        "force": Force,
        "law": list[Cited],
        "facts": NotRequired[dict[str, Any]],
        "duties": NotRequired[list[DutyEntry]],
        "covered": NotRequired[dict[str, Any]],
        "routes": list[str],
        "aliases": NotRequired[list[str]],
        "duties-on-person": NotRequired[list[DutyEntry]],
        "shows": NotRequired[str],
        "note": NotRequired[str],
        "by": NotRequired[str],
    },
)
"""One legal act that a task may need (rules/acts.yaml)."""


class Medicine(TypedDict):
    """A medicine with the facts that law turns on, some of them until or from a date (rules/medicines/)."""

    id: str
    label: str
    aliases: NotRequired[list[str]]
    facts: dict[str, Any]
    law: list[Cited]
    note: NotRequired[str]
    dated: NotRequired[list[dict[str, Any]]]


Rule = TypedDict(
    "Rule",
    {
        "id": str,
        "title": str,
        "since": str,
        "route": str,
        "acts": list[str],
        "law": list[Cited],
        "extent": Extent,
        "in-force": Window,
        "force": Force,
        "reading": str,
        "limits": NotRequired[str],
        "directness": str,
        "holder": list[Condition],
        "circumstances": list[Condition],
        "arrangements": list[Condition],
        "say": dict[str, str],
        "undetermined": NotRequired[str],
    },
)
"""A version of a route: its law, dates and conditions (rules/INSTRUMENT/RULE.yaml)."""

Harm = TypedDict(
    "Harm",
    {
        "severity": str,
        "basis": str,
        "by": str,
        "evidence": str,
        "text": str,
        "sources": NotRequired[list[str]],
        "if-not-done": NotRequired[str],
    },
)
"""The harm of a task if it is done badly."""


class Task(TypedDict):
    """What a job description names (rules/tasks/)."""

    id: str
    scope: str
    label: str
    level: str
    comparator: str
    needs: Any  # an act, or a group all-of or any-of: `gapcheck.law.needs` reads it
    reading: str
    harm: Harm
    synonyms: list[str]
    source: list[dict[str, Any]]
    corrects: NotRequired[str]
    aliases: NotRequired[list[str]]


Provision = TypedDict(
    "Provision",
    {
        "id": str,
        "title": str,
        "says": str,
        "instrument": str,
        "kind": str,
        "url": str,
        "extent": Extent,
        "in-force": Window,
        "checked": str,
        "confidence": Confidence,
        "citation": str,
        "note": NotRequired[str],
        "commencement": NotRequired[str],
    },
)
"""A provision of an instrument, with what it takes from it (rules/INSTRUMENT/instrument.yaml)."""

Instrument = TypedDict(
    "Instrument",
    {
        "instrument": str,
        "title": str,
        "short": str,
        "citation": str,
        "kind": str,
        "url": str,
        "extent": Extent,
        "in-force": Window,
        "checked": str,
        "confidence": Confidence,
        "note": NotRequired[str],
        "provisions": list[dict[str, Any]],
    },
)
"""An Act, a statutory instrument or a framework (rules/INSTRUMENT/instrument.yaml)."""

Member = TypedDict(
    "Member",
    {
        "id": str,
        "from": NotRequired[str],
        "to": NotRequired[str],
        "by": NotRequired[str],
        "extent": NotRequired[Extent],
        "note": NotRequired[str],
        "reform": NotRequired[str],  # which would add it
    },
)
"""A member of a list of the law, with the dates and nations for which it is one."""


Class = TypedDict(
    "Class",
    {"class": str, "title": str, "of": str, "law": list[Cited], "note": NotRequired[str], "members": list[Member]},
)
"""A list that the law draws up, of professions, medicines or titles (rules/INSTRUMENT/CLASS.yaml)."""


Reference = TypedDict(
    "Reference",
    {
        "id": str,
        "title": str,
        "authors": NotRequired[str],
        "in": NotRequired[str],
        "details": NotRequired[str],
        "year": NotRequired[int],
        "publisher": NotRequired[str],
        "url": NotRequired[str],
        "doi": NotRequired[str],
        "seen": NotRequired[str],
        "taken-from": NotRequired[str],
    },
)
"""A work that evidence rests on (rules/evidence/references.yaml)."""


class Claim(TypedDict):
    """A statement that somebody makes, with the works that it rests on (rules/evidence/)."""

    id: str
    kind: str
    scopes: list[str]
    professions: list[str]
    nations: list[str]
    statement: str
    references: list[str]
    source: list[Reference]
    tasks: list[str]
    study: NotRequired[dict[str, str]]
    caveat: NotRequired[str]
    figures: NotRequired[list[dict[str, Any]]]
    acts: NotRequired[list[str]]
    note: NotRequired[str]
    asserts: NotRequired[list[dict[str, Any]]]


Reading = TypedDict("Reading", {"id": str, "title": str, "held-by": list[str], "why": str, "confidence": Confidence})
"""One reading of a provision, with who holds it."""


class Interpretation(TypedDict):
    """A provision that informed bodies read differently (rules/interpretations/)."""

    interpretation: str
    title: str
    law: list[Cited]
    question: str
    default: str
    readings: list[Reading]
    note: NotRequired[str]


Reform = TypedDict(
    "Reform",
    {
        "reform": str,
        "title": str,
        "says": str,
        "would-need": str,
        "note": str,
        "sources": NotRequired[list[dict[str, Any]]],
        "changes": list[dict[str, Any]],
        "examples": list[dict[str, Any]],
    },
)
"""A change of the law that somebody asks for (rules/reforms/)."""


class Scope(TypedDict):
    """A scope of practice."""

    title: str
    comparator: str


class CodeEntry(TypedDict):
    """A finding of `gapcheck lint` or about the wording of a job description (rules/codes)."""

    id: str
    title: str
    severity: str
    why: str
    bad: str
    good: str
    mend: str
    message: NotRequired[str]
    suggest: NotRequired[str]
    statute: NotRequired[bool]


Expectation = TypedDict(
    "Expectation",
    {
        "id": str,
        "topic": str,
        "title": str,
        "says": str,
        "nations": Extent,
        "body": str,
        "role": str,
        "registration": str,
        "strength": str,
        "from": NotRequired[str],
        "law": list[Cited],
        "note": NotRequired[str],
        "professions": NotRequired[list[str]],
        "only-in": NotRequired[str],
    },
)
"""What a body of a nation asks of registration for a role (rules/expectations/)."""


class TenetSaid(TypedDict):
    """How a sentence says a point of law, or says otherwise."""

    verdict: str
    has: list[list[str]]
    near: NotRequired[list[list[str]]]
    lacks: NotRequired[list[str]]
    covers: NotRequired[list[str]]
    of: NotRequired[list[str]]
    but: NotRequired[str]


class Tenet(TypedDict):
    """What the law says beside the acts, and how drafts say it (rules/tenets.yaml)."""

    id: str
    title: str
    says: str
    law: list[Cited]
    about: list[list[str]]
    near: NotRequired[list[list[str]]]
    apart: NotRequired[list[str]]
    said: list[TenetSaid]


Coverage = TypedDict(
    "Coverage",
    {
        "id": str,
        "register": NotRequired[str],
        "professions": NotRequired[list[str]],
        "as": str,
        "scopes": NotRequired[list[str] | str],
        "levels": NotRequired[list[str]],
        "tasks": NotRequired[list[str]],
        "says": str,
        "source": dict[str, Any],
        "confidence": Confidence,
        "checked": str,
        "note": NotRequired[str],
    },
)
"""The work for which entry to a register assesses competence (rules/coverage.yaml)."""

Book = TypedDict(
    "Book",
    {
        "lawbook": int,
        "version": str,
        "title": str,
        "advice": str,
        "covers": list[str],
        "does-not-show": list[str],
        "nations": dict[str, str],
        "groups": dict[str, list[str]],
        "assumes": dict[str, str],
        "registration-statuses": NotRequired[dict[str, dict[str, Any]]],
        "title-claims": NotRequired[dict[str, list[str]]],
        "register-kinds": dict[str, Any],
        "gap": dict[str, Any],
        "overlays": list[dict[str, Any]],
        "registers": Mapping[str, Register],
        "professions": Mapping[str, Profession],
        "arrangements": Mapping[str, Arrangement],
        "facts": Mapping[str, Fact],
        "routes": Mapping[str, Route],
        "acts": Mapping[str, Act],
        "medicines": Mapping[str, Medicine],
        "expectations": Mapping[str, Expectation],
        "tenets": Mapping[str, Tenet],
        "left-out": Mapping[str, dict[str, Any]],
        "criteria": Mapping[str, dict[str, Any]],
        "assurance-steps": Mapping[str, dict[str, Any]],
        "papers": Mapping[str, dict[str, Any]],
        "points": Mapping[str, dict[str, Any]],
        "interpretations": Mapping[str, Interpretation],
        "scopes": Mapping[str, Scope],
        "rules": Mapping[str, Rule],
        "tasks": Mapping[str, Task],
        "provisions": Mapping[str, Provision],
        "instruments": Mapping[str, Instrument],
        "claims": Mapping[str, Claim],
        "classes": Mapping[str, Class],
        "coverage": Mapping[str, Coverage],
        "references": Mapping[str, Reference],
        "sources": Mapping[str, str],
        "examples": Mapping[str, Sequence[dict[str, Any]]],
        "reforms": Mapping[str, Reform],
        "codes": Mapping[str, CodeEntry],
        "properties": Mapping[str, dict[str, Any]],
        "wording": Mapping[str, Wording],
        "words": Mapping[str, str],  # the mark of the words of each thing that a person may sign off
        "reviews": Mapping[str, list[dict[str, Any]]],
        "rules-by-act": Mapping[str, Mapping[str, list[str]]],
        "aliases": Mapping[str, Mapping[str, str]],
        "claims-by-task": Mapping[str, list[str]],
        "coverage-of": Mapping[str, list[str]],
        "change-dates": Mapping[str, list[str]],
    },
)
"""Everything under `rules/`, linked: a kind, or what is indexed by one, and its items by id."""
