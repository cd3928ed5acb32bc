"""Stretches of a text between quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

MARKS: Final = re.compile(r'["“”„«»]|\n\s*\n')
LONGEST: Final = 4000
"""Characters; a mark that is not closed within is no quotation."""


def quotations(text: str) -> list[tuple[int, int]]:
    """Begin and end of each, in order; a paragraph that ends closes what was open."""
    found: list[tuple[int, int]] = []
    begin = -1
    for mark in MARKS.finditer(text):
        raw = mark[0]
        if raw.isspace():
            begin = -1
        elif begin >= 0 and raw not in "“„«":
            if mark.start() - begin <= LONGEST:
                found.append((begin, mark.end()))
            begin = -1
        elif raw in '"“„«':
            begin = mark.start()
    return found


def holding(found: list[tuple[int, int]], offset: int) -> tuple[int, int] | None:
    """The quotation that an offset lies in, or None."""
    index = bisect_right(found, (offset, 1 << 62)) - 1
    if index >= 0 and found[index][0] <= offset < found[index][1]:
        return found[index]
    return None
