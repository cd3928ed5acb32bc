"""Words, numbers and marks of a text, each with its place in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

TOKEN: Final = re.compile(
    r"""
    (?P<number>(?<![\w.])\.\d+|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<suffix>[A-Za-z]*)
    |(?P<genitive>['’]\s?s\b)
    |(?P<word>(?:[^\W\d_]\.){2,}|[^\W\d_]+)
    |(?P<mark>[^\s])
    """,
    re.VERBOSE,
)
DASHES: Final = "-–—‑‐"
QUOTES: Final = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "`": "'"}
LONGEST_NUMBER: Final = 15
"""Digits; a longer one is no count of anything here."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark.

    Parameters
    ----------
    norm : str
        In lower case, quotes straightened.
    start, end : int
        Offsets into the text.
    value : float or None
        Of a number in digits.
    glued : bool
        Joined to the one before by a hyphen, as ``year`` in ``last-year``.
    capital : bool
        Whether it begins with a capital letter and is not in capitals throughout.
    """

    norm: str
    start: int
    end: int
    value: float | None = None
    glued: bool = False
    capital: bool = False


def tokens(text: str) -> Iterator[Token]:
    """All tokens of a text in order; hyphens inside words are left out."""
    previous_end, glued = -1, False
    for found in TOKEN.finditer(text):
        start, end = found.span()
        mark = found["mark"]
        if mark and mark in DASHES and start == previous_end and _joins(text, start, end):
            glued, previous_end = True, end
            continue
        yield from _parts(found, glued and start == previous_end)
        glued, previous_end = False, end


def _joins(text: str, start: int, end: int) -> bool:
    """Whether a dash stands inside a word: letters around it, or digits before letters."""
    if end >= len(text) or start == 0 or text[start] == "—":
        return False
    before, after = text[start - 1], text[end]
    return (before.isalnum() or before == ".") and after.isalnum() and not (
        before.isdigit() and after.isdigit()
    )  # fmt: skip


def _parts(found: re.Match[str], glued: bool) -> Iterator[Token]:
    start, end = found.span()
    if found["number"]:
        digits = found["number"].replace(",", "")
        middle = found.end("number")
        value = float(digits) if len(digits) <= LONGEST_NUMBER else None
        suffix = found["suffix"].lower()
        if suffix in ("st", "nd", "rd", "th", "s", "mm", "am", "pm", ""):
            norm = digits[:LONGEST_NUMBER] + suffix
            yield Token(norm, start, end, value if not suffix else None, glued)
            return
        yield Token(digits[:LONGEST_NUMBER], start, middle, value, glued)
        yield Token(suffix, middle, end, None, True)
        return
    raw = found[0]
    if found["genitive"]:
        yield Token("'s", start, end, None, glued)
        return
    norm = QUOTES.get(raw) or raw.lower()
    yield Token(norm, start, end, None, glued, raw[0].isupper() and not raw[1:].isupper())
