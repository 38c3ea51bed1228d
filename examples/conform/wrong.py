"""A deliberately wrong engine: it shows that `gapcheck conform` finds what is wrong, and under which provision.

Without arguments it makes every mistake below; with names it makes those: `python wrong.py any-register ignores-date`.
"""

import sys
from typing import Any

from gapcheck.conform.engines import own, serve

MISTAKES = {
    "any-register": "takes an accredited register for a statutory one",
    "group-directions-for-all": "says that anybody may give a medicine under a group direction",
    "ignores-date": "answers by the law of one day, whatever the day of the question",
    "ignores-nation": "answers as in England, whatever the nation of the question",
}


def wrong(book: Any, asked: Any) -> dict[str, Any]:
    """The answer of our own engine, spoilt."""
    person = asked["person"]
    if "any-register" in made and any(item["register"] == "rct" for item in person["registrations"]):
        entry = {"register": "hcpc", "status": "registered", "as": "clinical-scientist"}
        asked = {**asked, "person": {**person, "registrations": [entry]}}
    if "ignores-date" in made:
        asked = {**asked, "as_at": "2026-11-22"}
    if "ignores-nation" in made:
        asked = {**asked, "nation": "england"}
    answer = own(book, asked)
    if "group-directions-for-all" in made and "patient-group-direction" in answer["routes"]:
        answer["routes"]["patient-group-direction"] = "open"
        answer["verdict"] = "open"
    return answer


made = sys.argv[1:] or list(MISTAKES)
serve(wrong)
