"""A zip from a stranger, opened with care: Word and OpenDocument files are zips of XML."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from lxml import etree

from gapcheck.errors import problem
from gapcheck.jobdesc.reading.limits import Limits

_MEGABYTE = 1_000_000


class Archive:
    """The members of a zip, read within limits. Raises InputError for a zip that is damaged, encrypted or a bomb."""

    def __init__(self, raw: bytes, source: str, limits: Limits) -> None:
        self.source, self.limits = source, limits
        self.read_so_far = 0
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(raw))
            members = self.zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError, IndexError, OverflowError):
            raise self._damaged() from None
        if len(members) > limits.members:
            raise problem(source, f"the file holds {len(members):,} parts; at most {limits.members:,} are read")
        if any(item.flag_bits & 1 for item in members):
            raise problem(source, "the file is encrypted", None, "save it without a password")
        self.names = {item.filename: item for item in members}

    def read(self, name: str) -> bytes:
        """A member, unpacked."""
        item = self.names[name]
        if item.file_size > _MEGABYTE and item.file_size > self.limits.ratio * max(1, item.compress_size):
            raise self._bomb()
        room = self.limits.expanded - self.read_so_far
        try:
            with self.zip.open(item) as stream:
                data = stream.read(room + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
            raise self._damaged() from None
        self.read_so_far += len(data)
        if len(data) > room or (len(data) > _MEGABYTE and len(data) > self.limits.ratio * max(1, item.compress_size)):
            raise self._bomb()
        return data

    def tree(self, name: str, whole: bool = False) -> Any:
        """A member parsed as XML: no entities, no external references, no document type. `whole`: with comments and processing
        instructions."""
        raw = self.read(name)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=not whole,
            remove_pis=not whole,
        )
        try:
            root: Any = etree.fromstring(raw, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise problem(self.source, f"the file is damaged: {name} cannot be read ({str(error)[:80]})") from None
        if root.getroottree().docinfo.doctype:
            raise problem(
                self.source, f"{name} declares a document type, which no word processor writes; it is not read"
            )
        return root

    def _damaged(self) -> Exception:
        help = "open it in the program that made it, and save it again"
        return problem(self.source, "the file is damaged or not complete", None, help)

    def _bomb(self) -> Exception:
        return problem(self.source, "the file would unpack to far more than a document holds; it is not read")


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """The value of an attribute, whatever its namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
