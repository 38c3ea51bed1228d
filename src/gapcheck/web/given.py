"""The form of a page to which a file or a text is given: what is given is answered, and nothing of it is kept."""

from __future__ import annotations

from typing import NamedTuple

from fastapi import APIRouter, Request, Response

from gapcheck.clock import today
from gapcheck.web import lists
from gapcheck.web.site import Wrong, site_of


class GivenForm(NamedTuple):
    """A form at a path (as `/jd`), drawn by a template."""

    path: str
    template: str

    def pages(self, result: bool = True) -> APIRouter:
        """The form at its path, and with `result` at the path of its result too, where that has no address of its own."""
        router = APIRouter(prefix=self.path, include_in_schema=False)

        def form(request: Request) -> Response:
            return self.shown(request, {})

        for address in ("", "/result") if result else ("",):
            router.get(address)(form)
        return router

    def shown(self, request: Request, said: dict[str, str], wrong: tuple[Wrong, ...] = ()) -> Response:
        """The form with what was said in it, and what is wrong with that."""
        site = site_of(request)
        return site.page(
            request, self.template, 400 if wrong else 200, wrong=wrong, said=said, nations=lists.nations(site.book),
            today=today(), path=self.path,
        )  # fmt: skip
