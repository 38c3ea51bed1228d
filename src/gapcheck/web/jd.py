"""Check a job description: the document with its hits marked, the tasks and wording beside it, corrected by clicking."""

from __future__ import annotations

import base64
import shlex
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response
from starlette.datastructures import FormData, UploadFile

from gapcheck.clock import today
from gapcheck.errors import InputError, problem
from gapcheck.jobdesc import words as say
from gapcheck.jobdesc.understanding.result import COUNTING, KINDS
from gapcheck.web import corrections, downloads, lists
from gapcheck.web.ask import Format
from gapcheck.web.descriptions import (
    Given,
    UnderstoodDescription,
    document_data,
    document_of,
    kept,
    on_paper,
    read,
    reviewed,
    understand,
)
from gapcheck.web.draft import DraftProfile, of_data
from gapcheck.web.given import GivenForm
from gapcheck.web.marked import MarkedSpan, marked
from gapcheck.web.packed import pack, unpack
from gapcheck.web.role import address
from gapcheck.web.site import Site, Wrong, see_other, site_of, wrongs
from gapcheck.web.work import heavy, queue_for

FORM = GivenForm("/jd", "jd.html.j2")
pages = FORM.pages(result=False)
LARGEST_TEXT = 4_000_000
LARGEST_KEPT = 1_500_000  # bytes of a Word file that a form carries, so that it can come back with tracked changes
IN_ADDRESS = 60_000  # characters of an address that hold a result, so that Back, a reload and a link lead to it again
PASTED = "pasted text"


@pages.get("/result")
async def again(request: Request) -> Response:
    """The result that the address holds; the form where it holds none."""
    words = dict(request.query_params)
    if not words.get("document"):
        return FORM.shown(request, words)
    try:
        given = _carried(words, site_of(request))
    except InputError as error:
        return FORM.shown(request, {}, wrongs(error, {"--as-at": "as_at", "--nation": "nation"}))
    return await _answered(request, words, given)


@pages.post("/result")
async def result(request: Request) -> Response:
    """Read what was given, or correct what was read before."""
    site = site_of(request)
    async with request.form(max_files=1, max_fields=2000, max_part_size=LARGEST_TEXT) as sent:
        words = {key: value for key, value in sent.items() if isinstance(value, str)}
        try:
            given = await _given(sent, words, site)
        except InputError as error:
            return FORM.shown(
                request, words, wrongs(error, {"--as-at": "as_at", "--nation": "nation", "add": "add", "file": "file"})
            )
    wrong: tuple[Wrong, ...] = ()
    if words.get("do"):
        try:
            given = given._replace(corrections=corrections.taken(given.corrections, words["do"], words))
            corrections.read([list(item) for item in given.corrections], site.book)
        except InputError as error:
            wrong = wrongs(error, {"add": "add"})
    where = "" if wrong else f"/jd/result?{urlencode(_kept(given))}"
    if where and len(where) <= IN_ADDRESS and not given.original:  # the file itself fits in no address
        return see_other(where)
    return await _answered(request, words, given, wrong)


async def _answered(request: Request, words: dict[str, str], given: Given, wrong: tuple[Wrong, ...] = ()) -> Response:
    """The page of the result, or the form with what is wrong."""
    try:
        found = await heavy("the document", understand, site_of(request).rules, given)
    except InputError as error:
        return FORM.shown(request, words, wrongs(error, {"--as-at": "as_at", "--nation": "nation"}))
    return _page(request, given, found, wrong)


def _kept(given: Given) -> dict[str, str]:
    """What was given, as a form or an address carries it."""
    edits = pack([list(item) for item in given.corrections]) if given.corrections else ""
    found = {
        "document": pack(document_data(given.document)),
        "corrections": edits,
        "as_at": given.as_at,
        "nation": given.nation,
    }
    return {name: text for name, text in found.items() if text}


def _carried(words: Mapping[str, str], site: Site) -> Given:
    """The document that was read before, with its corrections. Raises InputError where it was damaged."""
    document = document_of(unpack(words["document"], LARGEST_TEXT))
    edits = corrections.read(unpack(words["corrections"]), site.book) if words.get("corrections") else ()
    return _when(Given(document, "", "", corrections=edits), words, site)


def _when(given: Given, words: Mapping[str, str], site: Site) -> Given:
    nation = words.get("nation", "")
    if nation and nation not in site.book.data["nations"]:
        raise problem("--nation", f"there is no nation `{nation}`")
    return given._replace(as_at=(words.get("as_at") or today())[:20], nation=nation)


async def _given(sent: FormData, words: dict[str, str], site: Site) -> Given:
    """The document that a form carries: read before, in a file, or as text. Raises InputError where there is none."""
    original = b""
    upload = sent.get("file")
    if words.get("document"):
        return _carried(words, site)._replace(original=kept(words.get("original", "")))
    if isinstance(upload, UploadFile) and upload.filename:
        raw = await upload.read()
        document = await heavy("the document", read, raw, upload.filename[:200], queue=queue_for(raw))
        original = raw if document.format == "docx" and len(raw) <= LARGEST_KEPT else b""
    elif words.get("text", "").strip():
        document = await heavy("the document", read, words["text"].encode(), PASTED)
    else:
        raise problem("file", "Choose a file, or paste the text of the job description")
    return _when(Given(document, "", "", original=original), words, site)


