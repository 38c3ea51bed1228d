"""A team now against the team of an earlier file: which tasks have other people to cover them, and why."""

from __future__ import annotations

from typing import Any, NamedTuple

from gapcheck.law.dated import Law
from gapcheck.profile.model import Listing, Profile, Registration, TaskEntry
from gapcheck.team.cover import TeamCover
from gapcheck.team.model import Post, Team, entry_for
from gapcheck.team.standings import Standings

LEFT, JOINED, LAPSED, RAN_OUT, LAW, CHANGED = "left", "joined", "lapsed", "ran-out", "law", "changed"


class Mover(NamedTuple):
    """A post that covers a task no more, or does now, and why. `what`: what of the post has changed, by name."""

    post: str
    title: str
    why: str  # left | joined | lapsed | ran-out | law | changed
    what: tuple[str, ...] = ()


class Moved(NamedTuple):
    """A task of which the cover has changed. `task`: its id and medicine; `was`, `now`: how many posts cover it."""

    task: tuple[str, str]
    was: int
    now: int
    lost: tuple[Mover, ...]
    gained: tuple[Mover, ...]


class Since(NamedTuple):
    """What has changed. `source`, `as_at`: the earlier file and the day of which it speaks; `dropped`, `new`: tasks that only
    one of the files has."""

    source: str
    as_at: str
    moved: tuple[Moved, ...]
    dropped: tuple[tuple[str, str], ...]
    new: tuple[tuple[str, str], ...]


def since(last: Team, team: Team, law: Law) -> Since:
    """What has changed since an earlier file of the team, read by the law of the day of which that file speaks (where it says
    none: of the same day)."""
    day = last.as_at or law.date
    comparison = _Comparison(TeamCover(last, Standings(law.on(day))), TeamCover(team, Standings(law)))
    old = {_name(task.entry): number for number, task in enumerate(last.tasks)}
    new = {_name(task.entry): number for number, task in enumerate(team.tasks)}
    moved = [comparison.moved(name, old[name], new[name]) for name in new if name in old]
    return Since(
        last.source,
        day,
        tuple(item for item in moved if item.lost or item.gained),
        tuple(name for name in old if name not in new),
        tuple(name for name in new if name not in old),
    )


def _name(entry: TaskEntry) -> tuple[str, str]:
    return entry.id, entry.medicine


class _Comparison:
    """A team then and now. Of a task the places are those in the two files."""

    def __init__(self, before: TeamCover, after: TeamCover) -> None:
        self.before = before
        self.after = after
        self.then = {post.id: post for post in before.team.posts}
        self.now = {post.id: post for post in after.team.posts}

    def moved(self, name: tuple[str, str], old: int, new: int) -> Moved:
        was = [self.before.team.posts[post] for post in self.before.covering[old]]
        is_ = [self.after.team.posts[post] for post in self.after.covering[new]]
        before, after = {post.id for post in was}, {post.id for post in is_}
        lost = tuple(self._lost(post, old, new) for post in was if post.id not in after)
        gained = tuple(self._gained(post, old, new) for post in is_ if post.id not in before)
        return Moved(name, len(was), len(is_), lost, gained)

    def _covers_now(self, profile: Profile, entry: TaskEntry) -> bool:
        """Whether a post of then would cover a task by the law of now."""
        standings = self.after.standings
        return standings.of(standings.person(profile), entry).covers

    def _lost(self, post: Post, old: int, new: int) -> Mover:
        """Why a post covers a task no more."""
        same = self.now.get(post.id)
        if same is None:
            return Mover(post.id, post.title, LEFT)
        entry, day, law = (
            entry_for(post, self.before.team.tasks[old]),
            self.before.standings.law.date,
            self.after.standings.law,
        )
        if not self._covers_now(lasting(post.profile, day), entry):
            return Mover(post.id, post.title, LAW)
        now = entry_for(same, self.after.team.tasks[new])
        if self._covers_now(_as_then(same.profile, post.profile, day, law.date), now):
            return Mover(post.id, post.title, RAN_OUT, tuple(_ran_out(law, post.profile, day)))
        if self._covers_now(same.profile._replace(registrations=post.profile.registrations), now):
            return Mover(post.id, post.title, LAPSED, tuple(_differences(law, post, same, now, now)))
        return self._changed(post, same, old, new)

    def _gained(self, post: Post, old: int, new: int) -> Mover:
        """Why a post covers a task that it did not."""
        same = self.then.get(post.id)
        if same is None:
            return Mover(post.id, post.title, JOINED)
        if self._covers_now(same.profile, entry_for(same, self.before.team.tasks[old])):
            return Mover(post.id, post.title, LAW)
        return self._changed(same, post, old, new)

    def _changed(self, then: Post, now: Post, old: int, new: int) -> Mover:
        entries = self.before.team.tasks[old].entry, self.after.team.tasks[new].entry
        return Mover(now.id, now.title, CHANGED, tuple(_differences(self.after.standings.law, then, now, *entries)))


