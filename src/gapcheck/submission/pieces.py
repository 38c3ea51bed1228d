"""Pieces that the sections of the annex share: the law and the references by number, claims, and tables of counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from gapcheck.document.blocks import Block, Inline, Items, Run, Table, inline
from gapcheck.document.cite import Citations
from gapcheck.document.words import capital
from gapcheck.submission.evidence import cited_by
from gapcheck.submission.model import ClaimLine, Submission, TaskLine
from gapcheck.submission.numbers import CLASSES, Numbers
from gapcheck.submission.supplied import NOT_KNOWN, Told


class Made:
    """What the sections of one document share: the annex, its numbers, and the law as it is cited."""

    def __init__(self, annex: Submission) -> None:
        self.annex = annex
        self.data = annex.law.book.data
        self.numbers = Numbers(annex)
        self.law = Citations("L")
        self.cited: set[int] = set()  # the works cited so far
        self._claims = {item.id: item for item in annex.claims}

    def nation(self, key: str) -> str:
        """The name of a nation."""
        return str(self.data["nations"][key])

    def claims_on(self, task: TaskLine) -> list[ClaimLine]:
        """The claims that bear on a task."""
        return [self._claims[key] for key in cited_by(task)]

    def works(self, claims: Iterable[ClaimLine]) -> str:
        """The numbers of the works that claims rest on, in square brackets; nothing where there are none."""
        numbers = sorted({number for item in claims for number in item.sources})
        self.cited.update(numbers)
        return f"[{', '.join(map(str, numbers))}]" if numbers else ""

    def claim(self, item: ClaimLine) -> Inline:
        """A claim with its works, the kind of study, and its caveat."""
        study = f" Kind of evidence: {item.study}." if item.study else ""
        caveat = Run(f" {item.caveat}", emphasis=True) if item.caveat else ""
        return inline(f"{item.statement} {self.works([item])}{study}", caveat)

    def told(self, found: Sequence[Told]) -> Inline:
        """What the body tells, each with its source; or that it is not known."""
        own = [item for item in found if item not in self.foreign]
        return inline("\n".join(self._whose(item) + told_line(item) for item in own) or NOT_KNOWN)

    def _whose(self, item: Told) -> str:
        """Whom or what a figure is about, where it is not about everybody in the annex."""
        profession, scope = item.of.get("profession", ""), item.of.get("scope", "")
        names = [capital(str(self.data["professions"][profession]["plural"]))] if profession else []
        names += [str(self.data["scopes"][scope]["title"])] if scope else []
        return f"{', '.join(names)}: " if names else ""

    @cached_property
    def foreign(self) -> list[Told]:
        """The figures about a task, scope or profession that the annex does not have."""
        annex = self.annex
        own = {
            "task": {task.id for task in annex.tasks},
            "scope": {scope.id for scope in annex.scopes},
            "profession": set(annex.professions),
        }
        return [
            item
            for item in annex.supplied.told
            if any(key in item.of and item.of[key] not in known for key, known in own.items())
        ]


def told_line(item: Told) -> str:
    """One figure of the body with its source and the day on which it was looked at."""
    source = ", ".join(str(item.source[key]) for key in ("publisher", "title", "year") if key in item.source)
    return f"{item.text} ({source}; seen {item.date})"


def strongest(claims: Iterable[ClaimLine], most: int) -> list[ClaimLine]:
    """The claims that count or describe events, the best class of evidence first."""
    kept = [item for item in claims if item.evidence in CLASSES[:3]]
    return sorted(kept, key=lambda item: CLASSES.index(item.evidence))[:most]


def points(made: Made, claims: Sequence[ClaimLine]) -> Iterator[Block]:
    """Claims as points."""
    if claims:
        yield Items(tuple(made.claim(item) for item in claims))


def counts(
    identity: str,
    caption: str,
    first: str,
    rows: Sequence[tuple[str, Mapping[str, int]]],
    names: Mapping[str, str],
    *,
    share: float = 0.3,
) -> Table:
    """Numbers by name, a row each, with the sum. `names`: the columns, each with its heading."""
    head = (inline(first), *(inline(name[:1].upper() + name[1:]) for name in names.values()), inline("All"))
    body = tuple(
        (inline(name), *(inline(str(found.get(key, 0))) for key in names), inline(str(sum(found.values()))))
        for name, found in rows
    )
    rest = (1 - share) / (len(names) + 1)
    widths = (share, *[rest] * (len(names) + 1))
    return Table(identity, caption, head, body, True, widths, numeric=tuple(range(1, len(names) + 2)))
