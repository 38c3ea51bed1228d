"""gapcheck matrix: professions by acts, or by the tasks of a scope."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import click

from gapcheck.commands.options import Common, common, completes, face_of, width, write

if TYPE_CHECKING:
    from gapcheck.matrix.model import Matrix

FORMATS = ("table", "markdown", "csv", "json", "html", "docx", "pdf")


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
@click.option("--medicine", help="The medicine of every case.", shell_complete=completes("medicines"))
@click.option(
    "--fact",
    "facts",
    multiple=True,
    metavar="NAME=VALUE",
    help="A fact of every case. Repeatable.",
    shell_complete=completes("fact"),
)
@functools.partial(common, formats=FORMATS, default=None)
def command(options: Common, **given: Any) -> None:
    """Show who may do what: each profession by each act, or by each task of a scope.

    Each profession is taken as it is ordinarily held: on its statutory register where it has one (or where a --reform
    registers it), otherwise on none. What an employer may arrange is left open, so that `available` means: once it is
    arranged. With --reform a cell that changes says what it was.

    \b
      gapcheck matrix
      gapcheck matrix --profession clinical-technologist --profession diagnostic-radiographer
      gapcheck matrix --scope nuclear-medicine --profession clinical-technologist
      gapcheck matrix --reform register-clinical-technologists --act irmer-refer --act irmer-justify
      gapcheck matrix --act administer-pom-parenterally --medicine iodinated-contrast --format html -o matrix.html
    """
    from gapcheck.matrix.ask import asked
    from gapcheck.matrix.build import matrix

    book = options.lawbook()
    law = options.law(book)
    question = asked(book, law.nation, given)
    found = matrix(law, question.professions, question.kind, question.columns, question.case)
    write(_face(face_of(options.face, options.output, FORMATS, "table"), found), options.output)


def _face(face: str, found: Matrix) -> str | bytes:
    from gapcheck.matrix.report import matrix_csv, matrix_data, matrix_table

    if face == "json":
        import json

        return json.dumps(matrix_data(found), ensure_ascii=False, indent=2)
    if face in ("csv", "table"):
        return matrix_csv(found) if face == "csv" else matrix_table(found, width())
    from gapcheck.document.render import render
    from gapcheck.matrix.document import matrix_document

    return render(matrix_document(found), face)
