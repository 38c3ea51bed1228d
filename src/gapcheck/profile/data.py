"""A profile as plain data, of the form of `schemas/profile.schema.json`: what reading a profile file takes apart, put together."""

from __future__ import annotations

from typing import Any

from gapcheck.profile.model import REGISTERED, Attested, Listing, Profile, Registration, TaskEntry


def profile_data(profile: Profile) -> dict[str, Any]:
    """The profile; read again, the data give the same profile."""
    post: dict[str, Any] = {"title": profile.title, "nation": profile.nation}
    post.update({key: value for key in ("employer", "band") if (value := getattr(profile, key))})
    if profile.scopes:
        post["scopes"] = list(profile.scopes)
    holder: dict[str, Any] = {
        "profession": profile.profession,
        "registrations": [_registration(item) for item in profile.registrations],
        **_stated("annotations", profile.annotations),
    }
    return {
        "gapcheck": 1,
        "post": post,
        "holder": holder,
        **_stated("entitlements", profile.entitlements),
        **_stated("arrangements", profile.arrangements),
        **({"facts": dict(profile.facts)} if profile.facts else {}),
        "tasks": [_task(item) for item in profile.tasks],
    }


def _registration(item: Registration) -> dict[str, str]:
    held_as = {"as": item.held_as} if item.held_as else {}
    return {"register": item.register, **held_as, "status": item.status or REGISTERED}


def _stated(key: str, listing: Listing) -> dict[str, Any]:
    """What is stated of a listing under its key; nothing where nothing is."""
    if not listing.items:
        return {key: "none"} if listing.none else {}
    items: list[Any] = [_attested(item) for item in listing.items]
    return {key: [*items, "none"] if listing.none else items}


def _attested(item: Attested) -> Any:
    said = {key: value for key, value in item._asdict().items() if value}
    return item.id if len(said) == 1 else said


def _task(item: TaskEntry) -> Any:
    said: dict[str, Any] = {"id": item.id}
    said.update({key: value for key in ("note", "medicine") if (value := getattr(item, key))})
    if item.facts:
        said["facts"] = dict(item.facts)
    said.update(_stated("entitlements", item.entitlements))
    said.update(_stated("arrangements", item.arrangements))
    return item.id if len(said) == 1 else said
