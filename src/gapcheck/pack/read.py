"""Read a filled pack back: the rows of its table of what is in place, and what of them can be stated in a profile."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from gapcheck.document.grids import below, grids_of
from gapcheck.errors import problem
from gapcheck.pack.answer import ORIGIN
from gapcheck.pack.document import ATTESTED
from gapcheck.profile.dates import day_in
from gapcheck.profile.model import Listing

if TYPE_CHECKING:
    from gapcheck.law.lawbook import Lawbook

MAX_TEXT = 1000
_YES = ("yes", "y", "true", "x", "in place", "ja", "✓", "✔")
_NO = ("no", "n", "false", "missing", "not in place", "✗")
_HEAD = tuple(name.lower() for name in ATTESTED[:6])
_LISTS = {"arrangement": "arrangements", "entitlement": "entitlements"}


class FilledRow(NamedTuple):
    """A row as somebody has filled it in, and where it stands."""

    where: str
    post: str
    what: str
    answer: str
    by: str
    reference: str
    until: str


class ReadPack(NamedTuple):
    """A filled pack: its rows, and what it says that it was made of (None: nothing)."""

    rows: tuple[FilledRow, ...]
    origin: dict[str, Any] | None


def read_pack(path: str) -> ReadPack:
    """Read a Word or Excel file. Raises InputError for what is no such file, or holds no table of what is in place."""
    grids, raw = grids_of(path, "a pack")
    kept = grids.pop(f"sheet {ORIGIN}", [])
    rows = [
        FilledRow(f"{where}, row {number}", *cells)
        for where, grid in grids.items()
        for number, cells in below(grid, _HEAD)
    ]
    if not rows:
        head = ", ".join(ATTESTED[:6])
        raise problem(path, "there is no table of what is in place", None, f"its columns are headed: {head}")
    origin = _origin("".join(row[0] for row in kept[1:] if row)) if kept else None
    return ReadPack(tuple(rows), _origin_of_word(raw) if path.lower().endswith(".docx") else origin)


def _origin_of_word(raw: bytes) -> dict[str, Any] | None:
    from gapcheck.document.docx import embedded

    try:
        receipt = json.loads(embedded(raw))
    except ValueError:
        return None
    origin = receipt.get("origin") if isinstance(receipt, dict) else None
    return origin if isinstance(origin, dict) else None


def _origin(text: str) -> dict[str, Any] | None:
    try:
        origin = json.loads(text)
    except ValueError:
        return None
    return origin if isinstance(origin, dict) else None


class Attesting(NamedTuple):
    """What a filled pack says of one post. `none`: by kind, whether it says that nothing else is in place."""

    items: dict[str, list[dict[str, str]]]  # by `entitlements` and `arrangements`
    said: dict[str, dict[str, bool | None]]  # by kind, what the rows say of each id


def attested(
    rows: Iterable[FilledRow], names: Mapping[str, str], book: Lawbook, date: str
) -> tuple[dict[str, Attesting], list[str]]:
    """What the rows say of each post, by id, and a line for each thing that could not be read. `names`: what each post is
    called in the pack, and its id; `date`: a day before which a last day is told to be past."""
    labels = {
        str(item["label"]).lower(): (item["kind"], key)
        for key, item in book.data["arrangements"].items()
        if item["kind"] in _LISTS
    }
    found: dict[str, Attesting] = {}
    lost: list[str] = []
    for row in rows:
        post = names.get(row.post) or next(
            (key for name, key in names.items() if name.lower() == row.post.lower()), None
        )
        known = labels.get(" ".join(row.what.lower().split()))
        if post is None:
            lost.append(f"{row.where}: there is no post called {row.post or 'nothing'}")
        elif known is None:
            lost.append(f"{row.where}: {row.what or 'nothing'} is no arrangement or entitlement of the lawbook")
        else:
            own = found.setdefault(
                post, Attesting({name: [] for name in _LISTS.values()}, {name: {} for name in _LISTS.values()})
            )
            _take(own, known, row, lost, date)
    return found, lost


def _take(own: Attesting, known: tuple[str, str], row: FilledRow, lost: list[str], date: str) -> None:
    """Take one row, or say why it cannot be."""
    kind, what = known
    name = _LISTS[kind]
    answer = row.answer.lower().strip(" .")
    state = True if answer in _YES else False if answer in _NO else None
    if answer and state is None:
        lost.append(f"{row.where}: `{row.answer}` is neither yes nor no")
    elif what in own.said[name] and own.said[name][what] != state:
        lost.append(f"{row.where}: {row.what} stands twice for {row.post}, and differently")
    elif state is None:
        own.said[name][what] = None
        if row.by or row.reference or row.until:
            lost.append(f"{row.where}: {row.what} is filled in, and does not say yes or no")
    else:
        until = day_in(row.until)
        if until is None:
            lost.append(f"{row.where}: `{row.until}` is no day; write it as 2027-03-31")
            own.said[name].setdefault(what, None)
            return
        own.said[name][what] = state
        if state:
            entry = {"id": what, "by": row.by[:MAX_TEXT], "reference": row.reference[:MAX_TEXT], "until": until}
            if not any(item["id"] == what for item in own.items[name]):
                own.items[name].append({key: value for key, value in entry.items() if value})
            if until and until < date:
                lost.append(
                    f"{row.where}: {row.what} is said to be in place, and ran out on {until}; it counts as missing"
                )


class Kept(NamedTuple):
    """What a profile says of a kind of paper once a pack is read. `refused`: things that the pack says are missing, which is
    not kept, since of `silent` it says nothing."""

    value: Any
    refused: tuple[str, ...]
    silent: tuple[str, ...]


def merged(name: str, before: Listing, own: Attesting) -> Kept:
    """What the rows say of a listing, and what they are silent of as it was.

    A profile says of a whole kind that nothing else is in place, and not of one thing that it is missing: so a no is kept where
    the rows leave nothing open.
    """
    said = own.said[name]
    kept = [_plain(item) for item in before.items if said.get(item.id) is None]
    taken = {item["id"]: item for item in own.items[name]}
    order = [item.id for item in before.items if item.id in taken]
    items = [*kept, *(taken[key] for key in order), *(item for key, item in taken.items() if key not in order)]
    refused = tuple(key for key, state in said.items() if state is False)
    known = {item["id"] for item in kept}
    silent = tuple(key for key, state in said.items() if state is None and key not in known)
    none = before.none or bool(refused and not silent)
    told = (refused, silent) if refused and not none else ((), ())
    listed: list[Any] = [item["id"] if len(item) == 1 else item for item in items]
    if not listed:
        return Kept("none" if none else [], *told)
    return Kept([*listed, "none"] if none else listed, *told)


def _plain(item: Any) -> dict[str, str]:
    return {key: value for key, value in item._asdict().items() if value}
