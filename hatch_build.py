"""Build hook: link the lawbook while the wheel is made, so that an installed command does not have to."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class LinkLawbook(BuildHookInterface[Any]):
    """Adds `gapcheck/lawbook.json` to the wheel. A lawbook that cannot be linked fails the build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from gapcheck.law.store import LINKED, link

        linked = Path(tempfile.mkdtemp()) / LINKED
        linked.write_bytes(link([str(root / "rules")]))
        build_data["force_include"][str(linked)] = f"gapcheck/{LINKED}"
