"""The four journeys of the local page in a real browser: with and without scripts, by keyboard alone, at phone width."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.walk import Walk
from tests.conftest import ROOT
from tests.web.serving import Server, serving

POST = ROOT / "examples/job-descriptions/radiographer-in-order.docx"
PHONE, DESK = 320, 1280
Begin = Callable[..., Walk]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(cache=str(tmp_path_factory.mktemp("cache"))) as found:
        yield found


@pytest.fixture
def begin(chromium: Any, server: Server) -> Iterator[Begin]:
    walks: list[Walk] = []

    def begun(scripts: bool = True, width: int = DESK, scheme: str = "light") -> Walk:
        walks.append(Walk(chromium, server.address, scripts, width, scheme))
        return walks[-1]

    yield begun
    for walk in walks:
        walk.close()


WAYS = pytest.mark.parametrize(
    ("scripts", "width"), [(True, DESK), (False, PHONE)], ids=["scripts", "no scripts, phone"]
)


@WAYS
def test_ask(scripts: bool, width: int, begin: Begin) -> None:
    walk = begin(scripts, width)
    page = walk.page
    walk.go("/")
    walk.in_order()
    page.locator("main").get_by_role("link", name="Ask with a form").click()
    walk.arrived("May this person do this?")
    page.get_by_role("button", name="Answer", exact=True).click()
    walk.arrived("There is a problem")
    if scripts:
        assert page.evaluate("document.activeElement.className") == "wrong-summary"
    page.get_by_role("link", name="Choose what is to be done").click()
    assert page.evaluate("document.activeElement.id") == "act"
    page.get_by_label("What is to be done?").select_option(label="Prescribe a prescription only medicine")
    page.get_by_label("Who is to do it?").select_option(label="Physiotherapist")
    page.get_by_label("Register", exact=True).first.select_option(label="Health and Care Professions Council")
    page.get_by_role("button", name="Answer", exact=True).click()
    walk.arrived("cannot be told")
    page.get_by_label("Supplementary prescriber").check()
    page.get_by_role("button", name="Update the answer").click()
    walk.arrived("Is it in place?")
    assert "may prescribe" in page.locator("#answer-text").inner_text()
    assert "annotation=supplementary-prescriber" in page.url
    for _ in range(6):
        if not page.locator("form.panel").count():
            break
        asked = page.locator("form.panel input[name=answer-to]").input_value()
        page.locator("form.panel").get_by_label("Yes").check()
        page.get_by_role("button", name="Update the answer").click()
        page.locator(f"input[name=answer-to][value='{asked}']").wait_for(state="detached")
    assert page.locator("#answer-text .tone").first.inner_text() == "Yes."
    walk.in_order()
    assert walk.download(".downloads a:has-text('Word')").startswith(b"PK")
    page.go_back()
    page.locator("form.panel").wait_for()  # the way back leads through the questions


@WAYS
def test_check_a_role(scripts: bool, width: int, begin: Begin, tmp_path: Path) -> None:
    walk = begin(scripts, width)
    page = walk.page
    walk.go("/role")
    walk.in_order()
    page.get_by_role("link", name="Begin a new profile").click()
    walk.arrived("What is the post called?")
    page.get_by_label("What is the post called?").fill("Imaging <technologist>")
    page.get_by_label("Nuclear medicine", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    walk.arrived("The tasks of the post")
    page.get_by_label("Search the tasks").fill("cannulation")
    if scripts:
        assert "found" in page.locator("#tasks-told").inner_text()
    else:
        page.get_by_role("button", name="Search").click()
        walk.arrived("Found for")
    page.get_by_label("Gain intravenous access").first.check()
    page.get_by_role("button", name="Continue").click()
    walk.arrived("Who holds the post")
    page.get_by_label("In which profession").select_option(label="Clinical technologist")
    page.get_by_role("button", name="Continue").click()
    walk.arrived("What is in place")
    page.get_by_role("button", name="Save and see the findings").click()
    walk.arrived("1 task")
    assert page.locator("h1").inner_text() == "Imaging <technologist>"
    profile = walk.download("text=Save the profile").decode()
    assert "nm-intravenous-access" in profile
    (tmp_path / "kept.yaml").write_text(
        profile.replace("nm-intravenous-access", "nm-administer-iv-contrast"), encoding="utf-8"
    )
    (tmp_path / "broken.yaml").write_text(
        profile.replace("nm-intravenous-access", "nm-intravenous-acces"), encoding="utf-8"
    )
    walk.go("/role")
    page.get_by_label("Profile file").set_input_files(tmp_path / "broken.yaml")
    page.get_by_role("button", name="Load the profile").click()
    walk.arrived("There is a problem")
    assert (
        "Line " in page.locator(".wrong-summary").inner_text()
        and "nm-intravenous-access" in page.locator(".wrong-summary").inner_text()
    )
    page.get_by_label("Profile file").set_input_files(tmp_path / "kept.yaml")
    page.get_by_role("button", name="Load the profile").click()
    page.get_by_text("Administer intravenous iodinated contrast").locator("visible=true").first.wait_for()
    for _ in range(8):
        if not page.locator("form.panel").count():
            break
        before = page.locator("form.panel input[name=answer-to]").input_value()
        page.get_by_role("button", name="I do not know").click()
        page.locator(f"input[name=answer-to][value='{before}']").wait_for(state="detached")
    assert page.locator("form.panel").count() == 0
    page.get_by_role("link", name="Change tasks").click()
    walk.arrived("The tasks of the post")


@WAYS
def test_check_a_job_description(scripts: bool, width: int, begin: Begin) -> None:
    walk = begin(scripts, width)
    page = walk.page
    walk.go("/jd")
    walk.in_order()
    page.get_by_role("button", name="Check it").click()
    walk.arrived("There is a problem")
    page.get_by_label("Choose a file").set_input_files(POST)
    page.get_by_role("button", name="Check it").click()
    walk.arrived("The document")
    marks = page.locator("mark")
    count = page.locator("button[value^=remove]").count()
    assert marks.count() >= count > 2
    marks.first.get_by_role("link").click()
    assert page.evaluate("!!document.querySelector(':target')")
    page.locator("button[value^=remove]").first.click()
    walk.arrived("Removed by you")
    assert page.locator("button[value^=remove]").count() == count - 1
    page.locator("#add").select_option(label="Perform hybrid SPECT/CT examinations")
    page.get_by_role("button", name="Add the task").click()
    walk.arrived("Added by you")
    assert walk.download(".downloads button:has-text('Word')").startswith(b"PK")
    page.locator("main a[href^='/role/']").first.click()
    walk.arrived("Findings")


@WAYS
def test_compare(scripts: bool, width: int, begin: Begin) -> None:
    walk = begin(scripts, width)
    page = walk.page
    walk.go("/compare")
    walk.in_order()
    page.get_by_label("Clinical technologist", exact=True).check()
    page.get_by_label("Refer for a medical exposure").check()
    page.get_by_label("Statutory registration of clinical technologists").check()
    page.get_by_label("Northern Ireland", exact=True).check()
    page.get_by_role("button", name="Compare").click()
    walk.arrived("Beside each other")
    assert walk.download(".downloads a:has-text('PDF')").startswith(b"%PDF")
    page.get_by_role("link", name="barred Clinical technologist").first.click()
    walk.arrived("may not refer")


def test_ask_by_keyboard(begin: Begin) -> None:
    walk = begin(width=PHONE)
    walk.go("/")
    walk.press(".skip")
    assert walk.page.evaluate("document.activeElement.id") == "main"
    walk.press("main a[href='/ask']")
    walk.arrived("May this person do this?")
    walk.choose("#act", "Refer for")
    walk.choose("#profession", "Clinical tech")
    walk.choose("#register1", "Register of")
    walk.press("main form button[type=submit]")
    walk.arrived("may not refer")
    walk.press(".downloads a")


def test_check_a_role_by_keyboard(begin: Begin) -> None:
    walk = begin(width=PHONE)
    walk.go("/role/post")
    walk.tab_to("#title")
    walk.page.keyboard.type("Post")
    walk.press("main form button[type=submit]")
    walk.arrived("The tasks of the post")
    walk.tab_to("#q")
    walk.page.keyboard.type("chest x-ray")
    walk.tab_to("input[name=task]")
    walk.page.keyboard.press("Space")
    walk.press("main .buttons button[type=submit]")
    walk.arrived("Who holds the post")
    walk.choose("#profession", "Nurse")
    walk.press("main .buttons button[type=submit]")
    walk.arrived("What is in place")
    walk.press("main .buttons button[type=submit]")
    walk.arrived("1 task")


def test_check_a_job_description_by_keyboard(begin: Begin) -> None:
    walk = begin(width=PHONE)
    walk.go("/jd")
    walk.tab_to("#text")
    walk.page.keyboard.insert_text(
        "Radiographer\nYou will perform SPECT/CT scans. Registration with the HCPC is essential."
    )
    walk.press("main form button[type=submit]")
    walk.arrived("The document")
    walk.press("button[value^='remove']")
    walk.arrived("Removed by you")
    assert walk.page.evaluate("document.activeElement.id") == "main"  # the new answer has the focus
    walk.press("button[value^='back']")
    walk.page.locator("button[value^=back]").wait_for(state="detached")


def test_compare_by_keyboard(begin: Begin) -> None:
    walk = begin(width=PHONE)
    walk.go("/compare")
    walk.press("#profession", "Space")
    walk.press("#act", "Space")
    walk.press("main form button[type=submit]")
    walk.arrived("Professions by acts")
    walk.press("td a")
    walk.page.wait_for_url("**/ask/answer?**")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/ask?act=irmer-refer&arrangement=pgd",
        "/role",
        "/role/tasks",
        "/role/person",
        "/role/in-place",
        "/jd",
        "/compare",
        "/api",
        "/nothing",
        "/ask/answer",
        "/compare/matrix?profession=nurse&profession=doctor",
        "/compare/matrix?scope=sonography&profession=sonographer",
        "/ask/answer?act=administer-pom-parenterally&profession=nurse&registered=nmc&medicine=morphine",
    ],
)
def test_every_page_is_in_order_in_the_dark_and_on_a_phone(path: str, begin: Begin) -> None:
    for width, scheme in ((PHONE, "light"), (DESK, "dark")):
        walk = begin(True, width, scheme)
        walk.go(path)
        walk.complaints.clear()  # a page that is not there says so in the console too
        walk.in_order()
        if walk.page.locator("details").count():
            walk.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
            walk.in_order()


def test_the_command_is_copied(begin: Begin) -> None:
    walk = begin()
    walk.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=walk.address.rstrip("/"))
    walk.go("/ask/answer?act=irmer-refer")
    walk.page.get_by_role("button", name="Copy the command").click()
    walk.page.get_by_role("button", name="Copied").wait_for()
    assert walk.page.evaluate("navigator.clipboard.readText()").startswith("gapcheck can irmer-refer")


def test_a_file_is_dropped(begin: Begin) -> None:
    walk = begin()
    walk.go("/jd")
    walk.page.evaluate(
        """() => { const data = new DataTransfer(); data.items.add(new File(['You will perform SPECT/CT scans.'], 'post.txt'));
        document.querySelector('[data-drop]').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true})); }"""
    )
    walk.page.get_by_role("button", name="Check it").click()
    walk.arrived("The document")
    assert "post.txt" in walk.page.locator(".paper").inner_text()


def test_markup_does_nothing(begin: Begin) -> None:
    walk = begin()
    walk.go("/jd")
    walk.page.get_by_label("Or paste the text").fill(
        "<script>document.title='x'</script><img src=x onerror=\"document.title='x'\"> You will perform SPECT/CT scans."
    )
    walk.page.get_by_role("button", name="Check it").click()
    walk.arrived("The document")
    walk.go(
        "/ask/answer?act=use-title&profession=nurse&fact=title%3D%3Cimg%20src%3Dx%20onerror%3D%22document.title%3D1%22%3E"
    )
    walk.in_order()
