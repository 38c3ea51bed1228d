"""What stands behind the findings: arrangements, waivers, the lawbook and readings, every way considered, and the limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gapcheck.document.blocks import Block, Facts, Heading, Inline, Items, Paragraph, Run, Table, inline
from gapcheck.document.cite import law_items
from gapcheck.document.words import overlay_lines, vouched
from gapcheck.engine.findings import Finding, Report
from gapcheck.findings import words as say
from gapcheck.findings.data import attested_data, reading_data
from gapcheck.findings.parts import routes_table
from gapcheck.law.dated import Law, words


def arrangements(report: Report, level: int, own: str) -> Iterator[Block]:
    """What the profile says is in place, and who vouches for it."""
    items = attested_data(report)
    if not items:
        return
    yield Heading(level, "What the profile says is in place", f"{own}arrangements")
    head = tuple(inline(text) for text in ("Arrangement", "Vouched for by", "Reference", "Until", "On the day"))
    labels = {item.task: item.label for item in report.findings}
    rows = tuple(
        (
            inline(item["label"], f" ({labels.get(item['task'], item['task'])})" if item["task"] else ""),
            inline(item["by"] or "nobody named"),
            inline(item["reference"]),
            inline(words(item["until"]) if item["until"] else ""),
            inline(item["state"]),
        )
        for item in items
    )
    yield Table(
        f"{own}attested",
        "Arrangements and entitlements, and who vouches for them",
        head,
        rows,
        True,
        (0.32, 0.24, 0.16, 0.16, 0.12),
    )


def waivers(report: Report, level: int, own: str) -> Iterator[Block]:
    """Every waiver that was given, whatever became of it."""
    if not report.waivers:
        return
    yield Heading(level, "Waivers", f"{own}waivers")
    yield Paragraph(inline(say.WAIVERS))
    head = tuple(inline(text) for text in ("Of", "What became of it", "Reason", "Owner", "Until"))
    rows = tuple(
        (
            inline(say.waived_thing(report.law, item)),
            inline(Run(item.state, strong=True), f". {item.note}" if item.note else ""),
            inline(item.reason),
            inline(item.owner),
            inline(words(item.until)),
        )
        for item in report.waivers
    )
    yield Table(f"{own}waived", "Waivers, with reason and expiry", head, rows, True, (0.2, 0.26, 0.26, 0.14, 0.14))


def rests_on(report: Report, level: int, own: str) -> Iterator[Block]:
    """The lawbook, the date, the nation, reforms, readings and engines: what is needed to reproduce the report."""
    law, profile = report.law, report.profile
    yield Heading(level, "What the report rests on", f"{own}rests-on")
    second = report.cross_check
    agreed = f"gapcheck and {second.engine}, which agree on every act" if second.agrees else "gapcheck alone"
    pairs: list[tuple[str, list[str]]] = [
        ("Post", [profile.title]),
        ("Profile", [profile.source]),
        ("Holder", [say.who(report)]),
        ("Lawbook", [f"{law.book.version}, digest {law.book.digest}"]),
        ("Laid over it", overlay_lines(law)),
        ("Law as at", [f"{words(law.date)}, {law.book.data['nations'][law.nation]}"]),
        (
            "Reforms",
            [f"{law.book.data['reforms'][item]['title']} (not law)" for item in law.reforms]
            or ["none: the law as it stands"],
        ),
        ("Engines", [agreed]),
        ("Signed off", [vouched(law, _rules(report), dict.fromkeys(item.task for item in report.findings))]),
        ("To check it", [say.VERIFY]),
    ]
    yield Facts(tuple((term, tuple(_lines(texts))) for term, texts in pairs if texts))
    readings = [reading_data(law, name) for name in law.readings]
    if readings:
        head = tuple(inline(text) for text in ("Question", "Read here as", "Other readings"))
        rows = tuple(
            (
                inline(item["title"]),
                inline("\n".join(_reading(one) for one in item["readings"] if one["id"] == item["chosen"])),
                inline("\n".join(_reading(one) for one in item["readings"] if one["id"] != item["chosen"])),
            )
            for item in readings
        )
        yield Table(
            f"{own}readings",
            "Provisions on which informed bodies differ, and who holds which reading",
            head,
            rows,
            True,
            (0.3, 0.35, 0.35),
        )


def _rules(report: Report) -> dict[str, None]:
    """The rules that the findings considered."""
    routes = (route for item in report.findings for act in item.acts for route in act.routes)
    return dict.fromkeys(route.rule.id for route in routes if route.rule)


def _reading(one: dict[str, object]) -> str:
    held = one["held_by"]
    return f"{one['title']} (held by: {', '.join(map(str, held if isinstance(held, list) else []))})"


def _lines(texts: Sequence[str]) -> Iterator[Inline]:
    return (inline(text) for text in texts if text)


def considered(report: Report, findings: Sequence[Finding], level: int, own: str) -> Iterator[Block]:
    """Every route that was considered, once for each act and case."""
    yield Heading(level, "Every way that was considered", f"{own}considered")
    yield Paragraph(inline(say.CONSIDERED))
    seen: dict[int, str] = {}
    for finding in findings:
        for act in finding.acts:
            if id(act) in seen:
                continue
            number = len(seen) + 1
            seen[id(act)] = name = f"{own}act-{number}"
            users = [item.label for item in findings if any(one is act for one in item.acts)]
            yield Heading(level + 1, f"{act.act.title} ({number})", name)
            yield Paragraph(inline("For: ", "; ".join(dict.fromkeys(users)), ". ", say.FORCE[act.act.force]))
            if act.routes:
                yield routes_table(report.law, f"{name}-routes", f"Ways to {act.act.data['does']} ({number})", act)
            else:
                yield Paragraph(inline(say.act_line(report.law, act)))
            if act.duties:
                yield Items(tuple(inline(duty) for duty in act.duties))
            if act.act.law:
                yield law_items(act.act.law)


def limits(law: Law) -> Iterator[Block]:
    """What the lawbook covers, and what no answer shows."""
    data = law.book.data
    yield Heading(1, "What this report covers, and what it cannot see", "limits")
    yield Paragraph(inline("The lawbook covers:"))
    yield Items(tuple(inline(text) for text in data["covers"]))
    yield Paragraph(inline("It does not show:"))
    yield Items(tuple(inline(text) for text in data["does-not-show"]))
    yield Paragraph(inline(say.CLEAR_IS_NOT))
    yield Paragraph(inline(data["advice"]), "note")
