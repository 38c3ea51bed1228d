"""Every file that a person writes is of the form of its schema, and what the schemas refuse the reader refuses too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapcheck import InputError, Lawbook
from gapcheck.forms import form_problems
from gapcheck.profile.read import profile_of
from gapcheck.reading import DataFile, read_document
from tests.conftest import ROOT

FILES = [*(ROOT / "rules").rglob("*.yaml"), *(ROOT / "examples").rglob("*.yaml")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_file_is_of_the_form_of_its_schema(path: Path) -> None:
    document = read_document(path.read_bytes(), path.name, 4_000_000)
    name = path.read_text(encoding="utf-8").splitlines()[0].rpartition("/")[2].removesuffix(".schema.json")
    assert form_problems(document, name) == []


def test_every_schema_has_its_stable_address() -> None:
    """Version 1: within it keys are added, and none is renamed or taken away."""
    for path in (ROOT / "schemas").glob("*.json"):
        schema = json.loads(path.read_text(encoding="utf-8"))
        assert schema["$id"] == f"https://gapcheck.example/schemas/1/{path.name}"
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema" and schema["title"]


def listing(identity: str) -> st.SearchStrategy[object]:
    entry = st.fixed_dictionaries(
        {"id": st.just(identity)},
        optional={
            "until": st.sampled_from(["2026-12-31", "2026-13-01", "", 5]),
            "by": st.sampled_from(["x", 1]),
            "x": st.just(1),
        },
    )
    items = st.one_of(st.just(identity), st.just(3), entry)
    return st.one_of(st.just("none"), st.just("nope"), st.lists(items, max_size=2))


PROFILE = st.fixed_dictionaries(
    {
        "gapcheck": st.sampled_from([1, True, 2, "1", 1.0]),
        "post": st.fixed_dictionaries(
            {"title": st.sampled_from(["x", "", 1, "y" * 1001]), "nation": st.sampled_from(["england", "france"])},
            optional={
                "band": st.sampled_from(["6", 6, 6.5, True, []]),
                "scopes": st.sampled_from([[], ["sonography"], "x", [1]]),
                "employer": st.sampled_from(["nhs", "x", 1]),
                "titel": st.just("x"),
            },
        ),
        "holder": st.fixed_dictionaries(
            {"profession": st.sampled_from(["nurse", 1])},
            optional={
                "registrations": st.sampled_from(
                    [[], [{"register": "nmc"}], [{"register": "nmc", "status": "x"}], [{"status": "lapsed"}], {}]
                ),
                "annotations": listing("independent-prescriber"),
            },
        ),
        "tasks": st.sampled_from(
            [
                ["nm-pet-ct"],
                [],
                [{"id": "nm-pet-ct"}],
                [{"id": 1}],
                [{"id": "nm-pet-ct", "x": 1}],
                "nm-pet-ct",
                [{"id": "nm-pet-ct", "facts": {"emergency": [1]}}],
                [{"id": "nm-pet-ct", "facts": {"emergency": True}}],
            ]
        ),
    },
    optional={
        "entitlements": listing("irmer-operator"),
        "arrangements": listing("psd"),
        "facts": st.sampled_from([{}, {"emergency": False}, [], {"emergency": None}]),
    },
)
BOOK = Lawbook.load(ROOT / "rules")


@settings(max_examples=400, deadline=None)
@given(PROFILE)
def test_the_quick_reader_accepts_just_what_the_schema_accepts(data: dict[str, object]) -> None:
    document = DataFile("profile", data, {(): 1})
    form = form_problems(document, "profile")
    try:
        profile_of(document, BOOK)
        refused = False
    except InputError:
        refused = True
    assert refused == bool(form), form
