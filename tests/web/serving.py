"""A real server in a process of its own, and plain requests to it."""

from __future__ import annotations

import http.client
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from tests.conftest import ROOT


class Answer(NamedTuple):
    """What the server said."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def words(self) -> str:
        """What a reader sees of the page's main part, on one line."""
        reader = _Words()
        reader.feed(self.text)
        return " ".join(" ".join(reader.found).split())


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "main"

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "main"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found.append(data)


class Server:
    """A server at an address."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process = process
        self.address = address
        parts = urlsplit(address)
        self.host, self.port = parts.hostname or "", parts.port or 0

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        """One request, not followed. Header names are written with underscores."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return Answer(answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, path: str, query: Mapping[str, Any] | list[tuple[str, str]] | None = None) -> Answer:
        """A page, followed to where it leads."""
        answer = self.ask(f"{path}?{urlencode(query, doseq=True)}" if query else path)
        for _ in range(5):
            if answer.status != 303:
                break
            answer = self.ask(answer.headers["location"])
        return answer

    def post(self, path: str, fields: Mapping[str, str], file: tuple[str, bytes] | None = None) -> Answer:
        """A form with a file, as a browser sends it; followed to where it leads."""
        mark = "XXboundaryXX"
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in fields.items()
        ]
        if file:
            head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\nContent-Type: application/octet-stream\r\n\r\n'
            parts.append(head.encode() + file[1] + b"\r\n")
        body = b"".join([*parts, f"--{mark}--\r\n".encode()])
        answer = self.ask(
            path, "POST", body, Content_Type=f"multipart/form-data; boundary={mark}", Origin=self.address.rstrip("/")
        )
        return self.get(answer.headers["location"]) if answer.status == 303 else answer

    def call(self, path: str, data: Any) -> Answer:
        """The JSON interface."""
        return self.ask(path, "POST", json.dumps(data).encode(), Content_Type="application/json")


@contextmanager
def serving(*options: str, cache: str = "", most_files: int = 0) -> Iterator[Server]:
    """A server while the block lasts; it is then ended as Ctrl-C ends it. `most_files`: how many it may open, at the most."""

    def fewer() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most_files, most_files))

    process = subprocess.Popen(
        [sys.executable, "-m", "gapcheck", "serve", "--no-browser", "--port", "0", *options],
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,
        preexec_fn=fewer if most_files else None,  # noqa: PLW1509 - this process has no threads yet
        env={**os.environ, "PYTHONUTF8": "1", **({"GAPCHECK_CACHE": cache} if cache else {})},
    )
    try:
        assert process.stderr is not None
        said = process.stderr.readline()
        yield Server(process, said.split(" is at ")[1].split()[0])
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=20)
        if process.stderr is not None:
            process.stderr.close()
