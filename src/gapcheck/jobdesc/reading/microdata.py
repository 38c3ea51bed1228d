"""A JobPosting written into the elements of a page (microdata), as the object that JSON would hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

_DEPTH = 8


def postings_of(root: Any) -> list[Mapping[str, Any]]:
    """The JobPostings in the microdata of a page."""
    return [
        {"@type": "JobPosting", **_properties(item, 0)}
        for item in root.iter()
        if isinstance(item.tag, str) and (item.get("itemtype") or "").rstrip("/").endswith("schema.org/JobPosting")
    ]


def _properties(scope: Any, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for child in scope if depth < _DEPTH else ():
        if not isinstance(child.tag, str):
            continue
        inner = child.get("itemscope") is not None
        names = (child.get("itemprop") or "").split()
        value = _properties(child, depth + 1) if inner else _value(child)
        if inner and not value:
            value = " ".join("".join(child.itertext()).split())
        for name in names:
            found[name] = [found[name], value] if name in found and not isinstance(found[name], list) else value
        if not inner and not names:
            for name, further in _properties(child, depth).items():
                found.setdefault(name, further)
    return found


def _value(element: Any) -> str:
    stated = element.get("content") or element.get("datetime")
    if stated is not None:
        return str(stated)
    if element.get("itemprop") in ("description", "responsibilities", "qualifications", "skills"):
        return str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))
    return " ".join("".join(element.itertext()).split())
