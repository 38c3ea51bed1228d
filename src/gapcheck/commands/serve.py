"""gapcheck serve: the local web page."""

from __future__ import annotations

import click

from gapcheck.commands.options import completes
from gapcheck.errors import problem


@click.command("serve")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to answer at. Another one than this lets other machines in.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8321, show_default=True, help="The port; 0 takes a free one."
)
@click.option(
    "--public",
    metavar="ADDRESS",
    help="Where people reach it through a reverse proxy, such as https://tools.example.nhs.uk/gapcheck.",
)
@click.option(
    "--proxy",
    multiple=True,
    metavar="IP",
    help="The address of that proxy, where it is another machine; it alone is believed who asks.",
)
@click.option("--browser/--no-browser", default=True, help="Open the page in the browser.")
@click.option(
    "--rules",
    multiple=True,
    metavar="DIR",
    shell_complete=completes("dir"),
    help="Another lawbook, or a folder laid over the packaged one.",
)
def command(  # noqa: PLR0917
    host: str, port: int, public: str | None, proxy: tuple[str, ...], browser: bool, rules: tuple[str, ...]
) -> None:
    """Open the local web page: ask, check a role, check a job description, compare.

    It answers this machine alone, stores nothing and asks nothing of other machines. Ctrl-C ends it.
    """
    from gapcheck.law.lawbook import Lawbook

    if proxy and not public:
        raise problem("--proxy", "says where a proxy stands, and --public is missing", None, "give --public too")
    try:
        from gapcheck.web.guard import public_address
        from gapcheck.web.server import serve
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] == "gapcheck":
            raise
        raise problem("serve", f"needs the library `{error.name}`", None, "pip install 'gapcheck[serve]'") from None
    reached = public_address(public, proxy) if public else None
    serve(Lawbook.load(*rules), rules, host, port, browser and not reached, reached)
