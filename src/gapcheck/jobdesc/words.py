"""Words on a job description that its faces share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gapcheck.document.words import capital, plain, spaced

if TYPE_CHECKING:
    from gapcheck.engine.findings import Waiver
    from gapcheck.jobdesc.understanding.result import Description, OpenTo, RegistrationWording, TaskHit
    from gapcheck.law.lawbook import Lawbook

STATUS = {
    "statutory-essential": "statutory registration, as an essential requirement",
    "statutory-desirable": "statutory registration, as desirable",
    "accredited-essential": "registration with an accredited (voluntary) register, as an essential requirement",
    "accredited-desirable": "registration with an accredited (voluntary) register, as desirable",
    "accredited-eligible": "eligibility for an accredited (voluntary) register",
    "working-towards": "working towards registration",
    "either-statutory-or-accredited": "statutory registration, or registration with an accredited register",
    "none-mentioned": "nothing",
}
KIND = {
    "duty": "duty",
    "requirement-essential": "essential requirement",
    "requirement-desirable": "desirable requirement",
    "supervised": "under supervision",
    "to-confirm": "to confirm",
    "service-description": "description of the service",
    "development-offer": "offer of training",
    "negated": "excluded",
}
LONG = 300  # characters of a quote that a page shows


def quote(text: str, limit: int = LONG) -> str:
    """A quote on one line, between quotation marks."""
    words = " ".join(plain(text).split())
    return f"“{words if len(words) <= limit else words[:limit].rstrip() + '…'}”"


def title_of(description: Description) -> str:
    """The title of the post, or of the document where it names none."""
    return plain(description.title) or plain(description.source)


def post_line(description: Description, book: Lawbook) -> str:
    """Where the post is: employer, nation, band, scopes."""
    nation = book.data["nations"].get(description.nation, "")
    assumed = book.data["nations"][book.data["assumes"]["nation"]]
    parts = [
        plain(description.employer),
        nation or ("" if description.declined else f"nation not stated, {assumed} is assumed"),
        f"band {plain(description.band)}" if description.band else "",
        ", ".join(scope_name(item) for item in description.scopes),
    ]
    return "; ".join(filter(None, parts))


def scope_name(scope: str) -> str:
    """A scope of practice in words."""
    return spaced(scope)


def group(item: OpenTo, book: Lawbook) -> str:
    """A professional group and the register asked of it."""
    title = str(book.data["professions"][item.profession]["title"])
    return f"{capital(title)}, {register(item.register, book) or 'no register'}"


def register(identity: str, book: Lawbook) -> str:
    """A register by its short name."""
    known = book.items("registers").get(identity, {})
    return str(known.get("short") or known.get("abbreviation") or identity.upper())


def wording_line(item: RegistrationWording, book: Lawbook) -> str:
    """One wording about registration: strength, register, quote, line."""
    name = register(item.register, book) if item.register else "no register named"
    return f"{spaced(item.strength)}, {name}, line {item.line}: {quote(item.quote)}"


def task_lines(hits: Sequence[TaskHit], book: Lawbook) -> list[tuple[str, str]]:
    """The tasks that the text names, each once: its label, and where and how the text names it."""
    found: dict[str, dict[str, list[str]]] = {}
    for hit in hits:
        said = found.setdefault(hit.id, {}).setdefault(KIND.get(hit.kind, hit.kind), [])
        said.append(f"line {hit.line} {quote(hit.quote)}")
    return [
        (task_name(task, book), "; ".join(f"{kind}, {', '.join(said)}" for kind, said in kinds.items()))
        for task, kinds in found.items()
    ]


def task_name(identity: str, book: Lawbook) -> str:
    """A task in words."""
    task = book.items("tasks").get(identity) or book.items("acts").get(identity, {})
    return str(task.get("label") or task.get("title") or spaced(identity))


def waiver_line(item: Waiver) -> str:
    """One waiver of wording: what it silences, why, who answers for it, until when."""
    return f"{item.of}, {item.state}: {plain(item.reason)} ({plain(item.owner)}, until {item.until})"


def cells(description: Description, book: Lawbook) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """The groups side by side: their names, and for each task its label and its status for each group."""
    names = [group(item, book) for item in description.open_to][: len(description.reports)]
    rows: dict[str, tuple[str, list[str]]] = {}
    for column, report in enumerate(description.reports):
        for finding in report.findings:
            key = f"{finding.task} {finding.entry.medicine}"
            row = rows.setdefault(key, (finding.label, [""] * len(names)))
            gap = f", gap {finding.gap}" if finding.shows_gap and finding.gap != "none" else ""
            row[1][column] = f"{finding.status}{gap}{', waived' if finding.task in report.waived else ''}"
    return names, list(rows.values())
