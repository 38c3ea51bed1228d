"""Text recognised in the pictures of a scanned PDF, by a tesseract that is installed; only where somebody asks for it."""

from __future__ import annotations

import io
import os
import subprocess
import time
from typing import TYPE_CHECKING

import pdfplumber

from gapcheck.errors import problem

if TYPE_CHECKING:
    from gapcheck.jobdesc.reading.limits import Limits

NOTE = "its text was recognised in pictures of pages (tesseract): letters may be wrong, and tables are not told"
_RESOLUTION, _POINTS = 200, 72  # dots an inch of a picture, points an inch of a page
_PIXELS = 12_000_000  # of a page
_PAGES = 15
_LONG = "give fewer pages, or run text recognition over it (for example `ocrmypdf`) and give the result"


def recognised(raw: bytes, source: str, limits: Limits) -> list[str]:
    """The text of each page of a PDF. `limits.ocr`: the program. Raises InputError where there are too many pages, it takes too long
    or the program fails."""
    until = time.monotonic() + limits.seconds
    found = []
    with pdfplumber.open(io.BytesIO(raw)) as pdf:
        if len(pdf.pages) > _PAGES:
            raise problem(source, f"the scan has {len(pdf.pages)} pages; at most {_PAGES} are recognised", None, _LONG)
        for page in pdf.pages:
            size = max(1.0, float(page.width) * float(page.height))
            scale = min(_RESOLUTION, _POINTS * (_PIXELS / size) ** 0.5)
            picture = io.BytesIO()
            page.to_image(resolution=scale).original.convert("L").save(picture, "PNG")
            page.close()
            found.append(_text(picture.getvalue(), source, limits.ocr, until - time.monotonic()))
    return found


def _text(picture: bytes, source: str, program: str, seconds: float) -> str:
    late = problem(source, "recognising its text took too long", None, _LONG)
    if seconds <= 0:
        raise late
    try:
        done = subprocess.run(  # noqa: S603 - the program that the person has installed, and no word of the document
            [program, "stdin", "stdout", "-l", "eng"],
            input=picture,
            capture_output=True,
            timeout=seconds,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired:
        raise late from None
    except (OSError, subprocess.CalledProcessError):
        raise problem(source, "tesseract could not recognise its text", None, _LONG) from None
    return done.stdout.decode("utf-8", "replace").replace("\f", "")
