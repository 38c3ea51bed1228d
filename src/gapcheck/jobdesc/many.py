"""Many documents at once: two processes by default, a few documents in each hand, results as they come and in order."""

from __future__ import annotations

import itertools
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, NamedTuple

from gapcheck.errors import DisagreementError, EngineError, InputError
from gapcheck.jobdesc.judge import judged
from gapcheck.jobdesc.profiles import ProfileFile, profile_files
from gapcheck.jobdesc.reading.limits import time_limit
from gapcheck.jobdesc.reading.read import LIMITS, read_documents
from gapcheck.jobdesc.sources import Source
from gapcheck.jobdesc.summary import Row, row_of, skipped

if TYPE_CHECKING:
    from gapcheck.findings.waivers import Entry
    from gapcheck.jobdesc.understanding.description import Description
    from gapcheck.law.lawbook import Lawbook

_HAND = 8  # documents that a process is given at a time
_AHEAD = 3  # hands that wait for each process
FEW = 12  # documents for which starting processes would take longer


class Job(NamedTuple):
    """How every document is to be understood, and what is wanted of it."""

    rules: tuple[str, ...]
    date: str
    nation: str = ""
    readings: tuple[tuple[str, str], ...] = ()
    reforms: tuple[str, ...] = ()
    waivers: tuple[Entry, ...] = ()
    json: bool = False  # the whole description as JSON text
    profiles: bool = False
    cross_check: bool | None = False


class Outcome(NamedTuple):
    """What came of one document: its row in the summary, and what was asked for beside it."""

    row: Row
    json: str = ""
    profiles: tuple[ProfileFile, ...] = ()


def describe_source(source: Source, job: Job, book: Lawbook) -> list[Description]:
    """What was understood of each document in a source. Raises InputError for what cannot be read."""
    from gapcheck.errors import problem
    from gapcheck.jobdesc.reading.posting import read_posting
    from gapcheck.jobdesc.understanding.description import describe

    if source.failed:
        raise problem(source.name, source.failed)
    if source.posting is not None:
        with time_limit(LIMITS.seconds, source.name):
            documents = [read_posting(source.posting, source.name, LIMITS)]
    else:
        documents = read_documents(source.path)
    found = []
    for document in documents:
        with time_limit(LIMITS.seconds, document.source):
            description = describe(
                document, book, job.date, job.nation, readings=dict(job.readings), reforms=job.reforms
            )
        found.append(judged(description, job.waivers, job.date, job.cross_check))
    return found


def outcomes(sources: Iterable[Source], job: Job, processes: int = 0) -> Iterator[Outcome]:
    """What comes of each document, in order. `processes`: 0 for as many as there are processors, at most eight."""
    sources = iter(sources)
    first = list(itertools.islice(sources, FEW + 1))
    workers = min(processes or os.cpu_count() or 1, 8)
    if len(first) <= FEW or workers < 2:
        worker = _Worker(job)
        for source in itertools.chain(first, sources):
            yield from worker.take(source)
        return
    yield from _shared(itertools.chain(first, sources), job, workers)


def _shared(sources: Iterator[Source], job: Job, workers: int) -> Iterator[Outcome]:
    pool = _pool(job, workers)
    waiting: deque[tuple[list[Source], Future[list[Outcome]]]] = deque()
    try:
        while True:
            while len(waiting) < workers * _AHEAD and (hand := list(itertools.islice(sources, _HAND))):
                waiting.append((hand, pool.submit(_take, hand)))
            if not waiting:
                return
            hand, future = waiting.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:  # a document ended the process that read it: find it, and go on with the rest
                left = [hand, *(other for other, _ in waiting)]
                waiting.clear()
                pool.shutdown(wait=False, cancel_futures=True)
                for source in itertools.chain.from_iterable(left):
                    yield from _alone(source, job)
                pool = _pool(job, workers)
    finally:  # wait, so that no process outlives the command
        pool.shutdown(wait=True, cancel_futures=True)


def _alone(source: Source, job: Job) -> list[Outcome]:
    with _pool(job, 1) as pool:
        try:
            return pool.submit(_take, [source]).result()
        except BrokenProcessPool:
            return [Outcome(skipped(source.name, "reading it ended the program that read it"))]


def _pool(job: Job, workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, initializer=_begin, initargs=(job,))


class _Worker:
    """Reads documents one after the other with one lawbook."""

    def __init__(self, job: Job) -> None:
        from gapcheck.law.lawbook import Lawbook

        self.job = job
        self.book = Lawbook.load(*job.rules)

    def take(self, source: Source) -> list[Outcome]:
        try:
            found = describe_source(source, self.job, self.book)
        except InputError as error:
            return [Outcome(skipped(source.name, error.problems[0].message))]
        except (DisagreementError, EngineError):
            raise
        except Exception as error:  # one document of ten thousand must not end the run; the summary says it
            if os.environ.get("GAPCHECK_DEBUG"):
                raise
            why = f"gapcheck failed on it ({type(error).__name__}: {error}); this is our fault, please report it"
            return [Outcome(skipped(source.name, why))]
        return [self.outcome(description) for description in found]

    def outcome(self, description: Description) -> Outcome:
        text = ""
        if self.job.json:
            import json

            from gapcheck.jobdesc.data import description_data

            text = json.dumps(description_data(description), ensure_ascii=False, separators=(",", ":"))
        files = profile_files(description, self.book) if self.job.profiles else ()
        return Outcome(row_of(description, self.book), text, files)


_worker: list[_Worker] = []  # of this process


def _begin(job: Job) -> None:
    _worker[:] = [_Worker(job)]


def _take(hand: list[Source]) -> list[Outcome]:
    return [outcome for source in hand for outcome in _worker[0].take(source)]
