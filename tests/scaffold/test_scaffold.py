"""Scaffolds: what they write passes lint at once, alone and together, laid over the lawbook and in a lawbook."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gapcheck import Lawbook
from gapcheck.commands import scaffold
from gapcheck.document.words import spaced
from gapcheck.engine.examples import run_example
from gapcheck.law.draft import DraftLawbook
from gapcheck.lint import lint
from gapcheck.scaffold.answers import Answers
from gapcheck.scaffold.files import KINDS, ScaffoldPlace, overlay
from tests.conftest import ROOT, TODAY, Run

TASK = ("scope=nuclear-medicine", "severity=severe", "act=irmer-operate", "synonyms=elute the generator, milk the cow")


def given(answers: tuple[str, ...]) -> list[str]:
    return [word for answer in answers for word in ("--set", answer)]


# Answers that are odd and lawful: kind, name, folder, what is given.
AWKWARD = [
    ("task", "t-colon", "Our Rules: v2", {"title": "Elute: the generator # daily", "synonyms": "elute it: twice, 24/7 elution"}),
    ("task", "t-no", "true", {"title": "No", "harm": "yes", "synonyms": "null, elution of tc"}),
    ("task", "t-number", "2026", {"title": "1e5", "harm": "- a dash first", "synonyms": "dose 'single' \"double\""}),
    ("task", "t-welsh", "Ysbyty Ll\u0177n", {"title": "Mesur dos \u0175 \u2013 \u2018dyfyniad\u2019", "synonyms": "mesur d\u00f4s"}),
    ("instrument", "i-brackets", "brackets", {"provision": "regulation 12(1)(a)", "says": 'It says: "no" & <b>'}),
    ("instrument", "i-number", "number", {"provision": "3"}),
    ("instrument", "i-sign", "sign", {"provision": "\u00a7 4, para. 2", "title": "Policy #114 [draft]"}),
    ("instrument", "i-moved", "moved", {"profession": "social-worker"}),  # whose register is another one than before, in one nation
    ("instrument", "i-two", "two", {"profession": "pharmacist", "kind": "framework"}),
    ("rule", "r-nation", "nation", {"law": "advanced-practice-frameworks/scot-nes-ahp-definition", "profession": "dietitian"}),
    ("reform", "f-list", "list", {"list": "sp-classes", "profession": "sonographer", "title": "Yes: reform"}),
    ("wording", "w-odd", "odd", {"task": "rad-ct", "synonyms": "ct: late lists, 64-slice runs"}),
]  # fmt: skip


@pytest.fixture
def unlinted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command without lint at its end: a test runs lint once for all that it wrote."""
    monkeypatch.setattr(scaffold, "_linted", lambda *_: 0)


def test_every_kind_passes_lint_at_once(
    unlinted: None, gapcheck: Run, tmp_path: Path, book: Lawbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the rules, lint looks at the new ones: the lawbook's own are tested elsewhere, and take their time."""
    monkeypatch.setattr(
        DraftLawbook,
        "rules",
        lambda draft: [one for one in draft.data["rules"].items() if one[0] not in book.data["rules"]],
    )
    for kind in scaffold.KINDS:
        done = gapcheck("scaffold", kind, f"our-{kind}", "-o", tmp_path / kind, "--usual", "--as-at", TODAY)
        assert done.returncode == 0, done.stderr
    more = gapcheck("scaffold", "task", "elution", "-o", tmp_path / "more", *given(TASK), "--usual", "--as-at", TODAY)
    assert more.returncode == 0, more.stderr
    folders = [tmp_path / kind for kind in (*scaffold.KINDS, "more")]
    for kind, name, folder, answers in AWKWARD:
        made = KINDS[kind](ScaffoldPlace(book, name, True, TODAY), Answers(answers, None))
        scaffold._write(str(tmp_path / folder), {"overlay.yaml": overlay(folder), **made})
        folders.append(tmp_path / folder)
    found = [item for item in lint(TODAY, *folders).findings if str(tmp_path) in item.file]
    assert [(item.code.id, item.message) for item in found] == []
    book = Lawbook.load(*folders)
    assert book.data["tasks"]["elution"]["harm"]["severity"] == "severe"
    assert book.data["rules"]["our-rule"]["force"] == "framework"
    assert {row["route"] for row in book.data["examples"]["our-rule"]} == {"open", "barred"}
    assert [row["with"] for row in book.data["reforms"]["our-reform"]["examples"]] == ["open", "barred"]
    words = {name: f"our wording on the {spaced(name)} list" for name in book.data["tasks"]}
    assert sum(words[name] in task["synonyms"] for name, task in book.data["tasks"].items()) == 1


def test_in_a_lawbook_of_its_own_a_rule_is_statute(unlinted: None, gapcheck: Run, tmp_path: Path) -> None:
    rules = Path(shutil.copytree(ROOT / "rules", tmp_path / "rules"))
    answers = ("law=hmr-2012/reg-214", "act=administer-pom-parenterally", "route=patient-specific-direction")
    done = gapcheck("scaffold", "rule", "nurse-direction", "-o", rules, *given(answers), "--usual", "--as-at", TODAY)
    assert done.returncode == 0, done.stderr
    book = Lawbook.load(rules)
    rule = book.data["rules"]["nurse-direction"]
    assert rule["force"] == "statute"
    for row in book.data["examples"]["nurse-direction"]:
        outcome = run_example(book, rule, row)
        assert (outcome.state, list(outcome.by)) == (row["route"], sorted(row.get("by", [])))


def test_answers_are_asked_for_and_what_is_nothing_is_refused(unlinted: None, gapcheck: Run, tmp_path: Path) -> None:
    asked = gapcheck(
        "scaffold", "wording", "our-words", "-o", tmp_path / "a", stdin="dxa-acquire-scan\nbone scans of the hip\n"
    )
    assert asked.returncode == 0, asked.stderr
    assert "bone scans of the hip" in (tmp_path / "a/wording/our-words.yaml").read_text(encoding="utf-8")
    for words in (
        ("task", "Our Task"),
        ("task", "dxa-acquire-scan"),
        ("task", "ours", "--set", "scope=no-such"),
        ("task", "ours", "--set", "colour=red"),
        ("task", "ours", "--set", "severity"),
        ("rule", "ours", "--set", "act=administer-pom-parenterally"),
        ("rule", "ours", "--set", "law=hmr-2012/reg-229"),
        ("rule", "ours", "--set", "law=agenda-for-change/profiles", "--set", "act=Inject Contrast"),
        (
            "rule",
            "ours",
            "--set",
            "law=advanced-practice-frameworks/scot-nes-ahp-definition",
            "--set",
            "profession=social-worker",
        ),
        ("instrument", "ours", "--set", "url=ftp://x y"),
        ("wording", "ours", "--set", "synonyms=,,"),
    ):
        done = gapcheck("scaffold", *words, "-o", tmp_path / "b", "--usual")
        assert done.returncode == 2 and done.stderr.startswith("error: "), words
    assert not (tmp_path / "b").exists()


def test_the_command_says_what_lint_finds(gapcheck: Run, tmp_path: Path) -> None:
    done = gapcheck(
        "scaffold", "wording", "ours", "-o", tmp_path / "ours", "--usual", "--set", "synonyms=of the service"
    )
    assert done.returncode == 1 and "L057" in done.stderr
