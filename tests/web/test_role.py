"""Check a role: load, change, save, and the same findings as `gapcheck check`."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT, TODAY, Run
from tests.web.serving import Answer, Server
from tests.web.test_ask import command, links

PROFILES = sorted((ROOT / "examples/profiles").glob("*.yaml"))


def saved(page: Answer, server: Server) -> str:
    """The profile that a page of findings saves."""
    found = re.search(r'href="(/role/profile\.yaml[^"]*)"', page.text)
    assert found
    return server.ask(html.unescape(found.group(1))).text


def packed(page: Answer) -> str:
    found = re.search(r'name="p" value="([^"]*)"', page.text)
    assert found
    return found.group(1)


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_a_profile_loaded_and_saved_gives_the_same_findings(
    path: Path, server: Server, gapcheck: Run, tmp_path: Path
) -> None:
    page = server.post("/role/load", {"text": ""}, (path.name, path.read_bytes()))
    assert page.status == 200
    text = saved(page, server)
    (tmp_path / "profile.yaml").write_text(text, encoding="utf-8")
    line = command(page)
    assert line[:3] == ["gapcheck", "check", "profile.yaml"]
    ours = json.loads(gapcheck(*line[1:], "--format", "json", cwd=tmp_path).stdout)
    theirs = json.loads(gapcheck("check", path, "--format", "json", *line[3:]).stdout)
    assert ours["findings"] == theirs["findings"] and ours["summary"] == theirs["summary"]
    downloaded = server.ask(links(page)["json"]).json
    assert downloaded["findings"] == theirs["findings"]
    for finding in theirs["findings"]:
        assert " ".join(finding["why"].split()) in page.words


def test_what_a_profile_says_besides_survives(server: Server) -> None:
    stated = {
        "gapcheck": 1,
        "post": {"title": "T", "nation": "wales", "employer": "nhs", "band": "7", "scopes": ["nuclear-medicine"]},
        "holder": {"profession": "clinical-technologist",
                   "registrations": [{"register": "hcpc", "as": "diagnostic-radiographer", "status": "lapsed"}], "annotations": "none"},
        "entitlements": ["irmer-operator", "none"],
        "arrangements": [{"id": "pgd", "by": "Dr A", "reference": "PGD 14", "until": "2027-01-01"}],
        "facts": {"als-certificate": False},
        "tasks": [{"id": "nm-administer-iv-contrast", "note": "adults: <b>only</b>", "facts": {"emergency": True}, "arrangements": ["psd"]}, "nm-spect-ct"],
    }  # fmt: skip
    page = server.post("/role/load", {"text": yaml.safe_dump(stated)})
    assert yaml.safe_load(saved(page, server)) == stated


def test_every_mistake_of_a_file_is_said_with_its_line(server: Server) -> None:
    text = "gapcheck: 1\npost: {title: T, nation: englund}\nholder: {profession: astronaut}\ntasks:\n  - nm-spect-ct\n  - nm-spect-cat\n"
    page = server.post("/role/load", {}, ("my profile.yaml", text.encode()))
    assert page.status == 400
    for line, what in ((2, "englund"), (3, "astronaut"), (6, "nm-spect-cat")):
        assert re.search(rf"Line {line}: There is no [a-z ]+`{what}`", page.words)
    assert "Did you mean `nm-spect-ct`?" in page.words
    assert "nm-spect-cat" in html.unescape(page.text[page.text.index("<textarea") :])


@pytest.mark.parametrize(
    "raw",
    [
        b"\xff\x00\xfe",
        b"{",
        b"[" * 5000,
        b"a: &x [*x]",
        b"- 1",
        b"gapcheck: 1",
        b"!!python/object:os.system x",
        b"<script>alert(1)</script>",
    ],
)
def test_a_file_that_is_no_profile(raw: bytes, server: Server) -> None:
    page = server.post("/role/load", {}, ("x.yaml", raw))
    assert page.status == 400
    assert "There is a problem" in page.words and "Traceback" not in page.text and "<script>alert" not in page.text


def test_nothing_chosen_to_load(server: Server) -> None:
    page = server.post("/role/load", {"text": "  "})
    assert page.status == 400 and '<a href="#file">' in page.text


def test_the_guided_way(server: Server) -> None:
    page = server.get("/role/post")
    page = server.get(
        "/role/post", {"p": packed(page), "sent": "post", "title": "Lead", "nation": "scotland", "scope": "sonography"}
    )
    assert "The tasks of the post" in page.words
    page = server.get("/role/tasks", {"p": packed(page), "sent": "tasks"})
    assert page.status == 400 and '<a href="#task">Tick at least one task' in page.text and 'id="task"' in page.text
    page = server.get("/role/tasks", {"p": packed(page), "sent": "tasks", "q": "cannulation", "more": "yes"})
    found = re.search(r"Found for.*?</fieldset>", page.text, re.S)
    assert found and "nm-intravenous-access" in found.group(0)
    page = server.get(
        "/role/tasks", {"p": packed(page), "sent": "tasks", "task": ["nm-intravenous-access", "nm-spect-ct"]}
    )
    assert "Who holds the post" in page.words
    page = server.get("/role/person", {"p": packed(page), "sent": "person", "profession": ""})
    assert page.status == 400 and '<a href="#profession">' in page.text
    person = {
        "profession": "clinical-technologist",
        "register": ["rct", ""],
        "status": ["registered", "registered"],
        "as": ["", ""],
    }
    page = server.get("/role/person", {"p": packed(page), "sent": "person", **person})
    assert "What is in place" in page.words
    page = server.get(
        "/role/in-place",
        {"p": packed(page), "sent": "in-place", "entitlement": "irmer-operator", "arrangement": "none"},
    )
    assert "2 tasks" in page.words
    data = yaml.safe_load(saved(page, server))
    assert data["post"] == {"title": "Lead", "nation": "scotland", "scopes": ["sonography"]}
    assert data["entitlements"] == ["irmer-operator"] and data["arrangements"] == "none"


def test_questions_are_asked_until_none_is_left(server: Server) -> None:
    profile = {"gapcheck": 1, "post": {"title": "T", "nation": "england"}, "holder": {"profession": "nurse", "registrations": [{"register": "nmc"}]},
               "tasks": ["nm-administer-adjunct-pom", "nm-administer-iv-contrast", "nm-spect-ct"]}  # fmt: skip
    page = server.post("/role/load", {"text": yaml.safe_dump(profile)})
    seen = []
    for _ in range(30):
        found = re.search(r'name="answer-to" value="([^"]+)"', page.text)
        if not found:
            break
        seen.append(html.unescape(found.group(1)))
        choices = re.findall(
            r'<(?:input type="(?:radio|checkbox)"[^>]*name="answer"|option) value="([^"]+)"', page.text
        )
        page = server.get(
            "/role/findings",
            {
                "p": packed(page),
                "sent": "answer",
                "answer-to": seen[-1],
                "answer": choices[0] if choices else "unknown",
            },
        )
        assert page.status == 200, page.words
    assert seen and len(seen) == len(set(seen))
    assert 'name="answer-to"' not in page.text


def test_an_answer_is_needed(server: Server) -> None:
    profile = {
        "gapcheck": 1,
        "post": {"title": "T", "nation": "england"},
        "holder": {"profession": "nurse"},
        "tasks": ["nm-spect-ct"],
    }
    page = server.post("/role/load", {"text": yaml.safe_dump(profile)})
    again = server.get(
        "/role/findings", {"p": packed(page), "sent": "answer", "answer-to": "entitlement.irmer-operator"}
    )
    assert again.status == 400 and '<a href="#answer">' in again.text


def test_another_day_and_a_reform(server: Server) -> None:
    page = server.post(
        "/role/load", {"text": (ROOT / "examples/profiles/sonographer.yaml").read_text(encoding="utf-8")}
    )
    page = server.get(
        "/role/findings", {"p": packed(page), "sent": "law", "as_at": "2027-01-01", "reform": "register-sonographers"}
    )
    assert "1 January 2027" in page.words and "--reform register-sonographers" in page.words
    wrong = server.get("/role/findings", {"p": packed(page), "sent": "law", "as_at": "yesterday"})
    assert wrong.status == 400 and '<a href="#as_at">' in wrong.text


@pytest.mark.parametrize("text", ["x", "eJw", "A" * 5000, "eJzT0yMAAGTvBe8", "é", "eJyrVlIqKMpPy8xJVbKqrgUAMJgFiA"])
@pytest.mark.parametrize("step", ["post", "tasks", "person", "in-place", "findings", "profile.yaml", "findings.docx"])
def test_an_address_that_was_tampered_with(text: str, step: str, server: Server) -> None:
    page = server.get(f"/role/{step}", {"p": text})
    assert page.status == 400
    assert "There is a problem" in page.words and "Traceback" not in page.text


def test_a_bomb_in_an_address_is_not_unpacked(server: Server) -> None:
    import base64
    import zlib

    bomb = base64.urlsafe_b64encode(zlib.compress(b" " * 100_000_000, 9)).decode().rstrip("=")
    page = server.get("/role/findings", {"p": bomb})
    assert page.status == 400 and "holds too much" in page.words


def test_today_is_the_day_unless_another_is_named(server: Server) -> None:
    page = server.post("/role/load", {"text": PROFILES[0].read_text(encoding="utf-8")})
    assert TODAY[:4] <= command(page)[command(page).index("--as-at") + 1][:4]


def test_what_was_answered_can_be_taken_back(server: Server) -> None:
    profile = {
        "gapcheck": 1, "post": {"title": "T", "nation": "england"}, "holder": {"profession": "nurse"}, "facts": {"als-certificate": True},
        "tasks": [{"id": "nm-administer-adjunct-pom", "medicine": "adenosine", "facts": {"emergency": False}}],
    }  # fmt: skip
    page = server.post("/role/load", {"text": yaml.safe_dump(profile)})
    assert "Is it given to save life in an emergency? No" in page.words
    form = server.get("/role/in-place", {"p": packed(page)})
    names = re.findall(r'name="stated" value="([^"]+)" checked', form.text)
    assert names == ["als-certificate", "medicine@0", "emergency@0"]
    page = server.get("/role/in-place", {"p": packed(form), "sent": "in-place", "stated": ["medicine@0"]})
    data = yaml.safe_load(saved(page, server))
    assert data["tasks"] == [{"id": "nm-administer-adjunct-pom", "medicine": "adenosine"}] and "facts" not in data
