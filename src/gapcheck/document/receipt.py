"""The receipt: what went into a report and, in short, what came out, so that `gapcheck verify` can run it again.

It embeds the profile and the waivers byte for byte. A profile names a post and not a person; whoever hands a report on hands
on the profile with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from gapcheck.clock import today
from gapcheck.version import __version__

if TYPE_CHECKING:
    from gapcheck.document.answer import Answer

Seal = Callable[[str], str]
KEPT = 2_000_000  # bytes of documents that a receipt embeds; larger ones it knows by hash alone


class Source(NamedTuple):
    """A file that was read: its name as it was given, and its bytes."""

    name: str
    raw: bytes


def canonical(data: Any) -> str:
    """JSON text that is the same for equal data."""
    import json  # a screen has no receipt, and need not wait for what makes one

    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(data: Any) -> str:
    """The SHA-256 of data."""
    import hashlib

    return hashlib.sha256(canonical(data).encode("utf-8", "surrogatepass")).hexdigest()


def named(path: str) -> str:
    """The name of a file as text: what is not UTF-8 in it becomes a mark."""
    return path.encode("utf-8", "replace").decode()


def hashed(source: Source, keep: bool) -> dict[str, str]:
    """A file by name and hash; `keep`: with its bytes."""
    import base64
    import hashlib

    about = {"source": named(source.name), "sha256": hashlib.sha256(source.raw).hexdigest()}
    return {**about, "content": base64.b64encode(source.raw).decode()} if keep else about


def receipt_of(
    command: str, runs: Sequence[dict[str, Any]], documents: Sequence[Source] = (), made: str = ""
) -> dict[str, Any]:
    """The receipt of a report. `documents`: other files that were read, kept by hash alone; `made`: the day (today)."""
    return {
        "receipt": 1,
        "command": command,
        "tool": __version__,
        "made": made or today(),
        "runs": list(runs),
        "documents": [hashed(item, False) for item in documents],
        "body": "",
    }


def receipt_of_documents(
    command: str, documents: Sequence[Source], asked: dict[str, Any], made: str = ""
) -> dict[str, Any]:
    """The receipt of what was read in documents, which it embeds where they are small. `asked`: the lawbook, the nations that
    were named, the second engine, the waivers."""
    keep = sum(len(item.raw) for item in documents) <= KEPT
    found = receipt_of(command, [], made=made)
    return {**found, "documents": [hashed(item, keep) for item in documents], "asked": asked}


def sealing(answer: Answer) -> Seal:
    """How the receipt of an answer is made once it is known what the answer shows: gives its text, or "" where there is none."""
    receipt = answer.receipt()

    def seal(body: str) -> str:
        return canonical({**receipt, "body": body}) if receipt else ""

    return seal
