"""The tables: a row a thing, a column a value, every value of one type; and what each column says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from gapcheck.engine.findings import check
from gapcheck.law import recorded
from gapcheck.law.conditions import PARTS
from gapcheck.law.dated import Law
from gapcheck.law.needs import ways
from gapcheck.matrix.build import matrix, row_of
from gapcheck.matrix.model import ACTS
from gapcheck.profile.model import TaskEntry

Row = tuple[str | int | float | bool | None, ...]


class Column(NamedTuple):
    """A column. `kind`: string, integer, number, boolean or date."""

    name: str
    says: str
    kind: str = "string"


class TidyTable(NamedTuple):
    """A table. `rows`: its rows under the laws of some nations, the first of which gives what no nation changes."""

    name: str
    says: str
    columns: tuple[Column, ...]
    rows: Callable[[Sequence[Law]], Iterator[Row]]


def _matrix_acts(laws: Sequence[Law]) -> Iterator[Row]:
    for law in laws:
        data = law.book.data
        found = matrix(law, list(data["professions"]), ACTS, list(data["acts"]))
        for (profession, act), cell in found.cells.items():
            first = cell.routes[0].route if cell.routes else None
            yield law.nation, profession, act, cell.verdict, first, cell.says


def _matrix_tasks(laws: Sequence[Law]) -> Iterator[Row]:
    for law in laws:
        for profession in law.book.data["professions"]:
            row = row_of(law, profession)
            tasks = tuple(TaskEntry(task) for task in law.book.data["tasks"])
            for item in check(row.profile._replace(tasks=tasks), law).findings:
                yield (
                    law.nation,
                    profession,
                    row.register or None,
                    item.task,
                    item.status,
                    item.today,
                    item.gap,
                    item.because_of_registration,
                )


def _rules(laws: Sequence[Law]) -> Iterator[Row]:
    for key, item in laws[0].book.data["rules"].items():
        window = item["in-force"]
        for act in item["acts"]:
            yield (
                key,
                item["title"],
                act,
                item["route"],
                item["force"],
                window.get("from"),
                window.get("to"),
                ", ".join(item["extent"]),
                item["reading"],
                item.get("limits"),
            )


def _conditions(laws: Sequence[Law]) -> Iterator[Row]:
    for key, item in laws[0].book.data["rules"].items():
        whole: Any = item
        for part in PARTS:
            for number, one in enumerate(whole[part], 1):
                yield (
                    key,
                    part,
                    number,
                    one.get("about") or one.get("fact"),
                    one.get("says"),
                    one.get("as"),
                    json.dumps(one, ensure_ascii=False),
                )


def _rule_law(laws: Sequence[Law]) -> Iterator[Row]:
    for key, item in laws[0].book.data["rules"].items():
        for cited in item["law"]:
            yield key, cited["provision"]


def _provisions(laws: Sequence[Law]) -> Iterator[Row]:
    for key, item in laws[0].book.data["provisions"].items():
        window = item.get("in-force", {})
        yield (
            key,
            item["instrument"],
            item["citation"],
            item["kind"],
            item["url"],
            item.get("says"),
            ", ".join(item["extent"]),
            window.get("from"),
            window.get("to"),
            item["checked"],
            item["confidence"],
        )


def _tasks(laws: Sequence[Law]) -> Iterator[Row]:
    for key, item in laws[0].book.data["tasks"].items():
        harm = item["harm"]
        yield (
            key,
            item["label"],
            item["scope"],
            item["level"],
            item["comparator"],
            harm["severity"],
            harm["basis"],
            harm["evidence"],
            harm["text"],
            harm.get("if-not-done"),
        )


def _task_acts(laws: Sequence[Law]) -> Iterator[Row]:
    for key, item in laws[0].book.data["tasks"].items():
        for number, way in enumerate(ways(item), 1):
            yield from ((key, number, need["act"], json.dumps(need.get("with", {}))) for need in way)


def _synonyms(laws: Sequence[Law]) -> Iterator[Row]:
    for key, item in laws[0].book.data["tasks"].items():
        yield from ((key, name) for name in item["synonyms"])


def _medicine_facts(laws: Sequence[Law]) -> Iterator[Row]:
    for law in laws:
        for key, item in law.book.data["medicines"].items():
            for fact, value in law.medicine(key).items():
                yield (
                    law.nation,
                    key,
                    item["label"],
                    fact,
                    "yes" if value is True else "no" if value is False else str(value),
                )


def _members(laws: Sequence[Law]) -> Iterator[Row]:
    for key, item in laws[0].book.data["classes"].items():
        for one in item["members"]:
            extent = ", ".join(one.get("extent", ())) or None
            yield key, item["title"], item["of"], one["id"], one.get("from"), one.get("to"), extent, one.get("by")


def _professions(laws: Sequence[Law]) -> Iterator[Row]:
    data = laws[0].book.data
    for key, item in data["professions"].items():
        for entry in item["registers"]:
            yield (
                key,
                item["title"],
                entry["register"],
                "statutory",
                ", ".join(entry["regulated-in"]),
                entry.get("from"),
                entry.get("to"),
            )
        for name in item.get("accredited", ()):
            yield key, item["title"], name, "accredited", None, None, None
        if not item["registers"] and not item.get("accredited"):
            yield key, item["title"], None, None, None, None, None


def _readings(laws: Sequence[Law]) -> Iterator[Row]:
    for key, item in laws[0].book.data["interpretations"].items():
        for one in item["readings"]:
            yield (
                key,
                item["title"],
                one["id"],
                one["title"],
                one["id"] == item["default"],
                ", ".join(one["held-by"]),
                one["confidence"],
            )


def _claims(laws: Sequence[Law]) -> Iterator[Row]:
    for key, item in laws[0].book.data["claims"].items():
        study = item.get("study", {})
        yield (
            key,
            item["kind"],
            item["statement"],
            study.get("class"),
            item.get("caveat"),
            ", ".join(item["nations"]),
            ", ".join(item["scopes"]),
        )


def _claim_tasks(laws: Sequence[Law]) -> Iterator[Row]:
    for key, item in laws[0].book.data["claims"].items():
        yield from ((key, task) for task in item.get("tasks", ()))


def _claim_references(laws: Sequence[Law]) -> Iterator[Row]:
    data = laws[0].book.data
    for key, item in data["claims"].items():
        for name in item.get("references", ()):
            work: Any = data["references"][name]
            year = work.get("year")
            address = f"https://doi.org/{work['doi']}" if "doi" in work else work.get("url")
            yield (
                key,
                name,
                work["title"],
                work.get("authors") or work.get("publisher"),
                str(year) if year else None,
                address,
            )


def _vouched(laws: Sequence[Law]) -> Iterator[Row]:
    data = laws[0].book.data
    for name, mark in data["words"].items():
        kind, _, identity = name.partition("/")
        yield kind, identity, mark, recorded.standing(data, name, laws[0].date) or None


_NATION = Column("nation", "the nation whose law it is")
_FROM, _TO = Column("from", "the first day", "date"), Column("to", "the last day; empty where there is none", "date")


def _table(
    name: str,
    says: str,
    rows: Callable[[Sequence[Law]], Iterator[Row]],
    *columns: Column | tuple[str, str] | tuple[str, str, str],
) -> TidyTable:
    return TidyTable(name, says, tuple(one if isinstance(one, Column) else Column(*one) for one in columns), rows)


TABLES = (
    _table("matrix_acts", "who may do which act: each profession as it is ordinarily held, in each nation", _matrix_acts, _NATION,
           ("profession", "the profession"), ("act", "the act of law"), ("verdict", "open, available, unknown or barred"),
           ("route", "the most direct way that is not barred"), ("says", "the answer in a sentence")),
    _table("matrix_tasks", "how each task stands for each profession as it is ordinarily held, in each nation", _matrix_tasks, _NATION,
           ("profession", "the profession"), ("register", "the statutory register on which it is held; empty for none"), ("task", "the task"),
           ("status", "blocked, arrange, unknown, restricted, risky or clear"), ("today", "yes, if, arrange, unknown or no"),
           ("gap", "the gap in assurance: none, low, medium or high"), ("because_of_registration", "whether registration would close it")),
    _table("rules", "the rules, a row an act", _rules, ("rule", "the rule"), ("title", "what it says in a line"), ("act", "the act"),
           ("route", "the way"), ("force", "statute or framework"), _FROM, _TO, ("extent", "the nations, with commas"),
           ("reading", "how the law is read"), ("limits", "what the rule cannot see")),
    _table("rule_conditions", "the conditions of the rules", _conditions, ("rule", "the rule"), ("part", "holder, circumstances or arrangements"),
           ("number", "its place within the part", "integer"), ("about", "the fact that it goes by"), ("says", "what it says in words"),
           ("remedy", "what would mend it: register, amend, arrange or cannot"), ("test", "the test, as JSON")),
    _table("rule_law", "the provisions on which the rules rest", _rule_law, ("rule", "the rule"), ("provision", "the provision")),
    _table("provisions", "the provisions", _provisions, ("provision", "the provision"), ("instrument", "the instrument"),
           ("citation", "how it is cited"), ("kind", "statute, framework, local and others"), ("url", "its address"),
           ("says", "what it says, in our words"), ("extent", "the nations, with commas"), _FROM, _TO,
           ("checked", "when it was last checked", "date"), ("confidence", "verified-in-text, verified-in-guidance or unverified")),
    _table("tasks", "the tasks", _tasks, ("task", "the task"), ("label", "what it is called"), ("scope", "its scope of practice"),
           ("level", "core, enhanced, advanced or consultant"), ("comparator", "the registered profession that does the same"),
           ("severity", "how bad the harm is: low, moderate, severe or catastrophic"), ("basis", "stated by a source, or inferred"),
           ("evidence", "the class of evidence: rate, counts, case, asserted or none"), ("harm", "the harm if it is done badly"),
           ("if_not_done", "what happens where it is not done")),
    _table("task_acts", "the acts that tasks need", _task_acts, ("task", "the task"), ("way", "the ways are alternatives; of one all are needed", "integer"),
           ("act", "the act"), ("case", "the facts of the case, as JSON")),
    _table("task_synonyms", "what tasks are called", _synonyms, ("task", "the task"), ("synonym", "another name")),
    _table("medicine_facts", "the facts of the medicines on the day", _medicine_facts, _NATION, ("medicine", "the medicine"),
           ("label", "what it is called"), ("fact", "the fact"), ("value", "its value")),
    _table("list_members", "the members of the lists that the law names", _members, ("list", "the list"), ("title", "what it lists"),
           ("of", "the kind of member"), ("member", "the member"), _FROM, _TO, ("extent", "the nations, where not all"), ("by", "what added it")),
    _table("profession_registers", "the registers of each profession", _professions, ("profession", "the profession"), ("title", "what it is called"),
           ("register", "the register; empty where there is none"), ("kind", "statutory or accredited"), ("regulated_in", "the nations, with commas"), _FROM, _TO),
    _table("readings", "the readings of disputed provisions", _readings, ("interpretation", "the dispute"), ("title", "what is disputed"),
           ("reading", "the reading"), ("reads", "what it says"), ("is_default", "whether it is the one taken", "boolean"),
           ("held_by", "who holds it"), ("confidence", "how sure that is")),
    _table("claims", "the evidence: what is claimed", _claims, ("claim", "the claim"), ("kind", "the kind of claim"), ("statement", "what it says"),
           ("class", "the class of evidence"), ("caveat", "what to beware of"), ("nations", "where, with commas"), ("scopes", "in which scopes, with commas")),
    _table("claim_tasks", "the tasks that claims are about", _claim_tasks, ("claim", "the claim"), ("task", "the task")),
    _table("claim_references", "the works on which claims rest", _claim_references, ("claim", "the claim"), ("reference", "the work"),
           ("title", "its title"), ("who", "authors or publisher"), ("year", "its year"), ("url", "where it is")),
    _table("vouched", "each thing of the lawbook with the mark of its words and what its sign-offs come to", _vouched, ("kind", "the kind"),
           ("thing", "the thing"), ("words", "the mark of its words"), ("state", "signed, disputed, past or stale; empty where nobody looked")),
)  # fmt: skip
