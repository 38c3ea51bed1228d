"""Words that the faces share: headings, the law in short, and plain text out of what strangers wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gapcheck.engine.findings import CrossCheck, Finding, Report, Waiver
from gapcheck.engine.remedies import RemedySet
from gapcheck.engine.routes import BARRED, OPEN, ActResult, RouteResult
from gapcheck.engine.sentences import DIRECTNESS, holder, not_yet_seen
from gapcheck.law.conditions import ConditionResult
from gapcheck.law.dated import Law, Provision, words

STATUS = {
    "blocked": "Blocked: unlawful whatever the employer arranges",
    "restricted": "Restricted: lawful, but only by a less direct way than the comparator's, or barred by a framework",
    "risky": "Risky: lawful, and nothing statutory assures the person",
    "unknown": "Unknown: it cannot be told yet",
    "clear": "Clear",
}
MEANS = {
    "blocked": "unlawful whatever the employer arranges",
    "restricted": "lawful, but only by a less direct way than the comparator's, or barred by a framework, which is not law",
    "risky": "lawful; harm would be moderate or worse, and nothing statutory assures the person",
    "unknown": "it cannot be told until facts are given; the report asks for them",
    "clear": "none of these",
}
FORCE = {
    "statute": "What the law says of it:",
    "framework": "This is a framework and not law. What it says:",
}
CLEAR_IS_NOT = (
    "A clear finding says that the law, as far as the lawbook goes, does not stand in the way. It does not show that the "
    "person is competent, that anybody indemnifies them, or that the employer has authorised them."
)
WAIVERS = (
    "A waiver silences a finding that rests on a framework or local policy. It changes no law: a finding that rests on "
    "statute cannot be waived, and a waiver past its day is not applied."
)
CONSIDERED = "For each act that the tasks need: every route, its conditions, and whether each holds (yes, no, or ? where it is not known)."
VERIFY = (
    "This file carries the profile, the version of the lawbook and the answers in short. `gapcheck verify FILE` runs the "
    "check again and says whether anything differs."
)
UNREAD = "rests on law or policy that nobody has read in the text: "
NO_CONDITION = "no condition"
REGISTRATION = {
    "yes": "because of registration: statutory registration alone would close it",
    "partly": "partly because of registration: statutory registration and an amendment of the law would close it",
    "no": "not because of registration",
}
RISKS = ("none", "low", "moderate", "high", "extreme")
UNKNOWN = "unknown"
CLASSES = {
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


def who(report: Report) -> str:
    """The holder in words."""
    return holder(report.law, report.profile, report.person)


def counts(report: Report) -> str:
    """The summary in words."""
    parts = [f"{count} {status}" for status, count in report.summary.items() if count]
    total = len(report.findings)
    return f"{total} {'task' if total == 1 else 'tasks'}: {', '.join(parts)}"


def headline(report: Report) -> list[str]:
    """The report in a few sentences: what a reader with ten seconds takes away."""
    gaps = [item for item in report.findings if item.status != "clear"]
    told = [item.because_of_registration for item in gaps if item.status != UNKNOWN]
    soon = [item for item in gaps if any(all(one.remedy == "arrange" for one in way) for way in item.opens_with)]
    worst = max((item.risk for item in gaps), key=RISKS.index, default="none")
    graded = [item.label for item in gaps if item.risk == worst != "none"]
    numbers = {
        "Statutory registration alone would close {}.": told.count("yes"),
        "{} would take an amendment of the law as well as registration.": told.count("partly"),
        "{} would not be closed by registration.": told.count("no"),
        "For {}, an arrangement by the employer or a colleague opens a lawful way, without any change of the law.": len(
            soon
        ),
        "{} cannot be told until facts are given; the report asks for them.": len(gaps) - len(told),
        "{} turns on a reading on which informed bodies differ.": sum(bool(item.turns_on) for item in report.findings),
        "{} is waived; the waiver is listed with its reason.": len(report.waived),
    }
    lines = [f"{counts(report)}."]
    lines += [text.format(_findings(number)) for text, number in numbers.items() if number]
    if graded:
        more = f", and {len(graded) - 3} more" if len(graded) > 3 else ""
        lines.insert(1, f"The highest risk grade is {worst}: {'; '.join(graded[:3])}{more}.")
    return [
        f"{line[0].upper()}{line[1:]}".replace("findings turns", "findings turn").replace("findings is", "findings are")
        for line in lines
    ]


def _findings(number: int) -> str:
    return f"{number} {'finding' if number == 1 else 'findings'}"


def who_line(item: RemedySet) -> str:
    """Who would have to act for one set of remedies."""
    return ", ".join(dict.fromkeys(one.who for one in item))


def act_line(law: Law, act: ActResult) -> str:
    """How an act stands: its verdict, and the way where there is one."""
    if act.best is None:
        return f"{OPEN}: to anyone, subject to its duties"
    if act.best.state == BARRED:
        return BARRED
    title = law.book.data["routes"][act.best.route]["title"]
    return f"{act.verdict}: {title[0].lower() if not title[:2].isupper() else title[0]}{title[1:]}, {DIRECTNESS[act.best.directness]}"


def sure(item: Provision) -> str:
    """How sure the lawbook is of a provision, and since when."""
    text = item.confidence.replace("-", " ")
    if item.announced:
        text = f"{text}; {not_yet_seen(item.announced)}"
    return f"{text}, {words(item.checked)}" if item.checked else text


def waiver_line(item: Waiver) -> str:
    """One waiver: what became of it, for what, why, who owns it, until when."""
    note = f" {item.note}" if item.note else ""
    return f"{item.state}: `{item.of}`, until {words(item.until)}. Reason: {item.reason.rstrip('.')}. Owner: {item.owner}.{note}"


def remedy_line(item: RemedySet) -> str:
    """One set of remedies in words."""
    return " and ".join(f"{one.what} [{CLASSES[one.remedy]}]" for one in item)


def provision_line(item: Provision) -> str:
    """One provision: name, how sure, address."""
    sure = "" if item.confidence == "verified-in-text" else f" [{item.confidence.replace('-', ' ')}]"
    sure += f" [{not_yet_seen(item.announced)}]" if item.announced else ""
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
    lines += overlay_lines(law)
    lines += [f"With the reform: {law.book.data['reforms'][item]['title']} (not law)." for item in law.reforms]
    if second and second.agrees:
        lines.append(f"Both engines agree on every act: gapcheck's own and {second.engine}.")
    lines.append(law.book.data["advice"])
    return lines


def overlay_lines(law: Law) -> list[str]:
    """Each folder laid over the lawbook: whose it is, and what of the lawbook it replaces."""
    lines = []
    for item in law.book.overlays:
        name = f"{item['title']} ({item['overlay']})" if "title" in item else item["overlay"]
        said = ", ".join([name, *(str(item[key]) for key in ("publisher", "version") if key in item)])
        added = f"adds {item['adds']} {'file' if item['adds'] == 1 else 'files'}"
        replaced = f"; replaces {', '.join(item['replaces'])}" if item["replaces"] else ""
        lines.append(f"Laid over the lawbook: {plain(said)}, digest {item['digest'][:16]} ({added}{replaced}).")
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
