"""What to write instead: the edits that make of a sentence one that is right for each group. The words stand in
rules/wording/rewriting.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gapcheck.jobdesc.understanding.result import Edit
from gapcheck.jobdesc.understanding.words import tokens

if TYPE_CHECKING:
    from gapcheck.jobdesc.understanding.passage import Passage, Sentence

_AT_END = " \t\r\n.;:,!"
_WISHED_WORDS = 14  # of a sentence that only asks for registration
_PAIR = 4  # words between the two directions of `a PGD or a PSD`
_PHRASE = 8  # words of the longest phrase that is replaced
_ARTICLES = ("a", "an")


class Rewriter:
    """Makes edits of a passage. Each method gives those of one kind, and none where the sentence has no place for them."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.text = passage.document.text
        self.data: Mapping[str, Any] = passage.vocabulary.data["rewriting"]

    def sentence(self, start: int) -> Sentence | None:
        """The sentence that holds a place of the text."""
        return next((item for item in self.passage.sentences if item.start <= start < item.end), None)

    def span(self, sentence: Sentence) -> tuple[int, int]:
        """Where a sentence begins and ends, without the blanks around it."""
        words = self.text[sentence.start : sentence.end]
        return sentence.start + len(words) - len(words.lstrip()), sentence.start + len(words.rstrip())

    def at_end(self, sentence: Sentence, words: str) -> Edit:
        """Words put to the end of a sentence, before its full stop."""
        start, end = self.span(sentence)
        place = start + len(self.text[start:end].rstrip(_AT_END))
        return Edit(place, place, words)

    def reserved(self, code: str, sentence: Sentence, able: str) -> list[Edit]:
        """A duty that some may not have, as one that they may; `able`: the groups that may as it stands, in words."""
        edits = self.replaced(code, sentence)
        if edits:
            return edits + ([self.at_end(sentence, f"; {self.data['able'][code].format(groups=able)}")] if able else [])
        return self.handed_over(code, sentence, able)

    def handed_over(self, code: str, sentence: Sentence, able: str) -> list[Edit]:
        """A duty for those who may have it, or for somebody else where none of the groups may."""
        if able:
            return [self.at_end(sentence, f" ({able} only)")]
        start, _ = self.span(sentence)
        first = self.text[start : self.passage.ends[sentence.first]]
        plain = first[:1].isupper() and first[1:].islower()
        return [Edit(start, start + 1, f"{self.data['does-it'][code]}: {first[:1].lower() if plain else first[:1]}")]

    def replaced(self, code: str, sentence: Sentence) -> list[Edit]:
        """The words of a code in a sentence, each by what stands for it; what is said twice is said in full once."""
        known = {
            tuple(item.text.lower() for item in tokens(key)): value for key, value in self.data["words"][code].items()
        }
        edits: list[Edit] = []
        start, end = self.span(sentence)
        said = any(word in self.text[start:end].lower() for word in self.data["said-already"].get(code, ()))
        word = sentence.first
        while word <= sentence.last:
            length = next((size for size in range(_PHRASE, 0, -1) if self._written(word, size, sentence) in known), 0)
            if not length or not self._verb(word, length, sentence):
                word += 1
                continue
            instead = known[self._written(word, length, sentence)][1 if edits or said else 0]
            edits.append(self.put(word, word + length - 1, instead, sentence))
            word += length
        return edits

    def _written(self, word: int, size: int, sentence: Sentence) -> tuple[str, ...]:
        last = word + size
        return tuple(self.passage.written[at].lower() for at in range(word, last)) if last <= sentence.last + 1 else ()

    def _verb(self, word: int, length: int, sentence: Sentence) -> bool:
        """Whether a word in -ing is an act here, and no part of the name of a thing."""
        if length > 1 or not self.passage.written[word].lower().endswith("ing") or word == sentence.first:
            return True
        between = self.text[self.passage.ends[word - 1] : self.passage.starts[word]]
        return self.passage.written[word - 1].lower() in self.data["before-ing"] or bool(set(between) & set(",:;(•-"))

    def put(self, first: int, last: int, words: str, sentence: Sentence) -> Edit:
        """Words in place of some of the text, with the capital and the article that the place asks for."""
        start, end = self.passage.starts[first], self.passage.ends[last]
        if self.text[start].isupper() and (first == sentence.first or self.text[start:end].istitle()):
            words = words[:1].upper() + words[1:]
        if words and first > sentence.first and self.passage.written[first - 1].lower() in _ARTICLES:
            begin = self.passage.starts[first - 1]
            article = "an" if words[:1].lower() in "aeiou" else "a"
            article = article.capitalize() if self.text[begin].isupper() else article
            if self.text[begin : self.passage.ends[first - 1]] != article:
                return Edit(begin, end, f"{article}{self.text[self.passage.ends[first - 1] : start]}{words}")
        return Edit(start, end, words)

    def directions(self, sentence: Sentence, able: str) -> list[Edit]:
        """A direction to classes of professions as one for the patient, beside it for those (`able`) who are of the classes."""
        edits: list[Edit] = []
        marks = sorted(self.passage.marked(sentence, "directions"), key=lambda item: item.first)
        group = [item for item in marks if item.label.name == "pgd"]
        patient = [item for item in marks if item.label.name == "psd"]
        taken = -1
        for item in group:
            if item.first <= taken:
                continue
            first, last = item.first, item.last
            for other in patient:
                if 0 < other.first - last <= _PAIR or 0 < first - other.last <= _PAIR:
                    first, last = min(first, other.first), max(last, other.last)
            taken = last
            edits.append(self._direction(item.first, item.last, first, last, able))
        return edits

    def _direction(self, own: int, own_last: int, first: int, last: int, able: str) -> Edit:
        words = self.data["direction"]
        written = self.passage.quote(own, own_last)
        many = written.rstrip("'’").endswith("s")
        before = self.passage.written[first - 1].lower() if first else ""
        article = "" if many or not (before in _ARTICLES or self._bare(first)) else "a "
        begin = self.passage.starts[first - 1] if before in _ARTICLES else self.passage.starts[first]
        said = f"{article}{words['many' if many else 'one']}"
        if able:
            said += f" or ({able} only) {article}{words['class-many' if many else 'class-one']}"
        return Edit(begin, self.passage.ends[last], said)

    def _bare(self, first: int) -> bool:
        """Whether no article, possessive or word that describes stands before a direction: `under PGD`."""
        return not first or self.passage.written[first - 1].lower() in (
            "under", "by", "via", "using", "with", "per", "to", "on", "and", "or", "following", "within", "through", "of",
        )  # fmt: skip

    def by_group(self, sentence: Sentence, end: int, alone: bool, said: Sequence[str]) -> list[Edit]:
        """How each group does a duty, in brackets after it: at the end of a sentence that holds no other."""
        words = f" ({'; '.join(said)})"
        stop = re.compile(r"[,;:]|[.!](?=\s|$)").search(self.text, end, self.span(sentence)[1])
        if alone or stop is None:
            return [self.at_end(sentence, words)]
        return [Edit(stop.start(), stop.start(), words)]

    def wished(self, sentence: Sentence) -> list[Edit]:
        """A wish as a condition, where the sentence says no more than that."""
        if sentence.last - sentence.first >= _WISHED_WORDS:
            return []
        start, end = self.span(sentence)
        for phrase, instead in sorted(self.data["wished"].items(), key=lambda item: -len(item[0])):
            found = re.search(rf"\b{re.escape(phrase)}\b", self.text[start:end])
            if found:
                return [Edit(start + found.start(), start + found.end(), instead)]
        first = self.text[start : self.passage.ends[sentence.first]]
        plain = first[:1].isupper() and first[1:].islower()
        return [Edit(start, start + 1, f"{self.data['essential']}: {first[:1].lower() if plain else first[:1]}")]

    def legally(self, sentence: Sentence, first: int, last: int) -> list[Edit]:
        """What is said of the law as what can be said of the employer."""
        written = " ".join(self.passage.quote(first, last).lower().split())
        instead = self.data["legally"].get(written)
        if instead is None:
            return []
        start, end = self.passage.starts[first], self.passage.ends[last]
        if first == sentence.first and written.startswith("by "):
            return [Edit(start, end + (self.text[end : end + 1] == ","), self.data["by-law-first"])]
        return [self.put(first, last, instead, sentence)]

    def as_statutory(self, sentence: Sentence, mark: Any, register: Any, name: str) -> list[Edit]:
        """A voluntary register without the name of a statutory one; `name`: what it is called today, where the text has an
        old name of it, else ""."""
        start, end = self.passage.starts[mark.first], self.passage.ends[mark.last]
        said = self.text[start:end]
        for phrase, instead in sorted(self.data["as-statutory"].items(), key=lambda item: -len(item[0])):
            found = re.search(rf"\b{re.escape(phrase)}\b", said, re.IGNORECASE)
            if not found:
                continue
            words = instead.capitalize() if found[0][:1].isupper() else instead
            edits = [self._out(start + found.start(), start + found.end(), words)]
            begin, stop = self.passage.starts[register.first], self.passage.ends[register.last]
            if instead != "accredited":
                aside = f"{name or self.text[begin:stop]} ({self.data['voluntary']})"
                edits.append(Edit(begin, stop, aside) if name else Edit(stop, stop, aside[stop - begin :]))
            elif name:
                edits.append(Edit(begin, stop, name))
            if words[:1] in ("a", "A") and mark.first and self.passage.written[mark.first - 1].lower() in _ARTICLES:
                edits[0] = self.put(mark.first, mark.first, words, sentence)
            return edits
        return []

    def _out(self, start: int, end: int, words: str) -> Edit:
        """Words in place of others; where there are none, with the blank that followed."""
        return Edit(start, end + (not words and self.text[end : end + 1] == " "), words)

    def registered(self, start: int, end: int, instead: str, sentence: Sentence) -> list[Edit]:
        """What asks for registration, as `instead` says (`with the ... as a ...`), in the form of word that the text has."""
        start += self.text.rfind(":", start, end) + 1 - start if ":" in self.text[start:end] else 0
        start += len(self.text[start:end]) - len(self.text[start:end].lstrip())
        words = self.text[start:end].lower()
        end = self._as_whom(end, sentence)
        for phrase, form in self.data["registered"].items():
            if re.search(rf"\b{phrase}\b", words):
                said = f"{form} {instead}"
                before = self.text[self.span(sentence)[0] : start].strip()
                return [
                    Edit(
                        start, end, said if before and not before.endswith((".", "!")) else said[:1].upper() + said[1:]
                    )
                ]
        return []

    def _as_whom(self, end: int, sentence: Sentence) -> int:
        """Where what follows a register ends that says as whom: `as a Radiographer or Clinical Technologist`."""
        if not re.match(r"\s+as\b", self.text[end : sentence.end]):
            return end
        for mark in sorted(self.passage.marked(sentence, "group"), key=lambda item: item.last):
            start = self.passage.starts[mark.first]
            between = self.text[end:start].lower().replace("/", " or ").replace(",", " or ").split()
            if start >= end and set(between) <= {"as", "a", "an", "the", "or", "and", "either"}:
                end = self.passage.ends[mark.last]
        return end


def applied(text: str, start: int, end: int, edits: Iterable[Edit]) -> str:
    """A stretch of text with the edits that lie in it, on one line."""
    found, at = [], start
    for edit in apart(edits):
        if start <= edit.start and edit.end <= end:
            found += [text[at : edit.start], edit.text]
            at = edit.end
    return " ".join("".join([*found, text[at:end]]).split())


def apart(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Edits in order, of those that overlap only the first given; what is put in at one place once."""
    kept: list[Edit] = []
    for edit in edits:
        if edit not in kept and not any(meet(edit, one) for one in kept):
            kept.append(edit)
    order = {edit: number for number, edit in enumerate(kept)}
    yield from sorted(kept, key=lambda item: (item.start, item.end, order[item]))


def meet(one: Edit, other: Edit) -> bool:
    """Whether two edits change the same text."""
    if one.start == one.end or other.start == other.end:
        return one.start < other.end and other.start < one.end
    return one.start < other.end and other.start < one.end
