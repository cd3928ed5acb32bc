"""A sentence's words by what they do: known phrases, numbers, and all the others."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final

from headstamp.claims.numbers import number_at
from headstamp.claims.tokens import Token
from headstamp.claims.vocabulary import Kinds, Vocabulary, words_of

ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
NOT_COUNTED_AFTER: Final = words_of("not_counted_after")
NOT_COUNTED_BEFORE: Final = words_of("not_counted_before")
PERIOD_TERMS: Final = frozenset(
    [
        "THIS",
        "LAST",
        "SAME",
        "SPAN",
        "SOFAR",
        "SINCE",
        "THROUGH",
        "AGO",
        "YEARAGO",
        "MONTHAGO",
        "WEEKAGO",
    ]
)


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A phrase of the vocabulary, a number, or a single other word.

    Parameters
    ----------
    term : str
        Its terminal in ``phrases.lark``.
    kinds : dict
        What it may do by the vocabulary.
    norm : str
    start, end : int
        Offsets into the text.
    value : Any
        Of a number, or of a term of time.
    glued, capital : bool
    """

    term: str
    kinds: Kinds
    norm: str
    start: int
    end: int
    value: Any = None
    glued: bool = False
    capital: bool = False


def lexemes(words: list[Token], vocabulary: Vocabulary) -> list[Lexeme]:
    """All words of a sentence, the longest known phrases first."""
    found: list[Lexeme] = []
    norms = [word.norm for word in words]
    at = 0
    while at < len(words):
        used, made = _lexeme(words, norms, at, vocabulary)
        found.append(made)
        at += used
    return found


def _lexeme(
    words: list[Token], norms: list[str], at: int, vocabulary: Vocabulary
) -> tuple[int, Lexeme]:
    length, kinds = vocabulary.longest(norms, at)
    used, value = number_at(words, at)
    if used >= max(length, 1) and not (length == used and "multiples.fractions" in kinds):
        return used, _made("NUM", {}, words[at : at + used], value)
    if length:
        return length, _known(words[at : at + length], kinds)
    first = words[at]
    return 1, _plain(first)


def _plain(token: Token) -> Lexeme:
    norm = token.norm
    if norm in ("percent", "pct", "%", "percents"):
        return _made("PCT", {}, [token])
    if norm[:-1].isdigit() and len(norm) == 5 and norm[-1] == "s" and norm[3] == "0":
        return _made("YEAR", {}, [token], int(norm[:-1]))
    if norm in ORDINALS:
        return _made("OTHER", {"ordinal": ORDINALS[norm]}, [token], ORDINALS[norm])
    if norm[:-2].isdigit() and norm[-2:] in ("st", "nd", "rd", "th"):
        return _made("OTHER", {"ordinal": int(norm[:-2])}, [token], int(norm[:-2]))
    return _made("OTHER", {}, [token])


def _known(found: list[Token], kinds: Kinds) -> Lexeme:
    for term in PERIOD_TERMS & kinds.keys():
        return _made(term, kinds, found, term)
    for kind, term in (("units", "UNIT"), ("holidays", "HOLIDAY"), ("bounds", "MOD")):
        if kind in kinds:
            return _made(term, kinds, found, kinds[kind])
    if "days" in kinds:
        word = kinds["days"]
        return _made("DAYWORD" if word in ("today", "yesterday") else "DOW", kinds, found, word)
    if "months" in kinds:
        return _made("MONTH", kinds, found, kinds["months"])
    if "hedges" in kinds:
        return _made("MOD", kinds, found, kinds["hedges"])
    return _made("OTHER", kinds, found)


def _made(term: str, kinds: Kinds, found: list[Token], value: Any = None) -> Lexeme:
    first = found[0]
    return Lexeme(
        term, kinds, " ".join(token.norm for token in found), first.start, found[-1].end, value,
        first.glued, first.capital,
    )  # fmt: skip


@dataclass(slots=True)
class Reader:
    """Lexemes while their neighbours decide what each is."""

    items: list[Lexeme]
    position: int = field(default=0)

    def at(self, step: int) -> Lexeme | None:
        """The lexeme so many places on, or None."""
        index = self.position + step
        return self.items[index] if 0 <= index < len(self.items) else None

    def term(self, step: int) -> str:
        """Its terminal."""
        found = self.at(step)
        return found.term if found else ""

    def norm(self, step: int) -> str:
        """Its words."""
        found = self.at(step)
        return found.norm if found else ""

    def change(self, term: str, value: Any = None) -> None:
        """Let the lexeme here be another terminal."""
        held = self.items[self.position]
        self.items[self.position] = replace(
            held, term=term, value=held.value if value is None else value
        )
