"""Numbers, in digits and in words."""

from __future__ import annotations

from typing import Final

from headstamp.claims.tokens import Token

ONES: Final = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS: Final = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
SCALES: Final = {
    "dozen": 12, "thousand": 10**3, "million": 10**6, "billion": 10**9,
    "k": 10**3, "m": 10**6, "mln": 10**6,
}  # fmt: skip
ARTICLES: Final = frozenset({"a", "an"})


def number_at(words: list[Token], at: int) -> tuple[int, float]:
    """How many tokens from ``at`` on are one number, and the number; (0, 0) for none."""
    first = words[at]
    if first.value is not None:
        return _in_digits(words, at, first.value)
    if first.norm in ARTICLES:
        return _after_an_article(words, at)
    return _in_words(words, at)


def _word(words: list[Token], at: int) -> str:
    return words[at].norm if at < len(words) else ""


def _in_digits(words: list[Token], at: int, value: float) -> tuple[int, float]:
    used = 1
    while (scale := _word(words, at + used)) in SCALES or scale == "hundred":
        if scale in ("k", "m", "mln") and not words[at + used].glued:
            break
        value, used = value * SCALES.get(scale, 100), used + 1
    return used, round(value, 6)


def _after_an_article(words: list[Token], at: int) -> tuple[int, float]:
    following = _word(words, at + 1)
    if following == "half" and _word(words, at + 2) == "dozen":
        return 3, 6.0
    if following in ("dozen", "hundred", "thousand", "million"):
        used, value = _in_words(words, at + 1, started=1)
        return used + 1, value
    return 0, 0.0


def _in_words(words: list[Token], at: int, started: int = 0) -> tuple[int, float]:
    """Read as English builds them: groups below a thousand, each times its scale."""
    total, group, used, any_word = 0, started, 0, bool(started)
    last_kind = "one" if started else ""
    while word := _word(words, at + used):
        if word in ONES and last_kind in ("", "ten", "scale", "hundred"):
            if last_kind == "ten" and not 0 < ONES[word] < 10:
                break
            group, last_kind = group + ONES[word], "one"
        elif word in TENS and last_kind in ("", "scale", "hundred"):
            group, last_kind = group + TENS[word], "ten"
        elif word == "hundred" and last_kind in ("one", "ten") and group < 100:
            group, last_kind = group * 100, "hundred"
        elif word in SCALES and len(word) > 3 and last_kind in ("one", "ten", "hundred"):
            total, group, last_kind = total + group * SCALES[word], 0, "scale"
        elif word == "and" and last_kind in ("hundred", "scale") and _goes_on(words, at + used + 1):
            pass
        else:
            break
        used, any_word = used + 1, True
    return (used, float(total + group)) if any_word and used else (0, 0.0)


def _goes_on(words: list[Token], at: int) -> bool:
    return _word(words, at) in ONES or _word(words, at) in TENS
