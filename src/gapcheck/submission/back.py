"""The back of the annex: titles and statements, what employers ask for, the nations, the evidence, and the method."""

from __future__ import annotations

from collections.abc import Iterator

from gapcheck.claims.report import remarks
from gapcheck.document.blocks import Block, Facts, Heading, Inline, Items, Paragraph, Run, Table, inline
from gapcheck.document.cite import linked
from gapcheck.document.words import inner, listed, number, overlay_lines, plain
from gapcheck.findings import words as say
from gapcheck.law.dated import words
from gapcheck.law.needs import ways
from gapcheck.matrix.words import MARK
from gapcheck.submission import wording as text
from gapcheck.submission.figures import wording_figure
from gapcheck.submission.folder import OTHER
from gapcheck.submission.model import Submission
from gapcheck.submission.pieces import claims

QUOTES = 3  # of a document, in the list of documents
QUOTE = 220  # characters of a quote


def titles(annex: Submission) -> Iterator[Block]:
    """Titles, statements that differ from the law, and the wording of employers."""
    yield Heading(1, "Misleading titles and statements", "titles")
    yield Heading(2, "Titles", "titles-law")
    yield Paragraph(inline(text.TITLES_ARE))
    head = tuple(inline(item) for item in ("Title", "Use by a member today", "Law"))
    rows = tuple(
        (
            inline(line.title),
            inline(Run(f"{MARK[line.verdict]} {line.verdict}", tone=line.verdict), f"\n{line.says}"),
            linked(line.law),
        )
        for line in annex.titles
    )
    yield Table("titles-table", "Titles of the profession and its comparators", head, rows, True, (0.18, 0.48, 0.34))
    yield from claims(annex, "titles")
    yield Heading(2, "Where sources differ from the law", "corrections")
    if annex.corrections:
        yield Paragraph(
            inline(
                "The task catalogue was drawn up from published and submitted statements. Where one of them differs from the law, the annex follows the law. In each case what the law says is:"
            )
        )
        yield _corrections(annex)
    else:
        yield Paragraph(inline("No difference is noted for these tasks."))
    yield Heading(2, "The claims checked", "claims-checked")
    yield from _stated(annex)
    yield Heading(2, "What employers ask for", "employers")
    yield from _employers(annex)


def _stated(annex: Submission) -> Iterator[Block]:
    """What the claims say of the law and the figures that they give, checked."""
    counts = annex.stated.summary
    yield Paragraph(
        inline(
            f"{number(len(annex.stated.results), 'claim')} of the evidence: {counts['supported']} state law and are supported, "
            f"{counts['qualified']} hold only under conditions, {counts['contradicted']} are contradicted, and "
            f"{counts['not-a-legal-claim']} state nothing that the law decides."
        )
    )
    for result in annex.stated.results:
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
    if annex.stated.inconsistent:
        yield Paragraph(inline("Figures that do not agree with each other:"))
        yield Items(tuple(inline(item.says) for item in annex.stated.inconsistent))


def _corrections(annex: Submission) -> Table:
    data = annex.law.book.data["tasks"]
    head = tuple(inline(item) for item in ("Task", "What differs, and what the law says", "Law"))
    rows = tuple(
        (inline("; ".join(str(data[key]["label"]) for key in item.tasks)), inline(item.says), linked(item.law))
        for item in annex.corrections
    )
    return Table(
        "corrections-table", "Statements of the sources that differ from the law", head, rows, True, (0.25, 0.4, 0.35)
    )


def _employers(annex: Submission) -> Iterator[Block]:
    documents = annex.employers.documents
    if not documents:
        yield Paragraph(inline(text.NO_DOCUMENTS))
        return
    yield Paragraph(
        inline(
            f"{number(len(documents), 'job description')} of these scopes {'was' if len(documents) == 1 else 'were'} read. {text.SAMPLE} {text.STATUS_TEXT}"
        )
    )
    yield wording_figure(annex)
    scopes = annex.law.book.data["scopes"]
    head = tuple(inline(item) for item in ("Document", "Scopes", "What it says of registration", "Words"))
    rows = tuple(
        (
            inline(f"{plain(item.title)[:QUOTE]} ({plain(item.source)})"),
            inline("; ".join(str(scopes[key]["title"]) for key in item.scopes) or "none found"),
            inline(text.WORDING[item.status]),
            inline("\n".join(f"“{_short(one.quote)}”" for one in item.registration[:QUOTES])),
        )
        for item in documents
    )
    yield Table(
        "documents",
        "The job descriptions, with their wording of registration",
        head,
        rows,
        True,
        (0.3, 0.2, 0.18, 0.32),
    )


def _short(quote: str) -> str:
    words_ = " ".join(plain(quote).split())
    return words_ if len(words_) <= QUOTE else f"{words_[:QUOTE].rstrip()}…"


def nations(annex: Submission) -> Iterator[Block]:
    """Where the nations differ, side by side."""
    data = annex.law.book.data
    yield Heading(1, "The nations side by side", "nations")
    names = [str(data["nations"][key]) for key in annex.nations]
    if len(names) == 1:
        yield Paragraph(inline(f"Only {names[0]} was asked for."))
        return
    yield Paragraph(
        inline(
            f"{listed(names)} were compared, for {number(len(annex.tasks), 'task')} and {number(len(data['acts']), 'act')}. Shown is only where the answer for a member of the profession today is not the same in all of them."
        )
    )
    if not annex.differing:
        yield Paragraph(inline("There is no such difference."))
        return
    head = (inline("Act or task"), *(inline(name) for name in names))
    rows = tuple(
        (
            inline(f"{line.title} ({'act' if line.kind == 'acts' else 'task'})"),
            *(_answer(annex, *line.answers[key]) for key in annex.nations),
        )
        for line in annex.differing
    )
    rest = 0.7 / len(names)
    yield Table(
        "nations-table",
        "Where the answer differs between the nations",
        head,
        rows,
        True,
        (0.3, *[rest] * len(names)),
        len(names) > 2,
    )
    yield Paragraph(inline(Run("Law: ", strong=True), *_law(annex), "."), "note")


