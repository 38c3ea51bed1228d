"""Compare: the matrix of the command, several laws beside each other, and each cell with its reason."""

from __future__ import annotations

import html
import json
import re

import pytest

from tests.conftest import TODAY, Run
from tests.web.serving import Server
from tests.web.test_ask import links

THREE = {"profession": ["nurse", "clinical-technologist", "sonographer"], "as_at": TODAY}


@pytest.mark.parametrize(
    "more", [{}, {"medicine": "iodinated-contrast"}, {"nation": "northern-ireland"}, {"scope": "sonography"}]
)
def test_the_page_holds_what_the_command_says(more: dict[str, str], server: Server, gapcheck: Run) -> None:
    page = server.get("/compare/matrix", {**THREE, **more})
    assert page.status == 200
    line = html.unescape(re.search(r'<pre id="command".*?<code>(.*?)</code>', page.text, re.S).group(1)).split()  # type: ignore[union-attr]
    data = json.loads(gapcheck(*line[1:], "--format", "json").stdout)
    assert server.ask(links(page)["json"]).json == data
    assert page.text.count('class="unseen"> ') >= len(data["cells"])


def test_every_cell_leads_to_the_same_answer(server: Server) -> None:
    page = server.get("/compare/matrix", {**THREE, "act": ["irmer-refer", "administer-pom-parenterally", "use-title"]})
    cells = re.findall(r'<a href="(/ask/answer\?[^"]+)"><span class="tone (\w+)">', page.text)
    assert len(cells) == 9
    for address, verdict in cells:
        reason = server.ask(html.unescape(address))
        assert reason.status == 200 and f'class="answer {verdict}"' in reason.text


def test_every_task_cell_leads_to_its_findings(server: Server) -> None:
    page = server.get(
        "/compare/matrix", {"profession": ["nurse", "sonographer"], "scope": "sonography", "as_at": TODAY}
    )
    cells = re.findall(r'<a href="(/role/findings\?[^"]+)"><span class="tone (\w+)">', page.text)
    assert len(cells) > 10
    for address, status in cells[:6]:
        reason = server.get(html.unescape(address))
        assert reason.status == 200 and f"1 task: 1 {status}" in reason.words


def test_nations_and_days_beside_each_other(server: Server) -> None:
    asked = {"act": "irmer-refer", "nation": ["england", "northern-ireland"], "as_at": TODAY, "also": "2017-01-01"}
    page = server.get("/compare/matrix", asked)
    assert "England, 1 January 2017" in page.words and 'class="differs"' in page.text
    assert "<h1>Who may do what</h1>" in page.text
    assert "England and Northern Ireland, 22 November 2026 and 1 January 2017" in page.words
    assert len(server.ask(links(page)["json"]).json) == 4
    assert "Northern Ireland, 1 January 2017" in server.ask(links(page)["html"]).text
    assert server.ask(links(page)["docx"]).status == server.ask(links(page)["pdf"]).status == 200


def test_todays_law_beside_a_reform(server: Server) -> None:
    page = server.get(
        "/compare/matrix",
        {"profession": "clinical-technologist", "reform": "register-clinical-technologists", "as_at": TODAY},
    )
    assert re.search(r"as the law is: +× barred .*? with the reform: +○ available", page.words)
    assert "<h1>What would change: statutory registration of clinical technologists</h1>" in page.text


def test_only_what_differs_is_shown_first(server: Server) -> None:
    asked = {"act": "irmer-refer", "reform": "register-clinical-technologists", "as_at": TODAY}
    page = server.get("/compare/matrix", asked)
    whole = server.get("/compare/matrix", {**asked, "only": "everything"})
    assert 0 < page.text.count("<tr") < whole.text.count("<tr")
    assert "Show everything" in page.words and "Show only what differs" in whole.words


def test_the_table_is_turned_where_that_is_narrower(server: Server) -> None:
    few = server.get("/compare/matrix", {"profession": ["nurse", "sonographer"], "as_at": TODAY})
    assert few.text.split("</table>")[0].count('<th scope="col"') == 3 and "Acts by professions" in few.words
    many = server.get("/compare/matrix", {"act": "irmer-refer", "as_at": TODAY})
    assert many.text.split("</table>")[0].count('<th scope="col"') == 2 and "Professions by acts" in many.words


def test_nothing_differs_is_said(server: Server) -> None:
    page = server.get(
        "/compare/matrix",
        {"act": "irmer-refer", "profession": "nurse", "as_at": TODAY, "also": "2026-11-21"},
    )
    assert "Nothing differs." in page.words


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"act": "irmer-refer", "scope": "sonography"}, "do not stand in one matrix"),
        ({"profession": "astronaut"}, "astronaut"),
        ({"nation": "atlantis"}, "atlantis"),
        ({"as_at": "2026-13-01"}, "not a date"),
        ({"also": "never"}, "not a date"),
        ({"reform": "abolish"}, "abolish"),
        (
            {
                "nation": ["england", "wales", "scotland", "northern-ireland"],
                "also": "2020-01-01",
                "reform": "register-sonographers",
            },
            "at most 8",
        ),
        (
            {
                "scope": "nuclear-medicine",
                "nation": ["england", "wales", "scotland", "northern-ireland"],
                "also": "2020-01-01",
            },
            "at most 8,000",
        ),
        ({"task": "nm-spect-ct", "scope": "sonography"}, "not of the scope"),
    ],
)
def test_what_is_wrong_is_said(asked: dict[str, object], says: str, server: Server) -> None:
    page = server.get("/compare/matrix", asked)
    assert page.status == 400
    assert says in page.words and "There is a problem" in page.words and "<h1>Compare</h1>" in page.text
