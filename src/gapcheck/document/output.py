"""Where answers go: standard output of any encoding, or a file that is whole or not there at all.

A file is written without a name, or under a name of its own beside its place, and takes its name when it is whole. A link is
followed, permissions stay, and a pipe or device is written to and not replaced.
"""

from __future__ import annotations

import codecs
import errno
import os
import stat
import sys
from collections.abc import Iterable
from types import TracebackType
from typing import IO

import click

from gapcheck.document.answer import Look
from gapcheck.errors import InputError, problem

LEAST, MOST = 20, 110  # characters of a line of text


def look_of(full: bool, output: str | None = None) -> Look:
    """How text is shown: by the width of the terminal, in colour where that is wanted."""
    terminal = output in (None, "-") and sys.stdout.isatty()
    width = _terminal_width() if terminal else 100
    return Look(full, max(LEAST, min(width, MOST)), terminal and not os.environ.get("NO_COLOR"))


def _terminal_width() -> int:
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def check_output(output: str | None, inputs: Iterable[str] = ()) -> None:
    """Raises InputError where an output is a folder, or one of the inputs by whatever name."""
    if output in (None, "-"):
        return
    name = str(output)
    if os.path.isdir(name):
        raise problem(name, "cannot be written: this is a folder", None, "name a file in it")
    for item in inputs:
        if _same(name, item):
            raise problem(
                name, "the output is also an input, which would be lost", None, "give the output another name"
            )


def _same(one: str, other: str) -> bool:
    """Whether two names are of one regular file."""
    try:
        found = os.stat(one)
        return stat.S_ISREG(found.st_mode) and os.path.samestat(found, os.stat(other))
    except (OSError, ValueError):
        return False


def refused(name: str, error: OSError) -> InputError:
    """What went wrong with a file or stream, in words."""
    full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
    said = "the disk is full" if full else (error.strerror or str(error)).lower()
    return problem(name, f"cannot be written: {said}")


def write(text: str | bytes, output: str | None, format: str = "table") -> None:
    """Write a whole answer. Raises InputError where that cannot be done."""
    if output in (None, "-"):
        _to_standard_output(text, format)
        return
    with Target(output, format) as target:
        target.write(text if isinstance(text, bytes) else encoded(f"{click.unstyle(text)}\n"))


def encoded(text: str) -> bytes:
    """Text as UTF-8; what a name that is not UTF-8 left in it becomes a mark."""
    return text.encode("utf-8", "replace")


