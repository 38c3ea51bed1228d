"""What stands before every page: who may ask, how much may be sent, and the headers that every answer carries.

A page of another site could make the browser ask this server (with a form, or with a name that it points at this machine).
So a request counts only where it names this server as it is known, and comes from one of its own pages.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import time
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gapcheck.errors import problem
from gapcheck.web.work import client

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
MEGABYTE = 1_000_000
BODY = MEGABYTE + 100_000  # a profile, and the form around it
DOCUMENT = 21 * MEGABYTE  # a job description, and the form around it
DRAINED = 80 * MEGABYTE  # how much too much is read, so that the browser hears why it was refused
BODY_SECONDS = 60.0
ADDRESS = 250_000  # characters of an address: a profile may stand in it
_PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)*")
SHOWN_AGAIN = {"cache-control": "private, no-cache"}  # by Back, out of the browser's own memory
Refuse = Callable[[Scope, int, str], ASGIApp]
HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}


class Public(NamedTuple):
    """Where people reach the server through a proxy: scheme, host name and port, the path before every page (empty: none),
    and the addresses of the proxy."""

    scheme: str
    host: str
    prefix: str = ""
    proxies: frozenset[str] = frozenset({"127.0.0.1", "::1"})

    @property
    def origin(self) -> str:
        """As a browser names it."""
        return f"{self.scheme}://{self.host}"

    @property
    def name(self) -> str:
        """The host without its port."""
        return _name(self.host)


def public_address(text: str, proxies: Iterable[str] = ()) -> Public:
    """The address of a proxy's page, such as https://tools.example.nhs.uk/gapcheck. Raises InputError where it is none."""
    parts = urlsplit(text)
    prefix = parts.path.rstrip("/")
    if parts.scheme not in ("http", "https") or not _name(parts.netloc) or parts.query or parts.fragment:
        raise problem(
            "--public",
            f"`{text}` is not the address of a page",
            None,
            "for example https://tools.example.nhs.uk/gapcheck",
        )
    if not _PREFIX.fullmatch(prefix):
        raise problem(
            "--public", f"`{prefix}` is not a path of letters, digits and hyphens", None, "for example /gapcheck"
        )
    for item in proxies:
        if not _is_address(item):
            raise problem("--proxy", f"`{item}` is not an IP address", None, "for example 10.0.0.5")
    given = frozenset(proxies)
    found = Public(parts.scheme, parts.netloc.lower(), prefix)
    return found._replace(proxies=given) if given else found


