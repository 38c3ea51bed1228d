"""gapcheck explain: a reference page for any id."""

from __future__ import annotations

import click

from gapcheck.commands.options import Common, common, completes
from gapcheck.errors import problem


@click.command("explain")
@click.argument("id", required=False, shell_complete=completes("anything"))
@click.option(
    "--list",
    "kind",
    metavar="KIND",
    help="List the ids of a kind (tasks, acts, routes, professions, ...).",
    shell_complete=completes("kinds"),
)
@common
def command(options: Common, id: str | None, kind: str | None) -> None:
    """Explain a rule, route, task, act, provision, profession or any other ID in plain words, with its law and examples."""
    from gapcheck.explain.explained import explained, listed

    book = options.lawbook()
    law = options.law(book)
    if kind is None and id is None:
        raise problem("explain", "give an ID, or --list KIND", None, "gapcheck explain patient-group-direction")
    options.give(listed(law, kind) if kind is not None else explained(law, str(id)))
