"""Build a lawbook: read the YAML under `rules/`, link it, and give one plain dictionary that the engine can use.

The result holds only text, numbers, booleans, lists and dictionaries, so that it can be kept as JSON (see `store`).
Extents become lists of nations; `law` entries become lists of provision ids (`instrument/provision`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from gapcheck.errors import InputError, LawbookError, Problem, nearest
from gapcheck.law import overlays, recorded
from gapcheck.law.conditions import PARTS, Data, classes_in, conditions_of, within
from gapcheck.law.draft import DraftLawbook
from gapcheck.law.indexes import add_indexes
from gapcheck.law.kinds import EXAMPLES, LISTS, SINGLE, complaints_of, read_law_file
from gapcheck.law.links import DANGLING
from gapcheck.law.links import check as links_check
from gapcheck.law.needs import ways
from gapcheck.law.properties import normalise, references
from gapcheck.law.reforms import complaints
from gapcheck.packaged import folder
from gapcheck.reading import DataFile

Book = dict[str, Any]
_CLASS = re.compile(r"\{class:([a-z0-9-]+)\}")  # in the answer of a point
ALL = "all"  # in place of a list of scopes
OUT_OF_FORM, TWICE = "L002", "L004"  # codes of `gapcheck lint`, as DANGLING is


def build(folders: Sequence[str]) -> Book:
    """Read every lawbook file in the folders (a file of a later folder replaces its namesake) and link them.

    Folders other than the packaged one are held to their schemas first, and an overlay to being no statute; then whatever they
    name has to exist, and be what it can be. Raises LawbookError with every problem found.
    """
    own = [
        (number, files)
        for number, (root, files) in enumerate(layers(folders))
        if not os.path.isdir(packaged := folder("rules")) or not os.path.samefile(root, packaged)
    ]
    problems = [
        problem
        for number, files in own
        for name, path in files.items()
        for problem in complaints_of(path, name, local=number > 0)
    ]
    if problems:
        raise LawbookError(problems)
    builder = Builder()
    book = builder.build(folders)
    if own and (wrong := list(links_check(DraftLawbook(book, builder.places, "")))):
        raise LawbookError(wrong)
    return book


def law_files(folders: Sequence[str]) -> dict[str, str]:
    """The YAML files of lawbook folders by name within the folder; a file of a later folder replaces its namesake."""
    files: dict[str, str] = {}
    for _, found in layers(folders):
        files.update(found)
    return dict(sorted(files.items()))


def layers(folders: Sequence[str]) -> list[tuple[str, dict[str, str]]]:
    """Each folder with its YAML files by name within it. Raises LawbookError for a folder without any."""
    found = []
    for given in folders:
        root = Path(given)
        paths = sorted(path for path in root.rglob("*.yaml") if path.is_file()) if given else []
        if not paths:
            raise LawbookError([Problem(str(given), None, "there are no lawbook files (*.yaml) here")])
        found.append((given, {_name(path.relative_to(root)): str(path) for path in paths}))
    return found


def _name(path: Path) -> str:
    """The name of a file within its folder as text, whatever bytes the system has for it."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


