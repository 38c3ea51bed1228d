"""Questions in plain words: what is understood, what is answered, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from subprocess import CompletedProcess
from typing import Any

import pytest
import yaml

from gapcheck import Lawbook
from gapcheck.ask.answer import answered
from gapcheck.ask.dialogue import asked_on
from gapcheck.ask.reply import PlainReply, first_line, not_understood
from gapcheck.ask.understand import understand
from gapcheck.document.render import rendered
from gapcheck.forms import form_problems
from gapcheck.interview.ask import Asker
from gapcheck.law.needs import ways
from gapcheck.profile.read import STATUSES
from gapcheck.reading import read_document
from tests.conftest import ROOT

Run = Callable[..., "CompletedProcess[str]"]
HERE = ROOT / "tests/ask"
QUESTIONS: list[dict[str, Any]] = [
    item for name in ("questions", "more", "plain", "trades") for item in yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
]  # fmt: skip
NONSENSE: list[dict[str, Any]] = yaml.safe_load((HERE / "nonsense.yaml").read_text(encoding="utf-8"))
ANSWERS: list[dict[str, str]] = yaml.safe_load((HERE / "answers.yaml").read_text(encoding="utf-8"))
TODAY = date(2026, 11, 30)


def wanted(book: Lawbook, item: dict[str, Any]) -> dict[str, Any]:
    """What should be understood of a question; a task that needs a single act means that act too."""
    found = {
        key: item.get(key, "") for key in ("act", "task", "profession", "medicine", "nation", "as_at")
    } | {"registered": item.get("registered", [])}  # fmt: skip
    if found["task"] and not found["act"]:
        acts = {need["act"] for way in ways(book.data["tasks"][found["task"]]) for need in way}
        found["act"] = acts.pop() if len(acts) == 1 else ""
    return found


@pytest.mark.parametrize("item", QUESTIONS, ids=lambda item: item["q"])
def test_question_is_understood_and_nothing_is_guessed(book: Lawbook, item: dict[str, Any]) -> None:
    found = understand(book, item["q"], TODAY)
    assert found.asks
    data = found.data()
    assert {key: data[key] for key in wanted(book, item)} == wanted(book, item)
    assert list(found.between) == item.get("asks", [])
    assert found.on_no_register == item.get("none", False)
    assert list(found.without) == item.get("without", [])
    assert list(found.reforms) == item.get("reforms", [])
    assert len(found.also) == item.get("also", 0)
    assert list(found.entitlements) == item.get("entitlements", [])
    if "als" in item:
        assert found.facts["als-certificate"] == item["als"]
    if "way" in item:
        assert found.way == item["way"]
    if "title" in item:
        assert found.facts["title"] == item["title"]


@pytest.mark.parametrize("item", ANSWERS, ids=lambda item: item["q"])
def test_the_first_line_answers(book: Lawbook, item: dict[str, str]) -> None:
    found = understand(book, item["q"], TODAY)
    assert found.asks
    screen = " ".join(str(rendered(PlainReply(answered(book, found)), "table")).split())
    assert screen.startswith(item["begins"]) and item.get("says", "") in screen


@pytest.mark.parametrize("item", NONSENSE, ids=lambda item: item["q"])
def test_nonsense_is_refused_with_what_was_understood(book: Lawbook, item: dict[str, Any]) -> None:
    found = understand(book, item["q"], TODAY)
    assert not found.asks
    assert (found.profession, found.nation) == (item.get("profession", ""), item.get("nation", ""))
    said = not_understood(found, book)
    assert "for example" in said and "`" not in said
    if found.nation:
        assert book.data["nations"][found.nation] in said


def test_every_answer_is_of_its_form_and_speaks_no_ids(book: Lawbook) -> None:
    """The JSON is of the schema; the line, the screen and the command are there for every question."""
    ids = {key for kind in ("acts", "tasks", "professions", "medicines") for key in book.data[kind] if "-" in key}
    ids -= {
        word for item in book.data["medicines"].values() for word in item["label"].split()
    }  # krypton-81m is its name
    for item in QUESTIONS[::3]:
        reply = PlainReply(answered(book, understand(book, item["q"], TODAY)))
        data = json.loads(rendered(reply, "json"))
        document = read_document(json.dumps(data).encode(), "ask.json", 4_000_000)
        assert form_problems(document, "ask") == []
        screen = str(rendered(reply, "table"))
        shown = screen.partition("Again:")[0]
        assert "`" not in shown and not any(key in shown.split() for key in ids)
        assert data["command"].startswith("gapcheck ")


def test_what_is_missing_is_asked_and_no_registration_is_guessed(book: Lawbook) -> None:
    """A member of a registered profession of whom no register is said is asked; the same on the register is answered."""
    unsaid = answered(book, understand(book, "Can a nurse refer patients for a chest X-ray?"))
    assert unsaid.verdict == "unknown"
    assert unsaid.questions == ("Is the person registered with the Nursing and Midwifery Council?",)
    said = answered(book, understand(book, "Can a nurse on the NMC register refer patients for a chest X-ray?"))
    assert said.verdict == "available" and said.questions == ()
    denied = answered(book, understand(book, "Can a nurse who is not registered refer patients for a chest X-ray?"))
    assert denied.verdict == "barred"
    both = answered(book, understand(book, "Can a radiographer refer for a chest X-ray?"))
    assert both.verdict == "unknown"
    assert both.questions[0] == "Is it a diagnostic radiographer or a therapeutic radiographer?"
    nobody = answered(book, understand(book, "Who can refer for a chest X-ray?"))
    assert nobody.verdict == "unknown" and nobody.questions[0] == "What is the profession of the person?"


def test_a_question_about_one_way_is_answered_about_that_way(book: Lawbook) -> None:
    """By group direction a technologist may not give contrast, by another way perhaps: the first word says no."""
    found = answered(book, understand(book, "Can a technologist give contrast under a PGD?"))
    assert found.verdict == "barred"
    line = str(rendered(PlainReply(found), "table")).splitlines()[0]
    assert line.startswith(
        "No, not by this way (patient group direction): a clinical technologist may not so give iodinated"
    )
    other = answered(
        book, understand(book, "Can an HCPC registered diagnostic radiographer give contrast under a PGD?")
    )
    assert other.verdict == "open"
    without = answered(book, understand(book, "Can a technologist inject contrast for a CT without a PSD?"))
    assert without.act is not None and not any(
        route.route == "patient-specific-direction" and route.state == "open" for route in without.act.act.routes
    )


def test_at_a_terminal_one_plain_question_is_asked_at_a_time(book: Lawbook) -> None:
    """Which of two professions, then the register; the answer that comes of it needs no more."""
    answers = iter(["1", "yes"])
    asker = Asker(lambda _: next(answers, None), patient=True)
    found = answered(book, understand(book, "can a radiographer refer for a chest x-ray?"))
    settled = asked_on(asker, found, lambda meant: answered(book, meant))
    assert settled.understood.profession == found.understood.between[0]
    assert settled.understood.registered == ("hcpc",) and settled.verdict == "available"
    stopped = asked_on(Asker(lambda _: None, patient=True), found, lambda meant: answered(book, meant))
    assert stopped.verdict == "unknown"


def test_a_misspelt_word_is_read_and_said(book: Lawbook) -> None:
    found = understand(book, "Can a tecnologist inject contrast in Cardif?")
    assert any("technologist" in note for note in found.readings) and any("cardiff" in note for note in found.readings)


def test_words_of_the_lexicon_point_at_what_is(book: Lawbook) -> None:
    """Every id that the everyday words name is of the lawbook."""
    own, data = book.data["wording"]["ask"], book.data
    people = {one for item in own["people"] for one in item["professions"]}
    assert people <= set(data["professions"])
    assert {item["act"] for item in own["acts"]} | {own["title-act"], *own["giving"].values()} <= set(data["acts"])
    assert set(own["tasks"]) <= set(data["tasks"])
    assert set(own["medicines"]) | set(own["usually-not-by-injection"]) <= set(data["medicines"])
    assert set(own["registers"]) <= set(data["registers"])
    assert set(own["statuses"]) <= set(STATUSES)
    assert {item["route"] for item in own["ways"]} | set(own["task-ways"].values()) <= set(data["routes"])
    assert set(own["task-ways"]) <= set(data["tasks"])
    assert {item["states"] for item in own["ways"] if "states" in item} | set(own["without"]) <= set(
        data["arrangements"]
    )
    assert set(own["places"]) <= set(data["nations"])


def test_command(gapcheck: Run) -> None:
    """The command: exit codes of `can`, options that correct, the command that gives the answer again."""
    found = gapcheck("ask", "can a band 6 technologist on the RCT give contrast in Cardiff?", "--as-at", "2026-11-22")
    assert found.returncode == 0, found.stderr
    assert found.stdout.startswith("Yes, if")
    assert "Wales" in found.stdout and "gapcheck can" in found.stdout
    assert gapcheck("ask", "may a technologist refer for a chest x-ray").returncode == 1
    assert gapcheck("ask", "may a nurse refer for a chest x-ray").returncode == 3
    put_right = gapcheck("ask", "may a nurse refer for a chest x-ray", "--registered", "nmc", "--format", "json")
    assert put_right.returncode == 0 and json.loads(put_right.stdout)["understood"]["registered"] == ["nmc"]
    refused = gapcheck("ask", "can my cat drive a bus in Cardiff?")
    assert refused.returncode == 2 and refused.stdout == "" and "Wales" in refused.stderr
    wrong = gapcheck("ask", "may a nurse refer for a chest x-ray", "--profession", "wizard")
    assert wrong.returncode == 2


def test_what_the_person_is_to_do_has_to_be_understood(book: Lawbook) -> None:
    """An answer about X-rays is none to the question whether somebody may do with them what nobody knows; an adverb is no deed."""
    assert not understand(book, "can a radiographer juggle chest x-rays", TODAY).asks
    assert understand(book, "may a nurse routinely give contrast", TODAY).asks


def test_whether_registration_is_needed_is_not_answered_with_a_yes_that_says_the_opposite(book: Lawbook) -> None:
    """`Does she need to be registered to refer?` is not answered `No`: what the verdict answers stands before it."""
    for question, line in (
        (
            "Does a sonographer need to be registered to request x-rays?",
            "May the person do it, with no registration stated? No: a sonographer may not refer",
        ),
        (
            "Is HCPC registration required to report DXA scans?",
            "May the person do it, with no registration stated? Yes, if",
        ),
        ("Does an advert need to ask for HCPC registration?", "May it be done, as the question says it? Yes: "),
    ):
        found = answered(book, understand(book, question, TODAY))
        assert first_line(found).startswith(line)
        assert found.understood.registered == ()
    assert "act by act" in not_understood(understand(book, "Does a sonographer need HCPC registration?", TODAY), book)
    held = understand(book, "Can a registered nurse give contrast?", TODAY)
    assert held.registered and not held.whether and not held.must
