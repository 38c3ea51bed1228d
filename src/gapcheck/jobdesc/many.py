"""Many documents at once: a cage for each processor, a few documents in each hand, results in the order of the documents."""

from __future__ import annotations

import itertools
import os
import queue
import time
from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from gapcheck.errors import DisagreementError, EngineError, InputError, problem
from gapcheck.jobdesc.judge import judged
from gapcheck.jobdesc.profiles import ProfileFile, profile_files
from gapcheck.jobdesc.reading import cage
from gapcheck.jobdesc.reading.limits import in_time
from gapcheck.jobdesc.reading.read import LIMITS, read_documents, read_one_posting
from gapcheck.jobdesc.sources import DocumentSource
from gapcheck.jobdesc.summary import SummaryRow, row_of, skipped

if TYPE_CHECKING:
    from gapcheck.document.receipt import Source as Given
    from gapcheck.findings.waivers import WaiverEntry
    from gapcheck.jobdesc.reading.text import TextDocument
    from gapcheck.jobdesc.understanding.description import Description
    from gapcheck.law.lawbook import Lawbook

_HAND = 8  # documents that a cage is given at a time
_AHEAD = 400  # outcomes that wait for one before them
_MOST = LIMITS.seconds * cage.CLOCK + LIMITS.understanding + cage.GRACE  # seconds for a document
_START = 20.0  # for the cage itself to begin
_TIRED = 500_000  # kilobytes, after which a cage is not used again
FEW = 12  # documents for which starting processes would take longer


class Job(NamedTuple):
    """How every document is to be understood, and what is wanted of it."""

    rules: tuple[str, ...]
    date: str
    nation: str = ""
    readings: tuple[tuple[str, str], ...] = ()
    reforms: tuple[str, ...] = ()
    waivers: tuple[WaiverEntry, ...] = ()
    json: bool = False  # the whole description as JSON text
    profiles: bool = False
    cross_check: bool | None = False
    ocr: str = ""  # the program that recognises the text of scans


class DocumentOutcome(NamedTuple):
    """What came of one document: its row in the summary, and what was asked for beside it."""

    row: SummaryRow
    json: str = ""
    profiles: tuple[ProfileFile, ...] = ()


def describe_source(source: DocumentSource, job: Job, book: Lawbook) -> list[Description]:
    """What was understood of each document in a source. Raises InputError for what cannot be read."""
    if source.failed:
        raise problem(source.name, source.failed)
    begun = time.monotonic()
    if source.posting is not None:
        documents = [read_one_posting(source.posting, source.name)]
    else:
        documents = read_documents(source.path, limits=LIMITS.with_ocr(job.ocr))
    if len(documents) > 1:  # each has its time
        begun = 0.0
    return [describe_document(document, job, book, begun) for document in documents]


def describe_bytes(given: Given, job: Job, book: Lawbook) -> list[Description]:
    """What was understood of each document in a file that was read. Raises InputError where that cannot be."""
    begun = time.monotonic()
    name = "standard input" if given.name == "-" else given.name
    documents = read_documents(given.raw, name, limits=LIMITS.with_ocr(job.ocr))
    return [describe_document(document, job, book, begun if len(documents) == 1 else 0.0) for document in documents]


def describe_document(document: TextDocument, job: Job, book: Lawbook, begun: float = 0.0) -> Description:
    """What was understood of a document that was read. `begun`: when its reading began, by the clock of `time.monotonic`.

    Raises InputError where it takes too long.
    """
    from gapcheck.jobdesc.understanding.description import describe

    cage.allow(LIMITS.understanding)
    left = LIMITS.whole - (time.monotonic() - begun if begun else 0.0)

    def understood() -> Description:
        description = describe(document, book, job.date, job.nation, readings=dict(job.readings), reforms=job.reforms)
        return judged(description, job.waivers, job.date, job.cross_check, book)

    return in_time(understood, LIMITS.understanding, document.source, processor=True, clock=max(left, 1.0))


def outcomes(sources: Iterable[DocumentSource], job: Job, processes: int = 0) -> Iterator[DocumentOutcome]:
    """What comes of each document, in order. `processes`: 0 for as many as there are processors, at most eight."""
    sources = iter(sources)
    first = list(itertools.islice(sources, FEW + 1))
    everything = itertools.chain(first, sources)
    if len(first) <= FEW or not cage.possible():
        worker = _Worker(job)  # understands here what a cage reads
        for source in everything:
            yield from worker.take(source)
        return
    yield from _Pool(job, min(processes or os.cpu_count() or 1, 8)).outcomes(everything)


