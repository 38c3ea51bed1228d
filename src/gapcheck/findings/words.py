"""The words of a report on a role profile: statuses, the headline, how an act stands, remedies, waivers, evidence."""

from __future__ import annotations

from collections.abc import Iterable

from gapcheck.document.words import DIRECTNESS, REMEDY, inner, number, plain, said, source_line
from gapcheck.engine.findings import Finding, Report, Waiver
from gapcheck.engine.remedies import Need, RemedySet, registration_text
from gapcheck.engine.routes import BARRED, OPEN, ActResult, RouteResult
from gapcheck.engine.sentences import holder
from gapcheck.law.assurance import SEVERITIES
from gapcheck.law.conditions import ConditionResult
from gapcheck.law.dated import Law, Provision, words

STATUS = {
    "blocked": "Blocked: unlawful whatever the employer arranges",
    "arrange": "To arrange: not lawful until what is missing is in place",
    "unknown": "Unknown: it cannot be told yet",
    "restricted": "Restricted: lawful, but only by a less direct way than the comparator's, or barred by a framework",
    "risky": "Risky: lawful, and what assures the person falls short of the harm that is possible",
    "clear": "Clear",
}
MEANS = {
    "blocked": "unlawful whatever the employer arranges",
    "arrange": "lawful for this person, but something that has to be in place is stated to be missing or has run out",
    "unknown": "it cannot be told until facts are given; the report asks for them",
    "restricted": "lawful, but only by a less direct way than the comparator's, or barred by a framework, which is not law",
    "risky": "lawful, and the gap in assurance is medium or high: what assures the person falls short of the possible harm",
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
    "This file carries the profile, the version of the lawbook and the answers in short. The command gapcheck verify runs the "
    "check again and says whether anything differs."
)
UNREAD = "rests on law or policy that nobody has read in the text: "
NO_CONDITION = "no condition"
REGISTRATION = {
    "yes": "because of registration: statutory registration alone would open the way",
    "partly": "partly because of registration: statutory registration and an amendment of the law would open the way",
    "no": "not because of registration",
    "assurance": "lawful without registration, which would add assurance",
}
TODAY = {
    "yes": "in order",
    "if": "if what is not stated is in place",
    "arrange": "not until something is arranged",
    "unknown": "cannot be told yet",
    "no": "not at all",
}
GAP_IS = (
    "The gap in assurance says how far what assures the person falls short of the harm that is possible. It is no likelihood, and "
    "“none” does not say that the work is safe."
)
EVIDENCE = {
    "rate": "events among a known number",
    "counts": "counted events",
    "case": "published cases",
    "asserted": "asserted, no events cited",
    "none": "none",
}
FEW_NEEDS = 3
_NEED = {"missing": "missing", "ran-out": "has run out", "not-stated": "not stated"}
UNKNOWN = "unknown"
_MARK = {True: "yes", False: "no", None: "?"}


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
    return f"{number(len(report.findings), 'task')}: {', '.join(parts)}"


def today_line(report: Report) -> str:
    """How the tasks stand today, with what is needed: the first thing that a report says."""
    parts = []
    for today, count in report.today.items():
        if count:
            some = [item for item in report.findings if item.today == today]
            needs = dict.fromkeys(
                need.what for item in some for need in item.needed if today != "arrange" or need.state != "not-stated"
            )
            listed = ", ".join(list(needs)[:FEW_NEEDS]) + (
                f" and {len(needs) - FEW_NEEDS} more" if len(needs) > FEW_NEEDS else ""
            )
            parts.append(f"{count} {TODAY[today]}{f' ({listed})' if listed else ''}")
    return f"Today: {', '.join(parts)}."


def need_lines(needs: Iterable[Need]) -> list[str]:
    """What has to be in place: what, how that stands, and who can provide it."""
    return [f"{item.what}: {_NEED[item.state]} ({item.by})" for item in needs]


def status_line(finding: Finding) -> str:
    """The status in short, with the gap where it stands beside it, and what registration has to do with it."""
    parts = [finding.status]
    if finding.shows_gap:
        parts.append(f"gap in assurance {finding.gap}")
    if finding.status in ("blocked", "restricted", "risky") or finding.because_of_registration == "assurance":
        parts.append(REGISTRATION[finding.because_of_registration])
    return "; ".join(parts) if finding.status != "unknown" else "unknown"


def harm_line(law: Law, finding: Finding) -> str:
    """The harm if the task is done badly: the grade, whose it is, and what evidence stands behind it."""
    harm = finding.decision.task["harm"]
    graded = f"graded by {harm['by']}" if harm.get("by") else "graded by the lawbook"
    return f"{harm['severity']} ({harm['basis']}, {graded}; evidence: {EVIDENCE[harm['evidence']]}). {harm['text']}"


def adds_line(law: Law, finding: Finding, profession: str) -> str:
    """What statutory registration would add to a task, in a sentence; nothing where it adds nothing."""
    adds, acts = finding.registration_adds, law.book.data["acts"]
    parts = [f"it would open: {'; '.join(acts[act]['title'] for act in adds.opens)}"] if adds.opens else []
    if finding.because_of_registration == "partly":
        parts[:] = [f"{part} (with an amendment of the law as well)" for part in parts]
    if adds.assures:
        after = finding.decision.assurance.once_registered
        which = registration_text(law, profession)
        parts.append(f"the gap in assurance would be {after} and not {finding.gap}, by {which}")
    return f"{'; '.join(parts)}." if parts else ""


