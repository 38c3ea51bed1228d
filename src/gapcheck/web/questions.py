"""Facts that an answer still depends on, put as one plain question at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from gapcheck.engine.answers import ActAnswer
from gapcheck.engine.findings import asked_instead, open_facts
from gapcheck.engine.person import REGISTRATION
from gapcheck.engine.routes import AVAILABLE
from gapcheck.engine.sentences import asks_register
from gapcheck.errors import problem
from gapcheck.law.dated import Law
from gapcheck.web import lists
from gapcheck.web.inquiry import Inquiry
from gapcheck.web.lists import PageChoice

UNKNOWN = "unknown"
YES, NO = "yes", "no"
YES_NO = (PageChoice(YES, "Yes"), PageChoice(NO, "No"))
IN_PLACE = (PageChoice(YES, "Yes"), PageChoice(UNKNOWN, "No, or not yet"))
PROFESSION = "holder.profession"
_LISTS = {PROFESSION: "professions", "medicine": "medicines"}
_ANNOTATION = "annotation."
REGISTERED, NONE = "registered", "none"


class OpenQuestion(NamedTuple):
    """A question. `kind`: `one` (of `choices`), `list` (one of many), `several` (any of `choices`), or `text`."""

    fact: str
    text: str
    kind: str
    choices: tuple[PageChoice, ...] = ()


def next_question(answer: ActAnswer, skip: Iterable[str]) -> OpenQuestion | None:
    """The question that would bring an answer nearer: what decides it first, then what makes an available way open."""
    act, passed = answer.act, set(skip)
    if answer.registers and REGISTERED not in passed:
        return _register(answer)
    if act.verdict == UNKNOWN:
        facts = open_facts(answer.law, act.unknown)
    elif act.verdict == AVAILABLE and act.best:
        facts = tuple(item.fact for item in act.best.fails if item.holds is None)
    else:
        return None
    for fact in asked_instead(facts, answer.profile, answer.law):
        found = put(answer.law, fact)
        if found and found.fact not in passed and fact not in answer.facts:
            return found
    return None


def _register(answer: ActAnswer) -> OpenQuestion:
    """The question for the register, which proposes those of the profession."""
    data = answer.law.book.data["registers"]
    held = tuple(PageChoice(item, f"Yes, with the {data[item]['title']}") for item in answer.registers)
    return OpenQuestion(
        REGISTERED, asks_register(answer.law, answer.registers), "one", (*held, PageChoice(NONE, "No, on no register"))
    )


def put(law: Law, fact: str) -> OpenQuestion | None:
    """A fact as a question, or None where no person could answer it."""
    data, book = law.book.data, law.book
    if fact.startswith(_ANNOTATION):
        return OpenQuestion(
            "annotation",
            "What does the register entry say of the person?",
            "several",
            lists.arrangements(book, "annotation"),
        )
    kind, _, identity = fact.partition(".")
    if identity in data["arrangements"] and data["arrangements"][identity]["kind"] == kind:
        return OpenQuestion(fact, data["arrangements"][identity]["question"], "one", IN_PLACE)
    if fact == REGISTRATION:  # who is on a register is asked as what
        fact = PROFESSION
    item = book.items("facts").get(fact, {})
    if not item.get("question"):
        return None
    if fact in _LISTS:
        return OpenQuestion(fact, item["question"], "list", getattr(lists, _LISTS[fact])(book))
    if item["type"] == "boolean":
        return OpenQuestion(fact, item["question"], "one", YES_NO)
    if item["type"] == "choice":
        return OpenQuestion(
            fact,
            item["question"],
            "one",
            tuple(PageChoice(value, lists.sentence(str(value).replace("-", " "))) for value in item["values"]),
        )
    return OpenQuestion(fact, item["question"], "text")


def answered(asked: Inquiry, fact: str, values: list[str]) -> Inquiry:
    """The question with one more fact. Raises InputError where nothing was chosen."""
    given = [value.strip() for value in values if value.strip()]
    if not given:
        raise problem("answer", "Choose an answer, or say that you do not know")
    if UNKNOWN in given:
        return replace(asked, skip=(*asked.skip, fact))
    kind, _, identity = fact.partition(".")
    if fact == "annotation":
        return replace(asked, annotation=tuple(dict.fromkeys((*asked.annotation, *given, "none"))))
    if fact == PROFESSION:
        return replace(asked, profession=given[-1])
    if fact == REGISTERED:
        return replace(asked, registered=(given[-1],))
    if fact == "medicine":
        return replace(asked, medicine=given[-1])
    if kind == "arrangement":
        return replace(asked, arrangement=(*asked.arrangement, identity))
    if kind == "entitlement":
        return replace(asked, entitlement=(*asked.entitlement, identity))
    return replace(asked, facts=(*asked.facts, f"{fact}={given[-1]}"))
