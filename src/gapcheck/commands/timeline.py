"""gapcheck timeline: what a profession may do, and since when."""

from __future__ import annotations

import functools
from typing import Any

import click

from gapcheck.commands.options import Common, common, completes
from gapcheck.errors import problem


@click.command("timeline")
@click.argument(
    "professions", nargs=-1, required=True, metavar="PROFESSION...", shell_complete=completes("professions")
)
@click.option("--act", "acts", multiple=True, help="Only this act. Repeatable.", shell_complete=completes("acts"))
@click.option(
    "--task", "tasks", multiple=True, help="This task instead of acts. Repeatable.", shell_complete=completes("tasks")
)
@click.option("--medicine", help="The medicine of every case.", shell_complete=completes("medicines"))
@click.option(
    "--fact",
    "facts",
    multiple=True,
    metavar="NAME=VALUE",
    help="A fact of every case. Repeatable.",
    shell_complete=completes("fact"),
)
@functools.partial(common, several_nations=True)
def command(options: Common, **given: Any) -> None:
    """Show what a profession may do and since when, over all days on which the law changed, and which instrument changed it.

    Each profession is taken as it is ordinarily held on the day: on its statutory register where it has one, otherwise on none.
    Where the lawbook begins later than the law, or cannot tell the law before a day, it says "on or before" and never "since".
    Law that is made and not in force yet is marked. An act about titles is asked about the profession's own.

    \b
      gapcheck timeline clinical-technologist
      gapcheck timeline clinical-technologist diagnostic-radiographer --act administer-pom-parenterally
      gapcheck timeline dental-hygienist --act administer-pom-parenterally --medicine lidocaine --full
      gapcheck timeline nurse --act irmer-refer --nation england --nation northern-ireland -o nurse.docx
    """
    from gapcheck.matrix.ask import asked
    from gapcheck.profile.resolve import plain_id
    from gapcheck.timeline.answer import Chart
    from gapcheck.timeline.build import timeline

    if options.reforms:
        raise problem(
            "--reform",
            "a reform is not law and has no day",
            None,
            "leave it out; gapcheck matrix compares with reforms",
        )
    book = options.lawbook()
    nations = tuple(dict.fromkeys(map(plain_id, options.places))) or (str(book.data["assumes"]["nation"]),)
    laws = [options._replace(nation=nation).law(book) for nation in nations]
    question = asked(book, laws[0].nation, {**given, "scope": None}, "timeline")
    found = timeline(laws[0], nations, question.professions, question.kind, question.columns, case=question.case)
    options.give(Chart(found))
