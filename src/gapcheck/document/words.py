"""The small words of every answer: lists, numbers, sentences, how direct a way is, cited law, and what an answer rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gapcheck.engine.sentences import DIRECTNESS, not_yet_seen

if TYPE_CHECKING:
    from gapcheck.engine.findings import CrossCheck
    from gapcheck.law.dated import Law, Provision
    from gapcheck.law.lawbook import Lawbook
    from gapcheck.law.recorded import Review

__all__ = ["DIRECTNESS"]
REMEDY = {
    "register": "registration",
    "amend": "amendment of the law",
    "arrange": "arrangement",
    "cannot": "cannot be opened",
}
VERIFIED = "verified-in-text"


def plain(text: str) -> str:
    """Text from a stranger without control characters and direction marks, on one line."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if char.isprintable() and not 0x2066 <= ord(char) <= 0x2069 else " " for char in text)


def listed(items: Iterable[str], last: str = "and") -> str:
    """A list in a sentence."""
    found = list(items)
    return f" {last} ".join(filter(None, (", ".join(found[:-1]), *found[-1:])))


def told_apart(items: Iterable[tuple[str, str]]) -> list[str]:
    """What things are called that have a title and an id: the title, with the id where two have the same."""
    found = [(plain(title), identity) for title, identity in items]
    titles = [title for title, _ in found]
    return [title if titles.count(title) == 1 else f"{title} ({identity})" for title, identity in found]


def number(count: int, noun: str, plural: str = "") -> str:
    """A number with its noun: 1 task, 2 tasks."""
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"


def capital(text: str) -> str:
    """Text that begins a sentence."""
    return text[:1].upper() + text[1:]


def inner(text: str) -> str:
    """Text that stands within a sentence: its first letter small, unless it begins an abbreviation or a name."""
    first = text.split(" ", 1)[0]
    return (
        text
        if len(first) > 1 and any(char.isupper() or char.isdigit() for char in first[1:])
        else text[:1].lower() + text[1:]
    )


