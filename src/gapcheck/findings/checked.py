"""The findings of a check as an answer: its data with receipts, its document, its rows, its places in the profiles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from gapcheck.clock import today
from gapcheck.document.answer import Answer, Log, Look, Sheet
from gapcheck.document.receipt import Source, digest, hashed, receipt_of
from gapcheck.engine.findings import Report
from gapcheck.version import __version__

if TYPE_CHECKING:
    from gapcheck.document.blocks import Document

SHORT = ("task", "label", "status", "today", "because_of_registration")  # of a finding, in a receipt
CHECK, CHECK_FULL, CHECK_TASK = "check", "check --full", "check --task "  # what a receipt says was run


class Checked(NamedTuple):
    """A report with what it was made of: the profile's bytes, the line of each task in it, and the waivers given."""

    report: Report
    profile: Source
    lines: tuple[int | None, ...]
    waivers: Source | None = None


class Findings(Answer):
    """The reports on profiles. `made`: the day of the answer, ISO text (today); `full`: that the receipt says so; `only`: the
    task that alone is shown."""

    def __init__(self, checked: Sequence[Checked], made: str = "", full: bool = False, only: str = "") -> None:
        self.checked = checked
        self.reports = [item.report for item in checked]
        self.full = full
        self.only = only
        self._made = made
        self._data: list[dict[str, Any]] = []

    @property
    def made(self) -> str:
        """The day of the answer."""
        self._made = self._made or today()
        return self._made

    def _reports(self) -> list[dict[str, Any]]:
        from gapcheck.findings.data import report_data

        self._data = self._data or [report_data(report) for report in self.reports]
        return self._data

    def _runs(self) -> list[dict[str, Any]]:
        return [run_of(item, data) for item, data in zip(self.checked, self._reports(), strict=True)]

    def data(self) -> Any:
        """The reports, each with its receipt; one report alone stands for itself."""
        found = [
            {**data, "receipt": {**receipt_of(CHECK, [run], made=self.made), "body": digest(data)}}
            for data, run in zip(self._reports(), self._runs(), strict=True)
        ]
        return found[0] if len(found) == 1 else found

    def receipt(self) -> dict[str, Any] | None:
        """What was run."""
        command = f"{CHECK_TASK}{self.only}" if self.only else CHECK_FULL if self.full else CHECK
        return receipt_of(command, self._runs(), made=self.made)

    def brief(self) -> Document:
        """One screen a report."""
        from gapcheck.findings.brief import brief

        return self._only() if self.only else brief(self.reports)

    def document(self, full: bool) -> Document:
        """The summary, the findings, and what they rest on."""
        from gapcheck.findings.document import document

        return self._only() if self.only else document(self.reports, self.made, full)

    def _only(self) -> Document:
        from gapcheck.findings.document import task_document

        return task_document(self.reports, self.only, self.made)

    def sheets(self) -> Sequence[Sheet]:
        """A row a finding, then what the profiles need."""
        from gapcheck.findings.rows import sheets

        return sheets(self.reports, receipt_of(CHECK, self._runs(), made=self.made))

    def places(self) -> Log:
        """Each finding that is not clear, at its line of the profile."""
        from gapcheck.findings.sarif import places

        lines = [item.lines for item in self.checked]
        return places(self.reports, lines, receipt_of(CHECK, self._runs(), made=self.made))


def run_of(checked: Checked, data: dict[str, Any] | None = None) -> dict[str, Any]:
    """One check of one profile, in and out. `data`: the report as data, where it is known."""
    from gapcheck.findings.data import lawbook_data, report_data

    report = checked.report
    data = data or report_data(report)
    second = [report.cross_check.engine] if report.cross_check.engine else []
    return {
        "profile": hashed(checked.profile, True),
        "lawbook": lawbook_data(report.law),
        "engines": [f"gapcheck {__version__}", *second],
        "waivers": hashed(checked.waivers, True) if checked.waivers else None,
        "findings": [
            {**{key: item[key] for key in SHORT}, "gap": item["assurance"]["gap"], "sha256": digest(item)}
            for item in data["findings"]
        ],
        "sha256": digest({key: value for key, value in data.items() if key != "cross_check"}),
    }


def findings(
    format: str, checked: Sequence[Checked], made: str = "", full: bool = False, only: str = ""
) -> str | bytes:
    """The reports in a format. Raises InputError where a library that the format needs is not installed."""
    from gapcheck.document.render import rendered

    return rendered(Findings(checked, made, full, only), format, Look(full))
