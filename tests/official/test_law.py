"""`gapcheck law` on files of our own in the official form, and its fetching from a server on this machine."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from xml.etree import ElementTree

import jsonschema
import pytest

from gapcheck import InputError
from gapcheck.official.clml import read
from gapcheck.official.fetch import addresses, fetch
from tests.conftest import ROOT, TODAY, Run

SCHEMA = json.loads((ROOT / "schemas/law.schema.json").read_text(encoding="utf-8"))
SITE = "http://www.legislation.gov.uk"
LONG = "The employer must ensure that written procedures are in place and that each of them is followed by all."


def clml(  # noqa: PLR0917
    path: str, text: str, start: str = "2018-02-06", more: str = "", effects: str = "", modified: str = "2026-01-01"
) -> bytes:
    """A provision in the official form. `more`: attributes of it; `effects`: what the metadata list as not applied."""
    instrument = "/".join(path.split("/")[:3])
    return f"""<?xml version="1.0" encoding="utf-8"?>
<Legislation xmlns="http://www.legislation.gov.uk/namespaces/legislation" DocumentURI="{SITE}/{instrument}">
 <ukm:Metadata xmlns:ukm="http://www.legislation.gov.uk/namespaces/metadata" xmlns:dc="http://purl.org/dc/elements/1.1/"
   xmlns:dct="http://purl.org/dc/terms/"><dc:identifier>{SITE}/{instrument}</dc:identifier><dc:modified>{modified}</dc:modified>
  <dct:valid>2026-01-01</dct:valid><ukm:UnappliedEffects>{effects}</ukm:UnappliedEffects></ukm:Metadata>
 <Secondary><Body><P1group RestrictStartDate="{start}" RestrictExtent="E+W+S" {more}><Title>Procedures</Title>
  <P1 DocumentURI="{SITE}/{path}" IdURI="{SITE}/id/{path}" id="x"><Pnumber>1</Pnumber><P1para>
   <Text>{text}<CommentaryRef Ref="c1"/></Text></P1para></P1></P1group></Body></Secondary>
 <Commentaries><Commentary id="c1" Type="F"><Para><Text>Words in it substituted.</Text></Para></Commentary></Commentaries>
</Legislation>""".encode()


def effect(path: str, day: str = "") -> str:
    instrument = "/".join(path.split("/")[:3])
    number = path.rpartition("/")[2]
    dates = f'<ukm:InForceDates><ukm:InForce Date="{day}" Applied="false"/></ukm:InForceDates>' if day else ""
    return (
        f'<ukm:UnappliedEffect Type="words substituted" AffectedURI="{SITE}/id/{instrument}" AffectedProvisions="reg. {number}(1)" '
        f'AffectingURI="{SITE}/id/uksi/2026/99" AffectingProvisions="reg. 3" RequiresApplied="true" Applied="false">{dates}'
        "</ukm:UnappliedEffect>"
    )


PATHS = {
    "changed": "uksi/2017/1322/regulation/10",
    "repealed": "uksi/2017/1322/regulation/14",
    "unapplied-effect": "uksi/2012/1916/regulation/229",
    "commences": "uksi/2012/1916/regulation/238",
    "same": "uksi/2012/1916/regulation/240",
}
NAMES = {
    "changed": "irmer-2017/reg-10",
    "repealed": "irmer-2017/reg-14",
    "unapplied-effect": "hmr-2012/reg-229",
    "commences": "hmr-2012/reg-238",
}


def saved(folder: Path, **files: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    for name, raw in files.items():
        (folder / f"{name}.xml").write_bytes(raw)
    return folder


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Files as they were, files as they are, and a local lawbook that keeps the record."""
    own = tmp_path / "own"
    own.mkdir()
    (own / "overlay.yaml").write_text("overlay: our-copy\ntitle: Our copy\n", encoding="utf-8")
    before = saved(tmp_path / "before", **{key: clml(path, LONG) for key, path in PATHS.items()})
    after = saved(
        tmp_path / "after",
        **{
            "changed": clml(PATHS["changed"], LONG.replace("must ensure", "may ensure"), "2026-10-01"),
            "repealed": clml(PATHS["repealed"], ". . . .", more='Status="Repealed"'),
            "unapplied-effect": clml(PATHS["unapplied-effect"], LONG, effects=effect(PATHS["unapplied-effect"])),
            "commences": clml(PATHS["commences"], LONG, effects=effect(PATHS["commences"], "2026-12-02")),
            "same": clml(PATHS["same"], f"  {LONG}\n ", modified="2026-11-20"),
        },
    )
    return before, after, own


