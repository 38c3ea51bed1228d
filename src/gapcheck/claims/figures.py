"""Check figures: the same quantity stated differently, and arithmetic that does not come out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gapcheck.claims.model import FigureCheck, Quantity, Statement

ABOUT = 0.05  # how far a figure that is said to be approximate may be off
_SIGN = {"sum": " + ", "product": " x ", "quotient": " / ", "difference": " - ", "share": " of "}


class _Used(NamedTuple):
    statement: str
    figure: Quantity
    place: str

    @property
    def told(self) -> str:
        by = f", {self.figure.by}" if self.figure.by else ""
        return f"{number(self.figure)} ({self.place or self.statement}{by})"


def number(figure: Quantity) -> str:
    """A figure as it was stated, with its unit."""
    about = "about " if figure.about else ""
    whole = f"{int(figure.value):,}" if figure.value.is_integer() and abs(figure.value) < 1e15 else figure.shown
    return f"{about}{whole}{' ' + figure.unit if figure.unit else ''}"


def check_figures(statements: Sequence[Statement]) -> tuple[FigureCheck, ...]:
    """Every check that the figures of the statements allow."""
    used = [_Used(statement.id, figure, statement.place) for statement in statements for figure in statement.figures]
    return (*_differ(used), *_arithmetic(used))


def _differ(used: Sequence[_Used]) -> Iterator[FigureCheck]:
    groups: dict[tuple[str, str], list[_Used]] = {}
    for item in used:
        groups.setdefault((item.figure.quantity, item.figure.when), []).append(item)
    for (quantity, when), items in groups.items():
        if len(items) > 1:
            holds = all(_same(items[0].figure, item.figure) for item in items[1:])
            at = f" ({when})" if when else ""
            said = "is stated alike" if holds else "is stated differently"
            told = "; ".join(item.told for item in items)
            name = quantity.replace("-", " ") if items[0].place else quantity
            yield FigureCheck(
                "differ",
                holds,
                f"{name}{at} {said}: {told}",
                quantity,
                tuple(dict.fromkeys(item.statement for item in items)),
            )


def _same(one: Quantity, other: Quantity) -> bool:
    if one.unit != other.unit:
        return False
    off = ABOUT * max(abs(one.value), abs(other.value)) if one.about or other.about else 0
    return math.isclose(one.value, other.value, rel_tol=1e-9, abs_tol=off)


def _arithmetic(used: Sequence[_Used]) -> Iterator[FigureCheck]:
    for item in used:
        if not item.figure.operation:
            continue
        operands = [_operand(operand, item, used) for operand in item.figure.operands]
        missing = [str(name) for name, found in zip(item.figure.operands, operands, strict=True) if found is None]
        if missing:
            text = f"{item.figure.quantity}: no figure is given for {', '.join(missing)}, or more than one ({item.statement})"
            yield FigureCheck("arithmetic", False, text, item.figure.quantity, (item.statement,))
            continue
        known = [found for found in operands if found is not None]
        low, high = _result(item.figure.operation, known)
        margin = _margin(item.figure)
        holds = low - margin <= item.figure.value <= high + margin
        shown = _SIGN[item.figure.operation].join(_short((least + most) / 2) for least, most in known)
        outcome = _short(low) if math.isclose(low, high) else f"{_short(low)} to {_short(high)}"
        said = f"{shown} makes {outcome}{' percent' if item.figure.operation == 'share' else ''}; stated is {item.told}"
        yield FigureCheck(
            "arithmetic", holds, f"{item.figure.quantity}: {said}", item.figure.quantity, (item.statement,)
        )


def _margin(figure: Quantity) -> float:
    """How far a result may be off: half of the last digit, nothing for a whole number that is a sum, more for an estimate."""
    if figure.about:
        return ABOUT * abs(figure.value)
    exact = figure.value.is_integer() and figure.operation in ("sum", "difference")
    return 1e-9 if exact else 0.5 * 10.0 ** -_decimals(figure) + 1e-9


def _operand(operand: float | str, item: _Used, used: Sequence[_Used]) -> tuple[float, float] | None:
    """The least and the greatest value of an operand: a number, or a quantity of the same statement, or else of any."""
    if not isinstance(operand, str):
        return float(operand), float(operand)
    named = [one.figure for one in used if one.figure.quantity == operand]
    own = [one.figure for one in used if one.figure.quantity == operand and one.statement == item.statement]
    chosen = own or named
    if len({one.value for one in chosen}) != 1:
        return None
    half = 0.5 * 10.0 ** -_decimals(chosen[0]) if chosen[0].rounded else 0.0
    return chosen[0].value - half, chosen[0].value + half


def _result(operation: str, operands: Sequence[tuple[float, float]]) -> tuple[float, float]:
    lows, highs = [low for low, _ in operands], [high for _, high in operands]
    if operation == "sum":
        return sum(lows), sum(highs)
    if operation == "product":
        return math.prod(lows), math.prod(highs)
    if operation == "difference":
        return lows[0] - sum(highs[1:]), highs[0] - sum(lows[1:])
    scale = 100 if operation == "share" else 1
    if not math.prod(lows[1:]) or not math.prod(highs[1:]):
        return math.inf, math.inf
    return scale * lows[0] / math.prod(highs[1:]), scale * highs[0] / math.prod(lows[1:])


def _decimals(figure: Quantity) -> int:
    return len(figure.shown.partition(".")[2]) if "e" not in figure.shown.lower() else 0


def _short(value: float) -> str:
    return f"{int(value):,}" if float(value).is_integer() and abs(value) < 1e15 else f"{value:,.4g}"
