"""Explain what is out of form in a profile, with the JSON Schema: every problem, its line, what is allowed, the nearest match."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import jsonschema
from referencing import Registry, Resource

from gapcheck.errors import Problem, nearest
from gapcheck.packaged import folder
from gapcheck.reading import DataFile

if TYPE_CHECKING:
    from gapcheck.law.lawbook import Lawbook

_TYPES = {
    "object": "keys and values",
    "array": "a list",
    "string": "text",
    "boolean": "true or false",
    "number": "a number",
    "integer": "a whole number",
}


class FormError(NamedTuple):
    """A problem of form, the keyword of JSON Schema that refuses it, and the key that it is about."""

    problem: Problem
    keyword: str
    key: str


def problems_of(document: DataFile, book: Lawbook) -> list[Problem]:
    """Every problem of form in a profile; never empty."""
    return form_problems(document, "profile") or [Problem(document.source, 1, "this is not a role profile")]


def form_problems(document: DataFile, schema: str) -> list[Problem]:
    """The problems of a document against one of the schemas."""
    return [error.problem for error in form_errors(document, schema)]


def form_errors(document: DataFile, schema: str) -> list[FormError]:
    """The problems of a document against one of the schemas, each with what the schema wanted of which key."""
    found: dict[tuple[int, str], FormError] = {}
    for error in validator(schema).iter_errors(document.data):
        for leaf in _leaves(error):
            for key, item in _problems(document, leaf):
                found.setdefault((item.line or 0, item.message), FormError(item, str(leaf.validator), key))
    return [found[key] for key in sorted(found)]


@cache
def validator(schema: str, part: str = "") -> jsonschema.Draft202012Validator:
    """What tells whether data is of the form of one of the schemas that the package ships, or of a part among its `$defs`."""
    registry: Registry[Any] = Registry(retrieve=_packaged)  # type: ignore[call-arg]  # one schema may point into another
    whole = _packaged(f"{schema}.schema.json").contents
    wanted = {"$ref": f"#/$defs/{part}", "$defs": whole["$defs"]} if part else whole
    return jsonschema.Draft202012Validator(
        wanted, registry=registry, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


@cache
def _packaged(address: str) -> Resource[Any]:
    """A schema that the package ships, by the last part of its address."""
    path = Path(folder("schemas"), address.rpartition("/")[2])
    return Resource.from_contents(json.loads(path.read_text(encoding="utf-8")))


def _leaves(error: Any) -> list[Any]:
    """The errors that say something: of alternatives, those of the one that comes nearest."""
    if not error.context:
        return [error]
    branches: dict[Any, list[Any]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    fitting = [
        branch
        for branch in branches.values()
        if not any(item.validator == "type" and len(item.path) == 0 for item in branch)
    ]
    if not fitting:
        return [error]
    best = min(fitting, key=len)
    return [leaf for item in best for leaf in _leaves(item)]


def _problems(document: DataFile, error: Any) -> list[tuple[str, Problem]]:
    """The problems that an error of the schema library stands for, each with its key."""
    path = tuple(error.absolute_path)
    where = _where(path)
    line = document.line(path)
    source = document.source
    if error.validator == "additionalProperties":
        allowed = error.schema.get("properties", {})
        return [
            (
                str(key),
                Problem(
                    source, document.line((*path, key)), f"{where}there is no key `{key}`", nearest(str(key), allowed)
                ),
            )
            for key in error.instance
            if key not in allowed
        ]
    if error.validator == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        return [(key, Problem(source, line, f"{where}the key `{key}` is missing", "")) for key in missing]
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    return [(key, _of_value(error, source, line, where))]


def _of_value(error: Any, source: str, line: int | None, where: str) -> Problem:
    """What is wrong with a value."""
    value = _short(error.instance)
    if error.validator == "const":
        return Problem(source, line, f"{where}`{value}` is not known here", f"allowed: `{error.validator_value}`")
    if error.validator == "enum":
        return Problem(
            source,
            line,
            f"{where}`{value}` is not allowed",
            nearest(str(error.instance), map(str, error.validator_value)),
        )
    if error.validator == "type":
        wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
        return Problem(
            source,
            line,
            f"{where}`{value}` is not {' or '.join(_TYPES.get(str(item), str(item)) for item in wanted)}",
        )
    if error.validator in ("minItems", "maxItems", "minLength", "maxLength"):
        kind = {
            "minItems": "at least {} entries",
            "maxItems": "at most {} entries",
            "minLength": "at least {} characters",
            "maxLength": "at most {} characters",
        }[error.validator]
        return Problem(source, line, f"{where}there must be {kind.format(error.validator_value)}")
    if error.validator == "format":
        return Problem(source, line, f"{where}`{value}` is not a {error.validator_value}", "write it as YYYY-MM-DD")
    if error.validator == "pattern" and error.validator_value.startswith("^[a-z0-9]"):
        return Problem(
            source, line, f"{where}`{value}` is not an id", "an id is words in small letters joined by hyphens"
        )
    return Problem(source, line, f"{where}`{value}` is not allowed here", _described(error.schema))


def _described(schema: Any) -> str:
    """What a schema says of itself; one that allows nothing at all is no mapping."""
    return str(schema.get("description", "")) if isinstance(schema, dict) else "leave it out"


def _where(path: tuple[Any, ...]) -> str:
    text = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
    return f"{text}: " if text else ""


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
