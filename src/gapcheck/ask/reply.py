"""The answer to a question in plain words, for every format; and what is said where no question was understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from gapcheck.ask.answer import Answered, command_of, each, since_when, who_may
from gapcheck.ask.understood import Understood
from gapcheck.document.answer import Answer, Sheet
from gapcheck.document.blocks import Block, Document, Facts, Items, Paragraph, Run, inline
from gapcheck.document.words import a, capital, fact_words, inner, listed, name_of, place, said
from gapcheck.engine.person import asked_registers
from gapcheck.engine.remedies import Remedy, once
from gapcheck.engine.routes import AVAILABLE, BARRED, OPEN, UNKNOWN, RouteResult
from gapcheck.engine.sentences import asks_register, does, lawful, title
from gapcheck.engine.tasks import RESTRICTED
from gapcheck.engine.upcoming import Upcoming
from gapcheck.findings.answer_document import answer_document, it_depends, verdict, verdict_of_task, way_verdict
from gapcheck.findings.reply import ways_sheet
from gapcheck.law.dated import Law
from gapcheck.law.lawbook import Lawbook
from gapcheck.profile.model import REGISTERED
from gapcheck.timeline.words import since_words

NO_EXPOSURE = "none"  # a medicine that is given in connection with no exposure
_ALLOWED = "May it be done, as the question says it?"
_UNREGISTERED = "May the person do it, with no registration stated?"
_ACT_BY_ACT = (
    "The law asks for registration act by act and title by title: say what the person is to do, or which title to use."
)
_WAYS = 2  # ways of opening that one screen names
EXAMPLES = (
    "Can a technologist on the RCT inject contrast in Cardiff?",
    "May a nurse refer for a chest X-ray?",
    "Can a radiographer report bone density scans in Glasgow?",
)


class PlainReply(Answer):
    """The answer with what was understood. `more`: further options of the command that gives it again."""

    def __init__(self, found: Answered, more: Sequence[str] = ()) -> None:
        self.found = found
        self.command = command_of(found, more)

    def data(self) -> Any:
        """The object of `gapcheck can`, or of the task's finding, with what was understood."""
        from gapcheck.findings.data import answer_data, finding_data, lawbook_data

        found = self.found
        if found.act is not None:
            own = answer_data(found.act)
        else:
            assert found.report is not None
            own = {**finding_data(found.law, found.report.findings[0]), "lawbook": lawbook_data(found.law)}
        route = found.route
        asked = {"asked_way": {"route": route.route, "state": route.state}} if route else {}
        return {
            **own,
            **asked,
            "answer": first_line(found),
            "questions": list(found.questions),
            "understood": found.understood.data(),
            "command": self.command,
        }

    def brief(self) -> Document:
        """One screen: the verdict, the sentence, what was understood, what is asked, the command."""
        found = self.found
        blocks = list(self._beneath())
        blocks += [
            Facts(tuple((term, tuple(inline(text) for text in texts)) for term, texts in self._said() if texts)),
            Paragraph(inline("Again: ", Run(self.command, code=True)), "apart"),
            Paragraph(inline(f"--full shows every way with its law. {found.law.book.data['advice']}")),
        ]
        return Document(first_line(found), tuple(blocks))

    def _beneath(self) -> Iterator[Block]:
        found = self.found
        if found.understood.point:
            yield Paragraph(inline(str(found.law.book.data["points"][found.understood.point]["says"])))
            return
        if found.understood.protected:
            return
        if people := who_may(found):
            yield Items(
                tuple(
                    inline(Run(f"{capital(line)} ", strong=True), f"({listed(names)})")
                    for line, names in _grouped(people)
                )
            )
            return
        if found.understood.since and (told := since_when(found)):
            yield Items(
                tuple(
                    inline(f"{capital(title(found.law, way))}: {since_words(one)}") for way, one in told.items() if way
                )
            )
        found = found.lead
        if several := each(found):
            yield Items(
                tuple(inline(Run(f"{name}: ", strong=True), inner(_whole(one, _verdict))) for name, one in several)
            )
        elif found.route and found.route.state == BARRED:
            yield Paragraph(inline(said(found.law.book, _why_barred(found, found.route))))
        elif found.act is not None:
            yield Paragraph(inline(said(found.law.book, found.act.says)))
        else:
            assert found.report is not None
            item = found.report.findings[0]
            lawful_ = item.today in ("yes", "if") and item.status != RESTRICTED
            text = lawful(found.law, item.decision) if lawful_ else item.why
            yield Paragraph(inline(f"{item.label}: {inner(said(found.law.book, text))}"))

    def _said(self) -> list[tuple[str, list[str]]]:
        found = self.found
        book = found.law.book
        notes = list(found.act.person.notes if found.act else found.report.person.notes if found.report else ())
        turns = found.act.turns_on if found.act else found.report.findings[0].turns_on if found.report else ()
        return [
            ("Understood", [understood_line(found.understood, found.law)]),
            ("Supposes", [str(book.data["reforms"][item]["title"]) for item in found.understood.reforms]),
            ("Asked besides", [f"{item} (ask it by itself)" for item in found.understood.also]),
            ("Read as", list(found.understood.readings)),
            ("Not taken into account", [listed(f"“{word}”" for word in found.understood.ignored)]
             if found.understood.ignored else []),
            ("To be sure", [] if found.understood.point or found.understood.protected or who_may(found) else list(found.questions)),
            ("Other ways", self._others()),
            ("Would open it", self._opens()),
            ("Note", [said(book, note) for note in notes]),
            ("Law to come", [one.says for one in self._coming()]),
            ("Turns on", [str(book.data["interpretations"][name]["title"]) for name in turns]),
            ("Rests on", self._law()),
        ]  # fmt: skip

    def _opens(self) -> list[str]:
        """What would open it, the easiest first, where the answer is no."""
        found = self.found.lead
        sets = found.act.opens_with if found.act else found.report.findings[0].opens_with if found.report else ()
        if found.verdict != BARRED or found.understood.point or found.understood.protected:
            return []
        return [said(found.law.book, " and ".join(_step(one) for one in item)) for item in sets[:_WAYS]]

    def _coming(self) -> Sequence[Upcoming]:
        """Law that is made and not in force yet, which will change the answer."""
        found = self.found.lead
        if found.understood.point or who_may(found):
            return ()
        return found.act.upcoming if found.act else found.report.findings[0].upcoming if found.report else ()

    def _others(self) -> list[str]:
        """The other ways that are open, or may be, where the answer is yes by one of them."""
        found = self.found.lead
        if (
            found.act is None
            or found.understood.point
            or found.understood.who
            or found.verdict not in (OPEN, AVAILABLE)
        ):
            return []
        best = found.route or found.act.act.best
        lines = []
        for route in sorted(found.act.act.routes, key=lambda one: (one.state == UNKNOWN, -one.level)):
            if (
                route is best
                or route.state not in (AVAILABLE, UNKNOWN)
                or (route.state == UNKNOWN and found.verdict == OPEN)
            ):
                continue
            asks = [
                once(found.law, item) for item in route.fails if item.part != "arrangements" or route.state == AVAILABLE
            ]
            if asks and (len(asks) == 1 or route.state == AVAILABLE):
                lines.append(f"{title(found.law, route.route)}, if {listed(asks)}")
        return lines[:_WAYS]

    def _law(self) -> list[str]:
        from gapcheck.findings.words import law_of

        found = self.found.lead
        if found.understood.point:
            law = list(found.law.citations(found.law.book.data["points"][found.understood.point]["law"]))
        elif found.report is not None:
            law = list(law_of(found.report.findings[0]))
        else:
            assert found.act is not None
            best = found.route or found.act.act.best
            law = [*(best.law if best else ()), *found.act.act.act.law]
        return ["; ".join(dict.fromkeys(item.title for item in law[:4]))] if law else []

    def document(self, full: bool) -> Document:
        """The answer with every way."""
        found = self.found
        if found.act is not None:
            whole = answer_document(found.act)
        else:
            from gapcheck.findings.document import task_document

            assert found.report is not None
            whole = task_document([found.report], found.understood.task, "")
        top: list[Block] = [
            Paragraph(inline(Run(first_line(found), strong=True, tone=found.verdict)), "lead"),
            Facts(tuple((term, tuple(inline(text) for text in texts)) for term, texts in self._said() if texts)),
            Paragraph(inline("The command that gives this answer again: ", Run(self.command, code=True)), "note"),
        ]
        return Document(whole.title, (*top, *whole.blocks), whole.subtitle, subject=whole.subject, date=whole.date)

    def sheets(self) -> Sequence[Sheet]:
        """A row a condition of each way."""
        found = self.found
        acts = [found.act.act] if found.act else list(found.report.findings[0].acts) if found.report else []
        return [ways_sheet(found.law, acts)]


