"""Make a pack: the engine says by which ways each task goes and what each asks to be in place; the lawbook says what the papers
of these have to say."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from gapcheck.engine.findings import Finding, Report, check
from gapcheck.engine.routes import AVAILABLE, BARRED, OPEN, ActResult, RouteResult
from gapcheck.engine.tasks import STATUTE
from gapcheck.law.dated import Law, words
from gapcheck.pack.model import (
    IN_PLACE,
    MISSING,
    NOT_STATED,
    RAN_OUT,
    Attestation,
    End,
    Field,
    MedicineWay,
    Member,
    Pack,
    PackMedicine,
    PaperForm,
    Sheets,
    Signer,
)
from gapcheck.profile.model import Attested, Profile

KINDS = ("arrangement", "entitlement")
_SOON = 366  # days


def pack(name: str, members: Sequence[Member], law: Law, origin: Mapping[str, Any]) -> Pack:
    """The pack of some members, all under one law. `origin`: what it is made of (see `Pack`)."""
    sheets = tuple(_sheets(member, law) for member in members)
    papers = tuple(_papers(law, sheets))
    return Pack(name, law, sheets, papers, tuple(_ends(law, sheets)), origin)


def _sheets(member: Member, law: Law) -> Sheets:
    report = check(member.profile, law)
    return Sheets(
        member,
        report,
        tuple(attestations(report)),
        tuple(_medicines(report)),
        tuple(item.label for item in report.findings if item.today == "no"),
    )


def _acts(finding: Finding) -> Iterator[ActResult]:
    """The acts of the way that a task goes, where it may go at all."""
    if finding.decision.way is not None and finding.today != "no":
        yield from (act for act in finding.decision.way.acts if act.act.force == STATUTE)


def _open(act: ActResult) -> list[RouteResult]:
    """The ways of an act that are open to the person, the best first."""
    found = [route for route in act.routes if route.state in (OPEN, AVAILABLE)]
    return sorted(found, key=lambda route: route is not act.best)


def attestations(report: Report) -> Iterator[Attestation]:
    """Everything that the ways of the tasks ask to be in place: first what the ways ask that the tasks go by."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for finding in report.findings:
        for act in _acts(finding):
            for route in _open(act):
                for item in route.conditions:
                    for fact in item.facts if item.part == "arrangements" else ():
                        kind, _, what = fact.partition(".")
                        if kind in KINDS:
                            line = found.setdefault((kind, what), {"tasks": {}, "chosen": False})
                            line["chosen"] |= route is act.best
                            line["tasks"][finding.label] = None
    for (kind, what), line in sorted(found.items(), key=lambda item: (not item[1]["chosen"], item[0][0] != KINDS[1])):
        about = report.law.book.data["arrangements"][what]
        stated = _stated(report.profile, kind, what)
        yield Attestation(
            kind,
            what,
            about["label"],
            _state(report, kind, what, stated),
            stated.by if stated else "",
            stated.reference if stated else "",
            stated.until if stated else "",
            about["who"],
            tuple(line["tasks"]),
            line["chosen"],
        )


def _stated(profile: Profile, kind: str, what: str) -> Attested | None:
    listing = profile.arrangements if kind == KINDS[0] else profile.entitlements
    return next((item for item in listing.items if item.id == what), None)


def _state(report: Report, kind: str, what: str, stated: Attested | None) -> str:
    if stated:
        return RAN_OUT if stated.until and stated.until < report.law.date else IN_PLACE
    listing = report.profile.arrangements if kind == KINDS[0] else report.profile.entitlements
    return MISSING if listing.none else NOT_STATED


def _medicines(report: Report) -> Iterator[PackMedicine]:
    """Each medicine of each task with its ways; a task that is barred for the person is told in the findings alone."""
    law = report.law
    data = law.book.data
    for finding in report.findings:
        way = finding.decision.way
        for act, facts in zip(way.acts, way.facts, strict=True) if way else ():
            if act.act.force != STATUTE or not act.routes or not _gives(act, facts):
                continue
            open_ = _open(act)
            ways = tuple(
                MedicineWay(
                    route.route,
                    data["routes"][route.route]["title"],
                    route is act.best,
                    tuple(_needs(law, route)),
                    route.law,
                )
                for route in open_
            )
            barred = tuple(
                _barred(law, route) for route in act.routes if route.state == BARRED and _papers_of(law, _asked(route))
            )
            papers = dict.fromkeys(paper for route in open_ for paper in _papers_of(law, _asked(route)))
            medicine = str(facts.get("medicine", ""))
            label = data["medicines"][medicine]["label"] if medicine in data["medicines"] else "the medicine (name it)"
            yield PackMedicine(
                medicine, label, finding.label, act.today, act.act.title, ways, barred, tuple(papers), finding.turns_on
            )


def _gives(act: ActResult, facts: Mapping[str, Any]) -> bool:
    """Whether an act is one with a medicine, and its case says of which kind."""
    return "of" in act.act.data and ("medicine" in facts or any(name.startswith("medicine.") for name in facts))


