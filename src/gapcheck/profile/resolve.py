"""Check the ids and facts of a profile against the lawbook, and put the lawbook's own id for each other name of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from gapcheck.errors import InputError, Problem, nearest
from gapcheck.law.conditions import found_text
from gapcheck.law.needs import ways
from gapcheck.profile.model import Listing, Profile, TaskEntry
from gapcheck.reading import DataFile, Path

if TYPE_CHECKING:
    from gapcheck.law.lawbook import Lawbook

_WORDS = {"true": True, "yes": True, "false": False, "no": False}
_PROFESSION, _OTHER = 0.86, 0.6  # how alike a name has to be to what is offered in its place
_SINGULAR = {
    "tasks": "task",
    "professions": "profession",
    "registers": "register",
    "medicines": "medicine",
    "facts": "fact",
    "acts": "act",
    "nations": "nation",
    "scopes": "scope of practice",
    "tenets": "tenet of law",
}


def plain_id(name: str) -> str:
    """A name in the form of an id: small letters, words joined by hyphens."""
    return "-".join(name.lower().split())


class Resolver:
    """Resolves names, gathering a problem for each that the lawbook does not know."""

    def __init__(self, book: Lawbook, source: str, document: DataFile | None = None, lenient: bool = False) -> None:
        self.book = book
        self.source = source
        self.document = document
        self.lenient = lenient  # capitals and spaces, as people type them on a command line
        self.problems: list[Problem] = []

    def say(self, path: Path, message: str, help: str = "") -> None:
        """Note a problem at a path of the document."""
        line = self.document.line(path) if self.document else None
        self.problems.append(Problem(self.source, line, message, help))

    def id(self, kind: str, name: str, path: Path) -> str:
        """The lawbook's id for a name of a kind."""
        found = self.book.resolve(kind, name)
        if found is None and self.lenient:
            found = self.book.resolve(kind, plain_id(name))
        if found is None:
            known = [*self.book.items(kind), *self.book.aliases.get(kind, {})]
            help = self._everyday(name) if kind == "professions" else ""
            # A profession that is merely spelt alike may have other rights: it is no help.
            sure = _PROFESSION if kind == "professions" else _OTHER
            self.say(path, f"there is no {_SINGULAR[kind]} `{name}`", help or nearest(name, known, sure))
        return found or name

    def _everyday(self, name: str) -> str:
        """Help for a name that people use of one profession or several."""
        plain = name.lower().replace("-", " ").strip()
        for item in self.book.data["wording"].get("ask", {}).get("people", ()):
            if any(plain in (phrase.lower(), f"{phrase.lower()}s") for phrase in item["names"]):
                meant = [f"`{one}`" for one in item["professions"]]
                return f"which is meant: {' or '.join(meant)}?" if len(meant) > 1 else f"did you mean {meant[0]}?"
        return ""

    def choice(self, what: str, name: str, allowed: list[str], path: Path) -> str:
        """A word that must be one of a few."""
        if self.lenient and plain_id(name) in allowed:
            return plain_id(name)
        if name not in allowed:
            self.say(path, f"there is no {what} `{name}`", nearest(name, allowed))
        return name

    def listing(self, kind: str, listing: Listing, path: Path) -> Listing:
        """A list of arrangements, entitlements or annotations."""
        known = {key for key, item in self.book.data["arrangements"].items() if item["kind"] == kind}
        items = []
        for index, item in enumerate(listing.items):
            found = self.book.resolve("arrangements", plain_id(item.id) if self.lenient else item.id)
            if found not in known:
                self.say((*path, index), f"there is no {kind} `{item.id}`", nearest(item.id, known))
            items.append(item._replace(id=found or item.id))
        return listing._replace(items=tuple(items))

    def facts(self, facts: Mapping[str, Any], path: Path) -> dict[str, Any]:
        """Facts with their values in the form that the lawbook uses."""
        return dict(self.fact(key, value, (*path, key)) for key, value in facts.items())

    def fact(self, key: str, value: Any, path: Path) -> tuple[str, Any]:
        """One fact. A boolean may be said as yes or no; a choice must be one of the lawbook's values."""
        name = self.id("facts", key, path)
        about = self.book.items("facts").get(name, {})
        if "option" in about:
            self.say(
                path,
                f"`{name}` is not stated as a fact",
                f"{about['option']} states it; in a profile it has a key of its own",
            )
        if about.get("type") == "boolean":
            plain = _WORDS.get(str(value).lower())
            if plain is None:
                self.say(path, f"`{name}` is a yes or no, not `{value}`", "allowed: `true`, `false`")
            return name, plain
        if about.get("type") == "choice":
            return name, self.choice(f"value of `{name}`", str(value), about["values"], path)
        if about.get("type") == "text":
            return name, "-".join("".join(char if char.isalnum() else " " for char in str(value).lower()).split())
        return name, value

    def fits(self, medicine: str, acts: Iterable[str], path: Path) -> None:
        """Refuse a medicine of a form that is not given in the way of the acts: tablets by injection are another product, of
        which other law may hold."""
        asked = [self.book.items("acts").get(act, {}).get("facts", {}) for act in acts]
        wrong = [set(self.book.not_given(medicine, facts)) for facts in asked]
        if wrong and set.intersection(*wrong):
            label = self.book.data["medicines"][medicine]["label"]
            self.say(
                path,
                f"{label}: this form is not given that way",
                "ask about the product that is, by its facts, or about giving this one as it is meant to be given",
            )

    def consistent(self, medicine: str, facts: Mapping[str, Any], path: Path) -> None:
        """Refuse a fact that differs from what the lawbook says of the medicine named."""
        item = self.book.items("medicines").get(medicine, {})
        known = item.get("facts", {})
        for name, value in facts.items():
            once = [entry["facts"][name] for entry in item.get("dated", ()) if name in entry["facts"]]
            wrong = name in known and value != known[name] and value not in once
            if wrong and self.book.items("facts").get(name, {}).get("fixed"):
                self.say(path, f"`{medicine}` has {name} {found_text(known[name])}, not {found_text(value)}")