def _why_barred(found: Answered, route: RouteResult) -> str:
    """What the law asks for on a way that is closed."""
    text = route.rule.say.get(BARRED, "") if route.rule else ""
    asks = listed(item.wanted for item in route.fails if item.holds is False)
    return f"{text} The law asks for this, and it is not so: {asks}.".strip() if asks else text


def _step(one: Remedy) -> str:
    """What would have to happen, and who could do it, with one pair of brackets."""
    what = one.what.partition(" (")[0] if one.remedy == "arrange" else one.what.replace(" (", ", ").replace(")", "")
    return f"{what} ({one.who})"


def first_line(found: Answered) -> str:
    """The verdict: yes, yes if, not until, no, or what it depends on; first of the way that the question is about, with who may
    do what with which medicine. Where the question is what is needed, what the verdict answers stands before it, or yes would
    say the opposite."""
    asked = found.understood
    if asked.point:
        return point_says(found)
    if asked.protected and "title" in asked.facts:
        named = str(asked.facts["title"]).replace("-", " ")
        if found.verdict == OPEN:
            return f"No: “{named}” is no title that the law protects; anyone may use it who does not suggest a registration by it."
        return f"Yes: “{named}” is a title that the law keeps for those who are registered for it."
    if asked.since and (told := since_when(found)):
        since = next(iter(told.values()))
        return f"Since {since_words(since).replace('on or before', 'at least')}: {inner(_whole(found, _with_deed))}"
    if people := who_may(found):
        return _by_profession(people)
    if several := each(found):
        return _of_several([(name, first_line(one)) for name, one in several])
    line = _whole(found, _with_deed)
    if found.verdict == UNKNOWN or not (asked.whether or asked.must):
        return line
    return f"{_UNREGISTERED if asked.whether else _ALLOWED} {line}"