def _answer(annex: Submission, verdict: str, routes: tuple[str, ...]) -> Inline:
    data = annex.law.book.data["routes"]
    named = "; ".join(inner(str(data[key]["title"])) for key in routes)
    return inline(Run(f"{MARK[verdict]} {verdict}", tone=verdict), f"\n{named}" if named else "")


def _law(annex: Submission) -> Inline:
    acts = {line.id: None for line in annex.differing if line.kind == "acts"}
    tasks = annex.law.book.data["tasks"]
    for line in annex.differing:
        if line.kind != "acts":
            acts.update({need["act"]: None for way in ways(tasks[line.id]) for need in way})
    laws = [annex.law.book.at(annex.law.date, key, annex.law.readings) for key in annex.nations]
    return linked(item for law in laws for act in acts for item in law.act(act).law)


def evidence(annex: Submission) -> Iterator[Block]:
    """The claims by finding, and the bibliography."""
    labels = {task.id: task.label for task in annex.tasks}
    yield Heading(1, "Evidence", "evidence")
    yield Paragraph(inline(text.CLAIMS_ARE))
    yield Heading(2, "The claims that findings cite", "evidence-findings")
    head = tuple(inline(item) for item in ("Claim", "Cited by the findings on", "Sources"))
    rows = tuple(
        (
            inline(Run(item.id, code=True)),
            inline("; ".join(labels[key] for key in item.tasks)),
            inline(", ".join(map(str, item.sources))),
        )
        for item in annex.claims
        if item.tasks
    )
    if rows:
        yield Table(
            "claims-table",
            "Claims, the findings that cite them, and their sources by number",
            head,
            rows,
            True,
            (0.28, 0.6, 0.12),
        )
    yield Heading(2, "Bibliography", "bibliography")
    yield Items(tuple(inline(item.text) for item in annex.sources), ordered=True)


def method(annex: Submission) -> Iterator[Block]:
    """The method, its limits, and how to reproduce the annex."""
    data, law = annex.law.book.data, annex.law
    yield Heading(1, "Method, limits and reproduction", "method")
    yield Heading(2, "Method", "method-how")
    yield Items(
        tuple(inline(line) for line in (text.TASKS_ARE, text.COMPUTED, text.CLAIMS_ARE, text.LAWFUL_IS_NOT_SAFE))
    )
    readings = [(key, data["interpretations"][key]) for key in sorted(law.readings)]
    head = tuple(inline(item) for item in ("Question", "Read here as", "Other readings", "Tasks that turn on it"))
    turning = {key: [task.label for task in annex.tasks if key in task.finding.turns_on] for key, _ in readings}
    rows = tuple(
        (
            inline(item["title"]),
            inline(_reading(item, law.readings[key], True)),
            inline(_reading(item, law.readings[key], False)),
            inline("; ".join(turning[key]) or "none"),
        )
        for key, item in readings
    )
    if rows:
        caption = "Provisions on which informed bodies differ, and the tasks of which the finding turns on the reading"
        yield Table("readings", caption, head, rows, True, (0.22, 0.27, 0.27, 0.24))
    yield Heading(2, "Limits", "method-limits")
    yield Paragraph(inline("The lawbook covers:"))
    yield Items(tuple(inline(item) for item in data["covers"]))
    yield Paragraph(inline("It does not show:"))
    yield Items(tuple(inline(item) for item in data["does-not-show"]))
    yield Paragraph(inline(say.CLEAR_IS_NOT))
    yield Heading(2, "How to reproduce it", "reproduce")
    yield Paragraph(inline("One command, with the same files and the same lawbook, gives the same annex:"))
    yield Paragraph(inline(Run(annex.command, code=True)))
    yield Facts(
        (
            ("Lawbook", (inline(f"{law.book.version}, digest {law.book.digest}"),)),
            ("Law as at", (inline(f"{words(law.date)}, {data['nations'][law.nation]} first"),)),
            ("Reforms", tuple(inline(f"{key} (not law)") for key in annex.reforms) or (inline("none"),)),
            ("Laid over the lawbook", tuple(inline(line) for line in overlay_lines(law)) or (inline("nothing"),)),
        )
    )
    head = tuple(inline(item) for item in ("File", "Use", "SHA-256"))
    used = [item for item in annex.inputs if item.use != OTHER]
    files = tuple(
        (
            inline(plain(item.name)),
            inline(item.use),
            inline(Run(f"{item.digest[:32]}\n{item.digest[32:]}", code=True)),
        )
        for item in used
    )
    yield Table("files", "The files of the folder, with their hashes", head, files, True, (0.36, 0.24, 0.4))
    if others := [plain(item.name) for item in annex.inputs if item.use == OTHER]:
        yield Paragraph(
            inline(f"Neither role profiles nor job descriptions, and not read: {', '.join(others)}."), "note"
        )
    yield Paragraph(inline(data["advice"]), "note")


def _reading(item: dict[str, object], chosen: str, same: bool) -> str:
    readings = item["readings"]
    assert isinstance(readings, list)
    return "\n".join(
        f"{one['id']}: {one['title']} (held by: {', '.join(one['held-by'])})"
        for one in readings
        if (one["id"] == chosen) is same
    )
