"""What a stretch of a sentence is about in the engine's terms: the act, by which way, with which medicine, in which case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gapcheck.ask import vocabulary as v
from gapcheck.ask.lexicon import Span, longest
from gapcheck.drafts import cues as c
from gapcheck.drafts.marked import Marked

_SPREAD = 9  # words over which the words of an act may be spread


@dataclass(frozen=True)
class Deed:
    """An act and what is said of its case. `by`: where a framework and not the law may ask for something; `places`: of the first
    and the last of the words that name it."""

    act: str
    routes: tuple[str, ...] = ()
    medicine: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    by: str = ""
    places: tuple[int, int] = (0, 0)
    date: str = ""


def deeds_of(marked: Marked, places: range, about: str, medicine: str = "") -> list[Deed]:
    """The acts that stand at these places. `about`: the paragraph so far, in small letters; `medicine`: one named before, which
    counts where nothing but a way is named."""
    ways = [int(one.name) for one in marked.within(places, c.WAY) if not without(marked, one)]
    own = marked.cues.own["ways"]
    named = list(dict.fromkeys(own[number]["route"] for number in ways))
    acts = _acts(marked, places, about)
    if named:
        fixed = [own[number]["of"] for number in ways if "of" in own[number]]
        if fixed:
            return [Deed(fixed[0], (named[0],), places=_ends(marked, places, c.WAY))] if len(named) == 1 else []
        data = marked.cues.book.items("acts")
        own_way = [(item, ends) for item, ends in acts if all(route in data[item["act"]]["routes"] for route in named)]
        if own_way:
            item, ends = own_way[0]
            return [Deed(item["act"], tuple(named), _medicine(marked, places), places=ends)]
        found = _medicine(marked, places) or medicine
        return _given(marked, places, tuple(named), found)
    if acts:
        return [
            Deed(
                item["act"],
                (item["route"],) if "route" in item else (),
                "",
                _case(marked, item["act"], about),
                item.get("by", ""),
                ends,
            )
            for item, ends in acts
        ]
    found = _medicine(marked, places)
    gives = marked.acts(places, v.GIVES)
    if gives and marked.within(places, c.MEDICINE_WORDS, v.MEDICINE, v.BY_CONTEXT):
        return _given(marked, places, (), found)
    return []


def by_way(marked: Marked, places: range, way: str, medicine: str) -> list[Deed]:
    """Giving a medicine (any where none is named) by a way."""
    return _given(marked, places, (way,), medicine)


def without(marked: Marked, way: Span) -> bool:
    """Whether a way is one that is done without."""
    return any(word.text in ("without", "absence") for word in marked.words[max(0, way.first - 3) : way.first])


def _acts(marked: Marked, places: range, about: str) -> list[tuple[Mapping[str, str], tuple[int, int]]]:
    """The acts by their words: for each stretch the one that most words name."""
    small = {place for span in marked.of(c.SMALL) for place in span.places}
    free = [
        place for place in places if place not in small and (marked.person_at(place) is None or _role(marked, place))
    ]
    found = []
    for bag, used in marked.acts(free, c.ACT):
        item = marked.cues.acts[int(bag.name)]
        near = marked.cues.own.get(item.get("near", ""), ())
        if max(used) - min(used) <= _SPREAD and (not near or any(f" {one} " in about for one in near)):
            found.append((len(bag.stems), -min(used), set(used), item))
    kept: list[tuple[int, int, set[int], Mapping[str, str]]] = []
    for one in sorted(found, key=lambda one: (-one[0], -one[1])):
        if not any(one[2] & other[2] for other in kept):
            kept.append(one)
    kept.sort(key=lambda one: -one[1])
    found_acts = {one[3]["act"]: (one[3], (min(one[2]), max(one[2]))) for one in reversed(kept)}
    return list(reversed(found_acts.values()))


def _ends(marked: Marked, places: range, *kinds: str) -> tuple[int, int]:
    """The first and the last place of the spans of some kinds."""
    spans = marked.within(places, *kinds)
    gives = [place for _, used in marked.acts(places, v.GIVES) for place in used]
    firsts = [one.first for one in spans] + gives
    return (min(firsts, default=places.start), max([one.last for one in spans], default=places.start))


def _role(marked: Marked, place: int) -> bool:
    """Whether the name of people is that of a role that somebody may have."""
    person = marked.person_at(place)
    return person is not None and person.who.anyone


def _case(marked: Marked, act: str, about: str) -> dict[str, object]:
    """The facts that the paragraph states of an act."""
    return {
        item["fact"]: item["value"]
        for item in marked.cues.own["cases"]
        if item["act"] == act and any(f" {name} " in about for name in item["names"])
    }


def _medicine(marked: Marked, places: range) -> str:
    """The medicine that is named at these places; one by its surroundings where the name leaves it open."""
    data = marked.cues.asked
    for span in marked.within(places, v.MEDICINE, v.BY_CONTEXT):
        if marked.text_of(span.first, span.last) in marked.cues.own["broad"]:
            continue  # the law names some of them
        if span.kind == v.MEDICINE:
            return span.name
        item = data.own["medicines-by-context"][int(span.name)]
        text = f" {marked.text_of(0, len(marked.words) - 1)} "
        for medicine, near in item.items():
            if medicine not in ("names", "otherwise") and any(f" {word} " in text for word in near):
                return str(medicine)
        return str(item["otherwise"])
    return ""


def _given(marked: Marked, places: range, routes: tuple[str, ...], medicine: str) -> list[Deed]:
    """Giving a medicine, by the ways that are named."""
    book, own = marked.cues.book, marked.cues.asked.own
    kinds = {one.kind for one in marked.spans if one.kind in (v.INJECTION, v.NOT_INJECTION) and one.first in places}
    act = own["giving"]["by-another-route" if kinds == {v.NOT_INJECTION} else "parenteral"]
    known = [route for route in routes if route in book.data["acts"][act]["routes"]]
    if len(known) < len(routes):
        return []
    facts: dict[str, object] = {}
    for span in marked.of(v.FACT):
        item = own["facts"][int(span.name)]
        if "fact" in item:
            facts[item["fact"]] = item["value"] == "true" or item["value"]
    examined = longest(one for one in marked.of(v.EXAMINATION) if marked.person_at(one.first) is None)
    if examined and _needs_setting(marked, medicine):
        facts["in-connection-with"] = examined[0].name
    ends = _ends(marked, places, c.WAY, v.MEDICINE, v.BY_CONTEXT, c.MEDICINE_WORDS)
    return [Deed(act, tuple(known), medicine, facts, places=ends)]


def _needs_setting(marked: Marked, medicine: str) -> bool:
    data = marked.cues.book.items("medicines").get(medicine, {}).get("facts", {})
    return not medicine or data.get("medicine.radioactive") is False
