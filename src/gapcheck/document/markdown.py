"""Markdown, for a page or a pull request. What strangers wrote is escaped; the receipt is a comment at the end."""

from __future__ import annotations

import hashlib
import re

from tabulate import tabulate

from gapcheck.document.answer import Answer, Look
from gapcheck.document.blocks import (
    Contents,
    Document,
    Facts,
    Figure,
    Heading,
    Inline,
    Items,
    Paragraph,
    Run,
    Table,
    anchors,
    labels,
    shown,
)
from gapcheck.document.receipt import sealing
from gapcheck.document.same import text_beyond as beyond
from gapcheck.document.words import plain

__all__ = ["beyond", "embedded", "fingerprint", "render", "text_of"]

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|&~$]|(?<=\])\()|^(\s*)([-+=:]|\d+(?=[.)]))")
_RECEIPT = re.compile(r"\n<!-- gapcheck-receipt\n(.*?)\n-->\s*$", re.S)


def escape(text: str) -> str:
    """Text that stays text in Markdown."""
    return _SPECIAL.sub(_escaped, plain(text))


def _escaped(found: re.Match[str]) -> str:
    if found[1]:
        return f"\\{found[1]}"
    return f"{found[2]}\\{found[3]}" if not found[3].isdigit() else f"{found[2]}{found[3]}\\"


def render(answer: Answer, look: Look) -> str:
    """The document of an answer as Markdown (the tables in the manner of GitHub), its receipt in a comment at the end."""
    text = text_of(answer.document(look.full))
    receipt = sealing(answer)(fingerprint(text))
    if not receipt:
        return text
    inside = receipt.replace("--", "-\\u002d")  # JSON stays the same; a comment may not hold two hyphens
    return f"{text}\n\n<!-- gapcheck-receipt\n{inside}\n-->"


def text_of(document: Document) -> str:
    """A document as Markdown."""
    names = labels(document)
    parts = [f"# {escape(document.title)}"]
    if document.subtitle:
        parts.append(escape(document.subtitle))
    for block in document.blocks:
        parts += _block(document, block, names)
    return "\n\n".join(part for part in parts if part)


def _block(document: Document, block: object, names: dict[str, str]) -> list[str]:
    if isinstance(block, Heading):
        anchor = f'<a id="{block.id}"></a>' if block.id else ""
        return [f"{'#' * min(block.level + 1, 6)} {anchor}{escape(block.text)}"]
    if isinstance(block, Paragraph):
        return [_runs(block.inline, names)]
    if isinstance(block, Items):
        marks = (f"{number}." if block.ordered else "-" for number in range(1, len(block.items) + 1))
        return ["\n".join(f"{mark} {_runs(item, names)}" for mark, item in zip(marks, block.items, strict=True))]
    if isinstance(block, Facts):
        return [
            "\n".join(f"- **{escape(term)}**: {_runs(text, names)}" for term, texts in block.pairs for text in texts)
        ]
    if isinstance(block, Table):
        return _table(block, names)
    if isinstance(block, Figure):
        caption = f'<a id="{block.id}"></a>**{names[block.id]}.** {escape(block.caption)}'
        return [caption, escape(block.alt), *(_table(block.table, names) if block.table else [])]
    if isinstance(block, Contents):
        return [
            "\n".join(
                f"{'  ' * (heading.level - 1)}- {_link(heading.text, anchor)}"
                for heading, anchor in anchors(document)
                if heading.level <= block.depth and heading.id
            )
        ]
    return []


def _table(block: Table, names: dict[str, str]) -> list[str]:
    align = ["right" if column in block.numeric else "left" for column in range(len(block.header))]
    grid = tabulate(
        [[_runs(cell, names) for cell in row] for row in block.rows],
        [_runs(cell, names) for cell in block.header],
        tablefmt="github",
        disable_numparse=True,
        colalign=align if block.rows else None,
    )
    return [f'<a id="{block.id}"></a>**{names[block.id]}.** {escape(block.caption)}', grid]


def _link(text: str, anchor: str) -> str:
    return f"[{escape(text)}](#{anchor})"


def _runs(cells: Inline, names: dict[str, str]) -> str:
    return "".join(_run(run, names) for run in cells)


def _run(run: Run, names: dict[str, str]) -> str:
    text = "<br>".join(escape(line) for line in shown(run, names).split("\n"))
    core = text.strip()
    if not core:
        return text
    if run.code:
        core = f"<code>{core}</code>"
    if run.strong:
        core = f"**{core}**"
    if run.emphasis:
        core = f"*{core}*"
    if run.ref:
        core = f"[{core}](#{run.ref})"
    elif run.link:
        core = f"[{core}](<{run.link.replace('<', '%3C').replace('>', '%3E')}>)"
    return text.replace(text.strip(), core, 1)


def embedded(raw: bytes) -> str:
    """The receipt in a file of Markdown. Raises ValueError where there is none."""
    found = _RECEIPT.search(raw.decode("utf-8", "replace").replace("\r\n", "\n"))
    if not found:
        raise ValueError("it carries no receipt")
    return found.group(1)


def fingerprint(raw: str | bytes) -> str:
    """The hash of the text without its receipt."""
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
    return hashlib.sha256(_RECEIPT.sub("", text.replace("\r\n", "\n")).strip().encode()).hexdigest()
