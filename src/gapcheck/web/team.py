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


@pages.get("/papers")
def given_papers(request: Request) -> Response:
    """The form: what was read has no address of its own, since it is not kept."""
    return FORM.shown(request, {})


@pages.post("/papers")
async def papers(request: Request) -> Response:
    """What a filled pack changes, and the profile or team with it; or that as a file to take away."""
    site = site_of(request)
    async with request.form(max_files=1, max_fields=20, max_part_size=LARGEST) as sent:
        words = {key: value for key, value in sent.items() if isinstance(value, str)}
        try:
            upload = sent.get("file")
            if not isinstance(upload, UploadFile) or not upload.filename:
                raise problem("papers", "Choose the filled papers: a Word or Excel file that gapcheck made")
            given = Sent(await upload.read(), upload.filename[:200], words.get("as_at") or today(), "")
            found = await heavy("the papers", read_of, site.rules, given, queue=FILES)
        except InputError as error:
            return FORM.shown(request, words, wrongs(error, {"--as-at": "as_at", "papers": "papers"}))
    if words.get("do") == "take":
        return downloads.attachment(found.text, "yaml", f"gapcheck-{found.kind}")
    return site.page(request, "papers-result.html.j2", found=found, path="/team/papers")


class ReadBack(NamedTuple):
    """What a filled pack came to: `kind`, profile or team; a line for each task that stands otherwise, and for each thing that could
    not be read back; and the file with what the pack says."""

    kind: str
    changed: tuple[str, ...]
    lost: tuple[str, ...]
    text: str


def read_of(rules: tuple[str, ...], given: Sent) -> ReadBack:
    """Read a filled pack back into the profile or team that it was made of. Raises InputError for what is no such pack."""
    import tempfile
    from pathlib import Path

    from gapcheck.pack.back import changed, members_of, read_back, written
    from gapcheck.pack.read import read_pack

    book = lawbook(rules)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"papers{Path(given.name).suffix.lower()[:10]}")
        path.write_bytes(given.raw)
        try:
            pack = read_pack(str(path))
        except InputError as error:
            raise problem("papers", error.problems[0].message, None, error.problems[0].help) from None
    if pack.origin is None:
        help = "the command gapcheck pack --read takes the profile or team file beside it"
        raise problem("papers", "These papers no longer say what they were made of", None, help)
    before = members_of(book, pack.origin, given.name)
    law = book.at(day(given.as_at), before[0].profile.nation)
    result = read_back(pack, pack.origin, before, law)
    lines = changed(before, members_of(book, result.origin, given.name), law)
    kind = "team" if result.origin["kind"] == "team" else "profile"
    return ReadBack(kind, tuple(lines), result.lost, written(result.origin, given.name))


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
