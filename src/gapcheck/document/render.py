"""The faces: each renders a `Document` of blocks and invents no wording. `render(document, face)` is the one way in."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from gapcheck.document.blocks import Document
from gapcheck.errors import problem

FACES = ("markdown", "html", "docx", "pdf")
_NEEDS = {"docx": "docx", "typst": "pdf", "lxml": "docx", "pypdf": "pdf"}


def render(document: Document, face: str) -> str | bytes:
    """A document in a face: text for Markdown and HTML, bytes for Word and PDF.

    Raises InputError where a library that the face needs is not installed.
    """
    rendered: str | bytes = _of(face, "render")(document)
    return rendered


def fingerprint(raw: str | bytes, face: str) -> str:
    """The SHA-256 of what a rendered document shows, its receipt left out; the same after a program has merely saved it
    again. Raises ValueError for what is no such document."""
    return str(_of(face, "fingerprint")(raw))


def embedded(raw: bytes, face: str) -> str:
    """The receipt that a rendered document carries, as JSON text. Raises ValueError where there is none."""
    return str(_of(face, "embedded")(raw))


def _of(face: str, name: str) -> Callable[..., Any]:
    try:
        found: Callable[..., Any] = getattr(import_module(f"gapcheck.document.{face}"), name)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] not in _NEEDS:
            raise
        raise problem(
            f"--format {face}", f"needs the library `{error.name}`", None, "pip install 'gapcheck[reports]'"
        ) from None
    return found
