"""Prove the properties that a lawbook states of itself, each of a kind that is implemented here without naming any law."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from gapcheck.errors import LawbookError, Problem, nearest, problem
from gapcheck.law.lawbook import Lawbook
from gapcheck.prove import answers, conditions, inforce, members, properties, reforms, routes, tasks
from gapcheck.reading import DataFile
from gapcheck.space.prover import ProofResult, Prover, Spec

KINDS: dict[str, Callable[[Prover, Spec], ProofResult]] = {
    "never": properties.never,
    "always": routes.always,
    "same-everywhere": routes.same_everywhere,
    "unchanged": properties.unchanged,
    "never-worse": properties.never_worse,
    "opens-and-bars": conditions.opens_and_bars,
    "every-condition-counts": conditions.every_condition_counts,
    "questions-settle": conditions.questions_settle,
    "remedies": conditions.remedies,
    "directness": conditions.directness,
    "one-answer": answers.one_answer,
    "registers": answers.registers,
    "regulated": answers.regulated,
    "members": members.members,
    "law-everywhere": inforce.law_everywhere,
    "rules-follow-their-law": inforce.rules_follow_their_law,
    "lists-follow-their-law": inforce.lists_follow_their_law,
    "reform-opens": reforms.reform_opens,
    "findings-never-worse": tasks.findings_never_worse,
    "papers-never-worse": tasks.papers_never_worse,
    "attribution": tasks.attribution,
    "frameworks-never-block": tasks.frameworks_never_block,
    "questions-suffice": tasks.questions_suffice,
}


class Proof(NamedTuple):
    """A property, and what its proof came to."""

    stated: Mapping[str, Any]
    result: ProofResult

    @property
    def holds(self) -> bool:
        return self.result.broken is None


def chosen(book: Lawbook, only: Iterable[str] = ()) -> list[Mapping[str, Any]]:
    """The properties of a lawbook, or those asked for. Raises InputError where there are none, or one is out of form."""
    known = book.data["properties"]
    missing = [name for name in only if name not in known]
    if missing:
        raise problem("--only", f"there is no property `{missing[0]}`", None, nearest(missing[0], known))
    found: list[Mapping[str, Any]] = [item for name, item in known.items() if not only or name in only]
    if not found:
        raise problem(
            "prove", "this lawbook states no properties", None, "write them in a file with the key `properties`"
        )
    problems = [item for spec in found for item in _problems(book, spec)]
    if problems:
        raise LawbookError(problems)
    return found


def _problems(book: Lawbook, spec: Mapping[str, Any]) -> Iterator[Problem]:
    from gapcheck.forms import form_problems

    source, _, line = book.data["sources"][f"properties/{spec['id']}"].rpartition(":")
    stated = {key: value for key, value in spec.items() if key != "law"}  # linking has changed its form
    yield from form_problems(DataFile(source, {"properties": [stated]}, {(): int(line)}), "properties")


def prove(
    book: Lawbook, only: Iterable[str] = (), source: Sequence[str] = (), rules: Iterable[str] | None = None
) -> Iterator[Proof]:
    """Prove properties one by one. `source`: the folders of the lawbook, to name in commands, where it is not the packaged one;
    `rules`: only what these rules can change, for a quick look after a change of them. Raises InputError as `chosen` does."""
    prover = Prover(book, source, rules)
    for item in chosen(book, tuple(only)):
        yield Proof(item, KINDS[item["kind"]](prover, item))
