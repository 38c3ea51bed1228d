"""Reference pages: any id of the lawbook in plain words, with its law, who and what it opens or bars, and its examples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from gapcheck.document.answer import Answer, Sheet
from gapcheck.document.blocks import Block, Document, Heading, Items, Paragraph, Run, Table, inline
from gapcheck.document.words import capital, number, review_line, said, spaced
from gapcheck.errors import nearest, problem
from gapcheck.explain.page_parts import Section
from gapcheck.explain.pages import page_of, title_of
from gapcheck.law.dated import Law
from gapcheck.law.lawbook import Lawbook
from gapcheck.law.recorded import reviews

KINDS = {
    "acts": "act",
    "routes": "route",
    "rules": "rule",
    "tasks": "task",
    "professions": "profession",
    "registers": "register",
    "medicines": "medicine",
    "arrangements": "arrangement",
    "facts": "fact",
    "classes": "class",
    "instruments": "instrument",
    "provisions": "provision",
    "interpretations": "interpretation",
    "expectations": "expectation",
    "reforms": "reform",
    "claims": "claim",
    "scopes": "scope",
    "codes": "code",
}

_HEAD = re.compile(r"^Rule [a-z0-9-]+: ")
_ID = re.compile(r"(?<![\w/.-])([a-z0-9]+(?:-[a-z0-9]+)+)(?![\w/.-])")


class Page(NamedTuple):
    """The reference page of one thing: its kind, its id, and what is said of it."""

    kind: str
    identity: str
    title: str
    sections: list[Section]


class Explained(Answer):
    """The pages for an id, one for each kind that has it."""

    def __init__(self, law: Law, pages: Sequence[Page]) -> None:
        self.law = law
        self.pages = pages

    def data(self) -> Any:
        """What the lawbook holds, as it holds it."""
        return [
            {"explains": KINDS[one.kind], "id": one.identity, **self.law.book.items(one.kind)[one.identity]}
            for one in self.pages
        ]

    def document(self, full: bool) -> Document:
        """The pages, one after the other."""
        blocks: list[Block] = []
        for place, page in enumerate(self.pages, 1):
            if len(self.pages) > 1:
                blocks.append(Heading(1, _title(page), f"page-{place}"))
            level = 2 if len(self.pages) > 1 else 1
            own = Run(page.identity, code=True)
            blocks.append(Paragraph(inline(f"{capital(KINDS[page.kind])}; in commands and files ", own), "note"))
            for line, section in enumerate(page.sections, 1):
                blocks += _section(self.law.book, section, level, f"page-{place}-{line}")
        title = (
            _title(self.pages[0])
            if len(self.pages) == 1
            else f"{self.pages[0].title}: {number(len(self.pages), 'page')}"
        )
        return Document(title, tuple(blocks), subject="What the lawbook holds", date=self.law.date)

    def sheets(self) -> Sequence[Sheet]:
        """A row for each line of a page."""
        rows: list[tuple[object, ...]] = []
        for page in self.pages:
            for section in page.sections:
                lines = [
                    *section.lines,
                    *([section.text] if section.text else []),
                    *("; ".join(row) for row in section.rows),
                ]
                rows += [(KINDS[page.kind], page.identity, section.title, line) for line in lines]
        return [Sheet("Explained", ("kind", "id", "part", "text"), rows)]


class Listed(Answer):
    """The ids of a kind with their titles."""

    def __init__(self, kind: str, rows: Sequence[tuple[str, str]]) -> None:
        self.kind = kind
        self.rows = rows

    def data(self) -> Any:
        """Id and title of each."""
        return [{"id": identity, "title": title} for identity, title in self.rows]

    def document(self, full: bool) -> Document:
        """The list as a table."""
        rows = tuple((inline(Run(identity, code=True)), inline(title)) for identity, title in self.rows)
        table = Table(
            "list", f"The {self.kind} of the lawbook", (inline("Id"), inline("Title")), rows, True, (0.35, 0.65)
        )
        return Document(f"{capital(self.kind)}: {len(self.rows):,}", (table,))

    def sheets(self) -> Sequence[Sheet]:
        """A row a thing."""
        return [Sheet(self.kind.capitalize(), ("id", "title"), self.rows)]


def listed(law: Law, kind: str) -> Listed:
    """The ids of a kind with their titles. Raises InputError for a kind that does not exist."""
    plural = kind if kind in KINDS else next((key for key, single in KINDS.items() if single == kind), "")
    if not plural:
        raise problem("--list", f"there is no kind `{kind}`", None, nearest(kind, KINDS))
    return Listed(plural, [(identity, title_of(item)) for identity, item in sorted(law.book.items(plural).items())])


def explained(law: Law, name: str) -> Explained:
    """The pages for an id (one for each kind that has it). Raises InputError where nothing has it."""
    found = [(kind, identity) for kind in KINDS if (identity := _find(law, kind, name)) is not None]
    if not found:
        every = {identity for kind in KINDS if kind != "codes" for identity in law.book.items(kind)}
        raise problem("explain", f"nothing in the lawbook has the id `{name}`", None, _help(name, every))
    return Explained(law, [page(law, kind, identity) for kind, identity in found])


def _help(name: str, every: set[str]) -> str:
    """What to write instead; where nothing is alike, how to find it."""
    near = nearest(name, every)
    return (
        near
        if near.startswith("did you mean")
        else "gapcheck explain --list tasks lists the tasks, and so with every kind"
    )


def page(law: Law, kind: str, identity: str) -> Page:
    """The page of one thing."""
    item = law.book.items(kind)[identity]
    *sections, file = page_of(law, kind, identity, item)
    sections += [_vouched(law, kind, identity), file]
    kept = [one for one in sections if one.lines or one.rows or one.text]
    return Page(kind, identity, title_of(item), kept)


def _vouched(law: Law, kind: str, identity: str) -> Section:
    """Who has signed a thing off; of a task also the grade of its harm."""
    names = [f"{kind}/{identity}", *([f"severities/{identity}"] if kind == "tasks" else [])]
    lines = [
        f"{'The harm: ' if name.startswith('severities/') else ''}{review_line(one)}"
        for name in names
        for one in reviews(law.book.data, name, law.date)
    ]
    known = any(name in law.book.data["words"] for name in names) and kind != "codes"
    return Section("Who vouches", lines or (["nobody has signed it off yet"] if known else []))


def _title(page: Page) -> str:
    return capital(page.title)


def _named(book: Lawbook, text: str) -> str:
    """A text of a page for people: what stands there by its id, by its name."""

    def name(found: re.Match[str]) -> str:
        kind = next((one for one in ("rules", "claims") if found[1] in book.items(one)), "")
        if any(found[1] in fact.get("values", ()) for fact in book.data["facts"].values()):
            return spaced(found[1])
        return f"“{title_of(book.items(kind)[found[1]])}”" if kind and "-" in found[1] else found[0]

    return said(book, _ID.sub(name, _HEAD.sub("Rule: ", text)))


def _section(book: Lawbook, section: Section, level: int, name: str) -> Iterator[Block]:
    """A section for people: ids stand by their names."""
    yield Heading(level, _named(book, section.title))
    if section.lines:
        yield Items(tuple(inline(_named(book, line)) for line in section.lines))
    if section.text:
        yield Paragraph(inline(Run(section.text.rstrip(), code=True)))
    if section.rows:
        rows = tuple(tuple(inline(capital(_named(book, str(cell)))) for cell in row) for row in section.rows)
        yield Table(name, "", tuple(inline(capital(head)) for head in section.headers), rows, True)


def _find(law: Law, kind: str, name: str) -> str | None:
    if kind == "codes":
        name = name.upper()
    if kind == "provisions" and name not in law.book.items(kind):
        same = [identity for identity in law.book.items(kind) if identity.endswith(f"/{name}")]
        return same[0] if len(same) == 1 else None
    return law.book.resolve(kind, name if name in law.book.items(kind) or kind == "codes" else name.lower())
