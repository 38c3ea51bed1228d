"""`gapcheck submission`: the ladder is computed, and every face has the same numbers."""

from __future__ import annotations

import io
import itertools
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import jsonschema
import pytest
from lxml import html as lxml_html
from referencing import Registry, Resource

from gapcheck import Lawbook, Profile, check
from gapcheck.document.answer import PLAIN, Paper
from gapcheck.document.blocks import Document, Facts, Heading, Items, Paragraph, Table, text_of, walk
from gapcheck.document.figures import SERIES, STYLES, Square, bars, grid
from gapcheck.document.render import rendered
from gapcheck.document.words import said
from gapcheck.engine.answers import ask
from gapcheck.engine.findings import check as decide
from gapcheck.matrix.build import row_of
from gapcheck.profile.case import case_facts
from gapcheck.profile.model import Profile as Member
from gapcheck.profile.model import Registration, TaskEntry
from gapcheck.submission import author
from gapcheck.submission.appendices import _method
from gapcheck.submission.build import Asked, submission
from gapcheck.submission.data import annex_data
from gapcheck.submission.document import annex_document
from gapcheck.submission.ladder import smallest
from gapcheck.submission.model import Submission
from gapcheck.submission.occupation import SECTIONS, assessed
from gapcheck.submission.pieces import Made
from gapcheck.submission.supplied import Told, read_figures
from gapcheck.submission.wording import TOPICS
from tests.conftest import ROOT, TODAY, Run
from tests.pdf import pages

EXAMPLES = ROOT / "examples"
REGISTER, PGD = "register-clinical-technologists", "pgd-for-clinical-technologists"
CT = "clinical-technologist"
POSTS = (
    "nuclear-medicine-technologist",
    "dxa-technologist",
    "radiation-engineer-northern-ireland",
    "radiographer-lapsed",
)
SMALL = ["--scope", "nuclear-medicine", "--scope", "dxa", "--scope", "radiation-engineering"]
ARGUMENTS = ["--profession", CT, *SMALL, "--reform", REGISTER, "--reform", PGD, "--as-at", TODAY]
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


@pytest.fixture(scope="module")
def memo(gapcheck: Run, folder: Path) -> Any:
    result = gapcheck("submission", folder, *ARGUMENTS, "--for", "author", "--format", "json")
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def both(book: Lawbook) -> Submission:
    """Technologists with sonographers, every scope, both reforms of each, all the nations."""
    reforms = (REGISTER, PGD, "register-sonographers", "pgd-for-sonographers")
    told = read_figures(str(EXAMPLES / "figures.yaml"), book)
    return annex_of(book, (CT, "sonographer"), reforms, supplied=told)


@pytest.fixture(scope="module")
def paper(both: Submission) -> Document:
    return annex_document(both)


def annex_of(book: Lawbook, professions: tuple[str, ...], reforms: tuple[str, ...], **more: Any) -> Submission:
    law = book.at(TODAY, "england")
    asked = Asked((), professions, law, tuple(book.data["nations"]), reforms, "x")
    return submission(replace(asked, **more))


def whole(data: Any) -> list[Any]:
    return [task for part in data["parts"] for scope in part["scopes"] for task in scope["tasks"]]


def test_json_is_of_the_form_of_its_schema(data: Any, memo: Any) -> None:
    names = ("submission", "memo", "report")
    files = {name: json.loads((ROOT / f"schemas/{name}.schema.json").read_text("utf-8")) for name in names}
    registry: Registry[Any] = Registry().with_resources(
        (item["$id"], Resource.from_contents(item)) for item in files.values()
    )
    for name, found in (("submission", data), ("memo", memo)):
        jsonschema.Draft202012Validator(files[name], registry=registry).validate(found)


def test_the_ladder(both: Submission) -> None:
    """Registration alone opens refer, justify and the licence, not directions; with the amendment it opens these; the
    amendment alone opens nothing. A reform counts for the profession that it names, and for no other."""
    for part, register, amend in zip(
        both.parts, (REGISTER, "register-sonographers"), (PGD, "pgd-for-sonographers"), strict=True
    ):
        assert [step.reforms for step in part.steps] == [(), (register,), (amend,), (register, amend)]
        opened = {(line.act, line.route): line.opens_with for line in part.routes}
        alone, pair = ((register,),), ((register, amend),)
        assert opened["irmer-refer", "referrer"] == opened["irmer-justify", "practitioner"] == alone
        assert opened["hold-practitioner-licence", "practitioner"] == alone
        assert opened["administer-pom-parenterally", "patient-group-direction"] == pair
        assert opened["administer-pom-parenterally", "patient-specific-direction"] == ()
        assert part.counts[2] == part.counts[0]
        own = [task for task in part.tasks if task.rung == "registration-and-amendment"]
        assert own and all(task.closes_with == pair for task in own)
        assert not any(task.rung == "amendment" for task in part.tasks)


