"""The files of each scaffold, as text by name within the folder of the lawbook that they go into."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from gapcheck.document.words import capital, spaced
from gapcheck.engine.examples import run_reform_example
from gapcheck.errors import problem
from gapcheck.interview.search import Choice
from gapcheck.law.lawbook import Lawbook
from gapcheck.scaffold.answers import Answers

SEVERITIES = ("low", "moderate", "severe", "catastrophic")
LEVELS = ("core", "enhanced", "advanced", "consultant")
ID = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
ID_HELP = "small letters and digits, words joined by hyphens, as in `contrast-policy`"
_FIRST = "2018-02-06"  # from when the registers of the examples are all there
_SCHEMA = "# yaml-language-server: $schema=https://gapcheck.example/schemas/1/{}.schema.json\n"


class RuleLaw(NamedTuple):
    """What a rule rests on: the provision, the days between which it holds, the nations, and its force."""

    instrument: str
    provision: str
    start: str
    end: str
    extent: tuple[str, ...]
    force: str


class ScaffoldPlace(NamedTuple):
    """What the files are for: the lawbook, the new id, whether they are laid over it (and so are no statute), and the day."""

    book: Lawbook
    name: str
    local: bool
    day: str


Files = dict[str, str]


def instrument(place: ScaffoldPlace, say: Answers) -> Files:
    """An instrument with a provision, and the first act and rule that rest on it."""
    name = place.name
    title = say.text("title", "What is the instrument called?", capital(spaced(name)))
    kinds = ("local", "framework") if place.local else ("framework", "statute")
    kind = say.one("kind", "What is it?", _plain(kinds), kinds[0])
    url = say.fit(
        "url", "Where can it be read?", f"https://www.example.org/{name}", r"https?://\S+", "an address (https://...)"
    )
    citation = say.text("citation", "How is it cited?", title)
    provision = say.text("provision", "Which provision is read first?", "section 1")
    says = say.text(
        "says", "What does that provision say, in your own words?", "To fill in: what it says, in your own words."
    )
    identity = _id_of(provision, "provision")
    text = f"""{_SCHEMA.format("instrument")}instrument: {name}
title: {_q(title)}
short: {_q(title)}
citation: {_q(citation)}
kind: {kind}
url: {_q(url)}
extent: [uk] # to fill in: the nations to which it extends
in-force: {{from: {place.day}}} # to fill in: the day from which it holds
checked: {place.day} # the day on which somebody read it
confidence: unverified # verified-in-text once it has been read
provisions:
  - id: {identity}
    title: {_q(provision)}
    url: {_q(url)}
    says: {_q(says)}
"""
    force = "statute" if kind == "statute" else "framework"
    law = RuleLaw(name, identity, place.day, "", tuple(place.book.data["nations"]), force)
    return {f"{name}/instrument.yaml": text, **_rule_files(place, say, f"{name}-rule", law)}


def rule(place: ScaffoldPlace, say: Answers) -> Files:
    """A rule with examples, and the act that it is about where there is none yet."""
    provisions = place.book.data["provisions"]
    usual = next(
        key
        for key, item in provisions.items()
        if item["kind"] != "statute" and len(item["extent"]) == len(place.book.data["nations"])
    )
    law = say.one(
        "law",
        "On which provision does it rest?",
        [Choice(key, item["citation"]) for key, item in provisions.items()],
        usual,
    )
    item = provisions[law]
    if item["kind"] == "statute" and place.local:
        help = (
            "a local rule is no statute: rest it on a policy or a framework (`gapcheck scaffold instrument` writes one)"
        )
        raise problem("--set", f"`{law}` is a provision of a statute", None, help)
    force = "statute" if item["kind"] == "statute" else "framework"
    start = max(item.get("in-force", {}).get("from", _FIRST), _FIRST)
    end = item.get("in-force", {}).get("to", "")
    if end and end < start:
        raise problem("--set", f"`{law}` was in force until {end} only", None, "rest the rule on law that is in force")
    instrument, _, provision = law.partition("/")
    return _rule_files(place, say, place.name, RuleLaw(instrument, provision, start, end, tuple(item["extent"]), force))


def _rule_files(place: ScaffoldPlace, say: Answers, name: str, law: RuleLaw) -> Files:
    """An act where it is new, the rule and its examples."""
    data = place.book.data
    instrument, provision, start, end, extent, force = law
    folder = place.name
    act = say.fit("act", "Which act is it about? A new id, or one of the lawbook", f"{folder}-act", ID, ID_HELP)
    known = data["acts"].get(act)
    if known and known["force"] != force:
        help = "give a new act" if place.local else "rest the rule on law of the same force"
        raise problem("--set", f"`{act}` is reserved by {known['force']}, and this rule is of a {force}", None, help)
    routes = known["routes"] if known else list(data["routes"])
    route = say.one(
        "route",
        "By which way?",
        [Choice(key, data["routes"][key]["title"]) for key in routes],
        routes[0] if known else "statutory-registration",
    )
    people = [Choice(key, item["title"]) for key, item in data["professions"].items() if item["registers"]]
    who = say.one("profession", "Who may do it?", people, people[0].id)
    day = min(max(start, place.day), end or "9999")
    register, nation = _registered(data, who, day, extent)
    title = say.text(
        "rule-title",
        "What does the rule say, in a line?",
        f"{capital(spaced(name))} takes registration as {data['professions'][who]['title'].lower()}",
    )
    files = {}
    if not known:
        does = say.text("does", "What does somebody do who does it? (give a medicine)", spaced(act))
        covered = ", ".join(f"{nation}: {start}" for nation in extent)
        files[f"{folder}/{folder}-acts.yaml"] = f"""{_SCHEMA.format("acts")}acts:
  - id: {act}
    title: {_q(capital(does))}
    does: {_q(does)}
    kind: reserved
    force: {force}
    law: {{instrument: {instrument}, provisions: [{provision}]}}
    covered: {{{covered}}}
    routes: [{route}]
