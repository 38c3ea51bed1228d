"""HTML: one self-contained file without scripts, that prints well and that a screen reader can read."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from gapcheck.document.answer import Answer, Look
from gapcheck.document.blocks import Contents, Document, Figure, Heading, Run, Table, anchors, labels, shown, walk
from gapcheck.document.receipt import sealing
from gapcheck.document.same import text_beyond as beyond

__all__ = ["beyond", "embedded", "fingerprint", "render", "text_of"]

_HERE = Path(__file__).parent
_RECEIPT = re.compile(r'<meta name="gapcheck-receipt" content="([^"]*)">\n')


def render(answer: Answer, look: Look) -> str:
    """The document of an answer as a page, its receipt in the head."""
    text = text_of(answer.document(look.full))
    receipt = sealing(answer)(fingerprint(text))
    meta = Markup('<meta name="gapcheck-receipt" content="{}">\n').format(receipt)
    return text.replace("</head>", f"{meta}</head>", 1) if receipt else text


def text_of(document: Document) -> str:
    """A document as a page."""
    names = labels(document)
    links = {id(heading): anchor for heading, anchor in anchors(document)}
    style = (_HERE / "document.css").read_text(encoding="utf-8").strip() + _widths(document)
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    return environment.get_template("document.html.j2").render(
        document=document,
        blocks=[_block(document, block, links) for block in document.blocks],
        names=names,
        shown=lambda run: _shown(run, names),
        percent=_percent,
        style=Markup(style),  # noqa: S704 - our own file and numbers
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    )


def _shown(run: Run, names: dict[str, str]) -> str:
    return shown(run, names)


def _block(document: Document, block: Any, links: dict[int, str]) -> dict[str, Any]:
    about: dict[str, Any] = {"kind": type(block).__name__, "item": block}
    if isinstance(block, Heading):
        about["anchor"] = links[id(block)]
    elif isinstance(block, Figure):
        about["picture"] = f"data:image/svg+xml;base64,{base64.b64encode(block.svg()).decode()}"
    elif isinstance(block, Contents):
        about["entries"] = [
            (heading.level, heading.text, anchor)
            for heading, anchor in anchors(document)
            if heading.level <= block.depth
        ]
    return about


def _percent(share: float) -> int:
    return round(share * 100)


def _widths(document: Document) -> str:
    """A class for each width of a column: the security policy allows no style within an element."""
    tables = (block for block in walk(document) if isinstance(block, Table))
    used = sorted({_percent(share) for table in tables for share in table.shares})
    return "".join(f"\n.w{number}{{width:{number}%}}" for number in used)


def embedded(raw: bytes) -> str:
    """The receipt in a page. Raises ValueError where there is none."""
    found = _RECEIPT.search(raw.decode("utf-8", "replace").replace("\r\n", "\n"))
    if not found:
        raise ValueError("it carries no receipt")
    return html.unescape(found.group(1))


def fingerprint(raw: str | bytes) -> str:
    """The hash of the page without its receipt."""
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
    return hashlib.sha256(_RECEIPT.sub("", text.replace("\r\n", "\n"), count=1).strip().encode()).hexdigest()
