"""JSON as pages carry it: within comments or CDATA, with trailing commas, escaped as HTML. What is no JSON stays refused."""

from __future__ import annotations

import html
import re
from typing import Any

from gapcheck.jobdesc.reading.own import plain_json

_STRING_OR = r'"(?:[^"\\]|\\.)*"'
_COMMENT = re.compile(rf"({_STRING_OR})|/\*.*?\*/|//[^\n]*|<!--|-->|<!\[CDATA\[|\]\]>", re.S)
_COMMA = re.compile(rf"({_STRING_OR})|,(?=\s*[\]}}])", re.S)


def tolerant_json(text: str) -> Any:
    """The data in a text. Raises ValueError where it cannot be told."""
    for attempt in (text, html.unescape(text)):
        bare = attempt.lstrip("\ufeff").strip().removesuffix(";")
        try:
            return plain_json(bare)
        except ValueError:
            pass
        bare = _COMMENT.sub(lambda found: found[1] or "", bare).strip().removesuffix(";")
        try:
            return plain_json(_COMMA.sub(lambda found: found[1] or "", bare))
        except ValueError:
            pass
    raise ValueError("no JSON")


def linked(data: Any) -> Any:
    """The data with each bare reference (`{"@id": ...}`) replaced by what stands under that id somewhere in it."""
    known: dict[str, dict[str, Any]] = {}
    _index(data, known, 0)
    return _filled(data, known, 0)


def _index(data: Any, known: dict[str, dict[str, Any]], depth: int) -> None:
    if depth > 12:
        return
    if isinstance(data, dict):
        identity = data.get("@id")
        if isinstance(identity, str) and len(data) > 1:
            known.setdefault(identity, data)
        for value in data.values():
            _index(value, known, depth + 1)
    elif isinstance(data, list):
        for value in data:
            _index(value, known, depth + 1)


def _filled(data: Any, known: dict[str, dict[str, Any]], depth: int) -> Any:
    if depth > 12 or not known:
        return data
    if isinstance(data, list):
        return [_filled(item, known, depth + 1) for item in data]
    if not isinstance(data, dict):
        return data
    if len(data) == 1 and isinstance(data.get("@id"), str) and data["@id"] in known:
        return known[data["@id"]]  # one step: a circle of references ends here
    return {key: _filled(value, known, depth + 1) for key, value in data.items()}
