"""The whole of a comparison: the laws in each nation, what changes, for whom, which findings, and every value that differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from gapcheck.diff.compare import Comparison, compare
from gapcheck.diff.elsewhere import Elsewhere, concerned, elsewhere
from gapcheck.diff.findings import ProfileChange, compare_findings
from gapcheck.diff.group import GroupedChange, entries
from gapcheck.diff.sides import Side, nations_of
from gapcheck.diff.tasks import TaskChange, compare_tasks
from gapcheck.diff.texts import WHOLE, ItemChanges, Text, items, texts
from gapcheck.diff.words import headline
from gapcheck.law.needs import ways
from gapcheck.profile.model import Profile


class DiffResult(NamedTuple):
    """What a comparison finds. `everybody`: of everybody, and not of some professions only. `shift_nothing`: rules that are not the same in the two laws and shift nobody, each with how
    they differ and the comparisons (nations) in which they do; `tasks`, `elsewhere`, `items` and `texts`: of two lawbooks."""

    before: Side
    after: Side
    everybody: bool
    comparisons: tuple[Comparison, ...]
    entries: tuple[GroupedChange, ...]
    shift_nothing: Mapping[tuple[str, str], tuple[Comparison, ...]]
    profiles: tuple[ProfileChange, ...]
    items: tuple[ItemChanges, ...] = ()
    texts: tuple[Text, ...] = ()
    tasks: tuple[TaskChange, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()

    @property
    def other_book(self) -> bool:
        """Whether two lawbooks are compared, and not one with itself."""
        return self.before.book.digest != self.after.book.digest

    @property
    def differs(self) -> bool:
        """Whether there is anything to tell. Two lawbooks of other digests always differ in something."""
        unclear = any(item.unclear or item.uncovered for item in self.comparisons)
        findings = any(item.findings for item in self.profiles)
        return bool(self.entries or self.shift_nothing or self.other_book or unclear or findings)


# What stands once in a lawbook and decides nothing; and kinds that can touch the finding of any task.
_WORDS_ONLY = frozenset(("version", "title", "advice", "covers", "does-not-show", "left-out"))
_EVERY_TASK = frozenset(("professions", "registers", "coverage", "scopes", "arrangements", "interpretations"))


def result(
    before: Side, after: Side, profiles: Sequence[Profile] = (), professions: Sequence[str] = (), days: bool = False
) -> DiffResult:
    """Compare two sides. `professions`: tell only what concerns these (and those of the profiles); all of them if none;
    `days`: of two lawbooks, what changes on every other day on which the law changes too.

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
    plain = DiffResult(
        before,
        after,
        not only,
        comparisons,
        told,
        _shift_nothing(comparisons, shifting),
        tuple(change for profile in profiles for change in _findings(before, after, profile)),
    )
    return _of_two_books(plain, pairs, days) if plain.other_book else plain


def _of_two_books(plain: DiffResult, pairs: Iterable[tuple[str, str]], days: bool) -> DiffResult:
    """A comparison with what only two lawbooks can differ in."""
    before, after = plain.before, plain.after
    found = items(before, after)
    said = {headline(entry, plain.comparisons) for entry in plain.entries}
    laws = [(item.before, item.after) for item in plain.comparisons]
    return plain._replace(
        items=found,
        texts=texts(before, after, found),
        tasks=compare_tasks(laws, _tasks(before, after, found)) if plain.everybody else (),
        elsewhere=elsewhere((before, after), [*pairs], found, said, days) if plain.everybody else (),
    )


def _tasks(before: Side, after: Side, changed: Sequence[ItemChanges]) -> set[str]:
    """The tasks whose findings what differs can touch: those that differ, and those that need an act which it touches; all of
    them where the table of gaps, a register or the like differs."""
    tasks = after.book.data["tasks"]
    found = {name for item in changed if item.kind == "tasks" for name in item.changed}
    for item in changed:
        if item.kind == WHOLE and {*item.added, *item.removed, *item.changed} - _WORDS_ONLY:
            return {*tasks}
        if item.kind in _EVERY_TASK:
            return {*tasks}
    acts = concerned(before, after, changed)
    return found | {
        name for name, item in tasks.items() if any(need["act"] in acts for way in ways(item) for need in way)
    }


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
