"""Statements and what came of checking them, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gapcheck.law.dated import Provision

SUPPORTED, CONTRADICTED, QUALIFIED, NOT_LEGAL = "supported", "contradicted", "qualified", "not-a-legal-claim"
TO_CHECK = "to-check"
VERDICTS = (CONTRADICTED, QUALIFIED, SUPPORTED, TO_CHECK, NOT_LEGAL)  # the order in which a report shows them
MAY, MAY_NOT, ONLY_IF_REGISTERED, NEEDS_NO_REGISTRATION, ONLY_BY = (
    "may", "may-not", "only-if-registered", "needs-no-registration", "only-by",
)  # fmt: skip
NOT_WITHOUT, ONLY_THESE = "not-without-registration", "only-these"
SO, NOT_SO, PARTLY = "so", "not-so", "partly"  # how a statement says a point of law
REGULATED, NOT_REGULATED = "regulated", "not-regulated"
LAW, FRAMEWORK = "law", "framework"
ANYONE = "anyone"
PROPOSED, CONFIRMED, NOT_SAID = (
    "proposed",
    "confirmed",
    "not-said",
)  # what a person has said of a statement that was read


@dataclass(frozen=True)
class Assertion:
    """The legal content of a statement: that a person may, or may not, do an act. `profession`: an id, or anyone; `professions`:
    several, of each of which it is said; `registered`: as `gapcheck can` takes it, None where it is not stated; `by`: what is
    said to make it so, law or a framework. Or how it says a point of law (`point`, and no act); `but`: what it leaves out. Or that a
    profession is on a statutory register (`register`; on any where none is named), since a day (`date`)."""

    act: str
    says: str
    profession: str = ANYONE
    routes: tuple[str, ...] = ()
    registered: tuple[str, ...] | None = None
    annotations: tuple[str, ...] = ()
    entitlements: tuple[str, ...] = ()
    arrangements: tuple[str, ...] = ()
    medicine: str = ""
    facts: Mapping[str, object] | None = None
    nations: tuple[str, ...] = ()
    date: str = ""
    by: str = LAW
    professions: tuple[str, ...] = ()
    point: str = ""
    but: str = ""
    register: str = ""


@dataclass(frozen=True)
class Quantity:
    """A quantity as a statement gives it. `by`: whose figure it is; `when`: the day or period; `about`: it is said to be
    approximate; `rounded`: it is rounded to its last digit; `operation`, `operands`: how it is said to come about."""

    quantity: str
    value: float
    shown: str
    unit: str = ""
    when: str = ""
    by: str = ""
    about: bool = False
    rounded: bool = False
    operation: str = ""  # sum | product | quotient | share | difference
    operands: tuple[float | str, ...] = ()


@dataclass(frozen=True)
class Statement:
    """A statement with its content. `source`: who published it, where that is known; `page`, `line`: where it stands in the
    document that it was read from, 0 where that is not known; `state`: what a person has said of what was read, "" for one that
    a person has written; `unsure`: why it is left to a person what it says."""

    id: str
    statement: str
    assertions: tuple[Assertion, ...] = ()
    figures: tuple[Quantity, ...] = ()
    source: str = ""
    page: int = 0
    line: int = 0
    state: str = ""
    unsure: str = ""

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return ", ".join([f"page {self.page}"] * bool(self.page) + [f"line {self.line}"] * bool(self.line))


@dataclass(frozen=True)
class CheckedAssertion:
    """What came of one assertion. `why`: the law's answer, in a sentence; `conditions`: under what it holds, where that is not
    everywhere and always; `law`: the provisions of the answer; `suggest`: words that would be true, "" where none were found;
    `unverified`: it rests on one that nobody has read."""

    assertion: Assertion
    verdict: str
    why: str
    conditions: tuple[str, ...]
    law: tuple[Provision, ...]
    suggest: str = ""

    @property
    def unverified(self) -> bool:
        return any(item.confidence == "unverified" for item in self.law)


@dataclass(frozen=True)
class StatementResult:
    """What came of a statement: its verdict is the worst of its assertions."""

    statement: Statement
    verdict: str
    checked: tuple[CheckedAssertion, ...]


@dataclass(frozen=True)
class FigureCheck:
    """A check of figures. `kind`: differ (the same quantity, stated twice) or arithmetic; `statements`: whose figures."""

    kind: str
    holds: bool
    says: str
    quantity: str
    statements: tuple[str, ...]


@dataclass(frozen=True)
class ClaimsOutcome:
    """All results, in the order of the statements, and the checks of figures."""

    results: tuple[StatementResult, ...]
    figures: tuple[FigureCheck, ...]

    @property
    def summary(self) -> dict[str, int]:
        """The number of statements of each verdict."""
        return {verdict: sum(item.verdict == verdict for item in self.results) for verdict in VERDICTS}

    @property
    def inconsistent(self) -> tuple[FigureCheck, ...]:
        """The checks of figures that do not hold."""
        return tuple(item for item in self.figures if not item.holds)
