"""A team as plain data, of the form of `schemas/team.schema.json`: every post written out, whatever it was read from."""

from __future__ import annotations

from typing import Any

from gapcheck.profile.data import profile_data
from gapcheck.profile.model import Profile
from gapcheck.team.model import Post, Team, TeamTask, entry_for


def team_form(team: Team) -> dict[str, Any]:
    """The team; read again, the data give the same team, but for what a profile file says of single tasks."""
    about = {"name": team.name, "nation": team.nation, "employer": team.employer, "as-at": team.as_at}
    return {
        "gapcheck": 1,
        "team": {key: value for key, value in about.items() if value},
        "posts": [_post(post) for post in team.posts],
        "tasks": [_task(task) for task in team.tasks],
    }


def origin_of(team: Team, name: str) -> dict[str, Any]:
    """What a pack of the team is made of. `name`: of the file."""
    return {"kind": "team", "name": name, "data": team_form(team)}


def profiles_of(team: Team) -> list[tuple[str, Profile]]:
    """Each post by its id with its profile, which names the tasks of the team."""
    return [
        (post.id, post.profile._replace(tasks=tuple(entry_for(post, task) for task in team.tasks)))
        for post in team.posts
    ]


def _post(post: Post) -> dict[str, Any]:
    whole = profile_data(post.profile)
    found: dict[str, Any] = {"id": post.id, "title": post.title[:1000]}
    if post.wte is not None:
        found["wte"] = post.wte
    if post.days:
        found["days"] = list(post.days)
    found.update({key: value for key, value in whole["post"].items() if key in ("band", "scopes")})
    found.update({key: whole[key] for key in ("holder", "entitlements", "arrangements", "facts") if key in whole})
    return found


def _task(task: TeamTask) -> Any:
    (plain,) = profile_data(Profile("", "", tasks=(task.entry,)))["tasks"]
    more: dict[str, Any] = {}
    if task.per_week is not None:
        more["per-week"] = task.per_week
    if task.days:
        more["days"] = list(task.days)
    if task.wait:
        more["waits"] = {"minutes": task.wait.minutes, "source": task.wait.source}
    return plain if not more else {**({"id": plain} if isinstance(plain, str) else plain), **more}
