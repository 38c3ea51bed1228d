"""The pictures, made from real output: `python docs/pictures.py [NAME...]` writes docs/images/.

check.svg (which the README shows too) comes of a pseudo-terminal. The others are pictures of reports and of the local page; they
take a headless `chromium` and `pdftoppm`, as Debian packages them.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pexpect
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs/images"
COLUMNS = 100
GAPCHECK = [sys.executable, "-m", "gapcheck"]
DAY = "2026-11-22"
# Colours with enough contrast on a dark ground for small text.
THEME = TerminalTheme(
    (24, 28, 36), (228, 232, 240),
    [(24, 28, 36), (255, 123, 114), (126, 211, 133), (240, 190, 90), (121, 184, 255), (227, 158, 255), (110, 215, 225), (228, 232, 240)],
    [(140, 148, 162), (255, 160, 152), (160, 230, 165), (250, 210, 130), (160, 205, 255), (240, 190, 255), (160, 230, 238), (255, 255, 255)],
)  # fmt: skip
_FONT = re.compile(r"\s*@font-face \{.*?\}", re.S)  # rich would fetch a font from elsewhere


def typed(command: str, lines: int) -> str:
    """A command with its prompt, and the first lines of what it prints on a terminal."""
    env = {**os.environ, "GAPCHECK_CROSS_CHECK": "0", "TERM": "xterm-256color", "PYTHONUTF8": "1"}
    env.pop("NO_COLOR", None)
    arguments = [*GAPCHECK[1:], *shlex.split(command.replace("\\\n", " "))[1:]]
    raw: bytes = pexpect.run(
        shlex.join([GAPCHECK[0], *arguments]), cwd=str(ROOT), env=env, dimensions=(200, COLUMNS), timeout=120
    )
    shown = raw.decode().replace("\r\n", "\n").rstrip("\n").split("\n")[:lines]
    return "\n".join([f"\x1b[1;34m$\x1b[0m \x1b[1m{command}\x1b[0m", *shown])


def svg(name: str, title: str, *texts: str) -> str:
    """A picture of a terminal with these texts one beneath the other, as SVG."""
    console = Console(record=True, width=COLUMNS, file=open(os.devnull, "w", encoding="utf-8"), force_terminal=True)  # noqa: SIM115
    console.print(Text.from_ansi("\n\n".join(texts)), soft_wrap=False)
    picture = _FONT.sub("", console.export_svg(title=title, theme=THEME, unique_id=name))
    picture = picture.replace("Fira Code", "ui-monospace").replace("<svg ", f'<svg role="img" aria-label="{title}" ', 1)
    return picture


def check() -> None:
    """One question and one profile, as a terminal shows them."""
    (IMAGES / "check.svg").write_text(check_svg(), encoding="utf-8")


def check_svg() -> str:
    """The picture of one question and one profile."""
    return svg(
        "check",
        "gapcheck: one question, then a role profile",
        typed(f"gapcheck can irmer-refer --profession clinical-technologist --registered rct --as-at {DAY}", 6),
        typed(f"gapcheck check examples/profiles/nuclear-medicine-technologist.yaml --as-at {DAY}", 34),
    )


def job_description() -> None:
    """The top of the report on a job description."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        made("jd", "examples/job-descriptions/nuclear-medicine-technologist.docx", "--as-at", DAY, "-o", str(page))
        browser(page.as_uri(), "job-description", 1000, 1250)


def annex() -> None:
    """The first page of the annex."""
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder, "annex.pdf")
        reforms = ("--reform", "register-clinical-technologists", "--reform", "pgd-for-clinical-technologists")
        made(
            "submission",
            "examples/",
            "--profession",
            "clinical-technologist",
            *reforms,
            "--figures",
            "examples/figures.yaml",
            "--as-at",
            DAY,
            "-o",
            str(document),
        )
        stem = IMAGES / "annex"
        subprocess.run(["pdftoppm", "-png", "-r", "80", "-singlefile", str(document), str(stem)], check=True)  # noqa: S607


def serve() -> None:
    """The local page, as a browser shows it."""
    child = pexpect.spawn(
        shlex.join([*GAPCHECK, "serve", "--no-browser", "--port", "0"]), cwd=str(ROOT), encoding="utf-8", timeout=60
    )
    child.expect(r"(http://127\.0\.0\.1:\d+\S*)")
    browser(str(child.match[1]), "serve", 1000, 900)  # type: ignore[index]
    child.sendintr()
    child.close()


def made(*arguments: str) -> None:
    """Run gapcheck."""
    subprocess.run([*GAPCHECK, *arguments], cwd=ROOT, check=True, env={**os.environ, "GAPCHECK_CROSS_CHECK": "0"})


def browser(address: str, name: str, width: int, height: int) -> None:
    """A picture of a page."""
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={width},{height}",  # noqa: S607
         f"--screenshot={IMAGES / f'{name}.png'}", address],
        check=True, capture_output=True,
    )  # fmt: skip


PICTURES: dict[str, Callable[[], None]] = {
    "check": check, "job-description": job_description, "annex": annex, "serve": serve,
}  # fmt: skip

if __name__ == "__main__":
    for wanted in sys.argv[1:] or PICTURES:
        PICTURES[wanted]()
        print(f"made: {wanted}")
