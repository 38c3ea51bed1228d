"""The employer's own Word file, with what is to be reworded as tracked changes and comments. All other text stays as it was.

The text of the body is found again in the XML, piece by piece as it was read; a run that a change cuts is divided, and nothing
else is touched. Other parts of the file are copied byte for byte, but for the list of comments and the two lists that name it.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from gapcheck.errors import problem
from gapcheck.jobdesc.actions import about
from gapcheck.jobdesc.reading.archive import Archive, attribute, local
from gapcheck.jobdesc.reading.blank import UNSEEN
from gapcheck.jobdesc.reading.docx import main_part, text_of_body
from gapcheck.jobdesc.reading.limits import Limits
from gapcheck.jobdesc.understanding.result import REPLACE, Edit
from gapcheck.jobdesc.understanding.rewrite import apart

if TYPE_CHECKING:
    from gapcheck.jobdesc.reading.text import TextDocument
    from gapcheck.jobdesc.understanding.result import Description, Wording
    from gapcheck.law.lawbook import Lawbook

AUTHOR = "gapcheck"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_OWN: Any = {None: _LINKS}  # a name space without a prefix
_MARKED = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "bookmarkStart", "commentRangeStart")


class Reviewed(NamedTuple):
    """The file, how many sentences it changes and how many comments it holds, and what stands where no change can be tracked: in
    a header or footnote."""

    raw: bytes
    changes: int
    comments: int
    left: tuple[Wording, ...]


class _Char(NamedTuple):
    """A character of the text: the element that holds it, and its place in it."""

    element: Any
    place: int


def review(raw: bytes, document: TextDocument, description: Description, book: Lawbook, date: str) -> Reviewed:
    """The Word file with its wording mended in tracked changes of this date. Raises InputError for what is no such file."""
    if document.format != "docx":
        raise problem(document.source, "is no Word document (.docx), so no change can be tracked in it")
    limits = Limits()
    archive = Archive(raw, document.source, limits)
    main = main_part(archive)
    assert main is not None  # it was read
    tree = archive.tree(main, whole=True)
    body = _Body(tree, text_of_body(archive, document.source, limits, main, tree), document.text, f"{date}T00:00:00Z")
    found = [item for item in description.wording if item.quote and body.holds(item.start, item.end)]
    left = tuple(item for item in description.wording if item not in found)
    notes = _Notes(archive, main)
    for item in found:
        body.comment(item, notes.add(_said(item, book), body.date))
    edits = [*apart(edit for item in found for edit in item.edits)]
    for edit in reversed(edits):
        body.change(edit)
    parts = {main: _bytes(tree), **notes.parts()} if found else {}
    return Reviewed(_packed(archive, parts), len({item.before for item in found if item.edits}), len(found), left)


def _said(item: Wording, book: Lawbook) -> list[str]:
    """A comment, paragraph by paragraph."""
    _, bad, who, otherwise = about(item, book)
    law = "; ".join(one.title for one in item.law) or otherwise
    what = "Write instead" if item.change == REPLACE else "Add"
    return [f"{bad}. {item.message}.", f"{what}: {item.suggest}", f"{law}.", f"Decides: {who}. ({item.code})"]


class _Body:
    """The body of a Word file, whose text is known by its place in the text that was read."""

    def __init__(self, tree: Any, paragraphs: Sequence[Sequence[tuple[str, Any]]], text: str, date: str) -> None:
        self.tree, self.date = tree, date
        self.space = f"{{{etree.QName(tree).namespace}}}"
        self.chars: dict[int, _Char] = {}
        self.number = 1 + max(
            (
                int(value)
                for item in tree.iter()
                if local(item) in _MARKED and (value := attribute(item, "id")).isdigit()
            ),
            default=0,
        )
        at = 0
        for pieces in paragraphs:
            chars = [
                (char, _Char(element, place))
                for piece, element in pieces
                for place, char in enumerate(piece)
                if char not in UNSEEN
            ]
            words = "".join(char for char, _ in chars).rstrip("\n")
            start = text.find(words, at)
            start = text.find(words) if start < 0 else start
            if start >= 0 and words.strip():
                self.chars.update(zip(range(start, start + len(words)), (char for _, char in chars), strict=False))
                at = start + len(words)

    def holds(self, start: int, end: int) -> bool:
        """Whether a stretch of the text stands in the body."""
        return start in self.chars and end - 1 in self.chars

    def comment(self, item: Wording, number: int) -> None:
        """Mark a stretch of the text with a comment."""
        first, last = self._run(item.start, before=True), self._run(item.end - 1, before=False)
        begin, end, mark = (
            self._new(name, id=str(number)) for name in ("commentRangeStart", "commentRangeEnd", "commentReference")
        )
        _top(first).addprevious(begin)
        run = self._new("r")
        run.append(mark)
        top = _top(last)
        top.addnext(run)
        top.addnext(end)

    def change(self, edit: Edit) -> None:
        """Put words in the place of others, both tracked. Edits are made from the last to the first."""
        runs = self._runs(edit.start, edit.end)
        if runs:
            after = runs[-1]
            for run in runs:
                after = self._deleted(run)
            model = runs[-1]
        else:
            known = edit.start - 1 in self.chars
            model = self._run(edit.start - 1, before=False) if known else self._run(edit.start, before=True)
            after = model if known else None
        if not edit.text:
            return
        new = self._new("ins", id=self._next(), author=AUTHOR, date=self.date)
        run = self._new("r")
        properties = next((child for child in model if local(child) == "rPr"), None)
        if properties is not None:
            run.append(_plainly(properties))
        words = self._new("t")
        words.text = edit.text
        words.set(f"{_XML}space", "preserve")
        run.append(words)
        new.append(run)
        if after is None:
            first = model
            while local(first.getparent()) in ("ins", "moveTo"):
                first = first.getparent()
            first.addprevious(new)
        else:
            self._outside(after).addnext(new)

    def _deleted(self, run: Any) -> Any:
        parent = self._new("del", id=self._next(), author=AUTHOR, date=self.date)
        run.addprevious(parent)
        parent.append(run)
        for child in run:
            if local(child) == "t":
                child.tag = f"{self.space}delText"
                child.set(f"{_XML}space", "preserve")
        return parent

    def _runs(self, start: int, end: int) -> list[Any]:
        """The runs that hold a stretch of the text and nothing else; those that its ends cut are divided."""
        found: list[Any] = []
        if start < end:
            self._run(start, before=True)
            self._run(end - 1, before=False)
        for place in range(start, end):
            if place in self.chars:
                run = self.chars[place].element.getparent()
                if not any(run is one for one in found):
                    found.append(run)
        return found

    def _run(self, place: int, before: bool) -> Any:
        """The run that holds a character, which becomes the first of it (`before`) or the last: the run is divided there."""
        element, at = self.chars[place]
        self._alone(element)
        cut = at if before else at + 1
        run = element.getparent()
        if local(element) != "t" or cut in (0, len(element.text)):
            return run
        other = copy.deepcopy(run)
        run.addnext(other)
        tail = next(child for child in other if local(child) == "t")
        tail.text, element.text = element.text[cut:], element.text[:cut]
        for half in (tail, element):
            half.set(f"{_XML}space", "preserve")
        for key, char in self.chars.items():
            if char.element is element and char.place >= cut:
                self.chars[key] = _Char(tail, char.place - cut)
        return other if before else run

    def _alone(self, element: Any) -> None:
        """Give a piece of text a run of its own, with the look of the run that it stood in."""
        run = element.getparent()
        held = [child for child in run if local(child) != "rPr"]
        if len(held) == 1:
            return
        properties = next((child for child in run if local(child) == "rPr"), None)
        for child in held[1:][::-1]:
            other = self._new("r")
            other.attrib.update(run.attrib)
            if properties is not None:
                other.append(copy.deepcopy(properties))
            other.append(child)
            run.addnext(other)

    def _outside(self, element: Any) -> Any:
        """What something new may stand right after, in the place of an element: outside what is itself an insertion, which is
        divided there."""
        while local(parent := element.getparent()) in ("ins", "moveTo"):
            rest = [*element.itersiblings()]
            if rest:
                other = etree.Element(parent.tag, parent.attrib, nsmap=parent.nsmap)
                other.set(f"{self.space}id", self._next())
                parent.addnext(other)
                other.extend(rest)
            element = parent
        return element

    def _next(self) -> str:
        self.number += 1
        return str(self.number)

    def _new(self, name: str, **values: str) -> Any:
        element = etree.SubElement(etree.Element("none"), f"{self.space}{name}", nsmap={"w": self.space[1:-1]})
        for key, value in values.items():
            element.set(f"{self.space}{key}", value)
        return element


def _plainly(properties: Any) -> Any:
    """The look of a run for what is put in: without the record of how its own look was changed."""
    found = copy.deepcopy(properties)
    for child in list(found):
        if local(child) in ("rPrChange", "ins", "del"):
            found.remove(child)
    return found


def _top(element: Any) -> Any:
    """What holds a run in its paragraph, a link or a content control within it among them."""
    while local(element.getparent()) not in ("p", "none", ""):
        element = element.getparent()
    return element


class _Notes:
    """The comments of a file: those that stand there, and new ones."""

    def __init__(self, archive: Archive, main: str) -> None:
        self.archive = archive
        folder, _, name = main.rpartition("/")
        self.links_name = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        known = self.links_name in archive.names
        self.links = (
            archive.tree(self.links_name, whole=True)
            if known
            else etree.Element(f"{{{_LINKS}}}Relationships", nsmap=_OWN)
        )
        target = next(
            (attribute(item, "Target") for item in self.links if attribute(item, "Type").endswith("/comments")), ""
        )
        strict = any("purl.oclc.org" in attribute(item, "Type") for item in self.links)
        self.kind = (
            "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
            if strict
            else "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
        )
        self.linked = bool(target)
        self.name = target.lstrip("/") if target.startswith("/") else f"{folder}/{target or 'comments.xml'}".lstrip("/")
        self.space = f"{{{etree.QName(archive.tree(main)).namespace}}}"
        there = self.name in archive.names
        self.root = (
            archive.tree(self.name, whole=True)
            if there
            else etree.Element(f"{self.space}comments", nsmap={"w": self.space[1:-1]})
        )
        self.number = max(
            (int(attribute(item, "id")) for item in self.root if attribute(item, "id").isdigit()), default=-1
        )

    def add(self, paragraphs: Iterable[str], date: str) -> int:
        """Add a comment; its number."""
        self.number += 1
        note = etree.SubElement(self.root, f"{self.space}comment")
        for key, value in (("id", str(self.number)), ("author", AUTHOR), ("date", date), ("initials", "g")):
            note.set(f"{self.space}{key}", value)
        for words in paragraphs:
            run = etree.SubElement(etree.SubElement(note, f"{self.space}p"), f"{self.space}r")
            text = etree.SubElement(run, f"{self.space}t")
            text.text = "".join(char for char in words if char.isprintable())
            text.set(f"{_XML}space", "preserve")
        return self.number

    def parts(self) -> dict[str, bytes]:
        """The parts of the file that name and hold the comments."""
        found = {self.name: _bytes(self.root)}
        if not self.linked:
            taken = {attribute(item, "Id") for item in self.links}
            name = next(name for number in range(len(taken) + 1) if (name := f"rIdGapcheck{number}") not in taken)
            link = etree.SubElement(self.links, f"{{{_LINKS}}}Relationship")
            link.attrib.update({"Id": name, "Type": self.kind, "Target": f"/{self.name}"})
            found[self.links_name] = _bytes(self.links)
        types = self.archive.tree("[Content_Types].xml", whole=True)
        if not any(attribute(item, "PartName").lower() == f"/{self.name}".lower() for item in types):
            entry = etree.SubElement(types, f"{{{_TYPES}}}Override")
            entry.attrib.update({"PartName": f"/{self.name}", "ContentType": _COMMENTS})
            found["[Content_Types].xml"] = _bytes(types)
        return found


def _bytes(tree: Any) -> bytes:
    raw: bytes = etree.tostring(tree.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    return raw


def _packed(archive: Archive, parts: dict[str, bytes]) -> bytes:
    """The file with some parts anew, the rest as it was and in its order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as out:
        for item in archive.zip.infolist():
            raw = parts.pop(item.filename, None)
            out.writestr(item, archive.zip.read(item.filename) if raw is None else raw)
        for name, raw in parts.items():
            out.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), raw, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
