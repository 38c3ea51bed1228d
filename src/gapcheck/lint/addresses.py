"""Whether an address leads to what is cited, and whether what is said of a medicine is whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from gapcheck.errors import Problem
from gapcheck.law.draft import At, DraftLawbook, listed
from gapcheck.law.windows import START, uncovered, window
from gapcheck.lint import codes

_SITE = re.compile(r"https?://www\.legislation\.gov\.uk/[a-z]+/(\d{4})/(\d+)(?:/(.*))?$")
_CITED = re.compile(r"\b(?:(?:SI|SR|SSI|WSI) (\d{4})/(\d+)|(\d{4}) (?:c\.|asp|anaw|asc|nawm) ?(\d+))")
_UNITS = ("regulation", "article", "section", "schedule")
_UNIT = re.compile(
    r"\b(regulation|article|section|schedule)s? (\d+[A-Z]*)(?:(?:\([^)]*\))*(?:,| and| to) (\d+[A-Z]*))?", re.I
)
_NUCLIDE = re.compile(r"\b[a-z]+-\d{1,3}m?\b", re.I)


def check(draft: DraftLawbook) -> Iterator[Problem]:
    """Every problem of this kind."""
    for identity, item in draft.data["instruments"].items():
        own = _site(item.get("url", ""))
        cited = _pairs(item["citation"])
        if own and own[0] not in cited:
            said = f"`{identity}` is cited as {item['citation']}, and its address is that of number {own[0][1]} of {own[0][0]}"
            yield draft.say(codes.OTHER_ADDRESS, At("instruments", identity, ("url",)), said)
        for provision in item["provisions"]:
            yield from _provision(draft, identity, cited | _pairs(item.get("note", "")), provision)
    for identity, medicine in draft.data["medicines"].items():
        yield from _medicine(draft, identity, medicine)


def _provision(
    draft: DraftLawbook, instrument: str, cited: set[tuple[str, str]], item: Mapping[str, Any]
) -> Iterator[Problem]:
    found = _site(item.get("url", ""))
    if not found:
        return
    name = f"{instrument}/{item['id']}"
    at = At("provisions", name, ("url",))
    named = _pairs(" ".join(str(item.get(key, "")) for key in ("title", "says", "note")))
    if found[0] not in cited | named:
        said = (
            f"the address of `{name}` is that of number {found[0][1]} of {found[0][0]}, which nothing said of it names"
        )
        yield draft.say(codes.OTHER_ADDRESS, at, said)
    elif found[0] in cited and not (found[0] in named and cited != {found[0]}):
        unit, _, rest = found[1].partition("/")
        number = rest.partition("/")[0]
        units = {(word.lower(), one) for word, *numbers in _UNIT.findall(item["title"]) for one in numbers if one}
        if unit in _UNITS and number != "made" and units and (unit, number) not in units:
            said = f"the address of `{name}` leads to {unit} {number}, and its title names {listed(sorted(f'{a} {b}' for a, b in units))}"
            yield draft.say(codes.OTHER_ADDRESS, at, said)


def _site(url: str) -> tuple[tuple[str, str], str] | None:
    match = _SITE.match(url)
    return ((match[1], match[2]), match[3] or "") if match else None


def _pairs(text: str) -> set[tuple[str, str]]:
    """The instruments that a text cites, each by year and number."""
    return {(a or c, b or d) for a, b, c, d in _CITED.findall(text)}


def _medicine(draft: DraftLawbook, identity: str, item: Mapping[str, Any]) -> Iterator[Problem]:
    stated = [item["facts"], *(entry["facts"] for entry in item.get("dated", ()))]
    names = " ".join([identity, item["label"], *item.get("aliases", ())])
    if any(facts.get("medicine.radioactive") is True for facts in stated) and not _NUCLIDE.search(names):
        said = f"`{identity}` is said to be radioactive, and none of its names is that of a radionuclide"
        yield draft.say(codes.NO_RADIONUCLIDE, At("medicines", identity, ("facts",)), said)
    for fact in _settled(draft):
        yield from _left_open(draft, identity, item, fact)


def _settled(draft: DraftLawbook) -> list[str]:
    """The facts that the name of a medicine settles, and that a rule presumes where they are not stated."""
    about: Mapping[str, Any] = draft.data["facts"]
    return [fact for fact, item in about.items() if item.get("fixed") and fact.startswith("medicine.")]


def _left_open(draft: DraftLawbook, identity: str, item: Mapping[str, Any], fact: str) -> Iterator[Problem]:
    """A rule presumes what is not stated, and so would open for a medicine of which nobody has read how it stands."""
    if fact in item["facts"]:
        return
    dated = [(index, entry) for index, entry in enumerate(item.get("dated", ())) if fact in entry["facts"]]
    for nation in draft.data["nations"]:
        there = [window(entry) for _, entry in dated if nation in entry.get("extent", [nation])]
        missing = uncovered(window({}), there)
        if missing:
            days = "always" if missing.first == START and not there else str(missing)
            said = f"`{identity}` does not settle `{fact}` in `{nation}` ({days}), where rules presume it"
            yield draft.say(codes.LEFT_OPEN, At("medicines", identity, ("facts",)), said)
            return
