"""Numbers that are drawn, not counted, so that none tells how many others there are."""

from __future__ import annotations

import secrets
from typing import Final

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are mistaken for one another."""

LENGTH: Final = 7


def drawn(prefix: str) -> str:
    """A number that nobody has had, all but certainly; ``L-7F3K2QX`` with the prefix ``L``."""
    return f"{prefix}-" + "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def as_drawn(prefix: str, text: str) -> str:
    """A number as it is kept, from one that was typed: with or without its prefix, in any case."""
    bare = text.strip().upper().removeprefix(f"{prefix}-")
    if len(bare) > LENGTH:  # what was drawn may begin with the letter of the prefix itself
        bare = bare.removeprefix(prefix)
    return f"{prefix}-{bare}"
