"""What people write in the cells of a sheet that they keep for themselves, in the words that a profile has for it.

Only names of which the lawbook's wording knows what they mean are taken, and only where they mean one thing: what is left open
is asked, with what it may mean. Whoever reads the answer sees how each was read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from gapcheck.errors import problem
from gapcheck.law.dated import words as in_words
from gapcheck.profile.dates import day_in
from gapcheck.profile.read import is_date

if TYPE_CHECKING:
    from gapcheck.law.lawbook import Lawbook

Key = tuple[str, ...]
_NOTHING = frozenset({"none", "nil", "no", "nothing"})
_BLANK = frozenset({"-", "\u2013", "n/a", "na", "not applicable"})
_AND = re.compile(r"\s*(?:[;\n,&+]|/(?!\d)|\band\b)\s*", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# A last day behind a name: `PGD until 31/03/2027`, `PGD (exp. 31/3/27)`, `PGD - 31 March 2027`.
_UNTIL = re.compile(
    r"^(?P<name>.*?)[\s(:,\u2013-]*\b(?:(?:valid\s+)?(?:until|till|to)|expir(?:es|y|ing)|exp\.?|ends|runs out)?[\s:(]*"
    r"(?P<day>\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th)?\s+[a-z]+\s+\d{4})\s*\)?$",
    re.IGNORECASE,
)
_RANKS = frozenset(
    [
        "senior",
        "lead",
        "principal",
        "chief",
        "deputy",
        "specialist",
        "superintendent",
        "band",
        "advanced",
        "highly",
        "specialised",
    ]
)
_OF_REGISTERS = frozenset(
    [
        "registered",
        "registration",
        "registrant",
        "register",
        "reg",
        "with",
        "on",
        "the",
        "number",
        "no",
        "pin",
        "current",
        "full",
        "member",
        "yes",
        "in",
    ]
)
_NEVER = frozenset({"not", "non", "un", "unregistered", "without"})
_EMPLOYERS = {
    "nhs": {"nhs"},
    "independent": {"private", "independent"},
    "university": {"university"},
}  # by a word of their names
_CALLED = {"professions": "title", "registers": "title", "arrangements": "label", "tasks": "label"}
_SHOWN = 4  # things that a name may mean that are told


class Everyday:
    """Reads cells by the names that people use."""

    def __init__(self, book: Lawbook) -> None:
        self.book = book
        wording: Mapping[str, Any] = book.data["wording"]
        ask: Mapping[str, Any] = wording.get("ask", {})
        plain = wording.get("words", {})
        self._drop = frozenset(_stem(word) for kind in ("light", "function") for word in plain.get(kind, ()))
        self._professions = _Names(_professions(book, wording, ask))
        self._registers = _Names(_registers(book, wording, ask))
        self._papers = _Names(_papers(book, wording, ask))
        self._nations = _Names(_lists(ask.get("places", {}), wording.get("places", {}).get("nations", {})))
        self._statuses = _Names(
            _lists(ask.get("statuses", {}), ask.get("lost", {}), _itself(book.data["registration-statuses"]))
        )
        self._unregistered = {_key(name) for name in ask.get("no-register", ())}
        self._tasks = _Names(_tasks(book, ask), self._drop)
        self._readers: dict[str, Callable[[str], str]] = {
            "profession": self._profession,
            "registrations": self._registrations,
            "nation": self._nation,
            "employer": self._employer,
            "wte": _share,
            "annotations": self._listing,
            "entitlements": self._listing,
            "arrangements": self._listing,
        }

    def cell(self, key: str, text: str) -> str:
        """A cell in the form that a table has for it; the text itself where it is not understood. Raises InputError where it is
        understood and leaves open what is meant."""
        reader = self._readers.get(key)
        return reader(" ".join(text.replace("\n", ";").split())) if reader else text

    def task(self, text: str) -> str:
        """The id of a task that is called so; empty where none is. Raises InputError where several are."""
        found = self._tasks.all(_BRACKETS.sub(" ", text))
        if len(found) > 1:
            raise problem("", f"`{text}` may be several tasks", None, f"which is meant: {self._labels(found)}?")
        return found[0] if found else ""

    def near(self, text: str) -> str:
        """Help for a task that nobody knows by its name: those that share its telling words."""
        found = self._tasks.near(text)
        return f"did you mean {self._labels(found)}?" if found else ""

    def _labels(self, tasks: Iterable[str]) -> str:
        named = [f"`{self.book.data['tasks'][task]['label']}`" for task in list(tasks)[:_SHOWN]]
        return " or ".join(filter(None, (", ".join(named[:-1]), named[-1])))

    def said(self, cell: str) -> str:
        """A cell in the form of a table, in words."""
        kinds = [(self.book.items(kind), key) for kind, key in _CALLED.items()]

        def word(name: str) -> str:
            plain = f"until {in_words(name)}" if is_date(name) else name.replace("-", " ")
            return next((str(kind[name][key]) for kind, key in kinds if name in kind), plain)

        return "; ".join(", ".join(word(part) for part in item.split(":")) for item in cell.split(";"))

    def _nation(self, text: str) -> str:
        return self._nations.one(text) or text

    def _profession(self, text: str) -> str:
        plain = _BRACKETS.sub(" ", text)
        for words in (
            text,
            plain,
            " ".join(word for word in plain.split() if word.lower() not in _RANKS and not word.isdigit()),
        ):
            found = self._professions.all(words)
            if len(found) > 1:
                named = " or ".join(f"`{self.book.data['professions'][item]['title']}`" for item in found)
                raise problem("", f"`{text}` may be several professions", None, f"which is meant: {named}?")
            if found:
                return found[0]
        return text

    def _registrations(self, text: str) -> str:
        if text.lower() in _NOTHING | _BLANK or _key(text) in self._unregistered:
            return "none"  # what is not listed is not held
        items = [item for item in _AND.split(text) if item]
        read = [self._registration(item) for item in items]
        if "" in read:
            read = [self._registration(text)]
        return ";".join(read) if "" not in read else text

    def _registration(self, text: str) -> str:
        """An entry, as in `hcpc:lapsed`; empty where it is not understood."""
        words = [
            word for word in re.findall(r"\w+", text.lower()) if not any(map(str.isdigit, word))
        ]  # no numbers of entries
        for length in range(len(words), 0, -1):
            for first in range(len(words) - length + 1):
                found = self._registers.one(" ".join(words[first : first + length]))
                if not found:
                    continue
                return self._entry(found, [*words[:first], *words[first + length :]])
        return ""

    def _entry(self, register: str, words: list[str]) -> str:
        if status := self._statuses.one(" ".join(words)):
            return f"{register}:{status}"
        rest = [word for word in words if word not in _OF_REGISTERS]
        if not rest:
            return register
        if rest[0] in _NEVER and len(rest) == 1:
            return "none"
        if rest[0] == "as":
            profession = self._professions.one(" ".join(rest[1:]))
            return f"{register}:registered:{profession}" if profession else ""
        status = self._statuses.one(" ".join(rest))
        return f"{register}:{status}" if status else ""

    def _listing(self, text: str) -> str:
        if text.lower() in _NOTHING:
            return "none"
        if text.lower() in _BLANK:
            raise problem("", f"`{text}` may say that nothing is in place, or that nobody knows", None,
                          "write none where nothing is in place, and leave the cell empty where it is not known")  # fmt: skip
        read = [self._paper(item) for item in _AND.split(text) if item]
        if "" in read:
            read = [self._paper(item) for item in text.split(";")]
        return ";".join(read) if "" not in read else text

    def _paper(self, text: str) -> str:
        if text.lower().strip(" .") in _NOTHING:
            return "none"
        name, until = text, ""
        if dated := _UNTIL.match(text):
            name, until = dated["name"], day_in(re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", dated["day"])) or ""
            if not until:
                return ""
        found = self._papers.one(name.rstrip(" .:(-\u2013"))
        return f"{found}:{until}" if found and until else found

    def _employer(self, text: str) -> str:
        words = re.findall(r"[a-z]+", text.lower())
        return next((kind for kind, signs in _EMPLOYERS.items() if not signs.isdisjoint(words)), text)


class _Names:
    """What names mean: an index of names, whatever their capitals, strokes and plural. `drop`: words that tell nothing."""

    def __init__(self, names: Iterable[tuple[str, str]], drop: frozenset[str] = frozenset()) -> None:
        self._drop = drop
        self._meant: dict[Key, dict[str, None]] = {}
        for meant, name in names:
            if key := self._telling(name):
                self._meant.setdefault(key, {})[meant] = None
        self._spread: dict[str, set[str]] = {}
        for key, found in self._meant.items():
            for word in key:
                self._spread.setdefault(word, set()).update(found)

    def all(self, name: str) -> list[str]:
        """All that a name may mean."""
        return list(self._meant.get(self._telling(name), ()))

    def one(self, name: str) -> str:
        """What a name means; empty where it means nothing or several things."""
        found = self.all(name)
        return found[0] if len(found) == 1 else ""

    def near(self, name: str) -> list[str]:
        """What shares the most telling words with a name, the nearest first."""
        asked = set(self._telling(name))
        best: dict[str, float] = {}
        for key, found in self._meant.items():
            shared = sum(1 / len(self._spread[word]) for word in asked.intersection(key))
            if shared:
                fit = shared / (1 + len(set(key) ^ asked))
                for meant in found:
                    best[meant] = max(best.get(meant, 0), fit)
        return sorted(best, key=lambda meant: -best[meant])[:3]

    def _telling(self, name: str) -> Key:
        key = _key(name)
        told = tuple(sorted({word for word in key if word not in self._drop})) if self._drop else key
        return told if len(told) > 1 else key


def unbracketed(name: str) -> str:
    """A name in small letters, without the brackets that stand within a word: `A(BC)D` is `abcd`."""
    return re.sub(r"(?<=\w)\((\w+)\)(?=\w)", r"\1", name.lower())


def _key(name: str) -> Key:
    """The words of a name, in small letters and without the ending of a plural."""
    plain = unbracketed(name).replace("'", "").replace("\u2019", "")
    return tuple(_stem(word) for word in re.findall(r"[^\W_]+", plain))


def _stem(word: str) -> str:
    word = word.lower()
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _lists(*lists: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    for names in lists:
        for meant, phrases in names.items():
            for phrase in phrases:
                yield meant, phrase


def _itself(kind: Iterable[str]) -> dict[str, list[str]]:
    return {name: [name.replace("-", " ")] for name in kind}


def _professions(book: Lawbook, wording: Mapping[str, Any], ask: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    open_ = set()
    for item in ask.get("people", ()):
        for name in item["names"]:
            open_.add(_key(name))
            for meant in item["professions"]:
                yield meant, name
    own = {
        key: [item["title"], item["plural"], *item.get("aliases", ())] for key, item in book.data["professions"].items()
    }
    for meant, name in _lists(own, wording.get("posts", {}).get("groups", {})):
        if _key(name) not in open_:
            yield meant, name


def _registers(book: Lawbook, wording: Mapping[str, Any], ask: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, item in book.data["registers"].items():
        for name in (key, item["title"], item.get("short", ""), *item.get("aliases", ())):
            yield key, name
    for item in wording.get("registration", {}).get("names", ()):
        for name in (*item["names"], *item.get("old", ())):
            yield item["register"], name
    yield from _lists(ask.get("registers", {}))


def _papers(book: Lawbook, wording: Mapping[str, Any], ask: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, item in book.data["arrangements"].items():
        for name in (key, item["label"], *item.get("aliases", ())):
            yield key, name
    law = wording.get("law", {})
    for kind in ("annotations", "entitlements", "arrangements"):
        yield from _lists(law.get(kind, {}), ask.get(kind, {}) or {})


def _tasks(book: Lawbook, ask: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, item in book.data["tasks"].items():
        rest = key.partition("-")[2]
        own = (rest,) if "-" in rest else ()  # a single word tells too little without its scope
        for name in (key, *own, item["label"], *item.get("aliases", ()), *item.get("synonyms", ())):
            yield key, name
    yield from _lists(ask.get("tasks", {}))


def _share(text: str) -> str:
    """A whole-time equivalent as a number: `0.8 WTE`, `80%`."""
    found = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*(%|wte|fte)?", text.lower())
    if not found:
        return text
    value = float(found[1].replace(",", "."))
    return f"{value / 100:g}" if found[2] == "%" else f"{value:g}"


def everyday(book: Lawbook) -> Everyday:
    """The names of a lawbook, made once."""
    return book.made(Everyday)
