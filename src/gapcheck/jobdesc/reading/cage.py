"""A process of its own in which documents from strangers are read: it has so much memory and time and no more.

The limits are the system's (address space, processor time) and the clock of the process that waits, so that a library in C
cannot evade them as it evades an alarm. What goes wrong in the cage is told in a sentence; the process outside goes on.
It is no wall against a document that takes over a library: it keeps what a document can use up within bounds.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import json
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from gapcheck.errors import InputError, Problem, problem

ADDRESS_SPACE = 1_000_000_000  # bytes that the process may ever map
CLOCK = 1.5  # seconds by the clock for each second of processor time
GRACE = 3.0  # seconds after which what an alarm does not end is killed
_TIRED = 400_000  # kilobytes: a process that once needed so much is not used again
_SMALLER = "save it again as .docx or plain text, or give the part that is meant"
_inside: list[bool] = []  # not empty in a cage
_CHILD = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from gapcheck.jobdesc.reading.cage import work; work()"
)

Handler = Callable[[Any], Any]


class CageReply(NamedTuple):
    """What comes out of a cage. `kind`: value, problems (of an InputError), memory, fault (an exception), or ended: nothing,
    because the process is gone. `kilobytes`: the most that the process ever needed."""

    kind: str
    value: Any = None
    kilobytes: int = 0


class Cage:
    """One such process. `setup(*given)` is called in it and returns what answers each question: with a value, or with an
    iterator, whose parts are answers of their own, followed by None. All must be importable.

    `answers`: where the answers go, as pairs of the cage and the answer.
    """

    def __init__(self, setup: Callable[..., Handler], *given: object, answers: queue.SimpleQueue[Any]) -> None:
        debug = bool(os.environ.get("GAPCHECK_DEBUG"))
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
            [sys.executable, "-P", "-c", _CHILD, json.dumps([item for item in sys.path if isinstance(item, str)])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if debug else subprocess.DEVNULL,
        )
        self.answers = answers
        _alive.add(self)
        threading.Thread(target=self._listen, daemon=True).start()
        self.ask((os.getpid(), setup, given))

    def ask(self, question: object) -> None:
        """Send a question. Only while nothing is waited for, so that both sides never write at once."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # it is gone: the answer will say so
            pickle.dump(question, self._process.stdin)
            self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        while True:
            try:
                answer = pickle.load(self._process.stdout)  # noqa: S301 - from our own process
            except (EOFError, OSError, ValueError, pickle.UnpicklingError, MemoryError):
                break
            self.answers.put((self, answer))
        self.answers.put((self, CageReply("ended", self._process.wait())))

    def close(self) -> None:
        """End the process, whatever it does."""
        _alive.discard(self)
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        with contextlib.suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.close()


_alive: set[Cage] = set()


@atexit.register
def close_all() -> None:
    """End every cage of this process."""
    for cage in list(_alive):
        cage.close()


def ended(source: str, code: int | None = None) -> InputError:
    """What is said of a document that ended the process that read it. `code`: how the process ended; None for the clock."""
    late = code is None or (hasattr(signal, "SIGXCPU") and code == -signal.SIGXCPU)
    words = (
        "reading it took too long and was stopped"
        if late
        else "reading it needed more memory than a job description may, or broke the library that reads it; it was stopped"
    )
    return problem(source, words, None, _SMALLER)


def memory(source: str) -> InputError:
    """What is said of a document for which the memory of a cage did not do."""
    return problem(source, "reading it needed more memory than a job description may; it was stopped", None, _SMALLER)


def inside() -> bool:
    """Whether this process is a cage."""
    return bool(_inside)


def possible() -> bool:
    """Whether this Python can start another one."""
    return bool(sys.executable) and not getattr(sys, "frozen", False)


