"""Read statements: from a file of one's own, or the claims of the lawbook's evidence."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from typing import Any

from gapcheck.claims.model import (
    ANYONE,
    LAW,
    NOT_REGULATED,
    NOT_SAID,
    ONLY_BY,
    ONLY_THESE,
    REGULATED,
    Assertion,
    Quantity,
    Statement,
)
from gapcheck.errors import InputError, problem
from gapcheck.forms import form_problems
from gapcheck.law.lawbook import Lawbook
from gapcheck.profile.question import question
from gapcheck.profile.resolve import Resolver
from gapcheck.reading import MAX_BYTES, Path, opened, read_document

STATEMENTS, CLAIMS = "statements", "claims"
_SCHEMA = {STATEMENTS: "statements", CLAIMS: "evidence"}


def read_statements(path: str, book: Lawbook) -> tuple[Statement, ...]:
    """The statements of a file (`-`: standard input), of the form of `statements` or of an evidence file.

    Raises InputError with every problem found: form, unknown ids, operands that no figure has.
    """
    return statements_of(statement_bytes(path), "standard input" if path == "-" else path, book)


def statements_of(raw: bytes, name: str, book: Lawbook) -> tuple[Statement, ...]:
    """The statements that the bytes of a file hold. Raises InputError as `read_statements` does."""
    document = read_document(raw, name)
    kinds = [kind for kind in _SCHEMA if isinstance(document.data, dict) and kind in document.data]
    if len(kinds) != 1:
        help = "the form is schemas/statements.schema.json; examples/statements.yaml shows it"
        raise problem(document.source, f"this is no file of statements: it needs the key `{STATEMENTS}`", 1, help)
    problems = form_problems(document, _SCHEMA[kinds[0]])
    if problems:
        raise InputError(problems)
    listed = document.data[kinds[0]]
    resolver = Resolver(book, document.source, document)
    found = tuple(_statement(item, book) for item in listed)
    for index, statement in enumerate(found):
        _check(resolver, statement, (kinds[0], index))
        if any(other.id == statement.id for other in found[:index]):
            resolver.say(
                (kinds[0], index, "id"), f"there are two statements `{statement.id}`", "give each an id of its own"
            )
    if resolver.problems:
        raise InputError(resolver.problems)
    return found


def shipped(book: Lawbook) -> tuple[Statement, ...]:
    """The claims of the lawbook's evidence. Raises InputError where one names what the lawbook does not know."""
    found = tuple(_statement(item, book) for item in book.data["claims"].values())
    resolver = Resolver(book, "evidence")
    for statement in found:
        _check(resolver, statement, ())
    if resolver.problems:
        raise InputError(resolver.problems)
    return found


def statement_bytes(path: str) -> bytes:
    """The bytes of a file of statements (`-`: standard input). Raises InputError for what cannot be read."""
    if path == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    if os.path.isdir(path):
        raise problem(path, "this is a folder; give a file of statements")
    try:
        with opened(path) as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise problem(path, f"cannot be read: {(error.strerror or str(error)).lower()}") from None


def _statement(item: Mapping[str, Any], book: Lawbook) -> Statement:
    sources = [book.data["references"].get(work, work) for work in item.get("references", ())] or item.get("source", [])
    return Statement(
        item["id"],
        item["statement"],
        tuple(_assertion(one, book) for one in item.get("asserts", ()) if item.get("state") != NOT_SAID),
        tuple(_figure(one) for one in item.get("figures", ())),
        "; ".join(_source(one) for one in (sources if isinstance(sources, list) else [sources])),
        item.get("page", 0),
        item.get("line", 0),
        item.get("state", ""),
        item.get("unsure", ""),
    )


def _source(item: Any) -> str:
    return (
        item
        if isinstance(item, str)
        else ", ".join(str(item[key]) for key in ("publisher", "title", "year") if item.get(key))
    )


