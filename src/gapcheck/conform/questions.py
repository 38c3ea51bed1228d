"""The data set of questions of law: made from `tests/questions`, kept as lines of JSON, and read back.

The first line says what the set is; each other line is one question with the answer that the law gives
(`schemas/conformance.schema.json`). What a program is asked is a question without its answer.
"""

from __future__ import annotations

import hashlib
import json
import os
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from gapcheck.engine.person import person_of
from gapcheck.engine.routes import BARRED, ActResult, decide_act
from gapcheck.errors import InputError, Problem, problem
from gapcheck.law.dated import Law
from gapcheck.law.lawbook import Lawbook
from gapcheck.packaged import PACKAGE
from gapcheck.profile.model import ALLOWS, Attested, Listing, Profile, Registration, TaskEntry
from gapcheck.profile.question import Question, question

FORM = "1"  # of the lines; it changes where an older program could not read them
SHIPPED = "conformance.jsonl"
UNDATED = "2026-11-22"  # the day of a question that names none
LICENCE = "Apache-2.0"
_LISTS = {"annotations": "annotation", "entitlements": "entitlement", "arrangements": "arrangement"}
_MANY = ("registered", "fact", "interpretation", "reform", *_LISTS.values())
_REFUSED = "error"  # of `tests/questions`: what the command refuses is no question of law


class Case(NamedTuple):
    """A question of law. `asked`: what a program gets; `expect`: verdict, and states of routes and failing facts where they
    were worked out; `provisions`: on which the answer rests; `law`: why, in words; `command`: the same question to `can`."""

    id: str
    asked: Mapping[str, Any]
    expect: Mapping[str, Any]
    provisions: tuple[str, ...]
    law: str
    command: str


class Questions(NamedTuple):
    """The data set. `digest`: the SHA-256 of its questions; `version`: of the lawbook whose ids it uses."""

    version: str
    digest: str
    cases: tuple[Case, ...]


def shipped() -> Questions:
    """The data set of this version: the packaged one, or in a checkout made from `tests/questions`.

    Raises InputError where there is neither.
    """
    path = os.path.join(PACKAGE, SHIPPED)
    if os.path.isfile(path):
        return read(path)
    folder = os.path.join(os.path.dirname(os.path.dirname(PACKAGE)), "tests", "questions")
    if not os.path.isdir(folder):
        raise problem("conform", "the data set is not part of this installation", None, "name one: --questions FILE")
    return build(Lawbook.load(), folder)


def build(book: Lawbook, folder: str) -> Questions:
    """The data set out of the YAML files of a folder. Raises InputError for a question that nobody could be asked."""
    from gapcheck.reading import read_document

    cases = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".yaml"):
            with open(os.path.join(folder, name), "rb") as stream:
                data = read_document(stream.read(), name, 4_000_000).data
            rows = data.get("questions", ())
            cases += [_case(book, name[:-5], row) for row in rows if row["verdict"] != _REFUSED]
    return Questions(book.version, _digest(cases), tuple(cases))


def _case(book: Lawbook, name: str, row: Mapping[str, Any]) -> Case:
    act, stated, others = _options(row["ask"])
    nation = others.get("nation") or book.data["assumes"]["nation"]
    found = question(book, act, nation, stated)
    asked: dict[str, Any] = {
        "id": f"{name}-{hashlib.sha256(row['ask'].encode()).hexdigest()[:8]}",
        "act": found.act,
        "person": _person(found.profile),
        "case": {"medicine": found.entry.medicine, "facts": dict(found.entry.facts)},
        "nation": found.profile.nation,
        "as_at": others.get("as-at", UNDATED),
        "interpretations": dict(item.split("=", 1) for item in stated["interpretation"]),
        "reforms": list(stated["reform"]),
    }
    expect = {key: row[key] for key in ("verdict", "routes", "fails") if key in row}
    result = decided(book, asked)
    law = book.at(asked["as_at"], nation, asked["interpretations"], asked["reforms"])
    rest = tuple(_rests_on(law, result, [*row.get("routes", ()), *row.get("fails", ())]))
    return Case(asked["id"], asked, expect, rest, str(row["law"]), f"gapcheck can {row['ask']}")


def _options(text: str) -> tuple[str, dict[str, Any], dict[str, str]]:
    """The act, the options that may be given often, and the rest, of what is typed after `gapcheck can`."""
    act, *words = shlex.split(text)
    stated: dict[str, Any] = dict.fromkeys(_MANY, ())
    others: dict[str, str] = {}
    for option, value in zip(words[::2], words[1::2], strict=True):
        name = option.removeprefix("--")
        if name in _MANY:
            stated[name] = (*stated[name], value)
        else:
            others[name] = value
    stated.update({name: others.pop(name, None) for name in ("profession", "medicine")}, facts=stated.pop("fact"))
    return act, stated, others