class Target:
    """A file, or standard output, that is written piece by piece. Raises InputError where it cannot be written."""

    def __init__(self, output: str | None, format: str = "table") -> None:
        self.output = "" if output in (None, "-") else str(output)
        self.format = format
        self.stream: IO[bytes] | None = None
        self.place = self.part = ""

    def __enter__(self) -> Target:
        if self.output:
            check_output(self.output)
            try:
                self._open()
            except (OSError, ValueError) as error:
                raise self._refused(error) from None
        return self

    def _open(self) -> None:
        found = os.stat(self.output) if os.path.exists(self.output) else None
        if (found and not stat.S_ISREG(found.st_mode)) or self.output.startswith(("/dev/", "/proc/")):
            self.stream = open(self.output, "wb")  # noqa: SIM115 - closed on the way out
            return
        self.place = os.path.realpath(self.output)
        if found and not os.access(self.place, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        sweep(self.place)
        self.part = _part(self.place)
        self.stream = _without_name(os.path.dirname(self.place)) or open(self.part, "xb")  # noqa: SIM115
        if found and hasattr(os, "fchmod"):
            os.fchmod(self.stream.fileno(), stat.S_IMODE(found.st_mode))

    def line(self, text: str) -> None:
        """Write a line of text."""
        if self.stream is None:
            _to_standard_output(text, self.format)
        else:
            self.write(encoded(f"{click.unstyle(text)}\n"))

    def write(self, raw: bytes) -> None:
        """Write bytes, to a file."""
        assert self.stream is not None
        try:
            self.stream.write(raw)
        except OSError as error:
            raise self._refused(error) from None

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self.stream is None:
            return
        try:
            self._close(kind is None)
        except OSError as error:
            raise self._refused(error) from None
        finally:
            if self.part:
                _remove(self.part)
        if kind is None:
            click.echo(f"written: {os.fsencode(self.output).decode('utf-8', 'replace')}", err=True)

    def _close(self, whole: bool) -> None:
        assert self.stream is not None
        try:
            self.stream.flush()
            if whole and self.place:
                self._name()
        finally:
            try:
                self.stream.close()
            except OSError:
                if whole:
                    raise
        if whole and self.place:
            os.replace(self.part, self.place)

    def _name(self) -> None:
        """Give a file that has no name yet one beside its place."""
        assert self.stream is not None
        if os.path.lexists(self.part):
            return
        try:
            os.link(f"/proc/self/fd/{self.stream.fileno()}", self.part, follow_symlinks=True)
        except OSError:
            self.stream.seek(0)
            with open(self.part, "xb") as named:
                named.writelines(self.stream)
                os.fchmod(named.fileno(), stat.S_IMODE(os.fstat(self.stream.fileno()).st_mode))

    def _refused(self, error: Exception) -> Exception:
        if isinstance(error, BrokenPipeError):
            return error
        if not isinstance(error, OSError):
            return problem(self.output, f"cannot be written: {error}")
        return refused(os.fsencode(self.output).decode("utf-8", "replace"), error)


def _part(place: str) -> str:
    folder, name = os.path.split(place)
    return os.path.join(folder, f".{name[:200]}.{os.getpid()}.part")


def _without_name(folder: str) -> IO[bytes] | None:
    """A file of a folder that has no name yet, so that nothing of it is left where its writer is killed; None where the system
    has none."""
    if not hasattr(os, "O_TMPFILE") or not os.path.isdir("/proc/self/fd"):
        return None
    try:
        return os.fdopen(os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o666), "w+b")
    except OSError:
        return None


def sweep(place: str) -> None:
    """Take away what writers that were killed left beside a file."""
    folder, name = os.path.split(place)
    try:
        beside = os.listdir(folder or None)
    except OSError:  # what cannot be listed cannot be swept
        return
    for part in beside:
        if not (part.startswith(f".{name[:200]}.") and part.endswith(".part")):
            continue
        number = part.removesuffix(".part").rpartition(".")[2]
        if number.isdigit() and not alive(int(number)):
            _remove(os.path.join(folder, part))


def alive(number: int) -> bool:
    """Whether a process of this number runs."""
    if number == os.getpid():
        return False
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return


def _to_standard_output(text: str | bytes, format: str) -> None:
    stream = sys.stdout
    if stream is None:  # it was closed before we began
        return
    if isinstance(text, str):
        text = f"{text}\n" if stream.isatty() and not os.environ.get("NO_COLOR") else f"{click.unstyle(text)}\n"
    raw = text if isinstance(text, bytes) else _in_encoding(text, stream.encoding or "utf-8", format)
    try:
        stream.flush()
        buffer = getattr(stream, "buffer", None)
        if buffer is None:  # a stream of text alone, as a test or a notebook has
            stream.write(raw.decode(stream.encoding or "utf-8", "replace"))
        else:
            buffer.write(raw)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise refused("standard output", error) from None


_ASCII = str.maketrans({"●": "*", "○": "o", "×": "x", "…": "...", "·": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})  # fmt: skip


def _in_encoding(text: str, encoding: str, format: str) -> bytes:
    """Text for a stream. Where that cannot hold a character, JSON and HTML escape it and lose nothing; the rest has the nearest
    sign, or a mark in its place."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        if "utf" in encoding.lower():
            return encoded(text)
    if format in ("json", "sarif"):
        return text.encode("ascii", "gapcheck-json")
    if format == "html":
        return text.encode("ascii", "xmlcharrefreplace")
    return "".join(_held(char, encoding) for char in text).encode(encoding, "replace")


def _held(char: str, encoding: str) -> str:
    if ord(char) < 128:
        return char
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return char.translate(_ASCII)
    return char


def _escaped(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    found = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    units = (found[place : place + 2].hex() for place in range(0, len(found), 2))
    return "".join(f"\\u{unit}" for unit in units), error.end


codecs.register_error("gapcheck-json", _escaped)
