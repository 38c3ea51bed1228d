"""Questions to a person, a line for an answer: in a terminal with completion, or out of a pipe line by line."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Sequence
from typing import NoReturn

import click

from gapcheck.document.words import plain
from gapcheck.errors import nearest, problem
from gapcheck.interview.search import Choice, exactly, find
from gapcheck.profile.read import MAX_TEXT

SOURCE = "standard input"
STOP = "stop"
WIDTH = 100
SHOWN = 25  # as many choices as a list shows without being asked for more
_YES, _NO = ("y", "yes", "true"), ("n", "no", "false")


class StoppedError(Exception):
    """The person has no more answers."""


class Asker:
    """Asks. `read` gives the next line for an answer out of the choices, None at the end; a `patient` asker asks again where
    an answer makes no sense, as a person can mend it and a script cannot."""

    def __init__(self, read: Callable[[Sequence[Choice]], str | None], patient: bool) -> None:
        self._read = read
        self.patient = patient
        self.ended = False  # no more answers will come
        self._line = 0

    def say(self, text: str = "") -> None:
        """Something to the person, on standard error: standard output is for the result."""
        for line in text.split("\n"):
            indent = " " * 6 * line.startswith(" ")
            click.echo(
                textwrap.fill(line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False),
                err=True,
            )

    def text(self, question: str, needed: bool = False, stops: bool = False) -> str:
        """A text; empty where it may be left out and is."""
        self.say(f"\n{question}")
        while True:
            answer = plain(self._next((), needed, stops)).strip()
            if len(answer) > MAX_TEXT:
                self._again(f"at most {MAX_TEXT} characters", "say it more shortly")
            elif answer or not needed:
                return answer
            else:
                self._again("an answer is needed here", question)

    def yes_no(self, question: str) -> bool | None:
        """True, False, or None for `I do not know`. Raises StoppedError where the person stops."""
        self.say(f"\n{question} [yes, no]")
        while True:
            answer = self._next((), stops=True).lower()
            if answer in (*_YES, *_NO, ""):
                return None if not answer else answer in _YES
            self._again(f"`{answer}` is no answer here", f"yes, no, an empty line or {STOP}")

    def one(
        self,
        question: str,
        choices: Sequence[Choice],
        shown: int = SHOWN,
        needed: bool = False,
        stops: bool = False,
    ) -> str:
        """The id of one of the choices; empty where none is needed and none chosen. `shown`: how many are listed at first;
        `stops`: the person may say `stop`, which raises StoppedError."""
        self.say(f"\n{question}")
        listed = self._list(choices[:shown])
        while True:
            answer = self._next(choices, needed, stops)
            if not answer and not needed:
                return ""
            if not answer:
                self._again("an answer is needed here", "type a word to search for, or ? for the list")
                continue
            found, listed = self._chosen(answer, choices, listed)
            if len(found) == 1:
                self.say(f"  {_name(found[0])}")
                return found[0].id

    def many(self, question: str, choices: Sequence[Choice], needed: bool = False, start: int = 0) -> list[str]:
        """The ids of some of the choices, in the order of choosing; an empty line ends. `start`: what `?` and the first list
        show of the choices (all, where it is 0)."""
        self.say(f"\n{question}")
        first = choices[: start or None]
        listed = self._list(first) if len(first) <= SHOWN else []
        picked: dict[str, str] = {}
        while True:
            answer = self._next(choices, needed and not picked)
            if not answer:
                if picked or not needed:
                    return list(picked)
                self._again("at least one is needed", "type a word to search for, or ? for the list")
                continue
            left = [choice for choice in choices if choice.id not in picked]
            found, listed = self._chosen(answer, left, listed, [choice for choice in first if choice.id not in picked])
            picked.update({choice.id: choice.label for choice in found})
            for choice in found:
                self.say(f"  + {_name(choice)}")

    def _chosen(
        self, answer: str, choices: Sequence[Choice], listed: Sequence[Choice], first: Sequence[Choice] = ()
    ) -> tuple[list[Choice], Sequence[Choice]]:
        """What an answer picks, and the list that numbers now refer to. Nothing picked: the person has been told why."""
        if answer == "?":
            return [], self._list(first or choices)
        numbers = answer.replace(",", " ").split()
        if listed and all(number.isdecimal() and len(number) < 5 for number in numbers):
            picked = [listed[int(number) - 1] for number in numbers if 0 < int(number) <= len(listed)]
            if len(picked) == len(numbers):
                return picked, listed
        found = exactly(choices, answer) or find(choices, answer)
        if not found:
            help = nearest(answer.lower(), [choice.id for choice in choices])
            self._again(f"nothing here fits `{plain(answer[:80])}`", help)
        elif len(found) > 1:
            self.say(f"{len(found)} fit `{plain(answer[:80])}`: give a number, or another word")
            return [], self._list(found)
        return found, listed

    def _list(self, choices: Sequence[Choice]) -> Sequence[Choice]:
        for number, choice in enumerate(choices, 1):
            click.echo(f"  {number:>2}  {_name(choice)}", err=True)
        return choices

    def _next(self, choices: Sequence[Choice], needed: bool = False, stops: bool = False) -> str:
        """The next line; empty at the end of the input. Raises StoppedError for `stop` where that may be said, and
        InputError at the end where an answer is needed."""
        line = None if self.ended else self._read(choices)
        self._line += line is not None
        self.ended = line is None
        if line is None and needed:
            raise problem(
                SOURCE, "the answers end before the profile is whole", self._line or None, "nothing was written"
            )
        answer = (line or "").strip()
        if stops and (self.ended or answer.lower() == STOP):
            raise StoppedError
        return answer

    def _again(self, message: str, help: str) -> None:
        if not self.patient:
            self._refuse(message, help)
        self.say(f"{message}; {help}" if help else message)

    def _refuse(self, message: str, help: str) -> NoReturn:
        raise problem(SOURCE, message, self._line, help)


def _name(choice: Choice) -> str:
    """A choice by its label, and by its id where that is another word."""
    return choice.label if choice.id == choice.label.lower() else f"{choice.label} [{choice.id}]"


def from_pipe() -> Asker:
    """An asker that takes its answers from standard input, a line each, and repeats each beneath its question."""

    def read(choices: Sequence[Choice]) -> str | None:
        try:
            line = sys.stdin.readline(MAX_TEXT * 4)
        except UnicodeDecodeError:
            raise problem(SOURCE, "this is not text in UTF-8", None, "nothing was written") from None
        click.echo(f"> {plain(line.strip())}" if line else "> (no more answers)", err=True)
        return line or None

    return Asker(read, patient=False)


def in_terminal() -> Asker:
    """An asker at a terminal: what fits is offered while the person types. The prompt goes to standard error."""
    from gapcheck.interview.terminal import reader

    return Asker(reader(), patient=True)
