"""The first page."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from gapcheck.web.site import site_of

pages = APIRouter(include_in_schema=False)


@pages.get("/")
def home(request: Request) -> Response:
    """The four things that can be done here."""
    return site_of(request).page(request, "home.html.j2")
