"""Who the person is in law: the capacities in which a holder may act, the facts that go with them, what assures them.

A person acts in one capacity at a time: a nurse who is also registered as a clinical scientist is a nurse on the nurses'
register, or a clinical scientist on the HCPC's, and never a mixture of the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from gapcheck.law.conditions import Expired
from gapcheck.law.dated import FOREVER, Law, words
from gapcheck.profile.model import ALLOWS, REGISTERED, Listing, Profile, Registration

CURRENT, NONE = "current", "none"
ASKED = "asked"  # of a registration that counts so far as its terms reach
REGISTRATION = "holder.statutory-registration"
OWN_ROLE = "own-role"  # whether the post is that of the profession whose power is used
STATUTORY, ACCREDITED = "statutory", "accredited"


_SAY_AS = "say as which profession the entry is held"


class Entry(NamedTuple):
    """A current entry in a register that counts as one: the profession that it is held as, empty where nobody knows."""

    register: str
    profession: str
    statutory: bool
    reaches: bool | None = True  # whether the terms of the entry reach the work; None: nobody has said


class Person(NamedTuple):
    """A holder under a dated law: the profession practised, facts common to every capacity, the capacities, the entries in
    registers, and notes."""

    profession: str
    facts: dict[str, Any]
    capacities: tuple[dict[str, Any], ...]
    entries: tuple[Entry, ...]
    ran_out: tuple[str, ...]  # notes on attestations that have run out
    other_notes: tuple[str, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """Everything to note of the person."""
        return self.ran_out + self.other_notes


def person_of(profile: Profile, law: Law) -> Person:
    """The person whom a profile describes, in law."""
    facts: dict[str, Any] = {"nation": law.nation, "date": law.date, **profile.facts}
    statuses = law.book.data.get("registration-statuses", {})
    for entry in profile.registrations:
        for name, so in statuses.get(entry.status, {}).get("states", {}).items():
            facts[name] = so and facts.get(name, True)
    if profile.employer:
        facts["employer"] = profile.employer
    ran_out: list[str] = []
    for kind, listing in (
        ("annotation", profile.annotations),
        ("entitlement", profile.entitlements),
        ("arrangement", profile.arrangements),
    ):
        facts.update(listed(kind, listing, law, ran_out))
    notes: list[str] = []
    capacities, entries = _capacities(profile, law, facts, notes)
    return Person(profile.profession, facts, capacities, entries, tuple(ran_out), tuple(notes))


def listed(kind: str, listing: Listing, law: Law, notes: list[str]) -> dict[str, Any]:
    """The facts that a listing states. Adds a note for each attestation that has run out."""
    facts: dict[str, Any] = {}
    if listing.none:
        known = law.book.data["arrangements"].items()
        facts = {f"{kind}.{identity}": False for identity, item in known if item["kind"] == kind}
    for item in listing.items:
        name = f"{kind}.{item.id}"
        if item.until and item.until < law.date:
            label = law.book.data["arrangements"][item.id]["label"]
            reference = f" {item.reference}" if item.reference else ""
            by = f", attested by {item.by}," if item.by else ""
            notes.append(f"The {label}{reference}{by} ran out on {words(item.until)}; taken as missing.")
            if facts.get(name) is not True:
                facts[name] = Expired(f"ran out on {words(item.until)}")
        else:
            facts[name] = True
    return facts


def _capacities(
    profile: Profile, law: Law, facts: dict[str, Any], notes: list[str]
) -> tuple[tuple[dict[str, Any], ...], tuple[Entry, ...]]:
    registers = law.book.data["registers"]
    facts.update(dict.fromkeys((f"registration.{register}" for register in registers), False))
    if asked := asked_registers(profile, law) or (tuple(registers) if nobody_named(profile) else ()):
        return _unsaid(profile, facts, asked), ()
    ordered = sorted(profile.registrations, key=lambda entry: (entry.register, entry.held_as, entry.status))
    standing = [(entry, _counts(entry, profile, law, notes)) for entry in ordered]
    capacities = [_within_terms(entry, profile, law) for entry, counts in standing if counts is None]
    entries: dict[Entry, None] = dict.fromkeys(_on_terms(profile, law, standing))
    for entry, current in ((entry, counts) for entry, counts in standing if counts is not None):
        kind = registers[entry.register]["kind"]
        if kind != STATUTORY:
            facts[f"registration.{entry.register}"] = current or facts[f"registration.{entry.register}"]
            if current and kind == ACCREDITED:
                entries.update(dict.fromkeys(_accredited(entry, profile, law, notes)))
            if entry.held_as:
                capacities.append(_capacity(entry.held_as, NONE, {}, law))
            continue
        profession = entry.held_as or _held_as(entry.register, profile.profession, law)
        open_to = law.registers_of(profession) if profession else {}
        if entry.register in open_to:
            if current:
                facts[f"registration.{entry.register}"] = True
                entries[Entry(entry.register, profession, True)] = None
            if not entry.held_as and profession != profile.profession:
                title = law.book.data["professions"][profession]["title"].lower()
                notes.append(
                    f"The {registers[entry.register]['title']} registers one profession: read as held as {title}."
                )
            capacities.append(_capacity(profession, entry.register if current else NONE, open_to, law))
        elif entry.held_as or not _keeps(entry.register, law) or _ever(entry.register, profession, law):
            notes.append(_not_kept(entry.register, profession, law))
        elif current:
            facts[f"registration.{entry.register}"] = True
            entries[Entry(entry.register, "", True)] = None
            notes.append(_not_kept(entry.register, profession, law, _SAY_AS))
            capacities.append(_of_another(entry.register, profession, law))
    if not any(item.get("holder.profession") == profile.profession for item in capacities):
        capacities.append(_capacity(profile.profession, NONE, {}, law))
    for capacity in capacities:
        capacity[OWN_ROLE] = capacity.get("holder.profession", "") in ("", profile.profession) or not profile.profession
    # Of capacities that come as near the first counts: the holder's own, whatever the order of the registrations.
    capacities.sort(key=lambda item: _place(item, profile.profession))
    return tuple(capacities), tuple(
        sorted(entries, key=lambda item: (not item.statutory, item.register, item.profession))
    )


def _counts(entry: Registration, profile: Profile, law: Law, notes: list[str]) -> bool | None:
    """Whether a registration counts as an entry; None where it does so far as its terms reach, and nobody has said how far. The
    terms of a voluntary registration are nothing to the law."""
    about = law.book.data.get("registration-statuses", {}).get(entry.status, {})
    counts = about.get("counts", "yes" if entry.status == REGISTERED else "no")
    if note := about.get("note"):
        notes.append(str(note).format(law.book.data["registers"][entry.register]["title"]))
    allows = profile.facts.get(ALLOWS)
    if counts == ASKED:
        statutory = law.book.data["registers"][entry.register]["kind"] == STATUTORY
        return allows if isinstance(allows, bool) else None if statutory else False
    return bool(counts == "yes") and (entry.status == REGISTERED or allows is not False)


def _within_terms(entry: Registration, profile: Profile, law: Law) -> dict[str, Any]:
    """The capacity of who is registered on terms of which it is not known whether they reach: nobody can tell yet."""
    profession = entry.held_as or _held_as(entry.register, profile.profession, law)
    open_to = law.registers_of(profession) if profession else {}
    named = {"holder.profession": profession} if profession else {}
    here = law.nation in open_to[entry.register]["regulated-in"] if entry.register in open_to else True
    return {**named, "holder.regulated-here": here}


def _on_terms(profile: Profile, law: Law, standing: Iterable[tuple[Registration, bool | None]]) -> Iterator[Entry]:
    """The entries in statutory registers of which the terms do not reach the work, or may not. Such a person is registered: the
    body can act, whatever the law lets the person do."""
    for entry, counts in standing:
        about = law.book.data.get("registration-statuses", {}).get(entry.status, {})
        profession = entry.held_as or _held_as(entry.register, profile.profession, law)
        kept = profession and entry.register in law.registers_of(profession)
        if kept and about.get("counts") in ("yes", ASKED) and not counts:
            yield Entry(entry.register, profession, True, counts)


def _accredited(entry: Registration, profile: Profile, law: Law, notes: list[str]) -> Iterator[Entry]:
    """The entry in a voluntary register that counts as accredited on the day; adds a note where it does not, and where nobody
    can tell as which profession it is held."""
    register = law.book.data["registers"][entry.register]
    if not register.get("from", "") <= law.date <= register.get("to", FOREVER):
        notes.append(f"On {words(law.date)} the {register['title']} was no accredited register; it assures nothing.")
        return
    profession = entry.held_as or _member_as(entry.register, profile.profession, law)
    if profile.profession and not profession:
        notes.append(_not_kept(entry.register, profile.profession, law, _SAY_AS))
    yield Entry(entry.register, profession, False)


def _of_another(register: str, profession: str, law: Law) -> dict[str, Any]:
    """The capacity of who is on a register and of whom it is not said as what: where the profession that is stated is one that
    the register does not keep, nobody can tell whether the person is registered at all; where it keeps one only, at least as
    what."""
    if profession:
        only = _only(register, law)
        return {"holder.profession": only} if only else {OWN_ROLE: True}
    return {
        "holder.statutory-registration": CURRENT,
        "holder.register": register,
        "holder.regulated-here": True,
    }


def _unsaid(profile: Profile, facts: dict[str, Any], asked: tuple[str, ...]) -> tuple[dict[str, Any], ...]:
    """The capacity of somebody of whom nobody has said whether they are on the registers of the profession."""
    for register in asked:
        del facts[f"registration.{register}"]
    named = {"holder.profession": profile.profession} if profile.profession else {}
    return ({**named, OWN_ROLE: True},)


def nobody_named(profile: Profile) -> bool:
    """Whether nothing at all was said of who the person is: neither profession nor registers."""
    return not (profile.registers_stated or profile.registrations or profile.profession)


def on_terms(profile: Profile, law: Law) -> bool:
    """Whether the person is registered on terms of which it is not known whether they reach."""
    return any(_counts(entry, profile, law, []) is None for entry in profile.registrations)


def asked_registers(profile: Profile, law: Law) -> tuple[str, ...]:
    """The statutory registers of the profession of which nobody has said whether the person is on them: those that the law
    of today keeps in the nation, since a register that only a reform would open is one that nobody is on yet."""
    if profile.registers_stated or profile.registrations or not profile.profession:
        return ()
    today = law.book.at(law.date, law.nation, law.readings) if law.reforms else law
    kept = today.registers_of(profile.profession).items()
    return tuple([register for register, entry in kept if law.nation in entry["regulated-in"]])


def _place(capacity: Mapping[str, Any], own: str) -> tuple[bool, str, str]:
    profession = capacity.get("holder.profession", "")
    return profession != own, profession, capacity.get("holder.register", "")


def _capacity(profession: str, register: str, open_to: Mapping[str, Any], law: Law) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "holder.statutory-registration": CURRENT if register != NONE else NONE,
        "holder.register": register,
        "holder.regulated-here": register == NONE or law.nation in open_to[register]["regulated-in"],
    }
    if profession:
        facts["holder.profession"] = profession
    return facts


def _held_as(register: str, profession: str, law: Law) -> str:
    """The profession that an entry is held as where that is not stated: the holder's own, of which it is a question whether
    the register keeps it; where no profession is stated at all, the only one that the register keeps."""
    return profession or _only(register, law)


def _only(register: str, law: Law) -> str:
    """The profession that a register keeps, where it keeps one only."""
    key = ("only-profession", register)
    only: str | None = law.known.get(key)
    if only is None:
        ever = [item for item in law.book.data["professions"] if _ever(register, item, law)]
        only = law.known[key] = ever[0] if len(ever) == 1 else ""
    return only


def _member_as(register: str, profession: str, law: Law) -> str:
    """The profession that an entry in an accredited register is held as where that is not stated: the holder's own where the
    register is open to it, or the only one that it is open to; empty where nobody can tell."""
    open_to = [name for name, item in law.book.data["professions"].items() if register in item.get("accredited", ())]
    return profession if profession in open_to else open_to[0] if len(open_to) == 1 else ""


def _ever(register: str, profession: str, law: Law) -> bool:
    """Whether the register keeps the profession on some date: then an entry that does not say otherwise means that one."""
    item = law.book.data["professions"].get(profession)
    return item is not None and any(entry["register"] == register for entry in item["registers"])


def _keeps(register: str, law: Law) -> list[str]:
    return [other for other in law.book.data["professions"] if register in law.registers_of(other)]


def _not_kept(register: str, profession: str, law: Law, so: str = "that entry does not count") -> str:
    title = law.book.data["registers"][register]["title"]
    plural = law.book.data["professions"][profession]["plural"] if profession else "an unstated profession"
    return f"On {words(law.date)} the {title} keeps no register of {plural}; {so}."


def registered_member(profession: str, law: Law) -> dict[str, Any] | None:
    """The facts of a member of a profession who is on its statutory register, and of whom nothing else is known."""
    open_to = law.registers_of(profession)
    here = [register for register, entry in open_to.items() if law.nation in entry["regulated-in"]] or list(open_to)
    return _capacity(profession, here[0], open_to, law) if here else None


def unregistered(profession: str) -> dict[str, Any]:
    """The facts of a member of a profession who is on no statutory register."""
    return {
        "holder.profession": profession,
        "holder.statutory-registration": NONE,
        "holder.register": NONE,
        "holder.regulated-here": True,
    }
