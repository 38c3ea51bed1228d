"""Put the questions to another program: a line of JSON to its standard input, a line of JSON from its standard output.

The program is started once and without a shell. Questions are written ahead of the answers, which may come in any order and
are known by their id. What it writes to standard error is shown only where it ends before its time.
"""

from __future__ import annotations

import contextlib
import json
import queue
import shlex
import subprocess
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any

from gapcheck.conform.questions import Case
from gapcheck.errors import InputError, problem

NOT_COVERED = "not-covered"
VERDICTS = ("open", "available", "unknown", "barred", NOT_COVERED)
_LONGEST = 1_000_000  # bytes of one answer
_FORM = 'an answer is {"id": "...", "verdict": "...", "routes": {"ROUTE": "STATE"}} on a line of its own'

Answers = dict[str, Mapping[str, Any]]


def put(
    command: str, cases: Sequence[Case], timeout: float, step: Callable[[int], None] = lambda count: None
) -> tuple[Answers, str]:
    """The answers of a program by question, and what went wrong where it did not answer all. `timeout`: seconds that it may
    let pass without an answer; `step`: is told how many have come.

    Raises InputError where the program cannot be started, or answers what is no answer.
    """
    words = shlex.split(command)
    with tempfile.TemporaryFile() as errors:
        try:
            process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors)  # noqa: S603
        except (OSError, ValueError, IndexError) as error:
            said = getattr(error, "strerror", None) or "it names no program"
            raise problem("--engine", f"`{command}` cannot be started: {said}") from None
        try:
            answers, wrong = _talk(process, cases, timeout, step)
        finally:
            process.kill()
            process.wait()
        if not wrong and len(answers) < len(cases):
            wrong = f"the program ended after {len(answers)} of {len(cases)} answers"
            errors.seek(0)
            last = errors.read()[-2000:].decode("utf-8", "replace").strip().rpartition("\n")[2]
            wrong += f"; it said: {last}" if last else ""
    return answers, wrong


def _talk(
    process: subprocess.Popen[bytes], cases: Sequence[Case], timeout: float, step: Callable[[int], None]
) -> tuple[Answers, str]:
    assert process.stdin and process.stdout
    found: queue.Queue[bytes] = queue.Queue()
    threading.Thread(target=_write, args=(process.stdin, cases), daemon=True).start()
    threading.Thread(target=_read, args=(process.stdout, found), daemon=True).start()
    known = {case.id for case in cases}
    answers: Answers = {}
    number = 0
    while len(answers) < len(cases):
        try:
            line = found.get(timeout=timeout)
        except queue.Empty:
            return answers, f"no answer came for {timeout:g} seconds after {len(answers)} of {len(cases)}"
        if not line:
            break
        number += 1
        if line.strip():
            answer = _checked(line, number)
            if answer["id"] not in known or answer["id"] in answers:
                again = "was answered before" if answer["id"] in answers else "was not asked"
                raise problem("the engine's output", f"the question `{answer['id']}` {again}", number, _FORM)
            answers[answer["id"]] = answer
            step(len(answers))
    return answers, ""


def _write(stream: IO[bytes], cases: Sequence[Case]) -> None:
    with contextlib.suppress(OSError, ValueError):  # it went away: what it has not answered counts as such
        for case in cases:
            stream.write(json.dumps(case.asked).encode() + b"\n")
        stream.close()


def _read(stream: IO[bytes], found: queue.Queue[bytes]) -> None:
    with contextlib.suppress(OSError, ValueError):
        while line := stream.readline(_LONGEST):
            found.put(line)
    found.put(b"")


def _checked(line: bytes, number: int) -> dict[str, Any]:
    try:
        answer = json.loads(line)
    except ValueError:
        raise _refused(number, f"this is no JSON: {line[:80].decode('utf-8', 'replace').strip()}") from None
    if not isinstance(answer, dict) or not isinstance(answer.get("id"), str):
        raise _refused(number, "an answer is an object with the id of its question")
    if answer.get("verdict") not in VERDICTS:
        raise _refused(number, f"the verdict is one of {', '.join(VERDICTS)}, and not {answer.get('verdict')!r}")
    if not all(isinstance(answer.get(key, {}), dict) for key in ("routes", "fails")):
        raise _refused(number, "routes and fails are objects")
    return answer


def _refused(number: int, says: str) -> InputError:
    return problem("the engine's output", says, number, _FORM)
