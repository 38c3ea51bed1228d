"""Read YAML and JSON written by strangers, safely, and remember on which line each part stands.

Plain data only: no tags, no aliases, no duplicate keys; limits on size and depth. The document is built from parser
events with a stack, so depth costs no recursion. Dates stay text, so that YAML and JSON give the same values.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from gapcheck.errors import problem

if TYPE_CHECKING:
    from io import BufferedReader

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
PATIENCE = 30.0  # seconds for somebody to write into a pipe
MAX_NUMBER = 20  # digits; nothing that is read here counts further

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: slower, same result
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

Path = tuple[str | int, ...]
_PLAIN = {f"tag:yaml.org,2002:{name}" for name in ("bool", "int", "float", "null")}


class DataFile(NamedTuple):
    """What a file says (dict, list or scalar) and the line, from 1, of each path in it."""

    source: str
    data: Any
    lines: dict[Path, int]

    def line(self, path: Path) -> int | None:
        """The line of `path`, or of the nearest part around it."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path)


def opened(path: str | os.PathLike[str]) -> BufferedReader:
    """A file opened to read its bytes. Raises OSError where it cannot be, and for a pipe that nobody writes into."""
    import stat

    if os.name == "nt" or not stat.S_ISFIFO(os.stat(path).st_mode):
        return open(path, "rb")
    import errno  # only for a pipe
    import select

    number = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    if not select.select([number], [], [], PATIENCE)[0]:
        os.close(number)
        raise OSError(errno.ETIMEDOUT, "nobody writes into this pipe")
    os.set_blocking(number, True)
    return os.fdopen(number, "rb")


def read_document(raw: bytes, source: str, max_bytes: int = MAX_BYTES) -> DataFile:
    """Parse bytes. Raises InputError for anything that is not one plain YAML or JSON document."""
    if len(raw) > max_bytes:
        raise problem(source, f"the file is {len(raw) / 1e6:.1f} MB; at most {max_bytes / 1e6:.0f} MB is read")
    text = _decode(raw, source)
    if not text.strip():
        raise problem(source, "the file is empty")
    if text.lstrip().startswith("{"):
        json_document = _read_json(text, source)
        if json_document is not None:
            return json_document
    return _Builder(text, source).build()


def _decode(raw: bytes, source: str) -> str:
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise problem(source, "this is not text in UTF-8", line, "save the file as plain UTF-8 text") from None
    if "\x00" in text:
        raise problem(source, "this is a binary file, not text", None, "give a YAML or JSON text file")
    return text


