"""Build hook: what is made while the wheel is made: the linked lawbook, so that an installed command does not have to link it,
and the data set of questions of law."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class LinkLawbook(BuildHookInterface[Any]):
    """Adds the linked lawbook and the data set to the wheel. A lawbook that cannot be linked fails the build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from gapcheck.conform.questions import SHIPPED, build, lines
        from gapcheck.law.lawbook import Lawbook
        from gapcheck.law.store import LINKED, link

        made = Path(tempfile.mkdtemp())
        (made / LINKED).write_bytes(link([str(root / "rules")]))
        questions = build(Lawbook.load(root / "rules"), str(root / "tests/questions"))
        (made / SHIPPED).write_text("\n".join(lines(questions)) + "\n", encoding="utf-8")
        for name in (LINKED, SHIPPED):
            build_data["force_include"][str(made / name)] = f"gapcheck/{name}"
