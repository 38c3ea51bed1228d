"""Whether the examples of each rule show what they should, and come out as they say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gapcheck.engine.examples import run_example, run_reform_example
from gapcheck.engine.routes import AVAILABLE, OPEN
from gapcheck.errors import InputError, Problem
from gapcheck.law.conditions import classes_in, conditions_of
from gapcheck.law.draft import At, Data, DraftLawbook, conditions, listed, name_of
from gapcheck.lint import codes


def check(draft: DraftLawbook) -> Iterator[Problem]:
    """Every problem of this kind."""
    for identity, rule in draft.rules():
        examples = draft.data["examples"][identity]
        if not examples or not rule.get("undetermined"):
            yield from _lawful(draft, identity, examples)
        if not rule.get("undetermined"):
            yield from _failing(draft, identity, rule, examples)
        for example in examples:
            yield from _run(draft, identity, rule, example)
    for identity, reform in draft.data["reforms"].items():
        for index, example in enumerate(reform.get("examples", ())):
            yield from _run_reform(draft, identity, index, example)
    yield from _members(draft)


def _lawful(draft: DraftLawbook, identity: str, examples: list[Data]) -> Iterator[Problem]:
    if not any(example["route"] in (OPEN, AVAILABLE) for example in examples):
        message = f"no example of `{identity}` is lawful (open or available)"
        help = "add the case of somebody who may do it"
        yield draft.say(codes.NO_LAWFUL_EXAMPLE, At("examples", identity, ("examples",)), message, help)


def _failing(draft: DraftLawbook, identity: str, rule: Data, examples: list[Data]) -> Iterator[Problem]:
    """Each condition fails in some example, under the reading to which it belongs."""
    shown = {
        (name, frozenset(_readings(draft, example).items())) for example in examples for name in example.get("by", ())
    }
    for path, condition in conditions(rule):
        name, under = name_of(condition), condition.get("under", {}).items()
        if not any(name == fact and under <= readings for fact, readings in shown):
            reading = "".join(f" under the reading {key}={value}" for key, value in under)
            message = f"no example of `{identity}` shows what happens when the condition on `{name}` fails{reading}"
            help = f"add a case with `by: [{name}]`"
            yield draft.say(codes.NO_FAILING_EXAMPLE, At("rules", identity, path), message, help)


def _readings(draft: DraftLawbook, example: Data) -> dict[str, str]:
    defaults = {key: item["default"] for key, item in draft.data["interpretations"].items()}
    return {**defaults, **example.get("interpretations", {})}


def _run(draft: DraftLawbook, identity: str, rule: Data, example: Data) -> Iterator[Problem]:
    path = ("examples", example["row"])
    try:
        outcome = run_example(draft.lawbook, rule, example)
    except InputError as error:
        yield from _unknown(draft, "examples", identity, path, error)
        return
    wanted = (example["route"], tuple(sorted(set(example.get("by", ())))))
    if (outcome.state, outcome.by) != wanted:
        came, said = (
            f"{state}{f' by {listed(by)}' if by else ''}" for state, by in ((outcome.state, outcome.by), wanted)
        )
        message = f"the example `{example['case']}` says {said} and comes to {came}"
        help = "read the law again, then mend the rule, the list that it tests or the example"
        yield draft.say(codes.EXAMPLE_FAILS, At("examples", identity, path), message, help)


def _run_reform(draft: DraftLawbook, identity: str, index: int, example: Data) -> Iterator[Problem]:
    path = ("examples", index)
    try:
        came = run_reform_example(draft.lawbook, identity, example)
    except InputError as error:
        yield from _unknown(draft, "reforms", identity, path, error)
        return
    said = (example["without"], example["with"])
    if came != said:
        message = (
            f"the example `{example['case']}` says {said[0]} without the reform and {said[1]} with it, "
            f"and comes to {came[0]} and {came[1]}"
        )
        help = "mend the changes of the reform or the example"
        yield draft.say(codes.EXAMPLE_FAILS, At("reforms", identity, path), message, help)


def _unknown(
    draft: DraftLawbook, kind: str, identity: str, path: tuple[Any, ...], error: InputError
) -> Iterator[Problem]:
    for item in error.problems:
        yield draft.say(
            codes.DANGLING, At(kind, identity, path), f"in an example of `{identity}`, {item.message}", item.help
        )


def _members(draft: DraftLawbook) -> Iterator[Problem]:
    """Members of a list that no example of a rule with that list is about: nobody would notice if one were taken out."""
    shown: dict[str, set[str]] = {}
    for identity, rule in draft.rules():
        named = {value for example in draft.data["examples"][identity] for value in _stated(draft, example)}
        for condition in conditions_of(rule):
            for name in classes_in(condition):
                shown.setdefault(name, set()).update(named)
    for identity, item in draft.data["classes"].items():
        missing = dict.fromkeys(
            member["id"] for member in item["members"] if identity in shown and member["id"] not in shown[identity]
        )
        if missing:
            message = f"no example is about {listed(missing)} of the list `{identity}`"
            help = "add a case for each to a rule that tests the list"
            yield draft.say(codes.MEMBER_WITHOUT_EXAMPLE, At("classes", identity, ("members",)), message, help)


def _stated(draft: DraftLawbook, example: Data) -> Iterator[str]:
    """What an example says of profession, medicine and title."""
    yield from (str(example[key]) for key in ("profession", "medicine") if key in example)
    yield from (str(item).partition(":")[0] for item in example.get("registered", ()))
    yield from (str(item).rpartition(":")[2] for item in example.get("registered", ()))
    title = example.get("facts", {}).get("title")
    if title:
        plain = "-".join("".join(char if char.isalnum() else " " for char in str(title).lower()).split())
        yield str(draft.lawbook.title_facts(plain)["title"])
