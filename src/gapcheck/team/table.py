"""Teams out of a table of posts: a CSV, an Excel sheet or a Parquet file with a row a post, and a column that says to which team it belongs."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from gapcheck.errors import InputError, Problem, nearest, problem
from gapcheck.profile.cells import SEPARATOR, Cells
from gapcheck.profile.model import Profile, TaskEntry
from gapcheck.profile.resolve import plain_id
from gapcheck.reading import opened
from gapcheck.team.everyday import everyday, unbracketed
from gapcheck.team.model import DAYS, Post, Team, TeamTask, Wait

if TYPE_CHECKING:
    from gapcheck.law.lawbook import Lawbook

ENDINGS = (".csv", ".xlsx", ".parquet")
MAX_FILE = 50_000_000  # bytes
MAX_INSIDE = 400_000_000  # bytes that a workbook may unpack to
MAX_ROWS = 200_000
MAX_CELL = 20_000  # characters
SAID = 40  # problems that are said of one table
TASKS = "tasks"
# The columns, with other names that people give them.
COLUMNS = {
    "id": (
        "post",
        "post id",
        "post no",
        "post number",
        "position number",
        "assignment number",
        "employee",
        "employee number",
        "staff",
        "staff member",
        "staff name",
        "member of staff",
        "name",
        "initials",
        "person",
    ),
    "team": ("department", "dept", "service", "section", "team name"),
    "organisation": ("organization", "trust", "hospital", "site"),
    "title": ("job title", "post title", "position title", "position", "job", "job role", "role"),
    "wte": ("fte", "whole time equivalent", "contracted wte", "wte contracted"),
    "days": ("days worked", "working days", "days of work", "work days", "working pattern", "work pattern", "rota"),
    "nation": ("country",),
    "employer": ("kind of employer", "employer type", "type of employer"),
    "profession": ("staff group", "professional group", "occupation", "qualified as", "professional background"),
    "registrations": (
        "registration",
        "registers",
        "register",
        "registered with",
        "registration body",
        "registering body",
        "reg body",
        "professional registration",
        "professional body",
        "regulator",
        "registration status",
    ),
    "annotations": ("annotation", "prescribing"),
    "entitlements": (
        "entitlement",
        "entitled as",
        "entitled to act as",
        "duty holder role",
        "duty holder roles",
    ),
    "arrangements": (
        "arrangement",
        "arrangements in place",
        "in place",
        "papers",
        "papers in place",
        "paperwork",
        "directions",
    ),
    "facts": (),
    TASKS: ("task", "duties", "services"),
    "band": ("grade", "pay band", "afc band"),
    "scopes": ("scope",),
}
_OF_TASKS = {"task": ("tasks", "id", "examination", "examinations", "procedure", "procedures", "duty", "duties", "what we provide"),
             "team": COLUMNS["team"], "medicine": ("drug",),
             "per-week": ("per week", "a week", "times a week", "weekly", "number a week", "number per week", "how often a week"), "days": (),
             "waits": ("minutes", "minutes waited"), "source": ("source of the figure",)}  # fmt: skip
_WHO = {"profession", "registrations"}  # columns of a sheet of posts, and of no other
_ABOVE = 20  # lines that may stand above the header
_VACANT = ("vacant", "vacancy", "vacant post")
_LABELLED = ("tasks", "professions", "registers", "medicines", "arrangements")


class Rows(NamedTuple):
    """A sheet: its header and its rows, each with its line."""

    source: str
    header: tuple[str, ...]
    rows: list[tuple[int, tuple[str, ...]]]


def teams_of_table(path: str, book: Lawbook, nation: str | None) -> list[Team]:
    """The teams in a table, in the order in which they come. `nation`: goes before what the table says.

    Raises InputError with what cannot be read.
    """
    return teams_of_bytes(path, _bytes(path), book, nation)


def teams_of_bytes(name: str, raw: bytes, book: Lawbook, nation: str | None) -> list[Team]:
    """The same of a table that has been read; its name says its form."""
    sheets = _sheets(name, raw, book)
    posts = sheets.get("posts") or next(
        (sheet for sheet in sheets.values() if _WHO & _places(sheet, COLUMNS, book).keys()), None
    )
    posts = posts or next(iter(sheets.values()))
    others = [sheet for sheet in sheets.values() if sheet is not posts and "task" in _places(sheet, _OF_TASKS, book)]
    tasks = sheets.get(TASKS)
    return _SheetReader(posts, book, nation).teams(tasks if tasks and tasks is not posts else next(iter(others), None))


def _sheets(name: str, raw: bytes, book: Lawbook) -> dict[str, Rows]:
    if name.lower().endswith(".xlsx"):
        return dict(_workbook(name, raw, book))
    if name.lower().endswith(".parquet"):
        return {"posts": _parquet(name, raw, book)}
    return {"posts": _csv(name, raw, book)}


def _bytes(path: str) -> bytes:
    try:
        with opened(path) as stream:
            raw = stream.read(MAX_FILE + 1)
    except OSError as error:
        raise problem(path, f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    if len(raw) > MAX_FILE:
        raise problem(path, f"the file is larger than {MAX_FILE / 1e6:.0f} MB")
    return raw


def _csv(source: str, raw: bytes, book: Lawbook) -> Rows:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = raw.decode("utf-16", "replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", "replace")  # as Excel writes a CSV that is not UTF-8
    if "\x00" in text or not text.strip():
        raise problem(
            source,
            "this is no table of text" if text.strip() else "the file is empty",
            None,
            "give a CSV or an Excel workbook (.xlsx)",
        )
    first = text.lstrip().split("\n", 1)[0]
    separator = max(",;\t|", key=first.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        rows = [
            (reader.line_num, tuple(cell.strip() for cell in row))
            for row in reader
            if any(cell.strip() for cell in row)
        ]
    except csv.Error as error:
        raise problem(source, f"cannot be read as CSV: {error}") from None
    return _sheet(source, rows, book)


def _parquet(path: str, raw: bytes, book: Lawbook) -> Rows:
    """A Parquet file; lists of text count as joined by semicolons."""
    try:
        import polars as pl
    except ModuleNotFoundError:
        raise problem(
            path, "reading Parquet needs the library `polars`", None, "pip install 'gapcheck[workforce]'"
        ) from None
    try:
        frame = pl.read_parquet(io.BytesIO(raw), n_rows=MAX_ROWS + 1)
        rows = [(number, tuple(_text(value) for value in row)) for number, row in enumerate(frame.iter_rows(), 2)]
    except (pl.exceptions.PolarsError, OSError) as error:
        raise problem(path, f"cannot be read as Parquet: {type(error).__name__}") from None
    if len(rows) > MAX_ROWS:
        raise problem(path, f"the table has more than {MAX_ROWS:,} rows")
    return _sheet(path, [(1, tuple(frame.columns)), *rows], book)


def _workbook(path: str, raw: bytes, lawbook: Lawbook) -> Iterator[tuple[str, Rows]]:
    try:
        import openpyxl
    except ModuleNotFoundError:
        raise problem(
            path, "reading Excel needs the library `openpyxl`", None, "pip install 'gapcheck[reports]'"
        ) from None
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            size = sum(item.file_size for item in packed.infolist())
        if size > MAX_INSIDE:
            raise problem(path, f"the workbook unpacks to {size / 1e6:.0f} MB, more than {MAX_INSIDE / 1e6:.0f} MB")
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        found = [(page.title.strip().lower(), page.title, list(_rows(path, page))) for page in book.worksheets]
    except InputError:
        raise
    except Exception as error:  # whatever a broken workbook makes the library say
        raise problem(
            path, f"cannot be read as an Excel workbook: {type(error).__name__}", None, "save it again as .xlsx"
        ) from None
    kept = [(name, _sheet(f"{path}, sheet {title}", rows, lawbook)) for name, title, rows in found if rows]
    if not kept:
        raise problem(path, "the workbook is empty")
    yield from kept


def _rows(path: str, page: Any) -> Iterator[tuple[int, tuple[str, ...]]]:
    count = 0
    for line, row in enumerate(page.iter_rows(values_only=True), 1):
        cells = tuple(_text(value) for value in row)
        if any(cells):
            count += 1
            if count > MAX_ROWS:
                raise problem(path, f"a sheet has more than {MAX_ROWS:,} rows")
            yield line, cells


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, list):
        return SEPARATOR.join(_text(item) for item in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _sheet(source: str, rows: list[tuple[int, tuple[str, ...]]], book: Lawbook) -> Rows:
    """The sheet below its header: the first line that names several columns, whatever stands above it."""
    known = _known(COLUMNS, book) | _known(_OF_TASKS, book)
    heads = (
        at
        for at, (_, row) in enumerate(rows[:_ABOVE])
        if len({known[word] for word in map(_heading, row) if word in known}) > 1
    )
    (line, header), *rest = rows[next(heads, 0) :]
    if len([name for name in header if name]) < 2:
        raise problem(
            source,
            "the header has a single column",
            line,
            "the first line names the columns: team, title, profession and so on",
        )
    return Rows(source, header, rest)


def _known(columns: Mapping[str, Sequence[str]], book: Lawbook) -> dict[str, str]:
    """The column that each name means; those that are words of the law stand in the lawbook's wording."""
    of_law: Mapping[str, Sequence[str]] = book.data["wording"].get("posts", {}).get("columns", {})
    return {
        name: key
        for key, others in columns.items()
        for name in (key, key.replace("-", " "), *others, *of_law.get(key, ()))
    }