def headline(report: Report) -> list[str]:
    """The report in a few sentences: what a reader with ten seconds takes away."""
    in_law = [item.because_of_registration for item in report.findings if item.status in ("blocked", "restricted")]
    wide = [item for item in report.findings if item.status == "risky"]
    added = sum(item.because_of_registration == "assurance" for item in report.findings)
    numbers = {
        "Statutory registration alone would open {}.": in_law.count("yes"),
        "{} would take an amendment of the law as well as registration.": in_law.count("partly"),
        "{} of law or of a framework would stay with registration.": in_law.count("no"),
        "Registration would add assurance to {} that is lawful without it.": added,
        "{} cannot be told until facts are given; the report asks for them.": report.summary["unknown"],
        "{} turns on a reading on which informed bodies differ.": sum(bool(item.turns_on) for item in report.findings),
        "{} is waived; the waiver is listed with its reason.": len(report.waived),
    }
    lines = [today_line(report), f"{counts(report)}."]
    if wide:
        more = f", and {len(wide) - 3} more" if len(wide) > 3 else ""
        worst = sorted(wide, key=lambda item: -SEVERITIES.index(item.decision.task["harm"]["severity"]))
        named = "; ".join(item.label for item in worst[:3])
        lines.append(
            f"What assures the person falls short of the possible harm in {number(len(wide), 'finding')}: {named}{more}."
        )
    lines += [text.format(number(count, "finding")) for text, count in numbers.items() if count]
    return [
        f"{line[0].upper()}{line[1:]}".replace("findings turns", "findings turn")
        .replace("findings is", "findings are")
        .replace("findings that is", "findings that are")
        for line in lines
    ]


def who_line(item: RemedySet) -> str:
    """Who would have to act for one set of remedies."""
    return ", ".join(dict.fromkeys(one.who for one in item))


def act_line(law: Law, act: ActResult) -> str:
    """How an act stands: its verdict, and the way where there is one."""
    if act.best is None:
        return f"{OPEN}: to anyone, subject to its duties"
    if act.best.state == BARRED:
        return BARRED
    way = inner(law.book.data["routes"][act.best.route]["title"])
    return ", ".join(filter(None, (f"{act.verdict}: {way}", DIRECTNESS.get(act.best.directness, ""))))


def waived_thing(law: Law, item: Waiver) -> str:
    """What a waiver is of: a task, or a code of wording."""
    task = law.book.data["tasks"].get(item.of)
    return str(task["label"]) if task else item.of


def waiver_line(law: Law, item: Waiver) -> str:
    """One waiver: what became of it, for what, why, who owns it, until when."""
    note = f" {item.note}" if item.note else ""
    reason = item.reason.rstrip(".")
    return f"{item.state}: {waived_thing(law, item)}, until {words(item.until)}. Reason: {reason}. Owner: {item.owner}.{note}"


def remedy_line(item: RemedySet) -> str:
    """One set of remedies in words."""
    return " and ".join(f"{one.what} [{REMEDY[one.remedy]}]" for one in item)


def law_of(finding: Finding) -> tuple[Provision, ...]:
    """The provisions that a finding rests on: of the routes that decide it."""
    found: dict[str, Provision] = {}
    for act in finding.decision.way.acts if finding.decision.way else ():
        routes: Iterable[RouteResult] = [act.best] if act.best and act.best.state != BARRED else act.routes[:2]
        for item in (*act.act.law[:2], *(law for route in routes for law in route.law)):
            found[item.id] = item
    return tuple(found.values())


def condition_line(law: Law, item: ConditionResult) -> str:
    """One condition: whether it holds, what was wanted, what was found."""
    return f"[{_MARK[item.holds]}] {item.part}: {said(law.book, item.wanted)} (found: {found(law, item)})"


def found(law: Law, item: ConditionResult) -> str:
    """What was found of a condition."""
    return said(law.book, plain(item.found))


def way(law: Law, finding: Finding) -> str:
    """The way of a task that may be done in several, on which its status rests: its acts, each with its route."""
    decision = finding.decision
    if decision.way is None or len(decision.ways) < 2:
        return ""
    routes = law.book.data["routes"]
    return "; ".join(
        f"{act.act.title}: {inner(routes[act.best.route]['title'])}"
        if act.best and act.best.state != BARRED
        else act.act.title
        for act in decision.way.acts
    )


def unread(law: Law, finding: Finding) -> str:
    """What a finding rests on that nobody has read in the text."""
    return (
        UNREAD + "; ".join(law.book.provision(item).title for item in finding.unverified) if finding.unverified else ""
    )


def evidence_lines(law: Law, finding: Finding) -> list[str]:
    """The claims that bear on a finding, with their published source."""
    lines = []
    for claim in finding.evidence:
        item = law.book.data["claims"][claim]
        lines.append(f"{item['statement']} ({'; '.join(map(source_line, item['source']))})")
    return lines