def test_every_scope_of_the_rules_is_there(both: Submission, book: Lawbook) -> None:
    """Not what happens to lie in a folder: no folder was given."""
    professions = book.data["professions"]
    for part in both.parts:
        assert {scope.id for scope in part.scopes} == set(professions[part.profession]["scopes"])
    assert {"physiological-measurement", "non-ionising", "sonography"} <= {scope.id for scope in both.scopes}
    wanted = [item for item in book.data["tasks"].values() if item["scope"] in {scope.id for scope in both.scopes}]
    assert len(both.tasks) == len(wanted)


def test_the_numbers_of_the_two_pages_are_those_of_the_engine(both: Submission, book: Lawbook) -> None:
    """Recomputed from check and can, for members on their register and on none."""
    data = annex_data(both)["numbers"]
    law = book.at(TODAY, "england")
    statuses: dict[str, Counter[str]] = {"registered": Counter(), "unregistered": Counter()}
    stand: dict[str, Counter[str]] = {"registered": Counter(), "unregistered": Counter()}
    gaps: dict[str, Counter[str]] = {"registered": Counter(), "unregistered": Counter()}
    direct, bare_after = 0, 0
    for profession in both.professions:
        scopes = book.data["professions"][profession]["scopes"]
        tasks = tuple(TaskEntry(key) for key, item in book.data["tasks"].items() if item["scope"] in scopes)
        for who, registrations in (("registered", (Registration("rct"),)), ("unregistered", ())):
            member = Member(profession, "england", registrations=registrations, tasks=tasks)
            found = decide(member, law).findings
            statuses[who].update(item.status for item in found)
            stand[who].update(item.today for item in found)
            gaps[who].update(item.gap for item in found)
            if who == "registered":
                direct += sum(
                    item.status not in ("blocked", "unknown")
                    and not (item.status == "restricted" and item.restricted_by == "statute")
                    for item in found
                )
            else:
                own = tuple(item for item in both.reforms if item.endswith(f"{profession}s"))
                after = decide(member, book.at(TODAY, "england", reforms=own)).findings
                bare_after += sum(item.status not in ("blocked", "unknown") for item in after)
    for who, counted in statuses.items():
        members = data["members"][who]
        assert Counter(members["status"]) == counted and Counter(members["today"]) == stand[who]
        assert Counter(members["assurance_gap"]) == gaps[who]
    assert data["direct"] == direct and data["direct_percent"] == round(100 * direct / len(both.tasks))
    assert data["lawful_unregistered_after"] == bare_after
    rows = [row_of(law, profession) for profession in book.data["professions"]]
    for power in data["powers"]:
        for row in rows:
            answer = ask(row.profile, law, power["act"], case_facts(law, {"act": power["act"]}, TaskEntry("")))
            state = next(item.state for item in answer.act.routes if item.route == power["route"])
            kind = "may" if state in ("open", "available") else "may-not" if state == "barred" else "depends"
            power["statutory" if row.register else "outside"][kind] -= 1
        assert not any(power["statutory"].values()) and not any(power["outside"].values()), power
    refer = {item["act"]: item for item in annex_data(both)["numbers"]["powers"] if item["route"] == "referrer"}
    assert refer["irmer-refer"]["outside"].get("may", 0) == 0 and refer["irmer-refer"]["statutory"]["may"] > 25


def test_since_when_is_that_of_the_timeline(both: Submission, book: Lawbook) -> None:
    """Every way of the first pages, for the professions and those they are compared with; a day is exact only where it was otherwise before."""
    data = annex_data(both)["numbers"]
    shown = {(item["act"], item["route"], item["profession"]): item for item in data["since"]}
    people = {profession for _, _, profession in shown}
    assert people > set(both.professions)
    assert {(act, route) for act, route, _ in shown} == {(item["act"], item["route"]) for item in data["powers"]}
    for (act, route, profession), item in shown.items():
        days = [TODAY, *([item["day"]] if item["day"] else [])]
        for day in days:
            law = book.at(day, "england")
            answer = ask(row_of(law, profession).profile, law, act, case_facts(law, {"act": act}, TaskEntry("")))
            state = next(one.state for one in answer.act.routes if one.route == route)
            lawful = ("open", "available")
            assert (state in lawful, state) == (item["state"] in lawful, state if state in lawful else item["state"])
    assert not shown["irmer-operate", "operator", CT]["exact"]