def _person(profile: Profile) -> dict[str, Any]:
    lists = {key: getattr(profile, key) for key in _LISTS}
    return {
        "profession": profile.profession,
        "registrations": [
            {"register": entry.register, "status": entry.status, "as": entry.held_as} for entry in profile.registrations
        ],
        **{
            key: {"in-place": [item.id for item in listing.items], "nothing-else": listing.none}
            for key, listing in lists.items()
        },
    }


def asked_of(book: Lawbook, asked: Mapping[str, Any]) -> tuple[Law, Question]:
    """The law and the question of a line of the data set. Raises InputError for what the lawbook does not know."""
    person = asked["person"]
    case = asked["case"]
    law = book.at(asked["as_at"], asked["nation"], asked["interpretations"], asked["reforms"])
    profile = Profile(
        profession=person["profession"],
        nation=asked["nation"],
        registrations=tuple(
            Registration(entry["register"], entry["status"], entry["as"]) for entry in person["registrations"]
        ),
        annotations=_listing(person["annotations"]),
        entitlements=_listing(person["entitlements"]),
        arrangements=_listing(person["arrangements"]),
        facts={
            name: value for name, value in case["facts"].items() if name == ALLOWS
        },  # of the person, though of this case
    )
    return law, Question(asked["act"], profile, TaskEntry("", medicine=case["medicine"], facts=case["facts"]))


def _listing(data: Mapping[str, Any]) -> Listing:
    return Listing(tuple(Attested(item) for item in data["in-place"]), data["nothing-else"])


def decided(book: Lawbook, asked: Mapping[str, Any]) -> ActResult:
    """The answer of this program's own engine to a line of the data set."""
    law, found = asked_of(book, asked)
    person = person_of(found.profile, law)
    return decide_act(law, found.act, {**person.facts, **found.case(law)}, person.capacities)


def _rests_on(law: Law, result: ActResult, named: Sequence[str]) -> Iterator[str]:
    """The provisions on which an answer rests: of the routes that the question names, else of those that decide the verdict,
    else of the act."""
    routes = [route for route in result.routes if route.route in named]
    routes = routes or [route for route in result.routes if result.verdict in (route.state, BARRED)]
    found = dict.fromkeys(item.id for route in routes for item in route.law)
    yield from found or (item["provision"] for item in law.book.data["acts"][result.act.id].get("law", ()))


def lines(questions: Questions) -> Iterator[str]:
    """The data set as it is kept: what it is, then a question a line."""
    head = {
        "gapcheck-conformance": FORM,
        "version": questions.version,
        "digest": questions.digest,
        "licence": LICENCE,
        "questions": len(questions.cases),
    }
    yield json.dumps(head)
    yield from map(_line, questions.cases)


def _line(case: Case) -> str:
    rest = {"expect": case.expect, "provisions": case.provisions, "law": case.law, "command": case.command}
    return json.dumps({**case.asked, **rest}, ensure_ascii=False)


def _digest(cases: Iterable[Case]) -> str:
    return hashlib.sha256("\n".join(map(_line, cases)).encode()).hexdigest()


def read(path: str) -> Questions:
    """Read a data set. Raises InputError for a file that is none, is of another form or is not whole."""
    try:
        with open(path, encoding="utf-8") as stream:
            first, *rest = stream.read().splitlines()
        head = json.loads(first)
        form = head["gapcheck-conformance"]
    except OSError as error:
        raise problem(path, f"cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError):
        help = 'the first line is {"gapcheck-conformance": ...}; `gapcheck conform --write FILE` writes a data set'
        raise problem(path, "this is no data set of questions", 1, help) from None
    if form != FORM:
        raise problem(path, f"the form is {form!r}, and this program reads {FORM!r}", 1)
    cases, problems = [], []
    for number, line in enumerate(rest, 2):
        try:
            cases.append(_read_case(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            problems.append(Problem(path, number, f"this is no question: {error!s}"))
    if problems:
        raise InputError(problems[:20])
    digest = _digest(cases)
    if digest != head.get("digest"):
        message = "the questions are not those of which the first line speaks: the file was changed or is not whole"
        raise problem(path, message, None, f"the digest of these questions is {digest}")
    return Questions(str(head.get("version", "")), digest, tuple(cases))


def _read_case(data: dict[str, Any]) -> Case:
    rest = {key: data.pop(key) for key in ("expect", "provisions", "law", "command")}
    for key in ("id", "act", "person", "case", "nation", "as_at", "interpretations", "reforms"):
        data[key]
    if not data["id"] or "verdict" not in rest["expect"]:
        raise ValueError("it has no id, or no verdict")
    return Case(data["id"], data, rest["expect"], tuple(rest["provisions"]), rest["law"], rest["command"])
