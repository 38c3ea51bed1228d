"""The things of a lawbook that a person can look at, and what each says, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from gapcheck.document.words import capital, said, spaced
from gapcheck.errors import nearest, problem
from gapcheck.explain.page_parts import condition_line, force
from gapcheck.explain.pages import title_of
from gapcheck.law.conditions import PARTS
from gapcheck.law.dated import Law

KINDS = {
    "rules": "rule", "interpretations": "reading", "severities": "severity of harm", "tasks": "task", "provisions": "provision",
    "instruments": "instrument", "acts": "act", "routes": "way", "classes": "list", "professions": "profession", "registers": "register",
    "coverage": "what a register covers", "medicines": "medicine", "arrangements": "arrangement", "facts": "question",
    "expectations": "expectation", "tenets": "tenet of law", "reforms": "reform", "claims": "claim", "references": "reference", "left-out": "left out",
    "criteria": "criterion", "assurance-steps": "step of assurance", "papers": "paper", "points": "point", "scopes": "scope", "wording": "wording",
    "additions": "additions", "overlay": "the folder itself", "codes": "code", "properties": "property", "examples": "examples", "lawbook": "the lawbook itself",
}  # fmt: skip
_RUN = ("examples", "properties", "codes")  # a machine runs them: a worksheet has them only where they are asked for
_FILES = ("additions", "overlay")  # of a local lawbook: recorded, and looked at where they stand
_HEADS = {"holder": "Who", "circumstances": "In which case", "arrangements": "What must be in place"}
_SILENT = (
    "id",
    "instrument",
    "citation",
    "acts",
    "route",
    "class",
    "of",
    "interpretation",
    "reform",
    "wording",
    "examples",
)


class Thing(NamedTuple):
    """A thing to look at: its name (`kind/id`), its kind and title for a person, and what it says, a line a statement."""

    name: str
    kind: str
    title: str
    says: tuple[str, ...]


def chosen(law: Law, wanted: Sequence[str]) -> list[Thing]:
    """The things that people name by kind, folder or file of the rules, name or id. Raises InputError for what is nothing of it."""
    names = [name for name in law.book.data["words"] if name.partition("/")[0] not in _FILES]
    found: dict[str, None] = {}
    for word in wanted:
        some = _named(law, names, word)
        if not some:
            known = {*KINDS, *law.book.data["instruments"], *(name.rpartition("/")[2] for name in names)}
            raise problem("--of", f"nothing of the lawbook goes by `{word}`", None, nearest(word, known))
        found.update(dict.fromkeys(some))
    order = list(KINDS)
    return [_thing(law, name) for name in sorted(found, key=lambda name: (order.index(name.partition("/")[0]), name))]


def _named(law: Law, names: Sequence[str], word: str) -> list[str]:
    if word in KINDS:
        return [name for name in names if name.startswith(f"{word}/")]
    one = [
        name
        for name in names
        if name == word or (name.partition("/")[2] == word and name.partition("/")[0] not in _RUN)
    ]
    place = word.removeprefix("rules/").rstrip("/")
    in_file = [
        name
        for name in names
        if name.partition("/")[0] not in _RUN and _source(law, name).startswith((f"{place}/", f"{place}:"))
    ]
    return one if one and word not in law.book.data["instruments"] else in_file or one


def _source(law: Law, name: str) -> str:
    kind, _, identity = name.partition("/")
    kind = {"severities": "tasks", "examples": "rules"}.get(kind, kind)
    if kind == "provisions":
        kind, identity = "instruments", identity.partition("/")[0]
    return str(law.book.data["sources"].get(f"{kind}/{identity}", ""))


def _thing(law: Law, name: str) -> Thing:
    kind, _, identity = name.partition("/")
    data = law.book.data
    item: Any
    if kind == "lawbook":
        keys = ("title", "nations", "groups", "assumes", "register-kinds", "covers", "does-not-show", "advice", "gap")
        item, title = {key: law.book.items(key) for key in keys}, "The lawbook itself"
    elif kind == "severities":
        item, title = (
            data["tasks"][identity]["harm"],
            f"{data['tasks'][identity]['label']}: the harm if it is done badly",
        )
    elif kind == "examples":
        item, title = data["examples"][identity], f"Examples of: {data['rules'][identity]['title']}"
    else:
        item = law.book.items(kind)[identity]
        title = title_of(item) or capital(spaced(identity))
    lines = _rule(law, item) if kind == "rules" else _lines(law, item)
    return Thing(name, KINDS[kind], said(law.book, title), tuple(lines))


def _rule(law: Law, item: Mapping[str, Any]) -> Iterator[str]:
    """A rule as a lawyer reads it: its law, when and where, who, in which case, what must be in place, and what it cannot see."""
    for key in ("reading", "limits", "undetermined"):
        if item.get(key):
            yield f"{capital(key)}: {said(law.book, str(item[key]))}"
    yield f"In force: {force(law, item)}; by {item['force']}"
    for part in PARTS:
        yield from (f"{_HEADS[part]}: {said(law.book, condition_line(law, one))}" for one in item[part])
    cited = [law.book.provision(entry["provision"]).title for entry in item["law"]]
    yield f"Law: {'; '.join(cited)}"
    yield from (f"Said where it is {key}: {said(law.book, str(text))}" for key, text in item.get("say", {}).items())


def _lines(law: Law, item: Any, within: str = "") -> Iterator[str]:
    """Whatever an item says, a line a statement, each with the words that lead to it."""
    if isinstance(item, Mapping):
        for key, value in item.items():
            if key not in _SILENT:
                name = spaced(str(key).replace(".", " "))
                yield from _lines(law, value, f"{within}, {name}" if within else name)
    elif isinstance(item, list) and any(isinstance(one, Mapping | list) for one in item):
        for one in item:
            own = str(one.get("id", "")) if isinstance(one, Mapping) else ""
            yield from _lines(law, one, f"{within} ({spaced(own)})" if own else within)
            if own and not {*one} - {"id"}:
                yield f"{capital(within)}: {spaced(own)}"
    elif isinstance(item, list):
        yield f"{capital(within)}: {', '.join(_plain(law, one) for one in item)}"
    else:
        yield f"{capital(within)}: {_plain(law, item)}"


def _plain(law: Law, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return (
        text
        if " " in text or "/" in text
        else spaced(text)
        if text.replace("-", "").isalpha()
        else said(law.book, text)
    )
