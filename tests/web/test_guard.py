"""Who may ask, how much may be sent, what cannot be reached, and what every answer carries."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from gapcheck.web.connections import HEAD_SECONDS
from gapcheck.web.guard import BODY, DOCUMENT
from gapcheck.web.packed import pack
from tests.web.serving import Server, serving

PAGES = ("/", "/ask", "/ask/answer?act=irmer-refer&nation=england&as_at=2026-11-22", "/role", "/role/post", "/role/tasks", "/role/person", "/role/in-place",
         "/jd", "/compare", "/compare/matrix?profession=nurse", "/api", "/api/openapi.json", "/static/style.css",
         "/nothing-here", "/ask/answer.json?act=irmer-refer")  # fmt: skip
FORMS = {"Content_Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_headers(path: str, server: Server) -> None:
    answer = server.ask(path)
    headers = answer.headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert (
        policy["default-src"] == "'none'" and policy["frame-ancestors"] == "'none'" and policy["base-uri"] == "'none'"
    )
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert "set-cookie" not in headers and "server" not in headers
    if "text/html" in headers.get("content-type", ""):
        assert "<style" not in answer.text and " style=" not in answer.text and "onclick" not in answer.text
        assert answer.text.count("<script") == answer.text.count('<script src="/static/better.js"') == 1


@pytest.mark.parametrize(
    "host",
    [
        "rebound.example",
        "127.0.0.1.rebound.example",
        "localhost.rebound.example",
        "",
        "127.0.0.1:80:80",
        "127.0.0.1:x",
        "[::1",
        "evil@127.0.0.1",
        "192.168.1.5",
        "0.0.0.0",  # noqa: S104
        "127.0.0.1, rebound.example",
    ],
)
@pytest.mark.parametrize("path", ["/", "/api/lists/acts", "/static/style.css"])
def test_a_foreign_host_is_refused(host: str, path: str, server: Server) -> None:
    answer = server.ask(path, Host=host)
    assert answer.status in (400, 421)
    assert b"lawbook" not in answer.body.lower()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
def test_its_own_names_are_known(host: str, server: Server) -> None:
    assert server.ask("/", Host=f"{host}:{server.port}").status == 200


def test_an_address_that_is_no_text_is_refused(server: Server) -> None:
    with socket.create_connection((server.host, server.port), timeout=20) as line:
        host = f"{server.host}:{server.port}".encode()
        line.sendall(b"GET /ask/answer?act=\xe4\xff HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n" % host)
        assert line.recv(100).split()[1] == b"400"


def test_two_hosts_are_one_too_many(server: Server) -> None:
    with socket.create_connection((server.host, server.port), timeout=20) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n")
        assert line.recv(100).split()[1] in (b"400", b"421")


@pytest.mark.parametrize(
    "origin", ["http://rebound.example", "null", "http://127.0.0.1", "http://localhost:1", "file://"]
)
@pytest.mark.parametrize(
    ("path", "method"), [("/", "GET"), ("/role/load", "POST"), ("/jd/result", "POST"), ("/api/can", "POST")]
)
def test_a_foreign_origin_is_refused(origin: str, path: str, method: str, server: Server) -> None:
    assert server.ask(path, method, b"text=x" if method == "POST" else None, Origin=origin, **FORMS).status == 403


def test_what_another_site_embeds_is_refused(server: Server) -> None:
    fetched = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"}
    assert server.ask("/ask/answer?act=irmer-refer&nation=england&as_at=2026-11-22", **fetched).status == 403
    assert server.ask("/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate").status == 200  # a link to it


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e%2f%2e%2e%2fcli.py",
        "/static//etc/passwd",
        "/static/..\\app.py",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/static/%00style.css",
        "/api/lists/..%2f..%2fetc",
        "/ask/answer.%2e%2e",
        "/role/../../etc/passwd",
    ],
)
def test_no_path_leads_out(path: str, server: Server) -> None:
    answer = server.ask(path)
    assert answer.status in (400, 404, 405, 422)
    assert b"import" not in answer.body and b"root:" not in answer.body


@pytest.mark.parametrize(
    ("path", "limit"), [("/role/load", BODY), ("/api/check", BODY), ("/jd/result", DOCUMENT), ("/api/jd", DOCUMENT)]
)
def test_a_body_over_the_limit_is_refused_in_words(path: str, limit: int, server: Server) -> None:
    answer = server.ask(path, "POST", b"x" * (limit + 1), Content_Type="application/json")
    assert answer.status == 413
    assert f"at most {limit // 1_000_000} MB" in answer.text


def test_a_stated_length_beyond_all_reason_is_refused_unread(server: Server) -> None:
    with socket.create_connection((server.host, server.port), timeout=20) as line:
        line.sendall(
            f"POST /jd/result HTTP/1.1\r\nHost: localhost:{server.port}\r\nContent-Length: 99999999999\r\n\r\n".encode()
        )
        assert line.recv(100).split()[1] == b"413"


def test_a_body_without_a_length_is_counted(server: Server) -> None:
    with socket.create_connection((server.host, server.port), timeout=20) as line:
        line.sendall(
            f"POST /api/can HTTP/1.1\r\nHost: localhost:{server.port}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        )
        chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        for _ in range(BODY // 0x10000 + 1):
            line.sendall(chunk)
        line.sendall(b"0\r\n\r\n")
        assert line.recv(100).split()[1] == b"413"


def test_slow_senders_hold_nobody_up(server: Server) -> None:
    lines = [socket.create_connection((server.host, server.port), timeout=20) for _ in range(100)]
    try:
        for line in lines:
            line.sendall(
                f"POST /jd/result HTTP/1.1\r\nHost: localhost:{server.port}\r\nContent-Length: 1000000\r\n\r\nx".encode()
            )
        assert server.ask("/ask/answer?act=irmer-refer").status == 303
        assert server.get("/ask/answer", {"act": "irmer-refer"}).status == 200
    finally:
        for line in lines:
            line.close()


def test_an_address_too_long_is_refused(server: Server) -> None:
    answer = server.ask("/ask?fact=" + "x" * 300_000)
    assert answer.status in (400, 414, 431)


def test_two_hundred_at_once_lose_none(server: Server) -> None:
    acts = [item["id"] for item in server.ask("/api/lists/acts").json]
    professions = [item["id"] for item in server.ask("/api/lists/professions").json]
    wanted = [{"act": acts[n % len(acts)], "profession": professions[n % len(professions)]} for n in range(200)]

    def one(question: dict[str, str]) -> tuple[int, str]:
        answer = server.call("/api/can", question)
        return answer.status, answer.json.get("act", "")

    with ThreadPoolExecutor(200) as crowd:
        answers = list(crowd.map(one, wanted))
    assert answers == [(200, question["act"]) for question in wanted]


def test_no_socket_for_anything_but_pages(server: Server) -> None:
    upgrade = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA==",
        "Sec_WebSocket_Version": "13",
    }
    assert server.ask("/ask", **upgrade).status in (200, 400, 403, 426)


def test_head_is_answered_as_get_is(server: Server) -> None:
    for path in ("/", "/ask", "/static/style.css", "/api/lists/acts", "/nothing-here"):
        head, whole = server.ask(path, "HEAD"), server.ask(path)
        assert (head.status, head.body) == (whole.status, b"")
        assert head.headers["content-type"] == whole.headers["content-type"]


def test_who_sends_no_request_is_let_go(server: Server) -> None:
    def line() -> socket.socket:
        return socket.create_connection((server.host, server.port), timeout=HEAD_SECONDS + 10)

    with line() as unfinished, line() as another:  # waited for together
        unfinished.sendall(b"GET / HTTP/1.1\r\nHost: ")
        another.sendall(
            f"GET / HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\nGET /ask".encode()
        )  # and half of another
        assert unfinished.recv(100) == b""
        while another.recv(65536):
            pass


def test_connections_without_a_request_lock_nobody_out() -> None:
    with serving(most_files=128) as server:
        lines = [socket.create_connection((server.host, server.port), timeout=20) for _ in range(200)]
        try:
            assert server.ask("/").status == 200
        finally:
            for line in lines:
                line.close()


@pytest.mark.parametrize("spot", range(9))
@pytest.mark.parametrize("value", ["nonsense", -1, None, 10**30, [], {"a": 1}])
def test_a_document_that_was_tampered_with_is_refused(server: Server, spot: int, value: object) -> None:
    block: list[object] = [0, 4, "paragraph", [], "", "", "", 0, 0]
    block[spot] = value
    document = pack(["x", "txt", "Scan patients.", [block], {}, []])
    assert server.post("/jd/result", {"document": document}).status in (200, 400)
