"""The first page, and the question in plain words that it takes."""

from __future__ import annotations

from typing import Literal, NamedTuple

from fastapi import APIRouter, Request, Response
from starlette.datastructures import QueryParams

from gapcheck.ask.answer import Answered, answered
from gapcheck.ask.correct import NONE, corrected
from gapcheck.ask.reply import EXAMPLES, PlainReply, not_understood
from gapcheck.ask.understand import understand
from gapcheck.ask.understood import Understood
from gapcheck.engine.person import asked_registers
from gapcheck.errors import InputError
from gapcheck.web import downloads
from gapcheck.web.inquiry import Inquiry
from gapcheck.web.lists import PageChoice
from gapcheck.web.site import Site, Wrong, names, see_other, site_of, wrongs

pages = APIRouter(include_in_schema=False)
WORDS = "/ask/words"
Format = Literal["docx", "pdf", "xlsx", "html", "json"]


class Putting(NamedTuple):
    """A question to the person, with an address for each answer."""

    text: str
    choices: tuple[PageChoice, ...]


@pages.get("/")
def home(request: Request) -> Response:
    """A question in plain words, and the four things that can be done here."""
    return site_of(request).page(request, "home.html.j2", asked="", examples=EXAMPLES)


@pages.get(WORDS)
def in_words(request: Request) -> Response:
    """The answer to a question in plain words; or what was understood of it."""
    site, query = site_of(request), request.query_params
    text = query.get("q", "").strip()
    if not text:
        return see_other("/")
    try:
        meant = _meant(site, query)
        if not meant.asks:
            wrong = tuple(
                Wrong(line, "q" if not n else "") for n, line in enumerate(not_understood(meant, site.book).split("\n"))
            )
            return site.page(request, "home.html.j2", 400, asked=text, examples=EXAMPLES, wrong=wrong)
        found = answered(site.book, meant)
    except InputError as error:
        return site.page(request, "home.html.j2", 400, asked=text, examples=EXAMPLES, wrong=wrongs(error))
    made = PlainReply(found)
    short, whole = made.brief(), made.document(True)
    return site.page(
        request,
        "words.html.j2",
        asked=text,
        found=found,
        title=short.title,
        blocks_short=short.blocks[:2],
        whole=whole.blocks[2:],
        names=names(whole),
        putting=_putting(found, query),
        change=_inquiry(meant).address("/ask") if meant.act and not meant.task else "",
        links=downloads.links(f"{WORDS}?{query}"),
        command=made.command,
    )


@pages.get(f"{WORDS}.{{format}}")
async def download(request: Request, format: Format) -> Response:
    """The answer to take away."""
    site = site_of(request)
    made = PlainReply(answered(site.book, _meant(site, request.query_params)))
    return await downloads.answer(made, format, "gapcheck-answer")


def _meant(site: Site, query: QueryParams) -> Understood:
    """What was understood, put right by what the address says besides."""
    return corrected(
        site.book,
        understand(site.book, query.get("q", "")),
        query.get("profession"),
        query.getlist("registered"),
        query.get("medicine"),
        query.get("nation"),
        query.get("as_at"),
    )


def _putting(found: Answered, query: QueryParams) -> Putting | None:
    """What would bring the answer nearer: which of several professions, whether on the register, and then the facts."""
    data = found.law.book.data
    if found.understood.between:
        which = [(data["professions"][item]["title"], "profession", item) for item in found.understood.between]
    elif registers := asked_registers(found.profile, found.law):
        which = [(f"Yes, with the {data['registers'][item]['title']}", "registered", item) for item in registers]
        which.append(("No, on no register", "registered", NONE))
    elif found.understood.between_nations:
        which = [(data["nations"][item], "nation", item) for item in found.understood.between_nations]
    else:
        return None
    choices = tuple(PageChoice(f"{WORDS}?{_with(query, name, value)}", str(label)) for label, name, value in which)
    return Putting(found.questions[0], choices)


def _with(query: QueryParams, name: str, value: str) -> str:
    return str(QueryParams([*query.multi_items(), (name, value)]))


def _inquiry(meant: Understood) -> Inquiry:
    """The same as a question of the form, where every part of it can be changed."""
    return Inquiry(
        act=meant.act,
        profession=meant.profession,
        registered=meant.registered or ((NONE,) if meant.on_no_register else ()),
        annotation=meant.annotations,
        entitlement=meant.entitlements,
        arrangement=meant.arrangements,
        medicine=meant.medicine,
        facts=tuple(f"{name}={value}" for name, value in meant.facts.items()),
        nation=meant.nation,
        as_at=meant.as_at,
    )
