"""Which cells of a published table are left out, so that nobody in a small one can be told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

SMALLEST: Final = 5
"""The smallest number of guns, other than none, that is published."""


def hidden(counts: Sequence[int], smallest: int = SMALLEST) -> list[bool]:
    """Which cells are left out of a table whose total is published.

    Those from 1 up to the limit are, and as many of the next larger ones as it takes that the
    difference to the total leaves each of them any number up to the limit: two at least. Where
    all but the empty cells are left out and that is not enough, nothing more can be done.

    Parameters
    ----------
    counts : sequence of int
        Cells that add up to the total.
    smallest : int
    """
    out = [0 < count < smallest for count in counts]
    larger = sorted((count, place) for place, count in enumerate(counts) if count >= smallest)
    while any(out) and larger and not _is_safe(counts, out, smallest):
        out[larger.pop(0)[1]] = True
    return out


def spoken(count: int, *, is_public: bool, smallest: int = SMALLEST) -> str:
    """A number in a sentence: as it is, or that it is a small one.

    Parameters
    ----------
    count : int
    is_public : bool
        Whether everybody may read the sentence.
    smallest : int
    """
    return f"fewer than {smallest}" if is_public and 0 < count < smallest else f"{count:,}"


def _is_safe(counts: Sequence[int], out: Sequence[bool], smallest: int) -> bool:
    left_out = [count for count, is_out in zip(counts, out, strict=True) if is_out]
    # One may be just below the limit if the others, of one gun at least, add up to the rest.
    return len(left_out) > 1 and sum(left_out) >= smallest - 1 + len(left_out) - 1
