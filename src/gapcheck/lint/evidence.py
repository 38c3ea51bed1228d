"""Whether what is said of harm rests on what it cites, and what is said of registers is said once."""

from __future__ import annotations

from collections.abc import Iterator

from gapcheck.errors import Problem
from gapcheck.law.build import ALL
from gapcheck.law.draft import At, DraftLawbook, listed
from gapcheck.lint import codes

LEVELS = ("core", "enhanced", "advanced", "consultant")
CLASSES = ("rate", "counts", "case", "asserted", "none")  # the best first
_NEEDS_SOURCES = ("rate", "counts", "case")


def check(draft: DraftLawbook) -> Iterator[Problem]:
    """Every problem of this kind."""
    yield from _harms(draft)
    yield from _covers(draft)
    yield from _references(draft)


def _harms(draft: DraftLawbook) -> Iterator[Problem]:
    """The class of evidence of a harm is the best among the claims that it cites, each of which names the task."""
    claims = draft.data["claims"]
    for identity, task in draft.data["tasks"].items():
        harm = task["harm"]
        at = At("tasks", identity, ("harm", "evidence"))
        classes = {claims[claim].get("study", {}).get("class", "asserted") for claim in harm.get("sources", ())}
        best = min(classes, key=CLASSES.index, default=None)
        stated = harm.get("evidence")  # where it is missing, the check of the form says so
        if best is None and stated in _NEEDS_SOURCES:
            message = f"the harm of `{identity}` is said to rest on evidence ({stated}), and cites none"
            yield draft.say(
                codes.HARM_EVIDENCE, at, message, "cite the claims under `sources`, or write asserted or none"
            )
        elif best and stated and best != stated:
            message = f"the harm of `{identity}` is said to rest on {stated}; the best that it cites is {best}"
            yield draft.say(codes.HARM_EVIDENCE, at, message, f"write {best}, or cite other claims")
        strangers = [claim for claim in harm.get("sources", ()) if identity not in claims[claim]["tasks"]]
        if strangers:
            message = f"`{identity}` cites {listed(strangers)}, which does not name the task"
            help = "name the task under `tasks` of the claim, or cite another"
            yield draft.say(codes.HARM_EVIDENCE, At("tasks", identity, ("harm", "sources")), message, help)


def _covers(draft: DraftLawbook) -> Iterator[Problem]:
    """A register says once what an entry of a profession covers: of two statements only one would count."""
    data = draft.data
    for names in data["coverage-of"].values():
        seen: set[tuple[str, str, str]] = set()
        for identity in names:
            item = data["coverage"][identity]
            whom = item.get("professions", data["professions"]) if "register" in item else ("",)
            levels = item.get("levels", LEVELS)
            scopes = [item["scopes"]] if item.get("scopes") == ALL else item.get("scopes", ())
            said = [(who, name, level) for who in whom for name in scopes for level in levels]
            said += [(who, name, "") for who in whom for name in item.get("tasks", ())]
            twice = {name for who, name, level in said if (who, name, level) in seen}
            seen.update(said)
            if twice:
                message = f"`{identity}` says again whether a register covers {listed(sorted(twice))}"
                yield draft.say(codes.COVERED_TWICE, At("coverage", identity), message)


def _references(draft: DraftLawbook) -> Iterator[Problem]:
    """A reference leads to the work: who wrote or published it, when, and where it stands; or it says of a work that was not seen
    where the reference was taken from."""
    for identity, work in draft.data["references"].items():
        wanted = {
            "who wrote or published it": ("authors", "publisher", "in"),
            "its year or the day on which it was seen": ("year", "seen"),
        }
        if "in" in work:
            wanted["an address, or where in the journal it stands"] = ("doi", "url", "details")
        missing = [what for what, keys in wanted.items() if not any(key in work for key in (*keys, "taken-from"))]
        if missing:
            message = f"the reference `{identity}` does not lead to the work: it lacks {', and '.join(missing)}"
            yield draft.say(codes.REFERENCE, At("references", identity), message)
