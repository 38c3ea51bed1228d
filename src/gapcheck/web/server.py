"""Run the server: bind first, say where it is, and end quietly."""

from __future__ import annotations

import contextlib
import gc
import ipaddress
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Sequence

import click
import uvicorn

from gapcheck.errors import problem
from gapcheck.law.lawbook import Lawbook
from gapcheck.web.app import application
from gapcheck.web.connections import Connection, Connections, most_connections
from gapcheck.web.guard import ADDRESS, Public

BACKLOG = 2048
_ANY = ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound to


def serve(  # noqa: PLR0917
    book: Lawbook, rules: Sequence[str], host: str, port: int, browser: bool, public: Public | None = None
) -> None:
    """Serve until it is told to end (Ctrl-C). `public`: where people reach it through a proxy. Raises InputError where the address cannot be taken."""
    listener = _bind(host, port)
    port = listener.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{'127.0.0.1' if host in _ANY else shown}:{port}/"
    most = most_connections()
    Connection.room = Connections(most)
    config = uvicorn.Config(
        application(book, rules, (host,), host in _ANY, public),
        log_level="warning" if os.environ.get("GAPCHECK_DEBUG") else "critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        backlog=min(BACKLOG, most // 2),  # so many are taken in at once, before any can be dropped
        ws="none",
        lifespan="off",
        timeout_graceful_shutdown=3,
        timeout_keep_alive=10,
        h11_max_incomplete_event_size=ADDRESS + 20_000,
        http=Connection,
    )
    gc.freeze()  # the lawbook stays; what requests leave behind is collected, which a short command does without
    gc.set_threshold(5_000, 10, 10)
    click.echo(f"gapcheck is at {address}  (Ctrl-C ends it)", err=True)
    if public:
        click.echo(f"people reach it at {public.origin}{public.prefix}/ through the proxy", err=True)
    if not _is_own(host):
        click.echo("warning: other machines can reach it; anybody who can may use it", err=True)
    if browser:
        threading.Timer(0.3, webbrowser.open, [address]).start()
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])
    click.echo("ended", err=True)


def _bind(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        if sys.platform != "win32":  # there it would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)  # so that who comes before the server is ready waits
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise problem(
            "--port", f"cannot listen at {host}, port {port}: {reason}", None, "give another: --port 0 takes a free one"
        ) from None
    return listener


def _is_own(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
