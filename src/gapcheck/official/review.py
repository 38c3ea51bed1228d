"""Compare the provisions of a lawbook with official files and with the record of what was read."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from gapcheck.law.lawbook import Lawbook
from gapcheck.law.needs import ways
from gapcheck.official.clml import Effect, Official, Version, path_of

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


class Review(NamedTuple):
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
) -> Review:
    """Compare. `before`: earlier files, for the words that changed; `wrong`: what of the files could not be read."""
    held = _by_instrument(files)
    earlier = _by_instrument(before)
    found: list[Matter] = []
    compared, unrecorded, new = [], [], {}
    for name, item in book.data["provisions"].items():
        address = path_of(str(item["url"]))
        if address and address[1] and address[0] in held:
            versions = _versions(held[address[0]], address[1], str(item["url"]))
            if versions is None:
                continue
            effects = [one for file in held[address[0]] for one in file.effects if _touches(one, address[1])]
            old = _versions(earlier.get(address[0], []), address[1], str(item["url"])) or ()
            known = record.get(name)
            compared.append(name)
            if known is None:
                unrecorded.append(name)
            new[name] = _recorded(versions, effects, held[address[0]], as_at)
            found += _matters(book, name, _now(versions, as_at), _now(old, as_at), known, as_at)
            found += _coming(book, name, versions, effects, known, as_at)
    found += _old_checks(book, as_at)
    return Review(
        book, as_at, tuple(_merged(found)), tuple(compared), tuple(unrecorded), tuple(wrong), {**record, **new}
    )


def _by_instrument(files: Iterable[Official]) -> dict[str, list[Official]]:
    found: dict[str, list[Official]] = {}
    for file in files:
        found.setdefault(file.instrument, []).append(file)
    return found


def _versions(files: Sequence[Official], path: str, address: str) -> tuple[Version, ...] | None:
    """The versions of a provision in the files of its instrument; None where no file is about it."""
    for file in files:
        if path in file.provisions:
            return file.provisions[path]
    whole = any(
        len({one.partition("/")[0] + one.partition("/")[2].split("/")[0] for one in file.provisions}) > 1
        for file in files
    )
    return () if whole and "/made" not in address and "/enacted" not in address else None


def _now(versions: Sequence[Version], as_at: str) -> tuple[Version, ...]:
    """Those in force on the day, or the last before it."""
    current = [
        item
        for item in versions
        if item.start <= as_at and not (item.end and item.end <= as_at) and item.status != "Prospective"
    ]
    return tuple(current) or tuple(versions[-1:])


def _text(versions: Sequence[Version]) -> str:
    return "\n".join(dict.fromkeys(item.text for item in versions))


def _recorded(
    versions: Sequence[Version], effects: Sequence[Effect], files: Sequence[Official], as_at: str
) -> dict[str, Any]:
    now = _now(versions, as_at)
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
    now: Sequence[Version],
    old: Sequence[Version],
    known: Mapping[str, Any] | None,
    as_at: str,
) -> Iterator[Matter]:
    cited = str(book.data["provisions"][name]["citation"])
    rest = _rests(book, name)
    if not now:
        gone = known is not None and known["status"] == "not in the file"
        yield Matter(MISSING, (name,), f"{cited} is not in the file of its instrument", *rest, known=gone)
        return
    repealed = [item for item in now if item.status == "Repealed" or (item.end and item.end <= as_at)]
    if len(repealed) == len(now):
        seen = known is not None and known["status"] == now[-1].status
        when = f" from {now[-1].end or now[-1].start}" if now[-1].end or now[-1].start else ""
        yield Matter(REPEALED, (name,), f"{cited} is repealed{when}", *rest, known=seen)
        return
    if known is not None and known["hash"] != _hash(now):
        lines = tuple(_differing(_text(old), _text(now))) if old else ()
        since = f", in the version from {now[-1].start}" if now[-1].start else ""
        yield Matter(CHANGED, (name,), f"The words of {cited} are not those that were read{since}", *rest, lines)
    elif known is not None and known["from"] != now[-1].start:
        yield Matter(VERSION, (name,), f"{cited} has a new version from {now[-1].start}, of the same words", *rest)


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
    versions: Sequence[Version],
    effects: Sequence[Effect],
    known: Mapping[str, Any] | None,
    as_at: str,
) -> Iterator[Matter]:
    cited = str(book.data["provisions"][name]["citation"])
    rest = _rests(book, name)
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
    for version in versions:
        if as_at < version.start <= year:
            yield Matter(COMMENCES, (name,), f"A version of {cited} begins on {version.start}", *rest)


def _touches(effect: Effect, path: str) -> bool:
    """Whether an effect is on a provision: on it, on a part of it, on what it is part of, or on the whole instrument."""
    return not effect.paths or any(
        f"{one}/".startswith(f"{path}/") or f"{path}/".startswith(f"{one}/") for one in effect.paths
    )


def _old_checks(book: Lawbook, as_at: str) -> Iterator[Matter]:
    year_ago = (datetime.date.fromisoformat(as_at) - datetime.timedelta(days=365)).isoformat()
    for name, item in book.data["provisions"].items():
        if item.get("checked", "") and item["checked"] < year_ago:
            says = f"{item['citation']} was last checked on {item['checked']}, more than a year ago"
            yield Matter(OLD, (name,), says, *_rests(book, name))


def _rests(book: Lawbook, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The rules that cite a provision, and the tasks that need an act of one of them."""
    rules = [key for key, rule in book.data["rules"].items() if any(item["provision"] == name for item in rule["law"])]
    acts = {act for key in rules for act in book.data["rules"][key]["acts"]}
    tasks = [
        key
        for key, task in book.data["tasks"].items()
        if any(need["act"] in acts for way in ways(task) for need in way)
    ]
    return tuple(rules), tuple(tasks)


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
