"""The one way out: `render` writes an answer in a format. Nothing else knows which formats there are.

A new format is one module with `render(answer, look)`, and one entry in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from gapcheck.document.answer import PLAIN, Answer, Look
from gapcheck.errors import problem

if TYPE_CHECKING:
    from types import ModuleType


class Format(NamedTuple):
    """A format: its module beside this one, the endings of its files, the part of an answer that it shows, and whether its
    bytes are for a program rather than for an eye."""

    module: str
    endings: tuple[str, ...]
    part: str = "document"
    binary: bool = False


FORMATS = {
    "table": Format("terminal", ("txt",)),
    "json": Format("json", ("json",), "data"),
    "markdown": Format("markdown", ("md", "markdown")),
    "html": Format("html", ("html", "htm")),
    "docx": Format("docx", ("docx",), binary=True),
    "pdf": Format("pdf", ("pdf",), binary=True),
    "xlsx": Format("xlsx", ("xlsx",), "sheets", binary=True),
    "csv": Format("csv", ("csv",), "sheets"),
    "sarif": Format("sarif", ("sarif",), "places"),
    "junit": Format("junit", ("xml",), "places"),
}
_NEEDS = ("docx", "lxml", "pypdf", "typst", "xlsxwriter")


def names(*without: str) -> tuple[str, ...]:
    """The formats of an answer that lacks these parts."""
    return tuple(name for name, item in FORMATS.items() if item.part not in without)


def format_of(asked: str | None, output: str | None, offered: Sequence[str], default: str = "table") -> str:
    """The format of an output: as asked for, else what the ending of its name says, else `default`.

    Raises InputError for an ending that is no format or contradicts what was asked for, and for a format that is not offered.
    """
    if output in (None, "-") or _special(str(output)):
        return asked or default
    name = str(output).replace("\\", "/").rpartition("/")[2]
    ending = name.rpartition(".")[2].lower() if "." in name.lstrip(".") else ""
    named = next((key for key, item in FORMATS.items() if ending in item.endings), "")
    allowed = ", ".join(f".{end}" for key in offered for end in FORMATS[key].endings)
    help = f"a name ends in {allowed}"
    if not named:
        raise problem(str(output), f"`.{ending}` is no format" if ending else "the name says no format", None, help)
    if named not in offered:
        raise problem(str(output), f"there is no {named} of this answer", None, help)
    if asked and asked != named:
        raise problem(str(output), f"the name says {named}, and --format says {asked}", None, "let them agree")
    return named


def _special(output: str) -> bool:
    """Whether a name stands for a device or a pipe, whose name says nothing."""
    import os
    import stat

    try:
        mode = os.stat(output).st_mode
    except (OSError, ValueError):
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def rendered(answer: Answer, format: str, look: Look = PLAIN) -> str | bytes:
    """An answer in a format: text, or bytes for Word, PDF and Excel.

    Raises InputError where a library that the format needs is not installed.
    """
    found: str | bytes = _module(format).render(answer, look)
    return found


def render(answer: Answer, format: str, output: str | None = None, full: bool = False) -> None:
    """Write an answer in a format to a file, or to standard output.

    Raises InputError where it cannot be written, and as `rendered` does.
    """
    from gapcheck.document.output import look_of, write

    if FORMATS[format].binary and output in (None, "-"):
        import sys

        if sys.stdout.isatty():
            raise problem("--format", "that format is not for a terminal", None, "name a file: -o FILE")
    write(rendered(answer, format, look_of(full, output)), output, format)


def fingerprint(raw: str | bytes, format: str) -> str:
    """The SHA-256 of what a rendered answer shows, its receipt left out; the same after a program has merely saved it
    again. Raises ValueError for what is no such file."""
    return str(_module(format).fingerprint(raw))


def beyond(raw: bytes, fresh: str | bytes, format: str) -> list[str]:
    """What a file shows or holds that an answer rendered afresh does not, in words; nothing where it is that answer."""
    found: list[str] = _module(format).beyond(raw, fresh)
    return found


def embedded(raw: bytes, format: str) -> str:
    """The receipt that a rendered document carries, as JSON text. Raises ValueError where there is none."""
    return str(_module(format).embedded(raw))


def _module(format: str) -> ModuleType:
    try:
        return import_module(f"gapcheck.document.{FORMATS[format].module}")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] not in _NEEDS:
            raise
        raise problem(
            f"--format {format}", f"needs the library `{error.name}`", None, "pip install 'gapcheck[reports]'"
        ) from None
