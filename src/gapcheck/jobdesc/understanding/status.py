"""The status of registration of design section 6, from the wordings that were found."""

from __future__ import annotations

from collections.abc import Sequence

from gapcheck.jobdesc.understanding.registration import (
    ACCREDITED,
    ALTERNATIVES,
    CONDITIONAL,
    DESIRABLY,
    EITHER,
    ELIGIBLE,
    ESSENTIALLY,
    NOTHING,
    STATUTORY,
    WORKING,
)
from gapcheck.jobdesc.understanding.result import RegistrationWording


def status_of(found: Sequence[RegistrationWording]) -> str:
    """The status of design section 6: what the text says, not what the law asks for."""
    items = [(item.kind, item) for item in found]
    if not items:
        return NOTHING
    firm = (ESSENTIALLY, CONDITIONAL, ELIGIBLE, WORKING)
    for group in {item.group for _, item in items if item.group}:
        kinds = {kind for kind, item in items if item.group == group and item.strength in (*firm, DESIRABLY)}
        if {STATUTORY, ACCREDITED} <= kinds:
            return ALTERNATIVES
    if any(kind == EITHER and item.strength in firm for kind, item in items):
        return ALTERNATIVES
    conditional = [item for kind, item in items if kind == STATUTORY and item.strength == CONDITIONAL]
    if conditional and any(kind == ACCREDITED and item.strength in (*firm, DESIRABLY) for kind, item in items):
        return ALTERNATIVES
    if _shared(found):
        return ALTERNATIVES
    strengths = {(kind, item.strength) for kind, item in items}
    for kind, strength, status in _ORDER:
        if (kind, strength) in strengths:
            return status
    return ALTERNATIVES


def _shared(found: Sequence[RegistrationWording]) -> bool:
    """Whether one line asks a statutory register of some professions, and the next an accredited one of the others."""
    firm = [item for item in found if item.strength != DESIRABLY]
    lines = {item.line for item in firm if item.kind == ACCREDITED}
    return any(
        item.kind == STATUTORY and item.professions and lines & {item.line - 1, item.line, item.line + 1}
        for item in firm
    )


_ORDER = (
    (STATUTORY, ESSENTIALLY, "statutory-essential"),
    (STATUTORY, ELIGIBLE, "statutory-essential"),
    (ACCREDITED, ESSENTIALLY, "accredited-essential"),
    (STATUTORY, WORKING, "working-towards"),
    (ACCREDITED, ELIGIBLE, "accredited-eligible"),
    (ACCREDITED, WORKING, "working-towards"),
    (STATUTORY, CONDITIONAL, "statutory-desirable"),
    (STATUTORY, DESIRABLY, "statutory-desirable"),
    (ACCREDITED, CONDITIONAL, "accredited-desirable"),
    (ACCREDITED, DESIRABLY, "accredited-desirable"),
)
