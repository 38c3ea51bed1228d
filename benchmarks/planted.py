"""What notices a wrong lawbook? Run: python benchmarks/planted.py [--count N] [--seed N] [--all] [--kind KIND]

Plants faults, one at a time, in a copy of the lawbook: a fact, a sentence, a citation, a number, a synonym, a place, a task's needs,
a severity, a reform, an arrangement, a wording, the table of gaps, an overlay; where and which is drawn at random from the seed, which is printed. Of each it asks whether reading
the lawbook, the record of its words (lint L058) or, with --all, any other finding of lint, the table of verdicts or the tables that
were written apart notice it; and whether `gapcheck diff` names what changed. Prints the rate by kind, and each fault that nothing
noticed. --all takes some fifteen seconds a fault.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from gapcheck.diff.sides import Side
from gapcheck.diff.texts import items
from gapcheck.errors import InputError
from gapcheck.law.build import Builder, law_files, layers
from gapcheck.law.kinds import complaints_of
from gapcheck.law.lawbook import Lawbook
from gapcheck.lint import lint, vouched

ROOT = Path(__file__).resolve().parent.parent
DAY = "2026-11-22"
_SEVERITIES = ("low", "moderate", "severe", "catastrophic")
_PROSE = re.compile(
    r"\b(?:reading|says|limits|text|title|why|question|label|statement|caveat|open|barred|available|if-not-done|note|undetermined): .{20,}|^ {4,}[A-Za-z][^:]{40,}$"
)
_TURNS = (
    (" is not ", " is "), (" not ", " "), (" is ", " is not "), (" may ", " may not "), (" must ", " need not "), (" are ", " are not "),
    (" no ", " any "), (" and ", " or "), (" only ", " also "), (" the ", " another "),
)  # fmt: skip


class Fault(NamedTuple):
    """A fault: its kind, the file, the line, and what stands there before and after."""

    kind: str
    file: str
    line: int
    before: str
    after: str


Change = Callable[[random.Random, str], str]


def _fact(draw: random.Random, line: str) -> str:
    found = draw.choice(list(re.finditer(r"\bmedicine\.[a-z-]+: (true|false)", line)))
    start, end = found.span(1)
    return line[:start] + ("false" if found[1] == "true" else "true") + line[end:]


def _sentence(draw: random.Random, line: str) -> str:
    turns = [(old, new) for old, new in _TURNS if old in line[line.find(":") + 1 :]]
    old, new = draw.choice(turns)
    at = line.rindex(old)
    return line[:at] + new + line[at + len(old) :]


def _digit(draw: random.Random, line: str) -> str:
    start = line.find(": ") + 1 if ": " in line else 0
    at = draw.choice([one.start() for one in re.finditer(r"\d", line) if one.start() > start])
    return line[:at] + str((int(line[at]) + draw.randint(1, 9)) % 10) + line[at + 1 :]


def _listed(draw: random.Random, line: str) -> str:
    """One of the words of a list goes, or another stands there."""
    head, _, rest = line.partition("[")
    inside, bracket, tail = rest.rpartition("]") if "]" in rest else (rest, "", "")
    words = inside.split(", ")
    at = draw.randrange(len(words))
    other = [
        *words[:at],
        *([draw.choice(["chest clinic", "general duties list"])] if draw.random() < 0.5 else []),
        *words[at + 1 :],
    ]
    return f"{head}[{', '.join(other) or 'nothing at all'}{bracket}{tail}"


def _needs(draw: random.Random, line: str) -> str:
    head = line[: line.index("needs:")]
    other = "irmer-operate" if "irmer-operate" not in line else "irmer-evaluate"
    new = "none" if "none" not in line and draw.random() < 0.5 else f"{{all-of: [{{act: {other}}}]}}"
    return f"{head}needs: {new}"


def _severity(draw: random.Random, line: str) -> str:
    now = next(one for one in _SEVERITIES if one in line)
    return line.replace(now, draw.choice([one for one in _SEVERITIES if one != now]))


def _reform(draw: random.Random, line: str) -> str:
    if re.search(r"\b(without|with): (open|available|barred|unknown)", line):
        return re.sub(r": (open|available|barred|unknown)", ": unknown" if "unknown" not in line else ": barred", line)
    names = ["nurse", "sonographer", "clinical-scientist", "arts-therapist", "osteopath"]
    at = re.search(r"(member|profession|professions|class): \[?([a-z-]+)", line)
    if at:
        other = draw.choice([one for one in names if one != at[2]]) if at[1] != "class" else "sp-classes"
        return line[: at.start(2)] + other + line[at.end(2) :]
    return _sentence(draw, line)


def _arrangement(draw: random.Random, line: str) -> str:
    kinds = ("arrangement", "entitlement", "annotation")
    if found := re.search(rf"\bkind: ({'|'.join(kinds)})\b", line):
        return line[: found.start(1)] + draw.choice([one for one in kinds if one != found[1]]) + line[found.end(1) :]
    return _sentence(draw, line)


def _gap(draw: random.Random, line: str) -> str:
    found = draw.choice(list(re.finditer(r": (none|low|medium|high)\b", line)))
    other = draw.choice([one for one in ("none", "low", "medium", "high") if one != found[1]])
    return line[: found.start(1)] + other + line[found.end(1) :]


def _overlay(draw: random.Random, line: str) -> str:
    if re.search(r"(force|kind): (framework|local)\b", line):
        return re.sub(r"(force|kind): (framework|local)", r"\1: statute", line)
    return _sentence(draw, line) if _turned(line) else _digit(draw, line)


def _turned(line: str) -> bool:
    return any(old in line[line.find(":") + 1 :] for old, _ in _TURNS)


def _prose(line: str) -> bool:
    return bool(_PROSE.search(line)) and _turned(line) and not line.lstrip().startswith("#")


def _long_list(key: str) -> Callable[[str], bool]:
    return lambda line: bool(re.search(rf"\b{key}: \[[^\[\]]+\]$", line))


class Kind(NamedTuple):
    """A kind of fault: the files that it can stand in, the lines, and how it is made."""

    files: str
    fits: Callable[[str], bool]
    change: Change


_DIGIT = re.compile(r"\b(?:statement|value|of|number|text|details|year|from|doi|seen): .*\d|^ {4,}[A-Za-z][^:]*\d")
KINDS = {
    "fact": Kind(r"medicines\.yaml", lambda line: bool(re.search(r"medicine\.[a-z-]+: (true|false)", line)), _fact),
    "sentence": Kind(r"(?!wording/|lint\.yaml).*(?<!examples)\.yaml", _prose, _sentence),
    "citation": Kind(r".*/instrument\.yaml", lambda line: bool(re.search(r"^ *(- )?(title|url|citation): .*\d", line)), _digit),
    "number": Kind(r"evidence/.*\.yaml", lambda line: bool(_DIGIT.search(line)) and not line.startswith("#"), _digit),
    "synonym": Kind(r"tasks/.*\.yaml|arrangements\.yaml|medicines\.yaml|professions\.yaml",
                    lambda line: _long_list("synonyms")(line) or _long_list("aliases")(line), _listed),
    "place": Kind(r"wording/places\.yaml", lambda line: bool(re.search(r"^ {2}(- )?[{a-z-]+: .*\[.*,.*\]", line)), _listed),
    "needs": Kind(r"tasks/.*\.yaml", lambda line: bool(re.search(r"^ {4}needs: (none|\{.*\})$", line)), _needs),
    "severity": Kind(r"tasks/.*\.yaml", lambda line: bool(re.search(r"\bseverity: \w+", line)), _severity),
    "reform": Kind(r"reforms/.*\.yaml",
                   lambda line: bool(re.search(r"\b(without|with): \w|(member|class|profession): ", line)) or _prose(line), _reform),
    "arrangement": Kind(r"arrangements\.yaml",
                        lambda line: _prose(line) or bool(re.search(r"\bkind: (arrangement|entitlement|annotation)\b", line)), _arrangement),
    "wording": Kind(r"wording/(?!places|ordinary).*\.yaml", lambda line: bool(re.search(r"^ .*\[[^\[\]]+, [^\[\]]+\]", line)), _listed),
    "gap": Kind(r"lawbook\.yaml", lambda line: bool(re.search(r": (none|low|medium|high)\b", line)), _gap),
    "overlay": Kind(r"local/(?!recorded).*\.yaml",
                    lambda line: bool(re.search(r"(force|kind): (framework|local)\b", line)) or _prose(line) or bool(re.search(r": .*\d", line) and "$schema" not in line),
                    _overlay),
}  # fmt: skip


def faults(folder: Path, count: int, draw: random.Random, kinds: list[str]) -> Iterator[Fault]:
    """Faults in turn of each kind, each somewhere else."""
    lines: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        name = name.removeprefix("rules/")
        for kind in kinds:
            if re.fullmatch(KINDS[kind].files, name):
                texts = path.read_text(encoding="utf-8").split("\n")
                lines[kind] += [(str(path), at, text) for at, text in enumerate(texts) if KINDS[kind].fits(text)]
    taken: set[tuple[str, int]] = set()
    made = 0
    while made < count:
        kind = kinds[made % len(kinds)]
        file, at, text = draw.choice(lines[kind])
        try:
            after = KINDS[kind].change(draw, text)
        except (IndexError, ValueError):
            continue
        if after != text and (file, at) not in taken:
            taken.add((file, at))
            made += 1
            yield Fault(kind, file, at, text, after)


class Noticed(NamedTuple):
    """What noticed a fault (empty: nothing), and whether diff names what it changed."""

    by: str
    named: bool


def noticed(folders: list[str], before: Lawbook, whole: bool) -> Noticed:
    """What notices what stands in the folders now."""
    known = {(name, says) for name, says in _complaints(folders)}
    if known - _SOUND:
        return Noticed("the reader", True)  # nothing answers from it: there is no other law to compare
    builder = Builder()
    try:
        data = builder.build(folders)
    except InputError:
        return Noticed("the reader", True)
    found = [item.code for item in vouched.check(builder, folders, law_files(folders), DAY)]
    after = Lawbook(data, "after")
    sides = (Side(book, (), DAY, "", {}, ()) for book in (before, after))
    named = bool(items(*sides))
    by = ["the record"] if found else []
    if whole:
        by += _lint(folders)
        by += _tables(after)
    return Noticed(", ".join(by), named)


_STANDING: dict[str, list[str]] = {}  # what the local rules put into the table of verdicts without any fault
_SOUND: set[tuple[str, str]] = set()
_BEFORE: dict[str, set[tuple[str, str, str]]] = {}


def _complaints(folders: list[str]) -> Iterator[tuple[str, str]]:
    """What is out of form in the file of a fault, or says that it is statute in an overlay."""
    for number, (_, files) in enumerate(layers(folders)):
        for name in files:
            if files[name] in _TOUCHED:
                yield from ((name, item.message) for item in complaints_of(files[name], name, local=number > 0))


_TOUCHED: set[str] = set()


def _lint(folders: list[str]) -> list[str]:
    told = {(one.code.id, one.file, one.message) for one in lint(DAY, *folders).findings if one.code.id != "L058"}
    first = _BEFORE.setdefault("lint", told)
    return [f"lint {', '.join(sorted({code for code, *_ in told - first}))}"] if told - first else []


def _tables(after: Lawbook) -> list[str]:
    from benchmarks import verdicts
    from tests.law import test_apart

    told = list(verdicts.differences(after))
    by = ["the verdicts"] if told != _STANDING.setdefault("verdicts", told) else []
    for name in ("every_statute_has_its_number_and_address", "medicines_are_what_they_are", "other_names_mean_what_people_mean",
                 "places_are_where_they_are", "registers_are_kept_of_whom_and_since_when_the_texts_say"):  # fmt: skip
        try:
            getattr(test_apart, f"test_{name}")(after)
        except (AssertionError, KeyError):
            return [*by, "the tables apart"]
    return by


def planted(count: int, seed: int, kinds: list[str], whole: bool) -> dict[Fault, Noticed]:
    """Plant faults in a copy, one at a time: what noticed each."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        shutil.copytree(ROOT / "rules", folder / "rules")
        shutil.copytree(ROOT / "examples/local-rules", folder / "local")
        folders = [str(folder / "rules"), str(folder / "local")]
        before = Lawbook(Builder().build(folders), "before")
        if whole:
            _lint(folders)
            _tables(before)
        found = {}
        for fault in faults(folder, count, random.Random(seed), kinds):  # noqa: S311  not for secrets
            path = Path(fault.file)
            text = path.read_text(encoding="utf-8")
            lines = text.split("\n")
            lines[fault.line] = fault.after
            path.write_text("\n".join(lines), encoding="utf-8")
            _TOUCHED.clear()
            _TOUCHED.add(fault.file)
            one = found[fault._replace(file=path.relative_to(folder).as_posix())] = noticed(folders, before, whole)
            if whole:
                print(f"{len(found)} of {count}: {fault.kind}: {one.by or 'nothing'}, named: {one.named}", flush=True)
            path.write_text(text, encoding="utf-8")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument(
        "--all", action="store_true", help="also lint in full, the table of verdicts and the tables apart"
    )
    given = parser.parse_args()
    found = planted(given.count, given.seed, given.kind or list(KINDS), given.all)
    by: dict[str, Counter[str]] = defaultdict(Counter)
    for fault, one in found.items():
        by[fault.kind].update(planted=1, noticed=int(bool(one.by)), named=int(one.named))
        if not (one.by and one.named):
            print(
                f"{fault.file}:{fault.line + 1}: {fault.kind}: {fault.before.strip()} -> {fault.after.strip()}: {one}"
            )
        elif given.all and set(one.by.split(", ")) == {"the record"}:
            print(f"only the record: {fault.file}:{fault.line + 1}: {fault.kind}: {fault.after.strip()}")
    for kind, counts in by.items():
        print(f"{kind}: {counts['planted']} planted, {counts['noticed']} noticed, {counts['named']} named by diff")
    total, good, named = (sum(one[key] for one in by.values()) for key in ("planted", "noticed", "named"))
    print(
        f"seed {given.seed}: {good} of {total} noticed ({100 * good / total:.0f}%), {named} named by diff ({100 * named / total:.0f}%)"
    )
    return 0 if min(good, named) >= 0.95 * total else 1


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
