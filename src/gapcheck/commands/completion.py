"""What a shell offers when somebody presses Tab: the ids of the lawbook. Imported only when a shell asks."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any

import click
from click.shell_completion import BashComplete, CompletionItem, add_completion_class, split_arg_string

from gapcheck.errors import InputError
from gapcheck.law.lawbook import Lawbook

_BREAKS = ("=", ":")  # bash takes a word apart here


def offered(ctx: click.Context, kinds: Iterable[str], incomplete: str) -> list[CompletionItem]:
    """What a parameter may be that takes ids of the given kinds; see `options.completes`. Nothing where the lawbook that
    `--rules` names cannot be read: the command itself says why."""
    try:
        book = Lawbook.load(*(ctx.params.get("rules") or ()))
    except InputError:
        return []
    found = {
        value: help for kind in kinds for value, help in _of(book, kind, incomplete) if value.startswith(incomplete)
    }
    return [CompletionItem(value, help=help) for value, help in found.items()]


def _of(book: Lawbook, kind: str, incomplete: str) -> Iterator[tuple[str, str]]:
    """The values of a kind, each with a line of help."""
    if kind == "anything":
        from gapcheck.explain.explained import KINDS

        for each in KINDS:
            yield from _of(book, each, incomplete)
    elif kind == "kinds":
        from gapcheck.explain.explained import KINDS

        yield from ((each, "") for each in KINDS)
    elif kind in ("annotation", "entitlement", "arrangement"):
        yield from ((key, item["label"]) for key, item in book.data["arrangements"].items() if item["kind"] == kind)
        yield "none", f"no {kind}"
    elif kind == "registration":
        yield from _registrations(book, incomplete)
    elif kind == "reading":
        for key, item in book.data["interpretations"].items():
            yield from ((f"{key}={one['id']}", one["title"]) for one in item["readings"])
    elif kind == "fact":
        yield from _facts(book)
    else:
        from gapcheck.explain.pages import title_of

        data = book.items(kind)
        for key in data if kind != "nations" else ():
            if key.startswith(incomplete):  # a title is read from the file only where it is shown
                yield key, title_of(data[key])
        yield from data.items() if kind == "nations" else ()
        others = book.aliases.get(kind, {}).items()
        yield from ((alias, f"another name of {key}") for alias, key in others if " " not in alias)


def _registrations(book: Lawbook, incomplete: str) -> Iterator[tuple[str, str]]:
    """REGISTER, then REGISTER:STATUS, then REGISTER:STATUS:AS, as far as the word has got."""
    from gapcheck.profile.read import STATUSES

    head, colon, _ = incomplete.rpartition(":")
    if not colon:
        yield from _of(book, "registers", incomplete)
    elif ":" not in head:
        yield from ((f"{head}:{status}", "") for status in STATUSES)
    else:
        yield from ((f"{head}:{key}", item["title"]) for key, item in book.data["professions"].items())


def _facts(book: Lawbook) -> Iterator[tuple[str, str]]:
    """NAME=VALUE for each value that the fact may take; NAME= where that may be any text."""
    for key, item in book.data["facts"].items():
        if "option" not in item:
            values: Iterable[Any] = ("true", "false") if item["type"] == "boolean" else item.get("values", ("",))
            yield from ((f"{key}={value}", item["says"]) for value in values)


class _Bash(BashComplete):
    """Bash breaks `hcpc:lapsed` and `emergency=true` into three words and replaces only the last: put them together again,
    and answer with what comes after the break."""

    def get_completion_args(self) -> tuple[list[str], str]:
        words = split_arg_string(os.environ["COMP_WORDS"])
        at = int(os.environ["COMP_CWORD"])
        typed = words[at] if at < len(words) else ""
        joined: list[str] = []
        for word in (*words[:at], typed):
            follows = word in _BREAKS or (joined and joined[-1].endswith(_BREAKS))
            if joined and follows:
                joined[-1] += word
            else:
                joined.append(word)
        kept = joined[-1] if typed in _BREAKS else joined[-1].removesuffix(typed)
        self.cut = len(kept.partition("=")[2] if kept.startswith("--") else kept)
        return joined[1:-1], joined[-1]

    def format_completion(self, item: CompletionItem) -> str:
        return f"{item.type},{item.value[self.cut :]}"


def switch_on() -> None:
    """Let click answer bash in this way; the other shells need no help."""
    add_completion_class(_Bash, "bash")