"""
    files[f"{folder}/{name}.yaml"] = f"""{_SCHEMA.format("rule")}id: {name}
title: {_q(title)}
since: {place.book.version}
route: {route}
acts: [{act}]
law: {{instrument: {instrument}, provisions: [{provision}]}}
extent: [{", ".join(extent)}]
in-force: {{from: {start}{f", to: {end}" if end else ""}}}
force: {force}
reading: {_q("To fill in: how you read the provision, in your own words.")}
limits: {_q("To fill in: what the rule cannot see.")}
directness: own-authority
holder:
  all:
    - {{fact: holder.profession, in: [{who}], as: amend, opens: {_q(f"{spaced(provision)} names the profession")}, says: {_q(f"is a {data['professions'][who]['title'].lower()}")}}}
    - {{fact: holder.statutory-registration, is: current, as: register, says: holds statutory registration}}
say:
  open: The person is of the profession that the provision names, and is registered.
  available: The person is of the profession that the provision names, and is registered.
  barred: The provision wants somebody of the profession that it names, with statutory registration.
  unknown: It depends on profession and registration.
"""
    files[f"{folder}/{name}.examples.yaml"] = f"""{_SCHEMA.format("examples")}examples-of: {name}
assume: {{nation: {nation}, as-at: {day}}}
examples: # to fill in: a case for each way in which it can go; the barred ones matter most
  - {{case: Somebody of the profession who is registered, profession: {who}, registered: [{register}], route: open}}
  - {{case: The same with a lapsed entry, profession: {who}, registered: [{register}:lapsed], route: barred, by: [holder.statutory-registration]}}
{_accredited(data)}"""
    return files


def _registered(data: Mapping[str, Any], who: str, day: str, extent: Sequence[str]) -> tuple[str, str]:
    """The register that takes a profession on a day, and the first nation where it does. Raises InputError where none does."""
    for entry in data["professions"][who]["registers"]:
        named = entry.get("regulated-in", extent)
        nations = [nation for one in named for nation in data["groups"].get(one, [one]) if nation in extent]
        if entry.get("from", "") <= day <= entry.get("to", "9999") and nations:
            return entry["register"], nations[0]
    title = data["professions"][who]["title"].lower()
    raise problem(
        "--set", f"no register takes a {title} on {day} where the law extends", None, "name another profession"
    )


def _accredited(data: Mapping[str, Any]) -> str:
    """The case of somebody whom no statutory register takes; empty where the lawbook has no such profession."""
    for key, item in data["professions"].items():
        if item.get("accredited") and not item["registers"]:
            case = f"{capital(item['title'])} on the accredited register"
            return (
                f"  - {{case: {_q(case)}, profession: {key}, registered: [{item['accredited'][0]}], route: barred, "
                "by: [holder.profession, holder.statutory-registration]}\n"
            )
    return ""


def task(place: ScaffoldPlace, say: Answers) -> Files:
    """A task with its harm and its synonyms."""
    data = place.book.data
    label = say.text("title", "What is the task, as a job description says it?", capital(spaced(place.name)))
    scopes = [Choice(key, item["title"]) for key, item in data["scopes"].items()]
    scope = say.one(
        "scope", "In which scope of practice?", scopes, "general" if "general" in data["scopes"] else scopes[0].id
    )
    acts = [
        Choice("none", "none that the law reserves"),
        *(Choice(key, item["title"]) for key, item in data["acts"].items()),
    ]
    act = say.one("act", "Which act of law does it need?", acts, "none")
    severity = say.one("severity", "How bad is it if it is done badly?", _plain(SEVERITIES), "moderate")
    level = say.one("level", "At which level?", _plain(LEVELS), "core")
    harm = say.text(
        "harm", "What harm is that, in a sentence?", "To fill in: the harm if it is done badly, in one sentence."
    )
    names = say.text("synonyms", "What else do people call it? (with commas)", label)
    about = data["scopes"][scope]
    needs = "none" if act == "none" else f"{{all-of: [{{act: {act}}}]}}"
    synonyms = dict.fromkeys(part.strip().lower() for part in names.split(",") if part.strip())
    text = f"""{_SCHEMA.format("tasks")}scope: {scope}
