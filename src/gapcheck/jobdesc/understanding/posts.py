"""The post: its title, band, employer, nation, scopes of practice, and the professional groups that its title names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from gapcheck.jobdesc.understanding.matcher import longest
from gapcheck.jobdesc.understanding.passage import Passage
from gapcheck.jobdesc.understanding.vocabulary import Vocabulary, plain
from gapcheck.jobdesc.understanding.words import tokens

_BEGINNING = 12  # blocks in which a title, an employer or a place is looked for
_FIELD = 3  # blocks in which a line that names only a field of work is taken for the title
_FIELD_WORDS = 8
_TITLE_WORDS = 16
_SHOWN = 4  # how often words must show a field that the title does not name
_FAR = 1_000_000
_ENOUGH, _SHARE = 2, 0.5  # how often, and in what share of the leading scope, words must show a scope
_NUMBER = re.compile(r"\s*(?:=|:|-)?\s*([1-9])\s?([a-d])?(?!\w|[.,]\d)", re.IGNORECASE)
_SECOND = re.compile(r"\s*(?:/|-|\u2013|or|to|and)\s*(?:band\s*)?([1-9])([a-d])?(?![\w,])(?!\.\d)", re.IGNORECASE)
_BETWEEN = re.compile(
    r"[\s(/,\u2013-]*(?:or|and|to)?[\s(]*"
)  # between two bands of one post: `Band 5 (Band 6 for ...)`
_POSTCODE = re.compile(r"\b(([A-Z]{1,2})[0-9][0-9A-Z]?)\s?[0-9][A-Z]{2}\b")
_SENTENCE = re.compile(r"(?<!\bSt)(?<!\bDr)\.\s+(?=[A-Z])")
_LABEL = re.compile(r"^\s*([A-Za-z ]{3,24}?)\s*[:\u2013\t|]\s*(\S.{1,140}?)\s*$", re.MULTILINE)

_PART = re.compile(r"\s*,\s*|\s+[-\u2013|]\s+")  # what parts a title from what follows it on a line
_NAMED = r"((?:[A-Z][\w'&-]*[ ]+(?:(?:of|and|the|for)[ ]+){0,2}){1,8}"
# Names that only an employer has, and words in which an employer's name may end and much else.
_FIRM = re.compile(
    _NAMED
    + r"(?:NHS[ ]+(?:Foundation[ ]+)?Trust|Health[ ]+(?:and[ ]+(?:Social[ ]+)?Care[ ]+)?(?:Board|Trust)|University[ ]+Hospitals?|"
    r"(?:Foundation|HSC|Hospitals?|Partnership|University|Teaching)[ ]+Trust|Hospitals?|Ltd|Limited|University))\b"
)
_LOOSE = re.compile(_NAMED + r"(?:Trust|Healthcare|Health|Group))\b")


# A line that is nothing but the name of a part of the health service, such as stands under a title.
_HEALTH_BOARD = re.compile(r"^[ \t]*NHS[ ]+[A-Z][a-z]+(?:[ ]+(?:and|&|[A-Z][a-z]+)){0,5}[ \t]*$", re.MULTILINE)
_EMPLOYER_WITHIN, _HEAD = 6000, 400  # characters in which an employer is looked for, and in which such a line is


class DescribedPost(NamedTuple):
    """What the text says of the post. `scopes`: of the post; `wide`: with those that it touches; `groups`: the professions
    that the title names, else those that work in the scope; `titled`: whether the title names them."""

    title: str
    employer: str
    employer_type: str
    nation: str
    place: str
    abroad: str
    band: str
    scopes: tuple[str, ...]
    wide: tuple[str, ...]
    groups: tuple[str, ...]
    titled: bool
    trainee: bool


def post_of(passage: Passage) -> DescribedPost:
    """Read the post from a document."""
    vocabulary = passage.vocabulary
    labels = _labels(passage)
    title = _title(passage, labels)
    named, scopes, persons = _of_title(vocabulary, title)
    named = _recruited(passage, named)
    office = _is_office(vocabulary, title)
    if office:
        named, scopes, persons = (), (), False
    counted = Counter[str]() if office else _counted(passage)
    leading = [
        scope for scope, count in counted.most_common() if count >= _ENOUGH and count >= _SHARE * max(counted.values())
    ]
    general = passage.vocabulary.data["posts"]["general-scopes"]
    elsewhere = bool(leading and scopes) and not (leading[0] in general and vocabulary.on_equipment(scopes))
    if elsewhere and len(scopes) == 1 and scopes[0] in general and counted[leading[0]] >= 2 * counted[scopes[0]] + 2:
        scopes = (leading[0], *scopes)  # the title is general, the text is not: a radiographer in radiotherapy
        named = tuple(passage.vocabulary.data["posts"]["particular"].get(leading[0], named))
    if named and not scopes:
        counted = Counter({key: count for key, count in counted.items() if _at_home(vocabulary, named, key, count)})
        leading = [scope for scope in leading if scope in counted]
    own = scopes or tuple(leading[:2]) or tuple(scope for scope, _ in counted.most_common(1))
    # a title that names its field leaves no room for others, nor does work on equipment
    beside = not scopes or (own[0] in general and not vocabulary.on_equipment(own))
    touched = [key for key, count in counted.items() if count >= max(3, counted[own[0]])] if beside and own else []
    wide = tuple(dict.fromkeys((*own, *touched)))
    shown = not title or bool(scopes) or bool(own and counted[own[0]] >= _SHOWN)
    groups = named or tuple(vocabulary.data["posts"]["scope-groups"].get(own[0], ()) if own and shown else ())
    employer = passage.document.posting.get("organisation", "") or labels.get("employer", "") or _employer(passage)
    nation, place, abroad = _place(passage, labels, employer)
    return DescribedPost(
        title=title,
        employer=employer,
        employer_type=_employer_type(passage, employer),
        nation=nation,
        place=place,
        abroad=abroad,
        band=_band(passage, title, labels),
        scopes=own,
        wide=wide,
        groups=groups,
        titled=persons,
        trainee=bool(set(plain(title).split()) & set(vocabulary.data["posts"]["trainees"])),
    )


def _at_home(vocabulary: Vocabulary, named: tuple[str, ...], scope: str, count: int) -> bool:
    """Whether a field that a text shows may be that of a title that names none: for a regulated profession that does not
    work in it (a psychologist) much has to show it."""
    home = vocabulary.data["posts"]["scope-groups"].get(scope, ())
    return count >= _SHOWN or not all(vocabulary.statutory.get(group) and group not in home for group in named)


def _labels(passage: Passage) -> dict[str, str]:
    """What lines of the form `Job title: ...` say: title, employer, location."""
    known = {
        plain(word): kind
        for kind in ("title", "employer", "location")
        for word in passage.vocabulary.data["places"][f"{kind}-line"]
    }
    found: dict[str, str] = {}
    for match in _LABEL.finditer(passage.document.text[:4000]):
        value, *others = match[2].split(" | ")
        pairs = [(match[1], value), *(label.groups() for label in map(_LABEL.match, others) if label)]
        for name, said in pairs:  # `Employer: ... | Band 6 | Location: ...`
            kind = known.get(plain(name))
            if kind:
                found.setdefault(kind, said)
    for earlier, later in zip(passage.document.blocks[:30], passage.document.blocks[1:31], strict=False):
        if earlier.kind == "cell" and later.kind == "cell":
            kind = known.get(plain(passage.document.words(earlier)))
            if kind:
                found.setdefault(kind, passage.document.words(later)[:140])
    return found


def _title(passage: Passage, labels: dict[str, str]) -> str:
    stated = passage.document.posting.get("title", "") or labels.get("title", "")
    if stated:
        return _without_employer(passage.vocabulary, " ".join(stated.split()))
    vocabulary = passage.vocabulary
    line, field, running = (_FAR, ""), (_FAR, ""), (_FAR, "")
    for index, block in enumerate(passage.document.blocks):
        text = passage.document.words(block)
        found = None if _of_somebody_else(vocabulary, text.split("\n")[0]) else _persons(vocabulary, text)
        first = _SENTENCE.split(text.split("\n")[0])[0]
        short = (
            block.kind != "bullet" and len(first.split()) <= _TITLE_WORDS and not first.rstrip().endswith((".", ","))
        )
        short = (
            short
            and not _of_somebody_else(vocabulary, first)
            and "cue" not in {kind for kind, name in _kinds(vocabulary, first) if name == "recruiting"}
            and not (first.strip() != text.split("\n")[0].strip() and _said(vocabulary, first))
        )
        if short and index < _BEGINNING and line[0] == _FAR and _persons(vocabulary, first):
            line = index, " ".join(first.split())
        elif (
            short
            and index < _FIELD
            and len(first.split()) <= _FIELD_WORDS
            and field[0] == _FAR
            and _of_title(vocabulary, first)[0]
        ):
            field = index, " ".join(first.split())
        elif short and index == 0 and line[0] == _FAR and _called(vocabulary, first):
            line = index, " ".join(first.split())
        if found and running[0] == _FAR:
            running = index, _grown(vocabulary, text, *found)
        if running[0] < _FAR and index >= _BEGINNING:
            break
    if line[0] <= running[0] + 2 and line[0] < _FAR:
        return _without_employer(vocabulary, line[1])
    return _without_employer(vocabulary, field[1] or running[1] or line[1])


def _without_employer(vocabulary: Vocabulary, title: str) -> str:
    """A title without the employer, and the place, that stand after it on the same line."""
    for match in _PART.finditer(title):
        part = _PART.split(title[match.end() :])[0]
        if match.start() and (_FIRM.search(part) or _marks_of(vocabulary, part, "employer")):
            return title[: match.start()]
    return title


def _of_somebody_else(vocabulary: Vocabulary, line: str) -> bool:
    """Whether a line names a contact or a superior, whose title is not that of the post."""
    words = f" {plain(line)} "
    return "@" in line or any(f" {phrase} " in words for phrase in vocabulary.data["places"]["not-title"])


def _said(vocabulary: Vocabulary, text: str) -> bool:
    """Whether what opens a line says something, with somebody who does it and a verb, and is no title."""
    kinds = {kind for kind, _ in _kinds(vocabulary, text)}
    return {"subject", "verb"} <= kinds or ("cue", "duty") in _kinds(vocabulary, text)


def _called(vocabulary: Vocabulary, text: str) -> bool:
    """Whether a short line says what somebody is called, although no title is known in it."""
    posts = vocabulary.data["posts"]
    words = set(plain(text).split())
    return len(words) <= _FIELD_WORDS and bool(words & {*posts["persons"], *posts["office"]})


def _persons(vocabulary: Vocabulary, text: str) -> tuple[int, int] | None:
    """Where the first title that names a person stands in a text, by its first and last word."""
    words = [item.text for item in tokens(text)]
    found = vocabulary.titles.find([vocabulary.words.plain(word.lower()) for word in words], words)
    persons = set(vocabulary.data["posts"]["persons"])
    named = [item for item in found if any(words[index].lower() in persons for index in item.words)]
    if not named:
        return None
    first = min(named, key=lambda item: (item.first, -len(item.words)))
    return first.first, first.last


def _grown(vocabulary: Vocabulary, text: str, first: int, last: int) -> str:
    """A title in running text, with the words before it that belong to it."""
    found = list(tokens(text))
    before = set(vocabulary.data["posts"]["title-words"])
    while first > 0 and (found[first - 1].text.lower() in before or found[first - 1].text.isdigit()):
        first -= 1
    end = found[last].end
    if "(" in text[found[first].start : end] and text[end : end + 1] == ")":
        end += 1
    return " ".join(text[found[first].start : end].split())


def _of_title(vocabulary: Vocabulary, title: str) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """The groups and scopes that a title names, and whether it names a person."""
    words = [item.text for item in tokens(title)]
    found = vocabulary.titles.find([vocabulary.words.plain(word.lower()) for word in words], words)
    kept: list[Any] = []
    for item in sorted(found, key=lambda one: (-len(one.words), one.first)):
        if not any(set(item.words) & set(other.words) for other in kept):
            kept.append(item)
    entries, persons = vocabulary.data["posts"]["titles"], set(vocabulary.data["posts"]["persons"])
    named = [item for item in kept if any(words[index].lower() in persons for index in item.words)]
    fields = [item for item in kept if item not in named]
    general = frozenset(vocabulary.data["posts"]["general-persons"])
    telling = [item for item in named if not all(words[index].lower() in general for index in item.words)]
    named = telling or named
    groups = [group for item in named or fields for group in entries[item.label]["groups"]]
    first = [scope for item in named for scope in entries[item.label]["scopes"]]
    then = [scope for item in fields for scope in entries[item.label]["scopes"]]
    fields_first = first and first[0] in vocabulary.data["posts"]["general-scopes"]
    scopes = [*then, *first] if fields_first else [*first, *then]
    scopes = _together(vocabulary, scopes)
    groups = _particular(vocabulary, title, groups, scopes)
    return tuple(dict.fromkeys(groups)), tuple(dict.fromkeys(scopes)), bool(named)


def _together(vocabulary: Vocabulary, scopes: list[str]) -> list[str]:
    """The scopes of a title, where two of them make a third: an engineer in radiotherapy."""
    for first, others in vocabulary.data["posts"]["together"].items():
        made = [others[scope] for scope in scopes if scope in others]
        if first in scopes and made:
            return [*made, *(scope for scope in scopes if scope not in others and scope != first)]
    return scopes


def _particular(vocabulary: Vocabulary, title: str, groups: list[str], scopes: list[str]) -> list[str]:
    """The groups of a title, where a further word of it says more: a radiographer in radiotherapy, an assistant."""
    posts = vocabulary.data["posts"]
    meant = posts["particular"].get(scopes[0], ()) if scopes else ()
    if meant and scopes[-1] in posts["general-scopes"]:
        groups = list(meant)
    padded = f" {plain(title)} "
    alone = "/" not in title and " or " not in padded
    if alone and any(f" {word} " in padded for word in posts["support"]):
        groups = [posts["support-group"] if group in vocabulary.statutory else group for group in groups]
    return groups


def _is_office(vocabulary: Vocabulary, title: str) -> bool:
    """Whether a title is that of an office, of supplies or of buildings, with no word of somebody clinical."""
    posts = vocabulary.data["posts"]
    padded = f" {plain(title)} "
    if set(padded.split()) & set(posts["clinical-persons"]):
        return any(f" {word} " in padded for word in posts["office-always"])
    return any(f" {word} " in padded for word in posts["office"])


def _recruited(passage: Passage, named: tuple[str, ...]) -> tuple[str, ...]:
    """Of several groups that hold posts of a title those whom the text says that it looks for, where it says so."""
    if len(named) < 2:
        return named
    wanted = {
        mark.label.name
        for sentence in passage.sentences
        if passage.marked(sentence, "cue", "recruiting")
        for mark in longest(passage.marked(sentence, "group"))
    }
    return tuple(group for group in named if group in wanted) or named


def _counted(passage: Passage) -> Counter[str]:
    counted: Counter[str] = Counter()
    for found in passage.marks.values():
        for item in found:
            if item.label.kind == "scope":
                counted[item.label.name] += 1
    return counted


def _band(passage: Passage, title: str, labels: dict[str, str]) -> str:
    """The band, or bands joined by a stroke; of the title first, then of the text from its beginning."""
    words = "|".join(sorted(map(re.escape, passage.vocabulary.data["posts"]["bands"]), key=len, reverse=True))
    pattern = re.compile(rf"\b(?:{words})(?:s)?\b{_NUMBER.pattern}", re.IGNORECASE)
    tight = re.compile(rf"\b(?:{words}){_NUMBER.pattern}", re.IGNORECASE)
    salary = passage.document.posting.get("salary", "")
    for text in (title, salary):
        stated = (*pattern.finditer(text), *tight.finditer(text))
        found = [band for match in stated for band in (_band_of(match), *_second(text, match))]
        if found:
            return "/".join(list(dict.fromkeys(found))[:2])
    text = passage.document.text[:6000]
    matches = (*pattern.finditer(text), *tight.finditer(text))
    own = [match for match in matches if not _of_others(passage, text, match)]
    said = [match for match in own if _post_is(passage, text, match)]
    found = [_band_of(match) for match in (*said, *own[:1])]
    found += [following for match in own[:1] for following in _second(text, match)]
    found += [_band_of(match) for match in own[1:2] if _BETWEEN.fullmatch(text, own[0].end(), match.start())]
    return "/".join(sorted(list(dict.fromkeys(found))[:2]))


def _band_of(match: re.Match[str]) -> str:
    return match[1] + (match[2] or "").lower()


def _around(text: str, match: re.Match[str]) -> tuple[str, str]:
    """What stands before and after a match in its sentence, in plain words."""
    before = re.split(r"[.!?;\n]", text[max(0, match.start() - 120) : match.start()])[-1]
    return plain(before), plain(re.split(r"[.!?;\n]", text[match.end() : match.end() + 60])[0])


def _of_others(passage: Passage, text: str, match: re.Match[str]) -> bool:
    """Whether a band is that of colleagues, of a contact or of a course, and not that of the post."""
    posts = passage.vocabulary.data["posts"]
    before, after = (f" {part} " for part in _around(text, match))
    return any(f" {word} " in before for word in posts["band-of-others"]) or any(
        f" {word} " in " ".join(after.split()[:4]).join("  ") for word in posts["band-of-others-after"]
    )


def _post_is(passage: Passage, text: str, match: re.Match[str]) -> bool:
    before = _around(text, match)[0]
    return any(before.endswith(words) for words in passage.vocabulary.data["posts"]["band-of-the-post"])


def _second(text: str, match: re.Match[str]) -> list[str]:
    """The second of two bands: `Band 5/6`, `Band 5 or 6`."""
    found = _SECOND.match(text, match.end())
    return [found[1] + (found[2] or "").lower()] if found else []


def _employer(passage: Passage) -> str:
    """The employer as the text names it: a run of capitalised words that holds a name of a kind of employer."""
    vocabulary, text = passage.vocabulary, passage.document.text[:_EMPLOYER_WITHIN]
    line = _HEALTH_BOARD.search(text[:_HEAD])
    firm = next((match for match in _FIRM.finditer(text) if not _with_contact(vocabulary, text, match)), None)
    if line and (firm is None or line.start() < firm.start()):
        return " ".join(line[0].split())
    if firm:
        return " ".join(firm[1].split())
    loose = vocabulary.data["places"]["no-employers"]
    for match in _LOOSE.finditer(text):
        words = f" {plain(match[1])}"
        studied = match[1].split()[0] in vocabulary.data["places"]["no-employers-first"]  # `BSc Healthcare`
        if (
            not studied
            and not any(words.endswith(f" {phrase}") for phrase in loose)
            and not _with_contact(vocabulary, text, match)
        ):
            return " ".join(match[1].split())
    named = re.search(r"\bNHS[ ]+(?:[A-Z][a-z]+[ ]?(?:and[ ]|&[ ])?){1,4}", text)
    return " ".join(named[0].split()) if named else ""


def _with_contact(vocabulary: Vocabulary, text: str, match: re.Match[str]) -> bool:
    """Whether a name stands in what is said of a contact or a superior."""
    return _of_somebody_else(
        vocabulary, re.split(r"[!?;\n]|\.\s", text[max(0, match.start() - 200) : match.start()])[-1]
    )


def _employer_type(passage: Passage, employer: str) -> str:
    found = _marks_of(passage.vocabulary, employer, "employer") or [
        item.label.name for marks in passage.marks.values() for item in marks if item.label.kind == "employer"
    ]
    for kind in ("nhs", "university", "independent"):
        if kind in _marks_of(passage.vocabulary, employer, "employer"):
            return kind
    return Counter(found).most_common(1)[0][0] if found else ""


def _kinds(vocabulary: Vocabulary, text: str) -> list[tuple[str, str]]:
    words = [item.text for item in tokens(text)]
    found = vocabulary.marks.find([vocabulary.words.plain(word.lower()) for word in words], words)
    return [(item.label.kind, item.label.name) for item in found]


def _marks_of(vocabulary: Vocabulary, text: str, kind: str) -> list[str]:
    return [name for found, name in _kinds(vocabulary, text) if found == kind]


def _place(passage: Passage, labels: dict[str, str], employer: str) -> tuple[str, str, str]:
    """The nation, what it rests on, and the place abroad where the post is there."""
    posting = passage.document.posting
    for text in (posting.get("place", ""), labels.get("location", ""), posting.get("country", ""), employer):
        found = _nation_of(passage.vocabulary, text)
        if found != ("", ""):
            return found[0], " ".join(text.split()), found[1]
    title = _nation_of(passage.vocabulary, _first_lines(passage))
    if title != ("", ""):
        return title[0], "the beginning of the text", title[1]
    said = _from_text(passage)
    if said[0] or said[2]:
        return said
    return _marks_first(passage.vocabulary, employer, "nation-by-employer"), employer, ""


def _marks_first(vocabulary: Vocabulary, text: str, kind: str) -> str:
    return next(iter(_marks_of(vocabulary, text, kind)), "")


def _first_lines(passage: Passage) -> str:
    return " ".join(passage.document.words(block) for block in passage.document.blocks[:3])[:400]


def _nation_of(vocabulary: Vocabulary, text: str) -> tuple[str, str]:
    """The nation, or the place abroad, that a short text names; its postcode counts first."""
    if not text:
        return "", ""
    data = vocabulary.data["places"]
    for match in _POSTCODE.finditer(text):
        if match[2] in data["crown-postcodes"]:
            return "", data["crown-postcodes"][match[2]]
        return _of_postcode(data, match) or data["otherwise"], ""
    words = [item.text for item in tokens(text)]
    found = vocabulary.marks.find([vocabulary.words.plain(word.lower()) for word in words], words)
    abroad = [item for item in found if item.label.kind == "abroad"]
    spared = [item for item in found if item.label.kind in ("not-abroad", "nation")]
    idle = {word for item in found if item.label.name == "no-nation" for word in item.words}
    nations = [item for item in found if item.label.kind == "nation" and not idle.intersection(item.words)]
    left = [item for item in abroad if not any(set(item.words) & set(other.words) for other in spared)]
    if left and not nations:
        return "", left[0].label.name
    return _most(nations, alone=True), ""


def _of_postcode(data: Mapping[str, Any], match: re.Match[str]) -> str:
    """The nation of a postcode other than England, or of a district that is named; "" for any other."""
    area = next((nation for nation, areas in data["postcodes"].items() if match[2] in areas), "")
    return str(data["districts"].get(match[1], area))


def _from_text(passage: Passage) -> tuple[str, str, str]:
    """The nation from the whole text: what is named most, and only as the place of the post."""
    data = passage.vocabulary.data["places"]
    for match in _POSTCODE.finditer(passage.document.text):
        if match[2] in data["crown-postcodes"]:
            return "", match[0], data["crown-postcodes"][match[2]]
        area = _of_postcode(data, match)
        if area:
            return area, match[0], ""
    nations, abroad = [], []
    for sentence in passage.sentences:
        if _of_somebody_else(passage.vocabulary, passage.quote(sentence.first, sentence.last)):
            continue  # where a contact or a superior works
        marks = passage.marks.get(sentence.number, ())
        about = [item for item in marks if item.label.kind == "place-about"]
        spared = [item for item in marks if item.label.kind == "not-abroad"]
        for item in marks:
            if item.label.kind not in ("nation", "abroad") or any(set(item.words) & set(one.words) for one in spared):
                continue
            if any(
                one.label.name == "not-here" and (0 < item.first - one.last <= 2 or 0 < one.first - item.last <= 2)
                for one in about
            ):
                continue
            if any(one.label.name == "no-nation" and set(one.words) & set(item.words) for one in about):
                continue
            if item.label.kind == "nation":
                nations.append(item)
            elif any(one.label.name == "abroad-context" and 0 < item.first - one.last <= 3 for one in about):
                abroad.append(item)
    if abroad and len(abroad) >= len(nations):
        return "", passage.quote(abroad[0].first, abroad[0].last), abroad[0].label.name
    nation = _most(nations, alone=True)
    quoted = next((item for item in nations if item.label.name == nation), None)
    return nation, passage.quote(quoted.first, quoted.last) if quoted else "", ""


def _most(found: Iterable[Any], *, alone: bool = False) -> str:
    """The nation named most; `alone`: none where another is named as often (`England, Scotland and Wales`)."""
    counted = Counter(item.label.name for item in found for _ in item.words)
    (first, most), *others = counted.most_common() or [("", 0)]
    return "" if alone and others and others[0][1] == most else first
