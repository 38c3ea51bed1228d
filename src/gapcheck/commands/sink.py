"""Where a long answer goes as it is made: standard output, or a file that takes its name only when it is whole."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import IO

import click

from gapcheck.errors import problem


class Sink:
    """A file or standard output, line by line. Raises InputError where the file cannot be written."""

    def __init__(self, output: str | None) -> None:
        self.output = None if output == "-" else output
        self.part = Path(f"{output}.{os.getpid()}.part")
        self.stream: IO[str] | None = None

    def __enter__(self) -> Sink:
        if self.output:
            try:
                self.stream = open(self.part, "w", encoding="utf-8", newline="\n")
            except OSError as error:
                raise self._refused(error) from None
        return self

    def line(self, text: str) -> None:
        """Write a line."""
        if self.stream is None:
            click.echo(text, color=False if os.environ.get("NO_COLOR") else None)
            return
        try:
            self.stream.write(f"{click.unstyle(text)}\n")
        except OSError as error:
            raise self._refused(error) from None

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self.stream is None or self.output is None:
            return
        try:
            self.stream.close()
            if kind is None:
                self.part.replace(self.output)
                click.echo(f"written: {self.output}", err=True)
        except OSError as error:
            raise self._refused(error) from None
        finally:
            self.part.unlink(missing_ok=True)

    def _refused(self, error: OSError) -> Exception:
        return problem(str(self.output), f"cannot be written: {(error.strerror or str(error)).lower()}")
