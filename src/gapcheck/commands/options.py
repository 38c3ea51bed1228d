"""What the commands share: the common options, and how an answer leaves by the one way out."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from gapcheck.document.render import FORMATS, format_of, names, render
from gapcheck.errors import problem
from gapcheck.law.day import day

if TYPE_CHECKING:
    from gapcheck.document.answer import Answer
    from gapcheck.law.dated import Law
    from gapcheck.law.lawbook import Lawbook

ALL = names("places")  # the formats of an answer that is not about places in files
WITH_PLACES = tuple(FORMATS)


class Common(NamedTuple):
    """The options that every answering command shares."""

    as_at: str | None
    nation: str | None
    reforms: tuple[str, ...]
    readings: tuple[str, ...]
    rules: tuple[str, ...]
    format: str
    output: str | None
    full: bool = False
    places: tuple[str, ...] = ()  # of a command that takes several nations

    def give(self, answer: Answer) -> None:
        """Write an answer in the format and to the place asked for. Raises InputError where that cannot be done."""
        render(answer, self.format, self.output, self.full)

    def keep(self, inputs: Iterable[str]) -> None:
        """Raises InputError where the output is one of these inputs."""
        from gapcheck.document.output import check_output

        check_output(self.output, inputs)

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


def asked_again(asked: Mapping[str, Any], rules: Sequence[str]) -> Common:
    """The options of an answer that a receipt says how to make again. `asked`: its part of that name; `rules`: another lawbook."""
    rests = asked["lawbook"]
    readings = tuple(f"{key}={value}" for key, value in rests["interpretations"].items())
    return Common(rests["as_at"], rests["nation"], tuple(rests["reforms"]), readings, tuple(rules), "json", None)


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


def common(  # noqa: PLR0917
    command: Callable[..., Any],
    formats: Sequence[str] = ALL,
    default: str = "table",
    several_nations: bool = False,
    law: bool = True,
    named: bool = True,
    also: Sequence[str] = (),
) -> Callable[..., Any]:
    """Give a command the shared options, as one `Common`. `formats`: those that its answer has; `default`: the one where
    nobody names any; `several_nations`: --nation is repeatable, and gives the `places`; `law`: with the options that choose
    the law; `named`: the name of the output says the format; `also`: endings of what the command itself writes."""

    @functools.wraps(command)
    def wrapped(**given: Any) -> Any:
        own = {key: given.pop(key) for key in Common._fields if key in given}
        output, key = own.get("output"), given.pop("sign", None)
        if key is not None:
            from gapcheck.document.signature import check_key

            check_key(key, output)
        if output is not None:
            from gapcheck.document.output import check_output

            check_output(output, _files([*given.values(), own.get("rules", ())]))
        says = named and not str(output).lower().endswith(tuple(f".{ending}" for ending in also))
        own["format"] = format_of(own["format"], output if says else None, formats, default)
        common = Common(
            **{**dict.fromkeys(("as_at", "nation")), **dict.fromkeys(("reforms", "readings", "rules"), ()), **own}
        )
        if key is None:
            return command(common, **given)
        return _signed(key, output, functools.partial(command, common, **given))

    for option in reversed([*(_of_law(several_nations) if law else ()), *_of_output(formats)]):
        wrapped = option(wrapped)
    return wrapped


def _of_law(several_nations: bool) -> list[Callable[..., Any]]:
    return [
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
    ]


def _of_output(formats: Sequence[str]) -> list[Callable[..., Any]]:
    return [
        click.option(
            "--format",
            type=click.Choice(formats),
            help="How the answer is written; without it the name of the file given with -o says so.",
        ),
        click.option("-o", "--output", metavar="FILE", help="Write to a file.", shell_complete=completes("file")),
        click.option("--full", is_flag=True, help="Everything; else what a reader needs first."),
        click.option(
            "--sign",
            metavar="KEY",
            shell_complete=completes("file"),
            help="Put a signature beside the file, FILE.sig, made with this SSH key by ssh-keygen.",
        ),
    ]


def _signed(key: str, output: Any, run: Callable[[], Any]) -> Any:
    """Run a command, and sign what it wrote; its exit code stays."""
    from gapcheck.document.signature import sign

    try:
        found = run()
    except SystemExit as end:
        if end.code in (None, 0, 1, 3):
            sign(str(output), key)
        raise
    sign(str(output), key)
    return found


def _files(given: Iterable[Any]) -> Iterator[str]:
    """The files that options and arguments name, and the files of rules in folders that they name."""
    for value in given:
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, str) and item not in ("", "-"):
                yield item
                if os.path.isdir(item):
                    for folder, _, found in os.walk(item):
                        yield from (os.path.join(folder, name) for name in found if name.endswith((".yaml", ".yml")))


def second_opinion(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option `--cross-check`: True (it must be), False (it must not) or None (where installed)."""
    option = click.option(
        "--cross-check/--no-cross-check",
        default=None,
        envvar="GAPCHECK_CROSS_CHECK",
        help="Decide with the second engine too (where durable-rules is installed).",
    )
    return option(command)
