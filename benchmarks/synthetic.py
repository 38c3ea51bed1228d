"""A seeded synthetic workforce, made of the shipped examples. Run: python benchmarks/synthetic.py POSTS FILE.csv [SEED]

Each post is like one of the profiles in examples/profiles: its profession, nation, scopes, registrations, entitlements and
arrangements, each now and then otherwise (a registration lapsed or not yet held, an arrangement missing or run out, another
band). Each organisation is in one nation. A post has about 20 tasks: of the example, else of its scopes of practice, and one
in twenty of any scope.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from gapcheck import Lawbook, Profile
from gapcheck.profile.model import Listing, Registration

ROOT = Path(__file__).resolve().parent.parent
HEADER = ("id", "organisation", "nation", "employer", "profession", "registrations", "annotations", "entitlements",
          "arrangements", "facts", "tasks", "band", "scopes", "title")  # fmt: skip
TASKS = 20
ORGANISATIONS = 220


def examples(book: Lawbook) -> list[Profile]:
    """The shipped profiles."""
    return [Profile.read(path, book) for path in sorted((ROOT / "examples/profiles").glob("*.yaml"))]


def posts(book: Lawbook, count: int, seed: int = 7) -> Iterator[tuple[str, ...]]:
    """The rows of a table, in the order of HEADER."""
    random_ = random.Random(seed)  # noqa: S311  the same table for the same seed is the point
    kinds = examples(book)
    places = dict.fromkeys(book.data["nations"], 1.0) | {kinds[0].nation: 12.0}  # most organisations in one nation
    nations = random_.choices(list(places), list(places.values()), k=ORGANISATIONS)
    of_scope: dict[str, list[str]] = {}
    for task, item in book.data["tasks"].items():
        of_scope.setdefault(item["scope"], []).append(task)
    every = list(book.data["tasks"])
    pools = [[task for scope in kind.scopes for task in of_scope.get(scope, [])] for kind in kinds]
    for number in range(count):
        place = random_.randrange(len(kinds))
        kind = kinds[place]
        size = min(max(round(random_.gauss(TASKS, 3)), 5), 40)
        chosen = dict.fromkeys(entry.id for entry in kind.tasks if random_.random() < 0.9)
        while len(chosen) < size:
            pool = pools[place] if pools[place] and random_.random() < 0.95 else every
            chosen[pool[int(random_.random() * len(pool))]] = None
        facts = ";".join(
            f"{name}={'yes' if value is True else 'no' if value is False else value}"
            for name, value in kind.facts.items()
        )
        organisation = random_.randrange(ORGANISATIONS)
        yield (
            f"P{number:08d}",
            f"Trust {organisation:03d}",
            nations[organisation],
            kind.employer or "nhs",
            kind.profession,
            ";".join(_registration(item, random_) for item in kind.registrations),
            _listing(kind.annotations, random_),
            _listing(kind.entitlements, random_),
            _listing(kind.arrangements, random_),
            facts,
            ";".join(chosen),
            kind.band if kind.band and random_.random() < 0.7 else str(random_.randrange(4, 9)),
            ";".join(kind.scopes),
            kind.title,
        )


def _registration(item: Registration, random_: random.Random) -> str:
    odd = random_.random()
    status = "lapsed" if odd < 0.02 else "working-towards" if odd < 0.05 else item.status
    return f"{item.register}:{status}:{item.held_as}" if item.held_as else f"{item.register}:{status}"


def _listing(listing: Listing, random_: random.Random) -> str:
    if listing.none:
        return "none"
    kept = [item.id for item in listing.items if random_.random() < 0.9]
    if kept and random_.random() < 0.02:
        kept[0] += f":{random_.choice((2025, 2026))}-{random_.randrange(1, 13):02d}-28"
    return ";".join(kept)


def write(book: Lawbook, count: int, path: Path, seed: int = 7) -> None:
    """Write a table of so many posts."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        writer.writerows(posts(book, count, seed))


if __name__ == "__main__":
    write(Lawbook.load(), int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 7)
