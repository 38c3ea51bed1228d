"""What the revision of a job description changes, and for whom: registration, groups, tasks with their answers, wording."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from gapcheck.document.answer import Answer, Sheet
from gapcheck.document.blocks import Block, Document, Facts, Heading, Inline, Items, Paragraph, Run, Table, inline
from gapcheck.document.words import footer, number, plain
from gapcheck.engine.findings import Finding
from gapcheck.engine.routes import STANDS
from gapcheck.jobdesc import words as say

if TYPE_CHECKING:
    from gapcheck.jobdesc.understanding.result import Description, OpenTo, Wording
    from gapcheck.law.lawbook import Lawbook

NEW, GONE, BETTER, WORSE, OTHER, SAME = "new", "gone", "better", "worse", "changed", "same"
_SAID = {NEW: "new", GONE: "gone", BETTER: "stands better", WORSE: "stands worse", OTHER: "stands otherwise"}
_NONE = "nobody in particular"


class TaskStanding(NamedTuple):
    """How a task stands for a group: its status, and how it stands today."""

    status: str
    today: str

    def __str__(self) -> str:
        return self.status


class DutyChange(NamedTuple):
    """A task for a group: before and after, None where the text does not ask it of the group."""

    task: str
    label: str
    profession: str
    before: TaskStanding | None
    after: TaskStanding | None

    @property
    def kind(self) -> str:
        """NEW, GONE, BETTER, WORSE, OTHER or SAME."""
        if self.before is None or self.after is None:
            return NEW if self.before is None else GONE
        if self.before == self.after:
            return SAME
        step = STANDS[self.after.today] - STANDS[self.before.today]
        return OTHER if not step else BETTER if step > 0 else WORSE


class DescriptionComparison(Answer):
    """Two versions of a job description, the older first."""

    def __init__(self, old: Description, new: Description, book: Lawbook) -> None:
        self.old, self.new, self.book = old, new, book
        self.changes = _changes(old, new)
        known = {(item.code, item.message) for item in old.wording}
        left = {(item.code, item.message) for item in new.wording}
        self.mended = [item for item in old.wording if (item.code, item.message) not in left]
        self.raised = [item for item in new.wording if (item.code, item.message) not in known]
        self.left = [item for item in new.wording if (item.code, item.message) in known]

    def data(self) -> Any:
        """What changes, with what stays."""
        return {
            "old": _about(self.old),
            "new": _about(self.new),
            "registration": {"old": self.old.status, "new": self.new.status},
            "open_to": {
                "gained": [_group(item) for item in _beyond(self.new.open_to, self.old.open_to)],
                "lost": [_group(item) for item in _beyond(self.old.open_to, self.new.open_to)],
            },
            "tasks": [
                {
                    "task": item.task,
                    "label": item.label,
                    "profession": item.profession,
                    "change": item.kind,
                    "old": item.before._asdict() if item.before else None,
                    "new": item.after._asdict() if item.after else None,
                }
                for item in self.changes
            ],
            "wording": {
                name: [{"code": item.code, "message": item.message, "line": item.line, "suggest": item.suggest} for item in some]
                for name, some in (("mended", self.mended), ("raised", self.raised), ("left", self.left))
            },
        }  # fmt: skip

    def document(self, full: bool) -> Document:
        """What changes for whom; `full`: with what stays."""
        shown = [item for item in self.changes if full or item.kind != SAME]
        blocks: list[Block] = [
            Paragraph(inline(self._lead()), "lead"),
            Facts(tuple(self._facts())),
            Heading(1, "What changes for whom"),
        ]
        if shown:
            blocks.append(self._table(shown))
        else:
            blocks.append(Paragraph(inline("No task changes for anybody.")))
        blocks += self._wording()
        law = next((report.law for item in (self.new, self.old) for report in item.reports), None)
        foot = footer(law) if law else [str(self.book.data["advice"])]
        blocks += [Paragraph(inline(line), "note") for line in foot]
        return Document(f"What the revision changes: {say.title_of(self.new)}"[:160], tuple(blocks))

    def sheets(self) -> Sequence[Sheet]:
        """Each task for each group, then the wording."""
        tasks = [
            (
                item.label,
                self._profession(item.profession),
                item.kind,
                *(str(one or "") for one in (item.before, item.after)),
            )
            for item in self.changes
        ]
        wording = [
            (state, item.line, item.code, item.before, item.message, item.suggest)
            for state, some in (("mended", self.mended), ("new", self.raised), ("left", self.left))
            for item in some
        ]
        return [
            Sheet("Changes", ("task", "group", "change", "before", "after"), tasks),
            Sheet("Wording", ("change", "line", "code", "the text says", "why", "the text to paste"), wording),
        ]

    def _lead(self) -> str:
        said = {kind: len({item.task for item in self.changes if item.kind == kind}) for kind in _SAID}
        told = [f"{number(count, 'task')} {_SAID[kind]}" for kind, count in said.items() if count]
        told += [f"{number(len(self.mended), 'piece')} of wording mended"] if self.mended else []
        told += (
            [f"{number(len(self.raised), 'piece')} of wording to mend that the old text had not"] if self.raised else []
        )
        changed = f"The revision: {', '.join(told)}." if told else "The revision changes nothing."
        return changed + (f" Of the wording, {number(len(self.left), 'piece')} to mend still." if self.left else "")

    def _facts(self) -> Iterable[tuple[str, tuple[Inline, ...]]]:
        yield "From", (inline(f"{plain(self.old.source)} to {plain(self.new.source)}"),)
        pairs = (
            ("Title", say.title_of(self.old), say.title_of(self.new)),
            ("Post", say.post_line(self.old, self.book), say.post_line(self.new, self.book)),
            ("Asks for", *(say.STATUS.get(item.status, item.status) for item in (self.old, self.new))),
            ("Open to", *("; ".join(say.group(one, self.book) for one in item.open_to) or _NONE for item in (self.old, self.new))),
        )  # fmt: skip
        for name, before, after in pairs:
            yield name, (inline(f"{before} (as before)" if before == after else f"{before} → {after}"),)

    def _profession(self, identity: str) -> str:
        return str(self.book.data["professions"][identity]["title"])

    def _table(self, changes: Sequence[DutyChange]) -> Table:
        rows = [
            (
                inline(item.label),
                inline(self._profession(item.profession)),
                *(
                    inline(Run(str(one or "not asked"), tone=one.status if one else ""))
                    for one in (item.before, item.after)
                ),
                inline(_SAID.get(item.kind, item.kind)),
            )
            for item in changes
        ]
        head = tuple(map(inline, ("Task", "Group", "Before", "After", "Change")))
        return Table("changes", "What changes for whom", head, tuple(rows), True, (0.4, 0.22, 0.13, 0.13, 0.12))

    def _wording(self) -> list[Block]:
        blocks: list[Block] = []
        for title, some, instead in (
            ("Wording that is mended", self.mended, False),
            ("Wording to mend that the old text had not", self.raised, True),
            ("Wording still to mend", self.left, True),
        ):
            if some:
                blocks += [Heading(1, title), Items(tuple(_line(item, instead) for item in some))]
        return blocks


def _line(item: Wording, instead: bool) -> Inline:
    told = f" Write: {item.suggest}" if instead and item.suggest else ""
    return inline(
        Run(f"line {item.line} {say.quote(item.before or item.quote, 100)}: ", strong=True), item.message, f".{told}"
    )


def _about(item: Description) -> dict[str, str]:
    return {
        "source": item.source,
        "title": item.title,
        "employer": item.employer,
        "nation": item.nation,
        "band": item.band,
    }


def _group(item: OpenTo) -> dict[str, str]:
    return {"profession": item.profession, "register": item.register}


def _beyond(some: Iterable[OpenTo], others: Iterable[OpenTo]) -> list[OpenTo]:
    known = {(item.profession, item.register) for item in others}
    return [item for item in some if (item.profession, item.register) not in known]


def _changes(old: Description, new: Description) -> list[DutyChange]:
    """Every task of every group of either version: first what changes, in the order of the new text."""
    before, after = _standings(old), _standings(new)
    found = []
    for key in dict.fromkeys([*after, *before]):
        label = (after.get(key) or before[key])[0]
        found.append(
            DutyChange(
                key[0],
                label,
                key[1],
                before[key][1] if key in before else None,
                after[key][1] if key in after else None,
            )
        )
    order = (WORSE, NEW, OTHER, BETTER, GONE, SAME)
    return sorted(found, key=lambda item: order.index(item.kind))


def _standings(description: Description) -> dict[tuple[str, str], tuple[str, TaskStanding]]:
    """How each task stands for each group; of several ways to hold a post as a member of a group, the best."""
    found: dict[tuple[str, str], tuple[str, TaskStanding]] = {}
    for report in description.reports:
        for finding in report.findings:
            key, one = (finding.task, report.profile.profession), _standing(finding)
            if key not in found or STANDS[one.today] > STANDS[found[key][1].today]:
                found[key] = (finding.label, one)
    return found


def _standing(finding: Finding) -> TaskStanding:
    return TaskStanding(finding.status, finding.today)
