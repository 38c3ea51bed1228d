"""Makes the Word and PDF examples from the texts beside this script: python examples/job-descriptions/make/make.py [FOLDER]

A text is lines: `# ` and `## ` headings, `- ` bullets, `| ... |` rows of a table, `HEADER:` the header of the page, `COLUMNS:`
how many columns a page has (PDF). It takes python-docx and typst.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
PDF = ("medical-physics-expert", "cardiac-physiologist", "advanced-practitioner")


def parts(text: str) -> Iterator[tuple[str, object]]:
    """The parts of a text: what they are, and their words, or the rows of a table."""
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            continue
        if rows:
            yield "table", rows
            rows = []
        for mark, kind in (
            ("# ", "h1"),
            ("## ", "h2"),
            ("- ", "bullet"),
            ("HEADER: ", "header"),
            ("COLUMNS: ", "columns"),
        ):
            if line.startswith(mark):
                yield kind, line.removeprefix(mark)
                break
        else:
            if line.strip():
                yield "text", line.strip()


def word(text: str, path: Path) -> None:
    """A Word file."""
    import docx

    document = docx.Document()
    for kind, words in parts(text):
        if isinstance(words, list):
            width = max(map(len, words))
            table = document.add_table(0, width, style="Table Grid")
            for row in words:
                cells = table.add_row().cells
                for cell, said in zip(cells, row, strict=False):
                    cell.text = said
        elif kind == "header":
            document.sections[0].header.paragraphs[0].text = str(words)
        elif kind in ("h1", "h2"):
            document.add_heading(str(words), int(kind[1]))
        else:
            document.add_paragraph(str(words), style="List Bullet" if kind == "bullet" else None)
    document.save(str(path))


def pdf(text: str, path: Path) -> None:
    """A PDF file."""
    import typst

    lines = ['#set text(font: "Libertinus Serif", size: 10.5pt)', "#set par(justify: false)"]
    for kind, words in parts(text):
        if isinstance(words, list):
            width = max(map(len, words))
            cells = ", ".join(f"[#{json.dumps(cell)}]" for row in words for cell in row + [""] * (width - len(row)))
            lines.append(f"#table(columns: {width}, {cells})")
        elif kind == "header":
            lines.insert(0, f"#set page(header: {json.dumps(words)})")
        elif kind == "columns":
            lines.insert(0, f"#set page(columns: {words})")
        else:
            mark = {"h1": "= ", "h2": "== ", "bullet": "- "}.get(kind, "")
            lines += ["", f"{mark}#{json.dumps(words)}", ""]
    path.write_bytes(typst.compile("\n".join(lines).encode(), timestamp=0))


def make(folder: Path) -> list[Path]:
    """Make every example; the paths made."""
    made = []
    for source in sorted(HERE.glob("*.source")):
        text = source.read_text(encoding="utf-8")
        path = folder / f"{source.stem}{'.pdf' if source.stem in PDF else '.docx'}"
        (pdf if source.stem in PDF else word)(text, path)
        made.append(path)
    return made


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent)
