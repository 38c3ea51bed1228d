"""The second engine: it agrees, its answers are its own, cases never mix, and what it cannot take is refused."""

from __future__ import annotations

import itertools
import json
import random
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapcheck import Lawbook, Profile, check
from gapcheck.errors import EngineError
from gapcheck.law.conditions import Condition, Expired
from tests.conftest import ROOT, TODAY, Run

if sys.version_info >= (3, 13):
    WHY = "durable-rules does not import on Python 3.13 or later"
else:
    WHY = "" if find_spec("durable") else "durable-rules is not installed: pip install -e '.[cross-check]'"
if not WHY:
    from gapcheck.engine.crosscheck import confirm, program
    from gapcheck.engine.rete import Program, Rules, check_names
second_engine = pytest.mark.skipif(bool(WHY), reason=WHY)
pytestmark = pytest.mark.filterwarnings("ignore:.*utcfromtimestamp:DeprecationWarning")  # of durable-rules, on 3.12

ENGINE = "durable-rules 2.0.28"
PROFILES = sorted((ROOT / "examples/profiles").glob("*.yaml"))
NURSE = ("can", "irmer-refer", "--profession", "nurse")  # unknown: nobody said whether on the register
ON, OFF = {"GAPCHECK_CROSS_CHECK": ""}, {"GAPCHECK_CROSS_CHECK": "0"}


def state_of(condition: dict[str, Any], facts: dict[str, Any]) -> tuple[str, str]:
    """The state of a route with one condition, by our own engine and by the other."""
    truth = Condition("holder", condition, lambda name: frozenset((name, "member")), {}).test(facts)
    theirs = Program([condition], []).state(facts, lambda name: frozenset((name, "member")))
    return {True: "open", False: "barred", None: "unknown"}[truth], theirs


# -- it agrees, and the report says so -----------------------------------------------------------------------------


@second_engine
@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_both_engines_agree_on_every_example(book: Lawbook, path: Path) -> None:
    profile = Profile.read(path, book)
    reports = [check(profile, book, as_at=day) for day in ("2016-03-01", "2024-06-25", TODAY)]
    assert [report.cross_check for report in confirm(reports)] == [(ENGINE, True)] * 3


@second_engine
def test_the_report_says_which_engines_agree(gapcheck: Run) -> None:
    line = f"Both engines agree on every act: gapcheck's own and {ENGINE}."
    for command in (("check", PROFILES[0]), NURSE):
        assert json.loads(gapcheck(*command, "--format", "json", **ON).stdout)["cross_check"] == {
            "engine": ENGINE,
            "agrees": True,
        }
        assert "agree on every act" in " ".join(gapcheck(*command, "--full", **ON).stdout.split())
    assert f"Both engines agree ({ENGINE})" in " ".join(gapcheck("check", PROFILES[0], **ON).stdout.split())
    said = gapcheck("check", PROFILES[0], "--format", "markdown", **ON).stdout
    assert f"gapcheck and {ENGINE}, which agree on every act" in said
    assert line in gapcheck(*NURSE, "--format", "markdown", **ON).stdout.splitlines()


def test_without_the_second_engine_the_report_says_nothing_of_it(gapcheck: Run) -> None:
    for command in (("check", PROFILES[0]), NURSE):
        for arguments, env in ((("--no-cross-check",), ON), ((), OFF)):
            done = gapcheck(*command, *arguments, "--format", "json", **env)
            assert json.loads(done.stdout)["cross_check"] == {"engine": None, "agrees": None}
            assert "engines agree" not in gapcheck(*command, *arguments, **env).stdout