def test_a_column_that_nobody_has_told_is_said_once(book: Lawbook, both: Submission, paper: Document) -> None:
    """What is not known of any hazard is said in a sentence; what is known of one of them is a column, with not known in the others."""
    bare = annex_document(annex_of(book, (CT,), (REGISTER,)))
    for document, likelihood in ((bare, False), (paper, True)):
        (table,) = [block for block in walk(document) if isinstance(block, Table) and block.id == "hazards-table"]
        head = [text_of(cell) for cell in table.header]
        assert ("Likelihood" in head) == likelihood
        for place in range(5, len(head)):
            cells = {text_of(row[place]) for row in table.rows}
            assert "" not in cells and cells != {"not known"}
        said = "\n".join(text_of(one) for one in inlines(document))
        assert ("since the body has not told it: likelihood" in said) == (not likelihood)


def test_what_holds_in_every_nation_is_said_once(paper: Document) -> None:
    (table,) = [block for block in walk(paper) if isinstance(block, Table) and block.id == "nations-table"]
    for row in table.rows:
        cells = [text_of(cell) for cell in row[1:]]
        assert len(set(cells)) > 1 or max(map(len, cells)) < 80, text_of(row[0])
    text = "\n".join(text_of(one) for one in inlines(paper))
    assert "Hold an advanced or consultant practice role" in text
    held = next(row for row in table.rows if text_of(row[0]).startswith("Hold an advanced"))
    assert all("barred" not in text_of(cell) for cell in held)


def test_grave_harm_without_a_duty_of_statute(both: Submission) -> None:
    listed = {item["task"] for item in annex_data(both)["numbers"]["grave_without_duty"]}
    assert len(listed) > 10
    for task in both.tasks:
        bare = not task.finding.duties and not task.finding.decision.assurance.duties
        grave = task.severity in ("severe", "catastrophic") and task.finding.status not in ("blocked", "unknown")
        assert (task.id in listed) <= grave
        assert not (grave and bare) or task.id in listed


def test_nothing_is_safe_by_definition(paper: Document) -> None:
    """No cell says that a reform leaves no risk or closes a gap in assurance, and no grade stands beside a reform."""
    tables = [block for block in walk(paper) if isinstance(block, Table)]
    assert len(tables) > 10 and sum(len(table.rows) for table in tables) > 300
    for table in tables:
        head = [text_of(cell).lower() for cell in table.header]
        for row in table.rows:
            for cell in (text_of(one).lower().strip() for one in row):
                assert cell not in ("none", "closed", "no risk", "no gap", ""), (table.id, cell)
        if any("with registration" in text_of(row[0]).lower() for row in table.rows):
            assert "high" not in head, table.id
    text = "\n".join(text_of(run) for run in inlines(paper))
    assert "residual risk" not in text.lower() and "no risk" not in text.lower()


def inlines(document: Document) -> Iterator[Any]:
    for block in walk(document):
        if isinstance(block, Table):
            yield from (cell for row in (block.header, *block.rows) for cell in row)
        elif isinstance(block, Items):
            yield from block.items
        elif isinstance(block, Facts):
            yield from (text for _, texts in block.pairs for text in texts)
        elif isinstance(block, Paragraph):
            yield block.inline


def test_nothing_private_in_the_public_document(both: Submission, paper: Document) -> None:
    """Notes to the author, corrections of the draft and the verdicts on claims stand in the memo, and in it alone."""
    public = "\n".join(text_of(run) for run in inlines(paper)) + json.dumps(annex_data(both))
    private = [item.note for item in both.claims if item.note] + [item.says for item in both.corrections]
    assert len(private) > 20 and not [item for item in private if item in public]
    told = "\n".join(text_of(run) for run in inlines(author.memo(both)))
    shown = [said(both.law.book, item) for item in private]
    assert not [item for item in shown if item in public or item not in told]
    assert not re.search(r"the submission's|in the units|before quoting", public)
    found = author.attacks(both)
    assert all(found[rule][1] for rule in ("circular", "single-sourced", "unverified", "inferred-severity"))
    known = {item.label for item in both.tasks if item.id == "nm-administer-radiopharmaceutical-iv"}
    assert not [hit for hit in found["no-likelihood"][1] if hit.startswith(tuple(known))]


