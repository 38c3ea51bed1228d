"""Which column of the table is which field of a post: by a small file, by options, or by its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from gapcheck.errors import InputError, Problem, nearest, problem
from gapcheck.forms import form_problems
from gapcheck.reading import MAX_BYTES, opened, read_document
from gapcheck.workforce.model import FIELDS, ROW, Reject

NEEDED = ("id", "profession", "tasks")
_ANY = "*"  # in `values`: everything else that is stated


@dataclass(frozen=True, slots=True)
class ColumnSource:
    """A column of the table, and what its values stand for (empty: themselves)."""

    column: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a mapping says of a field: a column with the meaning of its values, or a constant."""

    column: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    constant: str | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """For each field the columns that may state it (the first that does counts), or a constant."""

    sources: Mapping[str, tuple[ColumnSource, ...]]
    constants: Mapping[str, str]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table that are read."""
        return tuple(dict.fromkeys(item.column for some in self.sources.values() for item in some))


def read_mapping(
    path: str | None, options: Iterable[str], constants: Iterable[str], columns: Sequence[str], source: str
) -> Columns:
    """The mapping of a table with some columns. Raises InputError for a field or column that does not exist."""
    stated = {**(_file(path) if path else {}), **_options(options, constants)}
    by_name = {_plain(name): name for name in reversed(columns)}
    sources: dict[str, tuple[ColumnSource, ...]] = {}
    fixed: dict[str, str] = {}
    problems: list[Problem] = []
    for name in FIELDS:
        for item in stated.get(name, [Stated(by_name[_plain(name)])] if _plain(name) in by_name else []):
            column = item.column if item.column in columns else by_name.get(_plain(item.column))
            if column and (name not in stated or column != item.column) and (others := _alike(column, columns)):
                say = f"several columns could be the {name} of a post: `{column}`, {', '.join(f'`{one}`' for one in others)}"
                problems.append(Problem(source, 1, say, f"name one with --map {name}=COLUMN"))
            if item.constant is not None:
                fixed[name] = item.constant
            elif column is None:
                say = f"there is no column `{item.column}` (for {name})"
                problems.append(Problem(source, 1, say, nearest(item.column, columns)))
            else:
                values = {_plain(key): value for key, value in item.values.items()}
                sources[name] = (*sources.get(name, ()), ColumnSource(column, values))
    for name in NEEDED:
        if name not in stated and name not in sources:
            help = (
                f"name it with --map {name}=COLUMN; the columns are {', '.join(f'`{item}`' for item in columns[:20])}"
            )
            problems.append(Problem(source, 1, f"there is no column for the {name} of a post", help))
    if problems:
        raise InputError(problems)
    return Columns(sources, fixed)


def _options(maps: Iterable[str], constants: Iterable[str]) -> dict[str, list[Stated]]:
    """What --map and --set say. Raises InputError for what is not of the form FIELD=VALUE."""
    stated: dict[str, list[Stated]] = {}
    problems = []
    for option, items in (("--map", maps), ("--set", constants)):
        for item in items:
            name, equals, value = item.partition("=")
            if not equals or name not in FIELDS:
                help = nearest(name, FIELDS) if equals else "write FIELD=VALUE"
                problems.append(Problem(option, None, f"`{item}` names no field of a post", help))
            stated[name] = [Stated(value) if option == "--map" else Stated(constant=value)]
    if problems:
        raise InputError(problems)
    return stated


def _alike(column: str, columns: Iterable[str]) -> list[str]:
    """Other columns of the same name but for capitals and blanks, or of one that was numbered because it stands twice."""
    names = {item: re.sub(r" \(\d+\)$", "", item) for item in columns}
    return [item for item in columns if item != column and _plain(names[item]) == _plain(names[column])]


def _plain(name: str) -> str:
    return " ".join(str(name).replace("_", " ").lower().split())


def _file(path: str) -> dict[str, list[Stated]]:
    """The fields of a mapping file, each as a list of alternatives."""
    try:
        with opened(path) as stream:
            document = read_document(stream.read(MAX_BYTES + 1), path)
    except OSError as error:
        raise problem(path, f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    if problems := form_problems(document, "workforce-map"):
        raise InputError(problems)
    return {name: [_alternative(item) for item in _many(spec)] for name, spec in document.data["fields"].items()}


def _many(spec: object) -> list[object]:
    return spec if isinstance(spec, list) else [spec]


def _alternative(item: object) -> Stated:
    if not isinstance(item, dict):
        return Stated(str(item))
    values = {str(key): _text(value) for key, value in item.get("values", {}).items()}
    return Stated(item.get("column", ""), values, str(item["constant"]) if "constant" in item else None)


def _text(value: object) -> str:
    return ";".join(str(item) for item in _many(value))


def apply(rows: pl.DataFrame, mapping: Columns) -> tuple[pl.DataFrame, list[Reject]]:
    """The rows with the fields of a post as columns, and what stands in a column and is in none of its values."""
    text = {name: pl.col(name).str.strip_chars() for name in mapping.columns}
    fields = []
    for name in FIELDS:
        found = [_expression(text[item.column], item) for item in mapping.sources.get(name, ())]
        fields.append(pl.coalesce(*found, pl.lit(mapping.constants.get(name, ""))).alias(name))
    posts = rows.select(ROW, *fields)
    return posts, _strange(rows, mapping, text)


def _expression(column: pl.Expr, source: ColumnSource) -> pl.Expr:
    """What a column states, null where it states nothing."""
    if not source.values:
        return pl.when(column != "").then(column)
    known = {key: value for key, value in source.values.items() if key != _ANY}
    plain = _plain_column(column)
    said = plain.replace_strict(list(known), list(known.values()), default=None, return_dtype=pl.String)
    if _ANY in source.values:
        said = pl.when(plain != "").then(said.fill_null(source.values[_ANY]))
    return said


def _plain_column(column: pl.Expr) -> pl.Expr:
    return column.str.replace_all("_", " ", literal=True).str.to_lowercase().str.replace_all(r"\s+", " ")


def _strange(rows: pl.DataFrame, mapping: Columns, text: Mapping[str, pl.Expr]) -> list[Reject]:
    """Values that none of the alternatives of their field knows."""
    rejects = []
    for name, sources in mapping.sources.items():
        if not any(item.values for item in sources) or name in mapping.constants:
            continue
        none = pl.all_horizontal(*[_expression(text[item.column], item).is_null() for item in sources])
        stated = pl.any_horizontal(*[text[item.column] != "" for item in sources])
        first = sources[0]
        for row, value in rows.filter(none & stated).select(ROW, first.column).rows():
            reason = f"the mapping does not say which {name} `{value}` is"
            rejects.append(Reject(row, first.column, value, reason, nearest(_plain(value), first.values or [""])))
    return rejects
