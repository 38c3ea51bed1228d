"""The team as values: its posts, each with the profile of its holder, and the tasks that it has to provide."""

from __future__ import annotations

from typing import NamedTuple

from gapcheck.profile.model import Profile, TaskEntry

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Wait(NamedTuple):
    """How long work waits when it needs somebody else's direction, in minutes, and where the figure is from."""

    minutes: float
    source: str


class TeamTask(NamedTuple):
    """A task that the team provides. `per_week`: how often, where it is known; `days`: on which days (empty: on all)."""

    entry: TaskEntry
    per_week: float | None = None
    days: tuple[str, ...] = ()
    wait: Wait | None = None


class Post(NamedTuple):
    """A post of the team. `profile`: its holder and arrangements; what it says of tasks counts for those of the team that
    say nothing particular. `days`: the days worked (empty: not stated)."""

    id: str
    profile: Profile
    wte: float | None = None
    days: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return self.profile.title or self.id


class Team(NamedTuple):
    """A team. `as_at`: the day of which the file speaks, ISO text, where it says so. `notes`: how what somebody wrote was read,
    where it had to be understood."""

    name: str
    nation: str
    posts: tuple[Post, ...]
    tasks: tuple[TeamTask, ...]
    employer: str = ""
    as_at: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()

    @property
    def wte(self) -> float | None:
        """The whole-time equivalents in sum, where every post states its own."""
        stated = [post.wte for post in self.posts]
        return round(sum(item for item in stated if item is not None), 2) if None not in stated else None


def entry_for(post: Post, task: TeamTask) -> TaskEntry:
    """The task as it is for a post: the team's words, or the profile's own where the team says no more than the name."""
    if task.entry._replace(note="") != TaskEntry(task.entry.id):
        return task.entry
    return next((item for item in post.profile.tasks if item.id == task.entry.id), task.entry)
