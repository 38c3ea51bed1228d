"""Connections that send no request: how long they may stay, and how many there may be before they make room for others."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10.0  # to send the head of a request
SPARE = 64  # files that the process needs beside its connections
MOST = 2000


def most_connections() -> int:
    """How many connections fit beside the other files that the process may open; it takes all that it may."""
    try:
        import resource
    except ImportError:  # no such limit on Windows
        return MOST
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST + SPARE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return MOST if soft == resource.RLIM_INFINITY else max(16, min(MOST, soft - SPARE))


class Connections:
    """The connections of a server. Where there are too many, one that has sent no request makes room: the oldest of the
    address that has the most of them."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.open = 0
        self.waiting: dict[Connection, str] = {}  # the oldest first

    def opened(self) -> None:
        """One more; of those that wait, one is dropped where there are too many."""
        self.open += 1
        if self.open > self.most and self.waiting:
            address, _ = Counter(self.waiting.values()).most_common(1)[0]
            next(item for item, at in self.waiting.items() if at == address).drop()

    def closed(self) -> None:
        """One fewer."""
        self.open -= 1


class Connection(H11Protocol):
    """One connection. `room` is set by the server before it starts."""

    room: Connections

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()
        self.room.opened()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_waiting()
        elif self._late is None and not self.transport.is_closing():
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        self.room.closed()
        super().connection_lost(exc)

    def drop(self) -> None:
        """End the connection, which has sent no whole request."""
        self._stop_waiting()
        self.transport.close()

    def _wait(self) -> None:
        self._late = self.loop.call_later(HEAD_SECONDS, self.drop)
        self.room.waiting[self] = self.client[0] if self.client else ""

    def _stop_waiting(self) -> None:
        self.room.waiting.pop(self, None)
        if self._late is not None:
            self._late.cancel()
            self._late = None
