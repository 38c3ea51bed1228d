"""gapcheck can: one question, answered."""

from __future__ import annotations

import sys
from typing import Any

import click

from gapcheck.commands.options import Common, common, completes, second_opinion
from gapcheck.engine.confirmed import confirmed

EXIT = {"open": 0, "available": 0, "barred": 1, "unknown": 3}


@click.command("can")
@click.argument("act", shell_complete=completes("acts"))
@click.option("--profession", help="The profession of the person.", shell_complete=completes("professions"))
@click.option(
    "--registered",
    multiple=True,
    metavar="REGISTER[:STATUS[:AS]]",
    help="A register held, or hoped for.",
    shell_complete=completes("registration"),
)
@click.option(
    "--annotation",
    multiple=True,
    help="An annotation to the register entry; none for none.",
    shell_complete=completes("annotation"),
)
@click.option(
    "--entitlement",
    multiple=True,
    help="An entitlement under the employer's procedures; none for none.",
    shell_complete=completes("entitlement"),
)
@click.option(
    "--arrangement",
    multiple=True,
    help="An arrangement in place; none for none.",
    shell_complete=completes("arrangement"),
)
@click.option("--medicine", help="The medicine.", shell_complete=completes("medicines"))
@click.option(
    "--fact",
    "facts",
    multiple=True,
    metavar="NAME=VALUE",
    help="Another fact of the case.",
    shell_complete=completes("fact"),
)
@common
@second_opinion
def command(options: Common, act: str, cross_check: bool | None, **stated: Any) -> None:
    """Answer one question: may this person do this ACT?

    Exit code 0: open or available, 1: barred, 3: it depends on facts that are not stated.
    """
    from gapcheck.engine.answers import ask
    from gapcheck.findings.reply import Reply
    from gapcheck.profile.question import question

    book = options.lawbook()
    asked = question(book, act, options.nation or book.data["assumes"]["nation"], stated, ask_register=True)
    law = options.law(book)
    (answer,) = confirmed([ask(asked.profile, law, asked.act, asked.case(law))], cross_check)
    options.give(Reply(answer))
    sys.exit(EXIT[answer.act.verdict])
