"""Write what was read of a draft as a file of statements, for a person to confirm or correct."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from gapcheck.claims.model import ANYONE, LAW, Assertion, Quantity, Statement

_HEAD = """\
# What gapcheck read in {name}. Look at each statement: is this what the sentence says?
#   It is: write `state: confirmed`. It says something else: correct `asserts`, and write `state: confirmed`.
#   It says nothing of the kind: write `state: not-said`. Where `unsure` stands: put `asserts` in its place, or leave it.
# Then: gapcheck claims THIS-FILE
"""


def statements_text(name: str, statements: Iterable[Statement]) -> str:
    """The file of statements as YAML."""
    data = {"title": f"Statements of {name}", "statements": [_statement(item, name) for item in statements]}
    body = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)
    return f"{_HEAD.format(name=name)}{body}"


def _statement(item: Statement, name: str) -> dict[str, Any]:
    return {
        "id": item.id,
        "statement": item.statement,
        "source": name,
        **{key: value for key, value in (("page", item.page), ("line", item.line)) if value},
        "state": item.state,
        **({"unsure": item.unsure} if item.unsure else {}),
        **({"asserts": [dict(_assertion(one)) for one in item.assertions]} if item.assertions else {}),
        **({"figures": [_figure(one) for one in item.figures]} if item.figures else {}),
    }


def _assertion(item: Assertion) -> Iterator[tuple[str, Any]]:
    if item.point:
        yield from (("point", item.point), ("says", item.says), *((("but", item.but),) if item.but else ()))
        return
    if item.act:
        yield "act", item.act
    if item.profession != ANYONE:
        yield "profession", item.profession
    for key, value in (
        ("professions", list(item.professions)),
        ("routes", list(item.routes)),
        ("medicine", item.medicine),
        ("facts", dict(item.facts or {})),
        ("register", item.register),
        ("nations", list(item.nations)),
        ("as-at", item.date),
    ):
        if value:
            yield key, value
    if item.by != LAW:
        yield "by", item.by
    yield "says", item.says


def _figure(item: Quantity) -> dict[str, Any]:
    whole = int(item.value) if item.value.is_integer() else item.value
    return {
        "quantity": item.quantity,
        "value": whole,
        "unit": item.unit,
        **({"when": item.when} if item.when else {}),
        **({"about": True} if item.about else {}),
    }
