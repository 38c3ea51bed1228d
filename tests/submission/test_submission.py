"""`gapcheck submission`: the ladder is computed, and every face has the same numbers."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import jsonschema
import pytest
from lxml import html as lxml_html
from pypdf import PdfReader
from referencing import Registry, Resource

from gapcheck import Lawbook, Profile, check
from gapcheck.document.figures import Square, bars, grid
from gapcheck.submission.build import Asked, submission
from gapcheck.submission.ladder import smallest
from gapcheck.submission.model import Submission
from tests.conftest import ROOT, TODAY, Run

EXAMPLES = ROOT / "examples"
REGISTER, PGD = "register-clinical-technologists", "pgd-for-clinical-technologists"
CT = "clinical-technologist"
POSTS = (
    "nuclear-medicine-technologist",
    "dxa-technologist",
    "radiation-engineer-northern-ireland",
    "radiographer-lapsed",
)
ARGUMENTS = ["--profession", CT, "--reform", REGISTER, "--reform", PGD, "--as-at", TODAY]
DAY = {"SOURCE_DATE_EPOCH": "1795348800"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few posts, so that the documents are small."""
    folder = tmp_path_factory.mktemp("given") / "profiles"
    folder.mkdir()
    for name in POSTS:
        shutil.copy(EXAMPLES / f"profiles/{name}.yaml", folder)
    return folder


