"""What assures whoever does a task: whether a register covers the work, and the duties that a statute lays on the person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

HOW = ENTRY, EXTENDED, OUTSIDE = "entry", "extended", "outside"  # the best first
UNVERIFIED = "unverified"
STATUTORY = "statutory"
Data = Mapping[str, Any]

# The table of the gap in assurance: its rows, its columns by what a person has to show, and what a cell may say, the best first.
SEVERITIES = ("low", "moderate", "severe", "catastrophic")
STATUTORY_COVERS, STATUTORY_LATER_AND_DUTY, STATUTORY_ELSEWHERE = (
    "statutory-covers",
    "statutory-later-and-duty",
    "statutory",
)
ACCREDITED_AND_DUTY, ACCREDITED_LATER_AND_DUTY = "accredited-and-duty", "accredited-later-and-duty"
ACCREDITED, DUTY, NOTHING = "accredited", "duty", "nothing"
COLUMNS = (
    STATUTORY_COVERS,
    STATUTORY_LATER_AND_DUTY,
    STATUTORY_ELSEWHERE,
    ACCREDITED_AND_DUTY,
    ACCREDITED_LATER_AND_DUTY,
    ACCREDITED,
    DUTY,
    NOTHING,
)
GAPS = NONE, LOW, MEDIUM, HIGH = "none", "low", "medium", "high"


class Cover(NamedTuple):
    """Whether a register covers a task. `how`: entry (competence in it is assessed for entry), extended (reached by later
    training) or outside; `says`: what the source asks, if it is said; `source`: the text, empty where none names the work;
    `confidence`: as for a provision, and unverified where nobody read the text."""

    how: str
    says: str = ""
    source: str = ""
    url: str = ""
    confidence: str = ""
    checked: str = ""


def cover_of(book: Data, register: str, profession: str, task: str) -> Cover:
    """Whether an entry in a register covers a task.

    `book`: the data of a linked lawbook; `profession`: the one as which the entry is held. What no statement names is
    outside. Where a profession has no standards of a statutory register (none keeps a register of it yet), it is taken,
    unverified, that one would assess what the accredited registers open to it assess.
    """
    if book["registers"][register]["kind"] != STATUTORY:
        return _cover(book, f"registers/{register}", profession, task)
    if f"professions/{profession}" in book["coverage-of"]:
        return _cover(book, f"professions/{profession}", profession, task)
    others = book["professions"][profession].get("accredited", ()) if profession in book["professions"] else ()
    covers = [_cover(book, f"registers/{other}", profession, task) for other in others]
    best = min(covers, key=lambda item: HOW.index(item.how), default=Cover(OUTSIDE))
    return best._replace(confidence=UNVERIFIED)


def _cover(book: Data, key: str, profession: str, task: str) -> Cover:
    """What the statements about a register say: one about the task before one about its scope, and that before all."""
    item = book["tasks"][task]
    found = Cover(OUTSIDE)
    rank = 0
    for identity in book["coverage-of"].get(key, ()):
        said = book["coverage"][identity]
        if profession in said.get("professions", (profession,)) and (near := _nearness(said, task, item)) > rank:
            rank, found = near, _found(said)
    return found


def _nearness(said: Data, task: str, item: Data) -> int:
    """How near a statement is to a task: 3 where it names it, 2 its scope, 1 all scopes, 0 where it is about others."""
    if task in said.get("tasks", ()):
        return 3
    if item["level"] not in said.get("levels", (item["level"],)):
        return 0
    scopes = said.get("scopes", ())
    return 1 if scopes == "all" else 2 * (item["scope"] in scopes)


def _found(said: Data) -> Cover:
    source = said["source"]
    text = ", ".join(str(source[key]) for key in ("publisher", "title", "year") if key in source)
    return Cover(said["as"], said["says"], text, source.get("url", ""), said["confidence"], said["checked"])


class Duty(NamedTuple):
    """A statutory duty on whoever does an act. `kind`: entitlement, training, supervision, authorisation or inspection;
    `provisions`: the ids of those that set it in the nation."""

    kind: str
    says: str
    provisions: tuple[str, ...]
    when: Data | None = None


def duties_of(item: Data, provisions: Data, date: str, nation: str) -> tuple[Duty, ...]:
    """The duties on the person of an act or of a route, as the law stands on a day in a nation.

    `item`: an act or a route of a linked lawbook; `provisions`: those of the lawbook, by id.
    """
    found = []
    for duty in item.get("duties-on-person", ()):
        law = [entry for entry in duty["law"] if _stands(entry, provisions[entry["provision"]], date, nation)]
        if law:
            cited = tuple(entry["provision"] for entry in law)
            found.append(Duty(duty["kind"], duty["says"], cited, duty.get("when")))
    return tuple(found)


def _stands(entry: Data, provision: Data, date: str, nation: str) -> bool:
    """Whether a provision that an entry of a `law` list names is law on a day in a nation."""
    force = provision.get("in-force", {})
    in_time = force.get("from", date) <= date <= force.get("to", date)
    return in_time and nation in (entry["extent"] or provision["extent"]) and nation in provision["extent"]
