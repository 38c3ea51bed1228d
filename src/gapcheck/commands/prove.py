"""gapcheck prove: the properties of a lawbook, proved."""

from __future__ import annotations

import functools
import sys

import click

from gapcheck.commands.options import Common, common, completes


@click.command("prove")
@click.argument("rules", nargs=-1, shell_complete=completes("dir"))
@click.option(
    "--only", multiple=True, metavar="ID", help="Prove this property only.", shell_complete=completes("properties")
)
@functools.partial(common, law=False)
def command(options: Common, only: tuple[str, ...]) -> None:
    """Prove the properties that a lawbook states of itself, over every case, nation, date and reading.

    RULES is a lawbook, or folders to be laid over the packaged one; without it the packaged one is proved. For a property
    that does not hold, the smallest case against it is shown as a command.

    Exit code 0: all hold, 1: one is broken, 2: bad input.
    """
    from gapcheck.law.lawbook import Lawbook
    from gapcheck.prove.report import Proofs
    from gapcheck.prove.run import chosen, prove

    rules = options.rules
    book = Lawbook.load(*rules)
    total = len(chosen(book, only))
    proofs = []
    for proof in prove(book, only, rules):
        proofs.append(proof)
        click.echo(f"{len(proofs)} of {total}: {proof.stated['title']}", err=True)
    options.give(Proofs(book, proofs))
    sys.exit(0 if all(proof.holds for proof in proofs) else 1)
