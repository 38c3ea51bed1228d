"""How well job descriptions are understood, on a folder of labelled ones: python benchmarks/jobdesc_folder.py FOLDER [--show]

FOLDER holds documents of any format and `labels.yaml`: for each file what a person says of it, all but the duties optional.

  advert.docx:
    status: accredited-essential          # of `gapcheck jd`
    nation: england
    band: "6"
    groups: [clinical-technologist]       # to which the post is open
    duties: [nm-gamma-camera-imaging]     # the tasks that are duties or requirements of the holder; [] for other work
    codes: [W002]                         # the wording that is wrong

Printed are precision (of what it says, the share that is labelled) and recall (of what is labelled, the share that it says) of
the tasks, of those with legal acts and of the codes; how many documents are exactly right in groups, status, nation and band;
what it says of documents of other work, which ought to be nothing; and how many documents a second.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from gapcheck import Lawbook
from gapcheck.jobdesc.reading.read import read_document
from gapcheck.jobdesc.understanding.description import Description, describe
from gapcheck.jobdesc.understanding.result import COUNTING

TODAY = "2026-11-22"


def score(found: Description, label: Mapping[str, Any], counts: Counter[str]) -> list[str]:
    """Count what is right and wrong of one document; the mistakes in words."""
    wrong: list[str] = []
    tasks = {hit.id for hit in found.tasks if hit.kind in COUNTING}
    legal = {hit.id for hit in found.tasks if hit.kind in COUNTING and hit.legal}
    sets = {"tasks": (tasks, set(label["duties"])), "legal tasks": (legal, set(label["duties"]))}
    if "codes" in label:
        sets["codes"] = ({item.code for item in found.wording}, set(label["codes"]))
    for name, (said, wanted) in sets.items():
        counts[f"{name} said"] += len(said)
        counts[f"{name} right"] += len(said & wanted)
        if name != "legal tasks":
            counts[f"{name} wanted"] += len(wanted)
            wrong += [f"said, and not labelled: {item}" for item in sorted(said - wanted)]
            wrong += [f"labelled, and not said: {item}" for item in sorted(wanted - said)]
    for name, got in (
        ("status", found.status),
        ("nation", found.nation),
        ("band", found.band),
        ("groups", {item.profession for item in found.open_to}),
    ):
        if name in label:
            wanted = set(label[name]) if name == "groups" else label[name]
            counts[f"{name} asked"] += 1
            counts[f"{name} exact"] += got == wanted
            wrong += [] if got == wanted else [f"{name}: {got or 'none'}, should be {wanted or 'none'}"]
    if not label["duties"]:
        counts["other documents"] += 1
        counts["other tasks"] += len(tasks)
        counts["other codes"] += len(found.wording)
    return wrong


def measured(folder: Path, book: Lawbook) -> tuple[Counter[str], dict[str, list[str]]]:
    """The counts over a folder, and the mistakes by document."""
    labels = yaml.safe_load((folder / "labels.yaml").read_text(encoding="utf-8"))
    counts: Counter[str] = Counter()
    wrong = {}
    for name, label in labels.items():
        found = describe(read_document(folder / name), book, TODAY)
        counts["documents"] += 1
        if mistakes := score(found, label, counts):
            wrong[name] = mistakes
    return counts, wrong


def share(part: int, whole: int) -> str:
    """A share in words."""
    return f"{part / whole:5.1%} of {whole}" if whole else "  none"


def main() -> None:
    """Measure a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="every mistake")
    given = parser.parse_args()
    book = Lawbook.load()
    begun = time.perf_counter()
    counts, wrong = measured(given.folder, book)
    took = time.perf_counter() - begun
    print(f"{counts['documents']} documents, {counts['documents'] / took:.0f} a second (one process)")
    for name in ("tasks", "legal tasks", "codes"):
        print(f"  {name:12} precision {share(counts[f'{name} right'], counts[f'{name} said'])}")
        if name != "legal tasks":
            print(f"  {name:12} recall    {share(counts[f'{name} right'], counts[f'{name} wanted'])}")
    for name in ("groups", "status", "nation", "band"):
        print(f"  {name:12} exact     {share(counts[f'{name} exact'], counts[f'{name} asked'])}")
    print(
        f"  other work: {counts['other documents']} documents, {counts['other tasks']} tasks said, {counts['other codes']} codes"
    )
    if given.show:
        for name, mistakes in wrong.items():
            print(name, *mistakes, sep="\n    ")


if __name__ == "__main__":
    main()
