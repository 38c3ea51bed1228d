"""Read the official text: the Crown Legislation Markup Language of legislation.gov.uk, whole instruments or single provisions.

Of a provision only its words count, without commentaries and marks of editing, because the raw file differs at each fetch.
A file with a document type of its own is refused, so that nothing in it can be expanded or fetched. Needs lxml.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from gapcheck.errors import InputError, problem
from gapcheck.official.references import TERM, Reference, references

MOST = 120_000_000  # bytes of one file
_ADDRESS = re.compile(r"legislation\.gov\.uk/(?:id/)?([a-z]+/\d{4}/\d+)/?([^?#]*)$")
_DAY = re.compile(r"(?:^|/)\d{4}-\d{2}-\d{2}$")
_NO_PROVISION = {"Metadata", "Contents", "Commentaries", "BlockAmendment", "InlineAmendment"}
_ASIDE = {"CommentaryRef", "Commentaries", "Commentary", "Correction", "FootnoteRef", "MarginNoteRef"}
_OWN_ID = re.compile(r"(?:section|regulation|article|rule|schedule|part|chapter)(?:-[0-9a-zA-Z]+)*")
_WORD = re.compile(r"[^\W\d_]{2}")


class Version(NamedTuple):
    """The words of a provision as a file has them. `start` and `end`: from and until when; `status`: as Repealed."""

    path: str
    text: str
    start: str
    end: str
    status: str
    extent: str

    @property
    def hash(self) -> str:
        """Of the words alone."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def repealed(self) -> bool:
        """Whether the file says so, or has only dots where the words were."""
        return self.status == "Repealed" or _WORD.search(self.text) is None


class Effect(NamedTuple):
    """A change that the revised text does not show yet. `on`: the provisions that it names; none: the whole instrument."""

    type: str
    on: tuple[Reference, ...]
    affected: str
    by: str
    dates: tuple[str, ...]

    @property
    def key(self) -> str:
        """What tells it from others, whatever its dates."""
        return " | ".join((self.type, self.affected, self.by))


class Official(NamedTuple):
    """A file: the instrument (`uksi/2012/1916`), the day of the version, its provisions by path, and its effects.

    `whole`: it is of the whole instrument and says of how many provisions; `part`: it is of a part of it, or a table of contents.

    `around`: the paths of what each provision stands in, nearest first, which the path does not always tell (a Part of a Schedule).
    """

    instrument: str
    valid: str
    provisions: dict[str, tuple[Version, ...]]
    around: dict[str, tuple[str, ...]]
    effects: tuple[Effect, ...]
    part: bool
    whole: bool

    def touched(self, effect: Effect, path: str) -> bool:
        """Whether an effect is on a provision: on it, on a part of it, on what it stands in, or on the whole instrument."""
        return not effect.on or any(self._touched(one, path) for one in effect.on)

    def _touched(self, on: Reference, path: str) -> bool:
        if on.touches(path) or any(on.covers(outer) for outer in self.around.get(path, ())):
            return True
        inner = on.first
        while inner and inner not in self.around:
            inner = inner.rpartition("/")[0]
        if path in self.around.get(inner, ()):
            return True
        parts, ends = (
            path.split("/"),
            on.first.split("/"),
        )  # a paragraph of a Schedule whose Parts the file does not show
        return parts[0] == "schedule" and parts[:2] == ends[:2] and {parts[2:3] == ["part"], ends[2:3] == ["part"]} == {
            True, False,
        } and inner in {"", "/".join(ends[:2])}  # fmt: skip


def read(raw: bytes, name: str) -> Official:
    """Read a file. Raises InputError for what is no such file, or could do harm."""
    if len(raw) > MOST:
        raise problem(name, "the file is too large to be an instrument")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise problem(name, f"this is no XML that can be read: {error}") from None
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise problem(name, "the file brings a document type of its own, and is not read", None, "save the file anew")
    if _tag(root) != "Legislation":
        raise problem(name, "this is no legislation in the Crown's markup", None, "save the address with /data.xml")
    own = _ADDRESS.search(str(root.get("DocumentURI") or _first(root, "identifier")))
    if own is None:
        raise problem(name, "it does not say which instrument it is")
    provisions, around = _provisions(root, own[1])
    about = [path_of(one, own[1]) for one in (str(root.get("DocumentURI") or ""), _first(root, "identifier"))]
    part = any(one is not None and one[1] for one in about)
    whole = not part and str(root.get("NumberOfProvisions") or "").isdigit()
    valid = _first(root, "valid")[:10]
    return Official(own[1], valid, provisions, around, tuple(_effects(root, own[1])), part, whole)


def path_of(address: str, instrument: str = "") -> tuple[str, str] | None:
    """The instrument of an address and the path of the provision in it, without date or form; None for another site."""
    match = _ADDRESS.search(address)
    if match is None or (instrument and match[1] != instrument):
        return None
    path = match[2].strip("/")
    for ending in ("/data.xml", "data.xml"):
        path = path.removesuffix(ending)
    path = _DAY.sub("", path)
    return match[1], "/".join(part for part in path.split("/") if part not in ("made", "enacted"))


