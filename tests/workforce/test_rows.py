"""A row means what a profile file with the same facts means: the findings are those of `gapcheck check`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gapcheck import Lawbook
from gapcheck.engine.findings import Finding, check
from gapcheck.errors import InputError
from gapcheck.profile.read import STATUSES, profile_of
from gapcheck.reading import DataFile
from gapcheck.workforce.answers import answer_of
from gapcheck.workforce.mapping import read_mapping
from gapcheck.workforce.model import FIELDS, ROW, Chunk, Reject
from gapcheck.workforce.run import Workforce
from tests.conftest import ROOT, TODAY

BOOK = Lawbook.load(ROOT / "rules")
DATA = BOOK.data
KINDS = {
    kind: sorted(key for key, item in DATA["arrangements"].items() if item["kind"] == kind)
    for kind in ("annotation", "entitlement", "arrangement")
}


def granted(kind: str) -> st.SearchStrategy[Any]:
    day = st.sampled_from(["", "2025-01-31", "2026-11-21", "2026-11-22", "2026-12-31", "2031-01-31"])
    item = st.tuples(st.sampled_from(KINDS[kind]), day)
    return st.one_of(st.just("none"), st.lists(item, max_size=5, unique_by=lambda pair: pair[0]))


POSTS = st.fixed_dictionaries(
    {
        "nation": st.sampled_from(sorted(DATA["nations"])),
        "employer": st.sampled_from(["", "nhs", "independent"]),
        "profession": st.sampled_from(sorted(DATA["professions"])),
        "registrations": st.lists(
            st.tuples(
                st.sampled_from(sorted(DATA["registers"])),
                st.sampled_from(STATUSES),
                st.sampled_from(["", *sorted(DATA["professions"])]),
            ),
            max_size=2,
        ),
        "annotations": granted("annotation"),
        "entitlements": granted("entitlement"),
        "arrangements": granted("arrangement"),
        "facts": st.dictionaries(
            st.sampled_from(["emergency", "als-certificate", "approved-training", "registration-allows"]), st.booleans()
        ),
        "tasks": st.lists(st.sampled_from(sorted(DATA["tasks"])), min_size=1, max_size=6),
    }
)


def row(post: dict[str, Any]) -> dict[str, str]:
    """The post as a row of a table."""

    def listed(items: Any) -> str:
        return items if items == "none" else "; ".join(f"{name}:{day}" if day else name for name, day in items)

    return {
        **dict.fromkeys(FIELDS, ""),
        **{key: post[key] for key in ("nation", "employer", "profession")},
        "registrations": ";".join(":".join(filter(None, item)) for item in post["registrations"]),
        **{key: listed(post[key]) for key in ("annotations", "entitlements", "arrangements")},
        "facts": ";".join(f"{key}={'yes' if value else 'no'}" for key, value in post["facts"].items()),
        "tasks": ";".join(post["tasks"]),
    }


def document(post: dict[str, Any]) -> DataFile:
    """The post as a profile file."""

    def listed(items: Any) -> Any:
        return items if items == "none" else [{"id": name, **({"until": day} if day else {})} for name, day in items]

    keys = ("register", "status", "as")
    held = [{key: value for key, value in zip(keys, item, strict=True) if value} for item in post["registrations"]]
    about = {
        "title": "A post",
        "nation": post["nation"],
        **({"employer": post["employer"]} if post["employer"] else {}),
    }
    holder = {"profession": post["profession"], "registrations": held}
    if post["annotations"]:
        holder["annotations"] = "none" if post["annotations"] == "none" else [name for name, _ in post["annotations"]]
    data = {
        "gapcheck": 1,
        "post": about,
        "holder": holder,
        "entitlements": listed(post["entitlements"]),
        "arrangements": listed(post["arrangements"]),
        "facts": post["facts"],
        "tasks": post["tasks"],
    }
    return DataFile("post.yaml", data, {(): 1})


def findings(rows: list[dict[str, str]], **options: Any) -> tuple[list[dict[str, Any]], list[Reject]]:
    """What the workforce makes of some rows."""
    rejects: list[Reject] = []
    law = {"readings": options.get("readings"), "reforms": options.get("reforms", ())}
    book = BOOK.reformed(law["reforms"])
    work = Workforce(
        book=book,
        laws=lambda nation: book.at(TODAY, nation, law["readings"], law["reforms"]),
        columns=read_mapping(None, (), (), FIELDS, "rows"),
        date=TODAY,
        nation=None,
        stamp="law",
        keep_duplicates=False,
        rejected=rejects.extend,
        progress=lambda done, counts: None,
    )

    def chunks() -> Iterator[Chunk]:
        for start in range(0, len(rows), 7):  # several chunks, so that what is remembered is put to the test
            part = rows[start : start + 7]
            yield Chunk(
                pl.DataFrame(part).with_columns(pl.int_range(start, start + len(part), dtype=pl.Int64).alias(ROW))
            )

    found = [item for table in work.findings(chunks()) for item in table.rows(named=True)]
    assert work.counts.rows == len(rows) == work.counts.answered + work.counts.rejected
    return found, rejects


def expected(post: dict[str, Any], reforms: tuple[str, ...] = ()) -> list[Finding] | None:
    """What `gapcheck check` says of the profile; None where it refuses it."""
    try:
        profile = profile_of(document(post), BOOK)
    except InputError:
        return None
    return list(check(profile, BOOK.at(TODAY, profile.nation, None, reforms)).findings)


def told(row: dict[str, Any], finding: Finding) -> None:
    """A row says what the finding says, of the notes on what has run out those that concern the task."""
    wanted = answer_of(finding)._asdict()
    assert {key: row[key] for key in wanted if key != "notes"} == {key: wanted[key] for key in wanted if key != "notes"}
    said = [note for note in finding.notes if note in row["notes"]]
    assert len("; ".join(said)) == len(row["notes"])
    assert all("ran out on" in note for note in finding.notes if note not in said)
    mattering = {item.fact for act in finding.acts for route in act.routes for item in route.fails}
    labels = {
        DATA["arrangements"][fact.partition(".")[2]]["label"]
        for fact in mattering
        if fact.partition(".")[2] in DATA["arrangements"]
    }
    assert not [
        note for note in finding.notes if note not in said and any(f"The {label} ran" in note for label in labels)
    ]


def agree(posts: list[dict[str, Any]], reforms: tuple[str, ...] = ()) -> None:
    rows = [{**row(post), "id": str(number)} for number, post in enumerate(posts)]
    found, rejects = findings(rows, reforms=reforms)
    refused = {item.row for item in rejects}
    for number, post in enumerate(posts):
        wanted = expected(post, reforms)
        ours = [item for item in found if item["id"] == str(number)]
        assert (wanted is None) == (number in refused)
        for item, finding in zip(ours, wanted or [], strict=True):
            told(item, finding)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(posts=st.lists(POSTS, min_size=1, max_size=12))
def test_a_row_is_answered_as_the_profile_with_the_same_facts(posts: list[dict[str, Any]]) -> None:
    # An annotation with a day is for tables and attestations only; a profile file knows it by its name.
    for post in posts:
        if post["annotations"] != "none":
            post["annotations"] = [(name, "") for name, _ in post["annotations"]]
    agree(posts)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(posts=st.lists(POSTS, min_size=1, max_size=6), reform=st.sampled_from(sorted(DATA["reforms"])))
def test_and_under_a_reform(posts: list[dict[str, Any]], reform: str) -> None:
    for post in posts:
        post["annotations"] = []
    agree(posts, (reform,))


def test_the_order_and_the_company_of_rows_change_no_answer() -> None:
    base = {**dict.fromkeys(FIELDS, ""), "nation": "england", "profession": sorted(DATA["professions"])[0]}
    tasks = sorted(DATA["tasks"])[:40]
    rows = [{**base, "id": str(number), "tasks": ";".join(tasks[number : number + 5])} for number in range(30)]
    forward, backward = findings(rows)[0], findings(rows[::-1])[0]
    key = lambda item: (int(item["id"]), item["task"])  # noqa: E731
    assert sorted(forward, key=key) == sorted(backward, key=key)


def test_a_row_that_cannot_be_read_says_everything_that_is_wrong_with_it() -> None:
    good = {**dict.fromkeys(FIELDS, ""), "nation": "england", "profession": "nurse", "tasks": sorted(DATA["tasks"])[0]}
    rows = [
        {**good, "id": "1"},
        {**good, "id": "2", "profession": "nurze", "tasks": "no-such-task", "arrangements": "pgd:soon"},
        {**good, "id": "3", "tasks": " ; "},
        {**good, "id": "1"},
        {**good, "id": ""},
        {**good, "id": "6", "nation": "france"},
        {**good, "id": "7", "registrations": "hcpc:retired"},
    ]
    found, rejects = findings(rows)
    assert {item["id"] for item in found} == {"1"}
    said = {(item.row, item.column) for item in rejects}
    assert said == {
        (1, "profession"), (1, "tasks"), (1, "arrangements"), (2, "tasks"), (3, "id"), (4, "id"), (5, "nation"), (6, "registrations"),
    }  # fmt: skip
    assert "`nurse`?" in next(item.help for item in rejects if item.column == "profession")
