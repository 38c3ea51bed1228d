"""Words that the faces share: headings, the law in short, and plain text out of what strangers wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gapcheck.engine.findings import CrossCheck, Finding, Report
from gapcheck.engine.remedies import RemedySet
from gapcheck.engine.routes import BARRED, RouteResult
from gapcheck.engine.sentences import holder
from gapcheck.law.conditions import ConditionResult
from gapcheck.law.dated import Law, Provision, words

STATUS = {
    "blocked": "Blocked: unlawful whatever the employer arranges",
    "restricted": "Restricted: lawful, but only by a less direct way than the comparator's, or barred by a framework",
    "risky": "Risky: lawful, and nothing statutory assures the person",
    "unknown": "Unknown: it cannot be told yet",
    "clear": "Clear",
}
REGISTRATION = {
    "yes": "because of registration: statutory registration alone would close it",
    "partly": "partly because of registration: statutory registration and an amendment of the law would close it",
    "no": "not because of registration",
}
_CLASS = {
    "register": "registration",
    "amend": "amendment of the law",
    "arrange": "arrangement",
    "cannot": "cannot be opened",
}
_MARK = {True: "yes", False: "no", None: "?"}


def plain(text: str) -> str:
    """Text from a stranger without control characters and direction marks, on one line."""
    return "".join(char if char.isprintable() and not 0x2066 <= ord(char) <= 0x2069 else " " for char in text)


def heading(report: Report) -> str:
    """Whom and what a report is about."""
    law = report.law
    return (
        f"{plain(report.profile.title)}. {holder(law, report.profile, report.person)}, "
        f"{law.book.data['nations'][law.nation]}, {words(law.date)}"
    )


def counts(report: Report) -> str:
    """The summary in words."""
    parts = [f"{count} {status}" for status, count in report.summary.items() if count]
    total = len(report.findings)
    return f"{total} {'task' if total == 1 else 'tasks'}: {', '.join(parts)}"


def remedy_line(item: RemedySet) -> str:
    """One set of remedies in words."""
    return " and ".join(f"{one.what} [{_CLASS[one.remedy]}]" for one in item)


def provision_line(item: Provision) -> str:
    """One provision: name, how sure, address."""
    sure = "" if item.confidence == "verified-in-text" else f" [{item.confidence.replace('-', ' ')}]"
    return f"{item.title}{sure} {item.url}"


def law_of(finding: Finding) -> tuple[Provision, ...]:
    """The provisions that a finding rests on: of the routes that decide it."""
    found: dict[str, Provision] = {}
    for act in finding.decision.way.acts if finding.decision.way else ():
        routes: Iterable[RouteResult] = [act.best] if act.best and act.best.state != BARRED else act.routes[:2]
        for item in (*act.act.law[:2], *(law for route in routes for law in route.law)):
            found[item.id] = item
    return tuple(found.values())


def condition_line(item: ConditionResult) -> str:
    """One condition: whether it holds, what was wanted, what was found."""
    return f"[{_MARK[item.holds]}] {item.part}: {item.wanted} (found: {plain(item.found)})"


def route_line(law: Law, route: RouteResult) -> str:
    """A route and its state."""
    return f"{law.book.data['routes'][route.route]['title']}: {route.state}"


def turns(law: Law, names: Iterable[str]) -> list[str]:
    """What an answer turns on: the interpretation, the reading used, and the others with who holds them."""
    lines = []
    for name in names:
        item = law.book.data["interpretations"][name]
        readings = {one["id"]: one for one in item["readings"]}
        chosen = law.readings[name]
        others = "; ".join(
            f"{key}: {one['title']} (held by: {', '.join(one['held-by'])})"
            for key, one in readings.items()
            if key != chosen
        )
        lines.append(
            f"{name}: read here as `{chosen}`, {readings[chosen]['title']} (held by: {', '.join(readings[chosen]['held-by'])}). Otherwise {others}"
        )
    return lines


def footer(law: Law, second: CrossCheck | None = None) -> list[str]:
    """What is needed to reproduce a report, which engines agreed on it, and what it does not say."""
    lines = [
        f"Lawbook {law.book.version}, digest {law.book.digest[:16]}, law as at {words(law.date)} in {law.book.data['nations'][law.nation]}."
    ]
    lines += [f"With the reform: {law.book.data['reforms'][item]['title']} (not law)." for item in law.reforms]
    if second and second.agrees:
        lines.append(f"Both engines agree on every act: gapcheck's own and {second.engine}.")
    lines.append(law.book.data["advice"])
    return lines


def source_line(source: Mapping[str, Any]) -> str:
    """A published source: who, what, when."""
    return ", ".join(str(source[key]) for key in ("publisher", "title", "year") if source.get(key))


def evidence_lines(law: Law, finding: Finding) -> list[str]:
    """The claims that bear on a finding, with their published source."""
    lines = []
    for claim in finding.evidence:
        item = law.book.data["claims"][claim]
        lines.append(f"{item['statement']} ({'; '.join(map(source_line, item['source']))}) [{claim}]")
    return lines
