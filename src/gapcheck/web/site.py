"""Pages out of templates: what every page shares, and how what goes wrong is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from gapcheck.document.blocks import Contents, Document, Heading, PageBreak, labels, shown
from gapcheck.errors import InputError
from gapcheck.law.dated import words
from gapcheck.law.lawbook import Lawbook
from gapcheck.version import __version__

HERE = Path(__file__).parent
STATIC = HERE / "static"
_ADDRESS = re.compile(r'(?<=[ "])(?:href|src|action|formaction)="(?=/)')


class Wrong(NamedTuple):
    """Something to put right: what to say, the field that it is about (empty: none), and a help line."""

    message: str
    field: str = ""
    help: str = ""
    line: int | None = None


@dataclass(frozen=True)
class Site:
    """What the pages share: the lawbook, the folders that it came from, the path before every address (behind a proxy),
    whether several people use it, and the templates."""

    book: Lawbook
    rules: tuple[str, ...] = ()
    prefix: str = ""
    shared: bool = False
    templates: Environment = field(default_factory=lambda: _environment())  # noqa: PLW0108 - it stands below

    def page(self, request: Request, template: str, status: int = 200, **about: Any) -> HTMLResponse:
        """A page. `wrong`: what to put right, which the page says first."""
        text = self.templates.get_template(template).render(
            {
                "path": request.url.path,
                "book": self.book,
                "version": __version__,
                "shared": self.shared,
                "wrong": (),
                **about,
            }
        )
        if self.prefix:  # what stands in the text itself is escaped, so that only attributes look like this
            text = _ADDRESS.sub(rf"\g<0>{self.prefix}", text)
        return HTMLResponse(text, status)


def site_of(request: Request) -> Site:
    """The site that a request is for."""
    site: Site = request.app.state.site
    return site


def see_other(address: str) -> RedirectResponse:
    """Go on to an address, with a request that only reads."""
    return RedirectResponse(address, 303)


def wrongs(error: InputError, fields: Mapping[str, str] | None = None) -> tuple[Wrong, ...]:
    """What an InputError says, for the top of a page. `fields`: the field for each source of a problem."""
    return tuple(
        Wrong(_plain(item.message), (fields or {}).get(item.source, ""), _plain(item.help), item.line)
        for item in error.problems
    )


def _plain(text: str) -> str:
    return text[:1].upper() + text[1:]


class PagePart(NamedTuple):
    """A section of a document: its heading (None before the first) and the blocks beneath it."""

    heading: Heading | None
    blocks: tuple[Any, ...]


def parts(document: Document) -> list[PagePart]:
    """A document in sections, as a page shows it: without its contents and page breaks."""
    return split(document.blocks, 1)


def split(blocks: Iterable[Any], level: int) -> list[PagePart]:
    """Blocks in sections by their headings of a level."""
    found: list[PagePart] = [PagePart(None, ())]
    for block in blocks:
        if isinstance(block, Heading) and block.level <= level:
            found.append(PagePart(block, ()))
        elif not isinstance(block, Contents | PageBreak):
            found[-1] = found[-1]._replace(blocks=(*found[-1].blocks, block))
    return [part for part in found if part.heading or part.blocks]


def names(document: Document) -> dict[str, str]:
    """What the references of a document show."""
    return labels(document)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = words
    environment.filters["kind"] = lambda block: type(block).__name__
    environment.globals["shown"] = shown
    environment.globals["subparts"] = lambda part: split(part.blocks, part.heading.level + 1)
    return environment
