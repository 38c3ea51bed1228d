"""The pack as an answer for every format."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from gapcheck.clock import today
from gapcheck.document.answer import Answer, Sheet
from gapcheck.document.blocks import Document
from gapcheck.document.receipt import digest, receipt_of
from gapcheck.findings.data import lawbook_data, provision_data
from gapcheck.pack.build import KINDS, filled
from gapcheck.pack.document import ANSWER, ATTESTED, names, pack_brief, pack_document, ways_said
from gapcheck.pack.model import Member, Pack

ORIGIN = "Profile"  # the sheet that says what the pack was made of
PACK = "gapcheck pack"  # the command, in a receipt
_LINE = 30_000  # characters of a cell


class PackAnswer(Answer):
    """The papers of some posts."""

    def __init__(self, pack: Pack, made: str = "") -> None:
        self.pack = pack
        self.made = made or today()

    def data(self) -> Any:
        """The papers, field by field, with the receipt."""
        data = self._data()
        return {**data, "receipt": {**self.receipt(), "body": digest(data)}}

    def _data(self) -> dict[str, Any]:
        pack = self.pack
        return {
            "gapcheck": "1",
            "lawbook": lawbook_data(pack.law),
            "name": pack.name,
            "members": [
                {
                    "id": one.member.id,
                    "title": one.member.title,
                    "attestations": [{**line._asdict(), "tasks": list(line.tasks)} for line in one.attestations],
                    "medicines": [
                        {
                            "medicine": item.medicine,
                            "label": item.label,
                            "task": item.task,
                            "today": item.today,
                            "ways": [
                                {
                                    "route": way.route,
                                    "title": way.title,
                                    "chosen": way.chosen,
                                    "needs": list(way.needs),
                                    "law": [provision_data(law) for law in way.law],
                                }
                                for way in item.ways
                            ],
                            "barred": [{"title": title, "why": why} for title, why in item.barred],
                            "papers": list(item.papers),
                            "turns_on": list(item.turns_on),
                        }
                        for item in one.medicines
                    ],
                    "barred": list(one.barred),
                }
                for one in pack.members
            ],
            "papers": [
                {
                    "id": form.id,
                    "title": form.title,
                    "each": form.each,
                    "part": form.part,
                    "law": [provision_data(law) for law in form.law],
                    "signs": [
                        {"says": one.says, "law": [provision_data(law) for law in one.law]} for one in form.signs
                    ],
                    "fields": [
                        {
                            "label": field.label,
                            "note": field.note,
                            "source": field.source,
                            "law": [provision_data(law) for law in field.law],
                        }
                        for field in form.fields
                    ],
                    "for": list(form.needed),
                }
                for form in pack.papers
            ],
            "ends": [{**item._asdict(), "tasks": list(item.tasks)} for item in pack.ends],
        }

    def brief(self) -> Document:
        """What is missing and what runs out."""
        return pack_brief(self.pack)

    def document(self, full: bool) -> Document:
        """The pack, to fill in."""
        return pack_document(self.pack, self.made)

    def receipt(self) -> dict[str, Any]:
        """What the pack was made of, so that it can be read back when it is filled in; and each post as it was checked."""
        return {
            **receipt_of(PACK, [self._run(one.member) for one in self.pack.members], made=self.made),
            "origin": self.pack.origin,
        }

    def _run(self, member: Member) -> dict[str, Any]:
        """The check of a post, written as a profile."""
        from gapcheck.document.receipt import Source, canonical
        from gapcheck.engine.findings import check
        from gapcheck.findings.checked import Checked, run_of
        from gapcheck.profile.data import profile_data
        from gapcheck.profile.read import profile_of
        from gapcheck.reading import read_document

        source = Source(f"{member.id}.json", canonical(profile_data(member.profile)).encode())
        written = profile_of(read_document(source.raw, source.name), self.pack.law.book)
        return run_of(Checked(check(written, self.pack.law), source, ()))

    def sheets(self) -> Sequence[Sheet]:
        """What is in place (the sheet that is read back), the schedules, the medicines, the papers and what runs out."""
        pack = self.pack
        called = names(pack)
        pairs = list(zip(called, pack.members, strict=True))
        attested = [
            (name, line.label, ANSWER[line.state], line.by, line.reference, line.until, "; ".join(line.tasks))
            for name, one in pairs
            for line in one.attestations
        ]
        schedules = [
            (name, line.label, field.label, filled(one, field, line), _rests(field.law, field.source), field.note)
            for form in pack.papers
            for name, one in pairs
            for line in one.attestations
            if line.kind == KINDS[1] and line.what in form.arrangements and line.chosen and form.each == "person"
            for field in form.fields
        ]
        medicines = [
            (name, item.label, item.task, item.today, "".join(run.text for run in ways_said(item)),
             "; ".join(f"{title}: {why}" for title, why in item.barred))
            for name, one in pairs
            for item in one.medicines
        ]  # fmt: skip
        fields = [
            (form.title, field.label, "", _rests(field.law, field.source), field.note)
            for form in pack.papers
            for field in form.fields
        ]
        signs = [(form.title, one.says, _rests(one.law, ""), "") for form in pack.papers for one in form.signs]
        ends = [
            (item.until, item.label, item.member, item.by, item.reference, "; ".join(item.tasks)) for item in pack.ends
        ]
        text = json.dumps(pack.origin, ensure_ascii=False, sort_keys=True)
        lines = [(text[start : start + _LINE],) for start in range(0, len(text), _LINE)]
        return [
            Sheet("In place", ATTESTED, attested),
            Sheet("Schedules", ("Post", "Entitlement", "Field", "Entry", "Rests on", "Note"), schedules),
            Sheet(
                "Medicines",
                ("Post", "Medicine", "Task", "Today", "Ways open to the person", "Ways that are not"),
                medicines,
            ),
            Sheet("Papers", ("Paper", "Field", "Entry", "Rests on", "Note"), fields),
            Sheet("Who signs", ("Paper", "Who", "Rests on", "Name, signature and date"), signs),
            Sheet("Runs out", ("Until", "What", "Whose", "By", "Reference", "Tasks"), ends),
            Sheet(ORIGIN, ("What this pack was made of: leave it as it is, so that the pack can be read back",), lines),
        ]


def _rests(law: Any, source: str) -> str:
    cited = "; ".join(f"{item.title} ({item.confidence.replace('-', ' ')})" for item in law)
    return cited or f"practice, unverified: {source}"
