"""The wording of the annex: headings, fixed sentences, and names of steps and rungs. It states and does not plead."""

from __future__ import annotations

from collections.abc import Iterable

from gapcheck.document.words import a, listed
from gapcheck.engine.routes import UNKNOWN
from gapcheck.findings import words as say
from gapcheck.submission.ladder import registers
from gapcheck.submission.model import (
    AMENDMENT,
    ASSURANCE,
    BOTH,
    FRAMEWORK,
    NO_GAP,
    NONE,
    NOT_BY_THESE,
    OPEN_QUESTION,
    REGISTRATION,
    STATUTE,
    Submission,
    TaskLine,
)

RUNG = {
    REGISTRATION: "Registration alone",
    BOTH: "Registration with an amendment",
    AMENDMENT: "An amendment alone",
    NOT_BY_THESE: "None of these reforms",
    NO_GAP: "No gap in law today",
}
GAP = {
    STATUTE: "The law stands in the way, or leaves only a less direct route",
    FRAMEWORK: "A framework stands in the way, which is not law",
    ASSURANCE: "Lawful today; what assures the person falls short of the possible harm",
    OPEN_QUESTION: "Cannot be told from the facts stated",
    NONE: "No gap",
}
KINDS = {  # kinds of claims, by the part of the annex in which they are told
    "benefits": ("workforce", "employer-practice"),
    "nature": ("risk", "incident", "statistic"),
    "mitigations": ("legal-capability", "register-uptake", "inconsistency-between-nations"),
    "limits": ("blocked-task", "framework-bar"),
    "titles": ("title",),
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
PURPOSE = (
    "This annex states what the law lets members of one profession do, what it does not, and what each reform named below "
    "would change. The answers are computed from a published set of rules that cite their provisions. It makes no "
    "recommendation and is not legal advice."
)
ORDER = (
    "It follows the order in which the Professional Standards Authority assesses occupations: benefits; the nature of the "
    "risks, present mitigations, their limits and the gap in assurance that is left; misleading titles and statements. Then come the scopes "
    "of practice, the nations, the evidence and the method."
)
TASKS_ARE = (
    "The tasks are those that the lawbook lists for each scope of practice; the posts given name some of them. Each is decided "
    "for a member of the profession of whom only the registers are known, so that arrangements of an employer stay open."
)
CLAIMS_ARE = (
    "What sources say is told in our own words, with its caveat; numbers in square brackets lead to the bibliography. That a "
    "source says something does not make it so."
)
LAWFUL_IS_NOT_SAFE = (
    "That a gap closes means that neither the law nor a framework stands in the way any longer. It does not show that registration "
    "would make the task safer; that is for the evidence to show."
)
COMPUTED = (
    "How a gap closes is not asserted. Each combination of the reforms is laid over the lawbook, a member who has taken up "
    "whatever registration it creates is decided anew, and the smallest combinations after which nothing remains are kept."
)
EMPLOYER_CAN = (
    "The routes below are open to the profession today, registered or not, once an employer or a colleague has arranged what they "
    "need. Nothing in the table waits for a reform."
)
NOT_ABOUT = "Statutory registration has no part in the following: the answer is the same after every combination of the reforms."
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
REFORMS_NOT_LAW = (
    "None of the reforms is law. Under each of them a person still has to hold the registration that it creates."
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


def closes(annex: Submission, task: TaskLine) -> str:
    """What closes the gap of a task."""
    if task.rung == NO_GAP:
        return "no gap in law"
    if task.closes_with:
        return " or ".join(reform_names(annex, item) for item in task.closes_with)
    return "depends on facts that are not stated" if UNKNOWN in task.by_step[1:] else "none of these"


def plural(annex: Submission) -> str:
    """The members of the profession."""
    return str(annex.law.book.data["professions"][annex.profession]["plural"])


def singular(annex: Submission) -> str:
    """A member of the profession, with the article."""
    return a(str(annex.law.book.data["professions"][annex.profession]["title"]).lower())


def status_means() -> list[tuple[str, str]]:
    """The statuses and what they mean."""
    return list(say.MEANS.items())
