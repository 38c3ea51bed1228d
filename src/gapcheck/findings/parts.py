"""Pieces that several documents use: what would open a gap, and the routes to an act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gapcheck.document.blocks import Inline, Run, Table, inline
from gapcheck.document.words import REMEDY
from gapcheck.engine.remedies import RemedySet
from gapcheck.engine.routes import ActResult
from gapcheck.findings import words as say
from gapcheck.law.dated import Law


def opens_table(identity: str, caption: str, sets: Sequence[RemedySet]) -> Table:
    """What would open a gap: a row for each thing that has to happen, grouped by the sets of which any one is enough."""
    head = tuple(inline(text) for text in ("Option", "What has to happen", "Kind", "Who can do it"))
    rows = tuple(
        (
            inline(f"{number}{'' if len(item) == 1 else f' (step {step} of {len(item)})'}"),
            inline(one.what),
            inline(REMEDY[one.remedy]),
            inline(one.who),
        )
        for number, item in enumerate(sets, 1)
        for step, one in enumerate(item, 1)
    )
    return Table(identity, caption, head, rows, True, (0.14, 0.48, 0.18, 0.2))


def routes_table(law: Law, identity: str, caption: str, act: ActResult) -> Table:
    """Every route to an act with its conditions: what is wanted, what was found, and the law."""
    head = tuple(inline(text) for text in ("Route", "State", "Conditions: what is wanted, and what was found", "Law"))
    rows = tuple(
        (
            inline(law.book.data["routes"][route.route]["title"]),
            inline(Run(route.state, tone="" if route.state == say.UNKNOWN else route.state)),
            inline("\n".join(say.condition_line(law, item) for item in route.conditions) or say.NO_CONDITION),
            _between(Run(item.title, link=item.url) for item in route.law),
        )
        for route in act.routes
    )
    return Table(identity, caption, head, rows, True, (0.17, 0.1, 0.47, 0.26), wide=True)


def _between(runs: Iterable[Run]) -> Inline:
    parts = [part for run in runs for part in (Run(";\n"), run)]
    return tuple(parts[1:])
