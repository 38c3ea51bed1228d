"""Run a report again from its receipt, and say whether it is identical, or what differs and why."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gapcheck.document.answer import Answer, Sheet
from gapcheck.document.blocks import Block, Document, Facts, inline
from gapcheck.document.receipt import Source
from gapcheck.document.render import beyond
from gapcheck.engine.findings import CrossCheck, check
from gapcheck.errors import InputError, problem
from gapcheck.findings.checked import CHECK, CHECK_FULL, CHECK_TASK, Checked, findings, run_of
from gapcheck.findings.receipts import ReadReport
from gapcheck.findings.receipts import kept as file_of
from gapcheck.law.lawbook import Lawbook
from gapcheck.profile.read import profile_of
from gapcheck.reading import read_document

PROFILE, LAWBOOK, TOOL, FINDINGS, WAIVERS, EDITED = "profile", "lawbook", "tool", "findings", "waivers", "edited"
UNSEEN, SIGNATURE = "unseen", "signature"
_SECOND = re.compile(r"durable-rules \d[0-9a-z.+-]{0,20}\Z")

Afresh = Callable[[str, str, str], "str | bytes | None"]
"""Makes a report again: its command, the day on which it was made, the format; None where what it rests on is not given."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was. `kind`: profile, waivers, lawbook, tool, findings, edited, unseen or
    signature."""

    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of running a report again: the differences, what to know beside them, and who signed it, as far as that was
    asked for."""

    source: str
    format: str
    differences: tuple[Difference, ...]
    notes: tuple[str, ...]
    signed_by: str = ""

    @property
    def identical(self) -> bool:
        return not self.differences


class Verdict(Answer):
    """Whether a report is identical, or what differs."""

    def __init__(self, result: Verified) -> None:
        self.result = result

    def data(self) -> Any:
        """The differences and notes."""
        return {
            "gapcheck": "1",
            "report": self.result.source,
            "format": self.result.format,
            "identical": self.result.identical,
            "differences": [{"kind": item.kind, "says": item.says} for item in self.result.differences],
            "notes": list(self.result.notes),
            "signed_by": self.result.signed_by,
        }

    def document(self, full: bool) -> Document:
        """The verdict, then what differs."""
        told = [(item.kind, item.says) for item in self.result.differences] + [
            ("note", note) for note in self.result.notes
        ]
        pairs = tuple((kind, (inline(says.replace("`", "")),)) for kind, says in told)
        if self.result.signed_by:
            pairs = (("signed by", (inline(self.result.signed_by),)), *pairs)
        blocks: tuple[Block, ...] = (Facts(pairs),) if pairs else ()
        unseen = {item.kind for item in self.result.differences} == {UNSEEN}
        title = "identical" if self.result.identical else "not all of it was run again" if unseen else "differs"
        return Document(title, blocks, subject="A report run again")

    def sheets(self) -> Sequence[Sheet]:
        """A row a difference or note."""
        rows = [(self.result.source, self.result.identical, item.kind, item.says) for item in self.result.differences]
        rows += [(self.result.source, self.result.identical, "note", note) for note in self.result.notes]
        return [
            Sheet(
                "Verified",
                ("report", "identical", "kind", "says"),
                rows or [(self.result.source, self.result.identical, "", "")],
            )
        ]


def verify(
    found: ReadReport,
    source: str,
    profiles: Sequence[Source] = (),
    rules: Sequence[str] = (),
    afresh: Afresh | None = None,
) -> Verified:
    """Run the report in `found` again. `profiles`: the profiles to check against, in place of those embedded; `rules`:
    another lawbook, or folders laid over the packaged one; `afresh`: makes the report again where it rests on more than its
    receipt holds, as an annex does.

    Raises InputError where a profile is missing, and LawbookError for a lawbook that cannot be used.
    """
    differences: list[Difference] = []
    notes: list[str] = []
    book = Lawbook.load(*rules)
    again: list[Checked] = []
    tool = found.receipts[0]["tool"]
    for number, run in enumerate(found.runs):
        profile = _profile(run, profiles, len(found.runs), differences)
        checked = _again(book, run, profile, differences, notes)
        if checked:
            again.append(checked)
            _compare(run, run_of(checked), number, differences)
    _versions(found, book, tool, differences)
    if not differences and len(again) == len(found.runs):
        _edited(found, again, differences, notes, afresh)
    elif found.changed_body():
        differences.append(_EDITED)
    return Verified(source, found.format, tuple(dict.fromkeys(differences)), tuple(dict.fromkeys(notes)))


