"""Check a job description: the marks stand on the words, the answers are those of `gapcheck jd`, corrections count."""

from __future__ import annotations

import html
import json
import random
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.conftest import ROOT, TODAY, Run
from tests.web.serving import Answer, Server
from tests.web.test_ask import command

EXAMPLES = sorted(
    path for path in (ROOT / "examples/job-descriptions").iterdir() if path.is_file() and path.suffix != ".jsonl"
)
FIELDS = ("document", "corrections", "as_at", "nation")
TEXT = """Nuclear medicine technologist, band 6, Manchester
Duties
You will administer radiopharmaceuticals by intravenous injection and perform SPECT/CT scans.
You will refer patients for chest X-rays.
Registration with the HCPC is essential."""


def carried(page: Answer) -> dict[str, str]:
    """What the form of a result carries."""
    return {
        name: html.unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text)
        if name in FIELDS
    }


def tasks(page: Answer) -> list[str]:
    """The places of the tasks, as the buttons name them."""
    return [html.unescape(found) for found in re.findall(r'value="remove ([^"]+)"', page.text)]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_a_file_gives_what_the_command_gives(path: Path, server: Server, gapcheck: Run) -> None:
    page = server.post("/jd/result", {}, (path.name, path.read_bytes()))
    assert page.status == 200, page.words
    line = command(page)
    assert line[:3] == ["gapcheck", "jd", path.name]
    data = json.loads(gapcheck("jd", path, "--format", "json", *line[3:]).stdout)
    ours = server.post("/jd/download/json", carried(page)).json
    data["document"]["source"] = ours["document"]["source"]
    assert (
        ours["tasks"] == data["tasks"]
        and ours["wording"] == data["wording"]
        and ours["registration"] == data["registration"]
    )
    assert [item["summary"] for item in ours["reports"]] == [item["summary"] for item in data["reports"]]
    assert len(tasks(page)) == len(data["tasks"])
    for item in data["wording"]:
        assert " ".join(item["message"].split()) in page.words


def test_marks_stand_on_the_words_that_were_found(server: Server) -> None:
    page = server.post("/jd/result", {"text": TEXT})
    shown = re.sub(
        r'<span class="unseen">.*?</span>',
        "",
        page.text[page.text.index('<div class="text"') : page.text.index("</main>")],
    )
    marked = re.findall(r'<mark class="(\w+)"[^>]*><a href="#([a-z]+)-(\d+)">(.*?)</a></mark>', shown)
    assert {"task", "registration"} <= {kind for kind, *_ in marked}
    data = server.post("/jd/download/json", carried(page)).json
    for kind, _, number, text in marked:
        if kind == "task":
            assert html.unescape(text) in data["tasks"][int(number) - 1]["quote"]
    for number in range(1, len(data["tasks"]) + 1):
        assert f'id="at-task-{number}"' in shown
    plain = html.unescape(re.sub(r"<[^>]+>", "", shown))
    for words in TEXT.splitlines():
        assert words in plain


def test_every_mark_and_every_entry_find_each_other(server: Server) -> None:
    page = server.post("/jd/result", {"text": TEXT})
    ids = set(re.findall(r' id="([^"]+)"', page.text))
    inner = set(re.findall(r'href="#([^"]+)"', page.text))
    assert inner <= ids
    assert len(re.findall(r' id="([^"]+)"', page.text)) == len(ids)


def test_corrections_count_and_can_be_taken_back(server: Server) -> None:
    page = server.post("/jd/result", {"text": TEXT})
    before = tasks(page)
    place = next(item for item in before if item.startswith("nm-refer-for-imaging"))
    removed = server.post("/jd/result", {**carried(page), "do": f"remove {place}"})
    assert place not in tasks(removed) and "Removed by you" in removed.words
    back = server.post("/jd/result", {**carried(removed), "do": f"back {place}"})
    assert tasks(back) == before and "Removed by you" not in back.words

    changed = server.post("/jd/result", {**carried(page), "do": f"kind {place}", f"kind {place}": "negated"})
    data = server.post("/jd/download/json", carried(changed)).json
    assert next(item for item in data["tasks"] if item["id"] == "nm-refer-for-imaging")["kind"] == "negated"
    assert all(item["task"] != "nm-refer-for-imaging" for report in data["reports"] for item in report["findings"])

    added = server.post("/jd/result", {**carried(page), "do": "add", "add": "nm-justify-additional-exposure"})
    assert len(tasks(added)) == len(before) + 1 and "Added by you" in added.words
    data = server.post("/jd/download/json", carried(added)).json
    assert all(
        any(item["task"] == "nm-justify-additional-exposure" for item in report["findings"])
        for report in data["reports"]
    )
    gone = server.post("/jd/result", {**carried(added), "do": "remove nm-justify-additional-exposure 0 0"})
    assert tasks(gone) == before


def test_one_click_makes_a_mention_a_duty_and_each_task_has_one_card(server: Server) -> None:
    text = f"{TEXT}\nPET/CT is done by a partner. You will perform more SPECT/CT scans."
    page = server.post("/jd/result", {"text": text})
    headings = re.findall(r"<h3>([^<]+)</h3>", page.text)
    assert len(headings) == len(set(headings)) < len(tasks(page))
    place = next(item for item in tasks(page) if item.startswith("nm-pet-ct"))
    changed = server.post("/jd/result", {**carried(page), "do": f"duty {place}"})
    data = server.post("/jd/download/json", carried(changed)).json
    assert next(item for item in data["tasks"] if item["id"] == "nm-pet-ct")["kind"] == "duty"