def _heading(name: str) -> str:
    """The name of a column without capitals, brackets and signs: `W.T.E. (contracted)` is `wte`."""
    plain = re.sub(r"\(.*?\)|[.?*:'\u2019]", "", unbracketed(name))
    return " ".join(re.sub(r"[_/\-]", " ", plain).split())


def _places(sheet: Rows, columns: Mapping[str, Sequence[str]], book: Lawbook) -> dict[str, int]:
    """Where each column stands."""
    known = _known(columns, book)
    places: dict[str, int] = {}
    for place, name in enumerate(sheet.header):
        key = known.get(_heading(name))
        if key is not None:
            places.setdefault(key, place)
    return places


class _SheetReader:
    """Reads the rows of a table; a cell that has been read is known the next time."""

    def __init__(self, sheet: Rows, book: Lawbook, nation: str | None) -> None:
        self.sheet = sheet
        self.book = book
        self.problems: list[Problem] = []
        self.places = _places(sheet, COLUMNS, book)
        if (
            "team" not in self.places and "organisation" in self.places
        ):  # a workforce table: each organisation is a team
            self.places["team"] = self.places["organisation"]
        cells = Cells(book, nation)
        listing = {kind: cells.listing(kind) for kind in ("annotation", "entitlement", "arrangement")}
        self.parsers: dict[str, Callable[[str], Any]] = {
            "nation": cells.nation,
            "employer": cells.employer,
            "profession": cells.profession,
            "registrations": cells.registrations,
            "annotations": listing["annotation"],
            "entitlements": listing["entitlement"],
            "arrangements": listing["arrangement"],
            "facts": cells.facts,
            "scopes": cells.scopes,
            TASKS: self._tasks,
            "days": _days,
            "wte": _number,
        }
        self.understood: dict[str, str] = {}  # how cells were read, where the names that people use told
        self.left_out: list[tuple[int, str]] = []
        self.known: dict[tuple[str, str], Any] = {}
        self.items: dict[str, tuple[str, str]] = {}  # the items of cells of tasks
        self.cells = cells
        self.labels = {kind: {str(item.get("label") or item.get("title")).lower(): identity for identity, item in book.items(kind).items()} for kind in _LABELLED}  # fmt: skip

    def teams(self, tasks: Rows | None) -> list[Team]:
        if "profession" not in self.places and "title" in self.places:
            self.places["profession"] = self.places[
                "title"
            ]  # a sheet of job titles alone: read where they say of which profession
        if "profession" not in self.places:
            names = ", ".join(f"`{name}`" for name in self.sheet.header if name)
            raise problem(
                self.sheet.source,
                "there is no column `profession`",
                1,
                f"the columns are {names}; name one of them profession",
            )
        if TASKS not in self.places and tasks is None:
            raise problem(
                self.sheet.source,
                "nothing says which tasks the team provides",
                1,
                "add a column `tasks`, or a sheet named tasks with a column `task`",
            )
        given = self.tasks(tasks) if tasks else []
        rows = [(line, self.row(line, row)) for line, row in self._posts()]
        if not rows:
            raise problem(self.sheet.source, "there is no post below the header", 1)
        grouped: dict[str, list[tuple[int, dict[str, Any]]]] = {}
        for line, row in rows:
            grouped.setdefault(row["team"], []).append((line, row))
        found = [self.team(name, some, given) for name, some in grouped.items()]
        if self.problems:
            more = len(self.problems) - SAID
            last = [Problem(self.sheet.source, None, f"and {more} more problems")] if more > 0 else []
            raise InputError([*self.problems[:SAID], *last])
        return found

    def _posts(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The rows that are posts. A team or nation stands in the first row of its stretch, where cells are merged; a vacant
        post covers nothing, and neither does a row of sums or a remark."""
        last: dict[str, str] = {}
        for line, row in self.sheet.rows:
            cell = {key: row[place] if place < len(row) else "" for key, place in self.places.items()}
            if any(cell.get(key, "").lower() in _VACANT for key in ("id", "title", "profession")):
                self.left_out.append((line, "the post is vacant"))
                continue
            if not any(cell.get(key) for key in ("profession", "title", "registrations")):
                self.left_out.append((line, "it names no post"))
                continue
            filled = list(row) + [""] * (max(self.places.values()) + 1 - len(row))
            for key in {"team", "nation"} & self.places.keys():
                last[key] = filled[self.places[key]] = cell[key] or last.get(key, "")
            yield line, tuple(filled)

    def team(self, name: str, rows: list[tuple[int, dict[str, Any]]], given: list[tuple[str, TeamTask]]) -> Team:
        nations = {row["nation"]: line for line, row in rows if row["nation"]}
        if len(nations) > 1:
            help = "one team works in one nation; give each its own name in the column `team`, or say --nation"
            self.say(max(nations.values()), f"the posts of {name or 'the team'} are in several nations", help)
        nation = next(iter(nations), "")
        ids: dict[str, int] = {}
        posts = []
        for line, row in rows:
            identity = _id(row["id"]) or f"row-{line}"
            if identity in ids:
                self.say(
                    line,
                    f"there are two of the post `{identity}` in {name or 'the team'}",
                    f"it stands in line {ids[identity]} too",
                )
            ids.setdefault(identity, line)
            profile = Profile(
                profession=row["profession"], nation=nation, title=row["title"] or row["id"] or f"Post in line {line}", employer=row["employer"],
                band=row["band"], scopes=row["scopes"], registrations=row["registrations"], annotations=row["annotations"],
                entitlements=row["entitlements"], arrangements=row["arrangements"], facts=dict(row["facts"]),
                source=self.sheet.source,
            )  # fmt: skip
            posts.append(Post(identity, profile, row["wte"], row["days"]))
        own = dict.fromkeys(pair for _, row in rows for pair in row[TASKS])
        tasks = tuple(task for of, task in given if of.lower() in ("", name.lower())) or tuple(
            TeamTask(TaskEntry(task, medicine=medicine)) for task, medicine in own
        )
        if not tasks and not self.problems:
            self.say(
                rows[0][0],
                f"no post of {name or 'the team'} names a task",
                "write the tasks in the column `tasks`, joined by semicolons",
            )
        employer = rows[0][1]["employer"]
        return Team(name or "Team", nation, tuple(posts), tasks, employer, "", self.sheet.source, self.notes)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """How the table was read, where it had to be understood; once every row has been."""
        found = [
            f"{text} was read as {meant[:1].lower() if meant[1:2].islower() else meant[:1]}{meant[1:]}."
            for text, meant in self.understood.items()
        ]
        lines = [(line, f"Line {line} of the table was left out: {why}.") for line, why in self.left_out]
        return (*found, *(said for _, said in lines))

    def tasks(self, sheet: Rows) -> list[tuple[str, TeamTask]]:
        """The tasks of a sheet of their own, each with the team that it is for (empty: for all)."""
        places = _places(sheet, _OF_TASKS, self.book)
        if "task" not in places:
            raise problem(sheet.source, "there is no column `task`", 1)
        found: dict[tuple[str, str, str], tuple[str, TeamTask]] = {}
        for line, row in sheet.rows:
            cell = {key: row[place] if place < len(row) else "" for key, place in places.items()}
            for task in self._tasks_of_row(sheet.source, line, cell):
                of = cell.get("team", "")
                key = of.lower(), task.entry.id, task.entry.medicine
                if key in found:
                    self.problems.append(Problem(sheet.source, line, f"the task `{task.entry.id}` stands twice"))
                found[key] = of, task
        return list(found.values())

    def _tasks_of_row(self, source: str, line: int, cell: Mapping[str, str]) -> Iterator[TeamTask]:
        """The tasks that a row of the sheet of tasks names."""
        often = self.cell(line, "wte", cell.get("per-week", ""), source)
        minutes = self.cell(line, "wte", cell.get("waits", ""), source)
        days = self.cell(line, "days", cell.get("days", ""), source)
        figure = cell.get("source", "")
        if minutes is not None and not figure:
            help = "say in the column `source` where the figure is from"
            self.problems.append(Problem(source, line, "the minutes have no source", help))
        wait = Wait(minutes, figure) if minutes is not None else None
        for task, own in self.cell(line, TASKS, cell["task"], source) or ():
            drug = own or self._medicine(source, line, cell.get("medicine", ""))
            yield TeamTask(TaskEntry(task, medicine=drug), often, days or (), wait)

    def _medicine(self, source: str, line: int, text: str) -> str:
        """The medicine of a cell; empty where it names none."""
        if not text:
            return ""
        name = plain_id(self.named("medicines", text))
        found = self.book.resolve("medicines", name)
        if found is None:
            help = nearest(name, self.book.data["medicines"])
            self.problems.append(Problem(source, line, f"there is no medicine `{text}`", help))
        return found or ""

    def row(self, line: int, row: tuple[str, ...]) -> dict[str, Any]:
        cells = {key: row[place] if place < len(row) else "" for key, place in self.places.items()}
        found: dict[str, Any] = {key: cells.get(key, "") for key in ("id", "team", "title", "band")}
        for key in self.parsers:
            text = cells.get(key, "")
            value = self.cell(line, key, text, self.sheet.source)
            found[key] = value if value is not None or key == "wte" else self._nothing(key)
        return found

    def _nothing(self, key: str) -> Any:
        """What stands for a cell that could not be read; the problem has been noted."""
        return "" if key in ("nation", "employer", "profession") else ()

    def cell(self, line: int, key: str, text: str, source: str) -> Any:
        """The value of a cell; None where it cannot be read, with a problem noted."""
        known = self.known.get((key, text))
        if known is None:
            known = self.known[key, text] = self._read(key, text)
        value, wrong = known
        self.problems += [Problem(source, line, item.message, item.help) for item in wrong]
        return value

    def _read(self, key: str, text: str) -> tuple[Any, tuple[Problem, ...]]:
        if len(text) > MAX_CELL:
            return None, (Problem("", None, f"a cell of more than {MAX_CELL:,} characters"),)
        try:
            try:
                return self.parsers[key](self._as_ids(key, text)), ()
            except InputError:
                plain = everyday(self.book).cell(key, text)
                if plain == text:
                    raise
                found = self.parsers[key](plain), ()
                if key in ("profession", "registrations", "annotations", "entitlements", "arrangements"):
                    self.understood[text] = everyday(self.book).said(plain)
                return found
        except InputError as error:
            return None, error.problems

    def _as_ids(self, key: str, text: str) -> str:
        """A cell with names by which people call things in place of ids; commas between ids count as semicolons."""
        kind = {"profession": "professions", "registrations": "registers"}.get(key, "arrangements")
        if key in ("nation", "employer", "facts", "wte", "days", TASKS) or not text:
            return text.replace("\n", SEPARATOR).replace(",", SEPARATOR) if key == "days" else text
        whole = self._known_as(kind, text)
        if whole or key == "profession":
            return whole or text
        items = text.replace("\n", SEPARATOR).split(SEPARATOR)
        if len(items) == 1:
            items = text.split(",")
        return SEPARATOR.join(self.named(kind, item.strip()) for item in items)

    def _tasks(self, text: str) -> tuple[tuple[str, str], ...]:
        """The tasks of a cell, each with a medicine where one is named; commas count where no task is called so."""
        items = text.replace("\n", SEPARATOR).split(SEPARATOR)
        if len(items) == 1 and text not in self.items and self.named(TASKS, text) == text:
            items = text.split(",")
        return tuple([self.items.get(item) or self._task(item) for item in items if item.strip()])

    def _task(self, item: str) -> tuple[str, str]:
        """The id of a task and of the medicine behind a colon."""
        name = self.named(TASKS, item.strip())
        try:
            found = self.cells.task(name)
        except InputError as error:
            task, colon, medicine = item.strip().partition(":")
            known = everyday(self.book).task(task)
            if not known:
                help = everyday(self.book).near(task) or "`gapcheck explain --list tasks` lists every task"
                raise problem("", error.problems[0].message, None, help) from None
            found = self.cells.task(f"{known}{colon}{medicine}")
            self.understood[task] = everyday(self.book).said(known)
        self.items[item] = found
        return found

    def named(self, kind: str, text: str) -> str:
        """The id of something called by its label; the text itself where it is no label."""
        return self._known_as(kind, text) or text

    def _known_as(self, kind: str, text: str) -> str:
        """The id of something called by its label, or by an id without the brackets of a name such as IR(ME)R, with what stands
        behind a colon or the word `until`; empty where nothing is called so."""
        name, colon, rest = (text if ":" in text else text.replace(" until ", ":", 1)).partition(":")
        words = " ".join(name.lower().split())
        found = self.labels[kind].get(words) or self.book.resolve(
            kind, plain_id(words.replace("(", "").replace(")", ""))
        )
        return f"{found}{colon}{rest}" if found and not set(rest) & {SEPARATOR, ",", "\n"} else ""

    def say(self, line: int, message: str, help: str = "") -> None:
        self.problems.append(Problem(self.sheet.source, line, message, help))


def _id(name: str) -> str:
    """The id of a post, of whatever somebody calls it."""
    return plain_id(re.sub(r"[\W_]+", " ", re.sub(r"['\u2019]", "", name)))


def _days(text: str) -> tuple[str, ...]:
    """Days of the week, in full or by their first three letters, and stretches of them, as in `Mon-Wed; Friday`."""
    found: list[str] = []
    for item in (item.strip().lower() for item in re.split(r"[;,/&+]|\band\b", text)):
        if item in _DAYS_TOGETHER:
            found += _DAYS_TOGETHER[item]
        elif item:
            ends = [_day(word.strip(" .")) for word in re.split(r"\s*[-\u2013]\s*|\s+to\s+", item, maxsplit=1)]
            first, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
            found += DAYS[first : last + 1] if first <= last else (*DAYS[first:], *DAYS[: last + 1])
    return tuple(dict.fromkeys(found))


_WEEK, _WEEKDAYS = DAYS, DAYS[:5]
_DAYS_TOGETHER = {"weekdays": _WEEKDAYS, "every weekday": _WEEKDAYS, "all weekdays": _WEEKDAYS, "weekend": DAYS[5:], "weekends": DAYS[5:],
                  "every day": _WEEK, "daily": _WEEK, "all week": _WEEK, "7 days": _WEEK, "m-f": _WEEKDAYS}  # fmt: skip
_SHORT = {"m": "monday", "w": "wednesday", "f": "friday", "weds": "wednesday"}  # t and s may be two days each


def _day(word: str) -> str:
    day = _SHORT.get(word) or next((item for item in DAYS if len(word) >= 3 and item.startswith(word)), "")
    if not day:
        raise problem("", f"`{word}` is no day of the week", None, nearest(word, DAYS))
    return day


def _number(text: str) -> float | None:
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        raise problem("", f"`{text}` is no number") from None
    if not 0 <= value <= 100_000:
        raise problem("", f"`{text}` is out of range")
    return value
