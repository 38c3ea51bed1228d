"""A line from a terminal, with what fits offered while the person types."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.output import create_output

from gapcheck.interview.search import Choice, find, heard

OFFERED = 12


class _Finder(Completer):
    """Offers the choices that fit what has been typed, each with its label and the word that fitted."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        self._choices = choices

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        typed = document.text
        for choice in find(self._choices, typed)[:OFFERED]:
            yield Completion(choice.id, -len(typed), display=choice.label, display_meta=heard(choice, typed))


def reader() -> Callable[[Sequence[Choice]], str | None]:
    """A function that reads an answer; None at the end of the input (Ctrl-D). KeyboardInterrupt passes through."""
    session: PromptSession[str] = PromptSession(output=create_output(stdout=sys.stderr))

    def read(choices: Sequence[Choice]) -> str | None:
        try:
            return session.prompt(
                "> ", completer=_Finder(choices), complete_while_typing=True, reserve_space_for_menu=6
            )
        except EOFError:
            return None

    return read
