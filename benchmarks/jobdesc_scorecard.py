"""Fit the scorecard of job descriptions anew from judged mentions: python benchmarks/jobdesc_scorecard.py [TABLE] [--write]

TABLE (benchmarks/mentions.csv) holds a judged mention a row: its set, whether it is really the holder's, and which signs hold.
Each sign gets a whole number of points, log-odds in quarters; those that the card calls reasoned (`by-hand`) stay as they are.
Printed are the points beside those of the card, and how well points fitted on one set tell the mentions of the others, which is
what to believe. --write puts the points into rules/wording/scorecard.yaml.
"""

from __future__ import annotations

import argparse
import csv
import math
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

TABLE = Path(__file__).with_name("mentions.csv")
CARD = Path(__file__).resolve().parent.parent / "rules" / "wording" / "scorecard.yaml"
QUARTER = 0.25
STEPS, RATE, PULL = 400, 1.0, 0.001  # of the descent; the pull is towards no points, so that a rare sign gets few


class Mention(NamedTuple):
    """A judged mention: its set, whether it is the holder's, and the signs that hold."""

    batch: str
    real: bool
    signs: tuple[str, ...]


def mentions(path: Path) -> list[Mention]:
    """The judged mentions of a table."""
    lines = path.read_text(encoding="utf-8").splitlines()
    names = [line for line in lines if line.startswith("#")][-1].lstrip("# ").split()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return [
        Mention(row["set"], row["real"] == "1", tuple(name for name, sign in zip(names, row["signs"], strict=True) if sign == "1"))
        for row in rows
    ]  # fmt: skip


def fitted(judged: Sequence[Mention]) -> dict[str, int]:
    """The points of each sign: a logistic regression without a base, so that no sign at all says nothing."""
    alike = Counter((item.signs, item.real) for item in judged)
    names = sorted({name for signs, _ in alike for name in signs})
    weights = dict.fromkeys(names, 0.0)
    squares = dict.fromkeys(names, 1e-8)
    total = len(judged)
    for _ in range(STEPS):
        slope = {name: PULL * weight for name, weight in weights.items()}
        for (signs, real), count in alike.items():
            chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(weights[name] for name in signs)))))
            share = (chance - real) * count / total
            for name in signs:
                slope[name] += share
        for name in names:
            squares[name] += slope[name] ** 2
            weights[name] -= RATE * slope[name] / math.sqrt(squares[name]) * 0.3
    return {name: round(weight / QUARTER) for name, weight in weights.items()}


def told(judged: Sequence[Mention], points: dict[str, int], least: int) -> tuple[int, int, int]:
    """Of mentions: those that count, those of them that are real, and all that are real."""
    counted = [item for item in judged if sum(points.get(name, 0) for name in item.signs) >= least]
    return len(counted), sum(item.real for item in counted), sum(item.real for item in judged)


def rewritten(card: str, points: dict[str, int]) -> str:
    """The text of the card with other points for the signs that are fitted."""
    for name, value in points.items():
        card = re.sub(rf"(\{{id: {re.escape(name)}, points: )-?\d+(?![^}}]*by-hand)", rf"\g<1>{value}", card)
    return card


def main() -> None:
    """Fit, test across the sets, and compare with the card."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("table", nargs="?", type=Path, default=TABLE)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    judged = mentions(given.table)
    text = CARD.read_text(encoding="utf-8")
    card: dict[str, Any] = yaml.safe_load(text)
    least = card["bands"]["counts"]
    own = {item["id"]: item["points"] for item in card["card"]}
    by_hand = {item["id"] for item in card["card"] if item.get("by-hand")}
    points = {name: value for name, value in fitted(judged).items() if name not in by_hand}
    print(f"{len(judged)} mentions, {sum(item.real for item in judged)} of them the holder's")
    for batch in sorted({item.batch for item in judged}):
        others = [item for item in judged if item.batch != batch]
        here = [item for item in judged if item.batch == batch]
        if others:
            counted, right, real = told(here, fitted(others), least)
            print(f"  fitted without set {batch}, tried on it: {counted} count, {right / max(1, counted):.0%} of them real; {right / max(1, real):.0%} of the real ones found")  # fmt: skip
    counted, right, real = told(judged, own, least)
    print(f"  the card as it is, its fitted signs alone: {counted} count, {right / max(1, counted):.0%} real; {right / max(1, real):.0%} found")  # fmt: skip
    print(f"\n{'sign':22} card  fitted")
    for name in sorted(points, key=lambda name: -points[name]):
        print(f"{name:22} {own.get(name, 0):4}  {points[name]:4}")
    if given.write:
        CARD.write_text(rewritten(text, points), encoding="utf-8")


if __name__ == "__main__":
    main()
