"""gapcheck claims: a submission's own statements, checked."""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING

import click

from gapcheck.commands.options import Common, common, completes

if TYPE_CHECKING:
    from gapcheck.law.dated import Law

LEVELS = {"contradicted": ("contradicted",), "qualified": ("contradicted", "qualified")}


@click.command("claims")
@click.argument("file", required=False, metavar="[FILE]", shell_complete=completes("file"))
@click.option("--fail-on", type=click.Choice(list(LEVELS)), help="Exit with 1 when a statement is this bad or worse.")
@functools.partial(common, several_nations=True)
def command(options: Common, file: str | None, fail_on: str | None) -> None:
    """Check the statements of a submission against the law, and their figures against each other.

    FILE is YAML (schema schemas/statements.schema.json; - reads standard input). Without it the claims of the lawbook's evidence
    are checked. A statement says what it says of the law in keys that the engine can decide: supported, contradicted, qualified
    (true only in some nations, on some dates, under one reading, by a framework, or on facts that are not stated), or not a legal
    claim. Where the same quantity is stated differently, or the arithmetic does not come out, the figures are listed; with
    --fail-on they count as contradicted.

    \b
      gapcheck claims examples/statements.yaml
      gapcheck claims my-submission.yaml --fail-on contradicted
      gapcheck claims -o claims.docx
    """
    from gapcheck.claims.answer import Statements
    from gapcheck.claims.read import read_statements, shipped
    from gapcheck.claims.run import check_claims
    from gapcheck.profile.resolve import plain_id

    book = options.lawbook()
    places = tuple(dict.fromkeys(map(plain_id, options.places)))
    laws = {place: options._replace(nation=place).law(book) for place in places or book.data["nations"]}
    statements = read_statements(file, book) if file else shipped(book)
    first = next(iter(laws.values()))

    def law_of(nation: str) -> Law:
        return laws.get(nation) or book.at(first.date, nation, first.readings, first.reforms)

    outcome = check_claims(statements, law_of, tuple(laws))
    shown = laws.get(book.data["assumes"]["nation"], first)
    options.give(Statements(outcome, shown, file))
    bad = LEVELS.get(fail_on or "", ())
    if any(item.verdict in bad for item in outcome.results) or (bad and outcome.inconsistent):
        sys.exit(1)
