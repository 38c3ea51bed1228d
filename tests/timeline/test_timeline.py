"""`gapcheck timeline`: each stretch of time says what `gapcheck can` says on its days, no day is a beginning that the law does not make
one, and what is to come is told apart."""

from __future__ import annotations

import csv
import io
import itertools
import json
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from gapcheck import Lawbook
from gapcheck.engine.answers import ask
from gapcheck.law.dated import words
from gapcheck.matrix.build import row_of
from gapcheck.profile.case import case_facts
from gapcheck.profile.model import TaskEntry
from gapcheck.timeline.build import timeline
from gapcheck.timeline.document import timeline_figure
from gapcheck.timeline.model import LAWFUL, TimelineLine
from gapcheck.timeline.words import since_words
from tests.conftest import ROOT, TODAY, Run

CT, DR, INJECT = "clinical-technologist", "diagnostic-radiographer", "administer-pom-parenterally"
PGD = "patient-group-direction"


def schema() -> jsonschema.Draft202012Validator:
    files = [json.loads((ROOT / f"schemas/{name}.schema.json").read_text("utf-8")) for name in ("timeline", "report")]
    registry: Registry[Any] = Registry().with_resources((item["$id"], Resource.from_contents(item)) for item in files)
    return jsonschema.Draft202012Validator(files[0], registry=registry)


def shown(gapcheck: Run, *arguments: str) -> list[dict[str, Any]]:
    result = gapcheck("timeline", "--as-at", TODAY, "--format", "json", *arguments)
    assert result.returncode == 0, result.stderr
    data = json.loads(result.stdout)
    schema().validate(data)
    lines: list[dict[str, Any]] = data["lines"]
    return lines


def line(
    book: Lawbook, profession: str, item: str, nation: str = "england", *, date: str = TODAY, kind: str = "acts"
) -> TimelineLine:
    (found,) = timeline(book.at(date, nation), [nation], [profession], kind, [item]).lines
    return found


@pytest.mark.parametrize("who", [CT, DR, "dental-hygienist", "pharmacy-technician"])
@pytest.mark.parametrize("act", [INJECT, "irmer-evaluate", "supervise-aseptic-preparation"])
def test_a_stretch_is_the_answer_of_can_on_its_first_and_last_day(book: Lawbook, who: str, act: str) -> None:
    for span in line(book, who, act).spans[-3:]:
        for day in filter(None, (span.first, span.last)):
            law = book.at(day, "england")
            answer = ask(row_of(law, who).profile, law, act, case_facts(law, {"act": act}, TaskEntry(""))).act
            assert answer.verdict == span.verdict, day
            lawful = {item.route for item in answer.routes if item.state in LAWFUL}
            assert {way.route for way in span.lawful} == lawful, day


def test_the_stretches_leave_no_day_out(book: Lawbook) -> None:
    for act in (INJECT, "irmer-refer"):
        spans = line(book, "pharmacy-technician", act).spans
        assert spans[-1].last == ""
        for before, after in itertools.pairwise(spans):
            assert _after(before.last) == after.first
            assert (before.verdict, [way.look for way in before.ways]) != (
                after.verdict,
                [way.look for way in after.ways],
            )


def test_a_way_is_not_closed_since_a_day_of_which_the_lawbook_does_not_hold_its_law(book: Lawbook) -> None:
    """Authorising is open to technologists by another way; who could be a practitioner is not held before November 2006."""
    since = line(book, CT, "irmer-authorise").route_since("practitioner")
    assert since is not None
    assert (since.day, since.exact) == ("2006-11-01", False)


@pytest.mark.parametrize(
    ("who", "day", "by"),
    [
        ("nurse", "2000-08-09", "SI 2000/1917"),
        ("dietitian", "2004-05-18", "SI 2004/1189"),
        ("dental-hygienist", "2010-06-01", "SI 2010/1136"),
    ],
)
def test_the_instrument_that_named_a_class_is_told_with_its_day(book: Lawbook, who: str, day: str, by: str) -> None:
    """Group directions outside the health service have needed no fact of the case only since 2020; what was so earlier is told apart."""
    found = line(book, who, INJECT).way_since(PGD)
    assert (found.day, found.exact) == ("2020-12-19", False)
    assert found.depending is not None
    assert (found.depending.day, found.depending.exact, {cause.by for cause in found.depending.causes}) == (
        day,
        True,
        {by},
    )


def test_pharmacy_technicians_and_directions(book: Lawbook) -> None:
    found = line(book, "pharmacy-technician", INJECT).way_since(PGD)
    assert (found.day, found.exact, [cause.by for cause in found.causes]) == ("2024-06-26", True, ["SI 2024/729"])


def test_a_day_on_which_the_lawbook_begins_is_no_beginning(book: Lawbook) -> None:
    """Nobody became an operator on 13 May 2000 or in Northern Ireland on 6 February 2018: the lawbook begins there."""
    for nation, day in (("england", "2000-05-13"), ("northern-ireland", "2018-02-06")):
        since = line(book, CT, "irmer-operate", nation).since()
        assert since is not None
        assert (since.day, since.exact) == (day, False)


def test_no_act_is_since_a_day_before_which_the_lawbook_cannot_tell(book: Lawbook) -> None:
    """The title of social workers was reserved by law that was not read before that of now."""
    for who, act in (
        ("social-worker", "use-title"),
        ("dental-nurse", "irmer-refer"),
        ("dental-hygienist", "use-title"),
    ):
        found = line(book, who, act)
        since = found.since()
        assert since is not None and not since.exact
        before = found.spans[found.place - 1]
        assert before.verdict == "unknown" or since.day == found.spans[0].first


