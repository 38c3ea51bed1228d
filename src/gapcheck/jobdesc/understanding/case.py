"""A job description with everything that is known of it, as the checks of its wording see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gapcheck.engine.findings import Finding, Report
from gapcheck.jobdesc.understanding.passage import Passage
from gapcheck.jobdesc.understanding.posts import DescribedPost
from gapcheck.jobdesc.understanding.registration import ACCREDITED
from gapcheck.jobdesc.understanding.result import Edit, OpenTo, RegistrationWording, TaskHit, Wording
from gapcheck.jobdesc.understanding.rewrite import Rewriter
from gapcheck.jobdesc.understanding.vocabulary import plain
from gapcheck.law.dated import Law, Provision


@dataclass(frozen=True)
class DescriptionCase:
    """A job description with everything that is known of it, for the checks. `reports` in the order of `groups`."""

    passage: Passage
    post: DescribedPost
    law: Law
    asked: Sequence[RegistrationWording]
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

    def registers(self, groups: Sequence[OpenTo]) -> str:
        """What registration to ask for, for each of the groups; first the registers that the text itself names. Where no
        register takes a group, what would assure its work instead."""
        named = [item.register for item in self.asked]
        found: dict[str, None] = {}
        for group in groups:
            able = self._able(group.profession)
            if not able:
                return str(self.rewriter.data["without-register"])
            register = next((name for name in named if name in able), able[0])
            found[self.with_register(register, group.profession)] = None
        return f"{self.rewriter.data['essential']}: registered {', or '.join(found)}" if found else ""

    def _able(self, profession: str) -> list[str]:
        """The registers that a profession can be on: the statutory one where there is one."""
        known = self.law.book.data["professions"][profession]
        statutory = [*self.law.registers_of(profession)]
        return statutory or [entry["register"] for entry in known["registers"]] or list(known.get("accredited", ()))

    def with_register(self, register: str, profession: str) -> str:
        """`with REGISTER as a PROFESSION`: of a voluntary register, that it is one."""
        known, title = (
            self.law.book.data["registers"][register],
            self.law.book.data["professions"][profession]["title"].lower(),
        )
        name = known["title"].removeprefix("The ")
        short = known.get("short", register.upper())
        if known["kind"] == ACCREDITED:
            return f"with the {name} ({self.rewriter.data['voluntary']}) as {_article(title)} {title}"
        return (
            f"with the {name}{f' ({short})' if short.isupper() and len(short) < 6 else ''} as {_article(title)} {title}"
        )

    def instead(self, item: RegistrationWording, named: Sequence[str]) -> str:
        """What to ask for instead of a register that does not take all whom the text names: for each its own, as words that
        follow `registered`; "" where no register takes any."""
        found = []
        for group in named:
            able = self._able(group)
            if able:
                register = item.register if item.register in able else able[0]
                found.append(self.with_register(register, group))
        return ", or ".join(dict.fromkeys(found))

    @cached_property
    def rewriter(self) -> Rewriter:
        """What makes edits of the text."""
        return Rewriter(self.passage)

    def wording(
        self, code: str, start: int, end: int, edits: Sequence[Edit] = (), law: Iterable[Provision] = (), **words: str
    ) -> Wording:
        """A finding about a stretch of the text; `edits`: what would mend it there; `law`: on what it rests
        beside what the code itself names."""
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
            edits=tuple(edits),
            law=tuple(dict.fromkeys([*self._law(code), *law])),
        )

    def _law(self, code: str) -> tuple[Provision, ...]:
        named = self.rewriter.data["codes"][code].get("law", ())
        return self.law.citations([{"provision": item, "extent": []} for item in named])

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
        """What the engine found of a task, for each group to which the sentence gives it: to all where it names none of them."""
        named = {*hit.professions} & {group.profession for group in self.groups}
        for group, report in zip(self.groups, self.reports, strict=True):
            for finding in report.findings:
                if finding.task == hit.id and (not named or group.profession in named):
                    yield group, finding


def _article(noun: str) -> str:
    return "an" if noun[:1].lower() in "aeiou" else "a"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _joined(items: Sequence[str]) -> str:
    """Items in a sentence."""
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)
