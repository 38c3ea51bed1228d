"""Put what a filled pack says into the profile or team that it was made of."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from gapcheck.engine.findings import check
from gapcheck.pack.build import attestations
from gapcheck.pack.document import called
from gapcheck.pack.model import IN_PLACE, RAN_OUT, Member
from gapcheck.pack.read import Attesting, ReadPack, attested, merged
from gapcheck.profile.read import profile_of
from gapcheck.reading import read_document
from gapcheck.team.read import team_of
from gapcheck.team.write import profiles_of

if TYPE_CHECKING:
    from gapcheck.law.dated import Law
    from gapcheck.law.lawbook import Lawbook

_HEAD = {
    "profile": "# yaml-language-server: $schema=https://gapcheck.example/schemas/1/profile.schema.json",
    "team": "# yaml-language-server: $schema=https://gapcheck.example/schemas/1/team.schema.json",
}


class PackRead(NamedTuple):
    """The profile or team as data, as in `Pack.origin`; and a line for each thing that could not be read back."""

    origin: dict[str, Any]
    lost: tuple[str, ...]


def members_of(book: Lawbook, origin: Mapping[str, Any], source: str) -> list[Member]:
    """The members of what a pack says that it was made of. Raises InputError where that cannot be read."""
    text = yaml.safe_dump(origin.get("data"), allow_unicode=True, sort_keys=False)
    document = read_document(text.encode(), f"{source} (what it was made of)")
    if origin.get("kind") == "team":
        return [Member(*pair) for pair in profiles_of(team_of(document, book, None))]
    return [Member("post", profile_of(document, book))]


def read_back(pack: ReadPack, origin: Mapping[str, Any], members: Sequence[Member], law: Law) -> PackRead:
    """The origin with what the pack says is in place. `members`: those of the origin; `law`: that of the day of reading, of which a
    team then speaks."""
    book = law.book
    names = dict(zip(called(members), (member.id for member in members), strict=True))
    found, lost = attested(pack.rows, names, book, law.date)
    labels = {key: str(item["label"]) for key, item in book.data["arrangements"].items()}
    data = copy.deepcopy(dict(origin["data"]))
    if origin["kind"] == "team":
        data["team"]["as-at"] = law.date
    for name, member in zip(names, members, strict=True):
        own = found.get(member.id)
        if own is None:
            lost.append(f"nothing stands in the pack for {name}; what was stated is kept")
            continue
        lost += [f"{name}: {label} has no row; what was stated is kept" for label in _without_row(member, own, law)]
        place = data if origin["kind"] != "team" else next(post for post in data["posts"] if post["id"] == member.id)
        for key, before in (
            ("entitlements", member.profile.entitlements),
            ("arrangements", member.profile.arrangements),
        ):
            kept = merged(key, before, own)
            if kept.refused:
                refused, silent = (", ".join(labels[item] for item in some) for some in (kept.refused, kept.silent))
                lost.append(f"{name}: no to {refused} is not kept while nothing is said of {silent}: answer all")
            if kept.value:
                place[key] = kept.value
            else:
                place.pop(key, None)
    return PackRead({**origin, "data": data}, tuple(lost))


def _without_row(member: Member, own: Attesting, law: Law) -> Iterator[str]:
    """What a pack has a row for, and is stated, and this one has none for."""
    said = {what for rows in own.said.values() for what in rows}
    for line in attestations(check(member.profile, law)):
        if line.state in (IN_PLACE, RAN_OUT) and line.what not in said:
            yield line.label


# The order in which a person reads the keys; a receipt keeps them in the order of the alphabet.
_ORDER = (
    "gapcheck", "team", "post", "name", "id", "register", "as", "status", "title", "nation", "employer", "wte", "days", "band", "scopes",
    "profession", "registrations", "annotations", "holder", "entitlements", "arrangements", "by", "reference", "until", "facts", "posts",
    "tasks",
)  # fmt: skip


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: _ORDER.index(key) if key in _ORDER else len(_ORDER))
        return {key: _ordered(value[key]) for key in keys}
    return [_ordered(item) for item in value] if isinstance(value, list) else value


def written(origin: Mapping[str, Any], source: str) -> str:
    """The origin as a YAML file. `source`: the pack that was read."""
    text = yaml.safe_dump(
        _ordered(origin["data"]), allow_unicode=True, sort_keys=False, width=120, default_flow_style=None
    )
    kind = "team" if origin["kind"] == "team" else "profile"
    return f"{_HEAD[kind]}\n# Read back by gapcheck pack from {''.join(char for char in source if char.isprintable())}.\n{text}"


def changed(before: Sequence[Member], after: Sequence[Member], law: Law) -> Iterator[str]:
    """What is otherwise today for each member."""
    for name, old, new in zip(called(after), before, after, strict=True):
        was, now = check(old.profile, law).findings, check(new.profile, law).findings
        moved = [(one, other) for one, other in zip(was, now, strict=True) if one.today != other.today]
        if not moved:
            yield f"{name}: no task stands otherwise than before"
        for one, other in moved:
            yield f"{name}: {one.label}: {one.today}, now {other.today}"
