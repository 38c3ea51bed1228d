"""The sentences of a comparison, put together from the lawbook's own words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from gapcheck.diff.cases import MEDICINE, OTHER
from gapcheck.diff.causes import Cause
from gapcheck.diff.compare import DIRECTNESS, GAIN, LOSE, NEEDS, NEWLY, NO_LONGER, OVERSEAS, REGISTERED, Comparison, Who
from gapcheck.diff.group import ActChange, GroupedChange
from gapcheck.diff.rules import Needs
from gapcheck.document import words as small
from gapcheck.document.words import capital, fact_words, inner, listed
from gapcheck.engine.person import ACCREDITED
from gapcheck.engine.sentences import title
from gapcheck.law.dated import Law, Provision

HEADINGS = {
    GAIN: "Gained",
    LOSE: "Lost",
    DIRECTNESS: "More or less direct",
    NEEDS: "What must be in place",
}
_LEVELS = {1: "individual", 2: "standing", 3: "own-authority"}
FEW = 6


def places(comparisons: Sequence[Comparison], nations: Collection[str]) -> str:
    """Where something holds; nothing where it holds in every nation that was compared."""
    names = comparisons[0].after.book.data["nations"]
    return "" if len(set(nations)) == len(comparisons) else f"in {listed(str(names[nation]) for nation in nations)}"


def people(entry: GroupedChange, comparisons: Sequence[Comparison]) -> str:
    """Whom an entry concerns, in words: those of most nations first, then those of fewer."""
    parts = []
    for nations, who in entry.groups:
        comparison = next(item for item in comparisons if item.after.nation in nations)
        parts.append(f"{places(comparisons, nations)} {people_words(comparison, who)}".strip())
    return ", and ".join(parts)


def people_words(comparison: Comparison, chosen: Collection[Who]) -> str:
    who = frozenset(chosen)
    data = {**comparison.before.book.data["professions"], **comparison.after.book.data["professions"]}
    if who == comparison.everyone:
        return "everyone, registered or not,"
    registered = {one for one in comparison.everyone if one.standing == REGISTERED}
    for whole, name in ((comparison.everyone, "everyone"), (registered, "registered members of every profession")):
        left = {one.profession for one in whole - who}
        if who <= whole and len(left) <= FEW // 2 and len(who) > FEW:
            but = listed(str(data[key]["plural"]) for key in data if key in left)
            return f"{name} but {but}" if but else name
    labels: list[str] = []
    for key in data:
        group, every = ({one for one in some if one.profession == key} for some in (who, comparison.everyone))
        if group:
            labels += _group(comparison.after, key, group, every)
    return listed(labels)


def _group(law: Law, profession: str, who: set[Who], whole: set[Who]) -> Iterator[str]:
    plural, registers = str(law.book.data["professions"][profession]["plural"]), law.book.data["registers"]
    standings = {item.standing for item in who}
    if REGISTERED in standings or standings == {item.standing for item in whole}:
        yield plural
    elif NEWLY in standings:
        names = listed((registers[key]["title"] for key in law.registers_of(profession)), "or")
        yield f"{plural} who register with the {names}"
    elif NO_LONGER in standings:
        yield f"{plural} who were registered"
    elif standings - {OVERSEAS}:
        yield f"{plural} on an accredited register" if standings == {ACCREDITED} else f"{plural} on no register"
    if REGISTERED not in standings:
        yield from (
            f"{plural} registered with the {registers[item.register]['title']}"
            for item in who
            if item.standing == OVERSEAS
        )


def headline(entry: GroupedChange, comparisons: Sequence[Comparison]) -> str:
    """The change in one sentence."""
    law = comparisons[0].after if entry.route in comparisons[0].after.book.data["routes"] else comparisons[0].before
    who = people(entry, comparisons)
    way = f"{title(law, entry.route)}, to {listed(dict.fromkeys(act_title(law, act.act) for act in entry.acts))}"
    if entry.kind in (GAIN, LOSE):
        how = (
            "this way"
            if not entry.wider
            else "this way in more cases"
            if entry.kind == GAIN
            else "this way in some cases"
        )
        return f"{capital(who)} {entry.kind}{'s' if entry.everyone else ''} {how}: {way}."
    who = capital(who.rstrip(","))
    if entry.kind == NEEDS:
        return f"{who}: other arrangements must be in place for this way: {way}."
    before, after = entry.acts[0].levels
    return f"{who}: this way becomes {'more' if after > before else 'less'} direct: {way}."


def act_title(law: Law, act: str) -> str:
    """The title of an act, as it stands within a sentence."""
    return inner(str(law.book.data["acts"][act]["title"]))


def details(entry: GroupedChange, comparisons: Sequence[Comparison]) -> Iterator[tuple[str, str]]:
    """Lines under the headline, each with a label: the cases, what must be in place, other ways. What holds for all the acts
    comes first, then what is particular to one."""
    listed = [item for item in comparisons if item.after.nation in entry.nations]
    lines = {act.act: list(_of_act(entry, listed[0], act)) for act in entry.acts}
    common = [line for line in lines[entry.acts[0].act] if all(line in others for others in lines.values())]
    yield from ((label, f"{text}.") for label, text in common)
    for act, own in lines.items():
        rest = [f"{label[0].lower()}{label[1:]} {text}" for label, text in own if (label, text) not in common]
        if rest:
            yield f"To {act_title(listed[0].after, act)}:", f"{'; '.join(rest)}."


def because(found: Sequence[Cause]) -> Iterator[tuple[str, str]]:
    """Why the change comes about: each cause, and how the lawbook reads it, said once."""
    told: set[str] = set()
    for cause in found:
        reading = "" if cause.reading in told else f" {cause.reading}"
        told.add(cause.reading)
        yield "Because:", f"{cause.says}{reading}"


def law_of(found: Sequence[Cause]) -> tuple[Provision, ...]:
    """The provisions that causes rest on."""
    return tuple({item.id: item for cause in found for item in cause.law[:FEW]}.values())


def _of_act(entry: GroupedChange, comparison: Comparison, act: ActChange) -> Iterator[tuple[str, str]]:
    law = comparison.before if entry.kind == LOSE else comparison.after
    if act.where:
        yield "In these cases:", "; ".join(fact_words(law.book, name, values) for name, values in act.where)
    if act.medicines is not None:
        yield from _medicines(law, act.medicines)
    if entry.wider or entry.kind in (NEEDS, DIRECTNESS):
        yield from _each(law, act)
    if entry.kind in (NEEDS, DIRECTNESS):
        before, after = (
            [small.DIRECTNESS[_LEVELS[level]] for level in act.levels]
            if entry.kind == DIRECTNESS
            else [needs_words(law, needs) or "nothing" for needs in act.needs]
        )
        yield "Before:", before
        yield "Now:", after
        return
    if entry.kind == GAIN and needs_words(law, act.needs[1]):
        yield "Must be in place:", needs_words(law, act.needs[1])
    ways = [title(law, route) for route in sorted(act.instead - {""})]
    if len(ways) <= 1 or not entry.everyone:
        none = ["none"] if "" in act.instead else []
        yield "Best other way before:" if entry.kind == GAIN else "Best other way left:", listed([*ways, *none], "or")


def _each(law: Law, act: ActChange) -> Iterator[tuple[str, str]]:
    """The cases apart, where they are few and what they have in common does not tell which they are."""
    common = {name for name, _ in act.where}
    apart = dict.fromkeys(
        "; ".join(
            fact_words(law.book, name, values) for name, values in case if name not in common and name != MEDICINE
        )
        for _, cases in act.cases
        for case in cases
    )
    if 1 < len(apart) <= FEW // 2 and "" not in apart:
        label = "And one of these:" if act.where or act.medicines is not None else "In one of these cases:"
        yield label, listed((f"({item})" for item in apart), "or")


def _medicines(law: Law, found: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    known = law.book.data["medicines"]
    missing = [key for key in known if key not in found]
    named = [key for key in found if key in known]
    if OTHER in found and len(missing) <= len(named):
        if missing:
            yield "Not for:", listed(str(known[key]["label"]) for key in missing)
        return
    more = " and others of the kind" if OTHER in found else ""
    yield "For:", listed(str(known[key]["label"]) for key in named) + more if named else "medicines of the kind"


def needs_words(law: Law, needs: Needs) -> str:
    """What must be in place: what all the sets share, and what only some ask for."""
    if not needs:
        return ""
    common = frozenset.intersection(*needs)
    rest = sorted((item - common for item in needs), key=lambda item: (len(item), sorted(item)))
    sure = _labels(law, common)
    more = [_labels(law, item) for item in rest if item]
    if not more:
        return sure
    choice = listed(more, "or")
    return (
        f"{sure}{', and ' if sure else ''}in some cases {choice}"
        if not rest[0]
        else f"{sure}{', and ' if sure else ''}{choice}"
    )


def _labels(law: Law, names: Iterable[str]) -> str:
    return listed(str(law.book.data["arrangements"][name.partition(".")[2]]["label"]) for name in sorted(names))
