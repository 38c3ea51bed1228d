"""The few pieces of WordprocessingML that python-docx has no words for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn

W = f"{{{nsmap['w']}}}"


def element(tag: str, attributes: Mapping[str, str] | None = None, children: Iterable[Any] = ()) -> Any:
    """An element such as `w:p`."""
    made = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qn(name), value)
    made.extend(children)
    return made


def text_run(text: str, *properties: Any) -> Any:
    """A run of text; a newline is a line break."""
    run = element("w:r")
    if properties:
        run.append(element("w:rPr", children=properties))
    for number, line in enumerate(text.split("\n")):
        if number:
            run.append(element("w:br"))
        piece = element("w:t", {"xml:space": "preserve"})
        piece.text = line
        run.append(piece)
    return run


def field_runs(code: str, shown: str, *properties: Any, stale: bool = False) -> list[Any]:
    """A field with the result that it shows until it is updated. `stale`: Word updates it when the file is opened."""
    begin = {"w:fldCharType": "begin", **({"w:dirty": "true"} if stale else {})}
    instruction = element("w:instrText", {"xml:space": "preserve"})
    instruction.text = f" {code} "
    return [
        element("w:r", children=[element("w:fldChar", begin)]),
        element("w:r", children=[instruction]),
        element("w:r", children=[element("w:fldChar", {"w:fldCharType": "separate"})]),
        text_run(shown, *properties),
        element("w:r", children=[element("w:fldChar", {"w:fldCharType": "end"})]),
    ]


def bookmarked(number: int, name: str, inside: Iterable[Any]) -> list[Any]:
    """What a bookmark spans."""
    return [
        element("w:bookmarkStart", {"w:id": str(number), "w:name": name}),
        *inside,
        element("w:bookmarkEnd", {"w:id": str(number)}),
    ]
