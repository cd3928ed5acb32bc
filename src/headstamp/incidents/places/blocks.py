"""Addresses and coordinates at the level of a block: no house is named or pointed at."""

from __future__ import annotations

import re
from typing import Final

DIGITS: Final = 3
"""Of a coordinate in degrees: about 100 m, the length of a block."""

_NUMBERED: Final = re.compile(r"\s*0*(\d*?)(\d{1,2}|[Xx]{2})\s+(?:block\s+(?:of\s+)?)?(.+)", re.I)


def block_of(address: str) -> str:
    """An address without its house number: ``2256 N. Oak St, Chicago`` is on the 2200 block.

    What has no number in front, such as a crossing, stays as it is.
    """
    street = address.split(",", maxsplit=1)[0].strip()
    found = _NUMBERED.fullmatch(street)
    if found is None:
        return "" if re.match(r"\d", street) else street
    hundreds, _, name = found.groups()
    return f"{hundreds}00 block of {name}" if hundreds else f"first block of {name}"


def size_class(count: int) -> str:
    """The class of a number of events, as public maps show it."""
    for low, high in ((1, 4), (5, 9), (10, 19)):
        if count <= high:
            return f"{low} to {high}"
    return "20 or more"
