"""The findings of profiles on one screen."""

from __future__ import annotations

from collections.abc import Sequence

from gapcheck.document.blocks import Document
from gapcheck.engine.findings import Report


def brief(reports: Sequence[Report], only: str = "") -> Document:
    from gapcheck.findings.document import document

    return document(reports)