@second_engine
def test_a_few_thousand_random_cases_are_decided_alike() -> None:
    command = [sys.executable, ROOT / "benchmarks/differential.py", "--cases", "3000", "--most", "0", "--jobs", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    counts = {name.strip(): int(count.replace(",", "")) for name, count in map(_split, done.stdout.splitlines()[:-1])}
    assert (counts["random cases"], counts["disagreements"]) == (3000, 0)
    assert min(counts[f"random cases: route {state}"] for state in ("open", "available", "unknown", "barred")) > 100


def _split(line: str) -> tuple[str, str]:
    name, _, count = line.rpartition(" ")
    return name, count


# -- where it is not there, or differs -----------------------------------------------------------------------------


@pytest.fixture
def broken(tmp_path: Path) -> dict[str, str]:
    """An installation that does not import, as on Python 3.13."""
    (tmp_path / "durable").mkdir()
    (tmp_path / "durable/__init__.py").write_text("raise ImportError('undefined symbol: PyEval_CallObject')")
    return {**ON, "PYTHONPATH": str(tmp_path)}


@pytest.fixture
def lying(tmp_path: Path) -> dict[str, str]:
    """An engine that takes every route for open: it runs the first two rules of every ruleset, whatever the fact."""
    (tmp_path / "durable").mkdir()
    (tmp_path / "durable/__init__.py").touch()
    (tmp_path / "durable/engine.py").write_text(
        "from types import SimpleNamespace as Space\n"
        "class Ruleset:\n"
        "    def __init__(self, name, host, definition):\n"
        "        self.actions = [rule['run'] for rule in definition.values()][:2]\n"
        "    def assert_fact(self, fact):\n"
        "        return fact['sid']\n"
        "    def do_actions(self, sid, complete):\n"
        "        for action in self.actions:\n"
        "            action(Space(s=Space(sid=sid)))\n"
        "        complete(None, {})\n"
        "    def delete_state(self, sid):\n"
        "        pass\n"
    )
    return {**ON, "PYTHONPATH": str(tmp_path)}


def test_an_engine_that_does_not_import_is_left_out(gapcheck: Run, broken: dict[str, str]) -> None:
    done = gapcheck(*NURSE, "--format", "json", **broken)
    assert (done.returncode, done.stderr) == (3, "")
    assert json.loads(done.stdout)["cross_check"] == {"engine": None, "agrees": None}


def test_an_engine_that_is_asked_for_must_be_there(gapcheck: Run, broken: dict[str, str]) -> None:
    for arguments, env in ((("--cross-check",), broken), ((), {**broken, "GAPCHECK_CROSS_CHECK": "1"})):
        done = gapcheck(*NURSE, *arguments, **env)
        assert (done.returncode, done.stdout) == (2, "")
        assert "gapcheck[cross-check]" in done.stderr


def test_an_answer_on_which_the_engines_disagree_is_not_given(
    gapcheck: Run, lying: dict[str, str], tmp_path: Path
) -> None:
    for command in (NURSE, ("check", ROOT / "examples/profiles/nuclear-medicine-technologist.yaml")):
        done = gapcheck(*command, "-o", tmp_path / "answer.txt", **lying)
        assert (done.returncode, done.stdout) == (70, "")
        assert not (tmp_path / "answer.txt").exists()
        assert "Traceback" not in done.stderr
    done = gapcheck(*NURSE, **lying)
    assert (done.returncode, done.stdout) == (70, "")
    for part in ("`irmer-refer`", "`referrer`", "says unknown", "says open", "holder.profession=nurse"):
        assert part in done.stderr
    assert gapcheck(*NURSE, "--no-cross-check", **lying).returncode == 3


# -- its answers are its own ---------------------------------------------------------------------------------------

FACTS = ("a", "b", "c")
LEAF = st.builds(
    lambda fact, operator, presumed: {
        "fact": fact,
        **({"unless-stated": presumed} if presumed is not None else {}),
        **{"is": {"is": True}, "is-not": {"is-not": True}, "in": {"in": ["x", "y"]}, "class": {"in-class": "z"}}[
            operator
        ],
    },
    st.sampled_from(FACTS),
    st.sampled_from(["is", "is-not", "in", "class"]),
    st.sampled_from([None, None, None, True, False]),
)
TREE = st.recursive(
    LEAF,
    lambda inner: st.builds(
        lambda group, items, presumed: {group: items, **({"unless-stated": presumed} if presumed is not None else {})},
        st.sampled_from(["all", "any", "none"]),
        st.lists(inner, min_size=1, max_size=3),
        st.sampled_from([None, None, None, True, False]),
    ),
    max_leaves=8,
)


@second_engine
@settings(max_examples=40, deadline=None)
@given(TREE)
def test_three_valued_logic_is_the_same_for_any_condition(condition: dict[str, Any]) -> None:
    own = Condition("holder", condition, lambda name: frozenset((name, "member")), {})
    compiled = Program([condition], [])
    values = (None, True, "x", "z", "other")
    for chosen in itertools.product(values, repeat=len(own.facts)):
        facts = {name: value for name, value in zip(own.facts, chosen, strict=True) if value is not None}
        expected = {True: "open", False: "barred", None: "unknown"}[own.test(facts)]
        assert compiled.state(facts, lambda name: frozenset((name, "member"))) == expected


LOOK_ALIKES = (
    True,
    False,
    1,
    0,
    1.0,
    "yes",
    "no",
    "true",
    "1",
    "not stated",
    "another value",
    "holds",
    "",
    Expired("x"),
)


@second_engine
@pytest.mark.parametrize("wanted", [True, False, 1, "yes", "not stated", "another value"], ids=repr)
@pytest.mark.parametrize("operator", ["is", "is-not"])
def test_values_that_look_alike_are_told_apart(operator: str, wanted: Any) -> None:
    for value in LOOK_ALIKES:
        ours, theirs = state_of({"fact": "a", operator: wanted}, {"a": value})
        assert ours == theirs, value


@second_engine
@pytest.mark.parametrize(
    ("condition", "values"),
    [
        ({"fact": "a", "on-or-after": "2024-06-26"}, ("2024-06-25", "2024-06-26", "2024-06-27")),
        ({"fact": "a", "before": "2024-06-26"}, ("2024-06-25", "2024-06-26", "2024-06-27")),
        ({"fact": "a", "at-least": 3}, (2, 3, 4)),
        ({"fact": "a", "at-most": 3}, (2, 3, 4)),
        ({"fact": "a", "not-in-class": "z"}, ("z", "member", "other")),
        ({"fact": "a", "not-in": ["x", "y"]}, ("x", "y", "z")),
    ],
    ids=lambda item: next(reversed(item)) if isinstance(item, dict) else "",
)
def test_dates_numbers_and_lists(condition: dict[str, Any], values: tuple[Any, ...]) -> None:
    for value in (None, *values):
        ours, theirs = state_of(condition, {"a": value})
        assert ours == theirs, value


@second_engine
def test_a_rule_is_compiled_once_whatever_the_day_and_for_each_reading(book: Lawbook) -> None:
    rule = book.data["rules"]["pgd-administration"]
    default = program(book.at(TODAY, "england"), rule)
    assert program(book.at("2024-06-25", "wales"), rule) is default
    other = {"pgd-pharmacy-technicians-ni": "follows-the-register"}
    assert program(book.at(TODAY, "england", other), rule) is not default


# -- cases never mix ----------------------------------------------------------------------------------------------

PAIR = [("a", [{"a": "x"}]), ("b", [{"b": "x"}]), ("both", [{"a": "x"}, {"b": "x"}])]


@second_engine
def test_two_cases_never_mix() -> None:
    """Neither while both wait in the engine, in whichever order they end, nor one after the other."""
    rules = Rules("pairs", PAIR)
    first, second = rules.begin({"a": "x", "b": "y"}), rules.begin({"a": "y", "b": "x"})
    assert (rules.end(*second), rules.end(*first)) == ({"b"}, {"a"})
    assert [rules.run(fact) for fact in ({"a": "x", "b": "y"}, {"a": "y", "b": "x"})] == [{"a"}, {"b"}]


@second_engine
def test_many_waiting_cases_never_mix() -> None:
    rules, rng = Rules("pairs", PAIR), random.Random(7)  # noqa: S311
    expected = {("x", "x"): {"a", "b", "both"}, ("x", "y"): {"a"}, ("y", "x"): {"b"}, ("y", "y"): set()}
    for _ in range(20):
        chosen = [rng.choice(list(expected)) for _ in range(100)]
        waiting = [(words, rules.begin({"a": words[0], "b": words[1]})) for words in chosen]
        rng.shuffle(waiting)
        for words, case in waiting:
            assert rules.end(*case) == expected[words]


@second_engine
def test_the_order_of_cases_makes_no_difference(book: Lawbook) -> None:
    law, rng = book.at(TODAY, "england"), random.Random(11)  # noqa: S311
    rule = program(law, book.data["rules"]["pgd-administration"])
    names = ("nurse", "sonographer", None), ("current", "none", None), ("none", "schedule-2", None), (True, False, None)
    facts = ("holder.profession", "holder.statutory-registration", "medicine.controlled-drug", "arrangement.pgd")
    cases = [dict(zip(facts, chosen, strict=True)) for chosen in itertools.product(*names)]
    before = [rule.state(case, law.members) for case in cases]
    assert {"open", "available", "unknown", "barred"} == set(before)
    order = list(range(len(cases)))
    rng.shuffle(order)
    assert [rule.state(cases[number], law.members) for number in order] == [before[number] for number in order]


@second_engine
def test_more_cases_than_the_engine_can_hold_at_a_time_and_cases_that_meet_no_rule() -> None:
    """It holds 1,024 cases; and to forget one that met no rule would end the process."""
    rules = Rules("pairs", PAIR)
    assert all(rules.run({"a": "y", "b": "y"}) == set() for _ in range(3000))


# -- its limits ---------------------------------------------------------------------------------------------------


@second_engine
def test_names_that_the_engine_takes_for_one_are_refused() -> None:
    with pytest.raises(EngineError, match="`liquid` from `costarring`"):
        check_names(["costarring", "liquid"])
    with pytest.raises(EngineError, match="liquid"):
        Program([{"fact": "costarring", "is": True}, {"fact": "liquid", "is": True}], [])
    for name in ("sid", "kind", "café"):
        with pytest.raises(EngineError, match=name):
            check_names([name])
    check_names(["costarring", "declinate"])


@second_engine
def test_the_engine_would_take_them_for_one() -> None:
    assert Rules("hashes", [("fired", [{"costarring": "x"}])]).run({"liquid": "x"}) == {"fired"}


@second_engine
def test_more_tests_than_the_engine_can_meet_at_a_time() -> None:
    facts = {f"fact-{number}": True for number in range(150)}
    tests = [{"fact": name, "is": True} for name in facts]
    lists = [{"fact": f"word-{number}", "in": [f"{number}-{word}" for word in range(300)]} for number in range(3)]
    words = {f"word-{number}": f"{number}-299" for number in range(3)}
    compiled = Program([{"any": tests}, {"all": tests}, {"any": lists}], tests[:70])
    assert compiled.state({**facts, **words}, lambda _: frozenset()) == "open"
    assert compiled.state({**facts, **dict.fromkeys(words, "0-300")}, lambda _: frozenset()) == "barred"
    assert compiled.state({**facts, **words, "fact-149": False}, lambda _: frozenset()) == "barred"
    assert compiled.state(words, lambda _: frozenset()) == "unknown"


@second_engine
def test_what_the_engine_cannot_take_is_refused() -> None:
    with pytest.raises(EngineError, match="`nothing` of `a`"):
        Program([{"fact": "a"}], [])
    with pytest.raises(EngineError, match="asks 241 things"):
        Program([{"fact": f"fact-{number}", "is": True} for number in range(241)], [])
    with pytest.raises(EngineError, match="any of 600 values"):
        Program([{"fact": "word", "in": [f"word-{number}" for number in range(600)]}], [])
    with pytest.raises(EngineError, match="does not take the rules"):
        Program([{"fact": f"fact-{number}", "in": ["x", "y"]} for number in range(40)], [])


@second_engine
def test_a_fault_that_the_engine_hides_comes_out() -> None:
    """An exception in an action is only noted in the state of the case."""
    rules = Rules("faults", [(["a firing that cannot be kept"], [{"a": "x"}])])
    with pytest.raises(EngineError, match="unhashable"):
        rules.run({"a": "x"})
