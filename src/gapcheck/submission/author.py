"""The private memo: where a draft would differ from the law and how to put it right, what a critic will attack, what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gapcheck.claims.document import draft_blocks
from gapcheck.claims.model import ClaimsOutcome
from gapcheck.claims.read import shipped
from gapcheck.claims.report import left_out, remarks
from gapcheck.claims.run import check_claims
from gapcheck.document.blocks import (
    Block,
    Contents,
    Document,
    Facts,
    Heading,
    Inline,
    Items,
    Paragraph,
    Run,
    Table,
    inline,
)
from gapcheck.document.cite import linked
from gapcheck.document.words import number, said
from gapcheck.law.dated import words
from gapcheck.submission import wording as text
from gapcheck.submission.model import EVENTS, ClaimLine, Submission, TaskLine
from gapcheck.submission.numbers import evidence_of, law_of_annex
from gapcheck.submission.occupation import hazardous
from gapcheck.submission.pieces import Made
from gapcheck.submission.supplied import LIKELIHOOD, undenominated

_NOTHING = "Nothing was found."


class OwnDraft(NamedTuple):
    """The author's own draft, read and checked: its name, its bytes, and what came of its statements."""

    name: str
    raw: bytes
    checked: ClaimsOutcome


def memo(annex: Submission, date: str = "", draft: OwnDraft | None = None) -> Document:
    """The memo to the author of the annex."""
    made = Made(annex)
    blocks: list[Block] = [
        Paragraph(
            inline(
                "For the author alone. Nothing here stands in the annex, and nothing here is meant for a regulator."
            ),
            "lead",
        ),
        Contents(1),
        *(_draft(made, draft) if draft else ()),
        *_corrections(made),
        *_checked(made),
        *_attacks(made),
        *_notes(made),
        *_unknown(made),
    ]
    place = made.nation(annex.law.nation)
    return Document(
        f"Before you send it: a memo on the annex for {text.plural(annex)}",
        tuple(blocks),
        f"Private. Law as at {words(annex.law.date)} in {place}",
        subject="Where the draft differs from the law, and what a critic will attack",
        date=date,
    )


def _draft(made: Made, draft: OwnDraft) -> Iterator[Block]:
    """The author's own draft, sentence by sentence."""
    found = draft.checked.summary
    yield Heading(1, "Your draft, sentence by sentence", "draft")
    yield Paragraph(
        inline(
            f"{number(len(draft.checked.results), 'statement')} were found in {draft.name}: {found['supported']} are supported, "
            f"{found['qualified']} hold only under conditions, {found['contradicted']} are contradicted, and "
            f"{found['to-check']} are for a person to check. What a sentence says was proposed by its words."
        )
    )
    yield from draft_blocks(draft.checked, made.annex.law)


def _corrections(made: Made) -> Iterator[Block]:
    """Where what the draft says of a task differs from the law."""
    yield Heading(1, "Where the draft differs from the law", "corrections")
    data = made.data["tasks"]
    rows = tuple(
        (
            inline("; ".join(str(data[key]["label"]) for key in item.tasks)),
            inline(said(made.annex.law.book, item.says)),
            inline(said(made.annex.law.book, str(data[item.tasks[0]].get("reading", "")))),
            linked(item.law[:3]),
        )
        for item in made.annex.corrections
    )
    if not rows:
        yield Paragraph(inline(_NOTHING))
        return
    head = tuple(inline(item) for item in ("Task", "What differs", "What the law says: write this", "Law"))
    yield Table(
        "corrections-table",
        "Statements of the draft that differ from the law",
        head,
        rows,
        True,
        (0.2, 0.3, 0.3, 0.2),
        True,
    )


def stated(annex: Submission) -> ClaimsOutcome:
    """What the claims of the annex say of the law, and their figures, checked."""
    wanted = {claim.id for claim in annex.claims}
    statements = [item for item in shipped(annex.law.book) if item.id in wanted]
    return check_claims(statements, lambda nation: law_of_annex(annex, nation), annex.nations)


def _checked(made: Made) -> Iterator[Block]:
    """What the claims say of the law and the figures that they give, checked."""
    outcome = stated(made.annex)
    yield Heading(1, "The claims, checked", "claims-checked")
    found = outcome.summary
    yield Paragraph(
        inline(
            f"{number(len(outcome.results), 'claim')}: {found['supported']} state law and are supported, {found['qualified']} hold only under conditions, "
            f"{found['contradicted']} are contradicted, and {found['not-a-legal-claim']} state nothing that the law decides."
        )
    )
    for result in outcome.results:
        for item in result.checked:
            if item.verdict != "supported":
                yield Paragraph(inline(Run(result.statement.statement, strong=True)), "label")
                pairs: list[tuple[str, tuple[Inline, ...]]] = [
                    ("Verdict", (inline(item.verdict),)),
                    ("The answer", (inline(item.why),)),
                    ("But", tuple(inline(line) for line in remarks(item))),
                    ("Law", (linked(item.law),)),
                ]
                yield Facts(tuple(pair for pair in pairs if any(pair[1])))
    if outcome.inconsistent:
        yield Paragraph(inline("Figures that do not agree with each other:"))
        yield Items(tuple(inline(item.says) for item in outcome.inconsistent))


