"""What is done to a description before it is shown: the second engine's word on its reports, and the waivers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gapcheck.findings.waivers import WaiverEntry
    from gapcheck.jobdesc.understanding.result import Description
    from gapcheck.law.lawbook import Lawbook


def judged(
    description: Description, waivers: Sequence[WaiverEntry], date: str, cross_check: bool | None, book: Lawbook
) -> Description:
    """The description with its reports confirmed and its waivers tried. A wording that is waived moves to `waived`;
    one that would break a statute stays, and its waiver is listed as refused.

    Raises DisagreementError where the engines differ, and InputError where the second one is wanted and not installed.
    """
    from gapcheck.engine.confirmed import confirmed

    reports = confirmed(list(description.reports), cross_check)
    kept, done = list(description.wording), []
    if waivers:
        from gapcheck.findings.waivers import APPLIED, apply, of_wording

        reports = [apply([entry for entry in waivers if entry.finding], report) for report in reports]
        kept = []
        for item in description.wording:
            waiver = of_wording(
                waivers,
                item.code,
                item.quote,
                description.source,
                date,
                statute=book.data["codes"][item.code].get("statute", False),
            )
            if waiver is not None:
                done.append(waiver)
            if waiver is None or waiver.state != APPLIED:
                kept.append(item)
    return replace(description, reports=tuple(reports), wording=tuple(kept), waived=tuple(done))
