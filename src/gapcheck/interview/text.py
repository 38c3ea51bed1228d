"""A profile as the commented YAML file that a person goes on to edit."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from gapcheck.document.words import plain
from gapcheck.engine.findings import Report, question
from gapcheck.law.dated import words
from gapcheck.packaged import folder
from gapcheck.profile.model import Listing, Profile, TaskEntry


def profile_text(report: Report, name: str) -> str:
    """The profile of a report as YAML: each id with what it is called, what is left out with what it would say, and at the
    end the questions that are still open. `name`: how the file is called on the command line."""
    law, profile = report.law, report.profile
    return "\n".join(
        [
            f"# A role profile for gapcheck, written by `gapcheck new` with the law of {words(law.date)}.",
            "# What is not stated is unknown, not false; only a register that is not listed counts as not held.",
            f"# To check it: gapcheck check {plain(shlex.quote(name))}",
            "gapcheck: 1",
            *_post(profile, law.book.data),
            *_holder(profile, law.book.data),
            *_listing("entitlements", "", profile.entitlements, law.book.data),
            *_listing("arrangements", "", profile.arrangements, law.book.data),
            *_facts(report),
            "tasks:",
            *(_task(entry, law.book.data) for entry in profile.tasks),
            *_still_open(report),
            "",
        ]
    )


def _post(profile: Profile, data: Mapping[str, Any]) -> Iterator[str]:
    yield "post:"
    yield f"  title: {_value(profile.title)}"
    yield f"  nation: {_value(profile.nation)}  # {' | '.join(data['nations'])}"
    kinds = " | ".join(data["facts"]["employer"]["values"])
    yield f"  employer: {_value(profile.employer)}  # {kinds}" if profile.employer else f"  # employer: {kinds}"
    yield f"  band: {_value(profile.band)}" if profile.band else '  # band: "6"'
    if profile.scopes:
        yield "  scopes:"
        yield from (f"    - {_value(scope)}  # {data['scopes'][scope]['title']}" for scope in profile.scopes)


def _holder(profile: Profile, data: Mapping[str, Any]) -> Iterator[str]:
    yield "holder:"
    yield f"  profession: {_value(profile.profession)}  # {data['professions'][profile.profession]['title']}"
    yield "  registrations:" + ("" if profile.registrations else " []  # on no register")
    for item in profile.registrations:
        about = {"register": item.register, "as": item.held_as, "status": item.status}
        title = data["registers"][item.register]["title"]
        yield f"    - {_value({key: value for key, value in about.items() if value})}  # {title}"
    yield from _listing("annotations", "  ", profile.annotations, data)


def _listing(key: str, indent: str, listing: Listing, data: Mapping[str, Any]) -> Iterator[str]:
    """What is stated of annotations, entitlements or arrangements; a remark where nothing is."""
    if not listing.items:
        stated = f"{key}: none" if listing.none else f"# {key}: not stated. {_described(key)}"
        yield f"{indent}{stated}" + ("  # of those that these tasks turn on" if listing.none else "")
        return
    yield f"{indent}{key}:"
    for item in listing.items:
        about = data["arrangements"][item.id]
        yield f"{indent}  - {_value(item.id)}  # {about['label']}"
    if listing.none:
        yield f"{indent}  - none  # nothing else, of those that these tasks turn on"


def _described(key: str) -> str:
    """What the schema says of a key."""
    schema = json.loads(Path(folder("schemas"), "profile.schema.json").read_text(encoding="utf-8"))
    places = (schema["properties"], schema["properties"]["holder"]["properties"])
    return str(next(place[key]["description"] for place in places if key in place))


def _facts(report: Report) -> Iterator[str]:
    facts = report.profile.facts
    if facts:
        yield "facts:"
        yield from (f"  {key}: {_value(value)}  # {question(report.law, key)}" for key, value in facts.items())


def _task(entry: TaskEntry, data: Mapping[str, Any]) -> str:
    about = {"id": entry.id, "note": entry.note, "medicine": entry.medicine, "facts": dict(entry.facts)}
    stated = {key: value for key, value in about.items() if value}
    return f"  - {_value(stated if len(stated) > 1 else entry.id)}  # {data['tasks'][entry.id]['label']}"


def _still_open(report: Report) -> Iterator[str]:
    unsettled = [item for item in report.findings if item.questions]
    if unsettled:
        yield "# Still open; `gapcheck check` asks again, and `gapcheck explain --list facts` names what can be stated:"
    for item in unsettled:
        yield from (f"#   {item.task}: {asked}" for asked in item.questions)


def _value(value: Any) -> str:
    """A value as YAML on one line."""
    text: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10**6, sort_keys=False)
    return text.strip().removesuffix("...").strip()
