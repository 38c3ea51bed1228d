"""Pieces that several documents use: the law with links, what would open a gap, the routes to an act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gapcheck.document import words as say
from gapcheck.document.blocks import Inline, Items, Run, Table, inline
from gapcheck.engine.remedies import RemedySet
from gapcheck.engine.routes import ActResult
from gapcheck.law.dated import Law, Provision


def cited(item: Provision) -> Inline:
    """A provision as a link, and how sure the lawbook is of it."""
    return inline(Run(item.title, link=item.url), f" ({say.sure(item)})")


def law_items(law: Iterable[Provision]) -> Items:
    """Provisions as a list."""
    return Items(tuple(cited(item) for item in law))


def opens_table(identity: str, caption: str, sets: Sequence[RemedySet]) -> Table:
    """What would open a gap: a row for each thing that has to happen, grouped by the sets of which any one is enough."""
    head = tuple(inline(text) for text in ("Option", "What has to happen", "Kind", "Who can do it"))
    rows = tuple(
        (
            inline(f"{number}{'' if len(item) == 1 else f' (step {step} of {len(item)})'}"),
            inline(one.what),
            inline(say.CLASSES[one.remedy]),
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
            inline("\n".join(say.condition_line(item) for item in route.conditions) or say.NO_CONDITION),
            _between(Run(item.title, link=item.url) for item in route.law),
        )
        for route in act.routes
    )
    return Table(identity, caption, head, rows, True, (0.17, 0.1, 0.47, 0.26), wide=True)


def _between(runs: Iterable[Run]) -> Inline:
    parts = [part for run in runs for part in (Run(";\n"), run)]
    return tuple(parts[1:])
