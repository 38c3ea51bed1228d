"""What the commands share: the common options, the width of the page, and how a result is written."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from gapcheck.errors import problem

if TYPE_CHECKING:
    from gapcheck.law.dated import Law
    from gapcheck.law.lawbook import Lawbook

FORMATS = ("table", "json", "markdown")


class Common(NamedTuple):
    """The options that every answering command shares."""

    as_at: str | None
    nation: str | None
    reforms: tuple[str, ...]
    readings: tuple[str, ...]
    rules: str | None
    face: str
    output: str | None

    def lawbook(self) -> Lawbook:
        """The lawbook to answer from."""
        from gapcheck.law.lawbook import Lawbook

        return Lawbook.load(self.rules)

    def law(self, book: Lawbook, nation: str | None = None) -> Law:
        """The law to answer by; `--nation` goes before the nation given."""
        chosen = {}
        for item in self.readings:
            name, equals, reading = item.partition("=")
            if not equals:
                raise problem("--interpretation", f"`{item}` is not of the form ID=READING")
            chosen[name] = reading
        return book.at(_date(self.as_at), self.nation or nation or book.data["assumes"]["nation"], chosen, self.reforms)


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the shared options, as one `Common`."""

    @functools.wraps(command)
    def wrapped(**given: Any) -> Any:
        return command(Common(**{key: given.pop(key) for key in Common._fields}), **given)

    for option in reversed(
        (
            click.option("--as-at", metavar="YYYY-MM-DD", help="The law on this date (today)."),
            click.option("--nation", help="The nation; it goes before what a profile says."),
            click.option(
                "--reform", "reforms", multiple=True, metavar="ID", help="With this reform, as if it were law."
            ),
            click.option(
                "--interpretation",
                "readings",
                multiple=True,
                metavar="ID=READING",
                help="Read a disputed provision this way.",
            ),
            click.option("--rules", metavar="DIR", help="Another lawbook, or files laid over the packaged one."),
            click.option("--format", "face", type=click.Choice(FORMATS), default="table", show_default=True),
            click.option("-o", "--output", metavar="FILE", help="Write to a file."),
        )
    ):
        wrapped = option(wrapped)
    return wrapped


def _date(text: str | None) -> str:
    from datetime import date

    if text is None:
        return date.today().isoformat()
    try:
        if len(text) != 10:
            raise ValueError
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise problem("--as-at", f"`{text}` is not a date", None, "write it as YYYY-MM-DD") from None


def width() -> int:
    return os.get_terminal_size().columns if sys.stdout.isatty() else 100


def write(text: str, output: str | None) -> None:
    """To standard output, or to a file: first beside it, then renamed, so that nothing is ever half written."""
    if output is None or output == "-":
        click.echo(text, color=False if os.environ.get("NO_COLOR") else None)
        return
    from pathlib import Path

    part = Path(f"{output}.{os.getpid()}.part")
    try:
        part.write_text(click.unstyle(text) + "\n", encoding="utf-8", newline="\n")
        part.replace(output)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise problem(output, f"cannot be written: {(error.strerror or str(error)).lower()}") from None
    click.echo(f"written: {output}", err=True)