class Guard:
    """Wraps an application. `names`: the host names under which it answers; with `any_address` also every IP address.
    `public`: where people reach it through a proxy, and which one; only that proxy is believed who asks.
    `limits`: the bytes that a body may have, by the beginning of the path; `BODY` for every other. `refuse`: makes the
    answer to what is too large; who asks under a strange name learns nothing of what is here."""

    def __init__(  # noqa: PLR0917
        self,
        app: ASGIApp,
        names: Iterable[str] = (),
        any_address: bool = False,
        limits: Mapping[str, int] | None = None,
        refuse: Refuse | None = None,
        public: Public | None = None,
    ) -> None:
        self.app = app
        self.refuse = refuse or _said
        self.public = public
        self.names = LOCAL | {name.lower() for name in names} | ({public.name} if public else set())
        self.any_address = any_address
        self.limits = dict(limits or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["method"] == "HEAD":  # answered as GET is; the server leaves the body out
            scope = {**scope, "method": "GET"}

        client.set(self._asker(scope))
        prefix = self.public.prefix if self.public else ""
        if prefix and (scope["path"] == prefix or scope["path"].startswith(f"{prefix}/")):
            scope = {**scope, "path": scope["path"].removeprefix(prefix) or "/"}

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS | (SHOWN_AGAIN if _is_result(scope) else {}))
                if prefix and headers.get("location", "").startswith("/"):
                    headers["location"] = prefix + headers["location"]
            await send(message)

        refusal = self._refusal(Headers(scope=scope))
        if refusal:
            await _said(scope, *refusal)(scope, receive, sealed)
            return
        if len(scope["path"]) + len(scope.get("query_string", b"")) > ADDRESS:
            await self.refuse(scope, 414, f"The address is too long: at most {ADDRESS:,} characters.")(
                scope, receive, sealed
            )
            return
        if not scope.get("query_string", b"").isascii():
            scope = {**scope, "query_string": b""}
            await self.refuse(scope, 400, "The address holds bytes that are no text.")(scope, receive, sealed)
            return
        limit = next((size for start, size in self.limits.items() if scope["path"].startswith(start)), BODY)
        body = _limited(receive, limit)
        try:
            if _stated(scope) > limit:
                while _stated(scope) <= DRAINED and (await body()).get("more_body"):
                    pass
                raise _too_large(limit)
        except HTTPException as error:
            await self.refuse(scope, error.status_code, error.detail)(scope, receive, sealed)
            return
        await self.app(scope, body, sealed)

    def _refusal(self, headers: Headers) -> tuple[int, str] | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._known(hosts[0]):
            return 421, "This server does not answer under that name."
        origins = headers.getlist("origin")
        own = {f"http://{hosts[0].lower()}", f"https://{hosts[0].lower()}", self.public.origin if self.public else ""}
        if any(origin.lower() not in own for origin in origins):
            return 403, "The request comes from a page of another site, so it is refused."
        if (
            headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
            and headers.get("sec-fetch-mode") != "navigate"
        ):
            return 403, "The request comes from a page of another site, so it is refused."
        return None

    def _asker(self, scope: Scope) -> str:
        """The address of who asks: behind a proxy the last one that the proxy itself wrote down."""
        peer = str((scope.get("client") or ("",))[0])
        if self.public is None or peer not in self.public.proxies:
            return peer
        said = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).rpartition(",")[2].strip()
        return said if _is_address(said) else peer

    def _known(self, host: str) -> bool:
        name = _name(host)
        return name in self.names or (self.any_address and _is_address(name))


def _said(scope: Scope, status: int, words: str) -> Response:
    """A refusal, in the form in which the asker reads."""
    if scope["path"] == "/api" or scope["path"].startswith("/api/"):
        trouble = {"source": "request", "line": None, "message": words, "help": "", "code": ""}
        return JSONResponse({"errors": [trouble]}, status)
    return PlainTextResponse(f"{words}\n", status)


def _is_result(scope: Scope) -> bool:
    """Whether it is a page that answers what was sent, and has no address by which it could be had again."""
    return bool(scope["method"] == "POST" and scope["path"].endswith("/result"))


def _stated(scope: Scope) -> int:
    """The length of the body as the asker states it; 0 where it does not."""
    stated = Headers(scope=scope).get("content-length", "0")
    return int(stated) if stated.isascii() and stated.isdigit() else 0


def _name(host: str) -> str:
    """The name in a Host header, without the port; empty where it is out of form."""
    if host.startswith("["):
        name, bracket, port = host[1:].partition("]")
        port = port.removeprefix(":") if port.startswith(":") or not port else "x"
    else:
        name, bracket, port = host.partition(":")
        bracket = "]"
    return name.lower() if bracket and (not port or (port.isascii() and port.isdigit())) else ""


def _is_address(name: str) -> bool:
    try:
        return bool(ipaddress.ip_address(name))
    except ValueError:
        return False


def _limited(receive: Receive, limit: int) -> Receive:
    """`receive`, refusing a body that is larger than the limit, or slower than anybody who means well."""
    deadline = time.monotonic() + BODY_SECONDS
    seen = 0
    whole = False

    async def limited() -> Message:
        nonlocal seen, whole
        if whole:  # after the body, wait for the end of the connection for as long as it takes
            return await receive()
        while True:
            try:
                message = await asyncio.wait_for(receive(), max(0.0, deadline - time.monotonic()))
            except TimeoutError:
                raise HTTPException(408, "Sending it took too long. Try again.") from None
            seen += len(message.get("body", b""))
            whole = not message.get("more_body")
            if seen <= limit:
                return message
            if whole or seen > DRAINED:
                raise _too_large(limit)

    return limited


def _too_large(limit: int) -> HTTPException:
    return HTTPException(413, f"It is too large: at most {limit // MEGABYTE} MB can be sent here.")
