"""What the answers of a program are worth: right, wrong, not covered or not answered; by question, provision and act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from gapcheck.conform.questions import Case, Questions
from gapcheck.conform.run import NOT_COVERED, Answers

RIGHT, WRONG, SKIPPED, UNANSWERED = "right", "wrong", "not-covered", "unanswered"
OUTCOMES = (RIGHT, WRONG, SKIPPED, UNANSWERED)


class AnswerDifference(NamedTuple):
    """What of an answer is not as the law has it: `what` is `verdict`, or a route."""

    what: str
    wanted: str
    found: str


class Scored(NamedTuple):
    """One question, with what became of it."""

    case: Case
    outcome: str
    differences: tuple[AnswerDifference, ...] = ()


class Score(NamedTuple):
    """The scorecard of a program. `trouble`: what went wrong where it did not answer all."""

    engine: str
    questions: Questions
    scored: tuple[Scored, ...]
    trouble: str

    @property
    def counts(self) -> dict[str, int]:
        """How many of each outcome."""
        return _counted(self.scored)

    @property
    def conforms(self) -> bool:
        """Whether something is right, nothing wrong, and nothing left without an answer; what is not covered is not wrong."""
        counts = self.counts
        return bool(counts[RIGHT]) and not counts[WRONG] and not counts[UNANSWERED]

    def by_provision(self) -> dict[str, dict[str, int]]:
        """The outcomes of the questions that rest on each provision."""
        return _grouped((name, item) for item in self.scored for name in item.case.provisions)

    def by_act(self) -> dict[str, dict[str, int]]:
        """The outcomes of the questions for each act."""
        return _grouped((item.case.asked["act"], item) for item in self.scored)


def score(engine: str, questions: Questions, answers: Answers, trouble: str) -> Score:
    """Score the answers of an engine."""
    return Score(engine, questions, tuple(_scored(case, answers.get(case.id)) for case in questions.cases), trouble)


def _scored(case: Case, answer: Mapping[str, Any] | None) -> Scored:
    if answer is None:
        return Scored(case, UNANSWERED)
    if answer["verdict"] == NOT_COVERED:
        return Scored(case, SKIPPED)
    found = []
    if answer["verdict"] != case.expect["verdict"]:
        found.append(AnswerDifference("verdict", case.expect["verdict"], answer["verdict"]))
    if "routes" in answer:
        for route, state in case.expect.get("routes", {}).items():
            if answer["routes"].get(route) != state:
                found.append(AnswerDifference(route, state, str(answer["routes"].get(route, "no state"))))
    if "fails" in answer:
        for route, facts in case.expect.get("fails", {}).items():
            missing = sorted({*facts} - {*map(str, answer["fails"].get(route, ()))})
            if missing:
                found.append(AnswerDifference(route, f"fails on {', '.join(missing)}", "it does not"))
    return Scored(case, WRONG if found else RIGHT, tuple(found))


def _grouped(items: Iterable[tuple[str, Scored]]) -> dict[str, dict[str, int]]:
    groups: dict[str, list[Scored]] = {}
    for name, item in items:
        groups.setdefault(name, []).append(item)
    return {name: _counted(groups[name]) for name in sorted(groups)}


def _counted(items: Iterable[Scored]) -> dict[str, int]:
    found = Counter(item.outcome for item in items)
    return {outcome: found[outcome] for outcome in OUTCOMES}