def _provisions(root: Any, instrument: str) -> tuple[dict[str, tuple[Version, ...]], dict[str, tuple[str, ...]]]:
    found: dict[str, list[Version]] = {}
    around: dict[str, tuple[str, ...]] = {}
    for element, path, outer in _named_elements(root, instrument):
        version = Version(
            path,
            _words(element),
            _nearest(element, "RestrictStartDate"),
            _nearest(element, "RestrictEndDate"),
            _nearest(element, "Status"),
            _nearest(element, "RestrictExtent"),
        )
        around.setdefault(path, outer)
        versions = found.setdefault(path, [])
        if version not in versions:
            versions.append(version)
    ordered = {
        path: tuple(sorted(versions, key=lambda item: (item.start, item.extent))) for path, versions in found.items()
    }
    return ordered, around


def _named_elements(root: Any, instrument: str) -> Iterator[tuple[Any, str, tuple[str, ...]]]:
    """Each provision of a file with its path and those around it. A table of contents and what is quoted are none."""
    stack: list[tuple[Any, tuple[str, ...]]] = [(root, ())]
    while stack:
        element, outer = stack.pop()
        path = _path(element, instrument, outer) if element is not root else ""
        if path:
            yield element, path, outer
            outer = (path, *outer) if path not in outer else outer
        inside = [child for child in element if isinstance(child.tag, str) and _tag(child) not in _NO_PROVISION]
        stack += [(child, outer) for child in reversed(inside)]


def _path(element: Any, instrument: str, outer: tuple[str, ...]) -> str:
    address = element.get("IdURI") or element.get("DocumentURI")
    if address:
        named = path_of(address, instrument)
        return named[1] if named else ""
    own = str(element.get("id") or "")
    if _OWN_ID.fullmatch(own):
        return own.replace("-", "/")
    if outer and _tag(element) == "ListItem":  # a definition is named by its term
        terms = [" ".join(" ".join(one.itertext()).split()).lower() for one in element.iter("{*}Term")]
        return f"{outer[0]}/{TERM}{terms[0]}" if terms else ""
    return ""


def _words(element: Any) -> str:
    """The words of an element on one line, without marks of editing."""
    text = " ".join(_pieces(element))
    return " ".join(re.sub(r"[\[\]]", " ", text).split())


def _pieces(element: Any) -> Iterator[str]:
    if _tag(element) not in _ASIDE:
        yield element.text or ""
        for child in element:
            if isinstance(child.tag, str):
                yield from _pieces(child)
            yield child.tail or ""


def _nearest(element: Any, name: str) -> str:
    """An attribute of the element, or of the nearest around it that has one."""
    while element is not None:
        if element.get(name):
            return str(element.get(name))
        element = element.getparent()
    return ""


def _effects(root: Any, instrument: str) -> Iterator[Effect]:
    for element in root.iter("{*}UnappliedEffect"):
        if element.get("Applied") == "true" or element.get("RequiresApplied") == "false":
            continue
        own = path_of(str(element.get("AffectedURI") or ""))
        if own is not None and own[0] != instrument:
            continue
        affected = str(element.get("AffectedProvisions") or "")
        on = {one for item in element.iter("{*}AffectedProvisions") for one in _on(item, instrument)}
        on = on or set(references(affected))
        by = f"{element.get('AffectingURI') or ''} {element.get('AffectingProvisions') or ''}".strip()
        dates = {str(item.get("Date")) for item in element.iter("{*}InForce") if item.get("Date")}
        yield Effect(str(element.get("Type") or ""), tuple(sorted(on)), affected, by, tuple(sorted(dates)))


def _on(element: Any, instrument: str) -> Iterator[Reference]:
    """What the addresses in an effect name: sections one by one, and ranges of them."""
    for item in element:
        if not isinstance(item.tag, str):
            continue
        ends = [path_of(str(item.get(key) or ""), instrument) for key in ("URI", "UpTo")]
        if ends[0] and ends[0][1]:
            last = ends[1] if ends[1] and ends[1][1].count("/") == ends[0][1].count("/") else ends[0]
            yield Reference(ends[0][1], last[1])
        else:
            yield from _on(item, instrument)


def _first(root: Any, name: str) -> str:
    return next((str(item.text or "").strip() for item in root.iter(f"{{*}}{name}")), "")


def _tag(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def read_all(files: dict[str, bytes]) -> tuple[list[Official], list[str]]:
    """Every file that can be read, and what is wrong with the others in words."""
    found, wrong = [], []
    for name, raw in sorted(files.items()):
        try:
            found.append(read(raw, name))
        except InputError as error:
            wrong += [str(item).partition("\n")[0] for item in error.problems]
    return found, wrong
