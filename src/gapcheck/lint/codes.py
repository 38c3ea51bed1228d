"""The codes of `gapcheck lint`, by name. What each means, and how grave it is, stands in `rules/lint.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gapcheck.law.build import OUT_OF_FORM, TWICE
from gapcheck.law.kinds import MAX_LAW_FILE
from gapcheck.law.links import DANGLING, FROM_AFTER_TO, NOT_KEBAB_CASE, WRONG_VALUE
from gapcheck.packaged import folder
from gapcheck.reading import read_document

__all__ = [
    "DANGLING",
    "FROM_AFTER_TO",
    "NOT_KEBAB_CASE",
    "OUT_OF_FORM",
    "TWICE",
    "WRONG_VALUE",
    "Code",
    "read_codes",
]

UNREADABLE = "L001"
OTHER_NAME = "L006"

NO_ADDRESS = "L008"
NO_CHECK = "L009"
OLD_CHECK = "L010"
CHECK_TO_COME = "L011"
REGISTER_LAW = "L012"
REGISTER_KIND = "L013"
FORCE = "L014"

OVERLAP = "L016"
HOLE = "L017"
OUTSIDE_LIFE = "L018"
NO_LAW_THERE = "L019"
NATION_LEFT_OUT = "L020"
COVERED = "L021"

NEVER_OPENS = "L022"
NEVER_BARS = "L023"
NEVER_MATTERS = "L024"
PART_NEVER_MATTERS = "L025"
SAME_CONDITION = "L026"
SAME_RULE = "L027"
AMEND_OPENS = "L028"
ROUTE_WITHOUT_RULE = "L029"

NO_LAWFUL_EXAMPLE = "L030"
NO_FAILING_EXAMPLE = "L031"
EXAMPLE_FAILS = "L032"
MEMBER_WITHOUT_EXAMPLE = "L033"

SYNONYM_TWICE = "L034"
ALIAS_TWICE = "L035"
NO_SOURCE = "L036"
UNUSED = "L037"

HARM_WITHOUT_EVIDENCE = "L050"
HARM_EVIDENCE = "L051"
REFERENCE = "L052"
COVERED_TWICE = "L053"
EVERYDAY = "L057"

OTHER_ADDRESS = "L054"
NO_RADIONUCLIDE = "L055"
PROPERTY_DROPPED = "L056"

NOT_AS_RECORDED = "L058"
SIGN_OFF_STALE = "L059"
SIGN_OFF_PAST = "L060"
DISPUTED = "L061"

LEFT_OPEN = "L062"
OPENS_UNREAD = "L063"

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Code:
    """One kind of finding. `severity`: error or warning; `bad` and `good`: the lawbook before and after."""

    id: str
    title: str
    severity: str
    why: str
    bad: str
    good: str
    mend: str


def read_codes() -> dict[str, Code]:
    """The codes of the packaged lawbook, whatever lawbook is checked: a change of the law cannot silence a check."""
    path = Path(folder("rules"), "lint.yaml")
    document = read_document(path.read_bytes(), path.name, MAX_LAW_FILE)
    return {item["id"]: Code(**item) for item in document.data["codes"]}
