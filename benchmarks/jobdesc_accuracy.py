"""How well job descriptions are understood, on adverts of our own writing: python benchmarks/jobdesc_accuracy.py [--show]

The labels stand in tests/jobdesc/labelled. `tuned.yaml` was used to tune the vocabulary; `held-out.yaml`,
`web.yaml`, `last.yaml` and `fresh.yaml` were labelled before anything was run on them; each says what was measured first. For registration, nation and band: how many adverts are right. For tasks: of the labelled ones how many are
found with an overlapping quote and the right kind (recall); of the legally relevant duties found, how many are labelled
(precision). For wording: recall and precision of the codes.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from gapcheck import Lawbook
from gapcheck.jobdesc.reading.read import read_document
from gapcheck.jobdesc.reading.text import TextDocument
from gapcheck.jobdesc.understanding.description import Description, describe
from gapcheck.jobdesc.understanding.result import COUNTING, NEGATED, OFFER, SERVICE, SUPERVISED

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "jobdesc" / "labelled"
TODAY = "2026-11-22"
BATCHES = ("tuned", "held-out", "web", "last", "fresh")
KINDS = {
    "duties": COUNTING,
    "service": {SERVICE},
    "offer": {OFFER},
    "negated": {NEGATED},
    "supervised": {SUPERVISED},
}


def adverts(name: str) -> list[dict[str, Any]]:
    """The labelled adverts of a file."""
    loaded: list[dict[str, Any]] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


def document_of(advert: dict[str, Any]) -> TextDocument:
    """An advert as it is read, in its format."""
    return read_document(advert["text"].encode(), f"{advert['id']}.{advert.get('format', 'txt')}")


def read(advert: dict[str, Any], book: Lawbook) -> Description:
    """What is understood of an advert."""
    return describe(document_of(advert), book, TODAY)


def places(advert: dict[str, Any], kind: str, text: str) -> list[tuple[str, int, int]]:
    """The labelled quotes of a kind, with where they stand in the text as it was read."""
    found = []
    for quote in advert.get(kind, []):
        match = re.search(r"\s+".join(map(re.escape, quote.split())), text)
        assert match, (advert["id"], quote)
        found.append((quote, match.start(), match.end()))
    return found


def score(advert: dict[str, Any], found: Description, counts: Counter[str]) -> list[str]:
    """Count what is right and wrong of one advert; the mistakes in words."""
    wrong = []
    for name, wanted, got in (
        ("registration", advert["status"], found.status),
        ("nation", advert["nation"], found.nation),
        ("band", advert.get("band", found.band), found.band),
        ("declined", bool(advert.get("declined")), bool(found.declined)),
    ):
        counts[f"{name} {'right' if wanted == got else 'wrong'}"] += 1
        if wanted != got:
            wrong.append(f"{name}: {got}, should be {wanted}")
    labelled = []
    text = document_of(advert).text
    for kind, kinds in KINDS.items():
        for quote, start, end in places(advert, kind, text):
            labelled.append((start, end, kind))
            hits = [hit for hit in found.tasks if hit.start < end and start < hit.end]
            right = any(hit.kind in kinds for hit in hits)
            counts[f"{kind} {'found' if right else 'missed'}"] += 1
            if not right:
                wrong.append(f"{kind}: {quote!r} is {sorted({hit.kind for hit in hits}) or 'not found'}")
    for hit in found.tasks:
        if hit.legal and hit.kind in COUNTING:
            right = any(kind == "duties" and start < hit.end and hit.start < end for start, end, kind in labelled)
            counts[f"alarms {'right' if right else 'false'}"] += 1
            if not right:
                wrong.append(f"false alarm: {hit.quote!r} as {hit.id} ({hit.kind})")
    wanted_codes, codes = set(advert.get("codes", [])), {item.code for item in found.wording}
    counts["codes found"] += len(wanted_codes & codes)
    counts["codes missed"] += len(wanted_codes - codes)
    counts["codes false"] += len(codes - wanted_codes)
    wrong += [f"{code} missed" for code in sorted(wanted_codes - codes)]
    wrong += [f"{code} not wanted" for code in sorted(codes - wanted_codes)]
    return wrong


def share(part: int, rest: int) -> str:
    """A share in words."""
    return f"{100 * part / (part + rest):5.1f}% of {part + rest}" if part + rest else "none"


def main() -> None:
    book = Lawbook.load()
    for name in BATCHES:
        counts: Counter[str] = Counter()
        for advert in adverts(name):
            wrong = score(advert, read(advert, book), counts)
            if wrong and "--show" in sys.argv and (name == "tuned" or "--held-out" in sys.argv):
                print(advert["id"], *wrong, sep="\n   ")
        print(f"{name}: {len(adverts(name))} adverts")
        for what in ("registration", "nation", "band", "declined"):
            print(f"  {what:28} right     {share(counts[f'{what} right'], counts[f'{what} wrong'])}")
        for kind in KINDS:
            print(f"  {kind:28} recall    {share(counts[f'{kind} found'], counts[f'{kind} missed'])}")
        print(f"  {'legal duties':28} precision {share(counts['alarms right'], counts['alarms false'])}")
        print(f"  {'wording codes':28} recall    {share(counts['codes found'], counts['codes missed'])}")
        print(f"  {'wording codes':28} precision {share(counts['codes found'], counts['codes false'])}")


if __name__ == "__main__":
    main()
