"""Markup in any field stays text."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
import yaml

from tests.web.serving import Answer, Server

MARKUP = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'><svg onload=alert(1)>", "{{ 71*83 }}{% raw %}", "</textarea><script>x</script>",
          "javascript:alert(1)", "\u202eevil\u0000\u0007", "</title><script>x</script>"]  # fmt: skip
# In an address one text with all of them: what is not escaped of any shows. Signs that no page takes go by themselves.
TOGETHER = [
    "".join(text for text in MARKUP if text.isprintable()),
    *(text for text in MARKUP if not text.isprintable()),
]
OWN = {"script": {"src", "defer"}}


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag in ("script", "img", "svg", "iframe", "object", "embed", "style", "base") and names != OWN.get(tag):
            self.bad.append(tag)
        self.bad += [
            f"{tag} {name}"
            for name, value in attrs
            if name.startswith("on")
            or name == "style"
            or ((value or "").lower().startswith("javascript:") and name in ("href", "src", "action"))
        ]


def inert(page: Answer) -> bool:
    reader = _Tags()
    reader.feed(page.text)
    return reader.bad == [] and "5893" not in page.words


@pytest.mark.parametrize("text", TOGETHER)
def test_in_every_field_of_an_address(text: str, server: Server) -> None:
    fields = ("act", "profession", "registered", "register", "annotation", "entitlement", "arrangement", "medicine", "fact", "nation", "as_at", "reform",
              "interpretation", "skip", "answer-to", "answer", "scope", "task", "also", "only", "p", "q")  # fmt: skip
    for path in (
        "/ask",
        "/ask/answer",
        "/compare",
        "/compare/matrix",
        "/role/post",
        "/role/findings",
        f"/{text}",
        f"/role/{text}",
    ):
        for field in fields:
            if "\x00" not in path:
                page = server.get(
                    path.replace("\u202e", "").replace(" ", "").replace("\x07", ""), {"act": "use-title", field: text}
                )
                assert page.status in (200, 400, 404), (path, field)
                assert inert(page), (path, field)
    assert inert(server.get("/ask/answer", {"act": "use-title", "fact": f"title={text}", "profession": "nurse"}))


@pytest.mark.parametrize("text", MARKUP)
def test_in_a_profile_and_a_job_description(text: str, server: Server) -> None:
    profile = {"gapcheck": 1, "post": {"title": text, "nation": "england", "band": text}, "holder": {"profession": "nurse"},
               "arrangements": [{"id": "pgd", "by": text, "reference": text}], "tasks": [{"id": "nm-spect-ct", "note": text}]}  # fmt: skip
    page = server.post("/role/load", {}, ("p.yaml", yaml.safe_dump(profile, allow_unicode=True).encode()))
    assert inert(page)
    document = f"# {text}\n\nYou will perform SPECT/CT {text} scans and refer patients. HCPC registration {text} is essential.\n- {text}"
    for page in (
        server.post("/jd/result", {"text": document}),
        server.post("/jd/result", {}, (f"{text}.txt".replace("\x00", ""), document.encode())),
    ):
        assert inert(page)
