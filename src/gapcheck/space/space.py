"""The whole space of cases of a rule, projected onto the facts that its conditions look at, as sets of bits.

A condition tests facts one by one, so two values that pass and fail the same tests of a rule are one value to it: all the
professions of a list are one, and `something-else` stands for every title that the lawbook does not name. What is left are a
few values a fact, with `not stated` among them, and their product is small enough to hold every case as one bit of a number. A
condition is then two such numbers, the cases in which it is true and those in which it is false, and `all`, `any` and `none`
are bitwise operations. Nothing is sampled.

Why nothing is lost: the state of a rule depends on the outcome of its tests alone; an act takes the best state of its rules,
each in the best capacity of the person. So what holds of every rule in every capacity holds of every act, however many
facts the rules of an act look at together. What is left out are cases that nobody can state: a fact of a named medicine that
is unknown although the lawbook knows it, or that contradicts it; and a list of arrangements of which some are known to be
missing while others are not known (`none` says it of all). A medicine that the lawbook does not name is one that is not
stated. An attestation that has run out counts as an arrangement that is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

from gapcheck.engine.person import CURRENT, OWN_ROLE
from gapcheck.law.conditions import PARTS, Data, Facts, folded
from gapcheck.space.facts import HOLDER, LISTED, Axis, Brought, test_of

Parts = tuple[tuple[str, Data], ...]  # the conditions of a rule, each with the part in which it stands
Masks = tuple[int, int]  # the cases in which something is true, and those in which it is false


@lru_cache(maxsize=512)
def _stripes(size: int, step: int, count: int, indices: tuple[int, ...]) -> int:
    """The cases in which a digit (step, number of values) has one of the values at some indices."""
    found, width = sum(((1 << step) - 1) << (index * step) for index in indices), step * count
    while width < size:  # doubled, since to divide numbers of this length takes far longer
        found |= found << width
        width *= 2
    return found & ((1 << size) - 1)


class Digit(NamedTuple):
    """One digit of the number of a case: an axis, or an axis with those that its values settle (a medicine and what is true of
    it), of which only the combinations are counted that somebody can state. `values`: each an index an axis."""

    names: tuple[str, ...]
    values: tuple[tuple[int, ...], ...]
    step: int

    def having(self, name: str, index: int) -> tuple[int, ...]:
        """Which of its values have the value at an index of an axis."""
        place = self.names.index(name)
        return tuple(number for number, value in enumerate(self.values) if value[place] == index)


def _digits(axes: Mapping[str, Axis]) -> Iterator[Digit]:
    """The digits of a space, the smallest first."""
    size = 1
    settled = {fact: name for name, axis in axes.items() for brings in axis.brings for fact, _ in brings}
    for name, axis in axes.items():
        if name in settled:
            continue
        names = (name, *(fact for fact in axes if settled.get(fact) == name))
        values = tuple(
            (index, *others)
            for index, brings in enumerate(axis.brings)
            for others in product(*(_stated_with(axes[fact], brings) for fact in names[1:]))
        )
        yield Digit(names, values, size)
        size *= len(values)


def _stated_with(axis: Axis, brings: Iterable[Brought]) -> list[int]:
    """Which values an axis may have beside a value that brings facts with it."""
    indices = list(range(len(axis.values)))
    for fact, value in brings:
        if fact == axis.name:
            indices = [
                index
                for index in indices
                if (index != axis.place.get(None) if value is None else index == axis.place.get(value))
            ]
    return indices


class Space:
    """Every case that some tests can tell apart. A set of cases is a number, of which bit `i` is the case `facts(i)`."""

    def __init__(self, axes: tuple[Axis, ...]) -> None:
        self.axes = {axis.name: axis for axis in axes}
        self.digits = tuple(_digits(self.axes))
        self.size = 1
        for digit in self.digits:
            self.size *= len(digit.values)
        self._digit_of = {name: digit for digit in self.digits for name in digit.names}
        self.all = (1 << self.size) - 1
        self._tests: dict[Any, Masks] = {}
        for axis in axes:
            for column, test in enumerate(axis.tests):
                self._tests[test] = (self._where(axis, column, True), self._where(axis, column, False))
        self.possible = self.all & ~self._impossible()

    @property
    def weight(self) -> int:
        """The bits that the tests of the space take."""
        return self.size * (2 * len(self._tests) + 2)

    def value(self, name: str, index: int) -> int:
        """The cases in which an axis has the value at an index."""
        digit = self._digit_of[name]
        return self._at(digit, digit.having(name, index))

    def _at(self, digit: Digit, numbers: tuple[int, ...]) -> int:
        return _stripes(self.size, digit.step, len(digit.values), numbers)

    def _where(self, axis: Axis, column: int, truth: bool) -> int:
        digit = self._digit_of[axis.name]
        having = [digit.having(axis.name, index) for index, row in enumerate(axis.rows) if row[column] is truth]
        return self._at(digit, tuple(sorted(number for numbers in having for number in numbers)))

    def _impossible(self) -> int:
        """The cases that nobody can state, beside those for which there is no number."""
        found = 0
        for kind in LISTED:
            some_missing = some_open = 0
            for name in (name for name in self.axes if name.startswith(f"{kind}.")):
                some_missing |= self.stated(name, False)
                some_open |= self.unstated(name)
            found |= some_missing & some_open
        if OWN_ROLE in self.axes and HOLDER in self.axes:  # nobody knows the role of a power that nobody knows of
            for index, facts in enumerate(self.axes[HOLDER].values):
                if "holder.profession" not in facts:
                    found |= self.stated(OWN_ROLE, False) & self.value(HOLDER, index)
        return found

    def stated(self, name: str, value: Any) -> int:
        """The cases in which a fact has been stated to be a value (one of those that the tests tell apart)."""
        axis = self.axes[name]
        return self.value(name, axis.place[value]) if value in axis.place else 0

    def unstated(self, name: str) -> int:
        """The cases in which a fact is not known."""
        return self.stated(name, None)

    def untold(self, fact: str) -> int:
        """The cases in which a fact, which may be one of the holder, is not known; none where it does not vary."""
        axis = self.axes.get(fact) or self.axes.get(fact.partition(".")[0])
        found = 0
        for index, value in enumerate(axis.values if axis and axis.place else ()):
            if fact not in value:
                found |= self.value(axis.name, index)  # type: ignore[union-attr]
        return found

    def moved(self, some: int, name: str, start: int, end: int) -> int:
        """Where the cases of a set in which an axis has one value go when it has another."""
        digit = self._digit_of[name]
        place, found = digit.names.index(name), 0
        for number in digit.having(name, start):
            value = list(digit.values[number])
            value[place] = end
            if tuple(value) in digit.values:
                distance = (digit.values.index(tuple(value)) - number) * digit.step
                here = some & self._at(digit, (number,))
                found |= here << distance if distance > 0 else here >> -distance
        return found & self.possible

    def answered(self, some: int, fact: str) -> int:
        """Where the cases of a set in which a fact is not known go once it is told, in whatever way; the others stay."""
        untold = some & self.untold(fact)
        found = some & ~untold
        if untold:
            name = fact if fact in self.axes else HOLDER
            for start, end in self.axes[name].answers():
                found |= self.moved(untold, name, start, end)
        return found

    def truth(self, condition: Data, view: int = 0) -> Masks:
        """The cases in which a condition holds in a view, and those in which it fails; in the others it cannot be told."""
        return folded(
            condition,
            lambda leaf: self._presumed(leaf, self._tests[test_of(leaf, view)]),
            lambda item, kind, inner: self._presumed(item, _joined(kind, inner, self.all)),
        )

    def _presumed(self, condition: Data, masks: Masks) -> Masks:
        """What is taken to hold, or to fail, where it cannot be told."""
        true, false = masks
        if condition.get("unless-stated") is True:
            true = self.all & ~false
        elif condition.get("unless-stated") is False:
            false = self.all & ~true
        return true, false

    def wherever(self, some: int, names: Iterable[str]) -> int:
        """The cases from which one of a set can be reached by changing some facts only."""
        free = set(names)
        for digit in self.digits:
            if free.isdisjoint(digit.names):
                continue
            alike: dict[tuple[int, ...], list[int]] = {}
            for number, value in enumerate(digit.values):
                rest = tuple(index for name, index in zip(digit.names, value, strict=True) if name not in free)
                alike.setdefault(rest, []).append(number)
            reached = 0
            for numbers in alike.values():
                lowest = 0
                for number in numbers:
                    lowest |= (some & self._at(digit, (number,))) >> (number * digit.step)
                reached |= sum(lowest << (number * digit.step) for number in numbers)
            some = reached
        return some

    def facts(self, case: int) -> dict[str, Any]:
        """What is stated in a case."""
        stated: dict[str, Any] = {}
        for digit in self.digits:
            value = digit.values[case // digit.step % len(digit.values)]
            for name, index in zip(digit.names, value, strict=True):
                stated.update(self.axes[name].values[index])
        return stated

    def cases(self, some: int) -> Iterator[int]:
        """The cases of a set, those in which the least is stated first."""
        for few in self._by_number_stated(some):
            left = few
            while left:
                lowest = left & -left
                yield lowest.bit_length() - 1
                left ^= lowest

    def _by_number_stated(self, some: int) -> Iterator[int]:
        """A set of cases, split by how much is stated in them, the least first."""
        layers = [some]
        for name, axis in self.axes.items():
            spread = [0] * (len(layers) + 2)
            for index, value in enumerate(axis.values):
                here = self.value(name, index)
                for number, layer in enumerate(layers):
                    spread[number + _weight(value)] |= layer & here
            layers = spread
        yield from filter(None, layers)


def _weight(value: Facts) -> int:
    """How much a person has to say for a value: nothing, one thing, or a profession and its register."""
    if "holder.register" in value:
        return int("holder.profession" in value) + int(value["holder.statutory-registration"] == CURRENT)
    return int(any(item is not False or not name.startswith("registration.") for name, item in value.items()))


def _joined(group: str, parts: Iterable[Masks], everything: int) -> Masks:
    """Three-valued all, any or none: the cases in which it is true, and those in which it is false."""
    true, false = everything, 0
    for one_true, one_false in parts:
        if group == "all":
            true, false = true & one_true, false | one_false
        else:  # any and none look for a part that holds
            true, false = true & one_false, false | one_true
    return (false, true) if group == "any" else (true, false)


class CaseTable:
    """A rule decided in every case: the cases in which it is open, available, unknown and barred."""

    def __init__(self, space: Space, parts: Parts, undetermined: bool = False, view: int = 0) -> None:
        self.space = space
        self.parts = tuple((part, condition, *space.truth(condition, view)) for part, condition in parts)
        core, barred, arranged = space.possible, 0, space.possible
        for part, _, true, false in self.parts:
            if part == PARTS[2]:
                arranged &= true
            else:
                core, barred = core & true, barred | false
        if undetermined:
            core = barred = 0
        self.barred = barred & space.possible
        self.open = core & arranged
        self.available = core & ~arranged
        self.unknown = space.possible & ~core & ~barred

    @property
    def lawful(self) -> int:
        return self.open | self.available
