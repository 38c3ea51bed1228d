"""Check a role: the post, its tasks, who holds it, what is in place; the findings, and the questions that they wait for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Annotated, Any, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request, Response, UploadFile
from starlette.datastructures import QueryParams

from gapcheck.document.words import value_name
from gapcheck.errors import InputError
from gapcheck.findings.document import document
from gapcheck.law.dated import words
from gapcheck.profile.read import MAX_TASKS
from gapcheck.web import downloads, lists
from gapcheck.web.ask import Format
from gapcheck.web.draft import DraftProfile, loaded
from gapcheck.web.forms import kept, listed, registered, said_listing, said_registration, stated
from gapcheck.web.questions import UNKNOWN
from gapcheck.web.reports import ReportWish, role_report
from gapcheck.web.role_answers import taken, wanted
from gapcheck.web.site import Site, Wrong, names, parts, see_other, site_of, wrongs
from gapcheck.web.tasks import shown
from gapcheck.web.work import heavy

pages = APIRouter(prefix="/role", include_in_schema=False)
STEPS = ("post", "tasks", "person", "in-place")
FINDINGS = "findings"


def address(step: str, draft: DraftProfile, **more: str) -> str:
    """The address of a step for a draft."""
    return f"/role/{step}?{urlencode({'p': draft.packed(), **more})}"


@pages.get("")
def begin(request: Request) -> Response:
    """Begin with a new profile, or load one."""
    return site_of(request).page(request, "role-begin.html.j2", text="")


@pages.post("/load")
async def load(request: Request, file: UploadFile | None = None, text: Annotated[str, Form()] = "") -> Response:
    """Load a profile file, chosen or pasted."""
    site = site_of(request)
    raw, name = (
        (await file.read(), file.filename or "file")
        if file is not None and file.filename
        else (text.encode(), "the text")
    )
    if not raw.strip():
        wrong: tuple[Wrong, ...] = (Wrong("Choose a profile file, or paste one", "file"),)
    else:
        try:
            return see_other(address(FINDINGS, loaded(raw, name, site.book)))
        except InputError as error:
            wrong = tuple(item._replace(field="text") for item in wrongs(error))
    shown_text = raw.decode("utf-8", "replace") if len(raw) < 200_000 else ""
    return site.page(request, "role-begin.html.j2", 400, wrong=wrong, text=shown_text)


class _Step(NamedTuple):
    take: Callable[[DraftProfile, QueryParams, Site], DraftProfile]
    about: Callable[[DraftProfile, QueryParams, Site], dict[str, Any]]


@pages.get("/findings.{format}")
async def download(request: Request, format: Format) -> Response:
    """The findings to take away."""
    site = site_of(request)
    draft = DraftProfile.unpacked(request.query_params.get("p", ""), site.book)
    found = await heavy(
        downloads.LABELS[format],
        role_report,
        ReportWish(site.rules, draft.text(), draft.date, draft.readings, draft.reforms, format),
    )
    return downloads.attachment(found, format, "gapcheck-role")


@pages.get("/{step}")
def step(request: Request, step: str) -> Response:
    """A step of the profile: its form; or, where the form was sent, the next step."""
    site, query = site_of(request), request.query_params
    if step == FINDINGS:
        return _findings(request)
    if step == "profile.yaml":
        draft = DraftProfile.unpacked(query.get("p", ""), site.book)
        return downloads.attachment(draft.text(), "yaml", "profile")
    if step not in _STEPS:
        return see_other("/role") if step in ("load", "answer") else _missing(request)
    draft = DraftProfile.unpacked(query.get("p", ""), site.book)
    wrong: tuple[Wrong, ...] = ()
    if query.get("sent") == step:
        was_whole = draft.whole
        try:
            draft = _STEPS[step].take(draft, query, site)
            if query.get("more"):
                return see_other(address(step, draft, q=query.get("q", "")))
            return see_other(address(_next(step, was_whole), draft))
        except InputError as error:
            wrong = tuple(Wrong(item.message, item.source, item.help) for item in error.problems)
    at = STEPS.index(step)
    about = _STEPS[step].about(draft, query, site)
    back = address(STEPS[at - 1], draft) if at else "/role"
    return site.page(
        request, f"role-{step}.html.j2", 400 if wrong else 200, wrong=wrong, draft=draft, p=draft.packed(), at=at + 1,
        of=len(STEPS), back=address(FINDINGS, draft) if draft.whole else back, profile=draft.profile, **about,
    )  # fmt: skip


def _missing(request: Request) -> Response:
    return site_of(request).page(request, "problem.html.j2", 404, title="Page not found", says="There is no such page.")


def _next(step: str, changing: bool) -> str:
    """The step to go on to; the findings for who came from there to change something."""
    following = STEPS[STEPS.index(step) + 1 :]
    return FINDINGS if changing or not following else following[0]


def _take_post(draft: DraftProfile, query: QueryParams, site: Site) -> DraftProfile:
    from gapcheck.profile.resolve import Resolver

    book, resolver = site.book, Resolver(site.book, "nation")
    kinds = book.data["facts"]["employer"]["values"]
    profile = draft.profile._replace(
        title=query.get("title", "").strip()[:1000] or draft.profile.title,
        nation=resolver.id("nations", query.get("nation", ""), ()),
        employer=resolver.choice("kind of employer", query.get("employer", ""), [*kinds, ""], ()),
        band=query.get("band", "").strip()[:20],
        scopes=tuple(resolver.id("scopes", item, ()) for item in dict.fromkeys(query.getlist("scope"))),
    )
    if resolver.problems:
        raise InputError(resolver.problems)
    return replace(draft, profile=profile)


def _about_post(draft: DraftProfile, query: QueryParams, site: Site) -> dict[str, Any]:
    employers = tuple(
        lists.PageChoice(value, lists.sentence(value_name(site.book, "employer", value)))
        for value in site.book.data["facts"]["employer"]["values"]
    )
    return {"nations": lists.nations(site.book), "employers": employers, "scopes": lists.scopes(site.book)}


def _take_tasks(draft: DraftProfile, query: QueryParams, site: Site) -> DraftProfile:
    from gapcheck.errors import problem
    from gapcheck.profile.model import TaskEntry

    ticked = dict.fromkeys(query.getlist("task"))
    unknown = [item for item in ticked if item not in site.book.data["tasks"]]
    if unknown:
        raise problem("task", f"There is no task `{unknown[0]}`")
    if len(ticked) > MAX_TASKS:
        raise problem("task", f"Tick at most {MAX_TASKS} tasks")
    kept = [entry for entry in draft.profile.tasks if entry.id in ticked]
    known = {entry.id for entry in kept}
    made = replace(
        draft, profile=draft.profile._replace(tasks=(*kept, *(TaskEntry(item) for item in ticked if item not in known)))
    )
    if not ticked and not query.get("more"):
        raise problem("task", "Tick at least one task")
    return made


def _about_tasks(draft: DraftProfile, query: QueryParams, site: Site) -> dict[str, Any]:
    ticked = {entry.id for entry in draft.profile.tasks} | set(query.getlist("task"))
    search = query.get("q", "").strip()[:200]
    return {"groups": shown(site.book, draft.profile.scopes, search), "ticked": ticked, "search": search}


def _take_person(draft: DraftProfile, query: QueryParams, site: Site) -> DraftProfile:
    from gapcheck.errors import problem

    profession = query.get("profession", "")
    if not site.book.resolve("professions", profession):
        raise problem("profession", "Choose the profession in which the person works")
    profile = draft.profile._replace(
        profession=site.book.resolve("professions", profession) or "",
        registrations=registered(query, site.book),
        annotations=listed(query, "annotation", draft.profile.annotations, site.book),
    )
    return replace(draft, profile=profile)


def _about_person(draft: DraftProfile, query: QueryParams, site: Site) -> dict[str, Any]:
    book, profile = site.book, draft.profile
    return {
        "professions": lists.professions(book),
        "registers": lists.registers(book),
        "statuses": lists.statuses(),
        "registrations": [":".join((item.register, item.status, item.held_as)) for item in profile.registrations],
        "rows": max(2, len(profile.registrations) + 1),
        "annotations": lists.arrangements(book, "annotation"),
    }


def _take_in_place(draft: DraftProfile, query: QueryParams, site: Site) -> DraftProfile:
    profile = kept(draft.profile, query.getlist("stated"))._replace(
        entitlements=listed(query, "entitlement", draft.profile.entitlements, site.book),
        arrangements=listed(query, "arrangement", draft.profile.arrangements, site.book),
    )
    return replace(draft, profile=profile)


def _about_in_place(draft: DraftProfile, query: QueryParams, site: Site) -> dict[str, Any]:
    listings = {kind: lists.arrangements(site.book, kind[:-1]) for kind in ("entitlements", "arrangements")}
    return {**listings, "stated": stated(site.book, draft.profile)}


_STEPS = {
    "post": _Step(_take_post, _about_post),
    "tasks": _Step(_take_tasks, _about_tasks),
    "person": _Step(_take_person, _about_person),
    "in-place": _Step(_take_in_place, _about_in_place),
}


def _findings(request: Request) -> Response:
    """The findings, with the first question that they wait for."""
    site, query = site_of(request), request.query_params
    draft = DraftProfile.unpacked(query.get("p", ""), site.book)
    if not draft.profile.tasks:
        return see_other(address("tasks", draft))
    if not draft.whole:
        return see_other(address("person", draft))
    wrong: tuple[Wrong, ...] = ()
    try:
        if query.get("sent"):
            return see_other(address(FINDINGS, _answered(draft, query, site)))
        report = draft.report(site.book)
    except InputError as error:
        wrong = wrongs(error, {"answer": "answer", "--as-at": "as_at"})
        draft = draft if query.get("sent") else replace(draft, as_at="", reforms=(), readings=())
        report = draft.report(site.book)
    made = document([report])
    open_questions = wanted(report, draft.skip)
    return site.page(
        request, "role-findings.html.j2", 400 if wrong else 200, wrong=wrong, report=report, document=made,
        sections=parts(made), names=names(made), draft=draft, p=draft.packed(), profile=draft.profile,
        question=open_questions[0] if open_questions else None, left=len(open_questions),
        said=list(_said(site, draft)), links=downloads.links(address(FINDINGS, replace(draft, skip=()))),
        save=address("profile.yaml", draft), reforms=lists.reforms(site.book), readings=lists.readings(site.book),
        command=_command(draft, site),
    )  # fmt: skip


def _answered(draft: DraftProfile, query: QueryParams, site: Site) -> DraftProfile:
    """The draft with what a form of the findings says: an answer, or another law."""
    from gapcheck.errors import problem

    if query["sent"] == "law":
        other = replace(
            draft,
            as_at=query.get("as_at", "")[:10],
            reforms=tuple(dict.fromkeys(query.getlist("reform"))),
            readings=tuple(dict.fromkeys(item for item in query.getlist("interpretation") if item)),
        )
        other.law(site.book)
        return other
    values = [value.strip()[:1000] for value in query.getlist("answer") if value.strip()]
    if not values:
        raise problem("answer", "Choose an answer, or say that you do not know")
    name = query.get("answer-to", "")[:200]
    if UNKNOWN in values:
        return replace(draft, skip=(*draft.skip, name))
    return replace(draft, profile=taken(draft.profile, name, values, site.book))


def _command(draft: DraftProfile, site: Site) -> str:
    import shlex

    words_ = ["gapcheck", "check", "profile.yaml", "--as-at", draft.date]
    for option, values in (("--reform", draft.reforms), ("--interpretation", draft.readings), ("--rules", site.rules)):
        words_ += [part for value in values for part in (option, value)]
    return shlex.join(words_)


def _said(site: Site, draft: DraftProfile) -> Iterator[tuple[str, str, str]]:
    """The profile in words: the term, what was said, and where to change it."""
    data, profile = site.book.data, draft.profile
    where = f"{data['nations'][profile.nation]}, {words(draft.date)}"
    yield "Post", f"{profile.title}{f', band {profile.band}' if profile.band else ''}", address("post", draft)
    yield "Nation and day", where, address("post", draft)
    yield "Tasks", f"{len(profile.tasks)}", address("tasks", draft)
    yield "Profession", data["professions"][profile.profession]["title"], address("person", draft)
    yield (
        "Registers",
        "; ".join(said_registration(site.book, item) for item in profile.registrations) or "none",
        address("person", draft),
    )
    yield "In the register entry", said_listing(site.book, profile.annotations), address("person", draft)
    yield "Entitled", said_listing(site.book, profile.entitlements), address("in-place", draft)
    if besides := stated(site.book, profile):
        yield "Other facts", "; ".join(item.label for item in besides), address("in-place", draft)
    yield "Arranged", said_listing(site.book, profile.arrangements), address("in-place", draft)
