"""Numbers of leads: drawn, not counted, so that none tells how many others there are."""

from __future__ import annotations

import secrets
from typing import Final

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are mistaken for one another."""

LENGTH: Final = 7


def new_number() -> str:
    """A number that nobody has had, all but certainly; ``L-7F3K2QX``."""
    return "L-" + "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def as_number(text: str) -> str:
    """A number as it is kept, from one that was typed: with or without ``L-``, in any case."""
    bare = text.strip().upper().removeprefix("L-").removeprefix("L")
    return f"L-{bare}"
