"""`gapcheck diff` of two lawbooks never says that nothing changes: a fault of any kind is named, with the old and the new."""

from __future__ import annotations

import copy
import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from gapcheck import Lawbook
from gapcheck.diff.report import LawDiff, difference_data
from gapcheck.diff.result import DiffResult, result
from gapcheck.diff.sides import Side
from gapcheck.diff.texts import WHOLE
from gapcheck.document.render import rendered
from tests.conftest import ROOT, TODAY, Run

SCHEMA = json.loads((ROOT / "schemas/diff.schema.json").read_text(encoding="utf-8"))
CT = "register-clinical-technologists"


def spoilt(book: Lawbook, kind: str, identity: str, path: tuple[Any, ...], value: Any) -> Lawbook:
    """The lawbook with one value changed; None takes it away."""
    items = dict(book.data[kind])
    items[identity] = copy.deepcopy(items[identity])
    place = items[identity]
    for key in path[:-1]:
        place = place[key]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    digest = hashlib.sha256(repr((kind, identity, path, value)).encode()).hexdigest()
    return Lawbook({**book.data, kind: items}, digest)


def difference(book: Lawbook, other: Lawbook, nation: str = "england") -> DiffResult:
    sides = [Side(item, (), TODAY, nation, {}, ()) for item in (book, other)]
    found = result(sides[0], sides[1], days=True)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(difference_data(found))))
    assert found.differs and "Nothing changes" not in str(rendered(LawDiff(found), "table"))
    return found


# A fault of each kind: where, and the new value. It is told with the old value and the new one.
FAULTS: dict[str, tuple[str, str, tuple[Any, ...], Any]] = {
    "a sentence of a rule": ("rules", "operator", ("say", "open"), "The person is registered."),
    "what a rule leaves out": ("rules", "operator", ("limits",), "None."),
    "an address": ("provisions", "irmer-2017/reg-10", ("url",), "https://www.legislation.gov.uk/uksi/2017/1322/regulation/12"),
    "how sure": ("provisions", "hpss-ni-2001/s-8", ("confidence",), "verified-in-guidance"),
    "a number": ("instruments", "irmer-2017", ("citation",), "SI 2017/1323"),
    "a question": ("facts", "emergency", ("question",), "Is it no emergency?"),
    "an alias": ("medicines", "hyoscine-butylbromide", ("aliases",), ["hydrocortisone"]),
    "a synonym": ("tasks", "nm-spect-ct", ("synonyms",), ["scan"]),
    "a place": ("wording", "places", ("postcodes", "wales"), ["LL"]),
    "a message": ("codes", "W008", ("why",), "It is so."),
    "a claim": ("claims", "ap-medication-errors", ("statement",), "Errors are few."),
    "a property": ("properties", "irmer-needs-a-statutory-register", ("says",), "All is well."),
    "an example": ("examples", "operator", (0,), {"case": "none", "facts": {}, "route": "open"}),
    "advice": (WHOLE, "advice", (), "This is legal advice."),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_words_are_told_as_they_were_and_as_they_are(book: Lawbook, fault: str) -> None:
    kind, identity, path, value = FAULTS[fault]
    if kind == WHOLE:
        other = Lawbook({**book.data, identity: value}, "0" * 64)
    else:
        other = spoilt(book, kind, identity, path, value)
    found = difference(book, other)
    assert not found.entries and not found.tasks
    assert {item.kind for item in found.texts} == {kind} and {name for item in found.texts for name in item.ids} == {
        identity
    }
    old, new = (rendered(LawDiff(found), "markdown").count(word) for word in ("\u2192", "Nothing changes"))
    assert old and not new


def test_a_severity_changes_the_findings_of_its_task_and_of_no_other(book: Lawbook) -> None:
    found = difference(book, spoilt(book, "tasks", "rt-plan-checking", ("harm", "severity"), "low"))
    assert {item.task for item in found.tasks} == {"rt-plan-checking"}
    assert any("gap" in item.changed for item in found.tasks)


def test_a_comparator_and_the_table_of_gaps_change_findings(book: Lawbook) -> None:
    found = difference(book, spoilt(book, "tasks", "nm-administer-iv-contrast", ("comparator",), "arts-therapist"))
    assert {item.task for item in found.tasks} == {"nm-administer-iv-contrast"}
    table = copy.deepcopy(book.data["gap"])
    for row in table.values():
        if isinstance(row, dict) and "severe" in row:
            row["severe"]["nothing"] = "none"
    if "severe" in table:
        table["severe"]["nothing"] = "none"
    found = difference(book, Lawbook({**book.data, "gap": table}, "1" * 64))
    assert len(found.tasks) > 20 and found.texts


def test_a_medicine_said_to_be_radioactive_opens_an_exemption(book: Lawbook) -> None:
    found = difference(book, spoilt(book, "medicines", "dobutamine", ("facts", "medicine.radioactive"), True))
    assert ("gain", "medical-exposure") in {(entry.kind, entry.route) for entry in found.entries}
    medicines = {name for entry in found.entries for act in entry.acts for name in act.medicines or ()}
    assert medicines == {"dobutamine"}


def test_the_law_of_the_past_is_compared_on_its_days(book: Lawbook) -> None:
    moved = spoilt(book, "rules", "social-worker-title-ni", ("in-force", "from"), "2007-01-01")
    found = difference(book, moved, "northern-ireland")
    days = {day for item in found.elsewhere if item.kind == "day" for day in item.names}
    assert "2006-01-01" in days and all("2006-01-01" <= day < "2007-01-01" for day in days)


def test_a_reform_is_compared_under_itself(book: Lawbook) -> None:
    found = difference(book, spoilt(book, "reforms", CT, ("changes",), []))
    assert {item.names for item in found.elsewhere} == {(CT,)}
    assert any("linical technologists" in item.says for item in found.elsewhere)


def test_the_exit_code_follows_the_digest(gapcheck: Run, tmp_path: Path) -> None:
    """An overlay of words alone: no finding changes, and it ends with 1."""
    text = (ROOT / "rules/wording/places.yaml").read_text(encoding="utf-8").replace("betsi cadwaladr, ", "", 1)
    (tmp_path / "wording").mkdir()
    (tmp_path / "wording/places.yaml").write_text(text.replace("../../", f"{ROOT}/"), encoding="utf-8")
    done = gapcheck("diff", "--rules", tmp_path, "--exit-code", "--nation", "england")
    assert done.returncode == 1 and "No act opens or closes for anybody" in done.stdout, done.stderr
    assert "betsi cadwaladr \u2192" in done.stdout
