"""What a page offers to choose from: ids of the lawbook with their names, in the order in which people look for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from gapcheck.law.lawbook import Lawbook
from gapcheck.profile.read import STATUSES


class PageChoice(NamedTuple):
    """A value and what a page calls it; `hint`: a line beneath."""

    value: str
    label: str
    hint: str = ""


class ChoiceGroup(NamedTuple):
    """Choices under a heading."""

    label: str
    choices: tuple[PageChoice, ...]


_KIND = {
    "statutory": "Statutory registers",
    "accredited": "Accredited registers, which are voluntary",
    "overseas": "Registers outside the United Kingdom",
}
_FORCE = {"statute": "What the law reserves", "framework": "What a framework asks for, which is not law"}
_STATUS = {
    STATUSES[0]: "registered now",
    STATUSES[1]: "eligible, not registered",
    "conditional": "registered, with conditions of practice",
}


def by_title(items: Mapping[str, Mapping[str, Any]], key: str = "title") -> tuple[PageChoice, ...]:
    """Choices in alphabetical order."""
    found = [PageChoice(identity, sentence(str(item[key]))) for identity, item in items.items()]
    return tuple(sorted(found, key=lambda item: item.label.casefold()))


def sentence(text: str) -> str:
    """Text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def professions(book: Lawbook) -> tuple[PageChoice, ...]:
    return by_title(book.data["professions"])


def medicines(book: Lawbook) -> tuple[PageChoice, ...]:
    return by_title(book.data["medicines"], "label")


def acts(book: Lawbook) -> tuple[ChoiceGroup, ...]:
    """Acts by what reserves them, in the order of the lawbook."""
    return _grouped(
        _FORCE, ((item["force"], PageChoice(key, item["title"])) for key, item in book.data["acts"].items())
    )


def registers(book: Lawbook) -> tuple[ChoiceGroup, ...]:
    """Registers by kind."""
    return _grouped(
        _KIND, ((item["kind"], PageChoice(key, item["title"])) for key, item in book.data["registers"].items())
    )


def _grouped(names: Mapping[str, str], found: Iterable[tuple[str, PageChoice]]) -> tuple[ChoiceGroup, ...]:
    groups: dict[str, list[PageChoice]] = {}
    for kind, choice in found:
        groups.setdefault(kind, []).append(choice)
    order = [*(kind for kind in names if kind in groups), *(kind for kind in groups if kind not in names)]
    return tuple(ChoiceGroup(names.get(kind, sentence(kind)), tuple(groups[kind])) for kind in order)


def statuses() -> tuple[PageChoice, ...]:
    return tuple(PageChoice(item, _STATUS.get(item, item.replace("-", " "))) for item in STATUSES)


def nations(book: Lawbook) -> tuple[PageChoice, ...]:
    return tuple(PageChoice(key, title) for key, title in book.data["nations"].items())


def arrangements(book: Lawbook, kind: str) -> tuple[PageChoice, ...]:
    """Arrangements, entitlements or annotations; each with the question that it answers."""
    return tuple(
        PageChoice(key, sentence(item["label"]), item.get("question", ""))
        for key, item in book.data["arrangements"].items()
        if item["kind"] == kind
    )


def reforms(book: Lawbook) -> tuple[PageChoice, ...]:
    return by_title(book.data["reforms"])


def scopes(book: Lawbook) -> tuple[PageChoice, ...]:
    return by_title(book.data["scopes"])


def readings(book: Lawbook) -> tuple[ChoiceGroup, ...]:
    """The readings of each disputed provision, the default first; the values are of the form ID=READING."""
    return tuple(
        ChoiceGroup(
            str(item["title"]),
            tuple(
                PageChoice(f"{key}={one['id']}", f"{sentence(one['title'])} (held by: {', '.join(one['held-by'])})")
                for one in sorted(item["readings"], key=lambda one: bool(one["id"] != item["default"]))
            ),
        )
        for key, item in book.data["interpretations"].items()
    )
