"""The article the product started from, as it is and as other hands would have written it."""

from __future__ import annotations

import re
from pathlib import Path

NAMES = (
    "Chicago", "Washington", "Reuters", "Donald", "Trump", "Jeff", "Sessions", "New York",
    "Los Angeles", "Twitter", "Friday", "Monday", "Tuesday", "Wednesday", "January", "June",
    "Eddie", "Johnson", "Rahm", "Emanuel", "Adam", "Collins", "Joseph", "Ferguson", "Fox News",
)  # fmt: skip
WORDS = {
    "1714": "seventeen hundred and fourteen",
    "760": "seven hundred and sixty",
    "60": "sixty",
    "4,300": "four thousand three hundred",
    "2.7 million": "two million seven hundred thousand",
    "320": "three hundred and twenty",
    "322": "three hundred twenty-two",
    "1,703": "one thousand seven hundred and three",
    "1,935": "nineteen hundred thirty-five",
}


def article(shared_data: Path) -> str:
    """As it came: lower case, a space between all marks, curly quotes."""
    path = shared_data / "articles" / "chicago_2017-06-30.txt"
    return path.read_text(encoding="utf-8")


def normal_case(text: str) -> str:
    """Marks joined to their words, names and first words with a capital."""
    text = re.sub(r" ([.,!?;:)”’])", r"\1", text)
    text = re.sub(r"([“(]) ", r"\1", text)
    text = re.sub(r"’ s\b", "’s", text).replace("u.s.", "U.S.")
    for name in NAMES:
        text = re.sub(rf"\b{name.lower()}\b", name, text)
    return re.sub(r"(^|\n|[.!?][”]? )([a-z])", lambda one: one[1] + one[2].upper(), text)


def straight_quotes(text: str) -> str:
    """As typed on a plain keyboard."""
    return text.translate({ord("“"): '"', ord("”"): '"', ord("’"): "'", ord("–"): "-"})


def in_words(text: str) -> str:
    """Every number of a claim spelt out."""
    for digits, words in WORDS.items():
        text = re.sub(rf"(?<![\d,.]){re.escape(digits)}(?![\d,])", words, text)
    return text


VARIANTS = {
    "as it came": lambda text: text,
    "normal case": normal_case,
    "straight quotes": straight_quotes,
    "numbers in words": in_words,
    "normal case, straight quotes": lambda text: straight_quotes(normal_case(text)),
    "normal case, numbers in words": lambda text: in_words(normal_case(text)),
    "one line": lambda text: text.replace("\n", " "),
    "wrapped lines": lambda text: re.sub(r"(.{60,80}?) ", r"\1\n", normal_case(text)),
}
