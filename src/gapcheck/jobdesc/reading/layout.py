"""Plain text into its parts: which lines belong together, what is a bullet, what a heading.

Lines are joined where a line was broken because it was full, and kept apart where it was broken on purpose: where the first
word of the next line would have had room.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gapcheck.jobdesc.reading.blank import BLANKS
from gapcheck.jobdesc.reading.weight import FLAT, INLINE, bare_weight

_B = f"[{BLANKS}]"
_LINE = re.compile(r"([^\r\n]*)(?:\r\n?|\n|$)")
_MARK = r"[•·▪▫◦●○■□◆◇‣⁃∙➢➤►▶✓✔✗»§\uf0b7\uf0a7\uf0d8\uf076\uf0fc–—\-*+]"
_BULLET = re.compile(
    rf"(?:>|{_B})*(?:{_MARK}{{1,2}}(?:{_B}+|(?<=[•·▪●○■➢\uf0b7])(?=\S))|o{_B}+(?=[A-Z])|\(?(?:\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}|[a-z]|[ivx]{{1,4}})[.)]{_B}+|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}{_B}+)(?=\S)"
)
_LONE_MARK = re.compile(rf"{_B}*(?:{_MARK}|o|\(?(?:\d{{1,2}}|[a-z])[.)]){_B}*$")
_HASHES = re.compile(r"[ \t]*(#{1,6})[ \t]+(?=\S)")
_RULE = re.compile(r"[ \t]*(?:[-=_*~][ \t]?){3,}$")
_FIELD = re.compile(r"[A-Z][\w'’()&/ ]{1,38}:(?:[ \t\u00a0]|$)")
_OPEN_END = re.compile(r"\b(?:a|an|and|as|at|by|for|from|in|is|of|on|or|our|the|to|under|with|your)$")
OWN_SENTENCE = re.compile(r"(?:You|We|Our|The post[- ]?holder|The successful|Applicants|Candidates)\b")
_STRONG = re.compile(r"(\*\*|__)(?P<in>[^*_]+)\1:?$")
_HEADING_WORDS = re.compile(
    r"\b(duties|responsibilit(?:y|ies)|requirements?|qualifications?|experience|specification|skills|knowledge|roles?|about|"
    r"purpose|summary|benefits|criteria|overview|education|attributes|dimensions|accountab\w+|relationships|environment|"
    r"disposition|background|essential|desirable|salary|apply|offer|job|post|person|department|you|we|us|our|your|team|"
    r"training|effort|circumstances|governance|research|management|leadership|communication|identification|position|scope)\b",
    re.I,
)


class TextPart(NamedTuple):
    """A part of a text: where it stands, its kind (paragraph, bullet, heading) and, of a heading, its level."""

    start: int
    end: int
    kind: str
    level: int = 0


class _TextLine(NamedTuple):
    start: int  # of what it says, without its mark
    end: int
    kind: str  # blank, rule, mark (a bullet's alone), bullet, heading, text
    level: int
    width: int


def parts_of(text: str, start: int, end: int, flat_headings: bool = True) -> Iterator[TextPart]:
    """The parts of a slice of text, in order. `flat_headings`: also headings that only their words and place make one."""
    lines = _lines(text, start, end)
    width = _width(lines)
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.kind in ("blank", "rule", "mark"):
            at += 1
            continue
        if line.kind == "heading" or (
            flat_headings and line.kind in ("text", "bullet") and _is_heading(text, lines, at, line, width)
        ):
            yield TextPart(line.start, line.end, "heading", line.level or _level(text[line.start : line.end]))
            at += 1
            continue
        last = at
        while last + 1 < len(lines) and _goes_on(text, lines[last], lines[last + 1], width):
            last += 1
        kind = "bullet" if line.kind == "bullet" or (at and lines[at - 1].kind == "mark") else "paragraph"
        yield TextPart(line.start, lines[last].end, kind)
        at = last + 1


def _lines(text: str, start: int, end: int) -> list[_TextLine]:
    found: list[_TextLine] = []
    at = start
    while at < end:
        match = _LINE.match(text, at, end)
        if match is None or match.end() == at:
            break
        found.append(_line(text, at, match.end(1)))
        at = match.end()
    for index, line in enumerate(found):  # a line underlined with === or --- is a heading
        below = found[index + 1] if index + 1 < len(found) else None
        above = found[index - 1] if index else None
        if (
            line.kind == "text"
            and below is not None
            and below.kind == "rule"
            and line.end - line.start <= 80
            and (above is None or above.kind in ("blank", "rule", "heading"))
        ):
            found[index] = line._replace(kind="heading", level=1 if "=" in text[below.start : below.end] else 2)
    return found


def _line(text: str, start: int, end: int) -> _TextLine:
    raw = text[start:end]
    width = len(raw.rstrip())
    if not raw.strip(BLANKS):
        return _TextLine(start, start, "blank", 0, 0)
    if _RULE.match(raw):
        return _TextLine(start, end, "rule", 0, width)
    if _LONE_MARK.match(raw):
        return _TextLine(start, end, "mark", 0, width)
    hashes = _HASHES.match(raw)
    if hashes and raw[hashes.end() :].strip(BLANKS):
        return _TextLine(*_trim(text, start + hashes.end(), end), "heading", len(hashes[1]), width)
    strong = _STRONG.match(raw.strip(BLANKS))
    if strong and len(raw) <= 90:
        return _TextLine(*_trim(text, start, end, BLANKS + "*_"), "heading", 7, width)
    bullet = _BULLET.match(raw)
    if bullet and raw[bullet.end() :].strip(BLANKS):
        return _TextLine(*_trim(text, start + bullet.end(), end), "bullet", 0, width)
    return _TextLine(*_trim(text, start, end), "text", 0, width)


def _trim(text: str, start: int, end: int, off: str = BLANKS) -> tuple[int, int]:
    while start < end and text[start] in off:
        start += 1
    while end > start and text[end - 1] in off:
        end -= 1
    return start, end


def _width(lines: list[_TextLine]) -> int:
    """The width at which the lines are broken; 0 where they are not."""
    widths = sorted(line.width for line in lines if line.kind in ("text", "bullet"))
    if not widths:
        return 0
    wide = widths[len(widths) * 9 // 10] if len(widths) > 4 else widths[-1]
    return wide if 30 <= wide <= 130 else 0


def _goes_on(text: str, line: _TextLine, after: _TextLine, width: int) -> bool:
    """Whether the line after belongs to the same paragraph."""
    if after.kind != "text":
        return False
    words = text[after.start : after.end]
    if bare_weight(words) or _FIELD.match(words):
        return False
    if words[0].islower() or text[line.end - 1] in ",(&/" or _OPEN_END.search(text, line.start, line.end):
        return True
    if OWN_SENTENCE.match(words) and text[line.end - 1] not in ".;:!?":
        return False  # a sentence of its own, under a line that says who and where
    first = words.split(None, 1)[0]  # a line that is not blank has a word
    return bool(width) and line.width + 1 + len(first) > width * 0.88


def _is_heading(text: str, lines: list[_TextLine], at: int, line: _TextLine, width: int) -> bool:
    words = text[line.start : line.end]
    if len(words) > 80 or words[-1] in ".,;?!" or len(words.split()) > 9:
        return False
    before = lines[at - 1].kind if at else "blank"
    after = lines[at + 1] if at + 1 < len(lines) else None
    if bare_weight(words):
        return after is None or not _more_than_label(text, after)
    if not words[0].isalpha() or words[0].islower() or INLINE.match(words):
        return False
    if after is not None and after.kind == "text" and _goes_on(text, line, after, width):
        return False
    if line.kind == "bullet":  # a numbered heading: alone between blank lines, in capitals or in the words of headings
        return words.isupper() and before == "blank" and (after is None or after.kind == "blank")
    upper = words.isupper() and len(words) > 5 and len(words.split()) <= 8
    if words.endswith(":") or (upper and _HEADING_WORDS.search(words)):
        return True
    if before not in ("blank", "rule", "heading") or not _HEADING_WORDS.search(words) or len(words.split()) > 7:
        return upper and before == "blank" and after is not None and after.kind != "blank"
    if (
        len(words.split()) <= 4
        and not any(char.isdigit() for char in words)
        and after is not None
        and after.kind != "blank"
    ):
        return True
    following = next((item for item in lines[at + 1 :] if item.kind != "blank"), None)
    return following is not None and (
        following.kind in ("bullet", "mark", "rule", "heading") or following.width > 40 or following is not after
    )


def _more_than_label(text: str, after: _TextLine) -> bool:
    """Whether the line after is the rest of a sentence that was broken after a word such as `essential`."""
    return after.kind == "text" and text[after.start].islower()


def _level(words: str) -> int:
    return FLAT - 1 if words.isupper() else FLAT
