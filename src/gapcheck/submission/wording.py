"""The wording of the annex: fixed sentences, and names of steps, ways and rungs. It states and does not plead."""

from __future__ import annotations

from collections.abc import Iterable

from gapcheck.document.words import listed
from gapcheck.engine.routes import UNKNOWN
from gapcheck.submission.ladder import registers
from gapcheck.submission.model import (
    AMENDMENT,
    BARRED_BY_LAW,
    BOTH,
    CANNOT_BE_TOLD,
    DIRECT,
    FRAMEWORK_ASKS,
    LONGER,
    NO_GAP,
    NOT_BY_THESE,
    REGISTRATION,
    Submission,
    TaskLine,
)

RUNG = {
    REGISTRATION: "Registration alone",
    BOTH: "Registration with an amendment of the law",
    AMENDMENT: "An amendment alone",
    NOT_BY_THESE: "None of these reforms",
    NO_GAP: "Lawful today by as direct a way",
}
WAY = {
    DIRECT: "lawful by as direct a way as the comparator's",
    FRAMEWORK_ASKS: "lawful, but a framework asks for registration",
    LONGER: "lawful only by a longer way",
    BARRED_BY_LAW: "not lawful at all",
    CANNOT_BE_TOLD: "cannot be told from the facts stated",
}
BRIEFLY = {
    DIRECT: "as directly as the comparator",
    FRAMEWORK_ASKS: "a framework asks",
    LONGER: "longer way",
    BARRED_BY_LAW: "not lawful",
    CANNOT_BE_TOLD: "not told",
}
STEP = {"today": "Today", "registration": "With registration", "all": "With all the reforms"}
GRADE = {"none": "harm is low: not graded", "low": "low", "medium": "medium", "high": "high"}
EVIDENCE = {
    "rate": "events among a known number",
    "counts": "counted events, without a denominator",
    "case": "published cases",
    "asserted": "asserted, no event cited",
    "none": "no event among what is cited",
}
WORDING = {
    "statutory-essential": "statutory registration essential",
    "statutory-desirable": "statutory registration desirable",
    "accredited-essential": "accredited register essential",
    "accredited-desirable": "accredited register desirable",
    "accredited-eligible": "eligible for an accredited register",
    "working-towards": "working towards registration",
    "either-statutory-or-accredited": "statutory or accredited, either will do",
    "none-mentioned": "registration not mentioned",
}
ORDERS = {
    "assessment": "the assessment of an occupation",
    "register": "the test of public interest of an accredited register",
}
TOPICS = {
    "recognition": "Recognition of accredited registers",
    "training": "Registration in training and career standards",
    "review": "Reviews of regulation under way",
    "employers": "What is asked of employers",
    "risk": "Risk that an oversight body has named",
}
TASKS_ARE = (
    "The tasks are those that the lawbook lists for each scope of practice. Each is decided for a member of the profession of whom "
    "nothing is known but the registers, so that what an employer may arrange stays open."
)
CLAIMS_ARE = (
    "What sources say is told in our own words, with its caveat. Numbers in square brackets lead to the references, and those with "
    "an L to the law. That a source says something does not make it so."
)
NOT_SAFER = (
    "That the law no longer stands in the way of a task does not show that the task would be done more safely; that is for evidence "
    "to show."
)
COMPUTED = (
    "What a reform opens is computed and not asserted. Each combination of the reforms is laid over the lawbook, a member who "
    "has taken up whatever registration it creates is decided anew, and the smallest combinations after which neither the law nor a framework stands in "
    "the way are kept."
)
GAP_IS = (
    "The grade sets the severity of the harm against what assures the person today: a register that covers the work, and duties that "
    "a statute lays on the person. It is no likelihood. After a reform it is not shown, since it would then follow from the table by "
    "definition."
)
TITLES_ARE = (
    "Each title is taken as used in full, by a member of the profession as registered today, and without suggesting a "
    "registration that the person does not have. A title that is reserved bars the title and not the work."
)
SAMPLE = (
    "The documents are those that were put into the folder. They are no random sample: they show what these employers wrote, and "
    "not how often employers in general do so."
)
NO_DOCUMENTS = "No job description was given, so that nothing is said here of what employers ask for."
STATUS_TEXT = "The status says what the text asks for, and not what the law requires."
COVERED_IS = "A service is covered by whoever may do it as things are stated, or may if what is not stated is in place."
TEAMS_ARE = (
    "The teams are those that were given, and stand for no others. A reform registers nobody by itself: it is counted with the registration of "
    "whoever it lets register. Once arranged: another post could do it as well if the employer or another professional arranged what it needs, "
    "such as an entitlement or a direction; a direction for one patient has to be written each time."
)
REFORMS_NOT_LAW = (
    "None of the reforms is law. Under each of them a person still has to hold the registration that it creates."
)
NOT_KNOWN_MEANS = (
    "“Not known” stands where only the body that asks can say and has not said. It is never filled in from the severity of the harm or "
    "from the status of a task."
)


def reform_names(annex: Submission, reforms: Iterable[str]) -> str:
    """Reforms by their numbers: `Reform 1`, or `Reforms 1 and 2`."""
    numbers = sorted(annex.reforms.index(item) + 1 for item in reforms)
    return f"Reform{'s' if len(numbers) > 1 else ''} {listed([str(item) for item in numbers])}"


def rungs(annex: Submission) -> list[str]:
    """The rungs that these reforms can make: none with registration where no reform brings it, and the like."""
    kinds = {registers(annex.law.book, reform) for reform in annex.reforms}
    needs = {REGISTRATION: {True}, BOTH: {True, False}, AMENDMENT: {False}}
    return [rung for rung, wanted in needs.items() if wanted <= kinds]


def opens(annex: Submission, task: TaskLine) -> str:
    """What reforms would do for a task, in a few words."""
    if task.rung == NO_GAP:
        return "nothing in law: it is lawful today by as direct a way"
    if task.closes_with:
        return " or ".join(reform_names(annex, item) for item in task.closes_with)
    return "depends on facts that are not stated" if UNKNOWN in task.by_step[1:] else "none of these"


def plural(annex: Submission) -> str:
    """The members of the professions."""
    data = annex.law.book.data["professions"]
    return listed(str(data[key]["plural"]) for key in annex.professions)
