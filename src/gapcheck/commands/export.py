"""gapcheck export: the matrix, the evidence and the lawbook as tidy tables."""

from __future__ import annotations

import click

from gapcheck.commands.options import Common, completes
from gapcheck.document.words import number
from gapcheck.errors import nearest, problem
from gapcheck.law.day import day


@click.command("export")
@click.argument("folder", shell_complete=completes("dir"))
@click.option(
    "--format",
    "form",
    type=click.Choice(("csv", "parquet")),
    default="csv",
    show_default=True,
    help="The form of the tables.",
)
@click.option("--table", "tables", multiple=True, metavar="NAME", help="Only this table. Repeatable.")
@click.option(
    "--nation", "places", multiple=True, help="Only this nation. Repeatable.", shell_complete=completes("nations")
)
@click.option("--as-at", metavar="YYYY-MM-DD", help="The law on this date (today).")
@click.option(
    "--reform",
    "reforms",
    multiple=True,
    metavar="ID",
    help="With this reform, as if it were law.",
    shell_complete=completes("reforms"),
)
@click.option(
    "--rules", multiple=True, metavar="DIR", help="Another lawbook, or a folder laid over the packaged one.",
    shell_complete=completes("dir"),
)  # fmt: skip
def command(
    folder: str,
    *,
    form: str,
    tables: tuple[str, ...],
    places: tuple[str, ...],
    as_at: str | None,
    reforms: tuple[str, ...],
    rules: tuple[str, ...],
) -> None:
    """Write the matrix, the evidence and the lawbook as tidy tables into FOLDER, with a data dictionary.

    A table is a file; datapackage.json beside them says what each column holds, of which lawbook, day and nations they are, and the
    hash of each file. Parquet needs the extra workforce.

    \b
      gapcheck export tables/
      gapcheck export tables/ --format parquet --nation england --table matrix_acts --table claims

    Exit code 0: written, 2: bad input.
    """
    from gapcheck.export.tables import TABLES
    from gapcheck.export.write import export
    from gapcheck.profile.resolve import plain_id

    known = {table.name: table for table in TABLES}
    for name in tables:
        if name not in known:
            raise problem("--table", f"there is no table `{name}`", None, nearest(name, known))
    book = Common(as_at, None, reforms, (), rules, "table", None).lawbook()
    nations = [plain_id(name) for name in places] or list(book.data["nations"])
    laws = [book.at(day(as_at), nation, None, reforms) for nation in nations]
    wanted = [known[name] for name in tables] or list(TABLES)
    for name, rows in export(laws, wanted, folder, form).items():
        click.echo(f"{name}: {number(rows, 'row')}", err=True)
