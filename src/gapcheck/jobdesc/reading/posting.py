"""Schema.org JobPosting objects, alone, in an array or graph, or within a page: what they state, and their description.

The description is HTML, often escaped once or twice on its way into JSON.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from gapcheck.jobdesc.reading.build import TextBuilder
from gapcheck.jobdesc.reading.flow import FlowItem
from gapcheck.jobdesc.reading.limits import Limits
from gapcheck.jobdesc.reading.text import TextDocument
from gapcheck.jobdesc.reading.weight import Outline

_TAG = r"(?:p|br|ul|ol|li|div|h[1-6]|strong|b|em|i|u|span|table|tbody|tr|td|th|a|font|section)\b"
_ESCAPED = re.compile(rf"&(?:amp;)*lt;\s*/?\s*{_TAG}", re.I)
_MARKED = re.compile(rf"<\s*/?\s*{_TAG}[^<>]*>", re.I)
_FURTHER = (
    "responsibilities",
    "qualifications",
    "skills",
    "educationRequirements",
    "experienceRequirements",
    "jobBenefits",
)
_DEPTH = 8
_MOST = 300  # characters of a name or place


def postings_in(data: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The JobPosting objects in parsed JSON, wherever they stand."""
    if depth > _DEPTH:
        return
    if isinstance(data, list):
        for item in data:
            yield from postings_in(item, depth + 1)
    elif isinstance(data, dict):
        if is_posting(data):
            yield data
        else:
            for item in data.values():
                if isinstance(item, (dict, list)):
                    yield from postings_in(item, depth + 1)


def is_posting(data: Mapping[str, Any]) -> bool:
    """Whether an object is a JobPosting; one without a type is, where it has a title and a description."""
    kinds = data.get("@type", data.get("type"))
    names = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
    if any(isinstance(name, str) and re.split(r"[/:#]", name)[-1] == "JobPosting" for name in names):
        return True
    return "@type" not in data and bool(_text(data.get("description"))) and any(
        _text(data.get(key)) for key in ("title", "jobTitle", "name")
    )  # fmt: skip


def facts_of(posting: Mapping[str, Any]) -> dict[str, str]:
    """What a posting states beside its description: title, organisation, place, country, salary, date."""
    place, country = _place(posting.get("jobLocation"))
    stated = {
        "title": _plain(_text(posting.get("title")) or _text(posting.get("jobTitle")) or _text(posting.get("name"))),
        "organisation": _plain(
            _name(posting.get("hiringOrganization", posting.get("employer", posting.get("company"))))
        ),
        "place": place,
        "country": country,
        "salary": _salary(posting.get("baseSalary", posting.get("estimatedSalary", posting.get("salary")))),
        "date": _plain(_text(posting.get("datePosted"))),
    }
    return {key: value for key, value in stated.items() if value}


def write_posting(builder: TextBuilder, posting: Mapping[str, Any], title: bool = True) -> None:
    """Write the title, the description and the further texts of a posting."""
    stated = facts_of(posting)
    if title and "title" in stated:
        builder.flow([FlowItem("heading", stated["title"], 1)])
    description = _text(posting.get("description"))
    write_markup(builder, description)
    for key in _FURTHER:
        further = _text(posting.get(key))
        if further and further not in description:
            builder.outline = Outline()
            builder.below = (re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key).capitalize(),)
            write_markup(builder, further)
            builder.below = ()


def read_posting(posting: Mapping[str, Any], source: str, limits: Limits) -> TextDocument:
    """The document that a posting is. Raises InputError where it has no text."""
    builder = TextBuilder(source, limits)
    write_posting(builder, posting)
    return builder.document("jsonld", facts_of(posting))


def write_markup(builder: TextBuilder, text: str) -> None:
    """Write what may be HTML, escaped or not, or plain text."""
    for _ in range(3):
        if not _ESCAPED.search(text):
            break
        text = html.unescape(text)
    if not _MARKED.search(text):
        text = html.unescape(text).replace("\x00", "")
        builder.plain(text if text.endswith("\n") or not text else text + "\n")
        return
    from gapcheck.jobdesc.reading.html import flow_of, parse

    if text.count("\n") > text.count("<"):  # lines typed as lines, with a tag here and there
        text = text.replace("\r\n", "\n").replace("\n", "<br>")
    builder.flow(flow_of(parse(text, builder.source), builder.source, builder.limits))


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return "\n".join(filter(None, map(_text, value)))
    if isinstance(value, dict):
        for key in ("@value", "description", "credentialCategory", "name", "text"):
            if isinstance(value.get(key), (str, list)):
                return _text(value[key])
    return ""


def _plain(text: str) -> str:
    """A name on one line, without markup."""
    return " ".join(re.sub(r"<[^<>]*>", " ", html.unescape(html.unescape(text))).split())[:_MOST]


def _name(value: Any, depth: int = 0) -> str:
    """A name, however it is wrapped: in lists, in objects with a name, in values with a language."""
    if isinstance(value, list) and depth < _DEPTH:
        return next(filter(None, (_name(item, depth + 1) for item in value[:10])), "")
    if isinstance(value, dict) and depth < _DEPTH:
        return next(filter(None, (_name(value.get(key), depth + 1) for key in ("name", "legalName", "@value"))), "")
    return value if isinstance(value, str) else ""


def _place(value: Any) -> tuple[str, str]:
    places = value if isinstance(value, list) else [value]
    said: list[str] = []
    country = ""
    for place in places[:10]:
        address = place.get("address", place) if isinstance(place, dict) else place
        if isinstance(address, str):
            said.append(address)
        elif isinstance(address, dict):
            keys = ("name", "streetAddress", "addressLocality", "addressRegion", "postalCode")
            parts = [_name(address.get(key)) for key in keys]
            said.append(", ".join(dict.fromkeys(filter(None, parts))))
            country = country or _name(address.get("addressCountry"))
    return _plain("; ".join(filter(None, dict.fromkeys(said)))), _plain(country)


def _salary(value: Any) -> str:
    if isinstance(value, dict):
        currency, amount, unit = value.get("currency", ""), value.get("value", value), value.get("unitText", "")
        if isinstance(amount, dict):
            unit = amount.get("unitText", unit)
            numbers = [amount.get(key) for key in ("minValue", "maxValue", "value")]
            amount = " to ".join(str(item) for item in numbers if isinstance(item, (str, int, float)) and item != "")
        value = " ".join(str(item) for item in (currency, amount, unit) if item)
    return _plain(str(value)) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