class Builder:
    """Builds a lawbook once. What it has read stays in `book` and `places` (kind and id: the document and the path in it)
    when building fails, and `problems` says why, each with its code of `gapcheck lint`."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        kinds: list[str] = [*LISTS, *SINGLE.values(), "provisions", "scopes", "tasks", "claims"]
        self.book: Book = {kind: {} for kind in kinds}
        self.places: dict[tuple[str, str], tuple[DataFile, tuple[str | int, ...]]] = {}
        self.additions: list[DataFile] = []
        self.examples: list[DataFile] = []
        self.reviews: list[DataFile] = []
        self.recorded: dict[str, tuple[DataFile, tuple[str | int, ...]]] = {}
        self.book["words"] = {}
        self.book["reviews"] = {}

    def build(self, folders: Sequence[str]) -> Book:
        """Read, link and index. Raises LawbookError with every problem found."""
        for name, path in law_files(folders).items():
            self._file(path, name)
        if "lawbook" not in self.book:
            self.problems.append(Problem("lawbook.yaml", None, "the lawbook has no lawbook.yaml"))
        self.book["overlays"] = overlays.describe(layers(folders))
        self.book["gap"] = overlays.gap_table(self.book.get("gap", {}), layers(folders))
        if self.problems:  # what cannot be read would only seem to be missing elsewhere
            raise LawbookError(self.problems)
        for document in self.additions:
            overlays.add_to_tasks(self.book, document, self._say)
        for document in self.examples:
            self._examples(document)
        for document in self.reviews:
            self._reviews(document)
        self._normalise()
        self._link()
        if self.problems:
            raise LawbookError(self.problems)
        add_indexes(self.book)
        return self.book

    # -- reading -----------------------------------------------------------------------------------------------

    def _file(self, path: str, name: str) -> None:
        try:
            document = read_law_file(path, name)
        except InputError as error:
            self.problems.extend(error.problems)
            return
        data = document.data
        if not isinstance(data, dict):
            self.problems.append(Problem(name, 1, "a lawbook file is a mapping of keys to values"))
        elif "lawbook" in data:
            self.book.update({key: value for key, value in data.items() if key != "lawbook"}, lawbook=data["lawbook"])
            own = {key: value for key, value in data.items() if key not in ("lawbook", "version")}
            self._record(document, "lawbook", "lawbook", own, ())
        elif "tasks" in data and "scope" in data:
            self._tasks(document)
        elif "claims" in data:
            self._many(document, "claims", data["claims"])
        elif "additions" in data:
            self.additions.append(document)
            self._record(document, "additions", name.removesuffix(".yaml"), data["additions"], ())
            self.places["additions", name.removesuffix(".yaml")] = (document, ())
        elif "reviews" in data:
            self.reviews.append(document)
        elif EXAMPLES in data:
            self.examples.append(document)
            self._record(document, "examples", str(data[EXAMPLES]), {**data}, ())
        elif name == overlays.ABOUT:
            self._record(document, "overlay", str(data.get("overlay")), data, ())
        else:
            self._one_or_many(document)

    def _one_or_many(self, document: DataFile) -> None:
        data = document.data
        for key, kind in SINGLE.items():
            if key in data:
                identity = data.get("id", data[key]) if kind == "rules" else data[key]
                self._keep(document, kind, str(identity), data, ())
                return
        for kind in LISTS:
            if kind in data:
                self._many(document, kind, data[kind])
                return
        self.problems.append(
            Problem(
                document.source,
                1,
                "this file is no known kind of lawbook file",
                "it needs one of the keys " + ", ".join((*SINGLE, *LISTS, EXAMPLES, "tasks", "claims", "additions")),
            )
        )

    def _many(self, document: DataFile, kind: str, items: Any) -> None:
        for index, item in enumerate(items if isinstance(items, list) else [items]):
            if isinstance(item, dict) and "id" in item:
                self._keep(document, kind, str(item["id"]), item, (kind, index))
            else:
                self._say(document, (kind, index), f"each of the {kind} needs an `id`", code=OUT_OF_FORM)

    def _tasks(self, document: DataFile) -> None:
        data = document.data
        scope, comparator = str(data["scope"]), data.get("comparator")
        self.book["scopes"][scope] = {"title": data.get("title", scope), "comparator": comparator}
        self._record(document, "scopes", scope, self.book["scopes"][scope], ())
        stated = [
            {"comparator": comparator, **item, "scope": scope} if isinstance(item, dict) else item
            for item in (data["tasks"] if isinstance(data["tasks"], list) else [data["tasks"]])
        ]
        self._many(document, "tasks", stated)

    def _examples(self, document: DataFile) -> None:
        """Give a rule the examples beside it, each laid over what they share."""
        data: Any = document.data
        identity, shared = str(data[EXAMPLES]), data.get("assume", {})
        rule = self.book["rules"].get(identity)
        if rule is None:
            self._say(document, (EXAMPLES,), f"there is no rule `{identity}`", nearest(identity, self.book["rules"]))
        elif "examples" in rule:
            first = self.places["examples", identity][0]
            message = f"`{identity}` has examples in {first.source}:{first.line(('examples',))}"
            self._say(document, ("examples",), message, "put them into one file", TWICE)
        else:
            self.places["examples", identity] = (document, ())
            rule["examples"] = [
                {**_laid(shared, case), "row": number}
                for number, row in enumerate(data["examples"])
                for case in self._cases(row)
            ]

    def _cases(self, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The cases of a row: one, or one for each value that `each` lists of a profession, a medicine or a fact."""
        if "each" not in row:
            yield row
            return
        ((name, values),) = row["each"].items()
        for value in values:
            title = self.book.get(f"{name}s", {}).get(value, {}).get("title", value)
            said = (
                {name: value}
                if name in ("profession", "medicine")
                else {"facts": {**row.get("facts", {}), name: value}}
            )
            yield {
                **{key: item for key, item in row.items() if key != "each"},
                **said,
                "case": f"{row['case']}: {title}",
            }

    def _reviews(self, document: DataFile) -> None:
        """Keep the sign-offs of a file by what they are of."""
        data: Any = document.data
        for index, item in enumerate(data["reviews"] if isinstance(data["reviews"], list) else ()):
            name = str(item.get("of")) if isinstance(item, dict) else str(item)
            if name in self.book["words"] and isinstance(item, dict):
                self.book["reviews"].setdefault(name, []).append(item)
            else:
                help = nearest(name, self.book["words"])
                self._say(document, ("reviews", index, "of"), f"there is nothing that goes by `{name}`", help)

    def _keep(
        self, document: DataFile, kind: str, identity: str, item: dict[str, Any], path: tuple[str | int, ...]
    ) -> None:
        before = self.places.get((kind, identity))
        if before:
            taken = f"{before[0].source}:{before[0].line(before[1])}"
            self._say(document, path, f"the id `{identity}` is taken by {taken}", "give one of them another id", TWICE)
        self.places[kind, identity] = (document, path)
        self.book[kind][identity] = item
        self._record(document, kind, identity, item, path)

    def _record(self, document: DataFile, kind: str, identity: str, item: Any, path: tuple[str | int, ...]) -> None:
        """Keep the marks of a thing as its file has it, and where it stands."""
        for name, mark in recorded.marks(kind, identity, item):
            self.book["words"][name] = mark
            self.recorded[name] = (document, path)

    def _say(
        self, document: DataFile, path: tuple[str | int, ...], message: str, help: str = "", code: str = DANGLING
    ) -> None:
        self.problems.append(Problem(document.source, document.line(path), message, help, code))

    # -- normalising -------------------------------------------------------------------------------------------

    def _normalise(self) -> None:
        book = self.book
        for instrument_id, instrument in book["instruments"].items():
            for provision in instrument.get("provisions", []):
                self._provision(instrument_id, instrument, provision)
        kinds = ("rules", "classes", "acts", "routes", "registers", "interpretations", "medicines", "expectations")
        for kind in (*kinds, "properties", "papers", "points", "tenets"):
            for identity, item in book[kind].items():
                self._normalise_item(kind, identity, item)
        for identity, item in book["properties"].items():
            normalise(item, partial(self._nations, "properties", identity))
        for identity, item in book["expectations"].items():
            item["nations"] = self._nations("expectations", identity, item["nations"])
        for identity, profession in book["professions"].items():
            for entry in profession["registers"]:
                entry["regulated-in"] = self._nations("professions", identity, entry.get("regulated-in", ["uk"]))
        for item in book["tasks"].values():
            source = item.get("source", [])
            item["source"] = source if isinstance(source, list) else [source]
        book["sources"] = {
            f"{kind}/{identity}": f"{document.source}:{document.line(path) or 1}"
            for (kind, identity), (document, path) in self.places.items()
        }

    def _provision(self, instrument_id: str, instrument: dict[str, Any], provision: dict[str, Any]) -> None:
        keys = ("kind", "url", "in-force", "checked", "confidence")
        inherited: dict[str, Any] = {key: instrument[key] for key in keys if key in instrument}
        identity = f"{instrument_id}/{provision['id']}"
        whole: dict[str, Any] = {**inherited, **provision, "id": identity, "instrument": instrument_id}
        extent = provision.get("extent", instrument.get("extent", ["uk"]))
        whole["extent"] = self._nations("instruments", instrument_id, extent)
        whole["citation"] = f"{instrument.get('short', instrument['title'])}, {provision['title']}"
        self.book["provisions"][identity] = whole

    def _normalise_item(self, kind: str, identity: str, item: dict[str, Any]) -> None:
        if "law" in item:
            item["law"] = self._law(kind, identity, item["law"])
        if kind == "rules":
            item["extent"] = self._nations(kind, identity, item.get("extent", ["uk"]))
            for part in PARTS:
                item[part] = item.get(part, {}).get("all", []) if isinstance(item.get(part, {}), dict) else []
                for condition in item[part]:
                    if "law" in condition:
                        condition["law"] = self._law(kind, identity, condition["law"])
        for member in (*item.get("members", ()), *item.get("dated", ())):
            if "extent" in member:
                member["extent"] = self._nations(kind, identity, member["extent"])
        for duty in (*item.get("duties", ()), *item.get("duties-on-person", ())):
            duty["law"] = self._law(kind, identity, duty.get("law", []))
        for said in (*item.get("signs", ()), *item.get("fields", ())):
            said["law"] = self._law(kind, identity, said.get("law", []))
            if "extent" in said:
                said["extent"] = self._nations(kind, identity, said["extent"])

    def _law(self, kind: str, identity: str, law: Any) -> list[dict[str, Any]]:
        """A `law` entry as a list of {provision, extent (None: wherever the provision extends)}."""
        entries = law if isinstance(law, list) else [law]
        return [
            {
                "provision": f"{entry['instrument']}/{provision}",
                "extent": self._nations(kind, identity, entry["extent"]) if "extent" in entry else None,
            }
            for entry in entries
            for provision in entry["provisions"]
        ]

    def _nations(self, kind: str, identity: str, extent: Any) -> list[str]:
        names = extent if isinstance(extent, list) else [extent]
        nations: list[str] = []
        for name in names:
            if name not in self.book["groups"] and name not in self.book["nations"]:
                document, path = self.places[kind, identity]
                self._say(
                    document,
                    path,
                    f"`{name}` is no nation or group of nations",
                    nearest(str(name), [*self.book["groups"], *self.book["nations"]]),
                )
            nations.extend(self.book["groups"].get(name, [name]))
        return [nation for nation in self.book["nations"] if nation in nations]

    # -- linking -----------------------------------------------------------------------------------------------

    def _link(self) -> None:
        for kind, identity, target_kind, target in self._references():
            if target not in self.book[target_kind]:
                document, path = self.places[kind, identity]
                self._say(
                    document,
                    (*path, *_path_to(target, self.book[kind][identity], kind == "rules")),
                    f"`{identity}` names `{target}`, which is not among the {target_kind}",
                    nearest(str(target), self.book[target_kind]),
                )
        for identity, reform in self.book["reforms"].items():
            for path, message, word, allowed in complaints(self.book, reform):
                self._say(self.places["reforms", identity][0], path, message, nearest(word, allowed) if word else "")

    def _references(self) -> Iterator[tuple[str, str, str, str]]:
        book = self.book
        for kind in (
            "rules",
            "classes",
            "acts",
            "routes",
            "registers",
            "interpretations",
            "medicines",
            "properties",
            "points",
        ):
            for identity, item in book[kind].items():
                duties = (law for duty in item.get("duties-on-person", ()) for law in duty["law"])
                for law in (*item.get("law", ()), *duties):
                    yield kind, identity, "provisions", law["provision"]
        yield from self._cover_references()
        for identity, paper in book["papers"].items():
            yield from (("papers", identity, "arrangements", name) for name in paper["arrangements"])
            for item in (paper, *paper["signs"], *paper["fields"]):
                yield from (("papers", identity, "provisions", law["provision"]) for law in item["law"])
        for identity, point in book["points"].items():
            yield "points", identity, "acts", point["act"]
            yield from (("points", identity, "routes", way) for way in [point.get("way")] if way)
            yield from (("points", identity, "classes", name) for name in _CLASS.findall(point["answer"]))
        for identity, rule in book["rules"].items():
            yield "rules", identity, "routes", rule["route"]
            yield from (("rules", identity, "acts", act) for act in rule["acts"])
            for condition in conditions_of(rule):
                yield from self._condition_references(identity, condition)
        for identity, act in book["acts"].items():
            yield from (("acts", identity, "routes", route) for route in act["routes"])
        for identity, task in book["tasks"].items():
            yield "tasks", identity, "professions", task["comparator"]
            yield from (("tasks", identity, "claims", claim) for claim in task["harm"].get("sources", ()))
            yield from (("tasks", identity, "acts", need["act"]) for way in ways(task) for need in way)
        yield from self._references_of_people()
        for identity, item in book["properties"].items():
            yield from (("properties", identity, kind, target) for kind, target in references(item))
        for identity, claim in book["claims"].items():
            yield from (("claims", identity, "tasks", task) for task in claim.get("tasks", []))
            yield from (("claims", identity, "references", work) for work in claim.get("references", ()))
        yield from (("left-out", identity, "references", item["of"]) for identity, item in book["left-out"].items())

    def _references_of_people(self) -> Iterator[tuple[str, str, str, str]]:
        book = self.book
        for identity, profession in book["professions"].items():
            for register in [entry["register"] for entry in profession["registers"]] + profession.get("accredited", []):
                yield "professions", identity, "registers", register
            yield from (("professions", identity, "scopes", scope) for scope in profession.get("scopes", ()))
        for identity, step in book["assurance-steps"].items():
            yield from (("assurance-steps", identity, "acts", act) for act in step.get("acts", ()))

    def _cover_references(self) -> Iterator[tuple[str, str, str, str]]:
        for identity, item in self.book["coverage"].items():
            named = {key: item.get(key, ()) for key in ("scopes", "tasks", "professions")}
            for kind, names in named.items():
                yield from (("coverage", identity, kind, name) for name in names if names != ALL)
            if "register" in item:
                yield "coverage", identity, "registers", item["register"]

    def _condition_references(self, identity: str, condition: Data) -> Iterator[tuple[str, str, str, str]]:
        for name in classes_in(condition):
            yield "rules", identity, "classes", name
        for _, item in within(condition):
            for interpretation in item.get("under", {}):
                yield "rules", identity, "interpretations", interpretation
            for law in item.get("law", []):
                yield "rules", identity, "provisions", law["provision"]


def _laid(shared: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """An example: what its row says, over what all share; facts are laid together one by one."""
    facts = {**shared.get("facts", {}), **row.get("facts", {})}
    return {**shared, **row, **({"facts": facts} if facts else {})}


def _path_to(value: str, item: Any, rule: bool = False) -> tuple[str | int, ...]:
    """The path in the file to the first place in an item where a value stands; empty where it does not stand as such. Of a
    rule, the `all` that normalising took away is put back."""
    pairs = item.items() if isinstance(item, dict) else enumerate(item) if isinstance(item, list) else ()
    for key, inner in pairs:
        if inner == value:
            return (key,)
        if path := _path_to(value, inner):
            return (key, "all", *path) if rule and key in PARTS else (key, *path)
    return ()