@pytest.fixture(scope="module")
def data(gapcheck: Run, folder: Path) -> Any:
    result = gapcheck("submission", folder, *ARGUMENTS, "--format", "json")
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def faces(gapcheck: Run, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    made = tmp_path_factory.mktemp("annex")
    for name in ("docx", "html", "pdf", "md"):
        result = gapcheck("submission", folder, *ARGUMENTS, "-o", made / f"annex.{name}", **DAY)
        assert result.returncode == 0, result.stderr
    return {name: made / f"annex.{name}" for name in ("docx", "html", "pdf", "md")}


def annex_of(
    book: Lawbook, profession: str, reforms: tuple[str, ...], folder: Path = EXAMPLES / "profiles"
) -> Submission:
    law = book.at(TODAY, "england")
    return submission(Asked((str(folder),), profession, law, tuple(book.data["nations"]), reforms, "x"))


def test_json_is_of_the_form_of_its_schema(data: Any) -> None:
    names = ("submission", "matrix", "report")
    files = [json.loads((ROOT / f"schemas/{name}.schema.json").read_text("utf-8")) for name in names]
    registry: Registry[Any] = Registry().with_resources((item["$id"], Resource.from_contents(item)) for item in files)
    jsonschema.Draft202012Validator(files[0], registry=registry).validate(data)


@pytest.mark.parametrize(
    ("profession", "register", "amend"),
    [(CT, REGISTER, PGD), ("sonographer", "register-sonographers", "pgd-for-sonographers")],
)
def test_the_ladder(book: Lawbook, profession: str, register: str, amend: str) -> None:
    """Registration alone opens refer, justify and the licence, not directions; with the amendment it opens these; the
    amendment alone opens nothing."""
    annex = annex_of(book, profession, (register, amend))
    assert [step.reforms for step in annex.steps] == [(), (register,), (amend,), (register, amend)]
    opened = {(line.act, line.route): line.opens_with for line in annex.routes}
    alone, both = ((register,),), ((register, amend),)
    assert opened["irmer-refer", "referrer"] == opened["irmer-justify", "practitioner"] == alone
    assert opened["hold-practitioner-licence", "practitioner"] == alone
    assert opened["administer-pom-parenterally", "patient-group-direction"] == both
    assert opened["administer-pom-parenterally", "patient-specific-direction"] == ()
    assert annex.counts[2] == annex.counts[0]
    assert not annex.on("amendment") and not any(line.rung == "amendment" for line in annex.routes)
    assert annex.on("registration-and-amendment", "statute")
    assert all(task.closes_with == both for task in annex.on("registration-and-amendment"))


def test_a_closed_gap_is_a_clear_finding_of_check(book: Lawbook) -> None:
    """What the ladder says closes a task is what `check` finds for a person who has registered."""
    annex = annex_of(book, CT, (REGISTER, PGD))
    text = "{gapcheck: 1, post: {title: x, nation: england}, holder: {profession: %s, registrations: [{register: rct}, {register: hcpc, as: %s}]}, tasks: [%s]}"
    for task in annex.tasks[::9]:
        for step, status in zip(annex.steps, task.by_step, strict=True):
            if REGISTER in step.reforms:
                path = Path(str(task.id))
                from gapcheck.profile.read import profile_of
                from gapcheck.reading import read_document

                profile = profile_of(read_document((text % (CT, CT, task.id)).encode(), path.name), book)
                (finding,) = check(profile, book, as_at=TODAY, reforms=step.reforms).findings
                assert finding.status == status, (task.id, step.name)


def test_posts_have_the_numbers_of_check(data: Any, book: Lawbook) -> None:
    assert data["posts"]
    for post in data["posts"]:
        report = check(Profile.read(EXAMPLES / "profiles" / post["source"], book), book, as_at=TODAY)
        assert post["counts"] == report.summary


def test_numbers_add_up(data: Any) -> None:
    tasks = [task for scope in data["scopes"] for task in scope["tasks"]]
    for index, step in enumerate(data["steps"]):
        assert sum(step["counts"].values()) == len(tasks)
        for status, number in step["counts"].items():
            assert number == sum(task["by_step"][index] == status for task in tasks)
            assert number == sum(scope["counts"][index][status] for scope in data["scopes"])
    assert sum(data["rungs"].values()) == len(tasks)
    cited = {claim for task in tasks for claim in task["evidence"]}
    assert cited <= {claim["id"] for claim in data["claims"]}
    used = {number for claim in data["claims"] for number in claim["sources"]}
    assert used == {item["number"] for item in data["bibliography"]}


def counts_of(data: Any) -> dict[str, list[str]]:
    """The rows of numbers that every face must have, by what heads them."""
    order = ("blocked", "arrange", "unknown", "restricted", "risky", "clear")
    rows = {step["name"]: [step["counts"][key] for key in order] for step in data["steps"]}
    rows |= {scope["title"]: [scope["counts"][0][key] for key in order] for scope in data["scopes"]}
    return {name: [str(item) for item in (*numbers, sum(numbers))] for name, numbers in rows.items()}


def docx_rows(path: Path) -> Iterator[list[str]]:
    for table in docx.Document(str(path)).tables:
        yield from ([cell.text for cell in row.cells] for row in table.rows)


def html_rows(path: Path) -> Iterator[list[str]]:
    for row in lxml_html.parse(str(path)).getroot().iter("tr"):
        yield ["".join(cell.itertext()).strip() for cell in row if cell.tag in ("td", "th")]


def test_the_same_numbers_in_word_and_html(data: Any, faces: dict[str, Path]) -> None:
    for rows in (list(docx_rows(faces["docx"])), list(html_rows(faces["html"]))):
        for name, numbers in counts_of(data).items():
            assert [name, *numbers] in rows, name
        for scope in data["scopes"]:
            for task in scope["tasks"]:
                line = next(row for row in rows if row[0] == task["label"] and len(row) == 7)
                shown = task["assurance_gap"] if task["status"] in ("risky", "clear") else ""
                assert line[1:4] == [task["status"], task["severity"], shown]
                assert line[5] == str(len(task["posts"]))


def test_the_same_numbers_in_pdf_and_markdown(data: Any, faces: dict[str, Path]) -> None:
    pdf = "\n".join(page.extract_text(extraction_mode="layout") for page in PdfReader(faces["pdf"]).pages)
    for name, numbers in counts_of(data).items():
        assert re.search(rf"{re.escape(name)}\s+" + r"\s+".join(numbers), pdf), name
        cells = r"\s*\|\s*".join([re.escape(name), *numbers])
        assert re.search(rf"\|\s*{cells}\s*\|", faces["md"].read_text("utf-8").replace("\\", "")), name


def test_the_same_bytes_twice(gapcheck: Run, folder: Path, faces: dict[str, Path], tmp_path: Path) -> None:
    for name in ("docx", "pdf"):
        gapcheck("submission", folder, *ARGUMENTS, "-o", tmp_path / f"annex.{name}", **DAY)
        assert (tmp_path / f"annex.{name}").read_bytes() == faces[name].read_bytes(), name


def test_figures_are_the_same_every_time_and_speak(faces: dict[str, Path]) -> None:
    square = [[Square("barred", "barred"), Square("open", "own")], [Square("unknown", ""), Square("available", "PGD")]]
    assert grid(["a", "b"], ["c", "d"], square) == grid(["a", "b"], ["c", "d"], square)
    picture = bars(["a"], {"blocked": [1], "clear": [2]}, "tasks")
    assert picture == bars(["a"], {"blocked": [1], "clear": [2]}, "tasks")
    assert b"<dc:date>" not in picture.svg
    images = list(lxml_html.parse(str(faces["html"])).getroot().iter("img"))
    assert len(images) >= 4 and all(len(item.get("alt")) > 40 for item in images)


def test_the_command_in_the_annex_makes_it_again(gapcheck: Run, folder: Path, data: Any) -> None:
    assert data["command"].startswith(
        "gapcheck submission profiles --profession clinical-technologist --reform register"
    )
    again = gapcheck(*data["command"].split()[1:-2], "--format", "json", cwd=folder.parent)
    assert json.loads(again.stdout)["scopes"] == data["scopes"]


def test_claims_are_checked(data: Any) -> None:
    checked = data["claims_checked"]
    assert sum(checked["summary"].values()) == len(data["claims"])
    assert set(checked["verdicts"]) <= {claim["id"] for claim in data["claims"]}
    assert checked["figures_that_differ"]


def test_verify_accepts_the_annex(gapcheck: Run, faces: dict[str, Path]) -> None:
    result = gapcheck("verify", faces["docx"])
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_law_has_a_link(data: Any, faces: dict[str, Path]) -> None:
    links = {item.get("href") for item in lxml_html.parse(str(faces["html"])).getroot().iter("a")}
    for line in data["routes"]:
        if line["rung"] in ("registration", "registration-and-amendment"):
            assert line["law"] and {item["url"] for item in line["law"]} <= links


def test_nations_stand_side_by_side_only_where_they_differ(data: Any, folder: Path, gapcheck: Run) -> None:
    assert {line["id"] for line in data["nations_differ"]} >= {"report-dxa", "re-planned-maintenance"}
    for line in data["nations_differ"]:
        assert len({json.dumps(answer) for answer in line["answers"].values()}) > 1
    one = gapcheck("submission", folder, *ARGUMENTS, "--nation", "Northern Ireland", "--format", "json")
    assert json.loads(one.stdout)["nations"] == ["northern-ireland"]
    assert json.loads(one.stdout)["nations_differ"] == []


def test_job_descriptions_are_counted(book: Lawbook) -> None:
    annex = annex_of(book, CT, (), EXAMPLES)
    assert annex.employers.documents
    names = {item.name: item for item in annex.inputs}
    for description in annex.employers.documents:
        assert names[description.source.partition("#")[0]].use == "job description"
    for scope, counts in annex.employers.by_scope.items():
        told = [
            item
            for item in annex.employers.documents
            if (scope in item.scopes if scope else not set(item.scopes) & set(annex.employers.by_scope))
        ]
        assert sum(counts.values()) == len(told)


def test_hostile_text_stays_text(gapcheck: Run, tmp_path: Path) -> None:
    source = (EXAMPLES / "profiles/nuclear-medicine-technologist.yaml").read_text("utf-8")
    title = '"<script>alert(1)</script> =SUM(A1) [x](javascript:y) \\u202e\\u0007 ' + "y" * 900 + '"'
    text = re.sub(r"title: .*", lambda _: f"title: {title}", source, count=1)
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    nowhere = gapcheck("submission", tmp_path, "--profession", CT, "-o", tmp_path / "out/a.md")
    assert (nowhere.returncode, list(tmp_path.iterdir())) == (2, [tmp_path / "a.yaml"])  # nothing half written
    for name in ("html", "docx"):
        result = gapcheck("submission", tmp_path / "a.yaml", "--profession", CT, "-o", tmp_path / f"a.{name}")
        assert result.returncode == 0, result.stderr
    page = lxml_html.parse(io.BytesIO((tmp_path / "a.html").read_bytes())).getroot()
    assert not list(page.iter("script"))
    assert "<script>alert(1)</script> =SUM(A1)" in page.text_content()
    assert "\u202e" not in page.text_content()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere", "--profession", CT], "there is no such file or folder"),
        ([EXAMPLES / "profiles", "--profession", "clinical-tecnologist"], "did you mean `clinical-technologist`?"),
        ([EXAMPLES / "profiles", "--profession", "paramedic"], "there is no role profile of paramedics"),
        ([EXAMPLES / "profiles", "--profession", CT, "--reform", "nothing"], "there is no reform `nothing`"),
        ([EXAMPLES / "profiles", "--profession", CT, "--nation", "england", "--nation", "mars"], "`mars`"),
    ],
)
def test_bad_input_is_told(gapcheck: Run, arguments: list[Any], told: str) -> None:
    result = gapcheck("submission", *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert told in result.stderr and "Traceback" not in result.stderr


def test_a_profile_out_of_form_is_not_passed_over(gapcheck: Run, tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "profiles/dxa-technologist.yaml", tmp_path / "good.yaml")
    (tmp_path / "bad.yaml").write_text("gapcheck: 1\npost: {titel: x}\nholder: {}\ntasks: []\n", "utf-8")
    result = gapcheck("submission", tmp_path, "--profession", CT)
    assert result.returncode == 2 and "bad.yaml:2" in result.stderr


def test_what_depends_on_facts_is_not_said_to_open(book: Lawbook) -> None:
    annex = annex_of(book, "clinical-scientist", ("pgd-for-clinical-and-biomedical-scientists",))
    lines = [line for line in annex.routes if line.states == ("barred", "unknown")]
    assert lines and not any(line.opens_with for line in lines)


def test_smallest_combinations() -> None:
    assert smallest([("a", "b"), ("a",), ("b", "c"), ("a", "c")]) == (("a",), ("b", "c"))
