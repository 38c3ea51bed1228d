"""gapcheck conform: another program, put to the questions of law."""

from __future__ import annotations

import functools
import sys
from typing import Any

import click

from gapcheck.commands.options import Common, common, completes
from gapcheck.document.render import names
from gapcheck.errors import nearest, problem


@click.command("conform")
@click.option("--engine", metavar="COMMAND", help="The program: it answers lines of JSON on standard input.")
@click.option(
    "--questions", metavar="FILE", help="Another data set than the packaged one.", shell_complete=completes("file")
)
@click.option("--act", "acts", multiple=True, help="Only this act. Repeatable.", shell_complete=completes("acts"))
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=60.0, show_default=True, help="Seconds without an answer."
)
@click.option(
    "--write", metavar="FILE", help="Write the data set to a file, and ask nobody.", shell_complete=completes("file")
)
@functools.partial(common, law=False, formats=names("places"))
def command(options: Common, *, engine: str | None, write: str | None, **given: Any) -> None:
    """Put the questions of law to another program, and print a scorecard by provision.

    COMMAND is started once. It reads a question a line on its standard input and writes an answer a line on its standard
    output, in any order: {"id": ..., "verdict": open | available | unknown | barred | not-covered}, and where it can the state
    of each route: "routes": {ROUTE: STATE}.

    \b
      gapcheck conform --engine "python examples/conform/own.py"
      gapcheck conform --engine ./my-engine --act irmer-refer --format json
      gapcheck conform --write questions.jsonl

    Exit code 0: nothing wrong and nothing unanswered, 1: something is, 2: bad input.
    """
    from gapcheck.conform.questions import lines, read, shipped
    from gapcheck.conform.report import Scorecard
    from gapcheck.conform.run import put
    from gapcheck.conform.score import score
    from gapcheck.document.output import write as written
    from gapcheck.law.lawbook import Lawbook

    if (engine is None) == (write is None):
        raise problem("conform", "name a program to ask, or a file to write", None, "--engine COMMAND, or --write FILE")
    found = read(given["questions"]) if given["questions"] else shipped()
    acts = given["acts"]
    if write:
        written("\n".join(lines(found)), write)
        return
    known = {case.asked["act"] for case in found.cases}
    for act in acts:
        if act not in known:
            raise problem("--act", f"no question is about `{act}`", None, nearest(act, known))
    if acts:
        found = found._replace(cases=tuple(case for case in found.cases if case.asked["act"] in acts))
    assert engine is not None
    result = score(engine, found, *put(engine, found.cases, given["timeout"]))
    options.give(Scorecard(result, Lawbook.load()))
    sys.exit(0 if result.conforms else 1)
