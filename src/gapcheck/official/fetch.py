"""Fetch the official files of a lawbook's provisions: the only thing in the product that opens a connection, and only when asked.

One host, one request at a time with a pause between, a few tries, each file kept when it is whole: what was fetched on an
earlier run is not asked for again, so that an interrupted run goes on where it stopped.
"""

from __future__ import annotations

import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from gapcheck.errors import InputError, problem
from gapcheck.official.clml import MOST, path_of

SITE = "https://www.legislation.gov.uk"
FRESH = 20 * 3600  # seconds for which a kept file is not asked for again
_TRIES = 4
_AGENT = "gapcheck law (checks whether provisions have changed; one request at a time)"
_AGAIN = (429, 436, 500, 502, 503, 504)  # the site says 436 where it is asked too often


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows no way to another host."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]  # noqa: PLR0917
        if urlsplit(newurl).netloc != urlsplit(req.full_url).netloc:
            raise urllib.error.HTTPError(req.full_url, code, f"it leads to another host, {newurl}", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def addresses(urls: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The file name and the path on the site of the data of each address, once each; other sites are left out."""
    seen = set()
    for url in urls:
        named = path_of(url)
        if named and named[1]:
            path = urlsplit(url).path.rstrip("/")
            name = path.strip("/").replace("/", "_") + ".xml"
            if name not in seen:
                seen.add(name)
                yield name, f"{path}/data.xml"


def fetch(
    urls: Iterable[str],
    folder: str,
    say: Callable[[str], None],
    *,
    site: str = SITE,
    pause: float = 1.0,
    fresh: float = FRESH,
) -> list[str]:
    """Fetch the data of addresses into a folder. Gives what could not be fetched, in words; `say` is told of progress.

    Raises InputError where the folder cannot be written, or the site cannot be reached at all.
    """
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise problem(folder, f"cannot be written: {error.strerror}") from None
    wanted = list(addresses(urls))
    opener = urllib.request.build_opener(_SameHost)
    wrong = []
    for number, (name, path) in enumerate(wanted, 1):
        place = os.path.join(folder, name)
        if os.path.isfile(place) and time.time() - os.path.getmtime(place) < fresh:
            continue
        say(f"{number} of {len(wanted)}: {path}")
        try:
            raw = _get(opener, site + path, pause)
        except InputError as error:
            wrong += [item.message for item in error.problems]
            if len(wrong) >= _TRIES and len(wrong) == number:
                raise
            continue
        part = f"{place}.part"
        try:
            with open(part, "wb") as stream:
                stream.write(raw)
            os.replace(part, place)
        except OSError as error:
            raise problem(place, f"cannot be written: {error.strerror}") from None
        time.sleep(pause)
    return wrong


def _get(opener: urllib.request.OpenerDirector, url: str, pause: float) -> bytes:
    request = urllib.request.Request(url, headers={"User-Agent": _AGENT, "Accept": "application/xml"})  # noqa: S310
    said = ""
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(pause * 2**attempt)
        try:
            with opener.open(request, timeout=30) as answer:
                raw: bytes = answer.read(MOST + 1)
                if len(raw) > MOST:
                    raise problem("--online", f"{url} is too large")
                wanted = answer.headers.get("Content-Length")
                if wanted is None or int(wanted) == len(raw):
                    return raw
                said = "it came in part"
        except urllib.error.HTTPError as error:
            said = f"{error.code} {error.reason}"
            if error.code not in _AGAIN:
                break
        except (urllib.error.URLError, OSError, ValueError) as error:
            said = str(getattr(error, "reason", error))
    raise problem("--online", f"{url} could not be fetched: {said}")
