"""A job description with everything that is known of it, as the checks of its wording see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gapcheck.engine.findings import Finding, Report
from gapcheck.jobdesc.understanding.passage import Passage
from gapcheck.jobdesc.understanding.posts import Post
from gapcheck.jobdesc.understanding.result import OpenTo, Registration, TaskHit, Wording
from gapcheck.jobdesc.understanding.vocabulary import plain
from gapcheck.law.dated import Law


@dataclass(frozen=True)
class Case:
    """A job description with everything that is known of it, for the checks. `reports` in the order of `groups`."""

    passage: Passage
    post: Post
    law: Law
    asked: Sequence[Registration]
    status: str
    groups: Sequence[OpenTo]
    hits: Sequence[TaskHit]
    reports: Sequence[Report]

    @property
    def data(self) -> Any:
        """What the vocabulary says of law in running text."""
        return self.passage.vocabulary.data["law"]

    def plural(self, groups: Sequence[OpenTo]) -> str:
        """Groups in words: those without the register that the profession could hold are said to be without it."""
        professions = self.law.book.data["professions"]
        return _joined([professions[group]["plural"] for group in dict.fromkeys(item.profession for item in groups)])

    def registers(self) -> str:
        """The registers that could be asked for, for the groups of the post."""
        data = self.law.book.data
        found = {}
        for group in self.groups:
            profession = data["professions"][group.profession]
            names = [entry["register"] for entry in profession["registers"]] or list(profession.get("accredited", ()))
            for name in names[:1]:
                found[name] = f"registered with the {data['registers'][name]['title'].removeprefix('The ')}"
        return " or ".join(found.values()) or "registered with a statutory or an accredited register"

    def instead(self, item: Registration, named: Sequence[str]) -> str:
        """What to ask for instead of a register that does not take all whom the text names: for each its own."""
        data = self.law.book.data
        found = []
        for group in named:
            profession = data["professions"][group]
            able = [entry["register"] for entry in profession["registers"]] or list(profession.get("accredited", ()))
            if able:
                register = item.register if item.register in able else able[0]
                title = data["registers"][register]["title"].removeprefix("The ")
                found.append(f"with the {title} as {_article(profession['title'])} {profession['title'].lower()}")
        return f"Registered {', or '.join(found)}" if found else "Name a profession that the register takes"

    def wording(self, code: str, start: int, end: int, **words: str) -> Wording:
        """A finding about a stretch of the text."""
        about = self.law.book.data["codes"][code]
        text = self.passage.document.text
        quote = text[start:end]
        words.setdefault("quote", " ".join(quote.split()))
        return Wording(
            code,
            _capital(about["message"].format(**words)),
            quote,
            self.passage.document.line_of(start),
            about["suggest"].format(**words),
            start,
            end,
        )

    def spoken(self) -> list[OpenTo]:
        """The groups that the text itself names, by their title or their register."""
        title = f" {plain(self.post.title)} "
        words = self.passage.vocabulary.data["posts"]["groups"]
        asked = {item.register for item in self.asked if item.register}
        return [
            item
            for item in self.groups
            if item.register in asked or any(f" {plain(word)} " in title for word in words.get(item.profession, ()))
        ]

    def findings(self, hit: TaskHit) -> Iterator[tuple[OpenTo, Finding]]:
        """What the engine found of a task, for each group."""
        for group, report in zip(self.groups, self.reports, strict=True):
            for finding in report.findings:
                if finding.task == hit.id:
                    yield group, finding


def _article(noun: str) -> str:
    return "an" if noun[:1].lower() in "aeiou" else "a"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _joined(items: Sequence[str]) -> str:
    """Items in a sentence."""
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)
