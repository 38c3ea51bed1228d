"""The JSON interface: the questions of the pages, for programs. Described at /api/openapi.json, explained at /api."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, FastAPI, Query, Request, Response
from fastapi.openapi.utils import get_openapi
from starlette.concurrency import run_in_threadpool

from gapcheck.clock import today
from gapcheck.document.render import rendered
from gapcheck.engine.answers import ask
from gapcheck.engine.findings import check
from gapcheck.errors import problem
from gapcheck.explain.explained import explained, listed
from gapcheck.findings.data import answer_data, report_data
from gapcheck.law.dated import Law
from gapcheck.law.day import day
from gapcheck.matrix.ask import asked
from gapcheck.matrix.build import matrix
from gapcheck.matrix.report import matrix_data
from gapcheck.packaged import folder
from gapcheck.profile.question import question
from gapcheck.profile.read import profile_of
from gapcheck.reading import DataFile, read_document
from gapcheck.version import __version__
from gapcheck.web.api_models import (
    ActQuestion,
    Item,
    JobDescription,
    MatrixWanted,
    ProfileToCheck,
    Text,
    Troubles,
    UnderLaw,
)
from gapcheck.web.comparison import CELLS
from gapcheck.web.descriptions import Given, on_paper, read
from gapcheck.web.site import Site, site_of
from gapcheck.web.work import heavy, queue_for

routes = APIRouter(prefix="/api")
_WRONG: dict[int | str, dict[str, Any]] = {
    400: {"model": Troubles, "description": "It asks for what the lawbook does not know, or contradicts itself."},
    403: {"model": Troubles, "description": "The request comes from a page of another site."},
    408: {"model": Troubles, "description": "Sending it took too long."},
    413: {"model": Troubles, "description": "It is too large."},
    421: {"model": Troubles, "description": "The server does not answer under that name."},
    422: {"model": Troubles, "description": "It is out of form."},
}
_SCHEMAS = {
    "Report": ("report", "report"),
    "Answer": ("report", "act"),
    "Matrix": ("matrix", ""),
    "Description": ("jobdesc", "description"),
    "Profile": ("profile", ""),
}
Kind = Literal["acts", "routes", "rules", "tasks", "professions", "registers", "medicines", "arrangements", "facts", "classes",
               "instruments", "provisions", "interpretations", "expectations", "reforms", "claims", "scopes",
               "codes"]  # fmt: skip


def _gives(name: str) -> dict[int | str, dict[str, Any]]:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {200: {"description": "The answer.", "content": {"application/json": {"schema": schema}}}, **_WRONG}


class Data(Response):
    """JSON in plain ASCII, so that whatever text was sent can be sent back."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return json.dumps(content, allow_nan=False).encode()


def _law(site: Site, wanted: UnderLaw, nation: str) -> Law:
    where = nation or site.book.data["assumes"]["nation"]
    return site.book.at(day(wanted.as_at or None), where, wanted.interpretations, tuple(wanted.reforms))


