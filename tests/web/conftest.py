"""One server for all the tests that ask it something."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.serving import Server, serving


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(cache=str(tmp_path_factory.mktemp("cache"))) as found:
        yield found