def test_what_the_body_tells_and_what_is_not_known(both: Submission, paper: Document) -> None:
    """A figure stands with its denominator and source; what is not told is not known, and never inferred."""
    hazards = next(block for block in walk(paper) if isinstance(block, Table) and block.id == "hazards-table")
    place = [text_of(cell) for cell in hazards.header].index("Likelihood")
    cells = {text_of(row[0]).split("\n")[0]: text_of(row[place]) for row in hazards.rows}
    told = next(item.label for item in both.tasks if item.id == "nm-administer-radiopharmaceutical-iv")
    assert "3 events in 12,000 exposures" in cells.pop(told)
    assert set(cells.values()) == {"not known"}


@pytest.mark.parametrize(
    ("entry", "wanted"),
    [
        ("{about: likelihood, task: dxa-scan, events: 3, period: '2025', nations: [england]}", "exposures"),
        ("{about: controls-used, says: some}", "task"),
        ("{about: cost, step: statutory-registratoin, says: much}", "did you mean `statutory-registration`?"),
        ("{about: cots, says: much}", "cost"),
    ],
)
def test_figures_out_of_form_are_told(gapcheck: Run, tmp_path: Path, entry: str, wanted: str) -> None:
    entry = entry.replace("}", ", source: {title: a}, date: '2026-01-01'}")
    (tmp_path / "f.yaml").write_text(f"gapcheck: 1\nbody: b\nfigures:\n  - {entry}\n", "utf-8")
    result = gapcheck("submission", "--profession", CT, "--figures", tmp_path / "f.yaml")
    assert result.returncode == 2 and "f.yaml:4" in result.stderr and wanted in result.stderr, result.stderr


def test_nothing_is_said_of_reforms_that_were_not_asked_for(gapcheck: Run, book: Lawbook) -> None:
    """Of an amendment alone no word on registration; of no reform no word on reforms. The short form lists what it cites."""
    amend = gapcheck(
        "submission", "--profession", "sonographer", "--reform", "pgd-for-sonographers", "--format", "table"
    )
    assert "An amendment alone opens nothing" in amend.stdout and "Registration alone opens" not in amend.stdout
    plain = gapcheck("submission", "--profession", "clinical-physiologist", "--nation", "wales", "--format", "table")
    assert "alone opens" not in plain.stdout and "with all the reforms" not in " ".join(plain.stdout.split())
    cited = {int(one) for found in re.findall(r"\[([\d, ]+)\]", plain.stdout) for one in found.split(",")}
    assert cited and all(re.search(rf"^{one}\s", plain.stdout, re.M) for one in cited)


def test_figures_about_something_else_are_not_lost(both: Submission) -> None:
    """They stand in no table of the annex, which says so."""
    other = Told("practitioners", {"profession": "dental-nurse"}, "Many.", {"title": "A count"}, "2026-01-01")
    made = Made(replace(both, supplied=replace(both.supplied, told=(*both.supplied.told, other))))
    assert made.foreign == [other]
    assert not Made(both).foreign
    shown = "\n".join(text_of(run) for run in inlines(Document("", tuple(_method(made)))))
    assert "Many. (A count; seen 2026-01-01)" in shown
    scale = "\n".join(text_of(run) for run in inlines(Document("", tuple(SECTIONS["scale"](made)))))
    assert "Clinical technologists: About half" in scale and "Many." not in scale


def test_two_pages_and_at_most_twenty_five(paper: Document) -> None:
    """Of technologists with sonographers, four nations, both reforms: the contents begin on page 3, the appendices by page 26."""
    raw = rendered(Paper(paper), "pdf", PLAIN)
    assert isinstance(raw, bytes)
    shown = pages(raw)
    assert [number for number, page in enumerate(shown, 1) if re.search(r"^Contents$", page, re.M)] == [3]
    assert (
        next(number for number, page in enumerate(shown, 1) if re.search(r"^Appendix A\. Every task$", page, re.M))
        <= 26
    )