def point_says(found: Answered) -> str:
    """The answer to a point of law; the members of a class by name, as they are on the day."""
    law = found.law

    def members(match: re.Match[str]) -> str:
        kind = law.book.data["classes"][match[1]]["of"]
        return listed(sorted(_plainly(law, kind, item) for item in law.members(match[1])))

    return re.sub(r"\{class:([a-z0-9-]+)\}", members, str(law.book.data["points"][found.understood.point]["answer"]))


def _plainly(law: Law, kind: str, item: str) -> str:
    data = law.book.data
    return (
        str(data["professions"][item]["plural"]).lower()
        if item in data["professions"]
        else name_of(law.book, item, ("medicines",))
    )


def _by_profession(people: Sequence[tuple[str, Answered]]) -> str:
    """Which professions may, which may not, and of which it depends on more."""
    kinds = {"may": (OPEN, AVAILABLE), "may not": (BARRED,), "may where more is so": (UNKNOWN,)}
    groups = {says: [inner(name) for name, one in people if one.verdict in states] for says, states in kinds.items()}
    longest = max(groups, key=lambda says: len(groups[says]))
    parts = [
        f"{f'{len(names)} others' if says == longest else listed(names)} {says}"
        for says, names in groups.items()
        if names
    ]
    return f"It depends on the profession: {'; '.join(parts)}; registered members are meant, each as below."


