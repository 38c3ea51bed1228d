"""What the commands share: the common options, the width of the page, and how a result is written."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Sequence
from importlib.machinery import PathFinder
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
    rules: tuple[str, ...]
    face: str
    output: str | None
    places: tuple[str, ...] = ()  # of a command that takes several nations

    def lawbook(self) -> Lawbook:
        """The lawbook to answer from."""
        from gapcheck.law.lawbook import Lawbook

        return Lawbook.load(*self.rules)

    def law(self, book: Lawbook, nation: str | None = None) -> Law:
        """The law to answer by; `--nation` goes before the nation given."""
        from gapcheck.profile.resolve import plain_id

        where = plain_id(self.nation) if self.nation else nation or book.data["assumes"]["nation"]
        return book.at(day(self.as_at), where, self.chosen(), self.reforms)

    def chosen(self) -> dict[str, str]:
        """The readings asked for, by interpretation. Raises InputError for what is not of the form ID=READING."""
        chosen = {}
        for item in self.readings:
            name, equals, reading = item.partition("=")
            if not equals:
                raise problem("--interpretation", f"`{item}` is not of the form ID=READING")
            chosen[name] = reading
        return chosen


def completes(*kinds: str) -> Callable[[click.Context, click.Parameter, str], list[Any]]:
    """What a shell offers for a parameter that takes ids, for click's `shell_complete`.

    `kinds`: kinds of the lawbook as `explain --list` knows them, `nations`; `annotation`, `entitlement` or `arrangement`;
    `registration`, `reading` and `fact` for REGISTER[:STATUS[:AS]], ID=READING and NAME=VALUE; `anything`; `kinds`; or
    `file` and `dir`.
    """

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        from gapcheck.commands.completion import offered

        paths = [CompletionItem(incomplete, type=kind) for kind in kinds if kind in ("file", "dir")]
        return paths + offered(ctx, [kind for kind in kinds if kind not in ("file", "dir")], incomplete)

    return complete


def common(
    command: Callable[..., Any],
    formats: Sequence[str] = FORMATS,
    default: str | None = "table",
    several_nations: bool = False,
) -> Callable[..., Any]:
    """Give a command the shared options, as one `Common`. `formats`: those that it has; without a `default` the face is
    empty where nobody names one; `several_nations`: --nation is repeatable, and gives the `places`."""

    @functools.wraps(command)
    def wrapped(**given: Any) -> Any:
        given.setdefault("nation", None)
        return command(Common(**{key: given.pop(key) for key in Common._fields if key in given}), **given)

    for option in reversed(
        (
            click.option("--as-at", metavar="YYYY-MM-DD", help="The law on this date (today)."),
            click.option(
                "--nation",
                "places" if several_nations else "nation",
                multiple=several_nations,
                help="A nation to compare. Repeatable."
                if several_nations
                else "The nation; it goes before what a profile says.",
                shell_complete=completes("nations"),
            ),
            click.option(
                "--reform",
                "reforms",
                multiple=True,
                metavar="ID",
                help="With this reform, as if it were law.",
                shell_complete=completes("reforms"),
            ),
            click.option(
                "--interpretation",
                "readings",
                multiple=True,
                metavar="ID=READING",
                help="Read a disputed provision this way.",
                shell_complete=completes("reading"),
            ),
            click.option(
                "--rules",
                multiple=True,
                metavar="DIR",
                help="Another lawbook, or a folder laid over the packaged one. Repeatable: each lies over those before.",
                shell_complete=completes("dir"),
            ),
            click.option("--format", "face", type=click.Choice(formats), default=default, show_default=True),
            click.option("-o", "--output", metavar="FILE", help="Write to a file.", shell_complete=completes("file")),
        )
    ):
        wrapped = option(wrapped)
    return wrapped


def second_opinion(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option `--cross-check`: True (it must be), False (it must not) or None (where installed)."""
    option = click.option(
        "--cross-check/--no-cross-check",
        default=None,
        envvar="GAPCHECK_CROSS_CHECK",
        help="Decide with the second engine too (where durable-rules is installed).",
    )
    return option(command)


def confirmed(results: list[Any], wanted: bool | None) -> list[Any]:
    """Reports or answers on which the second engine agrees, with a note of it; as they are where it was not asked.

    Raises DisagreementError, and InputError where it is `wanted` and not installed.
    """
    if wanted is False:
        return results
    if PathFinder.find_spec("durable") is not None:
        try:
            from gapcheck.engine.crosscheck import confirm
        except ImportError:  # it does not import on Python 3.13 and later
            pass
        else:
            return confirm(results)
    if wanted:
        help = "pip install 'gapcheck[cross-check]', with a C compiler and Python 3.12 or earlier"
        raise problem("--cross-check", "durable-rules cannot be imported here", None, help)
    return results


def day(text: str | None) -> str:
    """The day of `--as-at`, today where it is not given. Raises InputError for what is no day."""
    from datetime import date

    if text is None:
        return date.today().isoformat()
    try:
        if len(text) != 10:
            raise ValueError
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise problem("--as-at", f"`{text}` is not a date", None, "give a day of the calendar as YYYY-MM-DD") from None


def width() -> int:
    return os.get_terminal_size().columns if sys.stdout.isatty() else 100


def face_of(face: str | None, output: str | None, formats: Sequence[str], default: str) -> str:
    """The format asked for: `--format`, else what the name of the file says, else `default`."""
    suffix = (output or "").rpartition(".")[2].lower()
    named = {"md": "markdown", "txt": "table", "htm": "html"}.get(suffix, suffix)
    return face or (named if named in formats else default)


def write(text: str | bytes, output: str | None) -> None:
    """To standard output, or to a file: first beside it, then renamed, so that nothing is ever half written."""
    if output is None or output == "-":
        _print(text)
        return
    from pathlib import Path

    part = Path(f"{output}.{os.getpid()}.part")
    try:
        part.write_bytes(text if isinstance(text, bytes) else f"{click.unstyle(text)}\n".encode())
        part.replace(output)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise problem(output, f"cannot be written: {(error.strerror or str(error)).lower()}") from None
    click.echo(f"written: {output}", err=True)


def _print(text: str | bytes) -> None:
    if isinstance(text, bytes) and sys.stdout.isatty():
        raise problem("--format", "that format is not for a terminal", None, "name a file: -o FILE")
    click.echo(text, nl=isinstance(text, str), color=False if os.environ.get("NO_COLOR") else None)
