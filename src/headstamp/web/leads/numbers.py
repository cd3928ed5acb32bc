"""Numbers of leads."""

from __future__ import annotations

from headstamp.web.casework.drawn_numbers import as_drawn, drawn


def new_number() -> str:
    """A number for a lead; ``L-7F3K2QX``."""
    return drawn("L")


def as_number(text: str) -> str:
    """A number of a lead as it is kept, from one that was typed."""
    return as_drawn("L", text)
