"""A comparison of two laws as an answer; its data are of the form of `schemas/diff.schema.json`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from gapcheck.diff import notes
from gapcheck.diff import words as say
from gapcheck.diff.causes import Cause, causes
from gapcheck.diff.compare import GAIN, LOSE, Who
from gapcheck.diff.findings import ProfileChange
from gapcheck.diff.group import ORDER, ActChange, GroupedChange
from gapcheck.diff.result import DiffResult
from gapcheck.diff.rules import Needs
from gapcheck.diff.sides import Side
from gapcheck.diff.tasks import TaskChange
from gapcheck.diff.texts import ItemChanges, Text
from gapcheck.document.answer import Answer, Sheet
from gapcheck.document.blocks import Block, Document, Heading, Items, Paragraph, Run, inline
from gapcheck.document.cite import Citations
from gapcheck.document.words import said
from gapcheck.findings.data import provision_data
from gapcheck.law.dated import Provision


class _Item(NamedTuple):
    """A sentence with lines under it, each with a label, and the law."""

    head: str
    lines: Sequence[tuple[str, str]] = ()
    law: tuple[Provision, ...] = ()


class _Section(NamedTuple):
    title: str
    items: list[_Item]
    kind: str = ""


def difference_data(result: DiffResult) -> dict[str, Any]:
    """The comparison: the two laws, the changes with every case, what cannot be told, rules, findings."""
    return {
        "gapcheck": "1",
        "from": _side_data(result.before, [item.before.nation for item in result.comparisons]),
        "to": _side_data(result.after, [item.after.nation for item in result.comparisons]),
        "differs": result.differs,
        "changes": [_entry_data(result, entry) for entry in result.entries],
        "rules_that_shift_nobody": [
            {
                "rule": rule,
                "change": kind,
                "title": (items[0].before if kind == "ends" else items[0].after).book.data["rules"][rule]["title"],
                "nations": [item.after.nation for item in items],
            }
            for (rule, kind), items in result.shift_nothing.items()
        ],
        "cannot_be_told": list(notes.cannot_tell(result)),
        "profiles": [_profile_data(change) for change in result.profiles],
        "tasks": [_task_data(item) for item in result.tasks],
        "elsewhere": [item._asdict() | {"names": list(item.names)} for item in result.elsewhere],
        "lawbook_items": [_items_data(item) for item in result.items],
        "texts": [item._asdict() | {"ids": list(item.ids), "path": list(item.path)} for item in result.texts],
    }


def _side_data(side: Side, nations: list[str]) -> dict[str, Any]:
    return {
        "version": side.book.version,
        "digest": side.book.digest,
        "rules": list(side.rules),
        "overlays": side.book.overlays,
        "as_at": side.date,
        "nations": nations,
        "reforms": list(side.reforms),
        "interpretations": dict(sorted(side.readings.items())),
    }


def _entry_data(result: DiffResult, entry: GroupedChange) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "says": say.headline(entry, result.comparisons),
        "route": entry.route,
        "wider": entry.wider,
        "everyone": entry.everyone,
        "groups": [
            {"nations": list(nations), "who": [_who_data(one) for one in sorted(who)]} for nations, who in entry.groups
        ],
        "acts": [_act_data(act) for act in entry.acts],
        "because": [
            {
                "says": cause.says,
                "reading": cause.reading,
                "by": cause.by,
                "law": [provision_data(item) for item in cause.law],
            }
            for cause in causes(entry, result.comparisons)
        ],
    }


def _who_data(who: Who) -> dict[str, str]:
    return {
        "profession": who.profession,
        "standing": who.standing,
        **({"register": who.register} if who.register else {}),
    }


def _act_data(act: ActChange) -> dict[str, Any]:
    return {
        "act": act.act,
        "rules": {"before": list(act.rules[0]), "after": list(act.rules[1])},
        "needs": {"before": _needs_data(act.needs[0]), "after": _needs_data(act.needs[1])},
        "directness": {"before": act.levels[0], "after": act.levels[1]},
        "other_ways": sorted(act.instead),
        "where": [{"fact": fact, "values": list(values)} for fact, values in act.where],
        "medicines": None if act.medicines is None else list(act.medicines),
        "cases": [
            {
                "who": [_who_data(one) for one in sorted(who)],
                "facts": [{fact: list(values) for fact, values in case} for case in cases],
            }
            for who, cases in act.cases
        ],
    }


def _needs_data(needs: Needs) -> list[list[str]]:
    return sorted(sorted(item) for item in needs)


def _profile_data(change: ProfileChange) -> dict[str, Any]:
    return {
        "source": change.profile.source,
        "title": change.profile.title,
        "profession": change.profile.profession,
        "nations": [law.nation for law in change.laws],
        "once_registered": change.once_registered,
        "findings": [
            {
                "task": item.task,
                "label": item.label,
                "changes": {key: {"before": old, "after": new} for key, (old, new) in item.changed.items()},
            }
            for item in change.findings
        ],
    }


def _task_data(item: TaskChange) -> dict[str, Any]:
    return {
        "task": item.task,
        "label": item.label,
        "who": [{"profession": profession, "standing": standing} for profession, standing in item.posts],
        "nations": list(item.nations),
        "changes": {key: {"before": old, "after": new} for key, (old, new) in item.changed.items()},
    }


def _items_data(item: ItemChanges) -> dict[str, Any]:
    return {"kind": item.kind, "added": list(item.added), "removed": list(item.removed), "changed": list(item.changed)}


def _sections(result: DiffResult, whole: bool = True) -> Iterator[_Section]:
    yield _Section("With the reform", [_Item(head, lines) for head, lines in notes.reforms(result)])
    for kind in ORDER:
        items: list[_Item] = []
        told: tuple[Cause, ...] = ()
        for entry in result.entries:
            if entry.kind == kind:
                found = causes(entry, result.comparisons)
                lines = list(say.details(entry, result.comparisons))
                head, same = say.headline(entry, result.comparisons), found == told
                lines += [("Because:", "the same.")] if same else say.because(found)
                items.append(_Item(head, lines, () if same else say.law_of(found)))
                told = found
        yield _Section(say.HEADINGS[kind], items, kind)
    for change in result.profiles:
        law = change.laws[1]
        findings = [_Item(item.label, [("", notes.finding_line(law, item))]) for item in change.findings]
        yield _Section(f"Findings: {notes.profile_head(change)}", findings or [_Item("No finding changes.")])
    law = result.comparisons[0].after
    tasks = [_Item(head, [("", line)]) for head, line in (notes.task_line(law, item) for item in result.tasks)]
    yield _Section("Findings of tasks", tasks)
    yield _Section("Elsewhere", [_Item(notes.elsewhere_line(law.book, item)) for item in result.elsewhere])
    yield _Section("Cannot be told", [_Item(line) for line in notes.cannot_tell(result)])
    yield _Section("Rules that differ and shift nobody", [_Item(line) for line in notes.still_rules(result)])
    book = result.after.book
    other = [_Item(line) for item in result.items if (line := notes.items_line(book, item))]
    other += [
        _Item(notes.text_head(book, item), [("", notes.text_change(item, whole))])
        for item in sorted(result.texts, key=_weight)
    ]
    yield _Section("What else the lawbooks hold differently", other)


def _weight(item: Text) -> bool:
    """What proves and what merely dates comes last."""
    return item.kind in ("examples", "properties") or item.path[-1:] in (("checked",), ("version",))


_TONE = {GAIN: "clear", LOSE: "blocked"}
_FEW = 40  # changes that one screen shows


class LawDiff(Answer):
    """What changes between two laws, and for whom."""

    def __init__(self, result: DiffResult) -> None:
        self.result = result
        self.book = result.after.book

    def data(self) -> Any:
        """The changes with every case."""
        return difference_data(self.result)

    def brief(self) -> Document:
        """A line for each change."""
        blocks: list[Block] = [Paragraph(inline(said(self.book, notes.summary(self.result))))]
        for section in _sections(self.result, False):
            if section.items:
                blocks.append(
                    Paragraph(inline(Run(section.title, strong=True, tone=_TONE.get(section.kind, ""))), "apart")
                )
                shown = section.items[:_FEW]
                lines = [inline(said(self.book, " ".join([item.head, *_first(item)]))) for item in shown]
                lines += [inline(f"and {len(section.items) - _FEW} more")] if len(section.items) > _FEW else []
                blocks.append(Items(tuple(lines)))
        closing = notes.closing(self.result)
        blocks.append(
            Paragraph(
                inline(f"With --full: the cases, what must be in place, why, and the law. {closing[-1]}"), "apart"
            )
        )
        return Document(said(self.book, notes.opening(self.result)), tuple(blocks))

    def document(self, full: bool) -> Document:
        """Each change with its cases, what must be in place, why, and the law once."""
        law = Citations()
        blocks: list[Block] = [Paragraph(inline(said(self.book, notes.summary(self.result))), "lead")]
        for section in _sections(self.result):
            if section.items:
                blocks.append(Heading(1, section.title, tone=_TONE.get(section.kind, "")))
            for item in section.items:
                cited = law.of(item.law)
                blocks.append(
                    Paragraph(
                        inline(Run(said(self.book, item.head), strong=bool(item.lines)), f" {cited}" if cited else "")
                    )
                )
                if item.lines:
                    blocks.append(
                        Items(tuple(inline(said(self.book, f"{label} {text}".strip())) for label, text in item.lines))
                    )
        if law.law:
            blocks += [Heading(1, "Law", "law"), law.items()]
        blocks.append(Heading(1, "What this rests on", "rests-on"))
        blocks += [Paragraph(inline(said(self.book, line))) for line in notes.closing(self.result)]
        return Document(
            said(self.book, notes.opening(self.result)),
            tuple(blocks),
            subject="What changes between two laws, and for whom",
        )

    def sheets(self) -> Sequence[Sheet]:
        """A row a change, then a row a finding that changes."""
        rows = []
        for section in _sections(self.result):
            for item in section.items:
                lines = " ".join(f"{label} {text}".strip() for label, text in item.lines)
                cited = "; ".join(f"{one.title} {one.url}" for one in item.law)
                rows.append([said(self.book, text) for text in (section.title, item.head, lines)] + [cited])
        return [Sheet("Changes", ("kind", "change", "details", "law"), rows)]


def _first(item: _Item) -> list[str]:
    """Of a finding, how it changes; of a change of the law, nothing more than its sentence."""
    return [text for label, text in item.lines if not label][:1]
