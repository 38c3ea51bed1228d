"""The Compare pages: who may do what, today against a date or a reform, nation by nation; each cell leads to its reason."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from gapcheck.document.words import footer
from gapcheck.errors import InputError
from gapcheck.matrix.document import legend
from gapcheck.matrix.model import Matrix
from gapcheck.matrix.words import MARK, gap_beside, notes_of, presumes, short
from gapcheck.web import downloads, lists
from gapcheck.web.ask import Format
from gapcheck.web.comparison import CellAnswer, Compared, ComparePage, grid
from gapcheck.web.site import Wrong, see_other, site_of, wrongs

pages = APIRouter(prefix="/compare", include_in_schema=False)
EVERYTHING = "everything"
_FIELDS = {"--as-at": "as_at", "--nation": "nation", "--reform": "reform"}


@pages.get("")
def form(request: Request) -> Response:
    """The form, filled in with what the address says."""
    return _form(request, ComparePage.of(request.query_params))


def _form(request: Request, wanted: ComparePage, wrong: tuple[Wrong, ...] = ()) -> Response:
    site = site_of(request)
    book = site.book
    return site.page(
        request, "compare.html.j2", 400 if wrong else 200, wrong=wrong, wanted=wanted.complete(book), also=wanted.also,
        professions=lists.professions(book), acts=lists.acts(book), scopes=lists.scopes(book), nations=lists.nations(book),
        medicines=lists.medicines(book), reforms=lists.reforms(book), readings=lists.readings(book),
        keep=[pair for pair in wanted.pairs() if pair[0] in ("task", "fact")],
    )  # fmt: skip


@pages.get("/matrix")
def show(request: Request) -> Response:
    """The matrix, or the form with what is wrong."""
    site, query = site_of(request), request.query_params
    given = ComparePage.of(query)
    wanted = given.complete(site.book)
    if query.multi_items() != wanted.pairs():
        return see_other(wanted.address("/compare/matrix"))
    try:
        sides = wanted.matrices(site.book)
    except InputError as error:
        return _form(request, given, wrongs(error, {**_FIELDS, **{name: name for name in ("nation", "profession")}}))
    first = sides[0][1]
    table = grid(sides)
    alike = len(sides) > 1 and wanted.only != EVERYTHING
    return site.page(
        request, "matrix.html.j2", sides=sides, first=first, table=(table.differences() if alike else table).narrow(), alike=alike,
        title=wanted.title(site.book)[0], place=wanted.title(site.book)[1], differing=table.differing, mark=MARK, gap_beside=gap_beside, said=_said, legend=legend(first, notes_of(first)),
        presumes=presumes(first), footer=footer(first.law), names={}, change=wanted.address("/compare"),
        links=downloads.links(wanted.address("/compare/matrix")), command=wanted.commands(site.rules),
        toggle=_toggle(wanted, alike),
    )  # fmt: skip


def _toggle(wanted: ComparePage, alike: bool) -> str:
    return replace(wanted, only=EVERYTHING if alike else "").address("/compare/matrix")


def _said(found: Matrix, answer: CellAnswer) -> str:
    """The ways that an answer rests on, in short."""
    return ", ".join(dict.fromkeys(short(found, use.route) for use in answer.cell.routes))


@pages.get("/matrix.{format}")
async def download(request: Request, format: Format) -> Response:
    """The matrices to take away."""
    site = site_of(request)
    wanted = ComparePage.of(request.query_params).complete(site.book)

    sides = await run_in_threadpool(wanted.matrices, site.book)
    return await downloads.answer(Compared(sides), format, "gapcheck-matrix")
