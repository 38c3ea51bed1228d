"""Whether members of the profession may use its title, and those of its comparators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gapcheck.engine.answers import ask
from gapcheck.law.dated import Law
from gapcheck.profile.case import case_facts
from gapcheck.profile.model import TaskEntry
from gapcheck.profile.resolve import plain_id
from gapcheck.submission.ladder import member_of
from gapcheck.submission.model import TitleLine

TITLE = "title"  # the fact that an act about titles shows


def title_lines(law: Law, profession: str, named: Sequence[str]) -> Iterator[TitleLine]:
    """A line for the title of each profession named, used in full and without a suggestion of registration."""
    data = law.book.data
    member = member_of(law, profession)
    for act in (key for key, item in data["acts"].items() if item.get("shows") == TITLE):
        for other in named:
            title = str(data["professions"][other]["title"])
            if other != profession and plain_id(title) not in law.book.known_titles:
                continue  # a name for several titles, which nobody uses as one
            entry = TaskEntry("", facts={TITLE: plain_id(title), **_plain_use(law)})
            answer = ask(member, law, act, case_facts(law, {"act": act}, entry))
            best = answer.act.best
            cited = best.law if best and best.law else answer.act.act.law
            yield TitleLine(title, answer.act.verdict, answer.says, answer.turns_on, cited)


def _plain_use(law: Law) -> dict[str, bool]:
    """The facts about titles that are false of plain use: the title in full and no more, without a claim of registration."""
    return {
        key: False
        for key, item in law.book.data["facts"].items()
        if key.startswith(f"{TITLE}-") and item["type"] == "boolean"
    }
