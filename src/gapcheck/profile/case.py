"""The facts of a case: what a task, the act that it needs and the medicine say, before anything of the person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from gapcheck.law.titles import NOTHING, REGISTRATION
from gapcheck.profile.model import TaskEntry

if TYPE_CHECKING:
    from gapcheck.law.dated import Law


def case_facts(law: Law, need: Mapping[str, Any], entry: TaskEntry) -> dict[str, Any]:
    """What the task, the act and the medicine say of the case. What the profile says of this task counts most, but not
    against what the act itself is."""
    stated = dict(need.get("with", {}))
    if entry.medicine:
        stated = {key: value for key, value in stated.items() if not key.startswith("medicine")}
        stated["medicine"] = entry.medicine
    stated.update(entry.facts)
    known = law.medicine(stated.get("medicine", ""))
    facts: dict[str, Any] = {**known, **stated}
    about = law.book.data["facts"]
    facts.update({name: value for name, value in known.items() if about[name].get("fixed")})
    if "title" in stated:
        found = law.book.title_facts(stated["title"])
        said = stated.get("title-claims", NOTHING)
        if said != NOTHING and found["title-claims"] in (NOTHING, REGISTRATION):
            found = {**found, "title-claims": said}  # the person knows of a claim that the words do not show
        facts.update(found)
    facts.update(law.book.data["acts"][need["act"]].get("facts", {}))
    return facts
