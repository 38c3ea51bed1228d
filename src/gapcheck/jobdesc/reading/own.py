"""What is no job description though it can be read: files that gapcheck itself takes or makes. They are refused by name."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from gapcheck.errors import InputError, problem
from gapcheck.jobdesc.reading.text import TextDocument

_REPORT = re.compile(r"\bLawbook \S{4,20}, digest [0-9a-f]{16}\b|\bgapcheck informs; it is not legal advice")
_YAML = re.compile(r"^(?:gapcheck[ \t]*:|(?:holder|post|tasks|claims|waivers|rules)[ \t]*:[ \t]*(?:[#&]|$))", re.M)
_NAMED = re.compile(r"^gapcheck[ \t]*:", re.M)
_ROLE = re.compile(r"^(?:holder|post)[ \t]*:", re.M)
_POSTS = frozenset(["profession", "registrations", "entitlements", "arrangements", "tasks"])  # columns of a workforce
_CSV = ("profile,title,profession,", "source,problem,format,title,", "part,of,value,count")
_PROFILE = "`gapcheck check` reads it; `gapcheck jd` reads job descriptions"
_MADE = "give the job description that the report is about; `gapcheck verify` runs a report again"
_TABLE = "`gapcheck workforce` reads it; `gapcheck jd` reads job descriptions"


def refused_own(document: TextDocument) -> TextDocument:
    """The document, unless it is a report of gapcheck's own. Raises InputError then."""
    if _REPORT.search(document.text):
        raise a_report(document.source)
    return document


def a_report(source: str) -> InputError:
    """What is said of a report of gapcheck's own."""
    return problem(source, "this is a report of gapcheck, not a job description", None, _MADE)


def refuse_text(text: str, source: str, suffix: str) -> None:
    """Raises InputError for the text of a file that gapcheck takes or makes: YAML, JSON, CSV."""
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith(_CSV):
        raise a_report(source)
    if suffix in (".yaml", ".yml") or len(_YAML.findall(start[:20_000])) >= 2:
        if _NAMED.search(start[:20_000]) or _ROLE.search(start[:20_000]):
            raise problem(source, "this is a file of gapcheck's own, such as a role profile", None, _PROFILE)
        if suffix in (".yaml", ".yml"):
            raise problem(source, "this is a file of settings (YAML), not a job description")


def refuse_data(data: Any, source: str) -> None:
    """Raises InputError for parsed JSON that gapcheck takes or makes."""
    for item in data[:1] if isinstance(data, list) else [data]:
        if not isinstance(item, dict):
            return
        if {"gapcheck", "lawbook"} <= item.keys() or {"document", "registration"} <= item.keys() or "runs" in item:
            raise a_report(source)
        if len({"gapcheck", "holder", "post"} & item.keys()) >= 2:
            raise problem(source, "this is a role profile, not a job description", None, _PROFILE)


def refuse_table(rows: Sequence[Sequence[str]], source: str) -> None:
    """Raises InputError where the columns of a table are those of a workforce."""
    for row in rows[:20]:
        named = {re.sub(r"[^a-z]", "", cell.lower()) for cell in row}
        if len(_POSTS & named) >= 2:
            raise problem(source, "this is a table of posts, not a job description", None, _TABLE)


def plain_json(text: str) -> Any:
    """JSON text as data, with numbers of any length. Raises ValueError where it is none."""
    return json.loads(text, strict=False, parse_int=short_number)


def short_number(digits: str) -> int:
    """A number of JSON; one of more than twenty digits says nothing that is needed, and would take long to read."""
    return int(digits) if len(digits) <= 20 else 0
