"""The server for assistants. Each tool asks what a command asks and answers what it answers: the text that it prints, and the
data of its JSON with what reproduces them. Standard input and output; no network. Needs the library `mcp` (the extra `mcp`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import wraps
from typing import Annotated, Any

import click
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, TextContent, Tool, ToolAnnotations
from pydantic import Field

from gapcheck.document.answer import Answer
from gapcheck.document.render import rendered
from gapcheck.engine.confirmed import confirmed
from gapcheck.errors import InputError, nearest
from gapcheck.findings.data import lawbook_data
from gapcheck.law.conditions import PRESUMED
from gapcheck.law.dated import Law
from gapcheck.law.day import day
from gapcheck.law.lawbook import Lawbook
from gapcheck.profile.resolve import plain_id
from gapcheck.version import __version__

Text = Annotated[str, Field(max_length=1000)]
Many = Annotated[list[Text], Field(max_length=60)]
Nation = Annotated[
    str, Field(max_length=60, description="england, wales, scotland or northern-ireland; empty: as presumed.")
]
Day = Annotated[str, Field(max_length=10, description="The law on this day, YYYY-MM-DD; empty: today.")]
Reforms = Annotated[Many, Field(description="Reforms to take as if they were law; ids.")]
Readings = Annotated[Many, Field(description="ID=READING for each disputed provision to be read otherwise.")]
Registered = Annotated[Many, Field(description="REGISTER[:STATUS[:AS]] for each register held; none for none.")]
_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
_SAYS = (
    "gapcheck decides who may lawfully do what in UK health care, by a lawbook that stands in it. Give its answers as they are: "
    "with the provisions and addresses that they cite, how sure the lawbook is of each (verified-in-text, verified-in-guidance, "
    "unverified), the day and nation, what was presumed, and the digest of the lawbook. What it does not state is not known, and "
    "`available` means lawful once what is listed is arranged. It informs; it is not legal advice."
)


class _Server(MCPServer[Any]):
    """Takes no argument that a tool does not have: one whose name is misspelt would be passed over, and another question answered."""

    async def list_tools(self) -> list[Tool]:
        """The tools, each of which says that it takes what it names and nothing else."""
        found = await super().list_tools()
        return [
            one.model_copy(update={"input_schema": {**one.input_schema, "additionalProperties": False}})
            for one in found
        ]

    async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
        """Call a tool. Raises ToolError for an argument that it does not take."""
        takes = {one.name: [*one.input_schema["properties"]] for one in await self.list_tools()}
        for key in arguments if name in takes else ():
            if key not in takes[name]:
                raise ToolError(f"{name}: there is no argument `{key}`\n  help: {nearest(key, takes[name])}")
        return await super().call_tool(name, arguments, context)


def server(book: Lawbook, rules: Sequence[str] = ()) -> MCPServer[Any]:
    """The server over a lawbook. `rules`: the folders of the lawbook, none for the packaged one."""
    made = _Server("gapcheck", instructions=_SAYS, version=__version__, log_level="ERROR")
    tools = _Tools(book, tuple(rules))
    for tool in (tools.ask, tools.can, tools.check, tools.jd, tools.team, tools.diff, tools.explain):
        made.tool(annotations=_READS)(_in_words(tool))
    for kind in ("provisions", "rules", "tasks"):
        _resources(made, tools, kind)
    return made


def _in_words(tool: Callable[..., CallToolResult]) -> Callable[..., CallToolResult]:
    """A tool whose bad input is said in words: what was found, what is allowed, what is nearest."""

    @wraps(tool)
    def run(*args: Any, **given: Any) -> CallToolResult:
        try:
            return tool(*args, **given)
        except InputError as error:
            raise ToolError("\n".join(map(str, error.problems))) from None

    return run


def _resources(made: MCPServer[Any], tools: _Tools, kind: str) -> None:
    """The list of a kind, and each of its items as `gapcheck explain` has it."""
    one = kind.removesuffix("s")

    @made.resource(f"gapcheck://{kind}", name=kind, mime_type="application/json", description=f"The ids of all {kind}.")
    def every() -> str:
        return str(rendered(tools.listed(kind), "json"))

    if kind == "provisions":

        @made.resource("gapcheck://provisions/{instrument}/{provision}", name=one, mime_type="application/json")
        def provision(instrument: str, provision: str) -> str:
            """What the lawbook holds of a provision."""
            return str(rendered(tools.page(f"{instrument}/{provision}"), "json"))

        return

    @made.resource(f"gapcheck://{kind}/{{identity}}", name=one, mime_type="application/json")
    def item(identity: str) -> str:
        """What the lawbook holds under an id."""
        return str(rendered(tools.page(identity), "json"))


class _Tools:
    """The tools, each with the words of the command of its name."""

    def __init__(self, book: Lawbook, rules: tuple[str, ...]) -> None:
        self.book = book
        self.rules = rules

    def ask(  # noqa: PLR0917 - a tool takes its parameters by name
        self,
        question: Annotated[
            str, Field(max_length=2000, description="The question in plain words, as a person put it.")
        ],
        profession: Annotated[Text, Field(description="Who is meant, where the words leave it open; an id.")] = "",
        registered: Registered = [],  # noqa: B006
        medicine: Annotated[Text, Field(description="Which medicine is meant, where the words leave it open.")] = "",
        nation: Nation = "",
        as_at: Day = "",
    ) -> CallToolResult:
        """Answer a question in plain words, such as "can a technologist on the RCT give contrast in Cardiff?".

        The answer says what was understood; put right what was understood wrongly by the other parameters.
        """
        from gapcheck.ask.answer import answered
        from gapcheck.ask.correct import corrected
        from gapcheck.ask.reply import PlainReply, not_understood
        from gapcheck.ask.understand import understand

        meant = corrected(
            self.book, understand(self.book, question), profession or None, tuple(registered), medicine or None,
            nation or None, as_at or None,
        )  # fmt: skip
        if not meant.asks:
            raise ToolError(not_understood(meant, self.book))
        found = answered(self.book, meant, {}, ())
        if found.act is not None:
            found = found._replace(act=confirmed([found.act], None)[0])
        else:
            found = found._replace(report=confirmed([found.report], None)[0])
        law = found.act.law if found.act is not None else found.report.law  # type: ignore[union-attr]
        return self._given(PlainReply(found, []), law)

    def can(  # noqa: PLR0917
        self,
        act: Annotated[Text, Field(description="The act, an id such as administer-pom-parenterally or irmer-refer.")],
        profession: Text = "",
        registered: Registered = [],  # noqa: B006
        annotation: Annotated[Many, Field(description="Annotations to the register entry.")] = [],  # noqa: B006
        entitlement: Annotated[Many, Field(description="Entitlements by the employer.")] = [],  # noqa: B006
        arrangement: Annotated[Many, Field(description="Arrangements in place; none for none.")] = [],  # noqa: B006
        medicine: Text = "",
        facts: Annotated[Many, Field(description="NAME=VALUE for each other fact of the case.")] = [],  # noqa: B006
        nation: Nation = "",
        as_at: Day = "",
        reforms: Reforms = [],  # noqa: B006
        interpretations: Readings = [],  # noqa: B006
    ) -> CallToolResult:
        """May this person do this act? The verdict, every way with what opens or bars it, and its law."""
        from gapcheck.engine.answers import ask
        from gapcheck.findings.reply import Reply
        from gapcheck.profile.question import question

        law = self._law(nation, as_at, reforms, interpretations)
        stated = {
            "profession": profession or None, "medicine": medicine or None, "registered": tuple(registered),
            "annotation": tuple(annotation), "entitlement": tuple(entitlement), "arrangement": tuple(arrangement),
            "facts": tuple(facts),
        }  # fmt: skip
        asked = question(self.book, act, law.nation, stated, ask_register=True)
        (answer,) = confirmed([ask(asked.profile, law, asked.act, asked.case(law))], None)
        return self._given(Reply(answer), law)

    def check(
        self,
        profile: Annotated[dict[str, Any], Field(description="A role profile, of the form of the profile file.")],
        nation: Nation = "",
        as_at: Day = "",
        reforms: Reforms = [],  # noqa: B006
        interpretations: Readings = [],  # noqa: B006
    ) -> CallToolResult:
        """Check a role profile: for each task whether it is lawful today, what is missing, the gap in assurance, and the law."""
        from gapcheck.document.receipt import Source
        from gapcheck.findings.checked import Checked, Findings
        from gapcheck.library import check
        from gapcheck.profile.read import profile_of
        from gapcheck.reading import read_document

        raw = json.dumps(profile).encode()
        found = profile_of(read_document(raw, "profile"), self.book)
        law = self._law(nation or found.nation, as_at, reforms, interpretations)
        report = check(
            found, self.book, as_at=law.date, nation=law.nation, interpretations=law.readings, reforms=law.reforms
        )
        (report,) = confirmed([report], None)
        lines = tuple(0 for _ in report.findings)
        return self._given(Findings([Checked(report, Source("profile", raw), lines, None)]), law)

    def jd(
        self,
        text: Annotated[str, Field(max_length=500_000, description="The text of a job description or advert.")],
        nation: Nation = "",
        as_at: Day = "",
    ) -> CallToolResult:
        """Check a job description: its tasks with exact quotes, to whom it is open, the findings for each, what to reword."""
        from gapcheck.jobdesc.answer import Descriptions
        from gapcheck.jobdesc.reading.read import read_document
        from gapcheck.jobdesc.understanding.description import describe

        law = self._law(nation, as_at, [], [])
        found = describe(read_document(text.encode(), "text"), self.book, law.date, law.nation if nation else "")
        return self._given(Descriptions([found], self.book), law)

    def team(  # noqa: PLR0917
        self,
        team: Annotated[
            dict[str, Any], Field(description="A team, of the form of the team file; its posts stand in it.")
        ],
        without: Annotated[Many, Field(description="Posts that are away; ids of the team.")] = [],  # noqa: B006
        nation: Nation = "",
        as_at: Day = "",
        reforms: Reforms = [],  # noqa: B006
        interpretations: Readings = [],  # noqa: B006
    ) -> CallToolResult:
        """Who covers what in a team today, what hangs on one post, what an absence stops, and what would help."""
        from gapcheck.reading import read_document
        from gapcheck.team.answer import TeamAnswer
        from gapcheck.team.read import team_of
        from gapcheck.team.study import Study

        found = team_of(read_document(json.dumps(team).encode(), "team"), self.book, None)
        law = self._law(nation or found.nation, as_at, reforms, interpretations)
        ids = [post.id for post in found.posts]
        for name in without:
            if name not in ids:
                raise ToolError(f"the team has no post `{name}`; {nearest(name, ids)}")
        return self._given(TeamAnswer(Study(found, law, [ids.index(name) for name in without])), law)

    def diff(
        self,
        before: Annotated[
            Many, Field(description="The one law: dates, nations, ID=READING or reforms; none: as it is.")
        ],
        after: Annotated[Many, Field(description="The other law.")],
        professions: Annotated[Many, Field(description="Only what concerns these.")] = [],  # noqa: B006
        nation: Nation = "",
        as_at: Day = "",
    ) -> CallToolResult:
        """What changes between two laws, for whom, and why: two dates, two nations, two readings, or with and without a reform."""
        from gapcheck.diff.report import LawDiff
        from gapcheck.diff.result import result
        from gapcheck.diff.sides import Named, sides
        from gapcheck.profile.resolve import Resolver

        outside = [name for name in (*before, *after) if "/" in name or "\\" in name]
        if outside:
            raise ToolError(f"`{outside[0]}` is a path; lawbooks on disk are compared by the command")
        named = Named(day(as_at or None), plain_id(nation), self.rules, {}, (), tuple(before), tuple(after))
        one, other = sides(named)
        resolver = Resolver(other.book, "professions", lenient=True)
        chosen = [resolver.id("professions", name, ()) for name in professions]
        if resolver.problems:
            raise InputError(resolver.problems)
        found = result(one, other, (), chosen)
        return self._given(LawDiff(found), found.comparisons[0].after)

    def explain(
        self,
        id: Annotated[Text, Field(description="Any id of the lawbook: an act, rule, provision, task, medicine ...")],
    ) -> CallToolResult:
        """Explain anything of the lawbook in plain words, with its law, its limits and how sure the lawbook is."""
        return self._given(self.page(id), self._law("", "", [], []))

    def page(self, identity: str) -> Answer:
        """The page of an id. Raises InputError."""
        from gapcheck.explain.explained import explained

        return explained(self._law("", "", [], []), identity)

    def listed(self, kind: str) -> Answer:
        """The ids of a kind."""
        from gapcheck.explain.explained import listed

        return listed(self._law("", "", [], []), kind)

    def _law(self, nation: str, as_at: str, reforms: Sequence[str], readings: Sequence[str]) -> Law:
        chosen = {}
        for item in readings:
            name, equals, reading = item.partition("=")
            if not equals:
                raise ToolError(f"`{item}` is not of the form ID=READING")
            chosen[name] = reading
        where = plain_id(nation) if nation else str(self.book.data["assumes"]["nation"])
        return self.book.at(day(as_at or None), where, chosen, tuple(reforms))

    def _given(self, answer: Answer, law: Law) -> CallToolResult:
        data = json.loads(str(rendered(answer, "json")))
        facts = law.book.data["facts"]
        presumed = [facts[name]["says"] for name in dict.fromkeys(_presumed(data)) if name in facts]
        beside = {"answer": data, "lawbook": lawbook_data(law), "presumed": presumed, "advice": law.book.data["advice"]}
        text = click.unstyle(str(rendered(answer, "table")))
        return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=beside)


def _presumed(data: Any) -> Iterator[str]:
    """The facts that an answer presumes, wherever its conditions stand."""
    if isinstance(data, Mapping):
        if data.get("found") == PRESUMED and "fact" in data:
            yield data["fact"]
        for item in data.values():
            yield from _presumed(item)
    elif isinstance(data, list):
        for item in data:
            yield from _presumed(item)