def law(gapcheck: Run, *words: str | Path, code: int = 1) -> dict[str, Any]:
    done = gapcheck("law", *words, "--as-at", TODAY, "--format", "json")
    assert done.returncode == code, done.stderr
    data: dict[str, Any] = json.loads(done.stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    return data


def test_each_matter_is_named_with_what_rests_on_it_and_nothing_else(
    gapcheck: Run, folders: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    before, after, own = folders
    first = law(gapcheck, before, "--rules", own, "--record", code=0)
    assert first["matters"] == [] and {*NAMES.values()} <= {*first["unrecorded"]}
    assert law(gapcheck, before, "--rules", own, code=0)["unrecorded"] == []
    data = law(gapcheck, after, "--rules", own, "--before", before)
    found = {item["kind"]: item for item in data["matters"]}
    assert {kind: item["provisions"] for kind, item in found.items()} == {kind: [name] for kind, name in NAMES.items()}
    assert len(data["matters"]) == 4
    assert "\u2018must\u2019 was, \u2018may\u2019 is" in found["changed"]["words"][0]
    assert "2026-12-02" in found["commences"]["says"] and "uksi/2026/99" in found["unapplied-effect"]["says"]
    assert "operator" in found["changed"]["rules"] and found["changed"]["tasks"] and found["commences"]["tasks"]
    assert "nm-emergency-adrenaline" in found["commences"]["tasks"]
    assert LONG[:30] not in (own / "official.json").read_text(encoding="utf-8"), "texts are not kept"
    _faces(gapcheck, after, own, tmp_path)
    law(gapcheck, after, "--rules", own, "--record", code=0)
    again = law(gapcheck, after, "--rules", own)  # what begins in ten days stays to be looked at
    assert [item["kind"] for item in again["matters"] if not item["known"]] == ["commences"]


def _faces(gapcheck: Run, after: Path, own: Path, tmp_path: Path) -> None:
    words = ("law", after, "--rules", own, "--as-at", TODAY)
    text = gapcheck(*words).stdout
    assert "4 matters to look at" in text and "Rules that rest on it" in text and "`" not in text
    log = json.loads(gapcheck(*words, "--format", "sarif").stdout)
    assert len(log["runs"][0]["results"]) == 4
    suite = ElementTree.fromstring(gapcheck(*words, "--format", "junit").stdout).find("testsuite")  # noqa: S314 - our own
    assert suite is not None and suite.get("failures") == "4" and len(suite.findall("testcase/failure")) == 4


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><Legislation>&b;</Legislation>', "document type"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><Legislation/>', "document type"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Legislation>&x;</Legislation>', "document type"),
        (b"<Legislation", "no XML"),
        (b"", "no XML"),
        (b"<html/>", "no legislation"),
        (b"<Legislation/>", "which instrument"),
        (b"<a>" * 5000, "no XML"),
    ],
)
def test_a_hostile_or_broken_file_is_refused(raw: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read(raw, "x.xml")


def test_a_broken_file_is_named_and_the_others_are_read(gapcheck: Run, folders: tuple[Path, Path, Path]) -> None:
    before, _, own = folders
    (before / "hostile.xml").write_bytes(b'<!DOCTYPE a [<!ENTITY b "c">]><Legislation/>')
    data = law(gapcheck, before, "--rules", own)
    assert len(data["could_not_be_read"]) == 1 and len(data["compared"]) >= 5
    for words in ((before / "nowhere",), (own,)):
        assert gapcheck("law", *words).returncode == 2


def test_words_alone_count() -> None:
    path = PATHS["same"]
    one, other = (
        read(clml(path, text, modified=day), "x") for text, day in ((LONG, "2026-01-01"), (f"[{LONG}]", "2026-02-02"))
    )
    assert one.provisions["regulation/240"][0].hash == other.provisions["regulation/240"][0].hash


class _Site(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []
    fails: ClassVar[dict[str, int]] = {}

    def do_GET(self) -> None:
        self.asked.append(self.path)
        left = self.fails.get(self.path, 0)
        if left:
            self.fails[self.path] = left - 1
            self.send_response(302 if left > 90 else 503 if left < 50 else 404)
            if left > 90:
                self.send_header("Location", "http://elsewhere.invalid/x")
            self.end_headers()
            return
        raw = clml(self.path.strip("/").removesuffix("/data.xml"), LONG)
        self.send_response(200)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    _Site.asked, _Site.fails = [], {}
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


URLS = [f"https://www.legislation.gov.uk/{path}" for path in PATHS.values()]


def test_an_interrupted_run_goes_on_where_it_stopped(site: str, tmp_path: Path) -> None:
    def stop(text: str) -> None:
        if text.startswith("3 "):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(URLS, str(tmp_path), stop, site=site, pause=0)
    assert len(_Site.asked) == 2 and len(list(tmp_path.glob("*.xml"))) == 2
    told: list[str] = []
    assert fetch(URLS, str(tmp_path), told.append, site=site, pause=0) == []
    assert len(_Site.asked) == 5 and len(told) == 3 and len(list(tmp_path.glob("*.xml"))) == 5
    assert fetch(URLS, str(tmp_path), told.append, site=site, pause=0) == [] and len(_Site.asked) == 5
    assert not list(tmp_path.glob("*.part"))


def test_it_tries_again_gives_up_and_follows_nobody_elsewhere(site: str, tmp_path: Path) -> None:
    paths = [f"/{path}/data.xml" for path in PATHS.values()]
    _Site.fails = {paths[0]: 2, paths[1]: 60, paths[2]: 99}
    wrong = fetch(URLS, str(tmp_path), lambda text: None, site=site, pause=0)
    assert _Site.asked.count(paths[0]) == 3 and _Site.asked.count(paths[1]) == 1
    assert len(wrong) == 2 and "404" in wrong[0] and "another host" in wrong[1]
    assert len(list(tmp_path.glob("*.xml"))) == 3


def test_it_waits_between_two_requests_and_asks_one_site(site: str, tmp_path: Path) -> None:
    begun = time.monotonic()
    fetch(URLS[:2], str(tmp_path), lambda text: None, site=site, pause=0.1)
    assert time.monotonic() - begun >= 0.2
    assert list(addresses(["https://example.org/uksi/2012/1916/regulation/1", URLS[0], URLS[0]])) == [
        ("uksi_2017_1322_regulation_10.xml", "/uksi/2017/1322/regulation/10/data.xml")
    ]
