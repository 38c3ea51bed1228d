"""Write the tables to a folder, with `datapackage.json` (the form of Frictionless Data) as their dictionary."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from typing import Any

from gapcheck.document.csv import csv_text
from gapcheck.document.output import write
from gapcheck.errors import problem
from gapcheck.export.tables import Row, TidyTable
from gapcheck.law.dated import Law

CSV, PARQUET = "csv", "parquet"
_TYPES = {"string": "String", "integer": "Int64", "number": "Float64", "boolean": "Boolean", "date": "String"}


def export(laws: Sequence[Law], tables: Sequence[TidyTable], folder: str, form: str) -> dict[str, int]:
    """Write each table as a file of the folder; the number of rows of each. Raises InputError where that cannot be done."""
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise problem(folder, f"cannot be written: {(error.strerror or str(error)).lower()}") from None
    counts, resources = {}, []
    for table in tables:
        rows = list(table.rows(laws))
        raw = _parquet(table, rows) if form == PARQUET else f"{_csv(table, rows)}\n".encode()
        write(raw, os.path.join(folder, f"{table.name}.{form}"), form)
        counts[table.name] = len(rows)
        resources.append(_resource(table, form, len(rows), raw))
    text = json.dumps(_package(laws, resources), ensure_ascii=False, indent=2)
    write(text, os.path.join(folder, "datapackage.json"), "json")
    return counts


def _csv(table: TidyTable, rows: Sequence[Row]) -> str:
    said = {True: "true", False: "false"}
    cells = ([said[cell] if isinstance(cell, bool) else cell for cell in row] for row in rows)
    return csv_text([one.name for one in table.columns], cells)


def _parquet(table: TidyTable, rows: Sequence[Row]) -> bytes:
    import io

    try:
        import polars
    except ModuleNotFoundError:
        help = "pip install 'gapcheck[workforce]', or take CSV"
        raise problem("export", "Parquet needs the library `polars`", None, help) from None
    schema = {one.name: getattr(polars, _TYPES[one.kind]) for one in table.columns}
    frame = polars.DataFrame(list(rows), schema=schema, orient="row")
    dates = [polars.col(one.name).str.to_date("%Y-%m-%d") for one in table.columns if one.kind == "date"]
    page = io.BytesIO()
    frame.with_columns(dates).write_parquet(page)
    return page.getvalue()


def _resource(table: TidyTable, form: str, rows: int, raw: bytes) -> dict[str, Any]:
    fields = [{"name": one.name, "type": one.kind, "description": one.says} for one in table.columns]
    return {
        "name": table.name.replace("_", "-"),
        "path": f"{table.name}.{form}",
        "description": table.says,
        "format": form,
        "rows": rows,
        "bytes": len(raw),
        "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}",
        "schema": {"fields": fields},
    }


def _package(laws: Sequence[Law], resources: list[dict[str, Any]]) -> dict[str, Any]:
    law = laws[0]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "gapcheck-lawbook",
        "title": str(law.book.data["title"]),
        "description": str(law.book.data["advice"]),
        "version": law.book.version,
        "licenses": [{"name": "Apache-2.0", "path": "https://www.apache.org/licenses/LICENSE-2.0"}],
        "lawbook": {
            "digest": law.book.digest,
            "as_at": law.date,
            "nations": [one.nation for one in laws],
            "reforms": list(law.reforms),
            "interpretations": law.readings,
        },
        "resources": resources,
    }