def test_two_orders(both: Submission, paper: Document, book: Lawbook) -> None:
    """Each shows the same sections, in its own order, and says which criteria nobody has read."""
    by_order = {}
    for order in ("assessment", "register"):
        criteria = [item for item in book.data["criteria"].values() if item["order"] == order]
        shown = [section for item in criteria for section in item["shows"]]
        assert set(shown) == set(SECTIONS) and len(shown) == len(set(shown))
        headings = [
            block.text
            for block in (
                paper if order == both.order else Document("", tuple(assessed(Made(replace(both, order=order)))))
            ).blocks
            if isinstance(block, Heading)
        ]
        titles = [
            f"{item['title']}{' (from memory)' if item['confidence'] == 'unverified' else ''}" for item in criteria
        ]
        assert [item for item in headings if item in titles] == titles
        by_order[order] = titles
    assert by_order["assessment"] != by_order["register"]


def test_a_closed_gap_is_a_finding_of_check(both: Submission, book: Lawbook) -> None:
    """What the ladder says of a task is what `check` finds for a person who has registered."""
    part = both.parts[0]
    for task in part.tasks[::19]:
        for step, status in zip(part.steps, task.by_step, strict=True):
            if REGISTER in step.reforms:
                held = (Registration("rct"), Registration("hcpc", held_as=CT))
                member = Member(CT, "england", registrations=held, tasks=(TaskEntry(task.id),))
                (finding,) = check(member, book, as_at=TODAY, reforms=step.reforms).findings
                assert finding.status == status, (task.id, step.name)


def test_posts_have_the_numbers_of_check(data: Any, book: Lawbook) -> None:
    assert data["posts"]
    for post in data["posts"]:
        report = check(Profile.read(EXAMPLES / "profiles" / post["source"], book), book, as_at=TODAY)
        assert post["counts"] == report.summary


def test_numbers_add_up(data: Any) -> None:
    tasks = whole(data)
    (part,) = data["parts"]
    for index, step in enumerate(part["steps"]):
        assert sum(step["counts"].values()) == len(tasks)
        for status, number in step["counts"].items():
            assert number == sum(task["by_step"][index] == status for task in tasks)
            assert number == sum(scope["counts"][index][status] for scope in part["scopes"])
    assert sum(data["rungs"].values()) == len(tasks) == data["numbers"]["tasks"]
    for step in data["numbers"]["steps"]:
        assert sum(step["ways"].values()) == len(tasks)
    cited = {claim for task in tasks for claim in task["evidence"]}
    assert cited <= {claim["id"] for claim in data["claims"]}
    used = {number for claim in data["claims"] for number in claim["sources"]}
    assert used == {item["number"] for item in data["bibliography"]}


def counts_of(data: Any) -> dict[str, list[str]]:
    """The rows of numbers that every face must have, by what heads them."""
    names = {"today": "Today", "registration": "With registration", "all": "With all the reforms"}
    steps = data["numbers"]["steps"]
    used = [key for key in ("direct", "framework", "longer", "barred", "unknown") if any(s["ways"][key] for s in steps)]
    rows = {names[step["step"]]: [step["ways"][key] for key in used] for step in steps}
    grades = ("none", "low", "medium", "high")
    for who, name in (("registered", "On their register"), ("unregistered", "On no register")):
        rows[name] = [data["numbers"]["members"][who]["assurance_gap"][key] for key in grades]
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
        for task in whole(data):
            line = next(row for row in rows if len(row) == 8 and row[0].endswith(f": {task['label']}"))
            grades = [task["assurance_gap"], task["unregistered"]["assurance_gap"]]
            assert line[3] == task["severity"]
            assert line[6:8] == [grade if grade != "none" else "not graded" for grade in grades]


def test_the_same_numbers_in_pdf_and_markdown(data: Any, faces: dict[str, Path]) -> None:
    pdf = "\n".join(pages(faces["pdf"]))
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
    assert grid(["a", "b"], ["c", "d"], square).png() == grid(["a", "b"], ["c", "d"], square).png()
    first, second = (bars(["a"], {"blocked": [1], "clear": [2]}, "tasks") for _ in range(2))
    assert first.svg() == second.svg() and first.png() == second.png()
    assert b"<dc:date>" not in first.svg()
    images = list(lxml_html.parse(str(faces["html"])).getroot().iter("img"))
    assert len(images) == 4 and all(len(item.get("alt")) > 40 for item in images)


