"""gapcheck mcp: the tools that assistants call."""

from __future__ import annotations

import click

from gapcheck.commands.options import completes
from gapcheck.errors import problem


@click.command("mcp")
@click.option(
    "--rules",
    multiple=True,
    metavar="DIR",
    help="Another lawbook, or a folder laid over the packaged one. Repeatable.",
    shell_complete=completes("dir"),
)
def command(rules: tuple[str, ...]) -> None:
    """Serve the tools that assistants call, by the Model Context Protocol on standard input and output.

    An assistant's program starts it; nothing is sent anywhere else. The tools are ask, can, check, jd, diff and explain; the
    resources are provisions, rules and tasks. Every answer is that of the command of its name, with its citations, how sure
    the lawbook is, what was presumed, and the digest.
    """
    from gapcheck.law.lawbook import Lawbook

    try:
        from gapcheck.mcp.server import server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("mcp", "pydantic"):
            raise
        raise problem("mcp", f"needs the library `{error.name}`", None, "pip install 'gapcheck[mcp]'") from None
    server(Lawbook.load(*rules), rules).run("stdio")
