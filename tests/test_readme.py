"""What the README shows is what the commands print. `python tests/test_readme.py` puts the present output into it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"<!-- (run|head (\d+)|python) -->\n```(?:console|python)\n(.*?)```", re.S)


def shown(match: re.Match[str]) -> str:
    """The block as it ought to be."""
    kind, lines, body = match.group(1, 2, 3)
    if kind == "python":
        return match.group(0)
    command = body.splitlines()[0]
    output = execute([sys.executable, "-m", *command.removeprefix("$ ").split()])
    if lines:
        output = "\n".join(output.splitlines()[: int(lines)]) + "\n...\n"
    return f"<!-- {kind} -->\n```console\n{command}\n{output}```"


def execute(command: list[str]) -> str:
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False, timeout=60,
                            env={**os.environ, "PYTHONUTF8": "1", "GAPCHECK_CROSS_CHECK": "0"})  # fmt: skip
    assert result.stderr == ""
    return re.sub(r"digest [0-9a-f]{16}", "digest ................", result.stdout)


def test_readme_shows_what_the_commands_print() -> None:
    text = README.read_text(encoding="utf-8")
    assert len(BLOCK.findall(text)) == 4
    assert BLOCK.sub(shown, text) == text


def test_readme_python_runs() -> None:
    source = next(
        match.group(3) for match in BLOCK.finditer(README.read_text(encoding="utf-8")) if match.group(1) == "python"
    )
    assert "'restricted': 2, 'risky': 4" in execute([sys.executable, "-c", source])


if __name__ == "__main__":
    README.write_text(BLOCK.sub(shown, README.read_text(encoding="utf-8")), encoding="utf-8")
