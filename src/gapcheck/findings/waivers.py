"""Waivers: findings on a framework, local policy or wording that an organisation accepts for a time. Never statute.

A waiver is always listed, with its reason, its owner and its last day, whatever became of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapcheck.engine.findings import Finding, Report, Waiver
from gapcheck.engine.routes import ARRANGE, UNKNOWN
from gapcheck.engine.tasks import CLEAR, FRAMEWORK, RESTRICTED, RISKY
from gapcheck.errors import InputError, Problem, nearest, problem
from gapcheck.reading import MAX_BYTES, opened, read_document

if TYPE_CHECKING:
    from gapcheck.law.lawbook import Lawbook

APPLIED, REFUSED, EXPIRED, UNUSED = "applied", "refused", "expired", "unused"
_STATUTE = "It rests on statute, which cannot be waived."
_WHY_NOT = {
    RISKY: "No framework bars it: what assures the person falls short of the possible harm, and a waiver does not change that.",
    ARRANGE: "It is not lawful until what is missing is in place, which a waiver does not put there.",
    UNKNOWN: "It cannot be told yet, and may rest on statute.",
}


@dataclass(frozen=True, slots=True)
class WaiverEntry:
    """One entry of a file of waivers; `finding` or `wording` is empty."""

    finding: str
    wording: str
    profile: str
    document: str
    quote: str
    reason: str
    owner: str
    expiry: str

    def became(self, state: str, note: str = "") -> Waiver:
        """The waiver as a report lists it."""
        of, source = self.finding or self.wording, self.profile or self.document
        return Waiver(of, self.reason, self.owner, self.expiry, source, state, note)


def read_waivers(path: str | os.PathLike[str], book: Lawbook) -> tuple[list[WaiverEntry], bytes]:
    """The entries of a file of waivers, and its bytes. Raises InputError with every problem found."""
    source = os.fspath(path)
    try:
        with opened(source) as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise problem(source, f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    return entries_of(raw, source, book), raw


def entries_of(raw: bytes, source: str, book: Lawbook) -> list[WaiverEntry]:
    """The entries that the bytes of a file of waivers hold. Raises InputError with every problem found."""
    from gapcheck.forms import form_problems  # brings the schema library

    document = read_document(raw, source)
    problems = form_problems(document, "waivers")
    if not problems:
        codes = [code for code in book.data["codes"] if code.startswith("W")]
        for number, item in enumerate(document.data["waivers"]):
            for key, kind, known in (("finding", "task", book.data["tasks"]), ("wording", "code", codes)):
                if key in item and item[key] not in known:
                    line = document.line(("waivers", number, key))
                    message, help = f"there is no {kind} `{item[key]}`", nearest(item[key], known)
                    problems.append(Problem(source, line, message, help))
    if problems:
        raise InputError(problems)
    keys = WaiverEntry.__dataclass_fields__
    return [WaiverEntry(**{key: str(item.get(key, "")) for key in keys}) for item in document.data["waivers"]]


def apply(entries: Iterable[WaiverEntry], report: Report) -> Report:
    """The report with what became of each waiver."""
    return report._replace(waivers=tuple(_tried(entry, report) for entry in entries))


def _tried(entry: WaiverEntry, report: Report) -> Waiver:
    if entry.wording:
        return entry.became(UNUSED, "It is about the wording of a document.")
    profile = report.profile
    if entry.profile and entry.profile not in (profile.title, profile.source, os.path.basename(profile.source)):
        return entry.became(UNUSED, "It is for another profile.")
    findings = [item for item in report.findings if item.task == entry.finding]
    if not findings:
        return entry.became(UNUSED, "The profile has no such task.")
    refusals = [refusal for item in findings if (refusal := _refusal(item))]
    if refusals:
        return entry.became(REFUSED, refusals[0])
    if all(item.status == CLEAR for item in findings):
        return entry.became(UNUSED, "The finding is clear.")
    if entry.expiry < report.law.date:
        return entry.became(EXPIRED, "Its last day is past.")
    return entry.became(APPLIED)


def _refusal(finding: Finding) -> str:
    """Why a finding cannot be waived; empty where it can, or is clear."""
    if finding.status == CLEAR or (finding.status == RESTRICTED and finding.restricted_by == FRAMEWORK):
        return ""
    return _WHY_NOT.get(finding.status, _STATUTE)


def unmatched(entries: Iterable[WaiverEntry], tried: Iterable[Waiver]) -> list[Waiver]:
    """The entries that matched nothing. `tried`: what became of those that matched something."""
    done = {item[:5] for item in tried}
    return [
        item
        for entry in entries
        if (item := entry.became(UNUSED, "It matches nothing that was found."))[:5] not in done
    ]


def of_wording(
    entries: Iterable[WaiverEntry], code: str, quote: str, document: str, date: str, *, statute: bool = False
) -> Waiver | None:
    """What the waivers say of a finding on wording: the first that fits, applied, refused or expired on the date, or None.

    `quote`: the piece of the document that it is about; `document`: the document's file;
    `statute`: to follow the wording would break a statute, which nobody can waive.
    """
    fitting = [
        entry
        for entry in entries
        if entry.wording == code
        and entry.quote in ("", quote)
        and entry.document in ("", document, os.path.basename(document))
    ]
    if statute and fitting:
        return fitting[0].became(REFUSED, _STATUTE)
    live = [entry for entry in fitting if entry.expiry >= date]
    if live:
        return live[0].became(APPLIED)
    return fitting[0].became(EXPIRED, "Its last day is past.") if fitting else None
