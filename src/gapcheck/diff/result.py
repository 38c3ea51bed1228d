"""The whole of a comparison: the laws in each nation, what changes, for whom, and which findings of profiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from gapcheck.diff.compare import Comparison, compare
from gapcheck.diff.findings import ProfileChange, compare_findings
from gapcheck.diff.group import Entry, entries
from gapcheck.diff.sides import Side, nations_of
from gapcheck.profile.model import Profile

# Kinds of the lawbook whose items two lawbooks may hold differently, in the order in which they are told.
KINDS = (
    "instruments", "provisions", "rules", "classes", "acts", "routes", "professions", "registers", "arrangements", "facts",
    "medicines", "interpretations", "reforms", "tasks", "claims",
)  # fmt: skip


class ItemChanges(NamedTuple):
    """Ids of one kind that only one of two lawbooks has, or that the two hold differently."""

    kind: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


class Result(NamedTuple):
    """What a comparison finds. `everybody`: of everybody, and not of some professions only. `shift_nothing`: rules that are not the same in the two laws and shift nobody, each with how
    they differ and the comparisons (nations) in which they do."""

    before: Side
    after: Side
    everybody: bool
    comparisons: tuple[Comparison, ...]
    entries: tuple[Entry, ...]
    shift_nothing: Mapping[tuple[str, str], tuple[Comparison, ...]]
    profiles: tuple[ProfileChange, ...]
    items: tuple[ItemChanges, ...]

    @property
    def differs(self) -> bool:
        """Whether there is anything to tell."""
        unclear = any(item.unclear or item.uncovered for item in self.comparisons)
        findings = any(item.findings for item in self.profiles)
        return bool(self.entries or self.shift_nothing or self.items or unclear or findings)


def result(before: Side, after: Side, profiles: Sequence[Profile] = (), professions: Sequence[str] = ()) -> Result:
    """Compare two sides. `professions`: tell only what concerns these (and those of the profiles); all of them if none.

    Raises InputError for a nation, a reading or a reform that a lawbook does not know.
    """
    only = {*professions, *(profile.profession for profile in profiles)}
    only |= {entry.held_as for profile in profiles for entry in profile.registrations if entry.held_as}
    homes = [profile.nation for profile in profiles] or [""]
    pairs = dict.fromkeys(pair for home in homes for pair in nations_of(before, after, home))
    comparisons = tuple(compare(before.law(old), after.law(new)) for old, new in pairs)
    facts = {**before.book.data["facts"], **after.book.data["facts"]}
    found = entries(comparisons, facts)
    told = tuple(item for item in found if not only or only & {who.profession for who in item.who})
    shifting = {rule for item in found for act in item.acts for side in act.rules for rule in side}
    return Result(
        before,
        after,
        not only,
        comparisons,
        told,
        _shift_nothing(comparisons, shifting),
        tuple(change for profile in profiles for change in _findings(before, after, profile)),
        tuple(_items(before, after)) if before.book.digest != after.book.digest else (),
    )


def _findings(before: Side, after: Side, profile: Profile) -> list[ProfileChange]:
    ((old, new),) = nations_of(before, after, profile.nation)
    return compare_findings(profile, before.law(old), after.law(new))


def _shift_nothing(
    comparisons: Sequence[Comparison], shifting: set[str]
) -> dict[tuple[str, str], tuple[Comparison, ...]]:
    found: dict[tuple[str, str], list[Comparison]] = {}
    for comparison in comparisons:
        told = shifting | {rule for item in comparison.unclear for rule in item.rules}
        for change in comparison.rules:
            if change.rule not in told:
                found.setdefault((change.rule, change.kind), []).append(comparison)
    return {key: tuple(items) for key, items in found.items()}


def _items(before: Side, after: Side) -> list[ItemChanges]:
    found = []
    for kind in KINDS:
        old, new = _plain(before, kind), _plain(after, kind)
        added, removed = tuple(sorted(new.keys() - old.keys())), tuple(sorted(old.keys() - new.keys()))
        changed = tuple(sorted(key for key in old.keys() & new.keys() if old[key] != new[key]))
        if added or removed or changed:
            found.append(ItemChanges(kind, added, removed, changed))
    return found


def _plain(side: Side, kind: str) -> dict[str, Any]:
    items = {key: dict(item) for key, item in side.book.data[kind].items()}
    for key, examples in side.book.data["examples"].items() if kind == "rules" else ():
        items[key]["examples"] = examples
    return items
