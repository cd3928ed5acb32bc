"""Slips of those who fill in forms: a wrong letter, two digits swapped, a letter for a digit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS: Final = "0123456789"
LOOK_ALIKES: Final = {
    "0": "O", "O": "0", "1": "I", "I": "1", "8": "B", "B": "8", "5": "S", "S": "5", "2": "Z",
    "Z": "2", "6": "G", "G": "6",
}  # fmt: skip

Slip = Callable[[np.random.Generator, str], str]


def wrong_sign(random: np.random.Generator, text: str) -> str:
    """One letter or digit replaced by another of its sort."""
    places = [place for place, sign in enumerate(text) if sign.isalnum()]
    if not places:
        return text
    place = int(random.choice(places))
    choices = DIGITS if text[place].isdigit() else LETTERS
    other = str(random.choice([sign for sign in choices if sign != text[place].upper()]))
    return text[:place] + (other.lower() if text[place].islower() else other) + text[place + 1 :]


def transposed(random: np.random.Generator, text: str) -> str:
    """Two neighbours swapped, where there are two that differ."""
    places = [i for i in range(len(text) - 1) if text[i] != text[i + 1]]
    if not places:
        return text
    place = int(random.choice(places))
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def left_out(random: np.random.Generator, text: str) -> str:
    """One sign left out of a text of three or more."""
    if len(text) < 3:
        return text
    place = int(random.integers(1, len(text)))
    return text[:place] + text[place + 1 :]


def look_alike(random: np.random.Generator, text: str) -> str:
    """A digit read as the letter it looks like, or the letter as the digit."""
    places = [place for place, sign in enumerate(text) if sign in LOOK_ALIKES]
    if not places:
        return text
    place = int(random.choice(places))
    return text[:place] + LOOK_ALIKES[text[place]] + text[place + 1 :]


def unreadable(random: np.random.Generator, text: str) -> str:
    """One to three signs in a row that cannot be read."""
    count = int(random.integers(1, 4))
    place = int(random.integers(0, max(1, len(text) - count)))
    return text[:place] + "?" * len(text[place : place + count]) + text[place + count :]


def slipped(random: np.random.Generator, text: str) -> str:
    """A text with one slip of any sort that a typist makes."""
    slips: tuple[Slip, ...] = (wrong_sign, transposed, left_out)
    return slips[int(random.integers(len(slips)))](random, text)


def chance(random: np.random.Generator, probability: float) -> bool:
    """Whether what has that probability happens."""
    return bool(random.random() < probability)
