"""What lint found, as lines for a person, as JSON for a program and as SARIF for code review."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gapcheck import __version__
from gapcheck.document.words import plain
from gapcheck.lint import Finding, Lint
from gapcheck.lint.codes import ERROR, WARNING, Code

SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def lint_table(result: Lint) -> str:
    """One line for each finding: file, line, code, what is wrong; what to do."""
    lines = []
    for finding in result.findings:
        code = finding.code.id if finding.code.severity == ERROR else f"{finding.code.id} ({finding.code.severity})"
        lines.append(_flat(f"{_path(finding.file)}:{finding.line}: {code} {finding.message}; {finding.help}"))
    return "\n".join(lines)


def lint_data(result: Lint) -> dict[str, Any]:
    """The findings as data."""
    return {
        "gapcheck": "1",
        "lawbook": {"version": result.version, "as_at": result.as_at, "files": result.files},
        "summary": {"errors": result.count(ERROR), "warnings": result.count(WARNING), "waits": result.waits},
        "findings": [
            {
                "code": finding.code.id,
                "severity": finding.code.severity,
                "title": finding.code.title,
                "file": _path(finding.file),
                "line": finding.line,
                "message": finding.message,
                "help": finding.help,
            }
            for finding in result.findings
        ],
    }


def lint_sarif(result: Lint) -> dict[str, Any]:
    """The findings as a SARIF 2.1.0 log with one run, and a rule for each code."""
    rules = [code.id for code in result.codes]
    return {
        "$schema": SARIF,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "gapcheck lint",
                        "version": __version__,
                        "rules": [_sarif_rule(code) for code in result.codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "invocations": [{"executionSuccessful": True}],
                "results": [_sarif_result(finding, rules) for finding in result.findings],
            }
        ],
    }


def _sarif_rule(code: Code) -> dict[str, Any]:
    help = f"{code.why.strip()}\n\nInstead of:\n\n{code.bad}\nwrite:\n\n{code.good}\nWhat to do: {code.mend}."
    marked = (
        f"{code.why.strip()}\n\nInstead of\n\n```yaml\n{code.bad}```\n\nwrite\n\n```yaml\n{code.good}```\n\n"
        f"What to do: {code.mend}."
    )
    return {
        "id": code.id,
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": code.why.strip()},
        "help": {"text": help, "markdown": marked},
        "defaultConfiguration": {"level": code.severity},
    }


def _sarif_result(finding: Finding, rules: list[str]) -> dict[str, Any]:
    return {
        "ruleId": finding.code.id,
        "ruleIndex": rules.index(finding.code.id),
        "level": finding.code.severity,
        "message": {"text": f"{finding.message}; {finding.help}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(finding.file)},
                    "region": {"startLine": finding.line},
                }
            }
        ],
    }


def _path(file: str) -> str:
    """The path from the folder in which the command runs, where the file is below it."""
    try:
        path = Path(file).resolve().relative_to(Path.cwd().resolve())
    except ValueError:
        return file
    return str(path)


def _uri(file: str) -> str:
    """Relative to the folder in which the command runs (the top of the repository, in code review), or else absolute."""
    from urllib.parse import quote

    path = Path(_path(file))
    return quote(path.as_posix()) if not path.is_absolute() else path.as_uri()


def _flat(text: str) -> str:
    """Text from the files of strangers, on one line."""
    return " ".join(plain(text).split())