def test_every_exact_since_has_another_answer_on_the_day_before(book: Lawbook) -> None:
    law = book.at(TODAY, "england")
    chart = timeline(law, ["england"], ["nursing-associate", "paramedic"], "acts", list(book.data["acts"]))
    exact = [(item, since) for item in chart.lines if (since := item.since()) and since.exact and since.day]
    assert exact
    for item, since in exact:
        before = next(span for span in item.spans if span.last and span.last < since.day <= _after(span.last))
        assert item.now is not None
        assert before.verdict not in ("unknown", item.now.verdict)
        assert since.causes


def _after(day: str) -> str:
    from datetime import date, timedelta

    return (date.fromisoformat(day) + timedelta(1)).isoformat()


def test_law_to_come_is_marked_and_what_is_only_announced_says_so(gapcheck: Run) -> None:
    (found,) = shown(gapcheck, "pharmacy-technician", "--act", "supervise-aseptic-preparation")
    assert found["verdict"] == "barred"
    (coming,) = [span for span in found["spans"] if span["to_come"]]
    assert (coming["first"], coming["announced"]) == ("2026-12-10", True)
    asked = ("pharmacy-technician", "--act", "supervise-aseptic-preparation", "--as-at", TODAY)
    text = " ".join(gapcheck("timeline", *asked).stdout.split())
    assert "announced; the order that brings it into force was not seen" in text
    (title,) = shown(gapcheck, "physician-associate", "--act", "use-title")
    assert [(span["first"], span["announced"]) for span in title["spans"] if span["to_come"]] == [("2026-12-13", False)]
    later = gapcheck(
        "timeline", "physician-associate", "--act", "use-title", "--as-at", "2026-12-13", "--format", "json"
    )
    assert not any(span["to_come"] for span in json.loads(later.stdout)["lines"][0]["spans"])


def test_a_day_of_which_the_lawbook_does_not_hold_the_law(gapcheck: Run, book: Lawbook) -> None:
    assert line(book, "nurse", "irmer-refer", date="1999-01-01").since() is None
    text = " ".join(gapcheck("timeline", "nurse", "--act", "irmer-refer", "--as-at", "1999-01-01").stdout.split())
    assert "not held the lawbook does not hold its" in text


def test_nations_that_differ_are_told_apart(gapcheck: Run) -> None:
    found = shown(
        gapcheck,
        CT,
        "--act",
        "irmer-operate",
        *(word for nation in ("england", "scotland", "northern-ireland") for word in ("--nation", nation)),
    )
    assert [item["nations"] for item in found] == [["england", "scotland"], ["northern-ireland"]]


def test_a_task_takes_the_dates_of_its_acts(book: Lawbook, gapcheck: Run) -> None:
    refer = line(book, CT, "nm-refer-for-imaging", kind="tasks")
    act = line(book, CT, "irmer-refer")
    assert [span.verdict for span in refer.spans] == [span.verdict for span in act.spans]
    assert [span.first for span in refer.spans] == [span.first for span in act.spans]
    assert shown(gapcheck, CT, "--task", "nm-refer-for-imaging")[0]["verdict"] == "barred"


def test_every_face_says_since_when(gapcheck: Run, tmp_path: Path) -> None:
    arguments = ("timeline", "dental-hygienist", "--act", INJECT, "--as-at", TODAY)
    for name in ("t.html", "t.csv", "t.docx"):
        assert gapcheck(*arguments, "-o", tmp_path / name).returncode == 0
    text = (tmp_path / "t.html").read_text("utf-8")
    assert words("2010-06-01") in text and "SI 2010/1136" in text and "image/svg" in text
    with zipfile.ZipFile(tmp_path / "t.docx") as word:
        assert "SI 2010/1136" in word.read("word/document.xml").decode("utf-8")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "t.csv").read_text("utf-8"))))
    assert next(row["first"] for row in rows) == "2000-08-09"
    assert any("SI 2010/1136" in row["what changed it"] for row in rows)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("sonographr",), "did you mean `sonographer`"),
        (("nurse", "--reform", "register-sonographers"), "a reform is not law"),
        (("nurse", "--act", "irmer-refer", "--task", "nm-refer-for-imaging"), "do not stand in one timeline"),
        ((), "Missing argument"),
    ],
)
def test_what_cannot_be_asked_is_said_in_words(gapcheck: Run, arguments: tuple[str, ...], says: str) -> None:
    result = gapcheck("timeline", *arguments)
    assert result.returncode == 2
    assert says in result.stderr


def test_no_words_make_a_beginning_of_the_day_on_which_the_lawbook_begins(book: Lawbook) -> None:
    """Neither in a cell nor in the text that stands for the figure: the first day, and the first after law that is not held."""
    law = book.at(TODAY, "england")
    chart = timeline(law, ["england"], [CT], "acts", ["irmer-operate", "irmer-refer"])
    figure = timeline_figure(chart, CT, chart.lines)
    for day in ("2000-05-13", "2006-11-01"):
        assert f"from {words(day)}" not in figure.alt.replace(f"not held from {words(day)}", "")
    assert f"where the lawbook begins, {words('2006-11-01')}" in figure.alt
    assert since_words(chart.lines[0].since()) == f"on or before {words('2000-05-13')}"
