"""Data in an address: packed small, and unpacked with care, because anybody can write an address."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from typing import Any

from gapcheck.errors import problem

LARGEST = 1_000_000  # bytes of what is packed
_SOURCE = "address"


def pack(data: Any) -> str:
    """Data as letters that may stand in an address."""
    raw = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(zlib.compress(raw, 9)).decode().rstrip("=")


def unpack(text: str, largest: int = LARGEST) -> Any:
    """The data again. Raises InputError for what `pack` did not make, or for more than `largest` bytes."""
    try:
        unzip = zlib.decompressobj()
        raw = unzip.decompress(base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True), largest)
        if unzip.unconsumed_tail or not unzip.eof:
            raise problem(
                _SOURCE, "it holds too much, or is cut off", None, "save what you have as a file and load it again"
            )
        found = json.loads(raw)
        json.dumps(found, ensure_ascii=False).encode()  # half a character could be read, but not written again
        return found
    except (binascii.Error, zlib.error, ValueError, RecursionError):
        raise problem(_SOURCE, "the address is damaged", None, "go back to the page before and try again") from None
