"""A team: who covers what, what hangs on one post, what would help; and its papers to fill in."""

from __future__ import annotations

from typing import NamedTuple

from fastapi import Request, Response
from starlette.datastructures import UploadFile

from gapcheck.clock import today
from gapcheck.document.blocks import Document
from gapcheck.errors import InputError, problem
from gapcheck.law.day import day
from gapcheck.law.lawbook import Lawbook
from gapcheck.team.model import Team
from gapcheck.web import downloads
from gapcheck.web.given import GivenForm
from gapcheck.web.reports import lawbook
from gapcheck.web.site import names, site_of, wrongs
from gapcheck.web.work import FILES, heavy

FORM = GivenForm("/team", "team.html.j2")
pages = FORM.pages()
LARGEST = 4_000_000
PASTED = "pasted.yaml"
FILE_FIELDS = {"--as-at": "as_at", "--nation": "nation", "file": "file"}
TAKEN = {
    "answer-xlsx": "xlsx",
    "answer-docx": "docx",
    "pack-docx": "docx",
    "pack-xlsx": "xlsx",
}  # what the buttons give


class Sent(NamedTuple):
    """What a form carries: the bytes of a team file or table, its name, the day and the nation."""

    raw: bytes
    name: str
    as_at: str
    nation: str


@pages.post("/result")
async def result(request: Request) -> Response:
    """The answer, or a file to take away."""
    site = site_of(request)
    async with request.form(max_files=1, max_fields=20, max_part_size=LARGEST) as sent:
        words = {key: value for key, value in sent.items() if isinstance(value, str)}
        try:
            upload = sent.get("file")
            if isinstance(upload, UploadFile) and upload.filename:
                raw, name = await upload.read(), upload.filename[:200]
            elif words.get("text", "").strip():
                raw, name = words["text"].encode(), PASTED
            else:
                raise problem("file", "Choose a file, or paste the text of a team file")
            given = Sent(raw, name, words.get("as_at") or today(), words.get("nation", ""))
            wish = words.get("do", "")
            if wish in TAKEN:
                made = await heavy("the team", file_of, site.rules, given, wish, queue=FILES)
                return downloads.attachment(made, TAKEN[wish], "gapcheck-team" if wish[0] == "a" else "gapcheck-pack")
            found = await heavy("the team", document_of, site.rules, given, queue=FILES)
        except InputError as error:
            return FORM.shown(request, words, wrongs(error, FILE_FIELDS))
    return site.page(request, "team-result.html.j2", found=found, names=names(found), path="/team/result")


def document_of(rules: tuple[str, ...], given: Sent) -> Document:
    """The answer as a document. Raises InputError for what cannot be read."""
    from gapcheck.team.answer import TeamAnswer
    from gapcheck.team.many import Teams, TeamsAnswer
    from gapcheck.team.study import Study

    book = lawbook(rules)
    pairs = [(team, book.at(day(given.as_at), given.nation or team.nation)) for team in _teams(book, given)]
    return (TeamAnswer(Study(*pairs[0])) if len(pairs) == 1 else TeamsAnswer(Teams(pairs))).document(False)


def file_of(rules: tuple[str, ...], given: Sent, wish: str) -> str | bytes:
    """The answer or the pack as a file. Raises InputError for what cannot be read, and for a pack of several teams."""
    from gapcheck.document.answer import Answer
    from gapcheck.document.render import rendered
    from gapcheck.pack.answer import PackAnswer
    from gapcheck.pack.build import pack
    from gapcheck.pack.model import Member
    from gapcheck.team.answer import TeamAnswer
    from gapcheck.team.many import Teams, TeamsAnswer
    from gapcheck.team.study import Study
    from gapcheck.team.write import origin_of, profiles_of

    book = lawbook(rules)
    pairs = [(team, book.at(day(given.as_at), given.nation or team.nation)) for team in _teams(book, given)]
    made: Answer
    if wish.startswith("pack"):
        if len(pairs) > 1:
            raise problem("file", f"There are {len(pairs)} teams in it: papers are made for one", None, "give one team")
        team, law = pairs[0]
        made = PackAnswer(
            pack(team.name, [Member(*one) for one in profiles_of(team)], law, origin_of(team, given.name))
        )
    else:
        made = TeamAnswer(Study(*pairs[0])) if len(pairs) == 1 else TeamsAnswer(Teams(pairs))
    return rendered(made, TAKEN[wish])


def _teams(book: Lawbook, given: Sent) -> list[Team]:
    """The teams in what was sent; it may name no other files."""
    from gapcheck.reading import read_document
    from gapcheck.team.read import team_of
    from gapcheck.team.table import ENDINGS, teams_of_bytes

    if given.nation and given.nation not in book.data["nations"]:
        raise problem("--nation", f"there is no nation `{given.nation}`")
    if given.name.lower().endswith(ENDINGS):
        return teams_of_bytes(given.name, given.raw, book, given.nation or None)
    return [team_of(read_document(given.raw, given.name), book, None)]
