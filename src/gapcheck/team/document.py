"""The answer about a team as a document: one screen, or a table a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.util import find_spec

from gapcheck.document.blocks import (
    Block,
    Document,
    Facts,
    Figure,
    Heading,
    Inline,
    Items,
    Paragraph,
    Run,
    Table,
    inline,
)
from gapcheck.document.words import capital, footer, inner, listed, number, otherwise_than_law, place
from gapcheck.findings.words import TODAY
from gapcheck.law.dated import words
from gapcheck.team.cover import Absence, Numbers
from gapcheck.team.helps import Help
from gapcheck.team.report import label, label_of
from gapcheck.team.since import Mover, cause_said
from gapcheck.team.study import Study
from gapcheck.team.words import alternatives, does, name_of_change, often, some, step_said, steps_said

SHOWN = 3  # helps, absences and papers on one screen
_TABLED = 12  # helps in a table that is not in full
_TONE = {"yes": "clear", "if": "available", "arrange": "arrange", "unknown": "unknown", "no": "blocked"}
HOW = (
    "A task is covered where somebody may do it as things are stated, or if what is not stated is in place; it hangs on a post "
    "where only one may. Without somebody it stops where nobody is left who covers it, and stands under once arranged where "
    "somebody could do it as soon as something is put in place. What is said of a post is what the check of its profile says. "
    "A post that states no days counts as there every day. It is counted who may do a task in law: not who is trained "
    "and free to do it, unless the team file says so."
)
HELPS = (
    "A step that is stated to be missing is put in place, and everything is decided again. A reform counts together with the "
    "registration of those whom it lets register. Of sets the cheapest has the fewest changes of the law, then the fewest "
    "registrations, then the fewest arrangements and entitlements; what a colleague gives, such as direct supervision, is left out "
    "of it, since the task would hang on that colleague still."
)


def heading(study: Study) -> str:
    """The team, where and when."""
    return f"{study.team.name}, {place(study.law)}"


def size(study: Study) -> str:
    """The posts and tasks, counted."""
    team = study.team
    wte = f" ({team.wte:g} wte)" if team.wte is not None else ""
    return f"{number(len(team.posts), 'post')}{wte}, {number(len(team.tasks), 'task')}"


def _sentence(study: Study) -> str:
    cover, team = study.cover, study.team
    assumed = f", {len(cover.assumed)} of them only if what is not stated is in place" if cover.assumed else ""
    hang = f" {number(len(cover.single), 'task hangs', 'tasks hang')} on one post." if len(team.posts) > 1 else ""
    return f"Covered today: {len(cover.covered)} of {number(len(team.tasks), 'task')}{assumed}.{hang}"


def _names(study: Study, tasks: Iterable[int]) -> list[str]:
    return [inner(label(study, task)) for task in tasks]


def team_brief(study: Study) -> Document:
    """One screen: what is covered, what hangs on whom, what an absence stops, and what would help most."""
    pairs = [(term, tuple(inline(text) for text in texts)) for term, texts in _pairs(study, SHOWN) if texts]
    blocks: list[Block] = [Paragraph(inline(_sentence(study)), "lead"), Facts(tuple(pairs))]
    blocks += [Paragraph(inline(line)) for line in otherwise_than_law(study.law)]
    book = study.law.book
    foot = f"Every question with its table: --full, or -o with .xlsx, .docx or .html. Lawbook {book.version}. {book.data['advice']}"
    blocks.append(Paragraph(inline(foot), "apart"))
    return Document(heading(study), tuple(blocks), size(study))


def _pairs(study: Study, most: int) -> Iterator[tuple[str, list[str]]]:
    cover, team = study.cover, study.team
    if study.since:
        yield f"Since {words(study.since.as_at)}", _since(study, 2 * most)
    yield "Nobody may do today", [some(_names(study, cover.uncovered))] if cover.uncovered else []
    hanging: dict[int, list[int]] = {}
    for task in cover.single:
        hanging.setdefault(cover.covering[task][0], []).append(task)
    if len(team.posts) > 1:
        yield (
            "Hang on one post",
            [f"{study.names[post]}: {some(_names(study, tasks), 4)}" for post, tasks in hanging.items()],
        )
    yield "Only by a direction for each patient", [some(_names(study, cover.directed))] if cover.directed else []
    yield (
        "Hang on one paper",
        [
            f"{name_of_change(study.law, item.change)}: {number(len(item.stops), 'task')}"
            for item in study.papers[:most]
        ],
    )
    for item in study.asked:
        yield _asked(study, item), [_stops(study, item)]
    if len(team.posts) > 1:
        worst = sorted(cover.absences(), key=lambda item: -(2 * len(item.stops) + len(item.arrange)))
        away = [item for item in worst if item.stops or item.arrange]
        yield (
            "If somebody is away",
            [f"{study.names[item.without[0]]}: {_stops(study, item, named=False)}" for item in away[:most]],
        )
    days: dict[tuple[Numbers, Numbers, Numbers], list[Absence]] = {}
    for item in study.week:
        if item.stops or item.arrange:
            days.setdefault((item.stops, item.arrange, item.unknown), []).append(item)
    yield (
        "In the week",
        [
            f"on {listed(one.day.capitalize() for one in some_)} {_stops(study, some_[0], named=False)}"
            for some_ in list(days.values())[:most]
        ],
    )
    helps = alternatives(study, study.best)[:most]
    yield (
        "What would help most",
        [f"{place_}. {said}: {does(study, item)}" for place_, (said, item) in enumerate(helps, 1)],
    )
    if cover.single and len(team.posts) > 1:
        yield "So that nothing hangs on one post", [_cheapest(study)]
    reforms = [f"{said}: {does(study, item)}" for said, item in alternatives(study, study.reform_sets)[:most]]
    yield "Reforms", reforms or _no_reform(study)


def _since(study: Study, most: int) -> list[str]:
    """What has changed, a line for each post that covers other tasks and why, those first that cover less."""
    assert study.since is not None
    groups: dict[tuple[bool, Mover], int] = {}
    for item in study.since.moved:
        for lost, movers in ((True, item.lost), (False, item.gained)):
            for mover in movers:
                groups[lost, mover] = groups.get((lost, mover), 0) + 1
    order = sorted(groups.items(), key=lambda item: (not item[0][0], -item[1]))
    lines = [
        f"{cause_said(mover)}: {number(count, 'task')} {'lost' if lost else 'gained'}"
        for (lost, mover), count in order[:most]
    ]
    bare = [item for item in study.since.moved if not item.now]
    left = [f"nobody covers {some([inner(label_of(study, item.task)) for item in bare])} any more"] if bare else []
    more = [f"and {len(order) - most} more changes, which stand in the full answer"] if len(order) > most else []
    return [*left, *lines, *more] or ["every task has the posts to cover it that it had"]


def _no_reform(study: Study) -> list[str]:
    return ["of those that the lawbook knows none would cover a task or free one"] if study.reforms else []


def _asked(study: Study, item: Absence) -> str:
    titles = [study.names[post] for post in item.without]
    away = f"without {some(titles, 4)}" if titles else "everybody is there"
    return f"On {item.day.capitalize()}, {away}" if item.day else capital(away)


def _stops(study: Study, item: Absence, named: bool = True) -> str:
    """What an absence does. `named`: with the tasks."""

    def tasks(numbers: Numbers) -> str:
        return f": {some(_names(study, numbers))}" if named else ""

    parts = []
    if item.stops:
        unless = f" ({len(item.unknown)} unless facts are given)" if item.unknown else ""
        parts.append(
            f"{number(len(item.stops), 'task stops', 'tasks stop')}{unless}: {some(_names(study, item.stops))}"
        )
    if item.arrange:
        parts.append(
            f"{number(len(item.arrange), 'task goes on', 'tasks go on')} only once something is arranged{tasks(item.arrange)}"
        )
    return "; ".join(parts) or "every covered task goes on"


def _cheapest(study: Study) -> str:
    found = study.cheapest
    steps = steps_said(study, found.steps) if found.steps else "nothing can be done without a change of the law"
    cut = " (the search was cut short: there may be a cheaper set)" if found.cut else ""
    leaves = f"; {some(_names(study, found.leaves))} would still hang on one post" if found.leaves else ""
    still = [task for task in study.cover.uncovered if not study.options.count(task, frozenset(found.steps))]
    nobody = f"; nobody may still {some(_names(study, still))}" if still else ""
    return f"{steps}{cut}{leaves}{nobody}"


def team_document(study: Study, full: bool, date: str) -> Document:
    """The document: the answer in short, then a table a question."""
    blocks: list[Block] = [Paragraph(inline(_sentence(study)), "lead")]
    blocks += [Paragraph(inline(line), "note") for line in otherwise_than_law(study.law)]
    pairs = [(term, tuple(inline(text) for text in texts)) for term, texts in _pairs(study, SHOWN) if texts]
    blocks.append(Facts(tuple(pairs)))
    blocks += _changes(study)
    if find_spec("matplotlib") is not None:
        blocks.append(_figure(study))
    blocks += _who(study, full)
    blocks += _absences(study)
    blocks += _papers(study)
    blocks += _helping(study, full)
    blocks += _reforms(study)
    blocks += _waits(study)
    if study.team.notes:
        blocks += [
            Heading(1, "How the table was read", "read"),
            Items(tuple(inline(note) for note in study.team.notes)),
        ]
    blocks += [Heading(1, "How this is counted", "how"), Paragraph(inline(HOW)), Paragraph(inline(HELPS))]
    blocks += [Paragraph(inline(line)) for line in footer(study.law)]
    return Document(heading(study), tuple(blocks), size(study), subject="Who covers what", date=date)


def _changes(study: Study) -> Iterator[Block]:
    if study.since is None or not study.since.moved:
        return
    yield Heading(1, "What has changed", "since")
    head = ("Task", "Posts before", "Posts now", "Why")
    rows = tuple(
        (
            inline(label_of(study, item.task)), inline(str(item.was)), inline(str(item.now)),
            inline("\n".join([*(f"Lost: {cause_said(one)}" for one in item.lost), *(f"Gained: {cause_said(one)}" for one in item.gained)])),
        )
        for item in study.since.moved
    )  # fmt: skip
    caption = f"The tasks whose cover has changed since {study.since.source}"
    yield Table("since-table", caption, tuple(map(inline, head)), rows, True, (0.34, 0.1, 0.1, 0.46), numeric=(1, 2))


def _figure(study: Study) -> Figure:
    from gapcheck.document.figures import bars

    total = len(study.team.tasks)
    rows = [("Today", len(study.cover.covered), len(study.cover.single))]
    best = study.best[:1]
    rows += [("With what helps most", len(study.cover.covered) + len(item.covers), _hang(study, item)) for item in best]
    names = study.law.book.data["reforms"]
    rows += [
        (" + ".join(_wrapped(names[name]["title"]) for name in item.reforms), item.covered, item.single)
        for item in study.reforms
    ]
    series = {
        "by several posts": [covered - single for _, covered, single in rows],
        "by one post": [single for _, _, single in rows],
        "by nobody": [total - covered for _, covered, _ in rows],
    }
    picture = bars([name for name, _, _ in rows], series, "tasks", styled=False)
    told = "; ".join(
        f"{name.replace(chr(10), ' ')}: {covered - single} by several posts, {single} by one, {total - covered} by nobody"
        for name, covered, single in rows
    )
    return Figure("fig-cover", "Tasks by how many posts cover them, before and after", f"Stacked bars: {told}.", picture.svg, picture.png)  # fmt: skip


def _hang(study: Study, item: Help) -> int:
    after = [
        study.options.count(task, frozenset(item.steps)) if task in study.options.of else 2
        for task in range(len(study.team.tasks))
    ]
    return after.count(1)


def _wrapped(title: str) -> str:
    import textwrap

    return "\n".join(textwrap.wrap(title, 34))


def _who(study: Study, full: bool) -> Iterator[Block]:
    team, cover = study.team, study.cover
    yield Heading(1, "Who may do what", "who")
    words = "; ".join(f"{today}: {TODAY[today]}" for today in _TONE)
    yield Paragraph(inline(f"{words}."), "note")
    posts = study.names
    wide = len(posts) > 3
    for start in range(0, len(posts), 10):
        head = ("Task", "A week", *posts[start : start + 10])
        rows = tuple(
            (
                inline(label(study, task)),
                inline(f"{week:g}" if (week := team.tasks[task].per_week) is not None else ""),
                *(inline(Run(item.today, tone=_TONE[item.today])) for item in row[start : start + 10]),
            )
            for task, row in enumerate(cover.grid)
        )
        yield Table(f"grid-{start}", "Each task by each post, today", tuple(map(inline, head)), rows, True, wide=wide)
    never = [f"{capital(inner(label(study, task)))}: {some(who, 6)}" for task in range(len(team.tasks)) if (who := [posts[one] for one in cover.who(task, "no")])]  # fmt: skip
    if never:
        yield Paragraph(inline(Run("Who may never, as the law stands and whatever is arranged", strong=True)), "label")
        yield Items(tuple(inline(line) for line in never))
    rows = tuple(_needs(study, full))
    if rows:
        head = ("Task", "Post", "Today", "What is needed", "Who can provide it")
        caption = "What is missing or has run out" if not full else "What is needed, stated or not"
        yield Table("needed", caption, tuple(map(inline, head)), rows, True, (0.3, 0.18, 0.1, 0.26, 0.16))


def _needs(study: Study, full: bool) -> Iterator[tuple[Inline, ...]]:
    for task, row in enumerate(study.cover.grid):
        for post, item in enumerate(row):
            for need in study.needed(task, post):
                if full or need.state != "not-stated":
                    how = "" if need.state == "missing" else f" ({need.state.replace('-', ' ')})"
                    yield (
                        inline(label(study, task)), inline(study.names[post]), inline(Run(item.today, tone=_TONE[item.today])),
                        inline(f"{need.what}{how}"), inline(need.by),
                    )  # fmt: skip


def _absences(study: Study) -> Iterator[Block]:
    if len(study.team.posts) < 2:
        return
    yield Heading(1, "When somebody is away", "absence")
    head = ("Without", "Stop", "Only once something is arranged")
    titles = study.names
    rows = tuple(
        (
            inline(
                ", ".join(titles[post] for post in item.without) or "nobody",
                f" ({item.day.capitalize()})" if item.day else "",
            ),
            _cell(study, item.stops),
            _cell(study, item.arrange),
        )
        for item in study.absences
    )
    yield Table(
        "away", "The covered tasks, without each post", tuple(map(inline, head)), rows, True, (0.24, 0.38, 0.38)
    )
    if study.week:
        days = tuple(
            (
                inline(item.day.capitalize()),
                inline(", ".join(titles[post] for post in item.without) or "nobody"),
                _cell(study, item.stops),
                _cell(study, item.arrange),
                _cell(study, item.alone),
            )
            for item in study.week
        )
        across = ("Day", "Away", "Stop", "Only once something is arranged", "Hang on one post that day")
        yield Table("week", "The week", tuple(map(inline, across)), days, True, (0.12, 0.19, 0.21, 0.22, 0.26))


def _cell(study: Study, tasks: Numbers) -> Inline:
    return inline("; ".join(label(study, task) for task in tasks) or "none")


def _papers(study: Study) -> Iterator[Block]:
    if not study.rests:
        return
    yield Heading(1, "What hangs on one paper", "papers")
    head = ("Without this", "Posts that have it", "These tasks stop, whoever is there")
    titles = study.names
    rows = tuple(
        (
            inline(capital(name_of_change(study.law, item.change))),
            inline(some([titles[post] for post in item.posts], 6) or "the task itself"),
            _cell(study, item.stops),
        )
        for item in study.rests
    )
    yield Table(
        "papers-table",
        "Arrangements and entitlements on which tasks hang",
        tuple(map(inline, head)),
        rows,
        True,
        (0.25, 0.25, 0.5),
    )


def _helping(study: Study, full: bool) -> Iterator[Block]:
    yield Heading(1, "What would help most", "helps")
    if study.cover.single and len(study.team.posts) > 1:
        yield Paragraph(inline(Run("So that nothing hangs on one post: ", strong=True), f"{_cheapest(study)}."))
    for identity, caption, helps in (
        ("alone", "Each thing alone, the most helpful first", study.singles),
        ("together", "Small sets, the most helpful first", study.sets),
    ):
        shown = helps if full else helps[:_TABLED]
        if not shown:
            continue
        head = ("What, and for whom", "Tasks covered", "No longer on one post", "A week")
        rows = tuple(
            (
                inline("\n".join(capital(step_said(study, step)) for step in item.steps)),
                _cell(study, item.covers),
                _cell(study, item.relieves),
                inline(f"{week:g}" if (week := often(study, (*item.covers, *item.relieves))) is not None else ""),
            )
            for item in shown
        )
        yield Table(
            f"helps-{identity}", caption, tuple(map(inline, head)), rows, True, (0.36, 0.27, 0.27, 0.1), numeric=(3,)
        )
        if len(shown) < len(helps):
            yield Paragraph(inline(f"{len(helps) - len(shown)} more stand in the full answer."), "note")
    if not study.singles and not study.sets:
        yield Paragraph(inline("Nothing that could be put in place today would cover another task or free one."))


def _reforms(study: Study) -> Iterator[Block]:
    if not study.reforms:
        return
    yield Heading(1, "What reforms would change in this team", "reforms")
    names = study.law.book.data["reforms"]
    titles = study.names
    head = ("Reform", "Who would register", "Tasks covered", "No longer on one post", "Who would stand otherwise")
    rows = tuple(
        (
            inline(" and ".join(names[name]["title"] for name in item.reforms)),
            inline(", ".join(titles[post] for post in item.registered) or "nobody"),
            _cell(study, item.covers),
            _cell(study, item.relieves),
            inline(
                "\n".join(
                    f"{titles[post]}, {inner(label(study, task))}: {study.cover.grid[task][post].today}, then {today}"
                    for task, post, today in item.changed
                )
                or "nobody"
            ),
        )
        for item in study.reforms
    )
    yield Table("reforms-table", "Each reform, with the registration of those whom it lets register", tuple(map(inline, head)), rows, True, (0.24, 0.16, 0.15, 0.15, 0.3), wide=True)  # fmt: skip
    if study.reform_sets:
        yield Paragraph(inline("With what each post would need as well:"), "label")
        yield Items(
            tuple(
                inline(f"{capital(said)}: {does(study, item)}.")
                for said, item in alternatives(study, study.reform_sets)
            )
        )


def _waits(study: Study) -> Iterator[Block]:
    lines = []
    for item in study.waits:
        wait, task = study.team.tasks[item.task].wait, capital(inner(label(study, item.task)))
        assert wait is not None
        who = [study.names[post] for post in item.directed]
        own = [study.names[post] for post in item.own]
        week = f", {item.a_week:g} minutes a week if all of it waits" if item.a_week is not None else ""
        lines.append(
            inline(
                f"{task}: {wait.minutes:g} minutes each time{week} (figure given by the team: {wait.source}). "
                f"By a direction for each patient: {listed(who) or 'nobody'}; without one: {listed(own) or 'nobody'}."
            )
        )
    if lines:
        yield Heading(1, "How long work waits for somebody else's direction", "waits")
        yield Items(tuple(lines))
