"""Whether names are claimed once, and whether what is defined is used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gapcheck.errors import Problem
from gapcheck.law.draft import At, DraftLawbook
from gapcheck.lint import codes

_KINDS = {
    "classes": "no rule tests this list",
    "facts": "no rule tests this fact",
    "arrangements": "no rule tests it",
    "routes": "no rule is of this route",
    "instruments": "nothing cites a provision of it",
    "interpretations": "no condition turns on it",
    "registers": "no profession has it and no rule tests it",
}


def check(draft: DraftLawbook) -> Iterator[Problem]:
    """Every problem of this kind."""
    yield from _synonyms(draft)
    yield from _everyday(draft)
    yield from _aliases(draft)
    yield from _unused(draft)


def _plain(name: str) -> str:
    """A name as a reader of a job description would take it: without case, hyphens and spaces that differ."""
    return " ".join("".join(char if char.isalnum() else " " for char in name.casefold()).split())


def _synonyms(draft: DraftLawbook) -> Iterator[Problem]:
    taken: dict[str, str] = {}
    for identity, task in draft.data["tasks"].items():
        for index, synonym in enumerate(task.get("synonyms", ())):
            other = taken.setdefault(_plain(synonym), identity)
            if other != identity:
                message = f"`{synonym}` is a synonym of `{identity}` and of `{other}`"
                help = "leave it with the task that it means, or make both more precise"
                yield draft.say(codes.SYNONYM_TWICE, draft.synonym(identity, index), message, help)


def _everyday(draft: DraftLawbook) -> Iterator[Problem]:
    """Synonyms of which nothing is left but a word, or no more than a phrase, that adverts of any work have."""
    wording = draft.data.get("wording", {})
    if not {"ordinary", "words"} <= wording.keys():
        return
    often = set(wording["ordinary"]["often"]["words"].split())
    phrases = {_plain(phrase) for phrase in wording["ordinary"]["often"]["phrases"]}
    needless = set(wording["words"]["function"])
    for identity, task in draft.data["tasks"].items():
        for index, synonym in enumerate(task.get("synonyms", ())):
            words = _plain(synonym)
            left = set(words.split()) - needless
            if words in phrases or (len(left) < 2 and left <= often):
                message = f"`{synonym}` stands in adverts of any work, and names no task by itself"
                help = "add the word that makes it this task, or leave it out"
                yield draft.say(codes.EVERYDAY, draft.synonym(identity, index), message, help)


def _aliases(draft: DraftLawbook) -> Iterator[Problem]:
    for kind in draft.data["aliases"]:
        taken = {identity: identity for identity in draft.data[kind]}
        for identity, item in draft.data[kind].items():
            for index, alias in enumerate(item.get("aliases", ())):
                other = taken.setdefault(alias, identity)
                if other != identity:
                    message = f"`{alias}` is another name of `{identity}`, and also means `{other}`"
                    help = "leave the name with one of them"
                    yield draft.say(codes.ALIAS_TWICE, At(kind, identity, ("aliases", index)), message, help)


def _unused(draft: DraftLawbook) -> Iterator[Problem]:
    data = draft.data
    said = _Mentions()
    kinds = ("rules", "acts", "reforms", "registers", "classes", "interpretations", "professions", "properties")
    for kind in (*kinds, "expectations", "tenets", "registration-statuses"):
        for item in data.get(kind, {}).values():
            said.read(item)
    used = {
        "classes": said.values("in-class", "not-in-class", "class"),
        "facts": said.facts,
        "arrangements": {name.partition(".")[2] for name in said.facts},
        "routes": {rule["route"] for _, rule in draft.rules()},
        "instruments": {name.partition("/")[0] for name in said.values("provision")},
        "interpretations": said.under,
        "registers": said.values("register", "accredited", "also-registers")
        | {name.partition(".")[2] for name in said.facts if name.startswith("registration.")},
    }
    for kind, why in _KINDS.items():
        for identity in data[kind]:
            if identity not in used[kind]:
                message = f"`{identity}` is not used: {why}"
                yield draft.say(codes.UNUSED, At(kind, identity, ()), message, "use it or take it out")


class _Mentions:
    """What stands under which key anywhere in some data."""

    def __init__(self) -> None:
        self._under_key: dict[str, set[str]] = {}
        self.facts: set[str] = set()
        self.under: set[str] = set()

    def values(self, *keys: str) -> set[str]:
        """The texts that stand under any of the keys, alone or in a list."""
        return {text for key in keys for text in self._under_key.get(key, ())}

    def read(self, item: Any) -> None:
        """Take in some data."""
        if isinstance(item, list):
            for inner in item:
                self.read(inner)
        if not isinstance(item, dict):
            return
        for key, value in item.items():
            if key == "fact":
                self.facts.add(str(value))
            elif key == "facts" and isinstance(value, dict):
                self.facts.update(value)
            elif key == "under" and isinstance(value, dict):
                self.under.update(value)
            texts = value if isinstance(value, list) else [value]
            self._under_key.setdefault(key, set()).update(text for text in texts if isinstance(text, str))
            self.read(value)
