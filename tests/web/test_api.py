"""The JSON interface: true to its description, and the same answers as the commands."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from typing import Any

import jsonschema
import pytest

from gapcheck.reading import read_document
from tests.conftest import ROOT, TODAY, Run
from tests.web.serving import Server

PROFILE = ROOT / "examples/profiles/nuclear-medicine-technologist.yaml"
POSTING = ROOT / "examples/job-descriptions/baby-scan-sonographer.jsonld"


def fits(server: Server, name: str, data: Any) -> None:
    """The data are of the form that the description says."""
    described = server.ask("/api/openapi.json").json
    schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
    jsonschema.Draft202012Validator(schema).validate(data)


def test_can(server: Server, gapcheck: Run) -> None:
    asked = {"act": "irmer-refer", "profession": "clinical-technologist", "registered": ["rct"], "as_at": TODAY}
    answer = server.call("/api/can", asked)
    assert answer.status == 200 and answer.headers["content-type"] == "application/json"
    fits(server, "Answer", answer.json)
    said = gapcheck(
        "can",
        "irmer-refer",
        "--profession",
        "clinical-technologist",
        "--registered",
        "rct",
        "--as-at",
        TODAY,
        "--format",
        "json",
        "--no-cross-check",
    )
    assert answer.json == json.loads(said.stdout)


def test_check(server: Server, gapcheck: Run) -> None:
    answer = server.call("/api/check", {"profile": read_document(PROFILE.read_bytes(), "p").data, "as_at": TODAY})
    assert answer.status == 200
    fits(server, "Report", answer.json)
    said = json.loads(gapcheck("check", PROFILE, "--as-at", TODAY, "--format", "json", "--no-cross-check").stdout)
    assert answer.json["findings"] == said["findings"]


@pytest.mark.parametrize("how", ["file", "text"])
def test_jd(how: str, server: Server, gapcheck: Run) -> None:
    raw = POSTING.read_bytes()
    given = (
        {"file": base64.b64encode(raw).decode(), "name": POSTING.name}
        if how == "file"
        else {"text": raw.decode(), "name": POSTING.name}
    )
    answer = server.call("/api/jd", {**given, "as_at": TODAY})
    assert answer.status == 200, answer.text
    fits(server, "Description", answer.json)
    said = json.loads(gapcheck("jd", POSTING, "--as-at", TODAY, "--format", "json", "--no-cross-check").stdout)
    assert answer.json["tasks"] == said["tasks"] and answer.json["wording"] == said["wording"]


def test_matrix(server: Server, gapcheck: Run) -> None:
    answer = server.call(
        "/api/matrix", {"acts": ["irmer-refer"], "as_at": TODAY, "reforms": ["register-clinical-technologists"]}
    )
    fits(server, "Matrix", answer.json)
    said = gapcheck(
        "matrix",
        "--act",
        "irmer-refer",
        "--as-at",
        TODAY,
        "--reform",
        "register-clinical-technologists",
        "--format",
        "json",
    )
    assert answer.json == json.loads(said.stdout)


def test_lists_and_explain(server: Server) -> None:
    items = server.ask("/api/lists/medicines").json
    assert {"id", "title"} == set(items[0])
    found = server.ask(f"/api/explain?id={items[0]['id']}").json
    assert found[0]["explains"] == "medicine" and found[0]["id"] == items[0]["id"]
    assert server.ask("/api/explain?id=hmr-2012/reg-240").json[0]["id"] == "hmr-2012/reg-240"


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("/api/can", {"act": "irmer-rfer"}, 400),
        ("/api/can", {}, 422),
        ("/api/can", {"act": "irmer-refer", "professsion": "nurse"}, 422),
        ("/api/can", {"act": "irmer-refer", "as_at": "2026-02-30"}, 400),
        ("/api/can", {"act": "irmer-refer", "nation": "atlantis"}, 400),
        ("/api/can", {"act": "\ud800"}, 422),
        ("/api/can", {"act": ["irmer-refer"]}, 422),
        ("/api/can", [], 422),
        ("/api/check", {"profile": {"gapcheck": 1, "\ud800": "\udfff"}}, 400),
        ("/api/check", {"profile": {"gapcheck": 2}}, 400),
        ("/api/jd", {}, 400),
        ("/api/jd", {"text": "x", "file": "eA=="}, 400),
        ("/api/jd", {"file": "no base64!"}, 400),
        ("/api/jd", {"text": "x" * 500_001}, 422),
        ("/api/matrix", {"acts": ["irmer-refer"], "tasks": ["nm-spect-ct"]}, 400),
    ],
)
def test_what_is_wrong_is_said(path: str, data: Any, status: int, server: Server) -> None:
    answer = server.call(path, data)
    assert answer.status == status, answer.text
    fits(server, "Troubles", answer.json)
    assert all(item["message"] for item in answer.json["errors"])


def test_what_is_no_json(server: Server) -> None:
    for body in (b"", b"{", b"\xff", b"[" * 100_000, b'{"act": NaN}'):
        answer = server.ask("/api/can", "POST", body, Content_Type="application/json")
        assert answer.status in (400, 422)
        fits(server, "Troubles", answer.json)
    assert server.ask("/api/can").status == 405
    assert server.ask("/api/nothing").json["errors"]
    assert server.ask("/api/lists/nothing").status == 422
    assert server.ask("/api/explain?id=nothing-at-all").status == 400


def test_schemathesis_finds_no_fault(server: Server) -> None:
    """Requests made from the description itself: no server error, and every answer as described."""
    result = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "run", f"{server.address}api/openapi.json", "--max-examples", "10", "--seed", "1",
         "--exclude-checks", "positive_data_acceptance",  # whether an id exists, no schema can say
         "--phases", "examples,fuzzing", "--request-timeout", "60"],
        capture_output=True, text=True, timeout=280, check=False, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert result.returncode == 0, result.stdout[-6000:]
    assert "6 passed" in result.stdout
