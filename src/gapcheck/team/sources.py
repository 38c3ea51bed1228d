"""Teams from what somebody names: a team file, a table of posts, a folder of profiles (one team) or of team files (many)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gapcheck.errors import InputError, Problem, problem
from gapcheck.profile.model import TaskEntry
from gapcheck.profile.read import profile_of, read_bytes
from gapcheck.profile.resolve import plain_id
from gapcheck.reading import DataFile, read_document
from gapcheck.team.model import Post, Team, TeamTask
from gapcheck.team.read import read_team, team_of
from gapcheck.team.table import ENDINGS, teams_of_table

if TYPE_CHECKING:
    from gapcheck.law.lawbook import Lawbook

_FILES = (".yaml", ".yml", ".json")
MAX_FILES = 2000  # of a folder


def read_teams(paths: Sequence[str], book: Lawbook, nation: str | None = None) -> list[Team]:
    """The teams in files and folders, in the order given. Raises InputError with every problem found."""
    teams: list[Team] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            teams += _teams(path, book, nation)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return teams


def _teams(path: str, book: Lawbook, nation: str | None) -> list[Team]:
    if path.lower().endswith(ENDINGS):
        return teams_of_table(path, book, nation)
    if path != "-" and os.path.isdir(path):
        return _folder(path, book, nation)
    return [read_team(path, book)]


def _folder(path: str, book: Lawbook, nation: str | None) -> list[Team]:
    """The team files of a folder; where it has none, its profiles and those of the folders below as one team."""
    found, problems = _documents(path)
    teams = [document for document in found if isinstance(document.data, dict) and "team" in document.data]
    profiles = [document for document in found if isinstance(document.data, dict) and "post" in document.data]
    if not teams and not profiles and not problems:
        raise problem(
            path,
            "there is no team file and no profile in this folder",
            None,
            "team files have the key `team`, profiles the key `post`",
        )
    done: list[Team] = []
    for document in teams:
        try:
            done.append(team_of(document, book, os.path.dirname(os.path.abspath(document.source))))
        except InputError as error:
            problems += error.problems
    if not teams and not problems:
        done.append(_of_profiles(path, profiles, book, nation))
    if problems:
        raise InputError(problems)
    return done


def _waits(path: str) -> bool:
    """Whether a name of a folder is a pipe or device, which may never end."""
    return os.path.exists(path) and not os.path.isfile(path)


def _documents(path: str) -> tuple[list[DataFile], list[Problem]]:
    names = sorted(
        os.path.join(place, name)
        for place, _, files in os.walk(path)
        for name in files
        if name.lower().endswith(_FILES) and not name.startswith(".") and not _waits(os.path.join(place, name))
    )
    if len(names) > MAX_FILES:
        raise problem(path, f"this folder has more than {MAX_FILES:,} files", None, "give a table instead")
    found: list[DataFile] = []
    problems: list[Problem] = []
    for name in names:
        try:
            source, raw = read_bytes(name)
            found.append(read_document(raw, source))
        except InputError as error:
            problems += error.problems
    return found, problems


def _of_profiles(path: str, documents: list[DataFile], book: Lawbook, nation: str | None) -> Team:
    """One team of the profiles of a folder: its tasks are those that any of them names."""
    posts: list[Post] = []
    problems: list[Problem] = []
    tasks: dict[tuple[str, str], None] = {}
    seen: dict[str, int] = {}
    for document in documents:
        try:
            profile = profile_of(document, book)
        except InputError as error:
            problems += error.problems
            continue
        name = (
            plain_id(
                "".join(
                    char if char.isalnum() else " " for char in os.path.splitext(os.path.basename(document.source))[0]
                )
            )
            or "post"
        )
        seen[name] = seen.get(name, 0) + 1
        identity = name if seen[name] == 1 else f"{name}-{seen[name]}"
        posts.append(Post(identity, profile))
        tasks.update(dict.fromkeys((entry.id, entry.medicine) for entry in profile.tasks))
    if problems:
        raise InputError(problems)
    nations = sorted({post.profile.nation for post in posts})
    if len(nations) > 1 and not nation:
        names = ", ".join(str(book.data["nations"][item]) for item in nations)
        raise problem(
            path,
            f"the profiles are of several nations ({names})",
            None,
            "a team works in one: give its folder alone, or say --nation",
        )
    whole = tuple(TeamTask(TaskEntry(task, medicine=medicine)) for task, medicine in tasks)
    title = os.path.basename(os.path.abspath(path)).replace("-", " ").replace("_", " ")
    return Team(title[:1].upper() + title[1:], nation or nations[0], tuple(posts), whole, "", "", path)
