"""gapcheck workforce: the findings of a whole table of posts."""

from __future__ import annotations

import functools
import os
import sys
from typing import Any

import click

from gapcheck.commands.options import Common, common, completes
from gapcheck.document.render import FORMATS
from gapcheck.engine.tasks import LEVELS

TEXTS = tuple(name for name, item in FORMATS.items() if not item.binary and item.part != "places")


@click.command("workforce")
@click.argument("table", metavar="TABLE", shell_complete=completes("file"))
@click.option(
    "--columns", metavar="FILE", help="A YAML file that says which column is which field, and what its values mean."
)
@click.option("--map", "maps", multiple=True, metavar="FIELD=COLUMN", help="This field stands in this column.")
@click.option("--set", "constants", multiple=True, metavar="FIELD=VALUE", help="This field is the same for every post.")
@click.option("--encoding", metavar="NAME", help="How a CSV is written, where it is not UTF-8, as in windows-1252.")
@click.option("--rejects", metavar="FILE", help="Where the rows go that cannot be read (OUT with .rejects.csv).")
@click.option("--summary", metavar="FILE", help="Write the summary to a file too.")
@click.option("--since", metavar="PREVIOUS", help="Say what changed against an earlier output, and why.")
@click.option("--changes", metavar="FILE", help="Where the changes go (OUT with .changes.csv).")
@click.option(
    "--duplicates",
    type=click.Choice(["reject", "keep"]),
    default="reject",
    show_default=True,
    help="A second row with an id.",
)
@click.option("--fail-on", type=click.Choice(LEVELS), help="Exit with 1 when a finding is this bad or worse.")
@functools.partial(common, formats=TEXTS, named=False)
def command(options: Common, **given: Any) -> None:
    """Check a whole workforce: TABLE (CSV or Parquet, one row a post; - reads CSV from standard input) to -o OUT, a table
    with a row for each finding (.parquet, .csv or .duckdb).

    Rows that cannot be read go to a file of rejects, with the reason; all others are answered.

    \b
      gapcheck workforce posts.csv -o findings.parquet --summary summary.html
      gapcheck workforce extract.csv --columns mapping.yaml -o findings.csv
      gapcheck workforce extract.csv --map id=ESR_ID --set nation=england -o findings.duckdb
      gapcheck workforce posts.csv -o tonight.parquet --since last-night.parquet
    """
    # The allocator of Polars gives memory back too soon, and asks for it anew with the next chunk.
    os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:2000,muzzy_decay_ms:-1")
    from gapcheck.workforce.model import needs_extra

    needs_extra(["polars"])
    from gapcheck.commands.workforce_job import WorkforceJob, run

    worst = run(WorkforceJob(options=options, **given))
    if given["fail_on"] and worst >= LEVELS.index(given["fail_on"]):
        sys.exit(1)
