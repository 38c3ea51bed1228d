"""The Ask pages say what `gapcheck can` says, ask for what is not known, and lead to the command and the downloads."""

from __future__ import annotations

import html
import io
import json
import re
import shlex
import zipfile

import pytest

from tests.conftest import TODAY, Run
from tests.web.serving import Answer, Server

REFER = {
    "act": "irmer-refer",
    "profession": "clinical-technologist",
    "registered": "rct",
    "nation": "england",
    "as_at": TODAY,
}
CONTRAST = {"act": "administer-pom-parenterally", "profession": "diagnostic-radiographer", "registered": "hcpc",
            "medicine": "iodinated-contrast", "arrangement": "pgd", "as_at": TODAY}  # fmt: skip


def command(page: Answer) -> list[str]:
    """The command line that a page shows."""
    found = re.search(r'<pre id="command".*?<code>(.*?)</code>', page.text, re.S)
    assert found
    return shlex.split(html.unescape(found.group(1)))


def links(page: Answer) -> dict[str, str]:
    """The downloads of a page, by face."""
    return {
        face: html.unescape(found)
        for found, face in re.findall(r'href="([^"]+\.(docx|pdf|html|json)\?[^"]*)"', page.text)
    }


@pytest.mark.parametrize("asked", [REFER, CONTRAST, {"act": "use-title", "fact": "title=paramedic", "as_at": TODAY}])
def test_the_page_says_what_the_command_says(asked: dict[str, str], server: Server, gapcheck: Run) -> None:
    page = server.get("/ask/answer", asked)
    assert page.status == 200
    line = command(page)
    assert line[:2] == ["gapcheck", "can"]
    answer = json.loads(gapcheck(*line[1:], "--format", "json").stdout)
    assert _unquoted(answer["says"]) in _unquoted(page.words)
    assert answer["verdict"].capitalize() in page.words
    for route in answer["routes"]:
        assert route["title"] in page.words
        for provision in route["law"]:
            assert f'href="{provision["url"]}"' in page.text
    assert {**server.ask(links(page)["json"]).json, "cross_check": None} == {**answer, "cross_check": None}


def _unquoted(text: str) -> str:
    """Text without the marks around what somebody said, which a page sets in its own way."""
    return text.translate(str.maketrans("", "", "`“”"))


def test_the_form_is_put_in_order(server: Server) -> None:
    """What a form sends (every field, most of them empty) becomes the short address that can be kept and shared."""
    sent = "/ask/answer?act=irmer-refer&medicine=&profession=clinical-technologist&register=rct&status=registered&as="
    answer = server.ask(f"{sent}&register=&status=registered&as=&nation=england&as_at={TODAY}&interpretation=")
    assert answer.status == 303
    assert answer.headers["location"] == (
        f"/ask/answer?act=irmer-refer&profession=clinical-technologist&registered=rct&nation=england&as_at={TODAY}"
    )


@pytest.mark.parametrize(
    "asked",
    [
        {"act": "supply-pom"},
        {"act": "use-title"},
        {"act": "irmer-authorise", "profession": "nurse", "registered": "nmc"},
        {"act": "prescribe-pom", "profession": "physiotherapist", "registered": "hcpc"},
        {"act": "administer-pom-parenterally", "profession": "midwife", "registered": "nmc"},
    ],
    ids=lambda asked: asked["act"],
)
@pytest.mark.parametrize("first", [True, False])
def test_unknown_facts_are_asked_one_at_a_time_until_none_is_left(
    asked: dict[str, str], first: bool, server: Server
) -> None:
    """Whoever answers every question, or never knows, comes to an end, and is asked nothing twice."""
    page = server.get("/ask/answer", {**asked, "as_at": TODAY})
    seen = []
    for _ in range(40):
        found = re.search(r'name="answer-to" value="([^"]+)"', page.text)
        if not found:
            break
        assert page.text.count('name="answer-to"') == 1
        seen.append(found.group(1))
        panel = page.text[page.text.index('<form class="panel"') : page.text.index("</form>")]
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', panel)
        offered = re.findall(
            r'<(?:input type="(?:radio|checkbox)" id="[^"]+" name="answer"|option) value="([^"]+)"', panel
        )
        value = (offered or ["paramedic"])[0] if first else "unknown"
        page = server.get("/ask/answer", [*((key, html.unescape(text)) for key, text in hidden), ("answer", value)])
        assert page.status == 200, page.words
    assert seen and len(seen) == len(set(seen))
    assert 'name="answer-to"' not in page.text