def _as_then(now: Profile, then: Profile, day: str, date: str) -> Profile:
    """A profile as it would be had what was good on an earlier day, and has run out by a date, not run out."""

    def kept(listing: Listing, before: Listing) -> Listing:
        gone = tuple(item._replace(until="") for item in before.items if item.until and day <= item.until < date)
        return listing._replace(items=(*listing.items, *gone))

    return now._replace(
        annotations=kept(now.annotations, then.annotations),
        entitlements=kept(now.entitlements, then.entitlements),
        arrangements=kept(now.arrangements, then.arrangements),
    )


def lasting(profile: Profile, date: str) -> Profile:
    """A profile of which what is good on a date does not run out."""

    def kept(listing: Listing) -> Listing:
        items = tuple(item._replace(until="") if item.until >= date else item for item in listing.items)
        return listing._replace(items=items)

    return profile._replace(
        annotations=kept(profile.annotations),
        entitlements=kept(profile.entitlements),
        arrangements=kept(profile.arrangements),
    )


def _ran_out(law: Law, profile: Profile, day: str) -> list[str]:
    known = law.book.data["arrangements"]
    listings = (profile.annotations, profile.entitlements, profile.arrangements)
    items = [item for listing in listings for item in listing.items if item.until and day <= item.until < law.date]
    return [f"{known[item.id]['label']}, until {item.until}" for item in items]


def _differences(law: Law, old: Post, new: Post, was: TaskEntry, now: TaskEntry) -> list[str]:
    """What of a post has changed, in words."""
    data = law.book.data
    found = []
    one, other = old.profile, new.profile
    if one.profession != other.profession:
        found.append(
            f"profession: {_title(data['professions'], one.profession)}, now {_title(data['professions'], other.profession)}"
        )
    before, after = (_registers(profile.registrations) for profile in (one, other))
    for register, held_as in {**before, **after}:
        states = [held.get((register, held_as), "not held") for held in (before, after)]
        if states[0] != states[1]:
            as_ = f" as {_title(data['professions'], held_as).lower()}" if held_as else ""
            found.append(f"{data['registers'][register]['title']}{as_}: {states[0]}, now {states[1]}")
    for name in ("annotations", "entitlements", "arrangements"):
        pair = getattr(one, name), getattr(other, name)
        good = [{item.id for item in listing.items if not item.until or item.until >= law.date} for listing in pair]
        found += [f"{data['arrangements'][item]['label']}: no longer" for item in sorted(good[0] - good[1])]
        found += [f"{data['arrangements'][item]['label']}: now in place" for item in sorted(good[1] - good[0])]
        if pair[0].none != pair[1].none:
            found.append(f"{name}: {'nothing else' if pair[1].none else 'what is not listed is not known'}")
    if was != now:
        found.append("what the file says of the task")
    return found or ["what is said of the post"]


def _title(kind: Any, identity: str) -> str:
    return str(kind[identity]["title"]) if identity else "not stated"


def _registers(items: tuple[Registration, ...]) -> dict[tuple[str, str], str]:
    return {(item.register, item.held_as): item.status.replace("-", " ") for item in items}


def since_data(found: Since) -> dict[str, Any]:
    """What has changed, as plain data."""

    def causes(items: tuple[Mover, ...]) -> list[dict[str, Any]]:
        return [{"post": item.post, "why": item.why, "what": list(item.what)} for item in items]

    return {
        "source": found.source,
        "as_at": found.as_at,
        "changes": [
            {
                "task": item.task[0],
                "was": item.was,
                "now": item.now,
                "lost": causes(item.lost),
                "gained": causes(item.gained),
            }
            for item in found.moved
        ],
        "dropped": [name for name, _ in found.dropped],
        "new": [name for name, _ in found.new],
    }


WORDS = {
    LEFT: "left",
    JOINED: "joined",
    LAPSED: "no longer registered",
    RAN_OUT: "ran out",
    LAW: "the law changed",
    CHANGED: "changed",
}


def cause_said(cause: Mover) -> str:
    """A cause in words."""
    what = f" ({'; '.join(cause.what)})" if cause.what else ""
    return f"{cause.title}: {WORDS[cause.why]}{what}"
