"""Whether a label says that what stands under it is essential or desirable, and the outline of headings."""

from __future__ import annotations

import re

from gapcheck.jobdesc.reading.blank import BLANKS

ESSENTIAL, DESIRABLE = "essential", "desirable"
EITHER = "either"  # a column of marks that say which
_MUST = r"(?:essential|minimum|mandatory|must[- ]have)s?"
_MAY = r"(?:desirable|desired|preferred|advantageous|nice[- ]to[- ]have)s?"
_ROUND = (
    r"(?:job|role|person|post|key|criteria|criterion|requirements?|attributes?|skills?|qualifications?|experience|knowledge|"
    r"training|education|competenc\w+|abilit\w+|factors?|for|the|this|and|or|to|you|your|will|have|are|an?|we|professional|"
    r"personal|qualities|specification|characteristics|standards?|elements?|ess|des|e|d)"
)
_LABEL = re.compile(rf"^(?:{_ROUND}[\s&/,()-]+)*(?P<weight>{_MUST}|{_MAY})(?:[\s&/,()-]+{_ROUND})*$", re.I)
_BOTH = re.compile(rf"^(?:e\s*(?:/|or)\s*d|ess\w*\.?\s*(?:/|or)\s*des\w*\.?|{_MUST}\s*(?:/|or|\()\s*{_MAY}\)?)$", re.I)
_SHORT = {"e": ESSENTIAL, "d": DESIRABLE, "ess": ESSENTIAL, "des": DESIRABLE}
_TRIM = BLANKS + "\r\n:.*#_-–—()[]|•"
TICKS = frozenset(["✓", "✔", "√", "☑", "☒", "✗", "✘", "●", "•", "x", "X", "*", "y", "Y", "yes", "Yes", "YES", "ü", "Ö"])
INLINE = re.compile(
    rf"(?:^|(?<=[.;\n]\s)|(?<=\n))[ \t]*(?P<label>(?:{_MUST}|{_MAY})(?:[ \t]+(?:criteria|requirements?|skills?|experience|"
    r"qualifications?|attributes|knowledge))?)[ \t]*(?::|[-–—](?=\s))[ \t]*(?=\S)",
    re.I,
)
_CLOSING = re.compile(
    r"\b(apply|application|about|contact|benefits?|offer|closing|interview|informal|further|additional|disclosure|"
    r"documents?|location|working for|equal|diversity|employer|salary)\b",
    re.I,
)
FLAT = 8  # the level of a heading that only its words or place make one


def weight_of(label: str) -> str:
    """`essential`, `desirable`, `either` (a column of marks) or "" for the words of a heading or column header."""
    trimmed = label.strip(_TRIM)
    if not trimmed or len(trimmed) > 70:
        return ""
    if _BOTH.match(trimmed):
        return EITHER
    short = _SHORT.get(trimmed.lower())
    if short:
        return short
    found = _LABEL.match(trimmed)
    if not found:
        return ""
    return ESSENTIAL if re.match(_MUST, found["weight"], re.I) else DESIRABLE


def bare_weight(label: str) -> str:
    """The weight of a line or heading of its own; a single letter is no label there."""
    return weight_of(label) if len(label.strip(_TRIM)) > 3 else ""


class Outline:
    """The headings above a place, and the weight that they give to it."""

    def __init__(self) -> None:
        self._stack: list[tuple[int, str, str]] = []  # level, words, weight
        self._fresh = False  # nothing but a heading of weight since
        self._outer = False  # headings now stand under a heading of weight

    @property
    def section(self) -> tuple[str, ...]:
        return tuple(words for _, words, _ in self._stack)

    @property
    def weight(self) -> str:
        return next((weight for _, _, weight in reversed(self._stack) if weight), "")

    def heading(self, text: str, level: int) -> None:
        """A heading: closes those of its level and below."""
        words = " ".join(text.split()).strip(" :*#_")
        weight = bare_weight(words)
        weight = "" if weight == EITHER else weight
        if weight:
            level = max(level, FLAT + 1) if level >= 7 else level
            self._outer = False
        elif level >= 7 and (self._fresh or (self._outer and not _CLOSING.search(words))):
            self._outer = True
            level = FLAT + 2
        else:
            self._outer = False
        while self._stack and self._stack[-1][0] >= level:
            self._stack.pop()
        self._stack.append((level, words[:200], weight))
        self._fresh = bool(weight)

    def content(self) -> None:
        """Something that is no heading stands here."""
        self._fresh = False