def test_a_question_left_unanswered_is_an_error_at_its_field(server: Server) -> None:
    page = server.get(
        "/ask/answer",
        {"act": "use-title", "profession": "nurse", "nation": "england", "as_at": TODAY, "answer-to": "title"},
    )
    assert page.status == 400
    assert (
        'role="alert"' in page.text and '<a href="#answer">Choose an answer' in page.text and 'id="answer"' in page.text
    )


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "act"),
        ({"act": "refer-somebody"}, "act"),
        ({"act": "irmer-refer", "profession": "astronaut"}, "profession"),
        ({"act": "irmer-refer", "medicine": "holy-water"}, "medicine"),
        ({"act": "irmer-refer", "nation": "atlantis"}, "nation"),
        ({"act": "irmer-refer", "as_at": "2026-02-30"}, "as_at"),
        ({"act": "irmer-refer", "as_at": "<script>"}, "as_at"),
    ],
)
def test_what_is_wrong_is_said_first_and_leads_to_its_field(asked: dict[str, str], field: str, server: Server) -> None:
    page = server.get("/ask/answer", asked)
    assert page.status == 400
    assert "There is a problem" in page.words
    assert f'<a href="#{field}">' in page.text and f'id="{field}"' in page.text
    assert "<title>Error: " in page.text and "Traceback" not in page.text


@pytest.mark.parametrize(
    "asked",
    [
        {"act": "irmer-refer", "registered": "rct:whatever"},
        {"act": "irmer-refer", "registered": "freemasons"},
        {"act": "irmer-refer", "fact": "nonsense"},
        {"act": "irmer-refer", "fact": "emergency=perhaps"},
        {"act": "irmer-refer", "reform": "abolish-everything"},
        {"act": "irmer-refer", "interpretation": "reg-240-contrast"},
        {"act": "irmer-refer", "interpretation": "reg-240-contrast=upside-down"},
        {"act": "irmer-refer", "arrangement": "a-nod"},
        {"act": "administer-pom-parenterally", "medicine": "tc-99m", "fact": "medicine.radioactive=no"},
        {"act": "irmer-refer", "fact": [f"title=t{n}" for n in range(70)]},
    ],
)
@pytest.mark.parametrize("path", ["/ask/answer", "/ask/answer.json", "/ask/answer.docx"])
def test_what_the_lawbook_does_not_know_is_said_in_words(asked: dict[str, str], path: str, server: Server) -> None:
    page = server.get(path, asked)
    assert page.status == 400
    assert "There is a problem" in page.words and "Traceback" not in page.text


def test_downloads_in_every_face(server: Server) -> None:
    found = links(server.get("/ask/answer", REFER))
    assert set(found) == {"docx", "pdf", "html", "json"}
    answers = {face: server.ask(address) for face, address in found.items()}
    assert {answer.status for answer in answers.values()} == {200}
    for face, answer in answers.items():
        assert answer.headers["content-disposition"] == f'attachment; filename="gapcheck-answer.{face}"'
    assert answers["pdf"].body.startswith(b"%PDF-")
    with zipfile.ZipFile(io.BytesIO(answers["docx"].body)) as word:
        assert "may not refer a person" in word.read("word/document.xml").decode()
    assert "may not refer a person" in answers["html"].text


def test_a_reform_and_another_day_are_kept(server: Server) -> None:
    page = server.get("/ask/answer", {**REFER, "registered": "hcpc", "reform": "register-clinical-technologists"})
    assert "--reform register-clinical-technologists" in page.words
    assert "Statutory registration of clinical technologists (not law)" in page.words
    early = server.get("/ask/answer", {**REFER, "as_at": "2001-01-01"})
    assert "1 January 2001" in early.words and early.status == 200


def test_change_leads_back_to_the_form_filled_in(server: Server) -> None:
    page = server.get("/ask", CONTRAST)
    for value in ("administer-pom-parenterally", "diagnostic-radiographer", "hcpc", "iodinated-contrast"):
        assert f'value="{value}" selected' in page.text
    assert 'value="pgd" checked' in page.text


def test_what_was_answered_can_be_taken_back(server: Server) -> None:
    asked = {**REFER, "act": "use-title", "fact": "title=paramedic"}
    assert "Which title is used? Paramedic" in server.get("/ask/answer", asked).words
    form = server.get("/ask", asked)
    assert 'name="fact" value="title=paramedic" checked' in form.text and 'id="fact"' in form.text
