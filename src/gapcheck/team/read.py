"""Read a team file. Every post is read as a role profile is, so that both know the same keys and make the same complaints."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from gapcheck.errors import InputError, Problem, nearest, problem
from gapcheck.forms import form_problems
from gapcheck.profile.model import Profile
from gapcheck.profile.read import profile_of, read_bytes
from gapcheck.reading import DataFile, Path, read_document
from gapcheck.team.model import Post, Team, TeamTask, Wait

if TYPE_CHECKING:
    from gapcheck.law.lawbook import Lawbook

_OF_TASK = ("id", "note", "medicine", "facts", "entitlements", "arrangements")  # as in a profile


def read_team(path: str | os.PathLike[str], book: Lawbook) -> Team:
    """Read a team file (YAML or JSON; `-` for standard input). Raises InputError with every problem found."""
    source, raw = read_bytes(path)
    folder = None if source == "standard input" else os.path.dirname(os.path.abspath(source))
    return team_of(read_document(raw, source), book, folder)


def team_of(document: DataFile, book: Lawbook, folder: str | None) -> Team:
    """The team that a document states. `folder`: where the profile files that it names are (None: it may name none).

    Raises InputError with every problem found.
    """
    if isinstance(document.data, dict) and "post" in document.data and "team" not in document.data:
        help = "put the profiles of a team into a folder of their own and name that, or name them in a team file"
        raise problem(document.source, "this is a profile of one post, not a team", 1, help)
    if problems := form_problems(document, "team"):
        raise InputError(problems)
    data = document.data
    reader = _TeamReader(document, book, folder)
    posts = tuple(reader.post(number, item) for number, item in enumerate(data["posts"]))
    tasks = reader.tasks()
    reader.twice("post", [(("posts", number, "id"), item["id"]) for number, item in enumerate(data["posts"])])
    reader.twice(
        "task", [(("tasks", number), (task.entry.id, task.entry.medicine)) for number, task in enumerate(tasks)]
    )
    if reader.problems:
        raise InputError(list(dict.fromkeys(reader.problems)))
    about = data["team"]
    named = [post for post in posts if post is not None]
    return Team(
        about["name"],
        about["nation"],
        tuple(named),
        tasks,
        about.get("employer", ""),
        about.get("as-at", ""),
        document.source,
    )


class _TeamReader:
    """Takes a team file apart, gathering its problems."""

    def __init__(self, document: DataFile, book: Lawbook, folder: str | None) -> None:
        self.document = document
        self.book = book
        self.folder = folder
        self.problems: list[Problem] = []

    def say(self, path: Path, message: str, help: str = "") -> None:
        self.problems.append(Problem(self.document.source, self.document.line(path), message, help))

    def twice(self, what: str, items: list[tuple[Path, Any]]) -> None:
        """Complain of a name that stands twice."""
        seen: dict[Any, Path] = {}
        for path, name in items:
            if name in seen:
                shown = name[0] if isinstance(name, tuple) else name
                help = f"it stands in line {self.document.line(seen[name])} too; give each a name of its own"
                self.say(path, f"there are two of the {what} `{shown}`", help)
            seen.setdefault(name, path)

    def tasks(self) -> tuple[TeamTask, ...]:
        """The tasks, as a profile's are read."""
        profile = self._profile({}, (), {})
        items = self.document.data["tasks"]
        entries = profile.tasks if profile else ()
        found = []
        for item, entry in zip(items, entries, strict=False):
            more: Mapping[str, Any] = item if isinstance(item, dict) else {}
            waits = more.get("waits")
            wait = Wait(float(waits["minutes"]), waits["source"]) if waits else None
            found.append(TeamTask(entry, more.get("per-week"), tuple(more.get("days", ())), wait))
        return tuple(found)

    def post(self, number: int, item: Mapping[str, Any]) -> Post | None:
        """A post; None where it cannot be read."""
        path: Path = ("posts", number)
        if "profile" in item:
            profile = self._named(item["profile"], (*path, "profile"))
            if profile is not None and item.get("title"):
                profile = profile._replace(title=item["title"])
        else:
            profile = self._profile(item, path, {"title": item.get("title", item["id"])})
            profile = profile._replace(tasks=()) if profile else None
        if profile is None:
            return None
        about = self.document.data["team"]
        profile = profile._replace(nation=about["nation"], employer=profile.employer or about.get("employer", ""))
        return Post(item["id"], profile, item.get("wte"), tuple(dict.fromkeys(item.get("days", ()))))

    def _named(self, name: str, path: Path) -> Profile | None:
        """The profile in a file that the team names. Only a file in the team's own folder is read: a team file may come from
        a stranger."""
        if self.folder is None:
            self.say(path, "a team without a folder of its own cannot name profile files", "write the holder here")
            return None
        inside = os.path.realpath(self.folder)
        try:
            place = os.path.realpath(os.path.join(inside, name))
            within = not os.path.isabs(name) and os.path.commonpath([inside, place]) == inside
        except ValueError:
            within = False
        if not within:
            help = "name a file beside the team file or in a folder below it, as in profiles/radiographer.yaml"
            self.say(path, f"`{name}` is not in the folder of the team file", help)
            return None
        if not os.path.isfile(place):
            known = [item for item in _files(inside) if item.endswith((".yaml", ".yml", ".json"))]
            self.say(path, f"there is no file `{name}`", nearest(name, known) if known else "")
            return None
        try:
            source, raw = read_bytes(place)
            shown = os.path.join(os.path.dirname(self.document.source), name)
            del source
            return profile_of(read_document(raw, shown), self.book)
        except InputError as error:
            self.problems.extend(error.problems)
            return None

    def _profile(self, item: Mapping[str, Any], path: Path, post: Mapping[str, Any]) -> Profile | None:
        """A post (or the tasks alone) as a profile of the team's tasks, its lines being those of the team file."""
        data = self.document.data
        about = data["team"]
        whole = {
            "gapcheck": 1,
            "post": {"title": "-", "nation": about["nation"], "employer": about.get("employer", ""), **post},
            "holder": item.get("holder", {"profession": next(iter(self.book.data["professions"]))}),
            **{key: item[key] for key in ("entitlements", "arrangements", "facts") if key in item},
            "tasks": [_plain_task(task) for task in data["tasks"]],
        }
        for key in ("band", "scopes"):
            if key in item:
                whole["post"][key] = item[key]
        lines = {
            **{
                key[len(path) :]: line for key, line in self.document.lines.items() if path and key[: len(path)] == path
            },
            **{key: line for key, line in self.document.lines.items() if key[:1] == ("tasks",)},
            **{("post", *key[1:]): line for key, line in self.document.lines.items() if key[:1] == ("team",)},
        }
        try:
            return profile_of(DataFile(self.document.source, whole, lines), self.book)
        except InputError as error:
            self.problems.extend(error.problems)
            return None


def _plain_task(item: Any) -> Any:
    return {key: item[key] for key in _OF_TASK if key in item} if isinstance(item, dict) else item


def _files(folder: str, most: int = 200) -> list[str]:
    """The files of a folder and of the folders right below it, by their names from there."""
    found: list[str] = []
    for place, below, names in os.walk(folder):
        depth = os.path.relpath(place, folder).count(os.sep)
        below[:] = [] if depth or len(found) > most else sorted(below)
        found += [os.path.relpath(os.path.join(place, name), folder) for name in sorted(names)]
    return found[:most]
