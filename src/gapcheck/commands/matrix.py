"""gapcheck matrix: professions by acts, or by the tasks of a scope."""

from __future__ import annotations

from typing import Any

import click

from gapcheck.commands.options import Common, common, completes


@click.command("matrix")
@click.option("--act", "acts", multiple=True, help="Only this act. Repeatable.", shell_complete=completes("acts"))
@click.option(
    "--scope", help="The tasks of this scope of practice instead of acts.", shell_complete=completes("scopes")
)
@click.option(
    "--task", "tasks", multiple=True, help="This task instead of acts. Repeatable.", shell_complete=completes("tasks")
)
@click.option(
    "--profession",
    "professions",
    multiple=True,
    help="Only this profession. Repeatable.",
    shell_complete=completes("professions"),
)
@click.option(
    "--counts",
    is_flag=True,
    help="In numbers: of all tasks, or those of --scope and --task, how many have each status and gap, for each profession "
    "on no register and on each that is open to it.",
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
@common
def command(options: Common, counts: bool, **given: Any) -> None:
    """Show who may do what: each profession by each act, or by each task of a scope.

    Each profession is taken as it is ordinarily held: on its statutory register where it has one (or where a --reform
    registers it), otherwise on none. What an employer may arrange is left open, so that “available” means: once it is
    arranged. With --reform a cell that changes says what it was.

    \b
      gapcheck matrix
      gapcheck matrix --profession clinical-technologist --profession diagnostic-radiographer
      gapcheck matrix --scope nuclear-medicine --profession clinical-technologist
      gapcheck matrix --reform register-clinical-technologists --act irmer-refer --act irmer-justify
      gapcheck matrix --counts --profession clinical-technologist --profession healthcare-support-worker
      gapcheck matrix --act administer-pom-parenterally --medicine iodinated-contrast --format html -o matrix.html
    """
    from gapcheck.matrix.answer import Grid
    from gapcheck.matrix.ask import asked
    from gapcheck.matrix.build import matrix

    book = options.lawbook()
    law = options.law(book)
    question = asked(book, law.nation, given, counted=counts)
    if counts:
        from gapcheck.matrix.counts import CountsAnswer
        from gapcheck.matrix.counts import counts as count

        options.give(CountsAnswer(count(law, question.professions, question.columns, question.case)))
        return
    found = matrix(law, question.professions, question.kind, question.columns, question.case)
    options.give(Grid(found))
