"""What an assertion says: in the keys of a file, and as a sentence that could stand in a text."""

from __future__ import annotations

from collections.abc import Iterable

from gapcheck.claims.model import ANYONE, FRAMEWORK, NOT_REGULATED, REGULATED, Assertion
from gapcheck.document.words import a, capital, inner, listed, spaced
from gapcheck.law.dated import Law
from gapcheck.law.lawbook import Lawbook

_SAYS = {
    "may": "may",
    "may-not": "may not",
    "only-if-registered": "may, but only with statutory registration,",
    "not-without-registration": "may not, without statutory registration,",
    "needs-no-registration": "may, without statutory registration,",
    "only-by": "may, but by no other route than those named,",
    "only-these": "may, and nobody else may,",
}
_PLAINLY = {
    "may": "may {does}{by}",
    "may-not": "may not {does}{by}",
    "only-if-registered": "may {does}{by}, but only with statutory registration",
    "not-without-registration": "may not {does}{by} without statutory registration",
    "needs-no-registration": "needs no statutory registration in order to {does}{by}",
    "only-by": "may {does} only by way of {ways}",
    "only-these": "may {does}{by}; nobody else may",
}
_POINT = {"so": "as the law has it", "not-so": "otherwise than the law has it", "partly": "in part as the law has it"}
_NOBODY = {
    "may-not": "on no statutory register may {does}{by}",
    "not-without-registration": "may {does}{by} without statutory registration",
    "needs-no-registration": "needs statutory registration in order to {does}{by}",
}


def content(law: Law, item: Assertion) -> str:
    """What an assertion says, in words."""
    data = law.book.data
    if item.point:
        return f"{inner(str(data['tenets'][item.point]['title']))}: {_POINT[item.says]}"
    if item.says in (REGULATED, NOT_REGULATED):
        return " ".join(filter(None, (regulated(law, item), f"since {item.date}" if item.date else "")))
    parts = [f"{_who(law, item)} {_SAYS[item.says]} {data['acts'][item.act]['does']}"]
    if item.routes:
        parts.append("by " + " or ".join(str(data["routes"][route]["title"]) for route in item.routes))
    if item.medicine:
        parts.append(f"medicine: {data['medicines'][item.medicine]['label']}")
    parts += [f"{spaced(key)}: {spaced(str(value).lower())}" for key, value in (item.facts or {}).items()]
    if item.registered is not None:
        parts.append(f"registered: {', '.join(item.registered) or 'nowhere'}")
    if item.nations:
        parts.append("in " + ", ".join(str(data["nations"][nation]) for nation in item.nations))
    parts += [f"on {item.date}"] if item.date else []
    parts += ["by a framework"] if item.by == FRAMEWORK else []
    return "; ".join(parts)


def regulated(law: Law, item: Assertion) -> str:
    """That a profession is on a statutory register, or on none, in words."""
    who = str(law.book.data["professions"][item.profession]["plural"])
    body = f"the {law.book.data['registers'][item.register]['title']}" if item.register else ""
    if item.says == REGULATED:
        return f"{who} are regulated by {body}" if body else f"{who} are regulated by law"
    return f"{who} are not regulated by {body}" if body else f"no law regulates {who}"


def sentence(law: Law, item: Assertion) -> str:
    """An assertion as a sentence that could stand in a text."""
    data = law.book.data
    act = data["acts"][item.act]
    does = str(act["does"])
    if item.medicine and act.get("of"):
        does = does.replace(str(act["of"]), str(data["medicines"][item.medicine]["label"]))
    ways = listed([inner(str(data["routes"][route]["title"])) for route in item.routes], "or")
    named = (item.facts or {}).get("title")
    does += f" “{str(named).replace('-', ' ')}”" if named else ""
    nobody = item.profession == ANYONE and not item.professions
    said = (_NOBODY if nobody and item.says in _NOBODY else _PLAINLY)[item.says].format(
        does=does, by=f" by way of {ways}" if item.routes else "", ways=ways
    )
    facts = [_case(law, key, value) for key, value in (item.facts or {}).items() if key != "title"]
    where = f"In {listed(str(data['nations'][one]) for one in item.nations)}, " if item.nations else ""
    by = "; a framework asks for it, the law does not" if item.by == FRAMEWORK else ""
    case = f" ({', '.join(filter(None, facts))})" if any(facts) else ""
    who = "nobody" if nobody and item.says in _NOBODY else _who(law, item)
    whole = f"{where}{who} {said}{case}{by}."
    return capital(whole)


def _case(law: Law, key: str, value: object) -> str:
    fact = law.book.items("facts").get(key, {})
    if value is False:
        return ""
    says = str(fact.get("says", key.replace("-", " ")))
    return says if value is True else f"{says}: {str(value).replace('-', ' ')}"


def _who(law: Law, item: Assertion) -> str:
    data = law.book.items("professions")
    if item.professions:
        return _several(law, item.professions)
    name = str(data.get(item.profession, {}).get("title", "")).lower()
    return a(name) if name else "anyone"


def _several(law: Law, professions: Iterable[str]) -> str:
    """Several professions: by the register that registers just these, or by their names."""
    data = law.book.data
    chosen = set(professions)
    for key, register in data["registers"].items():
        if chosen == members(law.book, key):
            return f"every profession that the {register['title']} registers"
    return listed([str(data["professions"][key]["plural"]) for key in data["professions"] if key in chosen])


def members(book: Lawbook, register: str) -> set[str]:
    """The professions that a statutory register registers now."""
    professions = book.data["professions"]
    return {
        key
        for key, item in professions.items()
        if any(one["register"] == register and "to" not in one for one in item["registers"])
    }