def signed(result: Verified, raw: bytes, signature: str, signers: str | None) -> Verified:
    """A verdict with who signed the report: a difference where nobody of the allowed signers did.

    Raises InputError where a file cannot be read, none of signers was given, or ssh-keygen is not here.
    """
    from gapcheck.document.signature import signer

    if not signers:
        raise problem(
            "--signature", "whose signatures count is not said", None, "give an allowed signers file: --signers FILE"
        )
    name = signer(raw, signature, signers)
    if name:
        return replace(result, signed_by=name)
    says = f"`{signature}` is no signature of this file by anybody in `{signers}`."
    return replace(result, differences=(*result.differences, Difference(SIGNATURE, says)))


_EDITED = Difference(EDITED, "The report was changed by hand: what it shows is not what it showed when it was made.")


def _profile(run: dict[str, Any], given: Sequence[Source], of: int, differences: list[Difference]) -> Source:
    """The profile to run again: the one given for it, or else the one embedded."""
    kept, name = run["profile"], run["profile"]["source"]
    same = [item for item in given if hashlib.sha256(item.raw).hexdigest() == kept["sha256"]]
    if same:
        return Source(name, same[0].raw)
    if given:
        named = [item for item in given if _base(item.name) == _base(name)] or (list(given) if of == 1 else [])
        if named:
            now = hashlib.sha256(named[0].raw).hexdigest()
            says = f"`{named[0].name}` is not the profile that was checked: its hash was {kept['sha256'][:16]} and is {now[:16]}."
            differences.append(Difference(PROFILE, says))
            return Source(name, named[0].raw)
    if "content" not in kept:
        raise problem(name, "this form of report does not embed the profile", None, "give it: --profile FILE")
    raw = file_of(kept).raw
    if hashlib.sha256(raw).hexdigest() != kept["sha256"]:
        differences.append(
            Difference(PROFILE, f"The profile embedded for `{name}` does not have the hash that the report gives.")
        )
    return Source(name, raw)


def _base(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2]


def _again(
    book: Lawbook, run: dict[str, Any], profile: Source, differences: list[Difference], notes: list[str]
) -> Checked | None:
    rests = run["lawbook"]
    known = {key: value for key, value in rests["interpretations"].items() if key in book.data["interpretations"]}
    waivers = None
    try:
        document = read_document(profile.raw, profile.name)
        law = book.at(rests["as_at"], rests["nation"], known, rests["reforms"])
        report = check(profile_of(document, book), law)
        if run["waivers"]:
            from gapcheck.findings.waivers import apply, entries_of

            if "content" not in run["waivers"]:
                raise problem(run["waivers"]["source"], "this form of report does not embed the waivers")
            waivers = file_of(run["waivers"])
            if hashlib.sha256(waivers.raw).hexdigest() != run["waivers"]["sha256"]:
                differences.append(
                    Difference(WAIVERS, "The waivers embedded do not have the hash that the report gives.")
                )
            report = apply(entries_of(waivers.raw, waivers.name, book), report)
    except InputError as error:
        said = "; ".join(item.message for item in error.problems)
        differences.append(Difference(FINDINGS, f"`{profile.name}` cannot be checked by this lawbook: {said}."))
        return None
    report = _second(report, run["engines"][1:], differences, notes)
    lines = tuple(document.line(("tasks", number)) for number in range(len(report.findings)))
    return Checked(report, profile, lines, waivers)


