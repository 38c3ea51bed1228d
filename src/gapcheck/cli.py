"""The commands, thin: options in, findings out. Results on standard output, everything else on standard error."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from gapcheck.errors import InputError, Problem, problem

if TYPE_CHECKING:
    from gapcheck.law.dated import Law
    from gapcheck.law.lawbook import Lawbook

FORMATS = ("table", "json", "markdown")
LEVELS = ("unknown", "risky", "restricted", "blocked")  # from mild to worst
EXIT = {"open": 0, "available": 0, "barred": 1, "unknown": 3}


class _Group(click.Group):
    """Says bad input in words with exit code 2, and our own faults with exit code 70; never a traceback."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **kwargs)
        except InputError as error:
            for item in error.problems:
                click.echo(f"error: {item}", err=True)
            sys.exit(2)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except Exception as error:
            if os.environ.get("GAPCHECK_DEBUG"):
                raise
            click.echo(
                f"gapcheck failed: {type(error).__name__}: {error}\n  help: this is our fault; please report it with the "
                "command and the file (GAPCHECK_DEBUG=1 shows more)",
                err=True,
            )
            sys.exit(70)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gapcheck", message="gapcheck %(version)s")
def main() -> None:
    """Who may lawfully do what in UK health care, and what registration would change.

    gapcheck informs; it is not legal advice.
    """


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


@main.command()
@click.argument("profiles", nargs=-1, required=True, metavar="PROFILE...")
@common
@click.option("--fail-on", type=click.Choice(LEVELS), help="Exit with 1 when a finding is this bad or worse.")
def check(options: Common, profiles: tuple[str, ...], fail_on: str | None) -> None:
    """Check role profiles: which tasks are blocked, restricted or risky, why, and what would open them.

    PROFILE is a YAML or JSON file; - reads standard input.
    """
    from gapcheck.engine.findings import check as check_profile
    from gapcheck.profile.read import read_profile

    book = options.lawbook()
    problems: list[Problem] = []
    found = []
    for path in profiles:
        try:
            found.append(read_profile(path, book))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    reports = [check_profile(profile, options.law(book, profile.nation)) for profile in found]
    _write(_faces(options.face, reports), options.output)
    worst = max(
        (LEVELS.index(item.status) for report in reports for item in report.findings if item.status in LEVELS),
        default=-1,
    )
    if fail_on and worst >= LEVELS.index(fail_on):
        sys.exit(1)


def _faces(face: str, reports: list[Any]) -> str:
    if face == "json":
        import json

        from gapcheck.report.data import report_data

        data = [report_data(report) for report in reports]
        return json.dumps(data[0] if len(data) == 1 else data, ensure_ascii=False, indent=2)
    if face == "markdown":
        from gapcheck.report.markdown import markdown

        return "\n\n".join(markdown(report) for report in reports)
    from gapcheck.report.table import table

    return "\n\n".join(table(report, _width()) for report in reports)


@main.command()
@click.argument("act")
@click.option("--profession", help="The profession of the person.")
@click.option("--registered", multiple=True, metavar="REGISTER[:STATUS[:AS]]", help="A register held, or hoped for.")
@click.option("--annotation", multiple=True, help="An annotation to the register entry; `none` for none.")
@click.option("--entitlement", multiple=True, help="An entitlement under the employer's procedures; `none` for none.")
@click.option("--arrangement", multiple=True, help="An arrangement in place; `none` for none.")
@click.option("--medicine", help="The medicine.")
@click.option("--fact", "facts", multiple=True, metavar="NAME=VALUE", help="Another fact of the case.")
@common
def can(options: Common, act: str, **stated: Any) -> None:
    """Answer one question: may this person do this ACT?

    Exit code 0: open or available, 1: barred, 3: it depends on facts that are not stated.
    """
    from gapcheck.engine.answers import ask
    from gapcheck.profile.question import question

    book = options.lawbook()
    asked = question(book, act, options.nation or book.data["assumes"]["nation"], stated)
    law = options.law(book)
    answer = ask(asked.profile, law, asked.act, asked.case(law))
    if options.face == "json":
        import json

        from gapcheck.report.data import answer_data

        text = json.dumps(answer_data(answer), ensure_ascii=False, indent=2)
    elif options.face == "markdown":
        from gapcheck.report.markdown import answer_markdown

        text = answer_markdown(answer)
    else:
        from gapcheck.report.table import answer_table

        text = answer_table(answer, _width())
    _write(text, options.output)
    sys.exit(EXIT[answer.act.verdict])


@main.command()
@click.argument("id", required=False)
@click.option("--list", "kind", metavar="KIND", help="List the ids of a kind (tasks, acts, routes, professions, ...).")
@common
def explain(options: Common, id: str | None, kind: str | None) -> None:
    """Explain a rule, route, task, act, provision, profession or any other ID in plain words, with its law and examples."""
    from gapcheck.report.explain import explained, listed

    book = options.lawbook()
    law = options.law(book)
    if kind is None and id is None:
        raise problem("explain", "give an ID, or --list KIND", None, "gapcheck explain patient-group-direction")
    text = listed(law, kind, options.face) if kind is not None else explained(law, str(id), options.face, _width())
    _write(text, options.output)


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


def _width() -> int:
    return os.get_terminal_size().columns if sys.stdout.isatty() else 100


def _write(text: str, output: str | None) -> None:
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


if __name__ == "__main__":
    main()
