"""The page about a team: a file or text in, the answer or the papers out."""

from __future__ import annotations

import io
import json
import re

import docx
import openpyxl
import yaml

from tests.conftest import ROOT
from tests.team.test_team import plain
from tests.web.serving import Server

TEN = ROOT / "examples/teams/ten-posts.xlsx"


def text_of(name: str = "Nuclear medicine", title: str = "Technologist") -> str:
    data = plain()
    data["team"]["name"], data["posts"][0]["title"] = name, title
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)


def test_a_pasted_team_is_answered(server: Server) -> None:
    assert server.get("/team").status == 200
    page = server.post("/team/result", {"text": text_of(), "as_at": "2026-11-22"}, None)
    assert page.status == 200, page.words
    assert "Covered today: 10 of 10 tasks. 3 tasks hang on one post." in page.words
    assert "Nuclear medicine radiographer" in page.words


def test_a_workbook_is_answered_and_taken_away(server: Server) -> None:
    page = server.post("/team/result", {}, (TEN.name, TEN.read_bytes()))
    assert page.status == 200, page.words
    assert "2 teams" in page.words
    found = server.post("/team/result", {"do": "answer-xlsx"}, (TEN.name, TEN.read_bytes()))
    assert "Thin cover" in openpyxl.load_workbook(io.BytesIO(found.body)).sheetnames


def test_the_papers_are_made(server: Server) -> None:
    found = server.post("/team/result", {"text": text_of(), "do": "pack-docx"}, None)
    assert found.headers["content-disposition"] == 'attachment; filename="gapcheck-pack.docx"'
    assert any(table.rows[0].cells[1].text == "What" for table in docx.Document(io.BytesIO(found.body)).tables)
    several = server.post("/team/result", {"do": "pack-docx"}, (TEN.name, TEN.read_bytes()))
    assert several.status == 400
    assert "papers are made for one" in several.words


def filled(server: Server, answer: str) -> bytes:
    """The papers of the team, with an answer for each thing that is not stated, as Excel saves them."""
    data = yaml.safe_load(text_of())
    for key in ("entitlements", "arrangements"):
        data["posts"][0].pop(key, None)
    text = yaml.safe_dump(data, sort_keys=False)
    found = server.post("/team/result", {"text": text, "do": "pack-xlsx", "as_at": "2026-11-22"}, None)
    book = openpyxl.load_workbook(io.BytesIO(found.body))
    for row in book["In place"].iter_rows(min_row=2):
        if not row[2].value:
            row[2].value = answer
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_filled_papers_are_read_back(server: Server) -> None:
    raw = filled(server, "yes")
    page = server.post("/team/papers", {"as_at": "2026-11-22"}, ("filled.xlsx", raw))
    assert page.status == 200, page.words
    assert "How the posts stand now" in page.words and ", now yes" in page.words
    taken = server.post("/team/papers", {"do": "take", "as_at": "2026-11-22"}, ("filled.xlsx", raw))
    assert taken.headers["content-disposition"] == 'attachment; filename="gapcheck-team.yaml"'
    again = server.post("/team/result", {"text": taken.body.decode(), "as_at": "2026-11-22"}, None)
    assert again.status == 200 and "Nuclear medicine" in again.words
    assert server.get("/team/papers").status == 200


def test_what_is_no_pack_is_said(server: Server) -> None:
    for file, said in (
        (None, "Choose the filled papers"),
        (("notes.txt", b"hello"), "read back from Word"),
        (("filled.docx", b"PK nothing"), "no Word or Excel file"),
        ((TEN.name, TEN.read_bytes()), "no table of what is in place"),
    ):
        page = server.post("/team/papers", {}, file)
        assert page.status == 400 and said in page.words, page.words


def test_what_is_wrong_is_said(server: Server) -> None:
    for fields, file, said in (
        ({}, None, "Choose a file, or paste the text"),
        ({"text": "gapcheck: 1\nteam: {name: A, nation: englnd}\nposts: []\ntasks: []\n"}, None, "englnd"),
        ({"text": text_of(), "as_at": "soon"}, None, "is not a date"),
        ({}, ("x.xlsx", b"PK\x03\x04 nothing"), "Cannot be read as an Excel workbook"),
        ({"text": "gapcheck: 1\nteam: {name: A, nation: england}\nposts: [{id: a, profile: /etc/passwd}]\ntasks: [nm-spect-ct]\n"}, None, "cannot name profile files"),
    ):  # fmt: skip
        page = server.post("/team/result", fields, file)
        assert page.status == 400, page.words
        assert said in page.words


def test_what_strangers_write_stays_text(server: Server) -> None:
    evil = "<script>alert(5893)</script>"
    page = server.post("/team/result", {"text": text_of(evil, evil)}, None)
    assert page.status == 200
    assert "<script>alert" not in page.text
    assert json.dumps(evil)[1:-1] not in re.sub(r"&lt;.*?&gt;", "", page.text)