def a(noun: str) -> str:
    """A noun with its article."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def spaced(identity: str) -> str:
    """An id of a few plain words, for who reads."""
    return identity.replace("-", " ").replace("_", " ")


_NAMED = ("professions", "registers", "medicines", "arrangements", "nations", "interpretations", "routes", "acts", "tasks", "facts",
          "scopes", "reforms")  # fmt: skip
_ID = re.compile(r"`?\b([a-z0-9]+(?:[-.][a-z0-9]+)*)\b`?")


def name_of(book: Lawbook, identity: str, kinds: Iterable[str] = _NAMED) -> str:
    """What a person calls a thing of the lawbook, as within a sentence; its id in plain words where it has no name."""
    for kind in kinds:
        item = book.items(kind).get(identity)
        if item is not None:
            name = (
                item
                if isinstance(item, str)
                else next((item[key] for key in ("title", "label", "says") if key in item), "")
            )
            if name:
                return inner(str(name)) if kind not in ("registers", "nations") else str(name)
    return spaced(identity)


def _facts_of_values(book: Lawbook) -> dict[str, str]:
    """The facts by their values of several words, which are ids too."""
    facts = book.data["facts"]
    return {value: name for name, about in facts.items() for value in about.get("values", ()) if "-" in value}


def value_name(book: Lawbook, fact: str, value: str) -> str:
    """What a person calls a value of a fact."""
    about: Mapping[str, Any] = book.data["facts"].get(fact, {})
    return str(about.get("named", {}).get(value, spaced(value)))


def fact_words(book: Lawbook, name: str, values: Sequence[Any]) -> str:
    """A fact with the values that it has, or has to have."""
    kind, _, identity = name.partition(".")
    arrangement = book.data["arrangements"].get(identity)
    about: Mapping[str, Any] = book.data["facts"].get(name, {})
    if arrangement and arrangement["kind"] == kind:
        return f"{kind} {'held' if True in values else 'not held'}: {arrangement['label']}"
    if set(values) <= {True, False}:
        return f"{'' if True in values else 'not: '}{about.get('says', name)}"
    return f"{about.get('says', name)}: {listed((value_name(book, name, str(value)) for value in values), 'or')}"


def said(book: Lawbook, text: str) -> str:
    """Text of the engine for who reads: ids in it by their names, without marks."""
    if "-" not in text and "`" not in text and "." not in text:
        return text

    def name(found: re.Match[str]) -> str:
        identity = found[1]
        if "-" not in identity and "." not in identity:
            return found[0].strip("`")
        if any(identity in book.items(kind) for kind in _NAMED):
            return name_of(book, identity)
        fact = book.made(_facts_of_values).get(identity)
        return value_name(book, fact, identity) if fact else found[0].strip("`")

    return _ID.sub(name, text).replace("`", "")


def sure(item: Provision) -> str:
    """How sure the lawbook is of a provision, and since when."""
    from gapcheck.law.dated import words

    text = spaced(item.confidence)
    if item.announced:
        text = f"{text}; {not_yet_seen(item.announced)}"
    return f"{text}, {words(item.checked)}" if item.checked else text


def place(law: Law) -> str:
    """Where and when a law holds."""
    from gapcheck.law.dated import words

    return f"{law.book.data['nations'][law.nation]}, {words(law.date)}"


def reading_line(law: Law, name: str) -> str:
    """What a disputed provision is read as here, and what else it may be read as, with who holds which."""
    item = law.book.data["interpretations"][name]
    readings = {one["id"]: one for one in item["readings"]}
    chosen = readings[law.readings[name]]
    others = "; ".join(
        f"{one['title']} (held by: {', '.join(one['held-by'])})" for one in readings.values() if one is not chosen
    )
    return f"{item['title']} Read here as: {chosen['title']} (held by: {', '.join(chosen['held-by'])}). Otherwise: {others}"


def turns(law: Law, names: Iterable[str]) -> list[str]:
    """What an answer turns on: each disputed provision with its readings."""
    return [reading_line(law, name) for name in names]


def footer(law: Law, second: CrossCheck | None = None) -> list[str]:
    """What is needed to reproduce an answer, which engines agreed on it, and what it does not say."""
    from gapcheck.law.dated import words

    lines = [
        f"Lawbook {law.book.version}, digest {law.book.digest[:16]}, law as at {words(law.date)} in {law.book.data['nations'][law.nation]}."
    ]
    lines += otherwise_than_law(law)
    if second and second.agrees:
        lines.append(f"Both engines agree on every act: gapcheck's own and {second.engine}.")
    lines.append(law.book.data["advice"])
    return lines


def otherwise_than_law(law: Law) -> list[str]:
    """What an answer rests on beside the law as the packaged lawbook has it: folders laid over it, another table of gaps,
    and reforms. No answer may leave it out."""
    lines = overlay_lines(law)
    if holder_of_table := law.book.data["gap"]["held-by"]:
        lines.append(f"Gaps in assurance by the table of {plain(holder_of_table)}, in place of the lawbook's own.")
    return lines + [f"With the reform: {law.book.data['reforms'][item]['title']} (not law)." for item in law.reforms]


def review_line(one: Review) -> str:
    """A sign-off in a line: who, when, until when, and what it comes to today."""
    from gapcheck.law.dated import words

    why = f": {plain(one.why)}" if one.why else ""
    now = {"signed": "right", "disputed": f"{one.verdict}{why}", "past": "past its date"}.get(
        one.state, "the words have changed since"
    )
    by = f", {plain(one.by)}" if one.by else ""
    until = f", until {words(one.until)}" if one.until else ""
    return f"{plain(one.role)}{by}, on {words(one.on)}{until}: {now}"


def vouched(law: Law, rules: Iterable[str], tasks: Iterable[str]) -> str:
    """How many of the rules and of the grades of harm that an answer rests on a reviewer has signed off, and who."""
    from gapcheck.law.recorded import SIGNED, reviews, standing

    data = law.book.data
    told, who = [], set()
    for one, many, names in (
        ("rule", "rules", [f"rules/{key}" for key in rules]),
        ("grade of harm", "grades of harm", [f"severities/{key}" for key in tasks]),
    ):
        signed = [name for name in names if standing(data, name, law.date) == SIGNED]
        told += [f"{len(signed)} of {number(len(names), one, many)}"] if names else []
        found = [review for name in signed for review in reviews(data, name, law.date) if review.state == SIGNED]
        who |= {", ".join(plain(part) for part in (review.role, review.by) if part) for review in found}
    return f"{listed(told)} by a reviewer{' (' + '; '.join(sorted(who)) + ')' if who else ''}" if told else ""


def overlay_lines(law: Law) -> list[str]:
    """Each folder laid over the lawbook: whose it is, and what of the lawbook it replaces."""
    lines = []
    for item in law.book.overlays:
        name = f"{item['title']} ({item['overlay']})" if "title" in item else item["overlay"]
        said = ", ".join([name, *(str(item[key]) for key in ("publisher", "version") if key in item)])
        replaced = f"; replaces {', '.join(item['replaces'])}" if item["replaces"] else ""
        added = f"adds {number(item['adds'], 'file')}"
        lines.append(f"Laid over the lawbook: {plain(said)}, digest {item['digest'][:16]} ({added}{replaced}).")
    return lines


def source_line(source: Mapping[str, Any]) -> str:
    """A published source in a few words: who, what, when."""
    who = source.get("publisher") or source.get("authors")
    return ", ".join(str(item) for item in (who, source.get("title"), source.get("year")) if item)


def reference_line(source: Mapping[str, Any]) -> str:
    """A published work in full, so that it can be found: authors, title, journal or body, year, address, and when it was seen."""
    place = " ".join(str(source[key]) for key in ("in", "details") if key in source)
    parts = [source.get("authors"), source["title"], place, source.get("publisher"), source.get("year")]
    address = f"https://doi.org/{source['doi']}" if "doi" in source else source.get("url", "")
    unseen = f"not seen; taken from {source.get('taken-from', 'the list of another work')}"
    seen = f"seen {source['seen']}" if "seen" in source else unseen
    return f"{'. '.join(str(part).rstrip('.') for part in parts if part)}. {f'{address} ' if address else ''}({seen})"
