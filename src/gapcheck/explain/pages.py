"""What the reference page of each kind of thing in the lawbook says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from gapcheck.document.words import inner, reference_line, source_line
from gapcheck.engine.person import registered_member, unregistered
from gapcheck.engine.routes import BARRED, decide_act
from gapcheck.engine.sentences import DIRECTNESS
from gapcheck.engine.tasks import FRAMEWORK, LOCAL, STATUTE
from gapcheck.explain.history import history
from gapcheck.explain.page_parts import Section, condition_line, example_line, force, law_section, named
from gapcheck.law.conditions import PARTS, found_text
from gapcheck.law.dated import Law
from gapcheck.law.needs import ways

_PART = {"holder": "Who", "circumstances": "In which case", "arrangements": "What must be in place"}

_FORCE = {STATUTE: "statute", FRAMEWORK: "a framework, which is not law", LOCAL: "local policy, which is not law"}
_REGISTRATION = {
    "statutory": "registration with a statutory regulator",
    "accredited": "registration on an accredited (voluntary) register",
    "either": "registration with a statutory regulator or on an accredited register",
    "any": "registration, of a kind that is not said",
    "none": "no registration",
}

_EVIDENCE = {
    "rate": "a rate: events among a known number",
    "counts": "counts of an inspectorate or a register",
    "case": "published cases",
    "asserted": "said by a source, without events that can be counted",
    "none": "none known",
}


def title_of(item: Mapping[str, Any]) -> str:
    for key in ("title", "label", "says", "statement"):
        if item.get(key):
            return str(
                item["citation"] if key == "title" and "citation" in item and "provisions" not in item else item[key]
            )
    return ""


def page_of(law: Law, kind: str, identity: str, item: Mapping[str, Any]) -> Iterator[Section]:
    yield Section(
        "What",
        [
            str(item[key])
            for key in ("does", "says", "question", "statement", "reading", "would-need", "note", "corrects")
            if item.get(key) and title_of(item) != item[key]
        ],
    )
    page = {
        "rules": _rule,
        "routes": _route,
        "acts": _act,
        "tasks": _task,
        "professions": _profession,
        "provisions": _provision,
        "arrangements": _arrangement,
        "interpretations": _interpretation,
        "classes": _class,
        "medicines": _medicine,
        "registers": _register,
        "expectations": _expectation,
        "instruments": _instrument,
        "reforms": _reform,
        "claims": _claim,
        "scopes": _scope,
        "codes": _code,
    }.get(kind)
    if page:
        yield from page(law, identity, item)
    yield Section(
        "Source file",
        [law.book.data["sources"][f"{kind}/{identity}"]] if f"{kind}/{identity}" in law.book.data["sources"] else [],
    )


def _rule(law: Law, identity: str, item: Mapping[str, Any]) -> Iterator[Section]:
    yield Section(
        "In force",
        [
            force(law, item),
            f"stands in {_FORCE[item['force']]}",
            *([f"this way the act is done {DIRECTNESS[item['directness']]}"] if item.get("directness") else []),
        ],
    )
    yield Section("What it cannot see", [item["limits"]] if item.get("limits") else [])
    yield Section("Not determined", [item["undetermined"]] if item.get("undetermined") else [])
    for part in PARTS:
        yield Section(_PART[part], [condition_line(law, condition) for condition in item[part]])
    yield law_section(law, item)
    yield Section("Examples", [example_line(law, example) for example in law.book.data["examples"][identity]])


def _rules_where(law: Law, test: Any) -> list[Section]:
    sections = []
    for identity, rule in law.book.data["rules"].items():
        if test(rule):
            sections.append(Section(f"Rule {identity}: {rule['title']}", [rule.get("reading", "")]))
            sections.extend(_rule(law, identity, rule))
    return sections


def _route(law: Law, identity: str, item: Mapping[str, Any]) -> Iterator[Section]:
    acts = [key for key, act in law.book.data["acts"].items() if identity in act["routes"]]
    yield Section("A way to", [f"{law.book.data['acts'][act]['does']} [{act}]" for act in acts])
    yield from _rules_where(law, lambda rule: rule["route"] == identity and law.holds(rule))
    past = [
        f"{key}: {rule['title']} ({force(law, rule)})"
        for key, rule in law.book.data["rules"].items()
        if rule["route"] == identity and not law.holds(rule)
    ]
    yield Section("Rules of other dates or nations", past)


def _act(law: Law, identity: str, item: Mapping[str, Any]) -> Iterator[Section]:
    yield Section("Reserved or open", [f"{item['kind']}, by {item['force']}"])
    yield law_section(law, item)
    yield Section("Routes", [f"{law.book.data['routes'][route]['title']} [{route}]" for route in item["routes"]])
    yield Section("Duties", [duty["says"] for duty in item.get("duties", [])])
    yield Section(
        "For members of each profession who are on its statutory register",
        rows=_verdicts(law, identity),
        headers=["profession", "verdict", "best route"],
    )
    yield Section("History", rows=history(law, identity), headers=["day", "what", "where"])


def _verdicts(law: Law, act: str) -> list[list[str]]:
    return [
        [item["title"], *_verdict(law, profession, act)] for profession, item in law.book.data["professions"].items()
    ]


def _verdict(law: Law, profession: str, act: str) -> list[str]:
    """The verdict for a member (registered, where the profession has a statutory register) and the best route."""
    facts = {**law.book.data["acts"][act].get("facts", {}), "nation": law.nation, "date": law.date}
    result = decide_act(law, act, facts, (registered_member(profession, law) or unregistered(profession),))
    return [result.verdict, result.best.route if result.best and result.verdict != BARRED else ""]


def _profession(law: Law, identity: str, item: Mapping[str, Any]) -> Iterator[Section]:
    data = law.book.data
    held = [
        data["registers"][entry["register"]]["title"] + (f", {entry['part']}" if entry.get("part") else "")
        for entry in item["registers"]
    ]
    yield Section("Statutory register", held or ["none: no statutory register of this profession exists"])
    yield Section(
        "Accredited (voluntary) registers",
        [data["registers"][register]["title"] for register in item.get("accredited", [])],
    )
    yield Section(
        "What a member may do" + (", registered by statute" if law.registers_of(identity) else ""),
        rows=[[act, *_verdict(law, identity, act)] for act in data["acts"]],
        headers=["act", "verdict", "best route"],
    )


def _task(law: Law, identity: str, item: Mapping[str, Any]) -> Iterator[Section]:
    harm = item["harm"]
    taken = [
        " and ".join(
            need["act"]
            + "".join(f" by {inner(law.book.data['routes'][route]['title'])}" for route in need.get("by", ()))
            + (
                f" ({', '.join(f'{key}: {found_text(value)}' for key, value in need['with'].items())})"
                if need.get("with")
                else ""
            )
            for need in way
        )
        for way in ways(item)
    ]
    yield Section("Scope and level", [f"{law.book.data['scopes'][item['scope']]['title']}, {item['level']}"])
    yield Section(
        "Acts that it needs" + (" (any one of these ways)" if len(taken) > 1 else ""),
        taken or ["none that the law reserves"],
    )
    yield Section("Harm if it is done badly", [f"{harm['severity']} ({harm['basis']}): {harm['text']}"])
    yield Section("Harm if it is not done", [harm["if-not-done"]] if "if-not-done" in harm else [])
    yield Section("Evidence of the harm", [_EVIDENCE[harm["evidence"]], *harm.get("sources", [])])
    yield Section("Comparator", [law.book.data["professions"][item["comparator"]]["title"]])
    yield Section("Said as", item["synonyms"])
    yield Section(
        "Source", [", ".join([one["document"], one["section"], *one.get("lines", ())]) for one in item["source"]]
    )
    yield Section("Evidence", law.book.data["claims-by-task"].get(identity, []))


def _provision(law: Law, identity: str, item: Mapping[str, Any]) -> Iterator[Section]:
    yield Section("In force", [force(law, item)])
    yield Section("How sure", [f"{item['confidence'].replace('-', ' ')}, last checked {item['checked']}", item["url"]])
    resting = [
        f"{key}: {rule['title']}"
        for key, rule in law.book.data["rules"].items()
        if any(entry["provision"] == identity for entry in rule["law"])
    ]
    yield Section("Rules that rest on it", resting)


def _arrangement(law: Law, identity: str, item: Mapping[str, Any]) -> Iterator[Section]:
    yield Section("Kind", [f"{item['kind']}; in the hands of: {item['who']}"])
    name = f"{item['kind']}.{identity}"
    yield from _rules_where(law, lambda rule: law.holds(rule) and name in json.dumps(rule))


def _interpretation(law: Law, identity: str, item: Mapping[str, Any]) -> Iterator[Section]:
    yield law_section(law, item)
    for reading in item["readings"]:
        chosen = " (the default)" if reading["id"] == item["default"] else ""
        yield Section(
            f"{reading['id']}{chosen}: {reading['title']}",
            [reading["why"], f"held by: {', '.join(reading['held-by'])}", reading["confidence"].replace("-", " ")],
        )
    yield Section(
        "Rules that turn on it", [key for key, rule in law.book.data["rules"].items() if identity in json.dumps(rule)]
    )


def _class(law: Law, identity: str, item: Mapping[str, Any]) -> Iterator[Section]:
    yield law_section(law, item)
    yield Section(
        "Members",
        rows=[
            [member["id"], member.get("from", ""), member.get("to", ""), member.get("by", "")]
            for member in item["members"]
        ],
        headers=["member", "from", "to", "by"],
    )


def _medicine(law: Law, identity: str, item: Mapping[str, Any]) -> Iterator[Section]:
    yield Section(
        "Facts",
        [
            f"{key.removeprefix('medicine.')}: {'yes' if value is True else 'no' if value is False else value}"
            for key, value in law.medicine(identity).items()
        ],
    )
    yield law_section(law, item)
    yield Section(
        "Listed in",
        [
            key
            for key, listing in law.book.data["classes"].items()
            if any(member["id"] == identity for member in listing["members"])
        ],
    )


def _register(law: Law, identity: str, item: Mapping[str, Any]) -> Iterator[Section]:
    yield Section(
        "Kind",
        [
            {
                "statutory": "statutory",
                "accredited": "accredited: voluntary, and never statutory whatever its name",
                "overseas": "kept outside the United Kingdom",
            }[item["kind"]]
        ],
    )
    yield law_section(law, item)
    yield Section(
        "Professions",
        [
            about["title"]
            for about in law.book.data["professions"].values()
            if identity in [entry["register"] for entry in about["registers"]] + about.get("accredited", [])
        ],
    )


def _expectation(law: Law, identity: str, item: Mapping[str, Any]) -> Iterator[Section]:
    nations = ", ".join(law.book.data["nations"][one] for one in item["nations"])
    yield Section("Who asks, and where", [f"{item['body']}: {nations}"])
    who = ", ".join(str(law.book.data["professions"][one]["plural"]) for one in item.get("professions", ()))
    yield Section("Of whom", [f"{item['role']} ({who})" if who else item["role"]])
    yield Section("What is asked", [f"{_REGISTRATION[item['registration']]}, {item['strength']}", "It is not law."])
    alone = "One party alone reports it; the source itself was not read."
    yield Section("How sure", [alone] if "only-in" in item else [])
    yield law_section(law, item)


def _instrument(law: Law, identity: str, item: Mapping[str, Any]) -> Iterator[Section]:
    yield Section("Citation", [f"{item.get('citation', item['title'])} {item['url']}"])
    yield Section(
        "Provisions",
        [
            f"{about['citation']} [{key}]"
            for key, about in law.book.data["provisions"].items()
            if about["instrument"] == identity
        ],
    )


def _reform(law: Law, identity: str, item: Mapping[str, Any]) -> Iterator[Section]:
    changes = [(key, what) for change in item["changes"] for key, what in change.items()]
    yield Section("What it changes", [f"{key}: {named(what)}" for key, what in changes])
    yield Section("Proposed in", [f"{source_line(source)} {source['url']}" for source in item.get("sources", [])])
    cases = [f"{one['case']}: {one['without']} without it, {one['with']} with it" for one in item.get("examples", [])]
    yield Section("Examples", cases)


def _claim(law: Law, identity: str, item: Mapping[str, Any]) -> Iterator[Section]:
    yield Section("Source", [reference_line(source) for source in item["source"]])
    yield Section("Caveat", [item["caveat"]] if item.get("caveat") else [])
    yield Section("Tasks", item.get("tasks", []))


def _scope(law: Law, identity: str, item: Mapping[str, Any]) -> Iterator[Section]:
    yield Section(
        "Tasks",
        [f"{task['label']} [{key}]" for key, task in law.book.data["tasks"].items() if task["scope"] == identity],
    )


def _code(law: Law, identity: str, item: Mapping[str, Any]) -> Iterator[Section]:
    yield Section("Severity", [item["severity"]])
    yield Section("Why it matters", [item["why"]])
    yield Section("Instead of", text=item["bad"])
    yield Section("Write", text=item["good"])
    yield Section("What to do", [item["mend"]])