def _assertion(item: Mapping[str, Any], book: Lawbook) -> Assertion:
    def known(kind: str, name: str) -> str:
        return book.resolve(kind, name) or name

    routes = item.get("routes", [item["route"]] if "route" in item else [])
    return Assertion(
        known("acts", item.get("act", "")),
        item["says"],
        known("professions", item.get("profession", ANYONE)),
        tuple(known("routes", route) for route in routes),
        tuple(item["registered"]) if "registered" in item else None,
        tuple(item.get("annotations", ())),
        tuple(item.get("entitlements", ())),
        tuple(item.get("arrangements", ())),
        known("medicines", item.get("medicine", "")),
        item.get("facts", {}),
        tuple(dict.fromkeys(one for name in item.get("nations", ()) for one in book.data["groups"].get(name, [name]))),
        item.get("as-at", ""),
        item.get("by", LAW),
        tuple(known("professions", name) for name in item.get("professions", ())),
        item.get("point", ""),
        item.get("but", ""),
        known("registers", item.get("register", "")),
    )


def _figure(item: Mapping[str, Any]) -> Quantity:
    ((operation, operands),) = item["equals"].items() if item.get("equals") else (("", ()),)
    return Quantity(
        item["quantity"],
        float(item["value"]),
        json.dumps(item["value"]),
        item.get("unit", ""),
        str(item.get("when", "")),
        item.get("by", ""),
        bool(item.get("about")),
        bool(item.get("rounded")),
        operation,
        tuple(operands),
    )


def stated(assertion: Assertion, profession: str, registered: tuple[str, ...]) -> dict[str, Any]:
    """An assertion about a person as the options of `gapcheck can`."""
    return {
        "profession": profession or None,
        "registered": registered,
        "annotation": assertion.annotations,
        "entitlement": assertion.entitlements,
        "arrangement": assertion.arrangements,
        "medicine": assertion.medicine or None,
        "facts": tuple(f"{key}={_plain(value)}" for key, value in (assertion.facts or {}).items()),
    }


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _check(resolver: Resolver, statement: Statement, path: Path) -> None:
    book = resolver.book
    for number, item in enumerate(statement.assertions):
        here = (*path, "asserts", number) if path else ()
        if item.point or item.says in (REGULATED, NOT_REGULATED):
            _ids(resolver, item, here)
            continue
        try:
            profession = "" if item.profession == ANYONE else item.profession
            question(book, item.act, book.data["assumes"]["nation"], stated(item, profession, item.registered or ()))
        except InputError as error:
            for one in error.problems:
                resolver.say(here, f"`{statement.id}`: {one.message}", one.help)
        for route in item.routes:
            routes = book.items("acts").get(item.act, {}).get("routes", ())
            if route not in routes:
                resolver.say(
                    here,
                    f"`{statement.id}`: `{route}` is no route to `{item.act}`",
                    f"its routes: {', '.join(routes) or 'none'}",
                )
        for name in item.professions:
            resolver.id("professions", name, here)
        if item.professions and item.profession != ANYONE:
            resolver.say(
                here, f"`{statement.id}`: both `profession` and `professions` are given", "leave one of them out"
            )
        if item.says == ONLY_THESE and not item.professions:
            resolver.say(here, f"`{statement.id}`: `{ONLY_THESE}` needs the key `professions`")
        if item.says == ONLY_BY and not item.routes:
            resolver.say(here, f"`{statement.id}`: `{ONLY_BY}` needs the key `routes`")
        for nation in item.nations:
            resolver.choice("nation", nation, list(book.data["nations"]), here)


def _ids(resolver: Resolver, item: Assertion, here: Path) -> None:
    """The point, or the profession and the register, of an assertion that is about no act."""
    named = {"tenets": item.point} if item.point else {"professions": item.profession, "registers": item.register}
    for kind, name in named.items():
        if name:
            resolver.id(kind, name, here)