def _grouped(people: Sequence[tuple[str, Answered]]) -> list[tuple[str, list[str]]]:
    """The professions by what is said of them, who may before who may not."""
    kept: dict[str, list[str]] = {}
    for name, one in sorted(people, key=lambda pair: (OPEN, AVAILABLE, UNKNOWN, BARRED).index(pair[1].verdict)):
        kept.setdefault(_verdict(one), []).append(inner(name))
    return list(kept.items())


def _of_several(lines: Sequence[tuple[str, str]]) -> str:
    """One line for the professions between which the words leave it open: what is the same for all of them is said once."""
    kinds = {line.partition(" ")[0].strip(":.,") for _, line in lines}
    if len({line.replace(inner(name), "") for name, line in lines}) == 1 and kinds != {"It"}:
        return lines[0][1].replace(a(inner(lines[0][0])), " or ".join(a(inner(name)) for name, _ in lines))
    return f"It depends on who is meant: {' or '.join(a(inner(name)) for name, _ in lines)}."


def _whole(found: Answered, say: Callable[[Answered], str]) -> str:
    """The verdict with who may do what; where nobody has said whether the person is on the register of the profession, that stands
    among the conditions."""
    held = found.held
    if held is None or held.verdict == UNKNOWN:
        return say(found)
    if held.verdict == BARRED:
        return say(held)
    line, other = say(held), _verdict(found)
    if _verdict(held) == other:
        return line
    line = _if_registered(line, asks_register(found.law, asked_registers(found.profile, found.law)))
    return f"{line} Without that: {inner(other)}" if found.verdict in (OPEN, AVAILABLE) else line


def _if_registered(line: str, question: str) -> str:
    """A line that says yes, with the registration as a condition of it. `question`: whether the person is registered."""
    on = question.removeprefix("Is ").rstrip("?").replace("the person ", "the person is ", 1)
    if line.startswith("Yes, if "):
        return f"Yes, if {on} and if {line.removeprefix('Yes, if ')}"
    if line.startswith("Yes, by this way ("):
        way, _, rest = line.partition(")")
        return f"{way}), if {on}{rest}"
    if line.startswith("Not until "):
        return f"{line} It also asks that {on}."
    return f"Yes, if {on}{line.removeprefix('Yes').removeprefix(',')}"


def _with_deed(found: Answered) -> str:
    """The verdict with who may do what: `Yes, if ...: a nurse may then refer ...`."""
    line = _verdict(found)
    first, dot, rest = line.partition(". ") if ". " in line else (line.removesuffix("."), "", "")
    more = f" {rest}" if dot else ""
    if found.verdict == UNKNOWN or first.startswith("It depends"):
        return line
    may = (
        "may not"
        if first.startswith("No") and not first.startswith("Not ")
        else "may then"
        if " if " in first or first.startswith("Not until")
        else "may"
    )
    if "no law that the lawbook knows" in first or "by a framework" in first:
        return line
    so = " so" if found.route and found.route.state == BARRED else ""
    return f"{first}: {_person(found)} {may}{so} {_deed(found)}.{more}"


def _person(found: Answered) -> str:
    item = found.understood.profession
    if item:
        return a(str(found.law.book.data["professions"][item]["title"]).lower())
    return (
        "the person"
        if found.understood.registered or found.understood.on_no_register or found.verdict == BARRED
        else "anyone"
    )


def _deed(found: Answered) -> str:
    """What is done, with which medicine."""
    understood, law = found.understood, found.law
    data = law.book.data
    if understood.task:
        label = inner(data["tasks"][understood.task]["label"])
        return (
            f"{label} with {name_of(law.book, understood.medicine, ('medicines',))}" if understood.medicine else label
        )
    return does(law, data["acts"][understood.act], {"medicine": understood.medicine, **understood.facts})


def _verdict(found: Answered) -> str:
    whole = verdict(found.act) if found.act else verdict_of_task(found.law, found.report.findings[0]) if found.report else ""  # fmt: skip
    route = found.route
    if route is None:
        return _asks(found, whole)
    way = title(found.law, route.route)
    own = way_verdict(found.law, route, way)
    if route.state == BARRED and found.act is not None and found.act.act.verdict in (OPEN, AVAILABLE):
        return f"{own} By another way: {inner(whole)}"
    return _asks(found, own)


