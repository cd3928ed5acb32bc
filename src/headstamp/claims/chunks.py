"""Phrases of a sentence: its numbers with their units, its times, and single words between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any, Final

from lark import Lark, Token, Tree, UnexpectedInput
from lark.lexer import Lexer

from headstamp.claims.claim import Quantity, UnitOfQuantity
from headstamp.claims.lexemes import Lexeme

PERIODS: Final = frozenset(
    ["this", "last", "same", "part", "month", "year", "since", "through", "simple"]
)
ALONE: Final = frozenset({"OTHER", "MOD"})
"""Terminals that no rule joins with others when there is no number and no time."""
JOINING: Final = frozenset({"BETWEEN", "RANGE", "OFTIME", "INDATE", "TODATE"})
"""Terminals that need something after them."""


UNITS: Final[dict[str, UnitOfQuantity]] = {
    "percent": "percent", "points": "percent", "fraction": "percent", "times": "times",
    "per_100000": "per_100000", "rank": "rank",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it was said, with what softens or bounds it.

    Parameters
    ----------
    low, high : float
    unit : str
        As in ``Quantity``, or ``span`` for a length of time, or ``ago``.
    hedge, bound : str
    span : str
        The unit of time.
    """

    low: float
    high: float
    unit: str
    hedge: str = ""
    bound: str = ""
    span: str = ""

    def quantity(self, said: str) -> Quantity:
        """The number alone."""
        return Quantity(self.low, self.high, UNITS.get(self.unit, "count"), said)


@dataclass(slots=True)
class Chunk:
    """A phrase: ``code`` is one letter that says what it does in the sentence."""

    code: str
    norm: str
    start: int
    end: int
    value: Any
    kinds: Any
    glued: bool = False
    capital: bool = False


class _Given(Lexer):
    """Passes lexemes to the parser as they are."""

    def __init__(self, _: object) -> None:
        pass

    def lex(self, data: Any) -> Iterator[Token]:  # type: ignore[override]
        """The tokens of a sentence."""
        for item in data:
            yield Token(item.term, item)


@cache
def _parser() -> Lark:
    grammar = (resources.files(__package__) / "phrases.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer=_Given, maybe_placeholders=False)


def chunks(items: list[Lexeme]) -> list[Chunk]:
    """The phrases of a sentence in order."""
    if all(one.term in ALONE for one in items):
        return [_single(one, _leftover(one)) for one in items]
    found: list[Chunk] = []
    try:
        tree = _parser().parse(items)
    except UnexpectedInput:
        apart = [replace(one, term="OTHER") if one.term in JOINING else one for one in items]
        tree = _parser().parse(apart)
    for child in tree.children:
        found.extend(_of(child))
    return found


def _of(tree: Any) -> Iterator[Chunk]:
    rule, parts = str(tree.data), [one.value for one in _leaves(tree)]
    if rule == "numeral":
        yield _numeral(parts)
    elif rule == "mods":
        yield from (_single(part, _leftover(part)) for part in parts)
    elif rule in PERIODS and _says_when(parts):
        yield _joined("P", parts, (rule, parts))
    else:
        yield from (_loose(part) for part in parts)


def _leftover(part: Lexeme) -> str:
    if part.term != "MOD":
        return ""
    return "v" if part.kinds.get("bounds") else "d"


def _leaves(tree: Any) -> Iterator[Any]:
    for child in tree.children:
        if isinstance(child, Tree):
            yield from _leaves(child)
        else:
            yield child


def _says_when(parts: list[Lexeme]) -> bool:
    """Whether these words tell a time by themselves: "this year", not "this" or "day"."""
    if parts[0].term == "ORD" and len(parts) == 2:
        return parts[1].value in ("half", "quarter")
    if len(parts) > 1:
        return parts[-1].term not in ("NUM",) or parts[0].term == "MONTH"
    if parts[0].term == "UNIT":
        return parts[0].value in ("weekend", "summer", "winter", "spring") and not parts[0].glued
    return parts[0].term not in ("THIS", "LAST", "UNIT", "SPAN", "ORD", "AGO", "SAME")


def _loose(part: Lexeme) -> Chunk:
    if part.term == "NUM":
        return _numeral([part])
    return _single(part, "")


def _single(part: Lexeme, code: str) -> Chunk:
    return Chunk(
        code, part.norm, part.start, part.end, part.value, part.kinds, part.glued, part.capital
    )


def _joined(code: str, parts: list[Lexeme], value: Any) -> Chunk:
    norm = " ".join(part.norm for part in parts)
    first = parts[0]
    return Chunk(code, norm, first.start, parts[-1].end, value, {}, first.glued, first.capital)


def _numeral(parts: list[Lexeme]) -> Chunk:
    numbers = [float(part.value) for part in parts if part.term == "NUM"]
    terms = {part.term: part for part in parts}
    mods = [part for part in parts if part.term == "MOD"]
    hedge = next((part.kinds["hedges"] for part in mods if "hedges" in part.kinds), "")
    bound = next((part.kinds["bounds"] for part in mods if "bounds" in part.kinds), "")
    last = terms.get("OR_MORE")
    if last is not None:
        if last.norm == "or so":
            hedge = hedge or "about"
        else:
            bound = "at_most" if last.norm in ("or fewer", "or less") else "at_least"
    unit, code = _unit(terms)
    low, high = min(numbers), max(numbers)
    if code == "x" and terms.get("TIMES") is None:
        code = "q"
    span = str(terms["UNIT"].value) if "UNIT" in terms else ""
    made = _joined(code, parts, Numeral(low, high, unit, hedge, bound, span))
    if code == "P":
        made.value = ("ago", parts)
    return made


def _unit(terms: dict[str, Lexeme]) -> tuple[str, str]:
    if "AGO" in terms:
        return "ago", "P"
    for term, unit, code in (
        ("PCT", "percent", "%"), ("POINTS", "points", "%"), ("PER", "per_100000", "r"),
        ("TIMES", "times", "x"), ("UNIT", "span", "u"),
    ):  # fmt: skip
        if term in terms:
            return unit, code
    return "count", "q"