def _second(report: Any, engines: Sequence[str], differences: list[Difference], notes: list[str]) -> Any:
    """The report with the second engine's agreement, tried again where that engine is here."""
    if not engines:
        return report
    if len(engines) > 1 or not _SECOND.match(engines[0]):
        differences.append(Difference(EDITED, "The report names a second engine that gapcheck does not have."))
        return report
    from gapcheck.engine.confirmed import confirmed

    (tried,) = confirmed([report], None)
    if not tried.cross_check.engine:
        notes.append(f"{engines[0]} is not installed here, so its agreement was not tried again.")
    elif tried.cross_check.engine != engines[0]:
        notes.append(f"The second engine was {engines[0]}; here it is {tried.cross_check.engine}, and agrees.")
    return report._replace(cross_check=CrossCheck(engines[0], True))


def _compare(run: dict[str, Any], now: dict[str, Any], number: int, differences: list[Difference]) -> None:
    before, after = run["findings"], now["findings"]
    names = {
        "status": "status",
        "today": "today",
        "gap": "gap in assurance",
        "because_of_registration": "because of registration",
    }
    for old, new in zip(before, after, strict=False):
        if old["task"] != new["task"]:
            differences.append(
                Difference(FINDINGS, f"The task `{old['task']}` was checked; now it is `{new['task']}`.")
            )
            continue
        changed = [
            f"{name} was {old[key]} and is {new[key]}"
            for key, name in names.items()
            if old.get(key, new[key]) != new[key]
        ]
        if changed:
            differences.append(Difference(FINDINGS, f"{new['label']}: {'; '.join(changed)}."))
        elif old["sha256"] != new["sha256"]:
            says = "the answer is the same, but the ways, the law or the evidence given for it are not"
            differences.append(Difference(FINDINGS, f"{new['label']}: {says}."))
    if len(before) != len(after):
        differences.append(Difference(FINDINGS, f"{len(before)} tasks were checked; now there are {len(after)}."))
    if (
        run["sha256"]
        and run["sha256"] != now["sha256"]
        and not differences
        and run["lawbook"]["digest"] == now["lawbook"]["digest"]
    ):
        differences.append(Difference(FINDINGS, f"What report {number + 1} says beside its findings differs."))


def _versions(found: ReadReport, book: Lawbook, tool: str, differences: list[Difference]) -> None:
    from importlib.metadata import version

    for rests in [run["lawbook"] for run in found.runs] + ([found.asked["lawbook"]] if found.asked else []):
        if rests["digest"] != book.digest:
            laid = [item["overlay"] for item in rests.get("overlays", [])]
            help = f" It was laid over by {', '.join(laid)}: give --rules." if laid and not book.overlays else ""
            says = f"The lawbook was {rests['version']} ({rests['digest'][:16]}) and is {book.version} ({book.digest[:16]}).{help}"
            differences.append(Difference(LAWBOOK, says))
    if tool != version("gapcheck"):
        differences.append(Difference(TOOL, f"The report was made by gapcheck {tool}; this is {version('gapcheck')}."))


def _edited(
    found: ReadReport, again: Sequence[Checked], differences: list[Difference], notes: list[str], afresh: Afresh | None
) -> None:
    """Whether the report is, part by part, what it would be if it were made now."""
    made = found.receipts[0]["made"]
    (command, *others) = dict.fromkeys(receipt["command"] for receipt in found.receipts)
    if found.changed_body():
        differences.append(_EDITED)
    if not others and (command in (CHECK, CHECK_FULL) or command.startswith(CHECK_TASK)):
        only = command.removeprefix(CHECK_TASK) if command.startswith(CHECK_TASK) else ""
        fresh: str | bytes | None = findings(found.format, again, made, command == CHECK_FULL, only)
    else:
        fresh = afresh(command, made, found.format) if afresh and not others else None
    if fresh is None:
        says = "What it says beside its findings was not made again"
        help = "the folders that it was made from, with --folder, and it is"
        differences.append(Difference(UNSEEN, f"{says}: give {help}."))
        return
    if more := beyond(found.raw, fresh, found.format):
        differences[:] = [Difference(EDITED, f"The report is not what was made: {'; '.join(more)}.")]
        notes.append("A program that saves a file anew can change it too: keep the file as gapcheck wrote it.")
