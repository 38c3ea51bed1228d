"""JUnit XML, for the programs that run tests: each finding at a place is a case, and one that is an error or a warning fails."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from gapcheck.document.answer import Answer, Look
from gapcheck.document.words import plain


def render(answer: Answer, look: Look) -> str:
    """The places of an answer as one suite of tests; without any, one case that passes."""
    log = answer.places()
    name = str(log.driver["name"])
    cases = [_case(name, item) for item in log.results] or [
        f'  <testcase classname={_quoted(name)} name="nothing found"/>'
    ]
    failures = sum(map(_fails, log.results))
    head = f'<testsuite name={_quoted(name)} tests="{len(cases)}" failures="{failures}" errors="0">'
    return "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", head, *cases, "</testsuite>", "</testsuites>"]
    )


def _fails(result: dict[str, Any]) -> bool:
    return result.get("level", "warning") in ("error", "warning")


def _case(name: str, result: dict[str, Any]) -> str:
    text = plain(str(result["message"]["text"]))
    place = result["locations"][0]["physicalLocation"] if result.get("locations") else {}
    file = str(place.get("artifactLocation", {}).get("uri", ""))
    line = place.get("region", {}).get("startLine", 1)
    title = f"{result['ruleId']} {text}"[:200]
    case = f'  <testcase classname={_quoted(name)} name={_quoted(title)} file={_quoted(file)} line="{line}"'
    if not _fails(result):
        return f"{case}/>"
    level = str(result.get("level", "warning"))
    return f"{case}>\n    <failure type={_quoted(level)} message={_quoted(text[:200])}>{escape(text)}</failure>\n  </testcase>"


def _quoted(text: str) -> str:
    return quoteattr(text)
