"""The lexicon of questions: what the lawbook calls things, and the everyday words of rules/wording."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from gapcheck.ask.lexicon import Lexicon
from gapcheck.jobdesc.understanding.words import Words
from gapcheck.law.lawbook import Lawbook

OPEN = "|"  # between the ids of a name that leaves open which of them is meant
PERSON, OTHER, TRAINEE, NOT_PERSON, ALTERNATIVE = "person", "other", "trainee", "not-the-person", "alternative"
REGISTER, OWN, NONE, STATUS, NOT, WHETHER = "register", "own-register", "no-register", "status", "not", "asks-whether"
MEDICINE, BY_CONTEXT, OTHER_MEDICINE = "medicine", "by-context", "other-medicine"
NATION, ABROAD, TITLE, TITLE_END, WAY, FACT, EXAMINATION = "nation", "abroad", "title", "title-end", "way", "fact", "examination"  # fmt: skip
INJECTION, NOT_INJECTION = "injection", "not-injection"
LISTED = ("annotation", "entitlement", "arrangement")
BEFORE_PERSON, AND, DOING, REFORM = "before-the-person", "and", "doing", "reform"
PROTECTED, ADVERT = "protected-title", "advert"
NO_ANNOTATION, EMPLOYER, WITHOUT, LOST, ASKING, UNNAMED = "no-annotation", "employer", "without", "lost", "asking", "unnamed-register"  # fmt: skip
ACT, TASK, SYNONYM, OUTSIDE, NEAR, GIVES = "act", "task", "synonym", "outside", "near", "gives"
POINT, WHO, SINCE, ADVICE, BORNE = "point", "asks-who", "asks-since", "asks-advice", "title-borne"


class ActWords(NamedTuple):
    """Words that name an act. `firm`: they do whatever task they also are part of; `near`: only where such a word stands by."""

    act: str
    firm: bool
    near: str


class AskVocabulary:
    """The lexicon with what its labels mean. `light`: stems that say nothing of what is done; `deeds`: stems of words that do."""

    def __init__(self, book: Lawbook) -> None:
        wording = book.data["wording"]
        self.own: Mapping[str, Any] = wording["ask"]
        self.book = book
        words = Words(wording["words"])
        lexicon = self.lexicon = Lexicon(words)
        drop = frozenset(number for word in wording["words"]["function"] for number in words.learn_stems(word))
        self.acts: list[ActWords] = []
        self.fields: dict[str, list[str]] = wording["posts"]["scope-groups"]
        for meant, phrases in self.own["says-the-same"].items():
            lexicon.same(meant, phrases)
        self._people(wording)
        self._registers(wording)
        self._medicines()
        self._places(wording)
        self._case(wording)
        self._doing(drop)
        self._points()
        self.said_by_all = frozenset(word.lower() for word in self.own["chatter"])
        self.chatter = frozenset(
            word
            for text in (
                *self.own["chatter"],
                *wording["words"]["function"],
                *wording["words"]["light"],
                *_ordinary(wording),
            )
            for word in text.lower().split()
        )
        plain = (*self.own["chatter"], *wording["words"]["function"], *wording["words"]["light"])
        light = frozenset(number for word in plain for number in words.learn_stems(word))
        firsts = [str(item["label"]).split()[0].lower() for item in book.data["tasks"].values()]
        first = frozenset(number for word in firsts for number in words.learn_stems(word))
        deeds = frozenset(number for word in self.own["deeds"] for number in words.learn_stems(word))
        done = frozenset(number for word in self.own["doing"] for number in words.learn_stems(word))
        self.light, self.deeds = light - deeds, (first - light | deeds) - done
        lexicon.know(self.chatter)
        lexicon.build()

    def _people(self, wording: Mapping[str, Any]) -> None:
        lexicon, professions = self.lexicon, self.book.data["professions"]
        said = {phrase.lower() for item in self.own["people"] for phrase in item["names"]}
        for item in self.own["people"]:
            lexicon.add(PERSON, OPEN.join(item["professions"]), item["names"])
        names = {key: [item["title"], item["plural"], *item.get("aliases", ())] for key, item in professions.items()}
        for key, phrases in wording["posts"]["groups"].items():
            names.setdefault(key, []).extend(phrases)
        for item in self.own["people-of-fields"]:
            names_ = [f"{field} {role}" for field in item["fields"] for role in item["roles"]]
            lexicon.add(PERSON, OPEN.join(item["professions"]), [one for one in names_ if one not in said])
            said.update(names_)
        for key, phrases in names.items():
            plain = [phrase.replace("-", " ") for phrase in phrases]
            lexicon.add(PERSON, key, [one for one in plain if one.lower().rstrip("s") not in said | _stripped(said)])
        lexicon.add(OTHER, OTHER, self.own["others"])
        lexicon.add(ASKING, ASKING, self.own["asking"])
        lexicon.add(OTHER, OTHER, wording["posts"]["office"])
        lexicon.add(TRAINEE, TRAINEE, self.own["trainee"])
        lexicon.add(NOT_PERSON, NOT_PERSON, self.own["not-the-person"])
        lexicon.add(ALTERNATIVE, ALTERNATIVE, self.own["alternative"])
        lexicon.add(BEFORE_PERSON, BEFORE_PERSON, self.own["before-the-person"])
        lexicon.add(AND, AND, self.own["and"])
        lexicon.add(DOING, DOING, self.own["doing"])
        for index, item in enumerate(self.own["reforms"]):
            lexicon.add(REFORM, str(index), item["names"])
        lexicon.add(TITLE, TITLE, self.own["titles"])
        lexicon.add(ADVERT, ADVERT, self.own["adverts"])
        lexicon.add(PROTECTED, PROTECTED, self.own["protected-titles"])
        lexicon.add(PROTECTED, BORNE, self.own["after-the-title"])
        lexicon.add(TITLE_END, TITLE_END, self.own["title-ends"])

    def _registers(self, wording: Mapping[str, Any]) -> None:
        lexicon = self.lexicon
        for key, item in self.book.data["registers"].items():
            names = [item["title"], *([item["short"]] if "short" in item else []), *item.get("aliases", ())]
            lexicon.add(REGISTER, key, [name.replace("-", " ") for name in (*names, key)])
        for item in wording["registration"]["names"]:
            lexicon.add(REGISTER, item["register"], (*item["names"], *item.get("old", ())))
        for key, names in self.own["registers"].items():
            lexicon.add(REGISTER, key, names)
        lexicon.add(UNNAMED, UNNAMED, self.own["unnamed-register"])
        for kind, name in ((OWN, "own-register"), (NONE, "no-register"), (NOT, "not"), (WHETHER, "asks-whether")):
            lexicon.add(kind, kind, self.own[name])
        for key, names in self.own["lost"].items():
            lexicon.add(LOST, key, names)
        for key, names in self.own["statuses"].items():
            lexicon.add(STATUS, key, names)

    def _medicines(self) -> None:
        lexicon = self.lexicon
        open_names = {name for item in self.own["medicines-by-context"] for name in item["names"]}
        for key, item in self.book.data["medicines"].items():
            names = [item["label"].partition(",")[0], *item.get("aliases", ()), key.replace("-", " ")]
            names.append(item["label"].split(",")[0].removesuffix(" injection").removesuffix(" by mouth"))
            lexicon.add(MEDICINE, key, [name for name in names if name.lower() not in open_names])
        for key, names in self.own["medicines"].items():
            lexicon.add(MEDICINE, key, [name for name in names if name not in open_names])
        for index, item in enumerate(self.own["medicines-by-context"]):
            lexicon.add(BY_CONTEXT, str(index), item["names"])
        for key, names in self.own["other-medicines"].items():
            lexicon.add(OTHER_MEDICINE, key, names)
        lexicon.add(INJECTION, INJECTION, self.own["by-injection"])
        lexicon.add(NOT_INJECTION, NOT_INJECTION, self.own["not-by-injection"])
        lexicon.bag(GIVES, GIVES, self.own["gives"])

    def _places(self, wording: Mapping[str, Any]) -> None:
        lexicon, places = self.lexicon, wording["places"]
        open_names = {name for item in self.own["places-open"] for name in item["names"]}
        for lists in (places["nations"], self.own["places"]):
            for key, names in lists.items():
                lexicon.add(NATION, key, [name for name in names if name not in open_names])
        for key, name in self.book.data["nations"].items():
            lexicon.add(NATION, key, [name])
        for item in self.own["places-open"]:
            lexicon.add(NATION, OPEN.join(item["nations"]), item["names"])
        for item in places["abroad"]:
            lexicon.add(ABROAD, item["place"], item["names"])
        for key, names in places["employers"].items():
            lexicon.add(EMPLOYER, key, names)

    def _case(self, wording: Mapping[str, Any]) -> None:
        lexicon, law = self.lexicon, wording["law"]
        for index, item in enumerate(self.own["ways"]):
            lexicon.add(WAY, str(index), item["names"])
        for kind in LISTED:
            for lists in (law[f"{kind}s"] if kind == "annotation" else {}, self.own[f"{kind}s"]):
                for key, names in lists.items():
                    lexicon.add(kind, key, names)
        lexicon.add(NO_ANNOTATION, NO_ANNOTATION, self.own["no-annotation"])
        for key, names in self.own["without"].items():
            lexicon.add(WITHOUT, key, names)
        for index, item in enumerate(self.own["facts"]):
            lexicon.add(FACT, str(index), item["names"])
        for key, names in self.own["examinations"].items():
            lexicon.add(EXAMINATION, key, names)

    def _points(self) -> None:
        for kind in (WHO, SINCE, ADVICE):
            self.lexicon.add(kind, kind, self.own[kind])
        for key, point in self.book.data["points"].items():
            said = [*point["asks"]]
            for short, long in self.own["written-out"].items():
                said += [phrase.replace(short, long) for phrase in point["asks"] if short in phrase.split()]
            self.lexicon.bag(POINT, key, said)

    def _doing(self, drop: frozenset[int]) -> None:
        lexicon, data = self.lexicon, self.book.data
        for item in self.own["acts"]:
            self.acts.append(ActWords(item["act"], bool(item.get("firm")), item.get("near", "")))
            lexicon.bag(ACT, str(len(self.acts) - 1), item["names"], drop)
        for key, act in data["acts"].items():
            if key == self.own["prescriber-act"]:
                self.prescribes = str(len(self.acts))
            self.acts.append(ActWords(key, False, ""))
            names = [
                act["title"],
                *(alias.replace("-", " ") for alias in act.get("aliases", ())),
                key.replace("-", " "),
            ]
            lexicon.bag(ACT, str(len(self.acts) - 1), names, drop)
        for near in {words.near for words in self.acts if words.near}:
            lexicon.bag(NEAR, near, self.own[near], drop)
        for key, names in self.own["tasks"].items():
            lexicon.bag(TASK, key, names, drop)
        for key, task in data["tasks"].items():
            names = [name for name in task.get("synonyms", ()) if len(lexicon.stems(name) - drop) > 1]
            lexicon.bag(SYNONYM, key, [task["label"], *names], drop)
        for index, item in enumerate(self.own["outside"]):
            lexicon.bag(OUTSIDE, str(index), item["names"], drop)


def _ordinary(wording: Mapping[str, Any]) -> list[str]:
    """Words of adverts of other work: in a question too they say nothing of their own."""
    found = wording["ordinary"]
    return [found[key]["words"] for key in found if isinstance(found[key], Mapping) and "words" in found[key]]


def _stripped(names: set[str]) -> set[str]:
    return {name.rstrip("s") for name in names}


def vocabulary(book: Lawbook) -> AskVocabulary:
    """The vocabulary of a lawbook, made once."""
    return book.made(AskVocabulary)