def _facts(facts: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(f"{key}={json.dumps(value) if isinstance(value, bool) else value}" for key, value in facts.items())


@routes.post("/can", responses=_gives("Answer"), summary="May this person do this act?")
def can(request: Request, wanted: ActQuestion) -> Response:
    """The answer in one sentence, and each route with what opens or bars it and its law. As `gapcheck can --format json`."""
    site = site_of(request)
    law = _law(site, wanted, wanted.nation)
    stated = wanted.model_dump(include={"registered", "annotation", "entitlement", "arrangement"})
    stated.update(profession=wanted.profession or None, medicine=wanted.medicine or None, facts=_facts(wanted.facts))
    found = question(site.book, wanted.act, law.nation, stated)
    return Data(answer_data(ask(found.profile, law, found.act, found.case(law))))


@routes.post("/check", responses=_gives("Report"), summary="Check a role profile")
def check_profile(request: Request, wanted: ProfileToCheck) -> Response:
    """The findings for each task of a profile. As `gapcheck check --format json`, without a receipt."""
    site = site_of(request)
    raw = json.dumps(wanted.profile).encode()
    profile = profile_of(DataFile("profile", read_document(raw, "profile").data, {}), site.book)
    return Data(report_data(check(profile, _law(site, wanted, wanted.nation or profile.nation))))


@routes.post("/jd", responses=_gives("Description"), summary="Check a job description")
async def jd(request: Request, wanted: JobDescription) -> Response:
    """What the text says of tasks and registration, the findings for each group, and what to reword. As `gapcheck jd`."""
    site = site_of(request)
    if bool(wanted.text.strip()) == bool(wanted.file):
        raise problem("jd", "give either `text` or `file`")
    try:
        raw = base64.b64decode(wanted.file, validate=True) if wanted.file else wanted.text.encode()
    except (binascii.Error, ValueError):
        raise problem("file", "it is not base64") from None
    document = await heavy("the document", read, raw, wanted.name[:200] or "text", queue=queue_for(raw))
    law = await run_in_threadpool(_law, site, wanted, wanted.nation)
    given = Given(
        document,
        wanted.as_at or today(),
        wanted.nation and law.nation,
        law.reforms,
        readings=tuple(wanted.interpretations.items()),
    )
    found = await heavy("the document", on_paper, site.rules, given, "json")
    return Response(found, media_type="application/json")


@routes.post("/matrix", responses=_gives("Matrix"), summary="Who may do what")
def table(request: Request, wanted: MatrixWanted) -> Response:
    """Professions by acts, or by tasks. As `gapcheck matrix --format json`."""
    site = site_of(request)
    law = _law(site, wanted, wanted.nation)
    given = {
        **wanted.model_dump(),
        "scope": wanted.scope or None,
        "medicine": wanted.medicine or None,
        "facts": _facts(wanted.facts),
    }
    found = asked(site.book, law.nation, given)
    if len(found.professions) * len(found.columns) > CELLS:
        raise problem("matrix", f"it has more than {CELLS:,} answers", None, "name fewer professions, acts or tasks")
    return Data(matrix_data(matrix(law, found.professions, found.kind, found.columns, found.case)))


@routes.get("/explain", responses={200: {"model": list[dict[str, Any]]}, **_WRONG}, summary="What an id stands for")
def explain(request: Request, id: Annotated[Text, Query(description="Any id of the lawbook.")]) -> Response:
    """Everything that the lawbook holds under an id. As `gapcheck explain ID --format json`."""
    site = site_of(request)
    return Response(rendered(explained(_law(site, UnderLaw(), ""), id), "json"), media_type="application/json")


@routes.get("/lists/{kind}", responses={200: {"model": list[Item]}, **_WRONG}, summary="The ids of a kind")
def lists(request: Request, kind: Kind) -> Response:
    """The ids of a kind with their titles. As `gapcheck explain --list KIND --format json`."""
    site = site_of(request)
    return Response(rendered(listed(_law(site, UnderLaw(), ""), kind), "json"), media_type="application/json")


@routes.get("", include_in_schema=False)
def page(request: Request) -> Response:
    """The interface explained."""
    described = request.app.openapi()
    operations = [
        {"method": method.upper(), "path": path, **about}
        for path, methods in described["paths"].items()
        for method, about in methods.items()
    ]
    return site_of(request).page(
        request,
        "api.html.j2",
        operations=operations,
        schemas=described["components"]["schemas"],
        base=request.base_url,
        **_example(request),
    )


def _example(request: Request) -> dict[str, Any]:
    """A question of the lawbook's own, to show how one is asked."""
    data = site_of(request).book.data
    return {
        "act": next(key for key, item in data["acts"].items() if item["kind"] == "reserved"),
        "profession": next(iter(data["professions"])),
        "nation": data["assumes"]["nation"],
    }


def described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description, with the project's own schemas for what it gives."""
    if app.openapi_schema is None:
        found = get_openapi(
            title="gapcheck", version=__version__, routes=app.routes,
            description="Who may lawfully do what in UK health care. It informs; it is not legal advice.",
            license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        )  # fmt: skip
        schemas = found["components"]["schemas"]
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        for name, (file, part) in _SCHEMAS.items():
            whole = json.loads(Path(folder("schemas"), f"{file}.schema.json").read_text(encoding="utf-8"))
            inner = whole.pop("$defs", {})
            for key, schema in inner.items():
                schemas[f"{file}.{key}"] = _moved(schema, file)
            top = {key: value for key, value in whole.items() if key not in ("$schema", "$id")}
            schemas[name] = {"$ref": f"#/components/schemas/{file}.{part}"} if part else _moved(top, file)
        schemas["ProfileToCheck"]["properties"]["profile"] = {"$ref": "#/components/schemas/Profile"}
        app.openapi_schema = found
    return app.openapi_schema


def _moved(schema: Any, file: str) -> Any:
    """A schema whose references, to its own parts and to those of the other files, lead to components of the description."""
    if isinstance(schema, dict):
        return {key: _reference(value, file) if key == "$ref" else _moved(value, file) for key, value in schema.items()}
    return [_moved(item, file) for item in schema] if isinstance(schema, list) else schema


def _reference(address: str, file: str) -> str:
    other, _, part = address.partition("#/$defs/")
    return f"#/components/schemas/{other.removesuffix('.schema.json') or file}.{part}" if part else address