class _Hand:
    """Documents that a cage was given, those not yet answered first, and until when the first of them may take."""

    def __init__(self, items: list[tuple[int, DocumentSource]]) -> None:
        self.left = deque(items)
        self.until = time.monotonic() + _MOST + _START

    def answered(self) -> int:
        self.until = time.monotonic() + _MOST
        return self.left.popleft()[0]


class _Pool:
    """Cages that take a hand of documents each. A document that ends its cage is skipped; what was left of the hand goes on."""

    def __init__(self, job: Job, workers: int) -> None:
        self.job = job
        self.workers = workers
        self.answers: queue.SimpleQueue[tuple[cage.Cage, cage.CageReply]] = queue.SimpleQueue()
        self.busy: dict[cage.Cage, _Hand] = {}
        self.idle: list[cage.Cage] = []
        self.again: deque[tuple[int, DocumentSource]] = deque()  # given to a cage that ended
        self.done: dict[int, list[DocumentOutcome]] = {}

    def outcomes(self, sources: Iterator[DocumentSource]) -> Iterator[DocumentOutcome]:
        numbered = enumerate(sources)
        following = 0
        try:
            while True:
                self._give(numbered)
                while following in self.done:
                    yield from self.done.pop(following)
                    following += 1
                if not self.busy:
                    if self.again:
                        continue
                    return
                if following not in self.done:
                    self._listen()
        finally:
            for one in (*self.busy, *self.idle):
                one.close()

    def _give(self, numbered: Iterator[tuple[int, DocumentSource]]) -> None:
        while len(self.busy) < self.workers:
            hand = [self.again.popleft() for _ in range(min(_HAND, len(self.again)))]
            if not hand and len(self.done) < _AHEAD:
                hand = list(itertools.islice(numbered, _HAND))
            if not hand:
                return
            one = self.idle.pop() if self.idle else cage.Cage(_begin, self.job, answers=self.answers)
            self.busy[one] = _Hand(hand)
            one.ask([source for _, source in hand])

    def _listen(self) -> None:
        """Wait for an answer, or until a document has taken too long."""
        until = min(hand.until for hand in self.busy.values())
        try:
            one, answer = self.answers.get(timeout=max(0.0, until - time.monotonic()))
        except queue.Empty:
            for one in [one for one, hand in self.busy.items() if hand.until <= time.monotonic()]:
                self._broken(one, None)
            return
        hand = self.busy.get(one)
        if hand is None:  # a cage that was closed
            return
        if answer.kind == "ended":
            self._broken(one, answer.value)
        elif answer.kind != "value":
            cage.taken(answer, "")  # a disagreement of the engines ends the run
        elif answer.value is None:  # the whole hand
            del self.busy[one]
            if answer.kilobytes > _TIRED:
                one.close()
            else:
                self.idle.append(one)
        else:
            self.done[hand.answered()] = answer.value

    def _broken(self, one: cage.Cage, code: int | None) -> None:
        hand = self.busy.pop(one)
        one.close()
        if hand.left:
            number, source = hand.left.popleft()
            self.done[number] = [
                DocumentOutcome(skipped(source.name, cage.ended(source.name, code).problems[0].message))
            ]
        self.again.extend(hand.left)


class _Worker:
    """Reads documents one after the other with one lawbook."""

    def __init__(self, job: Job) -> None:
        from gapcheck.law.lawbook import Lawbook

        self.job = job
        self.book = Lawbook.load(*job.rules)

    def take(self, source: DocumentSource) -> list[DocumentOutcome]:
        try:
            found = describe_source(source, self.job, self.book)
        except InputError as error:
            return [DocumentOutcome(skipped(source.name, error.problems[0].message))]
        except MemoryError:
            return [DocumentOutcome(skipped(source.name, cage.memory(source.name).problems[0].message))]
        except (DisagreementError, EngineError):
            raise
        except Exception as error:  # one document of ten thousand must not end the run; the summary says it
            if os.environ.get("GAPCHECK_DEBUG"):
                raise
            why = f"gapcheck failed on it ({type(error).__name__}: {error}); this is our fault, please report it"
            return [DocumentOutcome(skipped(source.name, why))]
        return [self.outcome(description) for description in found]

    def outcome(self, description: Description) -> DocumentOutcome:
        text = ""
        if self.job.json:
            import json

            from gapcheck.jobdesc.data import description_data

            text = json.dumps(description_data(description), ensure_ascii=False, separators=(",", ":"))
        files = profile_files(description, self.book) if self.job.profiles else ()
        return DocumentOutcome(row_of(description, self.book), text, files)


def _begin(job: Job) -> cage.Handler:
    """In a cage: the lawbook, and then each hand, document by document."""
    worker = _Worker(job)

    def take(hand: list[DocumentSource]) -> Iterator[list[DocumentOutcome]]:
        for source in hand:
            yield worker.take(source)

    return take