def test_no_two_looks_of_a_figure_are_the_same_in_greyscale() -> None:
    """Each is told from each other by its pattern, or by a shade that a grey print keeps apart."""

    def grey(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    for looks in (
        SERIES,
        tuple(STYLES[name] for name in ("blocked", "arrange", "restricted", "risky", "unknown", "clear")),
    ):
        for (colour, hatch), (other, another) in itertools.combinations(looks, 2):
            assert hatch != another or abs(grey(colour) - grey(other)) > 60, (colour, other)


def test_the_command_in_the_annex_makes_it_again(gapcheck: Run, folder: Path, data: Any) -> None:
    assert data["command"].startswith(
        "gapcheck submission profiles --profession clinical-technologist --scope nuclear-medicine"
    )
    again = gapcheck(*data["command"].split()[1:-2], "--format", "json", cwd=folder.parent)
    assert json.loads(again.stdout)["parts"] == data["parts"]


def test_claims_are_checked(memo: Any, data: Any) -> None:
    checked = memo["claims_checked"]
    assert sum(checked["summary"].values()) == len(data["claims"])
    assert set(checked["verdicts"]) <= {claim["id"] for claim in data["claims"]}


def test_verify_accepts_the_annex(gapcheck: Run, folder: Path, faces: dict[str, Path], tmp_path: Path) -> None:
    """With the folder that it was made from; an annex made without one needs none."""
    alone = gapcheck("submission", "--profession", "sonographer", "--as-at", TODAY, "-o", tmp_path / "alone.md")
    assert alone.returncode == 0, alone.stderr
    for arguments in ([faces["docx"], "--folder", folder], [tmp_path / "alone.md"]):
        result = gapcheck("verify", *arguments)
        assert result.returncode == 0, result.stdout + result.stderr


def test_every_law_has_a_link(data: Any, faces: dict[str, Path]) -> None:
    links = {item.get("href") for item in lxml_html.parse(str(faces["html"])).getroot().iter("a")}
    powers = {(item["act"], item["route"]) for item in data["numbers"]["powers"]}
    lines = [line for line in data["parts"][0]["routes"] if (line["act"], line["route"]) in powers]
    assert lines and all(line["law"] and line["law"][0]["url"] in links for line in lines)


def test_nations_stand_side_by_side(paper: Document, data: Any, folder: Path, gapcheck: Run) -> None:
    (part,) = data["parts"]
    assert {line["id"] for line in part["nations_differ"]} >= {"practise-at-advanced-level", "re-planned-maintenance"}
    for line in part["nations_differ"]:
        assert len({json.dumps(answer) for answer in line["answers"].values()}) > 1
    table = next(b for b in walk(paper) if isinstance(b, Table) and b.id == "nations-table")
    heads = [text_of(row[0]) for row in table.rows]
    below = "\n".join(text_of(one) for one in inlines(paper))  # where every nation has the same
    assert all(f"{title} (not law)" in heads or f"{title}: " in below for title in TOPICS.values())
    review = next(row for row in table.rows if text_of(row[0]).startswith(TOPICS["review"]))
    assert "right-touch" in text_of(review[2]) and "National Cancer Plan" in text_of(review[1])
    one = gapcheck("submission", folder, *ARGUMENTS, "--nation", "Northern Ireland", "--format", "json")
    assert json.loads(one.stdout)["nations"] == ["northern-ireland"]
    assert json.loads(one.stdout)["parts"][0]["nations_differ"] == []


def test_job_descriptions_are_counted(book: Lawbook) -> None:
    annex = annex_of(book, (CT,), (), paths=(str(EXAMPLES / "job-descriptions"),), scopes=("nuclear-medicine", "dxa"))
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
    nowhere = gapcheck("submission", tmp_path, "--profession", CT, "--scope", "dxa", "-o", tmp_path / "out/a.md")
    assert (nowhere.returncode, list(tmp_path.iterdir())) == (2, [tmp_path / "a.yaml"])  # nothing half written
    for name in ("html", "docx"):
        result = gapcheck(
            "submission", tmp_path / "a.yaml", "--profession", CT, "--scope", "dxa", "-o", tmp_path / f"a.{name}"
        )
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
    annex = annex_of(
        book,
        ("clinical-scientist",),
        ("pgd-for-clinical-and-biomedical-scientists",),
        paths=(str(EXAMPLES / "profiles"),),
    )
    lines = [line for part in annex.parts for line in part.routes if line.states == ("barred", "unknown")]
    assert lines and not any(line.opens_with for line in lines)


def test_smallest_combinations() -> None:
    assert smallest([("a", "b"), ("a",), ("b", "c"), ("a", "c")]) == (("a",), ("b", "c"))
