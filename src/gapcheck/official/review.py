"""Compare the provisions of a lawbook with official files and with the record of what was read."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from gapcheck.law.lawbook import Lawbook
from gapcheck.official.clml import Effect, Official, Version, path_of
from gapcheck.official.references import TERM, paths
from gapcheck.official.resting import Resting, resting

CHANGED, REPEALED, VERSION, EFFECT, COMMENCES, OLD, MISSING = (
    "changed", "repealed", "new-version", "unapplied-effect", "commences", "old-check", "not-in-the-file",
)  # fmt: skip
URGENT = (CHANGED, REPEALED, VERSION, EFFECT, COMMENCES, MISSING)


class Matter(NamedTuple):
    """Something to look at. `lines`: the words that differ, where both texts are there; `known`: it was recorded already."""

    kind: str
    provisions: tuple[str, ...]
    says: str
    rules: tuple[str, ...]
    tasks: tuple[str, ...]
    lines: tuple[str, ...] = ()
    known: bool = False


class OfficialReview(NamedTuple):
    """What a comparison found. `compared`: provisions of which there was a file; `unrecorded`: of those, without a record."""

    book: Lawbook
    as_at: str
    matters: tuple[Matter, ...]
    compared: tuple[str, ...]
    unrecorded: tuple[str, ...]
    wrong: tuple[str, ...]
    record: Mapping[str, Mapping[str, Any]]

    @property
    def urgent(self) -> bool:
        """Whether the law may have moved, or something could not be read."""
        return bool(self.wrong) or any(item.kind in URGENT and not item.known for item in self.matters)


def review(
    book: Lawbook,
    files: Sequence[Official],
    record: Mapping[str, Mapping[str, Any]],
    as_at: str,
    *,
    before: Sequence[Official] = (),
    wrong: Sequence[str] = (),
) -> OfficialReview:
    """Compare. `before`: earlier files, for the words that changed; `wrong`: what of the files could not be read."""
    held = _by_instrument(files)
    rests = resting(book)
    earlier = _by_instrument(before)
    found: list[Matter] = []
    compared, unrecorded, new = [], [], {}
    for name, item in book.data["provisions"].items():
        address = path_of(str(item["url"]))
        if address and address[1] and address[0] in held:
            files_of = held[address[0]]
            known = record.get(name)
            versions = _versions(files_of, item, address[1], known)
            if versions is None:
                continue
            effects = [
                one for file in files_of for one in file.effects if any(file.touched(one, path) for path in versions)
            ]
            old = _versions(earlier.get(address[0], []), item, address[1], None) or {}
            compared.append(name)
            rest = rests.get(name, Resting())
            if known is None:
                unrecorded.append(name)
            new[name] = _recorded(versions, effects, files_of, as_at)
            found += _matters(book, name, versions, old, known, as_at, rest)
            found += _coming(book, name, versions, effects, known, as_at, rest)
    found += _old_checks(book, rests, as_at)
    return OfficialReview(
        book, as_at, tuple(_merged(found)), tuple(compared), tuple(unrecorded), tuple(wrong), {**record, **new}
    )


def _by_instrument(files: Iterable[Official]) -> dict[str, list[Official]]:
    found: dict[str, list[Official]] = {}
    for file in files:
        found.setdefault(file.instrument, []).append(file)
    return found


Versions = Mapping[str, tuple[Version, ...]]  # of each part of the official text that a provision is, by its path


def _versions(
    files: Sequence[Official], item: Mapping[str, Any], path: str, known: Mapping[str, Any] | None
) -> Versions | None:
    """The versions of a provision in the files of its instrument; None where no file is about it."""
    found = {
        near: next(file.provisions[near] for file in files if near in file.provisions)
        for one in _own_paths(item, path)
        if (near := _nearest(files, one, path))
    }
    if path in found and len(found) > 1 and any(one.startswith(f"{path}/") for one in found):
        del found[path]  # a part of it is all that is cited
    if found:
        return found
    was_there = known is not None and known["status"] != "not in the file"
    several = [
        file
        for file in files
        if not file.part and len({one.split("/")[1] for one in file.provisions if "/" in one}) > 1
    ]
    address = str(item["url"])
    if "/made" in address or "/enacted" in address:
        return None
    return {path: ()} if any(file.whole for file in files) or (several and was_there) else None


def _own_paths(item: Mapping[str, Any], path: str) -> tuple[str, ...]:
    """What a provision of the lawbook is by its title (`regulation 12(9)`), where that is what its address leads to, or a part."""
    title, _, term = str(item["title"]).partition(", ")
    named = paths(str(item["title"]))
    if not any(one == path or one.startswith(f"{path}/") for one in named):
        return (path,)
    term = term.partition(" (")[0].lower()
    return (f"{named[0]}/{TERM}{term}",) if term and len(named) == 1 and paths(title) == named else named


def _nearest(files: Sequence[Official], path: str, least: str) -> str:
    """The path itself, or the smallest part around it that a file has: not more than `least`, if that is around it."""
    while path and not any(path in file.provisions for file in files):
        path = path.rpartition("/")[0] if path != least else ""
    return path


def _now(versions: Sequence[Version], as_at: str) -> tuple[Version, ...]:
    """Those in force on the day, or the last before it."""
    current = [
        item
        for item in versions
        if item.start <= as_at and not (item.end and item.end <= as_at) and item.status != "Prospective"
    ]
    return tuple(current) or tuple(versions[-1:])


def _all_now(versions: Versions, as_at: str) -> tuple[Version, ...]:
    return tuple(item for part in versions.values() for item in _now(part, as_at))


def _text(versions: Sequence[Version]) -> str:
    return "\n".join(dict.fromkeys(item.text for item in versions))


def _recorded(versions: Versions, effects: Sequence[Effect], files: Sequence[Official], as_at: str) -> dict[str, Any]:
    now = _all_now(versions, as_at)
    return {
        "hash": _hash(now),
        "from": now[-1].start if now else "",
        "status": now[-1].status if now else "not in the file",
        "extent": ", ".join(dict.fromkeys(item.extent for item in now)),
        "version": max((file.valid for file in files), default=""),
        "effects": sorted({item.key for item in effects}),
        "recorded": as_at,
    }


def _hash(versions: Sequence[Version]) -> str:
    return "+".join(dict.fromkeys(item.hash for item in versions))


def _matters(  # noqa: PLR0917
    book: Lawbook,
    name: str,
    versions: Versions,
    earlier: Versions,
    known: Mapping[str, Any] | None,
    as_at: str,
    rest: Resting,
) -> Iterator[Matter]:
    cited = str(book.data["provisions"][name]["citation"])
    now, old = _all_now(versions, as_at), _all_now(earlier, as_at)
    if not now:
        gone = known is not None and known["status"] == "not in the file"
        yield Matter(MISSING, (name,), f"{cited} is not in the file of its instrument", *rest, known=gone)
        return
    gone_parts = [
        part for one in versions.values() if (part := _now(one, as_at)) and all(_is_gone(item, as_at) for item in part)
    ]
    if gone_parts:
        seen = known is not None and known["status"] == now[-1].status and known["hash"] == _hash(now)
        last = gone_parts[0][-1]
        when = f" from {last.end or last.start}" if last.end or last.start else ""
        says = f"{cited} is repealed{' in part' if len(gone_parts) < len(versions) else ''}{when}"
        yield Matter(REPEALED, (name,), says, *rest, known=seen)
        return
    if known is not None and known["hash"] != _hash(now):
        lines = tuple(_differing(_text(old), _text(now))) if old else ()
        since = f", in the version from {now[-1].start}" if now[-1].start else ""
        yield Matter(CHANGED, (name,), f"The words of {cited} are not those that were read{since}", *rest, lines)
    elif known is not None and known["from"] != now[-1].start:
        yield Matter(VERSION, (name,), f"{cited} has a new version from {now[-1].start}, of the same words", *rest)


def _is_gone(version: Version, as_at: str) -> bool:
    return version.repealed or bool(version.end and version.end <= as_at)


def _differing(old: str, new: str) -> Iterator[str]:
    """The words that differ, a line for what was and what is, with a few words before and after."""
    words = old.split(), new.split()
    for kind, a, b, c, d in difflib.SequenceMatcher(None, words[0], words[1], autojunk=False).get_opcodes():
        if kind != "equal":
            near = " ".join(words[0][max(0, a - 5) : a]), " ".join(words[0][b : b + 5])
            was, becomes = " ".join(words[0][a:b]) or "nothing", " ".join(words[1][c:d]) or "nothing"
            yield f"after \u2018{near[0]}\u2019: \u2018{was}\u2019 was, \u2018{becomes}\u2019 is"


def _coming(  # noqa: PLR0917
    book: Lawbook,
    name: str,
    versions: Versions,
    effects: Sequence[Effect],
    known: Mapping[str, Any] | None,
    as_at: str,
    rest: Resting,
) -> Iterator[Matter]:
    cited = str(book.data["provisions"][name]["citation"])
    year = (datetime.date.fromisoformat(as_at) + datetime.timedelta(days=365)).isoformat()
    for item in effects:
        due = [day for day in item.dates if as_at < day <= year]
        seen = known is not None and item.key in known.get("effects", ())
        says = f"{item.by or 'Another instrument'} has an effect on {cited} that the official text does not show yet ({item.type})"
        if due:
            yield Matter(COMMENCES, (name,), f"{says}; it begins on {due[0]}", *rest)
        else:
            when = f"; in force since {item.dates[-1]}" if item.dates and item.dates[-1] <= as_at else ""
            yield Matter(EFFECT, (name,), says + when, *rest, known=seen)
    for version in (item for part in versions.values() for item in part):
        if as_at < version.start <= year:
            yield Matter(COMMENCES, (name,), f"A version of {cited} begins on {version.start}", *rest)


def _old_checks(book: Lawbook, rests: Mapping[str, Resting], as_at: str) -> Iterator[Matter]:
    year_ago = (datetime.date.fromisoformat(as_at) - datetime.timedelta(days=365)).isoformat()
    for name, item in book.data["provisions"].items():
        if item.get("checked", "") and item["checked"] < year_ago:
            says = f"{item['citation']} was last checked on {item['checked']}, more than a year ago"
            yield Matter(OLD, (name,), says, *rests.get(name, Resting()))


def _merged(matters: Iterable[Matter]) -> Iterator[Matter]:
    """One matter where several provisions of the lawbook are one in the official text."""
    found: dict[tuple[str, str, bool], list[Matter]] = {}
    for item in matters:
        found.setdefault((item.kind, item.says, item.known), []).append(item)
    for items in found.values():
        yield items[0]._replace(
            provisions=tuple(name for item in items for name in item.provisions),
            rules=tuple(dict.fromkeys(rule for item in items for rule in item.rules)),
            tasks=tuple(dict.fromkeys(task for item in items for task in item.tasks)),
        )