def resolve_profile(profile: Profile, book: Lawbook, document: DataFile) -> Profile:
    """The profile with the lawbook's ids. Raises InputError with every id or fact that the lawbook does not know."""
    resolver = Resolver(book, document.source, document)
    result = profile._replace(
        profession=resolver.id("professions", profile.profession, ("holder", "profession")),
        nation=resolver.id("nations", profile.nation, ("post", "nation")),
        employer=resolver.choice(
            "kind of employer", profile.employer, [*book.data["facts"]["employer"]["values"], ""], ("post", "employer")
        ),
        scopes=tuple(
            resolver.id("scopes", scope, ("post", "scopes", index)) for index, scope in enumerate(profile.scopes)
        ),
        registrations=tuple(
            entry._replace(
                register=resolver.id("registers", entry.register, ("holder", "registrations", index)),
                held_as=resolver.id("professions", entry.held_as, ("holder", "registrations", index))
                if entry.held_as
                else "",
            )
            for index, entry in enumerate(profile.registrations)
        ),
        annotations=resolver.listing("annotation", profile.annotations, ("holder", "annotations")),
        entitlements=resolver.listing("entitlement", profile.entitlements, ("entitlements",)),
        arrangements=resolver.listing("arrangement", profile.arrangements, ("arrangements",)),
        facts=resolver.facts(profile.facts, ("facts",)),
        tasks=tuple(_task(resolver, entry, ("tasks", index)) for index, entry in enumerate(profile.tasks)),
    )
    if resolver.problems:
        raise InputError(resolver.problems)
    return result


def _task(resolver: Resolver, entry: TaskEntry, path: Path) -> TaskEntry:
    result = entry._replace(
        id=resolver.id("tasks", entry.id, path),
        medicine=resolver.id("medicines", entry.medicine, (*path, "medicine")) if entry.medicine else "",
        facts=resolver.facts(entry.facts, (*path, "facts")),
        entitlements=resolver.listing("entitlement", entry.entitlements, (*path, "entitlements")),
        arrangements=resolver.listing("arrangement", entry.arrangements, (*path, "arrangements")),
    )
    resolver.consistent(result.medicine, result.facts, (*path, "facts"))
    if result.medicine:
        needs = [need["act"] for way in ways(resolver.book.data["tasks"].get(result.id, {})) for need in way]
        resolver.fits(result.medicine, [act for act in needs if _gives(resolver.book, act)], (*path, "medicine"))
    return result


def _gives(book: Lawbook, act: str) -> bool:
    """Whether an act is about giving a medicine."""
    return bool(book.data["acts"][act].get("facts", {}).get("giving"))
