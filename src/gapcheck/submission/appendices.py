"""The appendices: every task, what sources say, the works, the law, what employers ask for, and the method."""

from __future__ import annotations

from collections.abc import Iterator

from gapcheck.document.blocks import Block, Facts, Heading, Items, Paragraph, Run, Table, inline
from gapcheck.document.words import inner, listed, number, overlay_lines, plain
from gapcheck.findings import words as say
from gapcheck.findings.words import law_of
from gapcheck.law.dated import words
from gapcheck.submission import wording as text
from gapcheck.submission.figures import number_tables, wording_figure
from gapcheck.submission.folder import OTHER
from gapcheck.submission.model import NO_GAP
from gapcheck.submission.pieces import Made, points, told_line

QUOTE, QUOTES = 160, 3
SHORT = {"rate": "rate", "counts": "counts", "case": "cases", "asserted": "asserted", "none": "none cited"}


def appendices(made: Made) -> Iterator[Block]:
    """Every appendix; the law last but one, when all of it has been cited."""
    yield Heading(1, "Appendix A. Every task", "appendix-tasks")
    yield from _tasks(made)
    yield Heading(1, "Appendix B. What sources say", "appendix-claims")
    yield from _claims(made)
    yield Heading(1, "Appendix C. References", "references")
    yield Items(tuple(inline(item.text) for item in made.annex.sources), ordered=True)
    yield Heading(1, "Appendix D. What employers ask for", "employers")
    yield from _employers(made)
    yield Heading(1, "Appendix E. The law", "law")
    yield Paragraph(
        inline("Each provision once, by the number at which it is cited, with how sure the lawbook is of it.")
    )
    yield made.law.table("law-table", "The law and the frameworks cited")
    yield Heading(1, "Appendix F. Method and reproduction", "method")
    yield from _method(made)


def _tasks(made: Made) -> Iterator[Block]:
    yield Paragraph(inline(text.GAP_IS))
    head = (
        "Task", "In law today", "Opens with", "Harm, if done badly", "Graded by", "Evidence", "Grade: on the register", "Grade: on no register",
    )  # fmt: skip
    rows = []
    for scope in made.annex.scopes:
        for task in scope.tasks:
            harm = task.finding.decision.task["harm"]
            rows.append((
                inline(Run(f"{scope.title}: ", emphasis=True), task.label),
                inline(f"{text.BRIEFLY[task.ways[0]]} {made.law.of(law_of(task.finding)[:3])}"),
                inline("no reform needed" if task.rung == NO_GAP else text.opens(made.annex, task)),
                inline(task.severity),
                inline("lawbook, inferred" if harm["basis"] == "inferred" else "lawbook, from a source"),
                inline(f"{SHORT[harm['evidence']]} {made.works(made.claims_on(task))}"),
                inline(task.finding.gap if task.finding.gap != "none" else "not graded"),
                inline(task.bare.gap if task.bare.gap != "none" else "not graded"),
            ))  # fmt: skip
    caption = "Every task: the law, the harm and its evidence, and the grade of the harm set against what assures the person today"
    yield Table(
        "tasks-all",
        caption,
        tuple(inline(item) for item in head),
        tuple(rows),
        True,
        (0.3, 0.17, 0.12, 0.09, 0.09, 0.09, 0.07, 0.07),
        True,
    )


def _claims(made: Made) -> Iterator[Block]:
    yield Paragraph(inline(text.CLAIMS_ARE))
    left = list(made.annex.claims)
    for scope in made.annex.scopes:
        own = [item for item in left if scope.id in item.scopes]
        left = [item for item in left if item not in own]
        if own:
            yield Paragraph(inline(Run(scope.title, strong=True)), "label")
            yield from points(made, own)
    if left:
        yield Paragraph(inline(Run("Several scopes, or none in particular", strong=True)), "label")
        yield from points(made, left)


def _employers(made: Made) -> Iterator[Block]:
    annex = made.annex
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
    scopes = made.data["scopes"]
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
    caption = "The job descriptions, with their wording of registration"
    yield Table("documents", caption, head, rows, True, (0.3, 0.2, 0.18, 0.32))


def _short(quote: str) -> str:
    words_ = " ".join(plain(quote).split())
    return words_ if len(words_) <= QUOTE else f"{words_[:QUOTE].rstrip()}…"


def _method(made: Made) -> Iterator[Block]:
    data, law, annex = made.data, made.annex.law, made.annex
    yield Items(tuple(inline(line) for line in (text.TASKS_ARE, text.COMPUTED, text.GAP_IS, text.NOT_SAFER)))
    yield from number_tables(made)
    if annex.posts:
        given = (
            f"{plain(post.report.profile.title)} ({made.nation(post.report.law.nation)}): {inner(say.counts(post.report))}"
            for post in annex.posts
        )
        yield Paragraph(
            inline("The posts given, each under the law of its own nation and with what its profile says is in place:")
        )
        yield Items(tuple(inline(f"{line}.") for line in given))
    yield Paragraph(
        inline(f"The lawbook covers {listed(data['covers'])}. It does not show {listed(data['does-not-show'])}.")
    )
    yield Paragraph(inline(say.CLEAR_IS_NOT))
    yield Paragraph(inline("One command, with the same files and the same lawbook, gives the same annex:"))
    yield Paragraph(inline(Run(annex.command, code=True)))
    yield Facts(
        (
            ("Lawbook", (inline(f"{law.book.version}, digest {law.book.digest}"),)),
            ("Law as at", (inline(f"{words(law.date)}, {made.nation(law.nation)} first"),)),
            (
                "Reforms",
                tuple(inline(f"{data['reforms'][key]['title']} (not law)") for key in annex.reforms)
                or (inline("none"),),
            ),
            ("Laid over the lawbook", tuple(inline(line) for line in overlay_lines(law)) or (inline("nothing"),)),
        )
    )
    head = tuple(inline(item) for item in ("File", "Use", "SHA-256"))
    files = tuple(
        (inline(plain(item.name)), inline(item.use), inline(Run(f"{item.digest[:32]}\n{item.digest[32:]}", code=True)))
        for item in annex.inputs
        if item.use != OTHER
    )
    if files:
        yield Table("files", "The files used, with their hashes", head, files, True, (0.36, 0.24, 0.4))
    if made.foreign:
        lines = "; ".join(told_line(item) for item in made.foreign)
        yield Paragraph(
            inline(f"Figures given about what this annex does not cover, and not shown above: {lines}"), "note"
        )
    if others := [plain(item.name) for item in annex.inputs if item.use == OTHER]:
        yield Paragraph(
            inline(f"Neither role profiles nor job descriptions, and not read: {', '.join(others)}."), "note"
        )
    yield Paragraph(inline(data["advice"]), "note")
