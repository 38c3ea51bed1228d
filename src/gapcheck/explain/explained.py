"""Reference pages: any id of the lawbook in plain words, with its law, who and what it opens or bars, and its examples."""

from __future__ import annotations

import json
import textwrap

from gapcheck.errors import nearest, problem
from gapcheck.explain.page_parts import Section
from gapcheck.explain.pages import page_of, title_of
from gapcheck.law.dated import Law

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


def listed(law: Law, kind: str, face: str) -> str:
    """The ids of a kind with their titles. Raises InputError for a kind that does not exist."""
    plural = kind if kind in KINDS else next((key for key, single in KINDS.items() if single == kind), "")
    if not plural:
        raise problem("--list", f"there is no kind `{kind}`", None, nearest(kind, KINDS))
    items = law.book.data[plural]
    rows = [[identity, title_of(item)] for identity, item in sorted(items.items())]
    if face == "json":
        return json.dumps([{"id": identity, "title": title} for identity, title in rows], ensure_ascii=False, indent=2)
    from tabulate import tabulate

    if face == "markdown":
        return tabulate(rows, ["id", "title"], tablefmt="github")
    return tabulate(rows, ["id", "title"], tablefmt="plain", maxcolwidths=[None, 100])


def explained(law: Law, name: str, face: str, width: int) -> str:
    """The pages for an id (one for each kind that has it). Raises InputError where nothing has it."""
    found = [(kind, identity) for kind in KINDS if (identity := _find(law, kind, name)) is not None]
    if not found:
        every = {identity for kind in KINDS for identity in law.book.data[kind]}
        raise problem("explain", f"nothing in the lawbook has the id `{name}`", None, nearest(name, every))
    if face == "json":
        return json.dumps(
            [{"explains": KINDS[kind], "id": identity, **law.book.data[kind][identity]} for kind, identity in found],
            ensure_ascii=False,
            indent=2,
        )
    return "\n\n".join(page(law, kind, identity, face, min(width, 110)) for kind, identity in found)


def page(law: Law, kind: str, identity: str, face: str, width: int = 100) -> str:
    """The page of one thing: its kind, its id, and the face (`table` or `markdown`)."""
    item = law.book.data[kind][identity]
    sections = list(page_of(law, kind, identity, item))
    return _render(f"{title_of(item)} ({KINDS[kind]} {identity})", sections, face, width)


def _find(law: Law, kind: str, name: str) -> str | None:
    if kind == "codes":
        name = name.upper()
    if kind == "provisions" and name not in law.book.data[kind]:
        same = [identity for identity in law.book.data[kind] if identity.endswith(f"/{name}")]
        return same[0] if len(same) == 1 else None
    return law.book.resolve(kind, name)


def _render(title: str, sections: list[Section], face: str, width: int) -> str:
    from tabulate import tabulate

    marked = face == "markdown"
    lines = [f"# {title}" if marked else title, "" if marked else "=" * min(len(title), width)]
    for section in sections:
        if section.lines or section.rows or section.text:
            lines += ["", f"## {section.title}" if marked else section.title, *([""] if marked else [])]
        for line in section.lines:
            lines += (
                [f"- {line}"]
                if marked
                else textwrap.wrap(
                    line,
                    width,
                    initial_indent="  ",
                    subsequent_indent="    ",
                    break_long_words=False,
                    break_on_hyphens=False,
                )
            )
        if section.text:
            fence = ["```yaml", "```"] if marked else []
            lines += [
                *fence[:1],
                *textwrap.indent(section.text.rstrip(), "" if marked else "  ").splitlines(),
                *fence[1:],
            ]
        if section.rows:
            lines += tabulate(
                section.rows,
                section.headers,
                tablefmt="github" if marked else "simple",
                maxcolwidths=None if marked else 60,  # Markdown has no cell of two lines
                disable_numparse=True,
            ).splitlines()
    return "\n".join(lines)
