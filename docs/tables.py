"""Pages made from what the program itself holds: the commands, the schemas, the codes and the properties."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from gapcheck.cli import COMMANDS
from gapcheck.law.lawbook import Lawbook

Schema = Mapping[str, Any]


def commands_page() -> str:
    """What each command says of itself under --help."""
    lines = [
        "# Commands",
        "",
        "Each command as it describes itself under `--help`. Exit codes are in [a table](exit-codes.md).",
        "",
    ]
    for name, says in COMMANDS.items():
        command: click.Command = import_module(f"gapcheck.commands.{name}").command
        context = click.Context(command, info_name=f"gapcheck {name}", max_content_width=96, terminal_width=96)
        lines += [f"## gapcheck {name}", "", says, "", "```text", command.get_help(context), "```", ""]
    return "\n".join(lines)


def formats_table() -> str:
    """Which command has which formats."""
    lines = ["| command | formats |", "|---|---|"]
    for name in COMMANDS:
        command: click.Command = import_module(f"gapcheck.commands.{name}").command
        for option in command.params:
            if option.name == "face" and isinstance(option.type, click.Choice):
                lines.append(f"| `{name}` | {', '.join(f'`{face}`' for face in option.type.choices)} |")
    return "\n".join(lines)


def properties_page(book: Lawbook) -> str:
    """The properties that `gapcheck prove` proves."""
    lines = [
        "# What is proved",
        "",
        "Facts take few values, so these are decided over every case, nation, date and reading, not sampled. "
        "`gapcheck prove` proves them all; `gapcheck prove --only ID` proves one. For a property that does not hold, the "
        "smallest case against it is shown as a command.",
        "",
    ]
    for identity, item in book.data["properties"].items():
        lines += [f"## {item['title']}", "", f"`{identity}`", "", str(item["says"]), ""]
        for exception in item.get("except", ()):
            lines += [f"- Exception: {exception['why']}"] if exception.get("why") else []
        lines.append("")
    return "\n".join(lines)


def schema_pages(folder: Path) -> dict[str, str]:
    """A page for each JSON Schema, and the list of them."""
    pages, rows = {}, []
    for path in sorted(folder.glob("*.schema.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        name = path.name.removesuffix(".schema.json")
        pages[f"contracts/schemas/{name}.md"] = "\n".join(_schema(schema, path.name))
        rows.append(
            f"| [{schema.get('title', name)}]({name}.md) | `schemas/{path.name}` | {_cell(schema.get('description', ''))} |"
        )
    lines = [
        "# Schemas", "", "JSON Schema for every file that a person writes, and for every report. Editors complete keys with them.",
        "", "Each has a stable address, its `$id`: the site of these pages, then `schemas/1/` and the name of the file. The number is the "
        "version of the forms: within it keys are added and none is renamed or taken away; what breaks a reader gets the next number.",
        "", "| what | file | says |", "|---|---|---|", *rows, "",
    ]  # fmt: skip
    return {**pages, "contracts/schemas/index.md": "\n".join(lines)}


def _schema(schema: Schema, name: str) -> Iterator[str]:
    yield from (f"# {schema.get('title', name)}", "", f"`schemas/{name}`", "", str(schema.get("description", "")), "")
    parts = {"": schema, **schema.get("$defs", {})}
    for part, about in parts.items():
        yield from _part(part, about, parts)


def _part(name: str, schema: Schema, parts: Mapping[str, Schema]) -> Iterator[str]:
    """A part of a schema: its description, and its keys as a table."""
    if name:
        yield from (f"## {name}", "", str(schema.get("description", "")), "")
    keys = list(_keys(schema, ""))
    if not keys:
        yield from (_cell(f"{_type(schema)}. {_allowed(schema)}"), "") if name else ()
        return
    yield from ("| key | what | form | needed |", "|---|---|---|---|")
    for key, about, needed in keys:
        yield f"| `{key}` | {_cell(_described(about, parts))} | {_cell(_form(_shown(about, parts[''])))} | {'yes' if needed else ''} |"
    yield ""


def _keys(schema: Schema, before: str) -> Iterator[tuple[str, Schema, bool]]:
    """The keys of an object, and of the objects within it, each by its path."""
    for key, about in schema.get("properties", {}).items():
        if isinstance(about, Mapping):
            yield f"{before}{key}", about, key in schema.get("required", ())
            inner = about.get("items", about)
            if isinstance(inner, Mapping) and inner.get("properties"):
                yield from _keys(inner, f"{before}{key}{'[]' if inner is not about else ''}.")


def _shown(about: Schema, root: Schema) -> Schema:
    """A key as its form is shown: one that borrows from another key is shown as that one."""
    return about if _named(about) else _target(about, root)


def _described(about: Schema, parts: Mapping[str, Schema]) -> str:
    text = about.get("description") or _target(about, parts[""]).get("description", "")
    examples = "; ".join(f"`{json.dumps(item, ensure_ascii=False)}`" for item in about.get("examples", ())[:2])
    return f"{text} For example {examples}" if examples else str(text)


def _form(about: Schema) -> str:
    if name := _named(about):
        return f"[{name}](#{name})"
    if other := _elsewhere(about):
        return f"[{other}]({other}.md)"
    items = about.get("items")
    if isinstance(items, Mapping):
        return f"list of {_form(items)}"
    return " ".join(filter(None, (_type(about), _allowed(about))))


def _named(about: Schema) -> str:
    reference = str(about.get("$ref", ""))
    return reference.rpartition("/")[2] if reference.startswith("#/$defs/") and reference.count("/") == 2 else ""


def _elsewhere(about: Schema) -> str:
    """The other schema that a reference points into."""
    name, found, _ = str(about.get("$ref", "")).partition(".schema.json")
    return name.rpartition("/")[2] if found else ""


def _target(about: Schema, root: Schema) -> Schema:
    """What a reference within a schema points to; the schema itself where it is none."""
    reference = str(about.get("$ref", ""))
    if not reference.startswith("#/"):
        return about
    place: Any = root
    for key in reference.removeprefix("#/").split("/"):
        place = place[key]
    found: Schema = place
    return found


def _type(about: Schema) -> str:
    kinds = about.get("type", "")
    words = {"object": "keys and values", "array": "list", "string": "text", "boolean": "true or false", "null": "null"}
    return " or ".join(words.get(kind, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds) if kind)


def _allowed(about: Schema) -> str:
    if "const" in about:
        return f"`{json.dumps(about['const'])}`"
    values = [f"`{value}`" for value in about.get("enum", ())]
    values += [_form(item) for key in ("oneOf", "anyOf") for item in about.get(key, ()) if isinstance(item, Mapping)]
    return ", ".join(filter(None, values))


def _cell(text: str) -> str:
    return " ".join(str(text).split()).replace("|", "&#124;")
