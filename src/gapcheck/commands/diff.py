"""gapcheck diff: what changes between two laws, and for whom."""

from __future__ import annotations

import sys
from typing import Any

import click

from gapcheck.commands.options import Common, common, completes
from gapcheck.errors import InputError
from gapcheck.law.day import day

_SIDE = completes("nations", "reforms", "reading")


@click.command("diff")
@click.option(
    "--from", "before", multiple=True, metavar="WHAT", help="The one law: see below. Repeatable.", shell_complete=_SIDE
)
@click.option("--to", "after", multiple=True, metavar="WHAT", help="The other law. Repeatable.", shell_complete=_SIDE)
@click.option(
    "--profession",
    "professions",
    multiple=True,
    help="Only what concerns this profession. Repeatable.",
    shell_complete=completes("professions"),
)
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    metavar="PROFILE",
    help="Which findings of a profile change too.",
    shell_complete=completes("file"),
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 when something differs.")
@common
def command(options: Common, **given: Any) -> None:
    """Show what changes between two laws: who gains or loses which act, by which route.

    WHAT is a date (2026-03-31), a nation (wales), a reading (ID=READING), a reform, or the folder of a lawbook. What is not
    named is the law as it is, today; --as-at, --nation, --interpretation, --reform and --rules hold for both sides.

    Without --from and --to the law as it is, is compared with what --interpretation, --reform or --rules say.

    \b
      gapcheck diff --from 2024-06-25 --to 2024-06-26
      gapcheck diff --from england --to northern-ireland
      gapcheck diff --reform register-clinical-technologists --profile me.yaml
      gapcheck diff --from reg-240-contrast=narrow --to reg-240-contrast=wide
      gapcheck diff --from old-rules/ --to new-rules/
    """
    from gapcheck.diff.report import LawDiff
    from gapcheck.diff.result import result
    from gapcheck.diff.sides import Named, sides
    from gapcheck.profile.read import read_profile
    from gapcheck.profile.resolve import Resolver, plain_id

    one, other = sides(
        Named(
            day(options.as_at),
            plain_id(options.nation or ""),
            options.rules,
            options.chosen(),
            options.reforms,
            given["before"],
            given["after"],
        )
    )
    resolver = Resolver(other.book, "--profession", lenient=True)
    chosen = [resolver.id("professions", name, ()) for name in given["professions"]]
    if resolver.problems:
        raise InputError(resolver.problems)
    profiles = [read_profile(path, other.book) for path in given["profiles"]]
    for path in given["profiles"] if one.book is not other.book else ():
        read_profile(path, one.book)  # what only one of two lawbooks knows cannot be compared
    found = result(one, other, profiles, chosen, days=options.as_at is None)
    options.give(LawDiff(found))
    if given["exit_code"] and found.differs:
        sys.exit(1)
