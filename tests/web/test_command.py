"""The command itself: where it says it is, how it ends, and what it refuses."""

from __future__ import annotations

import os
import signal
import socket

from tests.conftest import Run
from tests.web.serving import serving


def test_ctrl_c_ends_it_quietly() -> None:
    with serving() as server:
        assert server.ask("/").status == 200
        server.get("/ask/answer.pdf", {"act": "irmer-refer"})  # a process for heavy work runs too
        os.killpg(server.process.pid, signal.SIGINT)
        assert server.process.wait(timeout=20) == 0
        assert server.process.stderr is not None
        assert server.process.stderr.read() == "ended\n"


def test_it_answers_this_machine_alone() -> None:
    with serving() as server:
        assert server.host == "127.0.0.1"
        with socket.socket() as knock:  # another address of this machine
            knock.settimeout(5)
            assert knock.connect_ex(("127.0.0.2", server.port)) != 0


def test_a_port_that_is_taken(gapcheck: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = gapcheck("serve", "--no-browser", "--port", str(port))
    assert (result.returncode, result.stdout) == (2, "")
    assert f"cannot listen at 127.0.0.1, port {port}" in result.stderr
    assert "--port 0 takes a free one" in result.stderr


def test_an_address_that_there_is_not(gapcheck: Run) -> None:
    result = gapcheck("serve", "--no-browser", "--host", "nowhere.invalid")
    assert result.returncode == 2
    assert "nowhere.invalid" in result.stderr and "Traceback" not in result.stderr


def test_other_machines_only_when_told() -> None:
    with serving("--host", "0.0.0.0") as server:  # noqa: S104
        assert server.process.stderr is not None
        assert "other machines can reach it" in server.process.stderr.readline()
        assert server.ask("/", Host=f"192.168.7.7:{server.port}").status == 200
        assert server.ask("/", Host=f"rebound.example:{server.port}").status == 421


def test_another_lawbook_is_named_in_the_command_lines() -> None:
    with serving("--rules", "examples/local-rules") as server:
        page = server.get("/ask/answer", {"act": "irmer-refer"})
        assert "--rules examples/local-rules" in page.words
