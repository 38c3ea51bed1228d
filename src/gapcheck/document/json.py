"""JSON: the data of an answer, with its receipt."""

from __future__ import annotations

import json
from typing import Any

from gapcheck.document.answer import Answer, Look
from gapcheck.document.same import data_beyond as beyond

__all__ = ["beyond", "dumped", "render"]


def render(answer: Answer, look: Look) -> str:
    """The data as JSON text."""
    return dumped(answer.data())


def dumped(data: Any) -> str:
    """Data as JSON text, two spaces a level."""
    return json.dumps(data, ensure_ascii=False, indent=2)