def test_a_word_file_comes_back_with_tracked_changes_and_its_tables_are_tables(server: Server) -> None:
    path = ROOT / "examples/job-descriptions/nuclear-medicine-technologist.docx"
    page = server.post("/jd/result", {}, (path.name, path.read_bytes()))
    original = re.search(r'name="original" value="([^"]+)"', page.text)
    assert original and "<td>" in page.text
    answer = server.post("/jd/reviewed", {**carried(page), "original": original[1]})
    assert answer.status == 200 and answer.body[:2] == b"PK"
    assert server.post("/jd/reviewed", {**carried(page), "original": "?"}).status == 400


def test_a_group_leads_to_its_findings_and_its_profile(server: Server) -> None:
    page = server.post("/jd/result", {"text": TEXT})
    group = re.search(r'<li><a href="(/role/[^"]+)">', page.text)
    assert group
    findings = server.get(html.unescape(group.group(1)))
    assert findings.status == 200 and "Findings" in findings.words and "Save the profile" in findings.words


@pytest.mark.parametrize(
    ("fields", "file", "says"),
    [
        ({}, None, "Choose a file, or paste"),
        ({"text": " \n "}, None, "Choose a file, or paste"),
        ({}, ("x.docx", b""), "empty"),
        ({}, ("x.docx", b"PK\x03\x04 broken"), "There is a problem"),
        ({}, ("x.pdf", b"%PDF-1.7 broken"), "There is a problem"),
        ({}, ("x.png", b"\x89PNG\r\n\x1a\n"), "picture"),
        ({}, ("../../etc/passwd", b"\xd0\xcf\x11\xe0WordDocument"), "There is a problem"),
        ({"text": "A post", "nation": "atlantis"}, None, "atlantis"),
        ({"text": "A post", "as_at": "soon"}, None, "not a date"),
        ({"document": "x"}, None, "damaged"),
        ({"document": "eJyLjgUAARUAuQ"}, None, "damaged"),
    ],
)
def test_what_cannot_be_read_is_said(
    fields: dict[str, str], file: tuple[str, bytes] | None, says: str, server: Server
) -> None:
    page = server.post("/jd/result", fields, file)
    assert page.status == 400
    assert says in page.words and "There is a problem" in page.words and "Traceback" not in page.text


@pytest.mark.parametrize(
    "do", ["", "remove", "remove x y z", "kind nm-spect-ct 0 9", "explode a 1 2", "add", "back <b> 1 2"]
)
def test_a_button_that_there_is_not(do: str, server: Server) -> None:
    page = server.post("/jd/result", {**carried(server.post("/jd/result", {"text": TEXT})), "do": do, "add": ""})
    assert page.status in (200, 400) and "Traceback" not in page.text
    assert "administer radiopharmaceuticals" in page.words  # the document is still there


def test_downloads(server: Server) -> None:
    page = server.post("/jd/result", {"text": TEXT})
    for face, head in (("docx", b"PK"), ("pdf", b"%PDF-"), ("html", b"<!DOCTYPE html>")):
        answer = server.post(f"/jd/download/{face}", carried(page))
        assert answer.status == 200 and answer.body.startswith(head)
        assert answer.headers["content-disposition"] == f'attachment; filename="gapcheck-job-description.{face}"'


def test_the_address_of_a_result_alone_shows_the_form(server: Server) -> None:
    assert "Check a job description" in server.get("/jd/result").words


def test_nothing_is_left_behind(server: Server, tmp_path: Path) -> None:
    """What was sent is neither in the temporary folder nor in the next answer."""
    import tempfile

    mark = "Zanzibar-Quokka-77"
    server.post("/jd/result", {}, ("x.txt", f"{TEXT}\n{mark}".encode()))
    assert mark not in server.get("/jd").text
    for path in Path(tempfile.gettempdir()).glob("*"):
        if path.is_file() and path.stat().st_size < 1_000_000:
            assert mark.encode() not in path.read_bytes()


def test_a_result_has_an_address_and_a_long_one_is_shown_again_by_the_browser(server: Server) -> None:
    fields = {"text": TEXT, "as_at": TODAY}
    sent = server.ask(
        "/jd/result", "POST", urlencode(fields).encode(), Content_Type="application/x-www-form-urlencoded",
        Origin=server.address.rstrip("/"),
    )  # fmt: skip
    assert sent.status == 303 and sent.headers["location"].startswith("/jd/result?document=")
    first, again = (server.ask(sent.headers["location"]) for _ in range(2))
    assert first.status == again.status == 200 and "what it says" in first.text and first.body == again.body
    damaged = server.ask("/jd/result?document=nonsense")
    assert damaged.status == 400 and "There is a problem" in damaged.words
    chance = random.Random(1)  # noqa: S311
    long = (
        TEXT
        + "\n"
        + " ".join(
            "".join(chance.choices("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", k=9)) for _ in range(8_500)
        )
    )
    whole = server.ask(
        "/jd/result", "POST", urlencode({"text": long}).encode(), Content_Type="application/x-www-form-urlencoded",
        Origin=server.address.rstrip("/"),
    )  # fmt: skip
    assert whole.status == 200 and whole.headers["cache-control"] == "private, no-cache"
