"""Where sentences end: at stops, at closing quotes after a stop, at blank lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from headstamp.claims.tokens import Token, tokens
from headstamp.claims.vocabulary import words_of

STOPS: Final = frozenset(".!?")
CLOSING: Final = frozenset("\"')]")
LONGEST: Final = 160
"""Tokens; a longer sentence is cut, so that no text takes more than linear time."""
ABBREVIATIONS: Final = words_of("abbreviations")
WRAPPED: Final = range(50, 101)
"""Characters of a line whose end may lie inside a sentence."""


def sentences(text: str) -> Iterator[list[Token]]:
    """The sentences of a text, each as its tokens."""
    held: list[Token] = []
    closing = False
    for token in tokens(text):
        if closing and _goes_on(held, token):
            closing = False
        if held and (_line_ends(text, held, token) or (closing and not _closes(text, held, token))):
            yield held
            held, closing = [], False
        held.append(token)
        closing = closing or _stops(held, text)
        if len(held) >= LONGEST:
            yield held
            held, closing = [], False
    if held:
        yield held


def _goes_on(held: list[Token], token: Token) -> bool:
    """Whether three dots are a pause rather than an end."""
    dots = len(held) > 2 and held[-1].norm == held[-2].norm == "."
    return dots and not token.capital and token.norm[0].isalnum()


def _closes(text: str, held: list[Token], token: Token) -> bool:
    """Whether a token still belongs to the sentence that has just stopped."""
    if token.norm in STOPS:
        return True
    if token.norm not in CLOSING:
        return False
    if token.norm in ")]":
        return True
    raw = text[token.start]
    if raw in "“‘„«":
        return False
    return raw in "”’»" or token.start - held[-1].end <= 1 or _open(held)


def _open(held: list[Token]) -> bool:
    return sum(token.norm == '"' for token in held) % 2 == 1


def _stops(held: list[Token], text: str) -> bool:
    last = held[-1]
    if last.norm in "!?":
        return True
    if last.norm != ".":
        return False
    before = held[-2] if len(held) > 1 else None
    joined = before is not None and before.end == last.start
    after = text[last.end : last.end + 1]
    if joined and after and not after.isspace() and after not in "\"'”’)]<":
        return False
    if joined and before is not None and before.norm == "no" and after.isspace():
        return not text[last.end + 1 : last.end + 2].isdigit()
    return not (joined and before is not None and _abbreviates(before))


def _abbreviates(token: Token) -> bool:
    return token.norm in ABBREVIATIONS or (len(token.norm) == 1 and token.capital)


def _line_ends(text: str, held: list[Token], token: Token) -> bool:
    """Whether a line break before a token ends the sentence."""
    between = text[held[-1].end : token.start]
    if "\n" not in between:
        return False
    if between.count("\n") > 1 or token.norm in "*•-–#|":
        return True
    begun = text.rfind("\n", max(0, held[-1].end - 200), held[-1].end) + 1
    return (token.capital or token.norm in '"“') and held[-1].end - begun not in WRAPPED
