"""What lint found, as an answer: lines for a person, data for a program, places for code review."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gapcheck.document import sarif
from gapcheck.document.answer import Answer, Log, Sheet
from gapcheck.document.blocks import Block, Document, Items, Paragraph, Run, Table, inline
from gapcheck.document.words import number, plain
from gapcheck.lint import Lint, LintFinding
from gapcheck.lint.codes import ERROR, WARNING, Code
from gapcheck.version import __version__


class Linted(Answer):
    """The findings on a lawbook."""

    def __init__(self, result: Lint) -> None:
        self.result = result

    def data(self) -> Any:
        """Each finding with its place."""
        return lint_data(self.result)

    def brief(self) -> Document:
        """A line for each finding: file, line, code, what is wrong; what to do."""
        first, *rest = lint_lines(self.result) or [self._counts()]
        return Document(first, tuple(Paragraph(inline(line)) for line in rest))

    def document(self, full: bool) -> Document:
        """A table of the findings, and why each of the codes matters."""
        rows = tuple(
            (
                inline(f"{_path(one.file)}:{one.line}"),
                inline(_code(one)),
                inline(_flat(one.message)),
                inline(_flat(one.help)),
            )
            for one in self.result.findings
        )
        blocks: list[Block] = [Paragraph(inline(self._counts()), "lead")]
        if rows:
            head = tuple(inline(text) for text in ("Place", "Code", "What is wrong", "What to do"))
            blocks.append(Table("lint", "Findings on the lawbook", head, rows, True, (0.26, 0.12, 0.34, 0.28)))
            found = {one.code.id for one in self.result.findings}
            codes = [code for code in self.result.codes if code.id in found]
            blocks.append(
                Items(tuple(inline(Run(f"{code.id}: {code.title}. ", strong=True), _flat(code.why)) for code in codes))
            )
        return Document("The lawbook, checked", tuple(blocks), f"Version {self.result.version}, on {self.result.as_at}")

    def _counts(self) -> str:
        errors, warnings = self.result.count(ERROR), self.result.count(WARNING)
        return f"{number(errors, 'error')}, {number(warnings, 'warning')} in {number(self.result.files, 'file')}."

    def sheets(self) -> Sequence[Sheet]:
        """A row a finding."""
        head = ("file", "line", "code", "severity", "title", "message", "help")
        rows = [
            (
                _path(one.file),
                one.line,
                one.code.id,
                one.code.severity,
                one.code.title,
                _flat(one.message),
                _flat(one.help),
            )
            for one in self.result.findings
        ]
        return [Sheet("Lint", head, rows)]

    def places(self) -> Log:
        """The findings at their places, and a rule for each code."""
        ids = [code.id for code in self.result.codes]
        driver = {
            "name": "gapcheck lint",
            "version": __version__,
            "rules": [_sarif_rule(code) for code in self.result.codes],
        }
        results = [_sarif_result(finding, ids) for finding in self.result.findings]
        return Log(driver, results, {"invocations": [{"executionSuccessful": True}]})


def lint_lines(result: Lint) -> list[str]:
    """One line for each finding: file, line, code, what is wrong; what to do."""
    return [_flat(f"{_path(one.file)}:{one.line}: {_code(one)} {one.message}; {one.help}") for one in result.findings]


def _code(finding: LintFinding) -> str:
    return finding.code.id if finding.code.severity == ERROR else f"{finding.code.id} ({finding.code.severity})"


def lint_data(result: Lint) -> dict[str, Any]:
    """The findings as data."""
    return {
        "gapcheck": "1",
        "lawbook": {"version": result.version, "as_at": result.as_at, "files": result.files},
        "summary": {"errors": result.count(ERROR), "warnings": result.count(WARNING), "waits": result.waits},
        "vouched": result.vouched._asdict(),
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


def _sarif_result(finding: LintFinding, rules: list[str]) -> dict[str, Any]:
    return {
        "ruleId": finding.code.id,
        "ruleIndex": rules.index(finding.code.id),
        "level": finding.code.severity,
        "message": {"text": f"{finding.message}; {finding.help}"},
        "locations": [{"physicalLocation": sarif.place(finding.file, finding.line)}],
    }


def _path(file: str) -> str:
    """The path from the folder in which the command runs, where the file is below it."""
    try:
        path = Path(file).resolve().relative_to(Path.cwd().resolve())
    except ValueError:
        return file
    return str(path)


def _flat(text: str) -> str:
    """Text from the files of strangers, on one line."""
    return " ".join(plain(text).split())