title: {_q(about["title"])}
comparator: {about["comparator"]}
tasks:
  - id: {place.name}
    label: {_q(label)}
    level: {level}
    needs: {needs} # to fill in: every act that it needs, with the case of each (see other tasks)
    reading: {_q("To fill in: why it needs these acts, or none.")}
    harm:
      severity: {severity}
      basis: inferred
      by: gapcheck # to fill in: whose grade this is
      evidence: none # to fill in: the class of evidence, and under `sources` the claims
      text: {_q(harm)}
    synonyms: [{", ".join(map(_q, synonyms))}]
    source: {{document: {place.name}, section: "1"}} # to fill in: where the task is named
"""
    return {f"{place.name}/{scope}.yaml": text}  # a file of tasks goes by the name of its scope


def wording(place: ScaffoldPlace, say: Answers) -> Files:
    """Further words by which a task is known."""
    tasks = [Choice(key, item["label"]) for key, item in place.book.data["tasks"].items()]
    of = say.one("task", "Which task do the words mean?", tasks, tasks[0].id)
    names = say.text(
        "synonyms", "What do people call it? (with commas)", f"{spaced(place.name)} on the {spaced(of)} list"
    )
    words = ", ".join(_q(part.strip().lower()) for part in names.split(",") if part.strip())
    if not words:
        raise problem(
            "--set", "there is no word among the synonyms", None, "say what people call it, with commas between"
        )
    text = f"""{_SCHEMA.format("additions")}additions:
  - task: {of}
    synonyms: [{words}] # words that mean this task and no other; lint refuses everyday words
"""
    return {f"wording/{place.name}.yaml": text}


def reform(place: ScaffoldPlace, say: Answers) -> Files:
    """A change of law that somebody asks for: a profession is added to a list. What its examples come to is asked of the
    engine."""
    data = place.book.data
    title = say.text("title", "What is the reform called?", capital(spaced(place.name)))
    lists = [Choice(key, item["title"]) for key, item in data["classes"].items() if item["of"] == "profession"]
    usual_list, usual_member = _usual_member(data)
    group = say.one("list", "To which list is somebody added?", lists, usual_list)
    present = {member["id"] for member in data["classes"][group]["members"]}
    outside = {key: item for key, item in data["professions"].items() if key not in present}
    people = [Choice(key, item["title"]) for key, item in outside.items()]
    usual = next(
        (key for key in (usual_member, *outside) if key in outside and outside[key]["registers"]), people[0].id
    )
    who = say.one("profession", "Who is added?", people, usual)
    changes = [{"add-member": {"class": group, "member": who}}]
    about: Any = {"reform": place.name, "title": title, "changes": changes}
    book = Lawbook({**data, "reforms": {**data["reforms"], place.name: about}}, "")
    rows = "\n".join(_reform_examples(book, place.name, group, who))
    text = f"""{_SCHEMA.format("reform")}reform: {place.name}
title: {_q(title)}
says: {_q("To fill in: what the law would say, in a sentence.")}
would-need: {_q("To fill in: which instrument would make the change, and what has to come before it.")}
changes:
  - add-member: {{class: {group}, member: {who}}}
