"""The Ask pages: may this person do this? A form, and the answer with what it still depends on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from gapcheck.errors import InputError
from gapcheck.findings.answer_document import answer_document
from gapcheck.findings.reply import Reply
from gapcheck.law.dated import words
from gapcheck.web import downloads, lists
from gapcheck.web.forms import said_fact
from gapcheck.web.inquiry import Inquiry, name_of
from gapcheck.web.questions import NONE, answered, next_question
from gapcheck.web.site import Site, Wrong, names, parts, see_other, site_of, wrongs

pages = APIRouter(prefix="/ask", include_in_schema=False)
ROWS = 2
Format = Literal["docx", "pdf", "xlsx", "html", "json"]
_KINDS = {"act": "acts", "profession": "professions", "medicine": "medicines", "nation": "nations"}


@pages.get("")
def form(request: Request) -> Response:
    """The form, filled in with what the address says."""
    return _form(request, Inquiry.of(request.query_params))


def _form(request: Request, asked: Inquiry, wrong: tuple[Wrong, ...] = ()) -> Response:
    site = site_of(request)
    book = site.book
    return site.page(
        request,
        "ask.html.j2",
        400 if wrong else 200,
        wrong=wrong,
        asked=asked.complete(book),
        rows=max(ROWS, len(asked.registered) + 1),
        facts=tuple(lists.PageChoice(item, _fact(site, item)) for item in asked.facts),
        acts=lists.acts(book),
        medicines=lists.medicines(book),
        professions=lists.professions(book),
        registers=lists.registers(book),
        statuses=lists.statuses(),
        nations=lists.nations(book),
        arrangements=lists.arrangements(book, "arrangement"),
        entitlements=lists.arrangements(book, "entitlement"),
        annotations=lists.arrangements(book, "annotation"),
        reforms=lists.reforms(book),
        readings=lists.readings(book),
    )


@pages.get("/answer")
def answer(request: Request) -> Response:
    """The answer; or the form with what is wrong; or the same address without what says nothing."""
    site, query = site_of(request), request.query_params
    asked = Inquiry.of(query)
    if wrong := _wrong(site, asked):
        return _form(request, asked, wrong)
    whole, wrong = asked.complete(site.book), ()
    if "answer-to" in query:
        try:
            return see_other(answered(whole, query["answer-to"], query.getlist("answer")).address("/ask/answer"))
        except InputError as error:
            wrong = wrongs(error, {"answer": "answer"})
    elif query.multi_items() != whole.pairs():
        return see_other(whole.address("/ask/answer"))
    try:
        found = whole.answer(site.book)
    except InputError as error:
        return _form(request, asked, wrongs(error, {"--as-at": "as_at", "--nation": "nation"}))
    made = answer_document(found)
    return site.page(
        request,
        "answer.html.j2",
        400 if wrong else 200,
        wrong=wrong,
        answer=found,
        document=made,
        sections=parts(made),
        names=names(made),
        question=next_question(found, asked.skip),
        pairs=whole.pairs(),
        change=whole.address("/ask"),
        said=list(_said(site, whole)),
        links=downloads.links(replace(whole, skip=()).address("/ask/answer")),
        command=whole.command(site.rules),
    )


@pages.get("/answer.{format}")
async def download(request: Request, format: Format) -> Response:
    """The answer to take away."""
    site = site_of(request)
    found = await run_in_threadpool(Inquiry.of(request.query_params).complete(site.book).answer, site.book)
    return await downloads.answer(Reply(found), format, "gapcheck-answer")


def _wrong(site: Site, asked: Inquiry) -> tuple[Wrong, ...]:
    """What is missing or not of the lists, field by field."""
    found = [] if asked.act else [Wrong("Choose what is to be done", "act")]
    for name, kind in _KINDS.items():
        value = getattr(asked, name)
        if value and site.book.resolve(kind, value) is None if kind in site.book.data else False:
            found.append(Wrong(f"The lawbook has no {name} `{value}`: choose one of the list", name))
    try:
        _ = not asked.as_at or words(asked.as_at)
    except ValueError:
        found.append(Wrong("Give the day as a date of the calendar, such as 2026-11-22", "as_at"))
    return tuple(found)


def _said(site: Site, asked: Inquiry) -> Iterator[tuple[str, str, str]]:
    """What was asked, in words: the term, what was said, and the field that changes it."""
    data = site.book.data
    yield "To be done", data["acts"][site.book.resolve("acts", asked.act) or asked.act]["title"], "act"
    yield "Medicine", _title(site, "medicines", asked.medicine, "label") or "not stated", "medicine"
    yield "Profession", _title(site, "professions", asked.profession) or "not stated", "profession"
    held = "; ".join(_register(site, item) for item in asked.registered if item != NONE)
    yield "Registers", held or ("none" if asked.registered else "not stated"), "register1"
    yield "Where and when", f"{data['nations'][asked.nation]}, {words(asked.as_at)}", "nation"
    kinds = {"arrangement": "Arranged", "entitlement": "Entitled", "annotation": "In the register entry"}
    for kind, term in kinds.items():
        if values := getattr(asked, kind):
            yield term, "; ".join(_title(site, "arrangements", item, "label") for item in values), kind
    for attribute, term in (("facts", "Other facts"), ("reforms", "As if this were law"), ("readings", "Read as")):
        if values := getattr(asked, attribute):
            shown = [_besides(site, attribute, item) for item in values]
            yield term, "; ".join(shown), name_of(attribute)


def _besides(site: Site, attribute: str, item: str) -> str:
    if attribute == "reforms":
        return _title(site, attribute, item)
    return _fact(site, item) if attribute == "facts" else item.replace("=", ": ").replace("-", " ")


def _fact(site: Site, text: str) -> str:
    name, _, value = text.partition("=")
    return said_fact(site.book, site.book.resolve("facts", name) or name, value)


def _title(site: Site, kind: str, name: str, key: str = "title") -> str:
    identity = site.book.resolve(kind, name) if name else None
    if identity is None:
        return "nothing else" if name == "none" else name
    return lists.sentence(str(site.book.items(kind)[identity][key]))


def _register(site: Site, text: str) -> str:
    register, _, rest = text.partition(":")
    status, _, held_as = rest.partition(":")
    held = f" as {_title(site, 'professions', held_as).lower()}" if held_as else ""
    return f"{_title(site, 'registers', register)}{held}{f', {status}' if status else ''}"
