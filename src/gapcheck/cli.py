"""The command line: finds the commands by name, and puts what goes wrong into words.

Results go to standard output, everything else to standard error.
"""

from __future__ import annotations

import errno
import gc
import io
import os
import signal
import sys
import warnings
from importlib import import_module
from typing import Any, NoReturn

import click

from gapcheck.errors import DisagreementError, EngineError, InputError

STOPPED = 130  # what a shell gives where Ctrl-C ended a program

# Commands in the order of the help page, with the line that it shows. A command is imported when it is asked for.
COMMANDS = {
    "check": "Check role profiles.",
    "can": "Answer one question: may this person do this act?",
    "ask": "Answer a question in plain words.",
    "jd": "Check job descriptions and adverts.",
    "new": "Ask the questions and write a profile.",
    "verify": "Run a report again: is it identical, or what differs?",
    "explain": "Explain any id of the lawbook.",
    "matrix": "Show who may do what: professions by acts, or by tasks.",
    "timeline": "Show what a profession may do and since when, and which law changed it.",
    "submission": "Make the annex for a professional body, out of a folder of profiles and job descriptions.",
    "serve": "Open the local web page: ask, check, compare.",
    "team": "Show who covers what in a team, what hangs on one post, and what would help.",
    "pack": "Make the papers of a post or team to fill in, and read a filled pack back.",
    "law": "Compare the lawbook with the official text: what changed, and what is due.",
    "mcp": "Serve the tools that assistants call.",
    "workforce": "Check a whole workforce: a table of posts in, a table of findings out.",
    "claims": "Check a submission's own statements against the law and against each other.",
    "conform": "Put the questions of law to another program, and print a scorecard.",
    "diff": "Show what changes between two laws, and for whom.",
    "lint": "Check a lawbook: form, links, dates, logic and examples.",
    "review": "Show who vouches for the lawbook; print a reviewer's worksheet, and read it back.",
    "scaffold": "Write the files of a new rule, task, instrument, wording or reform.",
    "export": "Write the matrix, the evidence and the lawbook as tidy tables.",
    "prove": "Prove the properties of a lawbook over every case, nation, date and reading.",
}


class _Commands(click.Group):
    """Says bad input in words with exit code 2, and our own faults with exit code 70; never a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command that is named; help where there is none of the name."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from gapcheck.errors import nearest

            raise click.UsageError(f"{error.message} {nearest(args[0], COMMANDS).capitalize()}", ctx) from None

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"gapcheck.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """The commands that begin so, without importing one of them."""
        from click.shell_completion import CompletionItem

        found = [CompletionItem(name, help=says) for name, says in COMMANDS.items() if name.startswith(incomplete)]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def invoke(self, ctx: click.Context) -> Any:
        """The command. Ctrl-C ends it with a word and a code of its own: click would say 1, which is an answer here."""
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, click.Abort):
            _stopped()

    def main(self, *args: Any, **kwargs: Any) -> Any:
        if "_GAPCHECK_COMPLETE" in os.environ:
            from gapcheck.commands.completion import switch_on

            switch_on()
        try:
            return super().main(*args, **kwargs)
        except InputError as error:
            for item in error.problems:
                click.echo(f"error: {item}", err=True)
            sys.exit(2)
        except (DisagreementError, EngineError) as error:
            click.echo(
                f"error: {error}\n  help: do not rely on either answer; please report this with the command and the file "
                "(--no-cross-check asks our own engine alone)",
                err=True,
            )
            sys.exit(70)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                self._fault(error)
            click.echo("error: standard output: cannot be written: the disk is full", err=True)
            sys.exit(2)
        except Exception as error:
            self._fault(error)

    def _fault(self, error: Exception) -> NoReturn:
        """What is our own fault."""
        if os.environ.get("GAPCHECK_DEBUG"):
            raise error
        click.echo(
            f"gapcheck failed: {type(error).__name__}: {error}\n  help: this is our fault; please report it with the "
            "command and the file (GAPCHECK_DEBUG=1 shows more)",
            err=True,
        )
        sys.exit(70)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gapcheck", message="gapcheck %(version)s")
def main() -> None:
    """Who may lawfully do what in UK health care, and what registration would change.

    gapcheck informs; it is not legal advice.
    """


def _stopped() -> NoReturn:
    """After Ctrl-C. A second one changes nothing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    click.echo("\nstopped; no file is half written", err=True)
    sys.exit(STOPPED)


class _Messages(io.TextIOWrapper):
    """Standard error. Where it cannot be written, as on a full disk, the answer and the exit code stay what they are."""

    def write(self, text: str) -> int:
        try:
            return super().write(text)
        except OSError:
            return len(text)

    def flush(self) -> None:
        try:
            super().flush()
        except OSError:
            return


def _stand_in() -> None:
    """Give the program standard streams where whoever started it closed them: a file that it opens must not take their place."""
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None:
            place = os.open(os.devnull, os.O_RDWR)
            if place != number:
                os.dup2(place, number)
                os.close(place)
            stream = open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)  # what nothing refers to is closed
    error = sys.stderr
    if isinstance(error, io.TextIOWrapper):
        sys.stderr = _Messages(error.buffer, error.encoding, "backslashreplace", line_buffering=True)


def run() -> None:
    """The program: `main`, without what a short-lived process has no need of.

    Collecting garbage and taking the interpreter down in order take a fifth of the time of `gapcheck check`.
    """
    gc.set_threshold(200_000)
    if not os.environ.get("GAPCHECK_DEBUG"):
        warnings.simplefilter("ignore")  # what libraries say to programmers, of files that strangers made
    _stand_in()
    code: int | str | None = 0
    try:
        main()
    except SystemExit as end:
        code = end.code
    except KeyboardInterrupt:  # before the command began
        code = STOPPED
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            continue
    os._exit(code if isinstance(code, int) else 1 if code else 0)


if __name__ == "__main__":
    run()
