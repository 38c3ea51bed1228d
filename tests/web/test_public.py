"""Behind a reverse proxy: the name and the path under which people reach it, and whose requests are counted."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from gapcheck import Lawbook
from gapcheck.errors import InputError
from gapcheck.web import guard
from gapcheck.web.app import application
from gapcheck.web.guard import Guard, public_address
from gapcheck.web.work import client

PUBLIC = public_address("https://tools.example.nhs.uk/gapcheck/")


def ask(
    app: Any, path: str, peer: str = "127.0.0.1", method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], str]:
    """One request to an application in this process."""
    sent: list[dict[str, Any]] = []
    given = {"host": "tools.example.nhs.uk", **headers}
    path, _, query = path.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http", "path": path,
        "raw_path": path.encode(), "query_string": query.encode(), "root_path": "", "client": (peer, 1),
        "server": ("127.0.0.1", 8321), "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in given.items()],
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    head = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], head, b"".join(part.get("body", b"") for part in sent[1:]).decode()


@pytest.fixture(scope="module")
def app(book: Lawbook) -> Any:
    return application(book, public=PUBLIC)


@pytest.mark.parametrize("before", ["", "/gapcheck"])  # a proxy may take the path off, or leave it
def test_every_address_of_a_page_leads_back_through_the_proxy(app: Any, before: str) -> None:
    for path in ("/", "/ask", "/ask/words?q=can+a+nurse+refer", "/role", "/jd", "/compare", "/nothing-here"):
        status, _, text = ask(app, before + path)
        assert status == (404 if "nothing" in path else 200)
        own = re.findall(r'(?:href|src|action|formaction)="(/[^"]*)"', text)
        assert own and all(address.startswith("/gapcheck/") for address in own)


def test_it_leads_on_through_the_proxy(app: Any) -> None:
    status, head, _ = ask(app, "/gapcheck/ask/answer?act=irmer-refer")
    assert status == 303 and head["location"].startswith("/gapcheck/ask/answer?")


def test_its_own_page_may_send_whatever_name_the_proxy_passes_on(app: Any) -> None:
    for host in ("tools.example.nhs.uk", "127.0.0.1:8321"):
        given = {"host": host, "origin": "https://tools.example.nhs.uk", "method": "POST"}
        assert ask(app, "/jd/result", **given)[0] not in (403, 421)
    assert ask(app, "/jd/result", method="POST", origin="https://evil.example")[0] == 403
    assert ask(app, "/", host="evil.example")[0] == 421


def test_who_asks_is_believed_of_the_proxy_alone() -> None:
    seen: list[str] = []

    async def inner(scope: Any, receive: Any, send: Any) -> None:
        seen.append(client.get())
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    wrapped = Guard(inner, public=PUBLIC)
    for peer, said in (("127.0.0.1", "1.2.3.4, 10.1.1.7"), ("127.0.0.1", "nonsense"), ("10.9.9.9", "10.1.1.7")):
        ask(wrapped, "/", peer=peer, x_forwarded_for=said)
    ask(Guard(inner, ("tools.example.nhs.uk",)), "/", x_forwarded_for="10.1.1.7")
    assert seen == ["10.1.1.7", "127.0.0.1", "10.9.9.9", "127.0.0.1"]


@pytest.mark.parametrize("text", ["gapcheck", "ftp://x.example", "https://", "https://x.example/a b", 'https://x.example/"', "https://x.example/?q=1"])  # fmt: skip
def test_an_address_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        public_address(text)


def test_the_proxy_is_an_ip_address() -> None:
    assert public_address("https://x.example", ["10.0.0.5"]).proxies == {"10.0.0.5"}
    with pytest.raises(InputError):
        public_address("https://x.example", ["proxy.example"])
    assert guard.Public("https", "x.example:8443").name == "x.example"
