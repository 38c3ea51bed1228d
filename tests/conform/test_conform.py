"""The questions of law as a data set, and programs that are put to them: ours, the second engine, wrong and broken ones."""

from __future__ import annotations

import json
import re
import shlex
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from gapcheck import InputError, Lawbook
from gapcheck.conform.engines import own, second
from gapcheck.conform.questions import UNDATED, Questions, lines, read, shipped
from gapcheck.conform.run import put
from gapcheck.conform.score import RIGHT, SKIPPED, UNANSWERED, WRONG, score
from tests.conftest import ROOT, TODAY, Run

EXAMPLES = ROOT / "examples/conform"


def schema(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads((ROOT / f"schemas/{name}.schema.json").read_text("utf-8")))


def program(name: str, *arguments: str) -> str:
    return shlex.join([sys.executable, str(EXAMPLES / name), *arguments])


@pytest.fixture(scope="module")
def questions() -> Questions:
    return shipped()


@pytest.fixture(scope="module")
def kept(questions: Questions, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("conform") / "questions.jsonl"
    path.write_text("\n".join(lines(questions)) + "\n", encoding="utf-8")
    return path


def test_the_data_set_is_of_its_form_and_names_what_the_lawbook_has(questions: Questions, book: Lawbook) -> None:
    assert len(questions.cases) > 2000 and UNDATED == TODAY
    assert len({case.id for case in questions.cases}) == len(questions.cases)
    validator = schema("conformance")
    for line in [*lines(questions)][1::40]:
        validator.validate(json.loads(line))
    for case in questions.cases:
        assert case.provisions and {*case.provisions} <= {*book.data["provisions"]}, case.command
        assert case.law and case.asked["act"] in book.data["acts"]


def test_it_is_read_back_as_it_was_and_refused_where_a_byte_differs(
    questions: Questions, kept: Path, tmp_path: Path
) -> None:
    assert read(str(kept)) == questions
    text = kept.read_text("utf-8")
    spoilt = tmp_path / "spoilt.jsonl"
    for changed in (text.replace('"open"', '"barred"', 1), text.rpartition("\n{")[0], "{}", "", text[:3000]):
        spoilt.write_text(changed, encoding="utf-8")
        with pytest.raises(InputError):
            read(str(spoilt))


def test_our_own_engine_conforms_by_its_own_command_line(gapcheck: Run, kept: Path) -> None:
    acts = ("--act", "irmer-refer", "--act", "irmer-justify")
    done = gapcheck("conform", "--questions", kept, "--engine", program("own.py"), *acts, "--format", "json")
    data = json.loads(done.stdout)
    schema("conform").validate(data)
    assert done.returncode == 0 and data["conforms"] and data["summary"]["right"] > 250, done.stderr
    assert {item["act"] for item in data["by_act"]} == {"irmer-refer", "irmer-justify"}


def test_every_question_is_answered_rightly_by_our_engine_and_a_sample_by_the_second(
    questions: Questions, book: Lawbook
) -> None:
    ours = score("own", questions, {case.id: own(book, case.asked) for case in questions.cases}, "")
    assert ours.conforms, [item for item in ours.scored if item.outcome != RIGHT][:3]
    pytest.importorskip("durable")
    few = questions._replace(cases=questions.cases[::40])
    assert score("second", few, {case.id: second(book, case.asked) for case in few.cases}, "").conforms


# Each mistake of the wrong engine, and a provision under which it has to show.
MISTAKES = {
    "any-register": ("irmer-refer", "irmer-2017/reg-2-referrer"),
    "group-directions-for-all": ("supply-pom", "hmr-2012/sch-16-part-4"),
    "ignores-date": ("irmer-operate", "irmer-ni-2018/reg-2-practical-aspect"),
    "ignores-nation": ("practise-at-advanced-level", "advanced-practice-frameworks/"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_wrong_engine_is_found_out_by_provision(gapcheck: Run, kept: Path, mistake: str) -> None:
    act, provision = MISTAKES[mistake]
    words = ("conform", "--questions", kept, "--act", act, "--engine", program("wrong.py", mistake))
    done = gapcheck(*words, "--format", "json")
    data = json.loads(done.stdout)
    wrong = [item["provision"] for item in data["by_provision"] if item["wrong"]]
    assert done.returncode == 1 and any(name.startswith(provision) for name in wrong), wrong
    assert all(item["differences"] for item in data["not_right"])


def script(tmp_path: Path, text: str) -> str:
    path = tmp_path / "engine.py"
    path.write_text(f"import json, sys\nfor line in sys.stdin:\n    asked = json.loads(line)\n    {text}\n", "utf-8")
    return shlex.join([sys.executable, str(path)])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("print('nonsense', flush=True)", "no JSON"),
        ("print(json.dumps({'id': asked['id'], 'verdict': 'maybe'}), flush=True)", "the verdict is one of"),
        ("print(json.dumps({'id': 'x', 'verdict': 'open'}), flush=True)", "was not asked"),
        ("print(json.dumps([asked['id']]), flush=True)", "an object with the id"),
        (
            "print((json.dumps({'id': asked['id'], 'verdict': 'open'}) + chr(10)) * 2, flush=True)",
            "was answered before",
        ),
    ],
)
def test_what_is_no_answer_is_refused_in_words(questions: Questions, tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InputError, match=re.escape(says)):
        put(script(tmp_path, text), questions.cases[:5], 30)


def outcomes(questions: Questions, command: str, timeout: float = 30) -> tuple[dict[str, int], str]:
    few = questions._replace(cases=questions.cases[:5])
    result = score(command, few, *put(command, few.cases, timeout))
    assert not result.conforms
    return result.counts, result.trouble


def test_a_program_that_ends_hangs_or_covers_nothing_does_not_conform(questions: Questions, tmp_path: Path) -> None:
    counts, trouble = outcomes(questions, script(tmp_path, "sys.exit('it broke')"))
    assert counts[UNANSWERED] == 5 and "ended after 0 of 5" in trouble and "it broke" in trouble
    counts, trouble = outcomes(questions, script(tmp_path, "import time; time.sleep(60)"), 0.2)
    assert counts[UNANSWERED] == 5 and "no answer came" in trouble
    answer = "print(json.dumps({'id': asked['id'], 'verdict': 'not-covered'}), flush=True)"
    counts, trouble = outcomes(questions, script(tmp_path, answer))
    assert counts[SKIPPED] == 5 and not trouble
    answer = "print(json.dumps({'id': asked['id'], 'verdict': 'unknown', 'routes': {}}), flush=True)"
    assert outcomes(questions, script(tmp_path, answer))[0][WRONG]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "name a program"),
        (("--engine", "no-such-program-anywhere"), "cannot be started"),
        (("--engine", ""), "names no program"),
        (("--engine", "true", "--act", "irmer-reffer"), "irmer-refer"),
        (("--engine", "true", "--questions", "examples/statements.yaml"), "no data set"),
    ],
)
def test_bad_input_is_said(gapcheck: Run, kept: Path, words: tuple[str, ...], says: str) -> None:
    given = words if not words or "--questions" in words else (*words, "--questions", str(kept))
    done = gapcheck("conform", *given)
    assert done.returncode == 2 and says in done.stderr


def test_the_shell_script_is_short_and_runs_all_three() -> None:
    text = (EXAMPLES / "run.sh").read_text("utf-8").splitlines()
    assert len(text) <= 10
    named: Any = re.findall(r"for engine in (.*); do", "\n".join(text))
    assert all((EXAMPLES / f"{name}.py").is_file() for name in named[0].split())
