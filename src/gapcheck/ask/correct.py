"""What was understood, put right by what the person says besides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gapcheck.ask.understood import Understood
from gapcheck.law.day import day
from gapcheck.law.lawbook import Lawbook
from gapcheck.profile.question import question
from gapcheck.profile.resolve import plain_id

NONE = "none"


def corrected(  # noqa: PLR0917
    book: Lawbook,
    meant: Understood,
    profession: str | None = None,
    registered: Sequence[str] = (),
    medicine: str | None = None,
    nation: str | None = None,
    as_at: str | None = None,
) -> Understood:
    """What was understood with what is said besides in its place; what is not said stays. Raises InputError for what the
    lawbook does not know."""
    stated = {"profession": profession, "registered": tuple(registered), "medicine": medicine}
    where = plain_id(nation) if nation else meant.nation
    asked = question(book, next(iter(book.data["acts"])), where or book.data["assumes"]["nation"], stated).profile
    meant = replace(meant, nation=where, between_nations=() if nation else meant.between_nations)
    if profession:
        meant = replace(meant, profession=asked.profession, between=())
    if registered:
        held = tuple(item for item in registered if item != NONE)
        meant = replace(meant, registered=held, on_no_register=not held)
    if medicine:
        meant = replace(meant, medicine=book.resolve("medicines", plain_id(medicine)) or medicine)
    return replace(meant, as_at=day(as_at)) if as_at else meant
