"""What the pages show is what the commands print: `python docs/runs.py` puts the present output into them.

A fenced block stands under a comment that says what to do with it:
  <!-- run [CODE] -->           the first lines, each after `$ `, are run; what follows is what the last one prints
  <!-- head N [CODE] -->        the same, of which N lines are shown
  <!-- answers A / B / ... -->  the same, the answers being given line by line; the questions (standard error) are shown
  <!-- quiet [CODE] -->         each line is run, and nothing is shown
  <!-- serve -->                the local page is started, and stopped once it answers
  <!-- python -->               the program is run
  <!-- file NAME -->            the lines are written to a file
  <!-- add FILE after "TEXT" -->  the lines are put into the file after the line with that text
CODE is the exit code (0). The blocks of a page are run in order, in a folder of their own with copies of examples/ and rules/.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.request import urlopen

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BLOCK = re.compile(r"<!-- (run|head|answers|quiet|serve|python|file|add)\b ?([^\n]*?) ?-->\n```(\w*)\n(.*?)```", re.S)
_DIGEST = re.compile(r'(digest |"digest": ")[0-9a-f]{16,64}')  # it changes with every change of the lawbook
_PATH = os.pathsep.join(
    [os.path.dirname(sys.executable), os.environ.get("PATH", "")]
)  # `python` in a command is this one
_CACHE = tempfile.TemporaryDirectory()  # the linked lawbook of a run, not left in the reader's own
FENCE = re.compile(r"(?:^<!-- ([^\n]*?) -->\n)?^```(\w*)\n(.*?)^```", re.S | re.M)


def pages() -> list[Path]:
    """The hand-written pages."""
    return sorted(HERE.rglob("*.md"))


def checked(text: str) -> str:
    """A page with every block as it ought to be. Raises AssertionError where a command does not end as the page says."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name in ("examples", "rules"):
            shutil.copytree(ROOT / name, folder / name)
        return BLOCK.sub(lambda match: _block(match, folder), text)


def _block(match: re.Match[str], folder: Path) -> str:
    kind, how, language, body = match.groups()
    if kind == "add":
        _add(how, body, folder)
        return match[0]
    if kind == "file":
        (folder / how).write_text(body, encoding="utf-8")
        return match[0]
    if kind == "python":
        _execute([sys.executable, "-c", body], folder, "", 0)
        return match[0]
    if kind == "serve":
        _serve(body, folder)
        return match[0]
    if kind == "quiet":
        code = int(how or 0)
        for line in body.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            if words:
                _execute(_program(words), folder, "", code)
        return match[0]
    commands = re.findall(r"^\$ (?:.*\\\n)*.*", body, re.M)  # a line that ends in a backslash goes on
    numbers = [int(word) for word in how.split() if word.isdigit()] if kind != "answers" else []
    lines = numbers.pop(0) if kind == "head" else None
    answers = "".join(f"{line.strip()}\n" for line in how.split("/")) if kind == "answers" else ""
    for command in commands:
        last = command is commands[-1]
        out, err = _execute(
            _program(shlex.split(command[2:].replace("\\\n", " "))), folder, answers, sum(numbers) if last else 0
        )
    output = _DIGEST.sub(r"\1................", err if kind == "answers" else out)
    if lines:
        output = "\n".join(output.splitlines()[:lines]) + "\n...\n"
    shown = "\n".join([*commands, output.strip("\n")]).rstrip("\n")
    return f"<!-- {kind}{f' {how}' if how else ''} -->\n```{language}\n{shown}\n```"


def _program(words: list[str]) -> list[str]:
    """A command of a page as it is run here: gapcheck and python are those of this interpreter."""
    if words[0] == "gapcheck":
        return [sys.executable, "-m", *words]
    return [sys.executable, *words[1:]] if words[0] == "python" else words


def _execute(command: list[str], folder: Path, answers: str, code: int) -> tuple[str, str]:
    result = subprocess.run(
        command, cwd=folder, input=answers, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120,
        env={**os.environ, "PATH": _PATH, "PYTHONUTF8": "1", "GAPCHECK_CROSS_CHECK": "0", "GAPCHECK_CACHE": _CACHE.name, "SOURCE_DATE_EPOCH": "1795305600"},
    )  # fmt: skip
    assert result.returncode == code, (
        f"{shlex.join(command)} ended with {result.returncode}, not {code}: {result.stderr}"
    )
    return result.stdout, result.stderr


def _serve(body: str, folder: Path) -> None:
    """Start the local page on a free port without a browser, and see that it answers."""
    command = [*_program(shlex.split(body)), "--no-browser", "--port", "0"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert process.stdout
        said = iter(process.stdout.readline, "")
        address = next(found[0] for line in said if (found := re.search(r"http://127\.0\.0\.1:\d+\S*", line)))
        with urlopen(address) as answer:  # noqa: S310
            assert answer.status == 200
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _add(how: str, body: str, folder: Path) -> None:
    found = re.fullmatch(r'(\S+) after "(.*)"', how)
    assert found, f'`{how}` is not of the form FILE after "TEXT"'
    path = folder / found[1]
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(number for number, line in enumerate(lines) if found[2] in line)
    path.write_text("".join([*lines[: place + 1], body, *lines[place + 1 :]]), encoding="utf-8")


def unmarked(text: str) -> list[str]:
    """Commands of gapcheck in a page that no comment tells to be run."""
    return [
        line
        for how, _, body in FENCE.findall(text)
        if how.partition(" ")[0] not in ("run", "head", "answers", "quiet", "serve", "python", "file", "add")
        for line in body.splitlines()
        if re.match(r"(\$ )?gapcheck [a-z-]", line)
    ]


if __name__ == "__main__":
    wanted = sys.argv[1:]
    for page in pages():
        if not wanted or any(word in str(page) for word in wanted):
            before = page.read_text(encoding="utf-8")
            after = checked(before)
            if after != before:
                page.write_text(after, encoding="utf-8")
                print(f"changed: {page.relative_to(ROOT)}")
