"""What a scaffold has to know: given with the command, asked of the person, or taken as usual."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gapcheck.errors import InputError, Problem, nearest, problem
from gapcheck.interview.ask import Asker
from gapcheck.interview.search import Choice


class Answers:
    """Answers by name. What was not given is asked for, where there is an asker; an empty answer takes the usual one."""

    def __init__(self, given: Mapping[str, str], asker: Asker | None) -> None:
        self._given = dict(given)
        self._asker = asker
        self._used: set[str] = set()

    def text(self, name: str, question: str, usual: str) -> str:
        """A text."""
        self._used.add(name)
        if name in self._given:
            return self._given[name]
        return (self._asker.text(f"{question} [{usual}]") if self._asker else "") or usual

    def fit(self, name: str, question: str, usual: str, form: str, wanted: str) -> str:
        """A text of a form. Raises InputError, saying what is wanted, for another."""
        found = self.text(name, question, usual)
        if not re.fullmatch(form, found):
            raise problem("--set" if name in self._given else "answer", f"`{found}` is no {name} here", None, wanted)
        return found

    def one(self, name: str, question: str, choices: Sequence[Choice], usual: str) -> str:
        """One of some ids. Raises InputError for what is none of them."""
        self._used.add(name)
        known = {choice.id for choice in choices}
        if name not in self._given:
            return (self._asker.one(f"{question} [{usual}]", choices, shown=12) if self._asker else "") or usual
        if self._given[name] not in known:
            raise problem("--set", f"`{self._given[name]}` is no {name} here", None, nearest(self._given[name], known))
        return self._given[name]

    def done(self) -> None:
        """Raises InputError where something was given that nothing asked for."""
        problems = [
            Problem("--set", None, f"nothing here is called `{name}`", nearest(name, self._used))
            for name in self._given
            if name not in self._used
        ]
        if problems:
            raise InputError(problems)
