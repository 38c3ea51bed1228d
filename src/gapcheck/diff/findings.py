"""Which findings of a profile change between two laws."""

from __future__ import annotations

from typing import Any, NamedTuple

from gapcheck.engine.findings import Finding, check
from gapcheck.engine.routes import BARRED
from gapcheck.law.dated import Law
from gapcheck.profile.model import REGISTERED, Profile, Registration


class FindingChange(NamedTuple):
    """One finding that changes: what of it, before and after."""

    task: str
    label: str
    changed: dict[str, tuple[Any, Any]]


class ProfileChange(NamedTuple):
    """The findings of one profile that change. `once_registered`: the register that the person is supposed to have joined,
    because only the later law opens it; empty where the person is taken as the profile says."""

    profile: Profile
    laws: tuple[Law, Law]
    once_registered: str
    findings: tuple[FindingChange, ...]


def compare_findings(profile: Profile, before: Law, after: Law) -> list[ProfileChange]:
    """What changes for the holder of a profile: as the profile stands and, where the later law opens a statutory register to
    the profession, once the person has joined it."""
    found = [_changes(profile, profile, before, after, "")]
    opened = after.registers_of(profile.profession).keys() - before.registers_of(profile.profession).keys()
    held = {entry.register for entry in profile.registrations if entry.status == REGISTERED}
    for register in sorted(opened - held):
        joined = Registration(register, REGISTERED, profile.profession)
        later = profile._replace(registrations=(*profile.registrations, joined))
        found.append(_changes(profile, later, before, after, register))
    return found


def _changes(profile: Profile, later: Profile, before: Law, after: Law, register: str) -> ProfileChange:
    pairs = zip(check(profile, before).findings, check(later, after).findings, strict=True)
    changed = []
    for old, new in pairs:
        was, becomes = facets(old), facets(new)
        differing = {key: (was[key], becomes[key]) for key in was if was[key] != becomes[key]}
        if differing:
            changed.append(FindingChange(new.task, new.label, differing))
    return ProfileChange(profile, (before, after), register, tuple(changed))


def facets(finding: Finding) -> dict[str, Any]:
    """What a reader compares of a finding."""
    acts = finding.decision.way.acts if finding.decision.way else ()
    routes = [act.best.route for act in acts if act.best and act.best.state != BARRED]
    return {
        "status": finding.status,
        "today": finding.today,
        "gap": finding.gap,
        "routes": list(dict.fromkeys(routes)),
        "because_of_registration": finding.because_of_registration,
        "restricted_by": finding.restricted_by,
        "turns_on": list(finding.turns_on),
    }
