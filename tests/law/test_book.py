"""The keys that the type checker knows of the lawbook are those that it has."""

from typing import Any, get_args, get_type_hints

import pytest

from gapcheck import Lawbook
from gapcheck.law.book import Book

BOOK = Lawbook.load()
HINTS = get_type_hints(Book)
KINDS = {kind: value for kind, hint in HINTS.items() for value in get_args(hint)[1:] if hasattr(value, "__total__")}


def test_every_kind_is_known() -> None:
    assert {*BOOK.data} == {*HINTS}
    assert len(KINDS) > 15


@pytest.mark.parametrize("kind", KINDS)
def test_an_item_has_the_keys_of_its_kind(kind: str) -> None:
    """No key is missing or unknown, and none is only ever said to be possible."""
    form: Any = KINDS[kind]
    items = list(BOOK.items(kind).values())
    assert items
    for item in items:
        assert form.__required_keys__ <= {*item} <= {*form.__annotations__}
    assert {key for item in items for key in item} == {*form.__annotations__}
    for key in form.__optional_keys__:
        assert any(key not in item for item in items), f"{key} is in each"
