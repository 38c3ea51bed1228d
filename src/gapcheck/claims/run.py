"""Check statements: each against the law, and their figures against each other."""

from __future__ import annotations

from collections.abc import Sequence

from gapcheck.claims.figures import check_figures
from gapcheck.claims.legal import Known, LawOf, check_statement
from gapcheck.claims.model import ClaimsOutcome, Statement


def check_claims(statements: Sequence[Statement], law_of: LawOf, nations: Sequence[str]) -> ClaimsOutcome:
    """Everything that can be said of the statements. `nations`: those in which what names none is to hold."""
    known: Known = {}
    results = tuple(check_statement(item, law_of, nations, known) for item in statements)
    return ClaimsOutcome(results, check_figures(statements))