def _needs(law: Law, route: RouteResult) -> Iterator[str]:
    known = law.book.data["arrangements"]
    for item in route.fails:
        kind, _, what = item.fact.partition(".")
        label = known[what]["label"] if what in known and known[what]["kind"] == kind else item.wanted
        yield f"{label} ({NOT_STATED if item.holds is None else RAN_OUT if item.ran_out else MISSING})"


def _asked(route: RouteResult) -> list[str]:
    """The arrangements and entitlements that a route asks for."""
    names = [name for item in route.conditions if item.part == "arrangements" for name in item.facts]
    return [what for kind, _, what in (name.partition(".") for name in names) if kind in KINDS]


def _papers_of(law: Law, arrangements: Iterable[str]) -> list[str]:
    wanted = set(arrangements)
    return [key for key, item in law.book.data["papers"].items() if wanted & set(item["arrangements"])]


def _barred(law: Law, route: RouteResult) -> tuple[str, str]:
    """A way that is barred, and what of the person or the case bars it."""
    fails = [item for item in route.fails if item.part != "arrangements" and item.holds is False]
    why = "; ".join(dict.fromkeys(f"{item.wanted} (found: {item.found})" for item in fails))
    return law.book.data["routes"][route.route]["title"], why


def _papers(law: Law, sheets: Sequence[Sheets]) -> Iterator[PaperForm]:
    """The papers that any of the members needs for the ways that the tasks go, or that another way of theirs asks for."""
    for identity, item in law.book.data["papers"].items():
        names = set(item["arrangements"])
        needed = [one.member.title for one in sheets if any(line.what in names for line in one.attestations)]
        if not needed or not (cited := law.citations(item["law"])):
            continue
        fields = tuple(
            Field(
                field["label"],
                field.get("states", ""),
                field.get("note", ""),
                law.citations(field["law"]),
                field.get("source", ""),
                tuple(field.get("of", ())),
            )
            for field in item["fields"]
            if law.holds(field) and (field.get("source") or law.citations(field["law"]))
        )
        signs = tuple(Signer(one["says"], law.citations(one["law"])) for one in item["signs"])
        yield PaperForm(
            identity, item["title"], item["short"], item["each"], bool(item.get("part")), tuple(item["arrangements"]),
            fields, signs, cited, tuple(dict.fromkeys(needed)),
        )  # fmt: skip


def _ends(law: Law, sheets: Sequence[Sheets]) -> list[End]:
    """What runs out within a year, or has run out: the soonest first."""
    horizon = (datetime.date.fromisoformat(law.date) + datetime.timedelta(days=_SOON)).isoformat()
    found = []
    for one in sheets:
        tasks = {(line.kind, line.what): line.tasks for line in one.attestations}
        profile = one.member.profile
        stated = [(KINDS[0], item) for item in profile.arrangements.items]
        stated += [(KINDS[1], item) for item in profile.entitlements.items]
        stated += [("annotation", item) for item in profile.annotations.items]
        for entry in profile.tasks:
            stated += [(KINDS[0], item) for item in entry.arrangements.items]
            stated += [(KINDS[1], item) for item in entry.entitlements.items]
        for kind, item in stated:
            if item.until and item.until <= horizon:
                label = law.book.data["arrangements"][item.id]["label"]
                found.append(
                    End(item.until, one.member.title, label, item.by, item.reference, tasks.get((kind, item.id), ()))
                )
    return sorted(set(found))


def filled(sheet: Sheets, field: Field, line: Attestation | None) -> str:
    """What a pack fills a field in with: what is stated of it, or nothing."""
    profile, data = sheet.member.profile, sheet.report.law.book.data
    if not field.states:
        return ""
    guidelines = [item for item in sheet.attestations if item.what in _guideline_ids(data)]
    known: dict[str, str] = {
        "post": profile.title,
        "role": line.label if line else "",
        "scopes": "; ".join(str(data["scopes"][item]["title"]) for item in profile.scopes),
        "tasks": "; ".join(line.tasks) if line else "",
        "medicine": "",
        "by": line.by if line else "",
        "reference": line.reference if line else "",
        "until": line.until if line else "",
        "registers": "; ".join(
            f"{data['registers'][item.register]['title']} ({item.status.replace('-', ' ')})"
            for item in profile.registrations
        )
        or ("no register" if profile.registers_stated else ""),
        "attested": "; ".join(_told(item) for item in sheet.attestations if item.what in field.of),
        "guidelines": "; ".join(item.reference for item in guidelines if item.reference),
    }
    return known[field.states]


def _told(line: Attestation) -> str:
    """What is stated of something that has to be in place, in words."""
    until = f"until {words(line.until)}" if line.until else ""
    return f"{line.label}: {', '.join(filter(None, (line.state, line.by, line.reference, until)))}"


def _guideline_ids(data: Mapping[str, Any]) -> set[str]:
    """The arrangements whose paper is issued once a guideline."""
    return {name for item in data["papers"].values() if item["each"] == "guideline" for name in item["arrangements"]}
