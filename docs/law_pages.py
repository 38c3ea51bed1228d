"""The law page by page: what `gapcheck explain` says of every id, with each id in it made a link."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from gapcheck.document.markdown import text_of
from gapcheck.explain.explained import KINDS, Explained, page
from gapcheck.explain.pages import title_of
from gapcheck.law.dated import Law, words

TITLES = {
    "acts": ("Acts", "What the law reserves, and what it leaves open."),
    "routes": ("Routes", "The lawful ways to do a reserved act."),
    "rules": (
        "Rules",
        "Each route in its instrument, nation and time, with the conditions and the examples that are run.",
    ),
    "tasks": ("Tasks", "What job descriptions name, and the acts that it takes."),
    "professions": ("Professions", "The groups, the registers open to them, and what a member may do."),
    "registers": ("Registers", "Statutory and accredited registers. A voluntary register is never statutory."),
    "medicines": ("Medicines", "What the lawbook knows of each medicine."),
    "arrangements": (
        "Arrangements",
        "What an employer or a colleague sets up; entitlements; annotations to a register entry.",
    ),
    "facts": ("Facts", "What can be stated of a case with `--fact` or in a profile."),
    "classes": ("Classes and lists", "Closed lists of the law, with the day on which each member was added."),
    "instruments": ("Instruments", "Acts, statutory instruments, and the frameworks that are not law."),
    "provisions": ("Provisions", "Regulations, articles and paragraphs: in force where and when, and how sure we are."),
    "interpretations": ("Readings", "Provisions that informed bodies read differently."),
    "expectations": (
        "Expectations",
        "What national and professional bodies ask by way of registration. None of it is law.",
    ),
    "reforms": ("Reforms", "Changes of the law that somebody asks for."),
    "claims": ("Evidence", "Published statements on what goes wrong, and of whom."),
    "scopes": ("Scopes of practice", "The fields of work that the tasks belong to."),
    "codes": ("Codes", "What `gapcheck lint` finds in a lawbook (L) and `gapcheck jd` in the wording of a post (W)."),
}
_DATED = ("acts", "arrangements", "professions", "routes", "rules")  # their pages show what holds on a day
# A word of the page that may be an id: not part of a path, an address or a longer name.
_TOKEN = re.compile(r"(?<![\w/.:#-])[a-zA-Z0-9]+(?:[-/][a-z0-9]+)*(?![\w/#-]|\.\w)")
_ADDRESS = re.compile(r"https?://\S+")


def law_pages(law: Law) -> dict[str, str]:
    """Markdown files by name: one for each thing of the lawbook, a list for each kind, and the page that leads to them."""
    places = {(kind, identity): f"law/{kind}/{identity}.md" for kind in TITLES for identity in law.book.data[kind]}
    linker = _Linker(places, law)
    pages = {place: _page(law, linker, kind, identity, place) for (kind, identity), place in places.items()}
    for kind in TITLES:
        pages[f"law/{kind}/index.md"] = _list(law, kind)
    return {**pages, "law/index.md": _contents(law)}


def _page(law: Law, linker: _Linker, kind: str, identity: str, place: str) -> str:
    item = law.book.data[kind][identity]
    made = text_of(Explained(law, [page(law, kind, identity)]).document(True))
    _, *rest = [
        line for line in made.split("\n") if not line.startswith('<a id="page-')
    ]  # the title is put more plainly here
    up = "../" * identity.count("/")
    day, nation = words(law.date), law.book.data["nations"][law.nation]
    dated = f" What is said of people on this page holds in {nation} on {day}." if kind in _DATED else ""
    lines = [
        f"# {_plain(title_of(item) or identity)}",
        "",
        f"[{TITLES[kind][0]}]({up}index.md) / `{identity}`: {KINDS[kind]}.{dated}",
        "",
        *linker.linked(_paragraphs(rest), place, identity),
        "",
        "---",
        "",
        f"The same in a terminal: `gapcheck explain {identity}`",
    ]
    return "\n".join(lines)


def _paragraphs(lines: list[str]) -> list[str]:
    """The lines of a page; a list of one is a paragraph."""
    around = ["", *lines, ""]
    alone = [
        line.startswith("- ") and not any(other.startswith("- ") for other in (around[n], around[n + 2]))
        for n, line in enumerate(lines)
    ]
    return [line.removeprefix("- ") if so else line for line, so in zip(lines, alone, strict=True)]


def _list(law: Law, kind: str) -> str:
    title, says = TITLES[kind]
    items = law.book.data[kind]
    groups: dict[str, list[str]] = {}
    for identity, item in items.items():
        groups.setdefault(_group(law, kind, item), []).append(identity)
    lines = [f"# {title}", "", says, ""]
    for group, members in groups.items():
        lines += [f"## {group}", ""] if group else []
        lines += ["| id | what |", "|---|---|"]
        lines += [f"| [`{one}`]({one}.md) | {_plain(title_of(items[one])).replace('|', '&#124;')} |" for one in members]
        lines.append("")
    return "\n".join(lines)


def _group(law: Law, kind: str, item: Mapping[str, Any]) -> str:
    """The heading under which a thing stands in the list of its kind."""
    data = law.book.data
    if kind == "tasks":
        return str(data["scopes"][item["scope"]]["title"])
    if kind == "provisions":
        return str(data["instruments"][item["instrument"]].get("citation", item["instrument"]))
    if kind == "rules":
        return str(data["routes"][item["route"]]["title"])
    if kind == "codes":
        return "Of a lawbook" if str(item["id"]).startswith("L") else "Of the wording of a post"
    if kind in ("registers", "arrangements"):
        return str(item["kind"]).capitalize()
    return ""


def _contents(law: Law) -> str:
    data = law.book.data
    lines = [
        "# The law, page by page",
        "",
        f"Everything on these pages is made from the lawbook {law.book.version}, the same files that every answer rests on. "
        "Search finds any id or word.",
        "",
        "| kind | what | how many |",
        "|---|---|---:|",
        *(f"| [{title}]({kind}/index.md) | {says} | {len(data[kind])} |" for kind, (title, says) in TITLES.items()),
        "",
        "## What it covers",
        "",
        *(f"- {item}" for item in data["covers"]),
        "",
        "## What it does not show",
        "",
        *(f"- {item}" for item in data["does-not-show"]),
        "",
        "## How sure we are",
        "",
        "Each provision says when its text was last checked, and how:",
        "",
        "| confidence | provisions | means |",
        "|---|---:|---|",
    ]
    means = {
        "verified-in-text": "somebody read the legislation or the framework itself",
        "verified-in-guidance": "somebody read an official or professional page that says so",
        "unverified": "neither; every report that rests on it says so",
    }
    counts = Counter(item["confidence"] for item in data["provisions"].values())
    lines += [f"| {key.replace('-', ' ')} | {counts[key]} | {text} |" for key, text in means.items()]
    return "\n".join([*lines, ""])


def _plain(text: str) -> str:
    """Text that Markdown does not read as markup."""
    return re.sub(r"([\\`*_<>\[\]])", r"\\\1", text)


class _Linker:
    """Makes links of the ids in a page. An id with a hyphen or a slash is told from a word anywhere; one without only where
    it stands for itself: alone in a cell or a line, in brackets, or before a colon at the start of a line."""

    def __init__(self, places: Mapping[tuple[str, str], str], law: Law) -> None:
        self._places: dict[str, str] = {}
        for (_, identity), place in places.items():
            self._places.setdefault(identity, place)
        data = law.book.data
        self._named = {  # what stands alone in a cell or a line, or before a bracket, by its title
            **{item["citation"]: f"law/provisions/{key}.md" for key, item in data["provisions"].items()},
            **{
                item["title"]: f"law/{kind}/{key}.md"
                for kind in ("professions", "registers")
                for key, item in data[kind].items()
            },
        }

    def linked(self, lines: list[str], place: str, own: str) -> Iterator[str]:
        """The lines of a page at a place, with links; the page's own id stays text."""
        fenced = False
        for line in lines:
            fenced ^= line.startswith("```")
            if fenced or line.startswith(("```", "|-", "| -", "|:")):
                yield line
            elif line.startswith("#"):
                yield self._heading(line, place, own)
            elif line.startswith("|"):
                yield "|".join(self._text(cell, place, own) for cell in line.split("|"))
            else:
                yield self._text(line, place, own)

    def _heading(self, line: str, place: str, own: str) -> str:
        found = re.fullmatch(r"(#+ Rule )([a-z0-9-]+)(: .*)", line)
        if found and found[2] in self._places and found[2] != own:
            return f"{found[1]}{self._link(found[2], place)}{_plain(found[3])}"
        return line

    def _text(self, text: str, place: str, own: str) -> str:
        whole = text.strip().removeprefix("- ")
        name = next((one for one in (whole, re.sub(r" \((un)?verified.*", "", whole)) if one in self._named), "")
        if name and self._named[name] != place:
            link = f"[{_plain(name)}]({self._up(place)}{self._named[name]})"
            before, _, after = text.partition(name)
            return f"{before}{link}{self._text(after, place, own)}" if after.strip() else f"{before}{link}{after}"
        pieces, end = [], 0
        for address in _ADDRESS.finditer(text):
            pieces += [self._words(text[end : address.start()], place, own, whole), f"<{address[0]}>"]
            end = address.end()
        return "".join([*pieces, self._words(text[end:], place, own, whole)])

    def _words(self, text: str, place: str, own: str, whole: str) -> str:
        done, end = [], 0
        for found in _TOKEN.finditer(text):
            word = found[0]
            clear = "-" in word or "/" in word or word == whole or whole.startswith(f"{word}:")
            clear = clear or (text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]) == (
                "[",
                "]",
            )
            if clear and word != own and word in self._places:
                done += [_body(text[end : found.start()]), self._link(word, place)]
                end = found.end()
        return "".join([*done, _body(text[end:])])

    def _link(self, identity: str, place: str) -> str:
        """A relative link from a page to that of an id."""
        return f"[{identity}]({self._up(place)}{self._places[identity]})"

    @staticmethod
    def _up(place: str) -> str:
        """The way from a page to the root of the site."""
        return "../" * (len(PurePosixPath(place).parts) - 1)


def _body(text: str) -> str:
    """The text between links: a list mark at its start stays, brackets and markup become plain."""
    mark = "- " if text.startswith("- ") else ""
    return mark + _plain(text[len(mark) :]).replace("\\`", "`")