examples: # to fill in: who gains, and who still does not; what each comes to was asked of the engine
{rows}
"""
    return {f"reforms/{place.name}.yaml": text}


def _usual_member(data: Mapping[str, Any]) -> tuple[str, str]:
    """A list and a registered profession that a reform of the lawbook adds to it; else the first list and profession."""
    for item in data["reforms"].values():
        for change in item["changes"]:
            added = change.get("add-member", {})
            if data["professions"].get(added.get("member"), {}).get("registers"):
                return added["class"], added["member"]
    return next(key for key, item in data["classes"].items() if item["of"] == "profession"), next(
        iter(data["professions"])
    )


def _reform_examples(book: Lawbook, reform: str, group: str, who: str) -> Iterator[str]:
    """Cases of a rule that tests a list, for whoever is added to it: registered as the law has it, and on no register."""
    data = book.data
    using = _testing(data, group)
    if not using:
        raise problem("--set", f"no rule in force tests the list `{group}`", None, "add to a list that a rule tests")
    registers = [entry["register"] for entry in data["professions"][who]["registers"]]
    people = [
        *((f"A person registered with {data['registers'][name]['title']}", [name]) for name in registers[-1:]),
        *(
            (f"A person on the accredited register {data['registers'][name]['title']}", [name])
            for name in data["professions"][who].get("accredited", [])[:1]
        ),
        ("A person on no register", []),
    ]
    asked = [
        _case(rule, row, who)
        for rule in using
        for row in data["examples"][rule["id"]]
        if row["route"] in ("open", "available")
    ]
    asked = asked or [_case(using[0], {}, who)]

    def came(row: dict[str, Any], registered: list[str]) -> tuple[str, str]:
        return run_reform_example(book, reform, {**row, "registered": registered})

    outcomes = [came(row, people[0][1]) for row in asked]  # one in which it matters, and to the full
    matters = [index for index, (without, reformed) in enumerate(outcomes) if without != reformed]
    row = asked[next((index for index in matters if outcomes[index][1] == "open"), (matters or [0])[0])]
    for case, registered in people:
        without, reformed = came(row, registered)
        said = {**row, "registered": registered}
        lines = [
            f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in said.items() if value or value is False
        ]
        yield "\n    ".join([f"  - case: {_q(case)}", *lines, f"without: {without}", f"with: {reformed}"])


def _testing(data: Mapping[str, Any], group: str) -> list[Mapping[str, Any]]:
    """The rules in force that test a list."""
    return [
        item
        for item in data["rules"].values()
        if f"'{group}'" in str([item["holder"], item["circumstances"], item["arrangements"]])
        and "to" not in item["in-force"]
    ]


def _case(rule: Mapping[str, Any], row: Mapping[str, Any], who: str) -> dict[str, Any]:
    """The case of an example of a rule, put for another profession."""
    kept = {
        key: row[key]
        for key in ("arrangements", "entitlements", "medicine", "facts", "nation", "annotations")
        if key in row
    }
    return {"act": row.get("act", rule["acts"][0]), "route": rule["route"], "profession": who, **kept}


def _plain(words: Sequence[str]) -> list[Choice]:
    return [Choice(word, word) for word in words]


def _id_of(text: str, kind: str) -> str:
    """An id out of a text: its letters and digits. `kind` stands first where they do not begin with a letter."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    found = "-".join(re.findall(r"[a-z0-9]+", plain))
    return found if found[:1].isalpha() else f"{kind}-{found}".strip("-")


def _q(text: str) -> str:
    """A text as YAML takes it, quoted where it has to be."""
    plain = text and text[0].isalpha() and text.lower() not in ("yes", "no", "true", "false", "null", "on", "off")
    return (
        text
        if plain and not any(char in text for char in ":#{}[],&*!|>'\"%@`\n") and text == text.strip()
        else json.dumps(text, ensure_ascii=False)
    )


KINDS: Mapping[str, Callable[[ScaffoldPlace, Answers], Files]] = {
    "rule": rule, "task": task, "instrument": instrument, "wording": wording, "reform": reform,
}  # fmt: skip


def overlay(name: str) -> str:
    """What says whose a folder of local rules is."""
    return f'{_SCHEMA.format("overlay")}overlay: {_q(_id_of(name, "rules"))}\ntitle: {_q("To fill in: what this folder adds")}\npublisher: To fill in\nversion: "1"\n'
