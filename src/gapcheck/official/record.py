"""What was read of the official text when a person last looked: hashes, dates and addresses, never the text."""

from __future__ import annotations

import json
import os
from typing import Any

from gapcheck.errors import problem
from gapcheck.packaged import folder

NAME = "official.json"


def place(rules: tuple[str, ...]) -> str:
    """The file of the record: in the last folder of a lawbook, or in the packaged rules."""
    return os.path.join(rules[-1] if rules else folder("rules"), NAME)


def read(path: str) -> dict[str, dict[str, Any]]:
    """The record by provision; empty where there is none yet. Raises InputError for a file out of form."""
    if not os.path.exists(path):
        return {}
    try:
        with open(path, encoding="utf-8") as stream:
            data = json.load(stream)
        found = data["provisions"]
        if data["gapcheck-official"] != 1 or not all(isinstance(item["hash"], str) for item in found.values()):
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        help = "`gapcheck law FOLDER --record` writes it"
        raise problem(path, "this is no record of the official text", None, help) from None
    return dict(found)


def text_of(provisions: dict[str, dict[str, Any]]) -> str:
    """The record as it is kept: a line a provision, in order, so that a change is a line to review."""
    lines = [f"{json.dumps(name)}: {json.dumps(item, ensure_ascii=False)}" for name, item in sorted(provisions.items())]
    return '{"gapcheck-official": 1, "provisions": {\n' + ",\n".join(lines) + "\n}}"
