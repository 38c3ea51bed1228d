"""Every command in every format that it offers, opened by a program of that format: the right content under the right name.

A command is asked once; the answer that it hands to the one way out is rendered in each format that its option names.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import shutil
from collections.abc import Callable
from typing import Any

import click
import docx
import lxml.etree
import lxml.html
import openpyxl
import pytest

from gapcheck.cli import COMMANDS, main
from gapcheck.commands import options, workforce_job
from gapcheck.document.answer import Answer
from gapcheck.document.json import dumped
from gapcheck.document.render import rendered
from gapcheck.forms import form_problems
from gapcheck.reading import read_document
from tests.conftest import ROOT, TODAY, Run
from tests.document.made import profile_bytes, squeezed
from tests.pdf import pages

# A small question to each command that answers, and the schema of its JSON where the form has one.
ASKED = {
    "check": ("{profile}", "report"),
    "can": ("irmer-refer --profession clinical-technologist --registered rct", ""),
    "ask": ("'May a dental nurse on the GDC register take an x-ray?'", "ask"),
    "jd": ("examples/job-descriptions/jersey-mri.txt", "jobdesc"),
    "verify": ("{report}", ""),
    "explain": ("irmer-refer", ""),
    "matrix": ("--act irmer-refer --profession clinical-technologist", "matrix"),
    "timeline": ("clinical-technologist --act irmer-refer", "timeline"),
    "team": ("{team}", "team-report"),
    "pack": ("{profile}", "pack"),
    "law": ("examples/official", "law"),
    "workforce": ("{table} --columns examples/workforce/esr.yaml -o {folder}/w.csv", "workforce-summary"),
    "claims": ("{statements}", ""),
    "diff": ("--from 2024-06-25 --to 2024-06-26 --profession dental-therapist", "diff"),
    "lint": ("{damaged}", ""),
    "review": ("", "review"),
    "prove": ("--only irmer-needs-a-statutory-register", ""),
}
ELSEWHERE = {"submission", "conform"}  # their own tests make one large answer, and look at it in each format
WITHOUT_ANSWER = {"new", "serve", "mcp", "scaffold", "export"}  # they serve, or write files of their own
UNDATED = {"verify", "diff", "prove"}


def _html(raw: Any) -> str:
    page = lxml.html.fromstring(raw)
    assert page.xpath("//h1") and not page.xpath("//script")
    return str(page.body.text_content())


def _docx(raw: Any) -> str:
    body = docx.Document(io.BytesIO(raw)).element.body
    return "".join(text for node in body.iter("{*}t") for text in node.itertext())


def _pdf(raw: Any) -> str:
    return "".join(pages(raw))


def _xlsx(raw: Any) -> str:
    book = openpyxl.load_workbook(io.BytesIO(raw))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(sheet.freeze_panes == "B2" and sheet.auto_filter.ref for sheet in book)
    assert all(cell.data_type != "f" for cell in cells)
    return " ".join(str(cell.value) for cell in cells if cell.value is not None)


def _csv(raw: Any) -> str:
    rows = list(csv.reader(io.StringIO(raw.removeprefix("\ufeff"))))
    assert len({len(row) for row in rows}) == 1
    return " ".join(cell for row in rows for cell in row)


def _sarif(raw: Any) -> str:
    log = json.loads(raw)
    assert log["version"] == "2.1.0" and log["runs"][0]["tool"]["driver"]["name"]
    return str(raw)


def _junit(raw: Any) -> str:
    suites = lxml.etree.fromstring(raw.encode())
    assert suites.tag == "testsuites" and suites.xpath("//testcase")
    return str(raw)


OPENED: dict[str, Callable[[Any], str]] = {
    "table": str, "markdown": str, "json": lambda raw: json.dumps(json.loads(raw), ensure_ascii=False), "html": _html,
    "docx": _docx, "pdf": _pdf, "xlsx": _xlsx, "csv": _csv, "sarif": _sarif, "junit": _junit,
}  # fmt: skip
TITLED = ("markdown", "html", "docx", "pdf")


@pytest.fixture(scope="session")
def made(gapcheck: Run, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files that the questions name."""
    folder = tmp_path_factory.mktemp("asked")
    names = ("profile.json", "report.json", "team.yaml", "table.csv", "statements.yaml")
    paths = {name.partition(".")[0]: folder / name for name in names}
    for name in ("posts", "damaged"):
        paths[name] = folder / name
        paths[name].mkdir()
    paths["folder"] = paths["posts"]
    for path in (paths["profile"], paths["posts"] / "post.json"):
        path.write_bytes(profile_bytes())
    assert gapcheck("check", paths["profile"], "-o", paths["report"]).returncode == 0
    holder = "{profession: clinical-technologist, registrations: [{register: rct, status: registered}]}"
    paths["team"].write_text(
        "gapcheck: 1\nteam: {name: Imaging, nation: england, employer: nhs}\n"
        f"posts:\n  - {{id: a, title: Technologist, holder: {holder}}}\ntasks: [nm-administer-iv-contrast]\n"
    )
    lines = (ROOT / "examples/workforce/esr-extract.csv").read_text(encoding="utf-8").splitlines()
    paths["table"].write_text("\n".join(lines[:3]) + "\n", encoding="utf-8")
    paths["statements"].write_text(
        "statements:\n  - id: referring\n    statement: A clinical technologist cannot refer a patient for an X-ray.\n"
        "    asserts: [{act: irmer-refer, profession: clinical-technologist, says: may-not}]\n"
    )
    shutil.copy(ROOT / "rules/lawbook.yaml", paths["damaged"])
    (paths["damaged"] / "class.yaml").write_text("class: nobody\nmembers: [\n")
    return {name: str(path) for name, path in paths.items()}


def test_json_is_what_the_library_writes() -> None:
    data = {"a": [1, 2.5, True, None, [], {}, (), ("x", {'ü\n"': "é\u2028"})], "b": {}}
    assert dumped(data) == json.dumps(data, ensure_ascii=False, indent=2)


def test_every_command_is_asked() -> None:
    assert {*ASKED, *ELSEWHERE, *WITHOUT_ANSWER} == {*COMMANDS}


@pytest.mark.parametrize("name", ASKED)
def test_every_format_that_a_command_offers(
    name: str, gapcheck: Run, made: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[Answer] = []

    def keep(answer: Answer, *_: object) -> None:
        answers.append(answer)

    monkeypatch.setattr(options, "render", keep)
    monkeypatch.setattr(workforce_job, "render", keep)
    words, schema = ASKED[name]
    day = () if name in UNDATED else ("--as-at", TODAY)
    result = gapcheck(name, *shlex.split(words.format(**made)), *day)
    assert result.returncode in (0, 1, 3), result.stderr
    assert len(answers) == 1, result.stderr
    command = main.get_command(click.Context(main), name)
    assert command is not None
    (option,) = (item for item in command.params if item.name == "format")
    shown = {}
    for format in option.type.choices:  # type: ignore[attr-defined]
        shown[format] = OPENED[format](rendered(answers[0], format))
        assert shown[format].strip(), format
    if schema:
        assert form_problems(read_document(rendered(answers[0], "json").encode(), name), schema) == []  # type: ignore[union-attr]
    title = squeezed(answers[0].document(False).title)
    for format in TITLED:
        assert format not in shown or title in squeezed(re.sub(r"\\(.)", r"\1", shown[format])), format
