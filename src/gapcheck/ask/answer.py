"""The answer to a question in plain words: what it comes to, what was understood, what to ask next, the command that gives it."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from gapcheck.ask.understood import Understood
from gapcheck.document.words import a
from gapcheck.engine import answers
from gapcheck.engine.findings import Report, check
from gapcheck.engine.person import asked_registers
from gapcheck.engine.routes import AVAILABLE, BARRED, OPEN, UNKNOWN, RouteResult
from gapcheck.engine.sentences import asks_register
from gapcheck.errors import InputError
from gapcheck.matrix.model import ACTS
from gapcheck.profile.case import case_facts
from gapcheck.profile.model import Attested, Listing, Profile, Registration, TaskEntry
from gapcheck.profile.question import registration_of
from gapcheck.profile.resolve import Resolver

if TYPE_CHECKING:
    from gapcheck.law.dated import Law
    from gapcheck.law.lawbook import Lawbook
    from gapcheck.timeline.model import SinceWhen

EXIT = {OPEN: 0, AVAILABLE: 0, BARRED: 1, UNKNOWN: 3}
_OF_TODAY = {"yes": OPEN, "if": AVAILABLE, "arrange": AVAILABLE, "unknown": UNKNOWN, "no": BARRED}


class Answered(NamedTuple):
    """An answer with what was understood. Either `act` or `report` (of one task); `questions`: what is still to be asked."""

    understood: Understood
    law: Law
    profile: Profile
    act: answers.ActAnswer | None
    report: Report | None
    questions: tuple[str, ...]
    held: Answered | None = (
        None  # the answer for the same person on the register of the profession, where nobody has said how that is
    )
    kept: tuple[dict[str, list[tuple[str, Answered]]], ...] = ()  # what was worked out once for several professions

    @property
    def lead(self) -> Answered:
        """What is answered first: how it is for the person on the register of the profession, where that can be told."""
        return self.held if self.held and self.held.verdict != UNKNOWN else self

    @property
    def route(self) -> RouteResult | None:
        """The way that the question is about, where it is about one."""
        acts = [self.act.act] if self.act else list(self.report.findings[0].acts) if self.report else []
        return next((one for act in acts for one in act.routes if one.route == self.understood.way), None)

    @property
    def verdict(self) -> str:
        """How it stands: open, available, barred or unknown; of the way that the question is about, where it is about one."""
        if route := self.route:
            return route.state
        if self.act is not None:
            return self.act.act.verdict
        assert self.report is not None
        return _OF_TODAY[self.report.findings[0].today]


def answered(
    book: Lawbook, understood: Understood, readings: Mapping[str, str] | None = None, reforms: Iterable[str] = ()
) -> Answered:
    """The answer to what was understood. Raises InputError where the lawbook does not hold it, or nothing was understood."""
    nation = understood.nation or book.data["assumes"]["nation"]
    laid = dict.fromkeys((*understood.reforms, *reforms))
    law = book.at(understood.as_at or date.today().isoformat(), nation, readings, laid)
    profile = _profile(book, understood, law)
    if understood.act and understood.medicine:
        resolver = Resolver(book, "the question", lenient=True)
        resolver.fits(understood.medicine, (understood.act,), ())
        if resolver.problems:
            raise InputError(resolver.problems)
    if understood.task:
        entry = TaskEntry(understood.task, medicine=understood.medicine, facts=_facts(book, understood))
        report = check(profile._replace(tasks=(entry,)), law)
        found = Answered(understood, law, report.profile, None, report, ())
    else:
        entry = TaskEntry("", medicine=understood.medicine, facts=_facts(book, understood))
        case = case_facts(law, {"act": understood.act}, entry)
        found = Answered(understood, law, profile, answers.ask(profile, law, understood.act, case), None, ())
    registers = () if understood.between else asked_registers(found.profile, found.law)
    held = answered(book, replace(understood, registered=registers[:1]), readings, reforms) if registers else None
    return found._replace(questions=tuple(_questions(found)), held=held, kept=({},))


def since_when(found: Answered) -> dict[str, SinceWhen]:
    """Since when each way has been as it is, for a member of the profession on its register, that which is asked about or the best
    first; without a key where it is one act with no ways. Empty where the lawbook does not tell."""
    from gapcheck.timeline.build import timeline

    understood, law, lead = found.understood, found.law, found.lead
    if not understood.act or not understood.profession:
        return {}
    case = TaskEntry("", medicine=understood.medicine, facts=_facts(law.book, understood))
    line = timeline(law, [law.nation], [understood.profession], ACTS, [understood.act], case=case).lines[0]
    best = lead.act.act.best if lead.act else lead.report.findings[0].acts[0].best if lead.report else None
    acts = [lead.act.act] if lead.act else list(lead.report.findings[0].acts) if lead.report else []
    ways = [route.route for act in acts for route in act.routes if route.state != BARRED]
    ways = list(dict.fromkeys(filter(None, (understood.way, best.route if best else "", *ways))))
    told: dict[str, SinceWhen | None] = {way: line.route_since(way) for way in ways}
    told = told or {"": line.since()}
    return {way: one for way, one in told.items() if one is not None}


def who_may(found: Answered) -> list[tuple[str, Answered]]:
    """Where it is asked who may, and that depends on the profession: the answer for each, with its plural name, as its members are
    ordinarily registered."""
    if not found.understood.who or found.verdict != UNKNOWN:
        return []
    return _once(found, "who", lambda: list(_of_all(found)))


def _of_all(found: Answered) -> Iterator[tuple[str, Answered]]:
    law = found.law
    for key, item in law.book.data["professions"].items():
        meant = replace(found.understood, profession=key, who=False)
        yield str(item["plural"]), answered(law.book, meant, law.readings, law.reforms).lead


def _once(found: Answered, name: str, work: Callable[[], list[tuple[str, Answered]]]) -> list[tuple[str, Answered]]:
    """What is worked out for several professions, and asked for by every part of one answer: the first result is kept."""
    if not found.kept:
        return work()
    kept = found.kept[0]
    if name not in kept:
        kept[name] = work()
    return kept[name]


def each(found: Answered) -> list[tuple[str, Answered]]:
    """Where the words leave it open who is meant: the answer for each profession, with its title."""
    return _once(found, "each", lambda: list(_of_each(found)))


def _of_each(found: Answered) -> Iterator[tuple[str, Answered]]:
    data, law = found.law.book.data["professions"], found.law
    for item in found.understood.between:
        meant = replace(found.understood, profession=item, between=())
        yield str(data[item]["title"]), answered(law.book, meant, law.readings, law.reforms)


def _facts(book: Lawbook, understood: Understood) -> dict[str, Any]:
    resolver = Resolver(book, "the question", lenient=True)
    return resolver.facts(understood.facts, ())


def _profile(book: Lawbook, understood: Understood, law: Law) -> Profile:
    resolver = Resolver(book, "the question", lenient=True)
    held: tuple[Registration, ...] = tuple(registration_of(resolver, item) for item in understood.registered)
    annotations = Listing(none=True) if understood.no_annotation else _listing(understood.annotations)
    return Profile(
        profession=understood.profession,
        nation=law.nation,
        title="The person asked about",
        employer=understood.employer if understood.employer in book.data["facts"]["employer"]["values"] else "",
        band=understood.band,
        registrations=held,
        facts={f"{book.data['arrangements'][item]['kind']}.{item}": False for item in understood.without},
        registers_stated=understood.on_no_register,
        annotations=annotations,
        entitlements=_listing(understood.entitlements),
        arrangements=_listing(understood.arrangements),
    )


def _listing(items: Iterable[str]) -> Listing:
    return Listing(tuple(Attested(item) for item in items))


def _questions(found: Answered) -> Iterator[str]:
    """What is still to be asked: who the person is, the register, where, and what the answer turns on."""
    data, understood = found.law.book.data, found.understood
    if understood.between:
        titles = [str(data["professions"][item]["title"]).lower() for item in understood.between]
        yield f"Is it {_or([a(item) for item in titles])}?"
    elif not understood.profession and not understood.registered:
        yield "What is the profession of the person?"
    if understood.between_nations:
        yield f"Is it in {_or([data['nations'][item] for item in understood.between_nations])}?"
    registers = asked_registers(found.profile, found.law)
    if registers:
        yield asks_register(found.law, registers)
    own = found.act.questions if found.act else found.report.findings[0].questions if found.report else ()
    asked_of_person = {asks_register(found.law, registers)} if registers else set()
    profession = data["facts"]["holder.profession"]["question"]
    yield from (item for item in own if item not in asked_of_person and item != profession)


def _or(items: Sequence[str]) -> str:
    return f"{', '.join(items[:-1])} or {items[-1]}"


def _quoted(text: str) -> str:
    """A question as one word of a command line; in double quotes, which every shell takes, where nothing in it forbids them."""
    return shlex.quote(text) if set(text) & set('"$`\\!%') or "\n" in text else f'"{text}"'


def command_of(found: Answered, more: Sequence[str] = ()) -> str:
    """The command line that gives the answer again. `more`: what it takes besides, such as a reform."""
    understood = found.understood
    if (
        understood.task
        or understood.without
        or understood.between
        or understood.way
        or understood.point
        or understood.who
        or understood.since
    ):
        return " ".join(["gapcheck ask", _quoted(understood.text), *filter(None, [shlex.join([*more])])])
    words = ["gapcheck", "can", understood.act]
    options: list[tuple[str, Iterable[str]]] = [
        ("--profession", filter(None, [understood.profession])),
        ("--registered", understood.registered or (("none",) if understood.on_no_register else ())),
        ("--annotation", understood.annotations or (("none",) if understood.no_annotation else ())),
        ("--entitlement", understood.entitlements),
        ("--arrangement", understood.arrangements),
        ("--medicine", filter(None, [understood.medicine])),
        ("--fact", [f"{name}={value}" for name, value in understood.facts.items()]),
        ("--nation", [found.law.nation]),
        ("--as-at", filter(None, [understood.as_at])),
        ("--reform", [item for item in understood.reforms if item not in more]),
    ]
    for option, values in options:
        for value in values:
            words += [option, value]
    return shlex.join([*words, *more])
