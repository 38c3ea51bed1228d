"""What is done in a process of its own: reports on paper and screen, made as the commands make them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from gapcheck.law.lawbook import Lawbook


@lru_cache(maxsize=2)
def lawbook(rules: tuple[str, ...]) -> Lawbook:
    """The lawbook, loaded once in a process."""
    return Lawbook.load(*rules)


class ReportWish(NamedTuple):
    """A report that is wanted: of the text of a profile, in a format. `rules`: the folders of the lawbook."""

    rules: tuple[str, ...]
    text: str
    date: str
    readings: tuple[str, ...]
    reforms: tuple[str, ...]
    format: str


def role_report(wish: ReportWish) -> str | bytes:
    """The report of `gapcheck check` on the text of a profile, with its receipt. Raises InputError as the command does."""
    from gapcheck.document.receipt import Source
    from gapcheck.engine.findings import check
    from gapcheck.findings.checked import Checked, findings
    from gapcheck.profile.read import profile_of
    from gapcheck.reading import read_document
    from gapcheck.web.inquiry import chosen

    book = lawbook(wish.rules)
    raw = wish.text.encode()
    document = read_document(raw, "profile.yaml")
    profile = profile_of(document, book)
    report = check(profile, book.at(wish.date, profile.nation, chosen(wish.readings), wish.reforms))
    lines = tuple(document.line(("tasks", number)) for number in range(len(report.findings)))
    return findings(wish.format, [Checked(report, Source("profile.yaml", raw), lines)], full=True)
