"""The vocabulary of job descriptions (rules/wording, and the synonyms of the tasks), ready to be looked for in a text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from gapcheck.jobdesc.understanding.matcher import Bags, Phrases
from gapcheck.jobdesc.understanding.scorecard import Card, everyday_words
from gapcheck.jobdesc.understanding.words import Words, tokens
from gapcheck.law.lawbook import Lawbook
from gapcheck.law.needs import ways

EXACT = "="


class Mark(NamedTuple):
    """What a phrase that stands as it is means: the kind of mark (cue, register, place, ...), and which of that kind."""

    kind: str
    name: str
    number: int = 0


class TaskName(NamedTuple):
    """A name of a task. `tasks`: by scope; `otherwise`: in any other; `only`: the scopes in which the name counts (empty:
    all); `weak`: counts only where the text makes clear that it speaks of the holder; `unless`: words of law that make it mean
    nothing when they stand near; `titled`: it means those of these tasks that the title of the post names;
    `also`: by scope, a second task that it names; `beside`: it counts only where the title names this task, and no other."""

    tasks: Mapping[str, str]
    otherwise: str
    only: frozenset[str]
    weak: bool
    unless: str = ""
    titled: tuple[str, ...] = ()
    also: Mapping[str, str] = MappingProxyType({})
    beside: str = ""

    def task(self, scopes: tuple[str, ...]) -> str:
        """The task that the name means in a post of these scopes; "" where it means none."""
        if self.only and not self.only.intersection(scopes):
            return ""
        return next((self.tasks[scope] for scope in scopes if scope in self.tasks), self.otherwise)


TRAP = TaskName({}, "", frozenset(), False)


class Vocabulary:
    """Everything that is looked for. `marks`: phrases as they stand; `names` and `bags`: names of tasks, as they stand and
    in any order; `titles`: what titles say."""

    def __init__(self, book: Lawbook) -> None:
        data = book.data["wording"]
        self.data: Mapping[str, Any] = {name: data[name] for name in data}
        self.words = Words(data["words"], everyday_words(data["ordinary"]))
        self.marks: Phrases[Mark] = Phrases(self.words)
        self.names: Phrases[TaskName] = Phrases(self.words)
        self.bags: Bags[TaskName] = Bags(self.words)
        self.titles: Phrases[int] = Phrases(self.words)
        self.card = Card(self.data["scorecard"], self.data["ordinary"], self.words)
        self._cues()
        self._registration()
        self._posts()
        self._places()
        self._law()
        self._task_names(book)
        for part in (self.marks, self.names, self.bags, self.titles):
            part.build()
        self.acts = {
            key: frozenset(need["act"] for way in ways(task) for need in way if "act" in need)
            for key, task in book.data["tasks"].items()
        }
        checks = data["law"]["checks"]
        reserved = {checks[code] for code in checks["reserved"]}
        self._barred = frozenset(key for key, acts in self.acts.items() if acts & reserved) | frozenset(
            checks["direction-tasks"]
        )
        self.legal = frozenset(key for key in book.data["tasks"] if ways(book.data["tasks"][key]))
        self.kinds = {key: str(item["kind"]) for key, item in book.data["registers"].items()}
        self.statutory = {
            key: str(item["registers"][0]["register"])
            for key, item in book.data["professions"].items()
            if item["registers"]
        }
        self.holders: dict[str, frozenset[str]] = {
            register: frozenset(
                key
                for key, item in book.data["professions"].items()
                if register in item.get("accredited", ())
                or any(entry["register"] == register for entry in item["registers"])
            )
            for register in self.kinds
        }
        self.wishing = frozenset(data["registration"]["wishing"])
        self.imperatives = frozenset(data["cues"]["imperatives"])
        posts = data["posts"]
        self.persons = frozenset((*posts["persons"], *posts["people"])) - frozenset(posts["verbs-too"])
        self._equipment = frozenset(posts["equipment"])
        self._technical = frozenset(
            key
            for key, task in book.data["tasks"].items()
            if task["scope"] in self._equipment or task["scope"] in posts["anywhere"]
        )
        self.headings = {
            plain(phrase): zone for zone, phrases in data["cues"]["headings"].items() for phrase in phrases
        }

    def on_equipment(self, scopes: tuple[str, ...]) -> bool:
        """Whether a post of these scopes looks after equipment, and not patients."""
        return bool(scopes) and self._equipment.issuperset(scopes)

    def about_equipment(self, task: Mapping[str, Any]) -> bool:
        """Whether a task is done with equipment itself, and not with patients."""
        return task["scope"] in self._equipment

    def task(self, name: TaskName, scopes: tuple[str, ...]) -> str:
        """The task that a name means in a post of these scopes, or "". Where the post looks after equipment, what is done
        to patients is only what the equipment is for; but a bar of statute holds whatever the field of the post."""
        task = name.task(scopes)
        if task in self._barred:
            return task
        return "" if task not in self._technical and self.on_equipment(scopes) else task

    def _add(self, kind: str, lists: Mapping[str, list[str]]) -> None:
        for name, phrases in lists.items():
            for phrase in phrases:
                self.marks.add(phrase, Mark(kind, name))

    def _cues(self) -> None:
        cues = self.data["cues"]
        self._add("cue", cues["cues"])
        self._add("subject", cues["subjects"])
        self._add("verb", {"verb": cues["verbs"]})
        self._add("modal", {"modal": cues["modals"], "owning": cues["owning"]})

    def _registration(self) -> None:
        data = self.data["registration"]
        for item in data["names"]:
            self._add("register", {item["register"]: item["names"]})
            self._add("old-register", {item["register"]: item.get("old", [])})
        self._add("unnamed", data["unnamed"])
        self._add("strength", data["strength"])
        self._add("about", {f"other-{key}": phrases for key, phrases in data["other"].items()})
        keys = (
            "not-asked",
            "not-asked-after",
            "not-here",
            "consequence",
            "near",
            "not-registers",
            "bodies",
            "alternative",
            "may-apply",
            "course-words",
            "no-course",
            "others-before",
        )
        self._add("about", {key: data[key] for key in keys})

    def _posts(self) -> None:
        data = self.data["posts"]
        for index, item in enumerate(data["titles"]):
            for phrase in item["names"]:
                self.titles.add(phrase, index)
        self._add("scope", data["scope-words"])
        self._add("group", data["groups"])
        self._add("trainee", {"trainee": data["trainees"]})

    def _places(self) -> None:
        data = self.data["places"]
        self._add("nation", data["nations"])
        self._add("employer", data["employers"])
        self._add("nation-by-employer", data["nations-by-employer"])
        for index, item in enumerate(data["abroad"]):
            for kind, phrases in (("abroad", item["names"]), ("not-abroad", item.get("not", []))):
                for phrase in phrases:
                    self.marks.add(phrase, Mark(kind, item["place"], index))
        self._add("place-about", {key: data[key] for key in ("abroad-context", "not-here", "no-nation")})

    def _law(self) -> None:
        data = self.data["law"]
        for index, item in enumerate(data["revoked"]):
            for phrase in item["names"]:
                self.marks.add(phrase, Mark("revoked", item["now"], index))
        self._add(
            "law",
            {
                key: data[key]
                for key in (
                    "legally",
                    "as-statutory",
                    "rights-said",
                    "formerly",
                    "frameworks",
                    "diploma",
                    "prescribed-things",
                    "received",
                    "other-practitioners",
                    "other-experts",
                )
            },
        )
        for kind in ("directions", "arrangements", "entitlements", "annotations"):
            self._add(kind, data[kind])

    def _task_names(self, book: Lawbook) -> None:
        words, phrases, posts = self.data["words"], self.data["phrases"], self.data["posts"]
        self._add("everyday", {"everyday": phrases["everyday"]})
        drop = frozenset(number for word in words["function"] for number in self.words.learn_stems(word))
        light = frozenset(number for word in words["light"] for number in self.words.learn_stems(word))
        for trap in phrases["traps"]:
            self.names.add(trap.removeprefix(EXACT), TRAP)
        for item in phrases["phrases"]:
            name = TaskName(
                item.get("tasks", {}),
                item.get("otherwise", ""),
                frozenset(item.get("only", ())),
                item.get("weak", False),
                item.get("unless", ""),
                tuple(item.get("of-title", ())),
                item.get("also", {}),
                item.get("with-title", ""),
            )
            for phrase in item["phrases"]:
                if phrase.startswith(EXACT):
                    self.names.add(phrase.removeprefix(EXACT), name)
                else:
                    for variant in self._variants(phrase):
                        self.bags.add(variant, name, drop, light)
        own = {
            scope: [set(self.words.learn_stems(word)) for word in posts["scope-words"].get(scope, ())]
            for scope in book.data["scopes"]
        }
        for task in book.data["tasks"].values():
            scope = task["scope"]
            free = scope in posts["anywhere"] or task["id"] in posts["anywhere-tasks"]
            near = frozenset((scope, *(key for key, others in posts["related"].items() if scope in others)))
            for synonym in task.get("synonyms", ()):
                stems = set(self.words.learn_stems(synonym))
                telling = len(stems) > 1 and any(mark <= stems for mark in own[scope])
                name = TaskName({}, task["id"], frozenset() if free or telling else near, False)
                for variant in self._variants(synonym):
                    self.bags.add(variant, name, drop, light)

    def _variants(self, phrase: str) -> list[str]:
        """A phrase, and the same with another name for a part of it."""
        found = [phrase]
        padded = f" {plain(phrase)} "
        for row in self.data["words"]["variants"]:
            for part in row:
                if f" {part} " in padded:
                    found += [padded.replace(f" {part} ", f" {other} ").strip() for other in row if other != part]
                    break
        return found


@lru_cache(maxsize=8192)  # the phrases of the rules are compared with again in each text
def plain(text: str) -> str:
    """The words of a text in small letters, with single spaces."""
    return " ".join(item.text.lower() for item in tokens(text))


def vocabulary(book: Lawbook) -> Vocabulary:
    """The vocabulary of a lawbook, made once."""
    return book.made(Vocabulary)