class _Alone:
    """A cage that is kept for one question after the other."""

    def __init__(self, setup: Callable[..., Handler], *given: object) -> None:
        self._setup, self._given = setup, given
        self._cage: Cage | None = None
        self._owner = 0
        self._lock = threading.Lock()

    def ask(self, question: object, source: str, seconds: float) -> Any:
        with self._lock:
            cage = self._cage
            if cage is None or self._owner != os.getpid() or cage._process.poll() is not None:  # none yet, or a fork's
                cage = self._cage = Cage(self._setup, *self._given, answers=queue.SimpleQueue())
                self._owner = os.getpid()
            try:
                cage.ask(question)
                _, answer = cage.answers.get(timeout=seconds + GRACE)
            except queue.Empty:
                self._end()
                raise ended(source) from None
            except BaseException:
                self._end()
                raise
            if answer.kind in ("ended", "memory") or answer.kilobytes > _TIRED:
                self._end()
            return taken(answer, source)

    def _end(self) -> None:
        if self._cage is not None:
            self._cage.close()
        self._cage = None


def taken(answer: CageReply, source: str) -> Any:
    """The value of an answer. Raises what it says went wrong instead."""
    if answer.kind == "ended":
        raise ended(source, answer.value)
    if answer.kind == "memory":
        raise memory(source)
    if answer.kind == "problems":
        raise InputError(Problem(*item) for item in answer.value)
    if answer.kind == "fault":
        raise answer.value
    return answer.value


def alone(setup: Callable[..., Handler], *given: object) -> Callable[[object, str, float], Any]:
    """A function that asks a cage, which is started when it is first needed: (question, source, seconds)."""
    return _Alone(setup, *given).ask


def work() -> None:
    """The life of a cage: take a question, give an answer, until nobody asks any more."""
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)  # what a library prints must not get among the answers
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process outside decides
    parent, setup, given = pickle.load(questions)  # noqa: S301 - from our own process
    confine(parent)
    handler: Handler | None = None
    while True:
        try:
            question = pickle.load(questions)  # noqa: S301
        except EOFError:
            return
        try:
            handler = handler or setup(*given)
            found = handler(question)
            if isinstance(
                found, Iterator
            ):  # an answer for each part of the question, then one that says that it is done
                for part in found:
                    _say(answers, CageReply("value", part))
                found = None
            answer = CageReply("value", found)
        except InputError as error:
            answer = CageReply("problems", [tuple(item) for item in error.problems])
        except MemoryError:
            answer = CageReply("memory")
        except Exception as error:
            answer = CageReply("fault", _plain(error))
        _say(answers, answer)


def _say(answers: Any, answer: CageReply) -> None:
    try:
        raw = pickle.dumps(answer._replace(kilobytes=_most()))
    except MemoryError:
        raw = pickle.dumps(CageReply("memory"))
    answers.write(raw)
    answers.flush()


def _plain(error: Exception) -> Exception:
    """An exception that can be sent."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def confine(parent: int = 0, address_space: int = ADDRESS_SPACE) -> None:
    """Make this process a cage: bound its memory, and let it end with its parent, where the system can do that."""
    _inside.append(True)
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if parent and os.getppid() != parent:
            os._exit(0)  # it ended before that
    if sys.platform != "win32":
        import resource

        _bound(resource.RLIMIT_AS, address_space)
        _bound(resource.RLIMIT_CORE, 0)


def allow(seconds: float) -> None:
    """Bound the processor time of what comes now (in a cage): the system ends a process that goes beyond it."""
    if _inside and sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _bound(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + seconds + GRACE) + 1)


def _bound(kind: int, most: int) -> None:
    import resource

    hard = resource.getrlimit(kind)[1]
    with contextlib.suppress(ValueError, OSError):  # a system that has no such limit
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _most() -> int:
    """The most that this process needed, in kilobytes; 0 where the system does not say. Linux hands the figure of `getrusage`
    on from the process that starts another, so that one started by a large process would count as large from the first."""
    if sys.platform == "win32":
        return 0
    if sys.platform == "linux":
        with contextlib.suppress(OSError), open("/proc/self/status", encoding="ascii") as lines:
            return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)
        return 0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform != "darwin" else most // 1024
