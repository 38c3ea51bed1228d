"""gapcheck prove: the properties of a lawbook, proved."""

from __future__ import annotations

import json
import sys

import click

from gapcheck.commands.options import completes, write


@click.command("prove")
@click.argument("rules", nargs=-1, shell_complete=completes("dir"))
@click.option(
    "--only", multiple=True, metavar="ID", help="Prove this property only.", shell_complete=completes("properties")
)
@click.option("--format", "face", type=click.Choice(("table", "json")), default="table", show_default=True)
@click.option("-o", "--output", metavar="FILE", help="Write to a file.")
def command(rules: tuple[str, ...], only: tuple[str, ...], face: str, output: str | None) -> None:
    """Prove the properties that a lawbook states of itself, over every case, nation, date and reading.

    RULES is a lawbook, or folders to be laid over the packaged one; without it the packaged one is proved. For a property
    that does not hold, the smallest case against it is shown as a command.

    Exit code 0: all hold, 1: one is broken, 2: bad input.
    """
    from gapcheck.law.lawbook import Lawbook
    from gapcheck.prove.report import proof_data, proof_table
    from gapcheck.prove.run import chosen, prove

    book = Lawbook.load(*rules)
    total = len(chosen(book, only))
    proofs = []
    for proof in prove(book, only, rules):
        proofs.append(proof)
        click.echo(f"{len(proofs)} of {total}: {proof.stated['title']}", err=True)
    text = (
        proof_table(proofs) if face == "table" else json.dumps(proof_data(book, proofs), ensure_ascii=False, indent=2)
    )
    write(text, output)
    sys.exit(0 if all(proof.holds for proof in proofs) else 1)
