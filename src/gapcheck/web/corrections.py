"""What a person corrects in the tasks that were found in a job description."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from gapcheck.errors import problem
from gapcheck.jobdesc.understanding.result import DUTY, KINDS, TaskHit
from gapcheck.law.lawbook import Lawbook

REMOVE, KIND, ADD = "remove", "kind", "add"
IS_DUTY = "duty"  # what a button says by itself
MOST = 500


class Correction(NamedTuple):
    """One correction: what to do with the task at a place of the text; an added task has no place (start and end 0)."""

    do: str
    task: str
    start: int = 0
    end: int = 0
    kind: str = ""

    @property
    def place(self) -> tuple[str, int, int]:
        return self.task, self.start, self.end


Corrections = tuple[Correction, ...]


def read(data: Any, book: Lawbook) -> Corrections:
    """Corrections out of what a form carried. Raises InputError for what is none."""
    if not isinstance(data, list) or len(data) > MOST:
        raise problem("corrections", "the corrections are damaged", None, "begin again with the document")
    try:
        found = tuple(
            Correction(str(do), str(task), int(start), int(end), str(kind)) for do, task, start, end, kind in data
        )
    except (TypeError, ValueError):
        raise problem("corrections", "the corrections are damaged", None, "begin again with the document") from None
    for item in found:
        if item.do not in (REMOVE, KIND, ADD) or (item.kind and item.kind not in KINDS):
            raise problem("corrections", "the corrections are damaged", None, "begin again with the document")
        if item.do == ADD and item.task not in book.data["tasks"]:
            raise problem("add", f"There is no task `{item.task}`", None, "choose one of the list")
    return found


def taken(before: Corrections, do: str, form: Mapping[str, Any]) -> Corrections:
    """The corrections after a button was pressed. `do`: `remove TASK START END`, `duty ...`, `kind ...`, `back ...`, or `add`."""
    what, *place = do.split(" ")
    if what == ADD:
        task = str(form.get("add", ""))
        if not task:
            raise problem("add", "Choose the task to add")
        return (*(item for item in before if item.task != task or item.do != ADD), Correction(ADD, task, kind=DUTY))
    try:
        key = (place[0], int(place[1]), int(place[2]))
    except (IndexError, ValueError):
        raise problem("corrections", "that button is not known", None, "begin again with the document") from None
    added = any(item.do == ADD and item.place == key for item in before)
    rest = tuple(item for item in before if item.place != key)
    if what == "back":
        return rest
    if what == REMOVE:
        return rest if added else (*rest, Correction(REMOVE, *key))
    if what == IS_DUTY:
        return (*rest, Correction(KIND, *key, DUTY))
    if what == KIND:
        kind = str(form.get(f"kind {' '.join(place)}", ""))
        if kind not in KINDS:
            raise problem("corrections", f"there is no kind `{kind}`", None, "choose one of the list")
        return (*rest, Correction(ADD if added else KIND, *key, kind))
    raise problem("corrections", "that button is not known", None, "begin again with the document")


def corrected(corrections: Corrections, hits: tuple[TaskHit, ...], book: Lawbook) -> tuple[TaskHit, ...]:
    """The tasks as the person sees them."""
    by_place = {item.place: item for item in corrections if item.do != ADD}
    found = []
    for hit in hits:
        item = by_place.get((hit.id, hit.start, hit.end))
        if item is None:
            found.append(hit)
        elif item.do == KIND:
            found.append(replace(hit, kind=item.kind))
    for item in corrections:
        if item.do == ADD:
            legal = bool(book.data["tasks"][item.task]["needs"])
            found.append(TaskHit(item.task, "", 0, item.kind or DUTY, 0, 0, legal))
    return tuple(found)
