"""Build the documentation: `python docs/build.py [FOLDER]` writes a static site to site/ (or to FOLDER).

The hand-written pages stand beside this file; the law, the commands, the schemas, the codes and the properties are made from
the lawbook and the program. Every link is checked; a broken one stops the build. The site asks nothing of other machines.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(HERE))

from law_pages import law_pages  # noqa: E402
from tables import commands_page, formats_table, properties_page, schema_pages  # noqa: E402

from gapcheck import Lawbook  # noqa: E402
from gapcheck.law.dated import Law  # noqa: E402

_RUN = re.compile(r"^<!-- [^\n]*? -->\n(?=```)", re.M)  # what a test reads, no reader needs
_SHIM = re.compile(r'"https://[^"]*/iframe-worker/shim"')


def build(target: Path) -> None:
    """Write the site to a folder, which it replaces. Exits with what is wrong where a link leads nowhere."""
    book = Lawbook.load(ROOT / "rules")
    law = book.at(book.version.replace(".", "-"), book.data["assumes"]["nation"])
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        sources(law, work / "docs")
        shutil.copy(HERE / "zensical.toml", work)
        command = [sys.executable, "-m", "zensical", "build", "--strict"]
        result = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
        if result.returncode:
            sys.exit((result.stdout + result.stderr).partition("Traceback")[0])
        for page in (work / "site").rglob("*.html"):
            offline(page, work / "site")
        shutil.copytree(ROOT / "schemas", work / "site" / "schemas" / "1")  # where the address of each says that it is
        if target.exists():
            shutil.rmtree(target)
        shutil.copytree(work / "site", target)


def sources(law: Law, folder: Path) -> None:
    """Every page as Markdown, the made ones beside the written ones."""
    ignored = shutil.ignore_patterns("*.py", "*.toml", "__pycache__")
    shutil.copytree(HERE, folder, ignore=ignored)
    pages = {
        **law_pages(law),
        **schema_pages(ROOT / "schemas"),
        "contracts/commands.md": commands_page(),
        "maintain/properties.md": properties_page(law.book),
        "maintain/change-the-law.md": contributing(),
    }
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for path in folder.rglob("*.md"):
        text = path.read_text(encoding="utf-8").replace("<!-- formats -->", formats_table())
        path.write_text(_RUN.sub("", text), encoding="utf-8")


def contributing() -> str:
    """The guide for contributors as a page."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return text.replace("# Contributing", "# How to change the law", 1)


def offline(page: Path, site: Path) -> None:
    """Take the one script that the theme would fetch from elsewhere from the site itself: search then works from a file."""
    text = page.read_text(encoding="utf-8")
    up = "../" * (len(page.relative_to(site).parts) - 1)
    page.write_text(_SHIM.sub(f'"{up}assets/iframe-worker.js"', text), encoding="utf-8")


if __name__ == "__main__":
    destination = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site"
    build(destination)
    print(f"written: {destination}/index.html")
