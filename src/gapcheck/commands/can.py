"""gapcheck can: one question, answered."""

from __future__ import annotations

import sys
from typing import Any

import click

from gapcheck.commands.options import Common, common, confirmed, second_opinion, width, write

EXIT = {"open": 0, "available": 0, "barred": 1, "unknown": 3}


@click.command("can")
@click.argument("act")
@click.option("--profession", help="The profession of the person.")
@click.option("--registered", multiple=True, metavar="REGISTER[:STATUS[:AS]]", help="A register held, or hoped for.")
@click.option("--annotation", multiple=True, help="An annotation to the register entry; `none` for none.")
@click.option("--entitlement", multiple=True, help="An entitlement under the employer's procedures; `none` for none.")
@click.option("--arrangement", multiple=True, help="An arrangement in place; `none` for none.")
@click.option("--medicine", help="The medicine.")
@click.option("--fact", "facts", multiple=True, metavar="NAME=VALUE", help="Another fact of the case.")
@common
@second_opinion
def command(options: Common, act: str, cross_check: bool | None, **stated: Any) -> None:
    """Answer one question: may this person do this ACT?

    Exit code 0: open or available, 1: barred, 3: it depends on facts that are not stated.
    """
    from gapcheck.engine.answers import ask
    from gapcheck.profile.question import question

    book = options.lawbook()
    asked = question(book, act, options.nation or book.data["assumes"]["nation"], stated)
    law = options.law(book)
    (answer,) = confirmed([ask(asked.profile, law, asked.act, asked.case(law))], cross_check)
    if options.face == "json":
        import json

        from gapcheck.report.data import answer_data

        text = json.dumps(answer_data(answer), ensure_ascii=False, indent=2)
    elif options.face == "markdown":
        from gapcheck.report.markdown import answer_markdown

        text = answer_markdown(answer)
    else:
        from gapcheck.report.table import answer_table

        text = answer_table(answer, width())
    write(text, options.output)
    sys.exit(EXIT[answer.act.verdict])
