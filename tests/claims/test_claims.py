"""`gapcheck claims`: the engine decides what a statement says of the law, and figures are compared."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from referencing import Registry, Resource

from gapcheck import Lawbook
from gapcheck.claims.figures import check_figures
from gapcheck.claims.legal import check_statement
from gapcheck.claims.model import Assertion, Quantity, Statement
from gapcheck.claims.read import shipped
from tests.conftest import ROOT, TODAY, Run
from tests.pdf import pages

EXAMPLE = ROOT / "examples/statements.yaml"
EXPECTED = {
    "radiographers-must-register": "contradicted",
    "radiographer-is-protected": "supported",
    "technologists-cannot-refer": "supported",
    "only-practitioners-authorise": "contradicted",
    "directions-for-allied-health-professionals": "contradicted",
    "contrast-needs-a-direction": "qualified",
    "registration-opens-directions": "contradicted",
    "servicing-is-operating": "qualified",
    "pharmacy-technicians-directions": "contradicted",
    "advanced-roles-closed": "qualified",
    "half-register": "not-a-legal-claim",
    "incidents-this-year": "not-a-legal-claim",
    "incidents-again": "not-a-legal-claim",
    "patients-deserve-assurance": "not-a-legal-claim",
}
Verdict = Callable[..., Any]


@pytest.fixture
def verdict(book: Lawbook) -> Verdict:
    def of(**given: Any) -> Any:
        statement = Statement("x", "x", (Assertion(**given),))
        return check_statement(statement, lambda nation: book.at(TODAY, nation), list(book.data["nations"])).checked[0]

    return of


@pytest.fixture(scope="module")
def data(gapcheck: Run) -> Any:
    result = gapcheck("claims", EXAMPLE, "--as-at", TODAY, "--format", "json")
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def validator() -> jsonschema.Draft202012Validator:
    files = [json.loads((ROOT / f"schemas/{name}.schema.json").read_text("utf-8")) for name in ("claims", "report")]
    registry: Registry[Any] = Registry().with_resources((item["$id"], Resource.from_contents(item)) for item in files)
    return jsonschema.Draft202012Validator(files[0], registry=registry)


def test_the_example(data: Any) -> None:
    validator().validate(data)
    assert {item["id"]: item["verdict"] for item in data["statements"]} == EXPECTED
    assert {item["quantity"] for item in data["figures"] if not item["holds"]} == {"incidents", "registered-share"}
    told = {item["id"]: item["asserts"][0] for item in data["statements"] if item["asserts"]}
    assert all(item["law"] for item in told.values())
    must = told["radiographers-must-register"]
    assert "on no register may carry out a practical aspect" in must["answer"]
    assert must["law"][0]["url"].startswith("https://www.legislation.gov.uk/uksi/2017/1322")


def test_qualified_says_under_what(data: Any) -> None:
    told = {item["id"]: " ".join(item["asserts"][0]["conditions"]) for item in data["statements"] if item["asserts"]}
    assert "reading `wide` of reg-240-contrast" in told["contrast-needs-a-direction"]
    assert "true in Northern Ireland" in told["servicing-is-operating"]
    history = {item["id"]: item["asserts"][0]["answer"] for item in data["statements"] if item["asserts"]}
    assert "until the day before 1 October 2024" in history["servicing-is-operating"]
    assert "until the day before 26 June 2024" in history["pharmacy-technicians-directions"]
    assert "a framework asks for it; the law does not" in told["advanced-roles-closed"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"act": "irmer-refer", "profession": "clinical-technologist", "says": "only-if-registered"}, "supported"),
        ({"act": "irmer-refer", "profession": "diagnostic-radiographer", "says": "only-if-registered"}, "supported"),
        ({"act": "irmer-refer", "profession": "clinical-technologist", "says": "needs-no-registration"}, "contradicted"),
        ({"act": "irmer-operate", "says": "may"}, "supported"),
        ({"act": "irmer-refer", "says": "may"}, "contradicted"),
        ({"act": "irmer-refer", "says": "may-not"}, "supported"),
        ({"act": "irmer-refer", "profession": "clinical-technologist", "registered": ("hcpc:registered:diagnostic-radiographer",), "says": "may"}, "supported"),
        ({"act": "use-title", "profession": "nurse", "says": "may"}, "qualified"),
        ({"act": "supervise-aseptic-preparation", "profession": "pharmacy-technician", "facts": {"setting": "hospital-aseptic-facility"}, "says": "may-not"}, "qualified"),
        ({"act": "administer-pom-parenterally", "profession": "pharmacy-technician", "routes": ("patient-group-direction",), "date": "2024-06-25", "nations": ("england",), "says": "may"}, "contradicted"),
        ({"act": "administer-pom-parenterally", "profession": "pharmacy-technician", "routes": ("patient-group-direction",), "date": "2024-06-26", "nations": ("england",), "says": "may"}, "supported"),
    ],
    ids=lambda item: item if isinstance(item, str) else "-".join(str(value) for value in item.values())[:60],
)  # fmt: skip
def test_what_the_law_says(verdict: Verdict, given: dict[str, Any], expected: str) -> None:
    found = verdict(**given)
    assert found.verdict == expected, (found.why, found.conditions)
    assert (expected == "qualified") is bool(found.conditions)


def test_shipped_claims_say_what_is_left_out(gapcheck: Run, book: Lawbook) -> None:
    count = sum(item["count"] for item in book.data["left-out"].values())
    brief = gapcheck("claims", "--as-at", TODAY)
    assert f"Left out are {count} statements" in brief.stdout
    told = " ".join(gapcheck("claims", "--as-at", TODAY, "--full").stdout.split())
    assert all(" ".join(item["about"].split()) in told for item in book.data["left-out"].values())


def test_shipped_claims_state_law_and_figures(gapcheck: Run, book: Lawbook) -> None:
    result = gapcheck("claims", "--as-at", TODAY, "--format", "json")
    data = json.loads(result.stdout)
    validator().validate(data)
    assert len(data["statements"]) == len(shipped(book)) == len(book.data["claims"])
    assert data["summary"]["supported"] >= 15
    assert {item["id"] for item in data["left_out"]} == set(book.data["left-out"])
    wrong = {item["id"] for item in data["statements"] if item["verdict"] == "contradicted"}
    assert {"radiographers-must-be-registered", "pgd-allied-health-only", "technologists-cannot-authorise"} <= wrong
    off = {item["quantity"] for item in data["figures"] if not item["holds"]}
    assert off >= {"thallium-201-dose", "radiotherapy-error-reports", "who-radiotherapy-events", "chest-ct-dose"}
    held = {item["quantity"] for item in data["figures"] if item["holds"] and item["kind"] == "arithmetic"}
    assert "imaging-examinations-england" in held


@pytest.mark.parametrize(("level", "code"), [("contradicted", 1), ("qualified", 1)])
def test_fail_on(gapcheck: Run, level: str, code: int) -> None:
    assert gapcheck("claims", EXAMPLE, "--fail-on", level).returncode == code


def test_fail_on_lets_good_statements_pass(gapcheck: Run) -> None:
    good = "statements: [{id: x, statement: y, asserts: [{act: irmer-refer, profession: clinical-technologist, says: may-not}]}]"
    assert gapcheck("claims", "-", "--fail-on", "qualified", stdin=good).returncode == 0
    qualified = "statements: [{id: x, statement: y, asserts: [{act: practise-at-advanced-level, profession: clinical-technologist, says: may-not, nations: [england]}]}]"
    assert gapcheck("claims", "-", "--fail-on", "contradicted", stdin=qualified).returncode == 0
    assert gapcheck("claims", "-", "--fail-on", "qualified", stdin=qualified).returncode == 1


def test_a_reform_changes_the_answer(gapcheck: Run) -> None:
    text = "statements: [{id: x, statement: y, asserts: [{act: irmer-refer, profession: clinical-technologist, says: may}]}]"
    for options, expected in (((), "contradicted"), (("--reform", "register-clinical-technologists"), "supported")):
        result = gapcheck("claims", "-", "--format", "json", *options, stdin=text)
        assert json.loads(result.stdout)["statements"][0]["verdict"] == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("statements: []", "statements"),
        ("claim: x", "it needs the key `statements`"),
        ("statements: [{id: x, statement: y, asserts: [{act: irmer-refr, says: may}]}]", "did you mean `irmer-refer`?"),
        ("statements: [{id: x, statement: y, asserts: [{act: irmer-refer, says: can}]}]", "can"),
        ("statements: [{id: x, statement: y, assert: []}]", "assert"),
        ("statements: [{id: x, statement: y, asserts: [{act: irmer-refer, route: operator, says: may}]}]", "is no route to"),
        ("statements: [{id: x, statement: y, asserts: [{act: irmer-refer, says: only-by}]}]", "needs the key `routes`"),
        ("statements: [{id: x, statement: y, asserts: [{act: irmer-refer, nations: [mars], says: may}]}]", "`mars`"),
        ("statements: [{id: x, statement: y, asserts: [{act: irmer-refer, as-at: 2026-02-30, says: may}]}]", "2026-02-30"),
        ("statements:\n- {id: x, statement: y}\n- {id: x, statement: z}", "standard input:3"),
        ("statements: [{id: x, statement: y, figures: [{quantity: q, value: many}]}]", "value"),
        ("statements: !!python/object:x {}", "standard input:1"),
    ],
)  # fmt: skip
def test_bad_input_is_told(gapcheck: Run, text: str, told: str) -> None:
    result = gapcheck("claims", "-", stdin=text)
    assert (result.returncode, result.stdout) == (2, ""), result.stdout
    assert told in result.stderr and "Traceback" not in result.stderr


def figure(quantity: str, value: float, **given: Any) -> Quantity:
    return Quantity(quantity, float(value), json.dumps(value), **given)


@pytest.mark.parametrize(
    ("figures", "holds"),
    [
        ([figure("a", 5), figure("a", 5)], [True]),
        ([figure("a", 5), figure("a", 6)], [False]),
        ([figure("a", 5, when="2024"), figure("a", 6, when="2025")], []),
        ([figure("a", 100, about=True), figure("a", 104)], [True]),
        ([figure("a", 5, unit="mSv"), figure("a", 5, unit="Sv")], [False]),
        ([figure("a", 5, operation="sum", operands=(2, 3))], [True]),
        ([figure("a", 4305, operation="sum", operands=(138, 4143))], [False]),
        ([figure("b", 1074, rounded=True), figure("a", 4305, operation="product", operands=("b", 4))], [False]),
        ([figure("b", 1076, rounded=True), figure("a", 4305, operation="product", operands=("b", 4))], [True]),
        ([figure("a", 3.2, operation="share", operands=(138, 4281))], [True]),
        ([figure("a", 3.3, operation="share", operands=(138, 4281))], [False]),
        ([figure("a", 3, operation="quotient", operands=(1, 0))], [False]),
        ([figure("a", 3, operation="sum", operands=("nowhere", 1))], [False]),
        ([figure("a", -3, operation="difference", operands=(2, 5))], [True]),
    ],
)
def test_figures(figures: list[Quantity], holds: list[bool]) -> None:
    assert [item.holds for item in check_figures([Statement("x", "x", (), tuple(figures))])] == holds


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=8), st.integers(-3, 3))
def test_a_sum_holds_only_where_it_is_the_sum(parts: list[int], off: int) -> None:
    stated = figure("a", sum(parts) + off, operation="sum", operands=tuple(parts))
    assert check_figures([Statement("x", "x", (), (stated,))])[0].holds is (off == 0)


def test_every_face_says_the_same(gapcheck: Run, data: Any, tmp_path: Path) -> None:
    for name in ("docx", "html", "pdf", "md", "csv"):
        result = gapcheck("claims", EXAMPLE, "--as-at", TODAY, "-o", tmp_path / f"x.{name}")
        assert result.returncode == 0, result.stderr
    word = docx.Document(str(tmp_path / "x.docx"))
    texts = {
        "docx": "\n".join(
            [item.text for item in word.paragraphs]
            + [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        ),
        "html": lxml_html.parse(str(tmp_path / "x.html")).getroot().text_content(),
        "pdf": "\n".join(pages(tmp_path / "x.pdf")),
        "md": (tmp_path / "x.md").read_text("utf-8").replace("\\", ""),
    }
    for name, text in texts.items():
        flat = "".join(text.split())
        for item in data["statements"]:
            assert "".join(item["statement"].split()) in flat, (name, item["id"])
    rows = [[cell.text for cell in row.cells][:2] for row in word.tables[0].rows]
    assert [[key.replace("-", " "), str(count)] for key, count in data["summary"].items()] == rows[1:]
    lines = list(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text("utf-8"))))
    assert {
        line["statement"]: line["verdict"]
        for line in lines
        if line["statement"] in EXPECTED and line["verdict"] in set(EXPECTED.values())
    } == EXPECTED


def test_hostile_text_stays_text(gapcheck: Run, tmp_path: Path) -> None:
    text = json.dumps(
        {
            "statements": [
                {"id": "x", "statement": "=cmd|' /C calc'!A0 <script>alert(1)</script> \u202e[a](javascript:b)"}
            ]
        }
    )
    (tmp_path / "x.json").write_text(text, "utf-8")
    for name in ("x.html", "x.csv", "x.md", "x.docx"):
        assert gapcheck("claims", tmp_path / "x.json", "-o", tmp_path / name).returncode == 0
    page = lxml_html.parse(str(tmp_path / "x.html")).getroot()
    assert not list(page.iter("script")) and "<script>alert(1)</script>" in page.text_content()
    assert list(csv.reader(io.StringIO((tmp_path / "x.csv").read_text("utf-8"))))[1][2].startswith("'=")
