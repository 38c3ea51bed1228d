"""gapcheck ask: a question in plain words, answered."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from gapcheck.commands.options import Common, common, completes, second_opinion
from gapcheck.engine.confirmed import confirmed

if TYPE_CHECKING:
    from gapcheck.ask.answer import Answered
    from gapcheck.ask.understood import Understood
    from gapcheck.law.lawbook import Lawbook


@click.command("ask")
@click.argument("question", nargs=-1, required=True)
@click.option(
    "--profession", help="Who is meant, where the words leave it open.", shell_complete=completes("professions")
)
@click.option(
    "--registered",
    multiple=True,
    metavar="REGISTER[:STATUS[:AS]]",
    help="The register that the person is on; none for none.",
    shell_complete=completes("registration"),
)
@click.option("--medicine", help="Which medicine is meant.", shell_complete=completes("medicines"))
@common
@second_opinion
def command(  # noqa: PLR0917
    options: Common,
    question: tuple[str, ...],
    profession: str | None,
    registered: tuple[str, ...],
    medicine: str | None,
    cross_check: bool | None,
) -> None:
    """Answer a QUESTION in plain words, such as "can a technologist on the RCT give contrast in Cardiff?"

    It says what it understood. What it understood wrongly is put right by saying it in other words or with the options.
    Exit code 0: open or available, 1: barred, 2: not understood, 3: it depends on what was not said.
    """
    from gapcheck.ask.answer import EXIT
    from gapcheck.ask.correct import corrected
    from gapcheck.ask.reply import PlainReply, not_understood
    from gapcheck.ask.understand import understand

    book = options.lawbook()
    text = " ".join(question)
    meant = corrected(book, understand(book, text), profession, registered, medicine, options.nation, options.as_at)
    if not meant.asks:
        click.echo(not_understood(meant, book), err=True)
        sys.exit(2)
    found = _confirmed(book, meant, options, cross_check)
    if _at_a_terminal(options):
        from gapcheck.ask.dialogue import asked_on
        from gapcheck.interview.ask import in_terminal

        found = asked_on(in_terminal(), found, lambda one: _confirmed(book, one, options, cross_check))
    options.give(PlainReply(found, _more(options)))
    sys.exit(EXIT[found.verdict])


def _at_a_terminal(options: Common) -> bool:
    """Whether a person sits there who can be asked."""
    return options.format == "table" and not options.output and sys.stdin.isatty() and sys.stdout.isatty()


def _confirmed(book: Lawbook, meant: Understood, options: Common, cross_check: bool | None) -> Answered:
    """The answer, on which the second engine agrees where it is asked."""
    from gapcheck.ask.answer import answered

    found = answered(book, meant, options.chosen(), options.reforms)
    if found.act is not None:
        return found._replace(act=confirmed([found.act], cross_check)[0])
    return found._replace(report=confirmed([found.report], cross_check)[0])


def _more(options: Common) -> list[str]:
    """The options that choose the law, for the command that gives the answer again."""
    pairs = (("--reform", options.reforms), ("--interpretation", options.readings), ("--rules", options.rules))
    return [part for name, values in pairs for value in values for part in (name, value)]
