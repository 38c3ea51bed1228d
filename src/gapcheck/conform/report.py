"""The scorecard as an answer; its data are of the form of `schemas/conform.schema.json`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gapcheck.conform.score import OUTCOMES, RIGHT, SKIPPED, UNANSWERED, WRONG, Score, Scored
from gapcheck.document.answer import Answer, Sheet
from gapcheck.document.blocks import Block, Document, Heading, Items, Paragraph, Run, Table, inline
from gapcheck.document.words import number, said
from gapcheck.law.lawbook import Lawbook

_SHOWN = 5  # wrong answers on one screen
_MOST = 12  # provisions on one screen
_HEAD = ("Right", "Wrong", "Not covered", "No answer")


class Scorecard(Answer):
    """How a program answers the questions of law. `book`: for the names of things."""

    def __init__(self, score: Score, book: Lawbook) -> None:
        self.score = score
        self.book = book

    def data(self) -> Any:
        """The counts, by provision and by act, and each answer that is not right."""
        score = self.score
        return {
            "gapcheck": "1",
            "engine": score.engine,
            "data_set": {
                "version": score.questions.version,
                "digest": score.questions.digest,
                "questions": len(score.scored),
            },
            "conforms": score.conforms,
            "trouble": score.trouble,
            "summary": _keys(score.counts),
            "by_provision": [
                {"provision": name, "title": self._provision(name), **_keys(counts)}
                for name, counts in score.by_provision().items()
            ],
            "by_act": [{"act": name, **_keys(counts)} for name, counts in score.by_act().items()],
            "not_right": [_data(item) for item in score.scored if item.outcome != RIGHT],
        }

    def document(self, full: bool) -> Document:
        """What it comes to, the provisions with something wrong (all of them where `full`), and the wrong answers."""
        score, counts = self.score, self.score.counts
        blocks: list[Block] = []
        if score.trouble:
            blocks.append(Paragraph(inline(f"Not every question was answered: {score.trouble}.")))
        groups = score.by_provision()
        told = {name: item for name, item in groups.items() if full or item[WRONG] or item[UNANSWERED]}
        if told:
            ranked = sorted(told, key=lambda name: (-told[name][WRONG], -told[name][UNANSWERED], self._provision(name)))
            ranked = ranked if full else ranked[:_MOST]
            rows = tuple(
                (inline(self._provision(name)), *(inline(f"{told[name][key]:,}") for key in OUTCOMES))
                for name in ranked
            )
            head = tuple(inline(text) for text in ("Provision", *_HEAD))
            caption = "The questions that rest on each provision"
            blocks.append(Table("provisions", caption, head, rows, True, (0.52, *[0.12] * 4), numeric=(1, 2, 3, 4)))
            if more := len(told) - len(ranked):
                blocks.append(Paragraph(inline(f"{number(more, 'more provision')} with something wrong: --full.")))
        if whole := len(groups) - len(told):
            which = "other provision" if told else "provision"
            blocks.append(Paragraph(inline(f"Nothing is wrong under {number(whole, which)}.")))
        wrong = [item for item in score.scored if item.outcome == WRONG]
        shown = wrong if full else wrong[:_SHOWN]
        if shown:
            blocks.append(Heading(1, "Wrong answers"))
            blocks.append(Items(tuple(self._wrong(item) for item in shown)))
        if len(wrong) > len(shown):
            blocks.append(Paragraph(inline(f"{len(wrong) - len(shown)} more with --full.")))
        covered = len(score.scored) - counts[SKIPPED]
        title = f"{counts[RIGHT]:,} of {number(covered, 'question')} of law answered rightly"
        beside = f"; {counts[SKIPPED]:,} not covered" if counts[SKIPPED] else ""
        about = f"Questions of lawbook {score.questions.version}, digest {score.questions.digest[:16]}"
        return Document(f"{title}{beside}", tuple(blocks), about)

    def _wrong(self, item: Scored) -> tuple[Run, ...]:
        differing = "; ".join(
            f"{said(self.book, one.what)}: {one.found}, and not {said(self.book, one.wanted)}"
            for one in item.differences
        )
        return inline(f"{differing}. {item.case.law}. ", Run(item.case.command, code=True))

    def _provision(self, name: str) -> str:
        return str(self.book.data["provisions"][name]["citation"]) if name in self.book.data["provisions"] else name

    def sheets(self) -> Sequence[Sheet]:
        """A row a question."""
        head = ("id", "outcome", "act", "provisions", "verdict wanted", "differences", "law", "command")
        rows = [
            (
                item.case.id,
                item.outcome,
                item.case.asked["act"],
                " ".join(item.case.provisions),
                item.case.expect["verdict"],
                "; ".join(f"{one.what}: {one.found} for {one.wanted}" for one in item.differences),
                item.case.law,
                item.case.command,
            )
            for item in self.score.scored
        ]
        return [Sheet("Questions", head, rows)]


def _keys(counts: Mapping[str, int]) -> dict[str, int]:
    return {name.replace("-", "_"): count for name, count in counts.items()}


def _data(item: Scored) -> dict[str, Any]:
    return {
        "id": item.case.id,
        "outcome": item.outcome,
        "differences": [one._asdict() for one in item.differences],
        "provisions": list(item.case.provisions),
        "law": item.case.law,
        "command": item.case.command,
    }
