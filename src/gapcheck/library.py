"""The library: the same findings as the commands, as objects, in three lines.

lawbook = Lawbook.load()
profile = Profile.read("profile.yaml", lawbook)
report = check(profile, lawbook, as_at="2026-11-22")
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from gapcheck.clock import today
from gapcheck.engine import findings
from gapcheck.law.lawbook import Lawbook
from gapcheck.profile.model import Profile


def check(
    profile: Profile,
    lawbook: Lawbook,
    *,
    as_at: datetime.date | str | None = None,
    nation: str | None = None,
    interpretations: Mapping[str, str] | None = None,
    reforms: Iterable[str] = (),
) -> findings.Report:
    """The findings for a profile. `as_at`: the law on this date (today); `nation` goes before the profile's own.

    Raises InputError for a nation, interpretation, reading or reform that the lawbook does not know.
    """
    date = as_at.isoformat() if isinstance(as_at, datetime.date) else as_at or today()
    return findings.check(profile, lawbook.at(date, nation or profile.nation, interpretations, reforms))
