"""gapcheck claims: a submission's own statements, checked; or the draft itself, read and checked."""

from __future__ import annotations

import functools
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from gapcheck.commands.jd import needs_libraries
from gapcheck.commands.options import Common, asked_again, common, completes
from gapcheck.errors import problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gapcheck.claims.answer import Statements
    from gapcheck.claims.model import Statement
    from gapcheck.document.receipt import Source
    from gapcheck.drafts.read import Draft
    from gapcheck.law.dated import Law
    from gapcheck.law.lawbook import Lawbook

LEVELS = {"contradicted": ("contradicted",), "qualified": ("contradicted", "qualified")}
CLAIMS = "gapcheck claims"  # the command, in a receipt
FORM = ("yaml", "yml")  # the endings of a file of statements


@click.command("claims")
@click.argument("file", required=False, metavar="[FILE]", shell_complete=completes("file"))
@click.option("--fail-on", type=click.Choice(list(LEVELS)), help="Exit with 1 when a statement is this bad or worse.")
@functools.partial(common, several_nations=True, also=FORM)
def command(options: Common, file: str | None, fail_on: str | None) -> None:
    """Check the statements of a submission against the law, and their figures against each other.

    FILE is a draft (.docx, .pdf, .txt, .md, .html, .odt, .rtf), or YAML (schema schemas/statements.schema.json; - reads standard
    input). Of a draft the sentences that state law are found, quoted with page and line, and put into keys that the engine can
    decide; what cannot be put so is listed for a person to check. With -o statements.yaml they are written for a person to confirm
    or correct, and that file is read back. Without FILE the claims of the lawbook's evidence are checked. A statement is
    supported, contradicted, qualified (true only in some nations, on some dates, under one reading, by a framework, or on
    facts that are not stated), to be checked by a person, or not a legal claim. Where it is not true, words are given that are.
    Where the same quantity is stated differently, or the arithmetic does not come out, the figures are listed; with
    --fail-on they count as contradicted.

    \b
      gapcheck claims draft.docx
      gapcheck claims draft.docx -o statements.yaml
      gapcheck claims statements.yaml --fail-on contradicted
      gapcheck claims draft.pdf -o claims.docx
    """
    from gapcheck.claims.read import statement_bytes
    from gapcheck.document.receipt import Source
    from gapcheck.jobdesc.reading.read import file_bytes

    book = options.lawbook()
    given = None
    if file:
        if is_draft(file):
            needs_libraries("gapcheck claims")
        given = Source(file, file_bytes(file) if is_draft(file) else statement_bytes(file))
    if _form(options.output):
        if given is None or not is_draft(given.name):
            help = "give the draft itself, such as draft.docx"
            raise problem(str(options.output), "statements are written of a draft", None, help)
        _write(given.name, _draft(given, book).statements, str(options.output))
        return
    answer = _checked(options, book, given)
    options.give(answer)
    outcome = answer.outcome
    bad = LEVELS.get(fail_on or "", ())
    if any(item.verdict in bad for item in outcome.results) or (bad and outcome.inconsistent):
        sys.exit(1)


def _checked(options: Common, book: Lawbook, given: Source | None, made: str = "") -> Statements:
    """The statements of a file, or of the lawbook where none is given, checked. `made`: the day of the answer (today).

    Raises InputError where the file cannot be read, or takes too long.
    """
    if given is None:
        return _answer(options, book, None, made)
    from gapcheck.jobdesc.reading.limits import in_time
    from gapcheck.jobdesc.reading.read import LIMITS

    checked = functools.partial(_answer, options, book, given, made)
    return in_time(checked, LIMITS.draft, given.name, processor=True, clock=LIMITS.whole)


def _answer(options: Common, book: Lawbook, given: Source | None, made: str) -> Statements:
    from gapcheck.claims.answer import Statements
    from gapcheck.claims.read import shipped, statements_of
    from gapcheck.claims.run import check_claims
    from gapcheck.document.receipt import receipt_of_documents
    from gapcheck.findings.data import lawbook_data
    from gapcheck.profile.resolve import plain_id

    places = tuple(dict.fromkeys(map(plain_id, options.places)))
    laws = {place: options._replace(nation=place).law(book) for place in places or book.data["nations"]}
    source = None
    if given and is_draft(given.name):
        draft = _draft(given, book)
        statements: Sequence[Statement] = draft.statements
        source = draft.source
    else:
        name = "standard input" if given and given.name == "-" else given.name if given else ""
        statements = statements_of(given.raw, name, book) if given else shipped(book)
    first = next(iter(laws.values()))

    def law_of(nation: str) -> Law:
        return laws.get(nation) or book.at(first.date, nation, first.readings, first.reforms)

    outcome = check_claims(statements, law_of, tuple(laws))
    shown = laws.get(book.data["assumes"]["nation"], first)
    asked = {"lawbook": lawbook_data(shown), "nations": list(places), "engine": "", "waivers": None}
    receipt = receipt_of_documents(CLAIMS, [given] if given else [], asked, made)
    return Statements(outcome, shown, given.name if given else None, source, receipt)


def again(receipt: Mapping[str, Any], documents: Sequence[Source], rules: Sequence[str]) -> Statements:
    """The checked statements of a receipt, made anew. `documents`: those that it names. Raises InputError where they cannot be."""
    from gapcheck.law.lawbook import Lawbook

    asked = receipt["asked"]
    options = asked_again(asked, rules)._replace(nation=None, places=tuple(asked["nations"]))
    return _checked(options, Lawbook.load(*rules), documents[0] if documents else None, receipt["made"])


def is_draft(file: str) -> bool:
    """Whether a file is a text, and no file of statements."""
    from gapcheck.jobdesc.reading.read import REFUSED_SUFFIXES, SUFFIXES

    ending = os.path.splitext(file)[1].lower()
    return ending in SUFFIXES | REFUSED_SUFFIXES and not ending.startswith(".json") and ending != ".ndjson"


def read(file: str, book: Lawbook) -> Draft:
    """A draft with its statements of law. Raises InputError where it cannot be read, or a library for that is not installed."""
    from gapcheck.document.receipt import Source
    from gapcheck.jobdesc.reading.read import file_bytes

    needs_libraries("gapcheck claims")
    return _draft(Source(file, file_bytes(file)), book)


def _draft(given: Source, book: Lawbook) -> Draft:
    from gapcheck.drafts.read import read_draft
    from gapcheck.jobdesc.reading.read import read_document

    return read_draft(read_document(given.raw, given.name), book, given.raw)


def _form(output: str | None) -> bool:
    return output is not None and output.lower().endswith(tuple(f".{ending}" for ending in FORM))


def _write(file: str, statements: Sequence[Statement], output: str) -> None:
    from gapcheck.document.output import write
    from gapcheck.document.words import number
    from gapcheck.drafts.write import statements_text

    if not statements:
        raise problem(file, "no sentence that states law was found in it")
    write(statements_text(os.path.basename(file), statements).rstrip("\n"), output, "yaml")
    sure = sum(bool(item.assertions) for item in statements)
    click.echo(
        f"{number(len(statements), 'statement')} written, {sure} with what they say; look at each, then: gapcheck claims {output}",
        err=True,
    )
