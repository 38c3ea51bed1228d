"""The pack as a document: tables to fill in, each field with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from gapcheck.document.blocks import Block, Document, Facts, Heading, Inline, Paragraph, Run, Table, inline
from gapcheck.document.cite import linked
from gapcheck.document.words import capital, footer, inner, number, otherwise_than_law, place, said, told_apart, turns
from gapcheck.law.dated import Provision, words
from gapcheck.pack.build import KINDS, filled
from gapcheck.pack.model import (
    IN_PLACE,
    MISSING,
    NOT_STATED,
    RAN_OUT,
    Attestation,
    Field,
    Member,
    Pack,
    PackMedicine,
    PaperForm,
)

# The head of the tables that are read back: whoever changes it changes what old packs say.
ATTESTED = ("Post", "What", "In place (yes or no)", "By (role)", "Reference", "Until", "For")
WORKING = (
    "Working paper. It is no entitlement, no direction and no licence, and it takes effect only when whoever may sign it has "
    "signed the employer's own documents. What stands in it was stated to the tool; an empty field is for you to fill in."
)
ANSWER = {IN_PLACE: "yes", MISSING: "no", RAN_OUT: "no", NOT_STATED: ""}
_SHOWN = 6


def called(members: Sequence[Member]) -> list[str]:
    """What each member is called in a pack: the title of the post, with its id where two have the same."""
    return told_apart((member.title, member.id) for member in members)


def names(pack: Pack) -> list[str]:
    """What each member of the pack is called."""
    return called([one.member for one in pack.members])


def heading(pack: Pack) -> str:
    """The pack, where and when."""
    return f"Entitlement pack: {pack.name}, {place(pack.law)}"


def pack_brief(pack: Pack) -> Document:
    """One screen: what is missing, for whom, who can provide it, and what runs out."""
    pairs: list[tuple[str, list[str]]] = []
    for name, one in zip(names(pack), pack.members, strict=True):
        chosen = [line for line in one.attestations if line.chosen]
        told = [f"{line.label} ({line.state}; {line.who})" for line in chosen if line.state != IN_PLACE]
        more = [f"and {len(told) - _SHOWN} more"] if len(told) > _SHOWN else []
        good = sum(line.state == IN_PLACE for line in chosen)
        pairs.append(
            (
                name,
                [
                    f"{good} of {number(len(chosen), 'paper')} in place"
                    + (f"; not: {', '.join([*told[:_SHOWN], *more])}" if told else "")
                ],
            )
        )
    pairs.append(("Papers", [", ".join(inner(form.title) for form in pack.papers)] if pack.papers else []))
    pairs.append(
        ("Run out within a year", [f"{words(item.until)}: {item.label}, {item.member}" for item in pack.ends[:_SHOWN]])
    )
    blocks: list[Block] = [
        Paragraph(
            inline("Working paper: what the papers of these tasks have to say, and what is stated of them."), "lead"
        ),
        Facts(tuple((term, tuple(inline(text) for text in texts)) for term, texts in pairs if texts)),
    ]
    blocks += [Paragraph(inline(line)) for line in otherwise_than_law(pack.law)]
    foot = "To fill in: -o pack.docx or pack.xlsx; then gapcheck pack --read FILE."
    blocks.append(Paragraph(inline(f"{foot} {pack.law.book.data['advice']}"), "apart"))
    return Document(heading(pack), tuple(blocks), number(len(pack.members), "post"))


def pack_document(pack: Pack, date: str) -> Document:
    """The whole pack."""
    blocks: list[Block] = [Paragraph(inline(WORKING), "lead")]
    blocks += [Paragraph(inline(line), "note") for line in otherwise_than_law(pack.law)]
    blocks += _in_place(pack)
    blocks += _schedules(pack)
    blocks += _medicines(pack)
    blocks += _papers(pack)
    blocks += _signatures(pack)
    blocks += _ends(pack)
    blocks.append(Heading(1, "What this rests on", "rests"))
    blocks += [Paragraph(inline(line)) for line in footer(pack.law)]
    return Document(heading(pack), tuple(blocks), f"Working paper for {number(len(pack.members), 'post')}", subject="Entitlement pack", date=date)  # fmt: skip


def _in_place(pack: Pack) -> Iterator[Block]:
    yield Heading(1, "What is in place", "in-place")
    how = (
        "Write yes or no, who vouches for it (a role, not a name), the document and the last day on which it holds "
        "(as 2027-03-31). This table is what gapcheck pack --read reads back. Leave a row empty where nobody knows."
    )
    yield Paragraph(inline(how))
    for place_, (name, one) in enumerate(zip(names(pack), pack.members, strict=True)):
        if not one.attestations:
            continue
        yield Heading(2, name, f"attested-{place_}")
        rows = tuple(_row(name, line) for line in one.attestations)
        caption = f"What the tasks of this post ask to be in place: {name}"
        yield Table(f"attested-table-{place_}", caption, tuple(map(inline, ATTESTED)), rows, False, (0.13, 0.17, 0.08, 0.13, 0.11, 0.11, 0.27))  # fmt: skip
        if one.barred:
            yield Paragraph(
                inline(Run("No paper lets this post do: ", strong=True), f"{'; '.join(map(inner, one.barred))}.")
            )


def _row(name: str, line: Attestation) -> tuple[Inline, ...]:
    short = "" if line.chosen else " (only for another way)"
    return (
        inline(name), inline(line.label), inline(ANSWER[line.state]), inline(line.by), inline(line.reference), inline(line.until),
        inline(f"{_few(line.tasks, 1)}{short}"),
    )  # fmt: skip


def _few(items: Iterable[str], most: int = 3) -> str:
    found = list(items)
    return "; ".join(found[:most]) + (f"; and {len(found) - most} more" if len(found) > most else "")


def _schedules(pack: Pack) -> Iterator[Block]:
    forms = [form for form in pack.papers if form.each == "person"]
    entitling = [form for form in forms if any(line.kind == KINDS[1] for one in pack.members for line in one.attestations if line.what in form.arrangements)]  # fmt: skip
    if not entitling:
        return
    yield Heading(1, "Schedules of entitlement", "schedules")
    for form in entitling:
        yield Paragraph(inline(f"{capital(form.short)}. It rests on ", *linked(form.law), "."))
        for at, (name, one) in enumerate(zip(names(pack), pack.members, strict=True)):
            for line in one.attestations:
                if line.kind == KINDS[1] and line.what in form.arrangements and line.chosen:
                    yield Heading(2, f"{name}: {line.label}")
                    yield _fields(
                        form,
                        f"schedule-{at}-{line.what}",
                        f"{name}: {line.label}",
                        {field.label: filled(one, field, line) for field in form.fields},
                    )


def _fields(form: PaperForm, identity: str, caption: str, entries: Mapping[str, str]) -> Table:
    head = ("Field", "Entry", "Rests on")
    rows = tuple(
        (
            inline(field.label, f"\n{field.note}" if field.note else ""),
            inline(entries.get(field.label, "")),
            rests_on(field),
        )
        for field in form.fields
    )
    return Table(
        identity,
        f"{form.title}: {caption}" if caption != form.title else caption,
        tuple(map(inline, head)),
        rows,
        True,
        (0.36, 0.34, 0.3),
    )


def rests_on(field: Field) -> Inline:
    """The provisions of a field with how sure the lawbook is of each; of practice its source, which binds nobody."""
    return linked(field.law) if field.law else inline(Run(f"Practice, unverified: {field.source}", emphasis=True))


def _medicines(pack: Pack) -> Iterator[Block]:
    if not any(one.medicines for one in pack.members):
        return
    titles = {form.id: form.title for form in pack.papers}
    yield Heading(1, "Medicines", "medicines")
    yield Paragraph(
        inline("For each medicine, the ways by which the law lets this person give it, the way taken here first.")
    )
    for at, (name, one) in enumerate(zip(names(pack), pack.members, strict=True)):
        if not one.medicines:
            continue
        yield Heading(2, f"{name}: medicines")
        head = (
            "Medicine and task",
            "Ways open to the person, and what is needed",
            "Ways that are not, and why",
            "Papers",
        )
        rows = tuple(
            (
                inline(f"{capital(item.label)}\n{item.task}"),
                ways_said(item),
                inline(
                    "\n".join(f"{title}: {said(pack.law.book, why)}" for title, why in item.barred)
                    or "none of those that go by a paper"
                ),
                inline("; ".join(titles[paper] for paper in item.papers if paper in titles)),
            )
            for item in one.medicines
        )
        yield Table(
            f"medicines-{at}",
            f"Medicines: {name}",
            tuple(map(inline, head)),
            rows,
            True,
            (0.22, 0.36, 0.28, 0.14),
            wide=True,
        )
    names_of_readings = dict.fromkeys(name for one in pack.members for item in one.medicines for name in item.turns_on)
    for line in turns(pack.law, names_of_readings):
        yield Paragraph(inline(Run("Turns on a disputed reading. ", strong=True), line), "note")


def ways_said(item: PackMedicine) -> Inline:
    """The ways open to a person, each with what it needs and its law."""
    parts: list[str | Run] = []
    for way in item.ways:
        parts += ["\n"] if parts else []
        needs = f": needs {', '.join(way.needs)}" if way.needs else ": all that is asked is stated"
        parts += [Run(way.title, strong=way.chosen), f"{needs} ("]
        parts += [*_between(way.law), ")"]
    return inline(*parts) if parts else inline("none")


def _between(law: Iterable[Provision]) -> list[str | Run]:
    found: list[str | Run] = []
    for item in law:
        found += ["; "] if found else []
        found.append(Run(item.title, link=item.url))
    return found


def _papers(pack: Pack) -> Iterator[Block]:
    if not pack.papers:
        return
    yield Heading(1, "What each paper has to say", "papers")
    for form in pack.papers:
        yield Heading(2, form.title, f"paper-{form.id}")
        part = " The provision lists more; this is what was read of it." if form.part else ""
        yield Paragraph(inline(f"{capital(form.short)}; one for each {form.each}. For: {_few(form.needed, 6)}.{part}"))
        yield Paragraph(inline("Rests on ", *linked(form.law), "."))
        if form.each != "person" or not any(field.states == "role" for field in form.fields):
            yield _fields(form, f"fields-{form.id}", form.title, {})


def _signatures(pack: Pack) -> Iterator[Block]:
    if not pack.papers:
        return
    yield Heading(1, "Who signs what", "signs")
    head = ("Paper", "Who signs or issues it", "Rests on", "Name, signature and date")
    rows = tuple(
        (inline(form.title), inline(capital(one.says)), linked(one.law), inline())
        for form in pack.papers
        for one in form.signs
    )
    yield Table("signs-table", "Who signs what", tuple(map(inline, head)), rows, True, (0.2, 0.32, 0.26, 0.22))


def _ends(pack: Pack) -> Iterator[Block]:
    yield Heading(1, "What runs out within a year", "ends")
    if not pack.ends:
        yield Paragraph(inline("Nothing that has been stated runs out; what has no last day is taken to hold."))
        return
    head = ("Until", "What", "Whose", "By", "Reference", "Tasks")
    rows = tuple(
        (
            inline(words(item.until), " (has run out)" if item.until < pack.law.date else ""), inline(item.label), inline(item.member),
            inline(item.by), inline(item.reference), inline(_few(item.tasks)),
        )
        for item in pack.ends
    )  # fmt: skip
    yield Table(
        "ends-table",
        "What runs out, the soonest first",
        tuple(map(inline, head)),
        rows,
        True,
        (0.16, 0.2, 0.16, 0.14, 0.12, 0.22),
    )
