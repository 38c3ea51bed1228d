"""The box of the front page: a question in plain words, its answer, what is asked on, and what is refused."""

from __future__ import annotations

import html
import re

from tests.conftest import TODAY
from tests.web.serving import Server


def test_the_front_page_takes_a_question_in_plain_words(server: Server) -> None:
    page = server.get("/")
    assert page.status == 200 and 'action="/ask/words"' in page.text
    for example in re.findall(r'href="(/ask/words\?[^"]*)"', page.text):
        answer = server.ask(html.unescape(example))
        assert answer.status == 200 and re.search("<h1[^>]*>(Yes|No|Not until|It depends)", answer.text)


def test_an_answer_shows_what_was_understood_and_can_be_taken_away(server: Server) -> None:
    asked = {"q": "can a technologist on the RCT give contrast in Cardiff?", "as_at": TODAY}
    page = server.get("/ask/words", asked)
    assert page.status == 200
    for words in ("iodinated contrast medium", "Wales", "RCT", "gapcheck can"):
        assert words in page.words
    found = re.search(r'href="(/ask/words\.json[^"]*)"', page.text)
    assert found
    assert server.ask(html.unescape(found[1])).json["understood"]["nation"] == "wales"


def test_what_is_open_is_asked_one_question_at_a_time_without_scripts(server: Server) -> None:
    page = server.get("/ask/words", {"q": "can a radiographer refer for a chest X-ray?"})
    assert "Is it a diagnostic radiographer" in page.words
    first = html.unescape(re.findall(r'<li><a href="(/ask/words\?[^"]*profession[^"]*)"', page.text)[0])
    page = server.ask(first)
    assert "Is the person registered" in page.words
    yes, no = (html.unescape(one) for one in re.findall(r'<li><a href="(/ask/words\?[^"]*registered[^"]*)"', page.text))
    assert re.search("<h1[^>]*>Yes, if", server.ask(yes).text)
    assert re.search("<h1[^>]*>No: ", server.ask(no).text)


def test_what_is_no_question_is_said_and_kept(server: Server) -> None:
    page = server.get("/ask/words", {"q": "can my cat <b>drive</b> in Cardiff?"})
    assert page.status == 400
    assert "Wales" in page.words and "<b>drive" not in page.text and "can my cat" in page.text
    assert 'id="q"' in server.get("/ask/words", {"q": " "}).text
    assert server.get("/ask/words", {"q": "can a nurse refer", "nation": "atlantis"}).status == 400