def _page(request: Request, given: Given, found: UnderstoodDescription, wrong: tuple[Wrong, ...]) -> Response:
    site = site_of(request)
    book, description = site.book, found.description
    tasks = [
        {
            "hit": hit, "number": number, "label": _label(site, hit.id), "counts": hit.kind in COUNTING,
            "place": f"{hit.id} {hit.start} {hit.end}", "corrected": any(item.place == (hit.id, hit.start, hit.end) for item in given.corrections),
        }
        for number, hit in enumerate(description.tasks, 1)
    ]  # fmt: skip
    removed = [
        (_label(site, item.task), f"{item.task} {item.start} {item.end}")
        for item in given.corrections
        if item.do == corrections.REMOVE
    ]
    drafts = [of_data(data, given.as_at, book) for data in found.profiles]
    return site.page(
        request, "jd-result.html.j2", 400 if wrong else 200, wrong=wrong, path="/jd", given=given, description=description, say=say,
        tasks=tasks, removed=removed, wording=list(enumerate(description.wording, 1)),
        registration=list(enumerate(description.registration, 1)),
        groups=[(name, _address(draft)) for name, draft in zip(found.groups, drafts, strict=False)], rows=found.rows,
        passages=marked(given.document, _spans(site, found)), kinds=[lists.PageChoice(kind, say.KIND[kind]) for kind in KINDS],
        every=_every(site), **{"corrections": "", **{key: text for key, text in _kept(given).items() if key in ("document", "corrections")}},
        cards=_cards(tasks), original=base64.b64encode(given.original).decode(), labels=downloads.LABELS, command=_command(given, site),
    )  # fmt: skip


def _cards(tasks: Sequence[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The tasks, each once with all its mentions; those that count first."""
    found: dict[str, list[dict[str, Any]]] = {}
    for item in tasks:
        found.setdefault(str(item["label"]), []).append(item)
    return sorted(found.items(), key=lambda card: not any(item["counts"] for item in card[1]))


def _address(draft: DraftProfile) -> str:
    return address("findings" if draft.whole else "tasks", draft)


def _label(site: Site, identity: str) -> str:
    item = site.book.items("tasks").get(identity) or site.book.items("acts").get(identity, {})
    return str(item.get("label") or item.get("title") or identity)


def _spans(site: Site, found: UnderstoodDescription) -> list[MarkedSpan]:
    description = found.description
    spans = [
        MarkedSpan(hit.start, hit.end, "task", number, f"task: {_label(site, hit.id)}")
        for number, hit in enumerate(description.tasks, 1)
    ]
    spans += [
        MarkedSpan(item.start, item.end, "registration", number, f"registration: {item.strength}")
        for number, item in enumerate(description.registration, 1)
    ]
    spans += [
        MarkedSpan(item.start, item.end, "wording", number, "wording")
        for number, item in enumerate(description.wording, 1)
    ]
    return spans


def _every(site: Site) -> list[lists.ChoiceGroup]:
    """Every task to choose from, by scope."""
    groups: dict[str, list[lists.PageChoice]] = {}
    for key, item in site.book.data["tasks"].items():
        groups.setdefault(item["scope"], []).append(lists.PageChoice(key, item["label"]))
    titles = site.book.data["scopes"]
    return [lists.ChoiceGroup(titles[scope]["title"], tuple(choices)) for scope, choices in groups.items()]


def _command(given: Given, site: Site) -> str:
    name = given.document.source if given.document.source != PASTED else "job-description.txt"
    parts = ["gapcheck", "jd", name.replace("\\", "/").rpartition("/")[2], "--as-at", given.as_at]
    parts += ["--nation", given.nation] if given.nation else []
    return shlex.join([*parts, *(part for folder in site.rules for part in ("--rules", folder))])


@pages.post("/download/{format}")
async def download(request: Request, format: Format) -> Response:
    """The result to take away, with what was corrected."""
    site = site_of(request)
    async with request.form(max_files=1, max_fields=2000, max_part_size=LARGEST_TEXT) as sent:
        words: dict[str, Any] = {key: value for key, value in sent.items() if isinstance(value, str)}
        given = await _given(sent, words, site)
    found = await heavy(downloads.LABELS[format], on_paper, site.rules, given, format)
    return downloads.attachment(found, format, "gapcheck-job-description")


@pages.post("/reviewed")
async def tracked(request: Request) -> Response:
    """The Word file that was given, with what is to be reworded as tracked changes."""
    site = site_of(request)
    async with request.form(max_files=1, max_fields=2000, max_part_size=LARGEST_TEXT) as sent:
        words: dict[str, Any] = {key: value for key, value in sent.items() if isinstance(value, str)}
        given = await _given(sent, words, site)
    if not given.original:
        raise problem("file", "Changes can only be tracked in a Word document (.docx)")
    found = await heavy("tracked changes", reviewed, site.rules, given)
    return downloads.attachment(found, "docx", "job-description.reviewed")
