"""`gapcheck mcp` by the SDK's own client, over a process of its own: the answers are those of the commands."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest

from gapcheck.reading import read_document
from tests.conftest import ROOT, TODAY, Run

mcp = pytest.importorskip("mcp")

PERSON = {"profession": "clinical-technologist", "registered": ["rct"]}


def whole_team() -> Any:
    """The team of the README, with the profile that it names put into it: a tool reads no files."""
    folder = ROOT / "examples/teams"
    team: Any = read_document((folder / "nuclear-medicine.yaml").read_bytes(), "team").data
    for post in team["posts"]:
        if "profile" in post:
            path = folder / post.pop("profile")
            profile: Any = read_document(path.read_bytes(), path.name).data
            post["title"] = profile["post"]["title"]
            post.update(
                {key: profile[key] for key in ("holder", "entitlements", "arrangements", "facts") if key in profile}
            )
    return team


QUESTIONS: list[tuple[str, dict[str, Any], list[str]]] = [
    (
        "can",
        {"act": "administer-pom-parenterally", "medicine": "iodinated-contrast", "nation": "england", **PERSON},
        ["can", "administer-pom-parenterally", "--profession", "clinical-technologist", "--registered", "rct",
         "--medicine", "iodinated-contrast", "--nation", "england"],
    ),
    ("ask", {"question": "can a technologist on the RCT give contrast in Cardiff?"},
     ["ask", "can a technologist on the RCT give contrast in Cardiff?"]),
    ("explain", {"id": "patient-group-direction"}, ["explain", "patient-group-direction"]),
    ("diff", {"before": ["2024-09-30"], "after": ["2024-10-01"], "nation": "northern-ireland"},
     ["diff", "--from", "2024-09-30", "--to", "2024-10-01", "--nation", "northern-ireland"]),
    # Three of the README, word for word.
    ("ask", {"question": "can a band 6 technologist on the RCT give contrast in Cardiff?", "as_at": TODAY},
     ["ask", "can a band 6 technologist on the RCT give contrast in Cardiff?", "--as-at", TODAY]),
    ("can", {"act": "administer-pom-parenterally", "medicine": "iodinated-contrast", "nation": "wales", "as_at": TODAY, **PERSON},
     ["can", "administer-pom-parenterally", "--profession", "clinical-technologist", "--registered", "rct",
      "--medicine", "iodinated-contrast", "--nation", "wales", "--as-at", TODAY]),
    ("team", {"team": whole_team(), "as_at": TODAY}, ["team", "examples/teams/nuclear-medicine.yaml", "--as-at", TODAY]),
]  # fmt: skip
BAD: list[tuple[str, dict[str, Any], str]] = [
    ("can", {"act": "irmer-reffer"}, "irmer-refer"),
    ("can", {}, "act"),
    ("can", {"act": "irmer-refer", "registered": "rct"}, "list"),
    ("explain", {"id": "x" * 2000}, "1000"),
    ("diff", {"before": ["/etc"], "after": []}, "path"),
    ("check", {"profile": {"gapcheck": 1}}, "post"),
    ("can", {"act": "irmer-refer", "as_at": "soon"}, "not a date"),
    ("team", {"team": {"gapcheck": 1}}, "posts"),
    ("can", {"act": "irmer-refer", "profesion": "nurse"}, "did you mean `profession`?"),
]


def spoken(cache: Path) -> dict[str, Any]:
    """All that is asked of one server."""
    parameters = mcp.StdioServerParameters(
        command=sys.executable,
        args=["-m", "gapcheck", "mcp"],
        env={**os.environ, "GAPCHECK_CACHE": str(cache)},
        cwd=str(ROOT),
    )
    profile = {
        "gapcheck": 1,
        "post": {"title": "Technologist", "nation": "england"},
        "holder": {"profession": "clinical-technologist", "registrations": [{"register": "rct"}]},
        "tasks": ["nm-refer-for-imaging"],
    }
    text = "Job title: Nuclear medicine technologist\nYou will refer patients for chest X-rays."

    async def talk() -> dict[str, Any]:
        async with mcp.Client(parameters) as client:
            found: dict[str, Any] = {"tools": (await client.list_tools()).tools}
            found["answers"] = [await client.call_tool(name, given) for name, given, _ in QUESTIONS]
            found["check"] = await client.call_tool("check", {"profile": profile})
            found["jd"] = await client.call_tool("jd", {"text": text})
            found["bad"] = [await client.call_tool(name, given) for name, given, _ in BAD]
            for kind, one in (("provisions", "hmr-2012/reg-240"), ("rules", "referrer"), ("tasks", "nm-spect-ct")):
                found[kind] = (await client.read_resource(f"gapcheck://{kind}/{one}")).contents[0].text
            found["list"] = (await client.read_resource("gapcheck://tasks")).contents[0].text
            return found

    return anyio.run(talk)


@pytest.fixture(scope="module")
def said(cache: Path) -> dict[str, Any]:
    return spoken(cache)


def test_every_tool_says_what_it_takes(said: dict[str, Any]) -> None:
    tools = {tool.name: tool for tool in said["tools"]}
    assert tools.keys() == {"ask", "can", "check", "jd", "team", "diff", "explain"}
    for tool in tools.values():
        assert tool.description and tool.annotations.read_only_hint
        assert all("type" in item for item in tool.input_schema["properties"].values()), tool.name


@pytest.mark.parametrize("number", range(len(QUESTIONS)), ids=[name for name, *_ in QUESTIONS])
def test_an_answer_is_word_for_word_that_of_the_command(said: dict[str, Any], gapcheck: Run, number: int) -> None:
    answer, words = said["answers"][number], QUESTIONS[number][2]
    assert not answer.is_error and answer.content[0].text.strip() == gapcheck(*words).stdout.strip()
    data = answer.structured_content
    shown = json.loads(gapcheck(*words, "--format", "json").stdout)
    if "team" in shown:
        shown["team"]["source"] = "team"  # it came with the question, and out of no file
    assert data["answer"] == shown
    assert len(data["lawbook"]["digest"]) == 64 and data["lawbook"]["as_at"] and "advice" in data["advice"]


def test_profiles_and_job_descriptions_are_checked_with_their_law(said: dict[str, Any]) -> None:
    finding = said["check"].structured_content["answer"]["findings"][0]
    assert finding["status"] == "blocked"
    law = [item for act in finding["acts"] for route in act["routes"] for item in route["law"]]
    assert law and all(item["url"].startswith("https://") and item["confidence"] for item in law)
    assert "chest X-rays" in said["jd"].content[0].text


def test_a_malformed_call_gets_a_clear_error(said: dict[str, Any]) -> None:
    for (name, given, says), answer in zip(BAD, said["bad"], strict=True):
        assert answer.is_error and says in answer.content[0].text, (name, given, answer.content[0].text)
        assert "Traceback" not in answer.content[0].text


def test_provisions_rules_and_tasks_are_resources(said: dict[str, Any]) -> None:
    assert "regulation/240" in said["provisions"] and "eferrer" in said["rules"]
    assert json.loads(said["tasks"]) and len(json.loads(said["list"])) > 200