def _read_json(text: str, source: str) -> DataFile | None:
    """A JSON document, or None where the text is YAML that begins with a brace."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        seen: dict[str, Any] = {}
        for key, value in pairs:
            if key in seen:
                raise problem(source, f"the key `{key}` stands twice", None, "keep one of them")
            seen[key] = value
        return seen

    def whole(digits: str) -> int:
        if len(digits) > MAX_NUMBER:
            raise problem(source, f"`{digits[:MAX_NUMBER]}...` is too large a number")
        return int(digits)

    try:
        data = json.loads(text, object_pairs_hook=once, parse_int=whole)
        if "\\ud" in text.lower():  # half of a character is no text: it becomes a question mark
            data = json.loads(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))
    except RecursionError:
        raise problem(source, f"the file is nested more than {MAX_DEPTH} levels deep") from None
    except ValueError:
        return None
    try:
        lines = _Builder(text.replace("\t", " "), source).build().lines
    except Exception as error:
        if "levels deep" in str(error):
            raise
        lines = {(): 1}
    return DataFile(source, data, lines)


def _tab_at(text: str, mark: yaml.Mark) -> bool:
    """Whether a tab stands where the parser stopped."""
    lines = text.split("\n")
    return mark.line < len(lines) and lines[mark.line][mark.column : mark.column + 1] == "\t"


class _Builder:
    """Builds plain data out of parser events, refusing what a data file has no need of."""

    def __init__(self, text: str, source: str) -> None:
        self.text = text
        self.source = source
        self.lines: dict[Path, int] = {}
        self.scalars = yaml.SafeLoader("")
        self.stack: list[tuple[Any, Path]] = []
        self.key: str | None = None
        self.key_end = 0
        self.keys: list[str | None] = []
        self.root: Any = None
        self.documents = 0

    def build(self) -> DataFile:
        try:
            for event in yaml.parse(self.text, _Loader):
                self._take(event)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            message = error.problem or error.context or "this is not YAML"
            line = mark.line + 1 if mark else None
            if mark and message == "found character that cannot start any token" and _tab_at(self.text, mark):
                raise problem(
                    self.source, "a tab stands here", line, "put spaces in its place: YAML takes no tabs"
                ) from None
            if "nesting" in message:  # libyaml has a limit of its own, and reads ahead of ours
                raise self._too_deep(line) from None
            raise problem(self.source, f"not readable as YAML: {message}", line) from None
        except yaml.YAMLError as error:
            raise problem(self.source, f"not readable as YAML: {str(error).splitlines()[0]}") from None
        return DataFile(self.source, self.root, self.lines)

    def _take(self, event: Any) -> None:
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise problem(self.source, "anchors and aliases (`&`, `*`) are not read", line, "write the value out")
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._refuse_tag(event, line)
            self._open({} if isinstance(event, yaml.MappingStartEvent) else [], line)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self.stack.pop()
            self.key = self.keys.pop()
            if self.stack and isinstance(self.stack[-1][0], dict):
                self.key = None
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise problem(
                    self.source, "the file holds more than one document (`---`)", line, "one file, one document"
                )

    def _refuse_tag(self, event: Any, line: int | None) -> None:
        if event.tag and event.tag != "!":
            raise problem(self.source, f"the tag `{event.tag}` is not read", line, "plain values only")

    def _open(self, container: Any, line: int | None) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise self._too_deep(line)
        path = self._place(container, line)
        self.stack.append((container, path))
        self.keys.append(self.key)
        self.key = None

    def _too_deep(self, line: int | None) -> Exception:
        return problem(self.source, f"the file is nested more than {MAX_DEPTH} levels deep", line)

    def _scalar(self, event: Any, line: int | None) -> None:
        self._refuse_tag(event, line)
        if self.stack and isinstance(self.stack[-1][0], dict) and self.key is None:
            container, path = self.stack[-1]
            if event.value in container:
                raise problem(self.source, f"the key `{event.value}` stands twice", line, "keep one of them")
            self.key = str(event.value)
            self.key_end = event.end_mark.index
            self.lines[(*path, self.key)] = line or 0
            return
        self._refuse_cut_text(event, line)
        self._place(self._value(event, line), line)
        if self.stack and isinstance(self.stack[-1][0], dict):
            self.key = None

    def _refuse_cut_text(self, event: Any, line: int | None) -> None:
        """Refuse a key without a value that was meant as the rest of the text before it, as in `{note: Tc-99m, adult}`."""
        if event.value or event.style or self.key is None or self.text[self.key_end : self.key_end + 1] == ":":
            return
        container, _ = self.stack[-1]
        last = next(reversed(container), None)
        if last is not None and isinstance(container[last], str):
            help = f'put the text in quotes: {last}: "{container[last]}, {self.key}"'
            raise problem(
                self.source, f"the comma ends the text of `{last}`, and `{self.key}` has no value", line, help
            )

    def _value(self, event: Any, line: int | None) -> Any:
        if not event.implicit[0]:
            return event.value
        tag = self.scalars.resolve(yaml.ScalarNode, event.value, (True, False))  # type: ignore[no-untyped-call]
        if tag not in _PLAIN:
            return event.value
        try:
            node = yaml.ScalarNode(tag, event.value)
            value = self.scalars.yaml_constructors[tag](self.scalars, node)
        except ValueError:
            raise problem(self.source, f"`{event.value[:40]}` is not a number", line) from None
        if isinstance(value, int) and abs(value) >= 10**MAX_NUMBER:  # in whatever base it was written
            raise problem(self.source, f"`{event.value[:MAX_NUMBER]}...` is too large a number", line)
        return value

    def _place(self, value: Any, line: int | None) -> Path:
        if not self.stack:
            self.root = value
            path: Path = ()
        else:
            container, around = self.stack[-1]
            if isinstance(container, dict):
                if self.key is None:
                    raise problem(self.source, "a key must be a word", line)
                path = (*around, self.key)
                container[self.key] = value
            else:
                path = (*around, len(container))
                container.append(value)
        self.lines.setdefault(path, line or 0)
        return path
