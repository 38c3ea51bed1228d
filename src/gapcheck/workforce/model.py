"""What the parts of a workforce run hand to each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gapcheck.errors import Problem, problem

if TYPE_CHECKING:
    import polars as pl

FIELDS = (
    "id",
    "organisation",
    "nation",
    "employer",
    "profession",
    "registrations",
    "annotations",
    "entitlements",
    "arrangements",
    "facts",
    "tasks",
    "band",
    "scopes",
    "title",
)
ROW = "row"
MAX_VALUE = 200  # characters of a value that a reject shows


@dataclass(frozen=True, slots=True)
class Reject:
    """Something for which a row is not answered. `row`: its line in the file (a CSV), or its number from 1 (Parquet)."""

    row: int
    column: str
    value: str
    reason: str
    help: str = ""

    def cells(self) -> tuple[object, ...]:
        """As a row of the rejects file."""
        value = self.value if len(self.value) <= MAX_VALUE else f"{self.value[:MAX_VALUE]}..."
        return self.row, self.column, value, self.reason, self.help


REJECT_HEADER = ("row", "column", "value", "reason", "help")


@dataclass(slots=True)
class Chunk:
    """Some rows of the table: text columns and `row`; what could not be read; how far the reading is (0 to 1, or unknown)."""

    rows: pl.DataFrame
    rejects: list[Reject] = field(default_factory=list)
    done: float | None = None


def reject_of(row: int, column: str, value: str, found: Problem) -> Reject:
    """A problem that the lawbook has with a value, as a reject."""
    return Reject(row, column, value, found.message, found.help)


def needs_extra(names: Iterable[str]) -> None:
    """Raises InputError where a library of the extra `workforce` is not installed."""
    from importlib.util import find_spec

    missing = [name for name in names if find_spec(name) is None]
    if missing:
        raise problem(
            "gapcheck workforce", f"{' and '.join(missing)} is not installed", None, "pip install 'gapcheck[workforce]'"
        )
