"""The annex as an answer, and the memo to its author as another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from gapcheck.clock import today
from gapcheck.document.answer import Answer, Sheet
from gapcheck.document.blocks import Document
from gapcheck.document.receipt import Source, hashed, receipt_of
from gapcheck.submission.model import Submission

if TYPE_CHECKING:
    from gapcheck.findings.checked import Checked
    from gapcheck.submission.author import OwnDraft


class Annex(Answer):
    """What registration and other reforms would change for professions: the public document."""

    def __init__(self, annex: Submission, made: str = "") -> None:
        self.annex = annex
        self.made = made or today()

    def data(self) -> Any:
        """Every number and answer."""
        from gapcheck.submission.data import annex_data

        return annex_data(self.annex)

    def brief(self) -> Document:
        """The first two pages."""
        from gapcheck.submission.document import annex_document

        return annex_document(self.annex, self.made, whole=False)

    def document(self, full: bool) -> Document:
        """The annex, part by part."""
        from gapcheck.submission.document import annex_document

        return annex_document(self.annex, self.made)

    def receipt(self) -> dict[str, Any] | None:
        """The member of each profession with every task, and the posts, as they were checked; the other files by their hash."""
        from gapcheck.findings.checked import run_of

        runs = [run_of(item) for item in (*self._members(), *self._posts())]
        documents = [Source(name, raw) for name, raw in self.annex.read]
        if self.annex.supplied.name:
            documents.append(Source(self.annex.supplied.name, self.annex.supplied.raw))
        return receipt_of(self.annex.command, runs, documents, self.made)

    def _posts(self) -> Iterator[Checked]:
        from gapcheck.findings.checked import Checked

        for post in self.annex.posts:
            yield Checked(post.report, Source(post.source, post.raw), ())

    def _members(self) -> Iterator[Checked]:
        """The member of whom the annex decides every task, written as a profile."""
        from gapcheck.document.receipt import canonical
        from gapcheck.engine.findings import check
        from gapcheck.findings.checked import Checked
        from gapcheck.profile.data import profile_data
        from gapcheck.profile.model import TaskEntry
        from gapcheck.profile.read import profile_of
        from gapcheck.reading import read_document

        for part in self.annex.parts:
            title = str(self.annex.law.book.data["professions"][part.profession]["title"])
            tasks = tuple(TaskEntry(task.id) for task in part.tasks)
            member = part.member._replace(title=title, tasks=tasks)
            source = Source(f"{part.profession}.json", canonical(profile_data(member)).encode())
            written = profile_of(read_document(source.raw, source.name), self.annex.law.book)
            yield Checked(check(written, self.annex.law), source, ())

    def sheets(self) -> Sequence[Sheet]:
        """The tasks, the ways, what can be arranged, the nations and the evidence, a sheet each."""
        from gapcheck.submission.sheets import sheets

        return sheets(self.annex)


class Memo(Annex):
    """What only the author is told. `draft`: the author's own draft as it was read and checked."""

    def __init__(self, annex: Submission, made: str = "", draft: OwnDraft | None = None) -> None:
        super().__init__(annex, made)
        self.draft = draft

    def receipt(self) -> dict[str, Any] | None:
        """As of the annex, with the draft by its hash."""
        found = super().receipt()
        if found and self.draft:
            found["documents"].append(hashed(Source(self.draft.name, self.draft.raw), False))
        return found

    def data(self) -> Any:
        """Every point of the memo."""
        from gapcheck.submission.data import memo_data

        return memo_data(self.annex, self.draft)

    def brief(self) -> Document:
        """The memo."""
        return self.document(True)

    def document(self, full: bool) -> Document:
        """The memo."""
        from gapcheck.submission.author import memo

        return memo(self.annex, self.made, self.draft)

    def sheets(self) -> Sequence[Sheet]:
        """What a critic will attack, a line each."""
        from gapcheck.submission.author import attacks

        rows = [(rule, why, hit) for rule, (why, hits) in attacks(self.annex).items() for hit in hits]
        return [Sheet("Attacks", ("rule", "why", "what"), rows)]
