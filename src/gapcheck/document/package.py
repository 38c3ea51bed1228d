"""Files of Office, which are packages of parts: the receipt in a part of its own, and what one shows that another does not."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Mapping
from typing import Any

from lxml import etree

RECEIPT = "urn:gapcheck:receipt"
RECEIPT_PART = "customXml/gapcheck.xml"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MOST = 60_000_000  # bytes that a report may unpack to
_MEMBERS = 2_000
_END = b"PK\x05\x06"
_SHOWS = {  # elements that a person can hide something in, or put something over the text with
    "sdt": "a content control",
    "vanish": "hidden text",
    "webHidden": "hidden text",
    "specVanish": "hidden text",
    "ins": "a tracked insertion",
    "del": "a tracked deletion",
    "moveTo": "a tracked move",
    "comment": "a comment",
    "commentReference": "a comment",
    "footnote": "a footnote",
    "endnote": "an endnote",
    "fldSimple": "a field",
    "instrText": "a field",
    "fldChar": "a field",
    "txbxContent": "a text box",
    "drawing": "a drawing",
    "pict": "a drawing",
    "object": "an embedded object",
    "altChunk": "another document within it",
    "subDoc": "another document within it",
    "f": "a formula",
    "t": "text",
    "p": "paragraphs",
    "r": "runs of text",
    "c": "cells",
}


def receipt_xml(receipt: str) -> bytes:
    """The part that carries a receipt."""
    root = etree.Element(f"{{{RECEIPT}}}receipt")
    root.text = receipt
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def settled(raw: bytes, more: Mapping[str, bytes] | None = None) -> bytes:
    """The same package with times that do not move, so that the same report has the same bytes. `more`: parts to put in, in
    place of those of their names."""
    more = dict(more or {})
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {entry.filename: old.read(entry) for entry in old.infolist()}
        for name, blob in {**parts, **more}.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(info, blob)
    return stream.getvalue()


def parts_of(raw: bytes) -> dict[str, bytes]:
    """The parts of a package by name. Raises ValueError for what is no package, unpacks too large, or can be read in two ways."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = archive.infolist()
            names = Counter(entry.filename.lower() for entry in entries)
            if len(entries) > _MEMBERS or sum(entry.file_size for entry in entries) > _MOST:
                raise ValueError("it unpacks to more than a report holds")
            if twice := [name for name, count in names.items() if count > 1]:
                raise ValueError(f"its part {twice[0]} stands twice")
            first = min((entry.header_offset for entry in entries), default=0)
            if archive.comment or first or raw.count(_END) != 1 or len(raw) - raw.rfind(_END) != 22:
                raise ValueError("other bytes stand before, behind or within it")
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise ValueError("it is not a file of Office that can be read") from error


def parsed(blob: bytes) -> Any:
    """A part as XML. Raises ValueError for what is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(blob, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValueError("a part of it is not XML") from error


def embedded(raw: bytes) -> str:
    """The receipt in a package. Raises ValueError where there is none."""
    for name, blob in parts_of(raw).items():
        if name.startswith("customXml/") and name.endswith(".xml"):
            root = parsed(blob)
            if root.tag == f"{{{RECEIPT}}}receipt":
                return str(root.text or "")
    raise ValueError("it carries no receipt")


def beyond(raw: bytes, fresh: bytes) -> list[str]:
    """What a package holds that a fresh one does not, part by part, in words."""
    if raw == fresh:
        return []
    try:
        found = parts_of(raw)
    except ValueError as error:
        return [str(error)]
    wanted = parts_of(fresh)
    says = [f"it holds {name}, which was not made" for name in sorted(found.keys() - wanted.keys())]
    says += [f"it lacks {name}" for name in sorted(wanted.keys() - found.keys())]
    for name in sorted(found.keys() & wanted.keys()):
        if found[name] != wanted[name]:
            says += _differences(name, found[name], wanted[name])
    return says


def _differences(name: str, found: bytes, wanted: bytes) -> list[str]:
    if not name.endswith((".xml", ".rels")):
        return [f"{name} is another"]
    try:
        one, other = parsed(found), parsed(wanted)
    except ValueError:
        return [f"{name} is not XML that can be read"]
    if one.getroottree().docinfo.internalDTD is not None:
        return [f"{name} declares a document type"]
    if _form(one, name) == _form(other, name):
        return []
    counts, before = _counts(one), _counts(other)
    more = {_SHOWS[tag] for tag in _SHOWS if counts[tag] > before[tag]}
    less = {_SHOWS[tag] for tag in _SHOWS if counts[tag] < before[tag]} - more
    if not more and not less:
        return [f"{name} is not as it was made{_words(one, other)}"]
    says = [f"more of {', '.join(sorted(more))}"] if more else []
    says += [f"less of {', '.join(sorted(less))}"] if less else []
    return [f"{name} is not as it was made: {' and '.join(says)}{_words(one, other)}"]


def _form(root: Any, name: str) -> Any:
    """What a part says, whatever the way in which it is written."""
    if name.endswith(".rels") or name == "[Content_Types].xml":  # a set
        return sorted(tuple(sorted(item.attrib.items())) for item in root)
    return etree.tostring(root, method="c14n")


def _counts(root: Any) -> Counter[str]:
    return Counter(etree.QName(item).localname for item in root.iter() if isinstance(item.tag, str))


def _words(one: Any, other: Any) -> str:
    """The first words that differ."""
    mine, theirs = list(one.itertext()), list(other.itertext())
    for here, there in zip(mine, theirs, strict=False):
        if here != there:
            return f" (`{here[:60]}` stands where `{there[:60]}` was written)"
    return ""
