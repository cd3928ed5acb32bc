"""Days as options give them."""

from __future__ import annotations

from datetime import date
from typing import Final

from headstamp.errors import UnreadableTableError

EARLIEST: Final = 1900


def day_of(text: str) -> date:
    """The day that is meant.

    Raises
    ------
    UnreadableTableError
        If it is none, or lies before every list.
    """
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise UnreadableTableError(f"{text}: is no date; write it as 2017-06-29") from error
    if found.year < EARLIEST:
        raise UnreadableTableError(f"{text}: lies before every list; take a year from {EARLIEST}")
    return found
