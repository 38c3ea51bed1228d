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

MOST = 120_000_000  # bytes of one file
_ADDRESS = re.compile(r"legislation\.gov\.uk/(?:id/)?([a-z]+/\d{4}/\d+)/?([^?#]*)$")
_DAY = re.compile(r"(?:^|/)\d{4}-\d{2}-\d{2}$")
_ASIDE = {"CommentaryRef", "Commentaries", "Commentary", "Correction", "FootnoteRef", "MarginNoteRef"}
_REFERENCE = re.compile(r"\b(reg|art|s|sch|sect|rule)(?:s|ulation|icle|ection|edule)?s?\.? ?(\d+[A-Z]*)", re.I)
_UNIT = {"reg": "regulation", "art": "article", "s": "section", "sect": "section", "sch": "schedule", "rule": "rule"}


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


class Effect(NamedTuple):
    """A change that the revised text does not show yet. `paths`: the provisions that it names; none: the whole instrument."""

    type: str
    paths: tuple[str, ...]
    affected: str
    by: str
    dates: tuple[str, ...]

    @property
    def key(self) -> str:
        """What tells it from others, whatever its dates."""
        return " | ".join((self.type, self.affected, self.by))


class Official(NamedTuple):
    """A file: the instrument (`uksi/2012/1916`), the day of the version, its provisions by path, and its effects."""

    instrument: str
    valid: str
    provisions: dict[str, tuple[Version, ...]]
    effects: tuple[Effect, ...]


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
    return Official(own[1], _first(root, "valid")[:10], _provisions(root, own[1]), tuple(_effects(root, own[1])))


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


def _provisions(root: Any, instrument: str) -> dict[str, tuple[Version, ...]]:
    found: dict[str, list[Version]] = {}
    for element in root.iter(etree.Element):
        address = element.get("IdURI") or element.get("DocumentURI")
        named = path_of(address, instrument) if address and element is not root else None
        if named and named[1]:
            version = Version(
                named[1],
                _words(element),
                _nearest(element, "RestrictStartDate"),
                _nearest(element, "RestrictEndDate"),
                _nearest(element, "Status"),
                _nearest(element, "RestrictExtent"),
            )
            versions = found.setdefault(named[1], [])
            if version not in versions:
                versions.append(version)
    return {
        path: tuple(sorted(versions, key=lambda item: (item.start, item.extent))) for path, versions in found.items()
    }


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
        paths = {path for item in element.iter("{*}AffectedProvisions") for path in _named(item, instrument)}
        paths |= {f"{_UNIT[unit.lower()]}/{number}" for unit, number in _REFERENCE.findall(affected)}
        by = f"{element.get('AffectingURI') or ''} {element.get('AffectingProvisions') or ''}".strip()
        dates = {str(item.get("Date")) for item in element.iter("{*}InForce") if item.get("Date")}
        yield Effect(str(element.get("Type") or ""), tuple(sorted(paths)), affected, by, tuple(sorted(dates)))


def _named(element: Any, instrument: str) -> Iterator[str]:
    for item in element.iter(etree.Element):
        named = path_of(str(item.get("URI") or ""), instrument)
        if named and named[1]:
            yield named[1]


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