def _asks(found: Answered, line: str) -> str:
    """The line, which says what it depends on where that is who the person is."""
    if found.verdict == UNKNOWN and found.questions:
        return it_depends(found.questions)
    return line


def understood_line(understood: Understood, law: Law) -> str:
    """What was understood, in one line that can be corrected."""
    book, where = law.book, place(law)
    data = book.data
    parts: list[str] = []
    if understood.point:
        return f"{data['points'][understood.point]['title']} · {where}"
    if understood.task:
        parts.append(inner(data["tasks"][understood.task]["label"]))
    elif understood.act:
        case = {"medicine": understood.medicine, **understood.facts}
        parts.append(does(law, data["acts"][understood.act], case))
    if understood.medicine and (understood.task or "of" not in data["acts"][understood.act]):
        parts.append(name_of(book, understood.medicine, ("medicines",)))
    parts.append(_who(understood, book))
    parts += [name_of(book, item, ("arrangements",)) for item in (*understood.annotations, *understood.entitlements)]
    parts += [f"with {name_of(book, item, ('arrangements',))}" for item in understood.arrangements]
    parts += [_without(book, item) for item in understood.without]
    truth = {"true": True, "false": False}
    parts += [
        fact_words(book, name, [truth.get(value, value)])
        for name, value in understood.facts.items()
        if name != "in-connection-with"
    ]
    if understood.employer:
        parts.append(fact_words(book, "employer", [understood.employer]))
    if understood.facts.get("in-connection-with", NO_EXPOSURE) != NO_EXPOSURE:
        parts.append(f"with {name_of(book, understood.facts['in-connection-with'])}")
    parts.append(where if understood.nation else f"{where} (the nation was not said)")
    return " · ".join(filter(None, parts))


def _without(book: Lawbook, item: str) -> str:
    name = name_of(book, item, ("arrangements",))
    return f"not {name}" if book.data["arrangements"][item]["kind"] == "entitlement" else f"without {name}"


def _who(understood: Understood, book: Lawbook) -> str:
    data = book.data
    if understood.between:
        who = " or ".join(str(data["professions"][item]["title"]).lower() for item in understood.between)
    elif understood.profession:
        who = str(data["professions"][understood.profession]["title"]).lower()
    else:
        who = "a person of no stated profession"
    held = [_register(item, book) for item in understood.registered]
    if held:
        return f"{who}, {' and '.join(held)}"
    return f"{who}, on no register" if understood.on_no_register else f"{who}, no register said"


def _register(text: str, book: Lawbook) -> str:
    register, _, rest = text.partition(":")
    status, _, held_as = rest.partition(":")
    item = book.data["registers"][register]
    name = str(item.get("short") or register.upper() if len(register) < 6 else item["title"])
    as_ = f" as {str(book.data['professions'][held_as]['title']).lower()}" if held_as else ""
    return f"{name}{as_}{'' if status in ('', REGISTERED) else f' ({status.replace(chr(45), chr(32))})'}"


def not_understood(understood: Understood, book: Lawbook) -> str:
    """What is said where no question of this kind was understood: what was, and what comes near."""
    no_act = (
        _ACT_BY_ACT if understood.whether else "I did not understand this as a question of who may lawfully do what."
    )
    parts = [understood.refused or no_act]
    data, known = book.data, []
    if understood.profession or understood.between:
        known.append(_who(understood, book).removesuffix(", no register said"))
    if understood.medicine:
        known.append(name_of(book, understood.medicine, ("medicines",)))
    if understood.nation:
        known.append(data["nations"][understood.nation])
    parts.append(f"Understood: {' · '.join(known)}." if known else "Nothing of it was understood.")
    if understood.offers:
        near = "; ".join(str(data["tasks"][item]["label"]) for item in understood.offers)
        parts.append(f"What comes nearest: {near}.")
    parts.append(f"Ask, for example: {EXAMPLES[0]}")
    return "\n".join(parts)
