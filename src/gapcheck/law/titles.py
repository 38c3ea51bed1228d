"""Titles as people write them: in the plural, in one word or several, among other words, or with a claim of registration."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

NOTHING, REGISTRATION = "nothing", "registration"


class Titles:
    """The titles that a lawbook knows, with the words by which a title claims that its bearer is registered."""

    def __init__(self, known: Collection[str], registers: Mapping[str, Any], claims: Mapping[str, Any]) -> None:
        self._known = {title.replace("-", ""): title for title in sorted(known)}
        self._most = max((title.count("-") + 1 for title in known), default=0) * 2
        self._says = frozenset(claims.get("words", ()))
        self._denies = frozenset(claims.get("not-after", ()))
        self._registers = {
            tuple(name.lower().replace(" ", "-").split("-")): register
            for register, item in registers.items()
            for name in (register, item["title"], *item.get("aliases", ()))
        }
        self._statutory = frozenset(register for register, item in registers.items() if item["kind"] == "statutory")

    def facts(self, title: str) -> dict[str, Any]:
        """The facts of a title, given as words joined by hyphens."""
        words = [word for word in title.split("-") if word != "s"]
        for form in (words, [_singular(word) for word in words]):
            if known := self._known.get("".join(form)):
                return {"title": known, "title-claims": NOTHING}
        within = max(self._within(words), key=lambda item: len(item[0]), default=None)
        if within is None:
            return {"title": title, "title-claims": self._claims(words, words)}
        known, first, last = within
        return {"title": known, "longer-title": True, "title-claims": self._claims(words, words[:first] + words[last:])}

    def _within(self, words: list[str]) -> Iterator[tuple[str, int, int]]:
        """The known titles that a longer one contains as whole words, and where."""
        for form in (words, [_singular(word) for word in words]):
            for first in range(len(words)):
                for last in range(first + 1, min(len(words), first + self._most) + 1):
                    if known := self._known.get("".join(form[first:last])):
                        yield known, first, last

    def _claims(self, words: list[str], around: list[str]) -> str:
        """The register that a title claims; registration where it does not say which; else nothing. `around`: the words that
        are not of a known title, since a title such as registered nurse is no claim beside itself."""
        named = [
            register
            for name, register in self._registers.items()
            for first in range(len(words))
            if tuple(words[first : first + len(name)]) == name
        ]
        statutory = [register for register in named if register in self._statutory]
        if named and self._said(words):
            return (statutory or named)[0]
        return REGISTRATION if statutory or self._said(around) else NOTHING

    def _said(self, words: list[str]) -> bool:
        return any(
            word in self._says and (not first or words[first - 1] not in self._denies)
            for first, word in enumerate(words)
        )


def _singular(word: str) -> str:
    if word.endswith("wives"):
        return word[:-3] + "fe"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
