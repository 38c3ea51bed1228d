"""Whether what is said of harm rests on what it cites, and what is said of registers is said once."""

from __future__ import annotations

from collections.abc import Iterator

from gapcheck.errors import Problem
from gapcheck.lint import codes
from gapcheck.lint.draft import At, Draft, listed

CLASSES = ("rate", "counts", "case", "asserted", "none")  # the best first
_NEEDS_SOURCES = ("rate", "counts", "case")


def check(draft: Draft) -> Iterator[Problem]:
    """Every problem of this kind."""
    yield from _harms(draft)
    yield from _covers(draft)


def _harms(draft: Draft) -> Iterator[Problem]:
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


def _covers(draft: Draft) -> Iterator[Problem]:
    """A register says once what an entry of a profession covers: of two groups only one would count."""
    for key, groups in draft.data["covers"].items():
        kind, _, identity = key.partition("/")
        seen: dict[tuple[str, str], None] = {}
        for index, group in enumerate(groups):
            for what in ("scopes", "tasks"):
                for place, name in enumerate(group.get(what, ())):
                    whom = group.get("for", ("",))
                    twice = [who for who in whom if (who, name) in seen or ("", name) in seen]
                    seen.update(dict.fromkeys((who, name) for who in whom))
                    if twice:
                        message = f"`{identity}` says twice whether it covers `{name}`"
                        at = At(kind, identity, ("covers", index, what, place))
                        yield draft.say(codes.COVERED_TWICE, at, message)
