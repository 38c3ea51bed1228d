"""Pages saved as one file (MHTML) and messages: the part that a person reads, and a note of what was attached."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage

from gapcheck.errors import problem

_HEAD = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,60}\r?\n")
_SIGNS = (b"mime-version:", b"content-type:")


def is_mail(raw: bytes) -> bool:
    """Whether a file begins with the headers of a message."""
    head = _HEAD.match(raw[:20_000].lstrip())
    return head is not None and all(sign in head[0].lower() for sign in _SIGNS)


def body_of(raw: bytes, source: str) -> tuple[str, bool, tuple[str, ...]]:
    """The text of a message, whether it is a page, and what is to be noted. Raises InputError where it has none."""
    message = email.message_from_bytes(raw.lstrip(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    parts = [part for part in message.walk() if part.get_content_type() in ("text/html", "text/plain")]
    shown = [part for part in parts if part.get_content_disposition() != "attachment"]
    chosen = next((part for part in shown if part.get_content_subtype() == "html"), next(iter(shown), None))
    if chosen is None:
        raise problem(source, "the message holds no text", None, "save what is attached to it, and give that")
    data = chosen.get_payload(decode=True)
    raw_text = data if isinstance(data, bytes) else b""
    charset = str(chosen.get_content_charset() or "utf-8")
    try:
        text = raw_text.decode(charset)
    except (LookupError, UnicodeDecodeError):
        text = raw_text.decode("utf-8" if charset == "utf-8" else "cp1252", errors="replace")
    attached = [str(part.get_filename()) for part in message.walk() if part.get_content_disposition() == "attachment"]
    notes = (f"{len(attached)} attached files were not read",) if attached else ()
    return text, chosen.get_content_subtype() == "html", notes