def attacks(annex: Submission) -> dict[str, tuple[str, tuple[str, ...]]]:
    """What a critic will attack, by rule: for each rule why, and what it hits."""
    made = Made(annex)
    tasks = annex.tasks
    told = annex.supplied.told
    likelihood = {item.of["task"] for item in told if item.about == LIKELIHOOD}
    return {
        "circular": (
            "The claim rests on nothing but the applicant's own words, so that it proves what it says by saying it.",
            _statements([item for item in annex.claims if item.single]),
        ),
        "single-sourced": (
            "One work carries the claim; a second, by others, would let it stand.",
            _statements(
                [
                    item
                    for item in annex.claims
                    if len(item.sources) == 1 and not item.single and item.evidence in EVENTS
                ]
            ),
        ),
        "unverified": (
            "The finding rests on a text that nobody has read.",
            _labels([task for task in tasks if task.finding.unverified]),
        ),
        "inferred-severity": (
            "Harm is graded severe or catastrophic by inference, and no source says so.",
            _labels(
                [task for task in made.numbers.unassured if task.finding.decision.task["harm"]["basis"] == "inferred"]
            ),
        ),
        "no-events": (
            "The hazard stands in the body of the annex, and no counted event or published case stands behind it.",
            _labels([task for task in hazardous(made) if evidence_of(task) not in EVENTS]),
        ),
        "missing-denominators": (
            "A number says nothing of likelihood without what it is out of.",
            (
                *(item.text for item in undenominated(told)),
                *_statements([item for item in annex.claims if item.evidence == "counts"]),
            ),
        ),
        "no-likelihood": (
            "Nothing says how often the harm comes about among members.",
            _labels([task for task in hazardous(made) if task.id not in likelihood]),
        ),
    }


_ATTACK = {
    "circular": "Circular",
    "single-sourced": "From a single source",
    "unverified": "Unverified",
    "inferred-severity": "Severity inferred",
    "no-events": "No events behind it",
    "missing-denominators": "Denominators missing",
    "no-likelihood": "Likelihood not known",
}


def _statements(claims: Sequence[ClaimLine]) -> tuple[str, ...]:
    return tuple(item.statement for item in claims)


def _labels(tasks: Sequence[TaskLine]) -> tuple[str, ...]:
    return tuple(f"{task.label} ({task.severity})" for task in tasks)


def _attacks(made: Made) -> Iterator[Block]:
    yield Heading(1, "What a critic will attack", "attacks")
    for rule, (why, hits) in attacks(made.annex).items():
        yield Heading(2, f"{_ATTACK[rule]}: {len(hits)}", f"attack-{rule}")
        yield Paragraph(inline(why))
        if hits:
            yield Items(tuple(inline(line) for line in hits))


def _notes(made: Made) -> Iterator[Block]:
    yield Heading(1, "Notes on the claims", "notes")
    found = [item for item in made.annex.claims if item.note]
    if not found:
        yield Paragraph(inline(_NOTHING))
    yield Facts(tuple((item.statement, (inline(said(made.annex.law.book, item.note)),)) for item in found))


def _unknown(made: Made) -> Iterator[Block]:
    yield Heading(1, "What is not known", "unknown")
    annex = made.annex
    kinds = {item.about for item in annex.supplied.told}
    wanted = {
        "practitioners": "how many practise, on which registers, where",
        "patients": "how many patients or procedures a year",
        "context": "where the work is done and who oversees it",
        "agency": "how far patients can protect themselves",
        "effect": "what each step of assurance does to harm",
        "cost": "what each step costs",
        "supply": "what it does to the supply of staff",
        "innovation": "what it does to innovation",
        "public-confidence": "what the public takes the titles to mean",
        "unintended": "what else it would bring about",
        "alternative": "which alternatives were weighed",
        "would-change": "what would change your own conclusion",
    }
    missing = [says for kind, says in wanted.items() if kind not in kinds]
    yield Paragraph(
        inline(
            "The annex prints these as not known. A file of figures, each with source, date and denominator, fills them in."
        )
    )
    yield (
        Items(tuple(inline(line) for line in missing))
        if missing
        else Paragraph(inline("Every kind of figure is told."))
    )
    yield Paragraph(inline("Left out of the claims of the annex, and why:"))
    yield Items(tuple(inline(line) for line in left_out(made.annex.law)))
